"""The good messages: what is signed, by which program, with what. `CASES` is the whole list; `make` writes them."""

import json
import pathlib
import re
import subprocess

import shapes
import signers
from signers import C14N, C14N11, DIGESTS, ENVELOPED, EXC, METHODS, defaults

HERE = pathlib.Path(__file__).parent
COMMENTS = "#WithComments"
EXC_COMMENTS = EXC + "WithComments"
CASES = []

# Signatures that their own signer made wrong: xmlsec1 and the JDK agree that they do not verify, and the standard says why.
MISSIGNED = {
    **{
        f"signxml-{c14n}-comments": "signxml digests comments, though a reference by bare ID selects none (XML Signature 4.4.3.3)"
        for c14n in ("c14n10", "c14n11", "exc")
    },
    "signxml-prefix-list": "signxml writes the PrefixList on CanonicalizationMethod alone and uses it for the reference too",
}
# Where an oracle is wrong about a good message, and how that was settled.
JDK_INHERITS = (
    "JDK: canonicalizing SignedInfo by 1.1 it takes xml:lang, xml:space and xml:base from the outermost ancestor, though the nearest "
    "counts (C14N 1.1, 2.4); of the same assertion it makes the digest that xmlsec1 makes"
)
JDK_DROPS = (
    "JDK: it leaves comments out of SignedInfo whatever the method; XML Signature 4.3.1 gives the method SignedInfo and all its descendants"
)
AMPERSAND = (
    "libxml2 2.9: it keeps the reference in a namespace name as it is written, finds that this is no URI and refuses to canonicalize; the "
    "name is an absolute URI (Namespaces in XML 1.0, 2.2; XML 1.0, 3.3.3)"
)
DISPUTED = {
    "jdk-namespace-escaped": {"xmlsec1": AMPERSAND},
    "jdk-namespace-escaped-inclusive": {"xmlsec1": AMPERSAND},
    **{f"xmlsec1-comment-in-signedinfo-{c14n}-kept": {"jdk": JDK_DROPS} for c14n in ("c14n10", "c14n11", "exc")},
    "xmlsec1-xml-base-c14n11": {"jdk": JDK_INHERITS},
    "xmlsec1-xml-base-dots": {"jdk": JDK_INHERITS},
    "xmlsec1-xml-base-relative": {"jdk": JDK_INHERITS + "; it also joins two relative references to ../../x/ where ../y is meant"},
}


def case(name, signer, text, *targets, roles=2, about="", **options):
    """One message. `targets`: IDs in the order of signing, inner first."""
    CASES.append({"name": name, "signer": signer, "text": text, "targets": targets, "options": options, "roles": roles, "about": about})


# --- xmlsec1 ----------------------------------------------------------------------------------------------------------

R, S = "_resp", "_asrt"
X = "xmlsec1"
case("xmlsec1-assertion", X, shapes.plain(), S, about="the plainest: assertion signed, exclusive, RSA-SHA256")
case("xmlsec1-response", X, shapes.plain(), R, about="response signed")
case("xmlsec1-both", X, shapes.plain(), S, R, about="both signed")
case("xmlsec1-both-two-keys", X, shapes.plain(), S, R, keys=["rsa3072", "rsa2048"], about="assertion and response signed by different keys")
for c14n, short in ((C14N, "c14n10"), (C14N11, "c14n11")):
    for target, word in ((S, "assertion"), (R, "response")):
        case(f"xmlsec1-{short}-{word}", X, shapes.plain(), target, c14n=c14n, transforms=[ENVELOPED, c14n])
    case(f"xmlsec1-{short}-comments", X, shapes.plain(name_markup="a<!-- kept -->da", extra="<!-- and here -->"), S,
         c14n=c14n + COMMENTS, transforms=[ENVELOPED, c14n + COMMENTS], expect=["wrapped"],
         about="a form with comments, which a reference by bare ID leaves out all the same: the comment in the name splits it for some readers")
