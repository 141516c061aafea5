//! Text of the tree to text of XML: what must be a reference becomes one (XML 1.0, 2.4 and 3.3.3), so that reading it
//! again gives the same text.

use super::text::push_escaped;

/// Appends character data.
pub(super) fn push_text(xml: &mut String, text: &str) {
    push_escaped(xml, text, |byte| match byte {
        b'&' | b'<' | b'>' | b'\r' => reference(byte),
        _ => "",
    });
}

/// Appends an attribute's value, to stand between double quotes.
pub(super) fn push_value(xml: &mut String, text: &str) {
    push_escaped(xml, text, reference);
}

fn reference(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        b'\r' => "&#13;",
        b'\n' => "&#10;",
        _ => "&#9;",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::saml::{Document, Namespace, Node};

    proptest! {
        #[test]
        fn what_was_escaped_reads_as_it_was(text in "[\\t\\n\\r -~é]{1,40}") {
            let mut xml = String::from("<a b=\"");
            push_value(&mut xml, &text);
            xml.push_str("\">");
            push_text(&mut xml, &text);
            xml.push_str("</a>");
            let document = Document::parse(&xml).unwrap();
            let root = document.root().unwrap();
            prop_assert_eq!(root.attribute(Namespace::NONE, "b"), Some(text.as_str()));
            let read = root.children().map(|node| if let Node::Text(text) = node { text } else { "" });
            prop_assert_eq!(read.collect::<String>(), text);
        }
    }
}
