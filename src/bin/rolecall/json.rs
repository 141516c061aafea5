//! An inspection as the JSON object of docs/inspect.md: the core's own, with the message keys worded.

use rolecall::view::Inspection;
use serde_json::{Map, Value};

use crate::words::Words;

/// One object, indented, and a line end. `messages` is how many messages there were to choose from.
pub(crate) fn write(inspection: &Inspection, messages: usize, words: &Words) -> String {
    let mut value = serde_json::to_value(inspection).unwrap_or_default();
    reword(&mut value, words);
    if let Value::Object(fields) = &mut value {
        fields.insert("messages".to_owned(), messages.max(1).into());
    }
    let text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text + "\n"
}

/// Replaces `text` of every finding, wherever it stands, by `message` in plain words, and likewise what else is words in it.
fn reword(value: &mut Value, words: &Words) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| reword(value, words)),
        Value::Object(fields) if fields.contains_key("code") && fields.contains_key("text") => {
            let message = said(fields, "text", words);
            fields.remove("text");
            fields.insert("message".to_owned(), message);
            for which in ["hint", "cause", "fix", "fix_place", "fix_iam"] {
                if fields.contains_key(which) {
                    let said = said(fields, which, words);
                    fields.insert(which.to_owned(), said);
                }
            }
        }
        Value::Object(fields)
            if fields.len() == 2 && fields.contains_key("key") && fields.contains_key("args") =>
        {
            *value = worded(value, words);
        }
        Value::Object(fields) => fields.values_mut().for_each(|value| reword(value, words)),
        _ => {}
    }
}

/// The words of one of a finding's messages; null when there are none.
fn said(finding: &Map<String, Value>, which: &str, words: &Words) -> Value {
    worded(finding.get(which).unwrap_or(&Value::Null), words)
}

fn worded(message: &Value, words: &Words) -> Value {
    let key = message.get("key").and_then(Value::as_str).unwrap_or_default();
    let args = message.get("args").and_then(Value::as_array);
    let args: Vec<String> = args.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let said = words.say(key, &args);
    if said.is_empty() { Value::Null } else { said.into() }
}
