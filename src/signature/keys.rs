//! The keys that a signature is tried with: those that are trusted for its issuer, those that are trusted for any, then
//! those it carries itself.

use super::certificate::base64;
use super::issue::{Issue, note};
use super::reference::text_of;
use super::{Certificate, KeySource, Trust, key};
use crate::limits::{MAX_EMBEDDED_CERTIFICATES, MAX_KEYS, MAX_TRUSTED_KEYS};
use crate::saml::{Document, Element, Namespace};

/// A key to try.
pub(super) struct Candidate {
    pub(super) source: KeySource,
    /// Whether it is trusted whatever the issuer.
    pub(super) is_for_all: bool,
    /// `SubjectPublicKeyInfo`.
    pub(super) spki: Vec<u8>,
    pub(super) certificate: Option<Certificate>,
}

/// The certificates in a `KeyInfo`, as far as they can be read.
pub(super) fn embedded(key_info: Option<Element<'_>>, issues: &mut Vec<Issue>) -> Vec<Certificate> {
    let mut certificates = Vec::new();
    let Some(key_info) = key_info else { return certificates };
    for element in certificate_elements(key_info).into_iter().take(MAX_EMBEDDED_CERTIFICATES) {
        match Certificate::from_base64(&text_of(element)) {
            Ok(certificate) => certificates.push(certificate),
            Err(_) => note(issues, Issue::BadCertificate),
        }
    }
    certificates
}

/// The keys to try, the trusted ones first, each once.
pub(super) fn candidates(
    document: &Document<'_>,
    trust: &Trust,
    issuer: Option<&str>,
    key_info: Option<Element<'_>>,
    embedded: &[Certificate],
) -> Vec<Candidate> {
    let mut keys = Vec::new();
    for entity in trust.entities.iter().filter(|entity| Some(entity.entity_id.as_str()) == issuer) {
        for certificate in &entity.keys {
            add(&mut keys, entity.source, false, &certificate.spki, Some(certificate));
        }
    }
    for certificate in &trust.certificates {
        add(&mut keys, KeySource::Pin, true, &certificate.spki, Some(certificate));
    }
    for certificate in embedded {
        add(&mut keys, KeySource::Embedded, false, &certificate.spki, Some(certificate));
    }
    let value = key_info.and_then(|key_info| key_info.child(Namespace::SIGNATURE, "KeyValue"));
    let value = value.and_then(|value| key_value(document, value.elements().next()?));
    let encoded = || {
        // XML Signature 1.1, 4.5.9.
        let namespace = document.namespace(SIGNATURE_1_1)?;
        base64(&text_of(key_info?.child(namespace, "DEREncodedKeyValue")?))
    };
    if let Some(spki) = value.or_else(encoded) {
        add(&mut keys, KeySource::Embedded, false, &spki, None);
    }
    keys
}

/// Trusted keys have room of their own, so that many of them never crowd out the message's.
fn add(
    keys: &mut Vec<Candidate>,
    source: KeySource,
    is_for_all: bool,
    spki: &[u8],
    certificate: Option<&Certificate>,
) {
    if let Some(known) = keys.iter_mut().find(|known| known.spki == spki) {
        known.is_for_all |= is_for_all;
        return;
    }
    let room = if source.is_trusted() { MAX_TRUSTED_KEYS } else { MAX_KEYS };
    if keys.len() < room {
        keys.push(Candidate { source, is_for_all, spki: spki.to_vec(), certificate: certificate.cloned() });
    }
}

/// The key of an `RSAKeyValue` (XML Signature, 4.5.2.2) or an `ECKeyValue` with a named curve (XML Signature 1.1, 4.5.2.3).
fn key_value(document: &Document<'_>, value: Element<'_>) -> Option<Vec<u8>> {
    if value.is(Namespace::SIGNATURE, "RSAKeyValue") {
        let number = |name| base64(&text_of(value.child(Namespace::SIGNATURE, name)?));
        return Some(key::rsa(&number("Modulus")?, &number("Exponent")?));
    }
    let namespace = document.namespace(SIGNATURE_1_1)?;
    if !value.is(namespace, "ECKeyValue") {
        return None;
    }
    let curve = value.child(namespace, "NamedCurve")?.attribute(Namespace::NONE, "URI")?;
    key::ec(curve, &base64(&text_of(value.child(namespace, "PublicKey")?))?)
}

/// The `X509Certificate` elements of a `KeyInfo`.
pub(super) fn certificate_elements(key_info: Element<'_>) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    for data in key_info.elements() {
        if !data.is(Namespace::SIGNATURE, "X509Data") {
            continue;
        }
        for child in data.elements() {
            if child.is(Namespace::SIGNATURE, "X509Certificate") {
                found.push(child);
            }
        }
    }
    found
}

const SIGNATURE_1_1: &str = "http://www.w3.org/2009/xmldsig11#";
