//! A client in place of the browser walks through the sandbox's proxy, TLS and sites.

#![allow(clippy::disallowed_methods, reason = "tests look at the real clock")]

mod client;
mod command;
mod faults;
mod foreign;
mod proxy;
mod sign_in;
mod signatures;
mod signed;
mod sts;
