//! CloudTrail's `LookupEvents` (JSON 1.1, API 2013-11-01): the events of one access key, newest first, and their JSON.

use super::answer::text_of;
use super::sign::{Scope, sign};
use super::{ApiError, Call};
use crate::limits::{MAX_EVENT_RESOURCES, MAX_EVENTS};
use crate::policy::json::{self, Kind, Value};
use crate::secret::Secret;
use crate::sts::{Credentials, HttpRequest, HttpResponse};
use crate::time::UnixTime;

/// What CloudTrail has of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    /// Newest first, at most [`MAX_EVENTS`].
    pub events: Vec<Event>,
    /// Whether there are older ones.
    pub more: bool,
}

/// One recorded call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// `EventId`.
    pub id: String,
    /// `EventTime`.
    pub time: Option<UnixTime>,
    /// `EventSource`, such as `s3.amazonaws.com`.
    pub source: String,
    /// `EventName`, such as `CreateBucket`.
    pub name: String,
    /// `ReadOnly`: whether the call changed nothing.
    pub read_only: Option<bool>,
    /// `Resources`, at most [`MAX_EVENT_RESOURCES`].
    pub resources: Vec<Resource>,
    /// `errorCode` of the record, such as `AccessDenied`.
    pub error: Option<String>,
    /// `awsRegion` of the record.
    pub region: Option<String>,
    /// `sourceIPAddress` of the record: an address, or a service's name.
    pub source_ip: Option<String>,
}

impl Event {
    /// The service as people say it, such as `s3`.
    #[must_use]
    pub fn service(&self) -> &str {
        self.source.split_once(".amazonaws.com").map_or(self.source.as_str(), |(service, _)| service)
    }
}

/// Something that a call was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// `ResourceType`, such as `AWS::S3::Bucket`; may be empty.
    pub kind: String,
    /// `ResourceName`.
    pub name: String,
}

/// Asks the CloudTrail of `region` for the last events of the credentials' access key.
pub fn lookup_events(
    credentials: &Credentials,
    region: &str,
    now: UnixTime,
) -> Result<HttpRequest, ApiError> {
    let partition = credentials.role.partition();
    let (Some(host), Some(region)) = (partition.cloudtrail_host(region), partition.region(region)) else {
        let region = region.chars().take(40).collect();
        return Err(ApiError::RegionOfOtherPartition { region, partition });
    };
    // An access key id has letters and digits and nothing that JSON would escape.
    let key: String = credentials.access_key_id.chars().filter(char::is_ascii_alphanumeric).collect();
    let request = HttpRequest {
        method: "POST",
        url: format!("https://{host}/"),
        headers: vec![
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target", TARGET.to_owned()),
        ],
        security_token: None,
        body: Secret::new(format!(
            "{{\"LookupAttributes\": [{{\"AttributeKey\": \"AccessKeyId\", \"AttributeValue\": \"{key}\"}}], \
             \"MaxResults\": {MAX_EVENTS}}}"
        )),
    };
    sign(request, Scope { service: "cloudtrail", region }, credentials, now)
}

/// The events in an answer to [`lookup_events`] that came at `now`.
pub fn read_events(answer: &HttpResponse, now: UnixTime) -> Result<Events, ApiError> {
    let text = text_of(answer, Call::LookupEvents, now)?;
    events_in(text).ok_or(ApiError::UnreadableAnswer { status: answer.status })
}

fn events_in(text: &str) -> Option<Events> {
    let answer = json::parse(text).ok()?;
    let Kind::List(listed) = &answer.member("Events")?.kind else { return None };
    let events = listed.iter().take(MAX_EVENTS).map(event).collect();
    Some(Events { events, more: string(&answer, "NextToken").is_some() || listed.len() > MAX_EVENTS })
}

fn event(value: &Value) -> Event {
    // The record itself stands in the event as a text; one that cannot be read leaves three cells empty.
    let record = string(value, "CloudTrailEvent").and_then(|text| json::parse(text).ok());
    let of_record = |name| record.as_ref().and_then(|record| string(record, name)).map(str::to_owned);
    let field = |name| string(value, name).unwrap_or_default().to_owned();
    Event {
        id: field("EventId"),
        time: value.member("EventTime").and_then(time),
        source: field("EventSource"),
        name: field("EventName"),
        read_only: match string(value, "ReadOnly") {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        },
        resources: resources(value),
        error: of_record("errorCode"),
        region: of_record("awsRegion"),
        source_ip: of_record("sourceIPAddress"),
    }
}

fn resources(value: &Value) -> Vec<Resource> {
    let Some(Kind::List(listed)) = value.member("Resources").map(|value| &value.kind) else {
        return Vec::new();
    };
    let resource = |value: &Value| {
        let kind = string(value, "ResourceType").unwrap_or_default().to_owned();
        Some(Resource { kind, name: string(value, "ResourceName")?.to_owned() })
    };
    listed.iter().filter_map(resource).take(MAX_EVENT_RESOURCES).collect()
}

