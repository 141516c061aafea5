//! What must never be taken for genuine: signature wrapping in all its published forms, what made other libraries' two
//! readers differ, and what is malformed. Every message here is signed with a key that is trusted for its issuer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

use super::signer_tests::*;
use super::{Issue, Judgement, KeySource, Trust, Verdict};
use crate::saml::Document;

pub(super) fn trust() -> Trust {
    trusted(Key(1))
}

/// The baseline: a response whose assertion is signed.
pub(super) fn honest() -> String {
    sign(&response("r", "", &assertion("a", "user", &signature("a", 0))))
}

/// The parts of an honest message: the signed assertion with its signature, without it, and the signature.
fn parts() -> (String, String, String) {
    let message = honest();
    let (_, rest) = message.split_once("<samlp:Status/>").unwrap();
    let signed = rest.strip_suffix("</samlp:Response>").unwrap();
    let (head, rest) = signed.split_once("<ds:Signature").unwrap();
    let (signature, tail) = rest.split_once("</ds:Signature>").unwrap();
    (String::from(signed), format!("{head}{tail}"), format!("<ds:Signature{signature}</ds:Signature>"))
}

fn in_signature(signature: &str, content: &str) -> String {
    signature.replace("</ds:Signature>", &format!("{content}</ds:Signature>"))
}

pub(super) fn object(content: &str) -> String {
    format!("<ds:Object>{content}</ds:Object>")
}

fn extensions(content: &str) -> String {
    format!("<samlp:Extensions>{content}</samlp:Extensions>")
}

#[track_caller]
pub(super) fn expect(source: &str, verdict: Verdict, expected: &[&str]) -> Judgement {
    let judgement = judge(source, &trust());
    let found = codes(&judgement);
    for code in expected {
        assert!(found.contains(code), "no {code} but {found:?} in {source}");
    }
    assert_eq!(judgement.verdict, verdict, "{found:?} in {source}");
    judgement
}

#[test]
fn the_honest_message_is_genuine() {
    let judgement = expect(&honest(), Verdict::Genuine, &["response_not_covered"]);
    assert_eq!(codes(&judgement).len(), 1);
    let whole = sign(&response("r", &signature("r", 0), &assertion("a", "user", "")));
    assert_eq!(codes(&expect(&whole, Verdict::Genuine, &[])).len(), 0);
    let both = sign(&response("r", &signature("r", 0), &assertion("a", "user", &signature("a", 1))));
    assert_eq!(codes(&expect(&both, Verdict::Genuine, &[])).len(), 0);
    let bare = sign(&assertion("a", "user", &signature("a", 0)));
    assert_eq!(codes(&expect(&bare, Verdict::Genuine, &[])).len(), 0);
}

/// XSW 1 and 2: the response is signed, a forged one is put around it or beside it (Somorovsky et al., "On Breaking SAML", 2012).
#[test]
fn a_forged_response_around_the_signed_one_is_wrapped() {
    let message = sign(&response("r", &signature("r", 0), &assertion("a", "user", "")));
    let (head, rest) = message.split_once("<ds:Signature").unwrap();
    let (inner, tail) = rest.split_once("</ds:Signature>").unwrap();
    let (original, moved) = (format!("{head}{tail}"), format!("<ds:Signature{inner}</ds:Signature>"));
    let evil = assertion("e", "admin", "");
    let xsw1 = response("evil", &in_signature(&moved, &object(&original)), &evil);
    expect(
        &xsw1,
        Verdict::Wrapped,
        &["reference_not_parent", "moved", "object", "nested_assertion", "content_outside"],
    );
    let xsw2 = response("evil", &format!("{moved}{original}"), &evil);
    expect(&xsw2, Verdict::Wrapped, &["reference_not_parent", "moved", "nested_assertion"]);
    let xsw2 = response("evil", &format!("{original}{moved}"), &evil);
    expect(&xsw2, Verdict::Wrapped, &["reference_not_parent", "moved", "nested_assertion"]);
}

/// XSW 3 to 8: the assertion is signed.
#[test]
fn a_forged_assertion_beside_or_around_the_signed_one_is_wrapped() {
    let (signed, original, own) = parts();
    let evil = assertion("e", "admin", "");
    let inside = |content: &str| evil.replace("</saml:Assertion>", &format!("{content}</saml:Assertion>"));
    let xsw3 = response("r", "", &format!("{evil}{signed}"));
    expect(&xsw3, Verdict::Wrapped, &["unsigned_assertion"]);
    expect(&response("r", "", &format!("{signed}{evil}")), Verdict::Wrapped, &["unsigned_assertion"]);
    let xsw4 = response("r", "", &inside(&signed));
    expect(&xsw4, Verdict::Wrapped, &["moved", "nested_assertion"]);
    let xsw5 = response("r", "", &format!("{}{original}", assertion("e", "admin", &own)));
    expect(&xsw5, Verdict::Wrapped, &["reference_not_parent"]);
    let xsw6 = response("r", "", &assertion("e", "admin", &in_signature(&own, &original)));
    expect(&xsw6, Verdict::Wrapped, &["reference_not_parent", "moved", "unexpected", "nested_assertion"]);
    let xsw7 = response("r", &extensions(&signed), &evil);
    expect(&xsw7, Verdict::Wrapped, &["moved", "nested_assertion"]);
    let xsw8 = response("r", "", &assertion("e", "admin", &in_signature(&own, &object(&original))));
    expect(&xsw8, Verdict::Wrapped, &["reference_not_parent", "moved", "object", "nested_assertion"]);
}

