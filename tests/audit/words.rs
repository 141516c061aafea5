//! Every rule has its words, and every word of a rule is known to the registry.

use std::fs;

use rolecall::audit::registry::{Word, rules};
use rolecall::audit::{Product, Topic};
use serde_json::{Map, Value};

pub(crate) fn messages() -> Map<String, Value> {
    serde_json::from_str(&fs::read_to_string("extension/_locales/en/messages.json").unwrap()).unwrap()
}

pub(crate) const WORDS: [Word; 9] = [
    Word::Cause,
    Word::Generic,
    Word::Entra,
    Word::Okta,
    Word::AdFs,
    Word::Google,
    Word::Ping,
    Word::Keycloak,
    Word::Iam,
];

#[test]
fn the_registry_knows_exactly_the_words_that_there_are() {
    let messages = messages();
    for rule in rules() {
        let key = rule.code.replace('.', "_");
        assert!(messages.contains_key(&key), "{} has no message", rule.code);
        for word in WORDS {
            let key = [&key, word.suffix()].concat();
            assert_eq!(messages.contains_key(&key), rule.has(word), "{key}");
        }
    }
}

#[test]
fn every_rule_that_is_an_error_says_what_to_do() {
    let messages = messages();
    for rule in rules().filter(|rule| rule.severity == rolecall::severity::Severity::Error) {
        let hint = [&rule.code.replace('.', "_"), "_hint"].concat();
        assert!(messages.contains_key(&hint) || !rule.words.is_empty(), "{}", rule.code);
    }
}

#[test]
fn every_menu_path_has_its_words() {
    let messages = messages();
    let topics = [
        Topic::Claims,
        Topic::Urls,
        Topic::Certificate,
        Topic::Assignment,
        Topic::NameId,
        Topic::Lifetime,
        Topic::Encryption,
        Topic::Mfa,
    ];
    let mut count = 0;
    for (topic, product) in topics.into_iter().flat_map(|topic| Product::ALL.map(|product| (topic, product)))
    {
        if let Some(key) = topic.place(product) {
            assert!(messages.contains_key(key), "{key}");
            count += 1;
        }
    }
    let places = messages.keys().filter(|key| key.starts_with("place_")).count();
    assert_eq!(count, places);
}
