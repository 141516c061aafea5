//! Room 2: the base64 of a SAML message to a model of it, and what was odd about it. Refused is what is not base64,
//! not UTF-8, not XML, not a SAML message, has a DTD, or is past a limit; a document that was cut is read as far as it goes.

mod decode;
pub mod decrypt;
mod decrypt_error;
pub mod encryption;
mod escape;
pub mod message;
mod outline;
pub mod pretty;
mod private_key;
mod provider;
pub mod redact;

pub use rolecall_reading::saml::{
    Assertion, Attribute, AttributeValue, AuthnStatement, Conditions, Document, Element, EncryptedAssertion,
    NameId, Namespace, Node, Oddity, Response, SamlError, Status, SubjectConfirmation, Timestamp,
    XmlAttribute,
};
use rolecall_reading::saml::{assertion, document, namespace, oddity, response, text};

pub use decode::Decoded;
pub use decrypt_error::DecryptError;
pub use message::Message;
pub use provider::{IdentityProvider, provider_label};

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
