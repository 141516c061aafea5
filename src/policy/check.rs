//! The text of a trust policy and one sign-in to a [`Check`]: what is wrong with the policy, and, when nothing is, what it says to
//! this sign-in, statement by statement and condition by condition.

use serde::Serialize;

use super::context::{Context, Facts};
use super::evaluate::{Asked, Evaluation, name_of};
use super::fact::{Fact, Position, Reason, Truth};
use super::model::Policy;
use super::pattern::Budget;
use super::{document, lint, syntax};
use crate::aws::{ProviderArn, RoleArn};

/// What a trust policy says to a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `allowed`, `refused`, or `unknown` when that cannot be known from here or the policy is not valid.
    pub outcome: &'static str,
    /// Whether IAM would take the text as a trust policy. If not, `facts` says why and nothing was evaluated.
    pub valid: bool,
    /// Why the outcome is what it is, deciding first.
    pub reasons: Vec<Reason>,
    /// What is wrong or odd about the policy itself, in the order of the text.
    pub facts: Vec<Fact>,
    /// Each action that this sign-in asks for.
    pub actions: Vec<ActionCheck>,
    /// Each statement, in the order of the text.
    pub statements: Vec<StatementCheck>,
    /// The text that lines and columns are in: what was pasted, or the policy that was decoded out of it.
    pub text: String,
}

/// One action that the sign-in asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionCheck {
    /// `sts:AssumeRoleWithSAML`, `sts:TagSession` or `sts:SetSourceIdentity`.
    pub action: &'static str,
    /// Whether this sign-in needs it; null when the assertion is encrypted.
    pub needed: Option<bool>,
    /// `allowed`, `refused` or `unknown`.
    pub outcome: &'static str,
    /// Which statement allows or denies it, or that none does and what keeps those that could from it.
    pub reasons: Vec<Reason>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementCheck {
    /// Its place, counted from 1.
    pub number: usize,
    /// `Sid`.
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// The line on which it begins.
    pub line: usize,
    /// The column in which it begins.
    pub column: usize,
    /// `applies`, `does_not_apply` or `unknown`, for any of the actions asked for.
    pub outcome: &'static str,
    /// `matches`, `differs` or `unknown`: the provider and `Principal` or `NotPrincipal`.
    pub principal: &'static str,
    /// Why.
    pub principal_reason: Reason,
    /// Those of the actions asked for that `Action` or `NotAction` covers.
    pub actions: Vec<&'static str>,
    /// Each condition, in the order of the text. All have to be met.
    pub conditions: Vec<ConditionCheck>,
}

/// One key of one operator of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionCheck {
    /// The operator as it is written, such as `ForAnyValue:StringLike`.
    pub operator: String,
    /// The key as it is written.
    pub key: String,
    /// The line of the key.
    pub line: usize,
    /// The column of the key.
    pub column: usize,
    /// The policy's values; the first hundred, each cut to 200 characters.
    pub policy_values: Vec<String>,
    /// The sign-in's values, as far; null when the key is absent or cannot be known.
    pub assertion_values: Option<Vec<String>>,
    /// `met`, `not_met` or `unknown`.
    pub outcome: &'static str,
    /// Why. Its first argument is the key; where the key has no value the second is the code that says why not.
    pub reason: Reason,
}

/// Reads a trust policy without asking what it says to anyone.
///
/// # Errors
///
/// The facts, of which one at least is an error.
pub fn parse(text: &str) -> Result<(Policy, Vec<Fact>), Vec<Fact>> {
    match read(text) {
        (_, facts, Some(policy)) => Ok((policy, facts)),
        (_, facts, None) => Err(facts),
    }
}

/// Judges a trust policy for a sign-in that chose this role of this provider.
///
/// `text` is the policy, the output of `aws iam get-role`, or the answer of `GetRole`. Nothing is sent anywhere.
#[must_use]
pub fn check(text: &str, facts: &Facts, role: &RoleArn, provider: &ProviderArn) -> Check {
    let (text, said, policy) = read(text);
    let mut check = Check { outcome: "unknown", facts: said, text, ..Check::default() };
    let Some(policy) = policy else {
        check.reasons = vec![Reason::new("policy.invalid", &[])];
        return check;
    };
    check.valid = true;
    let context = Context::new(facts, role, provider);
    let mut evaluation = Evaluation { policy: &policy, context: &context, provider, budget: Budget::new() };
    (check.statements, check.actions) = evaluation.run(&asked(facts));
    let mut total = Truth::True;
    for action in &check.actions {
        let allowed = match action.outcome {
            "allowed" => Truth::True,
            "refused" => Truth::False,
            _ => Truth::Unknown,
        };
        // Refusing what is perhaps not asked for is perhaps no refusal.
        let needed = action.needed.map_or(Truth::Unknown, Truth::of);
        total = total.and(allowed.or(!needed));
    }
    if role.account() != provider.account() || role.partition() != provider.partition() {
        // "The account ID value refers to the account that owns the SAML provider"; a role trusts one of its own account.
        check.facts.push(Fact::warning(
            "policy.other_account",
            &[provider.as_str(), role.as_str()],
            Position::START,
        ));
    }
    check.outcome = name_of(total, "allowed", "refused");
    check.reasons = check
        .actions
        .iter()
        .filter(|action| match total {
            Truth::Unknown => action.outcome != "allowed",
            _ => action.outcome == check.outcome,
        })
        .flat_map(|action| action.reasons.clone())
        .collect();
    check
}

fn read(text: &str) -> (String, Vec<Fact>, Option<Policy>) {
    let document = match document::find(text) {
        Ok(document) => document,
        Err((text, fact)) => return (text, vec![fact], None),
    };
    let mut facts = Vec::new();
    let policy = syntax::read(&document.policy, &mut facts);
    if let Some(policy) = &policy {
        lint::say(policy, &document.policy, &mut facts);
    }
    facts.sort_by_key(|fact| (fact.line, fact.column));
    (document.text, facts, policy)
}

/// What a sign-in asks for (IAM User Guide, "Passing session tags in AWS STS", "Monitor and control actions taken with assumed
/// roles").
fn asked(facts: &Facts) -> Vec<Asked> {
    let mut asked = vec![Asked { action: "sts:AssumeRoleWithSAML", needed: Truth::True }];
    let has_tags = !facts.principal_tags.is_empty() || !facts.transitive_tag_keys.is_empty();
    for (action, is_needed) in
        [("sts:TagSession", has_tags), ("sts:SetSourceIdentity", facts.source_identity.is_some())]
    {
        if facts.encrypted || is_needed {
            asked.push(Asked { action, needed: if facts.encrypted { Truth::Unknown } else { Truth::True } });
        }
    }
    asked
}
