//! What the certificates page asks: an application's certificates, assessed.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::limits::MAX_KNOWN_CERTIFICATES;
use crate::octets::from_base64;
use crate::rotation::{self, Seen};
use crate::signature::Certificate;
use crate::time::UnixTime;
use crate::wasm::wire;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { KnownApplication, Rotation } from '../rotation.js';";

#[wasm_bindgen]
extern "C" {
    /// What is remembered of an application of an identity provider.
    #[wasm_bindgen(typescript_type = "KnownApplication")]
    pub type KnownApplication;

    #[wasm_bindgen(method, getter)]
    fn issuer(this: &KnownApplication) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn providers(this: &KnownApplication) -> Array;

    #[wasm_bindgen(method, getter)]
    fn certificates(this: &KnownApplication) -> Array;

    #[wasm_bindgen(method, getter, js_name = metadataAt)]
    fn metadata_at(this: &KnownApplication) -> Option<f64>;

    #[wasm_bindgen(method, getter, js_name = iamAt)]
    fn iam_at(this: &KnownApplication) -> Option<f64>;

    type KnownCertificate;

    #[wasm_bindgen(method, getter)]
    fn der(this: &KnownCertificate) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = firstSeen)]
    fn first_seen(this: &KnownCertificate) -> Option<f64>;

    #[wasm_bindgen(method, getter, js_name = lastSeen)]
    fn last_seen(this: &KnownCertificate) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    fn accepted(this: &KnownCertificate) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    fn refused(this: &KnownCertificate) -> Option<f64>;

    #[wasm_bindgen(method, getter, js_name = inMetadata)]
    fn in_metadata(this: &KnownCertificate) -> bool;

    #[wasm_bindgen(method, getter, js_name = inIam)]
    fn in_iam(this: &KnownCertificate) -> bool;

    #[wasm_bindgen(method, getter)]
    fn pinned(this: &KnownCertificate) -> bool;
}

/// What an application's certificates are, which side is stale, and what to do: a `Rotation`. `now` is in epoch seconds. A certificate
/// that cannot be read was not written by this extension, and is left out: each row says which of the given ones it is.
#[wasm_bindgen(js_name = assessRotation, unchecked_return_type = "Rotation")]
pub fn assess_rotation(known: &KnownApplication, now: f64) -> Result<JsValue, JsValue> {
    let issuer = known.issuer().unwrap_or_default();
    let providers: Vec<String> =
        known.providers().iter().filter_map(|provider| provider.as_string()).collect();
    let (mut places, mut certificates) = (Vec::new(), Vec::new());
    for (place, certificate) in known.certificates().iter().take(MAX_KNOWN_CERTIFICATES).enumerate() {
        if let Some(seen) = certificate.unchecked_into::<KnownCertificate>().read() {
            places.push(place);
            certificates.push(seen);
        }
    }
    let known = rotation::Known {
        issuer: &issuer,
        providers: &providers,
        certificates,
        metadata_at: known.metadata_at().map(wire::time),
        iam_at: known.iam_at().map(wire::time),
    };
    let mut assessed = rotation::assess(&known, wire::time(now));
    for row in &mut assessed.certificates {
        row.index = places.get(row.index).copied().unwrap_or_default();
    }
    wire::write(&assessed)
}

impl KnownCertificate {
    fn read(&self) -> Option<Seen> {
        let certificate = Certificate::from_der(&from_base64(self.der()?.as_bytes())?).ok()?;
        let time = |at: Option<f64>| -> Option<UnixTime> { at.map(wire::time) };
        Some(Seen {
            certificate,
            first_seen: time(self.first_seen()),
            last_seen: time(self.last_seen()),
            accepted: time(self.accepted()),
            refused: time(self.refused()),
            in_metadata: self.in_metadata(),
            in_iam: self.in_iam(),
            pinned: self.pinned(),
        })
    }
}
