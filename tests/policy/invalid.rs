//! What IAM would not take as a trust policy: the code, its arguments and the place.

use super::sign_in::{PROVIDER, judge, plain};

fn said(policy: &str) -> Vec<(&'static str, Vec<String>, usize, usize)> {
    let check = judge(policy, &plain());
    assert!(!check.valid, "{policy}");
    assert_eq!((check.outcome, check.statements.len()), ("unknown", 0));
    let errors = check.facts.into_iter().filter(rolecall::policy::Fact::is_error);
    errors.map(|fact| (fact.code, fact.args, fact.line, fact.column)).collect()
}

/// A statement on the third line, from its second column on.
fn with(members: &str) -> String {
    format!("{{\"Version\": \"2012-10-17\",\n\"Statement\": [\n{{{members}}}]}}")
}

const EFFECT: &str = r#""Effect": "Allow""#;
const ACTION: &str = r#""Action": "sts:AssumeRoleWithSAML""#;

fn principal() -> String {
    format!(r#""Principal": {{"Federated": "{PROVIDER}"}}"#)
}

#[test]
fn every_flaw_of_a_statement_is_said_with_its_place() {
    let principal = principal();
    for (members, code, args, column) in [
        (format!("{principal}, {ACTION}"), "policy.missing_element", &["Effect"][..], 1),
        (format!("{EFFECT}, {principal}"), "policy.missing_element", &["Action"], 1),
        (format!("{EFFECT}, {ACTION}"), "policy.missing_element", &["Principal"], 1),
        (format!("\"Effect\": \"allow\", {principal}, {ACTION}"), "policy.invalid_effect", &["allow"], 12),
        (format!("\"Effect\": true, {principal}, {ACTION}"), "policy.wrong_type", &["Effect", "string"], 12),
        (
            format!("\"Resource\": \"*\", {EFFECT}, {principal}, {ACTION}"),
            "policy.resource",
            &["Resource"],
            2,
        ),
        (
            format!("\"NotResource\": \"*\", {EFFECT}, {principal}, {ACTION}"),
            "policy.resource",
            &["NotResource"],
            2,
        ),
        (
            format!("\"Conditions\": {{}}, {EFFECT}, {principal}, {ACTION}"),
            "policy.unknown_element",
            &["Conditions"],
            2,
        ),
        (
            format!("\"condition\": {{}}, {EFFECT}, {principal}, {ACTION}"),
            "policy.misspelled",
            &["condition", "Condition"],
            2,
        ),
        (
            format!("\"NotAction\": \"sts:*\", {EFFECT}, {principal}, {ACTION}"),
            "policy.both_elements",
            &["Action", "NotAction"],
            15,
        ),
        (
            format!("\"NotPrincipal\": {{\"AWS\": \"*\"}}, {EFFECT}, {principal}, {ACTION}"),
            "policy.both_elements",
            &["Principal", "NotPrincipal"],
            18,
        ),
        (
            format!("\"Effect\": \"Deny\", {EFFECT}, {principal}, {ACTION}"),
            "policy.duplicate_key",
            &["Effect"],
            20,
        ),
        (
            format!("\"Sid\": \"with space\", {EFFECT}, {principal}, {ACTION}"),
            "policy.invalid_sid",
            &["with space"],
            9,
        ),
        (format!("\"Sid\": 1, {EFFECT}, {principal}, {ACTION}"), "policy.wrong_type", &["Sid", "string"], 9),
        (
            format!("\"Action\": \"AssumeRoleWithSAML\", {EFFECT}, {principal}"),
            "policy.invalid_action",
            &["AssumeRoleWithSAML"],
            12,
        ),
        (
            format!("\"Action\": [\"sts:*\", \"sts: x\"], {EFFECT}, {principal}"),
            "policy.invalid_action",
            &["sts: x"],
            22,
        ),
        (format!("\"Action\": [], {EFFECT}, {principal}"), "policy.empty", &["Action"], 12),
        (format!("\"Action\": {{}}, {EFFECT}, {principal}"), "policy.wrong_type", &["Action", "string"], 12),
        (
            format!("\"Action\": [[\"sts:*\"]], {EFFECT}, {principal}"),
            "policy.wrong_type",
            &["Action", "string"],
            13,
        ),
    ] {
        let said = said(&with(&members));
        let args: Vec<String> = args.iter().map(|one| (*one).to_owned()).collect();
        assert!(said.contains(&(code, args, 3, column)), "{members}: {said:?}");
    }
}

#[test]
fn every_flaw_of_a_principal_is_said_with_its_place() {
    for (principal, code, args, column) in [
        (r#""ada""#, "policy.invalid_principal", &["", "ada"][..], 15),
        ("[]", "policy.wrong_type", &["Principal", "object"], 15),
        ("{}", "policy.empty", &["Principal"], 15),
        (r#"{"Federation": "x"}"#, "policy.unknown_principal_type", &["Federation"], 16),
        (r#"{"federated": "x"}"#, "policy.misspelled", &["federated", "Federated"], 16),
        (r#"{"*": "*"}"#, "policy.unknown_principal_type", &["*"], 16),
        (r#"{"Federated": []}"#, "policy.empty", &["Federated"], 29),
        (r#"{"Federated": 7}"#, "policy.wrong_type", &["Federated", "string"], 29),
        (
            r#"{"Federated": "ExampleProvider"}"#,
            "policy.invalid_principal",
            &["Federated", "ExampleProvider"],
            29,
        ),
        (
            r#"{"Federated": "arn:aws:iam::111122223333:role/Dev"}"#,
            "policy.invalid_principal",
            &["Federated", "arn:aws:iam::111122223333:role/Dev"],
            29,
        ),
        (
            r#"{"Federated": "arn:aws:iam::1111:saml-provider/X"}"#,
            "policy.invalid_principal",
            &["Federated", "arn:aws:iam::1111:saml-provider/X"],
            29,
        ),
        (
            r#"{"Federated": "arn:aws:iam::111122223333:saml-provider/*"}"#,
            "policy.principal_wildcard",
            &["arn:aws:iam::111122223333:saml-provider/*"],
            29,
        ),
        (r#"{"AWS": "ada"}"#, "policy.invalid_principal", &["AWS", "ada"], 23),
        (
            r#"{"AWS": "arn:aws:iam::111122223333:user/*"}"#,
            "policy.principal_wildcard",
            &["arn:aws:iam::111122223333:user/*"],
            23,
        ),
        (
            r#"{"AWS": "arn:aws:iam::111122223333:saml-provider/X"}"#,
            "policy.invalid_principal",
            &["AWS", "arn:aws:iam::111122223333:saml-provider/X"],
            23,
        ),
        (r#"{"Service": "ec2"}"#, "policy.invalid_principal", &["Service", "ec2"], 27),
    ] {
        let said = said(&with(&format!(r#""Principal": {principal}, {EFFECT}, {ACTION}"#)));
        let args: Vec<String> = args.iter().map(|one| (*one).to_owned()).collect();
        assert!(said.contains(&(code, args, 3, column)), "{principal}: {said:?}");
    }
}

#[test]
fn every_flaw_of_a_condition_is_said_with_its_place() {
    for (condition, code, args, column) in [
        ("[]", "policy.wrong_type", &["Condition", "object"][..], 15),
        (r#"{"StringEquals": "x"}"#, "policy.wrong_type", &["StringEquals", "object"], 32),
        (r#"{"StringMatches": {"SAML:aud": "x"}}"#, "policy.unknown_operator", &["StringMatches"], 16),
        (
            r#"{"stringEquals": {"SAML:aud": "x"}}"#,
            "policy.misspelled",
            &["stringEquals", "StringEquals"],
            16,
        ),
        (
            r#"{"ForAnyValues:StringEquals": {"SAML:aud": "x"}}"#,
            "policy.unknown_operator",
            &["ForAnyValues:StringEquals"],
            16,
        ),
        (r#"{"NullIfExists": {"SAML:aud": "true"}}"#, "policy.unknown_operator", &["NullIfExists"], 16),
        (r#"{"StringEquals": {"aud": "x"}}"#, "policy.invalid_condition_key", &["aud"], 33),
        (r#"{"StringEquals": {"SAML:aud": []}}"#, "policy.empty", &["SAML:aud"], 45),
        (r#"{"StringEquals": {"SAML:aud": null}}"#, "policy.wrong_type", &["SAML:aud", "string"], 45),
        (r#"{"StringEquals": {"SAML:aud": ["x", {}]}}"#, "policy.wrong_type", &["SAML:aud", "string"], 51),
        (
            r#"{"StringEquals": {"SAML:aud": "x", "saml:aud": "y"}}"#,
            "policy.duplicate_key",
            &["saml:aud"],
            50,
        ),
        (
            r#"{"StringEquals": {"SAML:aud": "x"}, "StringEquals": {}}"#,
            "policy.duplicate_key",
            &["StringEquals"],
            51,
        ),
    ] {
        let said = said(&with(&format!(r#""Condition": {condition}, {EFFECT}, {ACTION}, {}"#, principal())));
        let args: Vec<String> = args.iter().map(|one| (*one).to_owned()).collect();
        assert!(said.contains(&(code, args, 3, column)), "{condition}: {said:?}");
    }
}

#[test]
fn every_flaw_of_the_policy_itself_is_said() {
    let statement = format!("{{{EFFECT}, {ACTION}, {}}}", principal());
    for (policy, code) in [
        (String::new(), "policy.nothing"),
        ("[]".to_owned(), "policy.wrong_type"),
        ("\"x\"".to_owned(), "policy.json_unexpected"),
        ("7".to_owned(), "policy.wrong_type"),
        ("{}".to_owned(), "policy.missing_element"),
        (r#"{"Statement": []}"#.to_owned(), "policy.empty"),
        (r#"{"Statement": ["x"]}"#.to_owned(), "policy.wrong_type"),
        (format!(r#"{{"Version": "2012-10-18", "Statement": [{statement}]}}"#), "policy.bad_version"),
        (format!(r#"{{"Version": 2012, "Statement": [{statement}]}}"#), "policy.wrong_type"),
        (format!(r#"{{"statement": [{statement}]}}"#), "policy.misspelled"),
        (format!(r#"{{"Statements": [{statement}]}}"#), "policy.unknown_element"),
        (format!(r#"{{"Id": 7, "Statement": [{statement}]}}"#), "policy.wrong_type"),
        (format!(r#"{{"Statement": [{statement}],}}"#), "policy.json_trailing_comma"),
    ] {
        assert!(said(&policy).iter().any(|(said, ..)| *said == code), "{policy}: {:?}", said(&policy));
    }
    let twice = statement.replace(EFFECT, r#""Effect": "Allow", "Sid": "One""#);
    let twice = format!(r#"{{"Version": "2012-10-17", "Statement": [{twice}, {twice}]}}"#);
    assert_eq!(said(&twice)[0].0, "policy.duplicate_sid");
}

#[test]
fn a_policy_with_thousands_of_flaws_is_said_to_have_a_hundred() {
    let policy = with(&format!(
        "{EFFECT}, {ACTION}, {}, \"Condition\": {{{}}}",
        principal(),
        ["\"X\": 1"; 9].join(",")
    ));
    assert_eq!(said(&policy)[0].0, "policy.duplicate_key");
    let many: Vec<String> = (0..5000).map(|n| format!("\"X{n}\": {{}}")).collect();
    let check = judge(&with(&many.join(",")), &plain());
    assert!(check.facts.len() <= 100 && !check.valid, "{}", check.facts.len());
}

#[test]
fn what_a_valid_policy_does_not_do_is_warned_of() {
    let with_condition = |condition: &str| {
        with(&format!(
            "{EFFECT}, \"Action\": [\"sts:AssumeRoleWithSAML\", \"sts:SetSourceIdentity\"], {}, \"Condition\": {condition}",
            principal()
        ))
    };
    for (condition, code) in [
        (r#"{"StringEquals": {"SAML:audience": "x"}}"#, "policy.undocumented_key"),
        (r#"{"StringEquals": {"aws:RequestTags/x": "x"}}"#, "policy.undocumented_key"),
        (r#"{"StringEquals": {"saml:edupersonaffiliation": "x"}}"#, "policy.missing_set_operator"),
        (r#"{"ForAnyValue:StringEquals": {"SAML:sub": "x"}}"#, "policy.needless_set_operator"),
        (r#"{"ForAllValues:StringEquals": {"saml:cn": "x"}}"#, "policy.for_all_values_when_absent"),
        (r#"{"ForAnyValue:Null": {"aws:TagKeys": "true"}}"#, "policy.null_with_set_operator"),
        (r#"{"NumericEquals": {"aws:RequestTag/x": "seven"}}"#, "policy.value_of_other_kind"),
        (r#"{"Bool": {"aws:SecureTransport": "yes"}}"#, "policy.value_of_other_kind"),
        (r#"{"DateLessThan": {"aws:CurrentTime": "soon"}}"#, "policy.value_of_other_kind"),
        (r#"{"IpAddress": {"aws:SourceIp": "home"}}"#, "policy.value_of_other_kind"),
        (r#"{"ArnLike": {"aws:PrincipalArn": "ada"}}"#, "policy.value_of_other_kind"),
        (r#"{"BinaryEquals": {"aws:RequestTag/x": "!"}}"#, "policy.value_of_other_kind"),
        (
            r#"{"StringEquals": {"SAML:aud": "https://*.signin.aws.amazon.com/saml"}}"#,
            "policy.wildcard_taken_literally",
        ),
        (r#"{"NumericEquals": {"aws:RequestTag/x": "${aws:EpochTime}"}}"#, "policy.variable_not_replaced"),
        (r#"{"StringEquals": {"SAML:sub": "${saml:iss"}}"#, "policy.variable_open"),
        (r#"{"StringEquals": {"SAML:iss": "x"}}"#, "policy.key_undocumented_for_action"),
    ] {
        let facts = judge(&with_condition(condition), &plain()).facts;
        assert!(facts.iter().any(|fact| fact.code == code && fact.line == 3), "{condition}: {facts:?}");
    }
    for condition in [
        r#"{"StringEquals": {"sts:SourceIdentity": "x"}}"#,
        r#"{"ForAllValues:StringEquals": {"saml:cn": "x"}, "Null": {"SAML:CN": "false"}}"#,
    ] {
        let facts = judge(&with_condition(condition), &plain()).facts;
        assert!(facts.iter().all(|fact| fact.severity == "note"), "{condition}: {facts:?}");
    }
    let others = [
        (with(&format!("{EFFECT}, {ACTION}, \"Principal\": \"*\"")), "policy.everyone"),
        (
            with(&format!("{EFFECT}, {ACTION}, \"Principal\": {{\"Federated\": \"*\"}}")),
            "policy.federated_wildcard",
        ),
        (
            with(&format!("{EFFECT}, \"Action\": \"sts:AssumeRoleWithSMAL\", {}", principal())),
            "policy.unknown_action",
        ),
        (format!("{{\"Statement\": {{{EFFECT}, {ACTION}, {}}}}}", principal()), "policy.no_version"),
        (
            with_condition(&format!(r#"{{"StringEquals": {{"SAML:sub": "{}"}}}}"#, "x".repeat(2000))),
            "policy.over_quota",
        ),
        (
            with_condition(&format!(r#"{{"StringEquals": {{"SAML:sub": "{}"}}}}"#, "x".repeat(4096))),
            "policy.over_largest_quota",
        ),
    ];
    for (policy, code) in others {
        let check = judge(&policy, &plain());
        assert!(check.valid && check.facts.iter().any(|fact| fact.code == code), "{code}: {:?}", check.facts);
    }
}

#[test]
fn a_fact_about_a_policy_that_was_decoded_points_into_the_decoded_text() {
    let policy = format!("{{\"Statement\":\n {{{EFFECT}, {}}}}}", principal());
    let mut encoded = String::new();
    rolecall::octets::push_escaped(&mut encoded, &policy);
    for text in [encoded.clone(), format!(r#"{{"Role": {{"AssumeRolePolicyDocument": "{encoded}"}}}}"#)] {
        let check = judge(&text, &plain());
        assert_eq!(check.text, policy);
        let fact = check.facts.iter().find(|fact| fact.code == "policy.missing_element").unwrap();
        assert_eq!((fact.line, fact.column), (2, 2));
    }
}
