//! What STS answers, and what keeps it from answering, as findings with AWS's own words.

use rolecall::audit::Finding;
use rolecall::aws::RoleGrant;
use rolecall::partition::Partition;
use rolecall::secret::Secret;
use rolecall::sts::{self, HttpResponse, StsError};

use crate::sample::ISSUED;

fn grant() -> RoleGrant {
    RoleGrant::parse("arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp")
        .unwrap()
}

/// What STS says as AWS documents it, as an error.
pub(crate) fn refused(status: u16, code: &str, message: &str) -> StsError {
    refused_at(status, code, message, None)
}

fn refused_at(status: u16, code: &str, message: &str, date: Option<&str>) -> StsError {
    let body = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>c6104cbe-af31</RequestId></ErrorResponse>"
    );
    let answer = HttpResponse {
        status,
        content_type: Some("text/xml".to_owned()),
        date: date.map(str::to_owned),
        retry_after: None,
        body: Secret::new(body.into_bytes()),
    };
    sts::read(&answer, &grant(), "us-east-1", ISSUED).unwrap_err()
}

/// AWS's answers, each with the code of the finding it has to become.
pub(crate) const ANSWERS: &[(u16, &str, &str, &str)] = &[
    (
        400,
        "ExpiredTokenException",
        "Token must be redeemed within 5 minutes of issuance",
        "sts.redeemed_too_late",
    ),
    (400, "ExpiredTokenException", "Response has expired", "sts.response_expired"),
    (400, "ExpiredTokenException", "", "sts.expired_token"),
    (
        400,
        "InvalidIdentityToken",
        "Response signature invalid (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
        "sts.signature_invalid",
    ),
    (400, "InvalidIdentityToken", "Response does not contain the required audience.", "sts.audience_missing"),
    (
        400,
        "InvalidIdentityToken",
        "Issuer not present in specified provider (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)",
        "sts.issuer_unknown",
    ),
    (400, "InvalidIdentityToken", "Specified provider doesn't exist", "sts.provider_unknown"),
    (400, "InvalidIdentityToken", "RoleSessionName is required in AuthnResponse", "sts.session_name_missing"),
    (
        400,
        "InvalidIdentityToken",
        "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}",
        "sts.session_name_invalid",
    ),
    (
        400,
        "InvalidIdentityToken",
        "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"",
        "sts.source_identity_invalid",
    ),
    (400, "InvalidIdentityToken", "Invalid base64 SAMLResponse", "sts.base64_invalid"),
    (400, "InvalidIdentityToken", "The token could not be validated", "sts.invalid_identity_token"),
    (403, "IDPRejectedClaim", "The identity provider reported an error", "sts.idp_rejected_claim"),
    (400, "MalformedPolicyDocument", "Syntax errors in policy.", "sts.malformed_policy_document"),
    (400, "PackedPolicyTooLarge", "Packed size exceeds the limit", "sts.packed_policy_too_large"),
    (403, "RegionDisabledException", "STS is not activated in this region", "sts.region_disabled"),
    (403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", "sts.access_denied"),
    (
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        "sts.duration_above_role_maximum",
    ),
    (
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        "sts.duration_above_chaining_limit",
    ),
    (
        400,
        "ValidationError",
        "1 validation error detected: Value '100' at 'durationSeconds' failed to satisfy constraint",
        "sts.duration_refused",
    ),
    (400, "ValidationError", "Something else", "sts.validation_error"),
    (400, "Throttling", "Rate exceeded", "sts.throttled"),
    (400, "SomethingNew", "", "sts.unknown"),
];

/// Every error, by the code it has to have.
pub(crate) fn errors() -> Vec<(&'static str, StsError)> {
    let mut errors: Vec<_> =
        ANSWERS.iter().map(|(status, code, message, of)| (*of, refused(*status, code, message))).collect();
    let date = Some("Mon, 21 Sep 2026 14:23:20 GMT");
    errors.push(("sts.clock_skew", refused_at(400, "ExpiredTokenException", "Response has expired", date)));
    let (text, status) = (String::new, 503);
    errors.extend([
        ("sts.not_in_assertion", StsError::NotInAssertion),
        ("sts.identity_center_role", StsError::IdentityCenterRole { role: text() }),
        (
            "sts.pair_across_partitions",
            StsError::PairAcrossPartitions { role: Partition::Aws, provider: Partition::AwsCn },
        ),
        (
            "sts.region_of_other_partition",
            StsError::RegionOfOtherPartition { region: text(), partition: Partition::Aws },
        ),
        ("sts.assertion_not_base64", StsError::AssertionNotBase64),
        ("sts.assertion_too_long", StsError::AssertionTooLong { chars: 100_001 }),
        ("sts.duration_out_of_range", StsError::DurationOutOfRange { seconds: 1 }),
        ("sts.offline", StsError::Offline),
        ("sts.timeout", StsError::Timeout),
        ("sts.network", StsError::Network),
        ("sts.captive_portal", StsError::CaptivePortal { status }),
        ("sts.empty_answer", StsError::EmptyAnswer { status }),
        ("sts.wrong_content_type", StsError::WrongContentType { status, content_type: text() }),
        ("sts.answer_too_long", StsError::AnswerTooLong { bytes: 1 }),
        ("sts.unreadable_answer", StsError::UnreadableAnswer { status }),
        ("sts.server_error", StsError::Server { status, retry_after: None, refusal: None }),
    ]);
    errors
}

#[test]
fn each_error_is_a_finding_with_the_words_of_aws() {
    for (code, error) in errors() {
        let finding = Finding::of_sts(&error);
        assert_eq!(finding.code, code);
        if let Some(said) = error.aws_message() {
            assert_eq!(finding.aws_message(), Some(said), "{code}");
        }
    }
}

#[test]
fn what_a_rule_quotes_is_what_aws_answers() {
    for (_, code, message, of) in ANSWERS {
        let rule = rolecall::audit::registry::rule(of).unwrap();
        let quoted = rule.aws_message.unwrap_or_default();
        assert!(
            message.contains(quoted) || *code == quoted || code.starts_with(quoted),
            "{of} quotes {quoted}"
        );
    }
}
