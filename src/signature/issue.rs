//! What is to be said about a signature: facts with a stable code. Wording happens in `view`.

use super::Verdict;
use crate::severity::Severity;
use crate::time::UnixTime;

/// A fact about a signature, or about what the signatures of a message cover.
///
/// Texts quoted from the message are cut to 120 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issue {
    /// The document ends before its root element does, or goes on behind it: nobody takes it as XML.
    Truncated,
    /// The signed part is not what was signed.
    DigestDiffers,
    /// No key at hand made this signature over this `SignedInfo`.
    ValueDiffers,
    /// A namespace name is no absolute URI. Such a document has no canonical form; some readers then digest an empty text.
    RelativeNamespace {
        /// The namespace name, cut.
        name: String,
    },
    /// Something that a signature must have is missing, or stands in the wrong place.
    Malformed {
        /// The local name of what is missing or stands in the wrong place.
        element: &'static str,
    },
    /// `SignedInfo` holds nothing.
    EmptySignedInfo,
    /// `SignedInfo` refers to nothing, so nothing is signed.
    NoReference,
    /// What the signature refers to has an empty canonical form.
    NothingSigned,
    /// No element has the ID that the signature refers to.
    ReferenceUnresolved {
        /// The reference, cut.
        uri: String,
    },
    /// The element that carries the signature has no `ID`, and the reference leads nowhere.
    MissingId {
        /// The reference, cut.
        uri: String,
    },
    /// A value that must be there is empty.
    EmptyValue {
        /// `DigestValue` or `SignatureValue`.
        element: &'static str,
    },
    /// A value is not base64.
    BadBase64 {
        /// `DigestValue` or `SignatureValue`.
        element: &'static str,
    },
    /// An ECDSA signature that is not r and s side by side, each of the curve's length: DER, for example.
    EcdsaLength,
    /// No key at hand is of the kind that the signature's algorithm needs.
    KeyMismatch,
    /// More than one element has the ID that the signature refers to.
    DuplicateId {
        /// The ID, cut.
        id: String,
    },
    /// The ID that the signature refers to stands in an attribute that is not SAML's `ID`.
    OtherIdAttribute {
        /// The ID, cut.
        id: String,
    },
    /// A signature with several references; SAML allows one.
    SeveralReferences {
        /// How many.
        count: usize,
    },
    /// The signature refers to an element that it does not stand in.
    ReferenceNotParent {
        /// The reference, cut.
        uri: String,
    },
    /// What is signed does not stand where a reader looks: it is neither the message nor an assertion right below it.
    Moved,
    /// Assertions that no signature covers stand beside one that is covered.
    UnsignedAssertion {
        /// How many.
        count: usize,
    },
    /// An `Assertion` stands where it is neither the root nor a child of the response.
    NestedAssertion,
    /// Something that says who a person is stands outside of what is signed.
    ContentOutside {
        /// The local name of the first such element, cut.
        element: String,
    },
    /// A comment splits a text. Signatures do not cover comments, and some readers take only one side.
    CommentInText {
        /// The local name of the first such element, cut.
        element: String,
    },
    /// Something that a signature has once stands in it again.
    Repeated {
        /// Its local name.
        element: &'static str,
    },
    /// A `ds:Object` stands in the signature, a place for content that nobody expects.
    Object,
    /// An element stands in the signature that does not belong there.
    Unexpected {
        /// Its local name, cut.
        element: String,
    },
    /// An element has a name of SAML or of XML Signature in another namespace, which readers that ignore namespaces mix up.
    LookAlike {
        /// Its local name, cut.
        element: String,
        /// Its namespace name, cut; empty for none.
        namespace: String,
    },
    /// More signatures than [`crate::limits::MAX_SIGNATURES`].
    TooManySignatures {
        /// The number that is judged.
        limit: usize,
    },
    /// The canonical form, or a list in the signature, is past a limit of [`crate::limits`].
    TooLarge,
    /// HMAC: a shared secret, with which whoever checks a signature can also make it.
    Hmac {
        /// The algorithm, cut.
        uri: String,
    },
    /// An algorithm of the signature or of the digest that is not supported.
    UnsupportedAlgorithm {
        /// The algorithm, cut.
        uri: String,
    },
    /// A canonicalization that is not supported.
    UnsupportedCanonicalization {
        /// The algorithm, cut.
        uri: String,
    },
    /// A transform that SAML does not allow, such as XPath or XSLT, or an allowed one in an order that means something else.
    UnsupportedTransform {
        /// The transform, cut.
        uri: String,
    },
    /// A reference to something outside of the document, or by an XPointer that is not supported.
    UnsupportedReference {
        /// The reference, cut; empty when there is none.
        uri: String,
    },
    /// The host's cryptography does not do this algorithm, or did not take the key.
    HostCannot,
    /// No key at hand: the signature carries none, and none is trusted for its issuer.
    NoKey,
    /// Assertions are encrypted, and no signature outside of them covers them.
    Encrypted,
    /// The signature verifies with the key it carries, and with none of those that are trusted for its issuer.
    KeyNotPinned,
    /// The response is signed by a key that is trusted for its issuer, but the assertion in it is by another issuer.
    IssuerDiffers {
        /// The assertion's issuer, cut.
        issuer: String,
    },
    /// The message carries no signature.
    Unsigned {
        /// Whether it is a request or a logout, which need no signature.
        is_request: bool,
    },
    /// A processing instruction splits a text.
    InstructionInText {
        /// The local name of the first such element, cut.
        element: String,
    },
    /// The signature does not stand right behind `Issuer`, where SAML's schema has it.
    Misplaced,
    /// SHA-1: collisions can be made (2017, 2020).
    WeakHash,
    /// An RSA key of less than 2048 bits (NIST SP 800-131A).
    WeakKey {
        /// Bits of the modulus.
        bits: u32,
    },
    /// A certificate that the signature carries cannot be read.
    BadCertificate,
    /// The signature verifies with a trusted key, and carries the certificate of another.
    OtherCertificate,
    /// The signature refers to the whole document and not to an ID, as SAML wants it.
    WholeDocument,
    /// Only the assertion is signed: status, destination and issuer of the response around it are not.
    ResponseNotCovered,
    /// The certificate of the key is no longer valid.
    CertificateExpired {
        /// When.
        not_after: UnixTime,
    },
    /// The certificate of the key is not valid yet.
    CertificateNotYetValid {
        /// From when.
        not_before: UnixTime,
    },
    /// The certificate of the key ends within 60 days.
    CertificateExpiresSoon {
        /// When.
        not_after: UnixTime,
        /// Whole days left.
        days: i64,
    },
    /// The metadata that the key came from is no longer valid.
    MetadataExpired {
        /// When.
        valid_until: UnixTime,
    },
}

