//! What AWS says, word for word (IAM User Guide, "Troubleshoot SAML federation", and the answers of STS). A message may go on
//! behind what is quoted, with the service and its code.

pub(super) const PAGE: &str = "Your request included an invalid SAML response. To logout, click here.";
pub(super) const DENIED: &str = "Not authorized to perform sts:AssumeRoleWithSAML";
pub(super) const NAME_REQUIRED: &str = "RoleSessionName is required in AuthnResponse";
pub(super) const NAME_INVALID: &str = "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}";
pub(super) const SOURCE_INVALID: &str =
    "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"";
pub(super) const SIGNATURE_INVALID: &str = "Response signature invalid";
pub(super) const ISSUER_UNKNOWN: &str = "Issuer not present in specified provider";
pub(super) const PROVIDER_UNKNOWN: &str = "Specified provider doesn't exist";
pub(super) const AUDIENCE_MISSING: &str = "Response does not contain the required audience";
pub(super) const EXPIRED: &str = "Response has expired";
pub(super) const FIVE_MINUTES: &str = "Token must be redeemed within 5 minutes of issuance";
pub(super) const METADATA_UNPARSABLE: &str = "Could not parse metadata";
pub(super) const NOT_BASE64: &str = "Invalid base64 SAMLResponse";
pub(super) const DURATION_REFUSED: &str = "'durationSeconds' failed to satisfy constraint";
