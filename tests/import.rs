//! A message is the same message wherever it was copied from, and hostile text takes no longer than any other.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its fixture has failed")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec;
use rolecall::capture::{Binding, Imported, read_any};
use rolecall::limits::{MAX_BODY_BYTES, MAX_MESSAGES};
use rolecall::saml::{Decoded, Document, Message, SamlError};

const ENTRA: &str = include_str!("fixtures/decode/entra.xml");
const SPELLINGS: &str = include_str!("fixtures/decode/spellings.xml");
const REQUEST: &str = "<samlp:AuthnRequest xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol' ID='_1'/>";

fn message(imported: &Imported) -> Result<Message, SamlError> {
    let decoded = Decoded::from_imported(imported)?;
    Message::from_document(&Document::parse(decoded.text.expose())?, decoded.oddities)
}

fn escaped(text: &str) -> String {
    text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// The text in every wrapping that people copy.
fn wrappings(xml: &str) -> Vec<String> {
    let plain = STANDARD.encode(xml);
    let deflated = STANDARD.encode(compress_to_vec(xml.as_bytes(), 6));
    let wrapped: Vec<_> = plain.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    let wrapped = wrapped.join("\r\n");
    let form = format!("SAMLResponse={}&RelayState=https%3A%2F%2Fx%2F%3Fa%3Db", escaped(&plain));
    let url = format!("https://idp.example/sso?RelayState=x&SAMLRequest={}", escaped(&deflated));
    let json = |text: &str| text.replace('"', "\\\"");
    vec![
        String::from(xml),
        format!("\u{feff}\n{}\n ", xml.trim()),
        plain.clone(),
        plain.replace('+', "-").replace('/', "_").replace('=', ""),
        format!("  \"{wrapped}\",\n"),
        escaped(&plain),
        form.clone(),
        format!("SAMLResponse={wrapped}"),
        format!("SAMLResponse: {plain}\nRelayState: x"),
        format!("RelayState\nx\nSAMLResponse\n{plain}\n"),
        deflated.clone(),
        url.clone(),
        format!(
            "GET {} HTTP/1.1\r\nHost: idp.example\r\n\r\n",
            url.strip_prefix("https://idp.example").unwrap()
        ),
        format!("curl '{url}' -H 'accept: */*'"),
        format!("curl 'https://x/' --data-raw '{form}' --compressed"),
        format!("fetch(\"https://x/\", {{ \"body\": \"{form}\", \"method\": \"POST\" }});"),
        format!(
            "<html><body onload='x()'><form method=post action='https://x/'><input type=hidden name=SAMLResponse value='{wrapped}'></form></body></html>"
        ),
        format!("--b\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\n{plain}\r\n--b--\r\n"),
        format!("{{\"SAMLResponse\": \"{plain}\", \"RelayState\": \"\"}}"),
        format!("{{\"log\": {{\"entries\": [{{\"request\": {{\"url\": \"{}\"}}}}]}}}}", json(&url)),
        format!(
            "{{\"log\": {{\"entries\": [{{\"request\": {{\"url\": \"https://x/\", \"postData\": {{\"text\": \"{form}\"}}}}}}]}}}}"
        ),
    ]
}

#[test]
fn a_message_is_the_same_wherever_it_was_copied_from() {
    for xml in [ENTRA, SPELLINGS, REQUEST] {
        let mut bare = read_any(xml).unwrap();
        let expected = message(&bare.remove(0)).unwrap();
        for text in wrappings(xml) {
            let start: String = text.chars().take(60).collect();
            let [imported] = read_any(&text)
                .unwrap_or_else(|error| panic!("{start}: {error:?}"))
                .try_into()
                .unwrap_or_else(|found: Vec<_>| panic!("{start}: {} messages", found.len()));
            let mut read = message(&imported).unwrap_or_else(|error| panic!("{start}: {error:?}"));
            // Line breaks inside a field of a page were sent, so they are noted; those of pasted base64 were not.
            let oddities = match &mut read {
                Message::Response(response) => &mut response.oddities,
                Message::Request(request) => &mut request.oddities,
            };
            if imported.binding == Binding::Post && start.starts_with("<html>") {
                oddities.retain(|oddity| oddity.code() != "saml.base64_spaces");
            }
            assert_eq!(read, expected, "{start}");
        }
    }
}

#[test]
fn hostile_text_is_done_with_at_once() {
    // A quarter of what is taken: with a step that is quadratic it would take minutes.
    let fill = |piece: &str| piece.repeat(MAX_BODY_BYTES / 4 / piece.len());
    for piece in [
        "<input name=SAMLResponse value=x>",
        "<input name=RelayState value=x><input name=SAMLResponse value=x>",
        "<form ",
        "<input '",
        "SAMLResponse=",
        "SAMLResponse\n",
        "SAMLResponse: a\n",
        "RelayState:\n",
        "SAMLResponse=PHg%2B\n",
        "curl 'https://x/?SAMLRequest=PHg%2B' ",
        "'SAMLResponse' ",
        "\"\\",
        "^\"",
        "&",
        "%",
        "https://x/ ",
        "--\r\n",
        "{\"log\":",
        "[",
    ] {
        for before in
            ["", "<html>", "x ", "--b\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\n"]
        {
            if let Ok(found) = read_any(&format!("{before}{}", fill(piece))) {
                assert!(!found.is_empty() && found.len() <= MAX_MESSAGES, "{before}{piece}");
            }
        }
    }
}
