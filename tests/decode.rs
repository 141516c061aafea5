//! From base64, or a captured body, to the model of a response: whole documents, bad input, and input that was cut
//! or changed at random.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use rolecall::capture::{Body, read_pasted, read_post};
use rolecall::limits::{MAX_BODY_BYTES, MAX_XML_DEPTH};
use rolecall::saml::{Assertion, Oddity, Response, SamlError, read};
use rolecall::time::UnixTime;

const ENTRA: &str = include_str!("fixtures/decode/entra.xml");
const OKTA: &str = include_str!("fixtures/decode/okta.xml");
const SPELLINGS: &str = include_str!("fixtures/decode/spellings.xml");
const SEVERAL: &str = include_str!("fixtures/decode/several.xml");
const ENCRYPTED: &str = include_str!("fixtures/decode/encrypted.xml");
const REFUSED: &str = include_str!("fixtures/decode/refused.xml");

const SIGN_IN: &str = "https://signin.aws.amazon.com/saml";

fn decode(xml: impl AsRef<[u8]>) -> Result<Response, SamlError> {
    read(&STANDARD.encode(xml))
}

fn values<'a>(assertion: &'a Assertion, name: &str) -> Vec<&'a str> {
    let named = assertion.attributes.iter().filter(|attribute| attribute.name == name);
    named.flat_map(|attribute| attribute.values.iter().map(|value| value.text.as_str())).collect()
}

fn response_around(inner: &str) -> String {
    format!(
        "<p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' \
         xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion'>{inner}</p:Response>"
    )
}

