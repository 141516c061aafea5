//! AWS as a browser and its extension meet it: sign-in, console, STS, IAM and CloudTrail of every partition.

mod account;
mod assertion;
pub(crate) mod cloudtrail;
pub(crate) mod console;
pub(crate) mod iam;
mod refusal;
mod rules;
pub(crate) mod sign_in;
mod signed;
pub(crate) mod sts;
mod wire;

use std::time::SystemTime;

/// Credentials that the sandbox's STS (or moto behind it) gave out; a test searches for them where they must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// `ASIA...`
    pub access_key_id: String,
    /// Forty characters.
    pub secret_access_key: String,
    /// Long, with `+`, `/` and `=`.
    pub session_token: String,
    /// The role's ARN.
    pub role_arn: String,
    /// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`
    pub assumed_role_arn: String,
    /// When they end.
    pub expiration: SystemTime,
}
