//! Encrypted parts and a private key to jobs for the host's crypto, and what comes of them back into the document. Nothing is
//! decrypted here: the browser's SubtleCrypto does it, natively a crate.

use super::document::Document;
use super::encryption::{self, Encrypted, EncryptedKey};
use super::private_key::PrivateKey;
use super::{DecryptError, outline};
use crate::octets::split_at_part;
use crate::secret::{Secret, Wipe};

/// What a host has to do to decrypt a document.
#[derive(Clone, Debug)]
pub struct DecryptPlan {
    /// The private key, `PrivateKeyInfo` (RFC 5208) in DER. It goes into the host's crypto and nowhere else.
    pub pkcs8: Secret<Vec<u8>>,
    /// One for each encrypted part, in document order. Never empty.
    pub jobs: Vec<DecryptJob>,
}

/// One encrypted part: a key that RSA gives, then data that AES gives with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecryptJob {
    /// Which of [`Document::elements`] stands where the decrypted one belongs.
    pub element: usize,
    /// The key of the data, encrypted for this private key. Several only when it cannot be told which of them is: try each.
    pub keys: Vec<KeyTransport>,
    /// How the data is encrypted.
    pub cipher: Cipher,
    /// The initialization vector: 12 bytes for GCM, 16 for CBC.
    pub iv: Vec<u8>,
    /// The encrypted bytes: for GCM with the tag of 16 bytes behind, for CBC whole blocks of 16.
    pub ciphertext: Vec<u8>,
}

/// A key encrypted with RSA-OAEP (RFC 8017, 7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTransport {
    /// The hash of OAEP itself.
    pub digest: Digest,
    /// The hash of its mask function, MGF1.
    pub mgf: Digest,
    /// The label; nearly always empty.
    pub label: Vec<u8>,
    /// As long as the modulus.
    pub ciphertext: Vec<u8>,
}

impl KeyTransport {
    /// What SubtleCrypto calls the hash, `SHA-256` for one. It has one for both uses.
    ///
    /// # Errors
    ///
    /// [`DecryptError::OaepHashesDiffer`] when the hash and that of the mask function are two.
    pub fn web_hash(&self) -> Result<&'static str, DecryptError> {
        if self.digest == self.mgf { Ok(self.digest.web_name()) } else { Err(DecryptError::OaepHashesDiffer) }
    }
}

/// A hash function of RSA-OAEP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// SHA-1, the default of XML Encryption. No weakness in this use is known.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Digest {
    /// What SubtleCrypto calls it.
    #[must_use]
    pub fn web_name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// Told by the end of a URI: `…xmlenc#sha256`, `…xmldsig-more#sha384`, `…xmlenc11#mgf1sha512`. Absent is SHA-1.
    fn of_uri(uri: Option<&str>) -> Option<Self> {
        let Some(uri) = uri else { return Some(Self::Sha1) };
        let (space, name) = uri.rsplit_once('#')?;
        if !space.starts_with("http://www.w3.org/") {
            return None;
        }
        match name.strip_prefix("mgf1").unwrap_or(name) {
            "sha1" => Some(Self::Sha1),
            "sha256" => Some(Self::Sha256),
            "sha384" => Some(Self::Sha384),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }
}

/// AES in one of the two modes of XML Encryption (5.2.2, 5.2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cipher {
    /// The mode.
    pub mode: Mode,
    /// Bytes of the key: 16, 24 or 32. Chromium has no AES with 24.
    pub key_bytes: usize,
}

/// How blocks are chained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Cipher block chaining: changes of the ciphertext are not noticed.
    Cbc,
    /// Galois/counter mode: with the key, changes are noticed.
    Gcm,
}

impl Cipher {
    fn of_uri(uri: &str) -> Option<Self> {
        let (mode, name) = match uri.split_once('#')? {
            ("http://www.w3.org/2001/04/xmlenc", name) => (Mode::Cbc, name.strip_suffix("-cbc")?),
            ("http://www.w3.org/2009/xmlenc11", name) => (Mode::Gcm, name.strip_suffix("-gcm")?),
            _ => return None,
        };
        let key_bytes = match name {
            "aes128" => 16,
            "aes192" => 24,
            "aes256" => 32,
            _ => return None,
        };
        Some(Self { mode, key_bytes })
    }

