//! Room 8: what a screen shows. Plain data, already sorted, labelled and worded by message key.
//!
//! The types here serialise, unlike those of other rooms: they exist only to be drawn, so a twin at the door would
//! say the same twice.

mod message;
mod sign_in;

pub use message::{Failure, Message, Notice};
pub use sign_in::{Account, Role, SignIn, sign_in, unreadable_sign_in};
