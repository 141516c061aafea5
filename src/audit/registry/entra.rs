//! Rules that an error of Microsoft Entra ID raises (entra-docs, "reference-error-codes").

use super::Word::Entra;
use super::{Rule, Topic, error};

pub(super) const RULES: &[Rule] = &[
    error("entra.50011").at(Topic::Urls).words(&[Entra]),
    error("entra.50105").at(Topic::Assignment).words(&[Entra]),
    error("entra.50020").at(Topic::Assignment).words(&[Entra]),
    error("entra.50034").at(Topic::Assignment).words(&[Entra]),
    error("entra.50072").at(Topic::Mfa).words(&[Entra]),
    error("entra.50074").at(Topic::Mfa).words(&[Entra]),
    error("entra.50076").at(Topic::Mfa).words(&[Entra]),
    error("entra.50078").at(Topic::Mfa).words(&[Entra]),
    error("entra.50079").at(Topic::Mfa).words(&[Entra]),
    error("entra.50097").at(Topic::Mfa).words(&[Entra]),
    error("entra.50129").at(Topic::Mfa).words(&[Entra]),
    error("entra.50131").at(Topic::Mfa).words(&[Entra]),
    error("entra.50155").at(Topic::Mfa).words(&[Entra]),
    error("entra.50168").at(Topic::Mfa).words(&[Entra]),
    error("entra.53000").at(Topic::Mfa).words(&[Entra]),
    error("entra.53001").at(Topic::Mfa).words(&[Entra]),
    error("entra.53003").at(Topic::Mfa).words(&[Entra]),
    error("entra.53004").at(Topic::Mfa).words(&[Entra]),
    error("entra.501241").at(Topic::NameId).words(&[Entra]),
    error("entra.50003").at(Topic::Certificate).words(&[Entra]),
    error("entra.50146").at(Topic::Certificate).words(&[Entra]),
    error("entra.65005").at(Topic::Urls).words(&[Entra]),
    error("entra.650056").at(Topic::Urls).words(&[Entra]),
    error("entra.700011").at(Topic::Urls).words(&[Entra]),
    error("entra.700016").at(Topic::Urls).words(&[Entra]),
    error("entra.70043").at(Topic::Mfa).words(&[Entra]),
    error("entra.75005").at(Topic::Urls).words(&[Entra]),
    error("entra.750054").at(Topic::Urls).words(&[Entra]),
    error("entra.7500514").at(Topic::Urls).words(&[Entra]),
    error("entra.75011").at(Topic::Mfa).words(&[Entra]),
    error("entra.76021").at(Topic::Certificate).words(&[Entra]),
    error("entra.other").words(&[Entra]),
];
