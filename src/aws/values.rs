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

/// Keys of tags and names of attributes in one case, for what differs in nothing else: Latin, Greek, Cyrillic and Armenian letters.
/// The standard library knows all others, in a table that was a thirtieth of the wasm.
pub(super) fn lower_case(text: &str) -> String {
    text.chars().map(lower).collect()
}

fn lower(c: char) -> char {
    let code = u32::from(c);
    let is_even = code.is_multiple_of(2);
    let distance = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => 32,
        0x386 => 38,
        0x388..=0x38a => 37,
        0x38c => 64,
        0x38e..=0x38f => 63,
        0x400..=0x40f => 80,
        0x531..=0x556 => 48,
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 if is_even => 1,
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f | 0x1e00..=0x1e95 | 0x1ea0..=0x1eff if is_even => 1,
        0x139..=0x148 | 0x179..=0x17e if !is_even => 1,
        _ => 0,
    };
    char::from_u32(code.saturating_add(distance)).unwrap_or(c)
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
    fn letters_of_european_scripts_are_lowered_as_unicode_says() {
        let scripts = ['\0'..='\u{12f}', '\u{132}'..='\u{177}', '\u{179}'..='\u{17f}', '\u{386}'..='\u{3ce}']
            .into_iter()
            .chain([
                '\u{400}'..='\u{4bf}',
                '\u{4d0}'..='\u{587}',
                '\u{1e00}'..='\u{1e9d}',
                '\u{1ea0}'..='\u{1eff}',
            ]);
        for c in scripts.flatten() {
            assert_eq!(lower_case(&c.to_string()), c.to_lowercase().to_string(), "{c}");
        }
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
