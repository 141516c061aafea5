//! An attribute's name to the AWS attribute it is, is close to, or is not. Names are matched exactly: AWS reads
//! them case-sensitively (IAM User Guide, "Configure SAML assertions for the authentication response").

use super::values::lower_case;

/// What every AWS attribute name begins with.
pub const PREFIX: &str = "https://aws.amazon.com/SAML/Attributes/";

/// The prefix as the documentation of the China regions writes it; accepted, with an oddity.
pub const CHINA_PREFIX: &str = "http://www.amazonaws.cn/SAML/Attributes/";

/// An attribute that AWS reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsAttribute<'a> {
    /// `Role`: the pairs of role and provider.
    Role,
    /// `RoleSessionName`.
    RoleSessionName,
    /// `SessionDuration`, in seconds.
    SessionDuration,
    /// `PrincipalTag:KEY`, with its key.
    PrincipalTag(&'a str),
    /// `TransitiveTagKeys`.
    TransitiveTagKeys,
    /// `SourceIdentity`.
    SourceIdentity,
}

impl<'a> AwsAttribute<'a> {
    /// The attribute named by what follows the prefix.
    fn from_suffix(suffix: &'a str) -> Option<Self> {
        if let Some(key) = suffix.strip_prefix("PrincipalTag:") {
            return Some(Self::PrincipalTag(key));
        }
        Some(match suffix {
            "Role" => Self::Role,
            "RoleSessionName" => Self::RoleSessionName,
            "SessionDuration" => Self::SessionDuration,
            "TransitiveTagKeys" => Self::TransitiveTagKeys,
            "SourceIdentity" => Self::SourceIdentity,
            _ => return None,
        })
    }

    /// The name without its prefix, and without a tag's key.
    #[must_use]
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Role => "Role",
            Self::RoleSessionName => "RoleSessionName",
            Self::SessionDuration => "SessionDuration",
            Self::PrincipalTag(_) => "PrincipalTag",
            Self::TransitiveTagKeys => "TransitiveTagKeys",
            Self::SourceIdentity => "SourceIdentity",
        }
    }
}

/// What an attribute's name is to AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameMatch<'a> {
    /// Exactly an AWS attribute.
    Exact(AwsAttribute<'a>),
    /// An AWS attribute under [`CHINA_PREFIX`].
    China(AwsAttribute<'a>),
    /// Not an AWS attribute, but close to this one: `expected` is the full name AWS reads.
    NearMiss { expected: &'static str },
    /// Under an AWS prefix, and no attribute that AWS documents.
    Unknown,
    /// An attribute of someone else.
    Other,
}

/// Finds out what `name` is.
pub(super) fn recognise(name: &str) -> NameMatch<'_> {
    if let Some(suffix) = name.strip_prefix(PREFIX) {
        if let Some(attribute) = AwsAttribute::from_suffix(suffix) {
            return NameMatch::Exact(attribute);
        }
    } else if let Some(suffix) = name.strip_prefix(CHINA_PREFIX)
        && let Some(attribute) = AwsAttribute::from_suffix(suffix)
    {
        return NameMatch::China(attribute);
    }
    if name.len() > MAX_NAME_BYTES {
        return NameMatch::Other;
    }
    near_miss(name)
}

/// Compares with case, scheme, white space and a trailing slash left out.
fn near_miss(name: &str) -> NameMatch<'_> {
    let mut plain = lower_case(name);
    plain.retain(|c| !c.is_whitespace());
    let host_and_path =
        plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://")).unwrap_or(&plain);
    let Some(suffix) = NEAR_PREFIXES.iter().find_map(|prefix| host_and_path.strip_prefix(prefix)) else {
        return NameMatch::Other;
    };
    let suffix = suffix.trim_matches('/');
    NEAR_NAMES
        .iter()
        .find(|(near, _)| if near.ends_with(':') { suffix.starts_with(near) } else { suffix == *near })
        .map_or(NameMatch::Unknown, |(_, expected)| NameMatch::NearMiss { expected })
}

