//! Holds the numbered invariants of docs/architecture.md that can be read off the source.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rolecall::audit::registry::rules;

/// The rooms in pipeline order; `view` reads all and is read by the doors alone. `native` is a door as `wasm` is.
const ROOMS: [&str; 15] = [
    "capture",
    "saml",
    "signature",
    "aws",
    "policy",
    "sts",
    "api",
    "export",
    "audit",
    "trail",
    "rotation",
    "setup",
    "view",
    "wasm",
    "native",
];
const FOUNDATION: [&str; 7] = ["digits", "limits", "octets", "partition", "secret", "severity", "time"];

#[test]
fn no_room_imports_one_to_its_right() {
    let mut seen = 0;
    for file in files("src", &["rs"]) {
        let own = room_of(&file);
        let text = code_of(&file);
        for import in words_after(&text, "crate::").chain(words_after(&text, "rolecall_reading::")) {
            let Some(imported) = ROOMS.iter().position(|room| *room == import) else { continue };
            seen += 1;
            let own = own
                .as_deref()
                .unwrap_or_else(|| panic!("{} is no room and imports {import}", file.display()));
            if FOUNDATION.contains(&own) {
                panic!("{}: a foundation file imports the room {import}", file.display());
            }
            let own = ROOMS.iter().position(|room| *room == own).expect("a room");
            assert!(imported <= own, "{} imports {import}, which stands to its right", file.display());
        }
    }
    assert!(seen > 10, "the test found only {seen} imports: does it still read them?");
}

#[test]
fn nothing_outside_the_door_names_a_browser_type() {
    for file in files("src", &["rs"]).into_iter().filter(|file| !file.starts_with("src/wasm")) {
        let text = code_of(&file);
        for word in ["wasm_bindgen", "js_sys", "web_sys", "JsValue"] {
            assert!(!text.contains(word), "{} names {word}", file.display());
        }
    }
}

#[test]
fn only_the_reader_uses_quick_xml() {
    let users: Vec<String> = files("src", &["rs"])
        .into_iter()
        .filter(|file| code_of(file).contains("quick_xml"))
        .map(|file| file.display().to_string())
        .collect();
    assert_eq!(users, ["src/saml/reader.rs"]);
}

