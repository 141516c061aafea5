//! Two responses to rows that stand side by side: what the message says, whom it is for, its times, keys, roles and
//! attributes. Differences come first, and last among them those that any two sign-ins have. The order of values is no
//! difference, nor is the order of the two ARNs of a role. Time is linear in the number of values.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Message;
use crate::aws::{PREFIX, RoleGrant};
use crate::saml::{Assertion, Document, Namespace, Node, Response, Timestamp};

/// One line of the comparison: the `ComparedRow` of `extension/inspector/compared.d.ts`.
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
    let mut rows = Rows(Vec::new());
    let (one, other) = (left.response, right.response);
    rows.message(one, other);
    rows.subject(one, other);
    rows.times(one, other);
    rows.keys(left.document, right.document);
    rows.add("compare_roles", "compare_role", roles(one), roles(other), false);
    rows.attributes(one, other);
    let mut sorted = Vec::with_capacity(rows.0.len());
    let ranks: [fn(&ComparedRow) -> bool; 3] =
        [|row| !row.same && !row.volatile, |row| !row.same && row.volatile, |row| row.same];
    for rank in ranks {
        sorted.extend(rows.0.extract_if(.., |row| rank(row)));
    }
    sorted
}

struct Rows(Vec<ComparedRow>);

impl Rows {
    /// Adds a row with the words `label`, unless neither side has a value.
    fn add(
        &mut self,
        section: &'static str,
        label: &'static str,
        left: Vec<String>,
        right: Vec<String>,
        volatile: bool,
    ) {
        if left.is_empty() && right.is_empty() {
            return;
        }
        let label = Message::of(label, Vec::new());
        self.0.push(row(section, label.key.clone(), Some(label), left, right, volatile));
    }

    fn message(&mut self, left: &Response, right: &Response) {
        let mut add = |label, volatile, read: fn(&Response) -> Vec<String>| {
            self.add("compare_message", label, read(left), read(right), volatile);
        };
        add("compare_status", false, |response| {
            let status = response.status.iter();
            status.flat_map(|status| status.codes.iter().chain(&status.message).cloned()).collect()
        });
        add("compare_issuer", false, |response| {
            let assertions = response.assertions.iter().filter_map(|assertion| assertion.issuer.clone());
            let mut issuers: Vec<String> = response.issuer.iter().cloned().chain(assertions).collect();
            issuers.dedup();
            issuers
        });
        add("compare_destination", false, |response| listed(response.destination.as_ref()));
        add("compare_version", false, |response| listed(response.version.as_ref()));
        add("compare_assertions", false, |response| vec![response.assertions.len().to_string()]);
        add("compare_encrypted", false, |response| {
            let algorithms = response.encrypted.iter();
            algorithms
                .flat_map(|part| part.data_algorithm.iter().chain(&part.key_algorithm).cloned())
                .collect()
        });
        add("compare_in_response_to", true, |response| listed(response.in_response_to.as_ref()));
        add("compare_id", true, |response| {
            let assertions = response.assertions.iter().filter_map(|assertion| assertion.id.as_ref());
            response.id.iter().chain(assertions).cloned().collect()
        });
    }

