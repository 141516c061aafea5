//! Room 8: what a screen shows. Plain data, already sorted, labelled and worded by message key.
//!
//! The types here serialise, unlike those of other rooms: they exist only to be drawn, so a twin at the door would
//! say the same twice.

mod failure;
mod sign_in;

pub use rolecall_reading::view::json;
pub use rolecall_reading::view::{Account, Message, Notice, Role, SignIn};

pub use failure::Failure;
pub use sign_in::{sign_in, unreadable_sign_in};
