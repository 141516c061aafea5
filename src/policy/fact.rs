//! What there is to say about a policy: facts and reasons with a stable code and their arguments, never wording.

use core::ops::Not;

use serde::Serialize;

use crate::severity::Severity;

/// Where something stands in [`super::Check::text`]. Both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line; a line feed ends one.
    pub line: usize,
    /// The column in characters (Unicode scalar values), not in bytes.
    pub column: usize,
}

impl Position {
    /// The first character.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// Something about the text of a policy, and where it stands.
///
/// With severity `error` IAM would not take the policy as a trust policy, so it is not evaluated. `warning`: it is taken and
/// does not do what it seems to. `note`: worth knowing. Arguments quoted from the text are cut to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The stable code, `policy.*`.
    pub code: &'static str,
    /// The values of its placeholders.
    pub args: Vec<String>,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

impl Fact {
    /// Something for which IAM refuses the policy.
    pub(super) fn error(code: &'static str, args: &[&str], at: Position) -> Self {
        Self::new(code, args, Severity::Error, at)
    }

    /// Something that does not do what it seems to.
    pub(super) fn warning(code: &'static str, args: &[&str], at: Position) -> Self {
        Self::new(code, args, Severity::Warning, at)
    }

    /// Something worth knowing.
    pub(super) fn note(code: &'static str, args: &[&str], at: Position) -> Self {
        Self::new(code, args, Severity::Note, at)
    }

    fn new(code: &'static str, args: &[&str], severity: Severity, at: Position) -> Self {
        let Position { line, column } = at;
        Self { code, args: cut_all(args), severity: severity.name(), line, column }
    }

    /// Whether IAM refuses the policy for it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error.name()
    }
}

/// Why something came out as it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The stable code, `policy.*`.
    pub code: &'static str,
    /// The values of its placeholders.
    pub args: Vec<String>,
}

impl Reason {
    /// The reason with this code.
    pub(super) fn new(code: &'static str, args: &[&str]) -> Self {
        Self { code, args: cut_all(args) }
    }
}

/// What is true, what is false, and what cannot be known from here (Kleene's strong three-valued logic).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It is so.
    True,
    /// It is not so.
    False,
    /// Only AWS knows.
    Unknown,
}

impl Truth {
    /// From what is known.
    #[must_use]
    pub fn of(is: bool) -> Self {
        if is { Self::True } else { Self::False }
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// At least one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        !(!self).and(!other)
    }
}

/// The contrary.
impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

fn cut_all(args: &[&str]) -> Vec<String> {
    args.iter().map(|text| cut(text)).collect()
}

/// The text, or its first 199 characters and an ellipsis.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_ARGUMENT_CHARS) {
        None => text.to_owned(),
        Some(_) => text.chars().take(MAX_ARGUMENT_CHARS.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// An ARN of a provider with the longest name fits, and so does any ACS URL.
const MAX_ARGUMENT_CHARS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_counts_only_where_the_rest_does_not_decide() {
        use Truth::{False, True, Unknown};
        assert_eq!((Unknown.and(False), Unknown.and(True)), (False, Unknown));
        assert_eq!((Unknown.or(True), Unknown.or(False)), (True, Unknown));
        assert_eq!((False.or(False), True.and(True), !Unknown), (False, True, Unknown));
    }

    #[test]
    fn a_long_argument_is_cut_at_a_character() {
        let long = "é".repeat(300);
        assert_eq!(cut(&long).chars().count(), 200);
        assert_eq!(cut("short"), "short");
    }
}
