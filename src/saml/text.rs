//! Character data by the rules of XML 1.0: line ends (2.11), attribute values (3.3.3), references (4.1, 4.6),
//! characters (2.2). Text that needs no change is borrowed.

use std::borrow::Cow;

use super::SamlError;

/// Refuses characters that XML 1.0 forbids (2.2); surrogates cannot occur in a `str`. Says whether there is a carriage return.
pub(super) fn check_characters(text: &str) -> Result<bool, SamlError> {
    if !has_control(text.as_bytes()) {
        return Ok(false);
    }
    if is_suspicious(text.as_bytes())
        && let Some(character) = text.chars().find(|character| !is_allowed(*character))
    {
        return Err(SamlError::ForbiddenCharacter { character });
    }
    Ok(memchr::memchr(b'\r', text.as_bytes()).is_some())
}

/// What most texts get by with: whether a control character, white space among them, or the first byte of U+FFFE and U+FFFF is
/// among these bytes.
fn has_control(bytes: &[u8]) -> bool {
    bytes.iter().fold(0_u8, |marks, byte| marks | u8::from(*byte < b' ') | u8::from(*byte == 0xef)) != 0
}

/// Whether a forbidden character can begin among these bytes: a control character, or the first byte of U+FFFE and U+FFFF.
/// Looks at all of them without a branch, so that many are looked at in one step.
fn is_suspicious(bytes: &[u8]) -> bool {
    let marks = bytes.iter().fold(0_u8, |marks, byte| {
        let is_white_space = (*byte == b'\t') | (*byte == b'\r') | (*byte == b'\n');
        marks | u8::from(*byte == 0xef) | u8::from((*byte < b' ') & !is_white_space)
    });
    marks != 0
}

/// `\r\n` and a lone `\r` as `\n`.
pub(super) fn line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// An attribute's value: references resolved, white space as spaces. `None` when `<` or a bare `&` stands in it.
pub(super) fn attribute_value(raw: &str) -> Result<Option<Cow<'_, str>>, SamlError> {
    let special = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b'&' | b'<');
    let mut rest = raw;
    let mut value = String::new();
    while let Some(at) = rest.as_bytes().iter().position(special) {
        if value.capacity() == 0 {
            value.reserve(raw.len());
        }
        let (before, from) = rest.split_at(at);
        value.push_str(before);
        let after = from.get(1..).unwrap_or_default();
        rest = match from.as_bytes().first() {
            Some(b'&') => {
                let Some((name, after)) = after.split_once(';') else { return Ok(None) };
                value.push(reference(name)?);
                after
            }
            Some(b'\r') => {
                value.push(' ');
                after.strip_prefix('\n').unwrap_or(after)
            }
            Some(b'<') | None => return Ok(None),
            Some(_) => {
                value.push(' ');
                after
            }
        };
    }
    if value.capacity() == 0 {
        return Ok(Some(Cow::Borrowed(raw)));
    }
    value.push_str(rest);
    Ok(Some(Cow::Owned(value)))
}

/// The character of a reference, given the text between `&` and `;`.
pub(super) fn reference(name: &str) -> Result<char, SamlError> {
    match name {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => {}
    }
    let digits = name.strip_prefix('#').ok_or(SamlError::UndefinedEntity)?;
    let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |digits| (digits, 16));
    // `from_str_radix` takes a sign, XML does not.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, radix).ok().filter(|_| is_number);
    let character = number.and_then(char::from_u32).filter(|character| is_allowed(*character));
    character.ok_or(SamlError::BadCharacterReference)
}

/// Appends `text`, where `reference` gives what is written for a byte, if anything other than itself. Only the bytes that XML ever
/// writes as references are asked for: `&`, `<`, `>`, `"` and white space but the space.
pub fn push_escaped(out: &mut String, text: &str, reference: fn(u8) -> &'static str) {
    // Most text has nothing to escape; without a branch many bytes are looked at in one step.
    if text.bytes().fold(0_u8, |marks, byte| marks | u8::from(may_be_special(byte))) == 0 {
        out.push_str(text);
        return;
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_special) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (special, after) = from.split_at(1);
        let reference = special.bytes().next().map_or("", reference);
        out.push_str(if reference.is_empty() { special } else { reference });
        rest = after;
    }
    out.push_str(rest);
}

