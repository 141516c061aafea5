//! The fixtures: what the manifest says of each, and the core's judgement of a text.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rolecall::native;
use rolecall::saml::Document;
use rolecall::signature::{Answer, Certificate, Judgement, Trust, Verdict, plan};
use serde_json::Value;

/// Where the fixtures are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/signatures")
}

/// The entries of one part of the manifest: `good`, `attacks`, `interop.canonical` or `interop.documents`.
pub(crate) fn entries(part: &str) -> Vec<Entry> {
    static MANIFEST: OnceLock<Value> = OnceLock::new();
    let manifest = MANIFEST.get_or_init(|| {
        let text = fs::read_to_string(folder().join("manifest.json")).expect("the manifest");
        serde_json::from_str(&text).expect("JSON")
    });
    let list = part.split('.').fold(manifest, |value, key| &value[key]);
    list.as_array().expect("a list").iter().map(|value| Entry { value }).collect()
}

/// What the manifest says of one file.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    value: &'static Value,
}

impl Entry {
    pub(crate) fn get(self, key: &str) -> Option<&'static str> {
        self.value[key].as_str()
    }

    pub(crate) fn list(self, key: &str) -> Vec<&'static str> {
        let list = self.value[key].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().map(|value| value.as_str().expect("a string")).collect()
    }

    pub(crate) fn number(self, key: &str) -> usize {
        usize::try_from(self.value[key].as_u64().expect("a number")).unwrap()
    }

    pub(crate) fn file(self) -> &'static str {
        self.get("file").expect("a file")
    }

    pub(crate) fn text(self) -> String {
        fs::read_to_string(folder().join(self.file())).expect("a fixture")
    }

    /// Title and address of where it comes from.
    pub(crate) fn source(self) -> (&'static str, &'static str) {
        let source = &self.value["source"];
        (source["title"].as_str().unwrap_or_default(), source["url"].as_str().unwrap_or_default())
    }

    /// Why an oracle is wrong about this file, if it is.
    pub(crate) fn disputed(self, oracle: &str) -> Option<&'static str> {
        self.value["disputed"][oracle].as_str()
    }

    /// The certificates of the keys that made its signatures, in document order.
    pub(crate) fn key_files(self) -> Vec<PathBuf> {
        self.list("keys").into_iter().map(|file| folder().join(file)).collect()
    }

    /// Trust in exactly those keys.
    pub(crate) fn trust(self) -> Trust {
        let read =
            |file: PathBuf| Certificate::from_pem(&fs::read_to_string(file).unwrap()).expect("a certificate");
        let mut certificates: Vec<Certificate> = Vec::new();
        for certificate in self.key_files().into_iter().map(read) {
            if !certificates.contains(&certificate) {
                certificates.push(certificate);
            }
        }
        Trust { entities: Vec::new(), certificates }
    }
}

/// What the core says of a text; `None` when it does not read it.
pub(crate) fn judge(text: &str, trust: &Trust) -> Option<Judgement> {
    let document = Document::parse(text).ok()?;
    let plan = plan(&document, trust);
    let answers: Vec<Answer> = plan.jobs().iter().map(native::answer).collect();
    Some(plan.conclude(&answers))
}

/// The verdict as the manifest names it: `refused` when the core does not read the text.
pub(crate) fn verdict(judgement: Option<&Judgement>) -> &'static str {
    judgement.map_or("refused", |judgement| judgement.verdict.name())
}

/// The codes of everything the judgement says, for a failure's message.
pub(crate) fn codes(judgement: Option<&Judgement>) -> Vec<&'static str> {
    let Some(judgement) = judgement else { return Vec::new() };
    let own = judgement.signatures.iter().flat_map(|signature| &signature.issues);
    judgement.issues.iter().chain(own).map(|issue| issue.code()).collect()
}

/// Fails with all cases that did not come out right, at once.
pub(crate) fn conclude(what: &str, total: usize, wrong: &[String]) {
    assert!(total > 0, "{what}: there are no cases");
    println!("{what}: agreement on {} of {total}", total.saturating_sub(wrong.len()));
    assert!(wrong.is_empty(), "{what}: {} of {total} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether a verdict lets people trust a message.
pub(crate) fn is_trusting(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Genuine | Verdict::Consistent)
}
