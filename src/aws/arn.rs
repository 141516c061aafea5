//! Text to the two ARNs of SAML federation, typed and compared as types. Anything that is not exactly such an
//! ARN is refused, and what was read prints back byte for byte.
//!
//! A substring search on ARNs is how another extension hands out `DevOps` when the user chose `Dev`.

use std::fmt;

use crate::partition::Partition;

/// The ARN of an IAM role: `arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`.
///
/// It holds the text as it came, and its parts are slices of that: a response can have thousands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleArn {
    partition: Partition,
    text: String,
}

impl RoleArn {
    /// Reads a role ARN by the rules of the IAM API: `Arn` of 20-2048 characters, `RoleName` `[\w+=,.@-]{1,64}`,
    /// `Path` of at most 512 characters.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let (partition, resource) = iam_resource(text)?;
        let rest = resource.strip_prefix("role").filter(|rest| rest.starts_with('/'));
        let rest = rest.ok_or(ArnError::Resource)?;
        let (path, name) = last_part(rest).ok_or(ArnError::Resource)?;
        if !is_path(path) {
            return Err(ArnError::Path);
        }
        if !is_name(name, MAX_ROLE_NAME_CHARS, |byte| {
            matches!(byte, b'+' | b'=' | b',' | b'.' | b'@' | b'-' | b'_')
        }) {
            return Err(ArnError::Name);
        }
        Ok(Self { partition, text: text.to_owned() })
    }

    /// The partition the role is in.
    #[must_use]
    pub fn partition(&self) -> Partition {
        self.partition
    }

    /// The account the role is in.
    #[must_use]
    pub fn account(&self) -> AccountId<'_> {
        account(self.partition, &self.text)
    }

    /// The path, which begins and ends with `/`; `/` alone for a role without one.
    #[must_use]
    pub fn path(&self) -> &str {
        let path_and_name = self.path_and_name();
        path_and_name.get(..path_and_name.len().saturating_sub(self.name().len())).unwrap_or_default()
    }

    /// The role's name without its path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text.rsplit_once('/').map_or("", |(_, name)| name)
    }

    /// Path and name as people say it, such as `team/data/Developer`.
    #[must_use]
    pub fn friendly_name(&self) -> &str {
        self.path_and_name().strip_prefix('/').unwrap_or_default()
    }

    /// Whether IAM Identity Center made this role: `AssumeRoleWithSAML` fails for it (AWS STS API reference), and
    /// `aws sso login` is the way in.
    #[must_use]
    pub fn is_identity_center(&self) -> bool {
        self.path_and_name().starts_with("/aws-reserved/sso.amazonaws.com/")
            && self.name().starts_with("AWSReservedSSO_")
    }

    /// The whole ARN, as it was read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before [`RoleArn::friendly_name`]: `arn:aws:iam::111122223333:role/`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let name = self.friendly_name().len();
        self.text.get(..self.text.len().saturating_sub(name)).unwrap_or_default()
    }

    /// [`RoleArn::friendly_name`], without a copy.
    #[must_use]
    pub fn into_friendly_name(self) -> String {
        let prefix = self.prefix().len();
        let mut text = self.text;
        text.drain(..prefix);
        text
    }

    fn path_and_name(&self) -> &str {
        resource(self.partition, &self.text).strip_prefix("role").unwrap_or_default()
    }
}

impl fmt::Display for RoleArn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// The ARN of an IAM SAML provider: `arn:PARTITION:iam::ACCOUNT:saml-provider/NAME`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProviderArn {
    partition: Partition,
    text: String,
}

