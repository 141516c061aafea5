//! Rules about the `Role` attribute and the names of attributes.

use super::Word::{AdFs, Cause, Entra, Generic, Google, Iam, Keycloak, Okta, Ping};
use super::quotes::{DENIED, PAGE, PROVIDER_UNKNOWN};
use super::{Recipe, Rule, Topic, error, note, warning};

pub(super) const RULES: &[Rule] = &[
    error("aws.no_role")
        .says(PAGE)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta, AdFs, Google, Ping, Keycloak])
        .gives(Recipe::RoleValue),
    error("aws.empty_role")
        .says(PAGE)
        .at(Topic::Assignment)
        .words(&[Cause, Generic, Entra, Okta, Google, Keycloak])
        .gives(Recipe::RoleValue),
    warning("aws.roles_encrypted").at(Topic::Encryption).words(&[Cause, Generic, Iam]),
    error("aws.malformed_roles")
        .says(PAGE)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta, Google])
        .gives(Recipe::RoleValue),
    error("aws.role_without_provider")
        .says(PAGE)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta, Google])
        .gives(Recipe::RoleValue),
    note("aws.swapped_role").words(&[Cause]),
    note("aws.role_spaces").says(PAGE).at(Topic::Claims).words(&[Cause, Generic]).gives(Recipe::RoleValue),
    warning("aws.partition_mismatch")
        .says(PROVIDER_UNKNOWN)
        .at(Topic::Claims)
        .words(&[Cause, Generic])
        .gives(Recipe::RoleValue),
    warning("aws.account_mismatch")
        .says(DENIED)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Iam])
        .gives(Recipe::RoleValue),
    note("aws.duplicate_roles").at(Topic::Claims).words(&[Cause]),
    warning("aws.near_miss")
        .says(PAGE)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Keycloak])
        .gives(Recipe::RoleValue),
    warning("aws.misnamed_role")
        .says(PAGE)
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Keycloak])
        .gives(Recipe::RoleValue),
    note("aws.unknown_attribute").at(Topic::Claims).words(&[Cause]),
    note("aws.china_prefix").at(Topic::Claims).words(&[Cause]),
    warning("aws.identity_center_role")
        .says(DENIED)
        .at(Topic::Claims)
        .words(&[Cause, Generic])
        .gives(Recipe::SsoLogin),
];
