//! What a decoded response goes through on its way to the popup: compiled for speed, where all else is compiled for size.
//!
//! The rooms are those of `lib.rs`, which adds what is done once a sign-in, or once a click. Each file stands with its room;
//! what is listed here is public, and `lib.rs` says what of it others see.

pub mod digits;
pub mod limits;
pub mod partition;
pub mod secret;
pub mod severity;
pub mod time;

pub mod aws;

#[path = "saml/reading.rs"]
pub mod saml;

#[path = "signature/reading.rs"]
pub mod signature;

#[path = "view/reading.rs"]
pub mod view;