    /// Bytes before the data, and the least behind them: a tag, or one block.
    fn sizes(self) -> (usize, usize) {
        match self.mode {
            Mode::Cbc => (BLOCK, BLOCK),
            Mode::Gcm => (GCM_IV, BLOCK),
        }
    }
}

/// Plans how to decrypt every encrypted part of a document with a private key in PEM.
///
/// # Errors
///
/// When there is nothing to decrypt, the key is none, a part is not for this key, or is encrypted in a way that is not taken.
pub fn plan(document: &Document<'_>, private_key: &str) -> Result<DecryptPlan, DecryptError> {
    let key = PrivateKey::from_pem(private_key)?;
    let parts = encryption::read(document).map_err(|_| DecryptError::TooManyParts)?;
    if parts.is_empty() {
        return Err(DecryptError::NothingEncrypted);
    }
    let mut jobs = Vec::with_capacity(parts.len());
    for part in &parts {
        jobs.push(job(part, &key)?);
    }
    Ok(DecryptPlan { pkcs8: key.pkcs8, jobs })
}

fn job(part: &Encrypted, key: &PrivateKey) -> Result<DecryptJob, DecryptError> {
    let algorithm = part.algorithm.as_deref().unwrap_or_default();
    let cipher = Cipher::of_uri(algorithm)
        .ok_or_else(|| DecryptError::DataAlgorithm { algorithm: String::from(algorithm) })?;
    let bytes = part.ciphertext.as_deref().ok_or(DecryptError::BadCiphertext)?;
    let (iv, least) = cipher.sizes();
    let (iv, ciphertext) = bytes.split_at_checked(iv).ok_or(DecryptError::BadCiphertext)?;
    if ciphertext.len() < least || (cipher.mode == Mode::Cbc && ciphertext.len() % BLOCK != 0) {
        return Err(DecryptError::BadCiphertext);
    }
    let (iv, ciphertext) = (iv.to_vec(), ciphertext.to_vec());
    Ok(DecryptJob { element: part.element, keys: transports(part, key)?, cipher, iv, ciphertext })
}

/// The keys of a part that can be for this private key.
fn transports(part: &Encrypted, key: &PrivateKey) -> Result<Vec<KeyTransport>, DecryptError> {
    let mut found = Vec::new();
    let mut error = DecryptError::NoEncryptedKey;
    for encrypted in &part.keys {
        match transport(encrypted, key) {
            Ok(transport) => found.push(transport),
            // One for somebody else is the usual company of ours, so it explains least.
            Err(why) if why != DecryptError::KeyMismatch || error == DecryptError::NoEncryptedKey => {
                error = why
            }
            Err(_) => {}
        }
    }
    if found.is_empty() { Err(error) } else { Ok(found) }
}

fn transport(encrypted: &EncryptedKey, key: &PrivateKey) -> Result<KeyTransport, DecryptError> {
    let algorithm = encrypted.algorithm.as_deref().unwrap_or_default();
    let unsupported = |algorithm: &str| DecryptError::KeyAlgorithm { algorithm: String::from(algorithm) };
    let mgf = match algorithm {
        RSA_OAEP_MGF1P => Some(Digest::Sha1),
        RSA_OAEP => Digest::of_uri(encrypted.mgf.as_deref()),
        RSA_1_5 => return Err(DecryptError::KeyTransportPkcs1),
        _ => return Err(unsupported(algorithm)),
    };
    let digest = Digest::of_uri(encrypted.digest.as_deref());
    let digest = digest.ok_or_else(|| unsupported(encrypted.digest.as_deref().unwrap_or_default()))?;
    let mgf = mgf.ok_or_else(|| unsupported(encrypted.mgf.as_deref().unwrap_or_default()))?;
    let ciphertext = encrypted.ciphertext.clone().ok_or(DecryptError::BadCiphertext)?;
    // The certificate of an RSA key has its modulus in it, whatever else it says.
    let modulus = key.modulus.as_slice();
    let is_of =
        |certificate: &Vec<u8>| certificate.windows(modulus.len().max(1)).any(|window| window == modulus);
    let is_for_us = encrypted.certificates.is_empty() || encrypted.certificates.iter().any(is_of);
    if ciphertext.len() != modulus.len() || !is_for_us {
        return Err(DecryptError::KeyMismatch);
    }
    Ok(KeyTransport { digest, mgf, label: encrypted.label.clone(), ciphertext })
}