impl Issue {
    /// Every code, for the test that holds them against the messages.
    pub const CODES: &'static [&'static str] = &[
        "signature.truncated",
        "signature.digest_differs",
        "signature.value_differs",
        "signature.relative_namespace",
        "signature.malformed",
        "signature.empty_signed_info",
        "signature.no_reference",
        "signature.nothing_signed",
        "signature.reference_unresolved",
        "signature.missing_id",
        "signature.empty_value",
        "signature.bad_base64",
        "signature.ecdsa_length",
        "signature.key_mismatch",
        "signature.duplicate_id",
        "signature.other_id_attribute",
        "signature.several_references",
        "signature.reference_not_parent",
        "signature.moved",
        "signature.unsigned_assertion",
        "signature.nested_assertion",
        "signature.content_outside",
        "signature.comment_in_text",
        "signature.repeated",
        "signature.object",
        "signature.unexpected",
        "signature.look_alike",
        "signature.too_many_signatures",
        "signature.too_large",
        "signature.hmac",
        "signature.unsupported_algorithm",
        "signature.unsupported_canonicalization",
        "signature.unsupported_transform",
        "signature.unsupported_reference",
        "signature.host_cannot",
        "signature.no_key",
        "signature.encrypted",
        "signature.key_not_pinned",
        "signature.issuer_differs",
        "signature.unsigned",
        "signature.instruction_in_text",
        "signature.misplaced",
        "signature.weak_hash",
        "signature.weak_key",
        "signature.bad_certificate",
        "signature.other_certificate",
        "signature.whole_document",
        "signature.response_not_covered",
        "signature.certificate_expired",
        "signature.certificate_not_yet_valid",
        "signature.certificate_expires_soon",
        "signature.metadata_expired",
    ];

    /// The stable code, such as `signature.digest_differs`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Truncated => "signature.truncated",
            Self::DigestDiffers => "signature.digest_differs",
            Self::ValueDiffers => "signature.value_differs",
            Self::RelativeNamespace { .. } => "signature.relative_namespace",
            Self::Malformed { .. } => "signature.malformed",
            Self::EmptySignedInfo => "signature.empty_signed_info",
            Self::NoReference => "signature.no_reference",
            Self::NothingSigned => "signature.nothing_signed",
            Self::ReferenceUnresolved { .. } => "signature.reference_unresolved",
            Self::MissingId { .. } => "signature.missing_id",
            Self::EmptyValue { .. } => "signature.empty_value",
            Self::BadBase64 { .. } => "signature.bad_base64",
            Self::EcdsaLength => "signature.ecdsa_length",
            Self::KeyMismatch => "signature.key_mismatch",
            Self::DuplicateId { .. } => "signature.duplicate_id",
            Self::OtherIdAttribute { .. } => "signature.other_id_attribute",
            Self::SeveralReferences { .. } => "signature.several_references",
            Self::ReferenceNotParent { .. } => "signature.reference_not_parent",
            Self::Moved => "signature.moved",
            Self::UnsignedAssertion { .. } => "signature.unsigned_assertion",
            Self::NestedAssertion => "signature.nested_assertion",
            Self::ContentOutside { .. } => "signature.content_outside",
            Self::CommentInText { .. } => "signature.comment_in_text",
            Self::Repeated { .. } => "signature.repeated",
            Self::Object => "signature.object",
            Self::Unexpected { .. } => "signature.unexpected",
            Self::LookAlike { .. } => "signature.look_alike",
            Self::TooManySignatures { .. } => "signature.too_many_signatures",
            Self::TooLarge => "signature.too_large",
            Self::Hmac { .. } => "signature.hmac",
            Self::UnsupportedAlgorithm { .. } => "signature.unsupported_algorithm",
            Self::UnsupportedCanonicalization { .. } => "signature.unsupported_canonicalization",
            Self::UnsupportedTransform { .. } => "signature.unsupported_transform",
            Self::UnsupportedReference { .. } => "signature.unsupported_reference",
            Self::HostCannot => "signature.host_cannot",
            Self::NoKey => "signature.no_key",
            Self::Encrypted => "signature.encrypted",
            Self::KeyNotPinned => "signature.key_not_pinned",
            Self::IssuerDiffers { .. } => "signature.issuer_differs",
            Self::Unsigned { .. } => "signature.unsigned",
            Self::InstructionInText { .. } => "signature.instruction_in_text",
            Self::Misplaced => "signature.misplaced",
            Self::WeakHash => "signature.weak_hash",
            Self::WeakKey { .. } => "signature.weak_key",
            Self::BadCertificate => "signature.bad_certificate",
            Self::OtherCertificate => "signature.other_certificate",
            Self::WholeDocument => "signature.whole_document",
            Self::ResponseNotCovered => "signature.response_not_covered",
            Self::CertificateExpired { .. } => "signature.certificate_expired",
            Self::CertificateNotYetValid { .. } => "signature.certificate_not_yet_valid",
            Self::CertificateExpiresSoon { .. } => "signature.certificate_expires_soon",
            Self::MetadataExpired { .. } => "signature.metadata_expired",
        }
    }

    /// The values of the message's placeholders, in order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::RelativeNamespace { name } => vec![name.clone()],
            Self::Malformed { element }
            | Self::EmptyValue { element }
            | Self::BadBase64 { element }
            | Self::Repeated { element } => vec![String::from(*element)],
            Self::ReferenceUnresolved { uri }
            | Self::MissingId { uri }
            | Self::ReferenceNotParent { uri }
            | Self::Hmac { uri }
            | Self::UnsupportedAlgorithm { uri }
            | Self::UnsupportedCanonicalization { uri }
            | Self::UnsupportedTransform { uri }
            | Self::UnsupportedReference { uri } => vec![uri.clone()],
            Self::DuplicateId { id } | Self::OtherIdAttribute { id } => vec![id.clone()],
            Self::SeveralReferences { count } | Self::UnsignedAssertion { count } => vec![count.to_string()],
            Self::ContentOutside { element }
            | Self::CommentInText { element }
            | Self::Unexpected { element }
            | Self::InstructionInText { element } => vec![element.clone()],
            Self::LookAlike { element, namespace } => vec![element.clone(), namespace.clone()],
            Self::TooManySignatures { limit } => vec![limit.to_string()],
            Self::IssuerDiffers { issuer } => vec![issuer.clone()],
            Self::WeakKey { bits } => vec![bits.to_string()],
            Self::CertificateExpired { not_after } => vec![not_after.rfc3339()],
            Self::CertificateNotYetValid { not_before } => vec![not_before.rfc3339()],
            Self::CertificateExpiresSoon { not_after, days } => vec![not_after.rfc3339(), days.to_string()],
            Self::MetadataExpired { valid_until } => vec![valid_until.rfc3339()],
            _ => Vec::new(),
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::TooManySignatures { .. }
            | Self::TooLarge
            | Self::UnsupportedAlgorithm { .. }
            | Self::UnsupportedCanonicalization { .. }
            | Self::UnsupportedTransform { .. }
            | Self::UnsupportedReference { .. }
            | Self::HostCannot
            | Self::NoKey
            | Self::Encrypted
            | Self::InstructionInText { .. }
            | Self::Misplaced
            | Self::WeakHash
            | Self::WeakKey { .. }
            | Self::BadCertificate
            | Self::CertificateExpired { .. }
            | Self::CertificateNotYetValid { .. }
            | Self::CertificateExpiresSoon { .. }
            | Self::MetadataExpired { .. } => Severity::Warning,
            Self::OtherCertificate
            | Self::WholeDocument
            | Self::ResponseNotCovered
            | Self::Unsigned { is_request: true } => Severity::Note,
            _ => Severity::Error,
        }
    }

    /// The verdict that it forces at least on the signature or the message it is about; none where all may be well.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::Truncated
            | Self::DigestDiffers
            | Self::ValueDiffers
            | Self::RelativeNamespace { .. }
            | Self::Malformed { .. }
            | Self::EmptySignedInfo
            | Self::NoReference
            | Self::NothingSigned
            | Self::ReferenceUnresolved { .. }
            | Self::MissingId { .. }
            | Self::EmptyValue { .. }
            | Self::BadBase64 { .. }
            | Self::EcdsaLength
            | Self::KeyMismatch => Some(Verdict::Broken),
            Self::DuplicateId { .. }
            | Self::OtherIdAttribute { .. }
            | Self::SeveralReferences { .. }
            | Self::ReferenceNotParent { .. }
            | Self::Moved
            | Self::UnsignedAssertion { .. }
            | Self::NestedAssertion
            | Self::ContentOutside { .. }
            | Self::CommentInText { .. }
            | Self::Repeated { .. }
            | Self::Object
            | Self::Unexpected { .. }
            | Self::LookAlike { .. } => Some(Verdict::Wrapped),
            Self::TooManySignatures { .. }
            | Self::TooLarge
            | Self::Hmac { .. }
            | Self::UnsupportedAlgorithm { .. }
            | Self::UnsupportedCanonicalization { .. }
            | Self::UnsupportedTransform { .. }
            | Self::UnsupportedReference { .. }
            | Self::HostCannot
            | Self::NoKey
            | Self::Encrypted => Some(Verdict::Unknown),
            Self::KeyNotPinned
            | Self::IssuerDiffers { .. }
            | Self::Unsigned { .. }
            | Self::InstructionInText { .. }
            | Self::Misplaced
            | Self::WeakHash
            | Self::WeakKey { .. }
            | Self::BadCertificate
            | Self::OtherCertificate
            | Self::WholeDocument
            | Self::ResponseNotCovered
            | Self::CertificateExpired { .. }
            | Self::CertificateNotYetValid { .. }
            | Self::CertificateExpiresSoon { .. }
            | Self::MetadataExpired { .. } => None,
        }
    }
}

