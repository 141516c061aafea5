//! Tests of [`read`](super::read), with responses built by hand.

use super::super::names::{CHINA_PREFIX, PREFIX};
use super::super::oddity::Severity;
use super::*;
use crate::saml::{Assertion, AttributeValue, EncryptedAssertion};

const IDP: &str = "arn:aws:iam::111122223333:saml-provider/Idp";

fn attribute(name: &str, values: &[&str]) -> Attribute {
    let values = values.iter().map(|text| AttributeValue { text: (*text).to_owned(), nil: false }).collect();
    Attribute { name: name.to_owned(), values, ..Default::default() }
}

fn aws(name: &str, values: &[&str]) -> Attribute {
    attribute(&format!("{PREFIX}{name}"), values)
}

fn response(attributes: Vec<Attribute>) -> Response {
    Response { assertions: vec![Assertion { attributes, ..Default::default() }], ..Default::default() }
}

fn role_value(name: &str) -> String {
    format!("arn:aws:iam::111122223333:role/{name},{IDP}")
}

/// Claims of a response with a role and a session name, and `more`.
fn claims_with(more: Vec<Attribute>) -> AwsClaims {
    let mut attributes =
        vec![aws("Role", &[&role_value("Dev")]), aws("RoleSessionName", &["ada@example.com"])];
    attributes.extend(more);
    read(&response(attributes))
}

fn codes(claims: &AwsClaims) -> Vec<&'static str> {
    claims.oddities.iter().map(ClaimOddity::code).collect()
}

fn names(claims: &AwsClaims) -> Vec<&str> {
    claims.grants.iter().map(|grant| grant.role.name()).collect()
}

#[test]
fn every_attribute_of_a_plain_response_is_read_without_an_oddity() {
    let claims = claims_with(vec![
        aws("SessionDuration", &["28800"]),
        aws("PrincipalTag:Team", &["data"]),
        aws("PrincipalTag:Cost Center", &[""]),
        aws("TransitiveTagKeys", &["Team", "Cost Center"]),
        aws("SourceIdentity", &["ada"]),
        attribute("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", &["Ada"]),
    ]);
    assert_eq!(names(&claims), ["Dev"]);
    assert_eq!(claims.session_name.as_deref(), Some("ada@example.com"));
    assert_eq!(claims.session_duration, Some(28_800));
    assert_eq!(
        claims.principal_tags,
        [("Team".to_owned(), "data".to_owned()), ("Cost Center".to_owned(), String::new())]
    );
    assert_eq!(claims.transitive_tag_keys, ["Team", "Cost Center"]);
    assert_eq!(claims.source_identity.as_deref(), Some("ada"));
    assert_eq!(codes(&claims), [""; 0]);
}

#[test]
fn role_index_that_is_a_prefix_of_another_role_selects_only_the_exact_role() {
    let values = [role_value("Dev"), role_value("DevOps"), role_value("team/Dev")];
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let claims = read(&response(vec![aws("Role", &values)]));
    let chosen = |index: &str| claims.chosen(index).map(|grant| grant.role.to_string()).collect::<Vec<_>>();
    assert_eq!(chosen("arn:aws:iam::111122223333:role/Dev"), ["arn:aws:iam::111122223333:role/Dev"]);
    assert_eq!(
        chosen("arn:aws:iam::111122223333:role/team/Dev"),
        ["arn:aws:iam::111122223333:role/team/Dev"]
    );
    for not_a_role in ["", "Dev", "arn:aws:iam::111122223333:role/De", "arn:aws:iam::111122223333:role/Dev "]
    {
        assert!(chosen(not_a_role).is_empty(), "{not_a_role}");
    }
}

#[test]
fn a_single_role_and_a_single_attribute_are_read_like_many() {
    let claims = read(&response(vec![aws("Role", &[&role_value("Dev")])]));
    assert_eq!(names(&claims), ["Dev"]);
    assert_eq!(codes(&claims), ["aws.no_session_name"]);
}

#[test]
fn roles_of_several_attributes_and_assertions_are_joined_in_order() {
    let first = vec![aws("Role", &[&role_value("A")]), aws("Role", &[&role_value("B")])];
    let second = vec![aws("Role", &[&role_value("C")])];
    let assertion = |attributes| Assertion { attributes, ..Default::default() };
    let two = Response { assertions: vec![assertion(first), assertion(second)], ..Default::default() };
    assert_eq!(names(&read(&two)), ["A", "B", "C"]);
}

