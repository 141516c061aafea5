//! The certificate of a captured response, for those who remember when it changes.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::thrown;
use super::wire::{self, Captured};
use crate::octets;
use crate::rotation;
use crate::saml::{Decoded, Document};
use crate::signature;
use crate::time::UnixTime;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { Signer } from '../rotation.js';";

/// A `Signer`: public facts alone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Signer {
    der: String,
    not_after: i64,
    reminders: [i64; 4],
}

/// The certificate that a captured response says it is signed with; null where it carries none. Unverified. Throws a `Failure`.
#[wasm_bindgen(js_name = readSigner, unchecked_return_type = "Signer | null")]
pub fn read_signer(captured: &Captured) -> Result<JsValue, JsValue> {
    let post = captured.post().map_err(|error| thrown(&error))?;
    // Read for its certificate, which is public.
    let decoded = Decoded::from_base64(post.response.expose()).map_err(|error| thrown(&error))?;
    let document = Document::parse(decoded.text.expose()).map_err(|error| thrown(&error))?;
    wire::write(&signature::embedded_certificate(&document).map(|certificate| Signer {
        der: octets::base64(&certificate.der),
        not_after: certificate.not_after.seconds(),
        reminders: rotation::reminders(&certificate).map(UnixTime::seconds),
    }))
}
