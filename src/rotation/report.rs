//! All that is said about one application's certificates: codes and numbers, no words.

use serde::Serialize;

use super::advice::advise;
use super::commands::{self, ProviderCommands};
use super::evidence::{self, Aws, aws};
use super::known::{Known, Product, Seen};
use super::reminder::{days_left, reminder_level};
use super::steps;
use crate::saml::provider_label;
use crate::severity::Severity;
use crate::time::UnixTime;

/// What is known of an application's certificates, assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rotation {
    /// Entity id.
    pub issuer: String,
    /// What to call the identity provider.
    pub provider: String,
    /// Where the rotation stands.
    pub phase: Phase,
    /// Of the worst advice: `error`, `warning` or `note`; none where nothing is to be said.
    pub severity: Option<&'static str>,
    /// What signs first, then what is to come, then the rest.
    pub certificates: Vec<Row>,
    /// Worst first.
    pub advice: Vec<Advice>,
    /// In the order to take them.
    pub steps: Vec<Step>,
    /// For each SAML provider of IAM.
    pub commands: Vec<ProviderCommands>,
    /// The providers in Terraform; empty where none is known.
    pub terraform: String,
    /// The `KeyDescriptor` to put into metadata that lacks the certificate to come; none where there is none or the metadata has it.
    pub key_descriptor: Option<String>,
}

/// Where a rotation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Phase {
    /// AWS refuses what is signed now.
    #[serde(rename = "rotation.phase_broken")]
    Broken,
    /// The next certificate is there and does not sign yet.
    #[serde(rename = "rotation.phase_announced")]
    Announced,
    /// The certificate that signs ends soon, or has ended, and no other is in sight.
    #[serde(rename = "rotation.phase_due")]
    Due,
    /// Another certificate signs than before, and something is left to do.
    #[serde(rename = "rotation.phase_switched")]
    Switched,
    /// Nothing to do.
    #[serde(rename = "rotation.phase_quiet")]
    Quiet,
    /// No response was seen yet.
    #[serde(rename = "rotation.phase_unseen")]
    Unseen,
}

/// What a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum State {
    /// It signed the newest response.
    #[serde(rename = "rotation.signs")]
    Signs,
    /// It and the one that signs take turns.
    #[serde(rename = "rotation.signs_too")]
    SignsToo,
    /// It has not signed yet, and is held ready.
    #[serde(rename = "rotation.announced")]
    Announced,
    /// It signed until another took its place.
    #[serde(rename = "rotation.replaced")]
    Replaced,
    /// It never signed, and is not to come.
    #[serde(rename = "rotation.unused")]
    Unused,
}

/// One certificate. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Which of [`Known::certificates`] it is.
    pub index: usize,
    /// What it is.
    pub state: State,
    /// Distinguished name.
    pub subject: String,
    /// Serial number in hexadecimal.
    pub serial: String,
    /// `RSA`, `EC P-256` ...
    pub key: &'static str,
    /// Bits of the key.
    pub key_bits: u32,
    /// First second it is valid.
    pub not_before: i64,
    /// Last second it is valid.
    pub not_after: i64,
    /// Whole days until then; negative once it has ended.
    pub days_left: i64,
    /// Of a certificate that signs, which of [`super::LEVELS`] holds.
    pub reminder: Option<u8>,
    /// When it first signed a response.
    pub first_seen: Option<i64>,
    /// When it last did.
    pub last_seen: Option<i64>,
    /// When STS last took such a response.
    pub accepted: Option<i64>,
    /// When STS last refused one for its signature.
    pub refused: Option<i64>,
    /// Whether the identity provider's metadata has it; none: not read.
    pub in_metadata: Option<bool>,
    /// Whether AWS has it; none: nothing told.
    pub in_aws: Option<bool>,
    /// Whether it is pinned.
    pub pinned: bool,
}

/// Something to be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The stable code, `rotation.*`.
    pub code: &'static str,
    /// The values of its placeholders.
    pub args: Vec<String>,
    /// `error`: people cannot sign in, or soon cannot. `warning`: it needs doing. `note`: worth knowing.
    pub severity: &'static str,
}

