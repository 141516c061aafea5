//! Canonical XML: a document or one element of it to the one text that is digested. Exclusive 1.0, inclusive 1.0 and
//! 1.1, each with and without comments; one element can be left out, as the enveloped-signature transform does.
//!
//! Sources: Canonical XML 1.0 (REC-xml-c14n-20010315), 1.1 (REC-xml-c14n11-20080502), Exclusive XML Canonicalization 1.0
//! (REC-xml-exc-c14n-20020718). Only whole subtrees are taken, so an element's parent is in the output or above its top.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::base::join;
use crate::limits::MAX_CANONICAL_BYTES;
use crate::saml::{Document, Element, Namespace, Node, push_escaped};

/// Which namespaces and `xml:` attributes an element takes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All in scope, and every `xml:` attribute of what is left out above.
    Inclusive,
    /// All in scope; of `xml:` attributes `lang` and `space` as they are and `base` resolved.
    Inclusive11,
    /// Only what the element itself uses.
    Exclusive,
}

/// One of the six canonicalizations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// What an element takes along.
    pub form: Form,
    /// Whether comments stay.
    pub comments: bool,
}

/// What is to be written, and how.
pub struct Request<'d> {
    /// Where it stands.
    pub document: &'d Document<'d>,
    /// The element to write; `None` for the document.
    pub top: Option<Element<'d>>,
    /// How it is written.
    pub method: Method,
    /// `PrefixList` of `InclusiveNamespaces`, which only the exclusive form has.
    pub prefixes: &'d [String],
    /// An element that is left out with all below it.
    pub without: Option<Element<'d>>,
}

/// Appends the canonical form to `out`. `None` when `out` grows past [`MAX_CANONICAL_BYTES`]; it is then cut somewhere.
///
/// The caller has refused documents with relative namespace names, which have no canonical form.
pub fn canonicalize(request: &Request<'_>, out: &mut String) -> Option<()> {
    let mut writer = Writer { request, rendered: Vec::new(), attributes: Vec::new(), out };
    let Some(top) = request.top else { return writer.document() };
    writer.element(top, true)
}

/// Whether the document has a canonical form: every namespace name is an absolute URI (Canonical XML 1.0, 2.2: "MUST
/// report an operation failure"). A canonicalizer that fails quietly hands an empty text to the digest.
pub fn relative_namespace<'d>(document: &'d Document<'_>) -> Option<&'d str> {
    document.namespace_names().find(|name| !name.is_empty() && !is_absolute_uri(name))
}

fn is_absolute_uri(name: &str) -> bool {
    let Some((scheme, rest)) = name.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && rest.bytes().all(|byte| {
            byte.is_ascii_graphic()
                && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
        })
}

struct Writer<'r, 'd, 'o> {
    request: &'r Request<'d>,
    /// Declarations written on the open elements, the innermost last.
    rendered: Vec<(&'d str, Namespace)>,
    /// Those of the element at hand; kept for its room.
    attributes: Vec<Attribute<'d>>,
    out: &'o mut String,
}

struct Attribute<'d> {
    prefix: &'d str,
    local: &'d str,
    namespace: Namespace,
    value: Cow<'d, str>,
}

impl<'d> Writer<'_, 'd, '_> {
    /// The whole document: what stands around the root element is on lines of its own.
    fn document(&mut self) -> Option<()> {
        let mut is_before_root = true;
        for node in self.request.document.nodes() {
            match node {
                Node::Element(root) => {
                    is_before_root = false;
                    self.element(root, true)?;
                }
                Node::Comment(_) if !self.request.method.comments => {}
                node => {
                    if !is_before_root {
                        self.out.push('\n');
                    }
                    self.node(node)?;
                    if is_before_root {
                        self.out.push('\n');
                    }
                }
            }
        }
        Some(())
    }

