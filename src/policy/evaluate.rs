//! A [`Policy`] and a [`Context`] to what each statement does and whether each needed action is allowed (IAM User Guide,
//! "Policy evaluation logic"): an explicit deny wins, and what no statement allows is refused.

use super::check::{ActionCheck, ConditionCheck, StatementCheck};
use super::compare::{self, Wanted};
use super::context::{Context, Known};
use super::fact::{Reason, Truth, cut};
use super::model::{Condition, Policy, Principal, Statement};
use super::operator::{SetOperator, Test};
use super::pattern::{Budget, Unresolved, action_matches};
use crate::aws::ProviderArn;

/// An action that a sign-in asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) action: &'static str,
    /// Whether it is asked for; `Unknown` when the assertion is encrypted.
    pub(super) needed: Truth,
}

/// One policy against one sign-in.
pub(super) struct Evaluation<'e> {
    pub(super) policy: &'e Policy,
    pub(super) context: &'e Context,
    pub(super) provider: &'e ProviderArn,
    pub(super) budget: Budget,
}

/// What came of a statement.
struct Judged {
    applies: Truth,
    matched: Vec<(&'static str, Truth)>,
    why_not: Option<Reason>,
}

impl Evaluation<'_> {
    /// Every statement, and every action in the order asked.
    pub(super) fn run(&mut self, asked: &[Asked]) -> (Vec<StatementCheck>, Vec<ActionCheck>) {
        let policy = self.policy;
        let mut statements = Vec::with_capacity(policy.statements.len());
        let mut judged = Vec::with_capacity(policy.statements.len());
        for (place, statement) in policy.statements.iter().enumerate() {
            let (check, one) = self.statement(place.saturating_add(1), statement, asked);
            statements.push(check);
            judged.push((statement.denies, one));
        }
        let actions = asked.iter().map(|asked| conclude(*asked, &judged)).collect();
        (statements, actions)
    }

