//! The `profile` format: one section of `~/.aws/credentials`, LF.

use zeroize::Zeroizing;

use super::error::Unheld;
use super::variables::{Written, empty_text, finished};
use super::{Options, quote};
use crate::sts::Credentials;

/// Writes the section; see [`quote::ini`] for what is refused. Names are those of the AWS SDKs' shared credentials
/// file, `x_security_token_expires` that of saml2aws, aws-vault and others.
pub(super) fn write(credentials: &Credentials, options: &Options) -> Written {
    let name = options.profile_name.as_deref().map(safe_profile_name).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| default_profile_name(credentials));
    let mut text = empty_text(credentials);
    text.push('[');
    text.push_str(&name);
    text.push_str("]\n");
    push(&mut text, "aws_access_key_id", &credentials.access_key_id)?;
    // Both secrets go into the text that the user asked for, which is a secret again.
    push(&mut text, "aws_secret_access_key", credentials.secret_access_key.expose())?;
    push(&mut text, "aws_session_token", credentials.session_token.expose())?;
    push(&mut text, "x_security_token_expires", &credentials.expiration.rfc3339())?;
    if let Some(region) = &options.region {
        push(&mut text, "region", region)?;
    }
    Ok(finished(text))
}

/// The name a profile gets when the user gives none: `ACCOUNT-ROLE`, made safe.
#[must_use]
pub fn default_profile_name(credentials: &Credentials) -> String {
    safe_profile_name(&format!("{}-{}", credentials.account(), credentials.role.name()))
}

/// `name` with every character that an SDK may not take in a profile's name as a `-`.
///
/// Taken by all: ASCII letters and digits, `_ . / % @ : + -` (AWS SDK for Rust, profile file parser). `]`, a
/// newline or a space would end the section's name, or part it from its prefix. White space around is taken off;
/// what is left may be empty.
#[must_use]
pub fn safe_profile_name(name: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "_./%@:+-".contains(c);
    name.trim().chars().take(MAX_PROFILE_NAME_CHARS).map(|c| if safe(c) { c } else { '-' }).collect()
}

fn push(text: &mut Zeroizing<String>, name: &'static str, value: &str) -> Result<(), (&'static str, Unheld)> {
    text.push_str(name);
    text.push_str(" = ");
    quote::ini(text, value).map_err(|why| (name, why))?;
    text.push('\n');
    Ok(())
}

/// Longer than an account and the longest role name; no SDK names a bound.
const MAX_PROFILE_NAME_CHARS: usize = 128;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Format;
    use super::super::samples::{credentials, in_region, text, with_secret};
    use super::*;
    use crate::aws::RoleArn;

    #[test]
    fn a_section_holds_the_keys_their_expiry_and_the_region() {
        assert_eq!(
            text(Format::Profile, &credentials(), &in_region()),
            "[111122223333-Dev]\n\
             aws_access_key_id = ASIAIOSFODNN7EXAMPLE\n\
             aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\
             aws_session_token = IQoJb3JpZ2luX2Vj//EXAMPLE+token==\n\
             x_security_token_expires = 2026-09-21T14:13:20Z\n\
             region = eu-west-1\n"
        );
    }

    #[test]
    fn a_profile_name_is_made_safe() {
        assert_eq!(safe_profile_name("prod]\n[default"), "prod---default");
        assert_eq!(safe_profile_name(" team data "), "team-data");
        assert_eq!(safe_profile_name("ops@example.com/x"), "ops@example.com/x");
        let named = |name: &str| {
            let options = Options { profile_name: Some(name.to_owned()), region: None };
            text(Format::Profile, &credentials(), &options).lines().next().unwrap().to_owned()
        };
        assert_eq!(named("prod"), "[prod]");
        assert_eq!(named("  "), "[111122223333-Dev]");
    }

    #[test]
    fn a_role_s_comma_and_equals_sign_do_not_reach_the_default_name() {
        let role = RoleArn::parse("arn:aws:iam::111122223333:role/a,b=c").unwrap();
        assert_eq!(default_profile_name(&Credentials { role, ..credentials() }), "111122223333-a-b-c");
    }

    #[test]
    fn a_value_that_cannot_be_held_is_an_error_that_names_the_key() {
        let error =
            super::super::write(Format::Profile, &with_secret("a\n[x]"), &Options::default()).unwrap_err();
        assert_eq!(error.args(), ["profile", "aws_secret_access_key"]);
        let error =
            super::super::write(Format::Profile, &with_secret("a "), &Options::default()).unwrap_err();
        assert_eq!(error.code(), "export.space_at_edge");
    }

    proptest! {
        #[test]
        fn no_profile_name_leaves_its_line(name in "(\\PC|[\\]\n\r\t ]){0,200}") {
            let safe = safe_profile_name(&name);
            prop_assert!(!safe.contains([']', '[', '\n', '\r', ' ', '"', '#']) && safe.len() <= 128);
            prop_assert_eq!(safe_profile_name(&safe), safe);
        }
    }
}
