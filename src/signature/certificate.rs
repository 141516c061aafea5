//! An X.509 certificate to what is shown of it and the key in it. Nothing is verified here. Taken is what identity
//! providers really ship: version 1, negative serial numbers, old kinds of strings.

use super::der::{
    CONTEXT_0, CONTEXT_3, Der, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, UTC_TIME, Value,
};
use super::{Issue, key, name};
use crate::limits::MAX_CERTIFICATE_BYTES;
use crate::octets;
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

impl CertificateError {
    /// The stable code, such as `signature.certificate_not_pem`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotBase64 => "signature.certificate_not_base64",
            Self::NotPem => "signature.certificate_not_pem",
            Self::NotX509 => "signature.certificate_not_x509",
        }
    }
}

impl Certificate {
    /// Reads DER.
    ///
    /// # Errors
    ///
    /// [`CertificateError::NotX509`].
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > MAX_CERTIFICATE_BYTES {
            return Err(CertificateError::NotX509);
        }
        read(der).ok_or(CertificateError::NotX509)
    }

    /// Reads base64 of DER, white space in it ignored, as `X509Certificate` holds it. Some providers put PEM there,
    /// which is taken too.
    ///
    /// # Errors
    ///
    /// [`CertificateError::NotBase64`] and [`CertificateError::NotX509`].
    pub fn from_base64(text: &str) -> Result<Self, CertificateError> {
        if octets::holds(text, BEGIN) {
            return Self::from_pem(text);
        }
        if text.len() > MAX_CERTIFICATE_BYTES.saturating_mul(2) {
            return Err(CertificateError::NotX509);
        }
        Self::from_der(&base64(text).ok_or(CertificateError::NotBase64)?)
    }

    /// Reads the first certificate of PEM text (RFC 7468).
    ///
    /// # Errors
    ///
    /// Any [`CertificateError`].
    pub fn from_pem(text: &str) -> Result<Self, CertificateError> {
        let (_, body) = octets::split_at_part(text, BEGIN).ok_or(CertificateError::NotPem)?;
        let (body, _) = octets::split_at_part(body, "-----").ok_or(CertificateError::NotPem)?;
        Self::from_base64(body)
    }

    /// Whether an extension stands in it more than once, which RFC 5280, 4.2, forbids and IAM refuses.
    #[must_use]
    pub fn has_repeated_extension(&self) -> bool {
        let mut names = extensions(&self.der).unwrap_or_default();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        names.len() < count
    }

    /// PEM text, 64 characters a line, with a line feed at the end.
    #[must_use]
    pub fn pem(&self) -> String {
        let mut pem = String::from(BEGIN);
        let encoded = octets::base64(&self.der);
        let mut rest = encoded.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.len().min(64));
            pem.push('\n');
            pem.push_str(line);
            rest = after;
        }
        pem.push_str("\n-----END CERTIFICATE-----\n");
        pem
    }
}

/// What the dates of a certificate are worth saying at `now`.
#[must_use]
pub fn certificate_issue(certificate: &Certificate, now: UnixTime) -> Option<Issue> {
    let not_after = certificate.not_after;
    if now > not_after {
        return Some(Issue::CertificateExpired { not_after });
    }
    if now < certificate.not_before {
        return Some(Issue::CertificateNotYetValid { not_before: certificate.not_before });
    }
    let left = not_after.seconds().saturating_sub(now.seconds()) / SECONDS_A_DAY;
    (left < EXPIRES_SOON_DAYS).then_some(Issue::CertificateExpiresSoon { not_after, days: left })
}

/// Base64 with white space anywhere and with or without its padding, as XML Schema has it (part 2, 3.2.16).
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    octets::from_base64(text.as_bytes()).or_else(|| {
        let compact: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        octets::from_base64(&compact)
    })
}

fn read(der: &[u8]) -> Option<Certificate> {
    let certificate = Der::new(der).maybe(SEQUENCE)?;
    let mut body = Der::new(certificate.content).inside(SEQUENCE)?;
    // Version 1 has no version.
    body.maybe(CONTEXT_0);
    let mut serial = String::new();
    match body.content(INTEGER)? {
        [0, rest @ ..] if !rest.is_empty() => name::push_hex(&mut serial, rest),
        number => name::push_hex(&mut serial, number),
    }
    body.content(SEQUENCE)?;
    let issuer = name::text(body.inside(SEQUENCE)?)?;
    let mut validity = body.inside(SEQUENCE)?;
    let (not_before, not_after) = (time(validity.any()?)?, time(validity.any()?)?);
    let subject = name::text(body.inside(SEQUENCE)?)?;
    let spki = body.maybe(SEQUENCE)?.whole;
    let (kind, key_bits) = key::read(spki);
    Some(Certificate {
        der: certificate.whole.to_vec(),
        subject,
        issuer,
        serial,
        not_before,
        not_after,
        spki: spki.to_vec(),
        key_name: kind.name(),
        key_bits,
    })
}

/// The object identifier of each extension, in the order written.
fn extensions(der: &[u8]) -> Option<Vec<&[u8]>> {
    let mut body = Der::new(der).inside(SEQUENCE)?.inside(SEQUENCE)?;
    while let Some(value) = body.any() {
        if value.tag != CONTEXT_3 {
            continue;
        }
        let mut extensions = Der::new(value.content).inside(SEQUENCE)?;
        let mut names = Vec::new();
        while let Some(mut extension) = extensions.inside(SEQUENCE) {
            names.push(extension.content(OBJECT_IDENTIFIER)?);
        }
        return Some(names);
    }
    None
}

/// `YYMMDDHHMM[SS]Z` or `YYYYMMDDHHMM[SS]Z`; two digits of a year mean 1950 to 2049 (RFC 5280, 4.1.2.5.1).
fn time(value: Value<'_>) -> Option<UnixTime> {
    let text = std::str::from_utf8(value.content).ok()?.strip_suffix('Z')?;
    let (mut written, rest) = match value.tag {
        UTC_TIME => {
            let century = if text.starts_with(|digit| digit < '5') { "20" } else { "19" };
            (String::from(century), text)
        }
        GENERALIZED_TIME => (String::from(text.get(..2)?), text.get(2..)?),
        _ => return None,
    };
    for (at, after) in [(0_usize, "-"), (2, "-"), (4, "T"), (6, ":"), (8, ":")] {
        written.push_str(rest.get(at..at.checked_add(2)?)?);
        written.push_str(after);
    }
    written.push_str(rest.get(10..).filter(|seconds| !seconds.is_empty()).unwrap_or("00"));
    written.push('Z');
    UnixTime::parse_xs(&written)
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";

const SECONDS_A_DAY: i64 = 86_400;

/// A certificate that ends sooner is worth a word: time enough to roll it over at the provider and at AWS.
const EXPIRES_SOON_DAYS: i64 = 60;

#[cfg(test)]
#[path = "certificate_tests.rs"]
mod tests;
