//! One core in three hosts: what either browser says of a message is what the companion command says of it, for every message of
//! `tests/fixtures/signatures`.

use rolecall_browser::{DriveError, Inspector, Result, World, companion, in_both_browsers};
use serde_json::{Value, json};

use crate::materials::{fixture, fixtures};

in_both_browsers! {
    async fn genuine_messages_are_judged_as_the_companion_command_judges_them(browser: Browser) {
        compare(browser, "good").await?;
    }

    async fn attacks_are_judged_as_the_companion_command_judges_them(browser: Browser) {
        compare(browser, "attacks").await?;
    }
}

async fn compare(browser: rolecall_browser::Browser, list: &str) -> Result<()> {
    let manifest: Value = serde_json::from_str(&fixture("signatures/manifest.json")?)?;
    let files = manifest[list].as_array().into_iter().flatten().filter_map(|one| one["file"].as_str());
    let files: Vec<&str> = files.collect();
    assert!(files.len() >= 80, "{} files", files.len());
    let world = World::start(browser).await?;
    let inspector = Inspector::open(&world.session).await?;
    let mut differ = Vec::new();
    for batch in files.chunks(BATCH) {
        let texts: Result<Vec<String>> =
            batch.iter().map(|file| fixture(&format!("signatures/{file}"))).collect();
        let here = world.session.evaluate(INSPECT, vec![json!(texts?), json!(NOW)]).await?;
        for (file, here) in batch.iter().zip(here.as_array().into_iter().flatten()) {
            let native = native(file)?;
            if *here != native {
                differ.push(format!("{file}: {here} in {browser:?}, natively {native}"));
            }
        }
    }
    assert!(differ.is_empty(), "{} of {} differ:\n{}", differ.len(), files.len(), differ.join("\n"));
    inspector.close().await
}

/// What the companion command says of a file, cut down to what is compared.
fn native(file: &str) -> Result<Value> {
    let path = fixtures().join("signatures").join(file);
    let output = companion(&["inspect", "--json", "--now", NOW_TEXT, &path.to_string_lossy()])?;
    let whole: Value = serde_json::from_str(&output).map_err(|error| DriveError::from(error).during(file))?;
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

/// The same of each text, by the page's own modules and the browser's own crypto. A file holds one message.
const INSPECT: &str = "const core = await import(new URL('../core.js', location.href));
    const { host } = await import(new URL('crypto.js', location.href));
    const judged = [];
    for (const text of args[0]) {
        try {
            const [imported] = await core.readImports(text);
            const { verdict, name_id: name, roles, findings, signatures } = await core.inspect(imported, { pins: [] }, args[1], null, host);
            judged.push({
                verdict, name, roles: roles.map(({ role }) => role), findings: findings.map(({ code }) => code),
                signatures: signatures.map((one) => one.verdict), covers: signatures.map((one) => one.covers),
            });
        } catch (error) {
            if (!core.isFailure(error)) throw error;
            judged.push({ error: error.code });
        }
    }
    return judged;";

/// When they are judged, in epoch seconds and as the command takes it.
const NOW: u32 = 1_795_525_200;
const NOW_TEXT: &str = "2026-11-24T13:00:00Z";
/// Messages that one script judges.
const BATCH: usize = 40;
