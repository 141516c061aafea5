//! What someone pastes to the JSON of a trust policy: the policy itself, what `aws iam get-role` prints, what the API answers
//! (XML, the policy percent-encoded in it), or the percent-encoded policy alone. Refused is what holds no trust policy.

use super::fact::{Fact, Position};
use super::json::{self, Kind, Value};
use crate::limits::MAX_POLICY_BYTES;
use crate::octets::{holds, split_at_part, unescaped};

/// A policy's JSON, and the text that its positions are in.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) text: String,
    pub(super) policy: Value,
}

/// Finds the policy. The text is returned beside what is wrong with it.
pub(super) fn find(text: &str) -> Result<Document, (String, Fact)> {
    if text.len() > MAX_POLICY_BYTES {
        let fact = Fact::error("policy.too_long", &[&MAX_POLICY_BYTES.to_string()], Position::START);
        return Err((String::new(), fact));
    }
    let pasted = text.trim_start_matches('\u{feff}').trim();
    if pasted.is_empty() {
        return Err((String::new(), Fact::error("policy.nothing", &[], Position::START)));
    }
    if pasted.starts_with('<') {
        let encoded = split_at_part(pasted, "<AssumeRolePolicyDocument>")
            .and_then(|(_, rest)| split_at_part(rest, "</AssumeRolePolicyDocument>"));
        return match encoded {
            Some((encoded, _)) => read(decoded(&unmarked(encoded))),
            None => Err((text.to_owned(), Fact::error("policy.no_policy", &[], Position::START))),
        };
    }
    if pasted.starts_with('%') {
        return read(decoded(pasted));
    }
    read(text.to_owned())
}

fn read(text: String) -> Result<Document, (String, Fact)> {
    match json::parse(&text) {
        Ok(value) => unwrap(text, value),
        Err(fact) => Err((text, fact)),
    }
}

/// Takes the policy out of what stands around it.
fn unwrap(text: String, value: Value) -> Result<Document, (String, Fact)> {
    // The CLI prints {"Role": {...}}; with --query Role, or in list-roles, the role stands alone.
    let role = value.member("Role").unwrap_or(&value);
    if let Some(policy) = role.member("AssumeRolePolicyDocument") {
        if let Kind::Text(inner) = &policy.kind {
            return in_string(inner);
        }
        let policy = policy.clone();
        return Ok(Document { text, policy });
    }
    if let Kind::Text(inner) = &value.kind {
        return in_string(inner);
    }
    let is_role = value.member("Role").is_some() || value.member("Roles").is_some();
    if is_role {
        let at = value.at;
        return Err((text, Fact::error("policy.no_policy", &[], at)));
    }
    Ok(Document { text, policy: value })
}

/// The policy in a string of JSON. One level only: what was in a string is a policy, not again an answer.
fn in_string(inner: &str) -> Result<Document, (String, Fact)> {
    let inner = if inner.trim_start().starts_with('%') { decoded(inner) } else { inner.to_owned() };
    match json::parse(&inner) {
        Ok(policy) => Ok(Document { text: inner, policy }),
        Err(fact) => Err((inner, fact)),
    }
}

/// RFC 3986 escapes, as the IAM API writes policies (`GetRole`).
fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&unescaped(text.trim().as_bytes(), b'+')).into_owned()
}

/// The references of XML that a policy could be written with were it not percent-encoded.
fn unmarked(text: &str) -> String {
    if !holds(text, "&") {
        return text.to_owned();
    }
    let plain = text.replace("&quot;", "\"").replace("&#34;", "\"").replace("&apos;", "'");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[]}"#;

    fn found(text: &str) -> String {
        find(text).map(|document| document.text).unwrap_or_else(|(_, fact)| fact.code.to_owned())
    }

    #[test]
    fn a_policy_is_found_in_every_answer_of_iam() {
        let mut encoded = String::new();
        crate::octets::push_escaped(&mut encoded, POLICY);
        let xml = format!(
            "<GetRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetRoleResult><Role><Path>/</Path>\
             <AssumeRolePolicyDocument>{encoded}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>"
        );
        let api = format!(r#"{{"Role": {{"AssumeRolePolicyDocument": "{encoded}"}}}}"#);
        let quoted = serde_json::to_string(POLICY).unwrap();
        let in_string = format!(r#"{{"AssumeRolePolicyDocument": {quoted}}}"#);
        for text in [POLICY, &encoded, &xml, &api, &in_string, &quoted] {
            assert_eq!(found(text), POLICY, "{text}");
        }
        let cli = format!("{{\"Role\": {{\"Path\": \"/\",\n \"AssumeRolePolicyDocument\": {POLICY}}}}}");
        let document = find(&cli).unwrap();
        assert_eq!((document.text, document.policy.at), (cli, Position { line: 2, column: 30 }));
    }

    #[test]
    fn what_holds_no_policy_is_refused_by_name() {
        for (text, code) in [
            ("", "policy.nothing"),
            (" \n", "policy.nothing"),
            ("<html></html>", "policy.no_policy"),
            (r#"{"Role": {"RoleName": "Dev"}}"#, "policy.no_policy"),
            (r#"{"Roles": []}"#, "policy.no_policy"),
            ("hello", "policy.json_unexpected"),
            ("%7B", "policy.json_ended"),
        ] {
            assert_eq!(found(text), code, "{text}");
        }
        assert_eq!(found(&" ".repeat(MAX_POLICY_BYTES + 1)), "policy.too_long");
    }
}
