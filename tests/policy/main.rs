//! Trust policies end to end: text in, judgement out, and the policies that are generated, read by the programs they are for.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]
#![expect(clippy::expect_used, reason = "a failed step is a failed test")]
#![expect(clippy::panic, reason = "a failed step is a failed test")]
#![expect(clippy::indexing_slicing, reason = "what is not there is a failed test")]
#![expect(clippy::string_slice, reason = "the readers of the tests cut at characters they have seen")]

mod codes;
mod conditions;
mod examples;
mod generated;
mod invalid;
mod keys;
mod properties;
mod readers;
mod shown;
mod sign_in;
mod statements;
