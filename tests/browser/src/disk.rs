//! Looks for secrets in everything a browser wrote: its profile, its home and its temporary files, and the driver's log.

use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;

use crate::{DriveError, Result};

/// Bytes that must not be on disk, and what they are called in a failure.
#[derive(Debug, Clone)]
pub struct Needle {
    name: String,
    text: String,
}

impl Needle {
    /// A needle; `name` says what it is, so that a failure need not print it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// A file that holds a part of a needle.
///
/// Each needle is cut into pieces of [`PIECE`] bytes, and a piece anywhere is a hit: so is one in the literal runs of Snappy
/// (LevelDB, IndexedDB) and LZ4 (`.jsonlz4`), which store first occurrences as they are. Searched are the text itself, UTF-16 (both
/// orders), percent-encoding as in a form, JSON's `\/`, and the base64 of the text at each of the three alignments; in file contents and
/// in file names. Not searched: what a browser compresses with Huffman codes (zlib, Brotli, Zstandard) or encrypts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The needle's name.
    pub needle: String,
    /// The file, relative to the session's folder.
    pub file: PathBuf,
    /// How the text was written there.
    pub form: &'static str,
}

impl Hit {
    /// The first two parts of the path below the profile's own folder: what can be compared with a control run, where file names differ.
    pub fn place(&self) -> PathBuf {
        self.file.iter().take(3).collect()
    }
}

/// Every hit below `root`, sorted, each file, needle and form once. The extension's own files are passed over.
pub(crate) fn search(root: &Path, needles: &[Needle]) -> Result<Vec<Hit>> {
    let mut pieces = Vec::new();
    let mut owners = Vec::new();
    for needle in needles {
        for (form, bytes) in forms(&needle.text) {
            for piece in pieces_of(&bytes) {
                pieces.push(piece.to_vec());
                owners.push((needle, form));
            }
        }
    }
    let searcher = AhoCorasick::new(&pieces).map_err(|error| DriveError::new(error.to_string()))?;
    let mut hits = Vec::new();
    for file in files(root)? {
        let relative = file.strip_prefix(root).unwrap_or(&file);
        if relative.starts_with("extension") {
            continue;
        }
        let mut haystack = relative.as_os_str().as_encoded_bytes().to_vec();
        haystack.push(0);
        // A socket or a lock that is a dangling link has a name, and no content.
        haystack.extend(fs::read(&file).unwrap_or_default());
        for found in searcher.find_overlapping_iter(&haystack) {
            if let Some((needle, form)) = owners.get(found.pattern().as_usize()) {
                hits.push(Hit { needle: needle.name.clone(), file: relative.to_owned(), form });
            }
        }
    }
    hits.sort();
    hits.dedup();
    Ok(hits)
}

/// The ways a text stands on disk.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD_NO_PAD;
    let units = || text.encode_utf16();
    let mut forms = vec![
        ("text", text.as_bytes().to_vec()),
        ("UTF-16LE", units().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", units().flat_map(u16::to_be_bytes).collect()),
        ("percent-encoded", url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().into()),
        ("JSON with \\/", text.replace('/', "\\/").into_bytes()),
    ];
    for skipped in 0..3 {
        let whole = text.len().saturating_sub(skipped) / 3 * 3;
        let bytes = text.as_bytes().get(skipped..skipped + whole).unwrap_or_default();
        forms.push(("base64", STANDARD_NO_PAD.encode(bytes).into_bytes()));
    }
    forms.dedup_by(|a, b| a.1 == b.1);
    forms
}

/// Pieces of a needle, spread over all of it; a needle shorter than one is a piece.
fn pieces_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let step = (bytes.len() / MOST_PIECES).max(PIECE);
    let starts = (0..bytes.len()).step_by(step);
    starts.filter_map(move |start| {
        let whole = bytes.get(start..start + PIECE);
        whole.or((bytes.len() < PIECE).then_some(bytes))
    })
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Random text of this length does not occur by chance.
const PIECE: usize = 20;
/// A SAML response of 100 KB need not be looked for at 5,000 places.
const MOST_PIECES: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    fn found_in(content: &[u8]) -> Vec<&'static str> {
        let root = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        fs::write(root.path().join("file"), content).unwrap_or_else(|error| panic!("{error}"));
        let hits = search(root.path(), &[Needle::new("key", SECRET)]);
        hits.unwrap_or_else(|error| panic!("{error}")).iter().map(|hit| hit.form).collect()
    }

    #[test]
    fn a_secret_is_found_as_text_and_in_the_literal_runs_of_a_compressed_file() {
        assert_eq!(found_in(format!("x{SECRET}y").as_bytes()), ["text"]);
        assert_eq!(found_in(&SECRET.as_bytes()[..21]), ["text"], "the rest is a back reference");
    }

    #[test]
    fn a_secret_is_found_in_utf_16_percent_encoded_and_inside_base64() {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD;
        let utf16: Vec<u8> = SECRET.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(found_in(&utf16).contains(&"UTF-16LE"));
        assert!(found_in(b"wJalrXUtnFEMI%2FK7MDENG%2FbPxRfiCYEXAMPLEKEY").contains(&"percent-encoded"));
        for padding in ["", "a", "ab"] {
            assert_eq!(found_in(STANDARD.encode(format!("{padding}{SECRET}")).as_bytes()), ["base64"]);
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        assert!(found_in(b"wJalrXUtnFEMI and not more").is_empty());
    }
}
