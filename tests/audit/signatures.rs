//! Facts about signatures as findings. What raises each in a document is for the tests of the signature room.

use rolecall::audit::Finding;
use rolecall::severity::Severity;
use rolecall::signature::Issue;

use crate::sample::ISSUED;

/// One of each, by the code it has to have.
pub(crate) fn issues() -> Vec<(&'static str, Option<Issue>)> {
    let text = || "x".to_owned();
    let mut issues = vec![
        ("signature.truncated", Issue::Truncated),
        ("signature.digest_differs", Issue::DigestDiffers),
        ("signature.value_differs", Issue::ValueDiffers),
        ("signature.relative_namespace", Issue::RelativeNamespace { name: text() }),
        ("signature.malformed", Issue::Malformed { element: "SignedInfo" }),
        ("signature.empty_signed_info", Issue::EmptySignedInfo),
        ("signature.no_reference", Issue::NoReference),
        ("signature.nothing_signed", Issue::NothingSigned),
        ("signature.reference_unresolved", Issue::ReferenceUnresolved { uri: text() }),
        ("signature.missing_id", Issue::MissingId { uri: text() }),
        ("signature.empty_value", Issue::EmptyValue { element: "DigestValue" }),
        ("signature.bad_base64", Issue::BadBase64 { element: "DigestValue" }),
        ("signature.ecdsa_length", Issue::EcdsaLength),
        ("signature.key_mismatch", Issue::KeyMismatch),
        ("signature.duplicate_id", Issue::DuplicateId { id: text() }),
        ("signature.other_id_attribute", Issue::OtherIdAttribute { id: text() }),
        ("signature.several_references", Issue::SeveralReferences { count: 2 }),
        ("signature.reference_not_parent", Issue::ReferenceNotParent { uri: text() }),
        ("signature.moved", Issue::Moved),
        ("signature.unsigned_assertion", Issue::UnsignedAssertion { count: 1 }),
        ("signature.nested_assertion", Issue::NestedAssertion),
        ("signature.content_outside", Issue::ContentOutside { element: text() }),
        ("signature.comment_in_text", Issue::CommentInText { element: text() }),
        ("signature.repeated", Issue::Repeated { element: "SignedInfo" }),
        ("signature.object", Issue::Object),
        ("signature.unexpected", Issue::Unexpected { element: text() }),
        ("signature.look_alike", Issue::LookAlike { element: text(), namespace: text() }),
        ("signature.too_many_signatures", Issue::TooManySignatures { limit: 8 }),
        ("signature.too_large", Issue::TooLarge),
        ("signature.hmac", Issue::Hmac { uri: text() }),
        ("signature.unsupported_algorithm", Issue::UnsupportedAlgorithm { uri: text() }),
        ("signature.unsupported_canonicalization", Issue::UnsupportedCanonicalization { uri: text() }),
        ("signature.unsupported_transform", Issue::UnsupportedTransform { uri: text() }),
        ("signature.unsupported_reference", Issue::UnsupportedReference { uri: text() }),
        ("signature.host_cannot", Issue::HostCannot),
        ("signature.no_key", Issue::NoKey),
        ("signature.encrypted", Issue::Encrypted),
        ("signature.key_not_pinned", Issue::KeyNotPinned),
        ("signature.issuer_differs", Issue::IssuerDiffers { issuer: text() }),
        ("signature.unsigned", Issue::Unsigned { is_request: false }),
        ("signature.instruction_in_text", Issue::InstructionInText { element: text() }),
        ("signature.misplaced", Issue::Misplaced),
        ("signature.weak_hash", Issue::WeakHash),
        ("signature.weak_key", Issue::WeakKey { bits: 1024 }),
        ("signature.bad_certificate", Issue::BadCertificate),
        ("signature.other_certificate", Issue::OtherCertificate),
        ("signature.whole_document", Issue::WholeDocument),
        ("signature.response_not_covered", Issue::ResponseNotCovered),
        ("signature.certificate_expired", Issue::CertificateExpired { not_after: ISSUED }),
        ("signature.certificate_not_yet_valid", Issue::CertificateNotYetValid { not_before: ISSUED }),
        ("signature.certificate_expires_soon", Issue::CertificateExpiresSoon { not_after: ISSUED, days: 7 }),
        ("signature.metadata_expired", Issue::MetadataExpired { valid_until: ISSUED }),
    ]
    .into_iter()
    .map(|(code, issue)| (code, Some(issue)))
    .collect::<Vec<_>>();
    // The view's own: a signature of the redirect binding has no element.
    issues.push(("signature.in_url", None));
    issues
}

#[test]
fn each_fact_about_a_signature_is_a_finding_that_keeps_its_code_and_severity() {
    for (code, issue) in issues() {
        let Some(issue) = issue else { continue };
        let finding = Finding::of_issue(&issue);
        assert_eq!((finding.code, finding.severity), (code, issue.severity()));
        assert_eq!(finding.args, issue.args());
        let worst = finding.rule().unwrap().severity;
        assert!(worst >= finding.severity, "{code}: a finding is worse than its rule");
    }
    let request = Finding::of_issue(&Issue::Unsigned { is_request: true });
    assert_eq!(request.severity, Severity::Note);
}
