//! The trust policies of AWS's own documentation that a SAML sign-in meets, as they stand there but for account, provider and white
//! space, each with the page it is on and what it says to whom.

use rolecall::policy::{Facts, parse};

use super::sign_in::{ACS, ada, judge, outcome, plain};

/// IAM User Guide, "Create a role for SAML 2.0 federation (console)".
const CREATE_ROLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "sts:AssumeRoleWithSAML",
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
    "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
  }
}"#;

/// IAM User Guide, "SAML 2.0 federation" (overview of the role).
const AFFILIATION: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
    "Action": "sts:AssumeRoleWithSAML",
    "Condition": {
      "StringEquals": {"saml:aud": "https://signin.aws.amazon.com/saml", "saml:iss": "https://openidp.feide.no"},
      "ForAllValues:StringLike": {"saml:edupersonaffiliation": ["staff"]}
    }
  }]
}"#;

/// IAM User Guide, "Enabling SAML 2.0 federated principals to access the AWS Management Console".
const CONSOLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
    "Action": "sts:AssumeRoleWithSAML",
    "Condition": {"StringEquals": {
      "saml:edupersonorgdn": "ExampleOrg",
      "saml:aud": "https://signin.aws.amazon.com/saml"
    }}
  }]
}"#;

/// IAM User Guide, "IAM tutorial: Use SAML session tags for ABAC", step 3A.
const ABAC: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "AllowSamlIdentityAssumeRole",
    "Effect": "Allow",
    "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
    "Condition": {
      "StringLike": {
        "aws:RequestTag/cost-center": "*",
        "aws:RequestTag/access-project": "*",
        "aws:RequestTag/access-team": ["eng", "qas"]
      },
      "StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}
    }
  }]
}"#;

/// WorkSpaces Administration Guide, "Set up SAML 2.0", step 2.
const WORKSPACES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
    "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
    "Condition": {"StringEquals": {"SAML:sub_type": "persistent"}}
  }]
}"#;

/// IAM Identity Center User Guide, "One-time setup of a direct IAM federation application in Okta", and AWS Security Blog, "How to
/// use regional SAML endpoints for failover", which advises the list of endpoints.
const EMERGENCY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
      "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
      "Condition": {"StringEquals": {"SAML:aud": [
        "https://signin.aws.amazon.com/saml",
        "https://us-west-2.signin.aws.amazon.com/saml",
        "https://us-west-1.signin.aws.amazon.com/saml",
        "https://us-east-2.signin.aws.amazon.com/saml"
      ]}}
    },
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
      "Action": "sts:SetSourceIdentity"
    }
  ]
}"#;

/// IAM User Guide, "Use VPC condition keys to control federated access".
const VPC_ENDPOINT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "AllowSAMLFromVpce",
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
    "Action": "sts:AssumeRoleWithSAML",
    "Condition": {"StringEquals": {
      "SAML:aud": "https://signin.aws.amazon.com/saml",
      "aws:SourceVpce": "vpce-0abcdef1234567890"
    }}
  }]
}"#;

/// The same page.
const VPCS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "AllowSAMLFromMultipleVpcs",
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleProvider"},
    "Action": "sts:AssumeRoleWithSAML",
    "Condition": {"StringEquals": {
      "SAML:aud": "https://signin.aws.amazon.com/saml",
      "aws:SourceVpcArn": [
        "arn:aws:ec2:us-west-2:111122223333:vpc/vpc-111aaa11",
        "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-222bbb22"
      ]
    }}
  }]
}"#;

/// The same page: web identities.
const OIDC_SUBNET: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "AllowOIDCFromSubnet",
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {
      "StringEquals": {
        "idp.example.com:aud": "sts.amazonaws.com",
        "aws:SourceVpcArn": "arn:aws:ec2:us-west-2:111122223333:vpc/vpc-111bbb22"
      },
      "IpAddress": {"aws:VpcSourceIp": "10.0.1.0/24"}
    }
  }]
}"#;

/// The same page: a resource control policy, which is no trust policy.
const CONTROL_POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "DenyFederatedAccessOutsideVpc",
    "Effect": "Deny",
    "Principal": "*",
    "Action": ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
    "Resource": "*",
    "Condition": {
      "StringNotEquals": {"aws:SourceVpcArn": "arn:aws:ec2:us-west-2:111122223333:vpc/vpc-111bbb22"},
      "Null": {"aws:SourceVpcArn": "false"}
    }
  }]
}"#;

