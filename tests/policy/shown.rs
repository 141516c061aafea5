//! What a page shows of a judgement: the one sentence, what it rests on, what would meet a condition, and where it all stands.

use rolecall::policy::{Wish, check, generate};
use rolecall::view::{Message, PolicyCheck, WrittenPolicy, pair};
use serde_json::{Value, json};

use super::sign_in::{ACS, PROVIDER, ROLE, ada, plain, provider, role};

fn shown(statements: &Value) -> PolicyCheck {
    let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    PolicyCheck::of(check(&text, &plain(), &role(), &provider()))
}

fn statement(effect: &str, condition: &Value) -> Value {
    json!({ "Effect": effect, "Principal": { "Federated": PROVIDER }, "Action": "sts:AssumeRoleWithSAML", "Condition": condition })
}

fn said(message: &Message) -> String {
    format!("{}({})", message.key, message.args.join(", "))
}

fn sentence(statements: &Value) -> (String, Vec<String>) {
    let shown = shown(statements);
    (said(&shown.verdict), shown.because.iter().map(said).collect())
}

#[test]
fn the_verdict_names_what_decides() {
    let other = json!({ "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/Other" }, "Action": "sts:AssumeRoleWithSAML" });
    let elsewhere = statement("Allow", &json!({ "StringEquals": { "SAML:aud": "https://x/saml" } }));
    let tags =
        json!({ "Effect": "Allow", "Principal": { "Federated": PROVIDER }, "Action": "sts:TagSession" });
    let network = statement("Allow", &json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }));
    let open = statement("Allow", &json!({}));
    let deny = statement("Deny", &json!({ "StringLike": { "SAML:sub": "ada@*" } }));
    for (statements, verdict) in [
        (json!([open]), "policy_verdict_allowed()"),
        (json!([open, deny]), "policy_verdict_denied(2, sts:AssumeRoleWithSAML)"),
        (json!([elsewhere]), "policy_verdict_condition(1, StringEquals, SAML:aud)"),
        (json!([elsewhere, other]), "policy_verdict_refused(sts:AssumeRoleWithSAML)"),
        (
            json!([other]),
            "policy_verdict_principal(1, arn:aws:iam::111122223333:saml-provider/ExampleProvider)",
        ),
        (json!([tags]), "policy_verdict_action(1, sts:AssumeRoleWithSAML)"),
        (json!([network]), "policy_verdict_unknown_condition(1, IpAddress, aws:SourceIp)"),
        (json!([network, open]), "policy_verdict_allowed()"),
    ] {
        assert_eq!(sentence(&statements).0, verdict, "{statements}");
    }
    let named = json!([open, { "Effect": "Deny", "NotPrincipal": { "Federated": PROVIDER }, "Action": "*" }]);
    assert_eq!(sentence(&named).0, format!("policy_verdict_unknown_principal(2, {PROVIDER})"));
    let shown = PolicyCheck::of(check("{}", &plain(), &role(), &provider()));
    assert_eq!((shown.outcome, said(&shown.verdict).as_str()), ("invalid", "policy_verdict_invalid()"));
    assert_eq!(
        said(&shown.because[0]),
        "policy_missing_element(Statement)",
        "the first error, and no remark"
    );
}

#[test]
fn the_verdict_says_what_the_sign_in_has_and_needs_and_what_else_stands_in_the_way() {
    let condition = json!({ "Bool": { "aws:MultiFactorAuthPresent": "true" }, "StringEquals": { "SAML:aud": "https://x/saml" } });
    assert_eq!(
        sentence(&json!([statement("Allow", &condition)])),
        (
            "policy_verdict_condition(1, Bool, aws:MultiFactorAuthPresent)".to_owned(),
            ["policy_absent_mfa(aws:MultiFactorAuthPresent, policy.absent_mfa)", "policy_because_more(1)"]
                .map(str::to_owned)
                .to_vec()
        )
    );
    let condition = json!({ "StringEquals": { "SAML:aud": "https://x/saml" } });
    assert_eq!(
        sentence(&json!([statement("Allow", &condition)])).1,
        [
            format!("policy_because_has(SAML:aud, {ACS})").as_str(),
            "policy_need_equal(SAML:aud, https://x/saml)"
        ]
    );
    let text = json!({ "Version": "2012-10-17", "Statement": statement("Allow", &json!({ "StringEquals": { "SAML:aud": "https://x/saml" } })) });
    let shown = PolicyCheck::of(check(&text.to_string(), &ada(), &role(), &provider()));
    let last = shown.because.last().map(said);
    assert_eq!(last.as_deref(), Some("policy_because_also(sts:TagSession, sts:SetSourceIdentity)"));
}

#[test]
fn an_encrypted_assertion_leaves_open_what_it_needs() {
    let facts = rolecall::policy::Facts { encrypted: true, ..plain() };
    let text = json!({ "Version": "2012-10-17", "Statement": statement("Allow", &json!({})) });
    let shown = PolicyCheck::of(check(&text.to_string(), &facts, &role(), &provider()));
    assert_eq!(
        (shown.outcome, said(&shown.verdict).as_str()),
        ("unknown", "policy_verdict_unknown_need(sts:TagSession)")
    );
}

