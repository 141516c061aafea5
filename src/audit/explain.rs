//! An error after the fact to what caused it: the findings that fit, the likely one first.

use super::finding::Finding;
use super::registry::{Rule, rule};
use crate::limits::MAX_ERROR_TEXT_BYTES;
use crate::severity::Severity;
use crate::sts::{Reason, StsError};

/// What an error is, and what caused it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The error itself, with AWS's words.
    pub own: Finding,
    /// The findings that cause it, the likely one first; none when nothing that is seen here does.
    pub causes: Vec<Finding>,
}

/// Explains why there are no credentials by what was found about the sign-in.
#[must_use]
pub fn explain(error: &StsError, findings: &[Finding]) -> Explanation {
    let own = Finding::of_sts(error);
    let causes = causes(own.code, findings);
    Explanation { own, causes }
}

/// The findings that cause the error with this code, in the order in which they are likely.
#[must_use]
pub fn causes(code: &str, findings: &[Finding]) -> Vec<Finding> {
    let shown: Vec<_> = findings.iter().map(|finding| (finding.code, finding.severity)).collect();
    let mut ordered: Vec<Finding> = Vec::new();
    for place in likely(code, &shown) {
        if let Some(finding) = findings.get(place).filter(|finding| !ordered.contains(finding)) {
            ordered.push(finding.clone());
        }
    }
    ordered
}

/// The same for findings of which code and severity are known: their places in the list.
#[must_use]
pub fn likely(code: &str, findings: &[(&str, Severity)]) -> Vec<usize> {
    let known = CAUSES.iter().find(|(of, _)| *of == code).map(|(_, likely)| *likely);
    let mut ordered: Vec<usize> = Vec::new();
    for wanted in known.unwrap_or_default() {
        for (place, (code, severity)) in findings.iter().enumerate() {
            let fits = match wanted.strip_suffix('*') {
                Some(family) => code.starts_with(family) && *severity == Severity::Error,
                None => code == wanted,
            };
            if fits && !ordered.contains(&place) {
                ordered.push(place);
            }
        }
    }
    ordered
}

/// The rule that a pasted message of AWS is about: one of STS, of the sign-in page, or of IAM. The longest message that stands in the
/// text counts, without regard to case.
#[must_use]
pub fn aws_error(text: &str) -> Option<&'static Rule> {
    let bytes = text.as_bytes();
    let bytes = bytes.get(..MAX_ERROR_TEXT_BYTES).unwrap_or(bytes);
    let says = |part: &str| {
        let part = part.as_bytes();
        bytes.windows(part.len().max(1)).any(|window| window.eq_ignore_ascii_case(part))
    };
    let known = Reason::CODES.iter().chain(&PASTED).filter_map(|code| rule(code));
    let said = known.filter(|rule| rule.aws_message.is_some_and(says));
    let longest = said.max_by_key(|rule| rule.aws_message.map_or(0, str::len));
    let other = SPELLINGS.iter().find(|(part, _)| says(part)).and_then(|(_, code)| rule(code));
    other.or(longest)
}

/// Rules that AWS's sign-in page and IAM raise.
const PASTED: [&str; 4] = [
    "aws.invalid_saml_page",
    "aws.metadata_unparsable",
    "aws.private_key_limit",
    "aws.encryption_without_key",
];

/// Messages that the documentation of AWS spells otherwise than its services do.
const SPELLINGS: [(&str, &str); 2] = [
    ("exceeds MaxSessionDuration", "sts.duration_above_role_maximum"),
    ("provider does not exist", "sts.provider_unknown"),
];

