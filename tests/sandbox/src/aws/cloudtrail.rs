//! CloudTrail of every region: `LookupEvents` by access key, signed, and the record of what the sandbox's IAM and CloudTrail were
//! asked. A call stands in it once it was answered, where the real service takes minutes.

use hyper::Method;

use super::Issued;
use super::iam::may_read;
use super::signed::{Denied, verify};
use crate::sandbox::World;
use crate::web::{Ask, Reply};
use crate::{clock, random};

/// One recorded call.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    access_key_id: String,
    region: String,
    json: String,
}

/// What there is to record of a call.
pub(crate) struct Call<'a> {
    pub(crate) source: &'a str,
    pub(crate) name: &'a str,
    pub(crate) region: &'a str,
    /// Type and name.
    pub(crate) resource: Option<(&'a str, String)>,
    pub(crate) denied: bool,
}

/// Writes a call down.
pub(crate) fn record(world: &World, issued: &Issued, call: Call<'_>) {
    let id = random::uuid();
    let now = clock::now(world.faults.skew());
    let error = if call.denied { ",\"errorCode\":\"AccessDenied\"" } else { "" };
    let record = format!(
        "{{\"eventVersion\":\"1.11\",\"userIdentity\":{{\"type\":\"AssumedRole\",\"arn\":{},\"accessKeyId\":{}}},\
         \"eventTime\":{},\"eventSource\":{},\"eventName\":{},\"awsRegion\":{},\"sourceIPAddress\":\"192.0.2.17\",\
         \"readOnly\":true,\"eventID\":{}{error}}}",
        quoted(&issued.assumed_role_arn),
        quoted(&issued.access_key_id),
        quoted(&clock::iso(now)),
        quoted(call.source),
        quoted(call.name),
        quoted(call.region),
        quoted(&id),
    );
    let resources = call.resource.map_or_else(String::new, |(kind, name)| {
        format!("{{\"ResourceType\":{},\"ResourceName\":{}}}", quoted(kind), quoted(&name))
    });
    let session = issued.assumed_role_arn.rsplit('/').next().unwrap_or_default();
    let json = format!(
        "{{\"EventId\":{},\"EventName\":{},\"ReadOnly\":\"true\",\"AccessKeyId\":{},\"EventTime\":{}.0,\"EventSource\":{},\
         \"Username\":{},\"Resources\":[{resources}],\"CloudTrailEvent\":{}}}",
        quoted(&id),
        quoted(call.name),
        quoted(&issued.access_key_id),
        now.unix_timestamp(),
        quoted(call.source),
        quoted(session),
        quoted(&record),
    );
    let region = call.region.to_owned();
    world.remember_event(Event { access_key_id: issued.access_key_id.clone(), region, json });
}

/// Answers a call.
pub(crate) fn answer(ask: &Ask, world: &World) -> Reply {
    let now = clock::now(world.faults.skew());
    let region = ask.host.split('.').nth(1).unwrap_or_default();
    let reply = match verify(ask, "cloudtrail", region, now, world) {
        _ if ask.method != Method::POST || ask.path != "/" => {
            error(404, "UnknownOperationException", "Post to /")
        }
        Ok(issued) => act(ask, &issued, region, world),
        Err(denied) => refuse(&denied),
    };
    reply.with_header("date", &clock::http_date(now))
}

fn refuse(denied: &Denied) -> Reply {
    let invalid = "The security token included in the request is invalid.";
    match denied {
        Denied::Missing => error(400, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        Denied::Unknown => error(400, "UnrecognizedClientException", invalid),
        Denied::Expired => {
            error(400, "ExpiredTokenException", "The security token included in the request is expired")
        }
        Denied::Time(message) => error(400, "InvalidSignatureException", message),
        Denied::Mismatch => error(
            400,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.",
        ),
    }
}

fn act(ask: &Ask, issued: &Issued, region: &str, world: &World) -> Reply {
    if ask.header("x-amz-target") != Some(TARGET) || ask.header("content-type") != Some(JSON) {
        return error(400, "UnknownOperationException", "");
    }
    let own = issued.role_arn.rsplit('/').next().unwrap_or_default();
    let call = |denied| Call {
        source: "cloudtrail.amazonaws.com",
        name: "LookupEvents",
        region,
        resource: None,
        denied,
    };
    if !may_read(own) {
        record(world, issued, call(true));
        return error(
            400,
            "AccessDeniedException",
            &format!(
                "User: {} is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy allows the \
                 cloudtrail:LookupEvents action",
                issued.assumed_role_arn
            ),
        );
    }
    let body = String::from_utf8_lossy(&ask.body);
    let asked = body.split("\"AttributeKey\": \"AccessKeyId\", \"AttributeValue\": \"").nth(1);
    let Some(key) = asked.and_then(|rest| rest.split('"').next()) else {
        return error(400, "InvalidLookupAttributesException", "The sandbox looks up by AccessKeyId alone.");
    };
    let is_of = |event: &Event| event.access_key_id == key && event.region == region;
    let found: Vec<String> =
        world.events().into_iter().rev().filter(is_of).map(|event| event.json).take(50).collect();
    record(world, issued, call(false));
    Reply::new(200, JSON, format!("{{\"Events\":[{}]}}", found.join(",")))
}

fn error(status: u16, code: &str, message: &str) -> Reply {
    Reply::new(status, JSON, format!("{{\"__type\":{},\"Message\":{}}}", quoted(code), quoted(message)))
}

/// A string of JSON.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

const JSON: &str = "application/x-amz-json-1.1";

const TARGET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
