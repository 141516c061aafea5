//! What the background asks: what a POST says, a role's credentials from STS, and those as text.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::{throw, thrown};
use super::http::{Answer, Request};
use super::wire::{self, Captured, HeldCredentials, RegionPreference, Wanted};
use crate::audit::ServerClock;
use crate::limits::MAX_STS_ANSWER_BYTES;
use crate::sts::retry::{self, Retry};
use crate::time::UnixTime;
use crate::view::{Notice, SignIn};
use crate::{aws, saml, sts, view};

/// What a captured POST, or a pasted text, says: a `BriefSignIn`. Throws a `Failure`.
#[wasm_bindgen(js_name = readSignIn, unchecked_return_type = "BriefSignIn")]
pub fn read_sign_in(captured: Captured) -> Result<JsValue, JsValue> {
    let shown: SignIn = captured.sign_in().map_err(|error| thrown(&error))?;
    wire::write_sign_in(&shown)
}

/// The request to STS for a role's credentials: the role and provider must be a pair of the assertion. Throws a `Failure`.
#[wasm_bindgen(js_name = assumeRoleRequest)]
pub fn assume_role_request(wanted: Wanted, regions: RegionPreference) -> Result<Request, JsValue> {
    let post = wanted.captured().post().map_err(|error| thrown(&error))?;
    // The response goes to STS, which is what the person clicked for.
    let response = saml::read(post.response.expose()).map_err(|error| thrown(&error))?;
    let claims = aws::read(&response);
    let grant =
        sts::find_grant(&claims, &wanted.role(), &wanted.provider()).map_err(|error| thrown(&error))?;
    let sign_in_region = post.endpoint.as_ref().and_then(|endpoint| endpoint.region.as_deref());
    let partition = grant.role.partition();
    let region = sts::choose_region(sign_in_region, regions.of(partition).as_deref(), partition);
    let request =
        sts::request(grant, post.response.expose(), region, None).map_err(|error| thrown(&error))?;
    Ok(Request::of(&request, region, MAX_STS_ANSWER_BYTES))
}

/// The credentials in what came of that request at its try number `attempt`, from 0; or the milliseconds to wait before it is
/// sent again. `now` is in epoch milliseconds, `random` from 0 up to 1. Throws a `Failure`, explained by what can be seen of the sign-in.
#[wasm_bindgen(js_name = readAssumeRole, unchecked_return_type = "Credentials | number")]
pub fn read_assume_role(
    answer: Answer,
    wanted: Wanted,
    region: &str,
    attempt: u32,
    now: f64,
    random: f64,
) -> Result<JsValue, JsValue> {
    let now = wire::time(now / 1000.0);
    let (role, provider) = (wanted.role(), wanted.provider());
    let read = wire::grant(&role, &provider, region)
        .and_then(|(grant, region)| sts::read(&answer.read()?, &grant, region, now));
    let error = match read {
        Ok(credentials) => return Ok(HeldCredentials::of(&credentials).into()),
        Err(error) => error,
    };
    if let Retry::Again { after_ms } = retry::after(attempt, &error, random) {
        return Ok(after_ms.into());
    }
    let post = wanted.captured().post().map_err(|error| thrown(&error))?;
    let clock = answer.date().map(|server| ServerClock { host: String::from(STS), server, browser: now });
    Err(throw(&view::explained(&error, &post, Some((&role, &provider)), now, clock.as_ref())))
}

/// The time that an answer of `host` carried (`date`, as its header writes it) when it was `at` by this computer's clock, in epoch
/// seconds, with what that says about this clock: a `Clock`; null when the header holds no time.
#[wasm_bindgen(js_name = readClock, unchecked_return_type = "Clock | null")]
pub fn read_clock(host: &str, date: &str, at: f64) -> Result<JsValue, JsValue> {
    let Some(server) = UnixTime::parse_http(date) else { return Ok(JsValue::NULL) };
    let clock = ServerClock { host: host.to_owned(), server, browser: wire::time(at) };
    let notice = view::clock_notice(&clock);
    let ServerClock { host, server, browser } = clock;
    wire::write(&Clock { host, server: server.seconds(), browser: browser.seconds(), notice })
}

/// A server's time beside this computer's, in epoch seconds.
#[derive(Serialize)]
struct Clock {
    host: String,
    server: i64,
    browser: i64,
    notice: Option<Notice>,
}

/// What to call the server that a refusal came from.
const STS: &str = "AWS STS";

/// Credentials as text for one destination. Throws a `Failure`.
#[wasm_bindgen(js_name = writeCredentials)]
pub fn write_credentials(
    credentials: HeldCredentials,
    format: &str,
    regions: RegionPreference,
) -> Result<String, JsValue> {
    let text = credentials.write(format, &regions).map_err(|failure| throw(&failure))?;
    // The text goes to the clipboard, which is what the person clicked for.
    Ok(text.expose().clone())
}
