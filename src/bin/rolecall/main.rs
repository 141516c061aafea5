//! `rolecall`, the companion command: the same core as the extension, on a terminal and in scripts.
//!
//! `rolecall inspect FILE` reads a SAML message in any form that the inspector's paste box takes, judges its signatures and
//! says what it found. docs/inspect.md documents the JSON and the exit codes.

mod arguments;
mod human;
mod json;
mod words;

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{fs, time};

use arguments::{Command, Inspect};
use rolecall::capture::{self, Imported};
use rolecall::limits::MAX_HAR_BYTES;
use rolecall::native;
use rolecall::saml::{Document, SamlError};
use rolecall::secret::Secret;
use rolecall::signature::{Certificate, CertificateError, Trust, metadata};
use rolecall::time::UnixTime;
use rolecall::view::{Check, Failure, Inspection};
use words::Words;

fn main() -> ExitCode {
    let words = Words::english();
    let output = match arguments::parse(std::env::args_os()) {
        Ok(Command::Help) => Ok((arguments::USAGE.to_owned(), ExitCode::SUCCESS)),
        Ok(Command::Version) => Ok((format!("rolecall {}\n", env!("CARGO_PKG_VERSION")), ExitCode::SUCCESS)),
        Ok(Command::Inspect(options)) => inspect(&options, &words),
        Err(error) => Err(format!("{error}\n{}", arguments::USAGE)),
    };
    let written = match &output {
        Ok((text, _)) => io::stdout().write_all(text.as_bytes()),
        Err(text) => io::stderr().write_all(format!("rolecall: {text}\n").as_bytes()),
    };
    match (output, written) {
        (Ok((_, code)), Ok(())) => code,
        // A reader such as `head` that has seen enough is no failure.
        (Ok((_, code)), Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => code,
        _ => ExitCode::from(UNREADABLE),
    }
}

/// What to print, and how to exit. An error is one of the call: a file that is not there, a certificate that is none.
fn inspect(options: &Inspect, words: &Words) -> Result<(String, ExitCode), String> {
    let trust = trust(options, words)?;
    let now = match options.now {
        Some(now) => now,
        None => clock(),
    };
    let read = read_text(&options.file).and_then(|text| {
        let found = capture::read_any(text.expose()).map_err(|error| Box::new(Failure::from(&error)))?;
        choose(found, options.message)
    });
    let read = read.and_then(|(chosen, others)| {
        Ok((judged(&chosen, &trust, now).map_err(|error| Box::new(Failure::from(&error)))?, others))
    });
    let (inspection, others) = match read {
        Ok(read) => read,
        Err(failure) => (Inspection::refused(*failure), Vec::new()),
    };
    let text = if options.json {
        json::write(&inspection, others.len(), words)
    } else {
        let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        human::write(&inspection, &others, now, words, colour)
    };
    let code = if inspection.error.is_some() {
        ExitCode::from(UNREADABLE)
    } else if inspection.has_error() {
        ExitCode::from(ERROR_FOUND)
    } else {
        ExitCode::SUCCESS
    };
    Ok((text, code))
}

/// The message judged by this machine's own crypto.
fn judged(chosen: &Imported, trust: &Trust, now: UnixTime) -> Result<Inspection, SamlError> {
    let mut answers = Vec::new();
    let check = Check::begin(chosen, trust, None, &mut |job| answers.push(native::answer(job)))?;
    answers.extend(check.fingerprints().iter().map(native::answer));
    check.conclude(&answers, Some(now))
}

/// The message that was asked for, else the first response to AWS, else the first response, else the first; and a line for
/// each of all there are where there are several.
fn choose(found: Vec<Imported>, wanted: Option<usize>) -> Result<(Imported, Vec<String>), Box<Failure>> {
    let others = if found.len() > 1 { found.iter().map(label).collect() } else { Vec::new() };
    let is_response = |one: &&Imported| one.parameter == Some(capture::Parameter::SamlResponse);
    let place = match wanted {
        Some(number) => number.checked_sub(1),
        None => found
            .iter()
            .position(|one| is_response(&one) && is_to_aws(one))
            .or_else(|| found.iter().position(|one| is_response(&one)))
            .or(Some(0)),
    };
    let count = found.len();
    let chosen = place.and_then(|place| found.into_iter().nth(place));
    let args = vec![count.to_string()];
    Ok((chosen.ok_or_else(|| Box::new(Failure::new("capture.no_such_message", args)))?, others))
}

/// One line that tells a message from others.
fn label(message: &Imported) -> String {
    let parameter = message.parameter.map_or("SAML", capture::Parameter::name);
    let at = message.at.map(UnixTime::rfc3339).unwrap_or_default();
    format!("{parameter} {} {at}", message.url.as_deref().unwrap_or_default()).trim_end().to_owned()
}

fn is_to_aws(message: &Imported) -> bool {
    message.url.as_deref().is_some_and(|url| capture::Endpoint::parse(url).is_ok())
}

fn read_text(file: &Path) -> Result<Secret<String>, Box<Failure>> {
    let bytes = read_bytes(file).map_err(|error| Box::new(Failure::new("host.file", vec![error])))?;
    // Binary junk goes on as text, so that one place says what it is not.
    Ok(Secret::new(String::from_utf8(bytes).unwrap_or_else(|error| utf16(error.into_bytes()))))
}

/// Text that PowerShell's `>` or an editor wrote in UTF-16; anything else with its bad bytes replaced.
fn utf16(bytes: Vec<u8>) -> String {
    let units = |of: fn([u8; 2]) -> u16| -> String {
        let pairs = bytes.as_chunks::<2>().0.iter().skip(1).map(|pair| of(*pair));
        char::decode_utf16(pairs).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes.get(..2) {
        Some([0xff, 0xfe]) => units(u16::from_le_bytes),
        Some([0xfe, 0xff]) => units(u16::from_be_bytes),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    }
}

fn read_bytes(file: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    // One byte more than is taken, so that the core sees that there was more.
    let limit = u64::try_from(MAX_HAR_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let named = |error: io::Error| format!("{}: {error}", file.display());
    if file.as_os_str() == "-" {
        io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("standard input: {error}"))?;
    } else {
        fs::File::open(file).map_err(named)?.take(limit).read_to_end(&mut bytes).map_err(named)?;
    }
    Ok(bytes)
}

/// Whom the call says to trust.
fn trust(options: &Inspect, words: &Words) -> Result<Trust, String> {
    let mut trust = Trust::default();
    for file in &options.metadata {
        let text = String::from_utf8(read_bytes(file)?)
            .map_err(|_| format!("{}: this is not UTF-8", file.display()))?;
        let document = Document::parse(&text).map_err(|error| told(file, &Failure::from(&error), words))?;
        let entities =
            metadata::read(&document).map_err(|error| told(file, &Failure::from(&error), words))?;
        trust.entities.extend(entities);
    }
    for file in &options.certificates {
        let certificates = certificates(&read_bytes(file)?);
        trust.certificates.extend(certificates.map_err(|error| told(file, &Failure::from(&error), words))?);
    }
    Ok(trust)
}

/// The certificates of a file: one in DER, one in base64, or any number in PEM.
fn certificates(bytes: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(vec![Certificate::from_der(bytes)?]) };
    if !text.contains(PEM) {
        return Ok(vec![Certificate::from_base64(text).or_else(|_| Certificate::from_der(bytes))?]);
    }
    let parts = text.split(PEM).skip(1);
    parts.map(|part| Certificate::from_pem(&format!("{PEM}{part}"))).collect()
}

fn told(file: &Path, failure: &Failure, words: &Words) -> String {
    format!("{}: {}", file.display(), words.say(&failure.text.key, &failure.text.args))
}

/// Now. The core takes the time as an argument; this is where the command gets it.
#[expect(clippy::disallowed_methods, reason = "the one clock of the command")]
fn clock() -> UnixTime {
    let since = time::SystemTime::now().duration_since(time::UNIX_EPOCH).unwrap_or_default();
    UnixTime::from_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

const PEM: &str = "-----BEGIN CERTIFICATE-----";

/// The exit code when the message was read and a finding of severity error stands in it.
const ERROR_FOUND: u8 = 1;

/// The exit code when nothing could be read, or the call was wrong.
const UNREADABLE: u8 = 2;
