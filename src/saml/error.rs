//! Why a response could not be read: facts with a stable code, never a part of the text.

/// Why nothing useful could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SamlError {
    /// There is no text, before or after decoding.
    Empty,
    /// More base64 characters than [`crate::limits::MAX_BODY_BYTES`].
    TooLarge {
        /// Characters there were.
        bytes: usize,
        /// Characters that are taken.
        limit: usize,
    },
    /// A character that base64 does not have.
    NotBase64 {
        /// Its byte offset.
        offset: usize,
    },
    /// The decoded bytes are not UTF-8.
    NotUtf8 {
        /// Byte offset of the first one that is not.
        offset: usize,
    },
    /// The decoded bytes are UTF-16.
    Utf16,
    /// The decoded bytes are compressed, as the redirect binding does (SAML bindings 3.4.4.1).
    Compressed,
    /// What came by redirect is neither compressed nor XML.
    NotDeflate,
    /// The compressed bytes grow past [`crate::limits::MAX_BODY_BYTES`].
    InflatesTooLarge {
        /// Bytes that are taken.
        limit: usize,
    },
    /// An HTML page.
    Html,
    /// Text that is not XML.
    NotXml,
    /// The text ends before the root element's start tag does.
    CutOff,
    /// A character that XML 1.0 forbids, such as NUL.
    ForbiddenCharacter {
        /// The code point.
        character: char,
    },
    /// A document type declaration; entities are defined there, and SAML needs none.
    DtdForbidden,
    /// A reference to an entity that is not one of XML's five.
    UndefinedEntity,
    /// A character reference to no character, or to one that XML forbids.
    BadCharacterReference,
    /// An element has the same attribute twice.
    DuplicateAttribute,
    /// A prefix without a namespace, or a declaration that XML Namespaces 1.0 forbids.
    BadNamespace,
    /// Elements nest deeper than [`crate::limits::MAX_XML_DEPTH`].
    TooDeep {
        /// The depth that is taken.
        limit: usize,
    },
    /// More elements than [`crate::limits::MAX_XML_ELEMENTS`].
    TooManyElements {
        /// The number that is taken.
        limit: usize,
    },
    /// More attributes on an element than [`crate::limits::MAX_XML_ATTRIBUTES`].
    TooManyAttributes {
        /// The number that is taken.
        limit: usize,
    },
    /// More namespaces than [`crate::limits::MAX_XML_NAMESPACES`].
    TooManyNamespaces {
        /// The number that is taken.
        limit: usize,
    },
    /// More encrypted parts than [`crate::limits::MAX_ENCRYPTED_PARTS`].
    TooManyEncrypted {
        /// The number that is taken.
        limit: usize,
    },
    /// A SAML request (`AuthnRequest`, `LogoutRequest` ...).
    IsRequest,
    /// A `LogoutResponse`.
    IsLogoutResponse,
    /// A response of SAML 1.x.
    IsSaml1,
    /// A message of the protocol that is not shown, such as `ArtifactResolve`.
    OtherMessage {
        /// The name of its root element.
        name: &'static str,
    },
    /// SAML metadata.
    IsMetadata,
    /// XML of another kind.
    NotAResponse,
}

impl SamlError {
    /// The stable code, such as `saml.dtd_forbidden`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "saml.empty",
            Self::TooLarge { .. } => "saml.too_large",
            Self::NotBase64 { .. } => "saml.not_base64",
            Self::NotUtf8 { .. } => "saml.not_utf8",
            Self::Utf16 => "saml.utf16",
            Self::Compressed => "saml.compressed",
            Self::NotDeflate => "saml.not_deflate",
            Self::InflatesTooLarge { .. } => "saml.inflates_too_large",
            Self::Html => "saml.html",
            Self::NotXml => "saml.not_xml",
            Self::CutOff => "saml.cut_off",
            Self::ForbiddenCharacter { .. } => "saml.forbidden_character",
            Self::DtdForbidden => "saml.dtd_forbidden",
            Self::UndefinedEntity => "saml.undefined_entity",
            Self::BadCharacterReference => "saml.bad_character_reference",
            Self::DuplicateAttribute => "saml.duplicate_attribute",
            Self::BadNamespace => "saml.bad_namespace",
            Self::TooDeep { .. } => "saml.too_deep",
            Self::TooManyElements { .. } => "saml.too_many_elements",
            Self::TooManyAttributes { .. } => "saml.too_many_attributes",
            Self::TooManyNamespaces { .. } => "saml.too_many_namespaces",
            Self::TooManyEncrypted { .. } => "saml.too_many_encrypted",
            Self::IsRequest => "saml.is_request",
            Self::IsLogoutResponse => "saml.is_logout_response",
            Self::IsSaml1 => "saml.is_saml1",
            Self::OtherMessage { .. } => "saml.other_message",
            Self::IsMetadata => "saml.is_metadata",
            Self::NotAResponse => "saml.not_a_response",
        }
    }

    /// The values of the message's placeholders, in order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::TooLarge { bytes, limit } => vec![bytes.to_string(), limit.to_string()],
            Self::NotBase64 { offset } | Self::NotUtf8 { offset } => vec![offset.to_string()],
            Self::OtherMessage { name } => vec![String::from(*name)],
            Self::ForbiddenCharacter { character } => vec![format!("U+{:04X}", u32::from(*character))],
            Self::InflatesTooLarge { limit }
            | Self::TooManyEncrypted { limit }
            | Self::TooDeep { limit }
            | Self::TooManyElements { limit }
            | Self::TooManyAttributes { limit }
            | Self::TooManyNamespaces { limit } => vec![limit.to_string()],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_point_is_written_as_unicode_does() {
        assert_eq!(SamlError::ForbiddenCharacter { character: '\0' }.args(), ["U+0000"]);
    }
}
