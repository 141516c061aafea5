//! Why a text could not be written.

use super::Format;

/// A value that a destination cannot hold as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportError {
    /// The destination.
    pub format: Format,
    /// The name of the value in that destination, such as `AWS_SESSION_TOKEN`; never the value.
    pub variable: &'static str,
    /// What it is about the value.
    pub why: Unheld,
}

/// What a destination cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheld {
    /// A control character: it would act on the terminal it is pasted into, or end the line.
    ControlCharacter,
    /// A character that means something to the reader and cannot be escaped.
    Character(char),
    /// White space at the beginning or the end, which the reader takes off.
    SpaceAtEdge,
    /// No character at all, which the reader takes as "not set".
    Empty,
    /// A line longer than the reader takes.
    TooLong,
}

impl ExportError {
    /// Every code, for the test that holds them against the messages.
    pub const CODES: &'static [&'static str] = &[
        "export.control_character",
        "export.character",
        "export.space_at_edge",
        "export.empty",
        "export.too_long",
    ];

    /// The stable code, such as `export.control_character`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.why {
            Unheld::ControlCharacter => "export.control_character",
            Unheld::Character(_) => "export.character",
            Unheld::SpaceAtEdge => "export.space_at_edge",
            Unheld::Empty => "export.empty",
            Unheld::TooLong => "export.too_long",
        }
    }

    /// The values for the message's placeholders: the format's name, the variable's, and the character if one is
    /// the reason.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        let mut args = vec![self.format.name().to_owned(), self.variable.to_owned()];
        if let Unheld::Character(character) = self.why {
            args.push(character.to_string());
        }
        args
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that this file answers, read from the file itself.
    fn answered() -> Vec<&'static str> {
        let source = include_str!("error.rs").split("#[cfg(test)]").next().unwrap();
        let codes = source.split("=> \"export.").skip(1).map(|rest| rest.split('"').next().unwrap());
        codes.collect()
    }

    #[test]
    fn the_list_of_codes_is_complete_and_each_is_there_once() {
        let listed: Vec<_> =
            ExportError::CODES.iter().map(|code| code.strip_prefix("export.").unwrap()).collect();
        assert_eq!(listed, answered());
        let unique: std::collections::HashSet<_> = listed.iter().collect();
        assert_eq!(unique.len(), listed.len());
    }
}
