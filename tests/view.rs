//! From a captured POST to what the popup draws, through every room on the way.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own fixture has failed")]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rolecall::capture::{Body, read_post};
use rolecall::time::UnixTime;
use rolecall::view::{SignIn, sign_in};

const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/Idp";

/// A response with these values of `Role`, and `more` attributes.
fn response(roles: &[&str], more: &str) -> String {
    let values: String =
        roles.iter().map(|role| format!("<a:AttributeValue>{role}</a:AttributeValue>")).collect();
    format!(
        r#"<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r">
        <a:Assertion ID="_a" IssueInstant="2026-09-21T14:13:20Z"><a:Issuer>https://sts.windows.net/tenant/</a:Issuer>
        <a:Subject><a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">_5f3a</a:NameID></a:Subject>
        <a:AttributeStatement><a:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">{values}</a:Attribute></a:AttributeStatement>
        <a:AttributeStatement><a:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName">
        <a:AttributeValue>jane@example.com</a:AttributeValue></a:Attribute>{more}</a:AttributeStatement></a:Assertion></p:Response>"#
    )
}

fn pair(role: &str) -> String {
    format!("arn:aws:iam::111122223333:role/{role},{PROVIDER}")
}

fn shown_at(url: &str, fields: &[(&str, &str)]) -> SignIn {
    let form = fields.iter().map(|(name, value)| (String::from(*name), vec![String::from(*value)])).collect();
    sign_in(&read_post(url, &Body::Form(form)).unwrap(), UnixTime::from_seconds(1_790_000_060))
}

fn shown(base64: &str) -> SignIn {
    shown_at("https://signin.aws.amazon.com/saml", &[("SAMLResponse", base64)])
}

fn names(shown: &SignIn) -> Vec<&str> {
    shown.accounts.iter().flat_map(|account| &account.roles).map(|role| role.name.as_str()).collect()
}

fn codes(shown: &SignIn) -> Vec<&str> {
    shown.notices.iter().map(|notice| notice.code).collect()
}

#[test]
fn role_index_that_is_a_prefix_of_another_role_selects_only_the_exact_role() {
    let base64 = BASE64_STANDARD.encode(response(&[&pair("Dev"), &pair("DevOps"), &pair("team/Dev")], ""));
    for chosen in ["Dev", "DevOps", "team/Dev"] {
        let arn = format!("arn:aws:iam::111122223333:role/{chosen}");
        let shown =
            shown_at("https://signin.aws.amazon.com/saml", &[("SAMLResponse", &base64), ("roleIndex", &arn)]);
        let marked: Vec<String> = shown
            .accounts
            .iter()
            .flat_map(|account| account.roles.iter().map(move |role| (account, role)))
            .filter(|(_, role)| role.chosen)
            .map(|(account, role)| account.arn(role))
            .collect();
        assert_eq!(marked, [arn]);
    }
}

#[test]
fn the_same_response_is_the_same_sign_in_however_its_base64_is_broken() {
    let base64 = BASE64_STANDARD.encode(response(&[&pair("Dev")], ""));
    let (start, end) = base64.split_at(76);
    assert_eq!(shown(&base64).id, shown(&format!("{start}\r\n{end}\r\n")).id);
    let other = BASE64_STANDARD.encode(response(&[&pair("Ops")], ""));
    assert_ne!(shown(&base64).id, shown(&other).id);
}

#[test]
fn roles_stand_by_account_and_name_whatever_their_order_and_case() {
    let elsewhere = "arn:aws:iam::000011112222:role/Zoo,arn:aws:iam::000011112222:saml-provider/Idp";
    let base64 = BASE64_STANDARD
        .encode(response(&[&pair("zebra"), &pair("Admin"), &pair("admin"), elsewhere, &pair("Zebra")], ""));
    let shown = shown(&base64);
    assert_eq!(names(&shown), ["Zoo", "Admin", "admin", "zebra", "Zebra"]);
    assert_eq!(shown.accounts.first().unwrap().label, "0000 1111 2222");
    assert_eq!(shown.role_count, 5);
}

#[test]
fn a_transient_name_gives_way_to_the_session_name() {
    let shown = shown(&BASE64_STANDARD.encode(response(&[&pair("Dev")], "")));
    assert_eq!(shown.identity.as_deref(), Some("jane@example.com"));
    assert_eq!(shown.provider.as_deref(), Some("Microsoft Entra ID"));
}

#[test]
fn a_single_role_in_the_first_of_two_statements_is_found() {
    assert_eq!(names(&shown(&BASE64_STANDARD.encode(response(&[&pair("Only")], "")))), ["Only"]);
}

#[test]
fn aws_takes_the_assertion_for_five_minutes() {
    let shown = shown(&BASE64_STANDARD.encode(response(&[&pair("Dev")], "")));
    assert_eq!((shown.issued_at, shown.usable_until), (Some(1_790_000_000), Some(1_790_000_300)));
}

