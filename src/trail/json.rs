//! JSON of an event, with two spaces for each level, as the console shows it.

/// A value of an event.
pub(super) enum Json {
    Text(String),
    List(Vec<String>),
    /// Members without a value are left out.
    Map(Vec<(String, Option<Json>)>),
}

impl Json {
    pub(super) fn text(text: &str) -> Option<Self> {
        Some(Self::Text(text.to_owned()))
    }

    /// An object of members that the event itself names.
    pub(super) fn map<const N: usize>(members: [(&str, Option<Self>); N]) -> Option<Self> {
        Some(Self::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
    }

    /// The text of it.
    pub(super) fn write(&self) -> String {
        let mut out = String::new();
        self.push(&mut out, 0);
        out
    }

    fn push(&self, out: &mut String, depth: usize) {
        match self {
            Self::Text(text) => push_string(out, text),
            Self::List(texts) => {
                out.push('[');
                for (at, text) in texts.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    push_string(out, text);
                }
                out.push(']');
            }
            Self::Map(members) => {
                out.push('{');
                let mut separator = "";
                for (name, value) in members {
                    let Some(value) = value else { continue };
                    out.push_str(separator);
                    push_line(out, depth + 1);
                    push_string(out, name);
                    out.push_str(": ");
                    value.push(out, depth + 1);
                    separator = ",";
                }
                push_line(out, depth);
                out.push('}');
            }
        }
    }
}

fn push_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A string of JSON (RFC 8259, 7).
pub(super) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            control if u32::from(control) < 0x20 => {
                out.push_str("\\u00");
                for digit in [u32::from(control) >> 4, u32::from(control) & 15] {
                    out.extend(char::from_digit(digit, 16));
                }
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
