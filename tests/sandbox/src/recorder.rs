//! What reached the sandbox: who asked which host for what. Never a SAML response, never a body.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// One request that reached a host the sandbox plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When it was read to its end, by the machine's clock.
    pub at: SystemTime,
    /// The host the TLS connection was made to.
    pub host: String,
    /// `GET`, `POST` ...
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// Whether the URL had a query.
    pub has_query: bool,
    /// The `Origin` header.
    pub origin: Option<String>,
    /// The `Referer` header.
    pub referer: Option<String>,
    /// The `Cookie` header was there.
    pub has_cookie: bool,
    /// What was asked of STS, when the host is one of its.
    pub sts: Option<StsCall>,
}

/// The parameters of a call to STS, all but the assertion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StsCall {
    /// `Action`, such as `AssumeRoleWithSAML`.
    pub action: String,
    /// `RoleArn`.
    pub role_arn: Option<String>,
    /// `PrincipalArn`.
    pub principal_arn: Option<String>,
    /// `DurationSeconds`, as it was written.
    pub duration_seconds: Option<String>,
    /// How many characters `SAMLAssertion` has.
    pub assertion_chars: Option<usize>,
}

/// The record of a sandbox. Clones show the same record.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Record>>);

#[derive(Debug, Default)]
struct Record {
    requests: Vec<Recorded>,
    refused: Vec<String>,
}

impl Recorder {
    /// Every request, oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Recorded> {
        self.record().requests.clone()
    }

    /// The calls of this STS action, oldest first.
    #[must_use]
    pub fn sts(&self, action: &str) -> Vec<Recorded> {
        let of_action = |request: &&Recorded| request.sts.as_ref().is_some_and(|call| call.action == action);
        self.record().requests.iter().filter(of_action).cloned().collect()
    }

    /// Hosts that the sandbox does not play and that something wanted to reach, as `host:port`, oldest first.
    #[must_use]
    pub fn refused(&self) -> Vec<String> {
        self.record().refused.clone()
    }

    /// Forgets everything recorded so far.
    pub fn clear(&self) {
        *self.record() = Record::default();
    }

    pub(crate) fn request(&self, request: Recorded) {
        self.record().requests.push(request);
    }

    pub(crate) fn refuse(&self, target: &str) {
        self.record().refused.push(target.to_owned());
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
