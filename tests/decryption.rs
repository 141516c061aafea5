//! Encrypted assertions of three encryptors that are not ours, from the document to the decrypted response.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot read its fixture has failed")]

use std::fs;

use proptest::prelude::*;
use rolecall::native::decrypt::decrypt;
use rolecall::saml::decrypt::{DecryptPlan, Digest, Mode, plan, splice};
use rolecall::saml::{Assertion, DecryptError, Document, Message, Response, encryption};
use rolecall::secret::Secret;

fn fixture(name: &str) -> String {
    let path = format!("tests/fixtures/encryption/{name}");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn planned(name: &str, key: &str) -> Result<DecryptPlan, DecryptError> {
    let xml = fixture(name);
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    plan(&document, &fixture(key))
}

fn response(xml: &str) -> Response {
    match Message::from_document(&Document::parse(xml).unwrap(), Vec::new()) {
        Ok(Message::Response(response)) => response,
        other => panic!("{other:?}"),
    }
}

/// What was encrypted.
fn expected() -> Assertion {
    let xml = fixture("plain.xml").replace("saml:EncryptedAssertion", "samlp:Extensions");
    let start = xml.find("<saml:Assertion").unwrap();
    let end = xml.find("</samlp:Extensions>").unwrap();
    let assertion = xml.get(start..end).unwrap().to_owned();
    let whole =
        xml.replace(&assertion, "").replace("</samlp:Response>", &format!("{assertion}</samlp:Response>"));
    response(&whole).assertions.remove(0)
}

/// Every document that can be decrypted.
fn readable() -> Vec<String> {
    let names = fs::read_dir("tests/fixtures/encryption").unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| name.ends_with(".xml") && name != "plain.xml")
        .filter(|name| !name.contains("tripledes") && !name.contains("pkcs1"))
        .collect();
    names.sort();
    names
}

#[test]
fn every_algorithm_layout_and_encryptor_gives_the_assertion_that_was_encrypted() {
    let names = readable();
    assert_eq!(names.len(), 18, "{names:?}");
    for name in names {
        for key in ["key.pem", "key-pkcs1.pem"] {
            let xml = fixture(&name);
            let plan = planned(&name, key).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            let parts = decrypt(&plan).unwrap_or_else(|error| panic!("{name} with {key}: {error:?}"));
            let whole = splice(&xml, &parts).unwrap_or_else(|| panic!("{name} is not spliced"));
            let read = response(whole.expose());
            assert_eq!(read.assertions, [expected()], "{name}");
            assert_eq!((read.encrypted.len(), read.id.as_deref()), (0, Some("_r")), "{name}");
        }
    }
}

#[test]
fn pkcs1_is_wrapped_to_the_same_pkcs8_that_openssl_writes() {
    let name = "xmlsec1-aes128-gcm.xml";
    assert_eq!(planned(name, "key.pem").unwrap().pkcs8, planned(name, "key-pkcs1.pem").unwrap().pkcs8);
}

#[test]
fn the_plan_says_what_the_document_says() {
    let plan = planned("santuario-oaep-sha512-mgf-sha1-aes256-gcm.xml", "key.pem").unwrap();
    let [job] = plan.jobs.try_into().unwrap();
    assert_eq!((job.cipher.mode, job.cipher.key_bytes, job.iv.len()), (Mode::Gcm, 32, 12));
    let [key] = job.keys.try_into().unwrap();
    assert_eq!((key.digest, key.mgf, key.ciphertext.len()), (Digest::Sha512, Digest::Sha1, 256));
    assert_eq!(key.web_hash(), Err(DecryptError::OaepHashesDiffer));

    let plan = planned("node-oaep-sha256-label-aes256-gcm.xml", "key.pem").unwrap();
    assert_eq!(plan.jobs[0].keys[0].label, b"label");
    assert_eq!(plan.jobs[0].keys[0].web_hash(), Ok("SHA-256"));

    let plan = planned("santuario-oaep-defaults-aes192-gcm.xml", "key.pem").unwrap();
    assert_eq!(plan.jobs[0].keys[0].web_hash(), Ok("SHA-1"));
}

#[test]
fn a_key_for_somebody_else_is_told_by_its_certificate() {
    let xml = fixture("santuario-mgf1p-two-recipients-aes256-cbc.xml");
    let parts = encryption::read(&Document::parse(&xml).unwrap()).unwrap();
    assert_eq!(parts[0].keys.len(), 2);
    assert!(parts[0].keys.iter().all(|key| key.certificates.len() == 1));
    assert_eq!(
        planned("santuario-mgf1p-two-recipients-aes256-cbc.xml", "key.pem").unwrap().jobs[0].keys.len(),
        1
    );
    let other = planned("santuario-mgf1p-two-recipients-aes256-cbc.xml", "key-other.pem").unwrap();
    assert!(decrypt(&other).is_ok());
}

