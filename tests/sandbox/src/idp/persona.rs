//! The people who can sign in, and what each of them proves.

use super::Shape;

/// Someone who signs in at the sandbox's identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Persona {
    /// One role, role ARN first, in the account that moto plays: moto takes this one too.
    OneRole,
    /// Four roles in two accounts; the name of one starts another's, one has a path, one allows 12 hours.
    FourRoles,
    /// Two hundred roles in forty accounts.
    TwoHundred,
    /// Signed in, but no `Role` attribute.
    NoRole,
    /// One role in a response issued ten minutes ago.
    Expired,
    /// Two roles in GovCloud (US).
    GovCloud,
    /// One role in China.
    China,
    /// Names in several scripts, with `%`, `&`, `<` and quotes; a session tag.
    Scripts,
    /// Two roles through the regional sign-in of eu-west-1.
    Regional,
    /// An encrypted assertion, posted to `/saml/acs/ID`.
    Encrypted,
    /// A role of IAM Identity Center, which STS refuses, and one it takes.
    IdentityCenter,
    /// The `Role` attribute's name has the wrong case: AWS sees no role.
    Misnamed,
}

/// One value of the `Role` attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Role {
    /// The role's ARN.
    pub role_arn: String,
    /// The SAML provider's ARN.
    pub provider_arn: String,
}

impl Role {
    /// The account's twelve digits.
    #[must_use]
    pub fn account(&self) -> &str {
        self.role_arn.split(':').nth(4).unwrap_or_default()
    }

    /// The role's path and name, such as `team/data/Developer`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.role_arn.split_once(":role/").map_or("", |(_, name)| name)
    }

    fn new(partition: &str, account: &str, name: &str, provider: &str) -> Self {
        Self {
            role_arn: format!("arn:{partition}:iam::{account}:role/{name}"),
            provider_arn: format!("arn:{partition}:iam::{account}:saml-provider/{provider}"),
        }
    }
}

impl Persona {
    /// Every persona, in the order of the login page.
    pub const ALL: [Self; 12] = [
        Self::OneRole,
        Self::FourRoles,
        Self::TwoHundred,
        Self::NoRole,
        Self::Expired,
        Self::GovCloud,
        Self::China,
        Self::Scripts,
        Self::Regional,
        Self::Encrypted,
        Self::IdentityCenter,
        Self::Misnamed,
    ];

