//! The CloudTrail texts of a sign-in.

use js_sys::JsString;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::aws::{self, ProviderArn};
use crate::capture::Endpoint;
use crate::policy;
use crate::saml::{Document, Response};
use crate::secret::Secret;
use crate::sts;
use crate::trail::{self, Session, Subject};
use crate::wasm::error::thrown;
use crate::wasm::text;
use crate::wasm::wire;

#[wasm_bindgen]
extern "C" {
    /// What is no secret about exported credentials.
    #[wasm_bindgen(typescript_type = "TrailSession")]
    pub type TrailSession;

    #[wasm_bindgen(method, getter, js_name = accessKeyId)]
    fn access_key_id(this: &TrailSession) -> String;

    #[wasm_bindgen(method, getter, js_name = assumedRoleArn)]
    fn assumed_role_arn(this: &TrailSession) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn region(this: &TrailSession) -> String;
}

/// The text whose SHA-1 names a provider in CloudTrail; nothing where the response names no issuer. Throws a `Failure`.
#[wasm_bindgen(js_name = nameQualifierText)]
pub fn name_qualifier_text(xml: &JsString, provider: &str) -> Result<Option<String>, JsValue> {
    let response = response(xml)?;
    let issuer =
        response.assertions.first().and_then(|one| one.issuer.as_deref()).or(response.issuer.as_deref());
    let provider = ProviderArn::parse(provider).ok();
    Ok(issuer.zip(provider).map(|(issuer, provider)| policy::name_qualifier_text(issuer, &provider)))
}

/// What CloudTrail records of a sign-in to a role of the response: a `Trail`. `url` is where the sign-in was posted to, `digest` the SHA-1
/// of [`name_qualifier_text`], `region` where events are looked for. Throws a `Failure`.
#[wasm_bindgen(js_name = trailOf, unchecked_return_type = "Trail")]
pub fn trail_of(
    xml: &JsString,
    role: &str,
    provider: &str,
    url: Option<String>,
    digest: Option<Vec<u8>>,
    session: Option<TrailSession>,
    region: Option<String>,
) -> Result<JsValue, JsValue> {
    let response = response(xml)?;
    let claims = aws::read(&response);
    let grant = sts::find_grant(&claims, role, provider).map_err(|error| thrown(&error))?;
    let endpoint = url.and_then(|url| Endpoint::parse(&url).ok());
    let texts = session.map(|one| (one.access_key_id(), one.assumed_role_arn(), one.region()));
    let session = texts.as_ref().map(|(access_key_id, assumed_role_arn, region)| Session {
        access_key_id,
        assumed_role_arn: assumed_role_arn.as_deref(),
        region,
    });
    wire::write(&trail::trail(&Subject {
        grant,
        response: &response,
        claims: &claims,
        name_qualifier_digest: digest.as_deref(),
        sign_in_region: endpoint.as_ref().and_then(|endpoint| endpoint.region.as_deref()),
        session,
        region: region.as_deref(),
    }))
}

fn response(xml: &JsString) -> Result<Response, JsValue> {
    let xml = Secret::new(text::string(xml));
    // What is read of it is shown to the person who has it.
    let document = Document::parse(xml.expose()).map_err(|error| thrown(&error))?;
    Response::from_document(&document, Vec::new()).map_err(|error| thrown(&error))
}
