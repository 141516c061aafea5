//! The rules of the audit room itself, in the order of the registry.

use proptest::prelude::*;
use rolecall::audit::{Metadata, ServerClock};

use crate::sample::{Beside, Change, ISSUED, Row, audited, codes, same};

const fn row(code: &'static str, raised_by: &'static [Change], silent_for: &'static [Change]) -> Row {
    Row { code, raised_by, beside: same, silent_for, silent_beside: same }
}

const fn known(code: &'static str, beside: fn(&mut Beside), silent_beside: fn(&mut Beside)) -> Row {
    Row { code, raised_by: &[], beside, silent_for: &[], silent_beside }
}

const RECIPIENT: &str = "Recipient=\"https://signin.aws.amazon.com/saml\"";
const AUDIENCE: &str = ">urn:amazon:webservices<";
const ROLE: &str = ">arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp<";
const NAME_ID: &str =
    "<a:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">ada</a:NameID>";
const CONFIRMATION: &str = "<a:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><a:SubjectConfirmationData NotOnOrAfter=\"2026-09-21T14:18:20Z\" Recipient=\"https://signin.aws.amazon.com/saml\"/></a:SubjectConfirmation>";
const MORE: &str = "</a:AttributeStatement>";
const SESSION_NAME: &str = ">ada@example.com<";
const DURATION: &str = ">28800<";
const MFA: &str = "https://refeds.org/profile/mfa";
const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const SESSION: &str = "SessionIndex=\"_s\"";
const ASSERTION: &str = "<a:Assertion ID=\"_a\"";

