//! One XML document as a tree in three flat lists. Everything that reads the XML reads this: extraction, display and
//! canonicalization, so no two readers can differ. Text is borrowed from the source where it stands there as it is.

use std::borrow::Cow;

use super::namespace::{Declaration, Namespace, Namespaces};

/// A document: read with [`Document::parse`], then only looked at.
#[derive(Debug)]
pub struct Document<'a> {
    /// In document order, so a first child stands right after its parent. The first is the document itself.
    pub(super) nodes: Vec<Stored<'a>>,
    pub(super) attributes: Vec<XmlAttribute<'a>>,
    pub(super) declarations: Vec<Declaration<'a>>,
    pub(super) namespaces: Namespaces<'a>,
    /// How the reading ended.
    pub ending: Ending,
    pub(super) has_instruction: bool,
    pub(super) has_comment: bool,
    /// Bytes of the source.
    pub(super) length: usize,
}

/// How the reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// At the end of the text, the root element closed.
    Complete,
    /// Before the root element closed.
    Truncated,
    /// At something that may not follow the root element.
    Trailing,
}

/// One node as it is kept. Positions are indices into the lists of the document; [`NOWHERE`] is in none.
#[derive(Debug)]
pub(super) struct Stored<'a> {
    pub(super) parent: usize,
    pub(super) next: usize,
    pub(super) content: Content<'a>,
}

#[derive(Debug)]
pub(super) enum Content<'a> {
    Document,
    Element(StoredElement<'a>),
    Text(Cow<'a, str>),
    Comment(Cow<'a, str>),
    Instruction { target: &'a str, text: Cow<'a, str> },
}

#[derive(Debug)]
pub(super) struct StoredElement<'a> {
    pub(super) name: Name<'a>,
    /// First and count in `attributes`.
    pub(super) attributes: (usize, usize),
    /// First and count in `declarations`.
    pub(super) declarations: (usize, usize),
    /// Whether its end tag was read.
    pub(super) is_closed: bool,
}

/// A name with its prefix as written and the namespace that means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub(super) prefix: &'a str,
    pub(super) local: &'a str,
    pub(super) namespace: Namespace,
}

/// An index that no list has.
pub(super) const NOWHERE: usize = usize::MAX;

/// An attribute that is not a namespace declaration.
#[derive(Debug)]
pub struct XmlAttribute<'a> {
    pub(super) name: Name<'a>,
    pub(super) value: Cow<'a, str>,
}

impl XmlAttribute<'_> {
    /// The prefix as written, empty if there is none.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.name.prefix
    }

    /// The name without prefix.
    #[must_use]
    pub fn local_name(&self) -> &str {
        self.name.local
    }

    /// The namespace; an attribute without prefix is in none.
    #[must_use]
    pub fn namespace(&self) -> Namespace {
        self.name.namespace
    }

    /// The value, normalised by XML 1.0, 3.3.3.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// A node below the document or an element.
#[derive(Clone, Copy, Debug)]
pub enum Node<'d> {
    /// An element.
    Element(Element<'d>),
    /// Character data between two pieces of other markup, from text, references and CDATA sections alike.
    Text(&'d str),
    /// A comment's text.
    Comment(&'d str),
    /// A processing instruction.
    Instruction {
        /// Its target.
        target: &'d str,
        /// All behind the target and the white space after it.
        text: &'d str,
    },
}

/// An element of a document.
#[derive(Clone, Copy, Debug)]
pub struct Element<'d> {
    document: &'d Document<'d>,
    index: usize,
    stored: &'d StoredElement<'d>,
}

impl<'a> Document<'a> {
    /// The root element.
    #[must_use]
    pub fn root(&self) -> Option<Element<'_>> {
        self.nodes().find_map(element_only)
    }

    /// What stands at the top: the root element, and comments and processing instructions around it.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        Children { document: self, next: first_child(self, 0) }
    }

    /// Every element, in document order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.nodes.iter().enumerate().filter_map(|(index, node)| match &node.content {
            Content::Element(stored) => Some(Element { document: self, index, stored }),
            _ => None,
        })
    }

    /// Whether the whole text was read: the root element ends, and nothing follows that may not.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.ending == Ending::Complete
    }

    /// Whether a comment or a processing instruction stands anywhere: only those can split a text.
    #[must_use]
    pub fn has_splitting(&self) -> bool {
        self.has_comment || self.has_instruction
    }

    /// How long the text was that this was read from, in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// The namespace of a name, if this document declares it or every document knows it.
    #[must_use]
    pub fn namespace(&self, name: &str) -> Option<Namespace> {
        self.namespaces.find(name)
    }

    /// The names of all namespaces that are declared anywhere in the document, and of those every document knows.
    pub fn namespace_names(&self) -> impl Iterator<Item = &str> {
        self.namespaces.names()
    }

    /// The name of a namespace that this document uses, empty for [`Namespace::NONE`].
    #[must_use]
    pub fn namespace_name(&self, namespace: Namespace) -> &str {
        self.namespaces.name(namespace)
    }
}

