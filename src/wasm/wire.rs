//! The shapes that cross the door, beside those of `view`: plain objects, absent as null, times as epoch seconds.
//! Their TypeScript is `extension/view.d.ts` and `extension/state.d.ts`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::ser::Formatter;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::text::LongText;
use crate::aws::{ProviderArn, RoleArn};
use crate::capture::{self, Body, CaptureError, Endpoint, SamlPost};
use crate::export::{self, Format};
use crate::limits::MAX_BODY_BYTES;
use crate::partition::Partition;
use crate::secret::{Secret, Wipe};
use crate::sts;
use crate::time::UnixTime;
use crate::view::{self, Failure, SignIn};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { SignIn } from '../view.js';
import type { Captured, Credentials, RegionPreference } from '../state.js';
"#;

/// Reads an object of JavaScript's.
pub(super) fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(JsValue::from)
}

/// Writes an object for JavaScript: absent as null. It crosses as one JSON text, many times faster than field by field.
pub(super) fn write<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let mut text = Vec::with_capacity(1024);
    let mut writer = serde_json::Serializer::with_formatter(&mut text, Ascii);
    value.serialize(&mut writer).map_err(|_| js_sys::Error::new("host.unexpected"))?;
    js_sys::JSON::parse(std::str::from_utf8(&text).unwrap_or_default())
}

/// JSON without white space and without a character outside ASCII: browsers decode such text many times faster.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() {
            return writer.write_all(fragment.as_bytes());
        }
        let mut units = [0; 2];
        for character in fragment.chars() {
            if character.is_ascii() {
                write!(writer, "{character}")?;
                continue;
            }
            for unit in character.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

/// Writes an object that holds a secret: field by field, so that no text with the secret stays in memory.
pub(super) fn write_secret<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// What the browser saw, or what a person pasted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Captured {
    url: Option<String>,
    at: f64,
    form: Option<BTreeMap<String, Vec<LongText>>>,
    raw: Option<Vec<String>>,
    pasted: Option<String>,
    too_large: Option<f64>,
}

impl Captured {
    /// The POST it was.
    pub(super) fn post(&mut self) -> Result<SamlPost, CaptureError> {
        if let Some(pasted) = &self.pasted {
            return capture::read_pasted(pasted);
        }
        let body = self.body();
        let url = self.url.as_deref().unwrap_or_default();
        if let Some(bytes) = self.too_large {
            Endpoint::parse(url)?;
            return Err(CaptureError::TooLarge { bytes: length(bytes), limit: MAX_BODY_BYTES });
        }
        capture::read_post(url, &body)
    }

    /// The sign-in it was. An error only when it was none.
    pub(super) fn sign_in(&mut self) -> Result<SignIn, CaptureError> {
        let at = time(self.at);
        match self.post() {
            Ok(post) => Ok(view::sign_in(&post, at)),
            Err(
                error @ (CaptureError::TooLarge { .. }
                | CaptureError::TooManyFields { .. }
                | CaptureError::SeveralSamlResponses),
            ) if self.pasted.is_none() => Ok(view::unreadable_sign_in(&error, at)),
            Err(error) => Err(error),
        }
    }

    /// Moves the body out, which wipes itself.
    fn body(&mut self) -> Body {
        if let Some(form) = self.form.take() {
            let values = |values: Vec<LongText>| values.into_iter().map(|text| text.0).collect();
            return Body::Form(form.into_iter().map(|(name, texts)| (name, values(texts))).collect());
        }
        // Written by this extension, so it is base64; anything else is no body.
        let chunks = self.raw.iter().flatten().map(|chunk| BASE64_STANDARD.decode(chunk).unwrap_or_default());
        Body::Raw(chunks.collect())
    }
}

impl Drop for Captured {
    fn drop(&mut self) {
        self.pasted.iter_mut().for_each(Wipe::wipe);
        self.raw.iter_mut().flatten().for_each(Wipe::wipe);
        let form = self.form.iter_mut().flat_map(BTreeMap::values_mut).flatten();
        form.for_each(|text| text.0.wipe());
    }
}

/// The preferred region of each partition, by the partition's id.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct RegionPreference(BTreeMap<String, String>);

impl RegionPreference {
    /// The region preferred in `partition`.
    pub(super) fn of(&self, partition: Partition) -> Option<&str> {
        self.0.get(partition.id()).map(String::as_str)
    }
}

/// Credentials as the background keeps them: a secret on both sides of the door.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Credentials {
    access_key_id: String,
    secret_access_key: String,
    session_token: String,
    expiration: i64,
    assumed_role_arn: Option<String>,
    role: String,
    provider: String,
    region: String,
}

impl Credentials {
    /// The text for the destination that `format` names.
    pub(super) fn write(&self, format: &str, regions: &RegionPreference) -> Result<Secret<String>, Failure> {
        let (Some(format), Some(credentials)) = (Format::from_name(format), self.parsed()) else {
            return Err(Failure::new("host.unexpected", Vec::new()));
        };
        let region = regions.of(credentials.role.partition()).map(str::to_owned);
        let options = export::Options { region, ..export::Options::default() };
        export::write(format, &credentials, &options).map_err(|error| (&error).into())
    }

    fn parsed(&self) -> Option<sts::Credentials> {
        let role = RoleArn::parse(&self.role).ok()?;
        Some(sts::Credentials {
            access_key_id: self.access_key_id.clone(),
            secret_access_key: Secret::new(self.secret_access_key.clone()),
            session_token: Secret::new(self.session_token.clone()),
            expiration: UnixTime::from_seconds(self.expiration),
            assumed_role_arn: self.assumed_role_arn.clone(),
            region: role.partition().region(&self.region)?,
            provider: ProviderArn::parse(&self.provider).ok()?,
            role,
        })
    }
}

impl From<&sts::Credentials> for Credentials {
    fn from(credentials: &sts::Credentials) -> Self {
        Self {
            access_key_id: credentials.access_key_id.clone(),
            // The two secrets go to `storage.session`, which is memory that only the extension reads.
            secret_access_key: credentials.secret_access_key.expose().clone(),
            session_token: credentials.session_token.expose().clone(),
            expiration: credentials.expiration.seconds(),
            assumed_role_arn: credentials.assumed_role_arn.clone(),
            role: credentials.role.to_string(),
            provider: credentials.provider.to_string(),
            region: credentials.region.to_owned(),
        }
    }
}

impl Drop for Credentials {
    fn drop(&mut self) {
        self.secret_access_key.wipe();
        self.session_token.wipe();
    }
}

/// Epoch seconds that JavaScript holds as a float.
#[expect(clippy::as_conversions, reason = "there is no From<f64> for i64; the cast saturates")]
fn time(seconds: f64) -> UnixTime {
    UnixTime::from_seconds(seconds as i64)
}

/// A length that JavaScript holds as a float.
#[expect(clippy::as_conversions, reason = "there is no From<f64> for usize; the cast saturates")]
fn length(units: f64) -> usize {
    units as usize
}
