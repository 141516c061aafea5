//! Tests of [`read`](super::read), with answers as AWS and what stands before it give them.

use proptest::prelude::*;

use super::*;
use crate::secret::Secret;

const NOW: UnixTime = UnixTime::from_seconds(1_790_000_000);

const SUCCESS: &str = r#"<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithSAMLResult>
    <Issuer>https://idp.example.com/shibboleth</Issuer>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::111122223333:assumed-role/Dev/ada@example.com</Arn>
      <AssumedRoleId>ARO456EXAMPLE789:ada@example.com</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAV3ZUEFP6EXAMPLE</AccessKeyId>
      <SecretAccessKey>8P+SQvWIuLnKhh8d++jpw0nNmQRBZvNEXAMPLEKEY</SecretAccessKey>
      <SessionToken>IQoJb3JpZ2luX2VjEOz//EXAMPLE+token==</SessionToken>
      <Expiration>2026-09-21T15:13:20Z</Expiration>
    </Credentials>
    <Audience>https://signin.aws.amazon.com/saml</Audience>
    <SubjectType>transient</SubjectType>
    <PackedPolicySize>6</PackedPolicySize>
  </AssumeRoleWithSAMLResult>
  <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
</AssumeRoleWithSAMLResponse>"#;

fn answer(status: u16, content_type: &str, body: &str) -> HttpResponse {
    HttpResponse {
        status,
        content_type: Some(content_type.to_owned()),
        date: None,
        retry_after: None,
        body: Secret::new(body.as_bytes().to_vec()),
    }
}

fn grant() -> RoleGrant {
    RoleGrant::parse("arn:aws:iam::111122223333:role/team/Dev,arn:aws:iam::111122223333:saml-provider/Idp")
        .unwrap()
}

fn read_answer(answer: &HttpResponse) -> Result<Credentials, StsError> {
    read(answer, &grant(), "eu-west-1", NOW)
}

fn code(status: u16, content_type: &str, body: &str) -> &'static str {
    read_answer(&answer(status, content_type, body)).unwrap_err().code()
}

fn error_xml(code: &str, message: &str) -> String {
    format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <Error>\n    <Type>Sender</Type>\n    \
         <Code>{code}</Code>\n    <Message>{message}</Message>\n  </Error>\n  <RequestId>c6104cbe-af31</RequestId>\n</ErrorResponse>\n"
    )
}

#[test]
fn a_success_becomes_credentials_of_the_role_that_was_asked_for() {
    let credentials = read_answer(&answer(200, "text/xml", SUCCESS)).unwrap();
    assert_eq!(credentials.access_key_id, "ASIAV3ZUEFP6EXAMPLE");
    // The test compares AWS's published example.
    assert_eq!(credentials.secret_access_key.expose(), "8P+SQvWIuLnKhh8d++jpw0nNmQRBZvNEXAMPLEKEY");
    assert_eq!(credentials.session_token.expose(), "IQoJb3JpZ2luX2VjEOz//EXAMPLE+token==");
    assert_eq!(credentials.expiration.rfc3339(), "2026-09-21T15:13:20Z");
    assert_eq!(
        credentials.assumed_role_arn.as_deref(),
        Some("arn:aws:sts::111122223333:assumed-role/Dev/ada@example.com")
    );
    assert_eq!(credentials.account().as_str(), "111122223333");
    assert_eq!((credentials.role, credentials.provider), (grant().role, grant().provider));
    assert_eq!(credentials.region, "eu-west-1");
}

#[test]
fn a_success_that_lacks_a_field_is_no_success() {
    for field in ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"] {
        let without =
            SUCCESS.replace(&format!("<{field}>"), "<Other>").replace(&format!("</{field}>"), "</Other>");
        assert_eq!(code(200, "text/xml", &without), "sts.unreadable_answer", "{field}");
    }
    assert_eq!(code(200, "text/xml", &SUCCESS.replace("2026-09-21T15", "soon")), "sts.unreadable_answer");
    assert_eq!(code(200, "text/xml", SUCCESS.split_at(700).0), "sts.unreadable_answer");
    assert_eq!(code(404, "text/xml", SUCCESS), "sts.unreadable_answer");
}

