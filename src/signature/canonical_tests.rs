//! Tests of [`super`]: the examples of the W3C's texts, the rules one by one, and properties over random documents.

use proptest::prelude::*;

use super::*;

const EXCLUSIVE: Method = Method { form: Form::Exclusive, comments: false };
const INCLUSIVE: Method = Method { form: Form::Inclusive, comments: false };
const INCLUSIVE_11: Method = Method { form: Form::Inclusive11, comments: false };

fn with_comments(method: Method) -> Method {
    Method { comments: true, ..method }
}

fn write(request: &Request<'_>) -> String {
    let mut out = String::new();
    canonicalize(request, &mut out).unwrap();
    out
}

/// The canonical form of the whole document.
fn whole(source: &str, method: Method) -> String {
    let document = Document::parse(source).unwrap_or_else(|error| panic!("{source}: {error:?}"));
    write(&Request { document: &document, top: None, method, prefixes: &[], without: None })
}

/// The canonical form of the first element of that local name.
fn part(source: &str, name: &str, method: Method, prefixes: &[&str]) -> String {
    let document = Document::parse(source).unwrap();
    let top = document.elements().find(|element| element.local_name() == name);
    let prefixes: Vec<String> = prefixes.iter().map(|prefix| String::from(*prefix)).collect();
    write(&Request { document: &document, top, method, prefixes: &prefixes, without: None })
}

/// Canonical XML 1.0, 3.1, without the document type declaration, which is refused.
#[test]
fn what_stands_around_the_root_is_on_lines_of_its_own() {
    let source = "<?xml version=\"1.0\"?>\n\n<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\n\
                  <doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n\
                  <!-- Comment 3 -->\n";
    let plain = "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello, world!</doc>\n\
                 <?pi-without-data?>";
    let commented = "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\
                     <doc>Hello, world!<!-- Comment 1 --></doc>\n<?pi-without-data?>\n<!-- Comment 2 -->\n\
                     <!-- Comment 3 -->";
    for method in [INCLUSIVE, INCLUSIVE_11, EXCLUSIVE] {
        assert_eq!(whole(source, method), plain);
        assert_eq!(whole(source, with_comments(method)), commented);
    }
}

/// Canonical XML 1.0, 3.2.
#[test]
fn white_space_in_content_stays() {
    let source = "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n   <mixed>\n      A\n      <clean>   \
                  </clean>\n      B\n      <dirty>   A   B   </dirty>\n      C\n   </mixed>\n</doc>";
    assert_eq!(whole(source, INCLUSIVE), source);
}

/// Canonical XML 1.0, 3.3, without the declared default attribute.
#[test]
fn tags_have_one_form() {
    let source = "<doc>\n   <e1   />\n   <e2   ></e2>\n   <e3   name = \"elem3\"   id=\"elem3\"   />\n   \
                  <e4   name=\"elem4\"   id=\"elem4\"   ></e4>\n   <e5 a:attr=\"out\" b:attr=\"sorted\" attr2=\"all\" \
                  attr=\"I'm\"\n      xmlns:b=\"http://www.ietf.org\"\n      xmlns:a=\"http://www.w3.org\"\n      \
                  xmlns=\"http://example.org\"/>\n   <e6 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n      \
                  <e7 xmlns=\"http://www.ietf.org\">\n         <e8 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n            \
                  <e9 xmlns=\"\" xmlns:a=\"http://www.ietf.org\"/>\n         </e8>\n      </e7>\n   </e6>\n</doc>";
    let expected = "<doc>\n   <e1></e1>\n   <e2></e2>\n   <e3 id=\"elem3\" name=\"elem3\"></e3>\n   \
                    <e4 id=\"elem4\" name=\"elem4\"></e4>\n   <e5 xmlns=\"http://example.org\" \
                    xmlns:a=\"http://www.w3.org\" xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" \
                    b:attr=\"sorted\" a:attr=\"out\"></e5>\n   <e6 xmlns:a=\"http://www.w3.org\">\n      \
                    <e7 xmlns=\"http://www.ietf.org\">\n         <e8 xmlns=\"\">\n            \
                    <e9 xmlns:a=\"http://www.ietf.org\"></e9>\n         </e8>\n      </e7>\n   </e6>\n</doc>";
    assert_eq!(whole(source, INCLUSIVE), expected);
    assert_eq!(whole(source, INCLUSIVE_11), expected);
}

