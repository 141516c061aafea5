//! What is the same in every answer: its length, whether it is AWS's at all, and AWS's refusals in XML (IAM) and JSON (CloudTrail).

use super::{ApiError, Call, Denial};
use crate::limits::MAX_API_ANSWER_BYTES;
use crate::sts::answer::{Answer, read_xml};
use crate::sts::response::{
    MAX_CLOCK_SKEW_SECONDS, MAX_CODE_CHARS, MAX_MESSAGE_CHARS, cut, is_html, seconds_to_wait,
};
use crate::sts::{HttpResponse, Refusal, json};
use crate::time::UnixTime;

/// The text of a successful answer to `call`, which came at `now`.
pub(super) fn text_of(answer: &HttpResponse, call: Call, now: UnixTime) -> Result<&str, ApiError> {
    let status = answer.status;
    // Neither call gives out a secret; the body is one by its type alone.
    let body = answer.body.expose();
    if body.len() > MAX_API_ANSWER_BYTES {
        return Err(ApiError::AnswerTooLong { bytes: body.len() });
    }
    if matches!(status, 0 | 300..=399 | 511) {
        return Err(ApiError::CaptivePortal { status });
    }
    let text = std::str::from_utf8(body).unwrap_or_default().trim_start_matches('\u{feff}').trim();
    if is_html(answer.content_type.as_deref(), text) {
        return Err(if status >= 500 {
            ApiError::Server { status, retry_after: None, refusal: None }
        } else {
            ApiError::CaptivePortal { status }
        });
    }
    if (200..300).contains(&status) {
        return Ok(text);
    }
    let read = match text.bytes().next() {
        Some(b'<') => read_xml(text),
        Some(b'{') => Some(json::read_error(text)),
        _ => None,
    };
    Err(refused(answer, read.unwrap_or_default(), call, now))
}

