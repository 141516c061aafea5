//! One look over a document: where its signatures are, and what about its structure makes readers disagree.

use super::issue::{Issue, excerpt, note};
pub(super) use super::scan::Placed;
use super::scan::{Named, Scan};
use crate::limits::{MAX_SAME_IDS, MAX_SIGNATURES};
use crate::saml::{Document, Element, Namespace, Node};

/// What stands where.
pub(super) struct Survey<'d> {
    pub(super) root: Element<'d>,
    /// The first [`MAX_SIGNATURES`].
    pub(super) signatures: Vec<Placed<'d>>,
    /// The assertions that a reader uses: the root, or children of a response.
    pub(super) assertions: Vec<Placed<'d>>,
    /// Encrypted assertions that are children of a response.
    pub(super) encrypted: usize,
    /// Every attribute that some reader takes for an ID.
    ids: Vec<(Placed<'d>, &'d str, bool)>,
    pub(super) issues: Vec<Issue>,
}

impl<'d> Survey<'d> {
    pub(super) fn of(document: &'d Document<'d>) -> Option<Self> {
        let root = document.root()?;
        let Scan { named, ids } = Scan::of(document);
        let (signatures, assertions, issues) = (Vec::new(), Vec::new(), Vec::new());
        let mut survey = Self { root, signatures, assertions, encrypted: 0, ids, issues };
        for (placed, name) in named {
            survey.named(document, placed, name);
        }
        if document.has_splitting() {
            document.elements().for_each(|element| survey.text(element));
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

    /// An element that a reader takes for something by its local name.
    fn named(&mut self, document: &Document<'_>, placed: Placed<'d>, name: Named) {
        let element = placed.element;
        match name {
            Named::LookAlike => {
                let namespace = excerpt(document.namespace_name(element.namespace()));
                let element = excerpt(element.local_name());
                note(&mut self.issues, Issue::LookAlike { element, namespace });
            }
            Named::Signature if self.signatures.len() < MAX_SIGNATURES => self.signatures.push(placed),
            Named::Signature => {
                note(&mut self.issues, Issue::TooManySignatures { limit: MAX_SIGNATURES });
            }
            Named::Assertion if self.is_in_place(element) => self.assertions.push(placed),
            Named::Assertion => note(&mut self.issues, Issue::NestedAssertion),
            Named::EncryptedAssertion if self.is_child_of_response(element) => {
                self.encrypted = self.encrypted.saturating_add(1);
            }
            Named::EncryptedAssertion => {}
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

impl<'d> Survey<'d> {
    /// Finds the elements that carry any of the IDs.
    pub(super) fn find_ids(&self, wanted: &mut [SameId<'d>]) {
        for (placed, value, is_saml) in &self.ids {
            for same in wanted.iter_mut().filter(|same| same.id == *value) {
                same.add(*placed, *is_saml);
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
