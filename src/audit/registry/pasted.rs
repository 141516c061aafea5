//! Rules that a message of AWS raises which a person pastes: those of AWS's sign-in page and of IAM.

use super::Word::{Cause, Generic, Iam};
use super::quotes::{METADATA_UNPARSABLE, PAGE};
use super::{Recipe, Rule, Topic, error};

pub(super) const RULES: &[Rule] = &[
    error("aws.invalid_saml_page")
        .says(PAGE)
        .at(Topic::Claims)
        .words(&[Cause, Generic])
        .gives(Recipe::RoleValue),
    error("aws.metadata_unparsable")
        .says(METADATA_UNPARSABLE)
        .words(&[Cause, Iam])
        .gives(Recipe::CreateProvider),
    error("aws.private_key_limit")
        .says("Private key limit of 2 is reached")
        .words(&[Cause, Iam])
        .gives(Recipe::GetProvider),
    error("aws.encryption_without_key")
        .says("Unable to set assertion encryption mode to Required because no private key is provided")
        .words(&[Cause, Iam])
        .gives(Recipe::GetProvider),
];
