//! The shapes that cross the door, beside those of `view`: plain objects, absent as null, times as epoch seconds.
//! Their TypeScript is `extension/view.d.ts` and `extension/state.d.ts`.

use js_sys::{Array, JsString, Object};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::text;
use crate::aws::{ProviderArn, RoleArn, RoleGrant};
use crate::capture::{self, Body, CaptureError, Endpoint, SamlPost};
use crate::export::{self, Format};
use crate::limits::MAX_BODY_BYTES;
use crate::octets::from_base64;
use crate::partition::Partition;
use crate::secret::Secret;
use crate::sts;
use crate::time::UnixTime;
use crate::view::{self, Failure, SignIn, json};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Certificate, ComparedRow, DecryptJob, Entity, Explained, Found, Imported, Job, PrettyXml, Redacted, Steps, Trust } from '../inspection.js';
import type { BriefSignIn, Captured, Clock, Credentials, HttpAnswer, HttpRequest, RegionPreference, Wanted } from '../state.js';
import type { Events, RoleFacts, Trail, TrailSession } from '../calls.js';
"#;

/// Writes an object for JavaScript: absent as null. It crosses as one JSON text, many times faster than field by field.
pub(super) fn write<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    parsed(json::write(value))
}

/// The same for a sign-in, by way of the writer that is compiled for speed.
pub(super) fn write_sign_in(sign_in: &SignIn) -> Result<JsValue, JsValue> {
    parsed(json::write_sign_in(sign_in))
}

fn parsed(text: Option<String>) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(&text.ok_or_else(|| js_sys::Error::new("host.unexpected"))?)
}

#[wasm_bindgen]
extern "C" {
    /// What the browser saw, or what a person pasted. Its fields are read one by one, for a fifth of the code and none of the time
    /// that a deserialiser takes; a string that is none is absent.
    #[wasm_bindgen(typescript_type = "Captured")]
    pub type Captured;

    #[wasm_bindgen(method, getter)]
    fn url(this: &Captured) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn at(this: &Captured) -> f64;

    #[wasm_bindgen(method, getter)]
    fn form(this: &Captured) -> Option<Object>;

    #[wasm_bindgen(method, getter)]
    fn raw(this: &Captured) -> Option<Array>;

    #[wasm_bindgen(method, getter)]
    fn pasted(this: &Captured) -> Option<JsString>;

    #[wasm_bindgen(method, getter, js_name = tooLarge)]
    fn too_large(this: &Captured) -> Option<f64>;

    /// The role that is asked for, and the sign-in that offers it.
    #[wasm_bindgen(typescript_type = "Wanted")]
    pub type Wanted;

    #[wasm_bindgen(method, getter)]
    pub(super) fn captured(this: &Wanted) -> Captured;

    #[wasm_bindgen(method, getter, js_name = role)]
    fn wanted_role(this: &Wanted) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = provider)]
    fn wanted_provider(this: &Wanted) -> Option<String>;

    /// The preferred region of each partition, by the partition's id.
    #[wasm_bindgen(typescript_type = "RegionPreference")]
    pub type RegionPreference;

    #[wasm_bindgen(method, indexing_getter)]
    fn region(this: &RegionPreference, partition: &str) -> Option<String>;

    /// Credentials as the background keeps them: a secret on both sides of the door.
    #[wasm_bindgen(typescript_type = "Credentials")]
    pub type HeldCredentials;

    #[wasm_bindgen(method, getter, js_name = accessKeyId)]
    fn access_key_id(this: &HeldCredentials) -> Option<String>;

    #[wasm_bindgen(method, setter, js_name = accessKeyId)]
    fn set_access_key_id(this: &HeldCredentials, value: &str);

    #[wasm_bindgen(method, getter, js_name = secretAccessKey)]
    fn secret_access_key(this: &HeldCredentials) -> Option<String>;

    #[wasm_bindgen(method, setter, js_name = secretAccessKey)]
    fn set_secret_access_key(this: &HeldCredentials, value: &str);

    #[wasm_bindgen(method, getter, js_name = sessionToken)]
    fn session_token(this: &HeldCredentials) -> Option<String>;

    #[wasm_bindgen(method, setter, js_name = sessionToken)]
    fn set_session_token(this: &HeldCredentials, value: &str);

    #[wasm_bindgen(method, getter)]
    fn expiration(this: &HeldCredentials) -> f64;

    #[wasm_bindgen(method, setter)]
    fn set_expiration(this: &HeldCredentials, value: f64);

    #[wasm_bindgen(method, getter, js_name = assumedRoleArn)]
    fn assumed_role_arn(this: &HeldCredentials) -> Option<String>;

    #[wasm_bindgen(method, setter, js_name = assumedRoleArn)]
    fn set_assumed_role_arn(this: &HeldCredentials, value: Option<&str>);

    #[wasm_bindgen(method, getter)]
    fn role(this: &HeldCredentials) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    fn set_role(this: &HeldCredentials, value: &str);

    #[wasm_bindgen(method, getter)]
    fn provider(this: &HeldCredentials) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    fn set_provider(this: &HeldCredentials, value: &str);

    #[wasm_bindgen(method, getter, js_name = region)]
    fn issued_in(this: &HeldCredentials) -> Option<String>;

    #[wasm_bindgen(method, setter, js_name = region)]
    fn set_issued_in(this: &HeldCredentials, value: &str);
}

