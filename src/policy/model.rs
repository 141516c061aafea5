//! A trust policy as types: what `syntax` reads and `evaluate` judges.

use super::fact::Position;
use super::operator::Operator;

/// A trust policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether `Version` is `2012-10-17`, without which policy variables are plain text.
    pub has_variables: bool,
    /// The statements, in document order.
    pub statements: Vec<Statement>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Where it begins.
    pub at: Position,
    /// `Sid`.
    pub sid: Option<String>,
    /// Whether its `Effect` is `Deny`.
    pub denies: bool,
    /// `Principal`, or `NotPrincipal`.
    pub principals: Principals,
    /// `Action`, or `NotAction`.
    pub actions: Actions,
    /// Each key of each operator of `Condition`, in document order.
    pub conditions: Vec<Condition>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// Whether it is `NotPrincipal`.
    pub negated: bool,
    /// Where the value begins.
    pub at: Position,
    /// The principals.
    pub list: Vec<Principal>,
}

/// One principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// `"*"` or `{"AWS": "*"}`: everyone.
    Everyone,
    /// An identity provider: the ARN of a SAML or OIDC provider, or the name of a public one.
    Federated(String),
    /// An account, user, role or session of AWS, or an AWS service: nobody who signs in with SAML.
    Other(String),
}

/// `Action` or `NotAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actions {
    /// Whether it is `NotAction`.
    pub negated: bool,
    /// The patterns.
    pub patterns: Vec<String>,
}

/// One key of one operator of a `Condition`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Where the key stands.
    pub at: Position,
    /// The operator as it is written.
    pub operator_name: String,
    /// The operator.
    pub operator: Operator,
    /// The key as it is written.
    pub key: String,
    /// The values; numbers and truth values as text.
    pub values: Vec<String>,
}
