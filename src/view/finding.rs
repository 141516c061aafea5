//! A finding of the audit, as `rolecall inspect --json` prints it and pages draw it: in words for the identity provider in use, and
//! with the elements of the XML that its evidence stands in.

use serde::Serialize;

use super::{Message, Notice};
use crate::audit::{self, Product};
use crate::saml::{Document, Element, Namespace, Node};

/// Something that the person should know, with what was seen, why it is so and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stable code of the rule.
    pub code: &'static str,
    /// `error` (AWS will refuse), `warning` (it will hurt soon or sometimes) or `note`.
    pub severity: &'static str,
    /// What it is.
    pub text: Message,
    /// What the person can do, in short.
    pub hint: Message,
    /// What was seen, and where.
    pub evidence: Vec<Evidence>,
    /// AWS's own message: what it answered, else what it is documented to answer.
    pub aws_message: Option<String>,
    /// Why it happens.
    pub cause: Option<Message>,
    /// What the administrator of this identity provider does.
    pub fix: Option<Message>,
    /// The menu path in that provider's console.
    pub fix_place: Option<Message>,
    /// What the AWS administrator does.
    pub fix_iam: Option<Message>,
    /// A command, a policy or a value to copy.
    pub command: Option<Command>,
    /// The page of AWS or Microsoft about it.
    pub page: Option<&'static str>,
}

/// What the administrator of one identity provider does: message keys, whose arguments are those of the finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Steps {
    /// What to do.
    pub fix: Option<String>,
    /// The menu path in that provider's console.
    pub fix_place: Option<&'static str>,
}

impl Steps {
    /// The steps at the product of that name for a finding with this code.
    #[must_use]
    pub fn of(code: &str, product: &str) -> Self {
        let known = audit::registry::rule(code).zip(Product::named(product));
        known.map_or_else(Self::default, |(rule, product)| {
            let finding = audit::Finding::new(rule.code, Vec::new());
            let fix = finding.fix_key(product);
            let fix_place = fix.as_ref().and_then(|_| finding.place_key(product));
            Self { fix, fix_place }
        })
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The value, cut; empty when it is the lack of one.
    pub value: String,
    /// The local name of the element that it stands in.
    pub element: &'static str,
    /// The XML attribute that holds it; null when the element's text does.
    pub attribute: Option<&'static str>,
    /// Of an `AttributeValue` the name of the SAML attribute.
    pub name: Option<String>,
    /// Which element of the document that is, counted from 0.
    pub index: Option<usize>,
}

/// A text to copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Command {
    /// `shell`, `json` or `text`.
    pub language: &'static str,
    /// The text.
    pub text: String,
}

impl Finding {
    /// In words for this identity provider. Without a document nobody knows where the evidence stands.
    #[must_use]
    pub fn of(finding: audit::Finding, product: Product, document: Option<&Document<'_>>) -> Self {
        let text = Message::of(finding.code, finding.args.clone());
        let said = |key: Option<String>| key.map(|key| Message { key, args: finding.args.clone() });
        let cause = said(finding.cause_key());
        let fix = said(finding.fix_key(product));
        let fix_iam = said(finding.fix_iam_key());
        let fix_place = fix.as_ref().and_then(|_| finding.place_key(product));
        let aws_message = finding.aws_message().map(str::to_owned);
        let page = finding.rule().and_then(audit::registry::Rule::page);
        let evidence = finding.evidence.into_iter().map(|one| Evidence::of(one, document));
        Self {
            code: finding.code,
            severity: finding.severity.name(),
            hint: text.hint(),
            text,
            evidence: evidence.collect(),
            aws_message,
            cause,
            fix,
            fix_place: fix_place.map(|key| Message { key: key.to_owned(), args: Vec::new() }),
            fix_iam,
            page,
            command: finding
                .command
                .map(|command| Command { language: command.language, text: command.text }),
        }
    }

    /// The part of it that the popup shows of a sign-in.
    #[must_use]
    pub(super) fn notice(finding: audit::Finding, product: Product) -> Notice {
        let said = |key: Option<String>| key.map(|key| Message { key, args: finding.args.clone() });
        let fix = said(finding.fix_key(product));
        let place = fix.as_ref().and_then(|_| finding.place_key(product));
        let fix_place = place.map(|key| Message { key: key.to_owned(), args: Vec::new() });
        let fix_iam = said(finding.fix_iam_key());
        let notice = Notice::new(finding.code, finding.args, finding.severity);
        Notice { fix, fix_place, fix_iam, ..notice }
    }
}

impl Evidence {
    fn of(seen: audit::Evidence, document: Option<&Document<'_>>) -> Self {
        let index = document.and_then(|document| locate(document, &seen));
        let audit::Place { element, attribute, name } = seen.place;
        Self { value: seen.value, element, attribute, name, index }
    }
}

/// Which element of the document holds the evidence: the first that has the value, else the first of that name.
fn locate(document: &Document<'_>, seen: &audit::Evidence) -> Option<usize> {
    let place = &seen.place;
    let mut first = None;
    let mut is_inside = place.name.is_none();
    for (index, element) in document.elements().enumerate() {
        let name = element.local_name();
        if let Some(wanted) = place.name.as_deref().filter(|_| name == "Attribute") {
            let named = element.attribute(Namespace::NONE, "Name").unwrap_or_default();
            is_inside = audit::is_excerpt(named, wanted);
        }
        if name != place.element || !is_inside {
            continue;
        }
        if seen.value.is_empty() || holds(element, seen) {
            return Some(index);
        }
        first = first.or(Some(index));
    }
    first
}

fn holds(element: Element<'_>, seen: &audit::Evidence) -> bool {
    if let Some(attribute) = seen.place.attribute {
        let value = element.attribute(Namespace::NONE, attribute);
        return value.is_some_and(|value| audit::is_excerpt(value, &seen.value));
    }
    let mut text = String::new();
    for node in element.descendants() {
        if let Node::Text(part) = node {
            text.push_str(part);
        }
    }
    audit::is_excerpt(&text, &seen.value) || audit::is_excerpt(text.trim(), &seen.value)
}
