//! What the companion command needs beside the core: what the browser does with SubtleCrypto, done by crates.

mod crypto;
pub mod decrypt;

pub use crypto::answer;
