//! The part of the room that every element of a message goes through. It is in the package that is compiled for speed.

mod base;
pub mod canonical;
pub mod scan;
