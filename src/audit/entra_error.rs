//! A pasted error of Microsoft Entra ID, or the address of its error page, to the rule that explains it and Microsoft's own link.

use super::finding::Finding;
use super::registry::{Rule, rule};
use crate::limits::MAX_ERROR_TEXT_BYTES;
use crate::octets;

/// An error of Entra ID's sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntraError {
    /// The number behind `AADSTS`.
    pub number: u32,
    /// The rule that explains it; `entra.other` for a number without words of its own.
    pub code: &'static str,
}

impl EntraError {
    /// Microsoft's page about it. Numbers change their meaning from time to time, so that page has the last word.
    #[must_use]
    pub fn link(&self) -> String {
        ["https://login.microsoftonline.com/error?code=", &self.number.to_string()].concat()
    }

    /// The rule that explains it.
    #[must_use]
    pub fn rule(&self) -> Option<&'static Rule> {
        rule(self.code)
    }

    /// As a finding.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let name = ["AADSTS", &self.number.to_string()].concat();
        let args = if self.code == OTHER { vec![name.clone()] } else { Vec::new() };
        Finding::new(self.code, args)
    }
}

/// Reads `AADSTS50105: ...` in a text, the address of an error page, the JSON of an answer, or a bare number that is known.
#[must_use]
pub fn entra_error(text: &str) -> Option<EntraError> {
    let bytes = text.as_bytes();
    let bytes = bytes.get(..MAX_ERROR_TEXT_BYTES).unwrap_or(bytes);
    let number = MARKS.iter().find_map(|mark| behind(bytes, mark)).or_else(|| of_page(bytes));
    if let Some(number) = number {
        let code = code(number).unwrap_or(OTHER);
        return Some(EntraError { number, code });
    }
    let number = text.trim().parse().ok()?;
    code(number).map(|code| EntraError { number, code })
}

/// The number behind the first `mark` that has one.
fn behind(bytes: &[u8], mark: &str) -> Option<u32> {
    let mut rest = bytes;
    while let Some(at) = octets::find(rest, mark.as_bytes()) {
        rest = rest.get(at.saturating_add(mark.len())..)?;
        if let Some(number) = leading(rest) {
            return Some(number);
        }
    }
    None
}

/// The number in the query of Microsoft's error page.
fn of_page(bytes: &[u8]) -> Option<u32> {
    HOSTS.iter().find_map(|host| {
        let at = octets::find(bytes, host.as_bytes())?;
        let rest = bytes.get(at.saturating_add(host.len())..)?;
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let address = rest.get(..end)?;
        QUERIES.iter().find_map(|query| behind(address, query))
    })
}

/// A number of five to seven digits at the start, behind white space.
fn leading(bytes: &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    let mut digits = 0_usize;
    for byte in bytes.trim_ascii_start() {
        if !byte.is_ascii_digit() {
            break;
        }
        digits = digits.saturating_add(1);
        number = number.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
    }
    (5..=7).contains(&digits).then_some(number)
}

fn code(number: u32) -> Option<&'static str> {
    let rule = rule(&["entra.", &number.to_string()].concat())?;
    Some(rule.code)
}

const OTHER: &str = "entra.other";

/// What stands before the number in messages, in the JSON of an answer, and on the error page.
const MARKS: [&str; 5] = ["AADSTS", "aadsts", "\"error_codes\":[", "\"error_codes\": [", "Error Code: "];

/// The sign-in hosts of the global cloud, of US Government and of China, and the page that looks errors up.
const HOSTS: [&str; 4] = [
    "login.microsoftonline.com/",
    "login.microsoftonline.us/",
    "login.partner.microsoftonline.cn/",
    "login.chinacloudapi.cn/",
];

const QUERIES: [&str; 4] = ["?code=", "&code=", "?error_code=", "&error_code="];