/// Of each error the rules that lead to it, the likely one first. `*` stands for every finding of severity error whose code begins so.
const CAUSES: &[(&str, &[&str])] = &[
    (
        "sts.redeemed_too_late",
        &["aws.redeem_over", "saml.expired", "aws.clock_skew", "saml.issued_in_future", "saml.bad_time"],
    ),
    (
        "sts.response_expired",
        &["saml.expired", "saml.short_life", "aws.session_over", "aws.clock_skew", "saml.bad_time"],
    ),
    ("sts.expired_token", EXPIRED),
    ("sts.clock_skew", EXPIRED),
    (
        "sts.signature_invalid",
        &[
            "signature.digest_differs",
            "signature.value_differs",
            "signature.key_not_pinned",
            "signature.unsigned",
            "signature.other_certificate",
            "signature.*",
            "signature.certificate_expired",
            "aws.metadata_old",
            "signature.metadata_expired",
            "aws.metadata_expires_soon",
            "signature.unsupported_algorithm",
            "signature.unsupported_canonicalization",
            "signature.unsupported_transform",
            "signature.unsupported_reference",
            "saml.truncated",
            "signature.certificate_expires_soon",
        ],
    ),
    (
        "sts.audience_missing",
        &[
            "aws.wrong_audience",
            "aws.no_audience",
            "aws.audience_suffix",
            "aws.audience_other_partition",
            "aws.recipient_other_partition",
            "aws.other_partition_host",
        ],
    ),
    (
        "sts.issuer_unknown",
        &["aws.issuer_not_in_metadata", "saml.no_issuer", "saml.issuers_differ", "signature.issuer_differs"],
    ),
    (
        "sts.provider_unknown",
        &[
            "aws.partition_mismatch",
            "aws.recipient_other_partition",
            "aws.other_partition_host",
            "aws.account_mismatch",
            "aws.audience_other_partition",
        ],
    ),
    ("sts.pair_across_partitions", &["aws.partition_mismatch"]),
    ("sts.session_name_missing", &["aws.no_session_name", "aws.near_miss", "aws.unknown_attribute"]),
    (
        "sts.session_name_invalid",
        &[
            "aws.guest_session_name",
            "aws.session_name_length",
            "aws.invalid_session_name",
            "aws.several_values",
            "aws.spaces_around",
        ],
    ),
    (
        "sts.source_identity_invalid",
        &[
            "aws.source_identity_length",
            "aws.invalid_source_identity",
            "aws.several_values",
            "aws.spaces_around",
        ],
    ),
    ("sts.base64_invalid", NOT_BASE64),
    ("sts.assertion_not_base64", NOT_BASE64),
    ("sts.assertion_too_long", &["aws.response_too_long"]),
    ("sts.identity_center_role", &["aws.identity_center_role"]),
    (
        "sts.access_denied",
        &[
            "aws.no_name_id",
            "aws.empty_name_id",
            "aws.recipient_not_aws",
            "aws.no_recipient",
            "aws.account_mismatch",
            "aws.identity_center_role",
            "aws.tags_permission",
            "aws.source_identity_permission",
            "aws.recipient_other_endpoint",
            "aws.regional_recipient",
            "aws.role_spaces",
            "aws.no_mfa",
        ],
    ),
    ("sts.idp_rejected_claim", &["saml.status", "saml.no_status", "saml.no_assertion"]),
    (
        "sts.invalid_identity_token",
        &[
            "saml.status",
            "saml.truncated",
            "saml.bare_assertion",
            "saml.several_assertions",
            "aws.no_recipient",
            "aws.recipient_not_aws",
            "aws.no_confirmation",
            "aws.several_confirmations",
            "aws.encrypted_plain_endpoint",
            "aws.encryption_algorithm",
            "aws.not_encrypted",
            "aws.not_posted",
            "saml.*",
            "aws.*",
            "signature.*",
        ],
    ),
    (
        "sts.packed_policy_too_large",
        &["aws.too_many_tags", "aws.tag_value_length", "aws.tag_key_length", "aws.tags_permission"],
    ),
    ("sts.duration_refused", DURATION),
    ("sts.duration_out_of_range", DURATION),
    ("sts.duration_above_role_maximum", DURATION),
    (
        "sts.validation_error",
        &[
            "aws.response_too_long",
            "aws.tag_key_length",
            "aws.tag_value_length",
            "aws.invalid_tag",
            "aws.reserved_tag",
            "aws.tag_with_several_values",
            "aws.repeated_tag",
            "aws.too_many_tags",
            "aws.session_duration_range",
            "aws.malformed_roles",
        ],
    ),
    (
        "aws.invalid_saml_page",
        &[
            "aws.no_role",
            "aws.near_miss",
            "aws.misnamed_role",
            "aws.empty_role",
            "aws.role_without_provider",
            "aws.malformed_roles",
            "saml.group_overage",
            "saml.status",
            "aws.*",
            "saml.*",
            "signature.*",
        ],
    ),
];

const EXPIRED: &[&str] = &[
    "saml.expired",
    "aws.redeem_over",
    "saml.not_yet_valid",
    "aws.session_over",
    "aws.clock_skew",
    "saml.issued_in_future",
    "saml.short_life",
    "saml.bad_time",
];

const NOT_BASE64: &[&str] = &[
    "saml.base64_cut",
    "saml.base64_url_safe",
    "saml.base64_unpadded",
    "saml.base64_spaces",
    "saml.truncated",
    "saml.compressed_post",
];

const DURATION: &[&str] =
    &["aws.session_duration_range", "aws.invalid_session_duration", "aws.session_duration_short"];
