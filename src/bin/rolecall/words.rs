//! The extension's own English words, for a terminal: message key and values in, a sentence out.

use serde_json::{Map, Value};

/// The messages of `_locales/en`.
pub(crate) struct Words(Map<String, Value>);

impl Words {
    /// Those that are built in.
    pub(crate) fn english() -> Self {
        let text = include_str!("../../../extension/_locales/en/messages.json");
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// The message of this key with `args` in its placeholders; empty when there is none.
    pub(crate) fn say(&self, key: &str, args: &[String]) -> String {
        let Some(entry) = self.0.get(key) else { return String::new() };
        let message = entry.get("message").and_then(Value::as_str).unwrap_or_default();
        let mut said = String::with_capacity(message.len());
        let mut rest = message;
        while let Some((before, after)) = rest.split_once('$') {
            said.push_str(before);
            rest = match placeholder(entry, after) {
                Some((number, after)) => {
                    said.push_str(args.get(number).map_or("", String::as_str));
                    after
                }
                // `$$` is a dollar sign; a lone one too.
                None => {
                    said.push('$');
                    after.strip_prefix('$').unwrap_or(after)
                }
            };
        }
        said.push_str(rest);
        said
    }
}

/// The place of the argument that a placeholder stands for, and what follows it: `1`, or `NAME$` of the entry's list.
fn placeholder<'a>(entry: &Value, after: &'a str) -> Option<(usize, &'a str)> {
    if let Some(digit) = after.chars().next().and_then(|first| first.to_digit(10)).filter(|digit| *digit > 0)
    {
        return Some((usize::try_from(digit).ok()?.checked_sub(1)?, after.get(1..)?));
    }
    let (name, after) = after.split_once('$')?;
    let content = entry.get("placeholders")?.get(name.to_ascii_lowercase())?.get("content")?.as_str()?;
    let number: usize = content.strip_prefix('$')?.parse().ok()?;
    Some((number.checked_sub(1)?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(json: &str) -> Words {
        Words(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn values_stand_where_the_message_has_its_placeholders() {
        let words = words(
            r#"{"a": {"message": "$1 of $2, $$5"},
                "b": {"message": "code $CODE$.", "placeholders": {"code": {"content": "$1"}}}}"#,
        );
        let args = ["one".to_owned(), "two $1".to_owned()];
        assert_eq!(words.say("a", &args), "one of two $1, $5");
        assert_eq!(words.say("b", &args), "code one.");
        assert_eq!(words.say("a", &[]), " of , $5");
        assert_eq!(words.say("c", &args), "");
    }

    #[test]
    fn the_words_of_the_extension_are_built_in() {
        assert_eq!(Words::english().say("extension_name", &[]), "Rolecall");
    }
}
