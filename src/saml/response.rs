//! The model of a response: what the identity provider said, with its assertions.

use super::assertion::{Assertion, EncryptedAssertion, Timestamp};
use super::document::{Document, Element, Ending, Node};
use super::namespace::Namespace;
use super::oddity::{Oddity, note};
use super::{SamlError, text};

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
    /// `<Issuer>` of the response, white space around it left out; its assertions carry their own.
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

impl Response {
    /// Reads the model out of a document. Elements are told by namespace and local name, and only where the schema puts
    /// them. `oddities` are those met before; the document's follow them.
    ///
    /// # Errors
    ///
    /// When the root element is not a SAML 2.0 response or assertion; requests and logouts have errors of their own.
    pub fn from_document(document: &Document<'_>, oddities: Vec<Oddity>) -> Result<Self, SamlError> {
        let root = document.root().ok_or(SamlError::CutOff)?;
        let mut response = Self { oddities, ..Self::default() };
        note_document(document, &mut response.oddities);
        if root.is(Namespace::ASSERTION, "Assertion") {
            response.oddities.push(Oddity::BareAssertion);
            response.assertions.push(Assertion::read(root, &mut response.oddities));
        } else {
            check_root(root)?;
            response.fill(root);
        }
        let assertions =
            document.elements().filter(|element| element.is(Namespace::ASSERTION, "Assertion")).count();
        if assertions > response.assertions.len() {
            response.oddities.push(Oddity::NestedAssertion);
        }
        match response.assertions.len() {
            0 if response.encrypted.is_empty() => response.oddities.push(Oddity::NoAssertion),
            0 | 1 => {}
            _ => response.oddities.push(Oddity::SeveralAssertions),
        }
        Ok(response)
    }

    fn fill(&mut self, root: Element<'_>) {
        self.id = owned(root, "ID");
        self.version = owned(root, "Version");
        self.issue_instant = Timestamp::read(root, "IssueInstant");
        self.destination = owned(root, "Destination");
        self.in_response_to = owned(root, "InResponseTo");
        let oddities = &mut self.oddities;
        let issuer = only(root, Namespace::ASSERTION, "Issuer", oddities);
        self.issuer = issuer.and_then(|issuer| uri_of(issuer, oddities));
        self.status =
            only(root, Namespace::PROTOCOL, "Status", oddities).map(|status| Status::read(status, oddities));
        for element in root.elements().filter(|element| element.namespace() == Namespace::ASSERTION) {
            match element.local_name() {
                "Assertion" => self.assertions.push(Assertion::read(element, oddities)),
                "EncryptedAssertion" => self.encrypted.push(EncryptedAssertion::read(element)),
                _ => {}
            }
        }
    }
}

/// Notes what is odd about a document, whatever it says.
pub fn note_document(document: &Document<'_>, oddities: &mut Vec<Oddity>) {
    match document.ending {
        Ending::Complete => {}
        Ending::Truncated => oddities.push(Oddity::Truncated),
        Ending::Trailing => oddities.push(Oddity::TrailingContent),
    }
    if document.has_instruction {
        oddities.push(Oddity::ProcessingInstruction);
    }
}

/// Refuses a root element that is not `<samlp:Response>`, saying what it is.
fn check_root(root: Element<'_>) -> Result<(), SamlError> {
    if root.namespace() == Namespace::PROTOCOL_1 {
        return Err(SamlError::IsSaml1);
    }
    if root.namespace() != Namespace::PROTOCOL {
        return Err(SamlError::NotAResponse);
    }
    match root.local_name() {
        "Response" => Ok(()),
        "LogoutResponse" => Err(SamlError::IsLogoutResponse),
        name if name.ends_with("Request") || name.ends_with("Query") => Err(SamlError::IsRequest),
        _ => Err(SamlError::NotAResponse),
    }
}

/// The child element of that name. A second one is noted and not taken.
pub fn only<'d>(
    parent: Element<'d>,
    namespace: Namespace,
    name: &'static str,
    oddities: &mut Vec<Oddity>,
) -> Option<Element<'d>> {
    let mut found = parent.elements().filter(|element| element.is(namespace, name));
    let first = found.next();
    if found.next().is_some() {
        note(oddities, Oddity::RepeatedElement { element: name });
    }
    first
}

/// All character data below an element. A comment in it neither ends the text nor adds to it, and is noted. `None` when
/// the document was cut inside the element: `role/Dev` may be the beginning of `role/DevOps`.
pub fn text_of(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Option<String> {
    if !element.is_closed() {
        return None;
    }
    let mut gathered = String::new();
    let mut has_comment = false;
    for node in element.descendants() {
        match node {
            Node::Text(text) => gathered.push_str(text),
            Node::Comment(_) => has_comment = true,
            Node::Element(_) | Node::Instruction { .. } => {}
        }
    }
    if has_comment && !text::is_blank(&gathered) {
        note(oddities, Oddity::CommentInText);
    }
    Some(gathered)
}

/// The text of an element that holds a URI, where white space around it does not count (XML Schema part 2, 3.2.17).
pub fn uri_of(element: Element<'_>, oddities: &mut Vec<Oddity>) -> Option<String> {
    text_of(element, oddities).map(|uri| String::from(text::trim(&uri)))
}

/// An attribute without namespace.
pub fn owned(element: Element<'_>, name: &str) -> Option<String> {
    element.attribute(Namespace::NONE, name).map(String::from)
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
    /// Reads a `<Status>` element.
    pub fn read(status: Element<'_>, oddities: &mut Vec<Oddity>) -> Self {
        let message = only(status, Namespace::PROTOCOL, "StatusMessage", oddities);
        let message = message.and_then(|message| text_of(message, oddities));
        let mut codes = Vec::new();
        let mut inner = only(status, Namespace::PROTOCOL, "StatusCode", oddities);
        while let Some(code) = inner {
            codes.extend(owned(code, "Value"));
            inner = only(code, Namespace::PROTOCOL, "StatusCode", oddities);
        }
        Self { codes, message }
    }

    /// Whether the outermost code is `urn:oasis:names:tc:SAML:2.0:status:Success`.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.codes.first().is_some_and(|code| code == "urn:oasis:names:tc:SAML:2.0:status:Success")
    }
}
