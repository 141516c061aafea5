//! An HTML page that posts a SAML message by itself (SAML bindings 3.5.4) to that message. Only `<form>` and `<input>`
//! tags are looked at; nothing of the page runs, and nothing is fetched.

use super::query::address;
use super::{Binding, Imported, Parameter};

/// Whether markup begins as a page, or a part of one, does. XML of SAML never does.
pub(super) fn is_page(markup: &str) -> bool {
    let mut tags = markup.split('<').map(|tag| tag.split_ascii_whitespace().next().unwrap_or_default());
    let first = tags.find(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or_default();
    let name = first.split(['>', '/']).next().unwrap_or_default();
    PAGE_ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name))
}

/// Every message in a field of a form, in order.
pub(super) fn messages(page: &str) -> Vec<Imported> {
    let mut found: Vec<Imported> = Vec::new();
    let (mut url, mut relay_state, mut of_form) = (None, None, 0_usize);
    for tag in page.split('<') {
        if let Some(form) = after_name(tag, "form") {
            url = attribute(form, "action").map(|action| String::from(address(&action)));
            relay_state = None;
            of_form = found.len();
        }
        let Some(input) = after_name(tag, "input") else { continue };
        let (Some(name), Some(value)) = (attribute(input, "name"), attribute(input, "value")) else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        if let Some(parameter) = Parameter::from_name(&name) {
            found.push(Imported {
                binding: Binding::Post,
                parameter: Some(parameter),
                url: url.clone(),
                relay_state: relay_state.clone(),
                ..Imported::bare(value)
            });
        } else if name == "RelayState" && relay_state.is_none() {
            for imported in found.iter_mut().skip(of_form) {
                imported.relay_state = Some(value.clone());
            }
            relay_state = Some(value);
        }
    }
    found
}

/// What follows the tag's name, if it has that name.
fn after_name<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (found, rest) = tag.split_at_checked(name.len())?;
    let ends = rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/');
    (ends && found.eq_ignore_ascii_case(name)).then_some(rest)
}

/// The value of an attribute, references resolved. `tag` is what follows the tag's name.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let (name, after) = rest.split_at(end);
        let mut value = "";
        rest = after.trim_ascii_start();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_ascii_start();
            (value, rest) = match after.chars().next()? {
                quote @ ('"' | '\'') => after.get(1..)?.split_once(quote)?,
                _ => after.split_at(
                    after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len()),
                ),
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(unescaped(value));
        }
        if name.is_empty() && value.is_empty() {
            return None;
        }
    }
}

/// References resolved: by number, and the names that stand for what base64 and URLs hold. Others stay as they are.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let name = after.split(';').next().unwrap_or_default();
        match character(name).filter(|_| after.len() > name.len()) {
            Some(character) => {
                plain.push(character);
                rest = after.get(name.len().saturating_add(1)..).unwrap_or_default();
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    if let Some((_, character)) = NAMED.iter().find(|(named, _)| *named == name) {
        return Some(*character);
    }
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?)
}

/// Elements that a page, or what was copied of it, begins with.
const PAGE_ELEMENTS: [&str; 10] =
    ["html", "head", "body", "form", "input", "meta", "title", "script", "div", "noscript"];

const NAMED: [(&str, char); 9] = [
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("plus", '+'),
    ("equals", '='),
    ("sol", '/'),
    ("colon", ':'),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// In the manner of Shibboleth's velocity template, which escapes all but letters and digits.
    const SHIBBOLETH: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">
    <body onload="document.forms[0].submit()">
        <noscript><p><strong>Note:</strong> press Continue.</p></noscript>
        <form action="https&#x3a;&#x2f;&#x2f;signin.aws.amazon.com&#x2f;saml&#x3f;a&#x3d;b" method="post">
            <div>
                <input type="hidden" name="RelayState" value="a&#x20;&amp;amp;b"/>
                <input type="hidden" name="SAMLResponse" value="PHg&#43;&#x2F;w&#61;&#x3D;"/>
            </div>
        </form></body></html>"#;

    #[test]
    fn the_form_of_a_page_is_read_with_where_it_goes() {
        assert!(is_page(SHIBBOLETH));
        let [imported] = messages(SHIBBOLETH).try_into().unwrap();
        assert_eq!(imported.encoded.expose(), "PHg+/w==");
        assert_eq!(imported.url.as_deref(), Some("https://signin.aws.amazon.com/saml"));
        assert_eq!(imported.relay_state.as_deref(), Some("a &amp;b"));
        assert_eq!((imported.binding, imported.parameter), (Binding::Post, Some(Parameter::SamlResponse)));
    }

    #[test]
    fn attributes_are_read_in_any_order_and_spelling() {
        for input in [
            "<input name=SAMLRequest value=PHg+/w==>",
            "<INPUT VALUE = 'PHg+/w==' disabled\n NAME = 'SAMLRequest' />",
            "<input value=\"PHg+/w==\" data-x=\"name='x'>\" name=\"SAMLRequest\"/>",
            "<input\tname=\"SAMLRequest\"value=\"PHg+/w==\">",
        ] {
            let [imported] = messages(input).try_into().unwrap_or_else(|found| panic!("{input}: {found:?}"));
            assert_eq!(imported.encoded.expose(), "PHg+/w==", "{input}");
            assert!(is_page(input), "{input}");
        }
    }

    #[test]
    fn each_form_has_its_own_relay_state() {
        let page = "<form action=/a><input name=SAMLResponse value=a></form>\
                    <form action='/b'><input name=SAMLResponse value=b><input name=RelayState value=r></form>";
        let found = messages(page);
        let states: Vec<_> =
            found.iter().map(|imported| (imported.url.as_deref(), imported.relay_state.as_deref())).collect();
        assert_eq!(states, [(Some("/a"), None), (Some("/b"), Some("r"))]);
    }

    #[test]
    fn xml_of_saml_is_no_page() {
        for markup in [
            "<Response/>",
            "<samlp:Response>",
            "<?xml version='1.0'?><!-- <x --> <a:Assertion",
            "<",
            "<form:x>",
        ] {
            assert!(!is_page(markup), "{markup}");
        }
        assert!(is_page("<!doctype html><HTML>"));
        assert!(is_page("<form/>"));
    }

    #[test]
    fn fields_without_a_message_are_left_alone() {
        for page in [
            "<input name=SAMLResponse>",
            "<input name=SAMLResponse value=''>",
            "<input value='x",
            "<inputs name=SAMLResponse value=x>",
            "<input =",
        ] {
            assert_eq!(messages(page), [], "{page}");
        }
    }

    proptest! {
        #[test]
        fn no_page_panics(text in "[<>=/'\"& a#;x0]{0,64}") {
            let _ = messages(&format!("<input {text}"));
            let _ = messages(&format!("<input name=SAMLResponse value='{text}'"));
            let _ = is_page(&text);
        }
    }
}
