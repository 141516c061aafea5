//! Text of the tree to text of XML: what must be a reference becomes one (XML 1.0, 2.4 and 3.3.3), so that reading it
//! again gives the same text.

/// Appends character data.
pub(super) fn push_text(xml: &mut String, text: &str) {
    push(xml, text, |byte| matches!(byte, b'&' | b'<' | b'>' | b'\r'));
}

/// Appends an attribute's value, to stand between double quotes.
pub(super) fn push_value(xml: &mut String, text: &str) {
    push(xml, text, |byte| matches!(byte, b'&' | b'<' | b'>' | b'\r' | b'\n' | b'\t' | b'"'));
}

fn push(xml: &mut String, text: &str, is_special: fn(u8) -> bool) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_special) {
        let (before, from) = rest.split_at(at);
        xml.push_str(before);
        xml.push_str(match from.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'"') => "&quot;",
            Some(b'\r') => "&#13;",
            Some(b'\n') => "&#10;",
            _ => "&#9;",
        });
        rest = from.get(1..).unwrap_or_default();
    }
    xml.push_str(rest);
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
