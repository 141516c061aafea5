//! The `process` format: the JSON that an SDK reads from a `credential_process` (AWS SDKs and Tools Reference
//! Guide, "Process credential provider").

use super::json::{keys, push_members};
use super::variables::{empty_text, finished};
use crate::secret::Secret;
use crate::sts::Credentials;

/// Writes the object. JSON holds every value. Without its expiration SDKs take the credentials for everlasting and never refresh.
pub(super) fn write(credentials: &Credentials) -> Secret<String> {
    let expiration = credentials.expiration.rfc3339();
    let [id, secret, token, expiration] = keys(credentials, &expiration);
    let mut text = empty_text(credentials);
    text.push_str("{\n  \"Version\": 1,\n");
    let account = ("AccountId", Some(credentials.account().as_str()));
    push_members(&mut text, "  ", &[id, secret, token, expiration, account]);
    text.push_str("\n}\n");
    finished(text)
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
