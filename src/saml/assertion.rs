//! The model of an assertion: every field optional as it is on the wire, every repeated element kept.

use super::document::Element;
use super::namespace::Namespace;
use super::oddity::{Oddity, note};
use super::response::{only, owned, text_of, uri_of};
use crate::time::UnixTime;

/// `<saml:Assertion>` (SAML core 2.3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assertion {
    /// `ID`.
    pub id: Option<String>,
    /// `IssueInstant`; AWS counts its five minutes from here.
    pub issue_instant: Option<Timestamp>,
    /// `<Issuer>`, the identity provider's entity id, white space around it left out.
    pub issuer: Option<String>,
    /// `<NameID>` of the subject, its text exactly as written.
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

impl Assertion {
    /// Reads an `<Assertion>` element: its direct children and theirs, as the schema has them.
    pub fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let issuer = only(element, Namespace::ASSERTION, "Issuer", oddities);
        let conditions = only(element, Namespace::ASSERTION, "Conditions", oddities);
        let mut assertion = Self {
            id: owned(element, "ID"),
            issue_instant: Timestamp::read(element, "IssueInstant"),
            issuer: issuer.and_then(|issuer| uri_of(issuer, oddities)),
            conditions: conditions.map(|conditions| Conditions::read(conditions, oddities)),
            ..Self::default()
        };
        if let Some(subject) = only(element, Namespace::ASSERTION, "Subject", oddities) {
            assertion.name_id = name_id(subject, oddities);
            let confirmations = named(subject, "SubjectConfirmation");
            assertion.confirmations =
                confirmations.map(|element| SubjectConfirmation::read(element, oddities)).collect();
        }
        let statements = named(element, "AuthnStatement");
        assertion.authn_statements =
            statements.map(|statement| AuthnStatement::read(statement, oddities)).collect();
        for child in named(element, "AttributeStatement").flat_map(Element::elements) {
            if child.is(Namespace::ASSERTION, "Attribute") {
                assertion.attributes.push(Attribute::read(child, oddities));
            } else if child.is(Namespace::ASSERTION, "EncryptedAttribute") {
                note(oddities, Oddity::EncryptedAttribute);
            }
        }
        assertion
    }
}

impl Timestamp {
    /// Reads an attribute without namespace.
    pub fn read(element: Element<'_>, name: &str) -> Option<Self> {
        let text = element.attribute(Namespace::NONE, name)?;
        Some(Self { text: String::from(text), time: UnixTime::parse_xs(text) })
    }
}

/// The `<NameID>` of a subject or a request. That it is encrypted is noted.
pub fn name_id(parent: Element<'_>, oddities: &mut Vec<Oddity>) -> Option<NameId> {
    let name_id = only(parent, Namespace::ASSERTION, "NameID", oddities);
    let name_id = name_id.and_then(|name_id| NameId::read(name_id, oddities));
    if named(parent, "EncryptedID").next().is_some() {
        note(oddities, Oddity::EncryptedId);
    }
    name_id
}

impl NameId {
    fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Option<Self> {
        Some(Self {
            value: text_of(element, oddities)?,
            format: owned(element, "Format"),
            name_qualifier: owned(element, "NameQualifier"),
            sp_name_qualifier: owned(element, "SPNameQualifier"),
        })
    }
}

impl SubjectConfirmation {
    fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let method = owned(element, "Method");
        let Some(data) = only(element, Namespace::ASSERTION, "SubjectConfirmationData", oddities) else {
            return Self { method, ..Self::default() };
        };
        Self {
            method,
            recipient: owned(data, "Recipient"),
            not_before: Timestamp::read(data, "NotBefore"),
            not_on_or_after: Timestamp::read(data, "NotOnOrAfter"),
            in_response_to: owned(data, "InResponseTo"),
            address: owned(data, "Address"),
        }
    }
}

impl Conditions {
    /// Reads a `<Conditions>` element.
    pub fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let mut audience_restrictions = Vec::new();
        for restriction in named(element, "AudienceRestriction") {
            audience_restrictions
                .push(named(restriction, "Audience").filter_map(|uri| uri_of(uri, oddities)).collect());
        }
        Self {
            not_before: Timestamp::read(element, "NotBefore"),
            not_on_or_after: Timestamp::read(element, "NotOnOrAfter"),
            audience_restrictions,
        }
    }
}

impl AuthnStatement {
    fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let references =
            named(element, "AuthnContext").flat_map(|context| named(context, "AuthnContextClassRef"));
        Self {
            instant: Timestamp::read(element, "AuthnInstant"),
            session_index: owned(element, "SessionIndex"),
            session_not_on_or_after: Timestamp::read(element, "SessionNotOnOrAfter"),
            context_classes: references.filter_map(|reference| uri_of(reference, oddities)).collect(),
        }
    }
}

impl Attribute {
    fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        Self {
            name: owned(element, "Name").unwrap_or_default(),
            name_format: owned(element, "NameFormat"),
            friendly_name: owned(element, "FriendlyName"),
            values: named(element, "AttributeValue")
                .filter_map(|value| AttributeValue::read(value, oddities))
                .collect(),
        }
    }
}

impl AttributeValue {
    fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Option<Self> {
        let nil = element.attribute(Namespace::SCHEMA_INSTANCE, "nil");
        let nil = nil.is_some_and(|nil| nil == "true" || nil == "1");
        Some(Self { text: text_of(element, oddities)?, nil })
    }
}

impl EncryptedAssertion {
    /// Reads an `<EncryptedAssertion>`. The key stands inside the data or beside it (SAML core 2.3.4).
    pub fn read(element: Element<'_>) -> Self {
        let data = child(element, Namespace::ENCRYPTION, "EncryptedData");
        let key_info = data.and_then(|data| child(data, Namespace::SIGNATURE, "KeyInfo"));
        let key = key_info.and_then(|info| child(info, Namespace::ENCRYPTION, "EncryptedKey"));
        let key = key.or_else(|| child(element, Namespace::ENCRYPTION, "EncryptedKey"));
        Self { data_algorithm: data.and_then(algorithm), key_algorithm: key.and_then(algorithm) }
    }
}

/// `Algorithm` of an `<xenc:EncryptionMethod>`.
fn algorithm(element: Element<'_>) -> Option<String> {
    owned(child(element, Namespace::ENCRYPTION, "EncryptionMethod")?, "Algorithm")
}

fn child<'d>(parent: Element<'d>, namespace: Namespace, name: &str) -> Option<Element<'d>> {
    parent.elements().find(|element| element.is(namespace, name))
}

/// The children of that name in SAML's assertion namespace.
fn named<'d>(parent: Element<'d>, name: &str) -> impl Iterator<Item = Element<'d>> {
    parent.elements().filter(move |element| element.is(Namespace::ASSERTION, name))
}
