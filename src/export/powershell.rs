//! The `powershell` format: `$Env:NAME='value'` lines for PowerShell 5 and 7, LF.

use super::variables::{Written, write_each};
use super::{Options, quote};
use crate::sts::Credentials;

/// Writes the lines; see [`quote::powershell`] for what is refused.
pub(super) fn write(credentials: &Credentials, options: &Options) -> Written {
    write_each(credentials, options, |text, name, value| {
        text.push_str("$Env:");
        text.push_str(name);
        text.push('=');
        quote::powershell(text, value)?;
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
            text(Format::PowerShell, &credentials(), &in_region()),
            "$Env:AWS_ACCESS_KEY_ID='ASIAIOSFODNN7EXAMPLE'\n\
             $Env:AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'\n\
             $Env:AWS_SESSION_TOKEN='IQoJb3JpZ2luX2Vj//EXAMPLE+token=='\n\
             $Env:AWS_CREDENTIAL_EXPIRATION='2026-09-21T14:13:20Z'\n\
             $Env:AWS_REGION='eu-west-1'\n\
             $Env:AWS_DEFAULT_REGION='eu-west-1'\n"
        );
    }

    #[test]
    fn without_a_region_there_are_four_variables() {
        let text = text(Format::PowerShell, &credentials(), &Options::default());
        assert_eq!(text.lines().count(), 4);
        assert!(!text.contains("REGION"));
    }

    #[test]
    fn a_dollar_and_a_backtick_stay_literal_and_quotes_are_doubled() {
        let text = text(Format::PowerShell, &with_secret("$(calc)`'\u{2019}"), &Options::default());
        assert!(text.contains("$Env:AWS_SECRET_ACCESS_KEY='$(calc)`''\u{2019}\u{2019}'\n"), "{text}");
    }
}