    fn statement(
        &mut self,
        number: usize,
        statement: &Statement,
        asked: &[Asked],
    ) -> (StatementCheck, Judged) {
        let (principal, principal_reason) = self.principal(statement);
        let matched: Vec<(&'static str, Truth)> =
            asked.iter().map(|asked| (asked.action, self.action(statement, asked.action))).collect();
        let mut applies = principal;
        let mut why_not = (principal != Truth::True).then(|| {
            let code = if principal == Truth::Unknown {
                "policy.statement_principal_unknown"
            } else {
                "policy.statement_principal"
            };
            Reason::new(code, &[&number.to_string(), self.provider.as_str()])
        });
        let mut conditions = Vec::with_capacity(statement.conditions.len());
        for condition in &statement.conditions {
            let (truth, check) = self.condition(condition);
            if truth != Truth::True
                && (applies == Truth::True || (applies == Truth::Unknown && truth == Truth::False))
            {
                let code = if truth == Truth::Unknown {
                    "policy.statement_condition_unknown"
                } else {
                    "policy.statement_condition"
                };
                let args = [&number.to_string(), &condition.operator_name, &condition.key];
                why_not = Some(Reason::new(code, &args.map(String::as_str)));
            }
            applies = applies.and(truth);
            conditions.push(check);
        }
        let any = matched.iter().fold(Truth::False, |any, (_, matches)| any.or(*matches));
        let check = StatementCheck {
            number,
            sid: statement.sid.clone(),
            effect: if statement.denies { "Deny" } else { "Allow" },
            line: statement.at.line,
            column: statement.at.column,
            outcome: name_of(applies.and(any), "applies", "does_not_apply"),
            principal: name_of(principal, "matches", "differs"),
            principal_reason,
            actions: matched.iter().filter(|(_, is)| *is == Truth::True).map(|(action, _)| *action).collect(),
            conditions,
        };
        (check, Judged { applies, matched, why_not })
    }

    fn principal(&self, statement: &Statement) -> (Truth, Reason) {
        let principals = &statement.principals;
        let provider = self.provider.as_str();
        let mut named = Truth::False;
        for principal in &principals.list {
            named = named.or(match principal {
                Principal::Everyone => Truth::True,
                // Not documented for providers; IAM may refuse it.
                Principal::Federated(text) if text == "*" => Truth::Unknown,
                Principal::Federated(text) => Truth::of(text == provider),
                Principal::Other(_) => Truth::False,
            });
        }
        if !principals.negated {
            return match named {
                Truth::True => (named, Reason::new("policy.principal_matches", &[provider])),
                Truth::Unknown => (named, Reason::new("policy.principal_unknown", &["*"])),
                Truth::False => {
                    let other = principals.list.iter().find_map(|principal| match principal {
                        Principal::Federated(text) => Some(text.as_str()),
                        _ => None,
                    });
                    let first = principals.list.iter().find_map(|principal| match principal {
                        Principal::Other(text) => Some(text.as_str()),
                        _ => None,
                    });
                    let other = other.or(first).unwrap_or_default();
                    (named, Reason::new("policy.principal_differs", &[provider, other]))
                }
            };
        }
        // "You must also specify the account ARN of the not-denied principal. Otherwise, the policy might deny access to the
        // entire account containing the principal" (IAM User Guide, "NotPrincipal").
        let account = self.provider.account();
        let root = ["arn:", self.provider.partition().id(), ":iam::", account.as_str(), ":root"].concat();
        let has_account = principals.list.iter().any(|principal| match principal {
            Principal::Other(text) => *text == root || text == account.as_str(),
            _ => false,
        });
        match named {
            Truth::True if statement.denies && !has_account => {
                (Truth::Unknown, Reason::new("policy.not_principal_account", &[provider, &root]))
            }
            Truth::True => (Truth::False, Reason::new("policy.not_principal_named", &[provider])),
            Truth::False => (Truth::True, Reason::new("policy.not_principal_other", &[provider])),
            Truth::Unknown => (Truth::Unknown, Reason::new("policy.principal_unknown", &["*"])),
        }
    }

    fn action(&mut self, statement: &Statement, action: &str) -> Truth {
        let actions = &statement.actions;
        let mut any = Truth::False;
        for pattern in &actions.patterns {
            any = any.or(self.known(|budget| action_matches(pattern, action, budget)));
        }
        if actions.negated { !any } else { any }
    }

    fn known(&mut self, ask: impl FnOnce(&mut Budget) -> Option<bool>) -> Truth {
        ask(&mut self.budget).map_or(Truth::Unknown, Truth::of)
    }

    fn condition(&mut self, condition: &Condition) -> (Truth, ConditionCheck) {
        let known = self.context.get(&condition.key);
        let (truth, code) = match condition.operator.test {
            Test::Null => null(condition, known),
            _ => self.compared(condition, known),
        };
        let values = match known {
            Known::Values(values) => {
                Some(values.iter().take(MAX_SHOWN_VALUES).map(|value| cut(value)).collect())
            }
            _ => None,
        };
        let args = match known {
            Known::Values(_) => vec![condition.key.clone()],
            Known::Absent(why) | Known::Unknown(why) => vec![condition.key.clone(), why.to_owned()],
        };
        let check = ConditionCheck {
            operator: condition.operator_name.clone(),
            key: condition.key.clone(),
            line: condition.at.line,
            column: condition.at.column,
            policy_values: condition.values.iter().take(MAX_SHOWN_VALUES).map(|value| cut(value)).collect(),
            assertion_values: values,
            outcome: name_of(truth, "met", "not_met"),
            reason: Reason { code, args },
        };
        (truth, check)
    }

    /// What comes of every operator but `Null`, and why.
    fn compared(&mut self, condition: &Condition, known: Known<'_>) -> (Truth, &'static str) {
        let operator = condition.operator;
        let (values, absent) = match known {
            Known::Unknown(why) => return (Truth::Unknown, why),
            Known::Absent(why) => (&[][..], Some(why)),
            Known::Values(values) => (values, None),
        };
        // "If the key is not present, evaluate the condition element as true."
        if absent.is_some() && operator.if_exists {
            return (Truth::True, "policy.absent_if_exists");
        }
        let why = absent.unwrap_or("policy.absent_empty");
        match operator.set {
            // Of no values every one passes, and not one does. Empty texts are no values to a set operator.
            Some(SetOperator::ForAllValues) if is_blank(values) => {
                return (Truth::True, "policy.absent_for_all_values");
            }
            Some(SetOperator::ForAnyValue) if is_blank(values) => return (Truth::False, why),
            // "If the policy condition requires that the key is not matched and the key is not present, it is true."
            None if values.is_empty() && operator.negated => return (Truth::True, "policy.absent_negated"),
            None if values.is_empty() => return (Truth::False, why),
            _ => {}
        }
        let wanted = match self.wanted(condition) {
            Ok(wanted) => wanted,
            Err(judged) => return judged,
        };
        let (mut all, mut any) = (Truth::True, Truth::False);
        for value in values {
            let mut matches = Truth::False;
            for wanted in &wanted {
                let one = match wanted {
                    Ok(wanted) => self.known(|budget| compare::passes(wanted, value, budget)),
                    Err(_) => Truth::Unknown,
                };
                matches = matches.or(one);
                if matches == Truth::True {
                    break;
                }
            }
            let passes = if operator.negated { !matches } else { matches };
            all = all.and(passes);
            any = any.or(passes);
        }
        let truth = match operator.set {
            Some(SetOperator::ForAllValues) => all,
            Some(SetOperator::ForAnyValue) => any,
            None if all == any => all,
            None => return (Truth::Unknown, "policy.unknown_no_set_operator"),
        };
        let unresolved = wanted.iter().find_map(|wanted| wanted.as_ref().err());
        (
            truth,
            match (truth, unresolved) {
                (Truth::True, _) => "policy.value_passes",
                (Truth::False, _) => "policy.value_fails",
                (Truth::Unknown, Some(Unresolved::Unset)) => "policy.variable_unset",
                (Truth::Unknown, Some(Unresolved::Unknown)) => "policy.variable_unknown",
                (Truth::Unknown, Some(Unresolved::Several)) => "policy.variable_several",
                (Truth::Unknown, None) => "policy.unknown_too_long",
            },
        )
    }

    /// The condition's values. One that names a variable without a value stops a condition that can only fail by it.
    fn wanted(
        &mut self,
        condition: &Condition,
    ) -> Result<Vec<Result<Wanted, Unresolved>>, (Truth, &'static str)> {
        let operator = condition.operator;
        let replaced = self.policy.has_variables && operator.takes_variables();
        let context = replaced.then_some(self.context);
        let wanted: Vec<Result<Wanted, Unresolved>> = condition
            .values
            .iter()
            .map(|text| compare::read(operator.test, text, context, &mut self.budget))
            .collect();
        // "Not present means that any attempt to match it fails" (IAM User Guide, "Variables", principal key values).
        let is_unset = |one: &Result<Wanted, Unresolved>| matches!(one, Err(Unresolved::Unset));
        if !operator.negated && wanted.iter().all(is_unset) {
            return Err((Truth::False, "policy.variable_unset"));
        }
        Ok(wanted)
    }
}

/// `true`: the key is not there; `false`: it is, with a value.
fn null(condition: &Condition, known: Known<'_>) -> (Truth, &'static str) {
    let (is_null, why) = match known {
        Known::Unknown(why) => return (Truth::Unknown, why),
        Known::Absent(why) => (true, why),
        Known::Values([]) => (true, "policy.absent_empty"),
        Known::Values(_) => (false, "policy.key_present"),
    };
    let wants = |wanted: bool| {
        let wanted = if wanted { "true" } else { "false" };
        condition.values.iter().any(|value| value.eq_ignore_ascii_case(wanted))
    };
    if condition.operator.set.is_some() {
        return (Truth::Unknown, "policy.unknown_null_set");
    }
    (Truth::of(wants(is_null)), why)
}

/// An empty data set to a set operator (IAM User Guide, "Single-valued vs. multivalued context keys").
fn is_blank(values: &[String]) -> bool {
    values.iter().all(String::is_empty)
}

/// What the statements come to for one action.
fn conclude(asked: Asked, judged: &[(bool, Judged)]) -> ActionCheck {
    let (mut allowed, mut denied) = (Truth::False, Truth::False);
    let mut reasons = Vec::new();
    let (mut near_allows, mut near_denials) = (Vec::new(), Vec::new());
    for (place, (denies, one)) in judged.iter().enumerate() {
        let matches = one.matched.iter().find(|(action, _)| *action == asked.action);
        let matches = matches.map_or(Truth::False, |(_, matches)| *matches);
        let applies = one.applies.and(matches);
        let number = place.saturating_add(1).to_string();
        let args = [number.as_str(), asked.action];
        if *denies {
            denied = denied.or(applies);
            match applies {
                Truth::True => reasons.push(Reason::new("policy.denied_by_statement", &args)),
                Truth::Unknown => near_denials.extend(one.why_not.clone()),
                Truth::False => {}
            }
            continue;
        }
        allowed = allowed.or(applies);
        if applies == Truth::True {
            reasons.push(Reason::new("policy.allowed_by_statement", &args));
        } else if matches != Truth::False {
            near_allows.extend(one.why_not.clone());
        } else if one.applies != Truth::False {
            near_allows.push(Reason::new("policy.statement_action", &args));
        }
    }
    let outcome = allowed.and(!denied);
    match outcome {
        Truth::True => {}
        // An allow says nothing where a deny decides, and a deny that may apply nothing where nothing allows.
        Truth::False if denied == Truth::True => {
            reasons.retain(|one| one.code == "policy.denied_by_statement")
        }
        Truth::False => {
            reasons.push(Reason::new("policy.no_statement_allows", &[asked.action]));
            reasons.extend(near_allows.into_iter().take(MAX_NEAR_STATEMENTS));
        }
        Truth::Unknown => {
            let near_allows = near_allows.into_iter().filter(|_| allowed == Truth::Unknown);
            reasons.extend(near_denials.into_iter().chain(near_allows).take(MAX_NEAR_STATEMENTS));
        }
    }
    ActionCheck {
        action: asked.action,
        needed: match asked.needed {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        },
        outcome: name_of(outcome, "allowed", "refused"),
        reasons,
    }
}

/// The stable name of a truth.
pub(super) fn name_of(truth: Truth, yes: &'static str, no: &'static str) -> &'static str {
    match truth {
        Truth::True => yes,
        Truth::False => no,
        Truth::Unknown => "unknown",
    }
}

/// Values of one condition that are shown on either side. Beyond that the reason says enough.
const MAX_SHOWN_VALUES: usize = 100;

/// Statements that could have allowed an action, and that are named as reasons.
const MAX_NEAR_STATEMENTS: usize = 10;
