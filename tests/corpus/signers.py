"""Signs a message with programs of other people. `xmlsec1`, `xmlsec` (libxmlsec1 1.3 from PyPI) and `bergshamra` fill a template in; what they
computed is then copied into the text as it was, so that its line ends, quotes and references stay as a case wants them. `signxml`
and, in other files, `xml-crypto`, `samlp` and the JDK make and write the whole document themselves."""

import base64
import pathlib
import re
import subprocess
import tempfile

DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N11 = "http://www.w3.org/2006/12/xml-c14n11"
KEY_INFO = "{KEYINFO}"
ENVELOPED = DS + "enveloped-signature"
DIGESTS = {
    "sha1": DS + "sha1",
    "sha256": "http://www.w3.org/2001/04/xmlenc#sha256",
    "sha384": MORE + "sha384",
    "sha512": "http://www.w3.org/2001/04/xmlenc#sha512",
}
METHODS = {
    "rsa-sha1": DS + "rsa-sha1",
    **{f"rsa-{h}": MORE + f"rsa-{h}" for h in ("sha256", "sha384", "sha512")},
    **{f"ecdsa-{h}": MORE + f"ecdsa-{h}" for h in ("sha1", "sha256", "sha384", "sha512")},
    **{f"pss-{h}": f"http://www.w3.org/2007/05/xmldsig-more#{h}-rsa-MGF1" for h in ("sha256", "sha384", "sha512")},
    "pss": "http://www.w3.org/2007/05/xmldsig-more#rsa-pss",
    "ed25519": "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
}
IDS = [
    ("urn:oasis:names:tc:SAML:2.0:protocol", name)
    for name in ("Response", "AuthnRequest", "LogoutRequest", "LogoutResponse")
] + [("urn:oasis:names:tc:SAML:2.0:assertion", "Assertion")]


def defaults(**options):
    """The options of one signature."""
    return {
        "key": "rsa2048",
        "method": "rsa-sha256",
        "digest": "sha256",
        "c14n": EXC,
        "transforms": [ENVELOPED, EXC],
        "prefixes": None,
        "info_prefixes": None,
        "key_info": "x509",
        "ds": "ds",
        "uri": None,
        "wrap": "",
        "info_comment": "",
        **options,
    }


def template(target, o):
    """A Signature with empty values, and a mark where the KeyInfo goes: programs would write one of their own."""
    d = o["ds"]
    p, declared = (f"{d}:", f'xmlns:{d}="{DS}"') if d else ("", f'xmlns="{DS}"')
    w = o["wrap"]

    def inclusive(prefixes):
        return f'<ec:InclusiveNamespaces xmlns:ec="{EXC}" PrefixList="{prefixes}"/>'

    transforms = "".join(
        f'{w}<{p}Transform Algorithm="{t}">{inclusive(o["prefixes"])}</{p}Transform>'
        if o["prefixes"] is not None and t.startswith(EXC)
        else f'{w}<{p}Transform Algorithm="{t}"/>'
        for t in o["transforms"]
    )
    canonicalization = (
        f'<{p}CanonicalizationMethod Algorithm="{o["c14n"]}">{inclusive(o["info_prefixes"])}</{p}CanonicalizationMethod>'
        if o["info_prefixes"] is not None
        else f'<{p}CanonicalizationMethod Algorithm="{o["c14n"]}"/>'
    )
    uri = f"#{target}" if o["uri"] is None else o["uri"]
    return (
        f"<{p}Signature {declared}>{w}<{p}SignedInfo>{w}{canonicalization}{o['info_comment']}"
        f'{w}<{p}SignatureMethod Algorithm="{METHODS[o["method"]]}"/>'
        f'{w}<{p}Reference URI="{uri}">{w}<{p}Transforms>{transforms}{w}</{p}Transforms>'
        f'{w}<{p}DigestMethod Algorithm="{DIGESTS[o["digest"]]}"/>{w}<{p}DigestValue></{p}DigestValue>{w}</{p}Reference>{w}'
        f"</{p}SignedInfo>{w}<{p}SignatureValue></{p}SignatureValue>{KEY_INFO}{w}</{p}Signature>"
    )


