//! The setup room: every value a product is given, every field that is refused, and each deviation of a sign-in at the step it is about.
#![expect(clippy::unwrap_used, reason = "a test whose own material is wrong has failed")]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rolecall::audit::Product;
use rolecall::capture::{Endpoint, SamlPost, read_pasted};
use rolecall::partition::Partition;
use rolecall::policy::{self, Facts};
use rolecall::setup::{
    Draft, Guide, Known, Plan, ReadError, State, Step, Tick, check_post, guides, product_id,
};
use rolecall::severity::Severity;
use rolecall::time::UnixTime;
use rolecall::{aws, saml};

const ISSUER: &str = "https://idp.example.com/metadata";
const ISSUED: UnixTime = UnixTime::from_seconds(1_790_000_000);
const CERTIFICATE: &str = include_str!("fixtures/signatures/keys/rsa2048.pem");
const OTHER: &str = include_str!("fixtures/signatures/keys/p256.pem");

fn draft() -> Draft {
    Draft {
        product: "keycloak".to_owned(),
        partition: "aws".to_owned(),
        account: "1111 2222 3333".to_owned(),
        provider: "Idp".to_owned(),
        role: "Dev".to_owned(),
        ..Draft::default()
    }
}

fn plan(change: impl FnOnce(&mut Draft)) -> Plan {
    let mut draft = draft();
    change(&mut draft);
    Plan::parse(&draft).unwrap()
}

fn guide(plan: &Plan, step: Step) -> Guide {
    guides(plan, None).into_iter().find(|guide| guide.step == step.id()).unwrap()
}

fn values<'a>(guide: &'a Guide, label: &str) -> Vec<&'a str> {
    guide.fields.iter().filter(|field| field.label == label).map(|field| field.value.as_str()).collect()
}

/// A response as the sandbox of the audit's tests has it; `attributes` stand behind the three of the plan.
struct Sent {
    audience: String,
    recipient: String,
    issuer: String,
    role: String,
    status: &'static str,
    attributes: String,
    signature: String,
}

impl Default for Sent {
    fn default() -> Self {
        Self {
            audience: "urn:amazon:webservices".to_owned(),
            recipient: "https://signin.aws.amazon.com/saml".to_owned(),
            issuer: ISSUER.to_owned(),
            role: attribute(
                "Role",
                "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
            ),
            status: "Success",
            attributes: attribute("RoleSessionName", "ada@example.com"),
            signature: String::new(),
        }
    }
}

fn attribute(short: &str, value: &str) -> String {
    format!(
        r#"<a:Attribute Name="https://aws.amazon.com/SAML/Attributes/{short}"><a:AttributeValue>{value}</a:AttributeValue></a:Attribute>"#
    )
}

/// A signature as far as anyone here looks at it.
fn signature(pem: &str) -> String {
    let der: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    format!(
        r#"<d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#"><d:KeyInfo><d:X509Data><d:X509Certificate>{der}</d:X509Certificate></d:X509Data></d:KeyInfo></d:Signature>"#
    )
}

impl Sent {
    fn xml(&self) -> String {
        let Self { audience, recipient, issuer, role, status, attributes, signature } = self;
        let assertion = format!(
            r#"<a:Assertion ID="_a" Version="2.0" IssueInstant="2026-09-21T14:13:20Z"><a:Issuer>{issuer}</a:Issuer>{signature}<a:Subject><a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ada</a:NameID><a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData NotOnOrAfter="2026-09-21T14:18:20Z" Recipient="{recipient}"/></a:SubjectConfirmation></a:Subject><a:Conditions NotBefore="2026-09-21T14:08:20Z" NotOnOrAfter="2026-09-21T15:13:20Z"><a:AudienceRestriction><a:Audience>{audience}</a:Audience></a:AudienceRestriction></a:Conditions><a:AuthnStatement AuthnInstant="2026-09-21T14:01:20Z" SessionIndex="_s"><a:AuthnContext><a:AuthnContextClassRef>https://refeds.org/profile/mfa</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement><a:AttributeStatement>{role}{attributes}</a:AttributeStatement></a:Assertion>"#
        );
        let assertion = if *status == "Success" { assertion } else { String::new() };
        format!(
            r#"<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="2026-09-21T14:13:20Z" Destination="{recipient}"><a:Issuer>{issuer}</a:Issuer><p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></p:Status>{assertion}</p:Response>"#
        )
    }

