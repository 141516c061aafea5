//! The `env` format: `export NAME=value` lines for POSIX shells, LF.

use super::variables::{Written, write_each};
use super::{Options, quote};
use crate::sts::Credentials;

/// Writes the lines; see [`quote::posix`] for what is refused.
pub(super) fn write(credentials: &Credentials, options: &Options) -> Written {
    write_each(credentials, options, |text, name, value| {
        text.push_str("export ");
        text.push_str(name);
        text.push('=');
        quote::posix(text, value)?;
        text.push('\n');
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::samples::{credentials, in_region, text, with_secret};
    use super::*;

    #[test]
    fn each_variable_stands_on_a_line_of_its_own() {
        assert_eq!(
            text(Format::Env, &credentials(), &in_region()),
            "export AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\n\
             export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\
             export AWS_SESSION_TOKEN=IQoJb3JpZ2luX2Vj//EXAMPLE+token==\n\
             export AWS_CREDENTIAL_EXPIRATION=2026-09-21T14:13:20Z\n\
             export AWS_REGION=eu-west-1\n\
             export AWS_DEFAULT_REGION=eu-west-1\n"
        );
    }

    #[test]
    fn without_a_region_there_are_four_variables() {
        let text = text(Format::Env, &credentials(), &Options::default());
        assert_eq!(text.lines().count(), 4);
        assert!(!text.contains("REGION"));
    }

    #[test]
    fn exports_are_quoted() {
        let text = text(Format::Env, &with_secret("a; rm -rf ~ 'b"), &Options::default());
        assert!(text.contains("export AWS_SECRET_ACCESS_KEY='a; rm -rf ~ '\\''b'\n"), "{text}");
    }
}