#[test]
fn a_response_shaped_as_entra_shapes_it_is_read_whole() {
    let response = decode(ENTRA).unwrap();
    assert_eq!(response.oddities, []);
    assert_eq!(response.id.as_deref(), Some("_7d1c"));
    assert_eq!(response.version.as_deref(), Some("2.0"));
    assert_eq!(response.destination.as_deref(), Some(SIGN_IN));
    assert_eq!(response.in_response_to, None);
    let issuer = "https://sts.windows.net/00000000-1111-2222-3333-444444444444/";
    assert_eq!(response.issuer.as_deref(), Some(issuer));
    let issued = response.issue_instant.unwrap();
    assert_eq!(issued.text, "2026-11-22T20:27:43.512Z");
    assert_eq!(issued.time, Some(UnixTime::from_seconds(1_795_379_263)));
    assert!(response.status.unwrap().is_success());

    let [assertion] = response.assertions.as_slice() else { panic!("one assertion") };
    assert_eq!(assertion.id.as_deref(), Some("_a1"));
    assert_eq!(assertion.issuer.as_deref(), Some(issuer));
    let name_id = assertion.name_id.as_ref().unwrap();
    assert_eq!(name_id.value, "josé@example.com");
    assert_eq!(name_id.format.as_deref(), Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"));
    let [confirmation] = assertion.confirmations.as_slice() else { panic!("one confirmation") };
    assert_eq!(confirmation.method.as_deref(), Some("urn:oasis:names:tc:SAML:2.0:cm:bearer"));
    assert_eq!(confirmation.recipient.as_deref(), Some(SIGN_IN));
    let conditions = assertion.conditions.as_ref().unwrap();
    assert_eq!(conditions.audience_restrictions, [[SIGN_IN]]);
    assert_eq!(conditions.not_on_or_after.as_ref().unwrap().text, "2026-11-22T21:27:43.377Z");
    let [statement] = assertion.authn_statements.as_slice() else { panic!("one statement") };
    assert_eq!(statement.session_index.as_deref(), Some("_a1"));
    assert_eq!(statement.context_classes, ["urn:oasis:names:tc:SAML:2.0:ac:classes:Password"]);
    assert_eq!(
        values(assertion, "https://aws.amazon.com/SAML/Attributes/Role"),
        [
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Entra",
            "arn:aws:iam::111122223333:saml-provider/Entra, arn:aws:iam::111122223333:role/DevOps"
        ]
    );
    assert_eq!(
        values(assertion, "http://schemas.microsoft.com/identity/claims/displayname"),
        ["José 100% + %26"]
    );
}

#[test]
fn a_response_shaped_as_okta_shapes_it_is_read_whole() {
    let response = decode(OKTA).unwrap();
    assert_eq!(response.oddities, []);
    assert_eq!(response.in_response_to.as_deref(), Some("ONELOGIN_1"));
    let [assertion] = response.assertions.as_slice() else { panic!("one assertion") };
    let name_id = assertion.name_id.as_ref().unwrap();
    assert_eq!(name_id.name_qualifier.as_deref(), Some("q"));
    assert_eq!(name_id.sp_name_qualifier.as_deref(), Some("urn:amazon:webservices"));
    let [confirmation] = assertion.confirmations.as_slice() else { panic!("one confirmation") };
    assert_eq!(confirmation.address.as_deref(), Some("192.0.2.1"));
    assert_eq!(confirmation.in_response_to.as_deref(), Some("ONELOGIN_1"));
    assert_eq!(confirmation.not_before.as_ref().unwrap().text, "2026-11-22T20:22:43.512Z");
    let [statement] = assertion.authn_statements.as_slice() else { panic!("one statement") };
    assert_eq!(statement.session_not_on_or_after.as_ref().unwrap().text, "2026-11-23T08:27:43.512Z");
    let [role, tag] = assertion.attributes.as_slice() else { panic!("two attributes") };
    assert_eq!(role.friendly_name.as_deref(), Some("Role"));
    assert_eq!(role.name_format.as_deref(), Some("urn:oasis:names:tc:SAML:2.0:attrname-format:uri"));
    assert!(!role.values[0].nil);
    assert!(tag.values[0].nil);
}

#[test]
fn any_prefix_cdata_references_and_scripts_are_read_as_they_mean() {
    let response = decode(SPELLINGS).unwrap();
    assert_eq!(response.oddities, [Oddity::ProcessingInstruction, Oddity::CommentInText]);
    assert_eq!(response.id.as_deref(), Some("r&1"));
    assert_eq!(response.issuer.as_deref(), Some("https://idp.example/metadata"));
    let [assertion] = response.assertions.as_slice() else { panic!("one assertion") };
    assert_eq!(assertion.conditions.as_ref().unwrap().audience_restrictions, [["urn:amazon:webservices"]]);
    assert_eq!(
        values(assertion, "scripts"),
        ["José 🔑", "Ελληνικά العربية עברית 日本語 한국어 हिन्दी", "100% %26 %zz a+b", "", "nested text"]
    );
}

#[test]
fn a_comment_does_not_cut_a_name_id() {
    let response = decode(SPELLINGS).unwrap();
    assert_eq!(response.assertions[0].name_id.as_ref().unwrap().value, "user@example.com.evil.example");
}

#[test]
fn an_attribute_of_a_foreign_namespace_is_no_role() {
    let response = decode(SPELLINGS).unwrap();
    assert_eq!(
        values(&response.assertions[0], "https://aws.amazon.com/SAML/Attributes/Role"),
        ["arn:aws:iam::111122223333:role/R&D,arn:aws:iam::111122223333:saml-provider/A&B"]
    );
}

#[test]
fn several_assertions_statements_confirmations_and_restrictions_are_kept() {
    let response = decode(SEVERAL).unwrap();
    assert_eq!(
        response.oddities,
        [
            Oddity::RepeatedElement { element: "Issuer" },
            Oddity::EncryptedId,
            Oddity::EncryptedAttribute,
            Oddity::NestedAssertion,
            Oddity::SeveralAssertions,
        ]
    );
    let [one, two] = response.assertions.as_slice() else { panic!("two assertions") };
    assert_eq!((one.id.as_deref(), two.id.as_deref()), (Some("one"), Some("two")));
    assert_eq!(one.issuer.as_deref(), Some("first"));
    assert_eq!(one.name_id, None);
    assert_eq!(one.confirmations.len(), 2);
    assert_eq!(one.confirmations[1].recipient.as_deref(), Some(SIGN_IN));
    assert_eq!(one.conditions.as_ref().unwrap().audience_restrictions, [vec!["one", "two"], vec!["three"]]);
    let ends: Vec<_> =
        one.authn_statements.iter().map(|statement| &statement.session_not_on_or_after).collect();
    assert_eq!(ends[0], &None);
    assert_eq!(ends[1].as_ref().map(|end| (end.text.as_str(), end.time)), Some(("soon", None)));
    let names: Vec<_> = one.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
    assert_eq!(names, ["x", "y", "x"]);
}

#[test]
fn encrypted_assertions_are_recognised_with_their_algorithms() {
    let response = decode(ENCRYPTED).unwrap();
    assert_eq!(response.oddities, []);
    assert_eq!(response.assertions, []);
    let algorithms: Vec<_> = response
        .encrypted
        .iter()
        .map(|encrypted| (encrypted.data_algorithm.as_deref(), encrypted.key_algorithm.as_deref()))
        .collect();
    assert_eq!(
        algorithms,
        [
            (
                Some("http://www.w3.org/2009/xmlenc11#aes256-gcm"),
                Some("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p")
            ),
            (
                Some("http://www.w3.org/2001/04/xmlenc#aes128-cbc"),
                Some("http://www.w3.org/2009/xmlenc11#rsa-oaep")
            ),
        ]
    );
}

#[test]
fn a_refusal_of_the_identity_provider_keeps_its_codes_and_message() {
    let response = decode(REFUSED).unwrap();
    assert_eq!(response.oddities, [Oddity::NoAssertion]);
    let status = response.status.unwrap();
    assert!(!status.is_success());
    assert_eq!(
        status.codes,
        ["urn:oasis:names:tc:SAML:2.0:status:Responder", "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"]
    );
    assert_eq!(status.message.as_deref(), Some("The user is not assigned."));
}

#[test]
fn a_bare_assertion_is_read_and_said() {
    let xml = "<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion' ID='a'/>";
    let response = decode(xml).unwrap();
    assert_eq!(response.oddities, [Oddity::BareAssertion]);
    assert_eq!(response.assertions[0].id.as_deref(), Some("a"));
}

#[test]
fn line_breaks_in_base64_are_read_and_said() {
    let encoded = STANDARD.encode(ENTRA);
    let lines: Vec<_> = encoded.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    let mut expected = decode(ENTRA).unwrap();
    expected.oddities = vec![Oddity::Base64Spaces];
    assert_eq!(read(&lines.join("\r\n")), Ok(expected));
}

#[test]
fn a_captured_body_split_anywhere_gives_the_same_response() {
    let encoded = STANDARD.encode(ENTRA).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let body = format!("SAMLResponse={encoded}&RelayState=").into_bytes();
    let expected = decode(ENTRA).unwrap();
    for cut in (0..body.len()).step_by(97).chain([14, 15, body.len() - 14, body.len() - 13, body.len()]) {
        let (head, tail) = body.split_at(cut);
        let post = read_post(SIGN_IN, &Body::Raw(vec![head.to_vec(), tail.to_vec()])).unwrap();
        assert_eq!(read(post.response.expose()).unwrap(), expected, "cut at {cut}");
    }
}

#[test]
fn pasted_xml_and_pasted_base64_give_the_same_response() {
    let xml = read_pasted(SPELLINGS).unwrap();
    let base64 = read_pasted(&STANDARD.encode(SPELLINGS)).unwrap();
    let escaped = read_pasted(&format!("RelayState=&SAMLResponse={}", STANDARD.encode(SPELLINGS))).unwrap();
    let expected = decode(SPELLINGS);
    for post in [xml, base64, escaped] {
        assert_eq!(read(post.response.expose()), expected);
    }
}

#[test]
fn every_bad_input_has_its_own_code() {
    let utf16: Vec<u8> = ENTRA.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bomb = format!(
        "<!DOCTYPE lolz [<!ENTITY lol 'lol'>{}]>{ENTRA}",
        (1..10).map(|n| format!("<!ENTITY lol{n} '{}'>", "&lol;".repeat(10))).collect::<String>()
    );
    let nested = response_around(&format!("{}{}", "<a:x>".repeat(10_000), "</a:x>".repeat(10_000)));
    let logout = "<p:LogoutResponse xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'/>";
    let request = "<p:AuthnRequest xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'/>";
    let old = "<p:Response xmlns:p='urn:oasis:names:tc:SAML:1.0:protocol'/>";
    for (bytes, code, args) in [
        (b"".to_vec(), "saml.empty", vec![]),
        (b"hello".to_vec(), "saml.not_xml", vec![]),
        (b"<samlp:Resp".to_vec(), "saml.cut_off", vec![]),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec(), "saml.html", vec![]),
        (format!("<!DOCTYPE x SYSTEM 'x'>{ENTRA}").into_bytes(), "saml.dtd_forbidden", vec![]),
        (bomb.into_bytes(), "saml.dtd_forbidden", vec![]),
        (response_around("&lol9;").into_bytes(), "saml.undefined_entity", vec![]),
        (response_around("&#0;").into_bytes(), "saml.bad_character_reference", vec![]),
        (response_around("\0").into_bytes(), "saml.forbidden_character", vec![String::from("U+0000")]),
        (response_around("<a:x b='' b=''/>").into_bytes(), "saml.duplicate_attribute", vec![]),
        (response_around("<b:x/>").into_bytes(), "saml.bad_namespace", vec![]),
        (nested.into_bytes(), "saml.too_deep", vec![MAX_XML_DEPTH.to_string()]),
        (utf16, "saml.utf16", vec![]),
        (b"<a>\xe9</a>".to_vec(), "saml.not_utf8", vec![String::from("3")]),
        (b"\xb3\x49\xd4\xb7\x03\x00".to_vec(), "saml.compressed", vec![]),
        (logout.into(), "saml.is_logout_response", vec![]),
        (request.into(), "saml.is_request", vec![]),
        (old.into(), "saml.is_saml1", vec![]),
        (b"<Response/>".to_vec(), "saml.not_a_response", vec![]),
    ] {
        let error = decode(&bytes).unwrap_err();
        assert_eq!(
            (error.code(), error.args()),
            (code, args),
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(80)])
        );
    }
    assert_eq!(read("not base64 at all!"), Err(SamlError::NotBase64 { offset: 17 }));
    let bytes = 50 * 1024 * 1024;
    assert_eq!(read(&"A".repeat(bytes)), Err(SamlError::TooLarge { bytes, limit: MAX_BODY_BYTES }));
}

