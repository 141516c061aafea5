//! The people who can sign in, and what each of them proves.

use super::Shape;
use super::mistakes::{OF_AWS, OF_PROVIDERS};
use super::people::PEOPLE;
use super::sheet::{Acs, RIGHT, RoleValue, Sent, Sheet, Signing};

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
    /// An app role of Entra that is assigned to nobody: the value of `Role` is empty.
    EmptyRole,
    /// A semicolon between the two ARNs.
    Semicolon,
    /// Roles in an attribute that is not AWS's.
    PlainRole,
    /// A guest of an Entra tenant: `#EXT#` in the session name.
    Guest,
    /// A session name with a space.
    DisplayName,
    /// A session name of more than 64 characters.
    LongName,
    /// No session name.
    NoSessionName,
    /// An audience that is not AWS's.
    WrongAudience,
    /// The audience of AWS with Entra's `#1` behind it.
    AudienceSuffix,
    /// No audience at all.
    NoAudience,
    /// A recipient that is not AWS's.
    WrongRecipient,
    /// No recipient.
    NoRecipient,
    /// A recipient that is another sign-in URL of AWS than the one it is posted to.
    OtherRecipient,
    /// No `NameID`.
    NoNameId,
    /// A `NameID` without text.
    EmptyNameId,
    /// A source identity with a space.
    SourceName,
    /// A source identity of more than 64 characters.
    LongSource,
    /// A session tag whose value is too long.
    LongTag,
    /// A session tag with two values.
    ManyValues,
    /// A session tag with a character that tags cannot have.
    TagCharacters,
    /// Sixty session tags.
    ManyTags,
    /// A `SessionDuration` above twelve hours.
    WholeDay,
    /// A `SessionDuration` of fifteen minutes, which AWS takes.
    QuarterHour,
    /// An assertion that lived for a minute, half a minute ago.
    ShortLife,
    /// A response that waited for ten minutes and has not ended.
    Waited,
    /// An identity provider whose clock is ten minutes ahead.
    FastClock,
    /// A session of the identity provider that is over.
    SessionOver,
    /// Nothing is signed.
    Unsigned,
    /// Base64 with the letters of addresses, which AWS's page does not take.
    UrlSafe,
    /// A broker in front: the response has its issuer, the assertion another.
    Broker,
    /// The XML was indented after it was signed.
    Indented,
    /// So many groups that STS does not take the response.
    ManyGroups,
    /// A role's ARN without the provider's.
    RoleAlone,
    /// The identity provider refused.
    Declined,
    /// An encrypted assertion that AWS has no key for.
    EncryptedForNobody,
    /// A GovCloud role, sent to the commercial sign-in.
    GovByCommercial,
    /// Signed with a key that is not in the metadata at AWS.
    NewCertificate,
    /// An issuer that is not the one in the metadata at AWS.
    OtherTenant,
    /// A provider that does not exist.
    NoProvider,
    /// A role that does not exist.
    MissingRole,
    /// A role that trusts another provider.
    OtherPrincipal,
    /// A role and a provider of different accounts.
    ForeignProvider,
    /// Session tags for a role that does not allow them.
    NoTagSession,
    /// A source identity for a role that does not allow it.
    NoSourceIdentity,
    /// A password alone for a role that wants the tag of MFA.
    MfaWanted,
    /// A regional sign-in for a role that allows the global one.
    GlobalOnly,
    /// A sign-in in a region that the account has not activated.
    DisabledRegion,
    /// A role and a provider of different partitions, which the pair cannot be.
    TwoPartitions,
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
}

impl Persona {
    /// Every persona, in the order of the login page.
    pub const ALL: [Self; COUNT] = {
        let mut all = [Self::OneRole; COUNT];
        let mut next = 0;
        let mut group = 0;
        while group < GROUPS.len() {
            let mut row = 0;
            while row < GROUPS[group].1.len() {
                all[next] = GROUPS[group].1[row].persona;
                next += 1;
                row += 1;
            }
            group += 1;
        }
        all
    };

    /// The personas in the groups of the login page, each with its title.
    pub fn groups() -> impl Iterator<Item = (&'static str, Vec<Self>)> {
        GROUPS.iter().map(|(title, sheets)| (*title, sheets.iter().map(|sheet| sheet.persona).collect()))
    }

    /// The name in URLs and ids; the login page's button has the id `persona-SLUG`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.sheet().slug
    }

    /// The persona of this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|persona| persona.slug() == slug)
    }

    /// The few words on the button.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.sheet().title
    }

    /// One line: what is set up, and what comes of it.
    #[must_use]
    pub fn line(self) -> &'static str {
        self.sheet().line
    }

    /// How this persona's provider writes a response, unless the URL asks for another shape.
    #[must_use]
    pub fn shape(self) -> Shape {
        self.sheet().shape
    }

    /// The roles that AWS sees in the response, in its order.
    #[must_use]
    pub fn roles(self) -> Vec<Role> {
        let sent = self.sent();
        let is_hidden = sent.encrypted && !self.sheet().acs.path.starts_with("/saml/acs/");
        if sent.role_attribute != RIGHT.role_attribute
            || sent.role_value != RoleValue::Pair
            || sent.refused.is_some()
            || is_hidden
        {
            return Vec::new();
        }
        self.granted()
    }

    /// The roles in the attribute, whatever its name.
    pub(crate) fn granted(self) -> Vec<Role> {
        self.sheet().roles.list()
    }

    /// Where the response is posted to; `region` takes the place of the persona's own.
    #[must_use]
    pub fn acs(self, region: Option<&str>) -> String {
        let Acs { region: own, host, path } = self.sheet().acs;
        match region.or(own) {
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

    /// The subject's `NameID`; empty if there is none.
    #[must_use]
    pub fn name_id(self) -> &'static str {
        self.sent().name_id.unwrap_or_default()
    }

    /// The `RoleSessionName`; empty if there is none.
    #[must_use]
    pub fn session_name(self) -> &'static str {
        self.sent().session_name.unwrap_or_default()
    }

    /// The person's name.
    #[must_use]
    pub fn display_name(self) -> &'static str {
        self.sent().display_name
    }

    /// Whether the provider signs with a key that AWS has not seen.
    pub(crate) fn signs_anew(self) -> bool {
        self.sent().signing == Signing::Renewed
    }

    /// What the identity provider is set to send.
    pub(crate) fn sent(self) -> &'static Sent {
        &self.sheet().sent
    }

    fn sheet(self) -> &'static Sheet {
        let mut sheets = GROUPS.iter().flat_map(|(_, sheets)| sheets.iter());
        sheets.find(|sheet| sheet.persona == self).unwrap_or(&GROUPS[0].1[0])
    }
}

/// The groups of the login page.
static GROUPS: [(&str, &[Sheet]); 3] =
    [("People", &PEOPLE), ("Mistakes at the identity provider", &OF_PROVIDERS), ("Mistakes at AWS", &OF_AWS)];

const COUNT: usize = PEOPLE.len() + OF_PROVIDERS.len() + OF_AWS.len();

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
        let all: HashSet<_> = Persona::ALL.into_iter().collect();
        assert_eq!(all.len(), Persona::ALL.len(), "each has one sheet");
    }
}
