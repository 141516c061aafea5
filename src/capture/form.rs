//! A form body to its fields: parsed by the browser, urlencoded, `multipart/form-data` or `text/plain`.
//!
//! The browser tells no content type with a raw body, so the three are told apart by their own marks (HTML
//! Standard, "Form submission algorithm").

use std::borrow::Cow;
use std::fmt;

use super::multipart;
use super::{CaptureError, Endpoint, SamlPost};
use crate::limits::{MAX_BODY_BYTES, MAX_FORM_FIELDS};
use crate::octets::unescaped;
use crate::secret::Secret;
use crate::secret::Wipe;

/// The body of a POST as `webRequest` gives it. It does not print and is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// `requestBody.formData`: each name with its values, decoded by the browser.
    Form(Vec<(String, Vec<String>)>),
    /// `requestBody.raw`: the bytes as sent, in one or more chunks.
    Raw(Vec<Vec<u8>>),
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Form(_) => "Form([redacted])",
            Self::Raw(_) => "Raw([redacted])",
        })
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        match self {
            Self::Form(fields) => fields.iter_mut().flat_map(|(_, values)| values).for_each(Wipe::wipe),
            Self::Raw(chunks) => chunks.iter_mut().for_each(Wipe::wipe),
        }
    }
}

/// One field, borrowed from the body where it needed no decoding.
pub(super) type Field<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Every field of the body, in order.
pub(super) fn fields(body: &Body) -> Result<Vec<Field<'_>>, CaptureError> {
    match body {
        Body::Form(form) => parsed_fields(form),
        Body::Raw(chunks) => {
            let bytes = chunks.iter().fold(0_usize, |sum, chunk| sum.saturating_add(chunk.len()));
            check_size(bytes)?;
            match chunks.as_slice() {
                [] => Err(CaptureError::NoBody),
                [chunk] => raw_fields(chunk),
                // Joined first: a chunk may end inside a percent escape.
                chunks => {
                    let mut joined = chunks.concat();
                    let fields =
                        raw_fields(&joined).map(|fields| fields.into_iter().map(into_owned).collect());
                    joined.wipe();
                    fields
                }
            }
        }
    }
}

/// Picks the fields of a SAML POST out of a form.
pub(super) fn post(endpoint: Option<Endpoint>, fields: Vec<Field<'_>>) -> Result<SamlPost, CaptureError> {
    let mut response: Option<Cow<'_, str>> = None;
    let mut relay_state = None;
    let mut chosen_role = None;
    let mut request = false;
    for (name, value) in fields {
        match name.as_ref() {
            "SAMLResponse" if response.as_ref().is_some_and(|first| *first != value) => {
                return Err(CaptureError::SeveralSamlResponses);
            }
            "SAMLResponse" => response = Some(value),
            "RelayState" => relay_state = relay_state.or(not_empty(value)),
            "roleIndex" => chosen_role = chosen_role.or(not_empty(value)),
            "SAMLRequest" => request = true,
            _ => {}
        }
    }
    let missing = if request { CaptureError::SamlRequest } else { CaptureError::NoSamlResponse };
    let response = response.and_then(not_empty).map(Secret::new).ok_or(missing)?;
    Ok(SamlPost { endpoint, response, relay_state, chosen_role })
}

/// Refuses more bytes than are taken.
pub(super) fn check_size(bytes: usize) -> Result<(), CaptureError> {
    if bytes > MAX_BODY_BYTES {
        return Err(CaptureError::TooLarge { bytes, limit: MAX_BODY_BYTES });
    }
    Ok(())
}

/// Refuses one field more than are taken.
pub(super) fn check_fields(count: usize) -> Result<(), CaptureError> {
    if count > MAX_FORM_FIELDS {
        return Err(CaptureError::TooManyFields { limit: MAX_FORM_FIELDS });
    }
    Ok(())
}

