//! Tests of [`super`]: every body a browser can send.

use proptest::prelude::*;

use super::*;

fn raw(chunks: &[&[u8]]) -> Body {
    Body::Raw(chunks.iter().map(|chunk| chunk.to_vec()).collect())
}

fn read(body: &Body) -> Vec<(String, String)> {
    fields(body).unwrap().into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, value)| (String::from(*name), String::from(*value))).collect()
}

#[test]
fn chunks_that_split_inside_a_percent_escape_are_joined_first() {
    let whole = b"SAMLResponse=PHg%2B%0D%0APHg%3D&RelayState=Jos%C3%A9";
    let expected = pairs(&[("SAMLResponse", "PHg+\r\nPHg="), ("RelayState", "José")]);
    for cut in 0..=whole.len() {
        let (head, tail) = whole.split_at(cut);
        assert_eq!(read(&raw(&[head, tail])), expected, "cut at {cut}");
        assert_eq!(read(&raw(&[head, b"", tail])), expected, "cut at {cut}");
    }
    let bytes: Vec<&[u8]> = whole.chunks(1).collect();
    assert_eq!(read(&raw(&bytes)), expected);
}

#[test]
fn a_plus_is_a_space_and_a_literal_percent_stays() {
    assert_eq!(
        read(&raw(&[b"a=b+c&d=100%&e=%zz%2&f=%2526&g=x%26y&h&=i&&"])),
        pairs(&[
            ("a", "b c"),
            ("d", "100%"),
            ("e", "%zz%2"),
            ("f", "%26"),
            ("g", "x&y"),
            ("h", ""),
            ("", "i")
        ])
    );
}

#[test]
fn a_value_may_hold_an_equals_sign() {
    assert_eq!(read(&raw(&[b"SAMLResponse=PHg=="])), pairs(&[("SAMLResponse", "PHg==")]));
}

#[test]
fn bytes_that_are_not_utf8_become_replacement_characters() {
    assert_eq!(read(&raw(&[b"a=%ff&b=\xff+%c3"])), pairs(&[("a", "\u{fffd}"), ("b", "\u{fffd} \u{fffd}")]));
}

#[test]
fn a_text_plain_form_is_read_with_its_line_breaks() {
    let body = raw(&[b"SAMLResponse=PHg+\r\nPHg=\r\nRelayState=https://x/?a=b&c=d%20+e\r\nroleIndex=\r\n"]);
    let expected =
        [("SAMLResponse", "PHg+\r\nPHg="), ("RelayState", "https://x/?a=b&c=d%20+e"), ("roleIndex", "")];
    assert_eq!(read(&body), pairs(&expected));
}

#[test]
fn a_multipart_form_is_told_by_its_first_line() {
    let body =
        raw(&[b"--b\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\nPHg+", b"\r\n--b--\r\n"]);
    assert_eq!(read(&body), pairs(&[("SAMLResponse", "PHg+")]));
}

#[test]
fn an_absent_or_empty_body_has_its_own_error() {
    assert_eq!(fields(&raw(&[])), Err(CaptureError::NoBody));
    assert_eq!(fields(&raw(&[b""])), Err(CaptureError::NoBody));
    assert_eq!(fields(&raw(&[b"", b""])), Err(CaptureError::NoBody));
    assert_eq!(fields(&Body::Form(Vec::new())), Err(CaptureError::NoBody));
}

#[test]
fn a_body_past_a_limit_is_refused_whole() {
    let long = vec![b'a'; MAX_BODY_BYTES];
    let refused = Err(CaptureError::TooLarge { bytes: MAX_BODY_BYTES + 1, limit: MAX_BODY_BYTES });
    assert!(fields(&raw(&[&long])).is_ok());
    assert_eq!(fields(&raw(&[&long, b"b"])), refused);
    let form = |count| Body::Form(vec![(String::from("a"), vec![String::from("b"); count])]);
    assert!(fields(&form(MAX_FORM_FIELDS)).is_ok());
    let refused = Err(CaptureError::TooManyFields { limit: MAX_FORM_FIELDS });
    assert_eq!(fields(&form(MAX_FORM_FIELDS + 1)), refused);
    assert_eq!(fields(&raw(&["a=b&".repeat(MAX_FORM_FIELDS + 1).as_bytes()])), refused);
}

#[test]
fn a_form_without_a_response_says_what_it_holds_instead() {
    let read = |body: &[u8]| fields(&raw(&[body])).map(into_static).and_then(|fields| post(None, fields));
    assert_eq!(read(b"RelayState=x"), Err(CaptureError::NoSamlResponse));
    assert_eq!(read(b"SAMLResponse=&RelayState=x"), Err(CaptureError::NoSamlResponse));
    assert_eq!(read(b"samlresponse=PHg"), Err(CaptureError::NoSamlResponse));
    assert_eq!(read(b"SAMLRequest=PHg"), Err(CaptureError::SamlRequest));
    assert_eq!(read(b"SAMLResponse=PHg&SAMLResponse=PHh"), Err(CaptureError::SeveralSamlResponses));
    assert!(read(b"SAMLResponse=PHg&SAMLResponse=PHg").is_ok());
}

fn into_static(fields: Vec<Field<'_>>) -> Vec<Field<'static>> {
    fields.into_iter().map(into_owned).collect()
}

/// As a browser writes it: everything but unreserved characters escaped, a space as `+`.
fn encode(fields: &[(String, String)]) -> Vec<u8> {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().replace("%20", "+");
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&").into_bytes()
}

proptest! {
    #[test]
    fn a_form_written_as_browsers_write_it_reads_back(
        form in prop::collection::vec(("\\PC{1,8}", any::<String>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let body = encode(&form);
        let (head, tail) = body.split_at(cut.index(body.len()));
        prop_assert_eq!(read(&raw(&[head, tail])), form);
    }

    #[test]
    fn no_bytes_panic(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..64), 0..4)) {
        let _ = fields(&Body::Raw(chunks));
    }

    #[test]
    fn no_bytes_after_a_multipart_beginning_panic(tail in "[-bn\r\n:;=\" a]{0,64}") {
        let _ = fields(&Body::Raw(vec![format!("--b\r\nContent-Disposition: form-data{tail}").into_bytes()]));
    }
}
