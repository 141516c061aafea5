//! Pasted or opened text to the messages in it. A HAR file is read by the engine's own JSON reader, and only the few strings
//! with a message in them enter the wasm's memory: such a file can be larger than all else that Rolecall ever holds.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::capture::har::{self, Entry};
use crate::capture::{self, CaptureError, Imported};
use crate::limits::{MAX_BODY_BYTES, MAX_HAR_BYTES};
use crate::secret::Secret;
use crate::wasm::text;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_json(text: &JsString) -> Result<JsValue, JsValue>;
}

/// Every message of a text, as [`capture::read_any`].
pub(super) fn read(text: &JsString) -> Result<Vec<Imported>, CaptureError> {
    let units = usize::try_from(text.length()).unwrap_or(usize::MAX);
    let is_json = capture::is_json(&String::from(text.substring(0, HEAD)));
    let limit = if is_json { MAX_HAR_BYTES } else { MAX_BODY_BYTES };
    if units > limit {
        return Err(CaptureError::TooLarge { bytes: units, limit });
    }
    if let Some(entries) = is_json.then(|| entries(text)).flatten() {
        return har::collect(&mut entries.iter().map(|recorded| entry(&recorded)));
    }
    if units > MAX_BODY_BYTES {
        return Err(CaptureError::NotRecognized);
    }
    // Read here; what is read of it is a secret again.
    capture::read_any(Secret::new(text::string(text)).expose())
}

/// `log.entries` of a HAR file.
fn entries(text: &JsString) -> Option<Array> {
    // A byte order mark is no white space of JSON.
    let begin = u32::from(text.starts_with("\u{feff}", 0));
    let file = parse_json(&text.substring(begin, text.length())).ok()?;
    property(&property(&file, "log"), "entries").dyn_into().ok()
}

/// One of them; what is no string, or has no message in it, is left out.
fn entry(recorded: &JsValue) -> Entry {
    let request = property(recorded, "request");
    let body = property(&request, "postData");
    let has_message = |text: &JsString| text.includes("SAMLRe", 0);
    let params = property(&body, "params").dyn_into::<Array>().unwrap_or_default();
    let params = params.iter().map(|param| {
        let value = string(&property(&param, "value")).unwrap_or_default();
        (string(&property(&param, "name")).unwrap_or_default(), Secret::new(value))
    });
    Entry {
        url: Secret::new(string(&property(&request, "url")).unwrap_or_default()),
        started: string(&property(recorded, "startedDateTime")),
        params: params.collect(),
        text: property(&body, "text")
            .dyn_ref::<JsString>()
            .filter(|text| has_message(text))
            .map(|body| Secret::new(text::string(body))),
    }
}

fn string(value: &JsValue) -> Option<String> {
    value.dyn_ref::<JsString>().map(text::string)
}

/// The property of that name. Undefined where there is none, and of what is no object.
fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// UTF-16 units that show whether a text is JSON: a byte order mark and some white space before the brace.
const HEAD: u32 = 64;
