//! The sign-in that the tables are about, and how a table asks.

use rolecall::aws::{ProviderArn, RoleArn};
use rolecall::policy::{Check, Facts, check};
use rolecall::time::UnixTime;

pub(super) const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/ExampleProvider";
pub(super) const ROLE: &str = "arn:aws:iam::111122223333:role/team/Dev";
pub(super) const ACS: &str = "https://signin.aws.amazon.com/saml";

pub(super) fn role() -> RoleArn {
    RoleArn::parse(ROLE).unwrap()
}

pub(super) fn provider() -> ProviderArn {
    ProviderArn::parse(PROVIDER).unwrap()
}

/// Somebody with nothing but a name and a role.
pub(super) fn plain() -> Facts {
    Facts {
        issuer: Some("https://idp.example.com/saml".to_owned()),
        recipients: vec![ACS.to_owned()],
        name_id: Some("ada@example.com".to_owned()),
        name_id_format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent".to_owned()),
        session_name: Some("ada".to_owned()),
        now: UnixTime::parse_xs("2026-11-24T12:00:00Z"),
        region: Some("us-east-1".to_owned()),
        ..Facts::default()
    }
}

/// Somebody with tags, a source identity and many claims.
pub(super) fn ada() -> Facts {
    let claim =
        |name: &str, values: &[&str]| (name.to_owned(), values.iter().map(|one| (*one).to_owned()).collect());
    let tag = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    Facts {
        attributes: vec![
            claim("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", &["staff", "faculty"]),
            claim("urn:oid:1.3.6.1.4.1.5923.1.1.1.3", &["ExampleOrg"]),
            claim("urn:oid:1.3.6.1.4.1.5923.1.1.1.6", &["ada@example.com"]),
            claim("urn:oid:1.3.6.1.4.1.5923.1.1.1.7", &["urn:mace:dir:one"]),
            claim("urn:oid:1.3.6.1.4.1.5923.1.1.1.2", &[""]),
            claim("urn:oid:2.5.4.3", &["Ada", "Countess of Lovelace"]),
            claim("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", &["Ada Lovelace"]),
            claim("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", &["ada@example.com"]),
            claim("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", &["Lovelace"]),
            claim("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", &["Ada", "Augusta"]),
            claim("http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", &["S-1-5-21"]),
            claim("2.5.4.45", &["0123"]),
            claim("2.5.4.3", &["Ada"]),
            claim("http://schemas.xmlsoap.org/claims/CommonName", &["Ada L."]),
            claim("urn:oid:0.9.2342.19200300.100.1.45", &["active"]),
        ],
        principal_tags: vec![
            tag("Project", "Automation"),
            tag("CostCenter", "12345"),
            tag("Department", "Engineering"),
            tag("Nothing", ""),
            tag("Address", "203.0.113.7"),
            tag("Address6", "2001:db8:1234:5678::1"),
            tag("User", "arn:aws:iam::111122223333:user/team/ada"),
            tag("Level", "7"),
            tag("Ratio", "0.5"),
            tag("MFA", "true"),
            tag("Since", "2026-01-01T00:00:00Z"),
            tag("Star", "a*b"),
            tag("Same", "ada@example.com"),
        ],
        transitive_tag_keys: vec!["Project".to_owned(), "Department".to_owned()],
        source_identity: Some("ada".to_owned()),
        name_qualifier_digest: Some(vec![0xab; 20]),
        ..plain()
    }
}

/// One statement that allows everything under this condition.
pub(super) fn with_condition(condition: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {{"Federated": "{PROVIDER}"}},
            "Action": "sts:*", "Condition": {condition}}}]}}"#
    )
}

pub(super) fn judge(policy: &str, facts: &Facts) -> Check {
    check(policy, facts, &role(), &provider())
}

/// `allowed`, `refused`, `unknown`, or the code for which the policy is not valid.
pub(super) fn outcome(policy: &str, facts: &Facts) -> &'static str {
    let check = judge(policy, facts);
    if check.valid { check.outcome } else { check.facts.iter().find(|fact| fact.is_error()).unwrap().code }
}
