//! What the companion command needs beside the core: the host's cryptography, natively.

mod crypto;

pub use crypto::answer;