#[test]
fn duplicates_are_folded_into_the_first_whatever_their_order() {
    let swapped = format!("{IDP}, arn:aws:iam::111122223333:role/Dev");
    let claims = claims_with(vec![aws("Role", &[&role_value("Ops"), &swapped, &role_value("Dev")])]);
    assert_eq!(names(&claims), ["Dev", "Ops"]);
    assert_eq!(claims.oddities, [ClaimOddity::DuplicateRoles { count: 2 }]);
}

#[test]
fn malformed_roles_are_counted_and_the_rest_is_used() {
    let claims = claims_with(vec![aws("Role", &["Admins", "", "  ", "a,b", &role_value("Ops")])]);
    assert_eq!(names(&claims), ["Dev", "Ops"]);
    assert_eq!(
        claims.oddities,
        [ClaimOddity::MalformedRoles { count: 2, first: "Admins".to_owned(), usable: 2 }]
    );
    assert_eq!(claims.oddities[0].severity(), Severity::Warning);
    assert_eq!(claims.oddities[0].args(), ["2", "Admins"]);

    let none = read(&response(vec![aws("Role", &["Admins"]), aws("RoleSessionName", &["ada"])]));
    assert_eq!(codes(&none), ["aws.malformed_roles"]);
    assert_eq!(none.oddities[0].severity(), Severity::Error);
}

#[test]
fn a_response_without_role_says_so_and_not_more() {
    assert_eq!(codes(&read(&response(vec![]))), ["aws.no_role"]);
    assert_eq!(codes(&read(&Response::default())), ["aws.no_role"]);
    let empty = read(&response(vec![aws("Role", &["", " "]), aws("RoleSessionName", &["ada"])]));
    assert_eq!(codes(&empty), ["aws.empty_role"]);
    let encrypted = Response { encrypted: vec![EncryptedAssertion::default()], ..Default::default() };
    assert_eq!(codes(&read(&encrypted)), ["aws.roles_encrypted"]);
}

#[test]
fn near_misses_are_kept_as_oddities_and_not_used() {
    for name in ["role", "Role ", "Roles", "Role\n"] {
        let claims =
            read(&response(vec![aws(name, &[&role_value("Dev")]), aws("RoleSessionName", &["ada"])]));
        assert!(claims.grants.is_empty(), "{name:?}");
        assert_eq!(codes(&claims), ["aws.no_role", "aws.near_miss"], "{name:?}");
    }
    let claims = claims_with(vec![
        attribute("http://aws.amazon.com/SAML/Attributes/SessionDuration", &["3600"]),
        aws("sourceidentity", &["eve"]),
        aws("principaltag:Team", &["data"]),
        aws("transitiveTagKeys", &["Team"]),
        aws("rolesessionname", &["eve"]),
    ]);
    assert_eq!(codes(&claims), ["aws.near_miss"; 5]);
    assert_eq!((claims.session_duration, claims.source_identity), (None, None));
    assert!(claims.principal_tags.is_empty() && claims.transitive_tag_keys.is_empty());
    assert_eq!(claims.session_name.as_deref(), Some("ada@example.com"));
}

#[test]
fn the_china_prefix_is_used_and_said_once() {
    let claims = read(&response(vec![
        attribute(
            &format!("{CHINA_PREFIX}Role"),
            &["arn:aws-cn:iam::111122223333:role/Dev,arn:aws-cn:iam::111122223333:saml-provider/Idp"],
        ),
        attribute(&format!("{CHINA_PREFIX}RoleSessionName"), &["ada"]),
    ]));
    assert_eq!(names(&claims), ["Dev"]);
    assert_eq!(claims.oddities, [ClaimOddity::ChinaPrefix]);
}

#[test]
fn roles_under_another_name_and_unknown_names_under_the_prefix_are_said() {
    let claims = claims_with(vec![
        attribute("groups", &["x", &role_value("Ops")]),
        attribute("Role", &["uma_authorization"]),
        aws("AccessControl:Team", &["data"]),
    ]);
    assert_eq!(codes(&claims), ["aws.misnamed_role", "aws.unknown_attribute"]);
    assert_eq!(names(&claims), ["Dev"]);
}

