//! The words of the call: `inspect` with its options. Refused is what the usage does not list.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value};
use rolecall::time::UnixTime;

/// What was asked for.
pub(crate) enum Command {
    /// `--help`.
    Help,
    /// `--version`.
    Version,
    /// `inspect`.
    Inspect(Inspect),
}

/// The options of `inspect`.
#[derive(Default)]
pub(crate) struct Inspect {
    /// One JSON object instead of text for people.
    pub(crate) json: bool,
    /// Files of identity-provider metadata whose keys are trusted for their entities.
    pub(crate) metadata: Vec<PathBuf>,
    /// Files with certificates that are trusted whatever the issuer.
    pub(crate) certificates: Vec<PathBuf>,
    /// The time to judge by; `None` is the machine's clock.
    pub(crate) now: Option<UnixTime>,
    /// Which of several messages, counted from 1.
    pub(crate) message: Option<usize>,
    /// What to read; `-` is standard input.
    pub(crate) file: PathBuf,
}

pub(crate) const USAGE: &str = "\
usage: rolecall inspect [--json] [--metadata FILE] [--certificate FILE] [--now TIME] [--message N] FILE|-

Reads a SAML message and says what it is, what it holds, and whether it is genuine. FILE holds base64, XML, a form body,
a SAMLResponse= line, a redirect URL or a HAR file; - is standard input.

  --json              one JSON object (docs/inspect.md)
  --metadata FILE     SAML metadata of the identity provider: its keys are trusted for its entity ID
  --certificate FILE  a certificate in PEM or DER that is trusted whatever the issuer
  --now TIME          judge times as of this RFC 3339 time instead of now
  --message N         of several messages in a HAR file the Nth; else the first response to AWS

Exit codes: 0 it was read; 1 it was read, and a finding is an error; 2 it could not be read.
";

/// Reads the call.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let said = |error: lexopt::Error| error.to_string();
    let mut inspect = false;
    let mut file = None;
    let mut options = Inspect::default();
    while let Some(argument) = parser.next().map_err(said)? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Value(word) if !inspect && word == "inspect" => inspect = true,
            Value(word) if !inspect => return Err(format!("unknown command {}", word.to_string_lossy())),
            Long("json") if inspect => options.json = true,
            Long("metadata") if inspect => options.metadata.push(parser.value().map_err(said)?.into()),
            Long("certificate") if inspect => options.certificates.push(parser.value().map_err(said)?.into()),
            Long("now") if inspect => {
                let text = parser.value().map_err(said)?;
                let time = text.to_str().and_then(UnixTime::parse_xs);
                options.now = Some(time.ok_or("--now takes a time such as 2026-11-24T13:00:00Z")?);
            }
            Long("message") if inspect => {
                let text = parser.value().map_err(said)?;
                let number = text.to_str().and_then(|text| text.parse().ok()).filter(|number| *number > 0);
                options.message = Some(number.ok_or("--message takes a number from 1 on")?);
            }
            Value(name) if file.is_none() => file = Some(PathBuf::from(name)),
            Value(_) => return Err("one file at a time".to_owned()),
            other => return Err(said(other.unexpected())),
        }
    }
    options.file = match file {
        Some(file) => file,
        None if inspect => return Err("inspect needs a file, or - for standard input".to_owned()),
        None => return Err("what to do?".to_owned()),
    };
    Ok(Command::Inspect(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(std::iter::once("rolecall").chain(line.split(' ')).map(OsString::from))
    }

    fn inspect(line: &str) -> Inspect {
        match parsed(line) {
            Ok(Command::Inspect(options)) => options,
            Ok(_) => panic!("{line}: another command"),
            Err(error) => panic!("{line}: {error}"),
        }
    }

    #[test]
    fn options_stand_before_or_behind_the_file() {
        let options = inspect(
            "inspect --json a.xml --metadata b --metadata=c --now 2026-11-24T13:00:00Z --certificate d",
        );
        assert!(options.json);
        assert_eq!(options.file, PathBuf::from("a.xml"));
        assert_eq!(options.metadata, [PathBuf::from("b"), PathBuf::from("c")]);
        assert_eq!(options.certificates, [PathBuf::from("d")]);
        assert_eq!(options.now.map(UnixTime::rfc3339).as_deref(), Some("2026-11-24T13:00:00Z"));
        assert_eq!(inspect("inspect -").file, PathBuf::from("-"));
    }

    #[test]
    fn a_call_that_says_too_little_or_too_much_is_refused() {
        for line in [
            "inspect",
            "inspect a b",
            "inspect --xml a",
            "inspect --now soon a",
            "inspect --message 0 a",
            "look a",
            "--json inspect a",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
        assert!(matches!(parsed("--help"), Ok(Command::Help)));
        assert!(matches!(parsed("inspect --help"), Ok(Command::Help)));
        assert!(matches!(parsed("-V"), Ok(Command::Version)));
    }
}
