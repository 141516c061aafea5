//! What the setup assistant asks: what is wrong with what was typed, what is to be done at each step, what metadata says, and what a
//! sign-in says about each step.

use js_sys::{Array, JsString};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::setup::{self, Draft, Guide, Known, KnownCertificate, Plan};
use crate::view::{Failure, SetupMetadata, SetupProblem, SetupTick};
use crate::wasm::error::{throw, thrown};
use crate::wasm::wire::{self, Captured};
use crate::wasm::{text, wire::write};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { SetupAnswer, SetupDraft, SetupKnown, SetupMetadata, SetupTick } from '../setup/setup.js';
"#;

#[wasm_bindgen]
extern "C" {
    /// What was typed: `SetupDraft` of `extension/setup/setup.d.ts`. What is no text is not typed.
    #[wasm_bindgen(typescript_type = "SetupDraft")]
    pub type SetupDraft;

    #[wasm_bindgen(method, getter)]
    fn product(this: &SetupDraft) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn partition(this: &SetupDraft) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn account(this: &SetupDraft) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn provider(this: &SetupDraft) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn role(this: &SetupDraft) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn regions(this: &SetupDraft) -> Option<Array>;

    #[wasm_bindgen(method, getter)]
    fn duration(this: &SetupDraft) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn instance(this: &SetupDraft) -> Option<String>;

    /// Pairs of key and source.
    #[wasm_bindgen(method, getter)]
    fn tags(this: &SetupDraft) -> Option<Array>;

    #[wasm_bindgen(method, getter)]
    fn mfa(this: &SetupDraft) -> bool;

    #[wasm_bindgen(method, getter, js_name = sourceIdentity)]
    fn source_identity(this: &SetupDraft) -> bool;

    /// What the page kept of metadata: `SetupKnown`.
    #[wasm_bindgen(typescript_type = "SetupKnown")]
    pub type SetupKnown;

    #[wasm_bindgen(method, getter, js_name = entityId)]
    fn entity_id(this: &SetupKnown) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = validUntil)]
    fn valid_until(this: &SetupKnown) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    fn imported(this: &SetupKnown) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    fn characters(this: &SetupKnown) -> Option<u32>;

    #[wasm_bindgen(method, getter, js_name = hasMark)]
    fn has_mark(this: &SetupKnown) -> bool;

    #[wasm_bindgen(method, getter)]
    fn providers(this: &SetupKnown) -> Option<u32>;

    #[wasm_bindgen(method, getter, js_name = nameIdFormats)]
    fn name_id_formats(this: &SetupKnown) -> Option<Array>;

    #[wasm_bindgen(method, getter)]
    fn endpoints(this: &SetupKnown) -> Option<Array>;

    #[wasm_bindgen(method, getter)]
    fn certificates(this: &SetupKnown) -> Option<Array>;
}

/// What is wrong with what was typed, or what is to be done at each step: a `SetupAnswer`. `metadata` is the text of the identity
/// provider's metadata, where the page still has it.
#[wasm_bindgen(js_name = planSetup, unchecked_return_type = "SetupAnswer")]
pub fn plan_setup(draft: &SetupDraft, metadata: Option<JsString>) -> Result<JsValue, JsValue> {
    let metadata = metadata.map(|metadata| text::string(&metadata));
    write(&match Plan::parse(&draft.read()) {
        Ok(plan) => Answer {
            role: Some(plan.role.to_string()),
            provider: Some(plan.provider.to_string()),
            guides: setup::guides(&plan, metadata.as_deref()),
            problems: Vec::new(),
        },
        Err(problems) => {
            Answer { problems: problems.into_iter().map(SetupProblem::of).collect(), ..Answer::default() }
        }
    })
}

/// What metadata says: `SetupMetadata[]`, one for each identity provider in it. Throws a `Failure`.
#[wasm_bindgen(js_name = readSetupMetadata, unchecked_return_type = "SetupMetadata[]")]
pub fn read_setup_metadata(metadata: &JsString, product: &str, now: f64) -> Result<JsValue, JsValue> {
    let now = wire::time(now);
    let product = setup::product_of(product).unwrap_or(crate::audit::Product::Generic);
    let known = Known::read(&text::string(metadata), now).map_err(|error| thrown(&error))?;
    let shown: Vec<SetupMetadata> = known.iter().map(|one| SetupMetadata::of(one, product, now)).collect();
    write(&shown)
}