case("xmlsec1-exc-comments", X, shapes.plain(extra="<!-- covered -->"), S, c14n=EXC_COMMENTS, transforms=[ENVELOPED, EXC_COMMENTS])
case("xmlsec1-comment-not-covered", X, shapes.plain(extra="<!-- not covered -->"), S, about="a comment between elements, which the digest does not cover")
case("xmlsec1-no-c14n-transform", X, shapes.plain(), S, transforms=[ENVELOPED], about="no canonicalization named: inclusive 1.0 by XML Signature 4.4.3.2")
case("xmlsec1-mixed-c14n", X, shapes.plain(), S, c14n=C14N, transforms=[ENVELOPED, EXC], about="SignedInfo inclusive, reference exclusive")
case("xmlsec1-mixed-c14n-other", X, shapes.plain(), S, c14n=EXC, transforms=[ENVELOPED, C14N11], about="SignedInfo exclusive, reference inclusive 1.1")
case("xmlsec1-empty-uri", X, shapes.plain(), R, uri="", about="the whole document by an empty URI")
case("xmlsec1-empty-uri-around", X, shapes.plain(outer=("<?xml version=\"1.0\"?>\n<!-- before --><?pi before?>\n", "\n<!-- after --><?pi after?>\n")), R, uri="",
     about="an empty URI covers processing instructions outside the root")
for c14n, short in ((C14N, "c14n10"), (C14N11, "c14n11"), (EXC, "exc")):
    case(f"xmlsec1-comment-in-signedinfo-{short}", X, shapes.plain(), S, c14n=c14n, info_comment="<!-- not signed -->", expect=["genuine", "wrapped"],
         about="a comment between the elements of SignedInfo, which its canonical form leaves out")
    full = c14n + "WithComments" if c14n == EXC else c14n + COMMENTS
    case(f"xmlsec1-comment-in-signedinfo-{short}-kept", X, shapes.plain(), S, c14n=full, info_comment="<!-- signed -->", expect=["genuine", "wrapped"],
         about="a comment between the elements of SignedInfo, which its canonical form keeps")
case("xmlsec1-prefix-list", X, shapes.okta(), "id55512", prefixes="xs", about="InclusiveNamespaces as Okta writes it")
case("xmlsec1-prefix-list-default", X, shapes.keycloak(), "ID_671a50a6", prefixes="#default xs samlp", about="InclusiveNamespaces with #default")
case("xmlsec1-prefix-list-info", X, shapes.plain(root=' xmlns:unused="urn:unused"'), S, prefixes="unused", info_prefixes="samlp unused",
     about="InclusiveNamespaces on SignedInfo too")
case("xmlsec1-prefix-list-absent", X, shapes.plain(), S, prefixes="nowhere saml", about="InclusiveNamespaces names a prefix that nothing declares")
for method, key, digest in (
    ("rsa-sha1", "rsa2048", "sha1"), ("rsa-sha256", "rsa2048", "sha1"), ("rsa-sha384", "rsa3072", "sha384"), ("rsa-sha512", "rsa4096", "sha512"),
    ("rsa-sha256", "rsa1024", "sha256"), ("rsa-sha1", "rsa4096", "sha512"),
    ("ecdsa-sha256", "p256", "sha256"), ("ecdsa-sha384", "p384", "sha384"), ("ecdsa-sha512", "p521", "sha512"), ("ecdsa-sha1", "p256", "sha1"),
    ("ecdsa-sha512", "p256", "sha256"), ("ecdsa-sha256", "p521", "sha384"),
):
    case(f"xmlsec1-{method}-{key}-{digest}", X, shapes.plain(), S, method=method, key=key, digest=digest)
case("xmlsec1-keyvalue", X, shapes.plain(), S, key_info="keyvalue", about="a key and no certificate")
case("xmlsec1-keyvalue-ec", X, shapes.plain(), S, key_info="keyvalue", key="p384", method="ecdsa-sha384")
case("xmlsec1-no-keyinfo", X, shapes.plain(), S, key_info="none", about="nothing said of the key")
case("xmlsec1-keyname", X, shapes.plain(), S, key_info="name", about="only a name of the key")
case("xmlsec1-chain", X, shapes.plain(), S, key="chain", key_info="chain", about="three certificates, the signer's first")
case("xmlsec1-chain-reversed", X, shapes.plain(), S, key="chain", key_info="chain reversed", about="three certificates, the signer's last")
case("xmlsec1-namespace-at-assertion", X, shapes.plain(declare="assertion"), S)
case("xmlsec1-namespace-at-both", X, shapes.plain(declare="both"), S, c14n=C14N, transforms=[ENVELOPED, C14N], about="the same namespace declared twice, inclusive")
case("xmlsec1-unused-prefixes", X, shapes.plain(root=' xmlns:one="urn:one" xmlns:two="urn:two"', assertion=' xmlns:three="urn:three"'), S,
     c14n=C14N, transforms=[ENVELOPED, C14N], about="inclusive takes in what is declared and not used")