    fn node(&mut self, node: Node<'d>) -> Option<()> {
        match node {
            Node::Element(element) => return self.element(element, false),
            Node::Text(text) => escape_text(self.out, text),
            Node::Comment(text) => {
                if self.request.method.comments {
                    self.push(&["<!--", text, "-->"]);
                }
            }
            Node::Instruction { target, text } => {
                let space = if text.is_empty() { "" } else { " " };
                self.push(&["<?", target, space, text, "?>"]);
            }
        }
        Some(())
    }

    /// Depth is bounded by the reader ([`crate::limits::MAX_XML_DEPTH`]).
    fn element(&mut self, element: Element<'d>, is_top: bool) -> Option<()> {
        if self.request.without.is_some_and(|without| without.position() == element.position()) {
            return Some(());
        }
        if self.out.len() > MAX_CANONICAL_BYTES {
            return None;
        }
        let mark = self.rendered.len();
        self.out.push('<');
        self.name(element.prefix(), element.local_name());
        self.namespaces(element, is_top, mark);
        self.attributes(element, is_top);
        self.out.push('>');
        for child in element.children() {
            self.node(child)?;
        }
        self.out.push_str("</");
        self.name(element.prefix(), element.local_name());
        self.out.push('>');
        self.rendered.truncate(mark);
        Some(())
    }

    fn namespaces(&mut self, element: Element<'d>, is_top: bool, mark: usize) {
        match self.request.method.form {
            Form::Exclusive => {
                self.render(mark, element.prefix(), element.namespace());
                for attribute in element.attributes() {
                    if !attribute.prefix().is_empty() {
                        self.render(mark, attribute.prefix(), attribute.namespace());
                    }
                }
                self.listed(element, is_top, mark);
            }
            Form::Inclusive | Form::Inclusive11 if is_top => {
                let mut seen = Vec::new();
                let scopes = std::iter::once(element).chain(element.ancestors());
                for (prefix, namespace) in scopes.flat_map(Element::declarations) {
                    if !seen.contains(&prefix) {
                        seen.push(prefix);
                        self.render(mark, prefix, namespace);
                    }
                }
            }
            Form::Inclusive | Form::Inclusive11 => {
                for (prefix, namespace) in element.declarations() {
                    self.render(mark, prefix, namespace);
                }
            }
        }
        for at in mark..self.rendered.len() {
            let Some((prefix, namespace)) = self.rendered.get(at).copied() else { continue };
            let colon = if prefix.is_empty() { "" } else { ":" };
            self.push(&[" xmlns", colon, prefix, "=\""]);
            escape_attribute(self.out, self.request.document.namespace_name(namespace));
            self.out.push('"');
        }
    }

    /// The prefixes of the exclusive form's list are treated as the inclusive form treats all.
    fn listed(&mut self, element: Element<'d>, is_top: bool, mark: usize) {
        for listed in self.request.prefixes {
            let listed = if listed == "#default" { "" } else { listed };
            let mut scopes = std::iter::once(element).chain(element.ancestors().take_while(|_| is_top));
            let declared =
                scopes.find_map(|scope| scope.declarations().find(|(prefix, _)| *prefix == listed));
            if let Some((prefix, namespace)) = declared {
                self.render(mark, prefix, namespace);
            }
        }
    }

    /// Notes a declaration to be written on the element at hand, unless it already holds there. Those of one element
    /// stand from `mark` on, ordered by prefix.
    fn render(&mut self, mark: usize, prefix: &'d str, namespace: Namespace) {
        let rendered = self.rendered.iter().rev().find(|(rendered, _)| *rendered == prefix);
        let holds = rendered.map_or(Namespace::NONE, |(_, namespace)| *namespace);
        if holds == namespace || prefix == "xml" {
            return;
        }
        let own = self.rendered.iter().skip(mark).take_while(|(other, _)| *other < prefix).count();
        self.rendered.insert(mark.saturating_add(own), (prefix, namespace));
    }

