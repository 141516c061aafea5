//! The sandbox's clock: the machine's time, moved by the skew that a test asked for.

use time::OffsetDateTime;
use time::macros::format_description;

/// Now, in UTC, moved by `skew` seconds.
#[expect(
    clippy::disallowed_methods,
    reason = "the sandbox plays servers, which have clocks; the core has none"
)]
pub(crate) fn now(skew: i64) -> OffsetDateTime {
    OffsetDateTime::from(std::time::SystemTime::now()) + time::Duration::seconds(skew)
}

/// `2026-01-02T03:04:05Z`, as AWS writes times.
pub(crate) fn iso(at: OffsetDateTime) -> String {
    at.format(format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z")).unwrap_or_default()
}

/// `2026-01-02T03:04:05.678Z`, as identity providers write times.
pub(crate) fn iso_millis(at: OffsetDateTime) -> String {
    at.format(format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z"))
        .unwrap_or_default()
}

/// `Fri, 02 Jan 2026 03:04:05 GMT`, the HTTP `Date` header (RFC 9110, section 5.6.7).
pub(crate) fn http_date(at: OffsetDateTime) -> String {
    at.format(format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    ))
    .unwrap_or_default()
}

/// An xs:dateTime with a zone, as it stands in an assertion.
pub(crate) fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text.trim(), &time::format_description::well_known::Rfc3339).ok()
}
