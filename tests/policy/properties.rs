//! What holds for every policy and every sign-in.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rolecall::aws::{ProviderArn, RoleArn};
use rolecall::partition::Partition;
use rolecall::policy::{Audience, Check, Facts, Require, Wish, acs_urls, check, generate, parse};
use serde_json::Value;

use super::generated::{HOSTILE, agree, arguments};
use super::sign_in::{ada, judge, plain, provider, role, with_condition};

/// A wish, and a sign-in that it is for.
fn wishes() -> impl Strategy<Value = (Wish, Facts)> {
    let text =
        prop_oneof![select(&HOSTILE[..]).prop_map(str::to_owned), "\\PC{1,12}", "[${}%*?'\"\\\\ab]{1,8}"];
    let plain_text = text.clone().prop_map(|text| text.replace(['*', '?'], "-"));
    (
        select(&Partition::ALL[..]),
        any::<u8>(),
        prop::option::of("[A-Z0-9]{1,22}"),
        prop::option::of(text),
        vec(("[A-Za-z0-9 _.:/=+@-]{1,12}", plain_text, any::<bool>()), 0..4),
        prop::option::of("[a-zA-Z_0-9+=,.@-]{2,12}"),
        any::<[bool; 3]>(),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(partition, mode, encrypted_id, subject, tags, identity, asks, place)| {
            let arn = |kind: &str| format!("arn:{}:iam::111122223333:{kind}", partition.id());
            let role = RoleArn::parse(&arn("role/team/Dev")).unwrap();
            let provider = ProviderArn::parse(&arn("saml-provider/ExampleProvider")).unwrap();
            let region = partition.regions()[usize::from(mode) % partition.regions().len()];
            let audience = match mode % 3 {
                0 => Audience::All,
                1 => Audience::Regions(vec![region.to_owned()]),
                _ => Audience::Pattern,
            };
            let regions: &[&str] = if mode % 3 == 1 { &[region] } else { &[] };
            let urls = acs_urls(partition, regions, encrypted_id.as_deref());
            let mut principal_tags: Vec<(String, String)> = Vec::new();
            let mut require = Vec::new();
            for (key, value, is_required) in tags {
                if principal_tags.iter().any(|(known, _)| known.eq_ignore_ascii_case(&key)) {
                    continue;
                }
                if is_required {
                    require.push(Require::Tag {
                        key: key.clone(),
                        values: vec!["other".to_owned(), value.clone()],
                    });
                }
                principal_tags.push((key, value));
            }
            if let (Some(subject), true) = (&subject, asks[0]) {
                require.push(Require::Subject(vec![subject.clone(), "eve".to_owned()]));
            }
            if let (Some(identity), true) = (&identity, asks[1]) {
                require.push(Require::SourceIdentity(vec![identity.clone()]));
            }
            let facts = Facts {
                name_id: subject,
                recipients: vec![place.get(&urls).clone()],
                transitive_tag_keys: principal_tags.iter().take(1).map(|(key, _)| key.clone()).collect(),
                principal_tags,
                source_identity: identity,
                ..plain()
            };
            let wish = Wish { audience, encrypted_id, require, ..Wish::of(&facts, role, provider) };
            let wish = if asks[2] { wish } else { Wish { transitive_tag_keys: Vec::new(), ..wish } };
            (wish, facts)
        })
}

fn judged(wish: &Wish, facts: &Facts, provider: &str) -> Check {
    let text = generate(wish).unwrap().json;
    check(&text, facts, &wish.role, &ProviderArn::parse(provider).unwrap())
}

