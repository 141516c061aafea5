//! The unpacked extension as one session has it: a copy of its own, and the address its pages get.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{Browser, DriveError, Result, firefox};

/// An extension that is loaded, or about to be.
#[derive(Debug)]
pub(crate) struct Extension {
    /// The copy the browser loads.
    pub(crate) folder: PathBuf,
    /// Chromium's extension id, or Firefox's add-on id.
    pub(crate) id: String,
    /// `chrome-extension://ID` or `moz-extension://UUID`.
    pub(crate) origin: String,
}

impl Extension {
    /// Copies the build in `source` to `folder`, so that two sessions never share one. With `calls_allowed` the copy's manifest
    /// requires the hosts of signed calls that the build's asks for at a click; nothing else of it differs.
    pub(crate) fn copy(browser: Browser, source: &Path, folder: &Path, calls_allowed: bool) -> Result<Self> {
        let manifest = source.join("manifest.json");
        let text = fs::read(&manifest).map_err(|error| {
            DriveError::new(format!("no extension at {}: {error}; ./build.sh makes it", manifest.display()))
        })?;
        copy_folder(source, folder)?;
        if calls_allowed {
            let manifest = require_calls(serde_json::from_slice(&text)?);
            fs::write(folder.join("manifest.json"), serde_json::to_vec(&manifest)?)?;
        }
        let folder = folder.canonicalize()?;
        let (id, origin) = match browser {
            Browser::Chromium => {
                let id = unpacked_id(&folder);
                let origin = format!("chrome-extension://{id}");
                (id, origin)
            }
            Browser::Firefox => {
                let manifest: Value = serde_json::from_slice(&text)?;
                let id = manifest.pointer("/browser_specific_settings/gecko/id").and_then(Value::as_str);
                let id = id.ok_or_else(|| DriveError::new("manifest.json has no gecko id"))?;
                (id.to_owned(), format!("moz-extension://{}", firefox::ADDRESS))
            }
        };
        Ok(Self { folder, id, origin })
    }
}

/// The manifest with the hosts of IAM and CloudTrail among the required ones.
fn require_calls(mut manifest: Value) -> Value {
    let is_call = |pattern: &Value| {
        let pattern = pattern.as_str().unwrap_or_default();
        pattern.starts_with("https://iam.") || pattern.starts_with("https://cloudtrail.")
    };
    let optional = manifest.get_mut("optional_host_permissions").and_then(Value::as_array_mut);
    let optional = optional.map(std::mem::take).unwrap_or_default();
    let (calls, others): (Vec<Value>, Vec<Value>) = optional.into_iter().partition(is_call);
    if let Some(hosts) = manifest.get_mut("host_permissions").and_then(Value::as_array_mut) {
        hosts.extend(calls);
    }
    if let Some(fields) = manifest.as_object_mut() {
        fields.insert("optional_host_permissions".to_owned(), Value::Array(others));
    }
    manifest
}

/// Chromium's id of an unpacked extension: the first half of the SHA-256 of its path, a hex digit a letter from a to p.
fn unpacked_id(folder: &Path) -> String {
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let nibbles = digest.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| char::from(b'a' + nibble)).collect()
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unpacked_extension_has_the_id_that_chromium_gives_its_path() {
        assert_eq!(unpacked_id(Path::new("/tmp/probe/ext")), "limhdjookamcpaopddghjajlebejfkco");
    }
}
