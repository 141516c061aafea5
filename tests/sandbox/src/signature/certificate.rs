//! The public key out of an X.509 certificate, and PEM: as much of both as checking a signature needs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// An RSA public key: DER of PKCS #1's `RSAPublicKey`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey(pub(crate) Vec<u8>);

impl PublicKey {
    /// The key of a DER certificate (RFC 5280, section 4.1); `None` if it is damaged or its key is not RSA.
    pub(crate) fn from_certificate(der: &[u8]) -> Option<Self> {
        let (certificate, _) = take(der, SEQUENCE)?;
        let (mut rest, _) = take(certificate, SEQUENCE)?;
        if let Some((_version, after)) = take(rest, VERSION) {
            rest = after;
        }
        // serialNumber, signature, issuer, validity, subject
        for tag in [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE] {
            (_, rest) = take(rest, tag)?;
        }
        let (spki, _) = take(rest, SEQUENCE)?;
        let (algorithm, rest) = take(spki, SEQUENCE)?;
        let (oid, _) = take(algorithm, OBJECT_IDENTIFIER)?;
        let (bits, _) = take(rest, BIT_STRING)?;
        let (unused, key) = bits.split_first()?;
        (oid == RSA_ENCRYPTION && *unused == 0).then(|| Self(key.to_vec()))
    }
}

/// The first certificate of a PEM text, or of bare base64, as DER.
pub(crate) fn pem_to_der(pem: &str) -> Option<Vec<u8>> {
    let base64 = match pem.split_once("-----BEGIN CERTIFICATE-----") {
        Some((_, rest)) => rest.split_once("-----END CERTIFICATE-----")?.0,
        None => pem,
    };
    let compact: String = base64.split_ascii_whitespace().collect();
    STANDARD.decode(compact).ok()
}

/// The content of the element with this tag at the start of `der`, and what follows it.
fn take(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    if *first != tag {
        return None;
    }
    if *length < 0x80 {
        return rest.split_at_checked(usize::from(*length));
    }
    let (bytes, rest) = rest.split_at_checked(usize::from(*length & 0x7f))?;
    let length =
        bytes.iter().try_fold(0usize, |sum, byte| Some(sum.checked_mul(256)? + usize::from(*byte)))?;
    rest.split_at_checked(length)
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;

/// 1.2.840.113549.1.1.1
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
