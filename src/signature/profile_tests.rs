//! What is out of profile, malformed or past a limit: each named by a code of its own. Every message here is signed with
//! a key that is trusted for its issuer, and never more than the expected is said to be well.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::attack_tests::{expect, honest, object, trust};
use super::signer_tests::*;
use super::{Issue, Trust, Verdict};
use crate::limits::MAX_SIGNATURES;

/// A message whose assertion carries this signature.
fn with(signature: &str) -> String {
    sign(&response("r", "", &assertion("a", "user", signature)))
}

#[test]
fn signed_info_and_references_out_of_profile_are_named() {
    let key = Key(1).key_info();
    let one = reference("#a", &usual(), 0);
    let with_info = |info: &str| with(&envelope(info, 0, &key));
    expect(&with_info("<ds:SignedInfo/>"), Verdict::Broken, &["empty_signed_info"]);
    expect(&with_info("<ds:SignedInfo> </ds:SignedInfo>"), Verdict::Broken, &["empty_signed_info"]);
    expect(&with_info(&signed_info("")), Verdict::Broken, &["no_reference"]);
    expect(&with_info("<ds:SignedInfo><ds:Reference/></ds:SignedInfo>"), Verdict::Broken, &["malformed"]);
    expect(&with_info(""), Verdict::Broken, &["malformed"]);
    let two = signed_info(&(one.clone() + &reference("#r", &usual(), 1)));
    expect(&with_info(&two), Verdict::Wrapped, &["several_references"]);
    let two = signed_info(&(one.clone() + &one));
    expect(&with_info(&two), Verdict::Wrapped, &["several_references"]);
    expect(&with_info(&signed_info(&(one.clone() + "<ds:x/>"))), Verdict::Wrapped, &["unexpected"]);
    let twice = one.replace("</ds:Reference>", "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>");
    expect(&with_info(&signed_info(&twice)), Verdict::Wrapped, &["repeated"]);
    let nested = one.replace("<ds:DigestValue>", "<ds:DigestValue><x/>");
    expect(&with_info(&signed_info(&nested)), Verdict::Broken, &["malformed"]);
    let empty = one.replace(&STANDARD.encode(b"D0\0"), " ");
    expect(&with_info(&signed_info(&empty)), Verdict::Broken, &["empty_value"]);
    let bad = one.replace(&STANDARD.encode(b"D0\0"), "?");
    expect(&with_info(&signed_info(&bad)), Verdict::Broken, &["bad_base64"]);
    expect(
        &with_info(&signed_info(&reference("#x", &usual(), 0))),
        Verdict::Broken,
        &["reference_unresolved"],
    );
    let lost = with_info(&signed_info(&one)).replacen(" ID=\"a\"", "", 1);
    expect(&lost, Verdict::Broken, &["missing_id"]);
    for uri in [
        "http://example.com/",
        "a",
        "#",
        "#xpointer(id(a))",
        "#xpointer(//x)",
        "#element(a)",
        "file:///etc/passwd",
    ] {
        expect(
            &with_info(&signed_info(&reference(uri, &usual(), 0))),
            Verdict::Unknown,
            &["unsupported_reference"],
        );
    }
    let none = one.replace(" URI=\"#a\"", "");
    expect(&with_info(&signed_info(&none)), Verdict::Unknown, &["unsupported_reference"]);
    for pointer in ["#xpointer(id('a'))", "#xpointer(id(&quot;a&quot;))"] {
        expect(&with_info(&signed_info(&reference(pointer, &usual(), 0))), Verdict::Genuine, &[]);
    }
}

#[test]
fn algorithms_out_of_profile_are_named() {
    let key = Key(1).key_info();
    let exclusive = transform(EXCLUSIVE);
    for transforms in [
        transform("http://www.w3.org/TR/1999/REC-xpath-19991116"),
        transform("http://www.w3.org/TR/1999/REC-xslt-19991116") + &exclusive,
        usual() + &transform("http://www.w3.org/2000/09/xmldsig#base64"),
        transform("http://www.w3.org/2002/07/decrypt#XML") + &usual(),
        exclusive.clone() + &transform("http://www.w3.org/2000/09/xmldsig#enveloped-signature"),
        transform(""),
    ] {
        let info = signed_info(&reference("#a", &transforms, 0));
        expect(&with(&envelope(&info, 0, &key)), Verdict::Unknown, &["unsupported_transform"]);
    }
    let info = signed_info(&reference("#a", &usual(), 0));
    let other = |from: &str, to: &str| with(&envelope(&info.replacen(from, to, 1), 0, &key));
    expect(
        &other(EXCLUSIVE, "http://www.w3.org/2010/xml-c14n2"),
        Verdict::Unknown,
        &["unsupported_canonicalization"],
    );
    let more = "http://www.w3.org/2001/04/xmldsig-more";
    expect(
        &other(&format!("{more}#ecdsa-sha256"), &format!("{more}#rsa-md5")),
        Verdict::Unknown,
        &["unsupported_algorithm"],
    );
    expect(
        &other(&format!("{more}#ecdsa-sha256"), &format!("{more}#hmac-sha256")),
        Verdict::Unknown,
        &["hmac"],
    );
    expect(
        &other(&format!("{more}#ecdsa-sha256"), &format!("{more}#rsa-sha256")),
        Verdict::Broken,
        &["key_mismatch"],
    );
    expect(
        &other("http://www.w3.org/2001/04/xmlenc#sha256", &format!("{more}#sha224")),
        Verdict::Unknown,
        &["unsupported_algorithm"],
    );
    let again = signed_info(&reference("#a", &(usual() + &exclusive), 0));
    expect(&with(&envelope(&again, 0, &key)), Verdict::Genuine, &[]);
    let many = signed_info(&reference("#a", &(usual() + &exclusive.repeat(10)), 0));
    expect(&with(&envelope(&many, 0, &key)), Verdict::Unknown, &["too_large"]);
    let prefixes: String = (0..40).map(|n| format!("p{n} ")).collect();
    let list = format!(
        "<ds:Transform Algorithm=\"{EXCLUSIVE}\"><i:InclusiveNamespaces xmlns:i=\"{EXCLUSIVE}\" PrefixList=\"{prefixes}\"/></ds:Transform>"
    );
    let listed = signed_info(&reference("#a", &list, 0));
    expect(&with(&envelope(&listed, 0, &key)), Verdict::Unknown, &["too_large"]);
}

