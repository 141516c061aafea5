//! Tests of [`super`].

use super::*;

fn target(uri: &str) -> Option<(Option<String>, bool)> {
    Target::of(uri).map(|target| (target.id, target.comments))
}

#[test]
fn references_name_an_element_or_the_document_with_or_without_comments() {
    let a = || Some(String::from("a"));
    assert_eq!(target(""), Some((None, false)));
    assert_eq!(target("#a"), Some((a(), false)));
    assert_eq!(target("#xpointer(/)"), Some((None, true)));
    assert_eq!(target("#xpointer(id('a'))"), Some((a(), true)));
    assert_eq!(target("#xpointer(id(\"a\"))"), Some((a(), true)));
    for uri in [
        "a",
        "#",
        "#xpointer(id('a')",
        "#xpointer(id(a))",
        "#xpointer(id('a\"))",
        "#xpointer(id(''))",
        "#xpointer(id('a') | id('b'))",
        "#xpointer(/a)",
        "cid:x",
    ] {
        assert_eq!(target(uri), None, "{uri}");
    }
}

fn parameters(content: &str) -> Option<(Hash, u32)> {
    let source = format!(
        "<ds:SignatureMethod xmlns:ds='http://www.w3.org/2000/09/xmldsig#' xmlns:p='{PSS}'>{content}</ds:SignatureMethod>"
    );
    let document = Document::parse(&source).unwrap();
    pss_parameters(&document, document.root().unwrap())
}

/// RFC 9231, 2.3.9.
#[test]
fn parameters_of_pss_have_defaults_and_one_hash() {
    let method =
        |hash: &str| format!("<ds:DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#{hash}'/>");
    let mask = |hash: &str| {
        format!("<p:MaskGenerationFunction Algorithm='{MGF1}'>{}</p:MaskGenerationFunction>", method(hash))
    };
    let all = |content: &str| parameters(&format!("<p:RSAPSSParams>{content}</p:RSAPSSParams>"));
    assert_eq!(parameters(""), Some((Hash::Sha256, 32)));
    assert_eq!(all(""), Some((Hash::Sha256, 32)));
    assert_eq!(all(&(method("sha512") + &mask("sha512"))), Some((Hash::Sha512, 64)));
    assert_eq!(
        all("<p:SaltLength> 20 </p:SaltLength><p:TrailerField>1</p:TrailerField>"),
        Some((Hash::Sha256, 20))
    );
    assert_eq!(all(&method("sha512")), Some((Hash::Sha512, 64)));
    assert_eq!(all(&(method("sha512") + &mask("sha256"))), None);
    assert_eq!(all(&method("sha224")), None);
    assert_eq!(all(&mask("sha256").replace(MGF1, "urn:x")), None);
    assert_eq!(all("<p:SaltLength>-1</p:SaltLength>"), None);
    assert_eq!(all("<p:TrailerField>2</p:TrailerField>"), None);
}
