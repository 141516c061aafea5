//! A request to the same with a signature (Signature Version 4) in its headers: the work of AWS's own crate, between our types.

use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials as SigningCredentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign as sign_http};
use aws_sigv4::sign::v4;

use super::ApiError;
use crate::secret::Secret;
use crate::sts::{Credentials, HttpRequest};
use crate::time::UnixTime;

/// What a signature is for, beside the request: the service's signing name and its region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'a> {
    pub(super) service: &'a str,
    pub(super) region: &'a str,
}

/// Signs every header of `request` but `accept`, and the body. AWS takes the request for five minutes around `now`.
pub(super) fn sign(
    mut request: HttpRequest,
    scope: Scope<'_>,
    credentials: &Credentials,
    now: UnixTime,
) -> Result<HttpRequest, ApiError> {
    let seconds = u64::try_from(now.seconds()).map_err(|_| ApiError::NotSigned)?;
    let time = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).ok_or(ApiError::NotSigned)?;
    // Both go into the signer's own type, which wipes them when it is dropped.
    let identity = SigningCredentials::new(
        credentials.access_key_id.as_str(),
        credentials.secret_access_key.expose().as_str(),
        Some(credentials.session_token.expose().clone()),
        None,
        "rolecall",
    )
    .into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .map_err(|_| ApiError::NotSigned)?
        .into();
    let headers = request.headers.iter().filter(|(name, _)| *name != "accept");
    let signable = SignableRequest::new(
        request.method,
        request.url.as_str(),
        headers.map(|(name, value)| (*name, value.as_str())),
        // To be hashed.
        SignableBody::Bytes(request.body.expose().as_bytes()),
    )
    .map_err(|_| ApiError::NotSigned)?;
    let (instructions, _) = sign_http(signable, &params).map_err(|_| ApiError::NotSigned)?.into_parts();
    for header in instructions.into_parts().0 {
        let value = header.value().to_owned();
        if header.sensitive() {
            request.security_token = Some(Secret::new(value));
        } else {
            request.headers.push((header.name(), value));
        }
    }
    Ok(request)
}

#[cfg(test)]
#[path = "sign_tests.rs"]
mod tests;
