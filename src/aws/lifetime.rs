//! Until when AWS takes a response: a [`Response`] comes in, the moment goes out if the response says enough.

use crate::saml::{Assertion, Response, Timestamp};
use crate::time::UnixTime;

/// Seconds after its issue in which AWS redeems an assertion: STS answers `ExpiredTokenException`, "Token must be
/// redeemed within 5 minutes of issuance" (IAM User Guide, "Troubleshoot SAML federation").
pub const REDEEM_SECONDS: i64 = 300;

/// The moment from which AWS refuses the response: five minutes after the assertion's `IssueInstant`, or earlier
/// where the subject confirmation's or the conditions' `NotOnOrAfter` says so.
///
/// With several assertions the earliest moment counts. When all assertions are encrypted, the response's own
/// `IssueInstant` stands in for theirs: an identity provider writes both in one go. `None` when no instant can be
/// read.
#[must_use]
pub fn usable_until(response: &Response) -> Option<UnixTime> {
    if response.assertions.is_empty() && !response.encrypted.is_empty() {
        return time(response.issue_instant.as_ref()).map(redeemable_until);
    }
    response.assertions.iter().filter_map(assertion_usable_until).min()
}

fn assertion_usable_until(assertion: &Assertion) -> Option<UnixTime> {
    let redeem = time(assertion.issue_instant.as_ref()).map(redeemable_until);
    // One confirmation that still holds is enough (SAML core 2.4.1).
    let confirmations = &assertion.confirmations;
    let confirmed = confirmations.iter().filter_map(|one| time(one.not_on_or_after.as_ref())).max();
    let conditions = assertion.conditions.as_ref().and_then(|one| time(one.not_on_or_after.as_ref()));
    [redeem, confirmed, conditions].into_iter().flatten().min()
}

fn redeemable_until(issued: UnixTime) -> UnixTime {
    issued.plus(REDEEM_SECONDS)
}

fn time(timestamp: Option<&Timestamp>) -> Option<UnixTime> {
    timestamp.and_then(|timestamp| timestamp.time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saml::{Conditions, EncryptedAssertion, SubjectConfirmation};

    fn at(seconds: i64) -> Option<Timestamp> {
        Some(Timestamp { text: String::new(), time: Some(UnixTime::from_seconds(seconds)) })
    }

    fn assertion(issued: i64, confirmations: &[i64], conditions: Option<i64>) -> Assertion {
        Assertion {
            issue_instant: at(issued),
            confirmations: confirmations
                .iter()
                .map(|end| SubjectConfirmation { not_on_or_after: at(*end), ..Default::default() })
                .collect(),
            conditions: conditions.map(|end| Conditions { not_on_or_after: at(end), ..Default::default() }),
            ..Default::default()
        }
    }

    fn until(assertions: Vec<Assertion>) -> Option<i64> {
        usable_until(&Response { assertions, ..Default::default() }).map(UnixTime::seconds)
    }

    #[test]
    fn an_assertion_is_usable_for_five_minutes_from_its_issue() {
        assert_eq!(until(vec![assertion(1000, &[], None)]), Some(1300));
        assert_eq!(until(vec![assertion(1000, &[4600], Some(4600))]), Some(1300));
    }

    #[test]
    fn an_earlier_end_of_confirmation_or_conditions_counts() {
        assert_eq!(until(vec![assertion(1000, &[1060], Some(4600))]), Some(1060));
        assert_eq!(until(vec![assertion(1000, &[4600], Some(1060))]), Some(1060));
        assert_eq!(until(vec![assertion(1000, &[1060, 1200], None)]), Some(1200));
    }

    #[test]
    fn the_earliest_of_several_assertions_counts() {
        assert_eq!(until(vec![assertion(2000, &[], None), assertion(1000, &[], None)]), Some(1300));
    }

    #[test]
    fn an_encrypted_assertion_takes_the_response_s_issue_instant() {
        let encrypted = vec![EncryptedAssertion::default()];
        let response = Response { encrypted, issue_instant: at(1000), ..Default::default() };
        assert_eq!(usable_until(&response), Some(UnixTime::from_seconds(1300)));
    }

    #[test]
    fn nothing_is_said_when_no_instant_can_be_read() {
        let unread = Some(Timestamp { text: "yesterday".into(), time: None });
        assert_eq!(until(vec![Assertion { issue_instant: unread, ..Default::default() }]), None);
        assert_eq!(until(vec![]), None);
    }
}
