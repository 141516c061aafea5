//! Rolecall's core: from the POST that carries a SAML response to AWS, to short-lived credentials.
//!
//! ```text
//! POST bytes -> capture -> SamlPost -> saml -> Response -> aws -> role grants -> view
//! Document + Trust -> signature -> jobs => (host's cryptography answers) => Judgement
//! trust policy + role grant + Response -> policy -> Check, statement by statement
//! role grant + SAMLResponse -> sts -> HttpRequest => (send.js fetches) => HttpResponse -> sts -> Credentials
//! Credentials + clock -> api -> signed HttpRequest => (send.js fetches) => HttpResponse -> api -> Role, Events
//! Credentials -> export -> Secret text
//! certificates + where each was met + clock -> rotation -> states, which side is stale, steps, commands
//! role grant + Response, Credentials -> trail -> what CloudTrail records of them, and how to find it
//! Response + claims + clock + endpoint + metadata, or an error of STS -> audit -> findings -> view
//! ```
//!
//! Each arrow is one function. A room imports rooms to its left and the foundation files, never to its
//! right; only `wasm` names a browser type. Nothing here reads a clock, a file or the network.

pub use rolecall_reading::{aws, limits, partition, secret, severity, time};

pub mod api;
pub mod audit;
pub mod capture;
pub mod export;
pub mod octets;
pub mod policy;
pub mod rotation;
pub mod saml;
pub mod setup;
pub mod signature;
pub mod sts;
pub mod trail;
pub mod view;

#[cfg(not(target_arch = "wasm32"))]
pub mod native;

#[cfg(target_arch = "wasm32")]
pub mod wasm;
