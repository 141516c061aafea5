//! What a persona is: who signs in, which roles, and what the identity provider is set to send. All of it is data.

use super::{Persona, Role, Shape};

/// One persona.
pub(crate) struct Sheet {
    pub(crate) persona: Persona,
    /// The name in URLs, on the command line and in the id of the button.
    pub(crate) slug: &'static str,
    /// On the button.
    pub(crate) title: &'static str,
    /// One line: what is set up, and what comes of it.
    pub(crate) line: &'static str,
    pub(crate) shape: Shape,
    pub(crate) acs: Acs,
    pub(crate) roles: Roles,
    pub(crate) sent: Sent,
}

/// The host, its region and the path that the response is posted to.
#[derive(Clone, Copy)]
pub(crate) struct Acs {
    pub(crate) region: Option<&'static str>,
    pub(crate) host: &'static str,
    pub(crate) path: &'static str,
}

/// The pairs in the `Role` attribute.
#[derive(Clone, Copy)]
pub(crate) enum Roles {
    These(&'static [Pair]),
    /// Two hundred in forty accounts.
    TwoHundred,
}

/// One value of the `Role` attribute: partition, account and name of the role, then of the provider.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) role: [&'static str; 3],
    pub(crate) provider: [&'static str; 3],
}

/// What the identity provider sends beside the roles. Texts that are `None` leave out what they stand for.
#[derive(Clone, Copy)]
pub(crate) struct Sent {
    pub(crate) display_name: &'static str,
    pub(crate) name_id: Option<&'static str>,
    pub(crate) session_name: Option<&'static str>,
    /// Seconds, as they are written.
    pub(crate) session_duration: &'static str,
    pub(crate) source_identity: Option<&'static str>,
    /// Keys and values of session tags.
    pub(crate) tags: &'static [(&'static str, &'static [&'static str])],
    /// This many further tags, `group-1` and so on.
    pub(crate) numbered_tags: usize,
    /// This many groups in a claim of their own.
    pub(crate) groups: usize,
    /// The full name of the attribute that carries the roles.
    pub(crate) role_attribute: &'static str,
    pub(crate) role_value: RoleValue,
    /// In place of the entity ID that the shape has.
    pub(crate) issuer: Option<&'static str>,
    /// The issuer of the response, where it is not that of the assertion.
    pub(crate) outer_issuer: Option<&'static str>,
    pub(crate) audience: Audience,
    /// In place of the URL that the response is posted to; an empty one leaves `Recipient` out.
    pub(crate) recipient: Option<&'static str>,
    /// When the response is issued, in seconds from now: a clock that is wrong, or a page that stayed open.
    pub(crate) issued_after: i64,
    /// Seconds from then to the end of the confirmation, in place of those that the shape has.
    pub(crate) confirmed_for: Option<i64>,
    /// Seconds from then to `SessionNotOnOrAfter`, in place of those that the shape has.
    pub(crate) session_for: Option<i64>,
    /// The methods of the sign-in, where the shape lists them, are the password alone.
    pub(crate) password_only: bool,
    /// The second `StatusCode` of a sign-in that the provider refused. There is no assertion then.
    pub(crate) refused: Option<&'static str>,
    pub(crate) encrypted: bool,
    pub(crate) signing: Signing,
    /// The base64 has the letters that addresses take.
    pub(crate) url_safe: bool,
}

/// How a value of the `Role` attribute is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleValue {
    /// Both ARNs with a comma between them, in the order of the shape.
    Pair,
    /// The role's ARN alone.
    Alone,
    /// Both ARNs with a semicolon between them.
    Semicolon,
    /// Nothing.
    Empty,
}

/// What `<Audience>` says.
#[derive(Clone, Copy)]
pub(crate) enum Audience {
    /// The ACS URL or AWS's URN, as the shape has it.
    OfShape,
    Text(&'static str),
    /// There is no restriction.
    Missing,
}

/// How the response is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signing {
    /// With the key in the metadata that AWS has.
    Known,
    /// With the key that came after it.
    Renewed,
    /// Not at all.
    Nothing,
    /// With the known key; then something on the way lays the XML out anew.
    ThenIndented,
}

impl Pair {
    /// A role and the sandbox's provider in the same account.
    pub(super) const fn of(partition: &'static str, account: &'static str, name: &'static str) -> Self {
        Self { role: [partition, account, name], provider: [partition, account, PROVIDER] }
    }

    /// Of the commercial partition and the first account.
    pub(super) const fn first(name: &'static str) -> Self {
        Self::of("aws", FIRST, name)
    }

    /// The same with another provider.
    pub(super) const fn by(self, provider: [&'static str; 3]) -> Self {
        Self { provider, ..self }
    }
}

impl From<&Pair> for Role {
    fn from(pair: &Pair) -> Self {
        let [partition, account, name] = pair.role;
        let [of, at, provider] = pair.provider;
        Self {
            role_arn: format!("arn:{partition}:iam::{account}:role/{name}"),
            provider_arn: format!("arn:{of}:iam::{at}:saml-provider/{provider}"),
        }
    }
}

impl Roles {
    pub(super) fn list(self) -> Vec<Role> {
        match self {
            Self::These(pairs) => pairs.iter().map(Role::from).collect(),
            Self::TwoHundred => (0..40_u64)
                .map(|account| (210_000_000_017 + account * 1_111_111_117).to_string())
                .flat_map(|account| {
                    NAMES.map(|name| Role {
                        role_arn: format!("arn:aws:iam::{account}:role/{name}"),
                        provider_arn: format!("arn:aws:iam::{account}:saml-provider/{PROVIDER}"),
                    })
                })
                .collect(),
        }
    }
}

/// The global sign-in of the commercial partition.
pub(super) const GLOBAL: Acs = Acs { region: None, host: "signin.aws.amazon.com", path: "/saml" };

/// A provider that is set up right.
pub(super) const RIGHT: Sent = Sent {
    display_name: "Jane Doe",
    name_id: Some("jane.doe@example.com"),
    session_name: Some("jane.doe@example.com"),
    session_duration: "28800",
    source_identity: None,
    tags: &[],
    numbered_tags: 0,
    groups: 0,
    role_attribute: "https://aws.amazon.com/SAML/Attributes/Role",
    role_value: RoleValue::Pair,
    issuer: None,
    outer_issuer: None,
    audience: Audience::OfShape,
    recipient: None,
    issued_after: 0,
    confirmed_for: None,
    session_for: None,
    password_only: false,
    refused: None,
    encrypted: false,
    signing: Signing::Known,
    url_safe: false,
};

/// moto keeps what unsigned calls assume in this account; elsewhere its `GetCallerIdentity` knows no session.
pub(super) const MOTO: &str = "123456789012";
pub(super) const FIRST: &str = "111122223333";
pub(super) const SECOND: &str = "444455556666";
pub(super) const PROVIDER: &str = "Sandbox";
const NAMES: [&str; 5] = ["Admin", "Auditor", "Billing", "Developer", "ReadOnly"];
