//! Room 6: a grant and a SAML response to an [`HttpRequest`]; an [`HttpResponse`] to [`Credentials`] or a
//! [`StsError`]. Never does I/O: the host sends the request, and reports what came of it.
//!
//! ```text
//! grant + SAMLResponse -> request() => (host) => read() -> Credentials
//!                             ^                     |
//!                             +--- Again <- retry::after(error)
//! ```

pub(crate) mod answer;
mod assume_role_with_saml;
mod credentials;
mod error;
mod http;
pub(crate) mod json;
pub(crate) mod reason;
pub(crate) mod response;
pub mod retry;

pub use assume_role_with_saml::{check, choose_region, find_grant, request};
pub use credentials::Credentials;
pub use error::{Refusal, StsError};
pub use http::{HttpRequest, HttpResponse};
pub use reason::Reason;
pub use response::read;
