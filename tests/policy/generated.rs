//! Generated policies: what they hold, and that each language they are written in gives the same policy back.

use std::process::Command;

use rolecall::aws::{ProviderArn, RoleArn};
use rolecall::partition::Partition;
use rolecall::policy::{Audience, Facts, Generated, Require, Wish, WishError, acs_urls, generate};
use serde_json::{Value, json};

use super::readers::{hcl, yaml};
use super::sign_in::{ACS, PROVIDER, ada, judge, plain, provider, role};

pub(super) fn wish() -> Wish {
    Wish {
        audience: Audience::Regions(vec!["us-east-1".to_owned()]),
        ..Wish::of(&plain(), role(), provider())
    }
}

fn made(wish: &Wish) -> Generated {
    generate(wish).unwrap()
}

fn policy(wish: &Wish) -> Value {
    serde_json::from_str(&made(wish).json).unwrap()
}

#[test]
fn the_least_policy_is_one_statement_with_provider_and_endpoint() {
    assert_eq!(
        policy(&wish()),
        json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Sid": "SignIn",
                "Effect": "Allow",
                "Principal": {"Federated": PROVIDER},
                "Action": "sts:AssumeRoleWithSAML",
                "Condition": {"StringEquals": {"SAML:aud": ACS}},
            }],
        })
    );
}

#[test]
fn tags_and_source_identity_have_statements_of_their_own_and_only_when_needed() {
    let wish = Wish {
        tag_keys: vec!["Team".to_owned(), "team".to_owned()],
        transitive_tag_keys: vec!["Team".to_owned()],
        require: vec![
            Require::Tag { key: "MFA".to_owned(), values: vec!["true".to_owned()] },
            Require::Tag { key: "Project".to_owned(), values: vec!["*".to_owned()] },
            Require::Subject(vec!["ada@example.com".to_owned()]),
            Require::SourceIdentity(vec!["ada".to_owned(), "eve".to_owned()]),
        ],
        ..wish()
    };
    let statement = |sid: &str, action: &str, condition: Value| json!({"Sid": sid, "Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Action": action, "Condition": condition});
    assert_eq!(
        policy(&wish)["Statement"],
        json!([
            statement(
                "SignIn",
                "sts:AssumeRoleWithSAML",
                json!({
                    "StringEquals": {
                        "SAML:aud": ACS,
                        "aws:RequestTag/MFA": "true",
                        "SAML:sub": "ada@example.com",
                        "sts:SourceIdentity": ["ada", "eve"],
                    },
                    "StringLike": {"aws:RequestTag/Project": "*"},
                })
            ),
            statement(
                "SessionTags",
                "sts:TagSession",
                json!({"ForAllValues:StringEquals": {
                    "aws:TagKeys": ["MFA", "Project", "Team"],
                    "sts:TransitiveTagKeys": "Team",
                }})
            ),
            statement(
                "SourceIdentity",
                "sts:SetSourceIdentity",
                json!({
                    "StringEquals": {"sts:SourceIdentity": ["ada", "eve"]},
                })
            ),
        ])
    );
    // Nothing is to be said about it.
    assert_eq!(made(&wish).facts, []);
}

#[test]
fn the_endpoints_are_those_of_every_region_of_the_partition() {
    let urls = acs_urls(Partition::Aws, &[], None);
    assert_eq!(urls.len(), Partition::Aws.regions().len());
    assert_eq!(urls[0], "https://signin.aws.amazon.com/saml");
    assert!(urls.contains(&"https://eu-west-1.signin.aws.amazon.com/saml".to_owned()));
    assert!(!urls.contains(&"https://us-east-1.signin.aws.amazon.com/saml".to_owned()));
    assert_eq!(
        acs_urls(Partition::AwsUsGov, &[], None),
        [
            "https://signin.amazonaws-us-gov.com/saml",
            "https://us-gov-east-1.signin.amazonaws-us-gov.com/saml",
        ]
    );
    assert_eq!(
        acs_urls(Partition::AwsCn, &[], Some("SAML1")),
        [
            "https://signin.amazonaws.cn/saml",
            "https://cn-northwest-1.signin.amazonaws.cn/saml",
            "https://signin.amazonaws.cn/saml/acs/SAML1",
            "https://cn-northwest-1.signin.amazonaws.cn/saml/acs/SAML1",
        ]
    );
    assert_eq!(
        acs_urls(Partition::AwsEusc, &[], None),
        ["https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml"]
    );
}