    fn post(&self) -> SamlPost {
        let post = read_pasted(&BASE64_STANDARD.encode(self.xml())).unwrap();
        SamlPost { endpoint: Endpoint::parse(&self.recipient).ok(), ..post }
    }
}

fn metadata(issuer: &str, pem: &str) -> String {
    let der: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    format!(
        r#"<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{issuer}"><m:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><m:KeyDescriptor use="signing"><d:KeyInfo xmlns:d="http://www.w3.org/2000/09/xmldsig#"><d:X509Data><d:X509Certificate>{der}</d:X509Certificate></d:X509Data></d:KeyInfo></m:KeyDescriptor><m:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</m:NameIDFormat><m:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/></m:IDPSSODescriptor></m:EntityDescriptor>"#
    )
}

fn known(text: &str) -> Known {
    Known::read(text, ISSUED).unwrap().remove(0)
}

fn ticks(plan: &Plan, sent: &Sent, known: Option<&Known>, accepted: bool) -> Vec<Tick> {
    check_post(plan, known, &sent.post(), ISSUED.plus(5), accepted).unwrap()
}

fn states(ticks: &[Tick]) -> Vec<(&'static str, &'static str)> {
    ticks.iter().map(|tick| (tick.step.id(), tick.state.name())).collect()
}

fn off(ticks: &[Tick]) -> Vec<(Step, &'static str)> {
    let errors = |tick: &Tick| {
        let of = tick.step;
        let worst = tick.troubles.iter().filter(|one| one.finding.severity == Severity::Error);
        worst.map(|one| (of, one.finding.code)).collect::<Vec<_>>()
    };
    ticks.iter().flat_map(errors).collect()
}

#[test]
fn identifier_and_first_reply_url_are_those_that_the_product_and_the_partition_ask_for() {
    let global = "https://signin.aws.amazon.com/saml";
    for (product, partition, identifier, url) in [
        ("entra", "aws", global, global),
        ("okta", "aws", "urn:amazon:webservices", global),
        ("adfs", "aws", "urn:amazon:webservices", global),
        ("google", "aws", global, global),
        ("ping", "aws", "urn:amazon:webservices", global),
        ("keycloak", "aws", "urn:amazon:webservices", global),
        ("other", "aws", "urn:amazon:webservices", global),
        (
            "entra",
            "aws-us-gov",
            "urn:amazon:webservices:govcloud",
            "https://signin.amazonaws-us-gov.com/saml",
        ),
        (
            "other",
            "aws-us-gov",
            "urn:amazon:webservices:govcloud",
            "https://signin.amazonaws-us-gov.com/saml",
        ),
        ("keycloak", "aws-cn", "urn:amazon:webservices:cn-north-1", "https://signin.amazonaws.cn/saml"),
        (
            "adfs",
            "aws-eusc",
            "urn:amazon:webservices",
            "https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml",
        ),
    ] {
        let plan = plan(|draft| {
            product.clone_into(&mut draft.product);
            partition.clone_into(&mut draft.partition);
        });
        let application = guide(&plan, Step::Application);
        let label = format!("setup_field_identifier_{product}");
        assert_eq!(values(&application, &label), [identifier], "{product} {partition}");
        let label = format!("setup_field_reply_{product}");
        assert_eq!(values(&application, &label), [url], "{product} {partition}");
        assert!(plan.role.as_str().starts_with(&format!("arn:{partition}:iam::111122223333:role/")));
    }
}

