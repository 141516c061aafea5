//! Where the elements of a document stand in its text. Only for text that [`super::Document`] has read, or will.

/// Start and end (bytes) of the elements with those numbers, in document order from 0. `None` when one of them is not there
/// whole, or stands inside another. `wanted` is in order.
pub(super) fn ranges(xml: &str, wanted: &[usize]) -> Option<Vec<(usize, usize)>> {
    let mut found = Vec::with_capacity(wanted.len());
    let mut wanted = wanted.iter().copied();
    let mut next = wanted.next();
    let (mut depth, mut count) = (0_usize, 0_usize);
    // Start and depth of the element that is looked for.
    let mut open: Option<(usize, usize)> = None;
    for Tag { start, end, kind } in (Tags { xml, at: 0 }) {
        if kind == Kind::End {
            depth = depth.checked_sub(1)?;
        } else {
            if next == Some(count) {
                if open.is_some() {
                    return None;
                }
                open = Some((start, depth));
                next = wanted.next();
            }
            count = count.saturating_add(1);
            if kind == Kind::Start {
                depth = depth.saturating_add(1);
            }
        }
        if let Some((start, _)) = open.take_if(|(_, outside)| *outside == depth) {
            found.push((start, end));
        }
    }
    (open.is_none() && next.is_none()).then_some(found)
}

/// Whether a text is one element, with nothing before or behind it but comments, instructions and white space.
pub(super) fn is_one_element(xml: &str) -> bool {
    let (mut depth, mut roots) = (0_usize, 0_usize);
    let mut behind = 0_usize;
    let mut tags = Tags { xml, at: 0 };
    for Tag { start, end, kind } in tags.by_ref() {
        let between = xml.get(behind..start).unwrap_or_default();
        if depth == 0 && !is_blank(between) {
            return false;
        }
        if depth == 0 {
            roots = roots.saturating_add(1);
        }
        match kind {
            Kind::Start => depth = depth.saturating_add(1),
            Kind::End if depth == 0 => return false,
            Kind::End => depth = depth.saturating_sub(1),
            Kind::Empty => {}
        }
        behind = end;
    }
    // The reader stops early at markup that does not end.
    let rest = xml.get(behind..).unwrap_or_default();
    roots == 1 && depth == 0 && is_blank(rest)
}

/// A start tag, an end tag, or both in one.
struct Tag {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    Empty,
    End,
}

/// The tags of a text; comments, CDATA and instructions are stepped over. It ends at markup that does not.
struct Tags<'a> {
    xml: &'a str,
    at: usize,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let start = self.at.saturating_add(self.xml.get(self.at..)?.find('<')?);
            let markup = self.xml.get(start..)?;
            let ends_with =
                SKIPPED.iter().find(|(begin, _)| markup.starts_with(begin)).map(|(begin, end)| {
                    let inside = markup.get(begin.len()..)?.find(end)?;
                    Some(begin.len().saturating_add(inside).saturating_add(end.len()))
                });
            if let Some(length) = ends_with {
                self.at = start.saturating_add(length?);
                continue;
            }
            let length = tag_length(markup)?;
            self.at = start.saturating_add(length);
            let tag = markup.get(..length)?;
            let kind = match tag {
                tag if tag.starts_with("</") => Kind::End,
                tag if tag.ends_with("/>") => Kind::Empty,
                _ => Kind::Start,
            };
            return Some(Tag { start, end: self.at, kind });
        }
    }
}

/// Bytes up to the `>` that is in no attribute's value.
fn tag_length(markup: &str) -> Option<usize> {
    let mut quote = None;
    let end = markup.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return true,
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        false
    })?;
    Some(end.saturating_add(1))
}

fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}

/// What is no tag though it begins with `<`, and how it ends.
const SKIPPED: [(&str, &str); 3] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::saml::Document;

    fn texts<'a>(xml: &'a str, wanted: &[usize]) -> Option<Vec<&'a str>> {
        Some(ranges(xml, wanted)?.into_iter().map(|(start, end)| xml.get(start..end).unwrap()).collect())
    }

    const XML: &str =
        "<?xml version='1.0'?>\n<a x='>'><!-- <b> --><b y=\"</a>\"/><![CDATA[<c>]]><c>é<d></d></c ></a>\n";

    #[test]
    fn elements_are_found_by_their_number() {
        assert_eq!(texts(XML, &[1]), Some(vec!["<b y=\"</a>\"/>"]));
        assert_eq!(texts(XML, &[1, 2]), Some(vec!["<b y=\"</a>\"/>", "<c>é<d></d></c >"]));
        assert_eq!(texts(XML, &[3]), Some(vec!["<d></d>"]));
        assert_eq!(texts(XML, &[0]), Some(vec![XML.trim().split_once('\n').unwrap().1]));
        assert_eq!(texts(XML, &[]), Some(vec![]));
    }

    #[test]
    fn elements_that_are_not_there_whole_or_lie_in_one_another_are_not_found() {
        for wanted in [&[4][..], &[1, 1], &[2, 3], &[2, 1]] {
            assert_eq!(texts(XML, wanted), None, "{wanted:?}");
        }
        for xml in ["<a><b>", "<a><b", "<a><!-- <b/></a>", "</a><b/>"] {
            assert_eq!(texts(xml, &[1]), None, "{xml}");
        }
    }

    #[test]
    fn one_element_is_told_from_none_and_several() {
        for xml in ["<a/>", " <a>x<b/></a>\n", "<a><!-- </a> --></a>"] {
            assert!(is_one_element(xml), "{xml}");
        }
        for xml in [
            "",
            "x",
            "<a>",
            "<a/><b/>",
            "<a/></b>",
            "</a>",
            "<a/>x",
            "x<a/>",
            "<a></a><!--",
            "<a/></r><r>",
            "<a",
        ] {
            assert!(!is_one_element(xml), "{xml}");
        }
    }

    proptest! {
        #[test]
        fn it_counts_the_elements_that_the_reader_of_documents_counts(xml in "<a>([ab ]|<[ab]( x='[ab>/]')?/?>|</[ab]>|<!--[<a>/]*-->|<!\\[CDATA\\[[<a>]*\\]\\]>|<\\?p [<a/]*\\?>){0,16}</a>") {
            let Ok(document) = Document::parse(&xml) else { return Ok(()) };
            for (number, element) in document.elements().enumerate().filter(|(_, element)| element.is_closed()) {
                let Some(found) = texts(&xml, &[number]) else { continue };
                prop_assert!(found[0].get(1..).unwrap().starts_with(element.local_name()), "{} is {}", number, found[0]);
            }
        }

        #[test]
        fn no_text_panics(xml in any::<String>(), wanted in prop::collection::vec(0_usize..4, 0..3)) {
            let _ = ranges(&xml, &wanted);
            let _ = is_one_element(&xml);
        }
    }
}