/// The prefixes in lower case and without their scheme, with the hosts people confuse.
const NEAR_PREFIXES: [&str; 5] = [
    "aws.amazon.com/saml/attributes",
    "www.aws.amazon.com/saml/attributes",
    "www.amazonaws.cn/saml/attributes",
    "amazonaws.cn/saml/attributes",
    "aws.amazon.com/saml/attribute/",
];

/// Names in lower case beside the full name that AWS reads.
const NEAR_NAMES: [(&str, &str); 9] = [
    ("role", "https://aws.amazon.com/SAML/Attributes/Role"),
    ("roles", "https://aws.amazon.com/SAML/Attributes/Role"),
    ("rolesessionname", "https://aws.amazon.com/SAML/Attributes/RoleSessionName"),
    ("sessionname", "https://aws.amazon.com/SAML/Attributes/RoleSessionName"),
    ("sessionduration", "https://aws.amazon.com/SAML/Attributes/SessionDuration"),
    ("principaltag:", "https://aws.amazon.com/SAML/Attributes/PrincipalTag:"),
    ("transitivetagkeys", "https://aws.amazon.com/SAML/Attributes/TransitiveTagKeys"),
    ("transitivetagkey", "https://aws.amazon.com/SAML/Attributes/TransitiveTagKeys"),
    ("sourceidentity", "https://aws.amazon.com/SAML/Attributes/SourceIdentity"),
];

/// Longer than any prefix and tag key together; a longer name is nobody's typing mistake.
const MAX_NAME_BYTES: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_names_are_recognised() {
        let named = |suffix: &str| match recognise(&format!("{PREFIX}{suffix}")) {
            NameMatch::Exact(attribute) => attribute.short_name(),
            _ => "",
        };
        for name in ["Role", "RoleSessionName", "SessionDuration", "TransitiveTagKeys", "SourceIdentity"] {
            assert_eq!(named(name), name);
        }
        let tag = format!("{PREFIX}PrincipalTag:Cost Center");
        assert_eq!(recognise(&tag), NameMatch::Exact(AwsAttribute::PrincipalTag("Cost Center")));
    }

    #[test]
    fn the_china_prefix_is_recognised_as_itself() {
        assert_eq!(
            recognise("http://www.amazonaws.cn/SAML/Attributes/Role"),
            NameMatch::China(AwsAttribute::Role)
        );
    }

    #[test]
    fn near_misses_of_every_name_say_what_aws_reads() {
        for name in ["Role", "RoleSessionName", "SessionDuration", "TransitiveTagKeys", "SourceIdentity"] {
            let exact = format!("{PREFIX}{name}");
            for miss in [
                exact.to_lowercase(),
                exact.to_uppercase(),
                exact.replace("https:", "http:"),
                format!("{exact} "),
                format!(" {exact}"),
                format!("{exact}\n"),
                format!("{exact}/"),
                exact.replace("Attributes/", "Attributes/ "),
                exact.replace("Attributes/", "Attributes//"),
                format!("{CHINA_PREFIX}{name}").replace("http:", "https:"),
                exact.replace("https://", ""),
            ] {
                assert!(
                    matches!(recognise(&miss), NameMatch::NearMiss { expected } if expected == exact),
                    "{miss:?} {:?}",
                    recognise(&miss)
                );
            }
        }
        assert!(matches!(
            recognise("https://aws.amazon.com/SAML/Attributes/principalTag:Team"),
            NameMatch::NearMiss { expected } if expected.ends_with("/PrincipalTag:")
        ));
        assert!(matches!(
            recognise("https://aws.amazon.com/SAML/Attributes/Roles"),
            NameMatch::NearMiss { expected } if expected.ends_with("/Role")
        ));
    }

    #[test]
    fn names_of_others_are_left_alone() {
        for name in
            ["Role", "", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "urn:oid:0.9.2342"]
        {
            assert_eq!(recognise(name), NameMatch::Other, "{name}");
        }
        assert_eq!(
            recognise("https://aws.amazon.com/SAML/Attributes/AccessControl:Team"),
            NameMatch::Unknown
        );
        assert_eq!(recognise(&format!("{PREFIX}{}", "x".repeat(4000))), NameMatch::Other);
    }
}