case("xmlsec1-unused-prefixes-exc", X, shapes.plain(root=' xmlns:one="urn:one" xmlns:two="urn:two"', assertion=' xmlns:three="urn:three"'), S)
XML_ROOT = ' xml:lang="en" xml:space="preserve" xml:base="http://example.com/a/" xml:id="x1"'
XML_INNER = ' xml:base="b/c" xml:lang="de"'
for c14n, short in ((C14N, "c14n10"), (C14N11, "c14n11"), (EXC, "exc")):
    case(f"xmlsec1-xml-attributes-{short}", X, shapes.plain(root=XML_ROOT), S, c14n=c14n, transforms=[ENVELOPED, c14n],
         about="xml:lang, xml:space, xml:base and xml:id on the root, the assertion signed")
case("xmlsec1-xml-base-c14n11", X, shapes.plain(root=XML_ROOT, assertion=XML_INNER), S, c14n=C14N11, transforms=[ENVELOPED, C14N11],
     about="xml:base joined over two levels")
case("xmlsec1-xml-base-reference", X, shapes.plain(root=XML_ROOT, assertion=XML_INNER), S, transforms=[ENVELOPED, C14N11],
     about="xml:base joined over two levels, SignedInfo exclusive")
case("xmlsec1-xml-base-reference-dots", X, shapes.plain(root=' xml:base="http://example.com/a/b/"', assertion=' xml:base="../../c/./d"'), S,
     transforms=[ENVELOPED, C14N11], about="xml:base with dots, SignedInfo exclusive")
case("xmlsec1-xml-base-dots", X, shapes.plain(root=' xml:base="http://example.com/a/b/"', assertion=' xml:base="../../c/./d"'), S, c14n=C14N11,
     transforms=[ENVELOPED, C14N11], about="xml:base with dots that the join removes")
case("xmlsec1-xml-base-relative", X, shapes.plain(root=' xml:base="../x/"', assertion=' xml:base="../y"'), S, c14n=C14N11,
     transforms=[ENVELOPED, C14N11], about="xml:base that is relative on every level")
case("xmlsec1-xml-attributes-signedinfo", X, shapes.plain(root=XML_ROOT), R, c14n=C14N, transforms=[ENVELOPED, C14N],
     about="SignedInfo inherits xml:* from the root in inclusive 1.0")
case("xmlsec1-default-namespace", X, shapes.entra(), "_a1", ds="", about="default namespaces everywhere, the signature's too")
case("xmlsec1-default-undeclared", X, shapes.plain(before_roles='<saml:Attribute Name="x"><saml:AttributeValue xmlns="urn:d"><a><b xmlns="">t</b></a></saml:AttributeValue></saml:Attribute>'), S,
     about="a default namespace declared and taken back")
case("xmlsec1-default-undeclared-inclusive", X, shapes.plain(root=' xmlns="urn:outer"', before_roles='<saml:Attribute Name="x"><saml:AttributeValue><a><b xmlns="">t</b></a></saml:AttributeValue></saml:Attribute>'), S,
     c14n=C14N, transforms=[ENVELOPED, C14N])
case("xmlsec1-xml-prefix-declared", X, shapes.plain(root=' xmlns:xml="http://www.w3.org/XML/1998/namespace"', assertion=' xml:lang="en"'), S, c14n=C14N,
     transforms=[ENVELOPED, C14N], about="the prefix xml declared, which no form writes")
case("xmlsec1-xml-prefix-listed", X, shapes.plain(root=' xmlns:xml="http://www.w3.org/XML/1998/namespace"', assertion=' xml:lang="en"'), S, prefixes="xml samlp",
     about="the prefix xml declared and listed")
case("xmlsec1-prefix-list-default-none", X, shapes.plain(), S, prefixes="#default", about="#default listed where no default namespace is declared")
case("xmlsec1-prefix-rebound", X, shapes.plain(before_roles='<saml:Attribute xmlns:p="urn:1" p:a="1" Name="n"><saml:AttributeValue xmlns:p="urn:2" p:a="2"><p:x xmlns:p="urn:1"><p:y/></p:x></saml:AttributeValue></saml:Attribute>'), S,
     about="one prefix for three namespaces")
