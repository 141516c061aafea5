//! Mistakes of real life, one a persona: a setting of the identity provider here, or of AWS (see `aws/account.rs`, which knows the
//! roles, the provider and the account by their names).

use super::sheet::{
    Acs, Audience, FIRST, GLOBAL, PROVIDER, Pair, RIGHT, RoleValue, Roles, SECOND, Sent, Sheet, Signing,
};
use super::{Persona, Shape};

/// One whose identity provider is set up wrong: the role and the rest are right.
const fn provider(
    persona: Persona,
    slug: &'static str,
    title: &'static str,
    line: &'static str,
    shape: Shape,
    sent: Sent,
) -> Sheet {
    const DEVELOPER: Roles = Roles::These(&[Pair::first("Developer")]);
    Sheet { persona, slug, title, line, shape, acs: GLOBAL, roles: DEVELOPER, sent }
}

/// One whose AWS account is set up wrong for what the identity provider sends.
const fn account(
    persona: Persona,
    slug: &'static str,
    title: &'static str,
    line: &'static str,
    roles: &'static [Pair],
    sent: Sent,
) -> Sheet {
    Sheet { persona, slug, title, line, shape: Shape::Entra, acs: GLOBAL, roles: Roles::These(roles), sent }
}

/// What identity providers are set up wrong in.
pub(super) const OF_PROVIDERS: [Sheet; 36] = [
    provider(
        Persona::Guest,
        "guest",
        "Guest of the tenant",
        "RoleSessionName is the guest's user principal name, which has #EXT# in it",
        Shape::Entra,
        Sent { session_name: Some("ada_example.com#EXT#@northwind.onmicrosoft.com"), ..RIGHT },
    ),
    provider(
        Persona::DisplayName,
        "display-name",
        "Display name for a session name",
        "RoleSessionName is the display name, which has a space in it",
        Shape::Entra,
        Sent { session_name: Some("Jane Doe"), ..RIGHT },
    ),
    provider(
        Persona::LongName,
        "long-name",
        "Long login",
        "RoleSessionName is a login of more than 64 characters",
        Shape::Okta,
        Sent {
            session_name: Some(
                "maximiliane.von-hohenlohe-waldenburg-schillingsfuerst@subsidiary.example.com",
            ),
            ..RIGHT
        },
    ),
    provider(
        Persona::NoSessionName,
        "no-session-name",
        "No session name",
        "The claim rule for RoleSessionName is missing",
        Shape::AdFs,
        Sent { session_name: None, ..RIGHT },
    ),
    provider(
        Persona::WrongAudience,
        "wrong-audience",
        "Another audience",
        "The Identifier of the enterprise application is not AWS's",
        Shape::Entra,
        Sent { audience: Audience::Text("https://aws.northwind.example.com"), ..RIGHT },
    ),
    provider(
        Persona::AudienceSuffix,
        "audience-suffix",
        "Audience with #1",
        "The Identifier's #1 of a second application reaches AWS",
        Shape::Okta,
        Sent { audience: Audience::Text("https://signin.aws.amazon.com/saml#1"), ..RIGHT },
    ),
    provider(
        Persona::NoAudience,
        "no-audience",
        "No audience",
        "The response restricts itself to no audience",
        Shape::Keycloak,
        Sent { audience: Audience::Missing, ..RIGHT },
    ),
    provider(
        Persona::WrongRecipient,
        "wrong-recipient",
        "Another recipient",
        "The Recipient URL is that of a portal in front of AWS",
        Shape::Okta,
        Sent { recipient: Some("https://portal.northwind.example.com/saml/acs"), ..RIGHT },
    ),
    provider(
        Persona::NoRecipient,
        "no-recipient",
        "No recipient",
        "The confirmation of the subject has no Recipient",
        Shape::Ns0,
        Sent { recipient: Some(""), ..RIGHT },
    ),
    provider(
        Persona::NoNameId,
        "no-name-id",
        "No NameID",
        "The claim rule for the NameID is missing",
        Shape::AdFs,
        Sent { name_id: None, ..RIGHT },
    ),
    provider(
        Persona::EmptyNameId,
        "empty-name-id",
        "Empty NameID",
        "The NameID is the mail address of someone who has none",
        Shape::Entra,
        Sent { name_id: Some(""), ..RIGHT },
    ),
    provider(
        Persona::SourceName,
        "source-name",
        "Display name for a source identity",
        "SourceIdentity has a space in it",
        Shape::Okta,
        Sent { source_identity: Some("Jane Doe"), ..RIGHT },
    ),
    provider(
        Persona::LongSource,
        "long-source",
        "Long source identity",
        "SourceIdentity is a login of more than 64 characters",
        Shape::Okta,
        Sent {
            source_identity: Some(
                "maximiliane.von-hohenlohe-waldenburg-schillingsfuerst@subsidiary.example.com",
            ),
            ..RIGHT
        },
    ),
    provider(
        Persona::LongTag,
        "long-tag",
        "All teams in one tag",
        "The value of a session tag has more than 256 characters",
        Shape::Keycloak,
        Sent { tags: &[("teams", &[TEAMS])], ..RIGHT },
    ),
    provider(
        Persona::ManyValues,
        "many-values",
        "Several departments",
        "A session tag has two values",
        Shape::Okta,
        Sent { tags: &[("Department", &["Engineering", "Marketing"])], ..RIGHT },
    ),
    provider(
        Persona::TagCharacters,
        "tag-characters",
        "R&D",
        "The value of a session tag has a character that tags cannot have",
        Shape::Entra,
        Sent { tags: &[("Department", &["R&D"])], ..RIGHT },
    ),
    provider(
        Persona::ManyTags,
        "many-tags",
        "Every group a tag",
        "Sixty session tags, more than a session holds",
        Shape::Keycloak,
        Sent { numbered_tags: 60, ..RIGHT },
    ),
    provider(
        Persona::WholeDay,
        "whole-day",
        "A day's session",
        "SessionDuration is 86400, twice what AWS takes",
        Shape::Entra,
        Sent { session_duration: "86400", ..RIGHT },
    ),
    provider(
        Persona::QuarterHour,
        "quarter-hour",
        "Fifteen minutes",
        "SessionDuration is the 900 of Entra's template: AWS takes it, the session is short",
        Shape::Entra,
        Sent { session_duration: "900", ..RIGHT },
    ),
    provider(
        Persona::ShortLife,
        "short-life",
        "A minute's assertion",
        "Keycloak's assertion lives for one minute, and the page stayed open for longer",
        Shape::Keycloak,
        Sent { issued_after: -90, confirmed_for: Some(60), ..RIGHT },
    ),
    provider(
        Persona::Waited,
        "waited",
        "Waited on the page",
        "AWS's role page stayed open for ten minutes before the choice",
        Shape::Entra,
        Sent { issued_after: -600, ..RIGHT },
    ),
    provider(
        Persona::FastClock,
        "fast-clock",
        "Clock ahead",
        "The clock of the identity provider is ten minutes ahead",
        Shape::AdFs,
        Sent { issued_after: 600, ..RIGHT },
    ),
    provider(
        Persona::SessionOver,
        "session-over",
        "Session over",
        "SessionNotOnOrAfter, the end of the provider's own session, has passed",
        Shape::Keycloak,
        Sent { issued_after: -30, session_for: Some(10), ..RIGHT },
    ),
    provider(
        Persona::Unsigned,
        "unsigned",
        "Unsigned",
        "Signing is switched off",
        Shape::Keycloak,
        Sent { signing: Signing::Nothing, ..RIGHT },
    ),
    provider(
        Persona::Indented,
        "indented",
        "Indented on the way",
        "Something between the provider and AWS lays the XML out anew",
        Shape::Ns0,
        Sent { signing: Signing::ThenIndented, ..RIGHT },
    ),
    provider(
        Persona::UrlSafe,
        "url-safe",
        "Base64 of addresses",
        "The base64 has - and _ in it: AWS's page refuses it, STS gets it in the right letters",
        Shape::Ns0,
        Sent { url_safe: true, ..RIGHT },
    ),
    provider(
        Persona::Broker,
        "broker",
        "Broker in front",
        "The response is the broker's, the assertion in it that of another provider",
        Shape::Keycloak,
        Sent {
            issuer: Some("https://idp.northwind.example.com/saml"),
            outer_issuer: Some(Shape::KEYCLOAK),
            ..RIGHT
        },
    ),
    provider(
        Persona::ManyGroups,
        "many-groups",
        "Every group a claim",
        "Fourteen hundred groups: more than the 100,000 characters that STS takes",
        Shape::AdFs,
        Sent { groups: 1400, ..RIGHT },
    ),
    provider(
        Persona::RoleAlone,
        "role-alone",
        "Role without provider",
        "The value of the app role is the role's ARN alone",
        Shape::Entra,
        Sent { role_value: RoleValue::Alone, ..RIGHT },
    ),
    provider(
        Persona::EmptyRole,
        "empty-role",
        "Nothing assigned",
        "The attribute Role is there and its value is empty",
        Shape::Entra,
        Sent { role_value: RoleValue::Empty, ..RIGHT },
    ),
    provider(
        Persona::Semicolon,
        "semicolon",
        "Semicolon",
        "The two ARNs of the role's value have a semicolon between them",
        Shape::Okta,
        Sent { role_value: RoleValue::Semicolon, ..RIGHT },
    ),
    provider(
        Persona::PlainRole,
        "plain-role",
        "Attribute of its own name",
        "The roles stand in an attribute that is called roles",
        Shape::Keycloak,
        Sent { role_attribute: "roles", ..RIGHT },
    ),
    provider(
        Persona::Declined,
        "declined",
        "Refused by the provider",
        "The provider answers with a status that is not Success",
        Shape::AdFs,
        Sent { refused: Some("urn:oasis:names:tc:SAML:2.0:status:RequestDenied"), ..RIGHT },
    ),
    provider(
        Persona::EncryptedForNobody,
        "encrypted-for-nobody",
        "Encrypted, to the plain URL",
        "The assertion is encrypted and AWS has no key for it",
        Shape::Entra,
        Sent { encrypted: true, ..RIGHT },
    ),
    Sheet {
        acs: Acs { region: Some("eu-central-1"), ..GLOBAL },
        roles: Roles::These(&[Pair::first("RegionalSignInOnly")]),
        ..provider(
            Persona::OtherRecipient,
            "other-recipient",
            "Global recipient, regional URL",
            "It is posted to a regional URL, Recipient still names the global one, and the trust policy does not",
            Shape::Okta,
            Sent { recipient: Some("https://signin.aws.amazon.com/saml"), ..RIGHT },
        )
    },
    Sheet {
        roles: Roles::These(&[Pair::of("aws-us-gov", FIRST, "Developer")]),
        ..provider(
            Persona::GovByCommercial,
            "gov-by-commercial",
            "GovCloud role, commercial URLs",
            "Identifier and Reply URL are those of the commercial regions",
            Shape::Entra,
            RIGHT,
        )
    },
];