/// IAM User Guide, "Pass session tags in AWS STS".
const SESSION_TAGS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AllowIamUserAssumeRole",
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Principal": {"AWS": "arn:aws:iam::123456789012:user/test-session-tags"},
      "Condition": {
        "StringLike": {
          "aws:RequestTag/Project": "*",
          "aws:RequestTag/CostCenter": "*",
          "aws:RequestTag/Department": "*"
        },
        "StringEquals": {"sts:ExternalId": "Example987"}
      }
    },
    {
      "Sid": "AllowPassSessionTagsAndTransitive",
      "Effect": "Allow",
      "Action": "sts:TagSession",
      "Principal": {"AWS": "arn:aws:iam::123456789012:user/test-session-tags"},
      "Condition": {
        "StringLike": {"aws:RequestTag/Project": "*", "aws:RequestTag/CostCenter": "*"},
        "StringEquals": {"aws:RequestTag/Department": ["Engineering", "Marketing"]},
        "ForAllValues:StringEquals": {"sts:TransitiveTagKeys": ["Project", "Department"]}
      }
    }
  ]
}"#;

/// IAM User Guide, "Monitor and control actions taken with assumed roles".
const SOURCE_IDENTITY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "AllowDevUserAssumeRole",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::123456789012:user/DevUser"},
    "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
    "Condition": {"StringEquals": {"sts:SourceIdentity": "DevUser"}}
  }]
}"#;

/// IAM User Guide, "IAM and AWS STS condition context keys", `sts:RoleSessionName`.
const SESSION_NAME: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "RoleTrustPolicyRequireUsernameForSessionName",
    "Effect": "Allow",
    "Action": "sts:AssumeRole",
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
    "Condition": {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}
  }]
}"#;

/// The same page, web identities.
const GOOGLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": {"Federated": "accounts.google.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"StringEquals": {
      "accounts.google.com:aud": "aud-value",
      "accounts.google.com:oaud": "aud-value",
      "accounts.google.com:sub": "sub-value"
    }}
  }]
}"#;

const EVERY: [(&str, &str); 13] = [
    ("create role", CREATE_ROLE),
    ("affiliation", AFFILIATION),
    ("console", CONSOLE),
    ("abac", ABAC),
    ("workspaces", WORKSPACES),
    ("emergency", EMERGENCY),
    ("vpc endpoint", VPC_ENDPOINT),
    ("vpcs", VPCS),
    ("oidc subnet", OIDC_SUBNET),
    ("session tags", SESSION_TAGS),
    ("source identity", SOURCE_IDENTITY),
    ("session name", SESSION_NAME),
    ("google", GOOGLE),
];

fn tagged(tags: &[(&str, &str)]) -> Facts {
    let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Facts { principal_tags: tags.collect(), ..plain() }
}

fn of(issuer: &str, affiliations: &[&str]) -> Facts {
    let values = affiliations.iter().map(|one| (*one).to_owned()).collect();
    Facts {
        issuer: Some(issuer.to_owned()),
        attributes: vec![("urn:oid:1.3.6.1.4.1.5923.1.1.1.1".to_owned(), values)],
        ..plain()
    }
}

fn sent_to(recipient: &str) -> Facts {
    Facts { recipients: vec![recipient.to_owned()], ..plain() }
}

#[test]
fn every_trust_policy_of_the_documentation_is_valid() {
    for (name, policy) in EVERY {
        let parsed = parse(policy);
        assert!(parsed.is_ok(), "{name}: {parsed:?}");
    }
}

#[test]
fn a_resource_control_policy_is_no_trust_policy() {
    assert_eq!(outcome(CONTROL_POLICY, &plain()), "policy.resource");
    // Without its resource it would be one, and where the request comes from is AWS's to know.
    let without = CONTROL_POLICY.replace("    \"Resource\": \"*\",\n", "");
    assert_eq!(outcome(&without, &plain()), "refused");
    let with_allow =
        CREATE_ROLE.replace("\"Statement\": {", "\"Statement\": [{").replace("  }\n}", "  }]\n}");
    let deny = without.split_once("\"Statement\": [").unwrap().1.trim_end().trim_end_matches("]\n}");
    let both = with_allow.replace("}]\n}", &format!("}}, {deny}]\n}}"));
    assert_eq!(outcome(&both, &plain()), "unknown");
}

