//! What the host's cryptography is asked, and what it answers. The core plans and concludes; it computes no hash itself.

use std::fmt;

/// A hash function. SHA-1 is checked and flagged as weak; SHA-224, MD5 and RIPEMD are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// 20 bytes (FIPS 180-4).
    Sha1,
    /// 32 bytes.
    Sha256,
    /// 48 bytes.
    Sha384,
    /// 64 bytes.
    Sha512,
}

impl Hash {
    /// The digest's length in bytes.
    #[must_use]
    pub fn bytes(self) -> u32 {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// As SubtleCrypto writes it: `SHA-256`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}

/// An elliptic curve of FIPS 186-4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// secp256r1.
    P256,
    /// secp384r1.
    P384,
    /// secp521r1.
    P521,
}

impl Curve {
    /// Bytes of one coordinate, and of each half of a signature.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// As SubtleCrypto writes it: `P-256`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
        }
    }
}

/// How a signature was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, 8.2).
    RsaPkcs1(Hash),
    /// RSASSA-PSS with MGF1 of the same hash (RFC 8017, 8.1).
    RsaPss {
        /// Of the message and of the mask.
        hash: Hash,
        /// Bytes of salt.
        salt: u32,
    },
    /// ECDSA; the signature is r and s, each as long as the curve's coordinates (RFC 9231, 2.3.6).
    Ecdsa {
        /// That of the key.
        curve: Curve,
        /// Of the message.
        hash: Hash,
    },
    /// Ed25519 (RFC 8032).
    Ed25519,
}

impl Scheme {
    /// Whether the hash is SHA-1.
    #[must_use]
    pub fn is_weak(self) -> bool {
        match self {
            Self::RsaPkcs1(hash) | Self::RsaPss { hash, .. } | Self::Ecdsa { hash, .. } => hash == Hash::Sha1,
            Self::Ed25519 => false,
        }
    }
}

/// One question to the host's cryptography. The questions of a plan do not depend on each other.
///
/// `Debug` leaves the bytes out: they are the message that signs a person in.
#[derive(Clone, PartialEq, Eq)]
pub enum Job {
    /// What is the hash of these bytes?
    Digest {
        /// The hash function.
        hash: Hash,
        /// The bytes.
        data: Vec<u8>,
    },
    /// Does this key verify this signature over these bytes?
    Verify {
        /// How the signature was made.
        scheme: Scheme,
        /// The public key: DER of a `SubjectPublicKeyInfo` (RFC 5280, 4.1).
        key: Vec<u8>,
        /// The signed bytes.
        data: Vec<u8>,
        /// The signature.
        signature: Vec<u8>,
    },
}

impl fmt::Debug for Job {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest { hash, .. } => formatter.debug_struct("Digest").field("hash", hash).finish(),
            Self::Verify { scheme, .. } => formatter.debug_struct("Verify").field("scheme", scheme).finish(),
        }
    }
}

/// What the host's cryptography answers to one [`Job`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The hash.
    Digest(Vec<u8>),
    /// The signature verifies.
    Valid,
    /// It does not.
    Invalid,
    /// The host does not do this algorithm, or did not take the key.
    Unsupported,
}