/// The forged assertion has the ID of the signed one: which is found first depends on the library.
#[test]
fn two_elements_of_one_id_are_wrapped_in_either_order() {
    let (signed, original, own) = parts();
    let evil = assertion("a", "admin", "");
    expect(
        &response("r", "", &format!("{evil}{signed}")),
        Verdict::Wrapped,
        &["duplicate_id", "unsigned_assertion"],
    );
    expect(
        &response("r", "", &format!("{signed}{evil}")),
        Verdict::Wrapped,
        &["duplicate_id", "unsigned_assertion"],
    );
    let swapped = response("r", &extensions(&original), &assertion("a", "admin", &own));
    let judgement = expect(&swapped, Verdict::Wrapped, &["duplicate_id", "nested_assertion"]);
    let covered = judgement.covered[0].text();
    assert!(covered.contains("user") && !covered.contains("admin"));
    expect(&response("a", "", &signed), Verdict::Wrapped, &["duplicate_id"]);
}

/// "Attribute pollution" (PortSwigger, The Fragile Lock, 2025): a second attribute that some reader takes for the ID.
#[test]
fn an_id_in_another_attribute_or_namespace_is_ambiguous() {
    let (signed, original, own) = parts();
    for attribute in ["Id='a'", "id='a'", "xml:id='a'", "samlp:ID='a'"] {
        let polluted = response("r", "", &signed).replacen("ID=\"r\"", &format!("ID=\"r\" {attribute}"), 1);
        expect(&polluted, Verdict::Wrapped, &["duplicate_id", "other_id_attribute"]);
    }
    let renamed = original.replacen("ID=\"a\"", "Id=\"a\"", 1);
    let evil = assertion("e", "admin", &own);
    expect(
        &response("r", &extensions(&renamed), &evil),
        Verdict::Broken,
        &["other_id_attribute", "digest_differs"],
    );
    let template = assertion("a", "user", &signature("a", 0)).replacen("ID=\"a\"", "Id=\"a\" ID=\"a\"", 1);
    expect(&sign(&response("r", "", &template)), Verdict::Genuine, &[]);
}

/// CVE-2024-45409 (ruby-saml): the digest was looked up anywhere in the document.
#[test]
fn a_digest_value_smuggled_elsewhere_is_not_read() {
    let (signed, ..) = parts();
    let evil = signed.replace("user", "admin");
    let smuggled = "<ds:DigestValue xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">AAAA</ds:DigestValue>";
    expect(&response("r", &extensions(smuggled), &evil), Verdict::Broken, &["digest_differs"]);
}

/// CVE-2025-29774 (xml-crypto, "SAMLStorm"): of several `SignedInfo`, one was verified and another read.
#[test]
fn a_second_signed_info_is_wrapped_wherever_it_stands() {
    let message = honest();
    let (_, rest) = message.split_once("<ds:SignedInfo>").unwrap();
    let (info, _) = rest.split_once("</ds:SignedInfo>").unwrap();
    let second = format!("<ds:SignedInfo>{}</ds:SignedInfo>", info.replace("#a", "#e"));
    let behind = message.replace("</ds:Signature>", &format!("{second}</ds:Signature>"));
    expect(&behind, Verdict::Wrapped, &["repeated"]);
    let deep = message.replace("</ds:Signature>", &format!("{}</ds:Signature>", object(&second)));
    expect(&deep, Verdict::Wrapped, &["repeated", "object"]);
    let before = message.replace("<ds:SignedInfo>", &format!("{second}<ds:SignedInfo>"));
    expect(&before, Verdict::Broken, &["malformed"]);
}

/// CVE-2025-29775 (xml-crypto, "SAMLStorm"): a comment in the digest value made two readers read two digests.
#[test]
fn a_comment_in_a_digest_value_is_wrapped_and_does_not_change_the_digest() {
    let message = honest().replace("<ds:DigestValue>", "<ds:DigestValue><!--AAAA-->");
    expect(&message, Verdict::Wrapped, &["comment_in_text"]);
}

