//! A JSON error body to its code and message. STS is asked for XML; gateways and doubles of AWS answer JSON.
//!
//! Small on purpose: the wasm that ships reads no other JSON, and a whole reader for one error is not worth its
//! bytes. It finds string values by their name at any depth and refuses nothing.

use std::iter::Peekable;
use std::str::Chars;

use super::answer::Answer;

/// Reads `{"Error": {"Code", "Message"}, "RequestId"}` and `{"__type": "...#CODE", "message"}`.
pub(crate) fn read_error(text: &str) -> Answer {
    let mut answer = Answer::default();
    let mut characters = text.chars().peekable();
    let mut name: Option<String> = None;
    while let Some(c) = characters.next() {
        match c {
            '"' => {
                let string = string(&mut characters);
                skip_white_space(&mut characters);
                if characters.next_if_eq(&':').is_some() {
                    name = Some(string);
                } else if let Some(name) = name.take() {
                    take(&mut answer, &name, string);
                }
            }
            c if c.is_ascii_whitespace() => {}
            _ => name = None,
        }
    }
    answer
}

fn take(answer: &mut Answer, name: &str, value: String) {
    match name {
        "Code" | "code" | "__type" => {
            // A Smithy error names its shape as `namespace#Shape` or `Shape:url`.
            let code = value.rsplit('#').next().unwrap_or_default().split(':').next().unwrap_or_default();
            answer.error_code.get_or_insert_with(|| code.to_owned());
        }
        "Message" | "message" => {
            answer.error_message.get_or_insert(value);
        }
        "RequestId" | "requestId" | "RequestID" => {
            answer.request_id.get_or_insert(value);
        }
        _ => {}
    }
}

/// The string that begins after its opening quote.
fn string(characters: &mut Peekable<Chars<'_>>) -> String {
    let mut string = String::new();
    while let Some(c) = characters.next() {
        match c {
            '"' => break,
            '\\' => match characters.next() {
                Some('n') => string.push('\n'),
                Some('t') => string.push('\t'),
                Some('r') => string.push('\r'),
                Some('b' | 'f') => string.push(' '),
                Some('u') => string.push(escaped(characters)),
                Some(other) => string.push(other),
                None => break,
            },
            c => string.push(c),
        }
    }
    string
}

/// Four hexadecimal digits after `\u`; half of a surrogate pair becomes the replacement character.
fn escaped(characters: &mut Peekable<Chars<'_>>) -> char {
    let mut number = 0;
    for _ in 0..4 {
        let Some(digit) = characters.peek().and_then(|c| c.to_digit(16)) else { break };
        characters.next();
        number = number * 16 + digit;
    }
    char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn skip_white_space(characters: &mut Peekable<Chars<'_>>) {
    while characters.next_if(char::is_ascii_whitespace).is_some() {}
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_shapes_of_a_json_error_are_read() {
        let query = read_error(
            r#"{"Error": {"Code": "InvalidIdentityToken", "Message": "Response \"signature\" inv\u0061lid", "Type": "Sender"}, "RequestId" : "1-2"}"#,
        );
        assert_eq!(query.error_code.as_deref(), Some("InvalidIdentityToken"));
        assert_eq!(query.error_message.as_deref(), Some("Response \"signature\" invalid"));
        assert_eq!(query.request_id.as_deref(), Some("1-2"));
        let smithy = read_error(
            r#"{"__type":"com.amazon.coral#ThrottlingException:http://x","message":"Rate exceeded"}"#,
        );
        assert_eq!(smithy.error_code.as_deref(), Some("ThrottlingException"));
        assert_eq!(smithy.error_message.as_deref(), Some("Rate exceeded"));
    }

    #[test]
    fn a_value_that_is_not_a_string_is_not_taken_from_the_next_one() {
        let answer = read_error(r#"{"Code": null, "Other": "x", "Message": ["Code"], "code": {"a": "b"}}"#);
        assert_eq!((answer.error_code, answer.error_message), (None, None));
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_back(message in "\\PC{0,40}\n?") {
            let text = serde_json::json!({"Error": {"Code": "A", "Message": message}}).to_string();
            prop_assert_eq!(read_error(&text).error_message, Some(message));
        }

        #[test]
        fn no_text_stops_the_reading(text in "[{}\\[\\]\",:\\\\u0-9a-f \\PC]{0,60}") {
            let _ = read_error(&text);
        }
    }
}
