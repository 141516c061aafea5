//! What the host sends and what it brings back, with the bodies held as secrets.

use crate::secret::Secret;

/// A request for the host to send as it is, without cookies, without following redirects. Nothing in it that prints is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// `POST`.
    pub method: &'static str,
    /// The URL; it holds no secret, and its host is one that [`Partition`](crate::partition::Partition) names.
    pub url: String,
    /// Header names in lower case, with their values.
    pub headers: Vec<(&'static str, String)>,
    /// The value of the header `x-amz-security-token` of a signed request.
    pub security_token: Option<Secret<String>>,
    /// The body; that of `AssumeRoleWithSAML` holds the assertion.
    pub body: Secret<String>,
}

/// An answer as the host received it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status code; 0 for a redirect that the browser did not follow.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Date`.
    pub date: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// The body, which may hold credentials.
    pub body: Secret<Vec<u8>>,
}