#[test]
fn each_region_that_was_chosen_has_its_own_reply_url_and_stands_in_the_trust_policy() {
    let regions = |draft: &mut Draft| {
        draft.regions = ["us-west-2", "eu-west-1", "us-east-1", "eu-west-1"].map(str::to_owned).into()
    };
    let urls = [
        "https://signin.aws.amazon.com/saml",
        "https://eu-west-1.signin.aws.amazon.com/saml",
        "https://us-west-2.signin.aws.amazon.com/saml",
    ];
    for product in ["entra", "adfs", "ping", "keycloak", "other"] {
        let plan = plan(|draft| {
            regions(draft);
            product.clone_into(&mut draft.product);
        });
        let application = guide(&plan, Step::Application);
        assert_eq!(values(&application, &format!("setup_field_reply_{product}")), urls, "{product}");
        let policy = &guide(&plan, Step::Role).texts[0].text;
        for url in urls {
            assert!(policy.contains(&format!("\"{url}\"")), "{policy}");
        }
    }
    // One address is all that these take; the others are said to be for an application of their own.
    for product in ["okta", "google"] {
        let plan = plan(|draft| {
            regions(draft);
            product.clone_into(&mut draft.product);
        });
        let application = guide(&plan, Step::Application);
        assert_eq!(values(&application, &format!("setup_field_reply_{product}")), urls[..1], "{product}");
        assert_eq!(values(&application, "setup_field_other_url"), urls[1..], "{product}");
        assert!(application.words.iter().any(|said| said.key == "setup_one_url"));
    }
}

#[test]
fn a_second_application_of_one_entra_tenant_has_a_suffix_that_is_not_in_the_audience() {
    let plan = plan(|draft| {
        "entra".clone_into(&mut draft.product);
        "2".clone_into(&mut draft.instance);
    });
    assert_eq!(plan.identifier(), "https://signin.aws.amazon.com/saml#2");
    assert_eq!(plan.audiences()[0], "https://signin.aws.amazon.com/saml");
    let other = self::plan(|draft| "2".clone_into(&mut draft.instance));
    assert_eq!(other.identifier(), "urn:amazon:webservices", "no other product has the suffix");
}

#[test]
fn claims_have_their_whole_name_and_come_from_what_the_product_calls_it() {
    let prefix = "https://aws.amazon.com/SAML/Attributes/";
    for (product, role, session, duration) in [
        ("entra", "user.assignedroles", "user.userprincipalname", "28800"),
        (
            "okta",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
            "user.login",
            "28800",
        ),
        (
            "adfs",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
            "E-Mail-Addresses",
            "28800",
        ),
        ("google", "Amazon > Role", "Basic Information > Primary email", "Amazon > SessionDuration"),
        (
            "ping",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
            "Username",
            "28800",
        ),
        (
            "keycloak",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
            "username",
            "28800",
        ),
        (
            "other",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
            "",
            "28800",
        ),
    ] {
        let plan = plan(|draft| {
            product.clone_into(&mut draft.product);
            "28800".clone_into(&mut draft.duration);
            draft.tags = vec![("CostCenter".to_owned(), "department".to_owned())];
            draft.mfa = true;
            draft.source_identity = true;
        });
        let claims = guide(&plan, Step::Claims).claims;
        let names: Vec<&str> = claims.iter().map(|claim| claim.name.as_str()).collect();
        let short = [
            "Role",
            "RoleSessionName",
            "SessionDuration",
            "PrincipalTag:CostCenter",
            "PrincipalTag:MFA",
            "SourceIdentity",
        ];
        let full: Vec<String> = short.iter().map(|short| format!("{prefix}{short}")).collect();
        assert_eq!(names[0], "NameID");
        assert_eq!(names[1..], full, "{product}");
        let source = |at: usize| claims[at].source.as_str();
        assert_eq!(
            (source(1), source(2), source(3), source(4)),
            (role, session, duration, "department"),
            "{product}"
        );
        let parts = claims[4].parts.as_ref().map(|(namespace, name)| (namespace.as_str(), name.as_str()));
        let entra = ("https://aws.amazon.com/SAML/Attributes", "PrincipalTag:CostCenter");
        assert_eq!(parts, (product == "entra").then_some(entra), "{product}");
    }
}