/// Canonical XML 1.0, 3.4, without the attribute of a declared type.
#[test]
fn characters_are_escaped_in_one_way() {
    let source = "<doc>\n   <text>First line&#x0d;&#10;Second line</text>\n   <value>&#x32;</value>\n   \
                  <compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute>\n   \
                  <compute expr='value>\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"'>valid</compute>\n   \
                  <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>\n</doc>";
    let expected = "<doc>\n   <text>First line&#xD;\nSecond line</text>\n   <value>2</value>\n   \
                    <compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute>\n   \
                    <compute expr=\"value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; \
                    ?&quot;valid&quot;:&quot;error&quot;\">valid</compute>\n   \
                    <norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm>\n</doc>";
    for method in [INCLUSIVE, INCLUSIVE_11, EXCLUSIVE] {
        assert_eq!(whole(source, method), expected);
    }
}

/// Canonical XML 1.0, 3.6.
#[test]
fn the_encoding_is_utf_8() {
    assert_eq!(
        whole("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<doc>&#169;</doc>", INCLUSIVE),
        "<doc>©</doc>"
    );
}

const ENVELOPES: [&str; 2] = [
    "<n0:local xmlns:n0=\"foo:bar\" xmlns:n3=\"ftp://example.org\"><n1:elem2 xmlns:n1=\"http://example.net\" \
     xml:lang=\"en\"><n3:stuff/></n1:elem2></n0:local>",
    "<n2:pdu xmlns:n1=\"http://example.com\" xmlns:n2=\"http://foo.example\" xml:lang=\"fr\" xml:space=\"retain\">\
     <n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\"><n3:stuff xmlns:n3=\"ftp://example.org\"/></n1:elem2></n2:pdu>",
];

/// Exclusive XML Canonicalization 1.0, 2.2: two envelopes around the same element.
#[test]
fn the_exclusive_form_of_an_element_does_not_depend_on_what_is_around_it() {
    let expected = "<n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\"><n3:stuff xmlns:n3=\"ftp://example.org\">\
                    </n3:stuff></n1:elem2>";
    for envelope in ENVELOPES {
        assert_eq!(part(envelope, "elem2", EXCLUSIVE, &[]), expected);
    }
    let [first, second] = ENVELOPES.map(|envelope| part(envelope, "elem2", INCLUSIVE, &[]));
    assert_eq!(
        first,
        "<n1:elem2 xmlns:n0=\"foo:bar\" xmlns:n1=\"http://example.net\" xmlns:n3=\"ftp://example.org\" xml:lang=\"en\">\
         <n3:stuff></n3:stuff></n1:elem2>"
    );
    assert_eq!(
        second,
        "<n1:elem2 xmlns:n1=\"http://example.net\" xmlns:n2=\"http://foo.example\" xml:lang=\"en\" xml:space=\"retain\">\
         <n3:stuff xmlns:n3=\"ftp://example.org\"></n3:stuff></n1:elem2>"
    );
}

#[test]
fn listed_prefixes_are_taken_along_and_others_only_where_they_are_used() {
    let source =
        "<a xmlns='u' xmlns:p='v' xmlns:q='w' xmlns:r='x'><b xmlns:s='y'><q:c s:d='' r='p:x'/></b></a>";
    assert_eq!(
        part(source, "b", EXCLUSIVE, &[]),
        "<b xmlns=\"u\"><q:c xmlns:q=\"w\" xmlns:s=\"y\" r=\"p:x\" s:d=\"\"></q:c></b>"
    );
    assert_eq!(
        part(source, "b", EXCLUSIVE, &["p", "s", "missing", "xml"]),
        "<b xmlns=\"u\" xmlns:p=\"v\" xmlns:s=\"y\"><q:c xmlns:q=\"w\" r=\"p:x\" s:d=\"\"></q:c></b>"
    );
    assert_eq!(
        part(source, "c", EXCLUSIVE, &["#default"]),
        "<q:c xmlns=\"u\" xmlns:q=\"w\" xmlns:s=\"y\" r=\"p:x\" s:d=\"\"></q:c>"
    );
    assert_eq!(
        part("<a xmlns:p='u'><p:b><c xmlns:p='v'/></p:b></a>", "b", EXCLUSIVE, &["p"]),
        "<p:b xmlns:p=\"u\"><c xmlns:p=\"v\"></c></p:b>"
    );
}

#[test]
fn a_default_namespace_is_taken_back_where_it_was_written_and_only_there() {
    let source = "<a xmlns='u'><b xmlns=''><c/><d xmlns='u'/></b></a>";
    for method in [INCLUSIVE, INCLUSIVE_11, EXCLUSIVE] {
        assert_eq!(whole(source, method), "<a xmlns=\"u\"><b xmlns=\"\"><c></c><d xmlns=\"u\"></d></b></a>");
        assert_eq!(part(source, "b", method, &[]), "<b><c></c><d xmlns=\"u\"></d></b>");
    }
    let source = "<p:a xmlns:p='u' xmlns='v'><p:b xmlns=''><c/></p:b></p:a>";
    assert_eq!(whole(source, EXCLUSIVE), "<p:a xmlns:p=\"u\"><p:b><c></c></p:b></p:a>");
    assert_eq!(
        whole(source, INCLUSIVE),
        "<p:a xmlns=\"v\" xmlns:p=\"u\"><p:b xmlns=\"\"><c></c></p:b></p:a>"
    );
}

