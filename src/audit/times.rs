//! What the clock says: over, not begun, past the minutes in which AWS takes a response, and clocks that differ.

use super::finding::{Finding, excerpt};
use super::{Seen, ServerClock};
use crate::aws::{self, REDEEM_SECONDS};
use crate::saml::{Assertion, Response, Timestamp};
use crate::time::UnixTime;

/// All that depends on the time, and what does not.
pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    written(seen, found);
    if let Some(now) = seen.now {
        found.extend(lifetime(seen, now));
        found.extend(ahead(seen.response, now));
    }
    found.extend(skew(seen.clocks));
}

/// Times that cannot be read, and a life that is too short whatever the clock says.
pub(super) fn written(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    found.extend(unreadable(seen.response));
    found.extend(short_life(seen));
}

/// Over, not begun, or past the minutes in which AWS takes the response, or nearly so.
fn lifetime(seen: &Seen<'_>, now: UnixTime) -> Option<Finding> {
    let response = seen.response;
    let conditions = response.assertions.iter().filter_map(|assertion| assertion.conditions.as_ref());
    let begin = conditions.clone().filter_map(|one| time(one.not_before.as_ref())).max();
    let confirmed = response.assertions.iter().filter_map(|assertion| {
        assertion.confirmations.iter().filter_map(|one| time(one.not_on_or_after.as_ref())).max()
    });
    let end = conditions.filter_map(|one| time(one.not_on_or_after.as_ref()));
    let (end, confirmed) = (end.min(), confirmed.min());
    if let Some(begin) = begin.filter(|begin| now < *begin) {
        let text = begin.rfc3339();
        return Some(Finding::new("saml.not_yet_valid", vec![text.clone()]).seen(
            &text,
            "Conditions",
            "NotBefore",
        ));
    }
    let ends = [(end, "Conditions"), (confirmed, "SubjectConfirmationData")];
    let ends = ends.into_iter().filter_map(|(end, element)| Some((end?, element)));
    if let Some((end, element)) = ends.min_by_key(|(end, _)| *end).filter(|(end, _)| now >= *end) {
        let text = end.rfc3339();
        return Some(Finding::new("saml.expired", vec![text.clone()]).seen(&text, element, "NotOnOrAfter"));
    }
    let until = aws::usable_until(response)?;
    let issued = issued(response).map(UnixTime::rfc3339).unwrap_or_default();
    if now >= until {
        let finding = Finding::new("aws.redeem_over", vec![until.rfc3339()]);
        return Some(finding.seen(&issued, "Assertion", "IssueInstant"));
    }
    let left = until.seconds().saturating_sub(now.seconds());
    let finding = Finding::new("aws.redeem_soon", vec![left.to_string()]);
    (left < SOON_SECONDS && seen.is_for_aws()).then(|| finding.seen(&issued, "Assertion", "IssueInstant"))
}

/// Issued later than it is by this computer's clock.
fn ahead(response: &Response, now: UnixTime) -> Option<Finding> {
    let issued = issued(response)?;
    let seconds = issued.seconds().saturating_sub(now.seconds());
    let args = vec![issued.rfc3339(), seconds.to_string()];
    let finding = Finding::new("saml.issued_in_future", args);
    (seconds > SKEW_SECONDS).then(|| finding.seen(&issued.rfc3339(), "Assertion", "IssueInstant"))
}

/// The clock that differs most from the browser's, if it does at all.
#[must_use]
pub fn skew(clocks: &[ServerClock]) -> Option<Finding> {
    let apart = |clock: &ServerClock| clock.server.seconds().abs_diff(clock.browser.seconds());
    let clock = clocks.iter().max_by_key(|clock| apart(clock))?;
    let seconds = apart(clock);
    let args = vec![seconds.to_string(), excerpt(&clock.host)];
    (seconds > SKEW_SECONDS.unsigned_abs()).then(|| Finding::new("aws.clock_skew", args))
}

/// An assertion that ends before AWS would refuse it for its age, and so soon that a slow page is enough.
fn short_life(seen: &Seen<'_>) -> Option<Finding> {
    let assertion = seen.response.assertions.first()?;
    let issued = time(assertion.issue_instant.as_ref())?;
    let until = aws::usable_until(seen.response)?;
    let seconds = until.seconds().saturating_sub(issued.seconds());
    let finding = Finding::new("saml.short_life", vec![seconds.to_string()]);
    let is_short = (1..SHORT_SECONDS).contains(&seconds) && seconds < REDEEM_SECONDS;
    is_short.then(|| finding.seen(&until.rfc3339(), "SubjectConfirmationData", "NotOnOrAfter"))
}

/// The first time that is none.
fn unreadable(response: &Response) -> Option<Finding> {
    response.assertions.iter().find_map(|assertion| {
        let conditions = assertion.conditions.as_ref();
        let data = assertion.confirmations.first();
        let statement = assertion.authn_statements.first();
        let times: [(Option<&Timestamp>, &'static str, &'static str); 7] = [
            (assertion.issue_instant.as_ref(), "Assertion", "IssueInstant"),
            (conditions.and_then(|one| one.not_before.as_ref()), "Conditions", "NotBefore"),
            (conditions.and_then(|one| one.not_on_or_after.as_ref()), "Conditions", "NotOnOrAfter"),
            (data.and_then(|one| one.not_before.as_ref()), "SubjectConfirmationData", "NotBefore"),
            (data.and_then(|one| one.not_on_or_after.as_ref()), "SubjectConfirmationData", "NotOnOrAfter"),
            (statement.and_then(|one| one.instant.as_ref()), "AuthnStatement", "AuthnInstant"),
            (
                statement.and_then(|one| one.session_not_on_or_after.as_ref()),
                "AuthnStatement",
                "SessionNotOnOrAfter",
            ),
        ];
        times.into_iter().find_map(|(timestamp, element, attribute)| {
            let timestamp = timestamp.filter(|timestamp| timestamp.time.is_none())?;
            let args = vec![excerpt(&timestamp.text), attribute.to_owned()];
            Some(Finding::new("saml.bad_time", args).seen(&timestamp.text, element, attribute))
        })
    })
}

fn issued(response: &Response) -> Option<UnixTime> {
    let of = |assertion: &Assertion| time(assertion.issue_instant.as_ref());
    response.assertions.iter().find_map(of).or_else(|| time(response.issue_instant.as_ref()))
}

fn time(timestamp: Option<&Timestamp>) -> Option<UnixTime> {
    timestamp.and_then(|timestamp| timestamp.time)
}

/// Seconds that are left when it is time to hurry.
const SOON_SECONDS: i64 = 60;

/// Seconds between two clocks that matter: a `Date` is whole seconds and its answer was on the way for some.
const SKEW_SECONDS: i64 = 30;

/// Seconds of life that are too few. Keycloak's are 60 where nobody chose (saml2aws issue 759).
const SHORT_SECONDS: i64 = 120;
