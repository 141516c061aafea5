//! A document to the SAML message it is: a response, or one of the messages before and after it. Other messages of the
//! protocol are refused by their name, metadata as metadata.

use super::SamlError;
use super::assertion::{Conditions, NameId, Timestamp, name_id};
use super::document::{Document, Element};
use super::namespace::Namespace;
use super::oddity::Oddity;
use super::response::{Response, Status, note_document, only, owned, text_of, uri_of};

/// A SAML message that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A response, or an assertion without one.
    Response(Response),
    /// A message of another kind.
    Request(ProtocolMessage),
}

/// What the messages other than a response have in common (SAML core 3.2.1, 3.2.2), and what each has of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolMessage {
    /// `ID`.
    pub id: Option<String>,
    /// `Version`; 2.0 everywhere in practice.
    pub version: Option<String>,
    /// `IssueInstant`.
    pub issue_instant: Option<Timestamp>,
    /// `Destination`: the URL it was sent to.
    pub destination: Option<String>,
    /// `Consent`, a URI.
    pub consent: Option<String>,
    /// `<Issuer>`: who sent it, white space around it left out.
    pub issuer: Option<String>,
    /// What it says.
    pub body: Body,
    /// What was odd, in the order met.
    pub oddities: Vec<Oddity>,
}

/// What a message other than a response says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The message that starts a sign-in.
    AuthnRequest(Box<AuthnRequest>),
    /// The message that starts a sign-out.
    LogoutRequest(LogoutRequest),
    /// The message that ends a sign-out.
    LogoutResponse(LogoutResponse),
}

/// `<samlp:AuthnRequest>` (SAML core 3.4.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthnRequest {
    /// `ProviderName`: what to call the requester.
    pub provider_name: Option<String>,
    /// `ProtocolBinding`, a URI: how the answer shall come.
    pub protocol_binding: Option<String>,
    /// `AssertionConsumerServiceURL`: where the answer shall go.
    pub acs_url: Option<String>,
    /// `AssertionConsumerServiceIndex`: the same as a number of the requester's metadata.
    pub acs_index: Option<String>,
    /// `AttributeConsumingServiceIndex`: which attributes are wanted, as a number of the metadata.
    pub attribute_index: Option<String>,
    /// `ForceAuthn`: whether an earlier sign-in must not do.
    pub force_authn: Option<bool>,
    /// `IsPassive`: whether the person must not be asked anything.
    pub is_passive: Option<bool>,
    /// `<NameID>` of the subject: whom to sign in.
    pub subject: Option<NameId>,
    /// `<NameIDPolicy>`.
    pub name_id_policy: Option<NameIdPolicy>,
    /// `<Conditions>` that the requester expects.
    pub conditions: Option<Conditions>,
    /// `<RequestedAuthnContext>`.
    pub requested_context: Option<RequestedContext>,
    /// `ProxyCount` of `<Scoping>`.
    pub proxy_count: Option<String>,
    /// `ProviderID` of each `<IDPEntry>`: the identity providers to choose from.
    pub identity_providers: Vec<String>,
    /// Each `<RequesterID>`.
    pub requesters: Vec<String>,
}

/// `<samlp:NameIDPolicy>` (SAML core 3.4.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameIdPolicy {
    /// `Format`, a URI.
    pub format: Option<String>,
    /// `SPNameQualifier`.
    pub sp_name_qualifier: Option<String>,
    /// `AllowCreate`.
    pub allow_create: Option<bool>,
}

/// `<samlp:RequestedAuthnContext>` (SAML core 3.3.2.2.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestedContext {
    /// `Comparison`: `exact` where absent, `minimum`, `maximum` or `better`.
    pub comparison: Option<String>,
    /// Each `<AuthnContextClassRef>`, a URI.
    pub classes: Vec<String>,
    /// Each `<AuthnContextDeclRef>`, a URI.
    pub declarations: Vec<String>,
}

/// `<samlp:LogoutRequest>` (SAML core 3.7.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogoutRequest {
    /// `Reason`, a URI.
    pub reason: Option<String>,
    /// `NotOnOrAfter`.
    pub not_on_or_after: Option<Timestamp>,
    /// `<NameID>`: who signs out.
    pub name_id: Option<NameId>,
    /// Each `<SessionIndex>`; none means every session.
    pub session_indexes: Vec<String>,
}

/// `<samlp:LogoutResponse>` (SAML core 3.7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogoutResponse {
    /// `InResponseTo`.
    pub in_response_to: Option<String>,
    /// `<Status>`.
    pub status: Option<Status>,
}

impl Message {
    /// Reads the message that a document is. `oddities` are those met before; the document's follow them.
    ///
    /// # Errors
    ///
    /// As of [`Response::from_document`], but for requests and logouts; [`SamlError::OtherMessage`] for a message of the
    /// protocol that is not shown, [`SamlError::IsMetadata`] for metadata.
    pub fn from_document(document: &Document<'_>, mut oddities: Vec<Oddity>) -> Result<Self, SamlError> {
        let root = document.root().ok_or(SamlError::CutOff)?;
        if document.namespace_name(root.namespace()) == METADATA {
            return Err(SamlError::IsMetadata);
        }
        if root.namespace() != Namespace::PROTOCOL {
            return Response::from_document(document, oddities).map(Self::Response);
        }
        let name = root.local_name();
        if let Some(name) = OTHERS.into_iter().find(|other| *other == name) {
            return Err(SamlError::OtherMessage { name });
        }
        if !SHOWN.contains(&name) {
            return Response::from_document(document, oddities).map(Self::Response);
        }
        note_document(document, &mut oddities);
        let body = match name {
            "AuthnRequest" => Body::AuthnRequest(Box::new(AuthnRequest::read(root, &mut oddities))),
            "LogoutRequest" => Body::LogoutRequest(LogoutRequest::read(root, &mut oddities)),
            _ => Body::LogoutResponse(LogoutResponse::read(root, &mut oddities)),
        };
        let issuer = only(root, Namespace::ASSERTION, "Issuer", &mut oddities);
        Ok(Self::Request(ProtocolMessage {
            id: owned(root, "ID"),
            version: owned(root, "Version"),
            issue_instant: Timestamp::read(root, "IssueInstant"),
            destination: owned(root, "Destination"),
            consent: owned(root, "Consent"),
            issuer: issuer.and_then(|issuer| uri_of(issuer, &mut oddities)),
            body,
            oddities,
        }))
    }