proptest! {
    #[test]
    fn a_generated_policy_lets_its_own_sign_in_in((wish, facts) in wishes()) {
        let check = judged(&wish, &facts, wish.provider.as_str());
        prop_assert!(check.outcome == "allowed", "{:#?}", check);
        prop_assert!(check.facts.iter().all(|fact| fact.severity != "error"), "{:?}", check.facts);
    }

    #[test]
    fn a_generated_policy_refuses_another_provider_audience_or_account((wish, facts) in wishes(), case in 0..5_u8) {
        let own = wish.provider.as_str();
        let (facts, provider) = match case {
            0 => (facts, format!("{own}2")),
            1 => (facts, own.replace("111122223333", "999999999999")),
            2 => (Facts { recipients: vec!["https://idp.example.com/acs".to_owned()], ..facts }, own.to_owned()),
            3 => {
                let recipients = facts.recipients.iter().map(|url| format!("{url}/x")).collect();
                (Facts { recipients, ..facts }, own.to_owned())
            }
            _ => (Facts { recipients: vec![], ..facts }, own.to_owned()),
        };
        prop_assert_eq!(judged(&wish, &facts, &provider).outcome, "refused");
    }

    #[test]
    fn each_required_thing_is_required((wish, facts) in wishes()) {
        for require in &wish.require {
            let mut other = facts.clone();
            match require {
                Require::Tag { key, .. } => other.principal_tags.retain(|(known, _)| known != key),
                Require::Subject(_) => other.name_id = Some("mallory".to_owned()),
                Require::SourceIdentity(_) => other.source_identity = None,
            }
            prop_assert_eq!(judged(&wish, &other, wish.provider.as_str()).outcome, "refused");
        }
        // And what is not sent for is not let through: a tag or a source identity beyond the wish.
        let mut more = facts.clone();
        more.principal_tags.push(("Unasked".to_owned(), "x".to_owned()));
        prop_assert_eq!(judged(&wish, &more, wish.provider.as_str()).outcome, "refused");
        if !wish.source_identity {
            let more = Facts { source_identity: Some("eve".to_owned()), ..facts };
            prop_assert_eq!(judged(&wish, &more, wish.provider.as_str()).outcome, "refused");
        }
    }

    #[test]
    fn what_is_generated_is_read_back_the_same((wish, _) in wishes()) {
        let made = generate(&wish).unwrap();
        let (policy, _) = parse(&made.json).unwrap();
        let value: Value = serde_json::from_str(&made.json).unwrap();
        let statements = value["Statement"].as_array().unwrap();
        prop_assert_eq!(policy.statements.len(), statements.len());
        for (read, written) in policy.statements.iter().zip(statements) {
            prop_assert_eq!(read.sid.as_deref(), written["Sid"].as_str());
            prop_assert_eq!(read.actions.patterns.as_slice(), [written["Action"].as_str().unwrap()]);
            for condition in &read.conditions {
                let values = &written["Condition"][&condition.operator_name][&condition.key];
                let values: Vec<&str> = match values {
                    Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
                    value => value.as_str().into_iter().collect(),
                };
                prop_assert_eq!(&condition.values, &values);
            }
        }
        if made.cloud_formation.is_some() {
            agree(&wish, &made);
        }
    }

    #[test]
    fn any_text_is_judged_without_a_panic(text in "(\\PC|[\\[\\]{}:,\"%<>0-9]){0,120}") {
        let check = judge(&text, &ada());
        prop_assert!(!check.valid && !check.facts.is_empty());
    }

    #[test]
    fn any_policy_that_is_broken_somewhere_is_judged_without_a_panic(
        cut in any::<prop::sample::Index>(), put in "\\PC{0,3}|[\\[\\]{}:,\"]{0,3}", keep in any::<bool>()
    ) {
        let policy = with_condition(
            r#"{"ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["${aws:RequestTag/x, 'y'}*", "?"]}, "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#,
        );
        let places: Vec<usize> = policy.char_indices().map(|(at, _)| at).collect();
        let at = *cut.get(&places);
        let rest = if keep { &policy[at..] } else { "" };
        let _ = judge(&format!("{}{put}{rest}", &policy[..at]), &ada());
    }

    #[test]
    fn any_operator_with_any_values_comes_to_one_of_three_outcomes(
        set in select(&["", "ForAnyValue:", "ForAllValues:"][..]),
        operator in select(&["StringEquals", "StringNotLike", "NumericLessThan", "DateGreaterThan", "Bool", "BinaryEquals", "NotIpAddress", "ArnLike", "StringEqualsIgnoreCase"][..]),
        if_exists in select(&["", "IfExists"][..]),
        key in select(&["SAML:sub", "aws:TagKeys", "aws:SourceIp", "aws:CurrentTime", "saml:cn", "x:y"][..]),
        values in vec("\\PC{0,8}|[0-9./:*?${}'a, -]{0,12}", 1..4)
    ) {
        let condition = serde_json::json!({format!("{set}{operator}{if_exists}"): {key: values}}).to_string();
        let check = judge(&with_condition(&condition), &ada());
        prop_assert!(check.valid, "{:?}", check.facts);
        prop_assert!(["allowed", "refused", "unknown"].contains(&check.outcome));
        // Negation is negation: what is met is not met by the contrary, wherever the key has one value.
        if operator == "StringEquals" && set.is_empty() && key == "SAML:sub" {
            let contrary = condition.replacen("StringEquals", "StringNotEquals", 1);
            let contrary = judge(&with_condition(&contrary), &ada()).outcome;
            let has_variable = condition.contains("${");
            prop_assert!(check.outcome != contrary || contrary == "unknown" || has_variable, "{}", condition);
        }
    }

    #[test]
    fn the_order_of_statements_changes_no_outcome(places in Just(vec![0, 1, 2, 3]).prop_shuffle(), some in subsequence(vec![0, 1, 2, 3], 1..4)) {
        let statement = |effect: &str, condition: &str| format!(r#"{{"Effect": "{effect}", "Principal": "*", "Action": "sts:*", "Condition": {condition}}}"#);
        let all = [
            statement("Allow", "{}"),
            statement("Deny", r#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#),
            statement("Allow", r#"{"StringEquals": {"SAML:sub": "eve"}}"#),
            statement("Deny", r#"{"StringEquals": {"SAML:sub": "eve"}}"#),
        ];
        let policy = |places: &[usize]| {
            let chosen: Vec<&str> = places.iter().map(|place| all[*place].as_str()).collect();
            format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, chosen.join(","))
        };
        let shuffled: Vec<usize> = places.into_iter().filter(|place| some.contains(place)).collect();
        prop_assert_eq!(judge(&policy(&some), &plain()).outcome, judge(&policy(&shuffled), &plain()).outcome);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn sh_reads_every_command_as_it_is_meant((wish, _) in wishes()) {
        let made = generate(&wish).unwrap();
        let given = arguments(&made.cli_update);
        let expected: Value = serde_json::from_str(&made.json).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&given[5]).unwrap(), expected);
    }
}

#[test]
fn a_policy_at_the_limit_against_a_sign_in_at_the_limit_ends_soon() {
    let values: Vec<String> = (0..20_000).map(|n| format!("*a{n}*b")).collect();
    let condition = serde_json::json!({"ForAnyValue:StringLike": {"saml:cn": values}}).to_string();
    let claims = vec![("urn:oid:2.5.4.3".to_owned(), vec!["a".repeat(50); 1000])];
    let check = judge(&with_condition(&condition), &Facts { attributes: claims, ..plain() });
    assert_eq!(
        (check.outcome, check.statements[0].conditions[0].reason.code),
        ("unknown", "policy.unknown_too_long")
    );
    assert!(check.statements[0].conditions[0].policy_values.len() <= 100);
}

#[test]
fn a_response_becomes_the_facts_that_a_policy_asks_for() {
    use rolecall::saml::{Assertion, Attribute, AttributeValue, NameId, Response, SubjectConfirmation};
    let attribute = |name: &str, value: &str| Attribute {
        name: name.to_owned(),
        values: vec![AttributeValue { text: value.to_owned(), ..AttributeValue::default() }],
        ..Attribute::default()
    };
    let aws =
        |name: &str, value: &str| attribute(&format!("https://aws.amazon.com/SAML/Attributes/{name}"), value);
    let assertion = Assertion {
        issuer: Some("https://idp.example.com/saml".to_owned()),
        name_id: Some(NameId { value: "ada".to_owned(), format: Some("f".to_owned()), ..NameId::default() }),
        confirmations: vec![SubjectConfirmation {
            recipient: Some("https://r".to_owned()),
            ..Default::default()
        }],
        attributes: vec![
            aws("PrincipalTag:Team", "x"),
            aws("SourceIdentity", "ada"),
            aws("RoleSessionName", "s"),
            attribute("2.5.4.45", "7"),
        ],
        ..Assertion::default()
    };
    let response = Response { assertions: vec![assertion], ..Response::default() };
    let facts = Facts::of(&response, &rolecall::aws::read(&response));
    assert_eq!(facts.recipients, ["https://r"]);
    assert_eq!(facts.principal_tags, [("Team".to_owned(), "x".to_owned())]);
    assert_eq!((facts.source_identity.as_deref(), facts.session_name.as_deref()), (Some("ada"), Some("s")));
    let condition = r#"{"StringEquals": {"SAML:sub": "ada", "SAML:sub_type": "f", "saml:x500UniqueIdentifier": "7", "aws:RequestTag/team": "x"}}"#;
    assert_eq!(check(&with_condition(condition), &facts, &role(), &provider()).outcome, "allowed");
    let qualifier = rolecall::policy::name_qualifier_text(
        "https://example.com/saml",
        &ProviderArn::parse("arn:aws:iam::123456789012:saml-provider/MySAMLIdP").unwrap(),
    );
    assert_eq!(qualifier, "https://example.com/saml123456789012/MySAMLIdP");
}
