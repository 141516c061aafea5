//! What AWS would refuse, overlook or read in another way: facts with a stable code. Wording happens in `view`.

pub use crate::severity::Severity;

/// Something about the AWS attributes that AWS refuses, overlooks or reads differently.
///
/// Texts quoted from the response are cut to 120 characters. Repeats of one kind are counted, so a
/// response cannot make the list long: only oddities of a name or a tag key come more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimOddity {
    /// No attribute is named exactly as AWS names `Role`.
    NoRole,
    /// The `Role` attribute is there and holds no value.
    EmptyRole,
    /// The only assertions are encrypted: roles cannot be read, yet AWS may still take the response.
    RolesEncrypted,
    /// Values of `Role` that are not a role and a provider.
    MalformedRoles {
        /// How many.
        count: usize,
        /// The first of them, cut.
        first: String,
        /// How many grants could be read.
        usable: usize,
    },
    /// Grants whose role and provider are in different partitions.
    PartitionMismatch {
        /// How many.
        count: usize,
        /// The first role's ARN.
        first: String,
    },
    /// Grants whose role and provider are in different accounts.
    AccountMismatch {
        /// How many.
        count: usize,
        /// The first role's ARN.
        first: String,
    },
    /// Grants that came more than once; the first is kept.
    DuplicateRoles {
        /// How many were folded.
        count: usize,
    },
    /// An attribute's name is nearly, but not exactly, one that AWS reads; it is not used.
    NearMiss {
        /// The name as written, cut.
        written: String,
        /// The name that AWS reads.
        expected: &'static str,
    },
    /// An attribute that is not `Role` holds pairs of a role and a provider; it is not used.
    MisnamedRole {
        /// The name as written, cut.
        written: String,
    },
    /// A name under AWS's prefix that AWS does not document; it is not used.
    UnknownAttribute {
        /// The name as written, cut.
        written: String,
    },
    /// Names begin with the prefix of the China documentation; they are used.
    ChinaPrefix,
    /// An attribute with one value by AWS's rules has several; the first is used.
    SeveralValues {
        /// The attribute's short name.
        attribute: &'static str,
    },
    /// White space around a value, which AWS may not take off.
    SpacesAround {
        /// The attribute's short name.
        attribute: &'static str,
    },
    /// No `RoleSessionName`: AWS refuses the response.
    NoSessionName,
    /// `RoleSessionName` is not `[a-zA-Z_0-9+=,.@-]{2,64}`.
    InvalidSessionName {
        /// The value, cut.
        written: String,
    },
    /// `SessionDuration` is not a whole number from 900 to 43200.
    InvalidSessionDuration {
        /// The value, cut.
        written: String,
    },
    /// `SourceIdentity` is not `[a-zA-Z_0-9+=,.@-]{2,64}`, or begins with `aws:`.
    InvalidSourceIdentity {
        /// The value, cut.
        written: String,
    },
    /// A tag's key or value holds characters, or is of a length, that STS refuses.
    InvalidTag {
        /// The tag's key, cut.
        key: String,
    },
    /// A tag has several values.
    TagWithSeveralValues {
        /// The tag's key, cut.
        key: String,
    },
    /// A tag's key came before; STS compares keys without regard to case.
    RepeatedTag {
        /// The tag's key, cut.
        key: String,
    },
    /// More tags than STS takes.
    TooManyTags {
        /// How many.
        count: usize,
    },
    /// A transitive tag key that no tag of the response has.
    TransitiveKeyWithoutTag {
        /// The key, cut.
        key: String,
    },
}

