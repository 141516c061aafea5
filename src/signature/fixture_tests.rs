//! Messages that other tools signed, and what becomes of the verdict when a byte of them changes.

use std::fs;

use super::signer_tests::{ISSUER, codes, judge};
use super::{Answer, Certificate, Entity, Job, Judgement, KeySource, Trust, Verdict, plan, plan_asking};
use crate::saml::Document;

fn fixture(name: &str) -> String {
    fs::read_to_string(format!("tests/fixtures/signature/{name}"))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn certificate(name: &str) -> Certificate {
    Certificate::from_pem(&fixture(name)).unwrap()
}

fn metadata(certificate: &str) -> Trust {
    let keys = vec![self::certificate(certificate)];
    let entity =
        Entity { entity_id: String::from(ISSUER), keys, valid_until: None, source: KeySource::Metadata };
    Trust { entities: vec![entity], certificates: Vec::new() }
}

fn pin(certificate: &str) -> Trust {
    Trust { entities: Vec::new(), certificates: vec![self::certificate(certificate)] }
}

/// Every fixture that carries its key, with what is said about it.
const CONSISTENT: [(&str, &str, &[&str]); 13] = [
    ("assertion-comments.xml", "assertion", &["response_not_covered"]),
    ("assertion-ecdsa-p256.xml", "assertion", &["response_not_covered"]),
    ("assertion-ecdsa-p384.xml", "assertion", &["response_not_covered", "weak_hash"]),
    ("assertion-ecdsa-p521.xml", "assertion", &["response_not_covered"]),
    ("assertion-ed25519.xml", "assertion", &["response_not_covered"]),
    ("assertion-inclusive-1-1.xml", "assertion", &["response_not_covered"]),
    ("assertion-inclusive.xml", "assertion", &["response_not_covered"]),
    ("assertion-key-value.xml", "assertion", &["response_not_covered"]),
    ("assertion-rsa-pss.xml", "assertion", &["response_not_covered"]),
    ("assertion-rsa-sha256.xml", "assertion", &["response_not_covered"]),
    ("authn-request.xml", "authn_request", &[]),
    ("response-rsa-sha1.xml", "response", &["weak_key", "weak_hash"]),
    ("response-whole-document.xml", "response", &["whole_document"]),
];

fn only(judgement: &Judgement) -> &super::Signature {
    match judgement.signatures.as_slice() {
        [one] => one,
        other => panic!("{} signatures", other.len()),
    }
}

#[test]
fn what_other_tools_signed_verifies_with_the_key_it_carries() {
    for (name, covers, expected) in CONSISTENT {
        let judgement = judge(&fixture(name), &Trust::default());
        assert_eq!(codes(&judgement), expected, "{name}");
        assert_eq!(judgement.verdict, Verdict::Consistent, "{name}");
        let signature = only(&judgement);
        assert_eq!((signature.verdict, signature.covers), (Verdict::Consistent, Some(covers)), "{name}");
        assert_eq!(signature.verified_by, Some(KeySource::Embedded), "{name}");
    }
}

#[test]
fn a_response_and_its_assertion_are_judged_each() {
    let judgement = judge(&fixture("both-rsa-sha512.xml"), &metadata("idp.pem"));
    assert_eq!(judgement.verdict, Verdict::Genuine);
    let covers: Vec<_> =
        judgement.signatures.iter().map(|signature| (signature.covers, signature.verdict)).collect();
    assert_eq!(covers, [(Some("response"), Verdict::Genuine), (Some("assertion"), Verdict::Genuine)]);
    let covered: Vec<_> =
        judgement.covered.iter().map(|covered| (covered.signature, covered.element)).collect();
    let claimed = [0, 1].map(|at| judgement.signatures[at].covers_element.unwrap());
    assert_eq!(covered, [(0, claimed[0]), (1, claimed[1])]);
    assert_eq!(claimed[0], 0);
}

#[test]
fn facts_and_covered_text_are_those_that_were_signed() {
    let source = fixture("assertion-rsa-sha256.xml");
    let judgement = judge(&source, &Trust::default());
    let signature = only(&judgement);
    assert_eq!(signature.algorithm.as_deref(), Some("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"));
    assert_eq!(signature.digest.as_deref(), Some("http://www.w3.org/2001/04/xmlenc#sha256"));
    assert_eq!(signature.canonicalization.as_deref(), Some("http://www.w3.org/2001/10/xml-exc-c14n#"));
    assert_eq!(signature.transforms.len(), 2);
    assert_eq!((signature.reference.as_deref(), signature.covers_id.as_deref()), (Some("#_a1"), Some("_a1")));
    let document = Document::parse(&source).unwrap();
    let names: Vec<_> = [signature.element, signature.covers_element.unwrap()]
        .map(|at| document.elements().nth(at).unwrap().local_name())
        .into();
    assert_eq!(names, ["Signature", "Assertion"]);
    let text = judgement.covered[0].text();
    assert!(text.starts_with("<saml:Assertion xmlns:saml=") && text.ends_with("</saml:Assertion>"));
    assert!(text.contains("role/Dev,") && !text.contains("Signature") && !text.contains("<!--"));
    assert!(!format!("{judgement:?}").contains("role/Dev"));
}

#[test]
fn a_key_of_the_issuers_metadata_makes_it_genuine() {
    let judgement = judge(&fixture("assertion-rsa-sha256.xml"), &metadata("idp.pem"));
    assert_eq!(
        (judgement.verdict, only(&judgement).verified_by),
        (Verdict::Genuine, Some(KeySource::Metadata))
    );
    assert_eq!(
        only(&judgement).verified_with.as_ref().map(|found| found.subject.as_str()),
        Some("CN=idp2048.example.com,O=Example\\, Inc.,C=US")
    );
}

#[test]
fn a_pinned_certificate_makes_it_genuine_also_without_a_key_in_the_message() {
    for name in ["assertion-rsa-sha256.xml", "assertion-no-key.xml", "assertion-key-value.xml"] {
        let judgement = judge(&fixture(name), &pin("idp.pem"));
        assert_eq!(
            (judgement.verdict, only(&judgement).verified_by),
            (Verdict::Genuine, Some(KeySource::Pin)),
            "{name}"
        );
    }
}

#[test]
fn a_key_of_another_issuers_metadata_does_not_count() {
    let mut trust = metadata("idp.pem");
    trust.entities[0].entity_id.push('x');
    let judgement = judge(&fixture("assertion-rsa-sha256.xml"), &trust);
    assert_eq!(
        (judgement.verdict, only(&judgement).verified_by),
        (Verdict::Consistent, Some(KeySource::Embedded))
    );
    assert!(!codes(&judgement).contains(&"key_not_pinned"));
    assert_eq!(judge(&fixture("assertion-no-key.xml"), &trust).verdict, Verdict::Unknown);
}

#[test]
fn a_key_that_is_not_the_trusted_one_is_told() {
    for trust in [metadata("other.pem"), pin("other.pem")] {
        let judgement = judge(&fixture("assertion-rsa-sha256.xml"), &trust);
        assert_eq!(judgement.verdict, Verdict::Consistent);
        assert!(codes(&judgement).contains(&"key_not_pinned"));
        let judgement = judge(&fixture("assertion-no-key.xml"), &trust);
        assert_eq!(
            (judgement.verdict, codes(&judgement)),
            (Verdict::Broken, vec!["response_not_covered", "value_differs"])
        );
    }
}

#[test]
fn the_certificate_of_another_key_in_the_message_is_noted_when_a_trusted_key_verifies() {
    let certificate = fixture("idp.pem").lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let other = fixture("other.pem").lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let source: String = fixture("assertion-rsa-sha256.xml").replace('\n', "");
    let swapped = fixture("assertion-rsa-sha256.xml");
    let from = source.find(&certificate);
    assert!(from.is_some());
    let (head, rest) = swapped.split_once("<ds:X509Certificate>").unwrap();
    let (_, tail) = rest.split_once("</ds:X509Certificate>").unwrap();
    let swapped = format!("{head}<ds:X509Certificate>{other}</ds:X509Certificate>{tail}");
    let judgement = judge(&swapped, &metadata("idp.pem"));
    assert_eq!(judgement.verdict, Verdict::Genuine);
    assert!(codes(&judgement).contains(&"other_certificate"));
    let judgement = judge(&swapped, &Trust::default());
    assert_eq!(
        (judgement.verdict, codes(&judgement)),
        (Verdict::Broken, vec!["response_not_covered", "value_differs"])
    );
    let judgement = judge(&swapped.replace(&other, "MIIB"), &metadata("idp.pem"));
    assert_eq!(judgement.verdict, Verdict::Genuine);
    assert!(codes(&judgement).contains(&"bad_certificate"));
}

#[test]
fn any_change_of_what_is_signed_breaks_it() {
    for (name, ..) in CONSISTENT.iter().filter(|(name, ..)| *name != "authn-request.xml") {
        let source = fixture(name);
        for (from, to) in [
            ("role/Dev", "role/Prod"),
            ("  <saml:AttributeStatement>", " <saml:AttributeStatement>"),
            ("<saml:Subject>", "<saml:Subject x=\"\">"),
            ("josé@example.com", "jose@example.com"),
            ("xsi:type=\"xs:string\"", "xsi:type=\"xs:anyType\""),
            ("x &gt; y", "x &gt;  y"),
            ("role/Dev", "role/D<?x?>ev"),
            ("&#13;", ""),
            ("&#xD;", "\n"),
        ] {
            let changed = source.replacen(from, to, 1);
            if changed == source {
                continue;
            }
            let judgement = judge(&changed, &metadata("idp.pem"));
            assert_eq!(judgement.verdict, Verdict::Broken, "{name}: {from:?} to {to:?}");
            assert!(codes(&judgement).contains(&"digest_differs"), "{name}: {from:?} to {to:?}");
        }
    }
}

#[test]
fn any_change_of_signed_info_breaks_it_and_what_no_signature_covers_does_not() {
    for (name, ..) in CONSISTENT {
        let source = fixture(name);
        let changed = source.replacen("</ds:SignedInfo>", " </ds:SignedInfo>", 1);
        let judgement = judge(&changed, &Trust::default());
        assert_eq!(judgement.verdict, Verdict::Broken, "{name}");
        assert!(codes(&judgement).contains(&"value_differs"), "{name}");
        let spaced = source.replacen("<ds:SignatureValue>", "<ds:SignatureValue>\n ", 1);
        assert_eq!(judge(&spaced, &Trust::default()).verdict, Verdict::Consistent, "{name}");
    }
}

#[test]
fn attribute_order_white_space_in_tags_and_comments_between_elements_do_not_matter() {
    let source = fixture("assertion-rsa-sha256.xml");
    for (from, to) in [
        ("ID=\"_a1\" Version=\"2.0\"", "Version=\"2.0\"   ID='_a1'"),
        ("<!-- between elements -->", ""),
        ("<saml:Subject>", "<!-- x --><saml:Subject>"),
        ("<saml:Subject>", "<saml:Subject xmlns:n='urn:n'>"),
        ("x &gt; y", "x > y"),
        ("josé", "jos&#xe9;"),
    ] {
        let changed = source.replacen(from, to, 1);
        assert_ne!(changed, source, "{from}");
        assert_eq!(judge(&changed, &Trust::default()).verdict, Verdict::Consistent, "{from:?} to {to:?}");
    }
}

#[test]
fn a_signed_comment_counts_where_the_reference_keeps_comments() {
    let source = fixture("assertion-comments.xml");
    assert_eq!(
        judge(&source.replacen("between elements", "x", 1), &Trust::default()).verdict,
        Verdict::Broken
    );
}

#[test]
fn what_the_host_cannot_compute_is_unknown() {
    for name in ["assertion-rsa-sha256.xml", "both-rsa-sha512.xml"] {
        let source = fixture(name);
        let document = Document::parse(&source).unwrap();
        let planned = plan(&document, &Trust::default());
        let refused = vec![Answer::Unsupported; planned.jobs().len()];
        let judgement = planned.conclude(&refused);
        assert_eq!(judgement.verdict, Verdict::Unknown);
        assert!(codes(&judgement).contains(&"host_cannot"));
        assert!(judgement.covered.is_empty());
        let judgement = plan(&document, &Trust::default()).conclude(&[]);
        assert_eq!(judgement.verdict, Verdict::Unknown);
        let valid = vec![Answer::Valid; refused.len()];
        assert_eq!(plan(&document, &Trust::default()).conclude(&valid).verdict, Verdict::Unknown);
        let empty = vec![Answer::Digest(Vec::new()); refused.len()];
        assert_eq!(plan(&document, &Trust::default()).conclude(&empty).verdict, Verdict::Broken);
    }
}

#[test]
fn each_question_is_asked_once_in_the_plans_order_and_the_keys_before_the_digest() {
    let source = fixture("assertion-rsa-sha256.xml");
    let document = Document::parse(&source).unwrap();
    let mut asked = Vec::new();
    let planned = plan_asking(&document, &Trust::default(), &mut |job| asked.push(job.clone()));
    assert!(matches!(asked.as_slice(), [Job::Verify { .. }, Job::Digest { .. }]));
    assert_eq!(asked, planned.jobs());
}

#[test]
fn a_plan_does_not_print_what_it_holds() {
    let source = fixture("assertion-rsa-sha256.xml");
    let document = Document::parse(&source).unwrap();
    let planned = plan(&document, &Trust::default());
    assert_eq!(planned.jobs().len(), 2);
    let printed = format!("{planned:?}");
    assert!(printed.contains("RsaPkcs1(Sha256)") && !printed.contains("data"), "{printed}");
}