ENCRYPTED = (
    '<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element">'
    '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/><xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue>'
    "</xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>"
)
case("xmlsec1-encrypted-response-signed", X, re.sub("<saml:Assertion.*</saml:Assertion>", ENCRYPTED, shapes.plain()), R, roles=0, expect=["genuine", "unknown"],
     about="an encrypted assertion in a signed response")
case("xmlsec1-xsi-type", X, shapes.plain(root=f' xmlns:xs="{shapes.XS}" xmlns:xsi="{shapes.XSI}"', role_attribute=' xsi:type="xs:string"'), S,
     about="a prefix used only in a value is not kept by exclusive")
case("xmlsec1-attribute-order", X, shapes.plain(before_roles='<saml:Attribute xmlns:b="urn:a" xmlns:a="urn:b" a:z="1" b:y="2" z="3" Name="n" a:b="4"><saml:AttributeValue>v</saml:AttributeValue></saml:Attribute>'), S,
     about="attributes sort by namespace name, not by prefix")
case("xmlsec1-cdata", X, shapes.plain(name_markup="a<![CDATA[d&a<]]>@example.com"), S)
case("xmlsec1-references", X, shapes.plain(
    name_markup="&#x41;da&#13;&#10;&#9;&lt;&amp;&gt;&quot;&apos;",
    before_roles='<saml:Attribute Name="a&#13;b&#10;c&#9;d&lt;&amp;&gt;&quot;&apos; e"><saml:AttributeValue>&#13;</saml:AttributeValue></saml:Attribute>'), S,
     about="carriage return, new line and tab by reference in text and in an attribute")
case("xmlsec1-attribute-white-space", X, shapes.plain(before_roles='<saml:Attribute Name="one\ttwo\nthree  four"><saml:AttributeValue>v</saml:AttributeValue></saml:Attribute>'), S,
     about="literal tab and new line in an attribute become spaces")
case("xmlsec1-crlf", X, shapes.plain(pretty=True).replace("\n", "\r\n"), S, about="CR LF line ends in the source")
case("xmlsec1-cr", X, shapes.plain(pretty=True).replace("\n", "\r"), S, about="bare CR line ends in the source")
case("xmlsec1-pretty", X, shapes.plain(pretty=True), S, R, wrap="\n    ", about="indented before signing, the signature too")
case("xmlsec1-single-quotes", X, re.sub(r'="([^"\']*)"', r"='\1'", shapes.plain()), S, about="single quotes in the source")
case("xmlsec1-nfc", X, shapes.plain(name="José Ångström ﬁ"), S, about="composed letters")
case("xmlsec1-nfd", X, shapes.plain(name="Jose\u0301 A\u030angstro\u0308m"), S, about="the same letters decomposed: not the same bytes")
case("xmlsec1-astral", X, shapes.plain(name="\U0001F600 𝒜 العربية 日本語 \u2028\u0085\u00a0\ufffd"), S, about="beyond the basic plane, and separators that are no XML line ends")
case("xmlsec1-instructions", X, shapes.plain(extra="<?first?><?second  some data ?>", before_roles="<?third a?b?>"), S, about="processing instructions that the digest covers")
case("xmlsec1-empty-elements", X, shapes.plain(before_roles='<saml:Attribute Name="e"><saml:AttributeValue/><saml:AttributeValue></saml:AttributeValue></saml:Attribute>'), S)
case("xmlsec1-base64-lines", X, shapes.plain(), S, base64_line="\n", about="SignatureValue and certificate in lines of 76")
case("xmlsec1-base64-cr", X, shapes.plain(), S, base64_line="&#13;\n", about="line ends as Java on Windows writes them")
case("xmlsec1-100-roles", X, shapes.entra(100), "_a1", roles=100, ds="")
case("xmlsec1-1000-roles", X, shapes.plain(1000), S, roles=1000)
case("xmlsec1-authn-request", X, shapes.authn_request(), "_req")
case("xmlsec1-logout-request", X, shapes.logout_request(), "_out")
case("xmlsec1-logout-response", X, shapes.logout_response(), "_done")
case("xmlsec1-bare-assertion", X, shapes.bare_assertion(), S)
case("xmlsec1-entra", X, shapes.entra(), "_a1", ds="")
case("xmlsec1-entra-response", X, shapes.entra(), "_r1", ds="", about="Entra set to sign the response")
case("xmlsec1-entra-both", X, shapes.entra(), "_a1", "_r1", ds="", about="Entra set to sign both")
case("xmlsec1-okta", X, shapes.okta(), "id55512", "id10283746", prefixes="xs")
case("xmlsec1-okta-sha1", X, shapes.okta(), "id55512", "id10283746", prefixes="xs", method="rsa-sha1", digest="sha1")
case("xmlsec1-adfs", X, shapes.adfs(), "_9d1b")
case("xmlsec1-keycloak", X, shapes.keycloak(), "ID_671a50a6", "ID_3566cc53", ds="dsig", key_info="x509 keyvalue name")
case("xmlsec1-shibboleth", X, shapes.shibboleth(), "_ab10", prefixes="xsd", digest="sha512", method="rsa-sha512", base64_line="\n")
case("xmlsec1-google", X, shapes.google(), "_g77")
case("xmlsec1-status-unsigned-note", X, shapes.plain().replace("</samlp:Status>", "<samlp:StatusMessage>ok</samlp:StatusMessage></samlp:Status>"), S,
     about="what the response says around the signed assertion is ordinary SAML")

