//! The browser's door: exported functions that parse, make one call of the core, and serialise. The only place that
//! names a JavaScript type.
//!
//! It is one door with five leaves, a Cargo feature each. `build.sh` makes a wasm of each: the compiler drops what no exported function
//! reaches, so a worker that wakes for a POST does not load what only a page needs.
#![cfg_attr(
    not(all(
        feature = "signin",
        feature = "calls",
        feature = "inspect",
        feature = "desk",
        feature = "setup"
    )),
    allow(dead_code, reason = "what the leaves share is not all used by each")
)]

#[cfg(feature = "calls")]
pub mod calls;
#[cfg(feature = "desk")]
pub mod desk;
#[cfg(feature = "inspect")]
pub mod inspect;
#[cfg(feature = "setup")]
pub mod setup;
#[cfg(feature = "signin")]
pub mod sign_in;
#[cfg(feature = "signin")]
pub mod signer;

mod error;
mod http;
mod import;
mod text;
mod wire;
