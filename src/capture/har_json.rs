//! The JSON of a HAR file to its requests, natively; in the browser `wasm` has the engine's own reader do it. All but the
//! fields of [`Entry`] is skipped while it is read: the bodies of responses are most of such a file.

use serde::Deserialize;

use super::har::Entry;
use crate::limits::MAX_HAR_BYTES;
use crate::secret::Secret;

/// The requests of a HAR file. `None` when the text is not one, or is longer than [`MAX_HAR_BYTES`].
pub(super) fn entries(text: &str) -> Option<Vec<Entry>> {
    if text.len() > MAX_HAR_BYTES {
        return None;
    }
    let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let entries = file.log.entries.into_iter().map(|recorded| {
        let body = recorded.request.post_data.unwrap_or_default();
        let params = body.params.unwrap_or_default();
        Entry {
            url: Secret::new(recorded.request.url),
            started: recorded.started_date_time,
            params: params
                .into_iter()
                .map(|param| (param.name, Secret::new(param.value.unwrap_or_default())))
                .collect(),
            text: body.text.map(Secret::new),
        }
    });
    Some(entries.collect())
}

#[derive(Deserialize)]
struct File {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Recorded>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    #[serde(default)]
    started_date_time: Option<String>,
    request: Request,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    url: String,
    #[serde(default)]
    post_data: Option<PostData>,
}

#[derive(Default, Deserialize)]
struct PostData {
    #[serde(default)]
    params: Option<Vec<Param>>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Deserialize)]
struct Param {
    name: String,
    #[serde(default)]
    value: Option<String>,
}
