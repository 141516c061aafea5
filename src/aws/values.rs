//! The rules for single values: session name, source identity, duration, tag keys and values.

/// Whether AWS takes `text` as `RoleSessionName`: `[a-zA-Z_0-9+=,.@-]{2,64}` (IAM User Guide, "Configure SAML
/// assertions for the authentication response").
#[must_use]
pub fn is_session_name(text: &str) -> bool {
    (2..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))
}

/// Whether AWS takes `text` as `SourceIdentity`: as a session name, and not beginning with `aws:`.
///
/// The pattern has no colon, so the second rule follows from the first; AWS's message names both.
#[must_use]
pub fn is_source_identity(text: &str) -> bool {
    is_session_name(text)
}

/// `SessionDuration` in seconds: a whole number from 900 to 43200.
pub(super) fn session_duration(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: u32 = text.parse().ok().filter(|_| digits)?;
    (MIN_SESSION_SECONDS..=MAX_SESSION_SECONDS).contains(&seconds).then_some(seconds)
}

/// Whether AWS takes `key` as a session tag's key: 1-128 of `[\p{L}\p{Z}\p{N}_.:/=+\-@]` (STS API, `tagKeyType`).
pub(super) fn is_tag_key(key: &str) -> bool {
    (1..=128).contains(&key.chars().count()) && key.chars().all(is_tag_character)
}

/// Whether AWS takes `value` as a session tag's value: 0-256 of the same characters (STS API, `tagValueType`).
pub(super) fn is_tag_value(value: &str) -> bool {
    value.chars().count() <= 256 && value.chars().all(is_tag_character)
}

/// Letters, digits and separators of any script. `\p{Z}` is white space without control characters.
fn is_tag_character(c: char) -> bool {
    c.is_alphanumeric() || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
}

/// The shortest session that STS gives, in seconds.
pub const MIN_SESSION_SECONDS: u32 = 900;

/// The longest session that STS gives, in seconds: twelve hours.
pub const MAX_SESSION_SECONDS: u32 = 43_200;

/// Session tags that STS takes (STS API, `Tags`).
pub(super) const MAX_TAGS: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn session_names_follow_the_pattern() {
        for name in ["ada@example.com", "ab", "a_b+c=d,e.f-9", &"x".repeat(64)] {
            assert!(is_session_name(name), "{name}");
        }
        for name in ["", "a", "Ada Lovelace", "ada#EXT#@example.com", "zoë", &"x".repeat(65)] {
            assert!(!is_session_name(name), "{name}");
        }
    }

    #[test]
    fn a_source_identity_does_not_begin_with_aws_colon() {
        assert!(is_source_identity("ada@example.com"));
        assert!(!is_source_identity("aws:ada"));
    }

    #[test]
    fn durations_are_whole_seconds_in_range() {
        assert_eq!(session_duration("900"), Some(900));
        assert_eq!(session_duration("43200"), Some(43_200));
        for text in ["", "899", "43201", "+3600", "3600.0", "-1", "1h", "99999999999999999999", "٣٦٠٠"] {
            assert_eq!(session_duration(text), None, "{text}");
        }
    }

    #[test]
    fn tag_characters_are_those_of_sts() {
        assert!(is_tag_key("Cost Center") && is_tag_key("部門") && !is_tag_key("") && !is_tag_key("a*b"));
        assert!(
            is_tag_value("")
                && is_tag_value("ada@example.com")
                && !is_tag_value("a\nb")
                && !is_tag_value("<b>")
        );
        assert!(
            is_tag_key(&"ß".repeat(128)) && !is_tag_key(&"ß".repeat(129)) && !is_tag_value(&"x".repeat(257))
        );
    }
}