    /// The name in URLs and ids; the login page's button has the id `persona-SLUG`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.words().0
    }

    /// The persona of this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|persona| persona.slug() == slug)
    }

    /// How this persona's provider writes a response, unless the URL asks for another shape.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::FourRoles | Self::Encrypted | Self::IdentityCenter => Shape::Entra,
            Self::TwoHundred | Self::GovCloud | Self::Misnamed => Shape::Okta,
            Self::Expired | Self::China => Shape::AdFs,
            Self::NoRole | Self::Regional => Shape::Google,
            Self::OneRole => Shape::Keycloak,
            Self::Scripts => Shape::Ns0,
        }
    }

    /// The roles that AWS sees in the response, in its order.
    #[must_use]
    pub fn roles(self) -> Vec<Role> {
        match self {
            Self::NoRole | Self::Misnamed => Vec::new(),
            _ => self.granted(),
        }
    }

    /// The roles in the attribute, whatever its name.
    pub(crate) fn granted(self) -> Vec<Role> {
        let aws = |account: &str, name: &str| Role::new("aws", account, name, PROVIDER);
        match self {
            Self::NoRole => Vec::new(),
            Self::OneRole => vec![aws(MOTO, "Developer")],
            Self::Expired | Self::Misnamed => vec![aws(FIRST, "Developer")],
            Self::FourRoles => vec![
                aws(FIRST, "Admin"),
                aws(FIRST, "AdminReadOnly"),
                aws(SECOND, "team/data/Developer"),
                aws(SECOND, "DeveloperLong"),
            ],
            Self::TwoHundred => (0..40_u64)
                .map(|account| (210_000_000_017 + account * 1_111_111_117).to_string())
                .flat_map(|account| NAMES.map(|name| aws(&account, name)))
                .collect(),
            Self::GovCloud => {
                ["Developer", "Auditor"].map(|n| Role::new("aws-us-gov", FIRST, n, PROVIDER)).into()
            }
            Self::China => vec![Role::new("aws-cn", FIRST, "Developer", PROVIDER)],
            Self::Scripts | Self::Regional => vec![aws(FIRST, "Developer"), aws(SECOND, "Auditor")],
            Self::Encrypted => vec![aws(FIRST, "Developer"), aws(FIRST, "Auditor")],
            Self::IdentityCenter => vec![
                Role::new("aws", FIRST, RESERVED, "AWSSSO_0123456789abcdef_DO_NOT_DELETE"),
                aws(FIRST, "Developer"),
            ],
        }
    }

    /// Where the response is posted to; `region` takes the place of the persona's own.
    #[must_use]
    pub fn acs(self, region: Option<&str>) -> String {
        let (own_region, host, path) = match self {
            Self::GovCloud => (None, "signin.amazonaws-us-gov.com", "/saml"),
            Self::China => (None, "signin.amazonaws.cn", "/saml"),
            Self::Regional => (Some("eu-west-1"), "signin.aws.amazon.com", "/saml"),
            Self::Encrypted => {
                (Some("us-east-1"), "signin.aws.amazon.com", "/saml/acs/SAMLSPROLECALLSANDBOX00001")
            }
            _ => (None, "signin.aws.amazon.com", "/saml"),
        };
        match region.or(own_region) {
            Some(region) => format!("https://{region}.{host}{path}"),
            None => format!("https://{host}{path}"),
        }
    }

    /// The `<Audience>` of providers that send AWS's URN.
    pub(crate) fn audience_urn(self) -> &'static str {
        match self {
            Self::GovCloud => "urn:amazon:webservices:govcloud",
            Self::China => "urn:amazon:webservices:cn-north-1",
            _ => "urn:amazon:webservices",
        }
    }

    /// The subject's `NameID`.
    #[must_use]
    pub fn name_id(self) -> &'static str {
        match self {
            Self::Scripts => "José & Søn <日本語> \"Ελληνικά\" 'العربية' 100% %41@example.com",
            Self::TwoHundred => "maximiliane.von-hohenlohe-waldenburg@subsidiary.example.com",
            _ => "jane.doe@example.com",
        }
    }

    /// The `RoleSessionName`.
    #[must_use]
    pub fn session_name(self) -> &'static str {
        match self {
            Self::Scripts => "jose@example.com",
            Self::TwoHundred => "maximiliane.hohenlohe@subsidiary.example.com",
            _ => "jane.doe@example.com",
        }
    }

    /// The person's name.
    #[must_use]
    pub fn display_name(self) -> &'static str {
        match self {
            Self::Scripts => "José García, 日本語, Ελληνικά, العربية & \"Søn\" <100% %zz>",
            _ => "Jane Doe",
        }
    }

    /// Slug, title and what to expect.
    pub(crate) fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::OneRole => ("one-role", "One role", "Straight to the console"),
            Self::FourRoles => ("four-roles", "Four roles", "Two accounts, AWS asks which role"),
            Self::TwoHundred => ("two-hundred", "Two hundred roles", "Forty accounts"),
            Self::NoRole => ("no-role", "No role", "AWS refuses the sign-in"),
            Self::Expired => ("expired", "Expired", "Issued ten minutes ago"),
            Self::GovCloud => ("govcloud", "GovCloud (US)", "Its own partition and hosts"),
            Self::China => ("china", "China", "Its own partition and hosts"),
            Self::Scripts => ("scripts", "José, 日本語, Ελληνικά, العربية", "Names that decoders break"),
            Self::Regional => ("regional", "Regional sign-in", "eu-west-1.signin.aws.amazon.com"),
            Self::Encrypted => ("encrypted", "Encrypted assertion", "Only AWS can read it"),
            Self::IdentityCenter => {
                ("identity-center", "Identity Center role", "STS refuses AWSReservedSSO_…")
            }
            Self::Misnamed => ("misnamed", "Misnamed attribute", "Role with the wrong case"),
        }
    }
}

/// moto keeps what unsigned calls assume in this account; elsewhere its `GetCallerIdentity` knows no session.
const MOTO: &str = "123456789012";
const FIRST: &str = "111122223333";
const SECOND: &str = "444455556666";
const PROVIDER: &str = "Sandbox";
const NAMES: [&str; 5] = ["Admin", "Auditor", "Billing", "Developer", "ReadOnly"];
const RESERVED: &str = "aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn two_hundred_roles_stand_in_forty_accounts_of_twelve_digits() {
        let roles = Persona::TwoHundred.roles();
        let accounts: HashSet<_> = roles.iter().filter_map(|role| role.role_arn.split(':').nth(4)).collect();
        assert_eq!((roles.len(), accounts.len()), (200, 40));
        assert!(accounts.iter().all(|account| account.len() == 12));
    }

    #[test]
    fn every_slug_leads_back_to_its_persona() {
        for persona in Persona::ALL {
            assert_eq!(Persona::from_slug(persona.slug()), Some(persona));
        }
    }
}
