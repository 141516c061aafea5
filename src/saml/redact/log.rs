//! What was replaced: each thing once with its pseudonym, and how often.

use rustc_hash::FxHashMap;
use serde::ser::SerializeTuple;
use serde::{Serialize, Serializer};

use crate::secret::Secret;

/// A copy that is safe to show to others, and what was replaced in it. It serialises as the `Redacted` of
/// `extension/inspector/redacted.d.ts`.
#[derive(Debug, Serialize)]
pub struct Redacted {
    /// The copy. Its first line is a comment that says what it is.
    pub xml: String,
    /// How often something of each kind was replaced, in the order in which the kinds were met.
    pub replaced: Vec<(Kind, usize)>,
    /// Each thing that was replaced, once, in document order.
    pub replacements: Vec<Replacement>,
}

/// One thing that was replaced. It serialises as an array of its fields, in this order.
#[derive(Debug)]
pub struct Replacement {
    /// What it is.
    pub kind: Kind,
    /// What stood in the original; of a long one the beginning.
    pub original: Secret<String>,
    /// What stands in the copy; of a long one the beginning.
    pub pseudonym: String,
    /// How often.
    pub count: usize,
}

/// What was replaced. Its serialised form is the message key of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Who signed in: a `NameID`, session name or source identity.
    Name,
    /// An e-mail address or user principal name.
    Email,
    /// An AWS account id.
    Account,
    /// A tenant, user, group or application id.
    Guid,
    /// A Windows security identifier.
    Sid,
    /// A value of a group attribute.
    Group,
    /// A host name.
    Host,
    /// An IP address.
    Address,
    /// A role's path and name.
    Role,
    /// A SAML provider's name.
    Provider,
    /// An identifier of the message, the request or the session.
    Id,
    /// A part of a URL or URN.
    Url,
    /// The name of an attribute or of an element.
    Attribute,
    /// A value of any other attribute, or text of any other element.
    Value,
    /// The name of a key or of a certificate's subject or issuer.
    Key,
    /// A certificate.
    Certificate,
    /// A signature's value.
    Signature,
    /// A digest's value.
    Digest,
    /// The value of a key, or encrypted text.
    Cipher,
    /// A comment or a processing instruction.
    Comment,
}

impl Kind {
    /// The key of its name in `_locales`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "redacted_name",
            Self::Email => "redacted_email",
            Self::Account => "redacted_account",
            Self::Guid => "redacted_guid",
            Self::Sid => "redacted_sid",
            Self::Group => "redacted_group",
            Self::Host => "redacted_host",
            Self::Address => "redacted_address",
            Self::Role => "redacted_role",
            Self::Provider => "redacted_provider",
            Self::Id => "redacted_id",
            Self::Url => "redacted_url",
            Self::Attribute => "redacted_attribute",
            Self::Value => "redacted_value",
            Self::Key => "redacted_key",
            Self::Certificate => "redacted_certificate",
            Self::Signature => "redacted_signature",
            Self::Digest => "redacted_digest",
            Self::Cipher => "redacted_cipher",
            Self::Comment => "redacted_comment",
        }
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl Serialize for Replacement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_tuple(4)?;
        fields.serialize_element(&self.kind)?;
        // Exposed to the one person whose sign-in it is, who looks at it before anything is copied.
        fields.serialize_element(self.original.expose())?;
        fields.serialize_element(&self.pseudonym)?;
        fields.serialize_element(&self.count)?;
        fields.end()
    }
}

#[derive(Default)]
pub(super) struct Log {
    pub(super) replaced: Vec<(Kind, usize)>,
    pub(super) replacements: Vec<Replacement>,
    /// The place of each among the replacements, one more, by kind and original.
    places: FxHashMap<String, usize>,
}

impl Log {
    /// Takes down that something was replaced.
    pub(super) fn add(&mut self, kind: Kind, original: &str, pseudonym: &str) {
        match self.replaced.iter_mut().find(|(its_kind, _)| *its_kind == kind) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.replaced.push((kind, 1)),
        }
        let (original, pseudonym) = (excerpt(original), excerpt(pseudonym));
        let mut key = String::from(kind.key());
        key.push_str(&original);
        let place = self.places.entry(key).or_default();
        match self.replacements.get_mut(place.wrapping_sub(1)) {
            Some(known) => known.count = known.count.saturating_add(1),
            None => {
                let original = Secret::new(original);
                self.replacements.push(Replacement { kind, original, pseudonym, count: 1 });
                *place = self.replacements.len();
            }
        }
    }
}

/// The beginning of a long text.
fn excerpt(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((at, _)) => {
            let mut start = String::from(text.get(..at).unwrap_or_default());
            start.push('…');
            start
        }
        None => String::from(text),
    }
}

/// Characters of an original or a pseudonym that are shown: more than an ARN has.
const LONGEST_SHOWN: usize = 120;
