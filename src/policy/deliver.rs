//! A generated policy to what is pasted or kept: a CLI command, a CloudFormation template, Terraform.

use super::generate::Wish;
use super::write::{Tree, hcl, hcl_members, hcl_text, line, shell, yaml};
use crate::aws::ProviderArn;
use crate::partition::Partition;

/// A statement for the writers: its conditions are operator, key and values.
pub(super) struct Statement<'w> {
    pub(super) sid: &'static str,
    pub(super) provider: &'w ProviderArn,
    pub(super) action: &'static str,
    pub(super) conditions: Vec<(&'static str, String, Vec<String>)>,
}

impl Statement<'_> {
    /// As it stands in the policy.
    pub(super) fn tree(&self) -> Tree {
        let mut members = vec![
            ("Sid".to_owned(), Tree::text(self.sid)),
            ("Effect".to_owned(), Tree::text("Allow")),
            (
                "Principal".to_owned(),
                Tree::Map(vec![("Federated".to_owned(), Tree::text(self.provider.as_str()))]),
            ),
            ("Action".to_owned(), Tree::text(self.action)),
        ];
        let mut operators: Vec<(String, Tree)> = Vec::new();
        for (operator, key, values) in &self.conditions {
            let member = (key.clone(), Tree::texts(values));
            match operators.iter_mut().find(|(name, _)| name == operator) {
                Some((_, Tree::Map(keys))) => keys.push(member),
                _ => operators.push(((*operator).to_owned(), Tree::Map(vec![member]))),
            }
        }
        if !operators.is_empty() {
            members.push(("Condition".to_owned(), Tree::Map(operators)));
        }
        Tree::Map(members)
    }
}

/// A CLI command, on one line for each option.
pub(super) fn command(wish: &Wish, verb: &str, option: &str, policy: &str) -> String {
    let mut out = ["aws iam ", verb].concat();
    let mut add = |name: &str, value: &str| {
        out.push_str(" \\\n  ");
        out.push_str(name);
        out.push(' ');
        shell(&mut out, value);
    };
    add("--role-name", wish.role.name());
    if verb == "create-role" && wish.role.path() != "/" {
        add("--path", wish.role.path());
    }
    add(option, policy);
    let partition = wish.role.partition();
    if partition != Partition::Aws {
        // IAM has one endpoint in each partition; the CLI finds it by any region of it.
        add("--region", partition.default_region());
    }
    out.push('\n');
    out
}

/// A template with the role as its one resource.
pub(super) fn cloud_formation(wish: &Wish, policy: &Tree) -> String {
    let mut properties = vec![("RoleName".to_owned(), Tree::text(wish.role.name()))];
    if wish.role.path() != "/" {
        properties.push(("Path".to_owned(), Tree::text(wish.role.path())));
    }
    properties.push(("AssumeRolePolicyDocument".to_owned(), policy.clone()));
    let role = Tree::Map(vec![
        ("Type".to_owned(), Tree::text("AWS::IAM::Role")),
        ("Properties".to_owned(), Tree::Map(properties)),
    ]);
    let template = Tree::Map(vec![
        ("AWSTemplateFormatVersion".to_owned(), Tree::text("2010-09-09")),
        ("Resources".to_owned(), Tree::Map(vec![("Role".to_owned(), role)])),
    ]);
    let mut out = String::new();
    yaml(&mut out, &template, 0);
    out.push('\n');
    out.trim_start().to_owned()
}

/// The resource up to its `assume_role_policy`.
fn terraform_role(wish: &Wish) -> String {
    let mut out = ["resource \"aws_iam_role\" \"", &label(wish.role.name()), "\" {\n  name = "].concat();
    hcl_text(&mut out, wish.role.name());
    if wish.role.path() != "/" {
        out.push_str("\n  path = ");
        hcl_text(&mut out, wish.role.path());
    }
    out.push_str("\n\n  assume_role_policy = ");
    out
}

/// The role with its policy as an expression.
pub(super) fn terraform(wish: &Wish, policy: &Tree) -> String {
    let mut out = terraform_role(wish);
    out.push_str("jsonencode(");
    hcl(&mut out, policy, 1);
    out.push_str(")\n}\n");
    out
}

/// The policy as a data source, and the role that uses it.
pub(super) fn terraform_document(wish: &Wish, statements: &[Statement<'_>]) -> String {
    let label = label(wish.role.name());
    let mut out = ["data \"aws_iam_policy_document\" \"", &label, "\" {"].concat();
    for (place, statement) in statements.iter().enumerate() {
        out.push_str(if place > 0 { "\n" } else { "" });
        line(&mut out, Some(1));
        out.push_str("statement {");
        let list = |text: &str| Tree::List(vec![Tree::text(text)]);
        let member = |name: &str, value: Tree| (name.to_owned(), value);
        let head = [
            member("sid", Tree::text(statement.sid)),
            member("effect", Tree::text("Allow")),
            member("actions", list(statement.action)),
        ];
        hcl_members(&mut out, &head, 2);
        out.push_str("\n\n    principals {");
        let principals = [
            member("type", Tree::text("Federated")),
            member("identifiers", list(statement.provider.as_str())),
        ];
        hcl_members(&mut out, &principals, 3);
        out.push_str("\n    }");
        for (operator, key, values) in &statement.conditions {
            out.push_str("\n\n    condition {");
            let values = values.iter().map(|value| Tree::text(value)).collect();
            let condition = [
                member("test", Tree::text(operator)),
                member("variable", Tree::text(key)),
                member("values", Tree::List(values)),
            ];
            hcl_members(&mut out, &condition, 3);
            out.push_str("\n    }");
        }
        out.push_str("\n  }");
    }
    out.push_str("\n}\n\n");
    out.push_str(&terraform_role(wish));
    out.push_str(&["data.aws_iam_policy_document.", &label, ".json\n}\n"].concat());
    out
}

/// The name as an identifier of HCL.
fn label(name: &str) -> String {
    let mut label = String::with_capacity(name.len().saturating_add(1));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        label.push('_');
    }
    label.extend(name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' }));
    label
}