#[test]
fn a_list_longer_than_iam_s_quota_is_said_and_the_pattern_is_not() {
    let encrypted_id = Some("SAML1".to_owned());
    let all = made(&Wish { audience: Audience::All, encrypted_id, ..wish() });
    assert!(all.characters > 2048, "{}", all.characters);
    assert!(all.facts.iter().any(|fact| fact.code.starts_with("policy.over_")));
    let pattern = Wish { audience: Audience::Pattern, encrypted_id: Some("SAML1".to_owned()), ..wish() };
    let made = made(&pattern);
    assert!(made.characters < 500 && made.facts.is_empty(), "{:?}", made.facts);
    for (recipient, expected) in [
        ("https://signin.aws.amazon.com/saml", "allowed"),
        ("https://eu-west-1.signin.aws.amazon.com/saml", "allowed"),
        ("https://eu-west-1.signin.aws.amazon.com/saml/acs/SAML1", "allowed"),
        ("https://eu-west-1.signin.aws.amazon.com/saml/acs/SAML2", "refused"),
        ("https://signin.amazonaws.cn/saml", "refused"),
    ] {
        let facts = Facts { recipients: vec![recipient.to_owned()], ..plain() };
        assert_eq!(judge(&made.json, &facts).outcome, expected, "{recipient}");
    }
}

#[test]
fn what_no_policy_can_grant_is_refused_by_name() {
    let tag = |key: &str, values: &[&str]| Require::Tag {
        key: key.to_owned(),
        values: values.iter().map(|one| (*one).to_owned()).collect(),
    };
    let other = RoleArn::parse("arn:aws:iam::999999999999:role/Dev").unwrap();
    let gov = ProviderArn::parse("arn:aws-us-gov:iam::111122223333:saml-provider/X").unwrap();
    for (wish, error) in [
        (Wish { role: other, ..wish() }, WishError::OtherAccount),
        (Wish { provider: gov, ..wish() }, WishError::OtherAccount),
        (Wish { audience: Audience::Regions(vec![]), ..wish() }, WishError::NoRegion),
        (
            Wish { audience: Audience::Regions(vec!["us-gov-west-1".to_owned()]), ..wish() },
            WishError::Region("us-gov-west-1".to_owned()),
        ),
        (
            Wish { encrypted_id: Some("saml/../x".to_owned()), ..wish() },
            WishError::EncryptedId("saml/../x".to_owned()),
        ),
        (Wish { require: vec![tag("a*", &["x"])], ..wish() }, WishError::TagKey("a*".to_owned())),
        (Wish { tag_keys: vec![String::new()], ..wish() }, WishError::TagKey(String::new())),
        (Wish { require: vec![tag("a", &[])], ..wish() }, WishError::NoValues("aws:RequestTag/a".to_owned())),
        (
            Wish { require: vec![tag("a", &["x"]), tag("A", &["y"])], ..wish() },
            WishError::Repeated("A".to_owned()),
        ),
        (
            Wish {
                require: ["ada", "bob"].map(|who| Require::Subject(vec![who.to_owned()])).to_vec(),
                ..wish()
            },
            WishError::Repeated("SAML:sub".to_owned()),
        ),
        (
            Wish {
                require: ["ada", "bob"].map(|who| Require::SourceIdentity(vec![who.to_owned()])).to_vec(),
                ..wish()
            },
            WishError::Repeated("sts:SourceIdentity".to_owned()),
        ),
    ] {
        assert_eq!(generate(&wish), Err(error.clone()));
        assert!(error.code().starts_with("policy.wish_"));
    }
}

