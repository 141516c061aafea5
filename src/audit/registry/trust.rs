//! Rules about imported metadata.

use super::Word::{Cause, Entra, Iam};
use super::quotes::{ISSUER_UNKNOWN, SIGNATURE_INVALID};
use super::{Recipe, Rule, Topic, warning};

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
];