#[test]
fn a_declaration_that_already_holds_is_left_out() {
    let source = "<p:a xmlns:p='u'><p:b xmlns:p='u'><p:c xmlns:p='v'><p:d xmlns:p='u'/></p:c></p:b></p:a>";
    let expected = "<p:a xmlns:p=\"u\"><p:b><p:c xmlns:p=\"v\"><p:d xmlns:p=\"u\"></p:d></p:c></p:b></p:a>";
    for method in [INCLUSIVE, INCLUSIVE_11, EXCLUSIVE] {
        assert_eq!(whole(source, method), expected);
    }
}

#[test]
fn attributes_are_ordered_by_namespace_name_and_not_by_prefix() {
    let source = "<e xmlns:a='z' xmlns:z='a' a:x='1' z:x='2' x='3' b='4' xml:lang='5' é='6' z:b='7'/>";
    assert_eq!(
        whole(source, EXCLUSIVE),
        "<e xmlns:a=\"z\" xmlns:z=\"a\" b=\"4\" x=\"3\" é=\"6\" z:b=\"7\" z:x=\"2\" xml:lang=\"5\" a:x=\"1\"></e>"
    );
}

#[test]
fn attributes_of_xml_are_inherited_by_the_top_of_the_inclusive_forms_alone() {
    let source = "<a xml:lang='de' xml:space='preserve' xml:id='i' xml:other='o'><b xml:lang='fr'><c d='1'><e/></c></b></a>";
    assert_eq!(
        part(source, "c", INCLUSIVE, &[]),
        "<c d=\"1\" xml:id=\"i\" xml:lang=\"fr\" xml:other=\"o\" xml:space=\"preserve\"><e></e></c>"
    );
    assert_eq!(
        part(source, "c", INCLUSIVE_11, &[]),
        "<c d=\"1\" xml:lang=\"fr\" xml:space=\"preserve\"><e></e></c>"
    );
    assert_eq!(part(source, "c", EXCLUSIVE, &[]), "<c d=\"1\"><e></e></c>");
    assert_eq!(
        part(source, "b", INCLUSIVE, &[]),
        "<b xml:id=\"i\" xml:lang=\"fr\" xml:other=\"o\" xml:space=\"preserve\"><c d=\"1\"><e></e></c></b>"
    );
}

/// Canonical XML 1.1, 2.4 and 3.8.
#[test]
fn bases_are_joined_by_1_1_and_copied_by_1_0() {
    let source = "<doc xmlns='http://www.ietf.org' xml:base='http://www.example.com/something/else'><e1>\
                  <e2 xmlns='' xml:id='abc' xml:base='../bar/'><e3 id='E3' xml:base='foo'/></e2></e1></doc>";
    assert_eq!(
        part(source, "e3", INCLUSIVE_11, &[]),
        "<e3 id=\"E3\" xml:base=\"http://www.example.com/bar/foo\"></e3>"
    );
    assert_eq!(part(source, "e3", INCLUSIVE, &[]), "<e3 id=\"E3\" xml:base=\"foo\" xml:id=\"abc\"></e3>");
    assert_eq!(
        part(source, "e1", INCLUSIVE_11, &[]),
        "<e1 xmlns=\"http://www.ietf.org\" xml:base=\"http://www.example.com/something/else\"><e2 xmlns=\"\" \
         xml:base=\"../bar/\" xml:id=\"abc\"><e3 id=\"E3\" xml:base=\"foo\"></e3></e2></e1>"
    );
    let source = "<a xml:base='x/..'><b xml:base=''/></a>";
    assert_eq!(part(source, "b", INCLUSIVE_11, &[]), "<b></b>");
    assert_eq!(part("<a><b xml:base='c'/></a>", "b", INCLUSIVE_11, &[]), "<b xml:base=\"c\"></b>");
}

#[test]
fn an_element_can_be_left_out_with_all_below_it() {
    let document = Document::parse("<a xmlns:p='u'>1<b p:x='2'>3<c/></b>4<p:d/></a>").unwrap();
    let without = document.elements().find(|element| element.local_name() == "b");
    let mut request = Request { document: &document, top: None, method: EXCLUSIVE, prefixes: &[], without };
    assert_eq!(write(&request), "<a>14<p:d xmlns:p=\"u\"></p:d></a>");
    request.top = without;
    assert_eq!(write(&request), "");
}

#[test]
fn comments_go_or_stay_and_processing_instructions_stay() {
    let source = "<a>1<!--2-->3<?p?><?q r  s ?>4</a>";
    assert_eq!(whole(source, EXCLUSIVE), "<a>13<?p?><?q r  s ?>4</a>");
    assert_eq!(whole(source, with_comments(EXCLUSIVE)), "<a>1<!--2-->3<?p?><?q r  s ?>4</a>");
}

