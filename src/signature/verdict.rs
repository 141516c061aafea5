//! What was found: the verdict on each signature and on the message.

use super::{Certificate, Issue, KeySource};
use crate::secret::Secret;

/// What is to be thought of a signature, or of the whole message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It verifies with a key that is trusted for its issuer, and covers what a reader uses.
    Genuine,
    /// It verifies with the key that the message itself carries, whose trust is unknown.
    Consistent,
    /// Something verifies, but not what AWS or a reader would use: moved, duplicated, partly covered, ambiguous.
    Wrapped,
    /// The digest or the signature does not match, or the signature is malformed.
    Broken,
    /// There is no signature.
    Unsigned,
    /// It cannot be told: encrypted, an unsupported algorithm, no key at hand.
    Unknown,
}

impl Verdict {
    /// `genuine`, `consistent`, `wrapped`, `broken`, `unsigned` or `unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::Consistent => "consistent",
            Self::Wrapped => "wrapped",
            Self::Broken => "broken",
            Self::Unsigned => "unsigned",
            Self::Unknown => "unknown",
        }
    }

    /// Whether everything verified: [`Verdict::Genuine`] or [`Verdict::Consistent`].
    #[must_use]
    pub fn verifies(self) -> bool {
        matches!(self, Self::Genuine | Self::Consistent)
    }
}

/// All that was found about the signatures of one message.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Of the message as a whole.
    pub verdict: Verdict,
    /// Each signature, in document order.
    pub signatures: Vec<Signature>,
    /// What digests that verified cover, also where the signature's verdict is [`Verdict::Wrapped`].
    pub covered: Vec<Covered>,
    /// What concerns no single signature.
    pub issues: Vec<Issue>,
}

/// A part of the message whose digest verified, under a signature that verified.
#[derive(Clone, Debug)]
pub struct Covered {
    /// Which of [`Judgement::signatures`]. Read roles from it only if that one's verdict [`Verdict::verifies`].
    pub signature: usize,
    /// The element, counted in the order of `Document::elements`.
    pub element: usize,
    /// What the digest was made of.
    pub(super) bytes: Secret<Vec<u8>>,
}

impl Covered {
    /// The canonical text that the digest was made of: the only one that the signer is known to have signed. Keep it as secret as
    /// the message.
    #[must_use]
    pub fn text(&self) -> &str {
        // For a reader of what was signed. The bytes were a text before they were digested.
        std::str::from_utf8(self.bytes.expose()).unwrap_or_default()
    }
}

/// One `ds:Signature`.
///
/// What it says of itself comes from the canonical bytes of its `SignedInfo`, and is the signer's word only if the
/// verdict is [`Verdict::Genuine`], [`Verdict::Consistent`] or [`Verdict::Wrapped`].
#[derive(Clone, Debug)]
pub struct Signature {
    /// The verdict on this signature alone.
    pub verdict: Verdict,
    /// What it covers: `response`, `assertion`, `authn_request`, `logout_request`, `logout_response`, `message`
    /// (another of SAML's protocol), `document` (any other root) or `element`.
    pub covers: Option<&'static str>,
    /// The ID of what it covers.
    pub covers_id: Option<String>,
    /// The `ds:Signature`, counted in the order of `Document::elements`.
    pub element: usize,
    /// The element it covers, counted likewise.
    pub covers_element: Option<usize>,
    /// `SignatureMethod`, a URI.
    pub algorithm: Option<String>,
    /// `DigestMethod` of the first reference, a URI.
    pub digest: Option<String>,
    /// `CanonicalizationMethod` of `SignedInfo`, a URI.
    pub canonicalization: Option<String>,
    /// `Transform`s of the first reference, URIs.
    pub transforms: Vec<String>,
    /// `URI` of the first reference.
    pub reference: Option<String>,
    /// The certificates it carries, as far as they can be read.
    pub certificates: Vec<Certificate>,
    /// The certificate whose key verified it; none when a bare key did.
    pub verified_with: Option<Certificate>,
    /// Where the key that verified it came from.
    pub verified_by: Option<KeySource>,
    /// What is to be said about it, in the order found.
    pub issues: Vec<Issue>,
}
