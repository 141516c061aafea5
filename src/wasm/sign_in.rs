//! What the background asks: what a POST says, a role's credentials from STS, and those as text.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::{throw, thrown};
use super::http::{Answer, Request};
use super::wire::{self, Captured, HeldCredentials, RegionPreference};
use crate::limits::MAX_STS_ANSWER_BYTES;
use crate::sts::retry::{self, Retry};
use crate::view::SignIn;
use crate::{aws, saml, sts};

/// What a captured POST, or a pasted text, says: a `BriefSignIn`. Throws a `Failure`.
#[wasm_bindgen(js_name = readSignIn, unchecked_return_type = "BriefSignIn")]
pub fn read_sign_in(captured: Captured) -> Result<JsValue, JsValue> {
    let shown: SignIn = captured.sign_in().map_err(|error| thrown(&error))?;
    wire::write_sign_in(&shown)
}

/// The request to STS for a role's credentials: the role and provider must be a pair of the assertion. Throws a `Failure`.
#[wasm_bindgen(js_name = assumeRoleRequest)]
pub fn assume_role_request(
    captured: Captured,
    role: &str,
    provider: &str,
    regions: RegionPreference,
) -> Result<Request, JsValue> {
    let post = captured.post().map_err(|error| thrown(&error))?;
    // The response goes to STS, which is what the person clicked for.
    let response = saml::read(post.response.expose()).map_err(|error| thrown(&error))?;
    let claims = aws::read(&response);
    let grant = sts::find_grant(&claims, role, provider).map_err(|error| thrown(&error))?;
    let sign_in_region = post.endpoint.as_ref().and_then(|endpoint| endpoint.region.as_deref());
    let partition = grant.role.partition();
    let region = sts::choose_region(sign_in_region, regions.of(partition).as_deref(), partition);
    let request =
        sts::request(grant, post.response.expose(), region, None).map_err(|error| thrown(&error))?;
    Ok(Request::of(&request, region, MAX_STS_ANSWER_BYTES))
}

/// The credentials in what came of that request at its try number `attempt`, from 0; or the milliseconds to wait before it is
/// sent again. `now` is in epoch milliseconds, `random` from 0 up to 1. Throws a `Failure`.
#[wasm_bindgen(js_name = readAssumeRole, unchecked_return_type = "Credentials | number")]
pub fn read_assume_role(
    answer: Answer,
    role: &str,
    provider: &str,
    region: &str,
    attempt: u32,
    now: f64,
    random: f64,
) -> Result<JsValue, JsValue> {
    let read = wire::grant(role, provider, region)
        .and_then(|(grant, region)| sts::read(&answer.read()?, &grant, region, wire::time(now / 1000.0)));
    match read {
        Ok(credentials) => Ok(HeldCredentials::of(&credentials).into()),
        Err(error) => match retry::after(attempt, &error, random) {
            Retry::Again { after_ms } => Ok(after_ms.into()),
            Retry::GiveUp => Err(thrown(&error)),
        },
    }
}

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