# --- signxml ----------------------------------------------------------------------------------------------------------

Y = "signxml"
case("signxml-assertion", Y, shapes.plain(), S)
case("signxml-response", Y, shapes.plain(), R)
case("signxml-both", Y, shapes.plain(), S, R)
for c14n, short in ((C14N, "c14n10"), (C14N + COMMENTS, "c14n10-comments"), (C14N11, "c14n11"), (C14N11 + COMMENTS, "c14n11-comments"), (EXC_COMMENTS, "exc-comments")):
    case(f"signxml-{short}", Y, shapes.plain(extra="<!-- c -->"), R, c14n=c14n, transforms=[ENVELOPED, c14n])
for method, key, digest in (
    ("rsa-sha1", "rsa2048", "sha1"), ("rsa-sha384", "rsa2048", "sha384"), ("rsa-sha512", "rsa3072", "sha512"),
    ("pss-sha256", "rsa2048", "sha256"), ("pss-sha384", "rsa3072", "sha384"), ("pss-sha512", "rsa4096", "sha512"),
    ("ecdsa-sha256", "p256", "sha256"), ("ecdsa-sha384", "p384", "sha384"), ("ecdsa-sha512", "p521", "sha512"), ("ecdsa-sha256", "p384", "sha1"),
):
    case(f"signxml-{method}-{key}-{digest}", Y, shapes.plain(), S, method=method, key=key, digest=digest)
case("signxml-keyvalue", Y, shapes.plain(), S, key_info="keyvalue")
case("signxml-keyvalue-ec", Y, shapes.plain(), S, key_info="keyvalue", key="p256", method="ecdsa-sha256")
case("signxml-prefix-list", Y, shapes.okta(), "id55512", prefixes="xs xsi")
case("signxml-entra", Y, shapes.entra(), "_a1", ds="")
case("signxml-okta", Y, shapes.okta(), "id55512", "id10283746")
case("signxml-google", Y, shapes.google(), "_g78")
case("signxml-non-ascii", Y, shapes.plain(name="Zoë Søren 日本 \U00010348"), S)
case("signxml-100-roles", Y, shapes.keycloak(100), "ID_671a50a6", roles=100)
case("signxml-authn-request", Y, shapes.authn_request(), "_req")

# --- xml-crypto -------------------------------------------------------------------------------------------------------

