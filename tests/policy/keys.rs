//! Every key of a SAML sign-in, those that only AWS knows, those of other calls, and policy variables, which are keys too.

use rolecall::policy::Facts;

use super::conditions::{MET, NOT, case, holds};
use super::sign_in::{ada, judge, plain, with_condition};

#[test]
fn several_values_without_a_set_operator_are_judged_only_where_they_agree() {
    let unknown = ("unknown", "policy.unknown_no_set_operator");
    holds(
        &ada(),
        &[
            case("StringEquals", "saml:edupersonaffiliation", r#""staff""#, unknown),
            case("StringNotEquals", "saml:edupersonaffiliation", r#""staff""#, unknown),
            case("StringEquals", "saml:edupersonaffiliation", r#"["staff", "faculty"]"#, MET),
            case("StringEquals", "saml:edupersonaffiliation", r#""student""#, NOT),
            case("StringNotEquals", "saml:edupersonaffiliation", r#""student""#, MET),
            case("StringEquals", "saml:edupersonentitlement", r#""urn:mace:dir:one""#, MET),
            case("StringLike", "aws:TagKeys", r#""Pro*""#, unknown),
        ],
    );
}

#[test]
fn every_key_of_a_saml_sign_in_has_its_value() {
    holds(
        &ada(),
        &[
            case("StringEquals", "SAML:aud", r#""https://signin.aws.amazon.com/saml""#, MET),
            case("StringEquals", "saml:AUD", r#""https://signin.aws.amazon.com/saml""#, MET),
            case("StringEquals", "SAML:aud", r#""urn:amazon:webservices""#, NOT),
            case("StringEquals", "SAML:aud", r#""https://signin.aws.amazon.com/saml/""#, NOT),
            case("StringEquals", "SAML:iss", r#""https://idp.example.com/saml""#, MET),
            case("StringEquals", "SAML:sub_type", r#""persistent""#, MET),
            case(
                "StringEquals",
                "SAML:sub_type",
                r#""urn:oasis:names:tc:SAML:2.0:nameid-format:persistent""#,
                NOT,
            ),
            case("StringEquals", "SAML:doc", r#""111122223333/ExampleProvider""#, MET),
            case("StringEquals", "SAML:namequalifier", r#""q6urq6urq6urq6urq6urq6urq6s=""#, MET),
            case("StringEquals", "saml:eduPersonOrgDN", r#""ExampleOrg""#, MET),
            case("StringEquals", "saml:edupersonprincipalname", r#""ada@example.com""#, MET),
            case("ForAnyValue:StringEquals", "saml:cn", r#""Ada""#, MET),
            case("StringEquals", "saml:name", r#""Ada Lovelace""#, MET),
            case("StringEquals", "saml:mail", r#""ada@example.com""#, MET),
            case("StringEquals", "saml:surname", r#""Lovelace""#, MET),
            case("StringEquals", "saml:uid", r#""S-1-5-21""#, MET),
            case("StringEquals", "saml:x500UniqueIdentifier", r#""0123""#, MET),
            case("StringEquals", "sts:RoleSessionName", r#""ada""#, MET),
            case("StringEquals", "sts:SourceIdentity", r#""ada""#, MET),
            case("StringEquals", "aws:RequestTag/project", r#""Automation""#, MET),
            case("StringEquals", "AWS:requesttag/PROJECT", r#""Automation""#, MET),
            case("StringEquals", "aws:RequestedRegion", r#""us-east-1""#, MET),
            case("StringEquals", "aws:ResourceAccount", r#""111122223333""#, MET),
        ],
    );
    let other_format = Facts {
        name_id_format: Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".to_owned()),
        ..plain()
    };
    holds(
        &other_format,
        &[case(
            "StringEquals",
            "SAML:sub_type",
            r#""urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress""#,
            MET,
        )],
    );
}

#[test]
fn what_only_aws_knows_is_not_guessed() {
    let unknown = |why: &'static str| ("unknown", why);
    holds(
        &ada(),
        &[
            case("IpAddress", "aws:SourceIp", r#""0.0.0.0/0""#, unknown("policy.unknown_network")),
            case("NotIpAddress", "aws:SourceIp", r#""0.0.0.0/0""#, unknown("policy.unknown_network")),
            case("StringEquals", "aws:SourceVpc", r#""vpc-1""#, unknown("policy.unknown_network")),
            case("StringEqualsIfExists", "aws:SourceVpce", r#""vpce-1""#, unknown("policy.unknown_network")),
            case("IpAddress", "aws:VpcSourceIp", r#""10.0.1.0/24""#, unknown("policy.unknown_network")),
            case("StringLike", "aws:UserAgent", r#""*""#, unknown("policy.unknown_client")),
            case("Bool", "aws:ViaAWSService", "false", unknown("policy.unknown_client")),
            case("StringEquals", "aws:PrincipalOrgID", r#""o-1""#, unknown("policy.unknown_caller")),
            case(
                "StringEquals",
                "aws:PrincipalTag/Project",
                r#""Automation""#,
                unknown("policy.unknown_caller"),
            ),
            case("StringEquals", "aws:ResourceTag/Env", r#""dev""#, unknown("policy.unknown_role")),
            case("StringEquals", "iam:ResourceTag/Env", r#""dev""#, unknown("policy.unknown_role")),
            case("StringEquals", "aws:Newly", r#""x""#, unknown("policy.unknown_key")),
            // Two givenname values for a key that holds one; two claims for one key; a name that AWS does not document.
            case("StringEquals", "saml:givenName", r#""Ada""#, unknown("policy.unknown_several")),
            case("StringEquals", "saml:commonName", r#""Ada""#, unknown("policy.unknown_several")),
            case(
                "StringEquals",
                "saml:organizationStatus",
                r#""active""#,
                unknown("policy.unknown_claim_name"),
            ),
            case(
                "StringEquals",
                "saml:primaryGroupSID",
                r#""S-1-5-21""#,
                unknown("policy.unknown_claim_name"),
            ),
        ],
    );
    let blind = Facts { now: None, region: None, name_id_format: None, ..plain() };
    holds(
        &blind,
        &[
            case("DateLessThan", "aws:CurrentTime", r#""2027""#, unknown("policy.unknown_clock")),
            case("DateLessThan", "aws:EpochTime", r#""2027""#, unknown("policy.unknown_clock")),
            case("StringEquals", "aws:RequestedRegion", r#""us-east-1""#, unknown("policy.unknown_region")),
            case("StringEquals", "SAML:namequalifier", r#""x""#, unknown("policy.unknown_digest")),
            case("StringEquals", "SAML:sub_type", r#""persistent""#, unknown("policy.unknown_format")),
        ],
    );
    let two = Facts { recipients: vec!["a".to_owned(), "b".to_owned()], ..plain() };
    holds(&two, &[case("StringEquals", "SAML:aud", r#""a""#, unknown("policy.unknown_several"))]);
}

#[test]
fn keys_of_other_calls_are_absent_and_why_is_said() {
    holds(
        &ada(),
        &[
            case("StringEquals", "sts:ExternalId", r#""x""#, ("not_met", "policy.absent_other_call")),
            case("NumericLessThan", "sts:DurationSeconds", "3600", ("not_met", "policy.absent_other_call")),
            case("Bool", "aws:MultiFactorAuthPresent", "true", ("not_met", "policy.absent_mfa")),
            case("NumericLessThan", "aws:MultiFactorAuthAge", "3600", ("not_met", "policy.absent_mfa")),
            case("StringEquals", "aws:FederatedProvider", r#""x""#, ("not_met", "policy.absent_unsigned")),
            case("StringEquals", "aws:username", r#""ada""#, ("not_met", "policy.absent_unsigned")),
            case(
                "StringEquals",
                "aws:SourceIdentity",
                r#""ada""#,
                ("not_met", "policy.absent_source_identity"),
            ),
            case("ArnLike", "aws:SourceArn", r#""arn:aws:s3:::b""#, ("not_met", "policy.absent_service")),
            case(
                "StringEquals",
                "accounts.google.com:aud",
                r#""x""#,
                ("not_met", "policy.absent_other_call"),
            ),
            case("StringEquals", "saml:nosuchkey", r#""x""#, ("not_met", "policy.absent_not_sent")),
            case("StringEquals", "saml:eduorglegalname", r#""x""#, ("not_met", "policy.absent_not_sent")),
        ],
    );
}

#[test]
fn policy_variables_are_replaced_by_the_request() {
    holds(
        &ada(),
        &[
            case("StringEquals", "sts:RoleSessionName", r#""${sts:SourceIdentity}""#, MET),
            case("StringEquals", "sts:RoleSessionName", r#""${SAML:sub}""#, NOT),
            case("StringEquals", "aws:RequestTag/Same", r#""${saml:sub}""#, MET),
            case("StringLike", "SAML:sub", r#""${sts:RoleSessionName}@*""#, MET),
            case("StringLike", "SAML:sub", r#""x${sts:RoleSessionName}@*""#, NOT),
            case("StringEquals", "SAML:doc", r#""${aws:ResourceAccount}/ExampleProvider""#, MET),
            // The special ones are characters, and so is what comes out of a variable.
            case("StringLike", "aws:RequestTag/Star", r#""a${*}b""#, MET),
            case("StringLike", "sts:RoleSessionName", r#""a${*}""#, NOT),
            case("StringLike", "SAML:sub", r#""${aws:RequestTag/Star}""#, NOT),
            case("StringEquals", "aws:RequestTag/Star", r#""a${*}b""#, MET),
            case("StringLike", "sts:RoleSessionName", r#""ad${?}""#, NOT),
            case("StringEquals", "sts:RoleSessionName", r#""${$}{x}""#, NOT),
            // Defaults.
            case("StringEquals", "sts:RoleSessionName", r#""${aws:RequestTag/Missing, 'ada'}""#, MET),
            case("StringEquals", "sts:RoleSessionName", r#""${aws:username, 'eve'}""#, NOT),
            case("StringEquals", "sts:RoleSessionName", r#""${sts:SourceIdentity, 'eve'}""#, MET),
            // Without a value and without a default the statement may count as invalid.
            case(
                "StringEquals",
                "sts:RoleSessionName",
                r#""${aws:username}""#,
                ("not_met", "policy.variable_unset"),
            ),
            case(
                "StringLike",
                "sts:RoleSessionName",
                r#""${aws:RequestTag/Missing}*""#,
                ("not_met", "policy.variable_unset"),
            ),
            case(
                "StringNotEquals",
                "sts:RoleSessionName",
                r#""${aws:username}""#,
                ("unknown", "policy.variable_unset"),
            ),
            case("StringNotEquals", "sts:RoleSessionName", r#"["ada", "${aws:username}"]"#, NOT),
            case(
                "StringEquals",
                "sts:RoleSessionName",
                r#""${aws:PrincipalTag/x}""#,
                ("unknown", "policy.variable_unknown"),
            ),
            case(
                "StringEquals",
                "sts:RoleSessionName",
                r#""${aws:TagKeys}""#,
                ("unknown", "policy.variable_several"),
            ),
            // Operators that replace nothing.
            case("NumericEquals", "aws:RequestTag/Level", r#""${aws:RequestTag/Level}""#, NOT),
            case("IpAddress", "aws:RequestTag/Address", r#""${aws:RequestTag/Address}""#, NOT),
            case(
                "ArnLike",
                "aws:RequestTag/User",
                r#""arn:aws:iam::${aws:ResourceAccount}:user/*/${sts:SourceIdentity}""#,
                MET,
            ),
            case("Bool", "aws:SecureTransport", r#""${aws:RequestTag/MFA}""#, MET),
            // Not closed: text.
            case("StringEquals", "sts:RoleSessionName", r#""${sts:SourceIdentity""#, NOT),
        ],
    );
}

#[test]
fn without_the_version_that_has_them_variables_are_text() {
    let text = Facts { session_name: Some("${sts:SourceIdentity}".to_owned()), ..ada() };
    for version in ["\"Version\": \"2008-10-17\",", ""] {
        let policy = with_condition(r#"{"StringEquals": {"sts:RoleSessionName": "${sts:SourceIdentity}"}}"#)
            .replace("\"Version\": \"2012-10-17\",", version);
        assert_eq!(judge(&policy, &text).outcome, "allowed", "{version}");
        assert_eq!(judge(&policy, &ada()).outcome, "refused", "{version}");
        assert!(
            judge(&policy, &ada()).facts.iter().any(|fact| fact.code == "policy.variable_without_version")
        );
    }
}

#[test]
fn of_an_encrypted_assertion_only_the_request_is_known() {
    let encrypted = Facts { encrypted: true, now: plain().now, ..Facts::default() };
    for (condition, outcome) in [
        (r#"{"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}"#, "unknown"),
        (r#"{"StringEquals": {"SAML:doc": "111122223333/Other"}}"#, "refused"),
        (r#"{"StringEquals": {"SAML:doc": "111122223333/ExampleProvider"}}"#, "allowed"),
        (r#"{"DateLessThan": {"aws:CurrentTime": "2020"}}"#, "refused"),
    ] {
        assert_eq!(judge(&with_condition(condition), &encrypted).outcome, outcome, "{condition}");
    }
    // Whether tags are in it is not known, so whether their refusal refuses is not either.
    let only = with_condition("{}").replace("sts:*", "sts:AssumeRoleWithSAML");
    let check = judge(&only, &encrypted);
    assert_eq!((check.outcome, check.actions.len()), ("unknown", 3));
    assert_eq!(
        check.actions.iter().map(|action| action.needed).collect::<Vec<_>>(),
        [Some(true), None, None]
    );
}
