//! Tests of [`super`]: certificates of OpenSSL, and of the kinds that it no longer makes.

use std::fs;

use proptest::prelude::*;

use super::super::der::write;
use super::*;

fn pem(name: &str) -> String {
    fs::read_to_string(format!("tests/fixtures/signature/{name}")).unwrap()
}

#[test]
fn a_certificate_of_openssl_is_read_as_openssl_prints_it() {
    let text = pem("idp.pem");
    let certificate = Certificate::from_pem(&text).unwrap();
    assert_eq!(certificate.subject, "CN=idp2048.example.com,O=Example\\, Inc.,C=US");
    assert_eq!(certificate.issuer, certificate.subject);
    assert_eq!(certificate.serial, "13C00908F51D091C1CC9E62666592FED3AD4B59D");
    assert_eq!(certificate.not_after.rfc3339(), "2036-11-21T13:52:41Z");
    assert_eq!((certificate.key_name, certificate.key_bits), ("RSA", 2048));
    assert_eq!(certificate.pem(), text);
    let body: String =
        text.lines().filter(|line| !line.starts_with('-')).map(|line| format!("  {line}\r\n")).collect();
    assert_eq!(Certificate::from_base64(&body).as_ref(), Ok(&certificate));
    assert_eq!(Certificate::from_base64(&text).as_ref(), Ok(&certificate));
    assert_eq!(Certificate::from_pem(&format!("subject=x\n{text}{text}")).as_ref(), Ok(&certificate));
}

/// A certificate around what differs between the tests.
fn certificate(version: bool, serial: &[u8], times: [(u8, &str); 2], name: &[u8]) -> Vec<u8> {
    let time = times.map(|(tag, text)| write(tag, &[text.as_bytes()]));
    let version = if version { write(CONTEXT_0, &[&write(INTEGER, &[&[2]])]) } else { Vec::new() };
    let name = write(SEQUENCE, &[name]);
    let body = write(
        SEQUENCE,
        &[
            &version,
            &write(INTEGER, &[serial]),
            &write(SEQUENCE, &[]),
            &name,
            &write(SEQUENCE, &[&time[0], &time[1]]),
            &name,
            &key::rsa(&[0xc0; 128], &[1, 0, 1]),
        ],
    );
    write(SEQUENCE, &[&body, &write(SEQUENCE, &[]), &write(0x03, &[&[0]])])
}

const TIMES: [(u8, &str); 2] = [(UTC_TIME, "490101000000Z"), (GENERALIZED_TIME, "20500101000001Z")];

#[test]
fn old_certificates_are_read_too() {
    let read = Certificate::from_der(&certificate(false, &[0xff, 0x01], TIMES, &[])).unwrap();
    assert_eq!((read.serial.as_str(), read.subject.as_str()), ("FF01", ""));
    assert_eq!(read.not_before.rfc3339(), "2049-01-01T00:00:00Z");
    assert_eq!(read.not_after.rfc3339(), "2050-01-01T00:00:01Z");
    assert_eq!((read.key_name, read.key_bits), ("RSA", 1024));
    let times = [(UTC_TIME, "5001010000Z"), (UTC_TIME, "9912312359Z")];
    let read = Certificate::from_der(&certificate(true, &[0, 0x80], times, &[])).unwrap();
    assert_eq!(read.serial, "80");
    assert_eq!(read.not_before.rfc3339(), "1950-01-01T00:00:00Z");
    assert_eq!(read.not_after.rfc3339(), "1999-12-31T23:59:00Z");
    assert_eq!(Certificate::from_der(&certificate(true, &[0], TIMES, &[])).unwrap().serial, "00");
}

