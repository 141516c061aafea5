//! One value of the `Role` attribute to a [`RoleGrant`]. A value that is not a role and a provider is refused.

use super::arn::{ArnError, ProviderArn, RoleArn, resource_field};

/// One value of the AWS `Role` attribute: the role, and the SAML provider that vouches for the person.
///
/// The two ARNs come in either order on the wire. Equality is of the ARNs as read, never of a part of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleGrant {
    /// The role that may be assumed.
    pub role: RoleArn,
    /// The provider the trust policy names as principal.
    pub provider: ProviderArn,
}

impl RoleGrant {
    /// Reads `ROLE_ARN,PROVIDER_ARN` or `PROVIDER_ARN,ROLE_ARN`, with white space around either.
    ///
    /// A role's name may hold commas, so the pair is parted at the one comma before `arn:`; a value with several is
    /// refused rather than guessed at.
    pub fn parse(value: &str) -> Result<Self, GrantError> {
        Self::read(value).map(|(grant, _)| grant)
    }

    /// [`RoleGrant::parse`], and the texts of the role and of the provider.
    pub(super) fn read(value: &str) -> Result<(Self, (&str, &str)), GrantError> {
        let (left, right) = split(value)?;
        let (role, texts) = match RoleArn::parse(left) {
            Err(_) if names_a_provider(left) && !names_a_provider(right) => {
                (RoleArn::parse(right), (right, left))
            }
            role => (role, (left, right)),
        };
        let role = role.map_err(GrantError::Role)?;
        let provider = ProviderArn::parse(texts.1).map_err(GrantError::Provider)?;
        Ok((Self { role, provider }, texts))
    }

    /// Whether role and provider are in the same partition. No STS endpoint takes a pair that is not.
    #[must_use]
    pub fn is_of_one_partition(&self) -> bool {
        self.role.partition() == self.provider.partition()
    }

    /// Whether role and provider are in the same account.
    #[must_use]
    pub fn is_of_one_account(&self) -> bool {
        self.role.account() == self.provider.account()
    }
}

/// Why a value of the `Role` attribute is not a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantError {
    /// Nothing but white space.
    Empty,
    /// Longer than two ARNs can be.
    Length,
    /// Not two ARNs with a comma between them.
    NotAPair,
    /// The role's ARN is wrong.
    Role(ArnError),
    /// The provider's ARN is wrong.
    Provider(ArnError),
}

/// The texts on both sides of the one comma before `arn:`.
fn split(value: &str) -> Result<(&str, &str), GrantError> {
    let value = value.trim();
    if value.is_empty() {
        return Err(GrantError::Empty);
    }
    if value.len() > MAX_VALUE_BYTES {
        return Err(GrantError::Length);
    }
    let mut pair = None;
    // Byte by byte: values are short, and not worth a search that has to be set up.
    for (at, _) in (0..).zip(value.bytes()).filter(|(_, byte)| *byte == b',') {
        let Some((left, right)) = value.split_at_checked(at) else { continue };
        let right = right.strip_prefix(',').unwrap_or_default().trim_start();
        if right.starts_with("arn:") && pair.replace((left.trim_end(), right)).is_some() {
            return Err(GrantError::NotAPair);
        }
    }
    pair.ok_or(GrantError::NotAPair)
}

/// Looks at the resource field only; [`ProviderArn::parse`] then decides.
fn names_a_provider(text: &str) -> bool {
    resource_field(text).is_some_and(|resource| resource.starts_with("saml-provider/"))
}

/// Two ARNs of 2048 characters each, a comma, and white space.
const MAX_VALUE_BYTES: usize = 4200;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROLE: &str = "arn:aws:iam::111122223333:role/Dev";
    const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/Idp";

    fn grant() -> RoleGrant {
        RoleGrant { role: RoleArn::parse(ROLE).unwrap(), provider: ProviderArn::parse(PROVIDER).unwrap() }
    }

    #[test]
    fn the_pair_is_read_in_either_order_with_white_space_around() {
        for value in [
            format!("{ROLE},{PROVIDER}"),
            format!("{PROVIDER},{ROLE}"),
            format!("\n    {ROLE} ,\t{PROVIDER}\n"),
            format!(" {PROVIDER} , {ROLE} "),
        ] {
            assert_eq!(RoleGrant::parse(&value), Ok(grant()), "{value}");
        }
    }

    #[test]
    fn a_role_name_may_hold_commas() {
        let role = "arn:aws:iam::111122223333:role/a,b,arn/c,arn";
        for value in [format!("{role},{PROVIDER}"), format!("{PROVIDER},{role}")] {
            assert_eq!(RoleGrant::parse(&value).unwrap().role.to_string(), role, "{value}");
        }
    }

    #[test]
    fn a_malformed_value_is_refused_with_its_reason() {
        let cases = [
            (String::new(), GrantError::Empty),
            (" \n ".to_owned(), GrantError::Empty),
            (ROLE.to_owned(), GrantError::NotAPair),
            (format!("{ROLE};{PROVIDER}"), GrantError::NotAPair),
            ("Administrators, Developers".to_owned(), GrantError::NotAPair),
            (format!("{ROLE},{ROLE}"), GrantError::Provider(ArnError::Resource)),
            (format!("{PROVIDER},{PROVIDER}"), GrantError::Role(ArnError::Resource)),
            (format!("{ROLE},{PROVIDER},{PROVIDER}"), GrantError::NotAPair),
            (format!("{ROLE},{PROVIDER},x"), GrantError::Provider(ArnError::Name)),
            (format!("{ROLE}/*,{PROVIDER}"), GrantError::Role(ArnError::Name)),
            (format!("{ROLE}{},{PROVIDER}", "x".repeat(5000)), GrantError::Length),
        ];
        for (value, reason) in cases {
            assert_eq!(RoleGrant::parse(&value), Err(reason), "{value}");
        }
    }

    #[test]
    fn a_pair_across_accounts_or_partitions_says_so() {
        assert!(grant().is_of_one_account() && grant().is_of_one_partition());
        let other = RoleGrant::parse(&format!("{ROLE},arn:aws:iam::444455556666:saml-provider/Idp")).unwrap();
        assert!(!other.is_of_one_account() && other.is_of_one_partition());
        let other =
            RoleGrant::parse(&format!("{ROLE},arn:aws-cn:iam::111122223333:saml-provider/Idp")).unwrap();
        assert!(other.is_of_one_account() && !other.is_of_one_partition());
    }

    proptest! {
        #[test]
        fn no_value_stops_the_reading(value in "\\PC{0,80}(,arn:aws:iam::111122223333:(role|saml-provider)/\\PC{0,20}){0,4}") {
            let _ = RoleGrant::parse(&value);
        }
    }
}
