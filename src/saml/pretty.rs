//! A document to indented lines of tokens for display, in time linear in its length. Nothing is refused: a document that
//! was cut is shown as far as it goes, without the end tags that it lacks.
//!
//! What is shown is what the tree holds, escaped again, so a copy of the lines is XML. White space between elements is
//! dropped, long text is broken at its spaces, and base64 anywhere; the original is there for whoever needs each byte.

use std::ops::Range;

use serde::ser::{SerializeStruct, SerializeTuple};
use serde::{Serialize, Serializer};

use super::document::{Document, Element, Node};
use super::escape::{push_text, push_value};
use super::text::is_blank;
use crate::secret::Secret;

/// A document as lines. It serialises as `{"lines": [[depth, end, element, [kind, text, kind, text ...]] ...]}`, the
/// `PrettyXml` of `extension/inspector/pretty.d.ts`.
pub struct PrettyXml {
    /// The texts of all tokens, one after the other.
    text: Secret<String>,
    /// The kind of each token, and where its text ends.
    tokens: Vec<(Kind, usize)>,
    lines: Vec<Stored>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Markup: `<`, `="`, `/>` ...
    Markup,
    /// An element's name with its prefix.
    Element,
    /// An attribute's name with its prefix.
    Attribute,
    /// An attribute's value without its quotes.
    Value,
    /// Character data.
    Text,
    /// A comment with its delimiters.
    Comment,
    /// A processing instruction with its delimiters.
    Instruction,
    /// A whole namespace declaration: `xmlns:ds="…"`.
    Declaration,
}

impl Kind {
    /// The number it crosses the door as.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Markup => 0,
            Self::Element => 1,
            Self::Attribute => 2,
            Self::Value => 3,
            Self::Text => 4,
            Self::Comment => 5,
            Self::Instruction => 6,
            Self::Declaration => 7,
        }
    }
}

/// A line as it is kept.
struct Stored {
    depth: usize,
    end: Option<usize>,
    element: Option<usize>,
    /// The place of its first token.
    first: usize,
}

/// One line.
#[derive(Clone, Copy)]
pub struct Line<'p> {
    pretty: &'p PrettyXml,
    stored: &'p Stored,
    /// The place behind its last token.
    end: usize,
}

impl PrettyXml {
    /// Lays a document out.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let mut layout =
            Layout { document, text: String::new(), tokens: Vec::new(), lines: Vec::new(), elements: 0 };
        for node in document.nodes() {
            layout.node(node, 0, None);
        }
        Self { text: Secret::new(layout.text), tokens: layout.tokens, lines: layout.lines }
    }

    /// The lines, from the top.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let next = self.lines.iter().skip(1).map(|line| line.first);
        let ends = next.chain(std::iter::once(self.tokens.len()));
        self.lines.iter().zip(ends).map(|(stored, end)| Line { pretty: self, stored, end })
    }

    /// The lines as one indented text, to copy or to save: XML again.
    #[must_use]
    pub fn to_text(&self) -> Secret<String> {
        // Exposed into the copy that the person asked for, which is a secret like the original.
        let tokens = self.text.expose();
        let indents = self.lines.iter().map(|line| line.depth.saturating_mul(INDENT.len()).saturating_add(1));
        let mut text = String::with_capacity(indents.fold(tokens.len(), usize::saturating_add));
        for line in self.lines() {
            for _ in 0..line.depth() {
                text.push_str(INDENT);
            }
            for (_, token) in line.tokens() {
                text.push_str(token);
            }
            text.push('\n');
        }
        Secret::new(text)
    }
}

impl<'p> Line<'p> {
    /// How far it is indented, in steps. Elements stand one step in, attributes of a broken start tag two.
    #[must_use]
    pub fn depth(self) -> usize {
        self.stored.depth
    }

    /// On the first line of an element that takes several: the index of its last line, which has its end tag if it has
    /// one. Folding hides what is between.
    #[must_use]
    pub fn end(self) -> Option<usize> {
        self.stored.end
    }

    /// The element whose tag or content it is, as its place in [`Document::elements`]; `None` outside of the root.
    #[must_use]
    pub fn element(self) -> Option<usize> {
        self.stored.element
    }

    /// The tokens. Two of one kind do not follow each other.
    pub fn tokens(self) -> impl Iterator<Item = (Kind, &'p str)> {
        let pretty = self.pretty;
        // Exposed for display.
        let text = pretty.text.expose();
        (self.stored.first..self.end).filter_map(move |place| {
            let (kind, _) = pretty.tokens.get(place)?;
            Some((*kind, text.get(range(&pretty.tokens, place))?))
        })
    }
}

/// Where the text of the token at that place stands.
fn range(tokens: &[(Kind, usize)], place: usize) -> Range<usize> {
    let end_of = |place: usize| tokens.get(place).map_or(0, |(_, end)| *end);
    place.checked_sub(1).map_or(0, end_of)..end_of(place)
}