impl ProviderArn {
    /// Reads a SAML provider ARN by the rules of the IAM API: `Arn` of 20-2048 characters, `SAMLProviderName`
    /// `[\w._-]{1,128}`.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let (partition, resource) = iam_resource(text)?;
        let name = resource.strip_prefix("saml-provider/").ok_or(ArnError::Resource)?;
        if !is_name(name, MAX_PROVIDER_NAME_CHARS, |byte| matches!(byte, b'.' | b'_' | b'-')) {
            return Err(ArnError::Name);
        }
        Ok(Self { partition, text: text.to_owned() })
    }

    /// The partition the provider is in.
    #[must_use]
    pub fn partition(&self) -> Partition {
        self.partition
    }

    /// The account the provider is in.
    #[must_use]
    pub fn account(&self) -> AccountId<'_> {
        account(self.partition, &self.text)
    }

    /// The provider's name.
    #[must_use]
    pub fn name(&self) -> &str {
        resource(self.partition, &self.text).strip_prefix("saml-provider/").unwrap_or_default()
    }

    /// The whole ARN, as it was read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ProviderArn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Twelve digits that name an AWS account; leading zeros count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId<'a>(&'a str);

impl<'a> AccountId<'a> {
    /// Reads exactly twelve ASCII digits.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let is_account = text.len() == ACCOUNT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        is_account.then_some(Self(text))
    }

    /// The twelve digits.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The digits as a number, which sorts as they do.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0.parse().unwrap_or_default()
    }

    /// The digits in groups of four, as the AWS console shows them: `1111 2222 3333`.
    #[must_use]
    pub fn grouped(self) -> String {
        let mut grouped = String::with_capacity(14);
        for (place, digit) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(digit);
        }
        grouped
    }
}

impl fmt::Display for AccountId<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// Why a text is not the ARN it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnError {
    /// Shorter than 20 or longer than 2048 characters.
    Length,
    /// Not `arn:PARTITION:iam::ACCOUNT:RESOURCE`.
    Shape,
    /// A partition that Rolecall does not know.
    Partition,
    /// The account is not twelve digits.
    Account,
    /// Not a role, or not a SAML provider.
    Resource,
    /// The role's path holds what IAM does not allow.
    Path,
    /// The name is empty, too long, or holds what IAM does not allow.
    Name,
}

/// Reads `arn:PARTITION:iam::ACCOUNT:RESOURCE` as far as the resource, which may hold further colons.
fn iam_resource(text: &str) -> Result<(Partition, &str), ArnError> {
    if !(MIN_ARN_CHARS..=MAX_ARN_CHARS).contains(&text.len()) {
        return Err(ArnError::Length);
    }
    let rest = text.strip_prefix("arn:").ok_or(ArnError::Shape)?;
    // The usual case without a search: a response can have thousands.
    let (account, behind) = rest
        .strip_prefix("aws:iam::")
        .and_then(|rest| rest.split_at_checked(ACCOUNT_DIGITS))
        .unwrap_or_default();
    if let Some(resource) = behind.strip_prefix(':')
        && AccountId::parse(account).is_some()
    {
        return Ok((Partition::Aws, resource));
    }
    let (partition, rest) = next_field(rest).ok_or(ArnError::Shape)?;
    let rest = rest.strip_prefix("iam::").ok_or(ArnError::Shape)?;
    let (account, resource) = next_field(rest).ok_or(ArnError::Shape)?;
    let partition = Partition::from_arn_field(partition).ok_or(ArnError::Partition)?;
    AccountId::parse(account).ok_or(ArnError::Account)?;
    Ok((partition, resource))
}

/// What stands behind the fifth colon, whatever stands before it.
pub(super) fn resource_field(text: &str) -> Option<&str> {
    (0..5).try_fold(text, |rest, _| next_field(rest).map(|(_, behind)| behind))
}

/// The text before the first colon, and the text behind it. Fields are short, so they are not worth a `memchr`.
fn next_field(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == b':')?;
    Some((text.get(..at)?, text.get(at.saturating_add(1)..)?))
}

/// The text before the last `/`, and the text behind it.
fn last_part(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == b'/')?;
    Some((text.get(..at)?, text.get(at.saturating_add(1)..)?))
}