#[test]
fn an_extension_that_stands_twice_is_seen() {
    let usual = Certificate::from_pem(&pem("idp.pem")).unwrap();
    assert!(extensions(&usual.der).unwrap().len() > 1);
    assert!(!usual.has_repeated_extension());
    let plain = Certificate::from_der(&certificate(true, &[1], TIMES, &[])).unwrap();
    assert!(!plain.has_repeated_extension());
    let extension =
        |name: u8| write(SEQUENCE, &[&write(OBJECT_IDENTIFIER, &[&[0x55, 0x1d, name]]), &write(4, &[])]);
    for (names, is_repeated) in [([14, 35, 19], false), ([14, 35, 14], true)] {
        let list = names.map(extension);
        let list = write(CONTEXT_3, &[&write(SEQUENCE, &[&list[0], &list[1], &list[2]])]);
        let mut whole = Der::new(&plain.der).inside(SEQUENCE).unwrap();
        let body = write(SEQUENCE, &[whole.content(SEQUENCE).unwrap(), &list]);
        let der = write(SEQUENCE, &[&body, &write(SEQUENCE, &[]), &write(0x03, &[&[0]])]);
        assert_eq!(Certificate::from_der(&der).unwrap().has_repeated_extension(), is_repeated, "{names:?}");
    }
}

#[test]
fn what_stands_behind_a_certificate_is_not_part_of_it() {
    let der = certificate(true, &[1], TIMES, &[]);
    let longer = [der.as_slice(), b"rest"].concat();
    assert_eq!(Certificate::from_der(&longer).unwrap().der, der);
}

#[test]
fn what_is_no_certificate_is_refused() {
    assert_eq!(Certificate::from_base64("?"), Err(CertificateError::NotBase64));
    assert_eq!(Certificate::from_base64("MIIB"), Err(CertificateError::NotX509));
    assert_eq!(Certificate::from_der(&[]), Err(CertificateError::NotX509));
    assert_eq!(Certificate::from_pem("MIIB"), Err(CertificateError::NotPem));
    assert_eq!(Certificate::from_pem("-----BEGIN CERTIFICATE-----\nMIIB"), Err(CertificateError::NotPem));
    for times in [
        [(UTC_TIME, "490101000000"), TIMES[1]],
        [(UTC_TIME, "491301000000Z"), TIMES[1]],
        [(4, "490101000000Z"), TIMES[1]],
    ] {
        assert_eq!(
            Certificate::from_der(&certificate(true, &[1], times, &[])),
            Err(CertificateError::NotX509)
        );
    }
    let large = vec![0; MAX_CERTIFICATE_BYTES + 1];
    assert_eq!(Certificate::from_der(&large), Err(CertificateError::NotX509));
}

#[test]
fn dates_are_worth_a_word_outside_of_them_and_in_the_last_sixty_days() {
    let read = Certificate::from_der(&certificate(true, &[1], TIMES, &[])).unwrap();
    let code = |now: UnixTime| certificate_issue(&read, now).map(|issue| issue.code());
    let day = 86_400;
    assert_eq!(code(read.not_before.plus(-1)), Some("signature.certificate_not_yet_valid"));
    assert_eq!(code(read.not_before), None);
    assert_eq!(code(read.not_after.plus(-60 * day)), None);
    assert_eq!(code(read.not_after.plus(-60 * day + 1)), Some("signature.certificate_expires_soon"));
    assert_eq!(code(read.not_after), Some("signature.certificate_expires_soon"));
    assert_eq!(code(read.not_after.plus(1)), Some("signature.certificate_expired"));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Certificate::from_der(&bytes);
        let _ = key::read(&bytes);
    }

    #[test]
    fn no_change_of_a_certificate_panics(at in 0_usize..900, to in any::<u8>(), cut in 0_usize..900) {
        let mut der = Certificate::from_pem(&pem("idp.pem")).unwrap().der;
        if let Some(byte) = der.get_mut(at) {
            *byte = to;
        }
        let _ = Certificate::from_der(&der);
        der.truncate(cut);
        let _ = Certificate::from_der(&der);
    }

    #[test]
    fn base64_ignores_white_space_and_padding(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
        let text = octets::base64(&bytes);
        prop_assert_eq!(base64(&format!(" {}\n", text.trim_end_matches('='))), Some(bytes));
    }
}
