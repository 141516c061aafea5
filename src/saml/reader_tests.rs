//! Tests of [`super`]: the tree, and what is refused.

use proptest::prelude::*;

use super::super::document::Node;
use super::*;
use crate::limits::MAX_XML_NAMESPACES;

fn parse(source: &str) -> Document<'_> {
    Document::parse(source).unwrap_or_else(|error| panic!("{source}: {error:?}"))
}

fn refused(source: &str) -> SamlError {
    match Document::parse(source) {
        Err(error) => error,
        Ok(document) => panic!("{source}: {document:?}"),
    }
}

/// The tree written back: names with namespaces, values quoted.
fn outline(source: &str) -> String {
    let document = parse(source);
    document.nodes().map(|node| write(&document, node)).collect::<Vec<_>>().join(" ")
}

fn write(document: &Document<'_>, node: Node<'_>) -> String {
    let named = |namespace, local: &str| match document.namespace_name(namespace) {
        "" => String::from(local),
        name => format!("{{{name}}}{local}"),
    };
    match node {
        Node::Text(text) => format!("{text:?}"),
        Node::Comment(text) => format!("#{text:?}"),
        Node::Instruction { target, text } => format!("?{target} {text:?}"),
        Node::Element(element) => {
            let mut parts = vec![named(element.namespace(), element.local_name())];
            for attribute in element.attributes() {
                parts.push(format!(
                    "{}={:?}",
                    named(attribute.namespace(), attribute.local_name()),
                    attribute.value()
                ));
            }
            parts.extend(element.children().map(|child| write(document, child)));
            format!("({})", parts.join(" "))
        }
    }
}

#[test]
fn prefixes_resolve_in_their_scope_and_default_namespaces_do_not_reach_attributes() {
    assert_eq!(
        outline(
            "<a xmlns='u' xmlns:p='v' x='1' p:x='2'><p:b xmlns:p='w'/><p:b/><c xmlns=''/><d xml:lang='e'/></a>"
        ),
        "({u}a x=\"1\" {v}x=\"2\" ({w}b) ({v}b) (c) ({u}d {http://www.w3.org/XML/1998/namespace}lang=\"e\"))"
    );
}

#[test]
fn a_declaration_counts_for_its_own_element_wherever_it_stands_in_the_tag() {
    assert_eq!(outline("<p:a p:x='1' xmlns:p='u'/>"), "({u}a {u}x=\"1\")");
}

#[test]
fn declarations_are_kept_apart_from_attributes() {
    let document = parse("<a xmlns='u' xmlns:p='v' x='1'/>");
    let declared: Vec<_> = document.root().unwrap().declarations().collect();
    let named: Vec<_> =
        declared.iter().map(|(prefix, name)| (*prefix, document.namespace_name(*name))).collect();
    assert_eq!(named, [("", "u"), ("p", "v")]);
}

#[test]
fn adjacent_character_data_is_one_text_however_it_is_written() {
    assert_eq!(outline("<a>x&amp;&#233;<![CDATA[<&amp;]]>y\r\nz&#13;</a>"), "(a \"x&é<&amp;y\\nz\\r\")");
    assert_eq!(outline("<a>x<b/>y<!--z-->&lt;<![CDATA[]]></a>"), "(a \"x\" (b) \"y\" #\"z\" \"<\")");
    assert_eq!(outline("<a><![CDATA[]]></a>"), "(a)");
}

#[test]
fn comments_and_processing_instructions_are_nodes() {
    assert_eq!(
        outline("<?xml version='1.0'?><!--1--><a><?x  y?></a> <?z?>\n<!--2-->"),
        "#\"1\" (a ?x \"y\") ?z \"\" #\"2\""
    );
}

#[test]
fn parents_and_descendants_are_found() {
    let document = parse("<a><b>1<c>2</c></b>3<d/></a>");
    let root = document.root().unwrap();
    let b = root.elements().next().unwrap();
    assert_eq!(b.parent().map(|parent| parent.local_name()), Some("a"));
    assert!(root.parent().is_none());
    let text = |element: super::super::Element<'_>| -> String {
        element
            .descendants()
            .filter_map(|node| if let Node::Text(text) = node { Some(text) } else { None })
            .collect()
    };
    assert_eq!((text(b), text(root)), (String::from("12"), String::from("123")));
    assert_eq!(document.elements().count(), 4);
}

