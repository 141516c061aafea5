//! JSON for the browser: without white space and without a character outside ASCII, which it decodes many times faster.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::SignIn;

/// The text of a sign-in, compiled for speed.
#[must_use]
pub fn write_sign_in(sign_in: &SignIn) -> Option<String> {
    write(sign_in)
}

/// The text of anything that has one.
pub fn write<T: Serialize>(value: &T) -> Option<String> {
    let mut text = Vec::with_capacity(1024);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut text, Ascii)).ok()?;
    String::from_utf8(text).ok()
}

struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() {
            return writer.write_all(fragment.as_bytes());
        }
        let mut units = [0; 2];
        for character in fragment.chars() {
            if character.is_ascii() {
                write!(writer, "{character}")?;
                continue;
            }
            for unit in character.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}
