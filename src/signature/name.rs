//! Distinguished names to text, the way RFC 4514 writes them: the last part first, `CN=Example\, Inc.,O=Example,C=US`.

use super::der::{Der, OBJECT_IDENTIFIER, SEQUENCE, SET, Value};

/// The text of a `Name`, given what is in its SEQUENCE.
pub(super) fn text(mut name: Der<'_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    while !name.is_at_end() {
        let mut set = name.inside(SET)?;
        let mut part = String::new();
        while !set.is_at_end() {
            let mut pair = set.inside(SEQUENCE)?;
            if !part.is_empty() {
                part.push('+');
            }
            push_attribute(&mut part, pair.content(OBJECT_IDENTIFIER)?, pair.any()?);
        }
        parts.push(part);
    }
    let mut text = String::new();
    for part in parts.iter().rev() {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(part);
    }
    Some(text)
}

fn push_attribute(out: &mut String, kind: &[u8], value: Value<'_>) {
    let known = KINDS.iter().find(|(identifier, _)| *identifier == kind);
    match known {
        Some((_, name)) => out.push_str(name),
        None => push_identifier(out, kind),
    }
    out.push('=');
    match string(value).filter(|_| known.is_some()) {
        Some(text) => push_escaped(out, &text),
        None => {
            out.push('#');
            push_hex(out, value.whole);
        }
    }
}

/// The text of a string value. T61 is read as Latin-1, which is what certificates that use it hold.
fn string(value: Value<'_>) -> Option<String> {
    let bytes = value.content;
    Some(match value.tag {
        UTF8 | PRINTABLE | IA5 | NUMERIC | VISIBLE => String::from_utf8_lossy(bytes).into_owned(),
        T61 => wide(bytes, 1),
        BMP => wide(bytes, 2),
        UNIVERSAL => wide(bytes, 4),
        _ => return None,
    })
}

/// Characters of a fixed number of bytes each.
fn wide(bytes: &[u8], width: usize) -> String {
    let mut text = String::new();
    for unit in bytes.chunks(width) {
        let number = unit.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let character = char::from_u32(number).filter(|_| unit.len() == width);
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

/// RFC 4514, 2.4; control characters as the hexadecimal of their bytes.
fn push_escaped(out: &mut String, text: &str) {
    for (at, character) in text.char_indices() {
        let is_edge = at == 0 || at.saturating_add(1) == text.len();
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.push('\\'),
            ' ' if is_edge => out.push('\\'),
            '#' if at == 0 => out.push('\\'),
            control if control.is_control() => {
                for byte in control.encode_utf8(&mut [0; 4]).bytes() {
                    out.push('\\');
                    push_hex(out, &[byte]);
                }
                continue;
            }
            _ => {}
        }
        out.push(character);
    }
}

/// Hexadecimal in capitals.
pub(super) fn push_hex(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            let first = if digit < 10 { b'0' } else { b'A' - 10 };
            out.push(char::from(first.saturating_add(digit)));
        }
    }
}

/// An object identifier in dotted form (X.690, 8.19).
fn push_identifier(out: &mut String, identifier: &[u8]) {
    let mut number: u32 = 0;
    let mut is_first = true;
    for byte in identifier {
        number = number.checked_mul(128).unwrap_or(0).saturating_add(u32::from(byte & 0x7f));
        if *byte >= 0x80 {
            continue;
        }
        if is_first {
            let root = (number / 40).min(2);
            out.push_str(&root.to_string());
            number = number.saturating_sub(root.saturating_mul(40));
        }
        out.push('.');
        out.push_str(&number.to_string());
        (number, is_first) = (0, false);
    }
}

/// The attribute types that have a short name, by identifier.
const KINDS: [(&[u8], &str); 11] = [
    (&[0x55, 4, 3], "CN"),
    (&[0x55, 4, 10], "O"),
    (&[0x55, 4, 11], "OU"),
    (&[0x55, 4, 6], "C"),
    (&[0x55, 4, 7], "L"),
    (&[0x55, 4, 8], "ST"),
    (&[0x55, 4, 9], "STREET"),
    (&[0x55, 4, 5], "serialNumber"),
    // 0.9.2342.19200300.100.1.25 and .1
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], "UID"),
    // 1.2.840.113549.1.9.1, emailAddress
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01], "E"),
];

const UTF8: u8 = 0x0c;
const NUMERIC: u8 = 0x12;
const PRINTABLE: u8 = 0x13;
const T61: u8 = 0x14;
const IA5: u8 = 0x16;
const VISIBLE: u8 = 0x1a;
const UNIVERSAL: u8 = 0x1c;
const BMP: u8 = 0x1e;

#[cfg(test)]
mod tests {
    use super::super::der::write;
    use super::*;

    fn of(values: &[(&[u8], u8, &[u8])]) -> String {
        let parts: Vec<Vec<u8>> = values
            .iter()
            .map(|(kind, tag, value)| {
                let pair = [write(OBJECT_IDENTIFIER, &[kind]), write(*tag, &[value])].concat();
                write(SET, &[&write(SEQUENCE, &[&pair])])
            })
            .collect();
        text(Der::new(&parts.concat())).unwrap()
    }

    const CN: &[u8] = &[0x55, 4, 3];

    #[test]
    fn the_last_part_comes_first() {
        assert_eq!(
            of(&[(&[0x55, 4, 6], PRINTABLE, b"US"), (&[0x55, 4, 10], UTF8, b"Example"), (CN, UTF8, b"idp")]),
            "CN=idp,O=Example,C=US"
        );
    }

    #[test]
    fn what_would_be_read_as_syntax_is_escaped() {
        assert_eq!(of(&[(CN, UTF8, b" a,b+c\"d\\e;f<g> ")]), "CN=\\ a\\,b\\+c\\\"d\\\\e\\;f\\<g\\>\\ ");
        assert_eq!(of(&[(CN, UTF8, b"#a\nb")]), "CN=\\#a\\0Ab");
    }

    #[test]
    fn old_kinds_of_strings_are_read() {
        assert_eq!(of(&[(CN, T61, b"Jos\xe9")]), "CN=José");
        assert_eq!(of(&[(CN, BMP, &[0, b'J', 0, 0xe9, 0x20, 0xac])]), "CN=Jé€");
        assert_eq!(of(&[(CN, BMP, &[0, b'J', 0])]), "CN=J\u{fffd}");
        assert_eq!(of(&[(CN, UNIVERSAL, &[0, 0, 0, b'J'])]), "CN=J");
        assert_eq!(of(&[(CN, UTF8, b"a\xff")]), "CN=a\u{fffd}");
    }

    #[test]
    fn other_types_are_dotted_and_their_values_hexadecimal() {
        assert_eq!(of(&[(&[0x2a, 0x86, 0x48, 0xce, 0x3d], UTF8, b"x")]), "1.2.840.10045=#0C0178");
        assert_eq!(of(&[(CN, 0x04, b"x")]), "CN=#040178");
    }
}