/// What is wrong at AWS, or does not fit what the identity provider sends.
pub(super) const OF_AWS: [Sheet; 12] = [
    account(
        Persona::NewCertificate,
        "new-certificate",
        "New certificate",
        "Entra signs with its next certificate; the metadata at AWS has the one before",
        &[Pair::first("Developer")],
        Sent { signing: Signing::Renewed, ..RIGHT },
    ),
    account(
        Persona::OtherTenant,
        "other-tenant",
        "Another tenant",
        "The metadata at AWS is that of another tenant",
        &[Pair::first("Developer")],
        Sent { issuer: Some("https://sts.windows.net/f3d0cf26-2d5c-4b0e-8f6c-0f0c3f5a8f11/"), ..RIGHT },
    ),
    account(
        Persona::NoProvider,
        "no-provider",
        "Provider misspelled",
        "There is no identity provider of this name in the account",
        &[Pair::first("Developer").by(["aws", FIRST, "Sandbax"])],
        RIGHT,
    ),
    account(
        Persona::MissingRole,
        "missing-role",
        "Role misspelled",
        "There is no role of this name in the account",
        &[Pair::first("Developper")],
        RIGHT,
    ),
    account(
        Persona::OtherPrincipal,
        "other-principal",
        "Role of another provider",
        "The role's trust policy names another identity provider",
        &[Pair::first("TrustsOkta")],
        RIGHT,
    ),
    account(
        Persona::ForeignProvider,
        "foreign-provider",
        "Provider of another account",
        "Role and identity provider are in different accounts",
        &[Pair::first("Developer").by(["aws", SECOND, PROVIDER])],
        RIGHT,
    ),
    account(
        Persona::NoTagSession,
        "no-tag-session",
        "Tags not allowed",
        "A session tag is sent, and the trust policy lacks sts:TagSession",
        &[Pair::first("WithoutTagSession")],
        Sent { tags: &[("Team", &["platform"])], ..RIGHT },
    ),
    account(
        Persona::NoSourceIdentity,
        "no-source-identity",
        "Source identity not allowed",
        "SourceIdentity is sent, and the trust policy lacks sts:SetSourceIdentity",
        &[Pair::first("WithoutSetSourceIdentity")],
        Sent { source_identity: Some("jane.doe@example.com"), ..RIGHT },
    ),
    account(
        Persona::MfaWanted,
        "mfa-wanted",
        "MFA wanted",
        "The trust policy wants the tag of a sign-in with MFA; it was a password alone",
        &[Pair::first("WithMfa")],
        Sent { password_only: true, ..RIGHT },
    ),
    Sheet {
        acs: Acs { region: Some("eu-central-1"), ..GLOBAL },
        ..account(
            Persona::GlobalOnly,
            "global-only",
            "Only the global URL",
            "The sign-in is regional, and SAML:aud of the trust policy names the global URL alone",
            &[Pair::first("GlobalSignInOnly")],
            RIGHT,
        )
    },
    Sheet {
        acs: Acs { region: Some("me-central-1"), ..GLOBAL },
        ..account(
            Persona::DisabledRegion,
            "disabled-region",
            "Region not activated",
            "The sign-in is in a region that the account has not activated",
            &[Pair::of("aws", "777788889999", "Developer")],
            RIGHT,
        )
    },
    account(
        Persona::TwoPartitions,
        "two-partitions",
        "Two partitions in a pair",
        "The role is one of GovCloud, its identity provider is not",
        &[Pair::of("aws-us-gov", FIRST, "Developer").by(["aws", FIRST, PROVIDER])],
        RIGHT,
    ),
];

/// 300 characters.
const TEAMS: &str = "platform-engineering:data-engineering:identity-and-access:site-reliability:payments:\
    mobile-applications:customer-support:finance-and-controlling:legal-and-compliance:people-and-culture:\
    procurement:research:security-operations:network-operations:quality-assurance:developer-experience:\
    workplace-services";
