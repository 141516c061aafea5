//! The inspector as people use it, with the files that ship: one module for each thing they come for.

mod attacks;
mod claims;
mod compare;
mod decrypt;
mod findings;
mod intake;
mod keyboard;
mod looks;
mod materials;
mod policy;
mod private;
mod same_everywhere;
mod share;
mod sign_in;
mod trust;
mod xml;
