//! What was unusual about a response without stopping the reading.

/// Something unusual that did not stop the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The document ended, or stopped being XML, before its root element closed. What stood before it is shown.
    Truncated,
    /// Something follows the root element. It was not read.
    TrailingContent,
    /// The base64 held white space or line breaks.
    Base64Spaces,
    /// The base64 used the URL-safe alphabet.
    Base64UrlSafe,
    /// The base64 lacked its padding.
    Base64Unpadded,
    /// The base64 ended in the middle of a group of four, after its first character.
    Base64Cut,
    /// It was sent by redirect without being compressed.
    NotCompressed,
    /// It was sent in a form and is compressed.
    CompressedPost,
    /// A zlib or gzip header stands before the compressed bytes; the redirect binding has none.
    DeflateWrapped,
    /// The text began with a byte order mark.
    ByteOrderMark,
    /// A processing instruction stands in the document.
    ProcessingInstruction,
    /// A comment stands inside the text of an element, which some readers cut the text at.
    CommentInText,
    /// The root is an `<Assertion>` without a response around it. AWS wants a response.
    BareAssertion,
    /// More than one plain assertion.
    SeveralAssertions,
    /// No assertion at all, plain or encrypted.
    NoAssertion,
    /// An `<Assertion>` stands where it is not a child of the response. It was not read as one.
    NestedAssertion,
    /// The subject's name is encrypted.
    EncryptedId,
    /// An attribute is encrypted.
    EncryptedAttribute,
    /// An element that may stand once stands again. The first was taken.
    RepeatedElement {
        /// Its local name.
        element: &'static str,
    },
}

impl Oddity {
    /// The stable code, such as `saml.truncated`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Truncated => "saml.truncated",
            Self::TrailingContent => "saml.trailing_content",
            Self::Base64Spaces => "saml.base64_spaces",
            Self::Base64UrlSafe => "saml.base64_url_safe",
            Self::Base64Unpadded => "saml.base64_unpadded",
            Self::Base64Cut => "saml.base64_cut",
            Self::NotCompressed => "saml.not_compressed",
            Self::CompressedPost => "saml.compressed_post",
            Self::DeflateWrapped => "saml.deflate_wrapped",
            Self::ByteOrderMark => "saml.byte_order_mark",
            Self::ProcessingInstruction => "saml.processing_instruction",
            Self::CommentInText => "saml.comment_in_text",
            Self::BareAssertion => "saml.bare_assertion",
            Self::SeveralAssertions => "saml.several_assertions",
            Self::NoAssertion => "saml.no_assertion",
            Self::NestedAssertion => "saml.nested_assertion",
            Self::EncryptedId => "saml.encrypted_id",
            Self::EncryptedAttribute => "saml.encrypted_attribute",
            Self::RepeatedElement { .. } => "saml.repeated_element",
        }
    }

    /// The values of the message's placeholders, in order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::RepeatedElement { element } => vec![String::from(*element)],
            _ => Vec::new(),
        }
    }
}

/// Adds an oddity unless it is already there: a document of a thousand comments is odd once.
pub fn note(oddities: &mut Vec<Oddity>, oddity: Oddity) {
    if !oddities.contains(&oddity) {
        oddities.push(oddity);
    }
}