#[test]
fn a_response_cut_at_any_byte_shows_what_stood_before_the_cut_and_never_half_a_value() {
    let whole = decode(ENTRA).unwrap();
    let xml = ENTRA.trim_end();
    let root_end = xml.find('>').unwrap() + 1;
    for cut in 0..xml.len() {
        let result = decode(&xml.as_bytes()[..cut]);
        if cut < root_end {
            let error = result.unwrap_err();
            assert!(matches!(error, SamlError::Empty | SamlError::CutOff), "{error:?} at {cut}");
            continue;
        }
        let response = result.unwrap_or_else(|error| panic!("{error:?} at {cut}"));
        assert!(response.oddities.contains(&Oddity::Truncated), "at {cut}");
        assert_eq!(response.id, whole.id);
        for assertion in &response.assertions {
            let expected = &whole.assertions[0];
            assert_eq!(assertion.id, expected.id);
            assert!(assertion.name_id.is_none() || assertion.name_id == expected.name_id, "at {cut}");
            assert!(assertion.issuer.is_none() || assertion.issuer == expected.issuer, "at {cut}");
            for (read, expected) in assertion.attributes.iter().zip(&expected.attributes) {
                assert_eq!(read.name, expected.name);
                assert!(expected.values.starts_with(&read.values), "a value was cut in two at {cut}");
            }
        }
    }
    assert_eq!(decode(xml), Ok(whole));
}

