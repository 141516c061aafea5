//! Base64 digits to bytes.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// The bytes; `None` where something else stands among the digits, were it white space.
#[must_use]
pub fn decode(digits: &[u8]) -> Option<Vec<u8>> {
    BASE64.decode(digits).ok()
}

/// Standard alphabet, padding or not, unused last bits whatever they are: identity providers vary, and nothing here
/// depends on the encoding being canonical.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