impl DecryptJob {
    /// The XML of the decrypted part, given what AES gave: for CBC with the padding of XML Encryption (5.2.1) behind it, whose
    /// last byte says how many bytes it has and whose others say nothing.
    ///
    /// Prefixes that the document declares around the part are not declared in it; see [`splice`].
    ///
    /// # Errors
    ///
    /// [`DecryptError::Failed`] when the padding is none, [`DecryptError::NotXml`] when what comes out is not one element.
    pub fn finish(&self, plaintext: Vec<u8>) -> Result<Secret<String>, DecryptError> {
        // Wiped on every way out.
        let mut plaintext = Secret::new(plaintext);
        let mut text = Vec::with_capacity(plaintext.expose().len());
        text.extend_from_slice(self.unpadded(plaintext.expose())?);
        plaintext = Secret::new(text);
        let text = std::str::from_utf8(plaintext.expose()).map_err(|_| DecryptError::NotXml)?;
        let text = text.trim_start_matches('\u{feff}').trim_ascii();
        // A declaration may begin a document, not stand inside one.
        let text = match text.strip_prefix("<?xml ") {
            Some(rest) => split_at_part(rest, "?>").map_or(text, |(_, rest)| rest.trim_ascii_start()),
            None => text,
        };
        if outline::is_one_element(text) {
            Ok(Secret::new(String::from(text)))
        } else {
            Err(DecryptError::NotXml)
        }
    }

    fn unpadded<'a>(&self, plaintext: &'a [u8]) -> Result<&'a [u8], DecryptError> {
        if self.cipher.mode == Mode::Gcm {
            return Ok(plaintext);
        }
        let count = plaintext.last().map_or(0, |count| usize::from(*count));
        let length = plaintext.len().checked_sub(count).filter(|_| (1..=BLOCK).contains(&count));
        length.and_then(|length| plaintext.get(..length)).ok_or(DecryptError::Failed)
    }
}

/// The document with decrypted parts in the place of the encrypted ones, so that the prefixes around them are declared.
/// Each part is the job's [`DecryptJob::element`] and what [`DecryptJob::finish`] gave. `None` when an element is not there.
///
/// A signature of the response around them covers the encrypted form: it verifies in the original and not in this.
#[must_use]
pub fn splice(xml: &str, parts: &[(usize, Secret<String>)]) -> Option<Secret<String>> {
    let mut in_order: Vec<&(usize, Secret<String>)> = Vec::with_capacity(parts.len());
    let mut length = xml.len();
    for part in parts {
        let at = in_order.iter().position(|other| other.0 > part.0).unwrap_or(in_order.len());
        in_order.insert(at, part);
        // Exposed here and below to be copied into the document, which is a secret again.
        length = length.saturating_add(part.1.expose().len());
    }
    let wanted: Vec<usize> = in_order.iter().map(|(element, _)| *element).collect();
    let ranges = outline::ranges(xml, &wanted)?;
    let mut whole = String::with_capacity(length);
    let mut from = 0_usize;
    for ((start, end), (_, part)) in ranges.into_iter().zip(in_order) {
        let Some(before) = xml.get(from..start) else {
            whole.wipe();
            return None;
        };
        whole.push_str(before);
        whole.push_str(part.expose());
        from = end;
    }
    whole.push_str(xml.get(from..).unwrap_or_default());
    Some(Secret::new(whole))
}

/// Bytes of a block of AES, of a vector of CBC and of a tag of GCM.
const BLOCK: usize = 16;

/// Bytes of a vector of GCM (XML Encryption 1.1, 5.2.4).
const GCM_IV: usize = 12;

const RSA_1_5: &str = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";
/// With the mask function fixed to MGF1 of SHA-1, whatever the digest.
const RSA_OAEP_MGF1P: &str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
const RSA_OAEP: &str = "http://www.w3.org/2009/xmlenc11#rsa-oaep";