impl Serialize for PrettyXml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Lines<'p>(&'p PrettyXml);
        impl Serialize for Lines<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.0.lines())
            }
        }
        let mut fields = serializer.serialize_struct("PrettyXml", 1)?;
        fields.serialize_field("lines", &Lines(self))?;
        fields.end()
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Tokens<'p>(Line<'p>);
        impl Serialize for Tokens<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeSeq;
                let mut tokens = serializer.serialize_seq(None)?;
                for (kind, text) in self.0.tokens() {
                    tokens.serialize_element(&kind.number())?;
                    tokens.serialize_element(text)?;
                }
                tokens.end()
            }
        }
        let mut fields = serializer.serialize_tuple(4)?;
        fields.serialize_element(&self.depth())?;
        fields.serialize_element(&self.end())?;
        fields.serialize_element(&self.element())?;
        fields.serialize_element(&Tokens(*self))?;
        fields.end()
    }
}

/// The lines while they are made.
struct Layout<'d> {
    document: &'d Document<'d>,
    text: String,
    tokens: Vec<(Kind, usize)>,
    lines: Vec<Stored>,
    /// Elements so far.
    elements: usize,
}

/// How an element is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `<a/>`.
    Empty,
    /// Tags and content on one line.
    Inline,
    /// The content on lines of its own.
    Block,
}

impl<'d> Layout<'d> {
    fn node(&mut self, node: Node<'d>, depth: usize, parent: Option<usize>) {
        match node {
            Node::Element(element) => self.element(element, depth),
            Node::Text(text) => text.lines().for_each(|line| self.text(line, depth, parent)),
            Node::Comment(_) | Node::Instruction { .. } => {
                self.line(depth, parent);
                self.inline(node);
            }
        }
    }

    fn element(&mut self, element: Element<'d>, depth: usize) {
        let ordinal = Some(self.elements);
        let first = self.lines.len();
        let shape = shape(element);
        self.line(depth, ordinal);
        self.start_tag(element, shape, Some(depth));
        match shape {
            Shape::Empty => {}
            Shape::Inline => {
                element.children().for_each(|child| self.inline(child));
                self.end_tag(element);
            }
            Shape::Block => {
                element.children().for_each(|child| self.node(child, depth.saturating_add(1), ordinal));
                if element.is_closed() {
                    self.line(depth, ordinal);
                    self.end_tag(element);
                }
            }
        }
        let last = self.lines.len().saturating_sub(1);
        if let Some(line) = self.lines.get_mut(first).filter(|_| last > first) {
            line.end = Some(last);
        }
    }

    /// Writes a node on the line that is there.
    fn inline(&mut self, node: Node<'d>) {
        match node {
            Node::Element(element) => {
                let is_empty = element.is_closed() && element.children().next().is_none();
                let shape = if is_empty { Shape::Empty } else { Shape::Inline };
                self.start_tag(element, shape, None);
                if !is_empty {
                    element.children().for_each(|child| self.inline(child));
                    self.end_tag(element);
                }
            }
            Node::Text(text) => {
                push_text(&mut self.text, text);
                self.token(Kind::Text);
            }
            Node::Comment(text) => {
                for part in ["<!--", text, "-->"] {
                    self.push(Kind::Comment, part);
                }
            }
            Node::Instruction { target, text } => {
                let space = if text.is_empty() { "" } else { " " };
                for part in ["<?", target, space, text, "?>"] {
                    self.push(Kind::Instruction, part);
                }
            }
        }
    }

    /// Writes a start tag. Where `depth` is that of its line, a long one is broken.
    fn start_tag(&mut self, element: Element<'d>, shape: Shape, depth: Option<usize>) {
        let ordinal = Some(self.elements);
        self.elements = self.elements.saturating_add(1);
        self.push(Kind::Markup, "<");
        self.name(Kind::Element, element.prefix(), element.local_name());
        let depth = depth.filter(|_| is_long(element)).map(|depth| depth.saturating_add(2));
        for (prefix, namespace) in element.declarations() {
            self.before_attribute(depth, ordinal);
            self.push(Kind::Declaration, if prefix.is_empty() { "xmlns" } else { "xmlns:" });
            self.push(Kind::Declaration, prefix);
            self.push(Kind::Declaration, "=\"");
            push_value(&mut self.text, self.document.namespace_name(namespace));
            self.token(Kind::Declaration);
            self.push(Kind::Declaration, "\"");
        }
        for attribute in element.attributes() {
            self.before_attribute(depth, ordinal);
            self.name(Kind::Attribute, attribute.prefix(), attribute.local_name());
            self.push(Kind::Markup, "=\"");
            push_value(&mut self.text, attribute.value());
            self.token(Kind::Value);
            self.push(Kind::Markup, "\"");
        }
        self.push(Kind::Markup, if shape == Shape::Empty { "/>" } else { ">" });
    }

    fn before_attribute(&mut self, depth: Option<usize>, element: Option<usize>) {
        match depth {
            Some(depth) => self.line(depth, element),
            None => self.push(Kind::Markup, " "),
        }
    }