impl<'d> Element<'d> {
    /// The prefix as written, empty if there is none.
    #[must_use]
    pub fn prefix(self) -> &'d str {
        self.stored.name.prefix
    }

    /// The name without prefix.
    #[must_use]
    pub fn local_name(self) -> &'d str {
        self.stored.name.local
    }

    /// The namespace.
    #[must_use]
    pub fn namespace(self) -> Namespace {
        self.stored.name.namespace
    }

    /// Whether this is the element of that name, whatever its prefix.
    #[must_use]
    pub fn is(self, namespace: Namespace, local_name: &str) -> bool {
        self.stored.name.namespace == namespace && self.stored.name.local == local_name
    }

    /// The attributes, namespace declarations left out, in document order.
    #[must_use]
    pub fn attributes(self) -> &'d [XmlAttribute<'d>] {
        let (first, count) = self.stored.attributes;
        self.document.attributes.get(first..first.saturating_add(count)).unwrap_or_default()
    }

    /// The value of an attribute of that name.
    #[must_use]
    pub fn attribute(self, namespace: Namespace, local_name: &str) -> Option<&'d str> {
        let is_it = |attribute: &&XmlAttribute<'_>| {
            attribute.name.namespace == namespace && attribute.name.local == local_name
        };
        self.attributes().iter().find(is_it).map(|attribute| attribute.value.as_ref())
    }

    /// The namespace declarations that stand on this element: prefix (empty for the default) and namespace.
    pub fn declarations(self) -> impl Iterator<Item = (&'d str, Namespace)> {
        let (first, count) = self.stored.declarations;
        let declarations =
            self.document.declarations.get(first..first.saturating_add(count)).unwrap_or_default();
        declarations.iter().map(|declaration| (declaration.prefix, declaration.namespace))
    }

    /// Whether the element was read to its end. In a document that was cut, the text of one that was not may go on.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.stored.is_closed
    }

    /// Where it stands among all nodes of the document: larger for what begins later, the same only for the same element.
    #[must_use]
    pub fn position(self) -> usize {
        self.index
    }

    /// The elements around this one, the innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |element| element.parent())
    }

    /// The element around this one.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let index = self.document.nodes.get(self.index)?.parent;
        element_only(view(self.document, index)?)
    }

    /// Direct children.
    pub fn children(self) -> impl Iterator<Item = Node<'d>> {
        Children { document: self.document, next: first_child(self.document, self.index) }
    }

    /// Direct children that are elements.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        self.children().filter_map(element_only)
    }

    /// The first direct child of that name.
    #[must_use]
    pub fn child(self, namespace: Namespace, local_name: &str) -> Option<Self> {
        self.elements().find(|child| child.is(namespace, local_name))
    }

    /// All nodes below, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'d>> {
        let (document, end) = (self.document, self.end());
        (self.index.saturating_add(1)..end).filter_map(move |index| view(document, index))
    }

    /// Whether both are the same element of one document.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        self.index == other.index
    }

    /// The index behind the last node below: that of the next sibling of the nearest ancestor that has one.
    fn end(self) -> usize {
        let mut index = self.index;
        while let Some(node) = self.document.nodes.get(index) {
            if node.next != NOWHERE {
                return node.next;
            }
            index = node.parent;
        }
        self.document.nodes.len()
    }
}

struct Children<'d> {
    document: &'d Document<'d>,
    next: usize,
}

impl<'d> Iterator for Children<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        let index = self.next;
        self.next = self.document.nodes.get(index)?.next;
        view(self.document, index)
    }
}

fn first_child(document: &Document<'_>, parent: usize) -> usize {
    let after = parent.saturating_add(1);
    let is_child = document.nodes.get(after).is_some_and(|node| node.parent == parent);
    if is_child { after } else { NOWHERE }
}

fn view<'d>(document: &'d Document<'d>, index: usize) -> Option<Node<'d>> {
    Some(match &document.nodes.get(index)?.content {
        Content::Document => return None,
        Content::Element(stored) => Node::Element(Element { document, index, stored }),
        Content::Text(text) => Node::Text(text),
        Content::Comment(text) => Node::Comment(text),
        Content::Instruction { target, text } => Node::Instruction { target, text },
    })
}

fn element_only(node: Node<'_>) -> Option<Element<'_>> {
    match node {
        Node::Element(element) => Some(element),
        _ => None,
    }
}
