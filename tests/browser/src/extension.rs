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
    /// Copies the build in `source` to `folder`, so that two sessions never share one.
    pub(crate) fn copy(browser: Browser, source: &Path, folder: &Path) -> Result<Self> {
        let manifest = source.join("manifest.json");
        let text = fs::read(&manifest).map_err(|error| {
            DriveError::new(format!("no extension at {}: {error}; ./build.sh makes it", manifest.display()))
        })?;
        copy_folder(source, folder)?;
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
