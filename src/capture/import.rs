//! Pasted text to a [`SamlPost`]: base64 in any of its spellings, XML, or a whole form body. The artefacts of copying
//! (quotes, line breaks, escapes) are taken off, so what comes out is what STS takes.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use super::form::{self, Plus};
use super::{CaptureError, SamlPost};
use crate::secret::Secret;

/// Reads what someone copied out of the developer tools, a log or a mail. The post has no endpoint.
///
/// # Errors
///
/// When the text is empty, too large, a form without a SAML response, or nothing known.
pub fn read_pasted(text: &str) -> Result<SamlPost, CaptureError> {
    form::check_size(text.len())?;
    let text = unquoted(text.trim_start_matches('\u{feff}'));
    if text.is_empty() {
        return Err(CaptureError::NothingPasted);
    }
    if text.starts_with('<') {
        return Ok(bare(STANDARD.encode(text)));
    }
    if let Some(line) = text.strip_prefix("SAMLResponse:") {
        return base64_only(unquoted(up_to_next_label(line))).map(bare);
    }
    if is_form(text) {
        let mut post = form::post(None, form::urlencoded(text.as_bytes(), Plus::Literal)?)?;
        post.response = Secret::new(base64_only(post.response.expose())?); // stays in the post it came from
        return Ok(post);
    }
    base64_only(text).map(bare)
}

/// A post of which only the response is known.
fn bare(response: String) -> SamlPost {
    SamlPost { endpoint: None, response: Secret::new(response), relay_state: None, chosen_role: None }
}

/// Whether a form field that these forms use stands in the text.
fn is_form(text: &str) -> bool {
    text.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        pair.contains('=') && ["SAMLResponse", "SAMLRequest", "RelayState"].contains(&name.trim())
    })
}

/// The value of a `Name: value` listing, up to the next line that is one.
fn up_to_next_label(text: &str) -> &str {
    let mut end = 0_usize;
    for line in text.split_inclusive('\n') {
        if end > 0 && line.contains(':') {
            break;
        }
        end = end.saturating_add(line.len());
    }
    text.get(..end).unwrap_or(text)
}

/// The text without white space and one pair of quotes around it, or a comma after that.
fn unquoted(text: &str) -> &str {
    let text = text.trim().trim_end_matches([',', ';']);
    let inner = QUOTES.iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(text).trim()
}

/// Standard padded base64 of a text that is base64 but for escapes, white space, alphabet and padding.
fn base64_only(text: &str) -> Result<String, CaptureError> {
    let text: Cow<'_, str> =
        if text.contains('%') { percent_decode_str(text).decode_utf8_lossy() } else { text.into() };
    let mut clean = String::with_capacity(text.len().saturating_add(3));
    for character in text.trim().trim_end_matches('=').chars() {
        match character {
            ' ' | '\t' | '\r' | '\n' => {}
            '-' => clean.push('+'),
            '_' => clean.push('/'),
            'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' => clean.push(character),
            _ => return Err(CaptureError::NotRecognized),
        }
    }
    if clean.is_empty() {
        return Err(CaptureError::NotRecognized);
    }
    while clean.len() % 4 > 1 {
        clean.push('=');
    }
    Ok(clean)
}

const QUOTES: [char; 3] = ['"', '\'', '`'];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Base64 with `+`, `/` and padding in it.
    const ENCODED: &str = "PHNhbWxwOj4+Pj8/Pw==";

    fn response(text: &str) -> String {
        read_pasted(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).response.expose().clone()
    }

    #[test]
    fn every_spelling_of_base64_gives_the_same_text() {
        for text in [
            "PHNhbWxwOj4+Pj8/Pw==",
            "  PHNhbWxw\r\nOj4+Pj8/\n\tPw== \n",
            "PHNhbWxwOj4-Pj8_Pw",
            "\"PHNhbWxwOj4+Pj8/Pw==\",",
            "'PHNhbWxwOj4+Pj8/Pw=='",
            "PHNhbWxwOj4%2BPj8%2fPw%3D%3D",
            "SAMLResponse=PHNhbWxwOj4%2BPj8%2FPw%3D%3D",
            "SAMLResponse=PHNhbWxwOj4+Pj8/Pw==",
            "SAMLResponse: PHNhbWxwOj4+Pj8/Pw==",
            "SAMLResponse: \"PHNhbWxw\nOj4+Pj8/Pw==\"\nRelayState: https://example.com",
            "\u{feff}PHNhbWxwOj4+Pj8/Pw==",
        ] {
            assert_eq!(response(text), ENCODED, "{text}");
        }
    }

    #[test]
    fn a_pasted_form_body_keeps_relay_state_and_role() {
        let post =
            read_pasted("RelayState=a%26b&SAMLResponse=PHg%2B&roleIndex=arn%3Aaws%3Aiam%3A%3A1%3Arole%2FDev")
                .unwrap();
        assert_eq!(post.endpoint, None);
        assert_eq!(post.relay_state.as_deref(), Some("a&b"));
        assert_eq!(post.chosen_role.as_deref(), Some("arn:aws:iam::1:role/Dev"));
        assert_eq!(post.response.expose(), "PHg+");
    }

    #[test]
    fn pasted_xml_is_encoded_for_sts() {
        assert_eq!(response("\n <samlp:>>>???\n"), "PHNhbWxwOj4+Pj8/Pw==");
        assert_eq!(response("<é/>"), "PMOpLz4=");
    }

    #[test]
    fn what_is_not_a_response_has_its_own_error() {
        for (text, error) in [
            ("", CaptureError::NothingPasted),
            (" \n\"\" ", CaptureError::NothingPasted),
            ("SAMLRequest=PHg", CaptureError::SamlRequest),
            ("RelayState=PHg", CaptureError::NoSamlResponse),
            ("SAMLResponse=", CaptureError::NoSamlResponse),
            ("SAMLResponse=%25", CaptureError::NotRecognized),
            ("Hello, world!", CaptureError::NotRecognized),
            ("José", CaptureError::NotRecognized),
            ("====", CaptureError::NotRecognized),
            ("{\"log\": {}}", CaptureError::NotRecognized),
        ] {
            assert_eq!(read_pasted(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_pasted_text_past_the_limit_is_refused() {
        let text = "A".repeat(crate::limits::MAX_BODY_BYTES + 1);
        assert_eq!(read_pasted(&text).unwrap_err().code(), "capture.too_large");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = read_pasted(&text);
        }

        #[test]
        fn any_bytes_in_base64_come_through(bytes in prop::collection::vec(any::<u8>(), 1..64)) {
            let encoded = STANDARD.encode(&bytes);
            prop_assert_eq!(response(&encoded), encoded);
        }
    }
}
