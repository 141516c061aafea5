//! Room 12: what someone wants (an identity provider, an account, a role) to the steps that get a first sign-in to work, with every
//! value as it is to be typed; and a sign-in to what it says about each of those steps. Refused is a wish with something in it that
//! AWS does not take, field by field.
//!
//! ```text
//! Draft -> Plan -> guides: step, place, fields, claims, texts to copy
//! metadata text -> Known { entity id, endpoints, certificates } -> what is wrong with it for IAM
//! Plan + Known + a captured sign-in -> check -> Tick { done | off | unseen } of each step
//! ```
//!
//! Nothing here is a secret: what is remembered of metadata is public, and of a sign-in nothing is.

mod adfs;
mod check;
mod claim;
mod field;
mod guide;
mod metadata;
mod plan;
mod provider;

pub use check::{Arrived, Compared, State, Tick, Trouble, check, check_post};
pub use claim::Claim;
pub use guide::{Field, Guide, Said, Text, guides};
pub use metadata::{Endpoint, Known, KnownCertificate, ReadError};
pub use plan::{Draft, Plan, Problem, Tag, product_id, product_of};

/// The steps, in the order they are taken. Before them stands the plan itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The application at the identity provider, its identifier and reply URLs.
    Application,
    /// The attributes that it sends.
    Claims,
    /// The identity provider's metadata.
    Metadata,
    /// The SAML provider in IAM.
    Provider,
    /// The role and its trust policy.
    Role,
    /// Who may use the role.
    Assignment,
    /// The first sign-in.
    SignIn,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 7] = [
        Self::Application,
        Self::Claims,
        Self::Metadata,
        Self::Provider,
        Self::Role,
        Self::Assignment,
        Self::SignIn,
    ];

    /// The name of the step in the page and in what it remembers.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Claims => "claims",
            Self::Metadata => "metadata",
            Self::Provider => "provider",
            Self::Role => "role",
            Self::Assignment => "assignment",
            Self::SignIn => "sign_in",
        }
    }
}
