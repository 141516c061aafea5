//! What a person pastes and what pages ask beside the findings: errors explained, another provider's steps, the clock, what is pinned.

use rolecall::audit::{Product, ServerClock};
use rolecall::aws::RoleGrant;
use rolecall::capture::read_any;
use rolecall::severity::Severity;
use rolecall::signature::{Certificate, Entity, KeySource, Trust};
use rolecall::view::{Check, Inspection, Steps, clock_notice, explain_text};

use crate::sample::ISSUED;

#[test]
fn a_pasted_error_of_aws_names_the_shown_findings_that_cause_it_the_likely_one_first() {
    let found = [
        ("aws.tags_permission", Severity::Note),
        ("aws.mfa_unsaid", Severity::Note),
        ("aws.no_name_id", Severity::Error),
    ];
    let grant =
        RoleGrant::parse("arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp");
    let text = "An error occurred (AccessDenied) when calling the AssumeRoleWithSAML operation: Not authorized to perform sts:AssumeRoleWithSAML";
    let explained = explain_text(text, Product::Okta, &found, grant.ok().as_ref()).unwrap();
    assert_eq!(explained.finding.code, "sts.access_denied");
    assert_eq!(explained.causes, [2, 0]);
    assert_eq!(explained.link, None);
    assert_eq!(explained.finding.command.unwrap().text, "aws iam get-role --role-name Dev");
    assert!(explained.finding.page.unwrap().starts_with("https://docs.aws.amazon.com/IAM/"));
}

#[test]
fn a_pasted_error_of_entra_id_has_the_links_of_microsoft_and_its_own_steps() {
    let text = "Sorry, but we're having trouble signing you in. AADSTS50105: Your administrator has configured the application to block users";
    let explained = explain_text(text, Product::Okta, &[], None).unwrap();
    assert_eq!(explained.finding.code, "entra.50105");
    assert_eq!(explained.link.as_deref(), Some("https://login.microsoftonline.com/error?code=50105"));
    assert_eq!(explained.finding.fix.unwrap().key, "entra_50105_fix_entra");
    assert!(explained.finding.page.unwrap().starts_with("https://learn.microsoft.com/"));
    let url = "https://login.microsoftonline.com/error?code=530035";
    assert_eq!(explain_text(url, Product::Generic, &[], None).unwrap().finding.code, "entra.other");
}

#[test]
fn what_is_no_known_error_is_not_explained_and_a_region_is_taken_from_the_text() {
    assert_eq!(explain_text("hello", Product::Entra, &[], None), None);
    assert_eq!(explain_text("", Product::Entra, &[], None), None);
    let region = |text: &str| {
        explain_text(text, Product::Generic, &[], None).unwrap().finding.text.args.first().cloned()
    };
    assert_eq!(region("RegionDisabledException in eu-south-1: STS is not activated").unwrap(), "eu-south-1");
    assert_eq!(region("RegionDisabledException").unwrap(), "…");
}

#[test]
fn each_provider_has_its_own_steps_and_menu_path_or_those_for_any() {
    let steps = Steps::of("aws.no_session_name", "okta");
    assert_eq!(steps.fix.as_deref(), Some("aws_no_session_name_fix_okta"));
    assert_eq!(steps.fix_place, Some("place_claims_okta"));
    let steps = Steps::of("aws.recipient_not_aws", "keycloak");
    assert_eq!(steps.fix.as_deref(), Some("aws_recipient_not_aws_fix_generic"));
    assert_eq!(steps.fix_place, Some("place_urls_keycloak"));
    for (code, product) in [("no.such", "okta"), ("aws.no_role", "nobody"), ("aws.redeem_over", "entra")] {
        assert_eq!(Steps::of(code, product), Steps::default(), "{code}");
    }
    for product in Product::ALL {
        assert_eq!(Product::named(product.name()), Some(product));
    }
}