/// CVE-2017-11427 and later: the text behind a comment was lost.
#[test]
fn a_comment_in_a_text_is_wrapped() {
    let template = response("r", "", &assertion("a", "admin@example.com.evil.com", &signature("a", 0)));
    let message = sign(&template);
    assert_eq!(judge(&message, &trust()).verdict, Verdict::Genuine);
    let split = message.replace("admin@example.com", "admin@example.com<!---->");
    expect(&split, Verdict::Wrapped, &["comment_in_text"]);
    let split = message.replacen(ISSUER, &format!("<!-- -->{ISSUER}"), 1);
    expect(&split, Verdict::Wrapped, &["comment_in_text"]);
    let between = message.replace("<saml:NameID>", "<!-- -->\n<saml:NameID>");
    expect(&between, Verdict::Broken, &["digest_differs"]);
    let between = message.replace("<saml:NameID>", "<!-- --><saml:NameID>");
    expect(&between, Verdict::Genuine, &[]);
}

/// xml-crypto digested the text of a processing instruction as character data (OneUptime issue 2988, 2026).
#[test]
fn a_processing_instruction_put_into_a_text_breaks_it_and_a_signed_one_is_told() {
    let message = sign(&response("r", "", &assertion("a", "not-an-admin", &signature("a", 0))));
    let changed = message.replace("not-an-admin", "<?p not-an-?>admin");
    expect(&changed, Verdict::Broken, &["instruction_in_text", "digest_differs"]);
    let signed = sign(&response("r", "", &assertion("a", "not-an-<?p?>admin", &signature("a", 0))));
    expect(&signed, Verdict::Genuine, &["instruction_in_text"]);
}

/// "Void canonicalization" (PortSwigger, 2025; CVE-2025-66568, ruby-saml): the canonicalizer fails on a relative namespace
/// name, and the empty text is digested.
#[test]
fn a_document_without_a_canonical_form_is_broken() {
    let empty = STANDARD.encode([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27,
        0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ]);
    let template = response("r", "", &assertion("a", "admin", &signature("a", 0)));
    let template = template.replace(&STANDARD.encode(b"D0\0"), &empty);
    let message = sign(&template).replace("<samlp:Status/>", "<samlp:Status xmlns:x='1'/>");
    let judgement = expect(&message, Verdict::Broken, &["relative_namespace"]);
    assert_eq!(judgement.signatures[0].verdict, Verdict::Broken);
    expect(&sign(&template), Verdict::Broken, &["digest_differs"]);
    // The signature is all there is of what it refers to.
    let whole = sign(&response("r", "", &assertion("a", "admin", &signature("s", 0))));
    let refers_to_itself = whole.replacen("<ds:Signature ", "<ds:Signature ID=\"s\" ", 1);
    expect(&refers_to_itself, Verdict::Broken, &["nothing_signed"]);
}

/// CVE-2025-47949 (samlify), and its requests (issue 634, 2026): a signed part of another message is put into a forged one.
#[test]
fn a_signed_assertion_in_a_forged_request_is_wrapped() {
    let (signed, ..) = parts();
    for name in ["LogoutRequest", "AuthnRequest", "LogoutResponse"] {
        let forged = format!(
            "<samlp:{name} xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"e\"><saml:NameID \
             xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">admin</saml:NameID>{signed}</samlp:{name}>"
        );
        expect(&forged, Verdict::Wrapped, &["moved", "nested_assertion"]);
    }
}

/// CVE-2025-25291 and -25292 (ruby-saml): the two readers found two signatures. Here each is judged.
#[test]
fn of_two_signatures_each_is_judged_and_the_worst_counts() {
    let (signed, original, own) = parts();
    let broken = own.replace("#a", "#e");
    let both = signed.replacen("<ds:Signature", &format!("{broken}<ds:Signature"), 1);
    expect(&response("r", "", &both), Verdict::Broken, &["value_differs"]);
    let elsewhere = response("r", &extensions(&own), &original);
    expect(&elsewhere, Verdict::Wrapped, &["reference_not_parent"]);
}

#[test]
fn what_says_who_a_person_is_outside_of_the_signed_assertion_is_wrapped() {
    let (signed, ..) = parts();
    let statement = "<saml:AttributeStatement xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>";
    for message in [
        response("r", "", &format!("{signed}{statement}")),
        response("r", &extensions(statement), &signed),
        response("r", "", &signed.replace("</ds:KeyInfo>", &format!("{statement}</ds:KeyInfo>"))),
        response("r", "", &format!("{signed}<x/>")),
    ] {
        expect(&message, Verdict::Wrapped, &["content_outside"]);
    }
    let whole =
        sign(&response("r", &(signature("r", 0) + &extensions(statement)), &assertion("a", "user", "")));
    expect(&whole, Verdict::Genuine, &[]);
}

