//! What the inspector asks beside the judging of a message: what a text holds, its XML, copies, comparisons, metadata and keys.

pub mod check;
pub mod explain;
mod har;

use js_sys::{Array, JsString};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::capture;
use crate::octets;
use crate::saml::Decoded;
use crate::saml::pretty::PrettyXml;
use crate::signature::{Certificate, metadata};
use crate::view;
use crate::wasm::error::thrown;
use crate::wasm::import::{Imported, with_document};
use crate::wasm::wire::{self, Captured};

/// Every SAML message of a pasted or opened text. Throws a `Failure`.
#[wasm_bindgen(js_name = readImports, unchecked_return_type = "Imported[]")]
pub fn read_imports(text: &JsString) -> Result<Array, JsValue> {
    let found = har::read(text).map_err(|error| thrown(&error))?;
    Ok(found.iter().map(|imported| JsValue::from(Imported::of(imported))).collect())
}

/// The message of a captured POST. Throws a `Failure`.
#[wasm_bindgen(js_name = importedOf)]
pub fn imported_of(captured: &Captured) -> Result<Imported, JsValue> {
    let post = captured.post().map_err(|error| thrown(&error))?;
    Ok(Imported::of(&capture::Imported::of_post(post)))
}

/// The XML of a message. Throws a `Failure`.
#[wasm_bindgen(js_name = xmlOf)]
pub fn xml_of(imported: &Imported) -> Result<String, JsValue> {
    let decoded = Decoded::from_imported(&imported.read()).map_err(|error| thrown(&error))?;
    // The page shows it, which is what it was pasted or opened for.
    Ok(decoded.text.expose().clone())
}

/// XML as lines to draw: a `PrettyXml`. Throws a `Failure`.
#[wasm_bindgen(js_name = prettyXml, unchecked_return_type = "PrettyXml")]
pub fn pretty_xml(xml: &JsString) -> Result<JsValue, JsValue> {
    with_document(xml, |document| wire::write(&PrettyXml::of(document)))
}

/// The identity providers in SAML metadata: `Entity[]`. Throws a `Failure`.
#[wasm_bindgen(js_name = readMetadata, unchecked_return_type = "Entity[]")]
pub fn read_metadata(xml: &JsString) -> Result<JsValue, JsValue> {
    with_document(xml, |document| {
        let entities = metadata::read(document).map_err(|error| thrown(&error))?;
        let shown: Vec<Entity> = entities
            .into_iter()
            .map(|entity| Entity {
                entity_id: entity.entity_id,
                valid_until: entity.valid_until.map(|until| until.rfc3339()),
                certificates: entity.keys.iter().map(Key::of).collect(),
            })
            .collect();
        wire::write(&shown)
    })
}

/// A certificate in PEM or base64, with its DER. Throws a `Failure`.
#[wasm_bindgen(js_name = readCertificate, unchecked_return_type = "Certificate & { der: string }")]
pub fn read_certificate(text: &str) -> Result<JsValue, JsValue> {
    let is_pem = octets::holds(text, "-----BEGIN");
    let read = if is_pem { Certificate::from_pem(text) } else { Certificate::from_base64(text) };
    wire::write(&Key::of(&read.map_err(|error| thrown(&error))?))
}

/// An identity provider in metadata.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entity {
    entity_id: String,
    valid_until: Option<String>,
    certificates: Vec<Key>,
}

/// A certificate that can be pinned. Its fingerprints are left to SubtleCrypto.
#[derive(Serialize)]
struct Key {
    #[serde(flatten)]
    shown: view::Certificate,
    der: String,
}

impl Key {
    fn of(certificate: &Certificate) -> Self {
        Self { shown: view::Certificate::of(certificate), der: octets::base64(&certificate.der) }
    }
}