#[test]
fn pairs_across_accounts_and_partitions_are_flagged_and_kept() {
    let claims = claims_with(vec![aws(
        "Role",
        &[
            &format!("arn:aws:iam::444455556666:role/Ops,{IDP}"),
            &format!("arn:aws-us-gov:iam::444455556666:role/Gov,{IDP}"),
        ],
    )]);
    assert_eq!(names(&claims), ["Dev", "Ops", "Gov"]);
    assert_eq!(codes(&claims), ["aws.partition_mismatch", "aws.account_mismatch"]);
}

#[test]
fn single_values_that_aws_refuses_are_kept_and_said() {
    let claims = read(&response(vec![
        aws("Role", &[&role_value("Dev")]),
        aws("RoleSessionName", &["Ada Lovelace", "eve"]),
        aws("SessionDuration", &["1h"]),
        aws("SourceIdentity", &["aws:ada"]),
    ]));
    assert_eq!(claims.session_name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(claims.session_duration, None);
    assert_eq!(
        codes(&claims),
        [
            "aws.invalid_session_name",
            "aws.invalid_session_duration",
            "aws.invalid_source_identity",
            "aws.several_values"
        ]
    );
}

#[test]
fn white_space_around_a_value_is_taken_off_and_said() {
    let claims = claims_with(vec![aws("SessionDuration", &["\n      3600\n    "])]);
    assert_eq!(claims.session_duration, Some(3600));
    assert_eq!(claims.oddities, [ClaimOddity::SpacesAround { attribute: "SessionDuration" }]);
}

#[test]
fn tags_follow_the_rules_of_sts() {
    let claims = claims_with(vec![
        aws("PrincipalTag:Team", &["data", "ops"]),
        aws("PrincipalTag:team", &["data"]),
        aws("PrincipalTag:A*", &["x"]),
        aws("TransitiveTagKeys", &["TEAM", "Missing"]),
    ]);
    assert_eq!(
        codes(&claims),
        [
            "aws.transitive_key_without_tag",
            "aws.tag_with_several_values",
            "aws.repeated_tag",
            "aws.invalid_tag"
        ]
    );
    assert_eq!(claims.principal_tags[0], ("Team".to_owned(), "data".to_owned()));
    let many = (0..51).map(|n| aws(&format!("PrincipalTag:k{n}"), &["v"])).collect();
    assert_eq!(claims_with(many).oddities, [ClaimOddity::TooManyTags { count: 51 }]);
}

#[test]
fn the_same_values_in_a_second_assertion_are_no_oddity() {
    let attributes = || {
        vec![
            aws("RoleSessionName", &["ada"]),
            aws("PrincipalTag:Team", &["data"]),
            aws("SessionDuration", &["3600"]),
        ]
    };
    let mut first = attributes();
    first.push(aws("Role", &[&role_value("Dev")]));
    let assertion = |attributes| Assertion { attributes, ..Default::default() };
    let both = Response { assertions: vec![assertion(first), assertion(attributes())], ..Default::default() };
    assert_eq!(codes(&read(&both)), [""; 0]);
}

#[test]
fn one_sign_in_leaves_nothing_behind_for_the_next() {
    let with_duration = claims_with(vec![aws("SessionDuration", &["900"])]);
    assert_eq!(with_duration.session_duration, Some(900));
    assert_eq!(claims_with(vec![]).session_duration, None);
}

#[test]
fn a_hostile_response_cannot_make_the_list_of_oddities_long() {
    let attributes = (0..5000).map(|n| aws(&format!("Foo{n}"), &["x"])).collect();
    assert!(read(&response(attributes)).oddities.len() <= MAX_ODDITIES + 10);
    let values: Vec<String> = (0..5000).map(|n| format!("role{n}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    assert_eq!(
        codes(&read(&response(vec![aws("Role", &values)]))),
        ["aws.malformed_roles", "aws.no_session_name"]
    );
}

#[test]
fn a_hundred_thousand_roles_are_read_without_comparing_each_with_each() {
    // Quadratic folding would make 5,000,000,000 comparisons here and not end within the test's patience.
    let values: Vec<String> = (0..100_000).map(|n| role_value(&format!("Role{}", n % 50_000))).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let claims = read(&response(vec![aws("Role", &values)]));
    assert_eq!(claims.grants.len(), 50_000);
    assert!(claims.oddities.contains(&ClaimOddity::DuplicateRoles { count: 50_000 }));
}
