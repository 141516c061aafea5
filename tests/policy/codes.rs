//! The table of codes is the one place from which they are worded: it holds every one, and no other.

use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_code_stands_in_the_table_and_no_code_stands_there_alone() {
    let mut used = BTreeSet::new();
    for entry in fs::read_dir("src/policy").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(path).unwrap();
            let codes = text.split('"').filter(|text| {
                text.strip_prefix("policy.").is_some_and(|rest| {
                    !rest.is_empty() && rest.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                })
            });
            used.extend(codes.map(str::to_owned));
        }
    }
    let table = fs::read_to_string("src/policy/codes.md").unwrap();
    let named: BTreeSet<String> = table
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()))
        .collect();
    assert!(used.len() > 90, "the test found only {} codes: does it still read them?", used.len());
    assert_eq!(named, used);
}
