use proptest::prelude::*;

use super::layout::LONGEST_TEXT;
use super::*;
use crate::saml::Node;

fn pretty(xml: &str) -> PrettyXml {
    PrettyXml::of(&Document::parse(xml).unwrap())
}

fn text(xml: &str) -> String {
    pretty(xml).to_text().expose().clone()
}

fn json(xml: &str) -> String {
    serde_json::to_string(&pretty(xml)).unwrap()
}

#[test]
fn elements_stand_below_each_other_and_short_text_beside_its_tags() {
    let xml = "<a><b>one</b>\n\n<b x='1'/><c><d> </d></c><e>\n</e></a>";
    let expected = "<a>\n  <b>one</b>\n  <b x=\"1\"/>\n  <c>\n    <d> </d>\n  </c>\n  <e/>\n</a>\n";
    assert_eq!(text(xml), expected);
}

#[test]
fn a_line_crosses_as_depth_end_element_and_tokens() {
    let expected = r#"{"lines":[[0,2,0,[0,"<",1,"p:a",0," ",7,"xmlns:p=\"urn:x\"",0,">"]],[1,null,1,[0,"<",1,"b",0," ",2,"c",0,"=\"",3,"1&quot;",0,"\">",4,"t",0,"</",1,"b",0,">"]],[0,null,0,[0,"</",1,"p:a",0,">"]]]}"#;
    assert_eq!(json("<p:a xmlns:p='urn:x'><b c='1\"'>t</b></p:a>"), expected);
    let expected = r#"{"lines":[[0,null,null,[6,"<?x y?>"]],[0,null,0,[0,"<",1,"a",0,">",4,"jane",5,"<!--;-->",4,"@x",0,"</",1,"a",0,">"]],[0,null,null,[5,"<!--end-->"]]]}"#;
    assert_eq!(json("<?x y?><a>jane<!--;-->@x</a><!--end-->"), expected);
}

#[test]
fn a_long_start_tag_has_an_attribute_a_line_and_folds() {
    let long = "x".repeat(60);
    let xml = format!("<a><b one='{long}' two='{long}' xmlns='urn:x'><c/></b></a>");
    let expected = format!(
        "<a>\n  <b\n      xmlns=\"urn:x\"\n      one=\"{long}\"\n      two=\"{long}\">\n    <c/>\n  </b>\n</a>\n"
    );
    assert_eq!(text(&xml), expected);
    let pretty = pretty(&xml);
    let folds: Vec<_> = pretty.lines().map(|line| (line.end(), line.element())).collect();
    let own = (None, Some(1));
    let (whole, folded) = ((Some(7), Some(0)), (Some(6), Some(1)));
    assert_eq!(folds, [whole, folded, own, own, own, (None, Some(2)), own, (None, Some(0))]);
}

#[test]
fn mixed_content_stays_on_its_line_while_it_is_short() {
    assert_eq!(text("<a>one <b>two</b> three</a>"), "<a>one <b>two</b> three</a>\n");
    let words = "word ".repeat(80);
    let long = text(&format!("<a>{words}<b>two</b> three</a>"));
    let lines: Vec<&str> = long.lines().map(str::trim).collect();
    assert_eq!(lines.first(), Some(&"<a>"));
    assert!(lines.ends_with(&["<b>two</b>", "three", "</a>"]), "{long}");
    assert!(lines.iter().all(|line| line.len() <= LONGEST_TEXT), "{long}");
}

#[test]
fn base64_is_broken_at_76_characters_and_other_text_at_its_spaces_or_hardly_ever() {
    let lines = |text_of: &str| -> Vec<usize> {
        text(&format!("<a>{text_of}</a>")).lines().map(|line| line.trim().len()).collect()
    };
    assert_eq!(lines(&"A".repeat(300)), [3, 76, 76, 76, 72, 4]);
    assert_eq!(lines(&format!("{}\n{}", "A".repeat(64), "B".repeat(10))), [3, 64, 10, 4]);
    assert_eq!(lines(&"a:".repeat(200)), [3, 400, 4]);
    assert_eq!(lines(&"a:".repeat(2100)), [3, 4000, 200, 4]);
    assert_eq!(lines(&"é".repeat(2100)), [3, 4000, 200, 4]);
}

#[test]
fn a_document_that_was_cut_is_shown_without_the_end_tags_it_lacks() {
    let pretty = pretty("<a><b>one</b><c><d>tw");
    assert_eq!(pretty.to_text().expose(), "<a>\n  <b>one</b>\n  <c>\n    <d>tw\n");
    assert_eq!(pretty.lines().map(Line::end).collect::<Vec<_>>(), [Some(3), None, Some(3), None]);
}

#[test]
fn a_megabyte_is_laid_out_with_each_element_once() {
    let values = "<v a='1'>0123456789abcdef</v>".repeat(33_000);
    let xml = format!("<a>{values}</a>");
    let pretty = pretty(&xml);
    assert_eq!(pretty.lines().count(), 33_002);
    let elements: Vec<_> = pretty.lines().filter_map(Line::element).take(33_001).collect();
    assert!(elements.into_iter().eq(0..33_001));
}

/// What a document says: names, attributes and text without the white space around it.
fn said(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    let mut said = Vec::new();
    for element in document.elements() {
        said.push(format!("{}:{}", element.prefix(), element.local_name()));
        said.extend(element.attributes().iter().map(|attribute| attribute.value().to_owned()));
        for node in element.children() {
            if let Node::Text(text) = node {
                said.extend(text.split_ascii_whitespace().map(str::to_owned));
            }
        }
    }
    said
}

fn tree() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[ a-z&amp;]{0,30}".prop_map(|text| text.replace('&', "&amp;")),
        "[\\n a-zé]{0,300}",
        Just(String::from("<!-- x -->")),
        Just(String::from("<b/>")),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        (prop::collection::vec(inner, 0..6), prop::collection::vec("[a-z]{1,8}", 0..5)).prop_map(
            |(children, names)| {
                let mut names = names;
                names.sort();
                names.dedup();
                let attributes: String =
                    names.iter().map(|name| format!(" {name}='&lt; &quot;&#10;{name}'")).collect();
                format!("<p:e xmlns:p='urn:x'{attributes}>{}</p:e>", children.concat())
            },
        )
    })
}

proptest! {
    #[test]
    fn the_copied_lines_say_what_the_document_says(tree in tree()) {
        let xml = format!("<r>{tree}</r>");
        prop_assert_eq!(said(&text(&xml)), said(&xml));
    }

    #[test]
    fn folds_lie_inside_each_other_and_begin_at_their_element(tree in tree()) {
        let pretty = pretty(&format!("<r>{tree}</r>"));
        let lines: Vec<_> = pretty.lines().collect();
        let mut open: Vec<usize> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            while open.last().is_some_and(|end| *end < at) {
                open.pop();
            }
            let Some(end) = line.end() else { continue };
            prop_assert!(end > at && open.last().is_none_or(|outer| end <= *outer));
            prop_assert_eq!(lines.get(end).and_then(|last| last.element()), line.element());
            open.push(end);
        }
    }
}
