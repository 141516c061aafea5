//! Opening encrypted assertions with a private key that the person gives, in two calls with SubtleCrypto between them. The key lives in
//! memory for that long and is wiped.

use js_sys::{Array, JsString, Object, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::check::bytes;
use super::with_document;
use crate::saml::DecryptError;
use crate::saml::decrypt::{self, DecryptJob, DecryptPlan, Mode};
use crate::secret::Secret;
use crate::wasm::error::thrown;
use crate::wasm::text;

#[wasm_bindgen]
extern "C" {
    /// An encrypted part: `DecryptJob` of `extension/inspection.d.ts`.
    #[wasm_bindgen(typescript_type = "DecryptJob")]
    pub type Job;

    #[wasm_bindgen(method, setter)]
    fn set_keys(this: &Job, keys: Array);

    #[wasm_bindgen(method, setter)]
    fn set_mode(this: &Job, mode: &str);

    #[wasm_bindgen(method, setter, js_name = keyBytes)]
    fn set_key_bytes(this: &Job, bytes: usize);

    #[wasm_bindgen(method, setter)]
    fn set_iv(this: &Job, iv: Uint8Array);

    #[wasm_bindgen(method, setter)]
    fn set_ciphertext(this: &Job, ciphertext: Uint8Array);

    /// One of its encrypted keys.
    type Key;

    #[wasm_bindgen(method, setter)]
    fn set_hash(this: &Key, hash: &str);

    #[wasm_bindgen(method, setter)]
    fn set_label(this: &Key, label: Uint8Array);

    #[wasm_bindgen(method, setter, js_name = ciphertext)]
    fn set_key_ciphertext(this: &Key, ciphertext: Uint8Array);
}

/// A document whose encrypted parts wait to be opened.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Decryption {
    xml: Secret<String>,
    plan: DecryptPlan,
}

/// Plans the opening of a document's encrypted parts with a private key in PEM. Throws a `Failure`.
#[wasm_bindgen(js_name = beginDecryption)]
pub fn begin_decryption(xml: &JsString, pem: &JsString) -> Result<Decryption, JsValue> {
    let key = Secret::new(text::string(pem));
    // The key is what the person gave for this.
    let plan =
        with_document(xml, |document| decrypt::plan(document, key.expose()).map_err(|error| thrown(&error)))?;
    Ok(Decryption { xml: Secret::new(text::string(xml)), plan })
}

#[wasm_bindgen]
impl Decryption {
    /// The private key for SubtleCrypto, PKCS#8. To be overwritten after use.
    pub fn key(&self) -> Uint8Array {
        // Into the browser's crypto, for which it was given.
        bytes(self.plan.pkcs8.expose())
    }

    /// The jobs: `DecryptJob[]`. Throws a `Failure` when no browser can do one.
    pub fn jobs(&self) -> Result<Array, JsValue> {
        let jobs = Array::new();
        for job in &self.plan.jobs {
            jobs.push(&Job::of(job).map_err(|error| thrown(&error))?.into());
        }
        Ok(jobs)
    }

    /// The document with its encrypted parts opened. For each job the bytes, or null when the browser's crypto could not, or
    /// false when it has not got the algorithm. Throws a `Failure`.
    pub fn finish(self, answers: &Array) -> Result<String, JsValue> {
        let opened = open(&self.plan, answers).and_then(|parts| {
            // The whole is what the page shows; the parts are wiped.
            decrypt::splice(self.xml.expose(), &parts).ok_or(DecryptError::NotXml)
        });
        opened.map(|whole| whole.expose().clone()).map_err(|error| thrown(&error))
    }
}

fn open(plan: &DecryptPlan, answers: &Array) -> Result<Vec<(usize, Secret<String>)>, DecryptError> {
    let mut parts = Vec::with_capacity(plan.jobs.len());
    for (job, answer) in plan.jobs.iter().zip(answers.iter()) {
        if answer.as_bool() == Some(false) {
            return Err(DecryptError::HostCannot);
        }
        let plaintext = answer.dyn_into::<Uint8Array>().map_err(|_| DecryptError::Failed)?;
        parts.push((job.element, job.finish(plaintext.to_vec())?));
    }
    if parts.len() == plan.jobs.len() { Ok(parts) } else { Err(DecryptError::Failed) }
}

impl Job {
    fn of(job: &DecryptJob) -> Result<Self, DecryptError> {
        let keys = Array::new();
        for transport in &job.keys {
            let key: Key = Object::new().unchecked_into();
            key.set_hash(transport.web_hash()?);
            key.set_label(bytes(&transport.label));
            key.set_key_ciphertext(bytes(&transport.ciphertext));
            keys.push(&key.into());
        }
        let shown: Self = Object::new().unchecked_into();
        shown.set_keys(keys);
        shown.set_mode(match job.cipher.mode {
            Mode::Cbc => "CBC",
            Mode::Gcm => "GCM",
        });
        shown.set_key_bytes(job.cipher.key_bytes);
        shown.set_iv(bytes(&job.iv));
        shown.set_ciphertext(bytes(&job.ciphertext));
        Ok(shown)
    }
}
