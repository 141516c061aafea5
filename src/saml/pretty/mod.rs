//! A document to indented lines of tokens for display, in time linear in its length. Nothing is refused: a document that
//! was cut is shown as far as it goes, without the end tags that it lacks.
//!
//! What is shown is what the tree holds, escaped again, so a copy of the lines is XML. White space between elements is
//! dropped, long text is broken at its spaces, and base64 anywhere; the original is there for whoever needs each byte.

mod layout;

use std::ops::Range;

use serde::ser::{SerializeStruct, SerializeTuple};
use serde::{Serialize, Serializer};

use self::layout::Layout;
use super::document::Document;
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
        let mut layout = Layout::new(document);
        layout.document();
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

/// One step.
const INDENT: &str = "  ";

#[cfg(test)]
mod tests;
