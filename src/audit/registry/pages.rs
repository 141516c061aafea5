//! Where AWS or Microsoft writes about a rule. The first row that fits the code counts: what stands before its dot, and the beginning
//! of what stands behind.

/// The page about the rule with this code, where there is one.
pub(super) fn page(code: &str) -> Option<&'static str> {
    let (room, name) = code.split_once('.')?;
    let fits = |of: &str, start: &str| of == room && name.starts_with(start);
    PAGES.iter().find(|(of, start, _)| fits(of, start)).and_then(|(_, _, page)| *page)
}

const PAGES: &[(&str, &str, Option<&str>)] = &[
    ("entra", "", Some(ENTRA)),
    ("sts", "identity_center_role", Some(IDENTITY_CENTER)),
    ("aws", "identity_center_role", Some(IDENTITY_CENTER)),
    ("sts", "region_disabled", Some(REGIONS)),
    ("sts", "offline", None),
    ("sts", "timeout", None),
    ("sts", "network", None),
    ("sts", "captive_portal", None),
    ("sts", "not_in_assertion", None),
    ("sts", "duration_", Some(ASSUME)),
    ("sts", "packed_policy", Some(TAGS)),
    ("sts", "malformed_policy", Some(ASSUME)),
    ("sts", "assertion_too_long", Some(ASSUME)),
    ("sts", "", Some(TROUBLE)),
    ("aws", "invalid_saml_page", Some(TROUBLE)),
    ("aws", "metadata_", Some(TROUBLE)),
    ("setup", "metadata_name_id", Some(ASSERTIONS)),
    ("setup", "metadata_", Some(TROUBLE)),
    ("aws", "private_key_limit", Some(TROUBLE)),
    ("aws", "encryption_without_key", Some(TROUBLE)),
    ("aws", "issuer_not_in_metadata", Some(TROUBLE)),
    ("aws", "clock_skew", None),
    ("aws", "response_", Some(ASSUME)),
    ("aws", "tag", Some(TAGS)),
    ("aws", "invalid_tag", Some(TAGS)),
    ("aws", "reserved_tag", Some(TAGS)),
    ("aws", "repeated_tag", Some(TAGS)),
    ("aws", "too_many_tags", Some(TAGS)),
    ("aws", "transitive_", Some(TAGS)),
    ("aws", "no_mfa", Some(TAGS)),
    ("aws", "mfa_", Some(TAGS)),
    ("aws", "source_identity", Some(SOURCE_IDENTITY)),
    ("aws", "invalid_source_identity", Some(SOURCE_IDENTITY)),
    ("aws", "", Some(ASSERTIONS)),
];

/// What each part of the assertion has to be, and which attributes AWS reads.
const ASSERTIONS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html";
/// AWS's messages and what they mean.
const TROUBLE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html";
const TAGS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html";
const SOURCE_IDENTITY: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html";
const ASSUME: &str = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html";
const REGIONS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html";
const IDENTITY_CENTER: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html";
const ENTRA: &str = "https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes";
