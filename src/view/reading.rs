//! The part of the room that a thousand roles go through. It is in the package that is compiled for speed.

pub mod account;
pub mod id;
pub mod json;
pub mod message;
pub mod shown;

pub use account::{Account, Role};
pub use message::{Message, Notice};
pub use shown::SignIn;
