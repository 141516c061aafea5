//! Holds the signature room against programs of other people: what they signed must verify, what was changed afterwards
//! must be judged as xmlsec1 and the JDK judge it, and no published forgery may pass. The messages are in
//! `tests/fixtures/signatures`; `tests/corpus/README.md` says how they were made and what they prove.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that lacks its files or its judges has failed; it prints how many cases agreed, and cuts texts where it knows them"
)]

mod canonical;
mod corpus;
mod forged;
mod good;
mod interop;
mod judges;
mod twins;
mod verdicts;
