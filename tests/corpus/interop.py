"""Interoperability vectors. `canonical`: input and canonical form as a standard or its test suite gives them; a signature by xmlsec1
with the reference that selects the same nodes is put into the input, and left out of the form again by the enveloped-signature
transform, so that the vector goes the whole way through a verifier. `documents`: signed documents of W3C's XML Signature 1.1
interoperability event and of xmlsec's tests, as they are.

The sources are not in this repository: the npm package libxmljs 1.0.6 (its vendor folder has libxml2's test/c14n), the source
distribution of signxml 5.2.0 and Python's own test suite. `make.sh` fetches them."""

import pathlib
import re
import shutil
import sysconfig

import signers
from signers import C14N, C14N11, DS, ENVELOPED, EXC, defaults

W3C_C14N = ("Canonical XML 1.0, chapter 3", "https://www.w3.org/TR/xml-c14n/#Examples")
W3C_2008 = ("Test Cases for C14N 1.1 and XMLDSig Interoperability (W3C Note, 2008)", "https://www.w3.org/TR/xmldsig2ed-tests/")
W3C_2013 = ("Test Cases for Canonical XML 2.0 (W3C Note, 2013)", "https://www.w3.org/TR/xml-c14n2-testcases/")
MERLIN = ("merlin-c14n-two, as in libxml2's tests (MIT)", "https://gitlab.gnome.org/GNOME/libxml2/-/tree/master/test/c14n")
XMLSEC = ("libxml2's exclusive canonicalization tests (MIT)", "https://gitlab.gnome.org/GNOME/libxml2/-/tree/master/test/c14n")
TR2012 = ("XML Signature 1.1 Interop Test Report (W3C Note, 2012)", "https://www.w3.org/TR/xmldsig-core1-interop/")
ALEKSEY = ("enveloped signatures of signxml's tests (Apache 2.0)", "https://github.com/XML-Security/signxml/tree/main/test/interop/aleksey-xmldsig-01-enveloped")


