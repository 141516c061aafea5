//! What a trust policy says to a sign-in, as a page draws it: the verdict in one sentence and what it rests on, then statement by
//! statement and condition by condition, each with the words for it and the place in the text.

use serde::Serialize;

use super::Message;
use super::policy_need::need;
use super::policy_places::Places;
use crate::policy::{ActionCheck, Check, ConditionCheck, Fact, Reason, StatementCheck};

/// What a trust policy says to a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicyCheck {
    /// `allowed`, `refused`, `unknown`, or `invalid` when IAM would not take the text as a trust policy.
    pub outcome: &'static str,
    /// The answer in one sentence.
    pub verdict: Message,
    /// What it rests on: the condition that decides with what would meet it, or the first error. May be empty.
    pub because: Vec<Message>,
    /// What is wrong or odd about the policy itself, in the order of the text.
    pub facts: Vec<PolicyFact>,
    /// Each action that the sign-in asks for, or may ask for.
    pub actions: Vec<PolicyAction>,
    /// Each statement, in the order of the text.
    pub statements: Vec<PolicyStatement>,
    /// The text that places are in: what was pasted, or the policy that was decoded out of it. Empty when nothing was read.
    pub text: String,
}

/// A code in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The stable code, `policy.*`.
    pub code: &'static str,
    /// What it is.
    pub text: Message,
    /// What to do, where there are words for that.
    pub hint: Message,
    /// Why the key has no value, where that is the reason.
    pub why: Option<Message>,
    /// Whether only AWS knows it.
    pub aws_only: bool,
}

/// A place in [`PolicyCheck::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// Where it begins, in UTF-16 units from the start of the text, as a text area counts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Something about the policy's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicyFact {
    /// The stable code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What it is.
    pub text: Message,
    /// What to do.
    pub hint: Message,
    /// Where it stands.
    pub place: Place,
}

/// An action that the sign-in asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicyAction {
    /// Such as `sts:TagSession`.
    pub action: &'static str,
    /// Null when it is not known whether the sign-in asks for it: the assertion is encrypted.
    pub needed: Option<bool>,
    /// `allowed`, `refused` or `unknown`.
    pub outcome: &'static str,
    /// Why.
    pub reasons: Vec<Said>,
}

/// A statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicyStatement {
    /// Its number, counted from 1.
    pub number: usize,
    /// `Sid`.
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// Where it begins.
    pub place: Place,
    /// `applies`, `does_not_apply` or `unknown`.
    pub outcome: &'static str,
    /// `matches`, `differs` or `unknown`.
    pub principal: &'static str,
    /// Why.
    pub principal_reason: Said,
    /// Those of the actions asked for that it is about.
    pub actions: Vec<&'static str>,
    /// Its conditions.
    pub conditions: Vec<PolicyCondition>,
}

/// A condition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicyCondition {
    /// The operator as it is written.
    pub operator: String,
    /// The key as it is written.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// The policy's values.
    pub policy_values: Vec<String>,
    /// The sign-in's; null when the key is absent or not known.
    pub sign_in_values: Option<Vec<String>>,
    /// `met`, `not_met` or `unknown`.
    pub outcome: &'static str,
    /// Why.
    pub reason: Said,
    /// What the sign-in would need; null of a condition that is met.
    pub need: Option<Message>,
}

impl PolicyCheck {
    /// In words.
    #[must_use]
    pub fn of(check: Check) -> Self {
        let (verdict, because) = verdict(&check);
        let mut places = Places::of(&check.text);
        let facts = check.facts.iter().map(|fact| PolicyFact::of(fact, &mut places)).collect();
        let mut places = Places::of(&check.text);
        let statements =
            check.statements.into_iter().map(|one| PolicyStatement::of(one, &mut places)).collect();
        Self {
            outcome: if check.valid { check.outcome } else { "invalid" },
            verdict,
            because,
            facts,
            actions: check.actions.into_iter().map(PolicyAction::of).collect(),
            statements,
            text: check.text,
        }
    }
}

impl Said {
    fn of(reason: &Reason) -> Self {
        let text = Message::of(reason.code, reason.args.clone());
        Self {
            code: reason.code,
            hint: text.hint(),
            text,
            why: why(reason),
            aws_only: AWS_ONLY.contains(&reason.code),
        }
    }
}

/// The second argument of a condition's reason is a code of its own. Where that says the same as the reason, once is enough.
fn why(reason: &Reason) -> Option<Message> {
    let code = reason.args.get(1).filter(|code| code.starts_with("policy.") && *code != reason.code)?;
    Some(Message::of(code, reason.args.first().cloned().into_iter().collect()))
}

impl PolicyFact {
    pub(super) fn of(fact: &Fact, places: &mut Places<'_>) -> Self {
        let text = Message::of(fact.code, fact.args.clone());
        Self {
            code: fact.code,
            severity: fact.severity,
            hint: text.hint(),
            text,
            place: places.find(fact.line, fact.column),
        }
    }
}

impl PolicyAction {
    fn of(action: ActionCheck) -> Self {
        let ActionCheck { action, needed, outcome, reasons } = action;
        Self { action, needed, outcome, reasons: reasons.iter().map(Said::of).collect() }
    }
}

impl PolicyStatement {
    fn of(statement: StatementCheck, places: &mut Places<'_>) -> Self {
        Self {
            number: statement.number,
            sid: statement.sid,
            effect: statement.effect,
            place: places.find(statement.line, statement.column),
            outcome: statement.outcome,
            principal: statement.principal,
            principal_reason: Said::of(&statement.principal_reason),
            actions: statement.actions,
            conditions: statement
                .conditions
                .into_iter()
                .map(|one| PolicyCondition::of(one, places))
                .collect(),
        }
    }
}

