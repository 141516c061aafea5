//! What is to be said about a signature: facts with a stable code. Wording happens in `view`.

use crate::severity::Severity;

/// A fact about a signature or about what the signatures of a message cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issue {
    /// The message carries no signature.
    Unsigned,
}

impl Issue {
    /// The stable code, such as `signature.digest_differs`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsigned => "signature.unsigned",
        }
    }

    /// The values of the message's placeholders, in order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        Vec::new()
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Error
    }
}