def key_info(keys, o, p, w=""):
    """The KeyInfo that the options ask for, complete: nothing in it is left to the signer."""
    kind = o["key_info"]
    if kind == "none":
        return ""
    body = ""
    if "keyvalue" in kind:
        body += key_value(keys, o["key"], p)
    if "name" in kind:
        body += f"<{p}KeyName>{o['key']}</{p}KeyName>"
    if "x509" in kind or "chain" in kind:
        names = [o["key"]]
        if "chain" in kind:
            names = ["chain", "chain-middle", "chain-root"]
        if "reversed" in kind:
            names.reverse()
        body += f"<{p}X509Data>" + "".join(
            f"<{p}X509Certificate>{wrapped(keys.certificate_text(name), o)}</{p}X509Certificate>" for name in names
        )
        body += f"</{p}X509Data>"
    return f"{w}<{p}KeyInfo>{body}</{p}KeyInfo>"


def wrapped(text, o):
    """Base64 as the case wants it broken into lines."""
    line = o.get("base64_line")
    if not line:
        return text
    return "".join(line + text[i : i + 76] for i in range(0, len(text), 76)) + line


def key_value(keys, name, p):
    """The public key as XML Signature writes it."""
    numbers = keys.public_numbers(name)
    if hasattr(numbers, "n"):
        modulus = base64.b64encode(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")).decode()
        exponent = base64.b64encode(numbers.e.to_bytes(3, "big")).decode()
        return (
            f"<{p}KeyValue><{p}RSAKeyValue><{p}Modulus>{modulus}</{p}Modulus>"
            f"<{p}Exponent>{exponent}</{p}Exponent></{p}RSAKeyValue></{p}KeyValue>"
        )
    size = (numbers.curve.key_size + 7) // 8
    point = base64.b64encode(b"\x04" + numbers.x.to_bytes(size, "big") + numbers.y.to_bytes(size, "big")).decode()
    curve = {256: "1.2.840.10045.3.1.7", 384: "1.3.132.0.34", 521: "1.3.132.0.35"}[numbers.curve.key_size]
    d11 = "http://www.w3.org/2009/xmldsig11#"
    return (
        f'<{p}KeyValue><dsig11:ECKeyValue xmlns:dsig11="{d11}"><dsig11:NamedCurve URI="urn:oid:{curve}"/>'
        f"<dsig11:PublicKey>{point}</dsig11:PublicKey></dsig11:ECKeyValue></{p}KeyValue>"
    )


def place(text, target, signature):
    """Puts a signature at its mark and leaves the other marks."""
    mark = f"{{SIGN:{target}}}"
    assert text.count(mark) == 1, (target, text.count(mark))
    return text.replace(mark, signature)


def unmarked(text):
    """The text without marks."""
    return re.sub(r"\{SIGN:[^}]*\}", "", text)


def by_template(sign, keys, text, target, o):
    """Signs through a template: `sign(complete text, options)` gives the signed text as the program writes it."""
    filled = place(text, target, template(target, o))
    signed = sign(unmarked(filled).replace(KEY_INFO, ""), target, o)
    p = f"{o['ds']}:" if o["ds"] else ""
    # The program may have rewritten the document, never the order of the signatures in it.
    at = filled.index(f"<{p}DigestValue></{p}DigestValue>")
    before = len(re.findall(r"<(?:\w+:)?DigestValue>", filled[:at]))
    for name in ("DigestValue", "SignatureValue"):
        found = re.findall(rf"<(?:\w+:)?{name}>([^<]+)</", signed)
        value = found[before]
        if name == "SignatureValue":
            value = wrapped(re.sub(r"\s|&#13;", "", value), o)
        filled = filled.replace(f"<{p}{name}></{p}{name}>", f"<{p}{name}>{value}</{p}{name}>", 1)
    return filled.replace(KEY_INFO, key_info(keys, o, p, o["wrap"]))


def xmlsec1(keys):
    """Debian's xmlsec1."""

    def sign(text, target, o):
        with tempfile.TemporaryDirectory() as folder:
            source, result = pathlib.Path(folder, "in.xml"), pathlib.Path(folder, "out.xml")
            source.write_bytes(text.encode())
            ids = [part for uri, name in [*IDS, *o.get("ids", [])] for part in ("--id-attr:ID", f"{uri}:{name}".lstrip(":"))]
            signature = "//*[local-name()='Signature'][.//*[local-name()='DigestValue' and not(text())]]"
            run = subprocess.run(
                ["xmlsec1", "--sign", "--privkey-pem", str(keys.private(o["key"])), *ids]
                + ["--node-xpath", signature, "--output", str(result), str(source)],
                capture_output=True,
                text=True,
            )
            assert run.returncode == 0, run.stderr
            return result.read_text()

    return lambda text, target, o: by_template(sign, keys, text, target, o)


def pyxmlsec(keys):
    """libxmlsec1 1.3 through its Python binding: RSA-PSS, which Debian's 1.2 lacks."""
    import xmlsec
    from lxml import etree

    def sign(text, target, o):
        root = etree.fromstring(text.encode())
        for uri, name in IDS:
            for element in root.iter(f"{{{uri}}}{name}"):
                xmlsec.tree.add_ids(element, ["ID"])
        (signature,) = [
            s for s in root.iter(f"{{{DS}}}Signature") if not s.find(f".//{{{DS}}}DigestValue").text
        ]
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(str(keys.private(o["key"])), xmlsec.constants.KeyDataFormatPem)
        context.sign(signature)
        return etree.tostring(root, encoding="unicode")

    return lambda text, target, o: by_template(sign, keys, text, target, o)


def bergshamra(keys):
    """The Rust library bergshamra through its Python binding: Ed25519 and RSA-PSS."""
    import pybergshamra

    def sign(text, target, o):
        manager = pybergshamra.KeysManager()
        manager.add_key(pybergshamra.load_key_file(str(keys.private(o["key"]))))
        context = pybergshamra.DsigContext(manager)
        return pybergshamra.sign(context, text)

    return lambda text, target, o: by_template(sign, keys, text, target, o)


def signxml(keys):
    """The Python library signxml. It writes the document anew through lxml."""
    import signxml as library
    from lxml import etree
    from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod

    class Signer(library.XMLSigner):
        """signxml refuses to sign with SHA-1 unless it is told that somebody still does."""

        def check_deprecated_methods(self):
            pass

    def sign(text, target, o):
        d = o["ds"]
        placeholder = f'<{d}:Signature xmlns:{d}="{DS}" Id="placeholder"/>' if d else f'<Signature xmlns="{DS}" Id="placeholder"/>'
        others = {f"{{SIGN:{t}}}": f"<!--SIGN:{t}-->" for t in re.findall(r"\{SIGN:([^}]*)\}", text) if t != target}
        text = place(text, target, placeholder)
        for mark, kept in others.items():
            text = text.replace(mark, kept)
        root = etree.fromstring(text.encode())
        signer = Signer(
            method=library.methods.enveloped,
            signature_algorithm=SignatureMethod(METHODS[o["method"]]),
            digest_algorithm=DigestAlgorithm(DIGESTS[o["digest"]]),
            c14n_algorithm=CanonicalizationMethod(o["c14n"]),
        )
        if d != "ds":
            signer.namespaces = {d or None: DS}
        arguments = {
            "key": keys.private(o["key"]).read_bytes(),
            "reference_uri": f"#{target}",
            "always_add_key_value": "keyvalue" in o["key_info"],
        }
        if "x509" in o["key_info"]:
            arguments["cert"] = keys.certificate(o["key"]).read_text()
        if o["prefixes"] is not None:
            arguments["inclusive_ns_prefixes"] = o["prefixes"].split()
        signed = signer.sign(root, **arguments)
        declaration = '<?xml version="1.0" encoding="UTF-8"?>' if text.startswith("<?xml") else ""
        text = declaration + etree.tostring(signed, encoding="unicode")
        for mark, kept in others.items():
            text = text.replace(kept, mark)
        return text

    return sign
