//! What a valid policy does that it does not seem to: warnings and notes beside its evaluation (after the checks of IAM Access
//! Analyzer, "Access Analyzer policy check reference").

use super::compare::is_of_kind;
use super::fact::{Fact, Position};
use super::json::{Kind, Value};
use super::keys::{is_documented, is_documented_for, is_list};
use super::model::{Condition, Policy, Principal, Statement};
use super::operator::{SetOperator, Test};
use super::pattern::{Budget, action_matches, variable};
use crate::limits::MAX_POLICY_FACTS;

/// Appends what is to be said about a policy that IAM takes.
pub(super) fn say(policy: &Policy, document: &Value, facts: &mut Vec<Fact>) {
    let size = characters(document);
    if size > LARGEST_QUOTA {
        facts.push(Fact::warning("policy.over_largest_quota", &[&size.to_string()], Position::START));
    } else if size > DEFAULT_QUOTA {
        facts.push(Fact::note("policy.over_quota", &[&size.to_string()], Position::START));
    }
    let mut budget = Budget::new();
    for statement in &policy.statements {
        about_statement(statement, facts, &mut budget);
        for condition in &statement.conditions {
            if facts.len() >= MAX_POLICY_FACTS {
                return;
            }
            about_condition(policy, statement, condition, facts, &mut budget);
        }
    }
}

fn about_statement(statement: &Statement, facts: &mut Vec<Fact>, budget: &mut Budget) {
    let at = statement.at;
    let principals = &statement.principals;
    if !statement.denies && principals.negated {
        facts.push(Fact::warning("policy.not_principal_with_allow", &[], principals.at));
    }
    if !statement.denies && !principals.negated && principals.list.contains(&Principal::Everyone) {
        facts.push(Fact::warning("policy.everyone", &[], principals.at));
    }
    if principals.list.iter().any(|one| matches!(one, Principal::Federated(text) if text == "*")) {
        facts.push(Fact::warning("policy.federated_wildcard", &[], principals.at));
    }
    for pattern in &statement.actions.patterns {
        if facts.len() >= MAX_POLICY_FACTS {
            return;
        }
        let is_known = ACTIONS.iter().any(|action| action_matches(pattern, action, budget).unwrap_or(true))
            || pattern == "*";
        if !is_known {
            facts.push(Fact::warning("policy.unknown_action", &[pattern], at));
        }
    }
}

fn about_condition(
    policy: &Policy,
    statement: &Statement,
    condition: &Condition,
    facts: &mut Vec<Fact>,
    budget: &mut Budget,
) {
    let Condition { at, operator, operator_name, key, values } = condition;
    let lower = key.to_ascii_lowercase();
    if !is_documented(&lower) {
        facts.push(Fact::warning("policy.undocumented_key", &[key], *at));
    }
    let is_null = operator.test == Test::Null;
    if is_null && operator.set.is_some() {
        facts.push(Fact::warning("policy.null_with_set_operator", &[operator_name], *at));
    }
    match operator.set {
        None if is_list(&lower) && !is_null => {
            facts.push(Fact::warning("policy.missing_set_operator", &[operator_name, key], *at));
        }
        Some(_) if !is_list(&lower) && is_documented(&lower) => {
            facts.push(Fact::warning("policy.needless_set_operator", &[operator_name, key], *at));
        }
        _ => {}
    }
    // Tag keys are bounded in this way by AWS's own examples: who sends none sends none that is forbidden.
    let is_bound = matches!(lower.as_str(), "aws:tagkeys" | "sts:transitivetagkeys");
    let is_open = operator.set == Some(SetOperator::ForAllValues) && !statement.denies && !is_bound;
    if is_open && !requires(statement, key) {
        facts.push(Fact::warning("policy.for_all_values_when_absent", &[operator_name, key], *at));
    }
    for action in ["sts:TagSession", "sts:SetSourceIdentity"] {
        let covers = statement.actions.patterns.iter().any(|pattern| {
            // Wildcards mean whatever there is; a name means this action.
            !pattern.contains(['*', '?']) && action_matches(pattern, action, budget).unwrap_or(false)
        });
        if covers && !statement.actions.negated && !is_documented_for(&lower, action) {
            facts.push(Fact::note("policy.key_undocumented_for_action", &[key, action], *at));
        }
    }
    if let Some(value) = values.iter().find(|value| !is_of_kind(operator.test, value)) {
        facts.push(Fact::warning("policy.value_of_other_kind", &[operator_name, value], *at));
    }
    let is_exact = matches!(operator.test, Test::StringEquals | Test::StringEqualsIgnoreCase);
    let is_wild = |value: &&String| value.contains(['*', '?']) && !value.contains("${");
    // A `?` is in any URL with a query; a star is meant as one.
    if let Some(value) = values.iter().filter(is_wild).find(|value| is_exact && value.contains('*')) {
        facts.push(Fact::warning("policy.wildcard_taken_literally", &[operator_name, value], *at));
    }
    if let Some(value) = values.iter().find(|value| value.contains("${")) {
        if !policy.has_variables {
            facts.push(Fact::warning("policy.variable_without_version", &[value], *at));
        } else if !operator.takes_variables() {
            facts.push(Fact::warning("policy.variable_not_replaced", &[operator_name, value], *at));
        } else if has_open_variable(value) {
            facts.push(Fact::warning("policy.variable_open", &[value], *at));
        }
    }
}

/// Whether the statement asks that the key be there: `"Null": {key: "false"}`.
fn requires(statement: &Statement, key: &str) -> bool {
    statement.conditions.iter().take(MAX_COMPANIONS).any(|other| {
        other.operator.test == Test::Null
            && other.key.eq_ignore_ascii_case(key)
            && other.values.iter().all(|value| value.eq_ignore_ascii_case("false"))
    })
}

fn has_open_variable(value: &str) -> bool {
    let mut rest = value;
    while let Some(at) = rest.find("${") {
        match variable(rest.get(at..).unwrap_or_default()) {
            Some((_, behind)) => rest = behind,
            None => return true,
        }
    }
    false
}

/// Characters of the policy as IAM counts them, white space between values left out.
pub(super) fn characters(value: &Value) -> usize {
    let text = |text: &str| text.chars().count().saturating_add(2);
    match &value.kind {
        Kind::Null | Kind::Bool(true) => 4,
        Kind::Bool(false) => 5,
        Kind::Number(number) => number.len(),
        Kind::Text(one) => text(one),
        Kind::List(values) => {
            let inner: usize = values.iter().map(|value| characters(value).saturating_add(1)).sum();
            inner.max(1).saturating_add(1)
        }
        Kind::Map(members) => {
            let one = |member: &super::json::Member| {
                text(&member.name).saturating_add(characters(&member.value)).saturating_add(2)
            };
            members.iter().map(one).sum::<usize>().max(1).saturating_add(1)
        }
    }
}

/// The quota for a role's trust policy (IAM User Guide, "IAM and AWS STS quotas"), in characters.
pub const DEFAULT_QUOTA: usize = 2048;

/// The same, raised as far as AWS raises it.
pub(super) const LARGEST_QUOTA: usize = 4096;

/// Conditions of a statement among which a companion is looked for; more than any policy within the quota has.
const MAX_COMPANIONS: usize = 200;

/// Actions that a trust policy can allow (Service Authorization Reference, "Actions, resources, and condition keys for AWS
/// STS").
const ACTIONS: [&str; 7] = [
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:SetContext",
    "sts:AssumeRoot",
];