#[test]
fn the_commands_name_role_path_and_the_partition_s_region() {
    let commands = made(&wish());
    assert!(
        commands.cli_update.starts_with(
            "aws iam update-assume-role-policy \\\n  --role-name 'Dev' \\\n  --policy-document '{"
        )
    );
    assert!(commands.cli_create.contains("--path '/team/' \\\n  --assume-role-policy-document '{"));
    assert!(!commands.cli_update.contains("--region") && !commands.cli_update.contains("--path"));
    let gov = Wish {
        role: RoleArn::parse("arn:aws-us-gov:iam::111122223333:role/Dev").unwrap(),
        provider: ProviderArn::parse("arn:aws-us-gov:iam::111122223333:saml-provider/X").unwrap(),
        audience: Audience::All,
        ..wish()
    };
    assert!(made(&gov).cli_create.ends_with("--region 'us-gov-west-1'\n"));
}

#[test]
fn a_value_that_cloud_formation_would_resolve_is_not_written_for_it() {
    let wish = Wish { require: vec![Require::Subject(vec!["{{resolve:ssm:x}}".to_owned()])], ..wish() };
    let made = made(&wish);
    assert_eq!(made.cloud_formation, None);
    assert!(made.terraform.contains("{{resolve:ssm:x}}"));
}

/// Values that each language would read as something else.
pub(super) const HOSTILE: [&str; 16] = [
    "it's",
    "\"quoted\" \\ back\\",
    "${aws:username}",
    "$${x}%%{y}%{z}${",
    "$$$${{a}}",
    "#{x} $(id) `id` !x",
    "yes",
    "1e3",
    "~",
    "- a: b # c",
    "line\nfeed\r\ttab",
    "\u{1b}[31mred\u{7f}\u{85}",
    "\u{202e}right to left\u{feff}\u{2028}",
    "Ünïcödé 日本 \u{1f600}",
    " edges ",
    "'\\''",
];

fn hostile() -> Wish {
    let values: Vec<String> = HOSTILE.iter().map(|one| (*one).to_owned()).collect();
    Wish {
        require: vec![
            Require::Subject(values.clone()),
            Require::Tag { key: "Any thing:/=+-@é".to_owned(), values },
        ],
        source_identity: true,
        ..wish()
    }
}

/// Each text beside the policy it holds by its own language's rules.
pub(super) fn agree(wish: &Wish, made: &Generated) {
    let expected: Value = serde_json::from_str(&made.json).unwrap();
    let name = wish.role.name();
    let template = yaml(made.cloud_formation.as_deref().unwrap());
    let properties = &template["Resources"]["Role"]["Properties"];
    assert_eq!(
        (&template["Resources"]["Role"]["Type"], &properties["RoleName"]),
        (&json!("AWS::IAM::Role"), &json!(name))
    );
    assert_eq!(properties["AssumeRolePolicyDocument"], expected);
    let label = format!("aws_iam_role {name}");
    let body = hcl(&made.terraform);
    let role = &body[&format!("resource {label}")][0];
    assert_eq!((&role["name"], &role["assume_role_policy"]), (&json!(name), &expected));
    let body = hcl(&made.terraform_document);
    let role = &body[&format!("resource {label}")][0];
    assert_eq!(role["assume_role_policy"], format!("data.aws_iam_policy_document.{name}.json"));
    assert_eq!(from_document(&body[&format!("data aws_iam_policy_document {name}")][0]), expected);
}

/// The policy that the provider's data source makes of its blocks.
fn from_document(document: &Value) -> Value {
    let one_or_all = |values: &Value| match values.as_array().unwrap().as_slice() {
        [only] => only.clone(),
        _ => values.clone(),
    };
    let statements = document["statement"].as_array().unwrap().iter().map(|block| {
        let principals = &block["principals"][0];
        let mut statement = json!({
            "Sid": block["sid"], "Effect": block["effect"], "Action": one_or_all(&block["actions"]),
            "Principal": {principals["type"].as_str().unwrap(): one_or_all(&principals["identifiers"])},
        });
        for condition in block.get("condition").and_then(Value::as_array).into_iter().flatten() {
            let (test, key) = (condition["test"].as_str().unwrap(), condition["variable"].as_str().unwrap());
            statement["Condition"][test][key] = one_or_all(&condition["values"]);
        }
        statement
    });
    json!({"Version": "2012-10-17", "Statement": statements.collect::<Vec<_>>()})
}

