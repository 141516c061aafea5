//! A role's trust policy for the page: what the sign-in tells about a role, what a policy says to it, and a policy written for it.

use js_sys::{Array, JsString};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::policy::{self, Audience, Facts, Require};
use crate::secret::Secret;
use crate::view::{PolicyCheck, PolicyDraft, WrittenPolicy, at_sign_in, facts_of, pair};
use crate::wasm::error::thrown;
use crate::wasm::{text, wire};

/// What a response, its XML decrypted or not, tells about a role that is one of its own or was typed: a `PolicyDraft`. `preferred` is
/// the person's region for the role's partition. Throws a `Failure`.
#[wasm_bindgen(js_name = draftPolicy, unchecked_return_type = "PolicyDraft")]
pub fn draft_policy(
    xml: &JsString,
    role: &str,
    provider: &str,
    preferred: Option<String>,
) -> Result<JsValue, JsValue> {
    let (role, provider) = pair(role, provider).map_err(|error| thrown(&error))?;
    wire::write(&PolicyDraft::of(&read(xml)?, &role, &provider, preferred.as_deref()))
}

/// What a trust policy says to the sign-in: a `PolicyCheck`. `digest` is the SHA-1 of the draft's `name_qualifier`, `now` the moment
/// in epoch seconds, `region` the draft's. Throws a `Failure`, but never for what is wrong with the policy.
#[wasm_bindgen(js_name = checkPolicy, unchecked_return_type = "PolicyCheck")]
pub fn check_policy(
    xml: &JsString,
    policy: &str,
    role: &str,
    provider: &str,
    digest: Option<Vec<u8>>,
    now: f64,
    region: &str,
) -> Result<JsValue, JsValue> {
    let (role, provider) = pair(role, provider).map_err(|error| thrown(&error))?;
    let facts = at_sign_in(read(xml)?, digest, wire::time(now), region);
    wire::write(&PolicyCheck::of(policy::check(policy, &facts, &role, &provider)))
}

/// The least policy that grants a `PolicyWish`: a `WrittenPolicy`. Throws a `Failure`.
#[wasm_bindgen(js_name = writePolicy, unchecked_return_type = "WrittenPolicy")]
pub fn write_policy(wish: &Wish) -> Result<JsValue, JsValue> {
    let written = policy::generate(&wish.read()?).map_err(|error| thrown(&error))?;
    wire::write(&WrittenPolicy::of(written))
}

fn read(xml: &JsString) -> Result<Facts, JsValue> {
    let xml = Secret::new(text::string(xml));
    // Read here; of what it says the page shows what a policy asks for, to the person who has it.
    facts_of(xml.expose()).map_err(|error| thrown(&error))
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { PolicyCheck, PolicyDraft, PolicyWish, WrittenPolicy } from '../inspector/trust-policy.js';";

#[wasm_bindgen]
extern "C" {
    /// Who is to be let in: the fields of the core's `Wish`.
    #[wasm_bindgen(typescript_type = "PolicyWish")]
    pub type Wish;

    #[wasm_bindgen(method, getter)]
    fn role(this: &Wish) -> String;

    #[wasm_bindgen(method, getter)]
    fn provider(this: &Wish) -> String;

    /// `all`, `pattern` or `regions`.
    #[wasm_bindgen(method, getter)]
    fn audience(this: &Wish) -> String;

    #[wasm_bindgen(method, getter)]
    fn regions(this: &Wish) -> Array;

    #[wasm_bindgen(method, getter, js_name = encryptedId)]
    fn encrypted_id(this: &Wish) -> Option<String>;

    /// Null where it is no condition, as with the next.
    #[wasm_bindgen(method, getter)]
    fn subjects(this: &Wish) -> Option<Array>;

    #[wasm_bindgen(method, getter, js_name = sourceIdentities)]
    fn source_identities(this: &Wish) -> Option<Array>;

    #[wasm_bindgen(method, getter)]
    fn tags(this: &Wish) -> Array;

    #[wasm_bindgen(method, getter, js_name = tagKeys)]
    fn tag_keys(this: &Wish) -> Array;

    #[wasm_bindgen(method, getter, js_name = transitiveTagKeys)]
    fn transitive_tag_keys(this: &Wish) -> Array;

    #[wasm_bindgen(method, getter, js_name = sourceIdentity)]
    fn source_identity(this: &Wish) -> bool;

    /// A session tag that is asked for.
    type Tag;

    #[wasm_bindgen(method, getter)]
    fn key(this: &Tag) -> String;

    #[wasm_bindgen(method, getter)]
    fn values(this: &Tag) -> Array;
}

impl Wish {
    fn read(&self) -> Result<policy::Wish, JsValue> {
        let (role, provider) = pair(&self.role(), &self.provider()).map_err(|error| thrown(&error))?;
        let mut require = Vec::new();
        for tag in self.tags().iter() {
            let tag: Tag = tag.into();
            require.push(Require::Tag { key: tag.key(), values: texts(&tag.values()) });
        }
        require.extend(self.subjects().map(|subjects| Require::Subject(texts(&subjects))));
        require.extend(self.source_identities().map(|these| Require::SourceIdentity(texts(&these))));
        Ok(policy::Wish {
            role,
            provider,
            audience: match self.audience().as_str() {
                "regions" => Audience::Regions(texts(&self.regions())),
                "pattern" => Audience::Pattern,
                _ => Audience::All,
            },
            encrypted_id: self.encrypted_id(),
            require,
            tag_keys: texts(&self.tag_keys()),
            transitive_tag_keys: texts(&self.transitive_tag_keys()),
            source_identity: self.source_identity(),
        })
    }
}

fn texts(list: &Array) -> Vec<String> {
    list.iter().filter_map(|text| text.as_string()).collect()
}
