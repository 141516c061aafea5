//! docs/findings.md, written from the registry and the words. `ROLECALL_WRITE=1 cargo test --test audit` writes it anew.

use std::fs;

use rolecall::audit::registry::{FAMILIES, Rule, Word, rules};
use serde_json::{Map, Value};

use crate::words::messages;

const PAGE: &str = "docs/findings.md";

#[test]
fn the_page_of_findings_is_that_of_the_registry() {
    let page = page(&messages());
    if std::env::var_os("ROLECALL_WRITE").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let written = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(written == page, "{PAGE} is stale: ROLECALL_WRITE=1 cargo test --test audit writes it");
}

fn page(messages: &Map<String, Value>) -> String {
    let mut page = format!(
        "# Findings\n\nWritten from `src/audit/registry` and `extension/_locales/en/messages.json`; do not edit. {} rules.\n\n\
         `error`: AWS will refuse. `warning`: it will hurt soon or sometimes. `note`: worth knowing. A finding may matter less than \
         its rule does at the most. `$1` and the like stand for what was seen.\n",
        rules().count()
    );
    for family in FAMILIES {
        page.push_str(&format!("\n## {}\n", family.title));
        for rule in family.rules {
            entry(&mut page, rule, messages);
        }
    }
    page
}

fn entry(page: &mut String, rule: &Rule, messages: &Map<String, Value>) {
    let key = rule.code.replace('.', "_");
    let say = |suffix: &str| {
        let message = messages.get(&[&key, suffix].concat())?.get("message")?.as_str()?;
        Some(escaped(message))
    };
    page.push_str(&format!(
        "\n### `{}`\n\n`{}`. {}\n",
        rule.code,
        rule.severity.name(),
        say("").unwrap_or_default()
    ));
    if let Some(said) = rule.aws_message {
        page.push_str(&format!("\n> {}\n", escaped(said)));
    }
    let named = [
        ("Cause", Some(Word::Cause)),
        ("You", None),
        ("Identity provider", Some(Word::Generic)),
        ("Entra ID", Some(Word::Entra)),
        ("Okta", Some(Word::Okta)),
        ("AD FS", Some(Word::AdFs)),
        ("Google", Some(Word::Google)),
        ("Ping", Some(Word::Ping)),
        ("Keycloak", Some(Word::Keycloak)),
        ("IAM", Some(Word::Iam)),
    ];
    let lines =
        named.into_iter().filter_map(|(name, word)| Some((name, say(word.map_or("_hint", Word::suffix))?)));
    let lines: String = lines.map(|(name, text)| format!("- {name}: {text}\n")).collect();
    if !lines.is_empty() {
        page.push('\n');
        page.push_str(&lines);
    }
}

/// Words in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if matches!(c, '<' | '>' | '*' | '_' | '[' | ']' | '#' | '`' | '\\' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
