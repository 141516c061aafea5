//! A value that does not print, does not serialise and is wiped when dropped.

use std::{fmt, mem};

/// A secret: a SAML response, a secret access key, a session token, or text that holds one.
///
/// There is no `Display` and no `Serialize`; `Debug` prints `[redacted]`. Every call of [`Secret::expose`] says
/// beside it why it is right there.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T: Wipe>(T);

impl<T: Wipe> Secret<T> {
    /// Takes the value in.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for the one place that must have it.
    #[must_use]
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Wipe> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl<T: Wipe> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.wipe();
    }
}

/// A buffer that can be overwritten with zeros, its spare room too.
///
/// The whole buffer at once, held by zeroize's barrier against being optimised away: that crate's own writes go byte by
/// byte, and cost an eighth of the time in which a sign-in is read.
pub trait Wipe {
    /// Overwrites the buffer; the value is empty afterwards.
    fn wipe(&mut self);
}

impl Wipe for Vec<u8> {
    fn wipe(&mut self) {
        self.clear();
        self.resize(self.capacity(), 0);
        zeroize::optimization_barrier(self.as_slice());
        self.clear();
    }
}

impl Wipe for String {
    fn wipe(&mut self) {
        mem::take(self).into_bytes().wipe();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_hold_the_value() {
        assert_eq!(format!("{:?}", Secret::new(String::from("wJalrXUtnFEMI"))), "[redacted]");
    }

    #[test]
    fn a_wiped_value_is_empty() {
        let mut bytes = b"wJalrXUtnFEMI".to_vec();
        let room = bytes.capacity();
        bytes.wipe();
        assert_eq!((bytes.len(), bytes.capacity()), (0, room));
        let mut text = String::from("wJalrXUtnFEMI");
        text.wipe();
        assert_eq!(text, "");
    }
}
