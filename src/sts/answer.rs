//! The body of an STS answer, XML, to its fields. Refused: a DTD, deep nesting, what is not well-formed.
//!
//! ```text
//! AssumeRoleWithSAMLResponse/AssumeRoleWithSAMLResult/{Credentials/{AccessKeyId, ...}, AssumedRoleUser/Arn}
//! ErrorResponse/{Error/{Code, Message}, RequestId}
//! ```

use crate::saml::{Document, Element, Node};
use crate::secret::{Secret, Wipe};

/// The fields of an answer; each the first of its name, each absent until met.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) access_key_id: Option<String>,
    pub(crate) secret_access_key: Option<Secret<String>>,
    pub(crate) session_token: Option<Secret<String>>,
    pub(crate) expiration: Option<String>,
    pub(crate) assumed_role_arn: Option<String>,
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
    pub(crate) request_id: Option<String>,
}

impl Answer {
    /// Takes the text of the element `name` inside of `parent`.
    fn take(&mut self, parent: &str, name: &str, text: &str) {
        let field = match (parent, name) {
            ("Credentials", "AccessKeyId") => &mut self.access_key_id,
            ("Credentials", "Expiration") => &mut self.expiration,
            ("AssumedRoleUser", "Arn") => &mut self.assumed_role_arn,
            ("Error", "Code") => &mut self.error_code,
            ("Error", "Message") => &mut self.error_message,
            (_, "RequestId" | "RequestID") => &mut self.request_id,
            _ => {
                let secret = match (parent, name) {
                    ("Credentials", "SecretAccessKey") => &mut self.secret_access_key,
                    ("Credentials", "SessionToken") => &mut self.session_token,
                    _ => return,
                };
                secret.get_or_insert_with(|| Secret::new(text.to_owned()));
                return;
            }
        };
        field.get_or_insert_with(|| text.to_owned());
    }
}

/// Reads the body; `None` when it is not XML of this kind. Names are compared without their prefix: AWS uses a
/// default namespace, and its error answers have come without one.
pub(crate) fn read_xml(text: &str) -> Option<Answer> {
    let document = Document::parse(text).ok().filter(Document::is_complete)?;
    let mut answer = Answer::default();
    let mut content = String::with_capacity(text.len());
    for element in document.elements() {
        if element.ancestors().nth(MAX_DEPTH.saturating_sub(1)).is_some() {
            return None;
        }
        for node in element.children() {
            if let Node::Text(text) = node {
                content.push_str(text);
            }
        }
        if !content.is_empty() {
            let parent = element.parent().map_or("", Element::local_name);
            answer.take(parent, element.local_name(), content.trim());
        }
        content.wipe();
    }
    Some(answer)
}

/// Deeper than any answer of STS, which is four.
const MAX_DEPTH: usize = 16;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prefixes_entities_cdata_and_comments_are_read() {
        let answer = read_xml(
            "<?xml version='1.0'?><!-- a --><s:R xmlns:s='x'><s:Credentials><s:AccessKeyId>\n AS<!-- b -->IA\n</s:AccessKeyId>\
             <s:SecretAccessKey>a&amp;b&#x2B;<![CDATA[<c>]]></s:SecretAccessKey><s:SessionToken/></s:Credentials></s:R>",
        )
        .unwrap();
        assert_eq!(answer.access_key_id.as_deref(), Some("ASIA"));
        // The test compares a made-up secret.
        assert_eq!(answer.secret_access_key.unwrap().expose(), "a&b+<c>");
        assert!(answer.session_token.is_none());
    }

    #[test]
    fn what_is_not_whole_and_plain_xml_is_refused() {
        for text in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a><b></a>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<a>&unknown;</a>",
            "<a>&#x110000;</a>",
            "<!-- only a comment -->",
            &format!("{}{}", "<a>".repeat(17), "</a>".repeat(17)),
        ] {
            assert!(read_xml(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_first_of_two_fields_counts_and_only_at_its_place() {
        let answer = read_xml(
            "<R><Code>x</Code><Error><Code>A</Code><Code>B</Code></Error><RequestId>1</RequestId></R>",
        )
        .unwrap();
        assert_eq!(answer.error_code.as_deref(), Some("A"));
        assert_eq!(answer.request_id.as_deref(), Some("1"));
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reading(text in "(<[/!?]?[a-z:]{0,4}( a='b')?[/?]?>|&[a-z#0-9]{0,4};|\\PC){0,40}") {
            let _ = read_xml(&text);
        }
    }
}