#[test]
fn what_is_encrypted_and_for_whom_is_known_without_a_key() {
    let xml = fixture("xmlsec1-aes256-gcm.xml");
    let [part] = encryption::read(&Document::parse(&xml).unwrap()).unwrap().try_into().unwrap();
    assert_eq!(part.name, "EncryptedAssertion");
    assert_eq!(part.algorithm.as_deref(), Some("http://www.w3.org/2009/xmlenc11#aes256-gcm"));
    assert_eq!(part.keys[0].key_names, ["sp"]);
    assert_eq!(part.keys[0].algorithm.as_deref(), Some("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"));
}

#[test]
fn what_is_given_instead_of_a_private_key_is_named() {
    for (key, error) in [
        ("key-encrypted.pem", DecryptError::KeyIsEncrypted),
        ("key-pkcs1-encrypted.pem", DecryptError::KeyIsEncrypted),
        ("key-public.pem", DecryptError::KeyIsPublic),
        ("key-ec.pem", DecryptError::KeyNotRsa),
        ("certificate.pem", DecryptError::KeyIsCertificate),
        ("key-other.pem", DecryptError::KeyMismatch),
        ("plain.xml", DecryptError::KeyNotRecognized),
    ] {
        assert_eq!(planned("node-mgf1p-sha1-aes256-cbc.xml", key).unwrap_err(), error, "{key}");
    }
    // Without a certificate in the message only decrypting shows it.
    let wrong = planned("xmlsec1-aes128-cbc.xml", "key-other.pem").unwrap();
    assert_eq!(decrypt(&wrong).unwrap_err(), DecryptError::Failed);
}

#[test]
fn a_key_is_found_among_other_text_and_without_its_lines() {
    let xml = fixture("xmlsec1-aes128-cbc.xml");
    let document = Document::parse(&xml).unwrap();
    let pem = fixture("key.pem");
    let bare: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let bag = format!("Bag Attributes\n    friendlyName: sp\n{}{pem}trailing", fixture("certificate.pem"));
    for text in [pem.replace('\n', "\r\n"), pem.replace('\n', "\n  "), bare, bag] {
        assert!(plan(&document, &text).is_ok(), "{text}");
    }
    assert_eq!(plan(&document, " \n").unwrap_err(), DecryptError::NoKey);
    for cut in [
        "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
        "MIIE",
        "-----BEGIN PRIVATE KEY-----",
    ] {
        assert_eq!(plan(&document, cut).unwrap_err(), DecryptError::KeyNotRecognized, "{cut}");
    }
}