#[test]
fn line_ends_are_line_feeds_and_a_reference_to_a_carriage_return_stays_one() {
    assert_eq!(
        whole("<a b='1\r\n2\r3&#13;'>4\r\n5\r6&#13;<!--7\r\n8--><?p 9\r\n?></a>", with_comments(INCLUSIVE)),
        "<a b=\"1 2 3&#xD;\">4\n5\n6&#xD;<!--7\n8--><?p 9\n?></a>"
    );
}

#[test]
fn a_namespace_name_is_escaped_like_any_attribute() {
    assert_eq!(
        whole("<a xmlns='urn:&quot;&amp;&#9;'/>", EXCLUSIVE),
        "<a xmlns=\"urn:&quot;&amp;&#x9;\"></a>"
    );
}

#[test]
fn relative_namespace_names_are_found_wherever_they_are_declared() {
    for name in ["x", "../x", "//x", "1:x", ":x", "urn:a b", "a/b:c", "urn:\u{e9}"] {
        let source = format!("<a><b><c xmlns:p='{name}'/></b></a>");
        let document = Document::parse(&source).unwrap();
        assert_eq!(relative_namespace(&document), Some(name));
    }
    for name in ["urn:x", "http://x/y#", "x:", "a+b-c.d:e", "http://user@x/?%20"] {
        let source = format!("<a xmlns='{name}'><b xmlns=''/></a>");
        let document = Document::parse(&source).unwrap();
        assert_eq!(relative_namespace(&document), None, "{name}");
    }
}

#[test]
fn a_canonical_form_far_larger_than_its_document_is_refused() {
    let name = "x".repeat(64 * 1024);
    let uses = "<p:a/>".repeat(1000);
    let source = format!("<r xmlns:p='urn:{name}'>{uses}</r>");
    let document = Document::parse(&source).unwrap();
    let request = Request { document: &document, top: None, method: EXCLUSIVE, prefixes: &[], without: None };
    assert_eq!(canonicalize(&request, &mut String::new()), None);
}

/// Random well-formed documents with prefixes, default namespaces, `xml:` attributes, comments and instructions.
fn documents() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec!["a", "p:b", "q:c", "d"]);
    let attributes = prop::sample::subsequence(
        vec![
            " xmlns='urn:1'",
            " xmlns:p='urn:2'",
            " xmlns:q='urn:1'",
            " x='&#10;\"&amp;'",
            " p:y='&lt;>'",
            " q:x='2'",
            " xml:lang='de'",
            " xml:base='../b'",
        ],
        0..6,
    );
    let leaf = prop::sample::select(vec![
        "text",
        "&#13;&amp;",
        "<!-- c -->",
        "<?i  t?>",
        "<![CDATA[<]]>",
        "é \n",
        "",
    ]);
    let tag = (names, attributes.prop_shuffle());
    let tree = leaf.prop_map(String::from).prop_recursive(5, 40, 5, move |inner| {
        (tag.clone(), prop::collection::vec(inner, 0..5)).prop_map(|((name, attributes), children)| {
            format!("<{name}{}>{}</{name}>", attributes.concat(), children.concat())
        })
    });
    tree.prop_map(|content| format!("<r xmlns:p='urn:0' xmlns:q='urn:9' xml:space='preserve'>{content}</r>"))
}

fn methods() -> impl Strategy<Value = Method> {
    let forms = prop::sample::select(vec![Form::Exclusive, Form::Inclusive, Form::Inclusive11]);
    (forms, any::<bool>()).prop_map(|(form, comments)| Method { form, comments })
}

proptest! {
    #[test]
    fn a_canonical_form_is_its_own_canonical_form(source in documents(), method in methods(), at in 0_usize..9) {
        let document = Document::parse(&source).unwrap();
        let top = document.elements().nth(at);
        let once = write(&Request { document: &document, top, method, prefixes: &[], without: None });
        prop_assert_eq!(whole(&once, method), once);
    }

    #[test]
    fn no_text_panics(source in "(<|>|/|a|p:|=|'|\"|&amp;|&#9;|!|\\?|-| |<!--|-->|xmlns|xml:|urn:|<a>|</a>|é){0,40}", method in methods()) {
        if let Ok(document) = Document::parse(&source) {
            let prefixes = [String::from("p"), String::from("#default")];
            let mut once = String::new();
            let request = Request { document: &document, top: None, method, prefixes: &prefixes, without: None };
            prop_assert_eq!(canonicalize(&request, &mut once), Some(()));
            if document.is_complete() {
                prop_assert_eq!(whole(&once, method), once);
            }
        }
    }
}