    fn subject(&mut self, left: &Response, right: &Response) {
        let is_transient = |response: &Response| {
            let name_ids = response.assertions.iter().filter_map(|assertion| assertion.name_id.as_ref());
            name_ids
                .filter_map(|name_id| name_id.format.as_ref())
                .any(|format| format.ends_with(":transient"))
        };
        let is_transient = is_transient(left) || is_transient(right);
        let mut add = |section, label, volatile, read: fn(&Assertion) -> Vec<String>| {
            let all = |response: &Response| response.assertions.iter().flat_map(read).collect();
            self.add(section, label, all(left), all(right), volatile);
        };
        let (subject, conditions) = ("compare_subject", "compare_conditions");
        add(subject, "compare_name_id", is_transient, |assertion| {
            assertion.name_id.iter().map(|name_id| name_id.value.clone()).collect()
        });
        add(subject, "compare_name_id_format", false, |assertion| {
            assertion.name_id.iter().filter_map(|name_id| name_id.format.clone()).collect()
        });
        add(subject, "compare_name_qualifier", false, |assertion| {
            let names = assertion.name_id.iter();
            names
                .flat_map(|name| name.name_qualifier.iter().chain(&name.sp_name_qualifier).cloned())
                .collect()
        });
        add(subject, "compare_authn_context", false, |assertion| {
            assertion
                .authn_statements
                .iter()
                .flat_map(|statement| statement.context_classes.clone())
                .collect()
        });
        add(subject, "compare_session_index", true, |assertion| {
            assertion
                .authn_statements
                .iter()
                .filter_map(|statement| statement.session_index.clone())
                .collect()
        });
        add(conditions, "compare_audience", false, |assertion| {
            let restrictions =
                assertion.conditions.iter().flat_map(|conditions| &conditions.audience_restrictions);
            restrictions.flatten().cloned().collect()
        });
        add(conditions, "compare_recipient", false, |assertion| {
            assertion.confirmations.iter().filter_map(|data| data.recipient.clone()).collect()
        });
        add(conditions, "compare_method", false, |assertion| {
            assertion.confirmations.iter().filter_map(|data| data.method.clone()).collect()
        });
        add(conditions, "compare_address", false, |assertion| {
            assertion.confirmations.iter().filter_map(|data| data.address.clone()).collect()
        });
    }

    /// Each time as it is written, which always differs, and how long after the issue it is, which should not.
    fn times(&mut self, left: &Response, right: &Response) {
        let mut add = |label, after, read: for<'a> fn(&'a Assertion) -> Vec<&'a Timestamp>| {
            let texts = |response: &Response| -> Vec<String> {
                let times = response.assertions.iter().flat_map(read);
                times.map(|time| time.time.map_or_else(|| time.text.clone(), |time| time.rfc3339())).collect()
            };
            self.add("compare_times", label, texts(left), texts(right), true);
            let Some(after) = after else { return };
            let (one, other) = (seconds_after_issue(left, read), seconds_after_issue(right, read));
            let same = one.len() == other.len()
                && one.iter().zip(&other).all(|(one, other)| one.abs_diff(*other) <= CUT_FRACTIONS);
            let text = |seconds: Vec<i64>| seconds.iter().map(i64::to_string).collect::<Vec<String>>();
            let (one, mut other) = (text(one), text(other));
            if same {
                other.clone_from(&one);
            }
            self.add("compare_times", after, one, other, false);
        };
        add("compare_issue_instant", None, |assertion| assertion.issue_instant.iter().collect());
        add("compare_not_before", Some("compare_not_before_span"), |assertion| {
            assertion.conditions.iter().filter_map(|conditions| conditions.not_before.as_ref()).collect()
        });
        add("compare_not_on_or_after", Some("compare_not_on_or_after_span"), |assertion| {
            assertion.conditions.iter().filter_map(|conditions| conditions.not_on_or_after.as_ref()).collect()
        });
        add("compare_confirmation_end", Some("compare_confirmation_end_span"), |assertion| {
            assertion.confirmations.iter().filter_map(|data| data.not_on_or_after.as_ref()).collect()
        });
        add("compare_session_end", Some("compare_session_end_span"), |assertion| {
            let statements = assertion.authn_statements.iter();
            statements.filter_map(|statement| statement.session_not_on_or_after.as_ref()).collect()
        });
        add("compare_authn_instant", Some("compare_authn_instant_span"), |assertion| {
            assertion.authn_statements.iter().filter_map(|statement| statement.instant.as_ref()).collect()
        });
    }

    fn keys(&mut self, left: &Document<'_>, right: &Document<'_>) {
        for (label, element) in [
            ("compare_signature_algorithm", "SignatureMethod"),
            ("compare_digest_algorithm", "DigestMethod"),
            ("compare_canonicalization", "CanonicalizationMethod"),
        ] {
            let algorithms = |document: &Document<'_>| -> Vec<String> {
                let methods = document.elements().filter(|method| method.is(Namespace::SIGNATURE, element));
                methods
                    .filter_map(|method| method.attribute(Namespace::NONE, "Algorithm"))
                    .map(String::from)
                    .collect()
            };
            self.add("compare_keys", label, algorithms(left), algorithms(right), false);
        }
        for (label, element) in [("compare_certificate", "X509Certificate"), ("compare_key_name", "KeyName")]
        {
            self.add("compare_keys", label, texts(left, element), texts(right, element), false);
        }
    }

    fn attributes(&mut self, left: &Response, right: &Response) {
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut found: Vec<(&str, [Vec<String>; 2])> = Vec::new();
        for (side, response) in [left, right].into_iter().enumerate() {
            let attributes = response.assertions.iter().flat_map(|assertion| &assertion.attributes);
            for attribute in attributes.filter(|attribute| !is_role(&attribute.name)) {
                let place = *places.entry(&attribute.name).or_insert(found.len());
                if place == found.len() {
                    found.push((&attribute.name, [Vec::new(), Vec::new()]));
                }
                if let Some(values) = found.get_mut(place).and_then(|(_, sides)| sides.get_mut(side)) {
                    values.extend(attribute.values.iter().map(|value| value.text.clone()));
                }
            }
        }
        for (name, [one, other]) in found {
            let volatile = name.ends_with("/authenticationinstant");
            self.0.push(row("compare_attributes", name.to_owned(), None, one, other, volatile));
        }
    }
}

