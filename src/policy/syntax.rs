//! The JSON of a trust policy to a [`Policy`], with a fact for whatever IAM would refuse (IAM User Guide, "Grammar of the IAM
//! JSON policy language"), in the order of the text. A policy with an error is not returned.

use rustc_hash::FxHashSet;

use super::fact::{Fact, Position};
use super::json::{Kind, Member, Value};
use super::model::{Actions, Condition, Policy, Principal, Principals, Statement};
use super::operator::{Operator, OperatorError};
use crate::limits::MAX_POLICY_FACTS;

/// Reads the policy. What was wrong or odd is appended to `facts`.
pub(super) fn read(value: &Value, facts: &mut Vec<Fact>) -> Option<Policy> {
    let mut reading = Reading { facts };
    let policy = reading.policy(value);
    (!facts.iter().any(Fact::is_error)).then_some(policy).flatten()
}

struct Reading<'f> {
    facts: &'f mut Vec<Fact>,
}

impl Reading<'_> {
    fn policy(&mut self, value: &Value) -> Option<Policy> {
        let members = self.map(value, "policy")?;
        self.names(members, &["Version", "Id", "Statement"]);
        let mut policy = Policy::default();
        match member(members, "Version") {
            None => self.say(Fact::note("policy.no_version", &[], value.at)),
            Some(version) => match self.text(version, "Version") {
                Some("2012-10-17") => policy.has_variables = true,
                Some("2008-10-17") | None => {}
                Some(other) => self.say(Fact::error("policy.bad_version", &[other], version.at)),
            },
        }
        if let Some(id) = member(members, "Id") {
            self.text(id, "Id");
        }
        let Some(statements) = member(members, "Statement") else {
            self.say(Fact::error("policy.missing_element", &["Statement"], value.at));
            return None;
        };
        let statements = match &statements.kind {
            Kind::List(list) if list.is_empty() => {
                self.say(Fact::error("policy.empty", &["Statement"], statements.at));
                return None;
            }
            Kind::List(list) => list.as_slice(),
            _ => std::slice::from_ref(statements),
        };
        policy.statements = statements.iter().filter_map(|statement| self.statement(statement)).collect();
        let mut sids = FxHashSet::default();
        for statement in &policy.statements {
            if let Some(sid) = statement.sid.as_deref().filter(|sid| !sid.is_empty())
                && !sids.insert(sid)
            {
                self.say(Fact::error("policy.duplicate_sid", &[sid], statement.at));
            }
        }
        Some(policy)
    }

    fn statement(&mut self, value: &Value) -> Option<Statement> {
        let members = self.map(value, "Statement")?;
        self.names(members, &STATEMENT_NAMES);
        for name in ["Resource", "NotResource"] {
            if let Some(resource) = members.iter().find(|member| member.name == name) {
                self.say(Fact::error("policy.resource", &[name], resource.at));
            }
        }
        let sid = member(members, "Sid").and_then(|sid| {
            let text = self.text(sid, "Sid")?;
            if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                self.say(Fact::error("policy.invalid_sid", &[text], sid.at));
            }
            Some(text.to_owned())
        });
        let denies = self.effect(members, value.at);
        let principals = self.either(members, "Principal", "NotPrincipal", value.at);
        let principals = principals.and_then(|(value, negated)| {
            let list = self.principals(value)?;
            Some(Principals { negated, at: value.at, list })
        });
        let actions = self.either(members, "Action", "NotAction", value.at);
        let actions = actions.and_then(|(value, negated)| {
            let patterns = self.actions(value, if negated { "NotAction" } else { "Action" })?;
            Some(Actions { negated, patterns })
        });
        let conditions = member(members, "Condition").map(|value| self.conditions(value)).unwrap_or_default();
        Some(Statement {
            at: value.at,
            sid,
            denies: denies?,
            principals: principals?,
            actions: actions?,
            conditions,
        })
    }

    fn effect(&mut self, members: &[Member], at: Position) -> Option<bool> {
        let Some(effect) = member(members, "Effect") else {
            self.say(Fact::error("policy.missing_element", &["Effect"], at));
            return None;
        };
        match self.text(effect, "Effect")? {
            "Allow" => Some(false),
            "Deny" => Some(true),
            other => {
                self.say(Fact::error("policy.invalid_effect", &[other], effect.at));
                None
            }
        }
    }

    /// The one of two elements that is there, and whether it is the second.
    fn either<'v>(
        &mut self,
        members: &'v [Member],
        name: &'static str,
        negation: &'static str,
        at: Position,
    ) -> Option<(&'v Value, bool)> {
        match (member(members, name), member(members, negation)) {
            (Some(_), Some(second)) => {
                self.say(Fact::error("policy.both_elements", &[name, negation], second.at));
                None
            }
            (Some(value), None) => Some((value, false)),
            (None, Some(value)) => Some((value, true)),
            (None, None) => {
                self.say(Fact::error("policy.missing_element", &[name], at));
                None
            }
        }
    }

    fn principals(&mut self, value: &Value) -> Option<Vec<Principal>> {
        let members = match &value.kind {
            Kind::Text(text) if text == "*" => return Some(vec![Principal::Everyone]),
            Kind::Text(text) => {
                self.say(Fact::error("policy.invalid_principal", &["", text], value.at));
                return None;
            }
            _ => self.map(value, "Principal")?,
        };
        if members.is_empty() {
            self.say(Fact::error("policy.empty", &["Principal"], value.at));
        }
        let mut list = Vec::new();
        for Member { name, at, value } in members {
            if !PRINCIPAL_TYPES.contains(&name.as_str()) {
                self.misspelled(name, *at, &PRINCIPAL_TYPES, "policy.unknown_principal_type");
                continue;
            }
            for (text, at) in self.texts(value, name).unwrap_or_default() {
                let principal = match name.as_str() {
                    "AWS" if text == "*" => Some(Principal::Everyone),
                    "AWS" if is_aws_principal(text) => Some(Principal::Other(text.to_owned())),
                    "Federated" if is_federated(text) => Some(Principal::Federated(text.to_owned())),
                    "Service" if is_service(text) => Some(Principal::Other(text.to_owned())),
                    "CanonicalUser" => Some(Principal::Other(text.to_owned())),
                    _ => None,
                };
                match principal {
                    Some(principal) => list.push(principal),
                    None if text != "*" && text.contains(['*', '?']) => {
                        self.say(Fact::error("policy.principal_wildcard", &[text], at));
                    }
                    None => self.say(Fact::error("policy.invalid_principal", &[name, text], at)),
                }
            }
        }
        Some(list)
    }

    fn actions(&mut self, value: &Value, name: &'static str) -> Option<Vec<String>> {
        let texts = self.texts(value, name)?;
        for (text, at) in &texts {
            let is_action = text.split_once(':').is_some_and(|(service, action)| {
                let is_name = |text: &str, others: &str| {
                    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
                };
                is_name(service, "-_*?") && is_name(action, "*?")
            });
            if *text != "*" && !is_action {
                self.say(Fact::error("policy.invalid_action", &[text], *at));
            }
        }
        Some(texts.into_iter().map(|(text, _)| text.to_owned()).collect())
    }

    fn conditions(&mut self, value: &Value) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for Member { name, at, value } in self.map(value, "Condition").unwrap_or_default() {
            let operator = match Operator::parse(name) {
                Ok(operator) => Some(operator),
                Err(OperatorError::Case(spelled)) => {
                    self.say(Fact::error("policy.misspelled", &[name, &spelled], *at));
                    None
                }
                Err(OperatorError::Unknown) => {
                    self.say(Fact::error("policy.unknown_operator", &[name], *at));
                    None
                }
            };
            let mut seen = FxHashSet::default();
            for Member { name: key, at, value } in self.map(value, name).unwrap_or_default() {
                if !seen.insert(key.to_ascii_lowercase()) {
                    self.say(Fact::error("policy.duplicate_key", &[key], *at));
                }
                if !key.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
                {
                    self.say(Fact::error("policy.invalid_condition_key", &[key], *at));
                }
                let (Some(values), Some(operator)) = (self.values(value, key), operator) else { continue };
                let (key, operator_name) = (key.clone(), name.clone());
                conditions.push(Condition { at: *at, operator_name, operator, key, values });
            }
        }
        conditions
    }

    /// The values of a condition: texts, numbers and truth values, one or a list of them.
    fn values(&mut self, value: &Value, key: &str) -> Option<Vec<String>> {
        let list = match &value.kind {
            Kind::List(list) if list.is_empty() => {
                self.say(Fact::error("policy.empty", &[key], value.at));
                return None;
            }
            Kind::List(list) => list.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut values = Vec::with_capacity(list.len());
        for value in list {
            match &value.kind {
                Kind::Text(text) | Kind::Number(text) => values.push(text.clone()),
                Kind::Bool(is) => values.push(is.to_string()),
                _ => {
                    self.say(Fact::error("policy.wrong_type", &[key, "string"], value.at));
                    return None;
                }
            }
        }
        Some(values)
    }

    fn map<'v>(&mut self, value: &'v Value, element: &str) -> Option<&'v [Member]> {
        match &value.kind {
            Kind::Map(members) => Some(members),
            _ => {
                self.say(Fact::error("policy.wrong_type", &[element, "object"], value.at));
                None
            }
        }
    }

    fn text<'v>(&mut self, value: &'v Value, element: &str) -> Option<&'v str> {
        match &value.kind {
            Kind::Text(text) => Some(text),
            _ => {
                self.say(Fact::error("policy.wrong_type", &[element, "string"], value.at));
                None
            }
        }
    }

    /// A text, or a list of them, each with its place.
    fn texts<'v>(&mut self, value: &'v Value, element: &str) -> Option<Vec<(&'v str, Position)>> {
        let list = match &value.kind {
            Kind::List(list) if list.is_empty() => {
                self.say(Fact::error("policy.empty", &[element], value.at));
                return None;
            }
            Kind::List(list) => list.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut texts = Vec::with_capacity(list.len());
        for value in list {
            texts.push((self.text(value, element)?, value.at));
        }
        Some(texts)
    }

    /// Names that do not belong there.
    fn names(&mut self, members: &[Member], known: &[&str]) {
        for Member { name, at, .. } in members {
            if !known.contains(&name.as_str()) {
                self.misspelled(name, *at, known, "policy.unknown_element");
            }
        }
    }

    fn misspelled(&mut self, name: &str, at: Position, known: &[&str], code: &'static str) {
        match known.iter().find(|known| known.eq_ignore_ascii_case(name)) {
            Some(spelled) => self.say(Fact::error("policy.misspelled", &[name, spelled], at)),
            None => self.say(Fact::error(code, &[name], at)),
        }
    }

    fn say(&mut self, fact: Fact) {
        // A first error is kept whatever came before it: with none the policy would count as one.
        if self.facts.len() < MAX_POLICY_FACTS || (fact.is_error() && !self.facts.iter().any(Fact::is_error))
        {
            self.facts.push(fact);
        }
    }
}