#[test]
fn the_rules_of_ad_fs_send_what_the_plan_says() {
    let plan = plan(|draft| {
        "adfs".clone_into(&mut draft.product);
        "Dev.Ops+1".clone_into(&mut draft.role);
        "7200".clone_into(&mut draft.duration);
        draft.tags = vec![
            ("Team".to_owned(), "department".to_owned()),
            ("No".to_owned(), "not an attribute".to_owned()),
        ];
        draft.mfa = true;
    });
    let claims = guide(&plan, Step::Claims);
    let rules = &claims.texts[0].text;
    for expected in [
        r#"Value =~ "(?i)^AWS-111122223333-Dev\.Ops\+1$"]"#,
        r#"issue(Type = "https://aws.amazon.com/SAML/Attributes/Role", Value = "arn:aws:iam::111122223333:role/Dev.Ops+1,arn:aws:iam::111122223333:saml-provider/Idp");"#,
        r#"types = ("https://aws.amazon.com/SAML/Attributes/RoleSessionName"), query = ";mail;{0}""#,
        r#"=> issue(Type = "https://aws.amazon.com/SAML/Attributes/SessionDuration", Value = "7200");"#,
        r#"types = ("https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team"), query = ";department;{0}""#,
        r#"Value == "http://schemas.microsoft.com/claims/multipleauthn"]"#,
    ] {
        assert!(rules.contains(expected), "{expected}\n{rules}");
    }
    assert!(!rules.contains("not an attribute"));
    assert_eq!(values(&claims, "setup_field_group"), ["AWS-111122223333-Dev.Ops+1"]);
}

#[test]
fn the_role_value_stands_where_the_product_keeps_it() {
    let pair = "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp";
    for (product, label, value) in [
        ("entra", "setup_field_app_role", pair),
        (
            "okta",
            "setup_field_okta_pattern",
            "arn:aws:iam::${accountid}:saml-provider/Idp,arn:aws:iam::${accountid}:role/${role}",
        ),
        ("adfs", "setup_field_group", "AWS-111122223333-Dev"),
        ("google", "setup_field_google_role", pair),
        ("ping", "setup_field_role_value", pair),
        ("keycloak", "setup_field_client_role", pair),
        ("other", "setup_field_role_value", pair),
    ] {
        let plan = plan(|draft| product.clone_into(&mut draft.product));
        assert_eq!(values(&guide(&plan, Step::Assignment), label), [value], "{product}");
    }
}

#[test]
fn the_provider_is_made_by_command_terraform_and_a_template_with_the_metadata() {
    let plan = plan(|draft| {
        "aws-cn".clone_into(&mut draft.partition);
        "My.Idp".clone_into(&mut draft.provider);
    });
    let text = metadata(ISSUER, CERTIFICATE);
    let made = guides(&plan, Some(&text)).into_iter().find(|guide| guide.step == "provider").unwrap();
    let labels: Vec<&str> = made.texts.iter().map(|text| text.label).collect();
    assert_eq!(
        labels,
        ["setup_text_cli", "setup_text_terraform", "setup_text_cloudformation", "setup_text_look"]
    );
    let cli = &made.texts[0].text;
    assert!(
        cli.contains(
            "--name My.Idp \\\n  --saml-metadata-document file://metadata.xml \\\n  --region cn-north-1\n"
        ),
        "{cli}"
    );
    assert!(made.texts[1].text.contains("resource \"aws_iam_saml_provider\" \"My_Idp\""));
    let template = &made.texts[2].text;
    let quoted = template.lines().last().unwrap().split_once(": ").unwrap().1;
    assert_eq!(serde_json::from_str::<String>(quoted).unwrap(), text);
    // Without the text there is no template, and no reference that CloudFormation would resolve gets into one.
    assert_eq!(guide(&plan, Step::Provider).texts.len(), 3);
    let sly = text.replace("persistent", "{{resolve:ssm:x}}");
    assert_eq!(guides(&plan, Some(&sly))[3].texts.len(), 3);
}

#[test]
fn a_session_longer_than_an_hour_needs_a_role_that_allows_it() {
    let has = |duration: &str| {
        let plan = plan(|draft| duration.clone_into(&mut draft.duration));
        let role = guide(&plan, Step::Role);
        role.texts.iter().any(|text| text.text.contains(&format!("--max-session-duration {duration}")))
    };
    assert!(has("3601") && has("43200"));
    assert!(!has("3600") && !has("900"));
}

