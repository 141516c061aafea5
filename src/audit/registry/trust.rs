//! Rules about metadata: what it says of an issuer, and what IAM would not take of it.

use super::Word::{Cause, Entra, Iam};
use super::quotes::{ISSUER_UNKNOWN, METADATA_UNPARSABLE, SIGNATURE_INVALID};
use super::{Recipe, Rule, Topic, error, warning};

pub(super) const RULES: &[Rule] = &[
    warning("aws.issuer_not_in_metadata")
        .says(ISSUER_UNKNOWN)
        .at(Topic::Certificate)
        .words(&[Cause, Entra, Iam])
        .gives(Recipe::UpdateProvider),
    warning("aws.metadata_old")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Iam])
        .gives(Recipe::UpdateProvider),
    warning("aws.metadata_expires_soon")
        .says(SIGNATURE_INVALID)
        .at(Topic::Certificate)
        .words(&[Cause, Iam])
        .gives(Recipe::UpdateProvider),
    error("setup.metadata_length").words(&[Cause]),
    error("setup.metadata_mark").says(METADATA_UNPARSABLE).words(&[Cause]),
    error("setup.metadata_weak_key").says(METADATA_UNPARSABLE).at(Topic::Certificate).words(&[Cause]),
    error("setup.metadata_extension").says(METADATA_UNPARSABLE).at(Topic::Certificate).words(&[Cause]),
    error("setup.metadata_no_endpoint").words(&[Cause]),
    warning("setup.metadata_several").words(&[Cause]),
    warning("setup.metadata_name_id").at(Topic::NameId).words(&[Cause]),
];
