//! When the end of a certificate is worth a word.

use crate::signature::Certificate;
use crate::time::UnixTime;

/// Days before the end at which Entra ID sends its mails (Microsoft Learn, "Manage certificates for federated single sign-on"); Okta
/// begins at 60 too. 0 is the end itself.
pub const LEVELS: [u8; 4] = [60, 30, 7, 0];

/// The time from which each of [`LEVELS`] holds, in their order: so many days before the end, to the second; for the last the first
/// second after it.
#[must_use]
pub fn reminders(certificate: &Certificate) -> [UnixTime; 4] {
    let end = certificate.not_after;
    LEVELS.map(|days| if days == 0 { end.plus(1) } else { end.plus(-i64::from(days).saturating_mul(DAY)) })
}

/// The level that holds at `now`, of [`LEVELS`]; none earlier.
#[must_use]
pub fn reminder_level(certificate: &Certificate, now: UnixTime) -> Option<u8> {
    let mut reached = LEVELS.into_iter().zip(reminders(certificate)).filter(|(_, from)| now >= *from);
    reached.next_back().map(|(level, _)| level)
}

/// Whole days until the certificate ends, negative after it did: the day it ends is day 0.
pub(super) fn days_left(certificate: &Certificate, now: UnixTime) -> i64 {
    certificate.not_after.seconds().saturating_sub(now.seconds()).div_euclid(DAY)
}

/// Seconds.
pub(super) const DAY: i64 = 86_400;
