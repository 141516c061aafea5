//! How much a fact about a sign-in matters. One scale for every room.

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing fails for it.
    Note,
    /// Something will be refused or overlooked, and the rest works.
    Warning,
    /// No role can be used, or the message is not what it claims to be.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|severity| severity.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_sort_from_note_to_error() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
        assert_eq!(Severity::Error.name(), "error");
        assert_eq!(Severity::named("warning"), Some(Severity::Warning));
        assert_eq!(Severity::named("fatal"), None);
    }
}
