//! A copy of a message that is safe to share, and two messages side by side.

use js_sys::JsString;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::saml::{Document, Response, redact};
use crate::view;
use crate::wasm::error::thrown;
use crate::wasm::import::with_document;
use crate::wasm::wire;

/// A copy that is safe to share: a `Redacted`. Throws a `Failure`.
#[wasm_bindgen(js_name = redact, unchecked_return_type = "Redacted")]
pub fn redacted(xml: &JsString) -> Result<JsValue, JsValue> {
    with_document(xml, |document| wire::write(&redact::redact(document)))
}

/// Two responses side by side: `ComparedRow[]`. Throws a `Failure`.
#[wasm_bindgen(unchecked_return_type = "ComparedRow[]")]
pub fn compare(left: &JsString, right: &JsString) -> Result<JsValue, JsValue> {
    let read = |document: &Document<'_>| {
        Response::from_document(document, Vec::new()).map_err(|error| thrown(&error))
    };
    with_document(left, |left| {
        let one = view::Side { response: &read(left)?, document: left };
        with_document(right, |right| {
            let other = view::Side { response: &read(right)?, document: right };
            wire::write(&view::compare(one, other))
        })
    })
}