#[test]
fn shipped_javascript_makes_no_markup_or_code_from_strings() {
    for file in shipped(&["js", "html"]) {
        let text = fs::read_to_string(&file).unwrap();
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "DOMParser",
        ] {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
}

#[test]
fn shipped_javascript_logs_nothing() {
    for file in shipped(&["js"]) {
        assert!(!fs::read_to_string(&file).unwrap().contains("console."), "{} logs", file.display());
    }
}

#[test]
fn only_platform_js_names_the_browser() {
    for file in shipped(&["js"]).into_iter().filter(|file| !file.ends_with("platform.js")) {
        let text = uncommented(&fs::read_to_string(&file).unwrap());
        for word in ["chrome.", "browser."] {
            assert!(!text.contains(word), "{} names {word}", file.display());
        }
    }
}

#[test]
fn only_the_core_folder_imports_wasm() {
    let imports = |file: &&PathBuf| uncommented(&fs::read_to_string(file).unwrap()).contains("wasm/");
    let importers = shipped(&["js"]);
    let importers: Vec<_> = importers.iter().filter(imports).collect();
    assert!(importers.len() > 1, "the test found only {importers:?}: does it still read them?");
    for file in importers {
        assert!(file.starts_with("extension/core"), "{} imports wasm", file.display());
    }
}

#[test]
fn only_send_js_fetches() {
    let words = ["fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon"];
    let sends = |file: &PathBuf| {
        let text = uncommented(&fs::read_to_string(file).unwrap());
        words.iter().any(|word| text.contains(word))
    };
    let senders: Vec<PathBuf> = shipped(&["js", "html"]).into_iter().filter(sends).collect();
    assert_eq!(senders, [Path::new("extension/send.js")]);
}

/// Preferences, and pins: public certificates of identity providers.
#[test]
fn only_preferences_are_written_to_disk() {
    let mut writers = Vec::new();
    for file in shipped(&["js"]) {
        let text = uncommented(&fs::read_to_string(&file).unwrap());
        if text.contains("local.set(") {
            writers.push(file.display().to_string());
        }
        for word in ["localStorage", "indexedDB", "storage.sync", "caches.", "document.cookie"] {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
    assert_eq!(
        writers,
        [
            "extension/ui/certificates.js",
            "extension/ui/pins.js",
            "extension/ui/preferences.js",
            "extension/ui/setup-state.js"
        ]
    );
}

#[test]
fn the_core_reads_no_clock_and_no_file() {
    let is_core = |file: &PathBuf| !file.starts_with("src/wasm") && !file.starts_with("src/bin");
    for file in files("src", &["rs"]).into_iter().filter(is_core) {
        let text = code_of(&file);
        for word in ["SystemTime", "Instant::now", "std::fs", "std::net", "std::env", "println!", "eprintln!"]
        {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
}

/// Every code of a fact has words, and no words are left over.
#[test]
fn every_code_has_a_message_and_every_message_is_used() {
    let messages: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string("extension/_locales/en/messages.json").unwrap()).unwrap();
    let mut sources = String::new();
    for file in files("src", &["rs"]) {
        sources.push_str(&code_of(&file));
    }
    let codes = codes(&sources);
    assert!(codes.len() > 60, "the test found only {} codes: does it still read them?", codes.len());
    for file in shipped(&["js", "html"]).into_iter().chain(files("extension", &["json"])) {
        if !file.ends_with("messages.json") {
            sources.push_str(&fs::read_to_string(&file).unwrap());
        }
    }
    for code in &codes {
        assert!(messages.contains_key(&code.replace('.', "_")), "_locales/en has no message for {code}");
    }
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for (open, close) in [("'", "'"), ("\"", "\""), ("__MSG_", "__")] {
        names.extend(words_between(&sources, open, close));
    }
    let starts: BTreeSet<&str> = words_between(&sources, "`", "${").collect();
    let keys: BTreeSet<String> = codes.iter().map(|code| code.replace('.', "_")).collect();
    for key in messages.keys() {
        let of_rule = rules().find_map(|rule| {
            let rest = key.strip_prefix(&rule.code.replace('.', "_"))?;
            (rest == "_hint" || rule.words.iter().any(|word| word.suffix() == rest)).then_some(())
        });
        if of_rule.is_some() {
            continue;
        }
        let base = key.strip_suffix("_hint").unwrap_or(key);
        let plural = base.strip_suffix("_one").or_else(|| base.strip_suffix("_other")).unwrap_or(base);
        let named = |name: &str| names.contains(name);
        let computed =
            key.match_indices('_').any(|(at, _)| key.get(..=at).is_some_and(|start| starts.contains(start)));
        let of_host = base.strip_prefix("host_").is_some_and(|rest| named(&format!("host.{rest}")));
        assert!(
            keys.contains(base) || named(key) || named(plural) || computed || of_host,
            "_locales/en: nothing uses {key}"
        );
    }
    for (key, message) in &messages {
        assert!(
            message.get("description").is_some(),
            "_locales/en: {key} has no description for translators"
        );
    }
}

/// The words of letters, digits, `_` and `.` that stand between `open` and `close`.
fn words_between<'a>(text: &'a str, open: &str, close: &str) -> impl Iterator<Item = &'a str> {
    text.match_indices(open).filter_map(move |(at, _)| {
        let rest = text.get(at + open.len()..)?;
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
        // A name in `__MSG_name__` ends with underscores of its own.
        let (word, behind) = rest.split_at(rest.get(..end)?.find(close).unwrap_or(end));
        behind.starts_with(close).then_some(word)
    })
}

/// Texts that look like the code of a fact.
fn codes(source: &str) -> BTreeSet<String> {
    let is_family = |name: &str| ROOMS.contains(&name) || name == "entra" || name == "host";
    source
        .split('"')
        .filter(|text| {
            text.split_once('.').is_some_and(|(room, rest)| {
                is_family(room)
                    && !rest.is_empty()
                    && rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            })
        })
        .map(str::to_owned)
        .collect()
}

fn shipped(endings: &[&str]) -> Vec<PathBuf> {
    let generated = Path::new("extension/wasm");
    let files: Vec<PathBuf> =
        files("extension", endings).into_iter().filter(|file| !file.starts_with(generated)).collect();
    assert!(!files.is_empty());
    files
}

fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .and_then(|ending| ending.to_str())
                .is_some_and(|ending| endings.contains(&ending))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The room or foundation file a source file belongs to; none for `lib.rs`.
fn room_of(file: &Path) -> Option<String> {
    let below = file.strip_prefix("src").unwrap().components().next()?;
    let name = Path::new(below.as_os_str()).file_stem()?.to_str()?.to_owned();
    (name != "lib").then_some(name)
}

/// The file without comments and without its tests, which may use what they like.
fn code_of(file: &Path) -> String {
    if file.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem.ends_with("tests")) {
        return String::new();
    }
    let text = uncommented(&fs::read_to_string(file).unwrap());
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()
}

fn uncommented(text: &str) -> String {
    text.lines()
        .filter(|line| !matches!(line.trim_start().get(..2), Some("//" | "/*" | "* " | "*/")))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn words_after<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(marker).filter_map(move |(at, _)| {
        let rest = text.get(at + marker.len()..)?;
        rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
    })
}
