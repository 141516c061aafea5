//! An answer to `AssumeRoleWithSAML` to [`Credentials`], or to the [`StsError`] that says what came instead.

use super::answer::{Answer, read_xml};
use super::credentials::Credentials;
use super::error::{Refusal, StsError};
use super::http::HttpResponse;
use super::json;
use super::reason::Reason;
use crate::aws::RoleGrant;
use crate::limits::MAX_STS_ANSWER_BYTES;
use crate::octets::holds;
use crate::time::UnixTime;

/// Reads the answer to the request for `grant` that was sent to `region` and answered at `now`.
pub fn read(
    answer: &HttpResponse,
    grant: &RoleGrant,
    region: &'static str,
    now: UnixTime,
) -> Result<Credentials, StsError> {
    let status = answer.status;
    // The body is read here and nowhere else; what is secret in it goes into `Credentials`.
    let body = answer.body.expose();
    if body.len() > MAX_STS_ANSWER_BYTES {
        return Err(StsError::AnswerTooLong { bytes: body.len() });
    }
    if matches!(status, 0 | 300..=399 | 511) {
        return Err(StsError::CaptivePortal { status });
    }
    let text = std::str::from_utf8(body).unwrap_or_default().trim_start_matches('\u{feff}').trim();
    let read = match text.bytes().next() {
        Some(b'<') if !is_html(answer.content_type.as_deref(), text) => read_xml(text),
        Some(b'{') => Some(json::read_error(text)),
        _ => None,
    };
    if let Some(code) = read.as_ref().and_then(|read| read.error_code.as_deref()) {
        return Err(refused(answer, read.as_ref(), code, region, now));
    }
    if status >= 500 || status == 429 {
        return Err(refused(answer, read.as_ref(), "", region, now));
    }
    match read {
        Some(read) if (200..300).contains(&status) => {
            credentials(read, grant, region).ok_or(StsError::UnreadableAnswer { status })
        }
        Some(_) => Err(StsError::UnreadableAnswer { status }),
        None if body.iter().all(u8::is_ascii_whitespace) => Err(StsError::EmptyAnswer { status }),
        None if is_html(answer.content_type.as_deref(), text) => Err(StsError::CaptivePortal { status }),
        None if text.starts_with('<') => Err(StsError::UnreadableAnswer { status }),
        None => {
            let content_type = cut(answer.content_type.as_deref().unwrap_or_default(), MAX_CODE_CHARS);
            Err(StsError::WrongContentType { status, content_type })
        }
    }
}

fn credentials(mut read: Answer, grant: &RoleGrant, region: &'static str) -> Option<Credentials> {
    // Only to see that there is something in them.
    let secret_access_key = read.secret_access_key.take().filter(|secret| !secret.expose().is_empty())?;
    let session_token = read.session_token.take().filter(|token| !token.expose().is_empty())?;
    Some(Credentials {
        access_key_id: read.access_key_id.filter(|id| !id.is_empty())?,
        secret_access_key,
        session_token,
        expiration: UnixTime::parse_xs(read.expiration.as_deref()?)?,
        assumed_role_arn: read.assumed_role_arn,
        role: grant.role.clone(),
        provider: grant.provider.clone(),
        region,
    })
}

fn refused(
    answer: &HttpResponse,
    read: Option<&Answer>,
    code: &str,
    region: &'static str,
    now: UnixTime,
) -> StsError {
    let status = answer.status;
    let date = answer.date.as_deref().and_then(UnixTime::parse_http);
    let retry_after =
        answer.retry_after.as_deref().and_then(|text| seconds_to_wait(text, date.unwrap_or(now)));
    let message = read.and_then(|read| read.error_message.as_deref()).unwrap_or_default();
    let refusal = Refusal {
        status,
        code: cut(code, MAX_CODE_CHARS),
        message: cut(message, MAX_MESSAGE_CHARS),
        request_id: read.and_then(|read| read.request_id.as_deref()).map(|id| cut(id, MAX_CODE_CHARS)),
    };
    let reason = Reason::of(status, code, message, region);
    if status >= 500 && reason != Reason::Throttled {
        let refusal = (!code.is_empty()).then_some(refusal);
        return StsError::Server { status, retry_after, refusal };
    }
    let ahead = date.map_or(0, |date| now.seconds().saturating_sub(date.seconds()));
    if reason.is_about_time() && ahead.unsigned_abs() > MAX_CLOCK_SKEW_SECONDS {
        return StsError::ClockSkew { seconds: ahead, reason, refusal };
    }
    StsError::Refused { reason, refusal, retry_after }
}

/// `Retry-After` in seconds: a number of them, or a date (RFC 9110, 10.2.3).
pub(crate) fn seconds_to_wait(text: &str, now: UnixTime) -> Option<u32> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().unwrap_or(u32::MAX));
    }
    let seconds = UnixTime::parse_http(text)?.seconds().saturating_sub(now.seconds());
    Some(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX))
}

/// A web page by its content type or by how it begins. XHTML begins with `<?xml`, and says so in its type.
pub(crate) fn is_html(content_type: Option<&str>, text: &str) -> bool {
    let begins = |part: &str| text.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part));
    content_type.is_some_and(|content_type| holds(&content_type.to_ascii_lowercase(), "html"))
        || begins("<!doctype html")
        || begins("<html")
}

/// The beginning of a text of AWS's, on one line.
pub(crate) fn cut(text: &str, chars: usize) -> String {
    text.chars().take(chars).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Seconds by which the clocks may differ before it is worth a word; AWS's `Date` is cut to whole seconds and the
/// request takes up to ten.
pub(crate) const MAX_CLOCK_SKEW_SECONDS: u64 = 60;

/// The longest code of STS has 23 characters, a request id 36.
pub(crate) const MAX_CODE_CHARS: usize = 80;

/// AWS's validation messages quote the values they refuse.
pub(crate) const MAX_MESSAGE_CHARS: usize = 1000;

#[cfg(test)]
#[path = "response_tests.rs"]
mod tests;