impl Advice {
    pub(super) fn new(code: &'static str, args: Vec<String>, severity: Severity) -> Self {
        Self { code, args, severity: severity.name() }
    }
}

/// One step of a rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The stable code, `rotation.*`; for steps in a console there is one for each product.
    pub code: &'static str,
    /// How far it is.
    pub state: StepState,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// It was seen to be done.
    Done,
    /// It is the next.
    Now,
    /// Those before it come first.
    Later,
}

/// Assesses what is known at `now`.
#[must_use]
pub fn assess(known: &Known<'_>, now: UnixTime) -> Rotation {
    let product = Product::of_issuer(known.issuer);
    let advice = advise(known, product, now);
    let phase = phase(known, &advice, now);
    let successor = successor(known, phase, now);
    let missing = successor
        .filter(|seen| known.metadata_at.is_some() && !seen.in_metadata || aws(known, seen) != Aws::Has);
    Rotation {
        issuer: known.issuer.to_owned(),
        provider: provider_label(known.issuer),
        phase,
        severity: advice.first().map(|one| one.severity),
        certificates: rows(known, now),
        steps: steps::steps(known, product, phase, successor, now),
        advice,
        commands: commands::commands(known.providers),
        terraform: commands::terraform(known.providers),
        key_descriptor: missing.map(|seen| commands::key_descriptor(&seen.certificate)),
    }
}

fn phase(known: &Known<'_>, advice: &[Advice], now: UnixTime) -> Phase {
    let Some(signing) = evidence::signing(known) else { return Phase::Unseen };
    if aws(known, signing) == Aws::Lacks {
        return Phase::Broken;
    }
    if evidence::announced(known, now).is_some() {
        return Phase::Announced;
    }
    if reminder_level(&signing.certificate, now).is_some() {
        return Phase::Due;
    }
    let left =
        ["rotation.aws_unknown", "rotation.pin_stale", "rotation.leftover_aws", "rotation.leftover_pin"];
    let is_open = advice.iter().any(|one| left.contains(&one.code));
    if is_open && evidence::replaced(known, now).is_some() { Phase::Switched } else { Phase::Quiet }
}

/// The certificate that a rotation is about.
fn successor<'k>(known: &'k Known<'_>, phase: Phase, now: UnixTime) -> Option<&'k Seen> {
    match phase {
        Phase::Broken | Phase::Switched => evidence::signing(known),
        Phase::Announced | Phase::Unseen => evidence::announced(known, now),
        Phase::Due | Phase::Quiet => None,
    }
}

fn rows(known: &Known<'_>, now: UnixTime) -> Vec<Row> {
    let row = |(index, seen): (usize, &Seen)| {
        let state = evidence::state(known, seen, now);
        let signs = matches!(state, State::Signs | State::SignsToo);
        Row {
            index,
            state,
            subject: seen.certificate.subject.clone(),
            serial: seen.certificate.serial.clone(),
            key: seen.certificate.key_name,
            key_bits: seen.certificate.key_bits,
            not_before: seen.certificate.not_before.seconds(),
            not_after: seen.certificate.not_after.seconds(),
            days_left: days_left(&seen.certificate, now),
            reminder: reminder_level(&seen.certificate, now).filter(|_| signs),
            first_seen: seen.first_seen.map(UnixTime::seconds),
            last_seen: seen.last_seen.map(UnixTime::seconds),
            accepted: seen.accepted.map(UnixTime::seconds),
            refused: seen.refused.map(UnixTime::seconds),
            in_metadata: known.metadata_at.map(|_| seen.in_metadata),
            in_aws: match aws(known, seen) {
                Aws::Has => Some(true),
                Aws::Lacks => Some(false),
                Aws::Unknown => None,
            },
            pinned: seen.pinned,
        }
    };
    let mut rows: Vec<Row> = known.certificates.iter().enumerate().map(row).collect();
    // Within a state the newest first.
    rows.sort_by_key(|row| (row.state, core::cmp::Reverse((row.last_seen, row.not_after))));
    rows
}
