//! An X.509 certificate to what is shown of it and the key in it. Nothing is verified here.

use super::Issue;
use crate::time::UnixTime;

/// An X.509 certificate (RFC 5280), as far as it is shown, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The whole of it.
    pub der: Vec<u8>,
    /// Distinguished name as RFC 4514 writes it.
    pub subject: String,
    /// Distinguished name of whoever signed it.
    pub issuer: String,
    /// Serial number, hexadecimal in capitals, two digits a byte.
    pub serial: String,
    /// First second it is valid.
    pub not_before: UnixTime,
    /// Last second it is valid.
    pub not_after: UnixTime,
    /// `SubjectPublicKeyInfo`, DER.
    pub spki: Vec<u8>,
    /// `RSA`, `EC P-256`, `EC P-384`, `EC P-521`, `EC` (another curve), `Ed25519`, `DSA` or `unknown`.
    pub key_name: &'static str,
    /// Bits of the modulus or of the field; 0 when unknown.
    pub key_bits: u32,
}

/// Why a certificate cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateError {
    /// The text is not base64.
    NotBase64,
    /// No `-----BEGIN CERTIFICATE-----`.
    NotPem,
    /// The bytes are not an X.509 certificate.
    NotX509,
}

impl Certificate {
    /// Reads DER.
    ///
    /// # Errors
    ///
    /// [`CertificateError::NotX509`].
    pub fn from_der(_der: &[u8]) -> Result<Self, CertificateError> {
        Err(CertificateError::NotX509)
    }

    /// Reads base64 of DER, white space in it ignored, as `X509Certificate` holds it.
    ///
    /// # Errors
    ///
    /// [`CertificateError::NotBase64`] and [`CertificateError::NotX509`].
    pub fn from_base64(_text: &str) -> Result<Self, CertificateError> {
        Err(CertificateError::NotX509)
    }

    /// Reads the first certificate of PEM text.
    ///
    /// # Errors
    ///
    /// Any [`CertificateError`].
    pub fn from_pem(_text: &str) -> Result<Self, CertificateError> {
        Err(CertificateError::NotX509)
    }

    /// PEM text, 64 characters a line, with a line feed at the end.
    #[must_use]
    pub fn pem(&self) -> String {
        String::new()
    }
}

/// What the dates of a certificate are worth saying at `now`.
#[must_use]
pub fn certificate_issue(_certificate: &Certificate, _now: UnixTime) -> Option<Issue> {
    None
}
