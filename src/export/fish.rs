//! The `fish` format: `set -gx NAME 'value'` lines, LF.

use super::variables::{Written, write_each};
use super::{Options, quote};
use crate::sts::Credentials;

/// Writes the lines; see [`quote::fish`] for what is refused.
pub(super) fn write(credentials: &Credentials, options: &Options) -> Written {
    write_each(credentials, options, |text, name, value| {
        text.push_str("set -gx ");
        text.push_str(name);
        text.push(' ');
        quote::fish(text, value)?;
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
            text(Format::Fish, &credentials(), &in_region()),
            "set -gx AWS_ACCESS_KEY_ID 'ASIAIOSFODNN7EXAMPLE'\n\
             set -gx AWS_SECRET_ACCESS_KEY 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'\n\
             set -gx AWS_SESSION_TOKEN 'IQoJb3JpZ2luX2Vj//EXAMPLE+token=='\n\
             set -gx AWS_CREDENTIAL_EXPIRATION '2026-09-21T14:13:20Z'\n\
             set -gx AWS_REGION 'eu-west-1'\n\
             set -gx AWS_DEFAULT_REGION 'eu-west-1'\n"
        );
    }

    #[test]
    fn without_a_region_there_are_four_variables() {
        let text = text(Format::Fish, &credentials(), &Options::default());
        assert_eq!(text.lines().count(), 4);
        assert!(!text.contains("REGION"));
    }

    #[test]
    fn a_trailing_backslash_does_not_escape_the_closing_quote() {
        let text = text(Format::Fish, &with_secret("a\\"), &Options::default());
        assert!(text.contains("set -gx AWS_SECRET_ACCESS_KEY 'a\\\\'\n"), "{text}");
    }
}
