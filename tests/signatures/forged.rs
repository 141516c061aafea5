//! Published forgeries.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rolecall::signature::{Judgement, Trust};

use crate::corpus::{Entry, codes, conclude, entries, folder, is_trusting, judge, verdict};
use crate::judges::Jdk;

#[test]
fn no_published_forgery_is_taken_for_more_than_it_is() {
    let (mut total, mut wrong, mut counts) = (0, Vec::new(), BTreeMap::new());
    for entry in entries("attacks") {
        let text = entry.text();
        let pinned = entry.list("expect");
        let unpinned = entry.list("expect_unpinned");
        // Without a pin nothing can be better than with it: what was genuine is consistent at most.
        let unpinned = if unpinned.is_empty() { pinned.clone() } else { unpinned };
        for (trust, expected, pin) in
            [(entry.trust(), pinned, "pinned"), (Trust::default(), unpinned, "without a pin")]
        {
            total += 1;
            let judgement = judge(&text, &trust);
            let said = verdict(judgement.as_ref());
            *counts.entry((pin, said)).or_insert(0_usize) += 1;
            if !expected.contains(&said) {
                let codes = codes(judgement.as_ref());
                wrong.push(format!("{} ({pin}): {said}, not {expected:?} {codes:?}", entry.file()));
            }
            wrong.extend(shown_as_covered(entry, judgement.as_ref(), pin));
        }
    }
    println!("{counts:?}");
    conclude("published forgeries", total, &wrong);
}

/// A forged role in what a reader is told to trust.
fn shown_as_covered(entry: Entry, judgement: Option<&Judgement>, pin: &str) -> Option<String> {
    let judgement = judgement?;
    // A forger's own signature covers what it covers; the verdict says that nobody vouches for the key.
    if entry.get("why").is_some_and(|why| why.contains("certificate that it carries")) {
        return None;
    }
    let role = entry.list("roles").into_iter().find(|role| {
        judgement.covered.iter().any(|covered| {
            is_trusting(judgement.signatures[covered.signature].verdict) && covered.text().contains(role)
        })
    })?;
    Some(format!("{} ({pin}): {role} is shown as covered", entry.file()))
}

#[test]
fn a_forgery_rests_on_a_signature_that_verifies_just_where_it_is_said_to() {
    let entries = entries("attacks");
    let asked = |entry: &Entry| (folder().join(entry.file()), entry.key_files().remove(0));
    let answers = Jdk::start(entries.iter().map(asked).collect()).answers();
    let mut holding: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for ((file, ..), valid) in answers {
        *holding.entry(file).or_default() |= valid;
    }
    let (mut total, mut wrong) = (0, Vec::new());
    for entry in entries {
        let holds = holding.get(&folder().join(entry.file())).copied().unwrap_or_default();
        let should = match entry.list("expect").as_slice() {
            ["wrapped"] => true,
            ["broken" | "unsigned"] => false,
            _ => continue,
        };
        total += 1;
        if holds != should {
            wrong.push(format!("{}: the JDK finds a valid signature: {holds}", entry.file()));
        }
    }
    conclude("forgeries with a signature that verifies, or without", total, &wrong);
}

#[test]
fn every_forgery_names_its_source() {
    for entry in entries("attacks") {
        let known = entry.get("name").is_some() && entry.get("naive").is_some();
        assert!(known, "{}", entry.file());
        let source = entry.source();
        assert!(!source.0.is_empty() && source.1.starts_with("https://"), "{}: {source:?}", entry.file());
        let trusts = entry.list("expect").iter().any(|verdict| matches!(*verdict, "genuine" | "consistent"));
        assert!(!trusts || entry.get("why").is_some(), "{}: why may it be trusted?", entry.file());
    }
}