#[test]
fn signature_elements_out_of_profile_are_named() {
    let (key, info) = (Key(1).key_info(), signed_info(&reference("#a", &usual(), 0)));
    expect(&with(&envelope(&info, 0, "")), Verdict::Genuine, &[]);
    assert_eq!(judge(&with(&envelope(&info, 0, "")), &Trust::default()).verdict, Verdict::Unknown);
    assert!(codes(&judge(&with(&envelope(&info, 0, "")), &Trust::default())).contains(&"no_key"));
    expect(&with(&envelope(&info, 0, &(key.clone() + &key))), Verdict::Wrapped, &["repeated"]);
    expect(&with(&envelope(&info, 0, &(key.clone() + &object("")))), Verdict::Wrapped, &["object"]);
    expect(&with(&envelope(&info, 0, &(key.clone() + "<x/>"))), Verdict::Wrapped, &["unexpected"]);
    let value = |from: &str, to: &str| with(&envelope(&info, 0, &key).replace(from, to));
    expect(&value(&STANDARD.encode(b"V0\0"), ""), Verdict::Broken, &["empty_value"]);
    expect(&value(&STANDARD.encode(b"V0\0"), "a?b"), Verdict::Broken, &["bad_base64"]);
    expect(
        &value(&STANDARD.encode(b"V0\0"), &STANDARD.encode([0x30; 70])),
        Verdict::Broken,
        &["ecdsa_length"],
    );
    expect(
        &value(&STANDARD.encode(b"V0\0"), &STANDARD.encode([0x30; 64])),
        Verdict::Broken,
        &["value_differs"],
    );
    let no_value = envelope(&info, 0, &key).replace("<ds:SignatureValue>VjAA</ds:SignatureValue>", "");
    expect(&with(&no_value), Verdict::Broken, &["malformed"]);
    let late = assertion("a", "user", "")
        .replace("</saml:Assertion>", &format!("{}</saml:Assertion>", signature("a", 0)));
    expect(&sign(&response("r", "", &late)), Verdict::Genuine, &["misplaced"]);
}

#[test]
fn a_document_that_is_cut_or_goes_on_is_broken() {
    let message = honest();
    for cut in ["</samlp:Response>", "Response>", "</saml:Assertion></samlp:Response>"] {
        expect(message.strip_suffix(cut).unwrap(), Verdict::Broken, &["truncated"]);
    }
    expect(&format!("{message}<x/>"), Verdict::Broken, &["truncated"]);
    expect(&message.replace("</saml:NameID>", "<</saml:NameID>"), Verdict::Broken, &["truncated"]);
}

#[test]
fn more_signatures_than_the_limit_are_not_judged() {
    let assertions: String = (0..=MAX_SIGNATURES)
        .map(|n| {
            let n = u8::try_from(n).unwrap();
            assertion(&format!("a{n}"), "user", &signature(&format!("a{n}"), n))
        })
        .collect();
    let judgement = judge(&sign(&response("r", "", &assertions)), &trust());
    assert_eq!(judgement.signatures.len(), MAX_SIGNATURES);
    assert!(codes(&judgement).contains(&"too_many_signatures"));
    assert!(!judgement.verdict.verifies());
}

#[test]
fn a_root_that_is_no_saml_is_judged_alike() {
    let document = format!("<x ID=\"a\">{}</x>", signature("a", 0));
    let judgement = judge(&sign(&document), &Trust::default());
    assert_eq!((judgement.verdict, judgement.signatures[0].covers), (Verdict::Consistent, Some("document")));
}

/// Each code is said somewhere in these tests; those of dates and metadata are held beside what says them.
#[test]
fn every_code_has_a_test() {
    let sources = [
        include_str!("attack_tests.rs"),
        include_str!("profile_tests.rs"),
        include_str!("fixture_tests.rs"),
        include_str!("certificate_tests.rs"),
        include_str!("metadata_tests.rs"),
    ];
    let missing: BTreeSet<_> = Issue::CODES
        .iter()
        .filter(|code| {
            let short = code.strip_prefix("signature.").unwrap();
            !sources.iter().any(|source| {
                source.contains(&format!("\"{short}\"")) || source.contains(&format!("\"{code}\""))
            })
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn hostile_documents_are_planned_in_time_linear_in_their_length() {
    // A reference to an ID that a hundred thousand elements have, eight signatures, prefixes, deep nesting.
    let same = "<x ID=\"a\"/>".repeat(50_000);
    let own = signature("a", 0).repeat(MAX_SIGNATURES);
    let source = response("r", &own, &same);
    let judgement = judge(&source, &trust());
    assert_eq!(judgement.verdict, Verdict::Broken);
    let long = "x".repeat(4096);
    let uses = "<p:x/>".repeat(20_000);
    let source = response("r", &signature("r", 0), &format!("<y xmlns:p=\"urn:{long}\">{uses}</y>"));
    assert!(codes(&judge(&source, &trust())).contains(&"too_large"));
}
