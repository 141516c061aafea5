//! One core in three hosts: what either browser says of a message is what the companion command says of it, for every message of
//! `tests/fixtures/signatures`.

use std::io::Write as _;
use std::path::Path;

use rolecall_browser::{Browser, DriveError, Inspector, Result, World, companion, in_both_browsers};
use serde_json::{Value, json};

use crate::materials::{certificate_of, fixture, fixtures, metadata};

in_both_browsers! {
    async fn genuine_messages_are_judged_as_the_companion_command_judges_them(browser: Browser) {
        compare(browser, "good", 150).await?;
    }

    async fn attacks_are_judged_as_the_companion_command_judges_them(browser: Browser) {
        compare(browser, "attacks", 0).await?;
    }
}

/// Judges each file of a list twice, here and natively: with no key that is trusted, then with its signers' keys trusted for
/// its issuer.
async fn compare(browser: Browser, list: &str, least_genuine: usize) -> Result<()> {
    let manifest: Value = serde_json::from_str(&fixture("signatures/manifest.json")?)?;
    let files: Vec<&Value> = manifest[list].as_array().into_iter().flatten().collect();
    assert!(files.len() >= 80, "{} files", files.len());
    let world = World::start(browser).await?;
    let inspector = Inspector::open(&world.session).await?;
    let mut differ = Vec::new();
    let mut genuine = 0;
    for batch in files.chunks(BATCH) {
        let cases: Result<Vec<Case>> = batch.iter().map(|of| Case::read(of)).collect();
        let cases = cases?;
        for trusted in [false, true] {
            let given: Vec<Value> = cases.iter().map(|case| case.for_the_page(trusted)).collect();
            let here = world.session.evaluate(INSPECT, vec![json!(given), json!(NOW)]).await?;
            for (case, here) in cases.iter().zip(here.as_array().into_iter().flatten()) {
                let native = case.natively(trusted)?;
                genuine += usize::from(native["verdict"] == "genuine");
                if *here != native {
                    differ.push(format!(
                        "{}, trusted {trusted}: {here} in {browser:?}, natively {native}",
                        case.file
                    ));
                }
            }
        }
    }
    assert!(differ.is_empty(), "{} of {} differ:\n{}", differ.len(), files.len(), differ.join("\n"));
    assert!(genuine >= least_genuine, "{genuine} are genuine");
    inspector.close().await
}

/// A message of the corpus, and who signs for its issuer.
struct Case {
    file: String,
    text: String,
    issuer: String,
    /// DER, base64.
    certificates: Vec<String>,
}

impl Case {
    fn read(of: &Value) -> Result<Self> {
        let file = of["file"].as_str().unwrap_or_default().to_owned();
        let text = fixture(&format!("signatures/{file}"))?;
        let keys = of["keys"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let certificates: Result<Vec<String>> =
            keys.map(|key| certificate_of(&fixture(&format!("signatures/{key}"))?)).collect();
        let mut certificates = certificates?;
        certificates.sort();
        certificates.dedup();
        let mut case = Self { file, text, issuer: String::new(), certificates };
        case.issuer = case.inspected(None)?["issuer"].as_str().unwrap_or_default().to_owned();
        Ok(case)
    }

    fn for_the_page(&self, trusted: bool) -> Value {
        let pins = json!([{ "issuer": self.issuer, "certificates": self.certificates }]);
        json!({ "text": self.text, "trust": { "pins": if trusted { pins } else { json!([]) } } })
    }

    /// What the companion command says, cut down to what is compared.
    fn natively(&self, trusted: bool) -> Result<Value> {
        let whole = if trusted {
            let mut file = tempfile::NamedTempFile::new()?;
            file.write_all(metadata(&self.issuer, &self.certificates).as_bytes())?;
            self.inspected(Some(file.path()))?
        } else {
            self.inspected(None)?
        };
        if let Some(code) = whole.pointer("/error/code") {
            return Ok(json!({ "error": code }));
        }
        let each = |list: &Value, name: &str| -> Vec<Value> {
            list.as_array().into_iter().flatten().map(|one| one[name].clone()).collect()
        };
        Ok(json!({
            "verdict": whole["verdict"],
            "name": whole["name_id"],
            "roles": each(&whole["roles"], "role"),
            "findings": each(&whole["findings"], "code"),
            "signatures": each(&whole["signatures"], "verdict"),
            "covers": each(&whole["signatures"], "covers"),
        }))
    }

    fn inspected(&self, metadata: Option<&Path>) -> Result<Value> {
        let path = fixtures().join("signatures").join(&self.file);
        let (path, metadata) = (path.to_string_lossy(), metadata.map(Path::to_string_lossy));
        let mut arguments = vec!["inspect", "--json", "--now", NOW_TEXT, &path];
        if let Some(metadata) = &metadata {
            arguments.extend(["--metadata", metadata]);
        }
        let output = companion(&arguments)?;
        serde_json::from_str(&output).map_err(|error| DriveError::from(error).during(&self.file))
    }
}

/// The same of each text, by the page's own modules and the browser's own crypto. A file holds one message.
const INSPECT: &str = "const core = await import(new URL('../core/inspect.js', location.href));
    const { isFailure } = await import(new URL('../core/module.js', location.href));
    const { host } = await import(new URL('crypto.js', location.href));
    const judged = [];
    for (const { text, trust } of args[0]) {
        try {
            const [imported] = await core.readImports(text);
            const { verdict, name_id: name, roles, findings, signatures } = await core.inspect(imported, trust, { now: args[1], clock: null }, null, host);
            judged.push({
                verdict, name, roles: roles.map(({ role }) => role), findings: findings.map(({ code }) => code),
                signatures: signatures.map((one) => one.verdict), covers: signatures.map((one) => one.covers),
            });
        } catch (error) {
            if (!isFailure(error)) throw error;
            judged.push({ error: error.code });
        }
    }
    return judged;";

/// When they are judged, in epoch seconds and as the command takes it.
const NOW: u32 = 1_795_525_200;
const NOW_TEXT: &str = "2026-11-24T13:00:00Z";
/// Messages that one script judges.
const BATCH: usize = 40;
