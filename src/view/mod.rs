//! Room 9: what a screen shows. Plain data, already sorted, labelled and worded by message key.
//!
//! The types here serialise, unlike those of other rooms: they exist only to be drawn, so a twin at the door would
//! say the same twice.

mod check;
mod claims;
mod compare;
mod explanation;
mod failure;
mod finding;
mod inspection;
mod policy;
mod policy_draft;
mod policy_need;
mod policy_places;
mod report;
mod request;
mod response;
mod setup;
mod sign_in;

pub use rolecall_reading::view::json;
pub use rolecall_reading::view::{Account, Message, Notice, Role, SignIn};

pub use check::Check;
pub use claims::Claim;
pub use compare::{ComparedRow, Side, compare};
pub use explanation::{Explained, explain_text};
pub use failure::{Failure, explained};
pub use finding::{Command, Evidence, Finding, Steps};
pub use inspection::{
    Authentication, Certificate, Encryption, Inspection, Refusal, RequireMfa, Signature, Status,
};
pub use policy::{Place, PolicyAction, PolicyCheck, PolicyCondition, PolicyFact, PolicyStatement, Said};
pub use policy_draft::{PairError, PolicyDraft, WrittenPolicy, at_sign_in, facts_of, pair};
pub use report::markdown;
pub use setup::{SetupMetadata, SetupProblem, SetupTick, SetupTrouble};
pub use sign_in::{clock_notice, sign_in, unreadable_sign_in};