#[test]
fn what_is_not_taken_is_named_with_its_algorithm() {
    let triple = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc";
    let error = planned("xmlsec1-tripledes.xml", "key.pem").unwrap_err();
    assert_eq!((error.code(), error.args()), ("saml.data_algorithm", vec![String::from(triple)]));
    assert_eq!(planned("xmlsec1-pkcs1.xml", "key.pem").unwrap_err(), DecryptError::KeyTransportPkcs1);
    assert_eq!(planned("plain.xml", "key.pem").unwrap_err(), DecryptError::NothingEncrypted);

    let xml = fixture("node-mgf1p-sha1-aes256-cbc.xml");
    let refused = |from: &str, to: &str| {
        assert!(xml.contains(from), "{from}");
        let changed = xml.replace(from, to);
        plan(&Document::parse(&changed).unwrap(), &fixture("key.pem")).unwrap_err()
    };
    let algorithm = String::from("urn:x");
    assert_eq!(
        refused("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "urn:x"),
        DecryptError::KeyAlgorithm { algorithm }
    );
    assert_eq!(
        refused("http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2001/04/xmldsig-more#sha224")
            .code(),
        "saml.key_algorithm"
    );
    assert_eq!(refused("e:EncryptedKey", "e:Key"), DecryptError::NoEncryptedKey);
    assert_eq!(refused("xenc:CipherValue", "xenc:CipherReference"), DecryptError::BadCiphertext);
}

#[test]
fn a_retrieval_method_is_followed_within_the_document_only() {
    for uri in ["https://evil.example/#_key", "#other", ""] {
        let xml = fixture("node-retrieval.xml").replace("URI=\"#_key\"", &format!("URI=\"{uri}\""));
        // Moved to where nothing but the reference leads.
        let start = xml.find("<e:EncryptedKey").unwrap();
        let end = xml.find("</saml:EncryptedAssertion>").unwrap();
        let key = xml.get(start..end).unwrap().to_owned();
        let xml = xml.replace(&key, "").replace(
            "</samlp:Status>",
            &format!("</samlp:Status><samlp:Extensions>{key}</samlp:Extensions>"),
        );
        let error = plan(&Document::parse(&xml).unwrap(), &fixture("key.pem")).unwrap_err();
        assert_eq!(error, DecryptError::NoEncryptedKey, "{uri}");
        let right = xml.replace(&format!("URI=\"{uri}\""), "URI=\"#_key\"");
        if !uri.is_empty() {
            let plan = plan(&Document::parse(&right).unwrap(), &fixture("key.pem")).unwrap();
            assert!(decrypt(&plan).is_ok());
        }
    }
}

#[test]
fn a_change_of_what_gcm_protects_is_noticed() {
    let mut plan = planned("xmlsec1-aes128-gcm.xml", "key.pem").unwrap();
    plan.jobs[0].ciphertext[3] ^= 1;
    assert_eq!(decrypt(&plan).unwrap_err(), DecryptError::Failed);
}

#[test]
fn the_padding_of_xml_encryption_is_taken_off_whatever_it_holds() {
    let [job] = planned("xmlsec1-aes128-cbc.xml", "key.pem").unwrap().jobs.try_into().unwrap();
    let finish = |bytes: &[u8]| job.finish(bytes.to_vec()).map(|text| text.expose().clone());
    assert_eq!(finish(b"<a/>\x17\x2a\x03"), Ok(String::from("<a/>")));
    assert_eq!(finish(b"<a/>\x01"), Ok(String::from("<a/>")));
    assert_eq!(finish(b"<?xml version='1.0'?>\n<a/>\x01"), Ok(String::from("<a/>")));
    for bytes in [&b""[..], b"<a/>\0", b"<a/>\x11", b"\x02"] {
        assert_eq!(finish(bytes), Err(DecryptError::Failed), "{bytes:?}");
    }
    for bytes in [&b"<a/></b>\x01"[..], b"<a/><b/>\x01", b"text\x01", b"<a>\xff</a>\x01", b"\x01"] {
        assert_eq!(finish(bytes), Err(DecryptError::NotXml), "{bytes:?}");
    }
}

#[test]
fn several_parts_are_put_in_their_places() {
    let xml = "<r xmlns:x='u'><x:e/>é<y><x:e>1</x:e></y></r>";
    let part = |element, text: &str| (element, Secret::new(String::from(text)));
    let whole = splice(xml, &[part(3, "<x:b/>"), part(1, "<x:a/>")]).unwrap();
    assert_eq!(whole.expose(), "<r xmlns:x='u'><x:a/>é<y><x:b/></y></r>");
    assert!(splice(xml, &[part(4, "")]).is_none());
    assert!(splice(xml, &[part(2, ""), part(3, "")]).is_none());
}

#[test]
fn debug_output_of_a_plan_holds_no_private_key() {
    let plan = planned("xmlsec1-aes128-cbc.xml", "key.pem").unwrap();
    assert!(format!("{plan:?}").contains("pkcs8: [redacted]"));
}

#[test]
fn more_parts_than_are_looked_at_are_refused() {
    let part =
        "<a:EncryptedID><e:EncryptedData/></a:EncryptedID>".repeat(rolecall::limits::MAX_ENCRYPTED_PARTS + 1);
    let xml = format!(
        "<r xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion' xmlns:e='http://www.w3.org/2001/04/xmlenc#'>{part}</r>"
    );
    let document = Document::parse(&xml).unwrap();
    assert_eq!(plan(&document, &fixture("key.pem")).unwrap_err(), DecryptError::TooManyParts);
    assert_eq!(encryption::read(&document).unwrap_err().code(), "saml.too_many_encrypted");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_change_to_a_document_panics(
        name in prop::sample::select(vec!["node-retrieval.xml", "xmlsec1-aes128-cbc.xml", "santuario-oaep-sha256-aes128-gcm.xml"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = fixture(name).into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let xml = String::from_utf8_lossy(&bytes);
        let Ok(document) = Document::parse(&xml) else { return Ok(()) };
        let parts = plan(&document, &fixture("key.pem")).and_then(|plan| decrypt(&plan));
        let _ = parts.map(|parts| splice(&xml, &parts).is_some());
    }

    #[test]
    fn no_change_to_a_key_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let xml = fixture("xmlsec1-aes128-cbc.xml");
        let mut bytes = fixture("key.pem").into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = plan(&Document::parse(&xml).unwrap(), &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_text_given_as_a_key_panics(text in any::<String>(), der in prop::collection::vec(any::<u8>(), 0..64)) {
        use base64::Engine;
        let xml = fixture("xmlsec1-aes128-cbc.xml");
        let document = Document::parse(&xml).unwrap();
        let _ = plan(&document, &text);
        let _ = plan(&document, &base64::engine::general_purpose::STANDARD.encode([b"\x30\x82".as_slice(), &der].concat()));
    }
}
