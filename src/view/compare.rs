//! Two responses to rows that stand side by side: what the message says, whom it is for, its times, keys, roles and
//! attributes. Differences come first, and last among them those that any two sign-ins have. The order of values is no
//! difference, nor is the order of the two ARNs of a role. Time is linear in the number of values.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Message;
use crate::aws::{PREFIX, RoleGrant};
use crate::saml::{Assertion, Document, Element, Namespace, Node, Response, Timestamp};

/// One line of the comparison: the `ComparedRow` of `extension/inspection.d.ts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedRow {
    /// Message key of its section.
    pub section: &'static str,
    /// Its name: of an attribute what the response calls it, else what the message `label` says.
    pub name: String,
    /// The words for its name; `None` for an attribute.
    pub label: Option<Message>,
    /// The values of the first response: first those that the second does not have.
    pub left: Vec<String>,
    /// The values of the second response: first those that the first does not have.
    pub right: Vec<String>,
    /// How many values at the end of both lists are the same.
    pub common: usize,
    /// Whether both have the same values.
    pub same: bool,
    /// Whether two sign-ins of one person differ in this too, as in identifiers and times.
    pub volatile: bool,
}

/// One side: a response, and the document it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Side<'d> {
    /// The model.
    pub response: &'d Response,
    /// The tree, for its signatures.
    pub document: &'d Document<'d>,
}

/// Compares two responses.
#[must_use]
pub fn compare(left: Side<'_>, right: Side<'_>) -> Vec<ComparedRow> {
    let mut rows = Rows::default();
    let (one, other) = (facts(left), facts(right));
    for (section, label, nature) in FIELDS {
        let (one, mut other) = (one.values(label), other.values(label));
        if one.is_empty() && other.is_empty() {
            continue;
        }
        if matches!(nature, Nature::Span) && are_close(&one, &other) {
            other.clone_from(&one);
        }
        let volatile = matches!(nature, Nature::Volatile)
            || (label == "compare_name_id" && (is_transient(left.response) || is_transient(right.response)));
        let label = Message::of(label, Vec::new());
        rows.add(section, label.key.clone(), Some(label), [one, other], volatile);
    }
    for (name, values) in attributes(left.response, right.response) {
        let volatile = name.ends_with("/authenticationinstant");
        rows.add("compare_attributes", String::from(name), None, values, volatile);
    }
    let Rows { mut different, mut expected, mut same } = rows;
    different.append(&mut expected);
    different.append(&mut same);
    different
}

/// What to make of a difference.
#[derive(Clone, Copy)]
enum Nature {
    Lasting,
    /// Two sign-ins of one person differ in it too.
    Volatile,
    /// Seconds from the issue, whose fractions were cut at both ends.
    Span,
}

/// Section, words and nature of what is compared, in the order of the rows.
const FIELDS: [(&str, &str, Nature); 33] = [
    ("compare_message", "compare_status", Nature::Lasting),
    ("compare_message", "compare_issuer", Nature::Lasting),
    ("compare_message", "compare_destination", Nature::Lasting),
    ("compare_message", "compare_version", Nature::Lasting),
    ("compare_message", "compare_assertions", Nature::Lasting),
    ("compare_message", "compare_encrypted", Nature::Lasting),
    ("compare_message", "compare_in_response_to", Nature::Volatile),
    ("compare_message", "compare_id", Nature::Volatile),
    ("compare_subject", "compare_name_id", Nature::Lasting),
    ("compare_subject", "compare_name_id_format", Nature::Lasting),
    ("compare_subject", "compare_name_qualifier", Nature::Lasting),
    ("compare_subject", "compare_authn_context", Nature::Lasting),
    ("compare_subject", "compare_session_index", Nature::Volatile),
    ("compare_conditions", "compare_audience", Nature::Lasting),
    ("compare_conditions", "compare_recipient", Nature::Lasting),
    ("compare_conditions", "compare_method", Nature::Lasting),
    ("compare_conditions", "compare_address", Nature::Lasting),
    ("compare_times", "compare_issue_instant", Nature::Volatile),
    ("compare_times", "compare_not_before", Nature::Volatile),
    ("compare_times", "compare_not_before_span", Nature::Span),
    ("compare_times", "compare_not_on_or_after", Nature::Volatile),
    ("compare_times", "compare_not_on_or_after_span", Nature::Span),
    ("compare_times", "compare_confirmation_end", Nature::Volatile),
    ("compare_times", "compare_confirmation_end_span", Nature::Span),
    ("compare_times", "compare_session_end", Nature::Volatile),
    ("compare_times", "compare_session_end_span", Nature::Span),
    ("compare_times", "compare_authn_instant", Nature::Volatile),
    ("compare_keys", "compare_signature_algorithm", Nature::Lasting),
    ("compare_keys", "compare_digest_algorithm", Nature::Lasting),
    ("compare_keys", "compare_canonicalization", Nature::Lasting),
    ("compare_keys", "compare_certificate", Nature::Lasting),
    ("compare_keys", "compare_key_name", Nature::Lasting),
    ("compare_roles", "compare_role", Nature::Lasting),
];