    fn end_tag(&mut self, element: Element<'d>) {
        if element.is_closed() {
            self.push(Kind::Markup, "</");
            self.name(Kind::Element, element.prefix(), element.local_name());
            self.push(Kind::Markup, ">");
        }
    }

    /// Writes one line of character data, broken where it is very long.
    fn text(&mut self, line: &str, depth: usize, parent: Option<usize>) {
        let mut rest = line.trim_ascii();
        let is_base64 = rest.len() > LONGEST_TEXT && rest.bytes().all(is_base64);
        while !rest.is_empty() {
            let at = if is_base64 { BASE64_LINE } else { break_of(rest) };
            let (part, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.line(depth, parent);
            push_text(&mut self.text, part);
            self.token(Kind::Text);
            rest = behind.trim_ascii_start();
        }
    }

    fn line(&mut self, depth: usize, element: Option<usize>) {
        self.lines.push(Stored { depth, end: None, element, first: self.tokens.len() });
    }

    fn name(&mut self, kind: Kind, prefix: &str, local_name: &str) {
        if !prefix.is_empty() {
            self.push(kind, prefix);
            self.push(kind, ":");
        }
        self.push(kind, local_name);
    }

    fn push(&mut self, kind: Kind, text: &str) {
        self.text.push_str(text);
        self.token(kind);
    }

    /// Makes a token of what was added to the text, or lengthens the last one of the line if it is of that kind.
    fn token(&mut self, kind: Kind) {
        let end = self.text.len();
        let is_first = self.lines.last().is_none_or(|line| line.first == self.tokens.len());
        match self.tokens.last_mut() {
            Some((last, its_end)) if *last == kind && !is_first => *its_end = end,
            _ => self.tokens.push((kind, end)),
        }
    }
}

/// How to lay an element out, told by a bounded look at what is below it.
fn shape(element: Element<'_>) -> Shape {
    let mut children = element.children();
    let (first, second) = (children.next(), children.next());
    match (first, second) {
        (None, _) if element.is_closed() => return Shape::Empty,
        (None, _) => return Shape::Inline,
        (Some(Node::Text(text)), None) if !text.contains('\n') && text.len() <= LONGEST_TEXT => {
            return Shape::Inline;
        }
        (Some(Node::Text(text)), None) if is_blank(text) && element.is_closed() => return Shape::Empty,
        _ => {}
    }
    let is_said = |node: Node<'_>| matches!(node, Node::Text(text) if !is_blank(text));
    if !element.children().take(MOST_NODES).any(is_said) {
        return Shape::Block;
    }
    let mut room = LONGEST_TEXT;
    for (count, node) in element.descendants().enumerate() {
        let text = match node {
            Node::Element(element) if is_long(element) => return Shape::Block,
            Node::Element(_) => "",
            Node::Text(text) | Node::Comment(text) | Node::Instruction { text, .. } => text,
        };
        if count >= MOST_NODES || text.len() > room || text.contains('\n') {
            return Shape::Block;
        }
        room = room.saturating_sub(text.len());
    }
    Shape::Inline
}

/// Whether a start tag with its attributes is too long for one line.
fn is_long(element: Element<'_>) -> bool {
    let attributes = element.attributes();
    let lengths = attributes.iter().map(|attribute| {
        let names = attribute.prefix().len().saturating_add(attribute.local_name().len());
        names.saturating_add(attribute.value().len()).saturating_add(5)
    });
    // A declaration is counted with the length that the usual ones have.
    let (count, declared) = element.declarations().fold((attributes.len(), 0_usize), |(count, length), _| {
        (count.saturating_add(1), length.saturating_add(DECLARATION_LENGTH))
    });
    count > 1 && lengths.fold(declared, usize::saturating_add) > LONGEST_TAG
}

/// Where to break a line of character data: nowhere, before the last space that fits, or where no browser could show more.
fn break_of(text: &str) -> usize {
    if text.len() <= LONGEST_TEXT {
        return text.len();
    }
    let start = text.get(..boundary(text, LONGEST_TEXT)).unwrap_or_default();
    let behind = || text.bytes().take(LONGEST_LINE).position(|byte| byte == b' ');
    start.rfind(' ').or_else(behind).unwrap_or_else(|| boundary(text, LONGEST_LINE))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// The last place at or before `at` where a character begins, never the first.
fn boundary(text: &str, at: usize) -> usize {
    (1..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

const INDENT: &str = "  ";

/// Bytes of text that stand on the line of their tags: a pair of two long ARNs fits.
const LONGEST_TEXT: usize = 240;

/// Bytes of a start tag's attributes that stand on one line.
const LONGEST_TAG: usize = 110;

/// Bytes of ` xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"`.
const DECLARATION_LENGTH: usize = 53;

/// Nodes that may stand on one line with text between them.
const MOST_NODES: usize = 12;

/// Characters of base64 a line (RFC 2045, 6.8).
const BASE64_LINE: usize = 76;

/// Bytes of a line that nothing breaks.
const LONGEST_LINE: usize = 4000;

#[cfg(test)]
#[path = "pretty_tests.rs"]
mod tests;
