//! A message on its way between the door's functions: a plain object that pages keep, `Imported` of `extension/inspection.d.ts`.

use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::error::thrown;
use super::{text, wire};
use crate::capture::{self, Binding, Parameter, SignedQuery};
use crate::saml::{Document, SamlError};
use crate::secret::Secret;

#[wasm_bindgen]
extern "C" {
    /// One SAML message, wherever it was found: a secret on both sides of the door.
    #[wasm_bindgen(typescript_type = "Imported")]
    pub type Imported;

    #[wasm_bindgen(method, getter)]
    fn encoded(this: &Imported) -> JsString;

    #[wasm_bindgen(method, setter)]
    fn set_encoded(this: &Imported, encoded: &str);

    #[wasm_bindgen(method, getter)]
    fn binding(this: &Imported) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    fn set_binding(this: &Imported, binding: &str);

    #[wasm_bindgen(method, getter)]
    fn parameter(this: &Imported) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    fn set_parameter(this: &Imported, parameter: JsValue);

    #[wasm_bindgen(method, getter)]
    fn url(this: &Imported) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    fn set_url(this: &Imported, url: JsValue);

    #[wasm_bindgen(method, getter, js_name = relayState)]
    fn relay_state(this: &Imported) -> Option<String>;

    #[wasm_bindgen(method, setter, js_name = relayState)]
    fn set_relay_state(this: &Imported, relay_state: JsValue);

    #[wasm_bindgen(method, getter)]
    fn at(this: &Imported) -> Option<f64>;

    #[wasm_bindgen(method, setter)]
    fn set_at(this: &Imported, seconds: JsValue);

    #[wasm_bindgen(method, getter)]
    fn query(this: &Imported) -> Option<Array>;

    #[wasm_bindgen(method, setter)]
    fn set_query(this: &Imported, query: JsValue);
}

impl Imported {
    /// The message as an object.
    pub(super) fn of(imported: &capture::Imported) -> Self {
        let shown: Self = Object::new().unchecked_into();
        // The page shows the message, which is what it was pasted or opened for.
        shown.set_encoded(imported.encoded.expose());
        shown.set_binding(imported.binding.name());
        shown.set_parameter(or_null(imported.parameter.map(Parameter::name)));
        shown.set_url(or_null(imported.url.as_deref()));
        shown.set_relay_state(or_null(imported.relay_state.as_deref()));
        shown.set_at(imported.at.map_or(JsValue::NULL, |at| wire::seconds(at).into()));
        let query = imported.query.as_ref().map(|query| {
            // Signed octets hold the message, as the object does already.
            let fields = [query.octets.expose().as_str(), &query.algorithm, &query.signature];
            fields.into_iter().map(JsValue::from_str).collect::<Array>()
        });
        shown.set_query(query.map_or(JsValue::NULL, Into::into));
        shown
    }

    /// The object as a message.
    pub(super) fn read(&self) -> capture::Imported {
        let query = self.query().map(|fields| {
            let field = |place: u32| fields.get(place).as_string().unwrap_or_default();
            SignedQuery { octets: Secret::new(field(0)), algorithm: field(1), signature: field(2) }
        });
        capture::Imported {
            encoded: Secret::new(text::string(&self.encoded())),
            binding: match self.binding().as_deref() {
                Some("post") => Binding::Post,
                Some("redirect") => Binding::Redirect,
                _ => Binding::Unknown,
            },
            parameter: self.parameter().as_deref().and_then(Parameter::from_name),
            url: self.url(),
            relay_state: self.relay_state(),
            chosen_role: None,
            at: self.at().map(wire::time),
            query,
        }
    }
}

fn or_null(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from_str)
}

/// Parses a text, which is wiped afterwards, for one call.
pub(super) fn with_document<T>(
    xml: &JsString,
    read: impl FnOnce(&Document<'_>) -> Result<T, JsValue>,
) -> Result<T, JsValue> {
    let xml = Secret::new(text::string(xml));
    // What is read of it is shown to the person who has it.
    let document = Document::parse(xml.expose()).map_err(|error: SamlError| thrown(&error))?;
    read(&document)
}
