//! One look over a document: where its signatures are, and what about its structure makes readers disagree.

use super::issue::{Issue, excerpt, note};
use crate::limits::{MAX_SAME_IDS, MAX_SIGNATURES};
use crate::saml::{Document, Element, Namespace, Node};

/// An element with its place in the order of `Document::elements`.
#[derive(Clone, Copy)]
pub(super) struct Placed<'d> {
    pub(super) element: Element<'d>,
    pub(super) ordinal: usize,
}

/// What stands where.
pub(super) struct Survey<'d> {
    pub(super) root: Element<'d>,
    /// The first [`MAX_SIGNATURES`].
    pub(super) signatures: Vec<Placed<'d>>,
    /// The assertions that a reader uses: the root, or children of a response.
    pub(super) assertions: Vec<Placed<'d>>,
    /// Encrypted assertions that are children of a response.
    pub(super) encrypted: usize,
    pub(super) issues: Vec<Issue>,
}

impl<'d> Survey<'d> {
    pub(super) fn of(document: &'d Document<'d>) -> Option<Self> {
        let root = document.root()?;
        let (signatures, assertions, issues) = (Vec::new(), Vec::new(), Vec::new());
        let mut survey = Self { root, signatures, assertions, encrypted: 0, issues };
        for (ordinal, element) in document.elements().enumerate() {
            if let Some(name) = NAMES.iter().position(|name| *name == element.local_name()) {
                survey.named(document, Placed { element, ordinal }, name);
            }
            if document.has_splitting() {
                survey.text(element);
            }
        }
        if !document.is_complete() {
            note(&mut survey.issues, Issue::Truncated);
        }
        Some(survey)
    }

    pub(super) fn is_response(&self) -> bool {
        self.root.is(Namespace::PROTOCOL, "Response")
    }

    /// Whether the element is the message, or an assertion that a reader uses.
    pub(super) fn is_in_place(&self, element: Element<'_>) -> bool {
        element.position() == self.root.position()
            || element.is(Namespace::ASSERTION, "Assertion") && self.is_child_of_response(element)
    }

    fn is_child_of_response(&self, element: Element<'_>) -> bool {
        let parent = element.parent().map(Element::position);
        self.is_response() && parent == Some(self.root.position())
    }

    /// An element whose local name is one of [`NAMES`].
    fn named(&mut self, document: &Document<'_>, placed: Placed<'d>, name: usize) {
        let element = placed.element;
        let expected = match name {
            SIGNATURE => Namespace::SIGNATURE,
            _ => Namespace::ASSERTION,
        };
        if element.namespace() != expected {
            let namespace = excerpt(document.namespace_name(element.namespace()));
            return note(
                &mut self.issues,
                Issue::LookAlike { element: excerpt(element.local_name()), namespace },
            );
        }
        match name {
            SIGNATURE if self.signatures.len() < MAX_SIGNATURES => self.signatures.push(placed),
            SIGNATURE => note(&mut self.issues, Issue::TooManySignatures { limit: MAX_SIGNATURES }),
            ASSERTION if self.is_in_place(element) => self.assertions.push(placed),
            ASSERTION => note(&mut self.issues, Issue::NestedAssertion),
            ENCRYPTED_ASSERTION if self.is_child_of_response(element) => {
                self.encrypted = self.encrypted.saturating_add(1);
            }
            _ => {}
        }
    }

    /// Notes what splits a text.
    fn text(&mut self, element: Element<'_>) {
        let (mut has_text, mut has_comment, mut has_instruction) = (false, false, false);
        for node in element.children() {
            match node {
                Node::Text(text) => has_text |= !text.trim_ascii().is_empty(),
                Node::Comment(_) => has_comment = true,
                Node::Instruction { .. } => has_instruction = true,
                Node::Element(_) => {}
            }
        }
        if has_text && has_comment {
            note(&mut self.issues, Issue::CommentInText { element: excerpt(element.local_name()) });
        }
        if has_text && has_instruction {
            note(&mut self.issues, Issue::InstructionInText { element: excerpt(element.local_name()) });
        }
    }

    /// Notes what says who a person is and stands in none of the covered assertions, when only assertions are signed.
    pub(super) fn outside(&mut self) {
        for child in self.root.elements() {
            let is_assertion = child.is(Namespace::ASSERTION, "Assertion");
            let is_expected = is_assertion
                || child.is(Namespace::ASSERTION, "EncryptedAssertion")
                || child.is(Namespace::ASSERTION, "Issuer")
                || child.is(Namespace::SIGNATURE, "Signature")
                || child.is(Namespace::PROTOCOL, "Extensions")
                || child.is(Namespace::PROTOCOL, "Status");
            let speaks = |node| match node {
                Node::Element(element) if element.namespace() == Namespace::ASSERTION => Some(element),
                _ => None,
            };
            let found = match is_expected {
                false => Some(child),
                true if is_assertion => None,
                true => child.descendants().find_map(speaks),
            };
            if let Some(found) = found {
                let element = excerpt(found.local_name());
                return note(&mut self.issues, Issue::ContentOutside { element });
            }
        }
    }
}

/// The elements that carry a given ID, in any attribute that some reader takes for one.
pub(super) struct SameId<'d> {
    pub(super) id: String,
    /// The first [`MAX_SAME_IDS`], with whether the attribute is SAML's own `ID`.
    pub(super) found: Vec<(Placed<'d>, bool)>,
    /// How many there are.
    pub(super) count: usize,
}

/// Finds the elements that carry any of the IDs, in one look over the document.
pub(super) fn find_ids<'d>(document: &'d Document<'d>, wanted: &mut [SameId<'d>]) {
    for (ordinal, element) in document.elements().enumerate() {
        for attribute in element.attributes() {
            if !attribute.local_name().eq_ignore_ascii_case("id") {
                continue;
            }
            let is_saml = attribute.local_name() == "ID" && attribute.namespace() == Namespace::NONE;
            for same in wanted.iter_mut().filter(|same| same.id == attribute.value()) {
                same.add(Placed { element, ordinal }, is_saml);
            }
        }
    }
}

impl<'d> SameId<'d> {
    fn add(&mut self, placed: Placed<'d>, is_saml: bool) {
        if let Some((last, last_is_saml)) = self.found.last_mut()
            && last.ordinal == placed.ordinal
        {
            *last_is_saml |= is_saml;
            return;
        }
        self.count = self.count.saturating_add(1);
        if self.found.len() < MAX_SAME_IDS {
            self.found.push((placed, is_saml));
        }
    }
}

/// The names that make a reader take an element for something, whatever its namespace.
const NAMES: [&str; 8] = [
    "Signature",
    "Assertion",
    "EncryptedAssertion",
    "AttributeStatement",
    "Attribute",
    "AttributeValue",
    "NameID",
    "Issuer",
];
const SIGNATURE: usize = 0;
const ASSERTION: usize = 1;
const ENCRYPTED_ASSERTION: usize = 2;
