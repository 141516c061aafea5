//! Points in time: `xs:dateTime`, RFC 3339 and HTTP dates in, RFC 3339 out. Nothing here reads a clock.
//!
//! Written here because a crate that does the same, and much that no one asks of it here, is 10 KB of wasm and slower.

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

    /// Reads `xs:dateTime` as SAML uses it (SAML core 1.3.3): fractions are cut, a missing zone means UTC. Years have four
    /// digits, as in RFC 3339.
    #[must_use]
    pub fn parse_xs(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        let (year, rest) = number(text, 4)?;
        let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
        let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
        let (clock, rest) = clock(rest.strip_prefix(['T', 't', ' '])?)?;
        let rest = match rest.strip_prefix('.') {
            None => rest,
            Some(fraction) => {
                let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                (rest.len() < fraction.len()).then_some(rest)?
            }
        };
        Some(Self(midnight(year, month, day)? + clock - zone(rest)?))
    }

    /// Reads an HTTP `Date` header (RFC 9110, 5.6.7, IMF-fixdate): `Mon, 21 Sep 2026 14:13:20 GMT`. The week's day is
    /// not looked at.
    #[must_use]
    pub fn parse_http(text: &str) -> Option<Self> {
        let (_, date) = text.trim().split_once(", ")?;
        let (day, rest) = number(date, 2)?;
        let (name, rest) = rest.strip_prefix(' ')?.split_once(' ')?;
        let month = (1..).zip(MONTHS).find_map(|(month, known)| (known == name).then_some(month))?;
        let (year, rest) = number(rest, 4)?;
        let (clock, rest) = clock(rest.strip_prefix(' ')?)?;
        (rest == " GMT").then_some(Self(midnight(year, month, day)? + clock))
    }

    /// RFC 3339 in UTC to the second, such as `2026-11-22T20:27:43Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let seconds = self.0.clamp(FIRST_PRINTABLE, LAST_PRINTABLE);
        let (year, month, day) = date(seconds.div_euclid(DAY));
        let second = seconds.rem_euclid(DAY);
        let mut text = String::with_capacity(20);
        for (number, digits, after) in [
            (year, 4, '-'),
            (month, 2, '-'),
            (day, 2, 'T'),
            (second / 3600, 2, ':'),
            (second / 60 % 60, 2, ':'),
            (second % 60, 2, 'Z'),
        ] {
            for place in (0..digits).rev() {
                let digit = u32::try_from(number / 10_i64.pow(place) % 10).unwrap_or_default();
                text.extend(char::from_digit(digit, 10));
            }
            text.push(after);
        }
        text
    }
}

/// A number of so many digits, and what comes after it.
fn number(text: &str, digits: usize) -> Option<(i64, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    let value = number
        .bytes()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))?;
    Some((value, rest))
}

/// Seconds of `hh:mm:ss`, and what comes after it. A leap second is one.
fn clock(text: &str) -> Option<(i64, &str)> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = number(rest.strip_prefix(':')?, 2)?;
    (hour < 24 && minute < 60 && second <= 60).then_some((hour * 3600 + minute * 60 + second, rest))
}

/// Seconds east of UTC; nothing means UTC.
fn zone(text: &str) -> Option<i64> {
    if matches!(text, "" | "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hour, rest) = number(rest, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    (hour < 24 && minute < 60 && rest.is_empty()).then_some(sign * (hour * 3600 + minute * 60))
}

/// Epoch seconds at the beginning of a day, if there is such a day.
fn midnight(year: i64, month: i64, day: i64) -> Option<i64> {
    // Counted from March on, the leap day is the last of its year, and five months are always 153 days.
    let (years, months) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let days = years * 365 + leap_days + (months * 153 + 2) / 5 + day - 1 - DAYS_TO_1970;
    (date(days) == (year, month, day)).then_some(days * DAY)
}

/// Year, month and day of a day counted from 1970-01-01: the reverse of [`midnight`].
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    let (era, day) = (days.div_euclid(DAYS_OF_400_YEARS), days.rem_euclid(DAYS_OF_400_YEARS));
    // Without the leap days before it, every year has 365.
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    let month = (day * 5 + 2) / 153;
    let day = day - (month * 153 + 2) / 5 + 1;
    let year = era * 400 + year;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Days from 0000-03-01 to 1970-01-01 in the Gregorian calendar.
const DAYS_TO_1970: i64 = 719_468;

/// After so many days the calendar repeats itself.
const DAYS_OF_400_YEARS: i64 = 146_097;

/// The months as HTTP writes them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// 0000-01-01T00:00:00Z, the first second RFC 3339 can write.
const FIRST_PRINTABLE: i64 = -62_167_219_200;

/// 9999-12-31T23:59:59Z, the last one.
const LAST_PRINTABLE: i64 = 253_402_300_799;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

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

    #[test]
    fn what_is_no_day_or_no_time_of_day_is_refused() {
        for text in [
            "2026-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-00-10T00:00:00Z",
            "2026-13-10T00:00:00Z",
            "2026-09-00T00:00:00Z",
            "2026-09-21T24:00:00Z",
            "2026-09-21T14:60:20Z",
            "2026-09-21T14:13:61Z",
            "2026-09-21T14:13:20.Z",
            "2026-09-21T14:13:20+2:00",
            "2026-09-21T14:13:20+02:60",
            "2026-09-21T14:13:20ZZ",
            "2026-09-21T14:13:20\u{e9}",
            "2026-09-21",
            "26-09-21T14:13:20Z",
            "+026-09-21T14:13:20Z",
        ] {
            assert_eq!(UnixTime::parse_xs(text), None, "{text}");
        }
        assert!(UnixTime::parse_xs("2000-02-29T00:00:00Z").is_some());
        assert!(UnixTime::parse_xs("2016-12-31T23:59:60Z").is_some());
    }

    proptest! {
        #[test]
        fn every_second_prints_and_reads_as_the_time_crate_has_it(seconds in FIRST_PRINTABLE..=LAST_PRINTABLE) {
            let printed = UnixTime(seconds).rfc3339();
            let expected = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            prop_assert_eq!(&printed, &expected.format(&Rfc3339).unwrap());
            prop_assert_eq!(UnixTime::parse_xs(&printed), Some(UnixTime(seconds)));
        }

        #[test]
        fn any_text_is_read_as_the_time_crate_reads_it(
            text in "[0-2][0-9]{3}-[01][0-9]-[0-3][0-9][Tt][0-2][0-9]:[0-6][0-9]:[0-5][0-9](\\.[0-9]{0,9})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])"
        ) {
            let expected = OffsetDateTime::parse(&text, &Rfc3339).ok().map(|time| UnixTime(time.unix_timestamp()));
            prop_assert_eq!(UnixTime::parse_xs(&text), expected);
        }

        #[test]
        fn no_text_stops_the_reading(text in "\\PC{0,30}") {
            let _ = (UnixTime::parse_xs(&text), UnixTime::parse_http(&text));
        }
    }
}
