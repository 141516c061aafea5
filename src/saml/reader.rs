//! The bounded XML reader: text to a [`Document`]. The only user of quick-xml. It refuses DTDs, undefined entities,
//! duplicate attributes, unbound prefixes and whatever is past a limit; a document that stops being well-formed is
//! kept as far as it was read.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};

use super::SamlError;
use super::document::{Content, Document, Ending, NOWHERE, Name, Stored, StoredElement, XmlAttribute};
use super::namespace::{Namespace, Namespaces, Scope};
use super::text;
use crate::limits::{MAX_XML_ATTRIBUTES, MAX_XML_DEPTH, MAX_XML_ELEMENTS};

impl<'a> Document<'a> {
    /// Reads a document, in time linear in its length.
    ///
    /// # Errors
    ///
    /// What is not XML, what XML forbids, and what is past a limit of [`crate::limits`].
    pub fn parse(source: &'a str) -> Result<Self, SamlError> {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        if text::is_blank(source) {
            return Err(SamlError::Empty);
        }
        if !source.trim_ascii_start().starts_with('<') {
            return Err(SamlError::NotXml);
        }
        if is_html(source) {
            return Err(SamlError::Html);
        }
        let has_carriage_return = text::check_characters(source)?;
        Builder::new(source, has_carriage_return).read()
    }
}

/// Why the builder stops.
enum Stop {
    /// The document must not be read.
    Refused(SamlError),
    /// It is not well-formed from here on.
    IllFormed,
    /// It ends inside a piece of markup.
    EndOfText,
}

impl From<SamlError> for Stop {
    fn from(error: SamlError) -> Self {
        Self::Refused(error)
    }
}

struct Builder<'a> {
    source: &'a str,
    document: Document<'a>,
    /// The document, then each element that is open.
    open: Vec<Open>,
    scope: Scope<'a>,
    /// Elements, comments and processing instructions so far.
    charged: usize,
    has_root: bool,
    /// The name of the last element, whole and split.
    last_name: (&'a str, (&'a str, &'a str)),
    /// Whether line ends have to be looked at.
    has_carriage_return: bool,
}

