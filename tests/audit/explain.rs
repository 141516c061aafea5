//! An error after the fact, by what was found before: the likely cause stands first.

use rolecall::audit::{aws_error, causes, explain};

use crate::sample::{Beside, Change, audited, codes};
use crate::sts::refused;

/// Messages that people paste from AWS's pages, as its documentation spells them, and the rule of each.
pub(crate) const PASTED: &[(&str, &str)] = &[
    ("Your request included an invalid SAML response. To logout, click here.", "aws.invalid_saml_page"),
    ("Could not parse metadata.", "aws.metadata_unparsable"),
    ("Error: Private key limit of 2 is reached.", "aws.private_key_limit"),
    (
        "Unable to set assertion encryption mode to Required because no private key is provided.",
        "aws.encryption_without_key",
    ),
    (
        "RoleSessionName is required in AuthnResponse (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
        "sts.session_name_missing",
    ),
    (
        "Not authorized to perform sts:AssumeRoleWithSAML (service: AWSSecurityTokenService; status code: 403; error code: AccessDenied)",
        "sts.access_denied",
    ),
    (
        "An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithSAML operation: Response signature invalid",
        "sts.signature_invalid",
    ),
    (
        "Failed to assume role: Issuer not present in specified provider (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)",
        "sts.issuer_unknown",
    ),
    ("Specified provider doesn't exist.", "sts.provider_unknown"),
    (
        "Requested DurationSeconds exceeds MaxSessionDuration set for this role.",
        "sts.duration_above_role_maximum",
    ),
    ("Response does not contain the required audience.", "sts.audience_missing"),
    (
        "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\" (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
        "sts.source_identity_invalid",
    ),
];

#[test]
fn a_pasted_message_of_aws_is_the_rule_it_is_about() {
    for (text, code) in PASTED {
        assert_eq!(aws_error(text).map(|rule| rule.code), Some(*code), "{text}");
    }
    for text in ["", "Something went wrong", "Your request"] {
        assert_eq!(aws_error(text), None, "{text}");
    }
}

#[test]
fn what_aws_refused_is_explained_by_the_finding_that_causes_it() {
    let name: &[Change] = &[(">ada@example.com<", ">ada_example.com#EXT#@contoso.onmicrosoft.com<")];
    let audience: &[Change] = &[(">urn:amazon:webservices<", ">https://app.example.com<")];
    let no_name: &[Change] =
        &[("<a:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">ada</a:NameID>", "")];
    let regional: &[Change] = &[(
        "Recipient=\"https://signin.aws.amazon.com/saml\"",
        "Recipient=\"https://eu-west-1.signin.aws.amazon.com/saml\"",
    )];
    let failed: &[Change] = &[("status:Success", "status:Responder")];
    for (code, message, changes, age, cause) in [
        (
            "InvalidIdentityToken",
            "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}",
            name,
            60,
            "aws.guest_session_name",
        ),
        (
            "InvalidIdentityToken",
            "Response does not contain the required audience",
            audience,
            60,
            "aws.wrong_audience",
        ),
        ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", no_name, 60, "aws.no_name_id"),
        (
            "AccessDenied",
            "Not authorized to perform sts:AssumeRoleWithSAML",
            regional,
            60,
            "aws.recipient_other_endpoint",
        ),
        ("ExpiredTokenException", "Response has expired", &[], 300, "saml.expired"),
        ("IDPRejectedClaim", "", failed, 60, "saml.status"),
        ("InvalidIdentityToken", "", failed, 60, "saml.status"),
    ] {
        let found = audited(changes, &Beside { age, ..Beside::default() });
        let explained = explain(&refused(400, code, message), &found);
        let first = explained.causes.first().map(|finding| finding.code);
        assert_eq!(first, Some(cause), "{message}: {:?}", codes(&explained.causes));
        assert_eq!(explained.own.severity, rolecall::severity::Severity::Error);
    }
}

#[test]
fn nothing_is_blamed_that_has_nothing_to_do_with_the_error() {
    let found = audited(&[(">28800<", ">900<")], &Beside::default());
    assert_eq!(codes(&found), ["aws.session_duration_short"]);
    assert!(explain(&refused(403, "AccessDenied", "Not authorized"), &found).causes.is_empty());
    assert!(explain(&refused(400, "Throttling", "Rate exceeded"), &found).causes.is_empty());
    assert!(causes("no.such", &found).is_empty());
}

#[test]
fn a_cause_is_named_once_although_it_is_likely_twice() {
    let found = audited(&[("status:Success", "status:Responder")], &Beside::default());
    let named = codes(&causes("sts.invalid_identity_token", &found));
    assert_eq!(named.iter().filter(|code| **code == "saml.status").count(), 1, "{named:?}");
}
