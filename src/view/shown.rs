//! One sign-in, as the popup draws it.

use serde::Serialize;

use super::{Account, Notice};

/// One sign-in, as the popup draws it. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// The same for the same SAML response.
    pub id: String,
    /// When it was captured.
    pub at: i64,
    /// Who signed in.
    pub identity: Option<String>,
    /// What to call the identity provider.
    pub provider: Option<String>,
    /// The identity provider's entity id.
    pub issuer: Option<String>,
    /// The sign-in host; `None` when pasted.
    pub host: Option<String>,
    /// The partition's id.
    pub partition: Option<&'static str>,
    /// The region that the sign-in host names.
    pub region: Option<String>,
    /// AWS takes the assertion until then.
    pub usable_until: Option<i64>,
    /// When the identity provider issued the assertion.
    pub issued_at: Option<i64>,
    /// How many roles there are.
    pub role_count: usize,
    /// The accounts, by number.
    pub accounts: Vec<Account>,
    /// What is odd or wrong, worst first.
    pub notices: Vec<Notice>,
    /// Severity of the worst notice.
    pub severity: Option<&'static str>,
}
