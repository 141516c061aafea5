//! Points in time: `xs:dateTime`, RFC 3339 and HTTP dates in, RFC 3339 out. Nothing here reads a clock.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A point in time in whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(i64);

impl UnixTime {
    /// From epoch seconds. Years outside 0-9999 have no RFC 3339 form and are clamped when printed.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Epoch seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// This time moved by `seconds`, which may be negative.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Reads `xs:dateTime` as SAML uses it (SAML core 1.3.3): fractions are cut, a missing zone means UTC.
    #[must_use]
    pub fn parse_xs(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        let read =
            |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok().map(|time| Self(time.unix_timestamp()));
        read(text).or_else(|| read(&format!("{text}Z")))
    }

    /// Reads an HTTP `Date` header (RFC 9110, 5.6.7, IMF-fixdate): `Mon, 21 Sep 2026 14:13:20 GMT`. The week's day is
    /// not looked at. It is read as RFC 3339, for a second parser of dates takes 8 KB of wasm.
    #[must_use]
    pub fn parse_http(text: &str) -> Option<Self> {
        let (_, date) = text.trim().split_once(", ")?;
        let mut fields = date.strip_suffix(" GMT")?.split(' ');
        let (day, month, year, time) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let month = MONTHS.iter().position(|name| *name == month)?.saturating_add(1);
        let read = OffsetDateTime::parse(&format!("{year}-{month:02}-{day}T{time}Z"), &Rfc3339);
        read.ok().filter(|_| fields.next().is_none()).map(|time| Self(time.unix_timestamp()))
    }

    /// RFC 3339 in UTC to the second, such as `2026-11-22T20:27:43Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let clamped = self.0.clamp(FIRST_PRINTABLE, LAST_PRINTABLE);
        OffsetDateTime::from_unix_timestamp(clamped)
            .ok()
            .and_then(|time| time.format(&Rfc3339).ok())
            .unwrap_or_default()
    }
}

/// The months as HTTP writes them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// 0000-01-01T00:00:00Z, the first second RFC 3339 can write.
const FIRST_PRINTABLE: i64 = -62_167_219_200;

/// 9999-12-31T23:59:59Z, the last one.
const LAST_PRINTABLE: i64 = 253_402_300_799;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xs_date_time_with_fraction_offset_or_no_zone_is_read_as_utc() {
        let expected = Some(UnixTime(1_790_000_000));
        assert_eq!(UnixTime::parse_xs("2026-09-21T14:13:20Z"), expected);
        assert_eq!(UnixTime::parse_xs("2026-09-21T14:13:20.123456789Z"), expected);
        assert_eq!(UnixTime::parse_xs("2026-09-21T16:13:20+02:00"), expected);
        assert_eq!(UnixTime::parse_xs(" 2026-09-21T14:13:20\n"), expected);
        assert_eq!(UnixTime::parse_xs("yesterday"), None);
        assert_eq!(UnixTime::parse_xs(""), None);
    }

    #[test]
    fn http_dates_are_read() {
        assert_eq!(UnixTime::parse_http("Mon, 21 Sep 2026 14:13:20 GMT"), Some(UnixTime(1_790_000_000)));
        assert_eq!(UnixTime::parse_http("Thu, 01 Jan 1970 00:00:00 GMT"), Some(UnixTime(0)));
        for text in [
            "now",
            "",
            "Mon, 21 Sep 2026 14:13:20",
            "Mon, 21 Foo 2026 14:13:20 GMT",
            "Mon, 31 Feb 2026 14:13:20 GMT",
        ] {
            assert_eq!(UnixTime::parse_http(text), None, "{text}");
        }
    }

    #[test]
    fn every_second_prints_and_the_far_ends_are_clamped() {
        assert_eq!(UnixTime(1_790_000_000).rfc3339(), "2026-09-21T14:13:20Z");
        assert_eq!(UnixTime(i64::MAX).rfc3339(), "9999-12-31T23:59:59Z");
        assert_eq!(UnixTime(i64::MIN).rfc3339(), "0000-01-01T00:00:00Z");
    }
}