#[test]
fn what_would_meet_a_condition_is_said_by_its_operator() {
    for (operator, value, need) in [
        ("StringEquals", json!("a"), "policy_need_equal(SAML:sub, a)"),
        ("StringEquals", json!(["a", "b"]), "policy_need_several(SAML:sub)"),
        ("StringNotEquals", json!("ada@example.com"), "policy_need_not(SAML:sub, ada@example.com)"),
        ("StringNotEquals", json!(["ada@example.com", "b"]), "policy_need_not_several(SAML:sub)"),
        ("StringLike", json!("b*"), "policy_need_like(SAML:sub, b*)"),
        ("StringLike", json!("b"), "policy_need_equal(SAML:sub, b)"),
        ("StringLike", json!(["b*", "c"]), "policy_need_like_several(SAML:sub)"),
        ("StringNotLike", json!("a*"), "policy_need_not_like(SAML:sub, a*)"),
        ("StringNotLike", json!(["a*", "c"]), "policy_need_not_like_several(SAML:sub)"),
        ("NumericLessThan", json!("5"), "policy_need_less(SAML:sub, 5)"),
        ("NumericGreaterThanEquals", json!(["5", "6"]), "policy_need_pass_several(SAML:sub)"),
        ("ForAnyValue:StringEquals", json!(["a"]), "policy_need_any(SAML:sub)"),
        ("ForAllValues:StringNotEquals", json!(["ada@example.com"]), "policy_need_none(SAML:sub)"),
        ("Null", json!("true"), "policy_need_absent(SAML:sub)"),
    ] {
        let shown = shown(&json!([statement("Allow", &json!({ operator: { "SAML:sub": value } }))]));
        let condition = &shown.statements[0].conditions[0];
        assert_eq!(condition.need.as_ref().map(said).as_deref(), Some(need), "{operator} {value}");
    }
    for (operator, key, value, need) in [
        (
            "DateLessThan",
            "aws:CurrentTime",
            "2020-01-01T00:00:00Z",
            Some("policy_need_before(aws:CurrentTime, 2020-01-01T00:00:00Z)"),
        ),
        (
            "DateGreaterThanEquals",
            "aws:CurrentTime",
            "2030-01-01T00:00:00Z",
            Some("policy_need_from(aws:CurrentTime, 2030-01-01T00:00:00Z)"),
        ),
        (
            "NotIpAddress",
            "aws:SourceIp",
            "203.0.113.0/24",
            Some("policy_need_other_address(aws:SourceIp, 203.0.113.0/24)"),
        ),
        ("Null", "SAML:cn", "false", Some("policy_need_present(SAML:cn)")),
        ("Bool", "aws:MultiFactorAuthPresent", "true", None),
        ("StringEquals", "SAML:sub", "ada@example.com", None),
    ] {
        let shown = shown(&json!([statement("Allow", &json!({ operator: { key: value } }))]));
        assert_eq!(
            shown.statements[0].conditions[0].need.as_ref().map(said).as_deref(),
            need,
            "{operator} {key}"
        );
    }
}

#[test]
fn places_select_what_they_name() {
    let text = "{\"Version\": \"2012-10-17\", \"Id\": \"\u{1f600}\",\n \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"*\"},\n\
         \"Action\": \"sts:AssumeRoleWithSAML\", \"Condition\": {\"StringEquals\": {\"SAML:sub\": \"a*\",\n\"SAML:iss\": \"b\"}}}}";
    let shown = PolicyCheck::of(check(text, &plain(), &role(), &provider()));
    let units: Vec<u16> = text.encode_utf16().collect();
    let at = |place: rolecall::view::Place| String::from_utf16(&units[place.start..place.end]).unwrap();
    assert_eq!(at(shown.statements[0].place), "{");
    let keys: Vec<String> = shown.statements[0].conditions.iter().map(|one| at(one.place)).collect();
    assert_eq!(keys, ["\"SAML:sub\"", "\"SAML:iss\""]);
    assert!(shown.facts.iter().all(|fact| !at(fact.place).is_empty()), "{:?}", shown.facts);
}

#[test]
fn a_written_policy_says_how_long_it_may_be_and_when_it_is_longer() {
    let mut wish = Wish::of(&plain(), role(), provider());
    wish.tag_keys = (0..20).map(|number| format!("AKeyOfASessionTag{number}")).collect();
    let written = WrittenPolicy::of(generate(&wish).unwrap());
    assert!(written.characters > written.quota && written.quota == 2048);
    assert!(written.facts.iter().any(|fact| fact.code == "policy.over_quota"), "{:?}", written.facts);
}

#[test]
fn what_is_typed_for_a_role_is_trimmed_and_else_taken_as_it_is() {
    assert_eq!(pair(&format!(" {ROLE}\n"), PROVIDER).unwrap(), (role(), provider()));
    assert!(pair(PROVIDER, ROLE).is_err() && pair(ROLE, "").is_err());
}
