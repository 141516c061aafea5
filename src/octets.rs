//! Bytes to text and back, base64 (RFC 4648, 4) and percent-escapes (RFC 3986, 2.1), and where one text stands in another.
//! Small rather than fast: what has to be fast, the decoding of base64, is the reading's.

pub use rolecall_reading::digits::decode as from_base64;

/// Base64 with padding.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
    for group in bytes.chunks(3) {
        let mut bits = 0;
        for place in 0..3 {
            bits = bits << 8 | usize::from(group.get(place).copied().unwrap_or_default());
        }
        for place in 0..4 {
            let digit = DIGITS.get(bits >> 18 & 63).filter(|_| place <= group.len());
            text.push(char::from(digit.copied().unwrap_or(b'=')));
            bits <<= 6;
        }
    }
    text
}

/// The bytes that a text with escapes stands for. A broken escape stays as it stands; a bare `+` becomes `plus`.
#[must_use]
pub fn unescaped(text: &[u8], plus: u8) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        bytes.push(match (byte, behind) {
            (b'+', _) => plus,
            (b'%', [high, low, behind @ ..]) => match (nibble(*high), nibble(*low)) {
                (Some(high), Some(low)) => {
                    rest = behind;
                    high << 4 | low
                }
                _ => b'%',
            },
            _ => *byte,
        });
    }
    bytes
}

/// Appends a text, escaped but for the unreserved characters of RFC 3986.
pub fn push_escaped(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
            continue;
        }
        out.push('%');
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
        }
    }
}

/// Where `part` first stands; nowhere if it is empty.
#[must_use]
pub fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = part.first()?;
    let mut from = 0_usize;
    loop {
        let rest = bytes.get(from..)?;
        let at = from.saturating_add(rest.iter().position(|byte| byte == first)?);
        if bytes.get(at..)?.starts_with(part) {
            return Some(at);
        }
        from = at.saturating_add(1);
    }
}

/// Whether `part` stands in a text. The search of the standard library for it is 3 KB of wasm.
#[must_use]
pub fn holds(text: &str, part: &str) -> bool {
    find(text.as_bytes(), part.as_bytes()).is_some()
}

/// What stands before and behind the first `part` of a text.
#[must_use]
pub fn split_at_part<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let (before, rest) = text.split_at_checked(find(text.as_bytes(), part.as_bytes())?)?;
    Some((before, rest.get(part.len()..)?))
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn broken_escapes_stay_and_a_plus_is_what_the_caller_says() {
        for (text, plain) in [
            (&b"a%2Bb%3d"[..], &b"a+b="[..]),
            (b"%", b"%"),
            (b"%2", b"%2"),
            (b"%zz%%41", b"%zz%A"),
            (b"1+2", b"1 2"),
            (b"%+1", b"% 1"),
        ] {
            assert_eq!(unescaped(text, b' '), plain);
        }
    }

    proptest! {
        #[test]
        fn a_text_is_parted_where_the_standard_library_parts_it(text in "[a:é/]{0,12}", part in "[a:é/]{1,3}") {
            prop_assert_eq!(split_at_part(&text, &part), text.split_once(&part));
            prop_assert_eq!(holds(&text, &part), text.contains(&part));
        }

        #[test]
        fn base64_is_that_of_the_crate(bytes in prop::collection::vec(any::<u8>(), 0..70)) {
            let text = base64(&bytes);
            prop_assert_eq!(&text, &BASE64_STANDARD.encode(&bytes));
            prop_assert_eq!(from_base64(text.as_bytes()).unwrap(), bytes);
        }

        #[test]
        fn what_is_escaped_is_read_back_by_another_reader(text in "\\PC{0,40}") {
            let mut escaped = String::new();
            push_escaped(&mut escaped, &text);
            prop_assert!(escaped.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert_eq!(unescaped(escaped.as_bytes(), b'+'), text.as_bytes());
            prop_assert_eq!(percent_encoding::percent_decode_str(&escaped).decode_utf8().unwrap(), text);
        }

        #[test]
        fn escapes_are_undone_as_the_crate_does(text in "[%+a0-9A-F]{0,20}") {
            let other: Vec<u8> = percent_encoding::percent_decode_str(&text).collect();
            prop_assert_eq!(unescaped(text.as_bytes(), b'+'), other);
        }
    }
}