#[test]
fn nothing_of_one_sign_in_leaks_into_the_next() {
    let long = r#"<a:Attribute Name="https://aws.amazon.com/SAML/Attributes/SessionDuration"><a:AttributeValue>wrong</a:AttributeValue></a:Attribute>"#;
    let first = shown(&BASE64_STANDARD.encode(response(&[&pair("Dev")], long)));
    assert!(codes(&first).contains(&"aws.invalid_session_duration"));
    let second = shown(&BASE64_STANDARD.encode(response(&[&pair("Dev")], "")));
    assert!(!codes(&second).contains(&"aws.invalid_session_duration"));
}

#[test]
fn a_response_that_cannot_be_read_is_shown_with_its_reason_and_the_next_one_works() {
    for (text, code) in [
        ("%%%", "saml.not_base64"),
        (&*BASE64_STANDARD.encode("<!doctype html><html><body>Sign in</body></html>"), "saml.html"),
        (&*BASE64_STANDARD.encode("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "saml.dtd_forbidden"),
    ] {
        let shown = shown(text);
        assert_eq!((codes(&shown), shown.severity), (vec![code], Some("error")));
        assert_eq!(shown.host.as_deref(), Some("signin.aws.amazon.com"));
    }
    assert_eq!(shown(&BASE64_STANDARD.encode(response(&[&pair("Dev")], ""))).role_count, 1);
}

#[test]
fn a_response_cut_off_in_the_middle_shows_what_stood_before_the_cut() {
    let whole = response(&[&pair("Dev"), &pair("DevOps")], "");
    let (start, _) = whole.split_at(whole.find("role/DevOps").unwrap() + "role/Dev".len());
    let shown = shown(&BASE64_STANDARD.encode(start));
    assert_eq!(names(&shown), ["Dev"]);
    assert_eq!(codes(&shown).first(), Some(&"saml.truncated"));
}

#[test]
fn a_role_of_identity_center_says_why_it_cannot_be_copied() {
    let role = "aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef";
    let shown = shown(&BASE64_STANDARD.encode(response(&[&pair(role), &pair("Dev")], "")));
    let refused: Vec<Option<&str>> = shown
        .accounts
        .iter()
        .flat_map(|account| &account.roles)
        .map(|role| role.refused.as_ref().map(|message| message.key.as_str()))
        .collect();
    assert_eq!(refused, [Some("sts_identity_center_role"), None]);
}

#[test]
fn roles_of_another_partition_than_the_sign_in_host_are_noticed() {
    let role = "arn:aws-us-gov:iam::111122223333:role/Dev,arn:aws-us-gov:iam::111122223333:saml-provider/Idp";
    let shown = shown(&BASE64_STANDARD.encode(response(&[role], "")));
    assert!(codes(&shown).contains(&"aws.other_partition_host"));
}

#[test]
fn a_refusal_of_the_identity_provider_is_the_first_notice() {
    let xml = std::fs::read_to_string("tests/fixtures/decode/refused.xml").unwrap();
    let shown = shown(&BASE64_STANDARD.encode(xml));
    assert_eq!(codes(&shown).first(), Some(&"saml.status"));
    assert_eq!(shown.role_count, 0);
}

#[test]
fn the_view_of_an_entra_response_is_this() {
    let xml = std::fs::read_to_string("tests/fixtures/decode/entra.xml").unwrap();
    let shown = SignIn { id: String::from("of the text"), ..shown(&BASE64_STANDARD.encode(xml)) };
    insta::assert_json_snapshot!(shown);
}

#[test]
fn a_role_names_its_provider_only_where_it_is_not_the_account_s_first() {
    let other = "arn:aws:iam::111122223333:saml-provider/Other";
    let roles = [pair("/Dev"), pair("b"), format!("arn:aws:iam::111122223333:role/a,{other}"), pair("B")];
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let shown = shown(&BASE64_STANDARD.encode(response(&roles, "")));
    let account = shown.accounts.first().unwrap();
    let arns: Vec<(String, &str)> =
        account.roles.iter().map(|role| (account.arn(role), account.provider(role))).collect();
    let arn = |name: &str| format!("arn:aws:iam::111122223333:role/{name}");
    assert_eq!(
        arns,
        [(arn("/Dev"), PROVIDER), (arn("a"), other), (arn("b"), PROVIDER), (arn("B"), PROVIDER)]
    );
    let json = serde_json::to_value(account).unwrap();
    assert_eq!(json.get(3).unwrap(), "arn:aws:iam::111122223333:role/");
    let roles = json.get(5).unwrap();
    assert_eq!(roles.get(2).unwrap(), "b");
    assert_eq!(roles.get(1).unwrap().get("provider").unwrap(), other);
}
