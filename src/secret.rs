//! A value that does not print, does not serialise and is wiped when dropped.

use std::fmt;

use zeroize::Zeroize;

/// A secret: a SAML response, a secret access key, a session token, or text that holds one.
///
/// There is no `Display` and no `Serialize`; `Debug` prints `[redacted]`. Every call of [`Secret::expose`] says
/// beside it why it is right there.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
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

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_hold_the_value() {
        assert_eq!(format!("{:?}", Secret::new(String::from("wJalrXUtnFEMI"))), "[redacted]");
    }
}