/// A row of these values, those first that only one side has.
fn row(
    section: &'static str,
    name: String,
    label: Option<Message>,
    left: Vec<String>,
    right: Vec<String>,
    volatile: bool,
) -> ComparedRow {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for value in &right {
        *counts.entry(value).or_default() += 1;
    }
    let mut take = |value: &str| match counts.get_mut(value) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let mut common = Vec::new();
    let mut only_left = Vec::new();
    for value in left {
        if take(&value) { common.push(value) } else { only_left.push(value) }
    }
    // What is left of the counts are the values that the left side does not have.
    let only_right: Vec<String> = right.iter().filter(|value| take(value)).cloned().collect();
    let same = only_left.is_empty() && only_right.is_empty();
    let count = common.len();
    let (mut left, mut right) = (only_left, only_right);
    right.extend(common.iter().cloned());
    left.extend(common);
    ComparedRow { section, name, label, left, right, common: count, same, volatile }
}

/// The pairs, each once, the role first; what is no pair as it is written.
fn roles(response: &Response) -> Vec<String> {
    let attributes = response.assertions.iter().flat_map(|assertion| &assertion.attributes);
    let values =
        attributes.filter(|attribute| is_role(&attribute.name)).flat_map(|attribute| &attribute.values);
    let mut seen: FxHashMap<String, ()> = FxHashMap::default();
    let pair = |text: &str| match RoleGrant::parse(text) {
        Ok(grant) => [grant.role.as_str(), grant.provider.as_str()].join(","),
        Err(_) => String::from(text.trim_ascii()),
    };
    values.map(|value| pair(&value.text)).filter(|pair| seen.insert(pair.clone(), ()).is_none()).collect()
}

fn is_role(name: &str) -> bool {
    name.strip_prefix(PREFIX) == Some("Role")
}

/// The texts of a signature's elements of that name, without white space.
fn texts(document: &Document<'_>, name: &str) -> Vec<String> {
    let elements = document.elements().filter(|element| element.is(Namespace::SIGNATURE, name));
    let text = elements.map(|element| {
        let mut text = String::new();
        for node in element.children() {
            if let Node::Text(part) = node {
                // As in base64, where it says nothing.
                text.extend(part.split_ascii_whitespace());
            }
        }
        text
    });
    text.collect()
}

/// Seconds from the issue of each assertion to these times of it.
fn seconds_after_issue(
    response: &Response,
    read: for<'a> fn(&'a Assertion) -> Vec<&'a Timestamp>,
) -> Vec<i64> {
    let after = |assertion: &Assertion| -> Vec<i64> {
        let Some(issued) = assertion.issue_instant.as_ref().and_then(|issued| issued.time) else {
            return Vec::new();
        };
        let times = read(assertion).into_iter().filter_map(|time| time.time);
        times.map(|time| time.seconds().saturating_sub(issued.seconds())).collect()
    };
    response.assertions.iter().flat_map(after).collect()
}

fn listed(value: Option<&String>) -> Vec<String> {
    value.cloned().into_iter().collect()
}

/// Seconds by which two equal spans may differ, for the fractions of their ends were cut.
const CUT_FRACTIONS: u64 = 1;

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