#[test]
fn the_documentation_s_policies_say_what_its_text_says_of_them() {
    let regional = "https://us-west-2.signin.aws.amazon.com/saml";
    let abac = [("cost-center", "987654"), ("access-project", "peg"), ("access-team", "eng")];
    let other_team = [("cost-center", "987654"), ("access-project", "peg"), ("access-team", "ops")];
    let more = [("cost-center", "1"), ("access-project", "peg"), ("access-team", "qas"), ("extra", "x")];
    let name_only = Facts { name_id_format: Some("transient".to_owned()), ..plain() };
    for (name, policy, facts, expected) in [
        ("console sign-in", CREATE_ROLE, plain(), "allowed"),
        ("another endpoint", CREATE_ROLE, sent_to(regional), "refused"),
        ("tags without sts:TagSession", CREATE_ROLE, tagged(&abac), "refused"),
        (
            "source identity without its action",
            CREATE_ROLE,
            Facts { source_identity: Some("ada".to_owned()), ..plain() },
            "refused",
        ),
        ("staff", AFFILIATION, of("https://openidp.feide.no", &["staff"]), "allowed"),
        ("no affiliation at all", AFFILIATION, of("https://openidp.feide.no", &[]), "allowed"),
        ("staff and student", AFFILIATION, of("https://openidp.feide.no", &["staff", "student"]), "refused"),
        ("another issuer", AFFILIATION, of("https://idp.example.com", &["staff"]), "refused"),
        (
            "the organisation",
            CONSOLE,
            Facts { principal_tags: vec![], transitive_tag_keys: vec![], source_identity: None, ..ada() },
            "allowed",
        ),
        ("no organisation", CONSOLE, plain(), "refused"),
        ("all tags", ABAC, tagged(&abac), "allowed"),
        ("more tags", ABAC, tagged(&more), "allowed"),
        ("another team", ABAC, tagged(&other_team), "refused"),
        ("a tag is missing", ABAC, tagged(&abac[1..]), "refused"),
        ("no tags", ABAC, plain(), "refused"),
        ("persistent", WORKSPACES, tagged(&abac), "allowed"),
        ("transient", WORKSPACES, name_only, "refused"),
        ("an endpoint of the list", EMERGENCY, sent_to(regional), "allowed"),
        ("the first of the list", EMERGENCY, Facts { recipients: vec![ACS.to_owned()], ..ada() }, "allowed"),
        ("not in the list", EMERGENCY, sent_to("https://eu-west-1.signin.aws.amazon.com/saml"), "refused"),
        ("through which endpoint", VPC_ENDPOINT, plain(), "unknown"),
        ("wrong endpoint anyway", VPC_ENDPOINT, sent_to(regional), "refused"),
        ("from which VPC", VPCS, plain(), "unknown"),
        ("web identity", OIDC_SUBNET, plain(), "refused"),
        ("google", GOOGLE, plain(), "refused"),
        ("for a user", SESSION_TAGS, ada(), "refused"),
        ("for another user", SOURCE_IDENTITY, ada(), "refused"),
        ("for an account", SESSION_NAME, plain(), "refused"),
    ] {
        assert_eq!(outcome(policy, &facts), expected, "{name}");
    }
}

#[test]
fn the_conditions_that_the_documentation_shows_alone_do_what_it_says() {
    // IAM User Guide, "IAM and AWS STS condition context keys": faculty or staff, but not student.
    let policy = CREATE_ROLE.replace(
        r#"{"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}"#,
        r#"{"ForAllValues:StringLike": {"saml:edupersonaffiliation": ["faculty", "staff"]}}"#,
    );
    for (affiliations, expected) in [
        (&["faculty"][..], "allowed"),
        (&["staff", "faculty"], "allowed"),
        (&["student"], "refused"),
        (&["staff", "student"], "refused"),
        (&[], "allowed"),
    ] {
        assert_eq!(
            outcome(&policy, &of("https://idp.example.com", affiliations)),
            expected,
            "{affiliations:?}"
        );
    }
    // Of which the guide warns elsewhere: without the key it is met.
    let check = judge(&policy, &plain());
    assert!(check.facts.iter().any(|fact| fact.code == "policy.for_all_values_when_absent"));
}
