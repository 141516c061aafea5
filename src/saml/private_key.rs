//! A private key as people have it, in a PEM file, to the one form that every host's crypto takes: PKCS#8 DER. What is given
//! by mistake (a certificate, a public key, a key behind a passphrase) is told apart.

use super::DecryptError;
use super::decode::base64;
use crate::octets::{holds, split_at_part};
use crate::secret::{Secret, Wipe};

/// An RSA private key.
#[derive(Clone, Debug)]
pub(super) struct PrivateKey {
    /// `PrivateKeyInfo` (RFC 5208), DER.
    pub(super) pkcs8: Secret<Vec<u8>>,
    /// The modulus, big-endian without leading zeros. It is public.
    pub(super) modulus: Vec<u8>,
}

impl PrivateKey {
    /// Reads PEM (RFC 7468): PKCS#8 or PKCS#1 (RFC 8017, A.1.2). Text around it, and other PEM blocks, may stand there.
    /// Base64 without the lines around it is taken too.
    pub(super) fn from_pem(text: &str) -> Result<Self, DecryptError> {
        if text.trim().is_empty() {
            return Err(DecryptError::NoKey);
        }
        let mut other = DecryptError::KeyNotRecognized;
        let mut rest = text;
        while let Some((label, body, after)) = block(rest) {
            rest = after;
            match label {
                "PRIVATE KEY" | "RSA PRIVATE KEY" if holds(body, "Proc-Type:") => {
                    return Err(DecryptError::KeyIsEncrypted);
                }
                "PRIVATE KEY" | "RSA PRIVATE KEY" => return Self::from_base64(body),
                "ENCRYPTED PRIVATE KEY" => return Err(DecryptError::KeyIsEncrypted),
                "EC PRIVATE KEY" | "DSA PRIVATE KEY" => return Err(DecryptError::KeyNotRsa),
                "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => {
                    other = DecryptError::KeyIsCertificate
                }
                "PUBLIC KEY" | "RSA PUBLIC KEY" => other = DecryptError::KeyIsPublic,
                _ => {}
            }
        }
        if holds(text, BEGIN) { Err(other) } else { Self::from_base64(text) }
    }

    fn from_base64(text: &str) -> Result<Self, DecryptError> {
        let der = Secret::new(base64(text).ok_or(DecryptError::KeyNotRecognized)?);
        // Exposed to be copied into the key, which is a secret again.
        Self::from_der(der.expose())
    }

    fn from_der(der: &[u8]) -> Result<Self, DecryptError> {
        let unknown = DecryptError::KeyNotRecognized;
        let (outer, _) = take(der, SEQUENCE).ok_or(unknown.clone())?;
        let (_version, rest) = take(outer, INTEGER).ok_or(unknown.clone())?;
        if let Some((modulus, _)) = take(rest, INTEGER) {
            let zeros = modulus.iter().take_while(|byte| **byte == 0).count();
            let modulus = modulus.get(zeros..).unwrap_or_default().to_vec();
            // Whatever followed the key is left behind.
            let length = der.len().saturating_sub(take(der, SEQUENCE).map_or(0, |(_, after)| after.len()));
            return Ok(Self { pkcs8: wrap(der.get(..length).unwrap_or(der)), modulus });
        }
        let (algorithm, rest) = take(rest, SEQUENCE).ok_or(unknown.clone())?;
        let (identifier, _) = take(algorithm, OBJECT_IDENTIFIER).ok_or(unknown.clone())?;
        if identifier != RSA_ENCRYPTION {
            return Err(DecryptError::KeyNotRsa);
        }
        let (key, _) = take(rest, OCTET_STRING).ok_or(unknown.clone())?;
        // One level only: a key inside a key inside a key is no key.
        let (inner, _) = take(key, SEQUENCE).ok_or(unknown.clone())?;
        let is_pkcs1 = take(inner, INTEGER).and_then(|(_, rest)| take(rest, INTEGER)).is_some();
        if is_pkcs1 { Self::from_der(key) } else { Err(unknown) }
    }
}

/// The first PEM block of a text: its label, what stands between its lines, and what follows it.
fn block(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = split_at_part(split_at_part(text, BEGIN)?.1, "-----")?;
    let (body, after) = split_at_part(rest, "-----END ")?;
    Some((label, body, after))
}

/// The content of a DER value with that tag at the beginning, and what follows it (X.690, 8.1).
fn take(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x83 => {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (octets.iter().fold(0, |length, octet| length << 8 | usize::from(*octet)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length).filter(|_| *found == tag)
}

/// A PKCS#1 key as PKCS#8.
fn wrap(pkcs1: &[u8]) -> Secret<Vec<u8>> {
    let mut inner = ALGORITHM.to_vec();
    inner.reserve_exact(pkcs1.len().saturating_add(LONGEST_HEADER));
    header(&mut inner, OCTET_STRING, pkcs1.len());
    inner.extend_from_slice(pkcs1);
    let mut outer = Vec::with_capacity(inner.len().saturating_add(LONGEST_HEADER));
    header(&mut outer, SEQUENCE, inner.len());
    outer.extend_from_slice(&inner);
    inner.wipe();
    Secret::new(outer)
}

/// Tag and length of a DER value.
fn header(der: &mut Vec<u8>, tag: u8, length: usize) {
    let octets = length.to_be_bytes();
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let octets = octets.get(zeros..).unwrap_or_default();
    der.push(tag);
    if length > 0x7f {
        der.push(u8::try_from(octets.len()).unwrap_or_default() | 0x80);
    }
    der.extend_from_slice(octets);
}

const BEGIN: &str = "-----BEGIN ";

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// 1.2.840.113549.1.1.1.
const RSA_ENCRYPTION: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";

/// Version 0 and the algorithm `rsaEncryption` with its null, as `PrivateKeyInfo` begins.
const ALGORITHM: &[u8] = b"\x02\x01\0\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\0";

/// Bytes of a tag and a length.
const LONGEST_HEADER: usize = 10;
