//! One value of a policy against one value of a request, by the rules of the operator's family (IAM User Guide, "IAM JSON
//! policy elements: Condition operators"). A value that is not of the family's kind matches nothing.

use core::net::IpAddr;

use super::context::Context;
use super::operator::{Comparison, Test};
use super::pattern::{Budget, Glyph, Unresolved, expand, matches};
use crate::octets::from_base64;
use crate::time::UnixTime;

/// A policy's value, read once for all values of the request.
#[derive(Debug)]
pub(super) enum Wanted {
    /// A pattern for the whole value; in lower case when case is ignored.
    Pattern {
        glyphs: Vec<Glyph>,
        ignore_case: bool,
    },
    /// One pattern for each of the six parts of an ARN.
    Arn(Vec<Vec<Glyph>>),
    Number(Comparison, f64),
    /// In epoch seconds.
    Date(Comparison, i64),
    Bool(bool),
    Bytes(Vec<u8>),
    Network(IpAddr, u32),
    /// Not a value of that kind.
    Nothing,
}

/// Reads a value of the policy. `context` is what variables are replaced from, if the policy has them.
pub(super) fn read(
    test: Test,
    text: &str,
    context: Option<&Context>,
    budget: &mut Budget,
) -> Result<Wanted, Unresolved> {
    let wanted = match test {
        Test::StringEquals => {
            Some(Wanted::Pattern { glyphs: expand(text, false, context, budget)?, ignore_case: false })
        }
        Test::StringLike => {
            Some(Wanted::Pattern { glyphs: expand(text, true, context, budget)?, ignore_case: false })
        }
        Test::StringEqualsIgnoreCase => {
            let glyphs = expand(text, false, context, budget)?;
            Some(Wanted::Pattern { glyphs: glyphs.into_iter().flat_map(lower).collect(), ignore_case: true })
        }
        Test::Arn => Some(Wanted::Arn(parts(&expand(text, true, context, budget)?))),
        Test::Bool => {
            let glyphs = expand(text, false, context, budget)?;
            truth(&glyphs.into_iter().filter_map(character).collect::<String>()).map(Wanted::Bool)
        }
        Test::Numeric(comparison) => number(text).map(|number| Wanted::Number(comparison, number)),
        Test::Date(comparison) => date(text).map(|date| Wanted::Date(comparison, date)),
        Test::Binary => from_base64(text.as_bytes()).map(Wanted::Bytes),
        Test::IpAddress => network(text).map(|(address, prefix)| Wanted::Network(address, prefix)),
        // Judged by whether the key is there, not by its values.
        Test::Null => truth(text).map(Wanted::Bool),
    };
    Ok(wanted.unwrap_or(Wanted::Nothing))
}

/// Whether a value of the request matches; `None` when the budget ends before it is known.
pub(super) fn passes(wanted: &Wanted, value: &str, budget: &mut Budget) -> Option<bool> {
    if !budget.charge(value.len().saturating_add(1)) {
        return None;
    }
    match wanted {
        Wanted::Pattern { glyphs, ignore_case } => {
            let value: Vec<char> = if *ignore_case {
                value.chars().flat_map(char::to_lowercase).collect()
            } else {
                value.chars().collect()
            };
            matches(glyphs, &value, budget)
        }
        Wanted::Arn(patterns) => {
            let fields: Vec<&str> = value.splitn(ARN_PARTS, ':').collect();
            if fields.first() != Some(&"arn") || fields.len() != ARN_PARTS {
                return Some(false);
            }
            if let [only] = patterns.as_slice() {
                return Some(only.as_slice() == [Glyph::AnyMany]);
            }
            if patterns.len() != ARN_PARTS {
                return Some(false);
            }
            for (pattern, field) in patterns.iter().zip(fields) {
                if !matches(pattern, &field.chars().collect::<Vec<_>>(), budget)? {
                    return Some(false);
                }
            }
            Some(true)
        }
        Wanted::Number(comparison, wanted) => {
            Some(number(value).is_some_and(|value| compared(*comparison, value.partial_cmp(wanted))))
        }
        Wanted::Date(comparison, wanted) => {
            Some(date(value).is_some_and(|value| compared(*comparison, Some(value.cmp(wanted)))))
        }
        Wanted::Bool(wanted) => Some(truth(value) == Some(*wanted)),
        Wanted::Bytes(wanted) => Some(value.as_bytes() == wanted),
        Wanted::Network(address, prefix) => {
            Some(value.parse().is_ok_and(|value: IpAddr| is_in(value, *address, *prefix)))
        }
        Wanted::Nothing => Some(false),
    }
}

fn compared(comparison: Comparison, ordering: Option<core::cmp::Ordering>) -> bool {
    ordering.is_some_and(|ordering| match comparison {
        Comparison::Equals => ordering.is_eq(),
        Comparison::LessThan => ordering.is_lt(),
        Comparison::LessThanEquals => ordering.is_le(),
        Comparison::GreaterThan => ordering.is_gt(),
        Comparison::GreaterThanEquals => ordering.is_ge(),
    })
}

fn lower(glyph: Glyph) -> Vec<Glyph> {
    match glyph {
        Glyph::One(c) => c.to_lowercase().map(Glyph::One).collect(),
        other => vec![other],
    }
}

