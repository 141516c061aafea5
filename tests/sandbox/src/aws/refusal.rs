//! What AWS answers when it refuses, in its words: the IAM User Guide's "Troubleshoot SAML federation", the STS API reference, and
//! what people report where neither says it.

use crate::random;

/// Why AWS does not take a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// The one sentence for a role that is not there, does not trust, or sets a condition.
    pub(crate) fn access_denied() -> Self {
        Self::new(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")
    }

    pub(crate) fn token(message: &str) -> Self {
        Self::new(400, "InvalidIdentityToken", message)
    }

    /// What the service behind STS says, with its trailer.
    pub(crate) fn provider(message: &str, code: &str) -> Self {
        let request = random::uuid();
        Self::token(&format!(
            "{message} (Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: {code}; \
             Request ID: {request}; Proxy: null)"
        ))
    }

    pub(crate) fn response(message: &str) -> Self {
        Self::provider(message, "AuthSamlInvalidSamlResponseException")
    }

    pub(crate) fn expired(message: &str) -> Self {
        Self::new(400, "ExpiredTokenException", message)
    }

    /// A value that does not have the form or the size that the API gives it.
    pub(crate) fn invalid(message: &str) -> Self {
        Self::new(400, "ValidationError", message)
    }

    /// As people see it (turbot steampipe-plugin-aws issue 1510).
    pub(crate) fn region_disabled(account: &str) -> Self {
        let message = format!(
            "STS is not activated in this region for account:{account}. Your account administrator can activate STS in \
             this region using the IAM Console."
        );
        Self::new(403, "RegionDisabledException", message)
    }

    /// `durationSeconds` out of its range; `rule` is what it must be.
    pub(crate) fn duration(seconds: &str, rule: &str) -> Self {
        Self::invalid(&format!(
            "1 validation error detected: Value '{seconds}' at 'durationSeconds' failed to satisfy constraint: \
             Member must have value {rule}"
        ))
    }
}
