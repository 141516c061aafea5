//! The code and message of a refusal by STS to the reason it stands for.
//!
//! Sources: the STS API model 2011-06-15 (codes); IAM User Guide, "Troubleshoot SAML federation", and the issue
//! trackers of command-line peers (messages). A message is looked for under every code, because AWS answers the
//! same cause with different codes; a message nobody has seen falls back to its code.

/// Why STS refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// "Token must be redeemed within 5 minutes of issuance".
    RedeemedTooLate,
    /// "Response has expired": a `NotOnOrAfter` has passed.
    ResponseExpired,
    /// `ExpiredTokenException` with another message.
    ExpiredToken,
    /// "Response signature invalid".
    SignatureInvalid,
    /// "Response does not contain the required audience".
    AudienceMissing,
    /// "Issuer not present in specified provider".
    IssuerUnknown,
    /// "Specified provider doesn't exist".
    ProviderUnknown,
    /// "RoleSessionName is required in AuthnResponse".
    SessionNameMissing,
    /// "RoleSessionName in AuthnResponse must match ...".
    SessionNameInvalid,
    /// "Source Identity must match ... and not begin with aws:".
    SourceIdentityInvalid,
    /// "Invalid base64 SAMLResponse".
    Base64Invalid,
    /// `InvalidIdentityToken` with another message.
    InvalidIdentityToken,
    /// `IDPRejectedClaim`.
    IdpRejectedClaim,
    /// `MalformedPolicyDocument`.
    MalformedPolicyDocument,
    /// `PackedPolicyTooLarge`.
    PackedPolicyTooLarge,
    /// `RegionDisabledException`.
    RegionDisabled {
        /// The region that was asked.
        region: &'static str,
    },
    /// `AccessDenied`.
    AccessDenied,
    /// "The requested DurationSeconds exceeds the MaxSessionDuration set for this role".
    DurationAboveRoleMaximum,
    /// "... exceeds the 1 hour session limit for roles assumed by role chaining".
    DurationAboveChainingLimit,
    /// "'durationSeconds' failed to satisfy constraint".
    DurationRefused,
    /// `ValidationError` with another message.
    Validation,
    /// `Throttling` and its kin, or status 429.
    Throttled,
    /// A code that is not listed here.
    Unknown,
}

impl Reason {
    /// Every code, for the test that holds them against the messages.
    pub const CODES: &'static [&'static str] = &[
        "sts.redeemed_too_late",
        "sts.response_expired",
        "sts.expired_token",
        "sts.signature_invalid",
        "sts.audience_missing",
        "sts.issuer_unknown",
        "sts.provider_unknown",
        "sts.session_name_missing",
        "sts.session_name_invalid",
        "sts.source_identity_invalid",
        "sts.base64_invalid",
        "sts.invalid_identity_token",
        "sts.idp_rejected_claim",
        "sts.malformed_policy_document",
        "sts.packed_policy_too_large",
        "sts.region_disabled",
        "sts.access_denied",
        "sts.duration_above_role_maximum",
        "sts.duration_above_chaining_limit",
        "sts.duration_refused",
        "sts.validation_error",
        "sts.throttled",
        "sts.unknown",
    ];

    /// The reason for what STS answered; `region` is the region that was asked.
    pub(super) fn of(status: u16, code: &str, message: &str, region: &'static str) -> Self {
        let says = |part: &str| contains_ignoring_case(message, part);
        if status == 429 || THROTTLING_CODES.contains(&code) {
            return Self::Throttled;
        }
        if let Some((_, reason)) = MESSAGES.iter().find(|(part, _)| says(part)) {
            return *reason;
        }
        match code {
            "ExpiredTokenException" | "ExpiredToken" => Self::ExpiredToken,
            "InvalidIdentityToken" | "InvalidIdentityTokenException" => Self::InvalidIdentityToken,
            "IDPRejectedClaim" | "IDPRejectedClaimException" => Self::IdpRejectedClaim,
            "MalformedPolicyDocument" | "MalformedPolicyDocumentException" => Self::MalformedPolicyDocument,
            "PackedPolicyTooLarge" | "PackedPolicyTooLargeException" => Self::PackedPolicyTooLarge,
            "RegionDisabledException" => Self::RegionDisabled { region },
            "AccessDenied" | "AccessDeniedException" => Self::AccessDenied,
            "ValidationError" | "ValidationException" => Self::Validation,
            _ => Self::Unknown,
        }
    }

    /// Whether it is a matter of time, and so a wrong clock may be part of the story.
    #[must_use]
    pub fn is_about_time(self) -> bool {
        matches!(self, Self::RedeemedTooLate | Self::ResponseExpired | Self::ExpiredToken)
    }

    /// The stable code, such as `sts.expired_token`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::RedeemedTooLate => "sts.redeemed_too_late",
            Self::ResponseExpired => "sts.response_expired",
            Self::ExpiredToken => "sts.expired_token",
            Self::SignatureInvalid => "sts.signature_invalid",
            Self::AudienceMissing => "sts.audience_missing",
            Self::IssuerUnknown => "sts.issuer_unknown",
            Self::ProviderUnknown => "sts.provider_unknown",
            Self::SessionNameMissing => "sts.session_name_missing",
            Self::SessionNameInvalid => "sts.session_name_invalid",
            Self::SourceIdentityInvalid => "sts.source_identity_invalid",
            Self::Base64Invalid => "sts.base64_invalid",
            Self::InvalidIdentityToken => "sts.invalid_identity_token",
            Self::IdpRejectedClaim => "sts.idp_rejected_claim",
            Self::MalformedPolicyDocument => "sts.malformed_policy_document",
            Self::PackedPolicyTooLarge => "sts.packed_policy_too_large",
            Self::RegionDisabled { .. } => "sts.region_disabled",
            Self::AccessDenied => "sts.access_denied",
            Self::DurationAboveRoleMaximum => "sts.duration_above_role_maximum",
            Self::DurationAboveChainingLimit => "sts.duration_above_chaining_limit",
            Self::DurationRefused => "sts.duration_refused",
            Self::Validation => "sts.validation_error",
            Self::Throttled => "sts.throttled",
            Self::Unknown => "sts.unknown",
        }
    }
}

