//! The `json` format: the `Credentials` object of the STS answer, with account, role and region beside it.

use super::Options;
use super::variables::{empty_text, finished};
use crate::secret::Secret;
use crate::sts::Credentials;

/// Writes the object. JSON holds every value; the region is left out when the user set none.
pub(super) fn write(credentials: &Credentials, options: &Options) -> Secret<String> {
    let expiration = credentials.expiration.rfc3339();
    let mut text = empty_text(credentials);
    // As `aws sts assume-role-with-saml` prints it, so that `.Credentials.AccessKeyId` of existing scripts works.
    text.push_str("{\n  \"Credentials\": {\n");
    push_members(&mut text, "    ", &keys(credentials, &expiration));
    text.push_str("\n  },\n");
    let members = [
        ("AccountId", Some(credentials.account().as_str())),
        ("RoleArn", Some(credentials.role.as_str())),
        ("AssumedRoleArn", credentials.assumed_role_arn.as_deref()),
        ("Region", options.region.as_deref()),
        ("Expiration", Some(expiration.as_str())),
    ];
    push_members(&mut text, "  ", &members);
    text.push_str("\n}\n");
    finished(text)
}

/// The members that the two formats of JSON share.
pub(super) fn keys<'c>(credentials: &'c Credentials, expiration: &'c str) -> [Member<'c>; 4] {
    [
        ("AccessKeyId", Some(credentials.access_key_id.as_str())),
        // Both secrets go into the text that the user asked for, which is a secret again.
        ("SecretAccessKey", Some(credentials.secret_access_key.expose().as_str())),
        ("SessionToken", Some(credentials.session_token.expose().as_str())),
        ("Expiration", Some(expiration)),
    ]
}

/// A name and a text; what is absent is left out.
pub(super) type Member<'c> = (&'static str, Option<&'c str>);

/// Writes members of an object, each on a line of its own.
pub(super) fn push_members(text: &mut String, indent: &str, members: &[Member<'_>]) {
    let mut end = "";
    for (name, value) in members {
        let Some(value) = value else { continue };
        for part in [end, indent, "\"", name, "\": \""] {
            text.push_str(part);
        }
        for c in value.chars() {
            push_character(text, c);
        }
        text.push('"');
        end = ",\n";
    }
}

/// A character of a string (RFC 8259, 7).
fn push_character(text: &mut String, c: char) {
    match c {
        '"' | '\\' => text.push('\\'),
        '\0'..='\u{1f}' => {
            text.push_str("\\u00");
            for digit in [u32::from(c) >> 4, u32::from(c) & 15] {
                text.extend(char::from_digit(digit, 16));
            }
            return;
        }
        _ => {}
    }
    text.push(c);
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