#[test]
fn an_error_keeps_the_words_of_aws() {
    let body = error_xml("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML &amp; more");
    let error = read_answer(&answer(403, "text/xml", &body)).unwrap_err();
    assert_eq!(error.code(), "sts.access_denied");
    assert_eq!(error.aws_message(), Some("Not authorized to perform sts:AssumeRoleWithSAML & more"));
    assert_eq!(error.request_id(), Some("c6104cbe-af31"));
    assert_eq!(error.args(), [""; 0]);
}

#[test]
fn an_unknown_error_keeps_its_code_and_message() {
    let error = read_answer(&answer(400, "text/xml", &error_xml("BrandNew", "What now"))).unwrap_err();
    assert_eq!((error.code(), error.args()), ("sts.unknown", vec!["BrandNew".to_owned()]));
    assert_eq!(error.aws_message(), Some("What now"));
    let silent = read_answer(&answer(400, "text/xml", &error_xml("BrandNew", ""))).unwrap_err();
    assert_eq!(silent.aws_message(), Some("BrandNew"));
}

#[test]
fn a_region_that_is_not_active_is_named() {
    let error =
        read_answer(&answer(403, "text/xml", &error_xml("RegionDisabledException", "x"))).unwrap_err();
    assert_eq!((error.code(), error.args()), ("sts.region_disabled", vec!["eu-west-1".to_owned()]));
}

#[test]
fn json_errors_are_read() {
    let body = r#"{"Error":{"Code":"ExpiredTokenException","Message":"Response has expired"}}"#;
    assert_eq!(code(400, "application/json", body), "sts.response_expired");
    assert_eq!(code(200, "application/json", "{}"), "sts.unreadable_answer");
}

#[test]
fn a_web_page_is_a_captive_portal_unless_the_server_failed() {
    let page = "<!DOCTYPE html><html><body>Welcome to the hotel</body></html>";
    assert_eq!(code(200, "text/html; charset=utf-8", page), "sts.captive_portal");
    assert_eq!(code(200, "text/xml", page), "sts.captive_portal");
    assert_eq!(code(403, "", "\n <HTML>blocked"), "sts.captive_portal");
    assert_eq!(code(200, "text/html", "Welcome"), "sts.captive_portal");
    assert_eq!(code(302, "text/html", ""), "sts.captive_portal");
    assert_eq!(code(0, "", ""), "sts.captive_portal");
    assert_eq!(code(511, "text/html", page), "sts.captive_portal");
    assert_eq!(code(502, "text/html", page), "sts.server_error");
}

#[test]
fn an_empty_body_and_a_wrong_content_type_have_their_own_codes() {
    assert_eq!(code(200, "text/xml", ""), "sts.empty_answer");
    assert_eq!(code(400, "text/xml", " \r\n "), "sts.empty_answer");
    assert_eq!(code(503, "text/xml", ""), "sts.server_error");
    assert_eq!(code(200, "text/plain", "OK"), "sts.wrong_content_type");
    let binary = HttpResponse {
        status: 200,
        content_type: Some("image/png".into()),
        date: None,
        retry_after: None,
        body: Secret::new(vec![0x89, b'P', b'N', b'G', 0xff]),
    };
    let error = read_answer(&binary).unwrap_err();
    assert_eq!(
        (error.code(), error.args()),
        ("sts.wrong_content_type", vec!["image/png".to_owned(), "200".to_owned()])
    );
}

#[test]
fn a_server_error_keeps_what_aws_said_and_how_long_to_wait() {
    let mut failed = answer(500, "text/xml", &error_xml("InternalFailure", "try later"));
    failed.retry_after = Some("2".into());
    let error = read_answer(&failed).unwrap_err();
    assert_eq!((error.code(), error.args()), ("sts.server_error", vec!["500".to_owned()]));
    assert_eq!(error.aws_message(), Some("try later"));
    assert!(matches!(error, StsError::Server { retry_after: Some(2), .. }));
}