/// [`is_special`] in fewer steps, with all control characters.
fn may_be_special(byte: u8) -> bool {
    (byte < b' ') | (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"')
}

fn is_special(byte: u8) -> bool {
    (byte == b'&')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'"')
        | (byte == b'\t')
        | (byte == b'\n')
        | (byte == b'\r')
}

/// Whether the text is white space of XML (2.3) only.
pub fn is_blank(text: &str) -> bool {
    text.bytes().all(is_white_space)
}

/// The text without white space of XML around it, as `xs:anyURI` is read (XML Schema part 2, 4.3.6).
pub fn trim(text: &str) -> &str {
    text.trim_matches(|character| matches!(character, ' ' | '\t' | '\r' | '\n'))
}

fn is_white_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\0'..'\u{20}' => false,
        character => !NONCHARACTERS.contains(&character),
    }
}

const NONCHARACTERS: [char; 2] = ['\u{fffe}', '\u{ffff}'];

#[cfg(test)]
mod tests {
    use super::*;

    fn value(raw: &str) -> String {
        attribute_value(raw).unwrap().unwrap().into_owned()
    }

    #[test]
    fn white_space_in_an_attribute_is_spaces_but_a_reference_to_it_stays() {
        assert_eq!(value("a\tb\nc\r\nd\re"), "a b c d e");
        assert_eq!(value("a&#9;b&#10;c&#13;&#10;d"), "a\tb\nc\r\nd");
        assert_eq!(value("&amp;#10;&amp;lt;"), "&#10;&lt;");
    }

    #[test]
    fn a_value_without_anything_special_is_borrowed() {
        assert!(matches!(attribute_value("José %26 +"), Ok(Some(Cow::Borrowed("José %26 +")))));
        assert!(matches!(line_ends("a\nb"), Cow::Borrowed("a\nb")));
    }

    #[test]
    fn a_bare_ampersand_or_a_tag_in_an_attribute_is_not_xml() {
        assert_eq!(attribute_value("a & b"), Ok(None));
        assert_eq!(attribute_value("a < b"), Ok(None));
    }

    #[test]
    fn references_resolve_to_one_character() {
        for (name, character) in
            [("amp", '&'), ("apos", '\''), ("#233", 'é'), ("#xe9", 'é'), ("#x1F511", '🔑')]
        {
            assert_eq!(reference(name), Ok(character), "{name}");
        }
    }

    #[test]
    fn references_to_nothing_are_refused() {
        for name in [
            "#0",
            "#x0",
            "#xD800",
            "#xFFFE",
            "#x110000",
            "#99999999999",
            "#",
            "#x",
            "#+65",
            "#-1",
            "#xg",
            "#X41",
        ] {
            assert_eq!(reference(name), Err(SamlError::BadCharacterReference), "{name}");
        }
        for name in ["", "eacute", "AMP", "lol9", " amp", "%pe"] {
            assert_eq!(reference(name), Err(SamlError::UndefinedEntity), "{name}");
        }
    }

    #[test]
    fn line_ends_become_line_feeds() {
        assert_eq!(line_ends("a\r\nb\rc\n\rd"), "a\nb\nc\n\nd");
    }

    #[test]
    fn forbidden_characters_are_found_wherever_they_stand() {
        for character in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            let text = format!("<a>é\t\r\n{character}</a>");
            assert_eq!(check_characters(&text), Err(SamlError::ForbiddenCharacter { character }));
        }
        for at in 0..24 {
            let text = |character| format!("{}{character}{}", "x".repeat(at), "\u{ef}".repeat(24 - at));
            for character in ['\u{1f}', '\u{ffff}'] {
                assert_eq!(
                    check_characters(&text(character)),
                    Err(SamlError::ForbiddenCharacter { character })
                );
            }
            assert_eq!(check_characters(&text('\u{fffd}')), Ok(false));
        }
        assert_eq!(check_characters("<a>\u{7f}\u{85}\u{fffd}\u{10ffff}</a>"), Ok(false));
        assert_eq!(check_characters("<a>\t\n</a>"), Ok(false));
        assert_eq!(check_characters("<a>\r\n</a>"), Ok(true));
    }
}
