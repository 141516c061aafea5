//! The `json` format: the `Credentials` object of the STS answer, with account, role and region beside it.

use serde::Serialize;

use super::Options;
use super::variables::{empty_text, finished};
use crate::secret::Secret;
use crate::sts::Credentials;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Export<'a> {
    credentials: Keys<'a>,
    account_id: &'a str,
    role_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    assumed_role_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    expiration: String,
}

/// As `aws sts assume-role-with-saml` prints it, so that `.Credentials.AccessKeyId` of existing scripts works.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Keys<'a> {
    access_key_id: &'a str,
    secret_access_key: &'a str,
    session_token: &'a str,
    expiration: String,
}

/// Writes the object. JSON holds every value; the region is left out when the user set none.
pub(super) fn write(credentials: &Credentials, options: &Options) -> Secret<String> {
    let export = Export {
        credentials: Keys {
            access_key_id: &credentials.access_key_id,
            // Both secrets go into the text that the user asked for, which is a secret again.
            secret_access_key: credentials.secret_access_key.expose(),
            session_token: credentials.session_token.expose(),
            expiration: credentials.expiration.rfc3339(),
        },
        account_id: credentials.account().as_str(),
        role_arn: credentials.role.to_string(),
        assumed_role_arn: credentials.assumed_role_arn.as_deref(),
        region: options.region.as_deref(),
        expiration: credentials.expiration.rfc3339(),
    };
    pretty(credentials, &export)
}

/// `value` as indented JSON with a final newline, in a text that `credentials` fit into.
pub(super) fn pretty(credentials: &Credentials, value: &impl Serialize) -> Secret<String> {
    let mut bytes = std::mem::take(&mut *empty_text(credentials)).into_bytes();
    // Strings and numbers always serialise, and a Vec always takes them.
    let _ = serde_json::to_writer_pretty(&mut bytes, value);
    bytes.push(b'\n');
    finished(String::from_utf8(bytes).unwrap_or_default().into())
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::samples::{credentials, in_region, text, with_secret};
    use super::*;

    #[test]
    fn the_credentials_object_has_account_role_region_and_expiry_beside_it() {
        assert_eq!(
            text(Format::Json, &credentials(), &in_region()),
            r#"{
  "Credentials": {
    "AccessKeyId": "ASIAIOSFODNN7EXAMPLE",
    "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "SessionToken": "IQoJb3JpZ2luX2Vj//EXAMPLE+token==",
    "Expiration": "2026-09-21T14:13:20Z"
  },
  "AccountId": "111122223333",
  "RoleArn": "arn:aws:iam::111122223333:role/team/Dev",
  "AssumedRoleArn": "arn:aws:sts::111122223333:assumed-role/Dev/ada",
  "Region": "eu-west-1",
  "Expiration": "2026-09-21T14:13:20Z"
}
"#
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let unknown = Credentials { assumed_role_arn: None, ..credentials() };
        let text = text(Format::Json, &unknown, &Options::default());
        assert!(!text.contains("Region") && !text.contains("AssumedRoleArn"));
    }

    #[test]
    fn every_value_can_be_held() {
        let hostile = "\"\\\n\0\u{1b}é$";
        let text = text(Format::Json, &with_secret(hostile), &Options::default());
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["Credentials"]["SecretAccessKey"], hostile);
    }
}
