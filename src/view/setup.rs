//! The setup assistant's metadata, problems and ticks, as its page draws them.

use serde::Serialize;

use super::{Certificate, Failure, Finding, Message};
use crate::audit::Product;
use crate::setup::{self, Known, ReadError};
use crate::signature;
use crate::time::UnixTime;

/// A field that cannot be as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetupProblem {
    /// The field's name.
    pub field: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// What it is.
    pub text: Message,
}

impl SetupProblem {
    /// In words.
    #[must_use]
    pub fn of(problem: setup::Problem) -> Self {
        let setup::Problem { field, code, args } = problem;
        Self { field, code, text: Message::of(code, args) }
    }
}

/// What a sign-in says about a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetupTick {
    /// The step's id.
    pub step: &'static str,
    /// `done`, `off` or `unseen`.
    pub state: &'static str,
    /// What is off, the worst first.
    pub troubles: Vec<SetupTrouble>,
}

/// Something that is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetupTrouble {
    /// What it is, with what to do about it.
    #[serde(flatten)]
    pub finding: Finding,
    /// What was sent, '' for nothing; null where there is nothing to compare.
    pub sent: Option<String>,
    /// What the plan has; '' for nothing.
    pub expected: Option<String>,
}

impl SetupTick {
    /// In words for the plan's identity provider.
    #[must_use]
    pub fn of(tick: setup::Tick, product: Product) -> Self {
        let setup::Tick { step, state, troubles } = tick;
        let trouble = |one: setup::Trouble| {
            let (sent, expected) = one.compared.map(|both| (both.sent, both.expected)).unzip();
            SetupTrouble { finding: Finding::of(one.finding, product, None), sent, expected }
        };
        Self { step: step.id(), state: state.name(), troubles: troubles.into_iter().map(trouble).collect() }
    }
}

/// An identity provider's metadata: what the page keeps of it, and what it says now. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetupMetadata {
    /// `entityID`.
    pub entity_id: String,
    /// Until when it may be used.
    pub valid_until: Option<i64>,
    /// When it was imported.
    pub imported: Option<i64>,
    /// Characters of the text.
    pub characters: usize,
    /// Whether a byte order mark stands before it.
    pub has_mark: bool,
    /// Identity providers in the text.
    pub providers: usize,
    /// `NameIDFormat` of it.
    pub name_id_formats: Vec<String>,
    /// Where sign-ins begin: binding and address.
    pub endpoints: Vec<(String, String)>,
    /// Its certificates, DER in base64.
    pub certificates: Vec<String>,
    /// The same as they are shown. Not kept.
    pub shown: Vec<Certificate>,
    /// What is off about it now. Not kept.
    pub findings: Vec<Finding>,
}

impl SetupMetadata {
    /// As it is at `now`, in words for this product.
    #[must_use]
    pub fn of(known: &Known, product: Product, now: UnixTime) -> Self {
        let read = |one: &setup::KnownCertificate| {
            signature::Certificate::from_base64(&one.der).ok().map(|read| Certificate::of(&read))
        };
        let findings = known.findings(now).into_iter().map(|finding| Finding::of(finding, product, None));
        Self {
            entity_id: known.entity_id.clone(),
            valid_until: known.valid_until.map(UnixTime::seconds),
            imported: known.imported.map(UnixTime::seconds),
            characters: known.characters,
            has_mark: known.has_mark,
            providers: known.providers,
            name_id_formats: known.name_id_formats.clone(),
            endpoints: known.endpoints.iter().map(|one| (one.binding.clone(), one.url.clone())).collect(),
            certificates: known.certificates.iter().map(|one| one.der.clone()).collect(),
            shown: known.certificates.iter().filter_map(read).collect(),
            findings: findings.collect(),
        }
    }
}

impl From<&ReadError> for Failure {
    fn from(error: &ReadError) -> Self {
        match error {
            ReadError::Xml(error) => error.into(),
            ReadError::Metadata(error) => error.into(),
        }
    }
}