#[test]
fn each_field_that_aws_would_not_take_is_named() {
    type Change = fn(&mut Draft);
    let rows: [(&str, &str, Change); 17] = [
        ("product", "setup.no_product", |draft| draft.product.clear()),
        ("partition", "setup.no_partition", |draft| "aws-iso".clone_into(&mut draft.partition)),
        ("account", "setup.bad_account", |draft| "12345".clone_into(&mut draft.account)),
        ("account", "setup.bad_account", |draft| "12345678901a".clone_into(&mut draft.account)),
        ("provider", "setup.bad_provider", |draft| "My Idp".clone_into(&mut draft.provider)),
        ("provider", "setup.bad_provider", |draft| draft.provider = "x".repeat(129)),
        ("role", "setup.bad_role", |draft| draft.role.clear()),
        ("role", "setup.bad_role", |draft| draft.role = "x".repeat(65)),
        ("role", "setup.bad_role", |draft| "two words".clone_into(&mut draft.role)),
        ("role", "setup.reserved_role", |draft| {
            "AWSReservedSSO_Admin_0123456789abcdef".clone_into(&mut draft.role)
        }),
        ("regions", "setup.bad_region", |draft| draft.regions = vec!["cn-north-1".to_owned()]),
        ("duration", "setup.bad_duration", |draft| "899".clone_into(&mut draft.duration)),
        ("duration", "setup.bad_duration", |draft| "12 hours".clone_into(&mut draft.duration)),
        ("instance", "setup.bad_instance", |draft| "0".clone_into(&mut draft.instance)),
        ("tags", "setup.bad_tag", |draft| draft.tags = vec![("aws:x".to_owned(), String::new())]),
        ("tags", "setup.repeated_tag", |draft| {
            draft.tags = ["Team", "team"].map(|key| (key.to_owned(), String::new())).into();
        }),
        ("tags", "setup.too_many_tags", |draft| {
            draft.tags = (0..51).map(|number| (format!("t{number}"), String::new())).collect();
        }),
    ];
    for (field, code, change) in rows {
        let mut draft = draft();
        change(&mut draft);
        let problems = Plan::parse(&draft).unwrap_err();
        let said: Vec<_> = problems.iter().map(|problem| (problem.field, problem.code)).collect();
        assert_eq!(said, [(field, code)], "{draft:?}");
    }
    assert_eq!(Plan::parse(&Draft::default()).unwrap_err().len(), 5);
}

#[test]
fn what_people_type_around_a_value_is_no_part_of_it() {
    let plan = plan(|draft| {
        " 1111-2222-3333 ".clone_into(&mut draft.account);
        " Idp ".clone_into(&mut draft.provider);
        "/team/Dev ".clone_into(&mut draft.role);
        draft.tags = vec![(String::new(), String::new()), (" Team ".to_owned(), " department ".to_owned())];
    });
    assert_eq!(
        plan.role_value(),
        "arn:aws:iam::111122223333:role/team/Dev,arn:aws:iam::111122223333:saml-provider/Idp"
    );
    assert_eq!(plan.tags.len(), 1);
    assert_eq!(plan.tags[0].source, "department");
}

#[test]
fn a_sign_in_as_planned_ticks_every_step_that_it_shows_and_the_rest_once_aws_took_it() {
    let known = known(&metadata(ISSUER, CERTIFICATE));
    let sent = Sent { signature: signature(CERTIFICATE), ..Sent::default() };
    let plan = plan(|_| {});
    let seen = ticks(&plan, &sent, Some(&known), false);
    assert_eq!(off(&seen), []);
    assert_eq!(
        states(&seen),
        [
            ("application", "done"),
            ("claims", "done"),
            ("metadata", "done"),
            ("provider", "unseen"),
            ("role", "unseen"),
            ("assignment", "done"),
            ("sign_in", "done"),
        ]
    );
    let seen = ticks(&plan, &sent, Some(&known), true);
    assert!(seen.iter().all(|tick| tick.state == State::Done), "{:?}", states(&seen));
    let seen = ticks(&plan, &sent, None, false);
    assert_eq!(seen[2].state, State::Unseen, "without metadata there is nothing to compare with");
}

