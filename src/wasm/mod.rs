//! The browser's door: exported functions that parse, make one call of the core, and serialise. The only place that
//! names a JavaScript type.

mod error;
#[expect(dead_code, reason = "the page that opens files is not there yet")]
mod har;
mod host;
mod text;
mod wire;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::view::SignIn;
use crate::{aws, saml, sts};
use error::{throw, thrown};
use wire::{Captured, Credentials, HeldCredentials, RegionPreference};

/// What a captured POST, or a pasted text, says: a `BriefSignIn`. Throws a `Failure`.
#[wasm_bindgen(js_name = readSignIn, unchecked_return_type = "BriefSignIn")]
pub fn read_sign_in(captured: Captured) -> Result<JsValue, JsValue> {
    let shown: SignIn = captured.sign_in().map_err(|error| thrown(&error))?;
    wire::write(&shown)
}

/// Credentials of a role from STS: the role and provider must be a pair of the assertion. Throws a `Failure`.
#[wasm_bindgen(js_name = assumeRole, unchecked_return_type = "Credentials")]
pub async fn assume_role(
    captured: Captured,
    role: String,
    provider: String,
    regions: RegionPreference,
) -> Result<JsValue, JsValue> {
    let post = captured.post().map_err(|error| thrown(&error))?;
    // The response goes to STS, which is what the person clicked for.
    let response = saml::read(post.response.expose()).map_err(|error| thrown(&error))?;
    let claims = aws::read(&response);
    let grant = sts::find_grant(&claims, &role, &provider).map_err(|error| thrown(&error))?;
    let sign_in_region = post.endpoint.as_ref().and_then(|endpoint| endpoint.region.as_deref());
    let partition = grant.role.partition();
    let region = sts::choose_region(sign_in_region, regions.of(partition).as_deref(), partition);
    let credentials = host::assume_role(grant, post.response.expose(), region).await;
    wire::write_secret(&Credentials::from(&credentials.map_err(|error| thrown(&error))?))
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