/// Whether `text` holds `part`, which is in lower case ASCII.
fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Parts of AWS's messages in lower case, the narrower ones first.
const MESSAGES: [(&str, Reason); 13] = [
    ("must be redeemed within 5 minutes", Reason::RedeemedTooLate),
    ("response has expired", Reason::ResponseExpired),
    ("signature invalid", Reason::SignatureInvalid),
    ("required audience", Reason::AudienceMissing),
    ("issuer not present", Reason::IssuerUnknown),
    ("specified provider doesn't exist", Reason::ProviderUnknown),
    ("rolesessionname is required", Reason::SessionNameMissing),
    ("rolesessionname in authnresponse must match", Reason::SessionNameInvalid),
    ("source identity must match", Reason::SourceIdentityInvalid),
    ("invalid base64 samlresponse", Reason::Base64Invalid),
    ("exceeds the maxsessionduration", Reason::DurationAboveRoleMaximum),
    ("role chaining", Reason::DurationAboveChainingLimit),
    ("'durationseconds' failed to satisfy constraint", Reason::DurationRefused),
];

/// Codes by which AWS services ask to be called less often (botocore's retry rules).
pub(crate) const THROTTLING_CODES: [&str; 8] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "SlowDown",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that this file answers, read from the file itself.
    fn answered() -> Vec<&'static str> {
        let source = include_str!("reason.rs").split("#[cfg(test)]").next().unwrap();
        let codes = source.split("=> \"sts.").skip(1).map(|rest| rest.split('"').next().unwrap());
        codes.collect()
    }

    #[test]
    fn the_list_of_codes_is_complete_and_each_is_there_once() {
        let listed: Vec<_> = Reason::CODES.iter().map(|code| code.strip_prefix("sts.").unwrap()).collect();
        assert_eq!(listed, answered());
        let unique: std::collections::HashSet<_> = listed.iter().collect();
        assert_eq!(unique.len(), listed.len());
    }

    #[test]
    fn every_documented_answer_has_a_code_of_its_own() {
        let cases = [
            (
                "ExpiredTokenException",
                "Token must be redeemed within 5 minutes of issuance",
                "sts.redeemed_too_late",
            ),
            ("ExpiredTokenException", "Response has expired", "sts.response_expired"),
            ("ExpiredTokenException", "", "sts.expired_token"),
            (
                "InvalidIdentityToken",
                "Response signature invalid (Service: AWSSecurityTokenService)",
                "sts.signature_invalid",
            ),
            (
                "InvalidIdentityToken",
                "Response does not contain the required audience",
                "sts.audience_missing",
            ),
            (
                "InvalidIdentityToken",
                "Issuer not present in specified provider (Service: AWSOpenIdDiscoveryService; Error Code: AuthSamlInvalidSamlResponseException)",
                "sts.issuer_unknown",
            ),
            (
                "InvalidIdentityToken",
                "Specified provider doesn't exist (Service: AWSOpenIdDiscoveryService; Error Code: AuthSamlManifestNotFoundException)",
                "sts.provider_unknown",
            ),
            (
                "InvalidIdentityToken",
                "RoleSessionName is required in AuthnResponse",
                "sts.session_name_missing",
            ),
            (
                "InvalidIdentityToken",
                "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}",
                "sts.session_name_invalid",
            ),
            (
                "InvalidIdentityToken",
                "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"",
                "sts.source_identity_invalid",
            ),
            ("InvalidIdentityToken", "Invalid base64 SAMLResponse", "sts.base64_invalid"),
            ("InvalidIdentityToken", "Something new", "sts.invalid_identity_token"),
            ("IDPRejectedClaim", "", "sts.idp_rejected_claim"),
            ("MalformedPolicyDocument", "Syntax errors in policy.", "sts.malformed_policy_document"),
            ("PackedPolicyTooLarge", "", "sts.packed_policy_too_large"),
            ("RegionDisabledException", "STS is not activated in this region", "sts.region_disabled"),
            ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", "sts.access_denied"),
            (
                "ValidationError",
                "1 validation error detected: Value '100' at 'durationSeconds' failed to satisfy constraint",
                "sts.duration_refused",
            ),
            ("ValidationError", "", "sts.validation_error"),
            ("Throttling", "Rate exceeded", "sts.throttled"),
            ("SomethingElse", "", "sts.unknown"),
        ];
        for (code, message, expected) in cases {
            assert_eq!(Reason::of(400, code, message, "us-east-1").code(), expected, "{code} {message}");
        }
        assert_eq!(Reason::of(429, "", "", "us-east-1"), Reason::Throttled);
    }

    #[test]
    fn a_requested_duration_above_the_role_s_maximum_is_said() {
        let message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        assert_eq!(
            Reason::of(400, "ValidationError", message, "us-east-1"),
            Reason::DurationAboveRoleMaximum
        );
    }

    #[test]
    fn a_chained_role_above_an_hour_is_said() {
        let message = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        assert_eq!(
            Reason::of(400, "ValidationError", message, "us-east-1"),
            Reason::DurationAboveChainingLimit
        );
    }
}
