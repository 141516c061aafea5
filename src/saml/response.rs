//! The model of a response: what the identity provider said, with its assertions.

use super::assertion::{Assertion, EncryptedAssertion, Timestamp};

/// `<samlp:Response>` (SAML core 3.3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// `ID`.
    pub id: Option<String>,
    /// `Version`; 2.0 everywhere in practice.
    pub version: Option<String>,
    /// `IssueInstant`.
    pub issue_instant: Option<Timestamp>,
    /// `Destination`: the ACS URL the response was sent to.
    pub destination: Option<String>,
    /// `InResponseTo`; absent when the sign-in started at the identity provider.
    pub in_response_to: Option<String>,
    /// `<Issuer>` of the response; its assertions carry their own.
    pub issuer: Option<String>,
    /// `<Status>`.
    pub status: Option<Status>,
    /// Each plain `<Assertion>` that is a child of the response, in document order.
    pub assertions: Vec<Assertion>,
    /// Each `<EncryptedAssertion>`, in document order.
    pub encrypted: Vec<EncryptedAssertion>,
    /// What was odd, in the order met.
    pub oddities: Vec<Oddity>,
}

/// `<samlp:Status>` (SAML core 3.2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The status codes from the outermost to the innermost, URIs.
    pub codes: Vec<String>,
    /// `<StatusMessage>`.
    pub message: Option<String>,
}

impl Status {
    /// Whether the outermost code is `urn:oasis:names:tc:SAML:2.0:status:Success`.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.codes.first().is_some_and(|code| code == "urn:oasis:names:tc:SAML:2.0:status:Success")
    }
}

/// Something unusual that did not stop the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The document ended, or stopped being XML, before its root element closed. What stood before it is shown.
    Truncated,
    /// The base64 held white space or line breaks.
    Base64Spaces,
    /// The base64 used the URL-safe alphabet.
    Base64UrlSafe,
    /// A processing instruction stands in the document.
    ProcessingInstruction,
    /// A comment stands inside the text of an element, which some readers cut the text at.
    CommentInText,
    /// More than one plain assertion.
    SeveralAssertions,
    /// No assertion at all, plain or encrypted.
    NoAssertion,
}
