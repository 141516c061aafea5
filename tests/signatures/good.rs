//! What other programs signed.

use std::collections::BTreeSet;
use std::fs;

use rolecall::signature::{Certificate, Entity, KeySource, Trust, Verdict};

use crate::corpus::{codes, conclude, entries, folder, judge, verdict};

#[test]
fn the_corpus_has_what_it_must_have() {
    let good = entries("good");
    assert!(good.len() >= 110, "{} good messages", good.len());
    let signers: BTreeSet<_> = good.iter().filter_map(|entry| entry.get("signer")).collect();
    assert!(signers.len() >= 6, "{signers:?}");
    assert!(entries("attacks").len() >= 100);
    assert!(entries("interop.canonical").len() >= 30);
    assert!(entries("interop.documents").len() >= 30);
}

#[test]
fn what_others_signed_is_genuine_with_their_key_pinned() {
    let (mut total, mut wrong) = (0, Vec::new());
    for entry in entries("good") {
        total += 1;
        let (text, trust) = (entry.text(), entry.trust());
        let judgement = judge(&text, &trust);
        let expected = match (entry.get("missigned"), entry.list("expect")) {
            (Some(_), _) => vec!["broken"],
            (None, list) if list.is_empty() => vec!["genuine"],
            (None, list) => list,
        };
        let said = verdict(judgement.as_ref());
        if !expected.contains(&said) {
            wrong.push(format!("{}: {said}, not {expected:?} {:?}", entry.file(), codes(judgement.as_ref())));
            continue;
        }
        let Some(judgement) = judgement.filter(|judgement| judgement.verdict == Verdict::Genuine) else {
            continue;
        };
        let roles: usize = judgement
            .covered
            .iter()
            .filter(|covered| judgement.signatures[covered.signature].verdict.verifies())
            .map(|covered| covered.text().matches(":role/").count())
            .max()
            .unwrap_or_default();
        if roles != entry.number("roles") {
            wrong.push(format!("{}: {roles} roles are covered, not {}", entry.file(), entry.number("roles")));
        }
        for (signature, key) in judgement.signatures.iter().zip(entry.key_files()) {
            let pem = fs::read_to_string(&key).unwrap();
            let with = signature.verified_with.as_ref().map(|certificate| certificate.pem());
            if with.is_none_or(|with| with.trim() != pem.trim()) {
                wrong.push(format!("{}: not by {}", entry.file(), key.display()));
            }
        }
    }
    conclude("genuine with the key pinned", total, &wrong);
}

#[test]
fn what_others_signed_is_never_genuine_without_a_key_pinned() {
    let (mut total, mut wrong) = (0, Vec::new());
    for entry in entries("good") {
        total += 1;
        let judgement = judge(&entry.text(), &Trust::default());
        let expected = match (entry.get("missigned"), entry.get("embedded")) {
            (Some(_), _) => vec!["broken"],
            _ if !entry.list("expect").is_empty() => vec!["consistent", "wrapped"],
            (None, Some("none")) => vec!["unknown"],
            (None, _) => vec!["consistent"],
        };
        let said = verdict(judgement.as_ref());
        if !expected.contains(&said) {
            wrong.push(format!("{}: {said}, not {expected:?} {:?}", entry.file(), codes(judgement.as_ref())));
        }
    }
    conclude("consistent without", total, &wrong);
}

#[test]
fn what_others_signed_is_not_genuine_with_another_key_pinned() {
    let file = folder().join("keys/attacker.pem");
    let other = Certificate::from_pem(&fs::read_to_string(file).unwrap()).expect("a certificate");
    let other = Trust { entities: Vec::new(), certificates: vec![other] };
    let (mut total, mut wrong) = (0, Vec::new());
    for entry in entries("good") {
        total += 1;
        let judgement = judge(&entry.text(), &other);
        let said = verdict(judgement.as_ref());
        if !["consistent", "broken", "wrapped", "unknown"].contains(&said) {
            wrong.push(format!("{}: {said}", entry.file()));
        }
    }
    conclude("not genuine with another key", total, &wrong);
}

#[test]
fn a_key_makes_messages_of_its_own_issuer_genuine_and_of_no_other() {
    let (mut total, mut wrong) = (0, Vec::new());
    for entry in entries("good") {
        if entry.get("missigned").is_some() || !entry.list("expect").is_empty() {
            continue;
        }
        total += 1;
        let text = entry.text();
        let keys = entry.trust().certificates;
        for (entity_id, is_own) in [(issuer(&text), true), ("https://other.example.com", false)] {
            let source = KeySource::Metadata;
            let entity =
                Entity { entity_id: entity_id.into(), keys: keys.clone(), valid_until: None, source };
            let judgement = judge(&text, &Trust { entities: vec![entity], certificates: Vec::new() });
            let said = verdict(judgement.as_ref());
            let right = if is_own { said == "genuine" } else { ["consistent", "unknown"].contains(&said) };
            if !right {
                wrong.push(format!("{} with keys of {entity_id}: {said}", entry.file()));
            }
        }
    }
    conclude("keys of one issuer", total, &wrong);
}

#[test]
fn a_key_pinned_for_one_issuer_does_not_make_the_assertion_of_another_genuine() {
    let forged =
        entries("attacks").into_iter().find(|entry| entry.get("name") == Some("assertion-of-another-issuer"));
    let forged = forged.expect("the forgery");
    let keys = forged.trust().certificates;
    let trust = |entity_id: &str| {
        let source = KeySource::Pin;
        let entity = Entity { entity_id: entity_id.into(), keys: keys.clone(), valid_until: None, source };
        Trust { entities: vec![entity], certificates: Vec::new() }
    };
    let judgement = judge(&forged.text(), &trust("https://idp.example.com/metadata"));
    assert_eq!(verdict(judgement.as_ref()), "consistent");
    // The same key is genuine where it is trusted whatever the issuer, so it is the issuer that decides.
    assert_eq!(verdict(judge(&forged.text(), &forged.trust()).as_ref()), "genuine");
}

/// The text of the last `Issuer`.
fn issuer(text: &str) -> &str {
    let end = text[..text.rfind("Issuer>").unwrap()].rfind("</").unwrap();
    &text[text[..end].rfind('>').unwrap() + 1..end]
}