def make(out, keys, libxmljs, signxml):
    """Writes all vectors and gives the manifest's entries."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "canonical").mkdir(parents=True)
    (out / "documents").mkdir(parents=True)
    sign = signers.xmlsec1(keys)
    return {
        "canonical": [canonical(out, sign, *vector) for vector in vectors(libxmljs / "vendor" / "libxml2")],
        "documents": list(documents(out, signxml / "test" / "interop")),
    }


def vectors(libxml2):
    """Name, source, input, form, selected element (None: the document), canonicalization, PrefixList."""
    inputs, results = libxml2 / "test" / "c14n", libxml2 / "result" / "c14n"

    def pair(folder, name):
        return (inputs / folder / f"{name}.xml").read_text(), (results / folder / name).read_text()

    for folder, suffix, short in (("without-comments", "", "c14n10"), ("with-comments", "#WithComments", "c14n10-comments"), ("1-1-without-comments", "", "c14n11")):
        base = C14N11 if short == "c14n11" else C14N
        for number in (1, 2, 3, 4, 6):
            text, form = pair(folder, f"example-{number}")
            # Rolecall reads no document type; what the type would have added is written into the input.
            text = re.sub(r"<!DOCTYPE[^\[>]*(\[.*?\])?>\n*", "", text, flags=re.S)
            text = text.replace('<e9 xmlns="" xmlns:a="http://www.ietf.org"/>', '<e9 xmlns="" xmlns:a="http://www.ietf.org" attr="default"/>')
            text = re.sub(r"   <normId .*\n", "", text).replace('encoding="ISO-8859-1"', 'encoding="UTF-8"')
            form = re.sub(r"   <normId .*\n", "", form)
            yield f"w3c-example-{number}-{short}", W3C_C14N, text, form, None, base + suffix, None
    selected = {
        "xmlbase-prop-2": "e1", "xmlbase-prop-3": "e11", "xmlbase-prop-4": "e111", "xmlbase-prop-5": "e21", "xmlbase-prop-6": "e3", "xmlid-prop-1": "e1",
        "xmllang-prop-1": "e1", "xmllang-prop-2": "e2", "xmllang-prop-3": "e11", "xmlspace-prop-1": "e1", "xmlspace-prop-2": "e2", "xmlspace-prop-3": "e11",
    }
    for name, element in selected.items():
        text, form = pair("1-1-without-comments", name)
        yield f"w3c-{name}", W3C_2008, text, form, f"ietf:{element}", C14N11, None
    text, form = pair("without-comments", "merlin-c14n-two-00")
    yield "merlin-c14n-two-00", MERLIN, text, form, "bar:Something", C14N, None
    text, form = pair("exc-without-comments", "merlin-c14n-two-09")
    yield "merlin-c14n-two-09", MERLIN, text, form, "bar:Something", EXC, None
    text, form = pair("exc-without-comments", "merlin-c14n-two-18")
    yield "merlin-c14n-two-18", MERLIN, text, form, "bar:Something", EXC, (inputs / "exc-without-comments" / "merlin-c14n-two-18.ns").read_text().strip()
    for name in ("test-0", "test-1"):
        text, form = pair("exc-without-comments", name)
        text = re.sub(r"<!DOCTYPE.*?\]>\n", "", text, flags=re.S)
        text = text.replace('<e9 xmlns="" xmlns:a="http://www.ietf.org"/>', '<e9 xmlns="" xmlns:a="http://www.ietf.org" attr="default"/>')
        listed = inputs / "exc-without-comments" / f"{name}.ns"
        yield f"libxml2-exc-{name}", XMLSEC, text, form, "e6", EXC, listed.read_text().strip() if listed.exists() else None
    suite = pathlib.Path(sysconfig.get_path("stdlib")) / "test" / "xmltestdata" / "c14n-20"
    for name in ("inNsPushdown", "inNsDefault", "inNsSort", "inNsRedecl", "inNsSuperfluous", "inNsXml", "inNsContent", "inC14N2"):
        # With no parameter Canonical XML 2.0 is the exclusive form of 1.0 without comments.
        yield f"w3c-c14n20-{name}", W3C_2013, (suite / f"{name}.xml").read_text(), (suite / f"out_{name}_c14nDefault.xml").read_text(), None, EXC, None


def canonical(out, sign, name, source, text, form, element, c14n, prefixes):
    """Puts a signature last into the element, and an ID on it where the reference needs one, in the input and in the form alike."""
    if element is None:
        end = re.search(r"</[\w:.-]+>\s*(<!--.*?-->|<\?.*?\?>|\s)*$", text, re.S).start()
        ids = []
        target, uri = "", "#xpointer(/)" if c14n.endswith("Comments") else ""
        text = f"{text[:end]}{{SIGN:}}{text[end:]}"
    else:
        target, uri = "t", "#t"
        prefix, local = element.split(":") if ":" in element else ("", element)
        ids = [({"ietf": "http://www.ietf.org", "bar": "http://example.org/bar", "": ""}[prefix], local)]
        identified = lambda markup: re.sub(rf"(<{element}((?:\s+xmlns(?::\w+)?=\"[^\"]*\")*))", r'\1 ID="t"', markup, count=1)
        text, form = identified(text), identified(form)
        start = re.search(rf"<{element}[^>]*>", text)
        if start.group(0).endswith("/>"):
            text = f"{text[: start.end() - 2]}>{{SIGN:t}}</{element}>{text[start.end():]}"
        else:
            end = closing(text, element, start.end())
            text = f"{text[:end]}{{SIGN:t}}{text[end:]}"
    # The signature's own prefix is declared on it, so that the form of what is around it does not change.
    options = defaults(c14n=EXC, transforms=[ENVELOPED, c14n], prefixes=prefixes, uri=uri, key_info="keyvalue", ids=ids)
    (out / "canonical" / f"{name}.txt").write_text(form)
    (out / "canonical" / f"{name}.xml").write_text(sign(text, target, options))
    return {
        "file": f"interop/canonical/{name}.xml", "form": f"interop/canonical/{name}.txt", "source": {"title": source[0], "url": source[1]},
        "c14n": c14n, "keys": ["keys/rsa2048.pem"],
    }


def closing(text, element, at):
    """Where the end tag of an element stands whose start tag ends at `at`."""
    depth = 1
    for tag in re.finditer(rf"<(/?){element}(?=[\s/>])[^>]*?(/?)>", text[at:]):
        depth += -1 if tag.group(1) else 0 if tag.group(2) else 1
        if depth == 0:
            return at + tag.start()
    raise AssertionError(element)


# What Rolecall does not take, with the reason; the verdict of such a document is `unknown`.
UNSUPPORTED = {"hmac": "a shared secret", "sha224": "SHA-224", "keyinforeference": "a key by reference", "x509digest": "a certificate by its digest"}


def documents(out, interop):
    """The signed documents, with what they must come to: `valid`, `invalid` or `unknown`."""
    for file in sorted((interop / "TR2012").glob("*.xml")):
        why = next((reason for word, reason in UNSUPPORTED.items() if word in file.name), None)
        yield document(out, file, TR2012, "unknown" if why else "valid", why)
    for file in sorted((interop / "aleksey-xmldsig-01-enveloped").glob("*.xml")):
        # The reference of the invalid one names an Object inside the signature, which the transform takes away.
        yield document(out, file, ALEKSEY, "invalid" if "invalid" in file.name else "valid", None)


def document(out, file, source, expect, why):
    shutil.copyfile(file, out / "documents" / file.name)
    return {"file": f"interop/documents/{file.name}", "source": {"title": source[0], "url": source[1]}, "expect": expect, **({"why": why} if why else {})}
