//! A string of JavaScript's to one of Rust's, by the browser's own encoder: the glue copies character by character.

use js_sys::JsString;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::secret::Wipe;

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;

    #[wasm_bindgen(method, js_name = encodeInto)]
    fn encode_into(this: &TextEncoder, source: &JsString, destination: &mut [u8]) -> Encoded;

    /// How much `encodeInto` did.
    type Encoded;

    /// UTF-16 units of the source.
    #[wasm_bindgen(method, getter)]
    fn read(this: &Encoded) -> u32;
}

/// Worth it from some hundred characters on. One byte for each unit is room enough for ASCII; any other text is left to the glue.
pub(super) fn string(text: &JsString) -> String {
    let units = text.length();
    let mut bytes = vec![0; usize::try_from(units).unwrap_or_default()];
    if TextEncoder::new().encode_into(text, &mut bytes).read() != units {
        bytes.wipe();
        return text.into();
    }
    // `encodeInto` writes UTF-8 and nothing else.
    String::from_utf8(bytes).unwrap_or_default()
}