/// The account of an ARN that was read.
fn account(partition: Partition, text: &str) -> AccountId<'_> {
    let at = account_at(partition);
    AccountId(text.get(at..at.saturating_add(ACCOUNT_DIGITS)).unwrap_or_default())
}

/// The resource of an ARN that was read.
fn resource(partition: Partition, text: &str) -> &str {
    let at = account_at(partition).saturating_add(ACCOUNT_DIGITS).saturating_add(":".len());
    text.get(at..).unwrap_or_default()
}

/// Where the account begins, given that the ARN is one of IAM.
fn account_at(partition: Partition) -> usize {
    "arn:".len().saturating_add(partition.id().len()).saturating_add(":iam::".len())
}

/// IAM's `Path`, here without its last `/`: `/` alone, or `/[\x21-\x7E]+/`.
fn is_path(path: &str) -> bool {
    path.len() < MAX_PATH_CHARS && path.bytes().all(|byte| byte.is_ascii_graphic())
}

/// `\w` of AWS's patterns is ASCII; `_` is among `others` like the rest.
fn is_name(name: &str, max: usize, others: impl Fn(u8) -> bool) -> bool {
    (1..=max).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || others(byte))
}

const ACCOUNT_DIGITS: usize = 12;

/// IAM API, `arnType`.
const MIN_ARN_CHARS: usize = 20;
/// IAM API, `arnType`.
const MAX_ARN_CHARS: usize = 2048;
/// IAM API, `pathType`.
const MAX_PATH_CHARS: usize = 512;
/// IAM API, `roleNameType`.
const MAX_ROLE_NAME_CHARS: usize = 64;
/// IAM API, `SAMLProviderNameType`.
const MAX_PROVIDER_NAME_CHARS: usize = 128;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_role_without_a_path_is_read_and_prints_back() {
        let role = RoleArn::parse("arn:aws:iam::011122223333:role/Dev").unwrap();
        assert_eq!(role.partition(), Partition::Aws);
        assert_eq!(role.account().as_str(), "011122223333");
        assert_eq!(role.account().grouped(), "0111 2222 3333");
        assert_eq!((role.path(), role.name()), ("/", "Dev"));
        assert_eq!(role.friendly_name(), "Dev");
        assert_eq!(role.to_string(), "arn:aws:iam::011122223333:role/Dev");
    }

    #[test]
    fn a_role_path_is_kept_apart_from_the_name() {
        let role = RoleArn::parse("arn:aws-cn:iam::111122223333:role/team/data/Developer").unwrap();
        assert_eq!((role.path(), role.name()), ("/team/data/", "Developer"));
        assert_eq!(role.friendly_name(), "team/data/Developer");
        assert_eq!(role.partition(), Partition::AwsCn);
    }

    #[test]
    fn every_partition_has_roles_and_providers() {
        for partition in Partition::ALL {
            let role = format!("arn:{}:iam::111122223333:role/Dev", partition.id());
            assert_eq!(RoleArn::parse(&role).unwrap().partition(), partition);
            let provider = format!("arn:{}:iam::111122223333:saml-provider/Idp", partition.id());
            assert_eq!(ProviderArn::parse(&provider).unwrap().to_string(), provider);
        }
    }

    #[test]
    fn what_is_not_a_role_arn_is_refused_with_its_reason() {
        let cases = [
            ("", ArnError::Length),
            ("arn:aws:iam::1:role/", ArnError::Account),
            ("arn:aws:iam::111122223333", ArnError::Shape),
            ("ARN:aws:iam::111122223333:role/Dev", ArnError::Shape),
            ("arn:aws:sts::111122223333:role/Dev", ArnError::Shape),
            ("arn:aws:iam:us-east-1:111122223333:role/Dev", ArnError::Shape),
            ("arn:aws-iso:iam::111122223333:role/Dev", ArnError::Partition),
            ("arn:AWS:iam::111122223333:role/Dev", ArnError::Partition),
            ("arn:aws:iam::11112222333:role/Dev", ArnError::Account),
            ("arn:aws:iam::1111222233334:role/Dev", ArnError::Account),
            ("arn:aws:iam::1111222233٣:role/Dev", ArnError::Account),
            ("arn:aws:iam::111122223333:roles/Dev", ArnError::Resource),
            ("arn:aws:iam::111122223333:user/Developer", ArnError::Resource),
            ("arn:aws:iam::111122223333:role", ArnError::Resource),
            ("arn:aws:iam::111122223333:role/a b/Dev", ArnError::Path),
            ("arn:aws:iam::111122223333:role/é/Dev", ArnError::Path),
            ("arn:aws:iam::111122223333:role/", ArnError::Name),
            ("arn:aws:iam::111122223333:role/team/", ArnError::Name),
            ("arn:aws:iam::111122223333:role/De v", ArnError::Name),
            ("arn:aws:iam::111122223333:role/Dév", ArnError::Name),
            ("arn:aws:iam::111122223333:role/Dev ", ArnError::Name),
            ("arn:aws:iam::111122223333:role/Dev*", ArnError::Name),
        ];
        for (text, reason) in cases {
            assert_eq!(RoleArn::parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn lengths_are_held_to_the_character() {
        let role = |path: usize, name: usize| {
            let path = if path == 0 { String::new() } else { format!("{}/", "p".repeat(path)) };
            RoleArn::parse(&format!("arn:aws:iam::111122223333:role/{path}{}", "n".repeat(name)))
        };
        assert!(role(0, 64).is_ok());
        assert_eq!(role(0, 65), Err(ArnError::Name));
        assert!(role(510, 1).is_ok());
        assert_eq!(role(511, 1), Err(ArnError::Path));
        assert_eq!(role(2100, 1), Err(ArnError::Length));
        let provider = |name: usize| {
            ProviderArn::parse(&format!("arn:aws:iam::111122223333:saml-provider/{}", "n".repeat(name)))
        };
        assert!(provider(128).is_ok());
        assert_eq!(provider(129), Err(ArnError::Name));
        assert_eq!(provider(0), Err(ArnError::Name));
    }

    #[test]
    fn a_provider_has_no_path() {
        assert_eq!(ProviderArn::parse("arn:aws:iam::111122223333:saml-provider/a/b"), Err(ArnError::Name));
        assert_eq!(ProviderArn::parse("arn:aws:iam::111122223333:oidc-provider/a"), Err(ArnError::Resource));
        assert_eq!(ProviderArn::parse("arn:aws:iam::111122223333:role/Dev"), Err(ArnError::Resource));
    }

    #[test]
    fn identity_center_roles_are_recognised_by_path_and_name() {
        let reserved = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef";
        assert!(RoleArn::parse(reserved).unwrap().is_identity_center());
        let own = "arn:aws:iam::111122223333:role/team/AWSReservedSSO_Admin_0123456789abcdef";
        assert!(!RoleArn::parse(own).unwrap().is_identity_center());
    }

    proptest! {
        #[test]
        fn every_role_arn_that_is_read_prints_back_exactly(
            path in "(/[!-.0-~]{1,9}){0,4}",
            name in "[a-zA-Z0-9_+=,.@-]{1,64}",
            account in "[0-9]{12}",
        ) {
            let text = format!("arn:aws-us-gov:iam::{account}:role{path}/{name}");
            prop_assert_eq!(RoleArn::parse(&text).map(|role| role.to_string()), Ok(text));
        }

        #[test]
        fn no_text_stops_the_reading_and_what_is_read_prints_back(text in "arn:aws:iam::[0-9]{11,13}:(role|saml-provider)/\\PC{0,40}") {
            if let Ok(role) = RoleArn::parse(&text) {
                prop_assert_eq!(role.to_string(), text.clone());
            }
            if let Ok(provider) = ProviderArn::parse(&text) {
                prop_assert_eq!(provider.to_string(), text);
            }
        }
    }
}
