//! A command or a line of a log to the messages in it: `curl`, `fetch` and PowerShell as developer tools copy them, an HTTP
//! request, JSON. The text is cut into words and quoted strings; URLs, forms and names of parameters are told among them.

use std::borrow::Cow;

use super::form::Plus;
use super::{Binding, CaptureError, Imported, Parameter, query};
use crate::octets::holds;

/// Every message among the words of a text. Values are as they were written.
pub(super) fn messages(text: &str) -> Result<Vec<Imported>, CaptureError> {
    // "Copy as cURL (cmd)" puts `^` before whatever the Windows shell would read.
    let text = if holds(text, "^\"") { Cow::Owned(without_carets(text)) } else { Cow::Borrowed(text) };
    let host = host(&text);
    let mut found = Found::default();
    let mut named = None;
    let mut is_aside = false;
    for word in Words(&text) {
        let word = word.trim_matches(BRACKETS);
        let value = word.trim_start_matches(['=', ':', '>']);
        if value.is_empty() {
            continue;
        }
        let name = value.trim_matches(['=', ':', '-']);
        let is_url = ["https://", "http://", "/"].iter().any(|start| word.starts_with(start));
        if let Some(parameter) = Parameter::from_name(name) {
            named = Some(parameter);
        } else if let Some(parameter) = named.take() {
            found
                .messages
                .push(Imported { parameter: Some(parameter), ..Imported::bare(String::from(value)) });
        } else if is_url && !is_aside {
            found.url(word, host)?;
        } else if query::is_form(word) {
            found.form(word)?;
        }
        // Headers with the URL of another request.
        is_aside = ASIDE.iter().any(|aside| aside.eq_ignore_ascii_case(name));
    }
    found.flush()?;
    Ok(found.messages)
}

#[derive(Default)]
struct Found {
    messages: Vec<Imported>,
    /// Forms since the last URL, joined as `curl` does with several of them.
    form: String,
    url: Option<String>,
}

impl Found {
    fn url(&mut self, url: &str, host: Option<&str>) -> Result<(), CaptureError> {
        self.flush()?;
        let address = query::address(url);
        self.url = match host {
            _ if !address.starts_with('/') => Some(String::from(address)),
            Some(host) => Some(format!("https://{host}{address}")),
            None => None,
        };
        for mut imported in query::of_url(url)? {
            imported.url.clone_from(&self.url);
            self.messages.push(imported);
        }
        Ok(())
    }

    fn form(&mut self, form: &str) -> Result<(), CaptureError> {
        if query::names_a_message(&self.form) && query::names_a_message(form) {
            self.flush()?;
        }
        if !self.form.is_empty() {
            self.form.push('&');
        }
        self.form.push_str(form);
        Ok(())
    }

    /// Reads the forms that were met so far; the URL was theirs.
    fn flush(&mut self) -> Result<(), CaptureError> {
        for mut imported in query::messages(&std::mem::take(&mut self.form), Plus::Space)? {
            imported.binding = if self.url.is_some() { Binding::Post } else { Binding::Unknown };
            imported.url.clone_from(&self.url);
            self.messages.push(imported);
        }
        Ok(())
    }
}