fn string<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    match &value.member(name)?.kind {
        Kind::Text(text) => Some(text),
        _ => None,
    }
}

/// Epoch seconds, with a fraction or an exponent (JSON 1.1), or a date.
#[expect(clippy::as_conversions, reason = "there is no From<f64> for i64; the cast saturates")]
fn time(value: &Value) -> Option<UnixTime> {
    match &value.kind {
        Kind::Number(number) => {
            number.parse::<f64>().ok().map(|seconds| UnixTime::from_seconds(seconds as i64))
        }
        Kind::Text(text) => UnixTime::parse_xs(text),
        _ => None,
    }
}

const TARGET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::aws::{ProviderArn, RoleArn};

    const NOW: UnixTime = UnixTime::from_seconds(1_790_000_000);

    fn answer(body: &str) -> HttpResponse {
        HttpResponse {
            status: 200,
            content_type: Some("application/x-amz-json-1.1".to_owned()),
            date: None,
            retry_after: None,
            body: Secret::new(body.as_bytes().to_vec()),
        }
    }

    #[test]
    fn events_are_read_with_what_their_record_says() {
        let record = json!({"eventVersion": "1.08", "awsRegion": "eu-west-1", "sourceIPAddress": "192.0.2.7",
            "errorCode": "AccessDenied", "requestParameters": {"bucketName": "b"}});
        let body = json!({"Events": [
            {"EventId": "e-1", "EventTime": 1_790_000_000.5, "EventSource": "s3.amazonaws.com", "EventName": "CreateBucket",
             "ReadOnly": "false", "Username": "ada", "AccessKeyId": "ASIAEXAMPLE", "CloudTrailEvent": record.to_string(),
             "Resources": [{"ResourceType": "AWS::S3::Bucket", "ResourceName": "b"}, {"ResourceType": "x"}]},
            {"EventId": "e-2", "EventTime": 1.79e9, "CloudTrailEvent": "cut off {"},
        ], "NextToken": "t"});
        let Events { events, more } = read_events(&answer(&body.to_string()), NOW).unwrap();
        assert!(more);
        assert_eq!(events.len(), 2);
        assert_eq!(
            events[0],
            Event {
                id: "e-1".into(),
                time: Some(NOW),
                source: "s3.amazonaws.com".into(),
                name: "CreateBucket".into(),
                read_only: Some(false),
                resources: vec![Resource { kind: "AWS::S3::Bucket".into(), name: "b".into() }],
                error: Some("AccessDenied".into()),
                region: Some("eu-west-1".into()),
                source_ip: Some("192.0.2.7".into()),
            }
        );
        assert_eq!(events[0].service(), "s3");
        assert_eq!(events[1], Event { id: "e-2".into(), time: Some(NOW), ..Event::default() });
    }

    #[test]
    fn no_events_are_an_answer_and_no_list_is_none() {
        assert_eq!(
            read_events(&answer("{\"Events\":[]}"), NOW),
            Ok(Events { events: Vec::new(), more: false })
        );
        for body in ["", "{}", "[]", "{\"Events\":{}}", "<Events/>", "{\"Events\":["] {
            assert_eq!(
                read_events(&answer(body), NOW).unwrap_err().code(),
                "api.unreadable_answer",
                "{body}"
            );
        }
    }

    #[test]
    fn a_region_of_another_partition_is_not_asked() {
        let credentials = Credentials {
            access_key_id: "ASIA\"EXAMPLE".into(),
            secret_access_key: Secret::new("s".into()),
            session_token: Secret::new("t".into()),
            expiration: NOW,
            assumed_role_arn: None,
            role: RoleArn::parse("arn:aws-cn:iam::111122223333:role/Dev").unwrap(),
            provider: ProviderArn::parse("arn:aws-cn:iam::111122223333:saml-provider/Idp").unwrap(),
            region: "cn-north-1",
        };
        let refused = lookup_events(&credentials, "us-east-1", NOW).unwrap_err();
        assert_eq!(
            (refused.code(), refused.args()[0].as_str()),
            ("api.region_of_other_partition", "us-east-1")
        );
        let request = lookup_events(&credentials, "cn-north-1", NOW).unwrap();
        assert_eq!(request.url, "https://cloudtrail.cn-north-1.amazonaws.com.cn/");
        assert!(request.body.expose().contains("\"ASIAEXAMPLE\""));
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reading(text in "[{}\\[\\]\",:\\\\u0-9a-fE \\PC]{0,80}") {
            let _ = events_in(&text);
            let _ = events_in(&format!("{{\"Events\":[{text}]}}"));
        }
    }
}
