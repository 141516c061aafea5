//! Trust policies end to end: text in, judgement out, and the policies that are generated, read by the programs they are for.

mod codes;
mod conditions;
mod examples;
mod generated;
mod invalid;
mod properties;
mod readers;
mod sign_in;
mod statements;
