//! Tests of [`super`]: every place a message is copied from, and what is none.

use proptest::prelude::*;

use super::*;
use crate::capture::Binding;

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
fn words_that_happen_to_be_base64_are_no_message() {
    for text in [
        "Hello",
        "SAMLResponse",
        "The quick brown fox jumps over the lazy dog and runs away from here",
        "AAAA",
        "c2VjcmV0",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "the SAMLResponse is missing",
    ] {
        assert_eq!(read_pasted(text), Err(CaptureError::NotRecognized), "{text}");
        assert_eq!(read_any(text), Err(CaptureError::NotRecognized), "{text}");
    }
}

fn one(text: &str) -> Imported {
    let found = read_any(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let [imported] = found.try_into().unwrap_or_else(|found| panic!("{text}: {found:?}"));
    imported
}

/// `<samlp:AuthnRequest ID="_499"/>`, compressed by Python's zlib (`wbits=-15`).
const DEFLATED: &str = "sylOzM0psHIsLcnIC0otLE0tLlHwdLFVijextFTStwMA";

#[test]
fn every_place_a_message_is_copied_from_is_read() {
    let url = Some("https://idp.example/sso");
    let escaped = DEFLATED.replace('+', "%2B").replace('=', "%3D");
    for (text, binding, parameter, url) in [
        (String::from(DEFLATED), Binding::Unknown, None, None),
        (
            format!("https://idp.example/sso?SAMLRequest={escaped}"),
            Binding::Redirect,
            Some("SAMLRequest"),
            url,
        ),
        (
            format!("\"https://idp.example/sso?a=b&SAMLResponse={escaped}#c\","),
            Binding::Redirect,
            Some("SAMLResponse"),
            url,
        ),
        (format!("?SAMLRequest={escaped}&RelayState="), Binding::Redirect, Some("SAMLRequest"), None),
        (format!("SAMLRequest={escaped}&RelayState="), Binding::Unknown, Some("SAMLRequest"), None),
        (format!("SAMLRequest={DEFLATED}"), Binding::Unknown, Some("SAMLRequest"), None),
        (
            format!("GET /sso?SAMLRequest={escaped} HTTP/1.1\r\nHost: idp.example\r\n\r\n"),
            Binding::Redirect,
            Some("SAMLRequest"),
            url,
        ),
        (format!("SAMLRequest: {DEFLATED}\nRelayState: x"), Binding::Unknown, Some("SAMLRequest"), None),
        (
            format!("curl 'https://idp.example/sso' --data-raw 'SAMLRequest={escaped}'"),
            Binding::Post,
            Some("SAMLRequest"),
            url,
        ),
        (
            format!(
                "<form action='https://idp.example/sso'><input name='SAMLRequest' value='{DEFLATED}'/></form>"
            ),
            Binding::Post,
            Some("SAMLRequest"),
            url,
        ),
        (
            format!("----b\nContent-Disposition: form-data; name=\"SAMLRequest\"\n\n{DEFLATED}\n----b--\n"),
            Binding::Unknown,
            Some("SAMLRequest"),
            None,
        ),
        (format!("{{\"SAMLRequest\":\"{DEFLATED}\"}}"), Binding::Unknown, Some("SAMLRequest"), None),
    ] {
        let imported = one(&text);
        assert_eq!(imported.encoded.expose(), DEFLATED, "{text}");
        assert_eq!(imported.binding, binding, "{text}");
        assert_eq!(imported.parameter.map(Parameter::name), parameter, "{text}");
        assert_eq!(imported.url.as_deref(), url, "{text}");
    }
}

#[test]
fn a_listing_is_read_whatever_stands_between_name_and_value() {
    for text in [
        "RelayState: https://x/?a=b\nSAMLResponse: PHNhbWxw\nOj4+Pj8/Pw==\nfoo: bar",
        "SAMLResponse\nPHNhbWxwOj4+Pj8/Pw==\nRelayState\nhttps://x/?a=b",
        "Form data\n\"SAMLResponse\":\t\"PHNhbWxwOj4+Pj8/Pw==\"\nRelayState:\thttps://x/?a=b\n",
        "SAMLResponse=PHNhbWxwOj4%2BPj8%2FPw%3D%3D\nRelayState=https://x/?a=b",
        "RelayState:\nSAMLResponse: PHNhbWxwOj4+Pj8/Pw==\nRelayState: https://x/?a=b",
        "SAMLResponse\tPHNhbWxwOj4+Pj8/Pw==\r\nRelayState\thttps://x/?a=b\r\n",
    ] {
        let imported = one(text);
        assert_eq!(imported.encoded.expose(), ENCODED, "{text}");
        assert_eq!(imported.relay_state.as_deref(), Some("https://x/?a=b"), "{text}");
    }
}

#[test]
fn a_page_without_a_message_is_left_to_the_reader_of_xml() {
    assert_eq!(one("<html><p>Sign in</p></html>").parameter, None);
    assert_eq!(one("<?xml version='1.0'?>\n<samlp:Response/>").parameter, None);
}

#[test]
fn a_har_file_lists_its_messages_and_other_json_is_searched_for_one() {
    let har = format!(
        r#"{{"log": {{"version": "1.2", "pages": [], "entries": [
          {{"startedDateTime": "2026-09-21T14:13:20.5Z", "time": 1, "request": {{"method": "GET", "url": "https://x/", "headers": []}}, "response": {{}}}},
          {{"request": {{"method": "POST", "url": "https://x/?y", "postData": {{"mimeType": "a", "text": "SAMLResponse={ENCODED}", "params": null}}}}}},
          {{"startedDateTime": "2026-09-21T14:13:20.5Z", "request": {{"url": "https://x/", "postData": {{"params": [{{"name": "a"}}, {{"name": "SAMLResponse", "value": "{ENCODED}"}}]}}}}}}
        ]}}}}"#
    );
    let found = read_any(&har).unwrap();
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|imported| imported.encoded.expose() == ENCODED));
    assert_eq!(found[1].at.map(crate::time::UnixTime::seconds), Some(1_790_000_000));
    assert_eq!(read_any(&format!("\u{feff}\r\n{har}")), Ok(found));
    assert_eq!(read_any(r#"{"log": {"entries": []}}"#), Err(CaptureError::NoSamlMessage { requests: 0 }));
    assert_eq!(read_any(r#"{"log": {}}"#), Err(CaptureError::NotRecognized));
    // Cut in the middle, it is no JSON any more.
    assert_eq!(read_any(har.get(..har.find("params").unwrap()).unwrap()).unwrap().len(), 1);
}

#[test]
fn several_messages_are_listed_and_the_popup_takes_one() {
    let text = "SAMLResponse=PHg%2B&SAMLRequest=PHk%2B&SAMLResponse=PHo%2B";
    assert_eq!(read_any(text).unwrap().len(), 3);
    assert_eq!(read_pasted(text), Err(CaptureError::SeveralSamlResponses));
    assert_eq!(response("SAMLRequest=PHk%2B&SAMLResponse=PHo%2B"), "PHo+");
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
        let _ = read_any(&text);
    }

    #[test]
    fn no_text_around_a_name_panics(before in "[\\PC\n-]{0,9}", after in "[\\PC\n=:?]{0,32}") {
        for text in ["SAMLResponse", "https://x/?SAMLRequest", "<form><input name=SAMLRequest "] {
            let _ = read_any(&format!("{before}{text}{after}"));
            let _ = read_any(&format!("{text}{after}{before}"));
        }
    }

    #[test]
    fn any_bytes_behind_a_tag_come_through_base64(bytes in prop::collection::vec(any::<u8>(), 1..64)) {
        let encoded = base64(&[b"<", bytes.as_slice()].concat());
        prop_assert_eq!(response(&encoded), encoded);
    }
}