/// What the page kept of metadata, as it is now: a `SetupMetadata`.
#[wasm_bindgen(js_name = lookAtSetupMetadata, unchecked_return_type = "SetupMetadata")]
pub fn look_at_setup_metadata(known: &SetupKnown, product: &str, now: f64) -> Result<JsValue, JsValue> {
    let product = setup::product_of(product).unwrap_or(crate::audit::Product::Generic);
    write(&SetupMetadata::of(&known.read(), product, wire::time(now)))
}

/// What a sign-in says about each step: `SetupTick[]`. `accepted` is whether STS gave credentials of the plan's role for it. Throws a
/// `Failure` when it cannot be read, or when there is no plan yet.
#[wasm_bindgen(js_name = checkSetup, unchecked_return_type = "SetupTick[]")]
pub fn check_setup(
    draft: &SetupDraft,
    known: Option<SetupKnown>,
    captured: &Captured,
    at: f64,
    accepted: bool,
) -> Result<JsValue, JsValue> {
    let Ok(plan) = Plan::parse(&draft.read()) else {
        return Err(throw(&Failure::new("host.unexpected", Vec::new())));
    };
    let known = known.map(|known| known.read());
    let post = captured.post().map_err(|error| thrown(&error))?;
    let ticks = setup::check_post(&plan, known.as_ref(), &post, wire::time(at), accepted);
    let ticks = ticks.map_err(|error| thrown(&error))?;
    let shown: Vec<SetupTick> = ticks.into_iter().map(|tick| SetupTick::of(tick, plan.product)).collect();
    write(&shown)
}

/// What comes of what was typed.
#[derive(Default, Serialize)]
struct Answer {
    /// The role's ARN; null while something is wrong.
    role: Option<String>,
    /// The SAML provider's.
    provider: Option<String>,
    guides: Vec<Guide>,
    problems: Vec<SetupProblem>,
}

impl SetupDraft {
    fn read(&self) -> Draft {
        let pairs = self.tags().unwrap_or_default();
        Draft {
            product: self.product().unwrap_or_default(),
            partition: self.partition().unwrap_or_default(),
            account: self.account().unwrap_or_default(),
            provider: self.provider().unwrap_or_default(),
            role: self.role().unwrap_or_default(),
            regions: texts(self.regions()),
            duration: self.duration().unwrap_or_default(),
            instance: self.instance().unwrap_or_default(),
            tags: pairs.iter().map(pair).collect(),
            mfa: self.mfa(),
            source_identity: self.source_identity(),
        }
    }
}

impl SetupKnown {
    fn read(&self) -> Known {
        let count =
            |count: Option<u32>| count.and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
        let endpoint = |value: JsValue| {
            let (binding, url) = pair(value);
            setup::Endpoint { binding, url }
        };
        Known {
            entity_id: self.entity_id().unwrap_or_default(),
            valid_until: self.valid_until().map(wire::time),
            imported: self.imported().map(wire::time),
            characters: count(self.characters()),
            has_mark: self.has_mark(),
            providers: count(self.providers()),
            name_id_formats: texts(self.name_id_formats()),
            endpoints: self.endpoints().unwrap_or_default().iter().map(endpoint).collect(),
            certificates: texts(self.certificates())
                .into_iter()
                .map(|der| KnownCertificate { der })
                .collect(),
        }
    }
}

/// The texts of an array; what is none is ''.
fn texts(array: Option<Array>) -> Vec<String> {
    array.unwrap_or_default().iter().map(|text| text.as_string().unwrap_or_default()).collect()
}

/// Two texts in an array.
fn pair(value: JsValue) -> (String, String) {
    let array: Array = value.unchecked_into();
    let text = |place| array.get(place).as_string().unwrap_or_default();
    (text(0), text(1))
}
