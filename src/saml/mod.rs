//! Room 2: the base64 of a SAML response to a model of it, and what was odd about it. Refused is what is not base64,
//! not UTF-8, not XML, not a response, has a DTD, or is past a limit; a document that was cut is read as far as it goes.

mod assertion;
mod decode;
pub mod decrypt;
mod decrypt_error;
mod document;
pub mod encryption;
mod error;
mod escape;
pub mod message;
mod namespace;
mod oddity;
mod outline;
pub mod pretty;
mod private_key;
mod provider;
mod reader;
pub mod redact;
mod response;
mod text;

pub use assertion::{
    Assertion, Attribute, AttributeValue, AuthnStatement, Conditions, EncryptedAssertion, NameId,
    SubjectConfirmation, Timestamp,
};
pub use decode::Decoded;
pub use decrypt_error::DecryptError;
pub use document::{Document, Element, Node, XmlAttribute};
pub use error::SamlError;
pub use message::Message;
pub use namespace::Namespace;
pub use oddity::Oddity;
pub use provider::{IdentityProvider, provider_label};
pub use response::{Response, Status};

/// Reads `SAMLResponse` as it was sent: base64, in it XML.
///
/// # Errors
///
/// When nothing useful can be read; [`SamlError`] says why. What merely looks odd is in [`Response::oddities`].
pub fn read(text: &str) -> Result<Response, SamlError> {
    let decoded = Decoded::from_base64(text)?;
    // Exposed to the one reader of the XML; its tree ends with this call, the text is wiped after it.
    let document = Document::parse(decoded.text.expose())?;
    Response::from_document(&document, decoded.oddities)
}
