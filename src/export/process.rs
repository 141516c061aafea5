//! The `process` format: the JSON that an SDK reads from a `credential_process` (AWS SDKs and Tools Reference
//! Guide, "Process credential provider").

use serde::Serialize;

use super::json::pretty;
use crate::secret::Secret;
use crate::sts::Credentials;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Process<'a> {
    version: u8,
    access_key_id: &'a str,
    secret_access_key: &'a str,
    session_token: &'a str,
    /// Without it SDKs take the credentials for everlasting and never refresh.
    expiration: String,
    account_id: &'a str,
}

/// Writes the object. JSON holds every value.
pub(super) fn write(credentials: &Credentials) -> Secret<String> {
    pretty(
        credentials,
        &Process {
            version: 1,
            access_key_id: &credentials.access_key_id,
            // Both secrets go into the text that the user asked for, which is a secret again.
            secret_access_key: credentials.secret_access_key.expose(),
            session_token: credentials.session_token.expose(),
            expiration: credentials.expiration.rfc3339(),
            account_id: credentials.account().as_str(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::samples::{credentials, text};
    use super::super::{Format, Options};

    #[test]
    fn version_is_the_number_one_and_expiration_and_account_are_there() {
        let text = text(Format::Process, &credentials(), &Options::default());
        assert_eq!(
            text,
            r#"{
  "Version": 1,
  "AccessKeyId": "ASIAIOSFODNN7EXAMPLE",
  "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "SessionToken": "IQoJb3JpZ2luX2Vj//EXAMPLE+token==",
  "Expiration": "2026-09-21T14:13:20Z",
  "AccountId": "111122223333"
}
"#
        );
    }
}