/// Fields of an urlencoded body (URL Standard, `application/x-www-form-urlencoded` parsing). A broken escape stays as
/// it stands, bytes that are not UTF-8 become U+FFFD. `plus` says what a bare `+` means.
pub(super) fn urlencoded(body: &[u8], plus: Plus) -> Result<Vec<Field<'_>>, CaptureError> {
    let mut fields = Vec::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        check_fields(fields.len().saturating_add(1))?;
        let (name, value) = halves(pair);
        fields.push((decode(name, plus), decode(value, plus)));
    }
    Ok(fields)
}

/// What a bare `+` in an urlencoded text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plus {
    /// A space, as the URL Standard says.
    Space,
    /// Itself: in pasted base64 nobody escaped.
    Literal,
}

fn parsed_fields(form: &[(String, Vec<String>)]) -> Result<Vec<Field<'_>>, CaptureError> {
    let pairs = || form.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
    check_fields(pairs().take(MAX_FORM_FIELDS.saturating_add(1)).count())?;
    check_size(
        pairs()
            .fold(0_usize, |sum, (name, value)| sum.saturating_add(name.len()).saturating_add(value.len())),
    )?;
    if form.is_empty() {
        return Err(CaptureError::NoBody);
    }
    Ok(pairs().map(|(name, value)| (Cow::Borrowed(name.as_str()), Cow::Borrowed(value.as_str()))).collect())
}

fn raw_fields(body: &[u8]) -> Result<Vec<Field<'_>>, CaptureError> {
    if body.is_empty() {
        return Err(CaptureError::NoBody);
    }
    if let Some(boundary) = multipart::boundary(body) {
        return multipart::fields(body, boundary);
    }
    // Every entry of a text/plain form ends in CRLF; an urlencoded form holds no bare line break.
    if body.ends_with(b"\r\n") {
        return plain_fields(body);
    }
    urlencoded(body, Plus::Space)
}

/// Fields of a `text/plain` form: `name=value` lines, nothing escaped. A value may hold line breaks itself (base64
/// often does), so a field begins only at a name that these forms are known to use.
fn plain_fields(body: &[u8]) -> Result<Vec<Field<'_>>, CaptureError> {
    let mut fields: Vec<(&str, Vec<u8>)> = Vec::new();
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let (name, value) = halves(line);
        match (PLAIN_NAMES.iter().find(|known| known.as_bytes() == name), fields.last_mut()) {
            (Some(name), _) => fields.push((name, value.to_vec())),
            (None, Some((_, last))) => last.extend_from_slice(line),
            (None, None) => {}
        }
        check_fields(fields.len())?;
    }
    let text = |value: Vec<u8>| {
        let value = value.strip_suffix(b"\r\n").unwrap_or(&value);
        Cow::Owned(String::from_utf8_lossy(value).into_owned())
    };
    Ok(fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), text(value))).collect())
}

/// The two sides of the first `=`.
pub(super) fn halves(pair: &[u8]) -> (&[u8], &[u8]) {
    let mut halves = pair.splitn(2, |byte| *byte == b'=');
    (halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
}

/// A name or a value without its escapes.
pub(super) fn decode(text: &[u8], plus: Plus) -> Cow<'_, str> {
    if !text.contains(&b'%') && (plus == Plus::Literal || !text.contains(&b'+')) {
        return String::from_utf8_lossy(text);
    }
    let bytes = unescaped(text, if plus == Plus::Space { b' ' } else { b'+' });
    let text = String::from_utf8(bytes);
    Cow::Owned(text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn not_empty(value: Cow<'_, str>) -> Option<String> {
    (!value.is_empty()).then(|| value.into_owned())
}

fn into_owned(field: Field<'_>) -> Field<'static> {
    (Cow::Owned(field.0.into_owned()), Cow::Owned(field.1.into_owned()))
}

/// Names of a sign-in form: SAML bindings 3.4 and 3.5, and the fields of AWS's role page.
const PLAIN_NAMES: [&str; 8] =
    ["SAMLResponse", "RelayState", "roleIndex", "SAMLRequest", "SAMLEncoding", "SigAlg", "name", "portal"];

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
