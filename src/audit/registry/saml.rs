//! Rules about the response itself: what was odd about its text, its status, its times, and what it says about the sign-in.

use super::Word::{AdFs, Cause, Entra, Generic, Iam, Keycloak, Okta};
use super::quotes::{DENIED, EXPIRED, ISSUER_UNKNOWN, NOT_BASE64, PAGE};
use super::{Recipe, Rule, Topic, error, note, warning};

pub(super) const RULES: &[Rule] = &[
    error("saml.status").at(Topic::Assignment).words(&[Cause, Generic, Entra, Okta, AdFs]),
    warning("saml.no_status").words(&[Cause]),
    error("saml.wrong_version").words(&[Cause]),
    warning("saml.bad_time").words(&[Cause]),
    error("saml.no_issuer").says(ISSUER_UNKNOWN).words(&[Cause, Generic]).gives(Recipe::GetProvider),
    warning("saml.issuers_differ").says(ISSUER_UNKNOWN).words(&[Cause, Iam]).gives(Recipe::GetProvider),
    warning("saml.issued_in_future").words(&[Cause, Generic, AdFs]),
    error("saml.expired").says(EXPIRED).at(Topic::Lifetime).words(&[Cause, Generic, AdFs, Keycloak]),
    error("saml.not_yet_valid").words(&[Cause, Generic, AdFs]),
    warning("saml.short_life").says(EXPIRED).at(Topic::Lifetime).words(&[Cause, Generic, AdFs, Keycloak]),
    note("aws.no_mfa")
        .says(DENIED)
        .at(Topic::Mfa)
        .words(&[Cause, Generic, Entra, Okta, Iam])
        .gives(Recipe::TrustMfa),
    note("aws.mfa_unsaid").at(Topic::Mfa).words(&[Cause, Generic, Entra, Okta, Iam]).gives(Recipe::TrustMfa),
    note("saml.old_sign_in").at(Topic::Mfa).words(&[Cause, Generic, Entra]),
    note("saml.device_not_compliant").at(Topic::Mfa).words(&[Cause, Entra]),
    warning("saml.group_overage").says(PAGE).at(Topic::Claims).words(&[Cause, Generic, Entra]),
    error("saml.truncated").says(PAGE).words(&[Cause]),
    note("saml.trailing_content"),
    note("saml.base64_spaces").says(NOT_BASE64),
    note("saml.base64_url_safe").says(NOT_BASE64),
    note("saml.base64_unpadded").says(NOT_BASE64),
    note("saml.base64_cut").says(NOT_BASE64).words(&[Cause]),
    note("saml.not_compressed"),
    note("saml.compressed_post").says(PAGE),
    note("saml.deflate_wrapped"),
    note("saml.byte_order_mark"),
    note("saml.processing_instruction"),
    note("saml.comment_in_text").words(&[Cause]),
    note("saml.bare_assertion").says(PAGE).words(&[Cause]),
    note("saml.several_assertions").says(PAGE).words(&[Cause, Generic]),
    note("saml.no_assertion").says(PAGE).words(&[Cause]),
    note("saml.nested_assertion"),
    note("saml.encrypted_id").words(&[Cause, Generic]),
    note("saml.encrypted_attribute").words(&[Cause, Generic]),
    note("saml.repeated_element"),
];
