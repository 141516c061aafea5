//! What is said to a person: message keys of `_locales` with the values of their placeholders, as notices and failures.

use serde::Serialize;

use crate::aws::Severity;
use crate::capture::CaptureError;
use crate::export::ExportError;
use crate::saml::SamlError;
use crate::sts::StsError;

/// A message of `_locales`: its key and its placeholders' values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The key, such as `sts_offline`.
    pub key: String,
    /// The values of `$1`, `$2` ...
    pub args: Vec<String>,
}

impl Message {
    /// The message for a fact with this code: dots become underscores.
    #[must_use]
    pub fn of(code: &str, args: Vec<String>) -> Self {
        Self { key: code.replace('.', "_"), args }
    }

    /// What to do about it: the message whose key ends in `_hint`, which not every fact has.
    #[must_use]
    pub fn hint(&self) -> Self {
        Self { key: format!("{}_hint", self.key), args: self.args.clone() }
    }
}

/// Something that the person should know about the sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The stable code of the fact.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What it is.
    pub text: Message,
    /// What to do.
    pub hint: Message,
}

impl Notice {
    /// The notice of a fact with this code.
    #[must_use]
    pub fn new(code: &'static str, args: Vec<String>, severity: Severity) -> Self {
        let text = Message::of(code, args);
        Self { code, severity: severity.name(), hint: text.hint(), text }
    }
}

/// Why something that was asked for did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The stable code of the fact.
    pub code: &'static str,
    /// What happened.
    pub text: Message,
    /// What to do.
    pub hint: Message,
    /// AWS's own message, as it came.
    pub aws: Option<String>,
}

impl Failure {
    /// A failure without words of AWS.
    #[must_use]
    pub fn new(code: &'static str, args: Vec<String>) -> Self {
        let text = Message::of(code, args);
        Self { code, hint: text.hint(), text, aws: None }
    }
}

impl From<&CaptureError> for Failure {
    fn from(error: &CaptureError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&SamlError> for Failure {
    fn from(error: &SamlError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&StsError> for Failure {
    fn from(error: &StsError) -> Self {
        Self { aws: error.aws_message().map(str::to_owned), ..Self::new(error.code(), error.args()) }
    }
}

impl From<&ExportError> for Failure {
    fn from(error: &ExportError) -> Self {
        Self::new(error.code(), error.args())
    }
}