#[test]
fn names_of_saml_in_another_namespace_are_wrapped() {
    for name in ["Assertion", "Attribute", "Signature", "NameID"] {
        let content = format!("<x:{name} xmlns:x=\"urn:x\"/>");
        let message =
            sign(&response("r", &(signature("r", 0) + &extensions(&content)), &assertion("a", "user", "")));
        expect(&message, Verdict::Wrapped, &["look_alike"]);
    }
}

#[test]
fn an_assertion_in_the_advice_of_a_signed_one_is_wrapped() {
    let advice =
        format!("user</saml:NameID><saml:Advice>{}</saml:Advice><saml:NameID>", assertion("e", "admin", ""));
    let message = sign(&response("r", "", &assertion("a", &advice, &signature("a", 0))));
    expect(&message, Verdict::Wrapped, &["nested_assertion"]);
}

#[test]
fn an_encrypted_assertion_is_covered_by_the_response_or_not_at_all() {
    let encrypted = "<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>";
    expect(&response("r", "", encrypted), Verdict::Unknown, &["encrypted"]);
    expect(&sign(&response("r", &signature("r", 0), encrypted)), Verdict::Genuine, &[]);
    let beside =
        sign(&response("r", "", &format!("{encrypted}{}", assertion("a", "user", &signature("a", 0)))));
    expect(&beside, Verdict::Wrapped, &["unsigned_assertion"]);
    let unsigned = response("r", "", &format!("{encrypted}{}", assertion("a", "user", "")));
    expect(&unsigned, Verdict::Unsigned, &["unsigned"]);
}

#[test]
fn a_message_without_a_signature_is_unsigned() {
    expect(&response("r", "", &assertion("a", "user", "")), Verdict::Unsigned, &["unsigned"]);
    let request = "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>";
    let judgement = expect(request, Verdict::Unsigned, &["unsigned"]);
    assert_eq!(judgement.issues, [Issue::Unsigned { is_request: true }]);
}

#[test]
fn several_assertions_are_genuine_only_if_each_is_covered() {
    let two = assertion("a", "user", &signature("a", 0)) + &assertion("b", "user", &signature("b", 1));
    expect(&sign(&response("r", "", &two)), Verdict::Genuine, &[]);
    let two = assertion("a", "user", "") + &assertion("b", "user", "");
    expect(&sign(&response("r", &signature("r", 0), &two)), Verdict::Genuine, &[]);
}

#[test]
fn another_issuers_assertion_in_a_trusted_issuers_response_is_not_genuine() {
    let other = assertion("a", "user", "").replace(ISSUER, "https://other.example.com");
    let message = sign(&response("r", &signature("r", 0), &other));
    expect(&message, Verdict::Consistent, &["issuer_differs"]);
    let pinned = Trust { entities: Vec::new(), certificates: vec![Key(1).certificate()] };
    assert_eq!(judge(&message, &pinned).verdict, Verdict::Genuine);
}

#[test]
fn a_pin_of_one_issuer_is_a_pin() {
    let mut trust = trust();
    trust.entities[0].source = KeySource::Pin;
    let judgement = judge(&honest(), &trust);
    assert_eq!(judgement.signatures[0].verified_by, Some(KeySource::Pin));
    assert_eq!(judge(&honest(), &trusted(Key(2))).verdict, Verdict::Consistent);
}

/// Pieces of messages, to be put together at random.
fn pieces() -> impl Strategy<Value = String> {
    let (signed, original, own) = parts();
    let pieces = vec![
        signed,
        original,
        own.clone(),
        own.replace("#a", ""),
        own.replace("enveloped-signature", "x"),
        assertion("a", "admin", &own),
        String::from("<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"),
        String::from(
            "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:KeyInfo/></ds:Signature>",
        ),
        String::from("text<!-- c --><?p?>"),
        String::from("<x ID='a' xml:id='r'/>"),
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..6).prop_map(|chosen| chosen.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_combination_of_signed_parts_panics_or_shows_the_forged_one_as_verified(head in pieces(), inner in pieces(), tail in pieces()) {
        let source = response("r", &head, &format!("{}{tail}", assertion("e", "admin", &inner)));
        let judgement = judge(&source, &trust());
        prop_assert!(!judgement.verdict.verifies(), "{}", source);
    }

    #[test]
    fn no_cut_or_changed_message_panics(at in 0_usize..2500, to in "[<>&'\"/=a# ]", cut in 0_usize..2500) {
        let mut source = honest();
        if source.is_char_boundary(at) && at < source.len() {
            source.replace_range(at..=at, &to);
        }
        source.truncate(cut.max(1));
        if let Ok(document) = Document::parse(&source) {
            let plan = super::plan(&document, &trust());
            let _ = plan.conclude(&[]);
        }
    }
}