Z = "xml-crypto"
case("xml-crypto-assertion", Z, shapes.plain(), S)
case("xml-crypto-response", Z, shapes.plain(), R)
case("xml-crypto-both", Z, shapes.plain(), S, R)
case("xml-crypto-c14n10", Z, shapes.plain(), R, c14n=C14N, transforms=[ENVELOPED, C14N])
case("xml-crypto-c14n10-comments", Z, shapes.plain(extra="<!-- c -->"), R, c14n=C14N + COMMENTS, transforms=[ENVELOPED, C14N + COMMENTS])
case("xml-crypto-exc-comments", Z, shapes.plain(extra="<!-- c -->"), S, c14n=EXC_COMMENTS, transforms=[ENVELOPED, EXC_COMMENTS])
case("xml-crypto-rsa-sha1", Z, shapes.plain(), S, method="rsa-sha1", digest="sha1")
case("xml-crypto-rsa-sha512", Z, shapes.plain(), S, method="rsa-sha512", digest="sha512", key="rsa4096")
case("xml-crypto-no-keyinfo", Z, shapes.plain(), S, key_info="none")
case("xml-crypto-prefix-list", Z, shapes.okta(), "id55512", prefixes="xs")
case("xml-crypto-entra", Z, shapes.entra(), "_a1", ds="")
case("xml-crypto-adfs", Z, shapes.adfs(), "_9d1b", "_7c0e2f")
case("xml-crypto-keycloak", Z, shapes.keycloak(), "ID_671a50a6", ds="dsig")
case("xml-crypto-shibboleth", Z, shapes.shibboleth(), "_ab10")
case("xml-crypto-1000-roles", Z, shapes.entra(1000), "_a1", roles=1000, ds="")
case("xml-crypto-logout-request", Z, shapes.logout_request(), "_out")

# --- the JDK ----------------------------------------------------------------------------------------------------------

J = "jdk"
case("jdk-assertion", J, shapes.plain(), S)
case("jdk-response", J, shapes.plain(), R)
case("jdk-both", J, shapes.plain(), S, R)
for c14n, short in ((C14N, "c14n10"), (C14N + COMMENTS, "c14n10-comments"), (C14N11, "c14n11"), (C14N11 + COMMENTS, "c14n11-comments"), (EXC_COMMENTS, "exc-comments")):
    case(f"jdk-{short}", J, shapes.plain(root=XML_ROOT, extra="<!-- c -->"), S, c14n=c14n, transforms=[ENVELOPED, c14n])
for method, key, digest in (
    ("rsa-sha1", "rsa1024", "sha1"), ("rsa-sha384", "rsa4096", "sha384"), ("pss-sha256", "rsa2048", "sha256"), ("ecdsa-sha256", "p256", "sha256"),
    ("ecdsa-sha384", "p384", "sha384"), ("ecdsa-sha512", "p521", "sha512"),
):
    case(f"jdk-{method}-{key}-{digest}", J, shapes.plain(), S, method=method, key=key, digest=digest)
case("jdk-namespace-escaped", J, shapes.plain(root=' xmlns:q="http://x.example/?a=1&amp;b=2&#38;c=3"', statement=' q:z="1"'), S, about="a namespace name with references in it")
case("jdk-namespace-escaped-inclusive", J, shapes.plain(root=' xmlns:q="http://x.example/?a=1&amp;b=2"'), S, c14n=C14N, transforms=[ENVELOPED, C14N])
case("jdk-id-non-ascii", J, shapes.plain().replace("_asrt", "_año-1.2"), "_año-1.2", about="an ID with a letter beyond ASCII")
case("jdk-pss-parameters", J, shapes.plain(), S, method="pss", about="RSA-PSS with its parameters left out: SHA-256, 32 bytes of salt")
case("jdk-pss-parameters-sha512", J, shapes.plain(), S, method="pss:SHA-512:20", about="RSA-PSS with parameters: SHA-512, 20 bytes of salt")
case("jdk-keyvalue", J, shapes.plain(), S, key_info="keyvalue")
case("jdk-prefix-list", J, shapes.okta(), "id55512", "id10283746", prefixes="xs")
case("jdk-keycloak", J, shapes.keycloak(), "ID_671a50a6", ds="dsig", key_info="x509 keyvalue")
case("jdk-shibboleth", J, shapes.shibboleth(), "_cd20", "_ab10", prefixes="xsd")
case("jdk-logout-response", J, shapes.logout_response(), "_done")

# --- where the others cannot ------------------------------------------------------------------------------------------

