//! The `env-no-export` format: literal `NAME=value` lines for Docker, systemd and `.env` files, LF.

use super::variables::{Written, write_each};
use super::{Options, quote};
use crate::sts::Credentials;

/// Writes the lines; see [`quote::dotenv`] for what is refused.
pub(super) fn write(credentials: &Credentials, options: &Options) -> Written {
    write_each(credentials, options, |text, name, value| {
        text.push_str(name);
        text.push('=');
        quote::dotenv(text, value)?;
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
            text(Format::EnvNoExport, &credentials(), &in_region()),
            "AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\n\
             AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\
             AWS_SESSION_TOKEN=IQoJb3JpZ2luX2Vj//EXAMPLE+token==\n\
             AWS_CREDENTIAL_EXPIRATION=2026-09-21T14:13:20Z\n\
             AWS_REGION=eu-west-1\n\
             AWS_DEFAULT_REGION=eu-west-1\n"
        );
    }

    #[test]
    fn without_a_region_there_are_four_variables() {
        let text = text(Format::EnvNoExport, &credentials(), &Options::default());
        assert_eq!(text.lines().count(), 4);
        assert!(!text.contains("REGION"));
    }

    #[test]
    fn a_value_that_cannot_be_held_is_an_error_that_names_the_variable() {
        let error =
            super::super::write(Format::EnvNoExport, &with_secret("a$b"), &Options::default()).unwrap_err();
        assert_eq!(error.code(), "export.character");
        assert_eq!(error.args(), ["env-no-export", "AWS_SECRET_ACCESS_KEY", "$"]);
        let error =
            super::super::write(Format::EnvNoExport, &with_secret("a\nb"), &Options::default()).unwrap_err();
        assert_eq!(error.code(), "export.control_character");
        assert_eq!(error.args(), ["env-no-export", "AWS_SECRET_ACCESS_KEY"]);
    }
}
