//! Random bytes and the texts made of them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom, SystemRandom};

/// Random bytes; a machine without them is no machine to test on.
pub(crate) fn bytes(count: usize) -> Vec<u8> {
    let mut buffer = vec![0; count];
    SystemRandom::new().fill(&mut buffer).expect("the system gives random bytes");
    buffer
}

/// Base64 of `count` random bytes.
pub(crate) fn base64(count: usize) -> String {
    STANDARD.encode(bytes(count))
}

/// Lower-case hexadecimal of `count` random bytes.
pub(crate) fn hex(count: usize) -> String {
    bytes(count).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `count` upper-case letters and digits, as in AWS's key ids.
pub(crate) fn base32(count: usize) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    bytes(count).iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// A random UUID, as in AWS's request ids.
pub(crate) fn uuid() -> String {
    let hex = hex(16);
    [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &hex[range]).join("-")
}