#[test]
fn each_deviation_is_said_at_its_own_step_with_what_was_sent_and_what_was_expected() {
    type Wanted = fn(&mut Draft);
    let same: Wanted = |_| {};
    let with = |more: &str| format!("{}{more}", Sent::default().attributes);
    let rows: Vec<(Wanted, Sent, Step, &str, &str, &str)> = vec![
        (
            same,
            Sent { audience: "https://example.com".into(), ..Sent::default() },
            Step::Application,
            "aws.wrong_audience",
            "https://example.com",
            "urn:amazon:webservices",
        ),
        (
            same,
            Sent { audience: "urn:amazon:webservices#1".into(), ..Sent::default() },
            Step::Application,
            "aws.audience_suffix",
            "urn:amazon:webservices#1",
            "urn:amazon:webservices",
        ),
        (
            same,
            Sent { audience: "urn:amazon:webservices:govcloud".into(), ..Sent::default() },
            Step::Application,
            "aws.audience_other_partition",
            "urn:amazon:webservices:govcloud",
            "urn:amazon:webservices",
        ),
        (
            same,
            Sent { recipient: "https://eu-west-1.signin.aws.amazon.com/saml".into(), ..Sent::default() },
            Step::Application,
            "setup.recipient_differs",
            "https://eu-west-1.signin.aws.amazon.com/saml",
            "https://signin.aws.amazon.com/saml",
        ),
        (
            same,
            Sent { recipient: "https://example.com/acs".into(), ..Sent::default() },
            Step::Application,
            "aws.recipient_not_aws",
            "https://example.com/acs",
            "https://signin.aws.amazon.com/saml",
        ),
        (
            same,
            Sent { issuer: "https://other.example.com".into(), ..Sent::default() },
            Step::Metadata,
            "setup.issuer_differs",
            "https://other.example.com",
            ISSUER,
        ),
        (
            same,
            Sent {
                role: attribute(
                    "Role",
                    "arn:aws:iam::111122223333:role/dev,arn:aws:iam::111122223333:saml-provider/Idp",
                ),
                ..Sent::default()
            },
            Step::Assignment,
            "setup.role_differs",
            "arn:aws:iam::111122223333:role/dev,arn:aws:iam::111122223333:saml-provider/Idp",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
        ),
        (
            same,
            Sent {
                role: attribute(
                    "Role",
                    "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::444455556666:saml-provider/Idp",
                ),
                ..Sent::default()
            },
            Step::Assignment,
            "aws.account_mismatch",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::444455556666:saml-provider/Idp",
            "arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
        ),
        (
            |draft| "28800".clone_into(&mut draft.duration),
            Sent::default(),
            Step::Claims,
            "setup.duration_differs",
            "",
            "28800",
        ),
        (
            |draft| "28800".clone_into(&mut draft.duration),
            Sent { attributes: with(&attribute("SessionDuration", "900")), ..Sent::default() },
            Step::Claims,
            "aws.session_duration_short",
            "900",
            "28800",
        ),
        (
            |draft| draft.tags = vec![("Team".into(), String::new())],
            Sent::default(),
            Step::Claims,
            "setup.tag_missing",
            "",
            "Team",
        ),
        (
            same,
            Sent { attributes: with(&attribute("PrincipalTag:Team", "red")), ..Sent::default() },
            Step::Claims,
            "setup.tag_unplanned",
            "Team",
            "",
        ),
        (|draft| draft.mfa = true, Sent::default(), Step::Claims, "setup.mfa_differs", "", "true"),
        (
            |draft| draft.mfa = true,
            Sent { attributes: with(&attribute("PrincipalTag:MFA", "false")), ..Sent::default() },
            Step::Claims,
            "setup.mfa_differs",
            "false",
            "true",
        ),
        (
            |draft| draft.source_identity = true,
            Sent::default(),
            Step::Claims,
            "setup.source_identity_missing",
            "",
            "SourceIdentity",
        ),
        (
            same,
            Sent { attributes: with(&attribute("SourceIdentity", "ada")), ..Sent::default() },
            Step::Claims,
            "setup.source_identity_unplanned",
            "ada",
            "",
        ),
    ];
    let known = known(&metadata(ISSUER, CERTIFICATE));
    for (wanted, sent, step, code, was, expected) in rows {
        let plan = plan(wanted);
        let ticks = ticks(&plan, &sent, Some(&known), false);
        assert_eq!(off(&ticks), [(step, code)]);
        let tick = ticks.iter().find(|tick| tick.step == step).unwrap();
        assert_eq!(tick.state, State::Off, "{code}");
        let compared = tick.troubles[0].compared.as_ref().unwrap();
        assert_eq!((compared.sent.as_str(), compared.expected.as_str()), (was, expected), "{code}");
        let last = ticks.last().unwrap();
        assert_ne!(last.state, State::Done, "{code}: the sign-in does not work as planned");
    }
}