#[test]
fn base64_cut_at_any_character_never_panics_and_is_read_as_far_as_it_goes() {
    let encoded = STANDARD.encode(ENTRA);
    for cut in 0..encoded.len() {
        match read(encoded.get(..cut).unwrap()) {
            Ok(response) => assert_eq!(response.id.as_deref(), Some("_7d1c"), "at {cut}"),
            Err(error) => {
                assert!(matches!(error, SamlError::Empty | SamlError::CutOff), "{error:?} at {cut}")
            }
        }
    }
}

#[test]
fn the_next_response_is_read_after_any_bad_one() {
    let expected = decode(ENTRA);
    for bad in ["", "<", "<!DOCTYPE a [", "<html>", "\0"] {
        assert!(decode(bad).is_err());
        assert_eq!(decode(ENTRA), expected);
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        let _ = decode(&bytes);
        let _ = read(&String::from_utf8_lossy(&bytes));
        let _ = read_post(SIGN_IN, &Body::Raw(vec![bytes]));
    }

    #[test]
    fn no_change_to_a_valid_response_panics(
        fixture in prop::sample::select(vec![ENTRA, OKTA, SPELLINGS, SEVERAL, ENCRYPTED]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = fixture.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = decode(&bytes);
    }

    #[test]
    fn no_markup_moved_within_a_valid_response_panics(
        fixture in prop::sample::select(vec![OKTA, SPELLINGS, SEVERAL]),
        (from, length, to) in (any::<prop::sample::Index>(), 0_usize..64, any::<prop::sample::Index>()),
    ) {
        let mut bytes = fixture.as_bytes().to_vec();
        let from = from.index(bytes.len());
        let piece: Vec<u8> = bytes.drain(from..bytes.len().min(from + length)).collect();
        let to = to.index(bytes.len());
        bytes.splice(to..to, piece);
        let _ = decode(&bytes);
    }

    #[test]
    fn any_attribute_value_reads_back_as_it_was_written(text in "[^\\p{Cc}\u{fffe}\u{ffff}]{0,60}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let xml = response_around(&format!(
            "<a:Assertion><a:AttributeStatement><a:Attribute Name='x'><a:AttributeValue>{escaped}</a:AttributeValue>\
             </a:Attribute></a:AttributeStatement></a:Assertion>"
        ));
        let response = decode(&xml).unwrap();
        prop_assert_eq!(values(&response.assertions[0], "x"), [text.as_str()]);
    }
}
