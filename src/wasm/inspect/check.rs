//! Judging a message, in two calls with the browser's SubtleCrypto between them. `Check` is the one struct that is exported: it
//! holds a message that waits for its answers, and the call that concludes it takes it back, so nothing is left to free.

use js_sys::WebAssembly::Memory;
use js_sys::{Array, Function, JsString, Object, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::audit::ServerClock;
use crate::octets::from_base64;
use crate::secret::Secret;
use crate::signature::{self, Answer, Certificate, Entity, KeySource, Scheme};
use crate::view;
use crate::wasm::error::thrown;
use crate::wasm::import::Imported;
use crate::wasm::{text, wire};

#[wasm_bindgen]
extern "C" {
    /// The keys a person trusts.
    #[wasm_bindgen(typescript_type = "Trust")]
    pub type Trust;

    #[wasm_bindgen(method, getter)]
    fn pins(this: &Trust) -> Array;

    type Pin;

    #[wasm_bindgen(method, getter)]
    fn issuer(this: &Pin) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn certificates(this: &Pin) -> Array;

    #[wasm_bindgen(method, getter)]
    fn at(this: &Pin) -> Option<f64>;

    /// A server's time beside this computer's.
    #[wasm_bindgen(typescript_type = "Clock")]
    pub type Clock;

    #[wasm_bindgen(method, getter)]
    fn host(this: &Clock) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn server(this: &Clock) -> f64;

    #[wasm_bindgen(method, getter)]
    fn browser(this: &Clock) -> f64;

    /// A question to SubtleCrypto: `extension/inspector/crypto.js` answers it.
    #[wasm_bindgen(typescript_type = "Job")]
    pub type Job;

    #[wasm_bindgen(method, setter)]
    fn set_kind(this: &Job, kind: &str);

    #[wasm_bindgen(method, setter)]
    fn set_name(this: &Job, name: &str);

    #[wasm_bindgen(method, setter)]
    fn set_hash(this: &Job, hash: &str);

    #[wasm_bindgen(method, setter)]
    fn set_curve(this: &Job, curve: &str);

    #[wasm_bindgen(method, setter, js_name = saltLength)]
    fn set_salt_length(this: &Job, bytes: u32);

    #[wasm_bindgen(method, setter)]
    fn set_key(this: &Job, key: Uint8Array);

    #[wasm_bindgen(method, setter)]
    fn set_data(this: &Job, data: Uint8Array);

    #[wasm_bindgen(method, setter)]
    fn set_signature(this: &Job, signature: Uint8Array);
}

/// A message that was read and waits for the answers to its jobs.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Check(view::Check);

/// Reads a message. `decrypted` is its text with the encrypted assertions opened. `ask` gets each `Job` that the verdict needs as soon
/// as it is known, so that the browser's threads begin before this ends. Throws a `Failure`.
#[wasm_bindgen(js_name = beginCheck)]
pub fn begin_check(
    imported: &Imported,
    trust: &Trust,
    decrypted: Option<JsString>,
    ask: &Function,
) -> Result<Check, JsValue> {
    let decrypted = decrypted.map(|text| Secret::new(text::string(&text)));
    // A host that throws has no answer, and the core says what that means.
    let mut ask = |job: &signature::Job| _ = ask.call1(&JsValue::UNDEFINED, &Job::of(job));
    let check = view::Check::begin(&imported.read(), &trust.read(), decrypted, &mut ask);
    let mut check = check.map_err(|error| thrown(&error))?;
    for pin in trust.pins().iter() {
        let pin: Pin = pin.unchecked_into();
        if let (Some(issuer), Some(at)) = (pin.issuer(), pin.at()) {
            check = check.with_imported(&issuer, wire::time(at));
        }
    }
    Ok(Check(check))
}

#[wasm_bindgen]
impl Check {
    /// The jobs of the fingerprints, each a `Job`.
    pub fn fingerprints(&self) -> Array {
        self.0.fingerprints().iter().map(|job| JsValue::from(Job::of(job))).collect()
    }

    /// The `Inspection`, from an answer for each of all jobs, in the order they came in. `now` is in epoch seconds; without it nothing is judged by the clock.
    /// `clock` is the last time that a server gave. Throws a `Failure` when it is no SAML message.
    pub fn conclude(
        self,
        answers: &Array,
        now: Option<f64>,
        clock: Option<Clock>,
    ) -> Result<JsValue, JsValue> {
        let clocks = clock.iter().map(Clock::read).collect();
        let shown = self.0.with_clocks(clocks).conclude(&read_answers(answers), now.map(wire::time));
        wire::write(&shown.map_err(|error| thrown(&error))?)
    }

    /// The inspection as a report in Markdown. `words` gives the words for a message key and its arguments.
    /// Throws a `Failure` when it is no SAML message.
    pub fn report(self, answers: &Array, words: &Function) -> Result<String, JsValue> {
        let said = |key: &str, args: &[String]| {
            let args: Array = args.iter().map(|arg| JsValue::from_str(arg)).collect();
            let said = words.call2(&JsValue::UNDEFINED, &JsValue::from_str(key), &args);
            said.ok().and_then(|said| said.as_string()).unwrap_or_default()
        };
        let shown = self.0.conclude(&read_answers(answers), None);
        Ok(view::markdown(&shown.map_err(|error| thrown(&error))?, &said))
    }

    /// The verdict alone, from an answer for each of the jobs that it needs.
    pub fn verdict(self, answers: &Array) -> String {
        self.0.verdict(&read_answers(answers)).name().to_owned()
    }
}

impl Clock {
    fn read(&self) -> ServerClock {
        let (server, browser) = (wire::time(self.server()), wire::time(self.browser()));
        ServerClock { host: self.host().unwrap_or_default(), server, browser }
    }
}

impl Trust {
    /// The trust of the core. A certificate that cannot be read was not written by this extension, and pins nothing.
    pub(super) fn read(&self) -> signature::Trust {
        let mut entities = Vec::new();
        for pin in self.pins().iter() {
            let pin: Pin = pin.unchecked_into();
            let mut keys = Vec::new();
            for text in pin.certificates().iter() {
                let der = from_base64(text.as_string().unwrap_or_default().as_bytes());
                keys.extend(der.and_then(|der| Certificate::from_der(&der).ok()));
            }
            let entity_id = pin.issuer().unwrap_or_default();
            entities.push(Entity { entity_id, keys, valid_until: None, source: KeySource::Pin });
        }
        signature::Trust { entities, certificates: Vec::new() }
    }
}

impl Job {
    fn of(job: &signature::Job) -> Self {
        let shown: Self = Object::new().unchecked_into();
        match job {
            signature::Job::Digest { hash, data } => {
                shown.set_kind("digest");
                shown.set_hash(hash.name());
                shown.set_data(view(data));
            }
            signature::Job::Verify { scheme, key, data, signature } => {
                shown.set_kind("verify");
                let (name, hash) = match scheme {
                    Scheme::RsaPkcs1(hash) => ("RSASSA-PKCS1-v1_5", Some(hash)),
                    Scheme::RsaPss { hash, salt } => {
                        shown.set_salt_length(*salt);
                        ("RSA-PSS", Some(hash))
                    }
                    Scheme::Ecdsa { curve, hash } => {
                        shown.set_curve(curve.name());
                        ("ECDSA", Some(hash))
                    }
                    Scheme::Ed25519 => ("Ed25519", None),
                };
                shown.set_name(name);
                if let Some(hash) = hash {
                    shown.set_hash(hash.name());
                }
                shown.set_key(bytes(key));
                shown.set_data(bytes(data));
                shown.set_signature(bytes(signature));
            }
        }
        shown
    }
}

/// A copy of the bytes on JavaScript's side.
pub(super) fn bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

/// The bytes where they lie: what is signed is most of a message, and no copy of it is left to JavaScript. Only for what is taken at
/// once, since the memory moves when it grows; SubtleCrypto copies what it digests within the call.
fn view(bytes: &[u8]) -> Uint8Array {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let whole = |number: usize| u32::try_from(number).unwrap_or_default();
    Uint8Array::new_with_byte_offset_and_length(
        &memory.buffer(),
        whole(bytes.as_ptr().addr()),
        whole(bytes.len()),
    )
}

/// Bytes are a digest, true and false a verdict on a signature; anything else says that this browser's crypto refused.
fn read_answers(answers: &Array) -> Vec<Answer> {
    let read = |answer: JsValue| match answer.as_bool() {
        Some(true) => Answer::Valid,
        Some(false) => Answer::Invalid,
        None => answer
            .dyn_into::<Uint8Array>()
            .map_or(Answer::Unsupported, |digest| Answer::Digest(digest.to_vec())),
    };
    answers.iter().map(read).collect()
}
