//! Rules about the session that AWS makes: its name, its length, its tags and source identity, and the minutes in which it can be had.

use super::Word::{AdFs, Cause, Entra, Generic, Google, Iam, Keycloak, Okta, Ping};
use super::quotes::{DENIED, DURATION_REFUSED, FIVE_MINUTES, NAME_INVALID, NAME_REQUIRED, SOURCE_INVALID};
use super::{Recipe, Rule, Topic, error, note, warning};

pub(super) const RULES: &[Rule] = &[
    warning("aws.redeem_over").says(FIVE_MINUTES).words(&[Cause]),
    warning("aws.redeem_soon").says(FIVE_MINUTES).words(&[Cause]),
    warning("aws.clock_skew").says(FIVE_MINUTES).words(&[Cause]),
    error("aws.session_over").words(&[Cause, Generic]),
    warning("aws.session_ends_early").words(&[Cause, Generic, Keycloak]),
    warning("aws.session_duration_short").at(Topic::Claims).words(&[Cause, Generic, Entra, Okta, Iam]),
    warning("aws.session_duration_range")
        .says(DURATION_REFUSED)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta]),
    warning("aws.invalid_session_duration")
        .says(DURATION_REFUSED)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra]),
    error("aws.no_session_name")
        .says(NAME_REQUIRED)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta, AdFs, Google, Ping, Keycloak]),
    error("aws.invalid_session_name")
        .says(NAME_INVALID)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta, AdFs, Google, Keycloak]),
    error("aws.session_name_length")
        .says(NAME_INVALID)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta, AdFs, Google, Keycloak]),
    error("aws.guest_session_name").says(NAME_INVALID).at(Topic::Claims).words(&[Cause, Generic, Entra]),
    warning("aws.several_values").at(Topic::Claims).words(&[Cause, Generic]),
    note("aws.spaces_around").says(NAME_INVALID).at(Topic::Claims).words(&[Cause, Generic]),
    error("aws.invalid_source_identity").says(SOURCE_INVALID).at(Topic::Claims).words(&[Cause, Generic]),
    error("aws.source_identity_length").says(SOURCE_INVALID).at(Topic::Claims).words(&[Cause, Generic]),
    note("aws.source_identity_permission").says(DENIED).words(&[Cause, Iam]).gives(Recipe::TrustSource),
    note("aws.tags_permission").says(DENIED).words(&[Cause, Iam]).gives(Recipe::TrustTags),
    warning("aws.invalid_tag").at(Topic::Claims).words(&[Cause, Generic]),
    warning("aws.tag_key_length").at(Topic::Claims).words(&[Cause, Generic]),
    warning("aws.tag_value_length").at(Topic::Claims).words(&[Cause, Generic]),
    warning("aws.reserved_tag").at(Topic::Claims).words(&[Cause, Generic]),
    warning("aws.tag_with_several_values").at(Topic::Claims).words(&[Cause, Generic]),
    warning("aws.repeated_tag").at(Topic::Claims).words(&[Cause, Generic]),
    warning("aws.too_many_tags").says("PackedPolicyTooLarge").at(Topic::Claims).words(&[Cause, Generic]),
    note("aws.transitive_key_without_tag").at(Topic::Claims).words(&[Cause, Generic]),
];