/// The rows by rank.
#[derive(Default)]
struct Rows {
    different: Vec<ComparedRow>,
    expected: Vec<ComparedRow>,
    same: Vec<ComparedRow>,
}

impl Rows {
    /// Adds a row of these values, those first that only one side has.
    fn add(
        &mut self,
        section: &'static str,
        name: String,
        label: Option<Message>,
        [left, right]: [Vec<String>; 2],
        volatile: bool,
    ) {
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        for value in &right {
            *counts.entry(value.clone()).or_default() += 1;
        }
        let (mut only_left, mut only_right, mut common) = (Vec::new(), Vec::new(), Vec::new());
        for value in &left {
            if take(&mut counts, value) { common.push(value.clone()) } else { only_left.push(value.clone()) }
        }
        // What is left of the counts are the values that the left side does not have.
        for value in &right {
            if take(&mut counts, value) {
                only_right.push(value.clone());
            }
        }
        let same = only_left.is_empty() && only_right.is_empty();
        let count = common.len();
        only_left.extend_from_slice(&common);
        only_right.append(&mut common);
        let rank = match (same, volatile) {
            (true, _) => &mut self.same,
            (_, true) => &mut self.expected,
            _ => &mut self.different,
        };
        let (left, right) = (only_left, only_right);
        rank.push(ComparedRow { section, name, label, left, right, common: count, same, volatile });
    }
}

/// Whether there is one of these values left; then it is taken.
fn take(counts: &mut FxHashMap<String, usize>, value: &str) -> bool {
    let Some(count) = counts.get_mut(value).filter(|count| **count > 0) else { return false };
    *count = count.saturating_sub(1);
    true
}