    /// `response`, `assertion` (without a response), `authn_request`, `logout_request` or `logout_response`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Response(response) if response.oddities.contains(&Oddity::BareAssertion) => "assertion",
            Self::Response(_) => "response",
            Self::Request(message) => match message.body {
                Body::AuthnRequest(_) => "authn_request",
                Body::LogoutRequest(_) => "logout_request",
                Body::LogoutResponse(_) => "logout_response",
            },
        }
    }
}

impl AuthnRequest {
    fn read(root: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let subject = only(root, Namespace::ASSERTION, "Subject", oddities);
        let conditions = only(root, Namespace::ASSERTION, "Conditions", oddities);
        let policy = only(root, Namespace::PROTOCOL, "NameIDPolicy", oddities);
        let context = only(root, Namespace::PROTOCOL, "RequestedAuthnContext", oddities);
        let scoping = only(root, Namespace::PROTOCOL, "Scoping", oddities);
        let mut request = Self {
            provider_name: owned(root, "ProviderName"),
            protocol_binding: owned(root, "ProtocolBinding"),
            acs_url: owned(root, "AssertionConsumerServiceURL"),
            acs_index: owned(root, "AssertionConsumerServiceIndex"),
            attribute_index: owned(root, "AttributeConsumingServiceIndex"),
            force_authn: flag(root, "ForceAuthn"),
            is_passive: flag(root, "IsPassive"),
            subject: subject.and_then(|subject| name_id(subject, oddities)),
            conditions: conditions.map(|conditions| Conditions::read(conditions, oddities)),
            name_id_policy: policy.map(NameIdPolicy::read),
            requested_context: context.map(|context| RequestedContext::read(context, oddities)),
            proxy_count: scoping.and_then(|scoping| owned(scoping, "ProxyCount")),
            ..Self::default()
        };
        for element in scoping.into_iter().flat_map(Element::elements) {
            if element.is(Namespace::PROTOCOL, "RequesterID") {
                request.requesters.extend(uri_of(element, oddities));
            } else if element.is(Namespace::PROTOCOL, "IDPList") {
                let entries = element.elements().filter(|entry| entry.is(Namespace::PROTOCOL, "IDPEntry"));
                request.identity_providers.extend(entries.filter_map(|entry| owned(entry, "ProviderID")));
            }
        }
        request
    }
}

impl NameIdPolicy {
    fn read(element: Element<'_>) -> Self {
        Self {
            format: owned(element, "Format"),
            sp_name_qualifier: owned(element, "SPNameQualifier"),
            allow_create: flag(element, "AllowCreate"),
        }
    }
}

impl RequestedContext {
    fn read(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let mut context = Self { comparison: owned(element, "Comparison"), ..Self::default() };
        for reference in element.elements() {
            if reference.is(Namespace::ASSERTION, "AuthnContextClassRef") {
                context.classes.extend(uri_of(reference, oddities));
            } else if reference.is(Namespace::ASSERTION, "AuthnContextDeclRef") {
                context.declarations.extend(uri_of(reference, oddities));
            }
        }
        context
    }
}

impl LogoutRequest {
    fn read(root: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let mut request = Self {
            reason: owned(root, "Reason"),
            not_on_or_after: Timestamp::read(root, "NotOnOrAfter"),
            name_id: name_id(root, oddities),
            ..Self::default()
        };
        for element in root.elements().filter(|element| element.is(Namespace::PROTOCOL, "SessionIndex")) {
            request.session_indexes.extend(text_of(element, oddities));
        }
        request
    }
}

impl LogoutResponse {
    fn read(root: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let status = only(root, Namespace::PROTOCOL, "Status", oddities);
        Self {
            in_response_to: owned(root, "InResponseTo"),
            status: status.map(|status| Status::read(status, oddities)),
        }
    }
}

/// An `xs:boolean` (XML Schema part 2, 3.2.2). `None` when it is absent or something else.
fn flag(element: Element<'_>, name: &str) -> Option<bool> {
    match element.attribute(Namespace::NONE, name)?.trim_ascii() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The namespace of SAML metadata 2.0.
const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";

/// The messages of the protocol that are shown, but for the response.
const SHOWN: [&str; 3] = ["AuthnRequest", "LogoutRequest", "LogoutResponse"];

/// The other messages of the protocol (SAML core 3.3, 3.5, 3.6, 3.8).
const OTHERS: [&str; 10] = [
    "ArtifactResolve",
    "ArtifactResponse",
    "AssertionIDRequest",
    "AttributeQuery",
    "AuthnQuery",
    "AuthzDecisionQuery",
    "ManageNameIDRequest",
    "ManageNameIDResponse",
    "NameIDMappingRequest",
    "NameIDMappingResponse",
];

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
