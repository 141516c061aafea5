//! Credentials to the environment variables that the AWS SDKs read, in the order of the AWS CLI's own export.

use zeroize::Zeroizing;

use super::Options;
use super::error::Unheld;
use crate::secret::Secret;
use crate::sts::Credentials;

/// What a format answers: the text, or the variable it cannot hold and why.
pub(super) type Written = Result<Secret<String>, (&'static str, Unheld)>;

/// Writes each variable with `push(text, name, value)`.
pub(super) fn write_each(
    credentials: &Credentials,
    options: &Options,
    push: fn(&mut String, &str, &str) -> Result<(), Unheld>,
) -> Written {
    let expiration = credentials.expiration.rfc3339();
    let region = options.region.as_deref();
    let variables = [
        ("AWS_ACCESS_KEY_ID", Some(credentials.access_key_id.as_str())),
        // Both secrets go into the text that the user asked for, which is a secret again.
        ("AWS_SECRET_ACCESS_KEY", Some(credentials.secret_access_key.expose().as_str())),
        ("AWS_SESSION_TOKEN", Some(credentials.session_token.expose().as_str())),
        ("AWS_CREDENTIAL_EXPIRATION", Some(expiration.as_str())),
        ("AWS_REGION", region),
        ("AWS_DEFAULT_REGION", region),
    ];
    let mut text = empty_text(credentials);
    for (name, value) in variables {
        if let Some(value) = value {
            push(&mut text, name, value).map_err(|why| (name, why))?;
        }
    }
    Ok(finished(text))
}

/// An empty text with room for the credentials, so that it does not grow and leave copies of secrets behind. It is
/// wiped if the writing stops half-way.
pub(super) fn empty_text(credentials: &Credentials) -> Zeroizing<String> {
    // Only their lengths; a value can grow fourfold when every character of it is escaped.
    let secrets = credentials.secret_access_key.expose().len() + credentials.session_token.expose().len();
    Zeroizing::new(String::with_capacity(4 * secrets + ROOM_FOR_THE_REST))
}

/// The text as a secret.
pub(super) fn finished(mut text: Zeroizing<String>) -> Secret<String> {
    Secret::new(std::mem::take(&mut *text))
}

/// Names, syntax, access key id, ARNs, region and expiry; JSON with long ARNs needs the most.
const ROOM_FOR_THE_REST: usize = 4096;