/// A node that can still get children.
struct Open {
    index: usize,
    last_child: usize,
    /// What [`Scope`] held outside of it.
    mark: usize,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, has_carriage_return: bool) -> Self {
        let mut nodes = Vec::with_capacity(source.len() / BYTES_A_NODE);
        nodes.push(Stored { parent: NOWHERE, next: NOWHERE, content: Content::Document });
        let document = Document {
            nodes,
            attributes: Vec::new(),
            declarations: Vec::new(),
            namespaces: Namespaces::new(),
            ending: Ending::Complete,
            has_instruction: false,
            has_comment: false,
            length: source.len(),
        };
        let open = vec![Open { index: 0, last_child: NOWHERE, mark: 0 }];
        Self {
            source,
            document,
            open,
            scope: Scope::default(),
            charged: 0,
            has_root: false,
            last_name: ("", ("", "")),
            has_carriage_return,
        }
    }

    fn read(mut self) -> Result<Document<'a>, SamlError> {
        let stop = self.events();
        if let Err(Stop::Refused(error)) = stop {
            return Err(error);
        }
        if !self.has_root {
            let is_xml =
                self.source.trim_ascii_start().starts_with('<') && !matches!(stop, Err(Stop::IllFormed));
            return Err(if is_xml { SamlError::CutOff } else { SamlError::NotXml });
        }
        self.document.ending = match stop {
            _ if self.is_inside_root() => Ending::Truncated,
            Ok(()) => Ending::Complete,
            Err(_) => Ending::Trailing,
        };
        Ok(self.document)
    }

    fn events(&mut self) -> Result<(), Stop> {
        let mut reader = Reader::from_str(self.source);
        loop {
            let from = usize::try_from(reader.buffer_position()).unwrap_or(NOWHERE);
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.start(from, &tag, false)?,
                Ok(Event::Empty(tag)) => self.start(from, &tag, true)?,
                Ok(Event::End(_)) => self.end(),
                Ok(Event::Text(text)) => self.text(self.normalised(text.into_inner()))?,
                Ok(Event::CData(data)) if self.is_inside_root() => {
                    self.text(self.normalised(data.into_inner()))?
                }
                Ok(Event::GeneralRef(name)) if self.is_inside_root() => self.reference(&name)?,
                Ok(Event::Comment(comment)) => {
                    self.charge()?;
                    self.document.has_comment = true;
                    let text = self.normalised(comment.into_inner());
                    self.add(Content::Comment(text));
                }
                Ok(Event::PI(instruction)) => {
                    let target = instruction.target().len();
                    self.instruction(instruction.into_inner(), target)?;
                }
                Ok(Event::Decl(_)) if from == 0 => {}
                Ok(Event::CData(_) | Event::GeneralRef(_) | Event::Decl(_)) => return Err(Stop::IllFormed),
                Ok(Event::DocType(_)) => return Err(SamlError::DtdForbidden.into()),
                Ok(Event::Eof) => return Ok(()),
                Err(error) => return Err(self.stop(from, &error)),
            }
        }
    }

    /// What a syntax error means. An unclosed DTD is a DTD.
    fn stop(&self, from: usize, error: &Error) -> Stop {
        let markup = self.source.get(from..).unwrap_or_default();
        if starts_with(markup, "<!DOCTYPE") {
            return SamlError::DtdForbidden.into();
        }
        match error {
            Error::Syntax(SyntaxError::InvalidBangMarkup) if markup.len() > LONGEST_BANG => Stop::IllFormed,
            Error::Syntax(_) => Stop::EndOfText,
            _ => Stop::IllFormed,
        }
    }

    fn start(&mut self, from: usize, tag: &BytesStart<'_>, is_empty: bool) -> Result<(), Stop> {
        let from = from.saturating_add(1);
        let tag_text = self.source.get(from..from.saturating_add(tag.len())).ok_or(Stop::IllFormed)?;
        let name_len = tag.name().as_ref().len();
        let (prefix, local) = self.split(tag_text.get(..name_len).ok_or(Stop::IllFormed)?)?;
        if !self.is_inside_root() && self.has_root {
            return Err(Stop::IllFormed);
        }
        if !self.has_root && local.eq_ignore_ascii_case("html") {
            return Err(SamlError::Html.into());
        }
        if self.open.len() > MAX_XML_DEPTH {
            return Err(SamlError::TooDeep { limit: MAX_XML_DEPTH }.into());
        }
        self.charge()?;
        let mark = self.scope.mark();
        let (attributes, declarations) = (self.document.attributes.len(), self.document.declarations.len());
        self.attributes(tag_text, name_len, mark)?;
        let namespace = self.scope.resolve(prefix)?;
        let index = self.add(Content::Element(StoredElement {
            name: Name { prefix, local, namespace },
            attributes: (attributes, self.document.attributes.len().saturating_sub(attributes)),
            declarations: (declarations, self.document.declarations.len().saturating_sub(declarations)),
            is_closed: is_empty,
        }));
        self.has_root = true;
        if is_empty {
            self.scope.leave(mark);
        } else {
            self.open.push(Open { index, last_child: NOWHERE, mark });
        }
        Ok(())
    }

    /// [`split`], remembering the last: a thousand values in a row have one name.
    fn split(&mut self, name: &'a str) -> Result<(&'a str, &'a str), Stop> {
        if self.last_name.0 != name {
            self.last_name = (name, split(name)?);
        }
        Ok(self.last_name.1)
    }

    /// Reads the attributes of a tag: first all, taking the declarations in, then their names are resolved.
    fn attributes(&mut self, tag_text: &'a str, name_len: usize, mark: usize) -> Result<(), Stop> {
        if tag_text.len() == name_len {
            return Ok(());
        }
        let first = self.document.attributes.len();
        let mut attributes = Attributes::new(tag_text, name_len);
        for (count, attribute) in attributes.with_checks(false).enumerate() {
            let attribute = attribute.map_err(|_| Stop::IllFormed)?;
            if count >= MAX_XML_ATTRIBUTES {
                return Err(SamlError::TooManyAttributes { limit: MAX_XML_ATTRIBUTES }.into());
            }
            let (prefix, local) = split(attribute.key.0)?;
            let Cow::Borrowed(raw) = attribute.value else { return Err(Stop::IllFormed) };
            let value = text::attribute_value(raw)?.ok_or(Stop::IllFormed)?;
            let declared = match (prefix, local) {
                ("", "xmlns") => "",
                ("xmlns", prefix) => prefix,
                _ => {
                    let name = Name { prefix, local, namespace: Namespace::NONE };
                    self.document.attributes.push(XmlAttribute { name, value });
                    continue;
                }
            };
            let declaration = self.scope.declare(&mut self.document.namespaces, mark, declared, value)?;
            self.document.declarations.push(declaration);
        }
        let mut rest = self.document.attributes.get_mut(first..).unwrap_or_default();
        for attribute in rest.iter_mut().filter(|attribute| !attribute.name.prefix.is_empty()) {
            attribute.name.namespace = self.scope.resolve(attribute.name.prefix)?;
        }
        while let Some((attribute, others)) = rest.split_first_mut() {
            let same = |other: &XmlAttribute<'_>| {
                other.name.local == attribute.name.local && other.name.namespace == attribute.name.namespace
            };
            if others.iter().any(same) {
                return Err(SamlError::DuplicateAttribute.into());
            }
            rest = others;
        }
        Ok(())
    }

    /// Closes the innermost element. quick-xml has compared the names.
    fn end(&mut self) {
        let Some(open) = self.open.pop_if(|open| open.index != 0) else { return };
        self.scope.leave(open.mark);
        if let Some(Stored { content: Content::Element(element), .. }) =
            self.document.nodes.get_mut(open.index)
        {
            element.is_closed = true;
        }
    }

    /// Adds character data. Adjacent pieces are one text node, however they were written.
    fn text(&mut self, text: Cow<'a, str>) -> Result<(), Stop> {
        if !self.is_inside_root() {
            return if text::is_blank(&text) { Ok(()) } else { Err(Stop::IllFormed) };
        }
        match self.preceding_text() {
            Some(before) => before.to_mut().push_str(&text),
            None if text.is_empty() => {}
            None => {
                self.add(Content::Text(text));
            }
        }
        Ok(())
    }

    fn reference(&mut self, name: &str) -> Result<(), Stop> {
        let character = text::reference(name)?;
        match self.preceding_text() {
            Some(before) => before.to_mut().push(character),
            None => {
                self.add(Content::Text(Cow::Owned(String::from(character))));
            }
        }
        Ok(())
    }

    /// The text node that a piece of text at this place continues.
    fn preceding_text(&mut self) -> Option<&mut Cow<'a, str>> {
        let parent = self.open.last()?.index;
        match self.document.nodes.last_mut() {
            Some(Stored { parent: its_parent, content: Content::Text(text), .. })
                if *its_parent == parent =>
            {
                Some(text)
            }
            _ => None,
        }
    }

    fn instruction(&mut self, instruction: Cow<'a, str>, target_len: usize) -> Result<(), Stop> {
        let Cow::Borrowed(instruction) = instruction else { return Err(Stop::IllFormed) };
        let (target, text) = instruction.split_at_checked(target_len).ok_or(Stop::IllFormed)?;
        if target.is_empty() || target.eq_ignore_ascii_case("xml") {
            return Err(Stop::IllFormed);
        }
        self.charge()?;
        self.document.has_instruction = true;
        let text = text::line_ends(text.trim_ascii_start());
        self.add(Content::Instruction { target, text });
        Ok(())
    }

    /// Appends a node below the innermost open one and gives its index.
    fn add(&mut self, content: Content<'a>) -> usize {
        let index = self.document.nodes.len();
        let mut parent = NOWHERE;
        if let Some(open) = self.open.last_mut() {
            parent = open.index;
            if let Some(sibling) = self.document.nodes.get_mut(open.last_child) {
                sibling.next = index;
            }
            open.last_child = index;
        }
        self.document.nodes.push(Stored { parent, next: NOWHERE, content });
        index
    }

    /// Line ends of character data as XML wants them; borrowed text stays borrowed.
    fn normalised<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        match text {
            text if !self.has_carriage_return => text,
            Cow::Borrowed(text) => text::line_ends(text),
            Cow::Owned(text) => Cow::Owned(text::line_ends(&text).into_owned()),
        }
    }

    fn charge(&mut self) -> Result<(), SamlError> {
        self.charged = self.charged.saturating_add(1);
        if self.charged > MAX_XML_ELEMENTS {
            return Err(SamlError::TooManyElements { limit: MAX_XML_ELEMENTS });
        }
        Ok(())
    }

    fn is_inside_root(&self) -> bool {
        self.open.len() > 1
    }
}