    fn attributes(&mut self, element: Element<'d>, is_top: bool) {
        let mut attributes = std::mem::take(&mut self.attributes);
        attributes.clear();
        for attribute in element.attributes() {
            let value = Cow::Borrowed(attribute.value());
            let (prefix, local) = (attribute.prefix(), attribute.local_name());
            self.insert(
                &mut attributes,
                Attribute { prefix, local, namespace: attribute.namespace(), value },
            );
        }
        if is_top && self.request.method.form != Form::Exclusive {
            self.inherit(&mut attributes, element);
        }
        for attribute in &attributes {
            self.out.push(' ');
            self.name(attribute.prefix, attribute.local);
            self.out.push_str("=\"");
            escape_attribute(self.out, &attribute.value);
            self.out.push('"');
        }
        self.attributes = attributes;
    }

    /// `xml:` attributes of the elements above the top, which are not in the output.
    fn inherit(&mut self, attributes: &mut Vec<Attribute<'d>>, top: Element<'d>) {
        let is_1_1 = self.request.method.form == Form::Inclusive11;
        let mut has_base_above = false;
        let mut base = top.attribute(Namespace::XML, "base").map(Cow::Borrowed);
        for attribute in top.ancestors().flat_map(Element::attributes) {
            let local = attribute.local_name();
            if attribute.namespace() != Namespace::XML {
                continue;
            }
            if is_1_1 && local == "base" {
                has_base_above = true;
                base = Some(match base {
                    Some(below) => Cow::Owned(join(attribute.value(), &below)),
                    None => Cow::Borrowed(attribute.value()),
                });
            }
            let is_taken = !is_1_1 || local == "lang" || local == "space";
            let has_own = |own: &Attribute<'_>| own.namespace == Namespace::XML && own.local == local;
            if is_taken && !attributes.iter().any(has_own) {
                let value = Cow::Borrowed(attribute.value());
                self.insert(attributes, Attribute { prefix: "xml", local, namespace: Namespace::XML, value });
            }
        }
        if has_base_above {
            let own =
                attributes.iter().position(|own| own.namespace == Namespace::XML && own.local == "base");
            if let Some(own) = own {
                attributes.remove(own);
            }
            if let Some(value) = base.filter(|base| !base.is_empty()) {
                let base = Attribute { prefix: "xml", local: "base", namespace: Namespace::XML, value };
                self.insert(attributes, base);
            }
        }
    }

    /// Keeps attributes in order: by namespace name, then by local name (Canonical XML 1.0, 2.2).
    fn insert(&self, attributes: &mut Vec<Attribute<'d>>, attribute: Attribute<'d>) {
        let name = |namespace| self.request.document.namespace_name(namespace);
        let is_behind = |other: &Attribute<'_>| {
            let by_namespace = match other.namespace == attribute.namespace {
                true => Ordering::Equal,
                false => name(other.namespace).cmp(name(attribute.namespace)),
            };
            by_namespace.then_with(|| other.local.cmp(attribute.local)) == Ordering::Greater
        };
        let behind = attributes.iter().rev().take_while(|other| is_behind(other)).count();
        attributes.insert(attributes.len().saturating_sub(behind), attribute);
    }

    fn name(&mut self, prefix: &str, local: &str) {
        if !prefix.is_empty() {
            self.out.push_str(prefix);
            self.out.push(':');
        }
        self.out.push_str(local);
    }

    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.push_str(part);
        }
    }
}

/// Character data: `&`, `<`, `>` and the carriage return are written as references.
fn escape_text(out: &mut String, text: &str) {
    push_escaped(out, text, |byte| match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'\r' => "&#xD;",
        _ => "",
    });
}

/// An attribute's value: `&`, `<`, `"` and white space but the space are written as references.
fn escape_attribute(out: &mut String, value: &str) {
    push_escaped(out, value, |byte| match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'"' => "&quot;",
        b'\t' => "&#x9;",
        b'\n' => "&#xA;",
        b'\r' => "&#xD;",
        _ => "",
    });
}

#[cfg(test)]
#[path = "canonical_tests.rs"]
mod tests;