/// What one side says, each value with the field's words.
struct Facts(Vec<(&'static str, String)>);

impl Facts {
    fn add(&mut self, label: &'static str, value: Option<&String>) {
        if let Some(value) = value {
            self.0.push((label, value.clone()));
        }
    }

    fn all(&mut self, label: &'static str, values: &[String]) {
        for value in values {
            self.add(label, Some(value));
        }
    }

    /// Adds a time, and how long after the issue it is, under the words `span`.
    fn time(
        &mut self,
        label: &'static str,
        span: &'static str,
        issued: Option<&Timestamp>,
        time: Option<&Timestamp>,
    ) {
        let Some(Timestamp { text, time }) = time else { return };
        let Some(time) = time else { return self.add(label, Some(text)) };
        self.0.push((label, time.rfc3339()));
        if let Some(issued) = issued.and_then(|issued| issued.time) {
            self.0.push((span, time.seconds().saturating_sub(issued.seconds()).to_string()));
        }
    }

    fn values(&self, label: &str) -> Vec<String> {
        let mut values = Vec::new();
        for (its_label, value) in &self.0 {
            if *its_label == label {
                values.push(value.clone());
            }
        }
        values
    }
}

fn facts(side: Side<'_>) -> Facts {
    let response = side.response;
    let mut facts = Facts(Vec::new());
    if let Some(status) = &response.status {
        facts.all("compare_status", &status.codes);
        facts.add("compare_status", status.message.as_ref());
    }
    facts.add("compare_issuer", response.issuer.as_ref());
    facts.add("compare_destination", response.destination.as_ref());
    facts.add("compare_version", response.version.as_ref());
    facts.add("compare_assertions", Some(&response.assertions.len().to_string()));
    for encrypted in &response.encrypted {
        facts.add("compare_encrypted", encrypted.data_algorithm.as_ref());
        facts.add("compare_encrypted", encrypted.key_algorithm.as_ref());
    }
    facts.add("compare_in_response_to", response.in_response_to.as_ref());
    facts.add("compare_id", response.id.as_ref());
    let mut pairs = Vec::new();
    for assertion in &response.assertions {
        facts.assertion(assertion, response.issuer.as_ref());
        for attribute in assertion.attributes.iter().filter(|attribute| is_role(&attribute.name)) {
            pairs.extend(attribute.values.iter().map(|value| pair(&value.text)));
        }
    }
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for pair in &pairs {
        let times = seen.entry(pair.clone()).or_default();
        *times += 1;
        if *times == 1 {
            facts.add("compare_role", Some(pair));
        }
    }
    for element in side.document.elements() {
        if element.namespace() == Namespace::SIGNATURE {
            facts.signature(element);
        }
    }
    facts
}

impl Facts {
    fn assertion(&mut self, assertion: &Assertion, message_issuer: Option<&String>) {
        let issued = assertion.issue_instant.as_ref();
        // Said once where message and assertion agree, as nearly always.
        self.add("compare_issuer", assertion.issuer.as_ref().filter(|issuer| message_issuer != Some(issuer)));
        self.add("compare_id", assertion.id.as_ref());
        self.time("compare_issue_instant", "", None, issued);
        if let Some(name_id) = &assertion.name_id {
            self.add("compare_name_id", Some(&name_id.value));
            self.add("compare_name_id_format", name_id.format.as_ref());
            self.add("compare_name_qualifier", name_id.name_qualifier.as_ref());
            self.add("compare_name_qualifier", name_id.sp_name_qualifier.as_ref());
        }
        for data in &assertion.confirmations {
            self.add("compare_method", data.method.as_ref());
            self.add("compare_recipient", data.recipient.as_ref());
            self.add("compare_address", data.address.as_ref());
            let end = data.not_on_or_after.as_ref();
            self.time("compare_confirmation_end", "compare_confirmation_end_span", issued, end);
        }
        if let Some(conditions) = &assertion.conditions {
            for restriction in &conditions.audience_restrictions {
                self.all("compare_audience", restriction);
            }
            let (start, end) = (conditions.not_before.as_ref(), conditions.not_on_or_after.as_ref());
            self.time("compare_not_before", "compare_not_before_span", issued, start);
            self.time("compare_not_on_or_after", "compare_not_on_or_after_span", issued, end);
        }
        for statement in &assertion.authn_statements {
            self.all("compare_authn_context", &statement.context_classes);
            self.add("compare_session_index", statement.session_index.as_ref());
            let end = statement.session_not_on_or_after.as_ref();
            self.time("compare_session_end", "compare_session_end_span", issued, end);
            // The person may have signed in long before: only the time itself, which always differs.
            self.time("compare_authn_instant", "", None, statement.instant.as_ref());
        }
    }

    fn signature(&mut self, element: Element<'_>) {
        let label = match element.local_name() {
            "SignatureMethod" => "compare_signature_algorithm",
            "DigestMethod" => "compare_digest_algorithm",
            "CanonicalizationMethod" => "compare_canonicalization",
            "X509Certificate" => "compare_certificate",
            "KeyName" => "compare_key_name",
            _ => return,
        };
        let mut value = String::from(element.attribute(Namespace::NONE, "Algorithm").unwrap_or_default());
        for node in element.children() {
            let Node::Text(text) = node else { continue };
            // White space in base64 says nothing.
            for part in text.split_ascii_whitespace() {
                value.push_str(part);
            }
        }
        if !value.is_empty() {
            self.0.push((label, value));
        }
    }
}

/// A role and its provider, the role first; what is no pair as it is written.
fn pair(text: &str) -> String {
    let Ok(grant) = RoleGrant::parse(text) else { return String::from(text.trim_ascii()) };
    let mut pair = String::from(grant.role.as_str());
    pair.push(',');
    pair.push_str(grant.provider.as_str());
    pair
}

fn is_role(name: &str) -> bool {
    name.strip_prefix(PREFIX) == Some("Role")
}

/// Whether a name is one that is made for each sign-in.
fn is_transient(response: &Response) -> bool {
    response.assertions.iter().any(|assertion| {
        let format = assertion.name_id.as_ref().and_then(|name_id| name_id.format.as_deref());
        format.is_some_and(|format| format.ends_with(":transient"))
    })
}

/// Whether spans are the same but for the fractions that were cut.
fn are_close(left: &[String], right: &[String]) -> bool {
    let seconds = |text: &String| text.parse::<i64>().unwrap_or_default();
    left.len() == right.len()
        && left.iter().zip(right).all(|(one, other)| seconds(one).abs_diff(seconds(other)) <= 1)
}

/// The values of each attribute on both sides, by name, in the order in which the names are met. Parts of one name are one.
fn attributes<'r>(left: &'r Response, right: &'r Response) -> Vec<(&'r str, [Vec<String>; 2])> {
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut found: Vec<(&str, [Vec<String>; 2])> = Vec::new();
    for (response, is_left) in [(left, true), (right, false)] {
        for assertion in &response.assertions {
            for attribute in assertion.attributes.iter().filter(|attribute| !is_role(&attribute.name)) {
                // A place is kept as one more, for nought is that of a new name.
                let place = places.entry(attribute.name.clone()).or_default();
                if *place == 0 {
                    found.push((&attribute.name, [Vec::new(), Vec::new()]));
                    *place = found.len();
                }
                let Some((_, [left, right])) = found.get_mut(place.saturating_sub(1)) else { continue };
                let values = if is_left { left } else { right };
                for value in &attribute.values {
                    values.push(value.text.clone());
                }
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
