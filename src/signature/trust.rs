//! The keys that are trusted before a message is looked at.

use super::Certificate;
use crate::time::UnixTime;

/// The keys a signature is held against first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Keys of one issuer each, from metadata or pinned for that issuer.
    pub entities: Vec<Entity>,
    /// Keys that are trusted whatever the issuer.
    pub certificates: Vec<Certificate>,
}

/// An identity provider and its signing keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What its messages carry as `Issuer`.
    pub entity_id: String,
    /// Its signing keys, in the order met.
    pub keys: Vec<Certificate>,
    /// Until when the metadata may be used (`validUntil`).
    pub valid_until: Option<UnixTime>,
    /// Where the keys come from: [`KeySource::Metadata`], or [`KeySource::Pin`] when they were pinned for this issuer.
    pub source: KeySource,
}

/// Where the key that verified a signature came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// Pinned.
    Pin,
    /// Imported metadata of the issuer.
    Metadata,
    /// The message itself, which proves nothing about whose key it is.
    Embedded,
}

impl KeySource {
    /// `pin`, `metadata` or `embedded`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Metadata => "metadata",
            Self::Embedded => "embedded",
        }
    }

    /// Whether a signature by such a key is genuine.
    #[must_use]
    pub fn is_trusted(self) -> bool {
        self != Self::Embedded
    }
}