case("xmlsec13-pss-sha256", "xmlsec13", shapes.plain(), S, method="pss-sha256")
case("xmlsec13-pss-sha512", "xmlsec13", shapes.plain(), R, method="pss-sha512", key="rsa3072", digest="sha512")
case("bergshamra-ed25519", "bergshamra", shapes.plain(), S, method="ed25519", key="ed25519")
case("bergshamra-ed25519-response", "bergshamra", shapes.keycloak(), "ID_3566cc53", method="ed25519", key="ed25519", digest="sha512")
case("bergshamra-ed25519-both", "bergshamra", shapes.okta(), "id55512", "id10283746", method="ed25519", key="ed25519", prefixes="xs")
case("bergshamra-pss-sha384", "bergshamra", shapes.plain(), S, method="pss-sha384", digest="sha384")

# --- whole programs, not only signers ---------------------------------------------------------------------------------

SAMLP = [
    {"name": "samlp-assertion", "assertion": True, "response": False},
    {"name": "samlp-response", "assertion": False, "response": True},
    {"name": "samlp-both", "assertion": True, "response": True},
    {"name": "samlp-sha1", "assertion": True, "response": False, "method": "rsa-sha1", "digest": "sha1"},
    {"name": "samlp-prefixed", "assertion": True, "response": True, "ds": "ds"},
    {"name": "samlp-typed", "assertion": True, "response": False, "typed": True, "count": 3},
    {"name": "samlp-100-roles", "assertion": True, "response": False, "count": 100},
    {"name": "samlp-non-ascii", "assertion": True, "response": False, "user": "josé@example.com"},
]
PYSAML2 = [
    {"name": "pysaml2-assertion", "assertion": True, "response": False},
    {"name": "pysaml2-response", "assertion": False, "response": True},
    {"name": "pysaml2-both", "assertion": True, "response": True},
]

SERVICE = (
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:amazon:webservices">'
    f'<SPSSODescriptor protocolSupportEnumeration="{shapes.P}"><AssertionConsumerService index="1" isDefault="true" '
    f'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{shapes.ACS}"/></SPSSODescriptor></EntityDescriptor>'
)


def make(keys, out, work):
    """Writes every message to `out` and gives what the manifest says of each."""
    out.mkdir(parents=True, exist_ok=True)
    inprocess = {
        "xmlsec1": signers.xmlsec1(keys),
        "xmlsec13": signers.pyxmlsec(keys),
        "bergshamra": signers.bergshamra(keys),
        "signxml": signers.signxml(keys),
    }
    for one in CASES:
        text = one["text"]
        for number, target in enumerate(one["targets"]):
            options = {k: v for k, v in one["options"].items() if k != "expect"}
            if "keys" in options:
                options["key"] = options.pop("keys")[number]
            options = defaults(**options)
            one.setdefault("used", []).append(options)
            if one["signer"] in inprocess:
                text = inprocess[one["signer"]](text, target, options)
        if one["signer"] in inprocess:
            (out / f"{one['name']}.xml").write_bytes(signers.unmarked(text).encode())
    by_node(keys, out, work)
    by_jdk(keys, out, work)
    by_pysaml2(keys, out, work)
    return [entry(one, out) for one in CASES] + [program_entry(one, out, "samlp") for one in SAMLP] + [
        program_entry(one, out, "pysaml2") for one in PYSAML2
    ]


def jobs_of(signer, out, work):
    """For a signer in another process: each signature in turn, from file to file."""
    for one in CASES:
        if one["signer"] != signer:
            continue
        source = work / f"{one['name']}.in.xml"
        source.write_bytes(signers.unmarked(one["text"]).encode())
        for number, target in enumerate(one["targets"]):
            last = number == len(one["targets"]) - 1
            result = out / f"{one['name']}.xml" if last else work / f"{one['name']}.{number}.xml"
            yield source, result, target, one["used"][number]
            source = result


def by_node(keys, out, work):
    jobs = [
        {
            "program": "xml-crypto", "source": str(source), "result": str(result), "target": target,
            "key": str(keys.private(o["key"])), "certificate": str(keys.certificate(o["key"])), "method": METHODS[o["method"]],
            "digest": DIGESTS[o["digest"]], "c14n": o["c14n"], "transforms": o["transforms"],
            "prefixes": o["prefixes"].split() if o["prefixes"] else None, "keyInfo": o["key_info"], "ds": o["ds"],
        }
        for source, result, target, o in jobs_of("xml-crypto", out, work)
    ]
    jobs += [
        {
            "program": "samlp", "result": str(out / f"{one['name']}.xml"), "key": str(keys.private("rsa2048")),
            "certificate": str(keys.certificate("rsa2048")), "issuer": "urn:samlp.example.com", "roles": shapes.roles(one.get("count", 2)),
            "name": one.get("user", shapes.NAME), "assertion": one["assertion"], "response": one["response"],
            "method": one.get("method", "rsa-sha256"), "digest": one.get("digest", "sha256"), "ds": one.get("ds", ""),
            "typed": one.get("typed", False), "format": shapes.EMAIL,
        }
        for one in SAMLP
    ]
    subprocess.run(["node", "sign.mjs"], input=json.dumps(jobs), text=True, cwd=HERE, check=True)