pub(crate) const ROWS: &[Row] = &[
    row(
        "saml.no_status",
        &[("<p:Status><p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></p:Status>", "")],
        &[],
    ),
    row("saml.wrong_version", &[("Version=\"2.0\"", "Version=\"1.1\"")], &[]),
    row(
        "saml.bad_time",
        &[("NotBefore=\"2026-09-21T14:08:20Z\"", "NotBefore=\"yesterday\"")],
        &[("T14:08:20Z", "T14:08:20.123Z")],
    ),
    row(
        "saml.no_issuer",
        &[(
            "IssueInstant=\"2026-09-21T14:13:20Z\"><a:Issuer>https://idp.example.com/metadata</a:Issuer>",
            "IssueInstant=\"2026-09-21T14:13:20Z\">",
        )],
        &[],
    ),
    row(
        "saml.issuers_differ",
        &[("<a:Issuer>https://idp.example.com/metadata<", "<a:Issuer>https://other.example.com/<")],
        &[("<a:Issuer>https://idp.example.com/metadata</a:Issuer><p:", "<p:")],
    ),
    known("saml.issued_in_future", |beside| beside.age = -31, |beside| beside.age = -30),
    known("saml.expired", |beside| beside.age = 300, |beside| beside.age = 299),
    known("saml.not_yet_valid", |beside| beside.age = -301, |beside| beside.age = -300),
    row("saml.short_life", &[("14:18:20", "14:14:20")], &[("14:18:20", "14:15:20")]),
    row(
        "aws.no_mfa",
        &[
            (MFA, PASSWORD),
            (
                MORE,
                "<a:Attribute Name=\"http://schemas.microsoft.com/claims/authnmethodsreferences\"><a:AttributeValue>http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password</a:AttributeValue></a:Attribute></a:AttributeStatement>",
            ),
        ],
        &[
            (MFA, PASSWORD),
            (
                MORE,
                "<a:Attribute Name=\"http://schemas.microsoft.com/claims/authnmethodsreferences\"><a:AttributeValue>http://schemas.microsoft.com/claims/multipleauthn</a:AttributeValue></a:Attribute></a:AttributeStatement>",
            ),
        ],
    ),
    row("aws.mfa_unsaid", &[(MFA, PASSWORD)], &[]),
    row(
        "saml.old_sign_in",
        &[("AuthnInstant=\"2026-09-21T14:01:20Z\"", "AuthnInstant=\"2026-09-21T02:13:20Z\"")],
        &[("AuthnInstant=\"2026-09-21T14:01:20Z\"", "AuthnInstant=\"2026-09-21T02:13:21Z\"")],
    ),
    row(
        "saml.device_not_compliant",
        &[(
            MORE,
            "<a:Attribute Name=\"http://schemas.microsoft.com/2014/09/devicecontext/claims/iscompliant\"><a:AttributeValue>false</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
        &[(
            MORE,
            "<a:Attribute Name=\"http://schemas.microsoft.com/2014/09/devicecontext/claims/iscompliant\"><a:AttributeValue>true</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row(
        "saml.group_overage",
        &[(
            MORE,
            "<a:Attribute Name=\"http://schemas.microsoft.com/claims/groups.link\"><a:AttributeValue>https://graph.windows.net/t/users/u/getMemberObjects</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
        &[(
            MORE,
            "<a:Attribute Name=\"http://schemas.microsoft.com/ws/2008/06/identity/claims/groups\"><a:AttributeValue>g</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row("aws.no_confirmation", &[(CONFIRMATION, "")], &[]),
    row(
        "aws.several_confirmations",
        &[(
            "</a:Subject>",
            "<a:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"/></a:Subject>",
        )],
        &[],
    ),
    row("aws.not_bearer", &[("cm:bearer", "cm:holder-of-key")], &[]),
    row("aws.no_confirmation_end", &[("NotOnOrAfter=\"2026-09-21T14:18:20Z\" ", "")], &[]),
    row("aws.no_recipient", &[(RECIPIENT, "")], &[(CONFIRMATION, "")]),
    row(
        "aws.recipient_not_aws",
        &[(RECIPIENT, "Recipient=\"http://signin.aws.amazon.com/saml\"")],
        &[(RECIPIENT, "Recipient=\"https://us-east-2.signin.aws.amazon.com/saml\"")],
    ),
    row(
        "aws.recipient_other_endpoint",
        &[(RECIPIENT, "Recipient=\"https://eu-west-1.signin.aws.amazon.com/saml\"")],
        &[(RECIPIENT, "Recipient=\"https://signin.aws.amazon.com/saml/\"")],
    ),
    row(
        "aws.recipient_other_partition",
        &[(RECIPIENT, "Recipient=\"https://signin.amazonaws-us-gov.com/saml\"")],
        &[],
    ),
    row(
        "aws.regional_recipient",
        &[(RECIPIENT, "Recipient=\"https://eu-west-1.signin.aws.amazon.com/saml\"")],
        &[],
    ),
    known(
        "aws.other_partition_host",
        |beside| beside.url = Some("https://signin.amazonaws.cn/saml"),
        |beside| beside.url = Some("https://eu-west-1.signin.aws.amazon.com/saml"),
    ),
    row(
        "aws.destination_differs",
        &[(
            "Destination=\"https://signin.aws.amazon.com/saml\"",
            "Destination=\"https://eu-west-1.signin.aws.amazon.com/saml\"",
        )],
        &[(
            "Destination=\"https://signin.aws.amazon.com/saml\"",
            "Destination=\"https://signin.aws.amazon.com/saml/\"",
        )],
    ),
    row(
        "aws.no_audience",
        &[(
            "<a:AudienceRestriction><a:Audience>urn:amazon:webservices</a:Audience></a:AudienceRestriction>",
            "",
        )],
        &[],
    ),
    row(
        "aws.wrong_audience",
        &[(AUDIENCE, ">https://app.example.com<")],
        &[(AUDIENCE, ">https://signin.aws.amazon.com/saml<")],
    ),
    row(
        "aws.audience_suffix",
        &[(AUDIENCE, ">https://signin.aws.amazon.com/saml#2<")],
        &[(AUDIENCE, ">https://signin.aws.amazon.com/saml<")],
    ),
    row(
        "aws.audience_other_partition",
        &[(AUDIENCE, ">urn:amazon:webservices:govcloud<")],
        &[(AUDIENCE, ">urn:amazon:webservices:govcloud</a:Audience><a:Audience>urn:amazon:webservices<")],
    ),
    row("aws.no_name_id", &[(NAME_ID, "")], &[(NAME_ID, "<a:EncryptedID/>")]),
    row("aws.empty_name_id", &[(">ada<", "> <")], &[]),
    row("aws.transient_name_id", &[("nameid-format:persistent", "nameid-format:transient")], &[]),
    row(
        "aws.name_id_format",
        &[("SAML:2.0:nameid-format:persistent", "SAML:2.0:nameid-format:emailAddress")],
        &[("SAML:2.0:nameid-format:persistent", "SAML:1.1:nameid-format:emailAddress")],
    ),
    row("aws.encrypted_plain_endpoint", &[(ASSERTION, "<a:EncryptedAssertion/><a:Assertion ID=\"_a\"")], &[]),
    known(
        "aws.not_encrypted",
        |beside| beside.url = Some("https://signin.aws.amazon.com/saml/acs/SAMLSPPROVIDERID0123456"),
        |beside| beside.url = Some("https://eu-west-1.signin.aws.amazon.com/saml"),
    ),
    known("aws.not_posted", |beside| beside.in_address = true, |beside| beside.url = None),
    row(
        "aws.encryption_algorithm",
        &[(
            ASSERTION,
            "<a:EncryptedAssertion><x:EncryptedData xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\"><x:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#tripledes-cbc\"/></x:EncryptedData></a:EncryptedAssertion><a:Assertion ID=\"_a\"",
        )],
        &[(
            ASSERTION,
            "<a:EncryptedAssertion><x:EncryptedData xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\"><x:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/></x:EncryptedData></a:EncryptedAssertion><a:Assertion ID=\"_a\"",
        )],
    ),
    known(
        "aws.response_too_long",
        |beside| beside.chars = Some(100_001),
        |beside| beside.chars = Some(100_000),
    ),
    known(
        "aws.response_nearly_too_long",
        |beside| beside.chars = Some(90_001),
        |beside| beside.chars = Some(90_000),
    ),
    Row {
        code: "aws.redeem_over",
        raised_by: &[("14:18:20", "15:13:20")],
        beside: |beside| beside.age = 300,
        silent_for: &[("14:18:20", "15:13:20")],
        silent_beside: |beside| beside.age = 299,
    },
    known("aws.redeem_soon", |beside| beside.age = 241, |beside| beside.age = 240),
    known(
        "aws.clock_skew",
        |beside| beside.clocks = vec![clock(31)],
        |beside| beside.clocks = vec![clock(-30)],
    ),
    row(
        "aws.session_over",
        &[(SESSION, "SessionNotOnOrAfter=\"2026-09-21T14:14:20Z\"")],
        &[(SESSION, "SessionNotOnOrAfter=\"2026-09-21T14:14:21Z\"")],
    ),
    row(
        "aws.session_ends_early",
        &[(SESSION, "SessionNotOnOrAfter=\"2026-09-21T22:13:19Z\"")],
        &[(SESSION, "SessionNotOnOrAfter=\"2026-09-21T22:13:20Z\"")],
    ),
    row("aws.session_duration_short", &[(DURATION, ">900<")], &[(DURATION, ">901<")]),
    row("aws.session_duration_range", &[(DURATION, ">43201<")], &[(DURATION, ">8h<")]),
    row(
        "aws.role_without_provider",
        &[(ROLE, ">arn:aws:iam::111122223333:role/Dev<")],
        &[(ROLE, ">Developers<")],
    ),
    row(
        "aws.swapped_role",
        &[(ROLE, ">arn:aws:iam::111122223333:saml-provider/Idp,arn:aws:iam::111122223333:role/Dev<")],
        &[],
    ),
    row("aws.role_spaces", &[("role/Dev,arn", "role/Dev, arn")], &[("role/Dev,arn", "role/De,v,arn")]),
    row(
        "aws.identity_center_role",
        &[("role/Dev,", "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef,")],
        &[("role/Dev,", "role/AWSReservedSSO_Admin,")],
    ),
    row("aws.session_name_length", &[(SESSION_NAME, ">a<")], &[(SESSION_NAME, ">ab<")]),
    row(
        "aws.guest_session_name",
        &[(SESSION_NAME, ">ada_example.com#EXT#@contoso.onmicrosoft.com<")],
        &[(SESSION_NAME, ">Ada Lovelace<")],
    ),
    row(
        "aws.source_identity_length",
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/SourceIdentity\"><a:AttributeValue>a</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/SourceIdentity\"><a:AttributeValue>a b</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row(
        "aws.source_identity_permission",
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/SourceIdentity\"><a:AttributeValue>ada</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
        &[],
    ),
    row(
        "aws.tags_permission",
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>R+D</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
        &[],
    ),
    row(
        "aws.tag_key_length",
        &[(MORE, LONG_KEY)],
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Te*am\"><a:AttributeValue>R+D</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row(
        "aws.tag_value_length",
        &[(MORE, LONG_VALUE)],
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>R*D</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row(
        "aws.reserved_tag",
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:aws:team\"><a:AttributeValue>x</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
        &[(
            MORE,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:awsteam\"><a:AttributeValue>x</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    known(
        "aws.issuer_not_in_metadata",
        |beside| beside.metadata = vec![metadata("https://idp.example.com/metadata/")],
        |beside| beside.metadata = vec![metadata("https://idp.example.com/metadata")],
    ),
    known(
        "aws.metadata_old",
        |beside| beside.metadata = vec![imported(367)],
        |beside| beside.metadata = vec![imported(365)],
    ),
    known(
        "aws.metadata_expires_soon",
        |beside| beside.metadata = vec![valid_for(6)],
        |beside| beside.metadata = vec![valid_for(8)],
    ),
    known(
        "signature.metadata_expired",
        |beside| beside.metadata = vec![valid_for(0)],
        |beside| beside.metadata = vec![valid_for(1)],
    ),
];

/// A key of 129 characters, and a value of 257.
const LONG_KEY: &str = "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\"><a:AttributeValue>x</a:AttributeValue></a:Attribute></a:AttributeStatement>";
const LONG_VALUE: &str = "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv</a:AttributeValue></a:Attribute></a:AttributeStatement>";

fn clock(ahead: i64) -> ServerClock {
    ServerClock {
        host: "sts.eu-west-1.amazonaws.com".to_owned(),
        server: ISSUED,
        browser: ISSUED.plus(ahead),
    }
}

fn metadata(entity_id: &str) -> Metadata {
    Metadata { entity_id: entity_id.to_owned(), valid_until: None, imported: None }
}

fn imported(days_ago: i64) -> Metadata {
    Metadata {
        imported: Some(ISSUED.plus(-86_400 * days_ago)),
        ..metadata("https://idp.example.com/metadata")
    }
}

fn valid_for(days: i64) -> Metadata {
    Metadata {
        valid_until: Some(ISSUED.plus(60 + 86_400 * days)),
        ..metadata("https://idp.example.com/metadata")
    }
}

#[test]
fn nothing_is_said_about_a_response_without_a_fault() {
    assert_eq!(codes(&audited(&[], &Beside::default())), Vec::<&str>::new());
}

#[test]
fn each_rule_is_raised_by_its_case_and_not_by_the_nearest_other() {
    for row in ROWS {
        row.check();
    }
}

#[test]
fn a_response_for_someone_else_breaks_no_rule_of_aws() {
    let changes = [
        ("Destination=\"https://signin.aws.amazon.com/saml\"", "Destination=\"https://app.example.com/acs\""),
        (RECIPIENT, "Recipient=\"https://app.example.com/acs\""),
        (AUDIENCE, ">https://app.example.com<"),
        ("https://aws.amazon.com/SAML/Attributes/Role\"", "groups\""),
        (ROLE, ">Developers<"),
        ("https://aws.amazon.com/SAML/Attributes/RoleSessionName", "mail"),
        ("https://aws.amazon.com/SAML/Attributes/SessionDuration", "duration"),
    ];
    let found = audited(&changes, &Beside { url: None, ..Beside::default() });
    assert_eq!(codes(&found), ["aws.no_role"]);
}

#[test]
fn a_status_that_is_no_success_is_an_error() {
    let changes = [("status:Success", "status:Responder")];
    assert!(codes(&audited(&changes, &Beside::default())).contains(&"saml.status"));
}

proptest! {
    #[test]
    fn no_value_stops_the_audit(role in "\\PC{0,60}", name in "\\PC{0,80}", url in "(https://)?\\PC{0,40}", age in -1_000_000_i64..1_000_000) {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let text = crate::sample::SAMPLE
            .replace("arn:aws:iam::111122223333:role/Dev", &escape(&role))
            .replace("ada@example.com", &escape(&name))
            .replace("Recipient=\"https://signin.aws.amazon.com/saml\"", &format!("Recipient=\"{}\"", escape(&url)));
        let found = crate::sample::audited_text(&text, &Beside { age, ..Beside::default() });
        prop_assert!(found.iter().all(|finding| finding.evidence.iter().all(|one| one.value.chars().count() <= 121)));
        let _ = rolecall::audit::entra_error(&name);
        let _ = rolecall::audit::aws_error(&name);
    }
}