fn character(glyph: Glyph) -> Option<char> {
    match glyph {
        Glyph::One(c) => Some(c),
        Glyph::AnyOne | Glyph::AnyMany => None,
    }
}

/// The parts between the first five colons. A wildcard never reaches over one.
fn parts(glyphs: &[Glyph]) -> Vec<Vec<Glyph>> {
    glyphs.splitn(ARN_PARTS, |glyph| *glyph == Glyph::One(':')).map(<[Glyph]>::to_vec).collect()
}

/// An integer or a decimal number.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_decimal = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_decimal { text.parse().ok() } else { None }
}

/// Epoch seconds, or one of the W3C's forms of ISO 8601: a year, a month, a day, or a day with a time and a zone.
pub(super) fn date(text: &str) -> Option<i64> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() > 4 && is_number(text.strip_prefix('-').unwrap_or(text)) {
        return text.parse().ok();
    }
    let full = match text.len() {
        4 => [text, "-01-01T00:00:00Z"].concat(),
        7 => [text, "-01T00:00:00Z"].concat(),
        10 => [text, "T00:00:00Z"].concat(),
        // Hours and minutes without seconds: `2026-11-24T10:00Z`.
        _ => match (text.get(..16), text.get(16..)) {
            (Some(minutes), Some(zone)) if zone.starts_with(['Z', '+', '-']) => {
                [minutes, ":00", zone].concat()
            }
            _ => text.to_owned(),
        },
    };
    UnixTime::parse_xs(&full).map(UnixTime::seconds)
}

fn truth(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// An address with the length of its prefix; the whole address when there is none.
fn network(text: &str) -> Option<(IpAddr, u32)> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let bits = if address.is_ipv4() { 32 } else { 128 };
    let prefix = match prefix {
        None => bits,
        Some(prefix) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => prefix.parse().ok()?,
        Some(_) => return None,
    };
    (prefix <= bits).then_some((address, prefix))
}

fn is_in(value: IpAddr, network: IpAddr, prefix: u32) -> bool {
    match (value, network) {
        (IpAddr::V4(value), IpAddr::V4(network)) => {
            let mask = u32::MAX.checked_shl(32_u32.saturating_sub(prefix)).unwrap_or(0);
            value.to_bits() & mask == network.to_bits() & mask
        }
        (IpAddr::V6(value), IpAddr::V6(network)) => {
            let mask = u128::MAX.checked_shl(128_u32.saturating_sub(prefix)).unwrap_or(0);
            value.to_bits() & mask == network.to_bits() & mask
        }
        _ => false,
    }
}

/// Whether a value can be one of the test's kind. Variables are not looked into.
pub(super) fn is_of_kind(test: Test, text: &str) -> bool {
    match test {
        Test::Numeric(_) => number(text).is_some(),
        Test::Date(_) => date(text).is_some(),
        Test::Bool => truth(text).is_some() || text.contains("${"),
        Test::Null => truth(text).is_some(),
        Test::Binary => from_base64(text.as_bytes()).is_some(),
        Test::IpAddress => network(text).is_some(),
        Test::Arn => {
            text == "*"
                || (text.starts_with("arn:") && text.split(':').count() >= ARN_PARTS)
                || text.contains("${")
        }
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => true,
    }
}

const ARN_PARTS: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn is(test: Test, wanted: &str, value: &str) -> bool {
        let mut budget = Budget::new();
        let wanted = read(test, wanted, None, &mut budget).unwrap();
        passes(&wanted, value, &mut budget).unwrap()
    }

    #[test]
    fn addresses_are_compared_by_their_prefix() {
        for (network, address, expected) in [
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:ffff::1", true),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", false),
            ("::/0", "203.0.113.7", false),
            ("203.0.113.0/33", "203.0.113.0", false),
            ("203.0.113.0/", "203.0.113.0", false),
            ("203.0.113.0/+8", "203.0.113.0", false),
            ("10.0.0.0/8", "10.x", false),
        ] {
            assert_eq!(is(Test::IpAddress, network, address), expected, "{network} {address}");
        }
    }

    #[test]
    fn each_part_of_an_arn_is_matched_alone() {
        // The example of the guide: a string operator would match, an ARN operator does not.
        let pattern = "arn:aws:someservice:*:111122223333:finance/*";
        let value = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
        assert!(is(Test::StringLike, pattern, value) && !is(Test::Arn, pattern, value));
        assert!(is(Test::Arn, pattern, "arn:aws:someservice:us-east-2:111122223333:finance/a:b"));
        assert!(is(Test::Arn, "*", "arn:aws:iam::111122223333:role/Dev"));
        assert!(!is(Test::Arn, "arn:*", "arn:aws:iam::111122223333:role/Dev"));
        assert!(!is(Test::Arn, "*", "not an arn"));
    }

    #[test]
    fn dates_are_read_in_every_form_of_the_w3c_and_as_epoch_seconds() {
        for text in [
            "2026",
            "2026-01",
            "2026-01-01",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00.5+01:00",
            "1767225600",
        ] {
            assert_eq!(date(text), Some(1_767_225_600), "{text}");
        }
        for text in ["", "26", "tomorrow", "2026-13-01", "2026-01-01T25:00:00Z", "20é6-01-01T00:00Z"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
