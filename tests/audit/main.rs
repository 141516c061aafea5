//! Every rule: raised where it should be, silent where it should be, with words, and listed in docs/findings.md.
#![expect(clippy::unwrap_used, reason = "a test whose own material is wrong has failed")]

mod answers;
mod documented;
mod entra;
mod explain;
mod facts;
mod metadata;
mod page;
mod places;
mod rules;
mod sample;
mod signatures;
mod sts;
mod words;

use std::collections::BTreeSet;

use rolecall::audit::registry::{rule, rules as registry};

/// The codes of the cases that raise something, of every table.
fn raised() -> BTreeSet<&'static str> {
    let mut raised = BTreeSet::new();
    raised.extend(rules::ROWS.iter().map(|row| row.code));
    raised.extend(metadata::FLAWS.iter().map(|(code, _)| *code));
    raised.extend(facts::ROWS.iter().map(|row| row.code));
    raised.extend(signatures::issues().iter().map(|(code, _)| *code));
    raised.extend(sts::errors().iter().map(|(code, _)| *code));
    raised.extend(entra::CODES.iter().map(|(_, code)| *code));
    raised.extend(explain::PASTED.iter().map(|(_, code)| *code));
    raised
}

#[test]
fn every_rule_is_raised_by_some_case_and_nothing_is_raised_that_is_no_rule() {
    let raised = raised();
    let rules: BTreeSet<&str> = registry().map(|rule| rule.code).collect();
    assert_eq!(registry().count(), rules.len(), "a rule stands in the registry twice");
    assert!(rules.len() >= 50, "{}", rules.len());
    let silent: Vec<_> = rules.difference(&raised).collect();
    assert!(silent.is_empty(), "no case raises {silent:?}");
    let unknown: Vec<_> = raised.difference(&rules).collect();
    assert!(unknown.is_empty(), "no rule is called {unknown:?}");
}

#[test]
fn every_code_of_the_other_rooms_is_a_rule() {
    let codes = rolecall::aws::ClaimOddity::CODES
        .iter()
        .chain(rolecall::signature::Issue::CODES)
        .chain(rolecall::sts::StsError::CODES)
        .chain(rolecall::sts::Reason::CODES);
    for code in codes {
        assert!(rule(code).is_some(), "{code}");
    }
}