fn refused(answer: &HttpResponse, read: Answer, call: Call, now: UnixTime) -> ApiError {
    let status = answer.status;
    let date = answer.date.as_deref().and_then(UnixTime::parse_http);
    let retry_after =
        answer.retry_after.as_deref().and_then(|text| seconds_to_wait(text, date.unwrap_or(now)));
    let code = read.error_code.unwrap_or_default();
    let message = read.error_message.unwrap_or_default();
    let refusal = Refusal {
        status,
        code: cut(&code, MAX_CODE_CHARS),
        message: cut(&message, MAX_MESSAGE_CHARS),
        request_id: read.request_id.map(|id| cut(&id, MAX_CODE_CHARS)),
    };
    let denial = Denial::of(status, &code, &message);
    if status >= 500 && denial != Denial::Throttled {
        return ApiError::Server { status, retry_after, refusal: (!code.is_empty()).then_some(refusal) };
    }
    if code.is_empty() && denial != Denial::Throttled {
        return ApiError::UnreadableAnswer { status };
    }
    // "Signature expired: ... is now earlier than ..." and "Signature not yet current: ..." come under the code of a wrong signature.
    let is_about_time = matches!(denial, Denial::Signature | Denial::ExpiredToken)
        || matches!(code.as_str(), "RequestTimeTooSkewed" | "RequestInTheFuture");
    let ahead = date.map_or(0, |date| now.seconds().saturating_sub(date.seconds()));
    if is_about_time && ahead.unsigned_abs() > MAX_CLOCK_SKEW_SECONDS {
        return ApiError::ClockSkew { seconds: ahead, refusal };
    }
    ApiError::Refused { call, denial, refusal, retry_after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    const NOW: UnixTime = UnixTime::from_seconds(1_790_000_000);

    fn answer(status: u16, content_type: &str, body: &str) -> HttpResponse {
        HttpResponse {
            status,
            content_type: Some(content_type.to_owned()),
            date: Some("Mon, 21 Sep 2026 14:13:20 GMT".to_owned()),
            retry_after: None,
            body: Secret::new(body.as_bytes().to_vec()),
        }
    }

    fn error(status: u16, content_type: &str, body: &str) -> ApiError {
        text_of(&answer(status, content_type, body), Call::LookupEvents, NOW).unwrap_err()
    }

    fn xml(code: &str, message: &str) -> String {
        format!(
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>{code}</Code>\
             <Message>{message}</Message></Error><RequestId>8e5f</RequestId></ErrorResponse>"
        )
    }

    #[test]
    fn access_denied_is_read_in_the_xml_of_iam_and_in_the_json_of_cloudtrail() {
        let message = "User: arn:aws:sts::111122223333:assumed-role/Dev/ada is not authorized to perform: iam:GetRole on \
                       resource: role Dev because no identity-based policy allows the iam:GetRole action";
        let of_iam = error(403, "text/xml", &xml("AccessDenied", message));
        assert_eq!((of_iam.code(), of_iam.aws_message()), ("api.access_denied", Some(message)));
        let json = format!("{{\"__type\":\"AccessDeniedException\",\"Message\":\"{message}\"}}");
        let of_cloudtrail = error(400, "application/x-amz-json-1.1", &json);
        assert_eq!(of_cloudtrail.code(), "api.access_denied");
        assert_eq!(of_cloudtrail.args()[0], "cloudtrail:LookupEvents");
        assert_eq!(of_cloudtrail.aws_message(), Some(message));
    }

    #[test]
    fn every_refusal_has_a_code_of_its_own() {
        for (code, message, expected) in [
            ("ExpiredToken", "The security token included in the request is expired", "api.expired_token"),
            (
                "ExpiredTokenException",
                "The security token included in the request is expired",
                "api.expired_token",
            ),
            (
                "InvalidClientTokenId",
                "The security token included in the request is invalid.",
                "api.invalid_token",
            ),
            (
                "UnrecognizedClientException",
                "The security token included in the request is expired",
                "api.expired_token",
            ),
            (
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
                "api.invalid_token",
            ),
            ("SignatureDoesNotMatch", "The request signature we calculated does not match", "api.signature"),
            (
                "InvalidSignatureException",
                "The request signature we calculated does not match",
                "api.signature",
            ),
            ("NoSuchEntity", "The role with name Dev cannot be found.", "api.no_such_entity"),
            (
                "OptInRequired",
                "The AWS Access Key Id needs a subscription for the service",
                "api.region_disabled",
            ),
            ("ThrottlingException", "Rate exceeded", "api.throttled"),
            ("InvalidLookupAttributesException", "", "api.unknown"),
        ] {
            assert_eq!(error(400, "text/xml", &xml(code, message)).code(), expected, "{code} {message}");
        }
        assert_eq!(error(429, "text/plain", "").code(), "api.throttled");
    }

    #[test]
    fn a_refused_time_is_clock_skew_when_the_clocks_differ() {
        let body = xml(
            "SignatureDoesNotMatch",
            "Signature expired: 20260921T141320Z is now earlier than 20260921T151320Z",
        );
        let mut late = answer(403, "text/xml", &body);
        late.date = Some("Mon, 21 Sep 2026 15:13:20 GMT".to_owned());
        let error = text_of(&late, Call::GetRole, NOW).unwrap_err();
        assert_eq!((error.code(), error.args()), ("api.clock_skew", vec!["3600".to_owned()]));
        let near = answer(403, "text/xml", &body);
        assert_eq!(text_of(&near, Call::GetRole, NOW).unwrap_err().code(), "api.signature");
    }

    #[test]
    fn what_is_not_of_aws_is_told_from_a_refusal() {
        assert_eq!(error(200, "text/html", "<html>Wi-Fi</html>").code(), "api.captive_portal");
        assert_eq!(error(302, "text/plain", "").code(), "api.captive_portal");
        assert_eq!(error(502, "text/html", "<html>Bad gateway</html>").code(), "api.server_error");
        assert_eq!(error(503, "text/plain", "").code(), "api.server_error");
        assert_eq!(error(403, "text/plain", "blocked").code(), "api.unreadable_answer");
        let long = "a".repeat(MAX_API_ANSWER_BYTES + 1);
        assert_eq!(error(200, "text/plain", &long).code(), "api.answer_too_long");
    }
}