/// The arguments that `sh` gives to `aws`.
pub(super) fn arguments(command: &str) -> Vec<String> {
    let script = format!("aws() {{ for one in \"$@\"; do printf '%s\\0' \"$one\"; done; }}\n{command}");
    let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn yaml_and_hcl_give_the_policy_back_whatever_its_values_are() {
    for wish in [wish(), Wish::of(&ada(), role(), provider()), hostile()] {
        agree(&wish, &made(&wish));
    }
}

#[test]
fn sh_hands_the_policy_to_the_cli_as_it_is() {
    for wish in [wish(), hostile()] {
        let made = made(&wish);
        let expected: Value = serde_json::from_str(&made.json).unwrap();
        let update = arguments(&made.cli_update);
        assert_eq!(
            update[..5],
            ["iam", "update-assume-role-policy", "--role-name", "Dev", "--policy-document"]
        );
        assert_eq!(serde_json::from_str::<Value>(&update[5]).unwrap(), expected);
        assert_eq!(update[5].chars().count(), made.characters);
        let create = arguments(&made.cli_create);
        assert_eq!(create[2..7], ["--role-name", "Dev", "--path", "/team/", "--assume-role-policy-document"]);
        assert_eq!(serde_json::from_str::<Value>(&create[7]).unwrap(), expected);
    }
}

#[test]
fn nothing_that_a_terminal_acts_on_is_written_bare() {
    let made = made(&hostile());
    let texts = [&made.json, &made.cli_update, &made.cli_create, &made.terraform, &made.terraform_document];
    for text in texts.into_iter().chain(&made.cloud_formation) {
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
        let bad = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{feff}' | '\u{2028}');
        assert!(!text.contains(bad), "{text}");
    }
}

#[test]
fn terraform_reads_the_policy_as_it_is_meant_where_it_is_installed() {
    let made = made(&hostile());
    let expected: Value = serde_json::from_str(&made.json).unwrap();
    let expression = made.terraform.split_once("assume_role_policy = ").unwrap().1;
    let expression = expression.trim_end().trim_end_matches('}').trim_end();
    let folder = std::env::temp_dir().join(format!("rolecall-terraform-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("main.tf"), format!("locals {{\n  policy = {expression}\n}}\n")).unwrap();
    std::fs::write(folder.join("question"), "base64encode(local.policy)\n").unwrap();
    let question = std::fs::File::open(folder.join("question")).unwrap();
    let output = Command::new("terraform").arg("console").current_dir(&folder).stdin(question).output();
    std::fs::write(folder.join("main.tf"), &made.terraform).unwrap();
    std::fs::write(folder.join("document.tf"), &made.terraform_document).unwrap();
    let syntax = Command::new("terraform").args(["fmt", "-check"]).current_dir(&folder).output();
    std::fs::remove_dir_all(&folder).unwrap();
    let (Ok(output), Ok(syntax)) = (output, syntax) else { return };
    let answer = String::from_utf8_lossy(&output.stdout);
    let encoded = answer.trim().trim_matches('"');
    let policy = rolecall::octets::from_base64(encoded.as_bytes()).unwrap_or_else(|| panic!("{output:?}"));
    assert_eq!(serde_json::from_slice::<Value>(&policy).unwrap(), expected);
    assert!(syntax.status.success(), "{syntax:?}");
}

#[test]
fn a_yaml_reader_reads_the_template_as_it_is_meant_where_there_is_one() {
    let made = made(&hostile());
    let expected: Value = serde_json::from_str(&made.json).unwrap();
    let python = std::env::var_os("ROLECALL_PYTHON").unwrap_or_else(|| "python3".into());
    let script = "import json,sys,yaml; print(json.dumps(yaml.safe_load(sys.argv[1])))";
    let output = Command::new(python).arg("-c").arg(script).arg(made.cloud_formation.unwrap()).output();
    let Ok(output) = output else { return };
    if String::from_utf8_lossy(&output.stderr).contains("ModuleNotFoundError") {
        return;
    }
    let template: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    assert_eq!(template["AWSTemplateFormatVersion"], "2010-09-09");
    assert_eq!(template["Resources"]["Role"]["Properties"]["AssumeRolePolicyDocument"], expected);
}
