//! Pasted text, or an opened file, to the SAML messages in it: base64 in any of its spellings, XML, a whole form body, a
//! URL of the redirect binding, a page that posts itself, a command, a HAR file. The artefacts of copying (quotes, line
//! breaks, escapes) are taken off, so what comes out is what was sent.

use super::form::{self, Plus};
use super::inflate::{Inflated, inflate, is_markup};
use super::{CaptureError, Imported, Parameter, SamlPost, har, multipart, page, query, words};
use crate::limits::MAX_MESSAGES;
use crate::octets::{base64, from_base64};
use crate::secret::{Secret, Wipe};

/// Reads whatever someone copied or saved that has SAML messages in it. Never empty when it succeeds.
///
/// # Errors
///
/// When the text is empty, past a limit, a form without a SAML message, or nothing known.
pub fn read_any(text: &str) -> Result<Vec<Imported>, CaptureError> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(entries) = is_json(text).then(|| super::har_json::entries(text)).flatten() {
        return har::collect(&mut entries.into_iter());
    }
    form::check_size(text.len())?;
    let text = unquoted(text.trim_start_matches('\u{feff}'));
    if text.is_empty() {
        return Err(CaptureError::NothingPasted);
    }
    let messages = found(text)?;
    if messages.len() > MAX_MESSAGES {
        return Err(CaptureError::TooManyMessages { limit: MAX_MESSAGES });
    }
    Ok(messages)
}

/// Reads what someone copied out of the developer tools, a log or a mail: the response in it. The post has no endpoint.
///
/// # Errors
///
/// As of [`read_any`], and when there is no response or there are several that differ.
pub fn read_pasted(text: &str) -> Result<SamlPost, CaptureError> {
    form::check_size(text.len())?;
    let mut response: Option<Imported> = None;
    for imported in read_any(text)? {
        match &response {
            _ if imported.parameter == Some(Parameter::SamlRequest) => {}
            Some(first) if first.encoded == imported.encoded => {}
            Some(_) => return Err(CaptureError::SeveralSamlResponses),
            None => response = Some(imported),
        }
    }
    let Imported { encoded, relay_state, chosen_role, .. } = response.ok_or(CaptureError::SamlRequest)?;
    Ok(SamlPost { endpoint: None, response: encoded, relay_state, chosen_role })
}

/// Whether a text is JSON, or begins as it does. A HAR file is.
#[must_use]
pub fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// The messages of a text that is not empty.
fn found(text: &str) -> Result<Vec<Imported>, CaptureError> {
    if text.starts_with('<') {
        let messages = if page::is_page(text) { page::messages(text) } else { Vec::new() };
        return Ok(if messages.is_empty() {
            vec![Imported::bare(base64(text.as_bytes()))]
        } else {
            messages
        });
    }
    if let Some(messages) = multipart(text)? {
        return Ok(messages);
    }
    if let Some(mut messages) = form_or_url(text)? {
        messages.iter_mut().try_for_each(clean)?;
        return if messages.is_empty() { Err(CaptureError::NoSamlResponse) } else { Ok(messages) };
    }
    if let Some(messages) = listing(text)? {
        return Ok(messages);
    }
    if let Ok(encoded) = base64_only(text) {
        return if holds_markup(&encoded) {
            Ok(vec![Imported::bare(encoded)])
        } else {
            Err(CaptureError::NotRecognized)
        };
    }
    let mut messages = words::messages(text)?;
    // A name and some word after it may be prose.
    messages.retain_mut(|imported| clean(imported).is_ok() && holds_markup(imported.encoded.expose()));
    if messages.is_empty() { Err(CaptureError::NotRecognized) } else { Ok(messages) }
}

/// The messages of a multipart body, whose line ends copying may have changed.
fn multipart(text: &str) -> Result<Option<Vec<Imported>>, CaptureError> {
    if !text.starts_with("--") {
        return Ok(None);
    }
    let mut body = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        if byte == b'\n' && body.last() != Some(&b'\r') {
            body.push(b'\r');
        }
        body.push(byte);
    }
    let messages = match multipart::boundary(&body) {
        Some(boundary) => Some(har::of_fields(multipart::fields(&body, boundary)?)),
        None => None,
    };
    body.wipe();
    match messages {
        Some(messages) if messages.is_empty() => Err(CaptureError::NoSamlResponse),
        messages => Ok(messages),
    }
}

