//! What went wrong while driving a browser: one sentence for the person who reads the test log.

use std::fmt;

/// A step that failed, said in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriveError(String);

/// The outcome of a step.
pub type Result<T, E = DriveError> = std::result::Result<T, E>;

impl DriveError {
    /// A failure with its sentence.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// The same failure, with what was being done in front.
    #[must_use]
    pub fn during(self, step: &str) -> Self {
        Self(format!("{step}: {}", self.0))
    }
}

impl fmt::Display for DriveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DriveError {}

impl From<fantoccini::error::CmdError> for DriveError {
    fn from(error: fantoccini::error::CmdError) -> Self {
        Self(error.to_string())
    }
}

impl From<std::io::Error> for DriveError {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for DriveError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}
