//! Signed calls of AWS: credentials and the clock to an [`HttpRequest`](crate::sts::HttpRequest), its answer to a [`Role`], an
//! alias, [`Events`], or an [`ApiError`]. Never does I/O, as [`sts`](crate::sts) does not. Refused is what is not XML or JSON of the
//! call that was made; a refusal of AWS's is a normal answer, which names the permission.
//!
//! ```text
//! Credentials + now -> get_role() => (host) => read_role() -> Role
//!                         ^                        |
//!                         +------ Again <- after(error)
//! ```
//!
//! A further call is a [`Call`], a function that writes its request, [`sign`](sign::sign), and one that reads its answer.

mod answer;
mod error;
mod events;
mod role;
mod sign;

pub use error::{ApiError, Denial, after};
pub use events::{Event, Events, Resource, lookup_events, read_events};
pub use role::{Role, get_role, list_account_aliases, read_alias, read_role};

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `GetRole` of IAM: the role that the credentials are of.
    GetRole,
    /// `ListAccountAliases` of IAM.
    ListAccountAliases,
    /// `LookupEvents` of CloudTrail.
    LookupEvents,
}

impl Call {
    /// The permission that a policy has to grant for it, such as `iam:GetRole`.
    #[must_use]
    pub fn permission(self) -> &'static str {
        match self {
            Self::GetRole => "iam:GetRole",
            Self::ListAccountAliases => "iam:ListAccountAliases",
            Self::LookupEvents => "cloudtrail:LookupEvents",
        }
    }
}
