//! Room 5: a role's trust policy. In comes its text, or the answer of IAM that holds it, and what a sign-in says; out goes whether
//! AWS would let this sign-in assume the role, and by which statement, principal, action and condition. And the other way: the least
//! policy that lets such sign-ins in, for IAM, CloudFormation and Terraform.
//!
//! ```text
//! text -> document -> JSON with places -> syntax -> Policy + Facts about it (codes, line, column)
//! Response + AwsClaims -> Facts -> Context of condition keys ---------------+
//! Policy + Context + role, provider -> evaluate -> Check { outcome, actions, statements, conditions }
//!
//! Wish { role, provider, regions, conditions } -> generate -> Generated { json, cli, cloud_formation, terraform }
//! ```
//!
//! Nothing is sent, and nothing panics or guesses: what only AWS can know comes out as `unknown`, with a code that says what
//! is missing. [`check`] takes any text; a text that IAM would not take as a trust policy comes back with the place and the
//! reason. Codes are `policy.*`; the words for them stand in `_locales`.
//!
//! # Codes
//!
#![doc = include_str!("codes.md")]

mod check;
mod compare;
mod context;
mod deliver;
mod document;
mod evaluate;
mod fact;
mod generate;
pub(crate) mod json;
mod keys;
mod lint;
mod model;
mod operator;
mod pattern;
mod syntax;
mod write;

pub use check::{ActionCheck, Check, ConditionCheck, StatementCheck, check, parse};
pub use context::{Facts, name_qualifier_text};
pub use fact::{Fact, Position, Reason, Truth};
pub use generate::{Audience, Generated, Require, Wish, WishError, acs_urls, generate};
pub use lint::DEFAULT_QUOTA;
pub use model::{Actions, Condition, Policy, Principal, Principals, Statement};
pub use operator::{Comparison, Operator, OperatorError, SetOperator, Test};