/// The words of a text, and its strings in quotes as one word each, escapes undone.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0.trim_start();
        let quote = text.chars().next()?;
        if !is_quote(quote) {
            let end = text.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(text.len());
            let (word, rest) = text.split_at(end);
            self.0 = rest;
            return Some(word.into());
        }
        let inside = text.get(1..)?;
        let mut escaped = false;
        let end = inside.find(|c| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let (string, rest) = inside.split_at(end.unwrap_or(inside.len()));
        self.0 = rest.get(1..).unwrap_or_default();
        Some(if string.contains('\\') { unescaped(string).into() } else { string.into() })
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`')
}

/// A string of JSON, JavaScript or `$'…'` of a shell: its escapes undone.
fn unescaped(string: &str) -> String {
    let mut plain = String::with_capacity(string.len());
    let mut rest = string.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        let digits = match rest.next() {
            Some('u') => 4,
            Some('x') => 2,
            Some('n') => {
                plain.push('\n');
                continue;
            }
            Some('r') => {
                plain.push('\r');
                continue;
            }
            Some(other) => {
                plain.push(other);
                continue;
            }
            None => break,
        };
        let number =
            rest.clone().take(digits).try_fold(0_u32, |sum, digit| Some(sum << 4 | digit.to_digit(16)?));
        plain.extend(number.and_then(char::from_u32));
        rest.by_ref().take(digits).for_each(drop);
    }
    plain
}

/// The text as the Windows shell reads it: `^` taken off, what follows it kept.
fn without_carets(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        plain.extend(if character == '^' { rest.next() } else { Some(character) });
    }
    plain
}

/// What stands around a value in logs and lists.
const BRACKETS: [char; 8] = [',', ';', '(', ')', '{', '}', '[', ']'];

/// Names before a URL that is not the one of the request.
const ASIDE: [&str; 3] = ["referer", "referrer", "origin"];

/// The `Host` header of an HTTP request.
fn host(text: &str) -> Option<&str> {
    text.lines()
        .find_map(|line| line.strip_prefix("Host:").or_else(|| line.strip_prefix("host:")))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Imported {
        let [imported] =
            messages(text).unwrap().try_into().unwrap_or_else(|found| panic!("{text}: {found:?}"));
        imported
    }

    #[test]
    fn what_developer_tools_copy_is_read_with_its_url() {
        let url = "https://signin.aws.amazon.com/saml";
        for text in [
            // Chrome, "Copy as cURL (bash)".
            "curl 'https://signin.aws.amazon.com/saml' \\\n  -H 'accept: text/html;q=0.9,*/*' \\\n  -b 'a=b; c=d' \\\n  \
             --data-raw 'SAMLResponse=PHg%2B%2Fw%3D%3D&RelayState=a%20b'",
            "curl 'https://signin.aws.amazon.com/saml' --data-raw $'SAMLResponse=PHg%2B%2Fw%3D%3D&RelayState=a\\u0020b'",
            // Chrome, "Copy as cURL (cmd)".
            "curl ^\"https://signin.aws.amazon.com/saml^\" ^\r\n  -H ^\"origin: null^\" ^\r\n  \
             --data-raw ^\"SAMLResponse=PHg^%^2B^%^2Fw^%^3D^%^3D^&RelayState=a^%^20b^\"",
            // By hand.
            "curl https://signin.aws.amazon.com/saml -d SAMLResponse=PHg%2B%2Fw%3D%3D -d RelayState=a%20b",
            "curl --data-urlencode 'SAMLResponse=PHg+/w==' -d 'RelayState=a b' https://signin.aws.amazon.com/saml",
            // Chrome, "Copy as fetch" and "Copy as PowerShell".
            "fetch(\"https://signin.aws.amazon.com/saml\", {\n  \"headers\": {\n    \"accept\": \"*/*\"\n  },\n  \
             \"referrer\": \"https://idp.example/sso?SAMLRequest=fZF%2B\",\n  \
             \"body\": \"SAMLResponse=PHg%2B%2Fw%3D%3D&RelayState=a+b\",\n  \"method\": \"POST\"\n});",
            "Invoke-WebRequest -UseBasicParsing -Uri \"https://signin.aws.amazon.com/saml\" `\n-Method \"POST\" `\n\
             -Body \"SAMLResponse=PHg%2B%2Fw%3D%3D&RelayState=a+b\"",
            // A request as it went over the wire.
            "POST /saml HTTP/1.1\r\nHost: signin.aws.amazon.com\r\nOrigin: https://idp.example\r\n\
             Referer: https://idp.example/sso?SAMLRequest=fZF%2B\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n\
             SAMLResponse=PHg%2B%2Fw%3D%3D&RelayState=a+b",
        ] {
            let imported = one(text);
            assert_eq!(imported.encoded.expose(), "PHg+/w==", "{text}");
            assert_eq!(imported.relay_state.as_deref(), Some("a b"), "{text}");
            if text.contains("urlencode") {
                continue;
            }
            assert_eq!((imported.url.as_deref(), imported.binding), (Some(url), Binding::Post), "{text}");
        }
    }

    #[test]
    fn a_redirect_is_told_by_its_query() {
        for text in [
            "GET /sso?SAMLRequest=fZF%2B&RelayState=x HTTP/1.1\nHost: idp.example\n",
            "Request URL: https://idp.example/sso?SAMLRequest=fZF%2B&RelayState=x\nRequest Method: GET",
            "curl 'https://idp.example/sso?SAMLRequest=fZF%2B&RelayState=x' -H 'a: b'",
            "< HTTP/1.1 302 Found\n< Location: https://idp.example/sso?SAMLRequest=fZF%2B&RelayState=x",
        ] {
            let imported = one(text);
            assert_eq!(imported.encoded.expose(), "fZF+", "{text}");
            assert_eq!(imported.url.as_deref(), Some("https://idp.example/sso"), "{text}");
            assert_eq!(
                (imported.binding, imported.relay_state.as_deref()),
                (Binding::Redirect, Some("x")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_and_its_value_in_json_or_a_log_are_read() {
        for text in [
            "{\"RelayState\":\"\",\"SAMLResponse\":\"PHg+\\/w==\"}",
            "{'SAMLResponse': 'PHg+/w==', 'RelayState': ''}",
            "2026-11-22 DEBUG acs params: {SAMLResponse=PHg+/w==, RelayState=}",
            "SAMLResponse => PHg+/w==",
            "received SAMLResponse PHg+/w== from 203.0.113.7",
        ] {
            let found = messages(text).unwrap();
            assert!(found.iter().any(|imported| imported.encoded.expose() == "PHg+/w=="), "{text}");
        }
    }

    #[test]
    fn several_requests_keep_their_own_urls() {
        let found =
            messages("curl 'https://a/' -d 'SAMLRequest=a';\ncurl 'https://b/' -d 'SAMLResponse=b'").unwrap();
        let urls: Vec<_> = found.iter().map(|imported| imported.url.as_deref()).collect();
        assert_eq!(urls, [Some("https://a/"), Some("https://b/")]);
    }

    #[test]
    fn a_log_of_many_messages_is_no_form_of_many_fields() {
        let log: String = (0..100).map(|n| format!("{n} SAMLResponse=PHg%2B\n")).collect();
        assert_eq!(messages(&log).unwrap().len(), 100);
    }

    #[test]
    fn prose_has_no_message() {
        for text in [
            "Hello",
            "The quick brown fox",
            "SAMLResponse",
            "see https://example.com/?a=b for SAMLResponse",
            "it's",
        ] {
            assert_eq!(messages(text), Ok(vec![]), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[\\PC'\"\\\\^ ]{0,64}") {
            let _ = messages(&text);
            let _ = messages(&format!("SAMLResponse={text} ^\" SAMLRequest: \"{text}"));
        }
    }
}