#[test]
fn a_clock_that_differs_is_a_notice_and_one_that_does_not_is_none() {
    let clock = |seconds| ServerClock {
        host: String::from("signin.aws.amazon.com"),
        server: ISSUED,
        browser: ISSUED.plus(seconds),
    };
    let notice = clock_notice(&clock(-90)).unwrap();
    assert_eq!((notice.code, notice.severity), ("aws.clock_skew", "warning"));
    assert_eq!(notice.text.args, ["90", "signin.aws.amazon.com"]);
    assert_eq!(clock_notice(&clock(30)), None);
}

/// A signed response whose certificate is pinned for `issuer` and was so `days` ago.
fn with_pin(issuer: &str, keys: Vec<Certificate>, days: i64) -> Inspection {
    let text = include_str!("../fixtures/redact/signed.xml");
    let entity = Entity { entity_id: issuer.to_owned(), keys, valid_until: None, source: KeySource::Pin };
    let trust = Trust { entities: vec![entity], certificates: Vec::new() };
    let imported = read_any(text).unwrap();
    let check = Check::begin(imported.first().unwrap(), &trust, None, &mut |_| {}).unwrap();
    let check = check.with_imported(issuer, ISSUED.plus(-days * 86_400));
    check.conclude(&[], Some(ISSUED)).unwrap()
}

fn has(shown: &Inspection, code: &str) -> bool {
    shown.findings.iter().any(|finding| finding.code == code)
}

#[test]
fn a_pin_counts_as_metadata_where_the_message_carries_its_key_or_names_its_issuer() {
    let text = include_str!("../fixtures/redact/signed.xml");
    let (_, behind) = text.split_once("<ds:X509Certificate>").unwrap();
    let (own, _) = behind.split_once("</ds:X509Certificate>").unwrap();
    let own = || vec![Certificate::from_base64(own).unwrap()];
    let issuer = "https://sts.windows.net/6c1b0b5e-93d2-4b0e-8a5f-1f2e3d4c5b6a/";
    let without_slash = issuer.trim_end_matches('/');
    assert!(has(&with_pin(without_slash, own(), 0), "aws.issuer_not_in_metadata"));
    assert!(!has(&with_pin(issuer, own(), 0), "aws.issuer_not_in_metadata"));
    assert!(!has(&with_pin("https://other.example.com", Vec::new(), 0), "aws.issuer_not_in_metadata"));
    assert!(has(&with_pin(issuer, own(), 400), "aws.metadata_old"));
    assert!(!has(&with_pin(issuer, own(), 300), "aws.metadata_old"));
    assert!(!has(&with_pin("https://other.example.com", Vec::new(), 400), "aws.metadata_old"));
    assert_eq!(with_pin(issuer, own(), 0).product, Some("entra"));
}

#[test]
fn a_notice_of_the_popup_says_what_to_do_at_the_identity_provider_and_in_iam() {
    let no_name = crate::sample::changed(&[(
        "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/RoleSessionName\"><a:AttributeValue>ada@example.com</a:AttributeValue></a:Attribute>",
        "",
    )]);
    let no_name = no_name.replace("https://idp.example.com/metadata", "http://www.okta.com/exk1");
    let post = rolecall::capture::read_pasted(&no_name).unwrap();
    let shown = rolecall::view::sign_in(&post, ISSUED);
    let notice = shown.notices.iter().find(|notice| notice.code == "aws.no_session_name").unwrap();
    assert_eq!(notice.fix.as_ref().unwrap().key, "aws_no_session_name_fix_okta");
    assert_eq!(notice.fix_place.as_ref().unwrap().key, "place_claims_okta");
}

#[test]
fn a_response_in_an_address_is_said_to_be_no_post_and_the_same_in_a_form_is_not() {
    let base64 = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, crate::sample::SAMPLE);
    let value = base64.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    for (text, is_said) in [
        (["https://signin.aws.amazon.com/saml?SAMLResponse=", &value].concat(), true),
        (["SAMLResponse=", &value].concat(), false),
    ] {
        let imported = read_any(&text).unwrap();
        let check = Check::begin(imported.first().unwrap(), &Trust::default(), None, &mut |_| {}).unwrap();
        let shown = check.conclude(&[], Some(ISSUED)).unwrap();
        assert_eq!(has(&shown, "aws.not_posted"), is_said, "{text}");
    }
}
