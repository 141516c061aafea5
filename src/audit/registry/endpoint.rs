//! Rules about where a response goes and for whom it is: confirmation, recipient, audience, destination, name and encryption.

use super::Word::{AdFs, Cause, Entra, Generic, Google, Iam, Keycloak, Okta};
use super::quotes::{AUDIENCE_MISSING, DENIED, PAGE, PROVIDER_UNKNOWN};
use super::{Recipe, Rule, Topic, error, note, warning};

pub(super) const RULES: &[Rule] = &[
    error("aws.no_confirmation").says(PAGE).at(Topic::Urls).words(&[Cause, Generic]),
    warning("aws.several_confirmations").at(Topic::Urls).words(&[Cause, Generic]),
    warning("aws.not_bearer").at(Topic::Urls).words(&[Cause, Generic]),
    error("aws.no_confirmation_end").says(PAGE).words(&[Cause, Generic]),
    error("aws.no_recipient").says(PAGE).at(Topic::Urls).words(&[Cause, Generic]).gives(Recipe::ReplyUrl),
    error("aws.recipient_not_aws")
        .says(PAGE)
        .at(Topic::Urls)
        .words(&[Cause, Generic, Entra, Okta, Google])
        .gives(Recipe::ReplyUrl),
    warning("aws.recipient_other_endpoint")
        .says(DENIED)
        .at(Topic::Urls)
        .words(&[Cause, Generic, Iam])
        .gives(Recipe::Trust),
    error("aws.recipient_other_partition")
        .says(PROVIDER_UNKNOWN)
        .at(Topic::Urls)
        .words(&[Cause, Generic])
        .gives(Recipe::ReplyUrl),
    note("aws.regional_recipient").says(DENIED).words(&[Cause, Iam]).gives(Recipe::Trust),
    warning("aws.other_partition_host")
        .says(PROVIDER_UNKNOWN)
        .at(Topic::Urls)
        .words(&[Cause, Generic])
        .gives(Recipe::ReplyUrl),
    warning("aws.destination_differs").at(Topic::Urls).words(&[Cause, Generic]).gives(Recipe::ReplyUrl),
    error("aws.no_audience")
        .says(AUDIENCE_MISSING)
        .at(Topic::Urls)
        .words(&[Cause, Generic, Entra, AdFs, Google, Keycloak])
        .gives(Recipe::Audience),
    error("aws.wrong_audience")
        .says(AUDIENCE_MISSING)
        .at(Topic::Urls)
        .words(&[Cause, Generic, Entra, AdFs, Google, Keycloak])
        .gives(Recipe::Audience),
    warning("aws.audience_suffix")
        .says(AUDIENCE_MISSING)
        .at(Topic::Urls)
        .words(&[Cause, Generic, Entra])
        .gives(Recipe::Audience),
    warning("aws.audience_other_partition")
        .says(AUDIENCE_MISSING)
        .at(Topic::Urls)
        .words(&[Cause, Generic])
        .gives(Recipe::Audience),
    error("aws.no_name_id").says(DENIED).at(Topic::NameId).words(&[Cause, Generic, Entra, AdFs]),
    error("aws.empty_name_id").says(DENIED).at(Topic::NameId).words(&[Cause, Generic, Entra]),
    note("aws.transient_name_id").at(Topic::NameId).words(&[Cause, Generic]),
    warning("aws.name_id_format").at(Topic::NameId).words(&[Cause, Generic]),
    warning("aws.encrypted_plain_endpoint").says(PAGE).at(Topic::Urls).words(&[Cause, Generic, Iam]),
    note("aws.not_encrypted").at(Topic::Encryption).words(&[Cause, Generic, Iam]).gives(Recipe::GetProvider),
    warning("aws.not_posted").at(Topic::Urls).words(&[Cause, Generic]),
    warning("aws.encryption_algorithm").at(Topic::Encryption).words(&[Cause, Generic]),
    error("aws.response_too_long")
        .says("failed to satisfy constraint: Member must have length less than or equal to 100000")
        .at(Topic::Claims)
        .words(&[Cause, Generic, Entra, Okta]),
    warning("aws.response_nearly_too_long").at(Topic::Claims).words(&[Cause, Generic]),
];