/// Prefix and local name (XML Namespaces 1.0, section 4). ASCII is held to the name characters of XML 1.0, 2.3.
fn split(name: &str) -> Result<(&str, &str), Stop> {
    // Names are short, so they are not worth a `memchr`.
    let (prefix, local) = match name.bytes().position(|byte| byte == b':') {
        Some(0) => return Err(Stop::IllFormed),
        Some(at) => name.split_at_checked(at).ok_or(Stop::IllFormed)?,
        None => ("", name),
    };
    let local = if prefix.is_empty() { local } else { local.get(1..).unwrap_or_default() };
    let is_start = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii();
    let is_name = |part: &str| {
        part.bytes().next().is_some_and(is_start)
            && part
                .bytes()
                .all(|byte| is_start(byte) || byte.is_ascii_digit() || byte == b'-' || byte == b'.')
    };
    if is_name(local) && (prefix.is_empty() || is_name(prefix)) {
        Ok((prefix, local))
    } else {
        Err(Stop::IllFormed)
    }
}

/// Whether the text begins as an HTML page does.
fn is_html(source: &str) -> bool {
    let start = source.trim_ascii_start();
    starts_with(start, "<!doctype html") || starts_with(start, "<html")
}

/// Whether the text starts with ASCII letters in either case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Bytes that a node takes in a response with many roles; only room made ahead depends on it.
const BYTES_A_NODE: usize = 64;

/// Bytes of `<![CDATA[`, the longest text after which the end of the text can hide what `<!` begins.
const LONGEST_BANG: usize = 9;

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
