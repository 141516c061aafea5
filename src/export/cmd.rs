//! The `windows-cmd` format: `set "NAME=value"` lines for cmd.exe, CRLF.

use super::error::Unheld;
use super::variables::{Written, write_each};
use super::{Options, quote};
use crate::sts::Credentials;

/// Writes the lines; see [`quote::cmd`] for what is refused, besides a line longer than [`MAX_LINE_CHARS`].
pub(super) fn write(credentials: &Credentials, options: &Options) -> Written {
    write_each(credentials, options, |text, name, value| {
        if SYNTAX_CHARS + name.len() + value.encode_utf16().count() > MAX_LINE_CHARS {
            return Err(Unheld::TooLong);
        }
        text.push_str("set \"");
        text.push_str(name);
        text.push('=');
        quote::cmd(text, value)?;
        text.push_str("\"\r\n");
        Ok(())
    })
}

/// Characters of a command line (Microsoft, "Command prompt line string limitation").
const MAX_LINE_CHARS: usize = 8191;

/// `set "`, `=` and `"`.
const SYNTAX_CHARS: usize = 7;

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::samples::{credentials, in_region, text, with_secret};
    use super::*;

    #[test]
    fn each_variable_stands_on_a_line_of_its_own() {
        assert_eq!(
            text(Format::WindowsCmd, &credentials(), &in_region()),
            "set \"AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\"\r\n\
             set \"AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\"\r\n\
             set \"AWS_SESSION_TOKEN=IQoJb3JpZ2luX2Vj//EXAMPLE+token==\"\r\n\
             set \"AWS_CREDENTIAL_EXPIRATION=2026-09-21T14:13:20Z\"\r\n\
             set \"AWS_REGION=eu-west-1\"\r\n\
             set \"AWS_DEFAULT_REGION=eu-west-1\"\r\n"
        );
    }

    #[test]
    fn without_a_region_there_are_four_variables() {
        let text = text(Format::WindowsCmd, &credentials(), &Options::default());
        assert_eq!(text.lines().count(), 4);
        assert!(!text.contains("REGION"));
    }

    #[test]
    fn percent_is_refused_and_a_caret_is_kept() {
        let error =
            super::super::write(Format::WindowsCmd, &with_secret("%PATH%"), &Options::default()).unwrap_err();
        assert_eq!((error.variable, error.why), ("AWS_SECRET_ACCESS_KEY", Unheld::Character('%')));
        assert!(
            text(Format::WindowsCmd, &with_secret("a^b"), &Options::default()).contains("_KEY=a^b\"\r\n")
        );
    }

    #[test]
    fn a_line_longer_than_the_prompt_takes_is_refused() {
        let longest = MAX_LINE_CHARS - SYNTAX_CHARS - "AWS_SECRET_ACCESS_KEY".len();
        let write = |length: usize| {
            super::super::write(Format::WindowsCmd, &with_secret(&"x".repeat(length)), &Options::default())
        };
        assert!(write(longest).is_ok());
        assert_eq!(write(longest + 1).unwrap_err().code(), "export.too_long");
    }
}
