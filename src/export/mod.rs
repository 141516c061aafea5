//! Room 7: [`Credentials`] to the text of one destination. A value that a destination cannot hold as it is, is
//! refused; it is never changed.
//!
//! Names and shapes follow `aws configure export-credentials --format ...` where the AWS CLI has the format. The
//! CLI does not quote; here every format quotes by its reader's rules, and tests run the readers.

mod cmd;
mod dotenv;
mod error;
mod fish;
mod ini;
mod json;
mod posix;
mod powershell;
mod process;
pub(crate) mod quote;
mod variables;

use crate::secret::Secret;
use crate::sts::Credentials;

pub use error::{ExportError, Unheld};
pub use ini::{default_profile_name, safe_profile_name};

/// A destination that credentials can be written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `export NAME=value` for bash, zsh, dash and other POSIX shells.
    Env,
    /// `NAME=value` for `.env` files, `docker --env-file` and systemd.
    EnvNoExport,
    /// `$Env:NAME='value'` for PowerShell 5 and 7.
    PowerShell,
    /// `set "NAME=value"` for cmd.exe.
    WindowsCmd,
    /// `set -gx NAME 'value'` for fish.
    Fish,
    /// The JSON that a `credential_process` prints.
    Process,
    /// A section of `~/.aws/credentials`.
    Profile,
    /// The `Credentials` object of the STS answer, with account, role and region beside it.
    Json,
}

impl Format {
    /// Every format, in the order a menu lists them.
    pub const ALL: [Self; 8] = [
        Self::Env,
        Self::EnvNoExport,
        Self::PowerShell,
        Self::WindowsCmd,
        Self::Fish,
        Self::Process,
        Self::Profile,
        Self::Json,
    ];

    /// The format of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The stable name, such as `env-no-export`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Env => "env",
            Self::EnvNoExport => "env-no-export",
            Self::PowerShell => "powershell",
            Self::WindowsCmd => "windows-cmd",
            Self::Fish => "fish",
            Self::Process => "process",
            Self::Profile => "profile",
            Self::Json => "json",
        }
    }
}

/// What the user may choose about a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The region to work in, written as `AWS_REGION` and `AWS_DEFAULT_REGION`, or `region`; not written if absent.
    pub region: Option<String>,
    /// The profile's name for [`Format::Profile`], made safe by [`safe_profile_name`]; [`default_profile_name`] if
    /// absent.
    pub profile_name: Option<String>,
}

/// The text for one destination, with a final newline.
pub fn write(
    format: Format,
    credentials: &Credentials,
    options: &Options,
) -> Result<Secret<String>, ExportError> {
    let written = match format {
        Format::Env => posix::write(credentials, options),
        Format::EnvNoExport => dotenv::write(credentials, options),
        Format::PowerShell => powershell::write(credentials, options),
        Format::WindowsCmd => cmd::write(credentials, options),
        Format::Fish => fish::write(credentials, options),
        Format::Process => Ok(process::write(credentials)),
        Format::Profile => ini::write(credentials, options),
        Format::Json => Ok(json::write(credentials, options)),
    };
    written.map_err(|(variable, why)| ExportError { format, variable, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_by_no_other() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
        assert_eq!(Format::from_name("ENV"), None);
        assert_eq!(Format::from_name(""), None);
    }
}

/// Credentials for this room's tests.
#[cfg(test)]
mod samples {
    use super::*;
    use crate::aws::{ProviderArn, RoleArn};
    use crate::time::UnixTime;

    pub(super) fn credentials() -> Credentials {
        with_secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    }

    pub(super) fn with_secret(secret: &str) -> Credentials {
        Credentials {
            access_key_id: "ASIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: Secret::new(secret.to_owned()),
            session_token: Secret::new("IQoJb3JpZ2luX2Vj//EXAMPLE+token==".to_owned()),
            expiration: UnixTime::from_seconds(1_790_000_000),
            assumed_role_arn: Some("arn:aws:sts::111122223333:assumed-role/Dev/ada".to_owned()),
            role: RoleArn::parse("arn:aws:iam::111122223333:role/team/Dev").unwrap(),
            provider: ProviderArn::parse("arn:aws:iam::111122223333:saml-provider/Idp").unwrap(),
            region: "us-east-1",
        }
    }

    pub(super) fn in_region() -> Options {
        Options { region: Some("eu-west-1".to_owned()), profile_name: None }
    }

    /// The text, for comparison in a test.
    pub(super) fn text(format: Format, credentials: &Credentials, options: &Options) -> String {
        write(format, credentials, options).unwrap().expose().clone()
    }
}
