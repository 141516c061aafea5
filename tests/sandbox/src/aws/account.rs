//! What the accounts at AWS are set to: their identity providers, their roles and the trust policies of these, and where STS is active.
//! All of it is data; whatever is not in a table here is set up right.

use crate::hosts::Partition;

/// A role in IAM.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    /// Seconds.
    pub(crate) max_session: i64,
    pub(crate) trust: Trust,
}

/// A trust policy: one statement that allows what it names to whom it names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trust {
    /// The name of the identity provider that is its principal; the role's account is the provider's.
    pub(crate) provider: Principal,
    pub(crate) actions: &'static [&'static str],
    /// What `SAML:aud` may be.
    pub(crate) recipients: Recipients,
    /// What `aws:RequestTag/KEY` has to be.
    pub(crate) tags: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Principal {
    /// Any provider of the role's account.
    OfTheAccount,
    Named(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Recipients {
    /// The global sign-in URL and all regional ones, as AWS advises.
    All,
    /// The global one of the commercial partition.
    Global,
    /// The regional ones.
    Regional,
}

/// The role with this ARN; `None` if its account has none.
pub(crate) fn role(arn: &str) -> Option<Role> {
    let name = arn.rsplit('/').next().unwrap_or_default();
    if MISSING_ROLES.contains(&name) {
        return None;
    }
    let of_table = ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role);
    let max_session = if name.contains("Long") { 43_200 } else { RIGHT.max_session };
    Some(of_table.unwrap_or(Role { max_session, ..RIGHT }))
}

/// Whether the account has this identity provider, in this partition.
pub(crate) fn has_provider(arn: &str, partition: &Partition) -> bool {
    arn.split(':').nth(1) == Some(partition.id)
        && !MISSING_PROVIDERS.contains(&arn.rsplit('/').next().unwrap_or_default())
}

/// Whether the account has STS active in the region. Regions that an account has to opt in to are not, in this one.
pub(crate) fn is_active(account: &str, region: Option<&str>) -> bool {
    account != PASSIVE || !region.is_some_and(|region| OPT_IN.contains(&region))
}

impl Trust {
    /// Whether the statement allows the action.
    pub(crate) fn allows(&self, action: &str) -> bool {
        self.actions.contains(&action)
    }

    /// Whether the provider is the statement's principal.
    pub(crate) fn is_for(&self, role_arn: &str, provider_arn: &str) -> bool {
        let account = |arn: &str| arn.split(':').nth(4).map(str::to_owned);
        let name = provider_arn.rsplit('/').next().unwrap_or_default();
        let is_named = match self.provider {
            Principal::OfTheAccount => true,
            Principal::Named(wanted) => wanted == name,
        };
        account(role_arn) == account(provider_arn) && is_named
    }

    /// Whether the condition on `SAML:aud` is met by this recipient.
    pub(crate) fn takes_recipient(&self, recipient: &str, partition: &Partition) -> bool {
        match self.recipients {
            Recipients::All => partition.is_acs(recipient),
            Recipients::Global => recipient == GLOBAL,
            Recipients::Regional => partition.is_acs(recipient) && recipient != GLOBAL,
        }
    }
}

/// As IAM's console makes it, with all that a SAML sign-in may need.
const RIGHT: Role = Role {
    max_session: 3600,
    trust: Trust {
        provider: Principal::OfTheAccount,
        actions: &["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"],
        recipients: Recipients::All,
        tags: &[],
    },
};

/// Roles whose trust policy differs, by name.
const ROLES: &[(&str, Role)] = &[
    ("TrustsOkta", of(Trust { provider: Principal::Named("Okta"), ..RIGHT.trust })),
    (
        "WithoutTagSession",
        of(Trust { actions: &["sts:AssumeRoleWithSAML", "sts:SetSourceIdentity"], ..RIGHT.trust }),
    ),
    (
        "WithoutSetSourceIdentity",
        of(Trust { actions: &["sts:AssumeRoleWithSAML", "sts:TagSession"], ..RIGHT.trust }),
    ),
    ("WithMfa", of(Trust { tags: &[("mfa", "true")], ..RIGHT.trust })),
    ("RegionalSignInOnly", of(Trust { recipients: Recipients::Regional, ..RIGHT.trust })),
    ("GlobalSignInOnly", of(Trust { recipients: Recipients::Global, ..RIGHT.trust })),
];

const fn of(trust: Trust) -> Role {
    Role { trust, ..RIGHT }
}

const GLOBAL: &str = "https://signin.aws.amazon.com/saml";

/// Roles that no account has.
const MISSING_ROLES: &[&str] = &["Developper"];

/// Identity providers that no account has.
const MISSING_PROVIDERS: &[&str] = &["Sandbax"];

/// The account that has activated no region beyond those that are active from the start.
const PASSIVE: &str = "777788889999";

/// Regions that an account opts in to (AWS General Reference, "AWS STS endpoints and Regions").
const OPT_IN: &[&str] =
    &["af-south-1", "ap-east-1", "ap-south-2", "eu-central-2", "eu-south-1", "me-central-1", "me-south-1"];
