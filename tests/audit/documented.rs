//! What AWS says, as its documentation and its services spell it in full.

use rolecall::audit::registry::rules;

/// IAM User Guide, "Troubleshoot SAML federation with IAM"; the STS API model 2011-06-15; answers of STS.
const DOCUMENTED: &[&str] = &[
    "Your request included an invalid SAML response. To logout, click here.",
    "RoleSessionName is required in AuthnResponse (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
    "Not authorized to perform sts:AssumeRoleWithSAML (service: AWSSecurityTokenService; status code: 403; error code: AccessDenied)",
    "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64} (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
    "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\" (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
    "Response signature invalid (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
    "Failed to assume role: Issuer not present in specified provider (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)",
    "Could not parse metadata.",
    "Unable to set assertion encryption mode to Required because no private key is provided.",
    "Specified provider doesn't exist.",
    "Private key limit of 2 is reached.",
    "Response does not contain the required audience.",
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    "Token must be redeemed within 5 minutes of issuance",
    "Response has expired",
    "Invalid base64 SAMLResponse",
    "1 validation error detected: Value '100' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length less than or equal to 100000",
    "Rate exceeded",
    "ExpiredTokenException",
    "InvalidIdentityToken",
    "IDPRejectedClaim",
    "MalformedPolicyDocument",
    "PackedPolicyTooLarge",
    "RegionDisabledException",
    "ValidationError",
];

#[test]
fn every_message_that_a_rule_quotes_is_one_of_aws() {
    for rule in rules() {
        let Some(quoted) = rule.aws_message else { continue };
        let is_known = DOCUMENTED.iter().any(|message| message.contains(quoted));
        assert!(is_known, "{}: AWS does not say {quoted}", rule.code);
    }
}

#[test]
fn every_documented_message_has_a_rule() {
    let quotes: Vec<&str> = rules().filter_map(|rule| rule.aws_message).collect();
    for message in DOCUMENTED {
        assert!(quotes.iter().any(|quoted| message.contains(quoted)), "no rule for {message}");
    }
}
