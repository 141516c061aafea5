//! A finding: a rule that a sign-in breaks or is about to break, with what was seen and where.

use super::product::Product;
use super::recipe::Command;
use super::registry::{Rule, Word, rule};
use crate::severity::Severity;

/// A rule that was broken, or that is worth a thought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The code of the rule.
    pub code: &'static str,
    /// `Error`: AWS will refuse. `Warning`: it will hurt soon, or sometimes. `Note`: worth knowing.
    pub severity: Severity,
    /// The values of the message's placeholders, in order.
    pub args: Vec<String>,
    /// What was seen, and where in the XML.
    pub evidence: Vec<Evidence>,
    /// What AWS answered, when it did.
    pub aws_answer: Option<String>,
    /// What there is to copy, its placeholders filled.
    pub command: Option<Command>,
}

/// A value of the response and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The value, cut to 120 characters; empty when it is the lack of one.
    pub value: String,
    /// Where it stands.
    pub place: Place,
}

/// A place in the XML of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The local name of the element.
    pub element: &'static str,
    /// The XML attribute of it that holds the value; none when its text does.
    pub attribute: Option<&'static str>,
    /// Of an `AttributeValue` the `Name` of the attribute that it stands in.
    pub name: Option<String>,
}

impl Finding {
    /// A finding of the severity that its rule has at the most.
    #[must_use]
    pub fn new(code: &'static str, args: Vec<String>) -> Self {
        let severity = rule(code).map_or(Severity::Warning, |rule| rule.severity);
        Self { code, severity, args, evidence: Vec::new(), aws_answer: None, command: None }
    }

    /// The same with another severity.
    #[must_use]
    pub fn of_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same with the value of an XML attribute as evidence.
    #[must_use]
    pub fn seen(self, value: &str, element: &'static str, attribute: &'static str) -> Self {
        self.with(value, Place { element, attribute: Some(attribute), name: None })
    }

    /// The same with the text of an element as evidence.
    #[must_use]
    pub fn seen_text(self, value: &str, element: &'static str) -> Self {
        self.with(value, Place { element, attribute: None, name: None })
    }

    /// The same with a value of a SAML attribute as evidence.
    #[must_use]
    pub fn seen_value(self, value: &str, name: &str) -> Self {
        self.with(value, Place { element: "AttributeValue", attribute: None, name: Some(excerpt(name)) })
    }

    /// The same with the name of a SAML attribute as evidence.
    #[must_use]
    pub fn seen_name(self, name: &str) -> Self {
        self.seen(name, "Attribute", "Name")
    }

    fn with(mut self, value: &str, place: Place) -> Self {
        self.evidence.push(Evidence { value: excerpt(value), place });
        self
    }

    /// The rule that it breaks. Every finding of this room has one.
    #[must_use]
    pub fn rule(&self) -> Option<&'static Rule> {
        rule(self.code)
    }

    /// AWS's own message: what it answered, else what it is documented to answer.
    #[must_use]
    pub fn aws_message(&self) -> Option<&str> {
        self.aws_answer.as_deref().or_else(|| self.rule()?.aws_message)
    }

    /// The key of the words that say why it happens.
    #[must_use]
    pub fn cause_key(&self) -> Option<String> {
        self.key(Word::Cause)
    }

    /// The key of the words that say what to do at this identity provider.
    #[must_use]
    pub fn fix_key(&self, product: Product) -> Option<String> {
        self.rule()?.fix(product).and_then(|word| self.key(word))
    }

    /// The key of the menu path to the setting in that provider's console.
    #[must_use]
    pub fn place_key(&self, product: Product) -> Option<&'static str> {
        self.rule()?.topic?.place(product)
    }

    /// The key of the words that say what to do in IAM.
    #[must_use]
    pub fn fix_iam_key(&self) -> Option<String> {
        self.key(Word::Iam)
    }

    fn key(&self, word: Word) -> Option<String> {
        self.rule()?.has(word).then(|| [&self.code.replace('.', "_"), word.suffix()].concat())
    }
}

/// The first characters of a text, for a person to recognise it by. Control characters become spaces.
#[must_use]
pub fn excerpt(text: &str) -> String {
    cut(text).collect()
}

/// Whether `excerpt` is the [`excerpt`] of this text; found out at the first character that differs.
#[must_use]
pub fn is_excerpt(text: &str, excerpt: &str) -> bool {
    cut(text).eq(excerpt.chars())
}

fn cut(text: &str) -> impl Iterator<Item = char> {
    let shown = |(at, character): (usize, char)| match character {
        _ if at == EXCERPT_CHARS => '…',
        character if character.is_control() => ' ',
        character => character,
    };
    text.chars().take(EXCERPT_CHARS + 1).enumerate().map(shown)
}

/// Characters of a quoted text, as in the rooms whose facts become findings here.
const EXCERPT_CHARS: usize = 120;