impl PolicyCondition {
    fn of(condition: ConditionCheck, places: &mut Places<'_>) -> Self {
        Self {
            place: places.find(condition.line, condition.column),
            reason: Said::of(&condition.reason),
            need: need(&condition),
            operator: condition.operator,
            key: condition.key,
            policy_values: condition.policy_values,
            sign_in_values: condition.assertion_values,
            outcome: condition.outcome,
        }
    }
}

/// The answer in one sentence, and what it rests on.
fn verdict(check: &Check) -> (Message, Vec<Message>) {
    if !check.valid {
        let first = check.facts.iter().find(|fact| fact.is_error());
        let because = first.map(|fact| Message::of(fact.code, fact.args.clone()));
        return (Message::of("policy_verdict_invalid", Vec::new()), because.into_iter().collect());
    }
    if check.outcome == "allowed" {
        return (Message::of("policy_verdict_allowed", Vec::new()), Vec::new());
    }
    let Some(action) = deciding(check) else {
        return (Message::of("policy_verdict_unknown", Vec::new()), Vec::new());
    };
    // That none allows is said by what keeps the one from it that could; that one allows is no reason against it.
    let counts = |reason: &&Reason| {
        reason.code != "policy.allowed_by_statement"
            && (reason.code != "policy.no_statement_allows" || action.reasons.len() == 1)
    };
    let reasons: Vec<&Reason> = action.reasons.iter().filter(counts).collect();
    let Some((reason, others)) = reasons.split_first() else {
        return (Message::of("policy_verdict_unknown", Vec::new()), Vec::new());
    };
    let of = |key: &str| Message::of(key, reason.args.clone());
    if check.outcome == "unknown" && action.outcome == "refused" {
        return (Message::of("policy_verdict_unknown_need", vec![action.action.to_owned()]), Vec::new());
    }
    let said = match (reason.code, others) {
        ("policy.denied_by_statement", _) => of("policy_verdict_denied"),
        ("policy.no_statement_allows", _) => of("policy_verdict_refused"),
        ("policy.statement_condition", []) => of("policy_verdict_condition"),
        ("policy.statement_principal", []) => of("policy_verdict_principal"),
        ("policy.statement_action", []) => of("policy_verdict_action"),
        ("policy.statement_condition_unknown", _) => of("policy_verdict_unknown_condition"),
        ("policy.statement_principal_unknown", _) => of("policy_verdict_unknown_principal"),
        _ if check.outcome == "unknown" => Message::of("policy_verdict_unknown", Vec::new()),
        _ => Message::of("policy_verdict_refused", vec![action.action.to_owned()]),
    };
    let mut because = because(check, reason);
    let also: Vec<&str> = check
        .actions
        .iter()
        .filter(|other| other.outcome == "refused" && other.action != action.action)
        .map(|other| other.action)
        .collect();
    if !also.is_empty() && check.outcome == "refused" {
        because.push(Message::of("policy_because_also", vec![also.join(", ")]));
    }
    (said, because)
}

/// The action that the answer hangs on.
fn deciding(check: &Check) -> Option<&ActionCheck> {
    let with = |outcome: &str| check.actions.iter().find(|action| action.outcome == outcome);
    match check.outcome {
        "refused" => with("refused"),
        _ => with("unknown").or_else(|| with("refused")),
    }
}

/// Of a condition its own reason and what would meet it, of a principal its reason.
fn because(check: &Check, reason: &Reason) -> Vec<Message> {
    let number = reason.args.first().and_then(|number| number.parse::<usize>().ok());
    let Some(statement) = check.statements.iter().find(|statement| Some(statement.number) == number) else {
        return Vec::new();
    };
    match reason.code {
        "policy.statement_principal" | "policy.statement_principal_unknown" => {
            let Reason { code, args } = &statement.principal_reason;
            vec![Message::of(code, args.clone())]
        }
        "policy.statement_condition" | "policy.statement_condition_unknown" => {
            let [_, operator, key] = reason.args.as_slice() else { return Vec::new() };
            let is_it = |one: &&ConditionCheck| {
                // Arguments are cut, so the condition's own text may be longer.
                one.outcome != "met" && same(&one.operator, operator) && same(&one.key, key)
            };
            let Some(condition) = statement.conditions.iter().find(is_it) else { return Vec::new() };
            let own = Message::of(condition.reason.code, condition.reason.args.clone());
            let own = (condition.reason.code != "policy.value_fails").then_some(own);
            let others = statement.conditions.iter().filter(|one| one.outcome == "not_met");
            let more = (condition.outcome == "not_met" && others.count() > 1)
                .then(|| Message::of("policy_because_more", vec![statement.number.to_string()]));
            [own, why(&condition.reason), has(condition), need(condition), more]
                .into_iter()
                .flatten()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What the sign-in has, where that is one value.
fn has(condition: &ConditionCheck) -> Option<Message> {
    let [value] = condition.assertion_values.as_deref()? else { return None };
    Some(Message::of("policy_because_has", vec![condition.key.clone(), value.clone()]))
}

/// Whether `cut` is the text, or its beginning with an ellipsis.
fn same(text: &str, cut: &str) -> bool {
    text == cut || cut.strip_suffix('…').is_some_and(|start| text.starts_with(start))
}

/// What a sign-in's values depend on that the browser does not see.
const AWS_ONLY: [&str; 4] =
    ["policy.unknown_network", "policy.unknown_client", "policy.unknown_caller", "policy.unknown_role"];
