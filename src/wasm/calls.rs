//! What the background asks of AWS with credentials that it holds: signed requests, and what their answers say. `now` is in epoch
//! milliseconds, `random` from 0 up to 1; a number for an answer is the milliseconds to wait before the request is signed and sent again.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::{throw, thrown};
use super::http::{Answer, Request};
use super::wire::{self, HeldCredentials};
use crate::api::{self, ApiError};
use crate::limits::MAX_API_ANSWER_BYTES;
use crate::sts::retry::Retry;
use crate::sts::{Credentials, HttpRequest, HttpResponse, StsError};
use crate::view::Failure;

/// The request for the role that the credentials are of. Throws a `Failure`.
#[wasm_bindgen(js_name = roleRequest)]
pub fn role_request(credentials: &HeldCredentials, now: f64) -> Result<Request, JsValue> {
    let credentials = held(credentials)?;
    global(&credentials, api::get_role(&credentials, wire::time(now / 1000.0)))
}

/// The role in what came of that request. Throws a `Failure`.
#[wasm_bindgen(js_name = readRole, unchecked_return_type = "RoleFacts | number")]
pub fn read_role(answer: &Answer, attempt: u32, now: f64, random: f64) -> Result<JsValue, JsValue> {
    let read = answered(answer).and_then(|answer| api::read_role(&answer, wire::time(now / 1000.0)));
    again_or(attempt, random, read.map(|role| wire::write(&Role::of(&role))))
}

/// The request for the alias of the credentials' account. Throws a `Failure`.
#[wasm_bindgen(js_name = aliasRequest)]
pub fn alias_request(credentials: &HeldCredentials, now: f64) -> Result<Request, JsValue> {
    let credentials = held(credentials)?;
    global(&credentials, api::list_account_aliases(&credentials, wire::time(now / 1000.0)))
}

/// The alias in what came of that request. Throws a `Failure`.
#[wasm_bindgen(js_name = readAlias, unchecked_return_type = "string | null | number")]
pub fn read_alias(answer: &Answer, attempt: u32, now: f64, random: f64) -> Result<JsValue, JsValue> {
    let read = answered(answer).and_then(|answer| api::read_alias(&answer, wire::time(now / 1000.0)));
    again_or(attempt, random, read.map(|alias| wire::write(&alias)))
}

/// The request for the last events of the credentials' access key in a region. Throws a `Failure`.
#[wasm_bindgen(js_name = eventsRequest)]
pub fn events_request(credentials: &HeldCredentials, region: &str, now: f64) -> Result<Request, JsValue> {
    let credentials = held(credentials)?;
    let request = api::lookup_events(&credentials, region, wire::time(now / 1000.0));
    Ok(Request::of(&request.map_err(|error| thrown(&error))?, region, MAX_API_ANSWER_BYTES))
}

/// The events in what came of that request. Throws a `Failure`.
#[wasm_bindgen(js_name = readEvents, unchecked_return_type = "Events | number")]
pub fn read_events(answer: &Answer, attempt: u32, now: f64, random: f64) -> Result<JsValue, JsValue> {
    let read = answered(answer).and_then(|answer| api::read_events(&answer, wire::time(now / 1000.0)));
    again_or(attempt, random, read.map(|events| wire::write(&Events::of(&events))))
}

fn held(credentials: &HeldCredentials) -> Result<Credentials, JsValue> {
    credentials.parsed().ok_or_else(|| throw(&Failure::new("host.no_credentials", Vec::new())))
}

/// A request to IAM, which has one endpoint.
fn global(credentials: &Credentials, request: Result<HttpRequest, ApiError>) -> Result<Request, JsValue> {
    let (_, region) = credentials.role.partition().iam_endpoint();
    Ok(Request::of(&request.map_err(|error| thrown(&error))?, region, MAX_API_ANSWER_BYTES))
}

fn answered(answer: &Answer) -> Result<HttpResponse, ApiError> {
    answer.read().map_err(|error| match error {
        StsError::Timeout => ApiError::Timeout,
        StsError::Offline => ApiError::Offline,
        _ => ApiError::Network,
    })
}

fn again_or(
    attempt: u32,
    random: f64,
    read: Result<Result<JsValue, JsValue>, ApiError>,
) -> Result<JsValue, JsValue> {
    match read {
        Ok(written) => written,
        Err(error) => match api::after(attempt, &error, random) {
            Retry::Again { after_ms } => Ok(after_ms.into()),
            Retry::GiveUp => Err(thrown(&error)),
        },
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Role<'r> {
    name: &'r str,
    arn: &'r str,
    max_session_duration: u32,
    description: &'r str,
    create_date: Option<i64>,
    last_used: Option<i64>,
    trust_policy: &'r str,
}

impl<'r> Role<'r> {
    fn of(role: &'r api::Role) -> Self {
        Self {
            name: &role.name,
            arn: &role.arn,
            max_session_duration: role.max_session_seconds,
            description: &role.description,
            create_date: role.created.map(|time| time.seconds()),
            last_used: role.last_used.map(|time| time.seconds()),
            trust_policy: &role.trust_policy,
        }
    }
}

#[derive(Serialize)]
struct Events<'e> {
    events: Vec<Event<'e>>,
    more: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'e> {
    id: &'e str,
    time: Option<i64>,
    service: &'e str,
    name: &'e str,
    resources: Vec<Resource<'e>>,
    error: Option<&'e str>,
    read_only: Option<bool>,
    region: Option<&'e str>,
    source_ip: Option<&'e str>,
}

#[derive(Serialize)]
struct Resource<'e> {
    #[serde(rename = "type")]
    kind: &'e str,
    name: &'e str,
}

impl<'e> Events<'e> {
    fn of(read: &'e api::Events) -> Self {
        let event = |event: &'e api::Event| Event {
            id: &event.id,
            time: event.time.map(|time| time.seconds()),
            service: event.service(),
            name: &event.name,
            resources: event
                .resources
                .iter()
                .map(|resource| Resource { kind: &resource.kind, name: &resource.name })
                .collect(),
            error: event.error.as_deref(),
            read_only: event.read_only,
            region: event.region.as_deref(),
            source_ip: event.source_ip.as_deref(),
        };
        Self { events: read.events.iter().map(event).collect(), more: read.more }
    }
}
