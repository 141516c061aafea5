//! Principals, actions, effects, and what several statements come to.

use rolecall::aws::{ProviderArn, RoleArn};
use rolecall::policy::{Facts, check};

use super::sign_in::{PROVIDER, ada, judge, outcome, plain, provider};

fn statement(effect: &str, principal: &str, action: &str, condition: &str) -> String {
    format!(r#"{{"Effect": "{effect}", {principal}, {action}, "Condition": {condition}}}"#)
}

fn policy(statements: &[String]) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "))
}

fn with_principal(principal: &str) -> String {
    policy(&[statement("Allow", principal, r#""Action": "sts:AssumeRoleWithSAML""#, "{}")])
}

fn with_action(action: &str) -> String {
    policy(&[statement("Allow", &federated(PROVIDER), action, "{}")])
}

fn federated(provider: &str) -> String {
    format!(r#""Principal": {{"Federated": "{provider}"}}"#)
}

#[test]
fn the_principal_is_the_provider_to_the_letter() {
    let list = format!(
        r#""Principal": {{"Federated": ["arn:aws:iam::111122223333:saml-provider/Other", "{PROVIDER}"]}}"#
    );
    for (principal, expected) in [
        (federated(PROVIDER).as_str(), "allowed"),
        (list.as_str(), "allowed"),
        (&federated("arn:aws:iam::111122223333:saml-provider/exampleprovider"), "refused"),
        (&federated("arn:aws:iam::111122223333:saml-provider/ExampleProvider2"), "refused"),
        (&federated("arn:aws:iam::999999999999:saml-provider/ExampleProvider"), "refused"),
        (&federated("arn:aws-us-gov:iam::111122223333:saml-provider/ExampleProvider"), "refused"),
        (&federated("arn:aws:iam::111122223333:oidc-provider/ExampleProvider"), "refused"),
        (&federated("accounts.google.com"), "refused"),
        (&federated("*"), "unknown"),
        (r#""Principal": "*""#, "allowed"),
        (r#""Principal": {"AWS": "*"}"#, "allowed"),
        (r#""Principal": {"AWS": ["*"]}"#, "allowed"),
        (r#""Principal": {"AWS": "111122223333"}"#, "refused"),
        (r#""Principal": {"AWS": "arn:aws:iam::111122223333:root"}"#, "refused"),
        (r#""Principal": {"AWS": "arn:aws:iam::111122223333:role/team/Dev"}"#, "refused"),
        (r#""Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/Dev/ada"}"#, "refused"),
        (r#""Principal": {"AWS": "AROAEXAMPLEID1234567"}"#, "refused"),
        (r#""Principal": {"Service": "ec2.amazonaws.com"}"#, "refused"),
    ] {
        assert_eq!(outcome(&with_principal(principal), &plain()), expected, "{principal}");
    }
    let both = format!(r#""Principal": {{"AWS": "111122223333", "Federated": "{PROVIDER}"}}"#);
    assert_eq!(outcome(&with_principal(&both), &plain()), "allowed");
}

#[test]
fn not_principal_is_about_everyone_else() {
    let allow = statement("Allow", &federated(PROVIDER), r#""Action": "sts:*""#, "{}");
    let not = |list: &str| format!(r#""NotPrincipal": {{{list}}}"#);
    let own = not(&format!(r#""Federated": "{PROVIDER}""#));
    let own_and_root = not(&format!(r#""Federated": "{PROVIDER}", "AWS": "arn:aws:iam::111122223333:root""#));
    let other = not(r#""Federated": "arn:aws:iam::111122223333:saml-provider/Other""#);
    for (effect, principal, expected) in [
        ("Deny", own.as_str(), "unknown"),
        ("Deny", own_and_root.as_str(), "allowed"),
        ("Deny", other.as_str(), "refused"),
    ] {
        let deny = statement(effect, principal, r#""Action": "sts:*""#, "{}");
        assert_eq!(outcome(&policy(&[allow.clone(), deny]), &plain()), expected, "{principal}");
    }
    assert_eq!(outcome(&with_principal(&other), &plain()), "allowed");
    assert_eq!(outcome(&with_principal(&own), &plain()), "refused");
    let check = judge(&with_principal(&other), &plain());
    assert!(check.facts.iter().any(|fact| fact.code == "policy.not_principal_with_allow"));
}

#[test]
fn actions_match_in_either_case_with_wildcards_and_all_that_are_needed_must() {
    let tags = Facts { source_identity: None, ..ada() };
    let identity = Facts { source_identity: Some("ada".to_owned()), ..plain() };
    for (action, facts, expected) in [
        (r#""Action": "sts:AssumeRoleWithSAML""#, plain(), "allowed"),
        (r#""Action": "STS:assumerolewithsaml""#, plain(), "allowed"),
        (r#""Action": "sts:AssumeRole*""#, plain(), "allowed"),
        (r#""Action": "sts:AssumeRoleWithSAM?""#, plain(), "allowed"),
        (r#""Action": "s*:*SAML""#, plain(), "allowed"),
        (r#""Action": "*""#, ada(), "allowed"),
        (r#""Action": "sts:*""#, ada(), "allowed"),
        (r#""Action": "sts:AssumeRole""#, plain(), "refused"),
        (r#""Action": "sts:AssumeRoleWithWebIdentity""#, plain(), "refused"),
        (r#""Action": ["sts:AssumeRoleWithSAML"]"#, tags.clone(), "refused"),
        (r#""Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"]"#, tags.clone(), "allowed"),
        (r#""Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"]"#, ada(), "refused"),
        (r#""Action": ["sts:TagSession", "sts:SetSourceIdentity"]"#, ada(), "refused"),
        (
            r#""Action": ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"]"#,
            ada(),
            "allowed",
        ),
        (r#""Action": ["sts:AssumeRoleWithSAML"]"#, identity.clone(), "refused"),
        (r#""Action": ["sts:AssumeRoleWithSAML", "sts:SetSourceIdentity"]"#, identity, "allowed"),
        (r#""NotAction": "sts:AssumeRole""#, ada(), "allowed"),
        (r#""NotAction": "sts:*""#, plain(), "refused"),
        (r#""NotAction": "sts:TagSession""#, plain(), "allowed"),
        (r#""NotAction": "sts:TagSession""#, tags, "refused"),
    ] {
        assert_eq!(outcome(&with_action(action), &facts), expected, "{action}");
    }
}

#[test]
fn a_transitive_key_without_tags_needs_the_tagging_action_too() {
    let facts = Facts { transitive_tag_keys: vec!["Project".to_owned()], ..plain() };
    let check = judge(&with_action(r#""Action": "sts:AssumeRoleWithSAML""#), &facts);
    let actions: Vec<_> = check.actions.iter().map(|action| (action.action, action.outcome)).collect();
    assert_eq!(actions, [("sts:AssumeRoleWithSAML", "allowed"), ("sts:TagSession", "refused")]);
}

#[test]
fn an_explicit_deny_wins_and_what_is_not_known_is_weighed() {
    let everything = r#""Action": "sts:*""#;
    let allow = |condition: &str| statement("Allow", &federated(PROVIDER), everything, condition);
    let deny = |condition: &str| statement("Deny", r#""Principal": "*""#, everything, condition);
    let is = r#"{"StringEquals": {"SAML:sub": "ada@example.com"}}"#;
    let is_not = r#"{"StringEquals": {"SAML:sub": "eve"}}"#;
    let perhaps = r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#;
    for (statements, expected) in [
        (vec![allow(is)], "allowed"),
        (vec![allow(is_not)], "refused"),
        (vec![allow(perhaps)], "unknown"),
        (vec![allow(is), deny(is)], "refused"),
        (vec![deny(is), allow(is)], "refused"),
        (vec![allow(is), deny(is_not)], "allowed"),
        (vec![allow(is), deny(perhaps)], "unknown"),
        (vec![allow(perhaps), deny(is)], "refused"),
        (vec![allow(is_not), deny(perhaps)], "refused"),
        (vec![allow(is_not), allow(is)], "allowed"),
        (vec![allow(is_not), allow(perhaps)], "unknown"),
        (vec![allow(perhaps), allow(is)], "allowed"),
        (
            vec![allow(is), statement("Deny", r#""Principal": "*""#, r#""Action": "sts:TagSession""#, "{}")],
            "allowed",
        ),
        (vec![deny(is_not)], "refused"),
    ] {
        assert_eq!(outcome(&policy(&statements), &plain()), expected, "{statements:?}");
    }
}

#[test]
fn the_reasons_name_the_statement_and_the_condition() {
    let other = statement("Allow", &federated(PROVIDER), r#""Action": "sts:AssumeRole""#, "{}");
    let near = statement(
        "Allow",
        &federated(PROVIDER),
        r#""Action": "sts:AssumeRoleWithSAML""#,
        r#"{"StringEquals": {"SAML:iss": "https://idp.example.com/saml", "SAML:aud": "https://eu-west-1.signin.aws.amazon.com/saml"}}"#,
    );
    let stranger = with_principal(&federated("arn:aws:iam::111122223333:saml-provider/Other"));
    let check = judge(&policy(&[other, near]), &plain());
    let said = |check: &rolecall::policy::Check| -> Vec<(String, Vec<String>)> {
        check.reasons.iter().map(|reason| (reason.code.to_owned(), reason.args.clone())).collect()
    };
    let fact = |code: &str, args: &[&str]| {
        (code.to_owned(), args.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(
        said(&check),
        [
            fact("policy.no_statement_allows", &["sts:AssumeRoleWithSAML"]),
            fact("policy.statement_action", &["1", "sts:AssumeRoleWithSAML"]),
            fact("policy.statement_condition", &["2", "StringEquals", "SAML:aud"]),
        ]
    );
    let condition = &check.statements[1].conditions[1];
    assert_eq!(condition.policy_values, ["https://eu-west-1.signin.aws.amazon.com/saml"]);
    assert_eq!(condition.assertion_values.as_deref().unwrap(), ["https://signin.aws.amazon.com/saml"]);
    assert_eq!(
        (check.statements[1].actions.as_slice(), check.statements[1].outcome),
        (&["sts:AssumeRoleWithSAML"][..], "does_not_apply")
    );
    let check = judge(&stranger, &plain());
    assert_eq!(said(&check)[1], fact("policy.statement_principal", &["1", PROVIDER]));
    assert_eq!(
        check.statements[0].principal_reason.args,
        [PROVIDER, "arn:aws:iam::111122223333:saml-provider/Other"]
    );
    let denied = policy(&[
        statement("Allow", &federated(PROVIDER), r#""Action": "sts:*""#, "{}"),
        statement("Deny", r#""Principal": "*""#, r#""Action": "sts:*""#, "{}"),
    ]);
    assert_eq!(
        said(&judge(&denied, &plain())),
        [fact("policy.denied_by_statement", &["2", "sts:AssumeRoleWithSAML"])]
    );
}

#[test]
fn a_forgotten_action_is_named_beside_the_statement_that_lacks_it() {
    let tags = Facts { source_identity: None, ..ada() };
    let check = judge(&with_action(r#""Action": "sts:AssumeRoleWithSAML""#), &tags);
    let said: Vec<_> = check.reasons.iter().map(|reason| (reason.code, reason.args.join(" "))).collect();
    assert_eq!(
        said,
        [
            ("policy.no_statement_allows", "sts:TagSession".to_owned()),
            ("policy.statement_action", "1 sts:TagSession".to_owned()),
        ]
    );
}

#[test]
fn what_is_not_known_is_named_and_what_does_not_matter_is_not() {
    let perhaps = r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#;
    let allow = statement("Allow", &federated(PROVIDER), r#""Action": "sts:*""#, "{}");
    let deny = statement("Deny", r#""Principal": "*""#, r#""Action": "sts:*""#, perhaps);
    let codes = |statements: &[String]| -> Vec<&'static str> {
        judge(&policy(statements), &plain()).reasons.iter().map(|reason| reason.code).collect()
    };
    let unknown = codes(&[allow.clone(), deny.clone()]);
    assert_eq!(unknown, ["policy.allowed_by_statement", "policy.statement_condition_unknown"]);
    assert_eq!(codes(&[deny]), ["policy.no_statement_allows"]);
    assert_eq!(codes(&[allow]), ["policy.allowed_by_statement"]);
}

#[test]
fn a_role_of_another_account_is_said() {
    let role = RoleArn::parse("arn:aws:iam::999999999999:role/Dev").unwrap();
    let check = check(&with_action(r#""Action": "sts:*""#), &plain(), &role, &provider());
    let said = check.facts.iter().find(|fact| fact.code == "policy.other_account").unwrap();
    assert_eq!(said.args, [provider().as_str(), role.as_str()]);
    let gov = ProviderArn::parse("arn:aws-us-gov:iam::111122223333:saml-provider/ExampleProvider").unwrap();
    let check = rolecall::policy::check(&with_action(r#""Action": "sts:*""#), &plain(), &role, &gov);
    assert_eq!(check.outcome, "refused");
}

#[test]
fn a_check_is_one_plain_object() {
    let check = judge(&with_action(r#""Action": "sts:AssumeRoleWithSAML""#), &plain());
    let json = serde_json::to_value(&check).unwrap();
    assert_eq!(json["outcome"], "allowed");
    assert_eq!(json["actions"][0]["needed"], true);
    assert_eq!(json["statements"][0]["principal_reason"]["code"], "policy.principal_matches");
    assert_eq!(json["statements"][0]["line"], 1);
}
