//! Every operator, one condition at a time: operator, key, the policy's values, what comes of it, and why.

use rolecall::policy::Facts;

use super::sign_in::{ada, judge, plain, with_condition};

type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

pub(super) fn holds(facts: &Facts, cases: &[Case]) {
    for (operator, key, values, outcome, code) in cases {
        let check = judge(&with_condition(&format!(r#"{{"{operator}": {{"{key}": {values}}}}}"#)), facts);
        assert!(check.valid, "{operator} {key} {values}: {:?}", check.facts);
        let condition = &check.statements[0].conditions[0];
        let said = (condition.outcome, condition.reason.code);
        assert_eq!(said, (*outcome, *code), "{operator} {key} {values}");
        // What a statement does and what the sign-in gets follow from its one condition.
        let overall = match *outcome {
            "met" => "allowed",
            "not_met" => "refused",
            _ => "unknown",
        };
        assert_eq!(check.outcome, overall, "{operator} {key} {values}");
    }
}

pub(super) const MET: (&str, &str) = ("met", "policy.value_passes");
pub(super) const NOT: (&str, &str) = ("not_met", "policy.value_fails");

pub(super) const fn case(
    operator: &'static str,
    key: &'static str,
    values: &'static str,
    outcome: (&'static str, &'static str),
) -> Case {
    (operator, key, values, outcome.0, outcome.1)
}

#[test]
fn text_operators_compare_as_their_names_say() {
    holds(
        &ada(),
        &[
            case("StringEquals", "SAML:sub", r#""ada@example.com""#, MET),
            case("StringEquals", "SAML:sub", r#""Ada@example.com""#, NOT),
            case("StringEquals", "SAML:sub", r#"["eve", "ada@example.com"]"#, MET),
            case("StringEquals", "SAML:sub", r#""ada@*""#, NOT),
            case("StringEquals", "SAML:sub", r#""""#, NOT),
            case("StringNotEquals", "SAML:sub", r#""ada@example.com""#, NOT),
            case("StringNotEquals", "SAML:sub", r#""eve""#, MET),
            case("StringNotEquals", "SAML:sub", r#"["eve", "ada@example.com"]"#, NOT),
            case("StringNotEquals", "SAML:sub", r#"["eve", "mallory"]"#, MET),
            case("StringEqualsIgnoreCase", "SAML:sub", r#""ADA@Example.com""#, MET),
            case("StringEqualsIgnoreCase", "SAML:sub", r#""ADA@Example.co""#, NOT),
            case("StringNotEqualsIgnoreCase", "SAML:sub", r#""ADA@Example.com""#, NOT),
            case("StringNotEqualsIgnoreCase", "SAML:sub", r#""eve""#, MET),
            case("StringLike", "SAML:sub", r#""*@example.com""#, MET),
            case("StringLike", "SAML:sub", r#""*""#, MET),
            case("StringLike", "SAML:sub", r#""a?a@example.com""#, MET),
            case("StringLike", "SAML:sub", r#""a??a@example.com""#, NOT),
            case("StringLike", "SAML:sub", r#""*@EXAMPLE.com""#, NOT),
            case("StringLike", "SAML:sub", r#""ada@example.com?""#, NOT),
            case("StringLike", "SAML:sub", r#"["*@example.org", "*@example.com"]"#, MET),
            case("StringNotLike", "SAML:sub", r#""*@example.com""#, NOT),
            case("StringNotLike", "SAML:sub", r#"["*@example.org", "eve*"]"#, MET),
            case("StringEquals", "aws:RequestTag/Level", "7", MET),
            case("StringEquals", "aws:RequestTag/MFA", "true", MET),
        ],
    );
}

#[test]
fn numbers_are_compared_as_numbers() {
    holds(
        &ada(),
        &[
            case("NumericEquals", "aws:RequestTag/Level", r#""7.0""#, MET),
            case("NumericEquals", "aws:RequestTag/Level", "7", MET),
            case("NumericEquals", "aws:RequestTag/Level", r#""8""#, NOT),
            case("NumericNotEquals", "aws:RequestTag/Level", r#""8""#, MET),
            case("NumericNotEquals", "aws:RequestTag/Level", r#""7""#, NOT),
            case("NumericLessThan", "aws:RequestTag/Level", r#""8""#, MET),
            case("NumericLessThan", "aws:RequestTag/Level", r#""7""#, NOT),
            case("NumericLessThan", "aws:RequestTag/CostCenter", r#""9""#, NOT),
            case("NumericLessThanEquals", "aws:RequestTag/Level", r#""7""#, MET),
            case("NumericLessThanEquals", "aws:RequestTag/Level", r#""6""#, NOT),
            case("NumericGreaterThan", "aws:RequestTag/Level", r#""-1""#, MET),
            case("NumericGreaterThan", "aws:RequestTag/Level", r#""7""#, NOT),
            case("NumericGreaterThanEquals", "aws:RequestTag/Level", r#""7""#, MET),
            case("NumericGreaterThanEquals", "aws:RequestTag/Level", r#""7.5""#, NOT),
            case("NumericLessThan", "aws:RequestTag/Ratio", r#"".75""#, MET),
            case("NumericEquals", "aws:RequestTag/Level", r#""seven""#, NOT),
            case("NumericEquals", "aws:RequestTag/Project", r#""7""#, NOT),
            case("NumericLessThan", "aws:RequestTag/Level", r#""inf""#, NOT),
            case("NumericNotEquals", "aws:RequestTag/Project", r#""7""#, MET),
        ],
    );
}

#[test]
fn dates_are_compared_as_moments() {
    holds(
        &ada(),
        &[
            case("DateLessThan", "aws:CurrentTime", r#""2026-12-01T00:00:00Z""#, MET),
            case("DateLessThan", "aws:CurrentTime", r#""2026-11-24T12:00:00Z""#, NOT),
            case("DateLessThanEquals", "aws:CurrentTime", r#""2026-11-24T12:00:00Z""#, MET),
            case("DateLessThanEquals", "aws:CurrentTime", r#""2026-11-24T13:00:00+01:00""#, MET),
            case("DateGreaterThan", "aws:CurrentTime", r#""2026-11-24""#, MET),
            case("DateGreaterThan", "aws:CurrentTime", r#""2026-11-25""#, NOT),
            case("DateGreaterThanEquals", "aws:CurrentTime", r#""2026-11-24T12:00Z""#, MET),
            case("DateEquals", "aws:CurrentTime", r#""1795521600""#, MET),
            case("DateNotEquals", "aws:CurrentTime", r#""1795521600""#, NOT),
            case("DateNotEquals", "aws:CurrentTime", r#""2026""#, MET),
            case("DateLessThan", "aws:EpochTime", r#""2027""#, MET),
            case("DateLessThan", "aws:EpochTime", "1795521601", MET),
            case("NumericGreaterThan", "aws:EpochTime", "1795521599", MET),
            case("DateGreaterThan", "aws:RequestTag/Since", r#""2025-12-31""#, MET),
            case("DateLessThan", "aws:CurrentTime", r#""tomorrow""#, NOT),
            case("DateLessThan", "aws:RequestTag/Project", r#""2027""#, NOT),
        ],
    );
}

#[test]
fn truth_values_binaries_addresses_and_arns_are_compared_as_what_they_are() {
    holds(
        &ada(),
        &[
            case("Bool", "aws:SecureTransport", r#""true""#, MET),
            case("Bool", "aws:SecureTransport", "true", MET),
            case("Bool", "aws:SecureTransport", r#""TRUE""#, MET),
            case("Bool", "aws:SecureTransport", "false", NOT),
            case("Bool", "aws:SecureTransport", r#"["true", "false"]"#, MET),
            case("Bool", "aws:RequestTag/MFA", "true", MET),
            case("Bool", "aws:RequestTag/Project", "true", NOT),
            case("Bool", "aws:SecureTransport", r#""yes""#, NOT),
            case("BinaryEquals", "sts:SourceIdentity", r#""YWRh""#, MET),
            case("BinaryEquals", "sts:SourceIdentity", r#""ZXZl""#, NOT),
            case("BinaryEquals", "sts:SourceIdentity", r#""!""#, NOT),
            case("IpAddress", "aws:RequestTag/Address", r#""203.0.113.0/24""#, MET),
            case("IpAddress", "aws:RequestTag/Address", r#"["10.0.0.0/8", "203.0.113.7"]"#, MET),
            case("IpAddress", "aws:RequestTag/Address", r#""203.0.113.8""#, NOT),
            case("IpAddress", "aws:RequestTag/Address", r#""0.0.0.0/0""#, MET),
            case("IpAddress", "aws:RequestTag/Address", r#""::/0""#, NOT),
            case("NotIpAddress", "aws:RequestTag/Address", r#""203.0.113.0/24""#, NOT),
            case("NotIpAddress", "aws:RequestTag/Address", r#"["10.0.0.0/8", "192.0.2.0/24"]"#, MET),
            case("IpAddress", "aws:RequestTag/Address6", r#""2001:DB8:1234:5678::/64""#, MET),
            case("NotIpAddress", "aws:RequestTag/Address6", r#""2001:DB8:1234:5678::/64""#, NOT),
            case("ArnEquals", "aws:RequestTag/User", r#""arn:aws:iam::111122223333:user/team/ada""#, MET),
            case("ArnEquals", "aws:RequestTag/User", r#""arn:aws:iam::111122223333:user/*""#, MET),
            case("ArnEquals", "aws:RequestTag/User", r#""arn:aws:iam::*:role/*""#, NOT),
            case("ArnLike", "aws:RequestTag/User", r#""arn:aws:*::111122223333:user/team/a?a""#, MET),
            case("ArnLike", "aws:RequestTag/User", r#""arn:*/ada""#, NOT),
            case("ArnLike", "aws:RequestTag/User", r#""ARN:aws:iam::111122223333:user/team/ada""#, NOT),
            case("ArnNotEquals", "aws:RequestTag/User", r#""arn:aws:iam::111122223333:user/*""#, NOT),
            case("ArnNotLike", "aws:RequestTag/User", r#""arn:aws:iam::999999999999:user/*""#, MET),
            case("ArnLike", "aws:RequestTag/Project", r#""arn:aws:iam::111122223333:user/*""#, NOT),
        ],
    );
}

#[test]
fn a_missing_key_fails_passes_when_negated_and_passes_with_if_exists() {
    let negated = ("met", "policy.absent_negated");
    let if_exists = ("met", "policy.absent_if_exists");
    let not_sent = ("not_met", "policy.absent_not_sent");
    holds(
        &plain(),
        &[
            case("StringEquals", "aws:RequestTag/Project", r#""Automation""#, not_sent),
            case("StringLike", "aws:RequestTag/Project", r#""*""#, not_sent),
            case("NumericLessThan", "aws:RequestTag/Level", "9", not_sent),
            case("IpAddress", "aws:RequestTag/Address", r#""0.0.0.0/0""#, not_sent),
            case("ArnLike", "aws:RequestTag/User", r#""arn:aws:iam::*:user/*""#, not_sent),
            case("Bool", "aws:RequestTag/MFA", "true", not_sent),
            case("StringNotEquals", "aws:RequestTag/Project", r#""Automation""#, negated),
            case("StringNotEqualsIgnoreCase", "aws:RequestTag/Project", r#""Automation""#, negated),
            case("StringNotLike", "aws:RequestTag/Project", r#""*""#, negated),
            case("NumericNotEquals", "aws:RequestTag/Level", "7", negated),
            case("DateNotEquals", "aws:RequestTag/Since", r#""2026""#, negated),
            case("NotIpAddress", "aws:RequestTag/Address", r#""0.0.0.0/0""#, negated),
            case("ArnNotLike", "aws:RequestTag/User", r#""arn:aws:iam::*:user/*""#, negated),
            case("StringEqualsIfExists", "aws:RequestTag/Project", r#""Automation""#, if_exists),
            case("StringNotEqualsIfExists", "aws:RequestTag/Project", r#""Automation""#, if_exists),
            case("BoolIfExists", "aws:RequestTag/MFA", "true", if_exists),
            case("IpAddressIfExists", "aws:RequestTag/Address", r#""10.0.0.0/8""#, if_exists),
            case("ForAnyValue:StringEqualsIfExists", "aws:TagKeys", r#""Project""#, if_exists),
            case("BoolIfExists", "aws:MultiFactorAuthPresent", "true", if_exists),
        ],
    );
    holds(
        &ada(),
        &[
            case("StringEqualsIfExists", "aws:RequestTag/Project", r#""Automation""#, MET),
            case("StringEqualsIfExists", "aws:RequestTag/Project", r#""Unicorn""#, NOT),
            case("StringNotLikeIfExists", "aws:RequestTag/Project", r#""Auto*""#, NOT),
            case("NumericLessThanIfExists", "aws:RequestTag/Level", "9", MET),
        ],
    );
}

#[test]
fn null_asks_whether_the_key_is_there() {
    let there = |met: bool| (if met { "met" } else { "not_met" }, "policy.key_present");
    holds(
        &ada(),
        &[
            case("Null", "aws:RequestTag/Project", "false", there(true)),
            case("Null", "aws:RequestTag/Project", r#""false""#, there(true)),
            case("Null", "aws:RequestTag/Project", r#""true""#, there(false)),
            case("Null", "aws:TagKeys", "false", there(true)),
            case("Null", "sts:TransitiveTagKeys", "false", there(true)),
            case("Null", "sts:SourceIdentity", "false", there(true)),
            case("Null", "aws:RequestTag/Missing", "true", ("met", "policy.absent_not_sent")),
            case("Null", "aws:RequestTag/Missing", "false", ("not_met", "policy.absent_not_sent")),
            case("Null", "aws:TokenIssueTime", r#""true""#, ("met", "policy.absent_unsigned")),
            case("Null", "aws:MultiFactorAuthAge", "false", ("not_met", "policy.absent_mfa")),
            case("Null", "aws:SourceVpce", "true", ("unknown", "policy.unknown_network")),
            case("ForAnyValue:Null", "aws:TagKeys", "false", ("unknown", "policy.unknown_null_set")),
        ],
    );
    holds(
        &plain(),
        &[
            case("Null", "sts:TransitiveTagKeys", "false", ("not_met", "policy.absent_not_sent")),
            case("Null", "sts:SourceIdentity", "true", ("met", "policy.absent_not_sent")),
        ],
    );
}

#[test]
fn set_operators_ask_for_one_value_or_for_all() {
    let keys = "saml:edupersonaffiliation";
    holds(
        &ada(),
        &[
            case("ForAnyValue:StringEquals", keys, r#""staff""#, MET),
            case("ForAnyValue:StringEquals", keys, r#"["student", "faculty"]"#, MET),
            case("ForAnyValue:StringEquals", keys, r#""student""#, NOT),
            case("ForAnyValue:StringLike", keys, r#""fac*""#, MET),
            case("ForAnyValue:StringNotEquals", keys, r#""staff""#, MET),
            case("ForAnyValue:StringNotEquals", keys, r#"["staff", "faculty"]"#, NOT),
            case("ForAnyValue:StringNotLike", keys, r#"["s*", "f*"]"#, NOT),
            case("ForAllValues:StringEquals", keys, r#"["staff", "faculty"]"#, MET),
            case("ForAllValues:StringEquals", keys, r#"["staff", "faculty", "employee"]"#, MET),
            case("ForAllValues:StringEquals", keys, r#""staff""#, NOT),
            case("ForAllValues:StringLike", keys, r#"["staff", "fac*"]"#, MET),
            case("ForAllValues:StringNotEquals", keys, r#""student""#, MET),
            case("ForAllValues:StringNotEquals", keys, r#""staff""#, NOT),
            case(
                "ForAllValues:StringEqualsIgnoreCase",
                "sts:TransitiveTagKeys",
                r#"["PROJECT", "department"]"#,
                MET,
            ),
            case("ForAllValues:StringEquals", "sts:TransitiveTagKeys", r#"["Project"]"#, NOT),
            case("ForAnyValue:StringEquals", "aws:TagKeys", r#""MFA""#, MET),
            case("ForAnyValue:StringEquals", "aws:TagKeys", r#""mfa""#, NOT),
            case("ForAllValues:StringLike", "aws:TagKeys", r#""*""#, MET),
            case("ForAllValues:StringEquals", "aws:RequestTag/Project", r#""Automation""#, MET),
            // An empty text is an empty set to a set operator, and a text to any other.
            case(
                "ForAllValues:StringEquals",
                "saml:edupersonnickname",
                r#""x""#,
                ("met", "policy.absent_for_all_values"),
            ),
            case(
                "ForAnyValue:StringEquals",
                "saml:edupersonnickname",
                r#""""#,
                ("not_met", "policy.absent_empty"),
            ),
            case("StringEquals", "aws:RequestTag/Nothing", r#""""#, MET),
            case("StringNotEquals", "aws:RequestTag/Nothing", r#""x""#, MET),
        ],
    );
    let all = ("met", "policy.absent_for_all_values");
    let any = ("not_met", "policy.absent_not_sent");
    holds(
        &plain(),
        &[
            case("ForAllValues:StringEquals", keys, r#""staff""#, all),
            case("ForAllValues:StringNotEquals", keys, r#""staff""#, all),
            case("ForAllValues:StringEquals", "aws:TagKeys", r#""Project""#, all),
            case("ForAnyValue:StringEquals", keys, r#""staff""#, any),
            case("ForAnyValue:StringNotEquals", keys, r#""staff""#, any),
            case("ForAnyValue:StringLike", "sts:TransitiveTagKeys", r#""*""#, any),
        ],
    );
}

#[test]
fn all_operators_and_all_keys_have_to_pass() {
    for (condition, outcome) in [
        (
            r#"{"StringEquals": {"SAML:iss": "https://idp.example.com/saml", "SAML:sub": "ada@example.com"}}"#,
            "allowed",
        ),
        (r#"{"StringEquals": {"SAML:iss": "https://idp.example.com/saml", "SAML:sub": "eve"}}"#, "refused"),
        (
            r#"{"StringEquals": {"SAML:sub": "ada@example.com"}, "StringLike": {"SAML:iss": "https://*"}}"#,
            "allowed",
        ),
        (
            r#"{"StringEquals": {"SAML:sub": "ada@example.com"}, "StringLike": {"SAML:iss": "http://*"}}"#,
            "refused",
        ),
        // What is false decides against what is not known; what is true does not.
        (r#"{"StringEquals": {"SAML:sub": "eve", "aws:SourceVpce": "vpce-1"}}"#, "refused"),
        (r#"{"StringEquals": {"SAML:sub": "ada@example.com", "aws:SourceVpce": "vpce-1"}}"#, "unknown"),
        ("{}", "allowed"),
        (r#"{"StringEquals": {}}"#, "allowed"),
    ] {
        assert_eq!(judge(&with_condition(condition), &ada()).outcome, outcome, "{condition}");
    }
}
