//! What is said to a person: message keys of `_locales` with the values of their placeholders, alone and as notices.

use serde::Serialize;

use crate::severity::Severity;

/// A message of `_locales`: its key and its placeholders' values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// What the administrator of the identity provider does, where that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Message>,
    /// The menu path to that in the provider's console.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix_place: Option<Message>,
    /// What the AWS administrator does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix_iam: Option<Message>,
}

impl Notice {
    /// The notice of a fact with this code.
    #[must_use]
    pub fn new(code: &'static str, args: Vec<String>, severity: Severity) -> Self {
        let text = Message::of(code, args);
        let hint = text.hint();
        Self { code, severity: severity.name(), text, hint, fix: None, fix_place: None, fix_iam: None }
    }
}