#[test]
fn retry_after_is_read_as_seconds_or_as_a_date() {
    assert_eq!(seconds_to_wait(" 120 ", NOW), Some(120));
    assert_eq!(seconds_to_wait("Mon, 21 Sep 2026 14:13:25 GMT", NOW), Some(5));
    assert_eq!(seconds_to_wait("Mon, 21 Sep 2026 14:13:15 GMT", NOW), Some(0));
    assert_eq!(seconds_to_wait("99999999999999", NOW), Some(u32::MAX));
    assert_eq!(seconds_to_wait("soon", NOW), None);
    assert_eq!(seconds_to_wait("", NOW), None);
}

#[test]
fn throttling_is_throttling_under_any_status() {
    for status in [400, 429, 503] {
        assert_eq!(code(status, "text/xml", &error_xml("Throttling", "Rate exceeded")), "sts.throttled");
    }
    assert_eq!(code(429, "text/plain", "slow down"), "sts.throttled");
}

#[test]
fn a_wrong_clock_is_named_when_the_refusal_is_about_time() {
    let body = error_xml("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance");
    let mut expired = answer(400, "text/xml", &body);
    let code_at = |date: &str, answer: &mut HttpResponse| {
        answer.date = Some(date.to_owned());
        let error = read_answer(answer).unwrap_err();
        (error.code(), error.args())
    };
    // NOW is 14:13:20.
    let (code, args) = code_at("Mon, 21 Sep 2026 14:03:20 GMT", &mut expired);
    assert_eq!((code, args), ("sts.clock_skew", vec!["600".to_owned()]));
    let error = read_answer(&expired).unwrap_err();
    assert!(matches!(error, StsError::ClockSkew { seconds: 600, reason: Reason::RedeemedTooLate, .. }));
    assert_eq!(error.aws_message(), Some("Token must be redeemed within 5 minutes of issuance"));
    assert_eq!(code_at("Mon, 21 Sep 2026 14:14:21 GMT", &mut expired).1, ["61"]);
    assert_eq!(code_at("Mon, 21 Sep 2026 14:14:20 GMT", &mut expired).0, "sts.redeemed_too_late");
    assert_eq!(code_at("later", &mut expired).0, "sts.redeemed_too_late");
    let mut denied = answer(403, "text/xml", &error_xml("AccessDenied", "x"));
    assert_eq!(code_at("Mon, 21 Sep 2026 10:00:00 GMT", &mut denied).0, "sts.access_denied");
}

#[test]
fn an_answer_past_the_limit_is_refused_unread() {
    let long = format!("<a>{}</a>", " ".repeat(MAX_STS_ANSWER_BYTES));
    assert_eq!(code(200, "text/xml", &long), "sts.answer_too_long");
}

#[test]
fn words_of_an_answer_are_cut_and_without_control_characters() {
    let body = error_xml(&"C".repeat(500), &format!("a\u{85}b{}", "m".repeat(5000)));
    let error = read_answer(&answer(400, "text/xml", &body)).unwrap_err();
    assert_eq!(error.args()[0].len(), 80);
    assert!(error.aws_message().is_some_and(|message| message.starts_with("a b") && message.len() == 1000));
}

proptest! {
    #[test]
    fn no_answer_stops_the_reading(
        status in any::<u16>(),
        content_type in prop::option::of("\\PC{0,20}"),
        date in prop::option::of("\\PC{0,30}"),
        retry_after in prop::option::of("\\PC{0,12}"),
        body in prop::collection::vec(any::<u8>(), 0..200),
        markup in "(<[a-zA-Z/]{0,12}>|\\PC){0,20}",
    ) {
        for body in [body, markup.into_bytes()] {
            let body = Secret::new(body);
            let answer = HttpResponse {
                status,
                content_type: content_type.clone(),
                date: date.clone(),
                retry_after: retry_after.clone(),
                body,
            };
            prop_assert!(read_answer(&answer).is_err());
        }
    }
}
