//! The companion command's host: what the browser does with SubtleCrypto, done by crates.

pub mod decrypt;