def by_jdk(keys, out, work):
    lines = [
        "\t".join([
            str(source), str(result), target, str(keys.private(o["key"])), str(keys.certificate(o["key"])), METHODS[o["method"].split(":")[0]] + o["method"].removeprefix("pss")
            if o["method"].startswith("pss:") else METHODS[o["method"]],
            DIGESTS[o["digest"]], o["c14n"], ",".join(o["transforms"]), o["prefixes"] or "-", o["key_info"], o["ds"] or "-",
        ])
        for source, result, target, o in jobs_of("jdk", out, work)
    ]
    subprocess.run(["java", "SignJdk.java"], input="\n".join(lines), text=True, cwd=HERE, check=True)


def by_pysaml2(keys, out, work):
    from saml2.config import IdPConfig
    from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
    from saml2.server import Server

    idp = "https://idp.example.com/pysaml2"
    config = IdPConfig().load({
        "entityid": idp,
        "key_file": str(keys.private("rsa2048")),
        "cert_file": str(keys.certificate("rsa2048")),
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "metadata": {"inline": [SERVICE]},
        "service": {"idp": {
            "endpoints": {"single_sign_on_service": [(f"{idp}/sso", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect")]},
            "policy": {"default": {"lifetime": {"minutes": 5}, "attribute_restrictions": None, "name_form": shapes.URI}},
            "subject_data": str(work / "subjects.db"),
            "name_id_format": [NAMEID_FORMAT_PERSISTENT],
        }},
    })
    server = Server(config=config)
    for one in PYSAML2:
        response = server.create_authn_response(
            {shapes.AWS + "Role": shapes.roles(2), shapes.AWS + "RoleSessionName": ["ada"]},
            None, shapes.ACS, "urn:amazon:webservices",
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=shapes.NAME),
            authn={"class_ref": shapes.PASSWORD, "authn_auth": idp},
            sign_assertion=one["assertion"], sign_response=one["response"],
            sign_alg=METHODS["rsa-sha256"], digest_alg=DIGESTS["sha256"],
        )
        (out / f"{one['name']}.xml").write_text(str(response))


def entry(one, out):
    key_infos = {o["key_info"] for o in one["used"]}
    return {
        "file": f"good/{one['name']}.xml",
        "signer": one["signer"],
        "keys": key_files(out / f"{one['name']}.xml", dict(zip(one["targets"], (o["key"] for o in one["used"])))),
        "embedded": "certificate" if all("x509" in k or "chain" in k for k in key_infos) else "key" if "keyvalue" in key_infos else "none",
        "roles": one["roles"] if "AttributeStatement" in one["text"] else 0,
        **({"missigned": MISSIGNED[one["name"]]} if one["name"] in MISSIGNED else {}),
        **({"expect": one["options"]["expect"]} if "expect" in one["options"] else {}),
        **({"disputed": DISPUTED[one["name"]]} if one["name"] in DISPUTED else {}),
        "about": one["about"] or ", ".join(f"{k} {v}" for k, v in one["options"].items() if k in ("method", "key", "digest", "c14n")),
    }


def program_entry(one, out, signer):
    file = out / f"{one['name']}.xml"
    return {
        "file": f"good/{one['name']}.xml", "signer": signer, "keys": key_files(file, {}), "embedded": "certificate",
        "roles": one.get("count", 2), "about": f"what {signer} sends as an identity provider",
    }


def key_files(file, by_target):
    """For each signature of the file, in document order, the certificate of the key that made it."""
    targets = re.findall(r"<(?:\w+:)?Reference URI=\"#?([^\"]*)\"", file.read_text())
    default = next(iter(by_target.values()), "rsa2048")
    return [f"keys/{by_target.get(target, default)}.pem" for target in targets]
