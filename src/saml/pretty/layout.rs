//! A document to tokens and lines: what stands on one line, and where a line is broken.

use super::{Kind, Stored};
use crate::saml::document::{Document, Element, Node};
use crate::saml::escape::{push_text, push_value};
use crate::saml::text::is_blank;

/// The lines while they are made.
pub(super) struct Layout<'d> {
    document: &'d Document<'d>,
    pub(super) text: String,
    pub(super) tokens: Vec<(Kind, usize)>,
    pub(super) lines: Vec<Stored>,
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
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Self { document, text: String::new(), tokens: Vec::new(), lines: Vec::new(), elements: 0 }
    }

    pub(super) fn document(&mut self) {
        for node in self.document.nodes() {
            self.node(node, 0, None);
        }
    }

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

/// Bytes of text that stand on the line of their tags: a pair of two long ARNs fits.
pub(super) const LONGEST_TEXT: usize = 240;

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