impl ClaimOddity {
    /// Every code, for the test that holds them against the messages.
    pub const CODES: &'static [&'static str] = &[
        "aws.no_role",
        "aws.empty_role",
        "aws.roles_encrypted",
        "aws.malformed_roles",
        "aws.partition_mismatch",
        "aws.account_mismatch",
        "aws.duplicate_roles",
        "aws.near_miss",
        "aws.misnamed_role",
        "aws.unknown_attribute",
        "aws.china_prefix",
        "aws.several_values",
        "aws.spaces_around",
        "aws.no_session_name",
        "aws.invalid_session_name",
        "aws.invalid_session_duration",
        "aws.invalid_source_identity",
        "aws.invalid_tag",
        "aws.tag_with_several_values",
        "aws.repeated_tag",
        "aws.too_many_tags",
        "aws.transitive_key_without_tag",
    ];

    /// The stable code, such as `aws.no_role`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRole => "aws.no_role",
            Self::EmptyRole => "aws.empty_role",
            Self::RolesEncrypted => "aws.roles_encrypted",
            Self::MalformedRoles { .. } => "aws.malformed_roles",
            Self::PartitionMismatch { .. } => "aws.partition_mismatch",
            Self::AccountMismatch { .. } => "aws.account_mismatch",
            Self::DuplicateRoles { .. } => "aws.duplicate_roles",
            Self::NearMiss { .. } => "aws.near_miss",
            Self::MisnamedRole { .. } => "aws.misnamed_role",
            Self::UnknownAttribute { .. } => "aws.unknown_attribute",
            Self::ChinaPrefix => "aws.china_prefix",
            Self::SeveralValues { .. } => "aws.several_values",
            Self::SpacesAround { .. } => "aws.spaces_around",
            Self::NoSessionName => "aws.no_session_name",
            Self::InvalidSessionName { .. } => "aws.invalid_session_name",
            Self::InvalidSessionDuration { .. } => "aws.invalid_session_duration",
            Self::InvalidSourceIdentity { .. } => "aws.invalid_source_identity",
            Self::InvalidTag { .. } => "aws.invalid_tag",
            Self::TagWithSeveralValues { .. } => "aws.tag_with_several_values",
            Self::RepeatedTag { .. } => "aws.repeated_tag",
            Self::TooManyTags { .. } => "aws.too_many_tags",
            Self::TransitiveKeyWithoutTag { .. } => "aws.transitive_key_without_tag",
        }
    }

    /// The values for the message's placeholders, in their order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::NoRole
            | Self::EmptyRole
            | Self::RolesEncrypted
            | Self::ChinaPrefix
            | Self::NoSessionName => Vec::new(),
            Self::MalformedRoles { count, first, .. }
            | Self::PartitionMismatch { count, first }
            | Self::AccountMismatch { count, first } => vec![count.to_string(), first.clone()],
            Self::DuplicateRoles { count } | Self::TooManyTags { count } => vec![count.to_string()],
            Self::NearMiss { written, expected } => vec![written.clone(), (*expected).to_owned()],
            Self::SeveralValues { attribute } | Self::SpacesAround { attribute } => {
                vec![(*attribute).to_owned()]
            }
            Self::MisnamedRole { written }
            | Self::UnknownAttribute { written }
            | Self::InvalidSessionName { written }
            | Self::InvalidSessionDuration { written }
            | Self::InvalidSourceIdentity { written } => vec![written.clone()],
            Self::InvalidTag { key }
            | Self::TagWithSeveralValues { key }
            | Self::RepeatedTag { key }
            | Self::TransitiveKeyWithoutTag { key } => vec![key.clone()],
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NoRole
            | Self::EmptyRole
            | Self::NoSessionName
            | Self::InvalidSessionName { .. }
            | Self::InvalidSourceIdentity { .. } => Severity::Error,
            Self::MalformedRoles { usable: 0, .. } => Severity::Error,
            Self::MalformedRoles { .. }
            | Self::RolesEncrypted
            | Self::PartitionMismatch { .. }
            | Self::AccountMismatch { .. }
            | Self::NearMiss { .. }
            | Self::MisnamedRole { .. }
            | Self::SeveralValues { .. }
            | Self::InvalidSessionDuration { .. }
            | Self::InvalidTag { .. }
            | Self::TagWithSeveralValues { .. }
            | Self::RepeatedTag { .. }
            | Self::TooManyTags { .. } => Severity::Warning,
            Self::DuplicateRoles { .. }
            | Self::UnknownAttribute { .. }
            | Self::ChinaPrefix
            | Self::SpacesAround { .. }
            | Self::TransitiveKeyWithoutTag { .. } => Severity::Note,
        }
    }
}

/// The first characters of a text, for a person to recognise it by. Control characters become spaces.
pub(super) fn excerpt(text: &str) -> String {
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut cut: String = characters.by_ref().take(EXCERPT_CHARS).collect();
    if characters.next().is_some() {
        cut.push('…');
    }
    cut
}

/// Characters of a quoted text; a name under AWS's prefix with its longest suffix is 57.
const EXCERPT_CHARS: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that this file answers, read from the file itself.
    fn answered() -> Vec<&'static str> {
        let source = include_str!("oddity.rs").split("#[cfg(test)]").next().unwrap();
        let codes = source.split("=> \"aws.").skip(1).map(|rest| rest.split('"').next().unwrap());
        codes.collect()
    }

    #[test]
    fn the_list_of_codes_is_complete_and_each_is_there_once() {
        let listed: Vec<_> =
            ClaimOddity::CODES.iter().map(|code| code.strip_prefix("aws.").unwrap()).collect();
        assert_eq!(listed, answered());
        let unique: std::collections::HashSet<_> = listed.iter().collect();
        assert_eq!(unique.len(), listed.len());
    }

    #[test]
    fn an_excerpt_is_cut_between_characters_and_has_no_control_characters() {
        assert_eq!(excerpt("a\nb\u{0}c"), "a b c");
        assert_eq!(excerpt(&"é".repeat(120)), "é".repeat(120));
        assert_eq!(excerpt(&"é".repeat(121)), format!("{}…", "é".repeat(120)));
    }
}
