//! What a pasted error means, and what to do about a finding at another identity provider.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::audit::Product;
use crate::aws::{ProviderArn, RoleArn, RoleGrant};
use crate::severity::Severity;
use crate::view;
use crate::wasm::{text, wire};

/// What a pasted error of AWS or of Entra ID means: an `Explained`, null when no error stands in it that is known. `product` is the
/// identity provider of the message that is shown, `found` what was found about it, `role` and `provider` its first pair of ARNs.
#[wasm_bindgen(js_name = explainText, unchecked_return_type = "Explained | null")]
pub fn explain_text(
    text: &JsString,
    product: &str,
    found: &Array,
    role: &str,
    provider: &str,
) -> Result<JsValue, JsValue> {
    let found: Vec<_> = found.iter().map(|found| Found::read(found.unchecked_ref())).collect();
    let found: Vec<_> = found.iter().map(|(code, severity)| (code.as_str(), *severity)).collect();
    let grant = RoleArn::parse(role).ok().zip(ProviderArn::parse(provider).ok());
    let grant = grant.map(|(role, provider)| RoleGrant { role, provider });
    let product = Product::named(product).unwrap_or(Product::Generic);
    wire::write(&view::explain_text(&text::string(text), product, &found, grant.as_ref()))
}

/// What the administrator of another identity provider does about a finding with this code: a `Steps`.
#[wasm_bindgen(js_name = stepsOf, unchecked_return_type = "Steps")]
pub fn steps_of(code: &str, product: &str) -> Result<JsValue, JsValue> {
    wire::write(&view::Steps::of(code, product))
}

#[wasm_bindgen]
extern "C" {
    /// A finding that is shown, as far as causes ask.
    #[wasm_bindgen(typescript_type = "Found")]
    type Found;

    #[wasm_bindgen(method, getter)]
    fn code(this: &Found) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn severity(this: &Found) -> Option<String>;
}

impl Found {
    fn read(&self) -> (String, Severity) {
        let severity = self.severity().and_then(|name| Severity::named(&name));
        (self.code().unwrap_or_default(), severity.unwrap_or(Severity::Note))
    }
}