#[test]
fn text_that_needs_no_change_is_borrowed() {
    let document = parse("<a b='José'>José %26 +</a>");
    assert!(matches!(document.attributes[0].value, Cow::Borrowed(_)));
    assert!(matches!(document.nodes[2].content, Content::Text(Cow::Borrowed(_))));
}

#[test]
fn a_dtd_is_refused_in_every_form() {
    for source in [
        "<!DOCTYPE a><a/>",
        "<?xml version='1.0'?>\n<!-- x --><!DOCTYPE a SYSTEM 'http://127.0.0.1/x'><a/>",
        "<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;'>]><a>&lol2;</a>",
        "<!DOCTYPE a [",
        "<!doctype a [<!ENTITY x 'y'>]><a/>",
        "<a/><!DOCTYPE a>",
        "<a><!DOCTYPE a></a>",
        "<!DOCTYPE>",
    ] {
        assert_eq!(refused(source), SamlError::DtdForbidden, "{source}");
    }
}

#[test]
fn an_html_page_is_named() {
    for source in [
        "<!DOCTYPE html><html></html>",
        "\n<HTML lang=en>",
        "<!-- x --><html xmlns='u'/>",
        "<html",
        "<!doctype HTML",
    ] {
        assert_eq!(refused(source), SamlError::Html, "{source}");
    }
}

#[test]
fn references_that_xml_does_not_define_are_refused() {
    assert_eq!(refused("<a>&nbsp;</a>"), SamlError::UndefinedEntity);
    assert_eq!(refused("<a b='&nbsp;'/>"), SamlError::UndefinedEntity);
    assert_eq!(refused("<a>&#0;</a>"), SamlError::BadCharacterReference);
    assert_eq!(refused("<a b='&#xFFFF;'/>"), SamlError::BadCharacterReference);
}

#[test]
fn forbidden_characters_are_refused() {
    assert_eq!(refused("<a>\0</a>"), SamlError::ForbiddenCharacter { character: '\0' });
    assert_eq!(refused("<a b='\u{1b}'/>"), SamlError::ForbiddenCharacter { character: '\u{1b}' });
}

#[test]
fn an_attribute_twice_is_refused_also_under_two_prefixes() {
    assert_eq!(refused("<a b='1' b='2'/>"), SamlError::DuplicateAttribute);
    assert_eq!(refused("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>"), SamlError::DuplicateAttribute);
    assert_eq!(refused("<a xmlns='u' xmlns='v'/>"), SamlError::DuplicateAttribute);
    assert_eq!(outline("<a xmlns='u' xmlns:p='u' b='1' p:b='2'/>"), "({u}a b=\"1\" {u}b=\"2\")");
}

#[test]
fn an_unbound_prefix_is_refused() {
    assert_eq!(refused("<p:a/>"), SamlError::BadNamespace);
    assert_eq!(refused("<a p:b='1'/>"), SamlError::BadNamespace);
    assert_eq!(refused("<a><b xmlns:p='u'/><p:c/></a>"), SamlError::BadNamespace);
    assert_eq!(refused("<a xmlns:p=''/>"), SamlError::BadNamespace);
    assert_eq!(refused("<xmlns:a/>"), SamlError::BadNamespace);
}

#[test]
fn ten_thousand_nested_elements_are_refused() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert_eq!(refused(&nested(10_000)), SamlError::TooDeep { limit: MAX_XML_DEPTH });
    assert_eq!(refused(&nested(MAX_XML_DEPTH + 1)), SamlError::TooDeep { limit: MAX_XML_DEPTH });
    assert_eq!(parse(&nested(MAX_XML_DEPTH)).ending, Ending::Complete);
    assert_eq!(refused(&"<a>".repeat(10_000)), SamlError::TooDeep { limit: MAX_XML_DEPTH });
}

#[test]
fn more_than_the_limit_of_elements_attributes_or_namespaces_is_refused() {
    for part in ["<b/>", "<!---->", "<?b?>"] {
        let source = format!("<a>{}</a>", part.repeat(MAX_XML_ELEMENTS));
        assert_eq!(refused(&source), SamlError::TooManyElements { limit: MAX_XML_ELEMENTS }, "{part}");
    }
    let attributes = |count| format!("<a{}/>", (0..count).map(|n| format!(" b{n}=''")).collect::<String>());
    assert_eq!(parse(&attributes(MAX_XML_ATTRIBUTES)).ending, Ending::Complete);
    let limit = MAX_XML_ATTRIBUTES;
    assert_eq!(refused(&attributes(MAX_XML_ATTRIBUTES + 1)), SamlError::TooManyAttributes { limit });
    let names: String = (0..MAX_XML_NAMESPACES).map(|n| format!("<b xmlns='u{n}'/>")).collect();
    assert_eq!(
        refused(&format!("<a>{names}</a>")),
        SamlError::TooManyNamespaces { limit: MAX_XML_NAMESPACES }
    );
}

