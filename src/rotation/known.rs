//! What a host remembers, in the types of the core.

use crate::saml::IdentityProvider;
use crate::signature::Certificate;
use crate::time::UnixTime;

/// What is known of one application of an identity provider. Its certificates may sign for the same providers of IAM: Entra ID and Okta
/// have a certificate for each application under one issuer, so an issuer alone is not enough to say that one replaced another.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// Entity id.
    pub issuer: &'a str,
    /// ARNs of the SAML providers in IAM that the application's responses named.
    pub providers: &'a [String],
    /// Each certificate once.
    pub certificates: Vec<Seen>,
    /// When the identity provider's own metadata was last read.
    pub metadata_at: Option<UnixTime>,
    /// When the metadata that IAM holds was last read.
    pub iam_at: Option<UnixTime>,
}

/// A certificate and where it was met.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The certificate.
    pub certificate: Certificate,
    /// When it first signed a response that was captured.
    pub first_seen: Option<UnixTime>,
    /// When it last did.
    pub last_seen: Option<UnixTime>,
    /// When STS last took a response that it signed.
    pub accepted: Option<UnixTime>,
    /// When STS last called the signature of such a response invalid.
    pub refused: Option<UnixTime>,
    /// Whether the metadata of [`Known::metadata_at`] has it.
    pub in_metadata: bool,
    /// Whether the metadata of [`Known::iam_at`] has it.
    pub in_iam: bool,
    /// Whether a person pinned it for the issuer.
    pub pinned: bool,
}

impl Seen {
    /// A certificate that is known and was met nowhere.
    #[must_use]
    pub fn new(certificate: Certificate) -> Self {
        Self {
            certificate,
            first_seen: None,
            last_seen: None,
            accepted: None,
            refused: None,
            in_metadata: false,
            in_iam: false,
            pinned: false,
        }
    }

    pub(super) fn is_valid(&self, now: UnixTime) -> bool {
        self.certificate.not_before <= now && now <= self.certificate.not_after
    }
}

/// A product for whose consoles there are words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Product {
    Entra,
    Okta,
    AdFs,
    Google,
    Ping,
    Keycloak,
    Generic,
}

impl Product {
    pub(super) fn of_issuer(issuer: &str) -> Self {
        match IdentityProvider::of_issuer(issuer) {
            Some(IdentityProvider::Entra) => Self::Entra,
            Some(IdentityProvider::Okta) => Self::Okta,
            Some(IdentityProvider::AdFs) => Self::AdFs,
            Some(IdentityProvider::Google) => Self::Google,
            Some(IdentityProvider::Ping) => Self::Ping,
            Some(IdentityProvider::Keycloak) => Self::Keycloak,
            Some(IdentityProvider::OneLogin | IdentityProvider::JumpCloud) | None => Self::Generic,
        }
    }
}
