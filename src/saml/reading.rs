//! The part of the room that reads XML. It is in the package that is compiled for speed.

pub mod assertion;
pub mod document;
pub mod error;
pub mod namespace;
pub mod oddity;
mod reader;
pub mod response;
pub mod text;

pub use assertion::{
    Assertion, Attribute, AttributeValue, AuthnStatement, Conditions, EncryptedAssertion, NameId,
    SubjectConfirmation, Timestamp,
};
pub use document::{Document, Element, Node, XmlAttribute};
pub use error::SamlError;
pub use namespace::Namespace;
pub use oddity::Oddity;
pub use response::{Response, Status};
pub use text::push_escaped;
