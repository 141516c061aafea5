//! A federation of one's own: identity providers, AWS sign-in, the AWS console and STS, alive on this machine.
//!
//! The sandbox is one HTTP proxy on 127.0.0.1. A browser started with it as its proxy reaches the sandbox's own
//! TLS for every host the sandbox plays; any other host is refused, so nothing leaves the machine. It needs no
//! account, no root, no port 443 and no name server. It shares no code with the `rolecall` crate: it is the
//! independent judge of what that crate sends.
//!
//! ```text
//! browser -> proxy -> tls -> web -+-> idp      login page, personas, signed responses
//!                                 +-> aws      sign-in, role picker, console, STS
//!                                 +-> lab      pages the tests type and paste into
//!                                 +-> upstream another provider's pages, moto
//! ```
//!
//! ```no_run
//! let sandbox = rolecall_sandbox::Sandbox::start(rolecall_sandbox::Options::default())?;
//! println!("--proxy-server=http://{} {}", sandbox.proxy_addr(), sandbox.idp_url());
//! # Ok::<(), std::io::Error>(())
//! ```

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests look at the real clock"))]

mod aws;
mod clock;
mod faults;
mod hosts;
mod idp;
mod lab;
mod page;
mod proxy;
mod random;
mod recorder;
mod sandbox;
mod signature;
mod tls;
mod upstream;
mod web;

pub use aws::Issued;
pub use faults::{Fault, Faults};
pub use idp::{Persona, Role, Shape};
pub use recorder::{Recorded, Recorder, StsCall};
pub use sandbox::{Options, Sandbox};