#[test]
fn rules_of_the_audit_stand_at_the_step_whose_setting_they_are_about() {
    let rows: Vec<(Sent, Step, &str)> = vec![
        (Sent { role: String::new(), ..Sent::default() }, Step::Claims, "aws.no_role"),
        (Sent { role: attribute("Role", ""), ..Sent::default() }, Step::Assignment, "aws.empty_role"),
        (
            Sent { role: attribute("Role", "arn:aws:iam::111122223333:role/Dev"), ..Sent::default() },
            Step::Claims,
            "aws.role_without_provider",
        ),
        (Sent { attributes: String::new(), ..Sent::default() }, Step::Claims, "aws.no_session_name"),
        (
            Sent { attributes: attribute("RoleSessionName", "Ada Lovelace"), ..Sent::default() },
            Step::Claims,
            "aws.invalid_session_name",
        ),
        (Sent { status: "Responder", ..Sent::default() }, Step::Assignment, "saml.status"),
    ];
    for (sent, step, code) in rows {
        let ticks = ticks(&plan(|_| {}), &sent, None, false);
        assert!(off(&ticks).contains(&(step, code)), "{code}: {:?}", off(&ticks));
        assert_ne!(ticks.last().unwrap().state, State::Done, "{code}");
    }
}

#[test]
fn a_response_signed_by_a_key_that_the_metadata_does_not_have_is_off_at_the_metadata() {
    let known = known(&metadata(ISSUER, CERTIFICATE));
    let sent = Sent { signature: signature(OTHER), ..Sent::default() };
    let ticks = ticks(&plan(|_| {}), &sent, Some(&known), false);
    assert_eq!(off(&ticks), [(Step::Metadata, "setup.certificate_differs")]);
}

#[test]
fn aws_takes_its_urn_and_its_sign_in_url_for_an_audience_whichever_the_plan_has() {
    for (product, audience) in
        [("entra", "urn:amazon:webservices"), ("keycloak", "https://signin.aws.amazon.com/saml")]
    {
        let plan = plan(|draft| product.clone_into(&mut draft.product));
        let sent = Sent { audience: audience.to_owned(), ..Sent::default() };
        assert_eq!(off(&ticks(&plan, &sent, None, false)), [], "{product}");
    }
}

#[test]
fn an_old_capture_is_judged_by_when_it_was_captured() {
    let ticks = check_post(&plan(|_| {}), None, &Sent::default().post(), ISSUED.plus(240), false).unwrap();
    assert_eq!(off(&ticks), [], "a minute is left of the five: that says nothing about the setting");
}

#[test]
fn a_sign_in_that_ticks_every_step_is_let_in_by_the_policy_of_the_plan() {
    let plan = plan(|draft| {
        draft.regions = vec!["eu-west-1".to_owned()];
        draft.tags = vec![("Team".to_owned(), String::new())];
        draft.mfa = true;
        draft.source_identity = true;
    });
    let more = [("PrincipalTag:Team", "red"), ("PrincipalTag:MFA", "true"), ("SourceIdentity", "ada")];
    let more: String = more.iter().map(|(name, value)| attribute(name, value)).collect();
    let sent = Sent {
        recipient: "https://eu-west-1.signin.aws.amazon.com/saml".to_owned(),
        attributes: Sent::default().attributes + &more,
        ..Sent::default()
    };
    let seen = ticks(&plan, &sent, None, true);
    assert_eq!(off(&seen), []);
    let response = saml::read(&BASE64_STANDARD.encode(sent.xml())).unwrap();
    let facts = Facts::of(&response, &aws::read(&response));
    let policy = policy::generate(&plan.wish()).unwrap();
    let check = policy::check(&policy.json, &facts, &plan.role, &plan.provider);
    assert_eq!(check.outcome, "allowed", "{:?}", check.reasons);
}