/// Adds an issue unless one of its kind is already there: the first says enough, and a message cannot make the list long.
pub(super) fn note(issues: &mut Vec<Issue>, issue: Issue) {
    if !issues.iter().any(|noted| noted.code() == issue.code()) {
        issues.push(issue);
    }
}

/// The first characters of a text, for a person to recognise it by. Control characters become spaces.
pub(super) fn excerpt(text: &str) -> String {
    let mut cut = String::new();
    for (at, character) in text.chars().enumerate() {
        if at == EXCERPT_CHARS {
            cut.push('…');
            break;
        }
        cut.push(if character.is_control() { ' ' } else { character });
    }
    cut
}

const EXCERPT_CHARS: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_complete_and_each_is_there_once() {
        let source = include_str!("issue.rs").split("#[cfg(test)]").next().unwrap();
        let answered: Vec<_> =
            source.split("=> \"signature.").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let listed: Vec<_> =
            Issue::CODES.iter().map(|code| code.strip_prefix("signature.").unwrap()).collect();
        assert_eq!(listed, answered);
        let unique: std::collections::HashSet<_> = listed.iter().collect();
        assert_eq!(unique.len(), listed.len());
    }

    #[test]
    fn an_excerpt_is_cut_between_characters_and_has_no_control_characters() {
        assert_eq!(excerpt("a\nb\u{0}c"), "a b c");
        assert_eq!(excerpt(&"é".repeat(121)), format!("{}…", "é".repeat(120)));
    }

    #[test]
    fn a_request_needs_no_signature_and_a_response_does() {
        assert_eq!(Issue::Unsigned { is_request: true }.severity(), Severity::Note);
        assert_eq!(Issue::Unsigned { is_request: false }.severity(), Severity::Error);
    }
}
