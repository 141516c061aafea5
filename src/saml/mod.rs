//! Room 2: the text of a SAML response to a model of it, and what was odd about it.

mod assertion;
mod response;

pub use assertion::{
    Assertion, Attribute, AttributeValue, AuthnStatement, Conditions, EncryptedAssertion, NameId,
    SubjectConfirmation, Timestamp,
};
pub use response::{Oddity, Response, Status};