#[test]
fn metadata_is_read_for_what_iam_asks_and_nothing_else_is_kept_of_it() {
    let known = known(&metadata(ISSUER, CERTIFICATE));
    assert_eq!(known.entity_id, ISSUER);
    assert_eq!(known.endpoints.len(), 1);
    assert_eq!(
        (known.endpoints[0].binding.as_str(), known.endpoints[0].url.as_str()),
        ("HTTP-Redirect", "https://idp.example.com/sso")
    );
    assert_eq!(known.name_id_formats, ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"]);
    assert_eq!(known.certificates.len(), 1);
    assert_eq!(codes(&known, ISSUED), [""; 0]);
}

#[test]
fn each_thing_that_iam_would_not_take_of_metadata_is_a_finding_of_its_own() {
    let good = metadata(ISSUER, CERTIFICATE);
    let long = known(&good).keys_end().plus(1);
    let format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    let sso = good.split("<m:SingleSignOnService").nth(1).unwrap().split("/>").next().unwrap();
    for (text, now, code) in [
        (format!("\u{feff}{good}"), ISSUED, "setup.metadata_mark"),
        (good.replace(&format!("<m:SingleSignOnService{sso}/>"), ""), ISSUED, "setup.metadata_no_endpoint"),
        (
            good.replace(format, "urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted"),
            ISSUED,
            "setup.metadata_name_id",
        ),
        (good.clone(), long, "signature.certificate_expired"),
        (good.clone(), long.plus(-10 * 86_400), "signature.certificate_expires_soon"),
        (
            good.replace(" entityID", " validUntil=\"2026-01-01T00:00:00Z\" entityID"),
            ISSUED,
            "signature.metadata_expired",
        ),
        (several(&good), ISSUED, "setup.metadata_several"),
    ] {
        assert_eq!(codes(&known(&text), now), [code]);
    }
    // IAM is not known to refuse what is over.
    assert_eq!(known(&good).findings(long)[0].severity, Severity::Warning);
    let mut short = known(&good);
    short.characters = 999;
    assert_eq!(codes(&short, ISSUED), ["setup.metadata_length"]);
    short.characters = 10_000_001;
    assert_eq!(codes(&short, ISSUED), ["setup.metadata_length"]);
}

#[test]
fn what_is_no_metadata_of_an_identity_provider_is_refused() {
    assert!(matches!(Known::read("<x", ISSUED), Err(ReadError::Xml(_))));
    assert!(matches!(Known::read("<x/>", ISSUED), Err(ReadError::Metadata(_))));
    let service = metadata(ISSUER, CERTIFICATE).replace("IDPSSODescriptor", "SPSSODescriptor");
    assert!(matches!(Known::read(&service, ISSUED), Err(ReadError::Metadata(_))));
}

#[test]
fn every_product_and_partition_has_a_guide_for_every_step() {
    for product in Product::ALL {
        for partition in Partition::ALL {
            let plan = plan(|draft| {
                product_id(product).clone_into(&mut draft.product);
                partition.id().clone_into(&mut draft.partition);
            });
            let steps: Vec<&str> = guides(&plan, None).iter().map(|guide| guide.step).collect();
            assert_eq!(steps, Step::ALL.map(Step::id));
            assert!(guides(&plan, None).iter().all(|guide| !guide.words.is_empty()));
        }
    }
}

fn codes(known: &Known, now: UnixTime) -> Vec<&'static str> {
    known.findings(now).iter().map(|finding| finding.code).collect()
}

fn several(one: &str) -> String {
    let other = one.replace(ISSUER, "https://second.example.com");
    format!(
        r#"<m:EntitiesDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata">{one}{other}</m:EntitiesDescriptor>"#
    )
}

trait KeysEnd {
    fn keys_end(&self) -> UnixTime;
}

impl KeysEnd for Known {
    fn keys_end(&self) -> UnixTime {
        let der = &self.certificates.first().unwrap().der;
        rolecall::signature::Certificate::from_base64(der).unwrap().not_after
    }
}
