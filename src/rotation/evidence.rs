//! Which certificates sign now, which was replaced, which is to come, and whether AWS has one.

use super::known::{Known, Seen};
use super::reminder::DAY;
use super::report::State;
use crate::time::UnixTime;

/// What is known about IAM's copy of the metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aws {
    /// It holds the certificate.
    Has,
    /// It does not.
    Lacks,
    /// Nothing told.
    Unknown,
}

/// The newest of what was read and what STS answered.
pub(super) fn aws(known: &Known<'_>, seen: &Seen) -> Aws {
    let told = [(known.iam_at, seen.in_iam), (seen.accepted, true), (seen.refused, false)];
    let told = told.into_iter().filter_map(|(at, has)| Some((at?, has)));
    match told.max_by_key(|(at, _)| *at) {
        Some((_, true)) => Aws::Has,
        Some((_, false)) => Aws::Lacks,
        None => Aws::Unknown,
    }
}

/// The certificate of the newest response; of two that signed in the same second the one that came later.
pub(super) fn signing<'k>(known: &'k Known<'_>) -> Option<&'k Seen> {
    let signers = known.certificates.iter().filter(|seen| seen.last_seen.is_some());
    signers.max_by_key(|seen| (seen.last_seen, seen.first_seen))
}

/// What a certificate is, by the side of the one that signs.
pub(super) fn state(known: &Known<'_>, seen: &Seen, now: UnixTime) -> State {
    let Some(signing) = signing(known) else {
        return if is_expected(known, seen, None, now) { State::Announced } else { State::Unused };
    };
    if is_same(seen, signing) {
        return State::Signs;
    }
    match (seen.last_seen, signing.first_seen) {
        (Some(last), Some(first)) if last > first && is_recent(last, signing) => State::SignsToo,
        (Some(_), _) => State::Replaced,
        (None, _) if is_expected(known, seen, Some(signing), now) => State::Announced,
        (None, _) => State::Unused,
    }
}

/// Of several to come the one that lasts longest.
pub(super) fn announced<'k>(known: &'k Known<'_>, now: UnixTime) -> Option<&'k Seen> {
    let to_come = known.certificates.iter().filter(|seen| state(known, seen, now) == State::Announced);
    to_come.max_by_key(|seen| seen.certificate.not_after)
}

/// Of several that were replaced the one that signed last.
pub(super) fn replaced<'k>(known: &'k Known<'_>, now: UnixTime) -> Option<&'k Seen> {
    let gone = known.certificates.iter().filter(|seen| state(known, seen, now) == State::Replaced);
    gone.max_by_key(|seen| seen.last_seen)
}

pub(super) fn is_same(one: &Seen, other: &Seen) -> bool {
    one.certificate.der == other.certificate.der
}

/// Whether a certificate that never signed is one to come: it has not ended, somebody holds it ready, and it outlives the one that
/// signs. With the identity provider's metadata at hand that alone says what is to come.
fn is_expected(known: &Known<'_>, seen: &Seen, signing: Option<&Seen>, now: UnixTime) -> bool {
    let held = if known.metadata_at.is_some() { seen.in_metadata } else { seen.in_iam || seen.pinned };
    held && now <= seen.certificate.not_after
        && signing.is_none_or(|signing| seen.certificate.not_after > signing.certificate.not_after)
}

/// Two that take turns do so within a week; one that was replaced stays away.
fn is_recent(last: UnixTime, signing: &Seen) -> bool {
    signing.last_seen.is_none_or(|newest| newest.seconds().saturating_sub(last.seconds()) <= TURNS)
}

/// Seconds. A team signs in every working day, and a rollover across a farm of servers takes hours.
const TURNS: i64 = 7 * DAY;
