//! Room 4: what a SAML response means to AWS. A [`Response`](crate::saml::Response) comes in, [`AwsClaims`] go
//! out; nothing is refused, what is malformed is kept as a [`ClaimOddity`].

mod arn;
mod attributes;
mod lifetime;
mod names;
mod oddity;
mod role;
mod values;

pub use arn::{AccountId, ArnError, ProviderArn, RoleArn};
pub use attributes::{AwsClaims, read};
pub use lifetime::{REDEEM_SECONDS, usable_until};
pub use names::{AwsAttribute, CHINA_PREFIX, PREFIX};
pub use oddity::{ClaimOddity, Severity};
pub use role::{GrantError, RoleGrant};
pub use values::{MAX_SESSION_SECONDS, MIN_SESSION_SECONDS, is_session_name, is_source_identity};
