//! Which side is stale, and what comes next.

use super::evidence::{self, Aws, announced, aws, is_same, replaced, signing};
use super::known::{Known, Product, Seen};
use super::reminder::{days_left, reminder_level};
use super::report::{Advice, State};
use crate::severity::Severity::{Error, Note, Warning};
use crate::time::UnixTime;

/// All there is to say, worst first.
pub(super) fn advise(known: &Known<'_>, product: Product, now: UnixTime) -> Vec<Advice> {
    let mut said = Vec::new();
    if let Some(signing) = signing(known) {
        said.extend(of_aws(known, signing, now));
        said.extend(of_the_end(signing, now));
        said.extend(of_metadata(known, signing));
        said.extend(of_pins(known, signing));
        said.extend(of_turns(known, now));
        said.extend(of_entra(known, product, signing, now));
        said.extend(of_leftovers(known, signing, now));
    }
    said.extend(of_the_next(known, now));
    said.sort_by_key(|one| match one.severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    });
    said
}

fn of_aws(known: &Known<'_>, signing: &Seen, now: UnixTime) -> Option<Advice> {
    match aws(known, signing) {
        Aws::Lacks if signing.refused > known.iam_at => {
            Some(Advice::new("rotation.aws_refused", subject(signing), Error))
        }
        Aws::Lacks => Some(Advice::new("rotation.aws_lacks", subject(signing), Error)),
        Aws::Unknown if replaced(known, now).is_some() => {
            Some(Advice::new("rotation.aws_unknown", subject(signing), Warning))
        }
        Aws::Unknown | Aws::Has => None,
    }
}

fn of_the_end(signing: &Seen, now: UnixTime) -> Option<Advice> {
    let days = days_left(&signing.certificate, now);
    match reminder_level(&signing.certificate, now)? {
        0 => Some(Advice::new("rotation.expired", subject(signing), Warning)),
        _ => Some(Advice::new("rotation.expires", vec![days.to_string()], Warning)),
    }
}

/// Metadata that is older than the first response of the certificate was simply read too early; later metadata that does not have it is
/// not of the application that signs.
fn of_metadata(known: &Known<'_>, signing: &Seen) -> Option<Advice> {
    let at = known.metadata_at.filter(|_| !signing.in_metadata)?;
    let code =
        if Some(at) < signing.first_seen { "rotation.metadata_older" } else { "rotation.metadata_other" };
    Some(Advice::new(code, subject(signing), Warning))
}

fn of_pins(known: &Known<'_>, signing: &Seen) -> Option<Advice> {
    let is_stale = !signing.pinned && known.certificates.iter().any(|seen| seen.pinned);
    is_stale.then(|| Advice::new("rotation.pin_stale", subject(signing), Warning))
}

fn of_turns(known: &Known<'_>, now: UnixTime) -> Option<Advice> {
    let turns = known.certificates.iter().any(|seen| evidence::state(known, seen, now) == State::SignsToo);
    turns.then(|| Advice::new("rotation.turns", Vec::new(), Note))
}

/// Entra ID signs with a valid inactive certificate as soon as the active one has expired (Microsoft Learn, as in docs/rotation.md).
fn of_entra(known: &Known<'_>, product: Product, signing: &Seen, now: UnixTime) -> Option<Advice> {
    if product != Product::Entra {
        return None;
    }
    if let Some(next) = announced(known, now).filter(|next| next.is_valid(now)) {
        reminder_level(&signing.certificate, now)?;
        let severity = if aws(known, next) == Aws::Has { Note } else { Warning };
        return Some(Advice::new("rotation.entra_switch", subject(next), severity));
    }
    let old = replaced(known, now)?;
    let switched = signing.first_seen.is_some_and(|first| first > old.certificate.not_after);
    switched.then(|| Advice::new("rotation.entra_switched", subject(signing), Note))
}

fn of_the_next(known: &Known<'_>, now: UnixTime) -> Option<Advice> {
    signing(known)?;
    let next = announced(known, now)?;
    Some(match aws(known, next) {
        Aws::Has => Advice::new("rotation.announced_ready", subject(next), Note),
        Aws::Lacks => Advice::new("rotation.announced_lacks", subject(next), Warning),
        Aws::Unknown => Advice::new("rotation.announced_unknown", subject(next), Warning),
    })
}

/// What may go once the certificate that signs has proved itself.
fn of_leftovers(known: &Known<'_>, signing: &Seen, now: UnixTime) -> Vec<Advice> {
    let gone = |seen: &&Seen| evidence::state(known, seen, now) == State::Replaced;
    let mut said = Vec::new();
    let in_aws = known.certificates.iter().filter(gone).find(|seen| seen.in_iam);
    if let Some(old) = in_aws.filter(|_| aws(known, signing) == Aws::Has) {
        said.push(Advice::new("rotation.leftover_aws", subject(old), Note));
    }
    let pinned = known.certificates.iter().filter(gone).find(|seen| seen.pinned);
    if let Some(old) = pinned.filter(|old| signing.pinned && !is_same(old, signing)) {
        said.push(Advice::new("rotation.leftover_pin", subject(old), Note));
    }
    said
}

fn subject(seen: &Seen) -> Vec<String> {
    vec![seen.certificate.subject.clone()]
}
