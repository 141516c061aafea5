//! Why an encrypted part could not be decrypted: facts with a stable code, never a part of the key or the text.

/// Why nothing was decrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecryptError {
    /// The document has no encrypted part.
    NothingEncrypted,
    /// More encrypted parts than [`crate::limits::MAX_ENCRYPTED_PARTS`].
    TooManyParts,
    /// No key was given.
    NoKey,
    /// The text is no private key in PEM.
    KeyNotRecognized,
    /// The key is behind a passphrase.
    KeyIsEncrypted,
    /// A certificate, which holds the public key only.
    KeyIsCertificate,
    /// A public key.
    KeyIsPublic,
    /// A private key of another kind than RSA.
    KeyNotRsa,
    /// The message is encrypted for another key.
    KeyMismatch,
    /// No encrypted key goes with the data.
    NoEncryptedKey,
    /// The key is encrypted with RSA PKCS#1 v1.5, which leaks the key to whoever can see that decrypting fails.
    KeyTransportPkcs1,
    /// The key is encrypted with an algorithm, hash or mask function that is not taken.
    KeyAlgorithm {
        /// Its URI.
        algorithm: String,
    },
    /// The data is encrypted with an algorithm that is not taken.
    DataAlgorithm {
        /// Its URI.
        algorithm: String,
    },
    /// RSA-OAEP with one hash for itself and another for its mask function, which browsers do not have.
    OaepHashesDiffer,
    /// The host's crypto has not got the algorithm, as Chromium has no AES with 192 bits.
    HostCannot,
    /// The encrypted bytes are not base64, too few, not whole blocks, or not in the document.
    BadCiphertext,
    /// Decrypting failed: the wrong key, or bytes that were changed.
    Failed,
    /// What comes out of decrypting is not an XML element.
    NotXml,
}

impl DecryptError {
    /// The stable code, such as `saml.key_mismatch`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingEncrypted => "saml.nothing_encrypted",
            Self::TooManyParts => "saml.too_many_encrypted",
            Self::NoKey => "saml.no_key",
            Self::KeyNotRecognized => "saml.key_not_recognized",
            Self::KeyIsEncrypted => "saml.key_is_encrypted",
            Self::KeyIsCertificate => "saml.key_is_certificate",
            Self::KeyIsPublic => "saml.key_is_public",
            Self::KeyNotRsa => "saml.key_not_rsa",
            Self::KeyMismatch => "saml.key_mismatch",
            Self::NoEncryptedKey => "saml.no_encrypted_key",
            Self::KeyTransportPkcs1 => "saml.key_transport_pkcs1",
            Self::KeyAlgorithm { .. } => "saml.key_algorithm",
            Self::DataAlgorithm { .. } => "saml.data_algorithm",
            Self::OaepHashesDiffer => "saml.oaep_hashes_differ",
            Self::HostCannot => "saml.host_cannot_decrypt",
            Self::BadCiphertext => "saml.bad_ciphertext",
            Self::Failed => "saml.decrypt_failed",
            Self::NotXml => "saml.decrypted_not_xml",
        }
    }

    /// The values of the message's placeholders, in order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::KeyAlgorithm { algorithm } | Self::DataAlgorithm { algorithm } => vec![algorithm.clone()],
            Self::TooManyParts => vec![crate::limits::MAX_ENCRYPTED_PARTS.to_string()],
            _ => Vec::new(),
        }
    }
}
