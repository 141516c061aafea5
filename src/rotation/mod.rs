//! The rotation of signing certificates. In comes what is known of the certificates of one application of an identity provider: which
//! signed a response and when, which its metadata announces, which IAM holds, which are pinned, what STS answered; and the time. Out go
//! what each certificate is, which side is stale, and the steps, in an order that keeps people signed in. Nothing is refused.
//!
//! ```text
//! Known + clock -> assess -> Rotation { certificates, advice, steps, commands }
//! Certificate -> reminders -> the times from which its end is worth a word
//! ```
//!
//! Facts and where they are from: docs/rotation.md.

mod advice;
mod commands;
mod evidence;
mod known;
mod reminder;
mod report;
mod steps;

pub use commands::{ProviderCommands, key_descriptor};
pub use known::{Known, Seen};
pub use reminder::{LEVELS, reminder_level, reminders};
pub use report::{Advice, Phase, Rotation, Row, State, Step, StepState, assess};