fn member<'v>(members: &'v [Member], name: &str) -> Option<&'v Value> {
    members.iter().find(|member| member.name == name).map(|member| &member.value)
}

/// An account, or the ARN of something that can sign a request. A deleted user or role is left as its unique id.
fn is_aws_principal(text: &str) -> bool {
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_account(text) {
        return true;
    }
    let is_unique_id = |text: &str| {
        text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    if ["AIDA", "AROA", "AGPA"].iter().any(|start| text.starts_with(start)) && is_unique_id(text) {
        return true;
    }
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, service @ ("iam" | "sts"), "", account, resource] = fields.as_slice() else {
        return false;
    };
    let kinds: &[&str] =
        if *service == "iam" { &["user/", "role/"] } else { &["assumed-role/", "federated-user/"] };
    let names = kinds.iter().find_map(|kind| resource.strip_prefix(kind));
    !partition.is_empty()
        && is_account(account)
        && !resource.contains(['*', '?'])
        && (names.is_some_and(|name| !name.is_empty()) || (*service == "iam" && *resource == "root"))
}

/// The ARN of a SAML or OIDC provider, the host of a public provider, or everyone's.
fn is_federated(text: &str) -> bool {
    if text == "*" {
        return true;
    }
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    match fields.as_slice() {
        ["arn", partition, "iam", "", account, resource] => {
            let name =
                resource.strip_prefix("saml-provider/").or_else(|| resource.strip_prefix("oidc-provider/"));
            partition.starts_with("aws")
                && account.len() == 12
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && name.is_some_and(|name| !name.is_empty() && !name.contains(['*', '?', ' ']))
        }
        [host] => is_service(host),
        _ => false,
    }
}

/// A host name with a dot in it, such as `ec2.amazonaws.com`.
fn is_service(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.contains('.') && text.split('.').all(is_part)
}

const STATEMENT_NAMES: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Condition",
    // Known, and refused by their own name.
    "Resource",
    "NotResource",
];

const PRINCIPAL_TYPES: [&str; 4] = ["AWS", "Federated", "Service", "CanonicalUser"];
