//! Why something that was asked for did not happen, in the words of `_locales`.

use serde::Serialize;

use super::sign_in::seen;
use super::{Finding, Message};
use crate::api::ApiError;
use crate::audit::{self, Product, ServerClock};
use crate::aws;
use crate::capture::{CaptureError, SamlPost};
use crate::export::ExportError;
use crate::saml::{self, DecryptError, SamlError};
use crate::signature::{CertificateError, MetadataError};
use crate::sts::StsError;
use crate::time::UnixTime;

/// Why something that was asked for did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The stable code of the fact.
    pub code: &'static str,
    /// What happened.
    pub text: Message,
    /// What to do.
    pub hint: Message,
    /// AWS's own message, as it came.
    pub aws: Option<String>,
    /// The failure as a finding, with its cause and what to do; null where that is not known.
    pub finding: Option<Box<Finding>>,
    /// What was found about the sign-in that causes it, the likely one first.
    pub causes: Vec<Finding>,
}

impl Failure {
    /// A failure without words of AWS.
    #[must_use]
    pub fn new(code: &'static str, args: Vec<String>) -> Self {
        let text = Message::of(code, args);
        Self { code, hint: text.hint(), text, aws: None, finding: None, causes: Vec::new() }
    }
}

/// Why STS gave no credentials for this sign-in, explained by what can be seen of it. `now` is the browser's time when it was asked;
/// `pair` the ARNs of the role and the provider that were asked for; `clock` the time that the answer carried.
#[must_use]
pub fn explained(
    error: &StsError,
    post: &SamlPost,
    pair: Option<(&str, &str)>,
    now: UnixTime,
    clock: Option<&ServerClock>,
) -> Failure {
    let mut failure = Failure::from(error);
    // The text is read here; only what is to be said about it goes further.
    let Ok(response) = saml::read(post.response.expose()) else { return failure };
    let claims = aws::read(&response);
    let is_it = |grant: &&aws::RoleGrant| pair == Some((grant.role.as_str(), grant.provider.as_str()));
    let grant = claims.grants.iter().find(is_it);
    let clocks = clock.map(std::slice::from_ref).unwrap_or_default();
    let seen = audit::Seen { now: Some(now), clocks, grant, ..seen(&response, &claims, post) };
    let found = audit::audit(&seen);
    let audit::Explanation { own, causes } = audit::explain(error, &found);
    let mut own = [own];
    audit::fill(&seen, &mut own);
    let product = Product::of(&response);
    failure.finding = own.into_iter().next().map(|own| Box::new(Finding::of(own, product, None)));
    failure.causes = causes.into_iter().map(|cause| Finding::of(cause, product, None)).collect();
    failure
}

impl From<&CaptureError> for Failure {
    fn from(error: &CaptureError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&SamlError> for Failure {
    fn from(error: &SamlError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&DecryptError> for Failure {
    fn from(error: &DecryptError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&MetadataError> for Failure {
    fn from(error: &MetadataError) -> Self {
        Self::new(error.code(), error.args())
    }
}

impl From<&CertificateError> for Failure {
    fn from(error: &CertificateError) -> Self {
        Self::new(error.code(), Vec::new())
    }
}

impl From<&StsError> for Failure {
    fn from(error: &StsError) -> Self {
        Self { aws: error.aws_message().map(str::to_owned), ..Self::new(error.code(), error.args()) }
    }
}

impl From<&ApiError> for Failure {
    fn from(error: &ApiError) -> Self {
        Self { aws: error.aws_message().map(str::to_owned), ..Self::new(error.code(), error.args()) }
    }
}

impl From<&ExportError> for Failure {
    fn from(error: &ExportError) -> Self {
        Self::new(error.code(), error.args())
    }
}
