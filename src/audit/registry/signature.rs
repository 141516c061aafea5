//! Rules about signatures: every fact of the signature room.

use super::Word::{AdFs, Cause, Entra, Generic, Iam, Keycloak, Okta};
use super::quotes::{ISSUER_UNKNOWN, SIGNATURE_INVALID};
use super::{Recipe, Rule, Topic, error, note, warning};

pub(super) const RULES: &[Rule] = &[
    error("signature.truncated").says(SIGNATURE_INVALID),
    error("signature.digest_differs").says(SIGNATURE_INVALID).words(&[Cause]),
    error("signature.value_differs")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Generic, Entra, Iam])
        .gives(Recipe::UpdateProvider),
    error("signature.relative_namespace").says(SIGNATURE_INVALID),
    error("signature.malformed").says(SIGNATURE_INVALID),
    error("signature.empty_signed_info").says(SIGNATURE_INVALID),
    error("signature.no_reference").says(SIGNATURE_INVALID),
    error("signature.nothing_signed").says(SIGNATURE_INVALID),
    error("signature.reference_unresolved").says(SIGNATURE_INVALID),
    error("signature.missing_id").says(SIGNATURE_INVALID),
    error("signature.empty_value").says(SIGNATURE_INVALID),
    error("signature.bad_base64").says(SIGNATURE_INVALID),
    error("signature.ecdsa_length").says(SIGNATURE_INVALID),
    error("signature.key_mismatch").says(SIGNATURE_INVALID),
    error("signature.duplicate_id").says(SIGNATURE_INVALID),
    error("signature.other_id_attribute"),
    error("signature.several_references"),
    error("signature.reference_not_parent").says(SIGNATURE_INVALID),
    error("signature.moved").says(SIGNATURE_INVALID),
    error("signature.unsigned_assertion").says(SIGNATURE_INVALID),
    error("signature.nested_assertion"),
    error("signature.content_outside").says(SIGNATURE_INVALID),
    error("signature.comment_in_text"),
    error("signature.repeated"),
    error("signature.object"),
    error("signature.unexpected"),
    error("signature.look_alike"),
    warning("signature.too_many_signatures"),
    warning("signature.too_large"),
    error("signature.hmac").says(SIGNATURE_INVALID).at(Topic::Certificate).words(&[Cause, Generic]),
    warning("signature.unsupported_algorithm").says(SIGNATURE_INVALID),
    warning("signature.unsupported_canonicalization").says(SIGNATURE_INVALID),
    warning("signature.unsupported_transform").says(SIGNATURE_INVALID),
    warning("signature.unsupported_reference").says(SIGNATURE_INVALID),
    warning("signature.host_cannot"),
    warning("signature.no_key"),
    warning("signature.encrypted").at(Topic::Encryption).words(&[Cause]),
    error("signature.key_not_pinned")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Generic, Entra, Okta, Iam])
        .gives(Recipe::UpdateProvider),
    error("signature.issuer_differs").says(ISSUER_UNKNOWN).words(&[Cause]),
    error("signature.unsigned")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Generic, Entra, AdFs, Keycloak]),
    warning("signature.instruction_in_text"),
    warning("signature.misplaced"),
    warning("signature.weak_hash").at(Topic::Certificate).words(&[Cause, Generic, Entra, AdFs, Keycloak]),
    warning("signature.weak_key")
        .at(Topic::Certificate)
        .words(&[Cause, Generic, Iam])
        .gives(Recipe::UpdateProvider),
    warning("signature.bad_certificate"),
    note("signature.other_certificate")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Iam])
        .gives(Recipe::UpdateProvider),
    note("signature.whole_document"),
    note("signature.response_not_covered"),
    warning("signature.certificate_expired")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Generic, Entra, Okta, Iam])
        .gives(Recipe::UpdateProvider),
    warning("signature.certificate_not_yet_valid").at(Topic::Certificate).words(&[Cause]),
    warning("signature.certificate_expires_soon")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Generic, Entra, Okta, Iam])
        .gives(Recipe::UpdateProvider),
    warning("signature.metadata_expired")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Iam])
        .gives(Recipe::UpdateProvider),
    note("signature.in_url"),
];