/// The messages of a text that is one form or one URL; base64 in it may be broken into lines.
fn form_or_url(text: &str) -> Result<Option<Vec<Imported>>, CaptureError> {
    let begins_as_url = ["https://", "http://", "/", "?"].iter().any(|start| text.starts_with(start));
    if begins_as_url && !text.contains(char::is_whitespace) {
        let messages = query::of_url(text)?;
        return Ok((!messages.is_empty()).then_some(messages));
    }
    let first = text.split('=').next().unwrap_or_default();
    let is_name =
        first.len() < LONGEST_NAME && !first.contains(|c: char| c.is_whitespace() || QUOTES.contains(&c));
    let is_listing = text.lines().skip(1).any(|line| label(line).is_some());
    if is_name && !is_listing && query::is_form(text) {
        query::messages(text, Plus::Literal).map(Some)
    } else {
        Ok(None)
    }
}

/// The messages of a listing as developer tools show it: `Name: value` or `Name=value` lines, or the value on the lines after the name.
fn listing(text: &str) -> Result<Option<Vec<Imported>>, CaptureError> {
    let mut values: Vec<(Option<Parameter>, String)> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        if let Some((parameter, value)) = label(line) {
            values.push((parameter, String::from(value)));
            is_open = true;
        } else if let Some((_, value)) = values.last_mut().filter(|_| is_open) {
            // The first line of a value may look like a name itself, if it is a URL.
            is_open = value.trim().is_empty() || !line.contains(':');
            if is_open {
                value.push('\n');
                value.push_str(line);
            }
        }
    }
    let mut messages = Vec::new();
    let mut relay_state = None;
    for (parameter, mut value) in values {
        if parameter.is_some() {
            let encoded = base64_only(unquoted(&value))?;
            messages.push(Imported { parameter, ..Imported::bare(encoded) });
        } else if relay_state.is_none() {
            relay_state = Some(String::from(unquoted(&value))).filter(|value| !value.is_empty());
        }
        value.wipe();
    }
    for imported in &mut messages {
        imported.relay_state.clone_from(&relay_state);
    }
    Ok((!messages.is_empty()).then_some(messages))
}

/// What a line of a listing names, a message or else `RelayState`, and what follows the name.
fn label(line: &str) -> Option<(Option<Parameter>, &str)> {
    let (name, value) = line.split_once([':', '\t', '=']).unwrap_or((line, ""));
    let name = unquoted(name);
    let parameter = Parameter::from_name(name);
    (parameter.is_some() || name == "RelayState").then_some((parameter, value))
}

/// Takes the artefacts of copying off a message.
fn clean(imported: &mut Imported) -> Result<(), CaptureError> {
    imported.encoded = Secret::new(base64_only(imported.encoded.expose())?); // stays in the message it came from
    Ok(())
}

/// Whether base64 holds markup, plain or compressed. Any word is base64 of something.
fn holds_markup(encoded: &str) -> bool {
    let head = encoded.get(..MARKUP_HEAD).unwrap_or(encoded);
    if from_base64(head.as_bytes()).is_some_and(|bytes| is_markup(&bytes)) {
        return true;
    }
    let Some(mut bytes) = from_base64(encoded.as_bytes()) else { return false };
    let holds = is_markup(&bytes) || inflate(&bytes) != Inflated::Not;
    bytes.wipe();
    holds
}

/// The text without white space and one pair of quotes around it, or a comma after that.
fn unquoted(text: &str) -> &str {
    let text = text.trim().trim_end_matches([',', ';']);
    let inner = QUOTES.iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(text).trim()
}

/// Standard padded base64 of a text that is base64 but for escapes, white space, alphabet and padding.
fn base64_only(text: &str) -> Result<String, CaptureError> {
    let text = form::decode(text.as_bytes(), Plus::Literal);
    let mut clean = String::with_capacity(text.len().saturating_add(3));
    for character in text.trim().trim_end_matches('=').chars() {
        match character {
            ' ' | '\t' | '\r' | '\n' => {}
            '-' => clean.push('+'),
            '_' => clean.push('/'),
            'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' => clean.push(character),
            _ => return Err(CaptureError::NotRecognized),
        }
    }
    if clean.is_empty() {
        return Err(CaptureError::NotRecognized);
    }
    while clean.len() % 4 > 1 {
        clean.push('=');
    }
    Ok(clean)
}

const QUOTES: [char; 3] = ['"', '\'', '`'];

/// Characters of the longest name that a form begins with.
const LONGEST_NAME: usize = 64;

/// Base64 characters that show whether markup follows: enough for a byte order mark and some white space.
const MARKUP_HEAD: usize = 32;

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
