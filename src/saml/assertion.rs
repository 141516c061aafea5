//! The model of an assertion: every field optional as it is on the wire, every repeated element kept.

use crate::time::UnixTime;

/// `<saml:Assertion>` (SAML core 2.3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assertion {
    /// `ID`.
    pub id: Option<String>,
    /// `IssueInstant`; AWS counts its five minutes from here.
    pub issue_instant: Option<Timestamp>,
    /// `<Issuer>`, the identity provider's entity id.
    pub issuer: Option<String>,
    /// `<NameID>` of the subject.
    pub name_id: Option<NameId>,
    /// Each `<SubjectConfirmation>`.
    pub confirmations: Vec<SubjectConfirmation>,
    /// `<Conditions>`.
    pub conditions: Option<Conditions>,
    /// Each `<AuthnStatement>`.
    pub authn_statements: Vec<AuthnStatement>,
    /// The attributes of every `<AttributeStatement>`, in document order.
    pub attributes: Vec<Attribute>,
}

/// A point in time as it was written, and as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// The attribute's text.
    pub text: String,
    /// `None` when the text is not an `xs:dateTime`.
    pub time: Option<UnixTime>,
}

/// `<saml:NameID>` (SAML core 2.2.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameId {
    /// The name itself.
    pub value: String,
    /// `Format`, a URI.
    pub format: Option<String>,
    /// `NameQualifier`.
    pub name_qualifier: Option<String>,
    /// `SPNameQualifier`.
    pub sp_name_qualifier: Option<String>,
}

/// `<saml:SubjectConfirmation>` with its data (SAML core 2.4.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectConfirmation {
    /// `Method`, a URI; AWS wants `…:cm:bearer`.
    pub method: Option<String>,
    /// `Recipient` of the data: the ACS URL the assertion is for.
    pub recipient: Option<String>,
    /// `NotBefore` of the data.
    pub not_before: Option<Timestamp>,
    /// `NotOnOrAfter` of the data.
    pub not_on_or_after: Option<Timestamp>,
    /// `InResponseTo` of the data.
    pub in_response_to: Option<String>,
    /// `Address` of the data.
    pub address: Option<String>,
}

/// `<saml:Conditions>` (SAML core 2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// `NotBefore`.
    pub not_before: Option<Timestamp>,
    /// `NotOnOrAfter`.
    pub not_on_or_after: Option<Timestamp>,
    /// Each `<AudienceRestriction>` with its audiences: all restrictions must hold, one audience of each is enough.
    pub audience_restrictions: Vec<Vec<String>>,
}

/// `<saml:AuthnStatement>` (SAML core 2.7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthnStatement {
    /// `AuthnInstant`: when the person signed in.
    pub instant: Option<Timestamp>,
    /// `SessionIndex`.
    pub session_index: Option<String>,
    /// `SessionNotOnOrAfter`: AWS ends the session here at the latest.
    pub session_not_on_or_after: Option<Timestamp>,
    /// Each `<AuthnContextClassRef>`: how the person signed in, a URI.
    pub context_classes: Vec<String>,
}

/// `<saml:Attribute>` (SAML core 2.7.3.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribute {
    /// `Name`, exactly as written.
    pub name: String,
    /// `NameFormat`, a URI.
    pub name_format: Option<String>,
    /// `FriendlyName`.
    pub friendly_name: Option<String>,
    /// The values, in document order.
    pub values: Vec<AttributeValue>,
}

/// `<saml:AttributeValue>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeValue {
    /// All character data below the element, comments left out.
    pub text: String,
    /// `xsi:nil="true"`.
    pub nil: bool,
}

/// `<saml:EncryptedAssertion>`: all that can be read without the key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EncryptedAssertion {
    /// `Algorithm` of the data's `<EncryptionMethod>`, a URI.
    pub data_algorithm: Option<String>,
    /// `Algorithm` of the key's `<EncryptionMethod>`, a URI.
    pub key_algorithm: Option<String>,
}