impl Captured {
    /// The POST it was.
    pub(super) fn post(&self) -> Result<SamlPost, CaptureError> {
        if let Some(pasted) = self.pasted() {
            // Read here; what is read of it is a secret again.
            return capture::read_pasted(Secret::new(text::string(&pasted)).expose());
        }
        let url = self.url().unwrap_or_default();
        if let Some(bytes) = self.too_large() {
            Endpoint::parse(&url)?;
            return Err(CaptureError::TooLarge { bytes: length(bytes), limit: MAX_BODY_BYTES });
        }
        capture::read_post(&url, &self.body())
    }

    /// The sign-in it was. An error only when it was none.
    pub(super) fn sign_in(&self) -> Result<SignIn, CaptureError> {
        let at = time(self.at());
        match self.post() {
            Ok(post) => Ok(view::sign_in(&post, at)),
            Err(
                error @ (CaptureError::TooLarge { .. }
                | CaptureError::TooManyFields { .. }
                | CaptureError::SeveralSamlResponses),
            ) if self.pasted().is_none() => Ok(view::unreadable_sign_in(&error, at)),
            Err(error) => Err(error),
        }
    }

    /// The body, which wipes itself.
    fn body(&self) -> Body {
        if let Some(form) = self.form() {
            let entries = Object::entries(&form);
            let fields = entries.iter().map(|entry| {
                let entry: Array = entry.unchecked_into();
                let values: Array = entry.get(1).unchecked_into();
                let name = entry.get(0).as_string().unwrap_or_default();
                (name, values.iter().map(|value| text::string(value.unchecked_ref())).collect())
            });
            return Body::Form(fields.collect());
        }
        // Written by this extension, so it is base64; anything else is no body.
        let chunks = self.raw().unwrap_or_default();
        let decoded = |chunk: JsValue| {
            let encoded = Secret::new(text::string(chunk.unchecked_ref()));
            from_base64(encoded.expose().as_bytes()).unwrap_or_default() // into the body
        };
        Body::Raw(chunks.iter().map(decoded).collect())
    }
}

impl Wanted {
    /// The role's ARN, as it was given.
    pub(super) fn role(&self) -> String {
        self.wanted_role().unwrap_or_default()
    }

    /// The provider's ARN, as it was given.
    pub(super) fn provider(&self) -> String {
        self.wanted_provider().unwrap_or_default()
    }
}

impl RegionPreference {
    /// The region preferred in `partition`.
    pub(super) fn of(&self, partition: Partition) -> Option<String> {
        self.region(partition.id())
    }
}

impl HeldCredentials {
    /// Credentials on their way out, to be kept. Field by field: no text with all of them stays in memory.
    #[expect(clippy::as_conversions, reason = "there is no From<i64> for f64; the value is a date")]
    pub(super) fn of(credentials: &sts::Credentials) -> Self {
        let held: Self = Object::new().unchecked_into();
        held.set_access_key_id(&credentials.access_key_id);
        // The two secrets go to `storage.session`, which is memory that only the extension reads.
        held.set_secret_access_key(credentials.secret_access_key.expose());
        held.set_session_token(credentials.session_token.expose());
        held.set_expiration(credentials.expiration.seconds() as f64);
        held.set_assumed_role_arn(credentials.assumed_role_arn.as_deref());
        held.set_role(credentials.role.as_str());
        held.set_provider(credentials.provider.as_str());
        held.set_issued_in(credentials.region);
        held
    }

    /// The text for the destination that `format` names.
    pub(super) fn write(&self, format: &str, regions: &RegionPreference) -> Result<Secret<String>, Failure> {
        let (Some(format), Some(credentials)) = (Format::from_name(format), self.parsed()) else {
            return Err(Failure::new("host.unexpected", Vec::new()));
        };
        let region = regions.of(credentials.role.partition());
        let options = export::Options { region, ..export::Options::default() };
        export::write(format, &credentials, &options).map_err(|error| (&error).into())
    }

    /// The credentials again, as the core has them.
    pub(super) fn parsed(&self) -> Option<sts::Credentials> {
        let role = RoleArn::parse(&self.role()?).ok()?;
        Some(sts::Credentials {
            access_key_id: self.access_key_id()?,
            secret_access_key: Secret::new(self.secret_access_key()?),
            session_token: Secret::new(self.session_token()?),
            expiration: time(self.expiration()),
            assumed_role_arn: self.assumed_role_arn(),
            region: role.partition().region(&self.issued_in()?)?,
            provider: ProviderArn::parse(&self.provider()?).ok()?,
            role,
        })
    }
}

/// The pair and the region that a request was made for, read again: the assertion was looked at before it was sent.
pub(super) fn grant(
    role: &str,
    provider: &str,
    region: &str,
) -> Result<(RoleGrant, &'static str), sts::StsError> {
    let read = || {
        let grant =
            RoleGrant { role: RoleArn::parse(role).ok()?, provider: ProviderArn::parse(provider).ok()? };
        let region = grant.role.partition().region(region)?;
        Some((grant, region))
    };
    read().ok_or(sts::StsError::NotInAssertion)
}

/// Epoch seconds that JavaScript holds as a float.
#[expect(clippy::as_conversions, reason = "there is no From<f64> for i64; the cast saturates")]
pub(super) fn time(seconds: f64) -> UnixTime {
    UnixTime::from_seconds(seconds as i64)
}

/// Epoch seconds as JavaScript holds them.
#[expect(clippy::as_conversions, reason = "there is no From<i64> for f64; the value is a date")]
pub(super) fn seconds(time: UnixTime) -> f64 {
    time.seconds() as f64
}

/// A length that JavaScript holds as a float.
#[expect(clippy::as_conversions, reason = "there is no From<f64> for usize; the cast saturates")]
fn length(units: f64) -> usize {
    units as usize
}