#[test]
fn a_document_that_stops_being_xml_is_kept_as_far_as_it_was_read() {
    for (source, expected) in [
        ("<a><b>1</b><c", "(a (b \"1\"))"),
        ("<a><b>1</b>", "(a (b \"1\"))"),
        ("<a><b>1</c></b></a>", "(a (b \"1\"))"),
        ("<a><b>1 & 2</b></a>", "(a (b \"1 \"))"),
        ("<a>1<b c=d></b></a>", "(a \"1\")"),
        ("<a>1<b c='<'/></a>", "(a \"1\")"),
        ("<a>1<b c='x", "(a \"1\")"),
        ("<a>1<!-- x", "(a \"1\")"),
        ("<a>1<![CDATA[x", "(a \"1\")"),
        ("<a>1<?xml version='1.0'?></a>", "(a \"1\")"),
        ("<a>1<1/></a>", "(a \"1\")"),
        ("<a>1<:b/></a>", "(a \"1\")"),
        ("<a>1<b:/></a>", "(a \"1\")"),
        ("<a>1<b:c:d/></a>", "(a \"1\")"),
        ("<a>1< b/></a>", "(a \"1\")"),
    ] {
        assert_eq!(parse(source).ending, Ending::Truncated, "{source}");
        assert_eq!(outline(source), expected, "{source}");
    }
}

#[test]
fn markup_shorter_than_its_own_delimiters_is_no_panic() {
    for markup in [
        "<!-->",
        "<!--->",
        "<!---->",
        "<![CDATA[]>",
        "<![CDATA[]]>",
        "<??>",
        "<?>",
        "<>",
        "</>",
        "</ >",
        "<!>",
        "</",
        "<?",
    ] {
        for source in [
            String::from(markup),
            format!("<a>{markup}</a>"),
            format!("<a>{markup}"),
            format!("<a/>{markup}"),
        ] {
            let _ = Document::parse(&source);
        }
    }
}

#[test]
fn what_follows_the_root_is_told_and_left_out() {
    for source in ["<a/>x", "<a/><b/>", "<a></a></a>", "<a/>&amp;", "<a/><![CDATA[x]]>", "<a/><"] {
        assert_eq!(parse(source).ending, Ending::Trailing, "{source}");
        assert_eq!(outline(source), "(a)");
    }
}

#[test]
fn text_without_a_root_element_has_its_own_errors() {
    for source in ["hello", "{}", "hello <a/>", "&amp;<a/>", "<1>", "< a/>", "</a>", "<a b=c/>"] {
        assert_eq!(refused(source), SamlError::NotXml, "{source}");
    }
    for source in ["<", "<a", "<a b='", "<?xml version='1.0'?>", "<?xml", "<!-- x", "<!", "<!DOC"] {
        assert_eq!(refused(source), SamlError::CutOff, "{source}");
    }
    for source in ["", " \r\n", "\u{feff}"] {
        assert_eq!(refused(source), SamlError::Empty, "{source}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(source in any::<String>()) {
        let _ = Document::parse(&source);
    }

    #[test]
    fn no_markup_panics(source in "(<|>|/|a|b:|=|'|\"|&|;|#|!|\\?|\\[|\\]|-| |<!|--|CDATA|DOCTYPE|xmlns|xml|<a>|</a>|é){0,40}") {
        if let Ok(document) = Document::parse(&source) {
            let _ = outline(&source);
            prop_assert!(document.root().is_some());
        }
    }

    #[test]
    fn text_written_by_a_writer_reads_back(text in "[^\\p{Cc}\u{fffe}\u{ffff}]{1,40}", value in "[^\\p{Cc}\u{fffe}\u{ffff}]{0,40}") {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let source = format!("<a b=\"{}\">{}</a>", escape(&value), escape(&text));
        let document = parse(&source);
        let root = document.root().unwrap();
        prop_assert_eq!(root.attribute(Namespace::NONE, "b"), Some(value.as_str()));
        let read = root.children().find_map(|node| if let Node::Text(text) = node { Some(text) } else { None });
        prop_assert_eq!(read, Some(text.as_str()));
    }
}
