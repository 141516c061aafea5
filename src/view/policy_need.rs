//! What a sign-in would need for a condition of a trust policy to be met, in words.

use super::Message;
use crate::policy::{Comparison, ConditionCheck, Operator, SetOperator, Test};

/// Null for a condition that is met, and where it is not the sign-in's values that keep it from that.
pub(super) fn need(condition: &ConditionCheck) -> Option<Message> {
    if condition.outcome == "met" || NOT_THE_VALUES.contains(&condition.reason.code) {
        return None;
    }
    let operator = Operator::parse(&condition.operator).ok()?;
    let key = condition.key.clone();
    if operator.test == Test::Null {
        let wants_absent = condition.policy_values.iter().any(|value| value.eq_ignore_ascii_case("true"));
        let message = if wants_absent { "policy_need_absent" } else { "policy_need_present" };
        return Some(Message { key: message.to_owned(), args: vec![key] });
    }
    if let Some(set) = operator.set {
        let message = match (set, operator.negated) {
            (SetOperator::ForAnyValue, false) => "policy_need_any",
            (SetOperator::ForAnyValue, true) => "policy_need_any_other",
            (SetOperator::ForAllValues, false) => "policy_need_all",
            (SetOperator::ForAllValues, true) => "policy_need_none",
        };
        return Some(Message { key: message.to_owned(), args: vec![key] });
    }
    let [value] = condition.policy_values.as_slice() else {
        let message = match (operator.test, operator.negated) {
            (Test::StringLike | Test::Arn, false) => "policy_need_like_several",
            (Test::StringLike | Test::Arn, true) => "policy_need_not_like_several",
            (Test::Numeric(comparison) | Test::Date(comparison), _) if comparison != Comparison::Equals => {
                "policy_need_pass_several"
            }
            (_, false) => "policy_need_several",
            (_, true) => "policy_need_not_several",
        };
        return Some(Message { key: message.to_owned(), args: vec![key] });
    };
    let message = match (operator.test, operator.negated) {
        (Test::Numeric(comparison) | Test::Date(comparison), _) if comparison != Comparison::Equals => {
            let is_date = matches!(operator.test, Test::Date(_));
            match (comparison, is_date) {
                (Comparison::LessThan, false) => "policy_need_less",
                (Comparison::LessThan, true) => "policy_need_before",
                (Comparison::LessThanEquals, false) => "policy_need_at_most",
                (Comparison::LessThanEquals, true) => "policy_need_until",
                (Comparison::GreaterThan, false) => "policy_need_more",
                (Comparison::GreaterThan, true) => "policy_need_after",
                (_, false) => "policy_need_at_least",
                (_, true) => "policy_need_from",
            }
        }
        (Test::StringLike | Test::Arn, false) if value.contains(['*', '?']) => "policy_need_like",
        (Test::StringLike | Test::Arn, true) if value.contains(['*', '?']) => "policy_need_not_like",
        (Test::IpAddress, false) => "policy_need_address",
        (Test::IpAddress, true) => "policy_need_other_address",
        (_, false) => "policy_need_equal",
        (_, true) => "policy_need_not",
    };
    Some(Message { key: message.to_owned(), args: vec![key, value.clone()] })
}

/// With these no value helps: AWS sets the key at no SAML sign-in, or the policy itself cannot be compared.
const NOT_THE_VALUES: [&str; 12] = [
    "policy.absent_unsigned",
    "policy.absent_mfa",
    "policy.absent_source_identity",
    "policy.absent_service",
    "policy.absent_other_call",
    "policy.unknown_key",
    "policy.unknown_null_set",
    "policy.unknown_too_long",
    "policy.unknown_no_set_operator",
    "policy.variable_unset",
    "policy.variable_unknown",
    "policy.variable_several",
];
