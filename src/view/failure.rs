//! Why something that was asked for did not happen, in the words of `_locales`.

use serde::Serialize;

use super::Message;
use crate::capture::CaptureError;
use crate::export::ExportError;
use crate::saml::{DecryptError, SamlError};
use crate::signature::{CertificateError, MetadataError};
use crate::sts::StsError;

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

impl From<&DecryptError> for Failure {
    fn from(error: &DecryptError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&MetadataError> for Failure {
    fn from(error: &MetadataError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&CertificateError> for Failure {
    fn from(error: &CertificateError) -> Self {
        Self::new(error.code(), Vec::new())
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
