//! A document to a copy that is safe to show to others, with all that was replaced. What is not known to be public is
//! replaced: names, e-mail addresses, accounts, tenants, groups, hosts, addresses, identifiers, and every word of a value
//! that nobody knows. Structure, lengths, times, algorithms, and words of standards and products stay.
//!
//! - Everything is replaced word by word, the same word by the same pseudonym everywhere and in any case ([`pseudonym`]),
//!   so what was equal still is: a session name and the e-mail address it is part of, the account in two ARNs.
//! - Pseudonyms have the length of what they replace, also in bytes, and its shape: a GUID is a GUID, digits are digits.
//! - Signature values, digests, keys and ciphertexts become `REDACTED…` of the same length. The digests too: who has the
//!   rest of the copy could otherwise try guesses for a name until the digest fits, and the signature holds the digests.
//! - Certificates keep their validity, algorithms and sizes only ([`certificate`]).
//! - Comments and processing instructions are blanked; where they stood is a finding, what they said may be anything.
//! - The copy is written from the tree, so nothing that the tree does not hold is in it. It is cut where the original is.

mod certificate;
mod known;
mod log;
mod pseudonym;
mod scan;

use self::log::Log;
pub use self::log::{Kind, Redacted, Replacement};
use self::pseudonym::Pseudonyms;
use super::document::{Document, Element, Ending, Node, XmlAttribute};
use super::escape::{push_text, push_value};
use super::namespace::Namespace;
use super::text::is_blank;
use crate::octets::{base64, from_base64, holds};
use crate::secret::{Secret, Wipe};
use crate::time::UnixTime;

/// Makes the copy, in time linear in the document's length.
#[must_use]
pub fn redact(document: &Document<'_>) -> Redacted {
    let mut redactor =
        Redactor { document, pseudonyms: Pseudonyms::default(), xml: String::new(), log: Log::default() };
    // Once to know all words, for no pseudonym may hold one; what is written meanwhile is thrown away.
    redactor.pseudonyms.is_collecting = true;
    redactor.document();
    redactor.xml.wipe();
    redactor.pseudonyms.is_collecting = false;
    redactor.xml.push_str(NOTICE);
    redactor.document();
    if document.ending == Ending::Trailing {
        // What followed the root was not read; that something did is a finding.
        redactor.xml.push_str("<redacted/>");
    }
    let Log { replaced, replacements, .. } = redactor.log;
    Redacted { xml: redactor.xml, replaced, replacements }
}

/// The copy while it is written.
struct Redactor<'d> {
    document: &'d Document<'d>,
    pseudonyms: Pseudonyms,
    xml: String,
    log: Log,
}

/// What the text of an element is.
#[derive(Clone, Copy)]
enum Text {
    /// A value of which only the kind is known.
    Value(Kind),
    /// Base64 that is overwritten.
    Blob(Kind),
    Certificate,
    /// A distinguished name.
    Name,
    /// A number of a few digits.
    Number,
    /// An `xs:dateTime`.
    Instant,
    /// A method of authentication.
    Method,
    /// Keys of session tags, named as attributes are.
    AttributeName,
}

impl<'d> Redactor<'d> {
    /// Takes down that something was replaced, if it was.
    fn replaced(&mut self, kind: Kind, original: &str, pseudonym: &str) {
        if !self.pseudonyms.is_collecting && original != pseudonym {
            self.log.add(kind, original, pseudonym);
        }
    }

    fn document(&mut self) {
        for node in self.document.nodes() {
            self.node(node, Text::Value(Kind::Value));
        }
    }

    fn node(&mut self, node: Node<'d>, around: Text) {
        match node {
            Node::Element(element) => self.element(element, around),
            Node::Text(text) => {
                let text = self.text(text, around);
                push_text(&mut self.xml, &text);
            }
            Node::Comment(text) => {
                let blank = self.blank(text);
                for part in ["<!--", &blank, "-->"] {
                    self.xml.push_str(part);
                }
            }
            Node::Instruction { target, text } => {
                let target = self.value(target, Kind::Comment, &["xml stylesheet"]);
                let blank = self.blank(text);
                for part in ["<?", &target, if blank.is_empty() { "" } else { " " }, &blank, "?>"] {
                    self.xml.push_str(part);
                }
            }
        }
    }

    fn element(&mut self, element: Element<'d>, around: Text) {
        let is_public = self.is_public(element.namespace());
        let prefix = self.prefix(element.prefix());
        let local = self.local_name(element.local_name(), is_public);
        let mut name = prefix;
        if !name.is_empty() {
            name.push(':');
        }
        name.push_str(&local);
        self.xml.push('<');
        self.xml.push_str(&name);
        for (prefix, namespace) in element.declarations() {
            let prefix = self.prefix(prefix);
            let uri = self.document.namespace_name(namespace);
            let uri =
                if self.is_public(namespace) { String::from(uri) } else { self.value(uri, Kind::Url, &[]) };
            self.attribute_text(if prefix.is_empty() { "xmlns" } else { "xmlns:" }, &prefix, &uri);
        }
        for attribute in element.attributes() {
            let (prefix, name, value) =
                self.attribute(attribute, is_public, element.is(Namespace::ASSERTION, "Attribute"));
            self.attribute_text(&if prefix.is_empty() { prefix } else { prefix + ":" }, &name, &value);
        }
        let text = text_of(element, around);
        let mut children = element.children().peekable();
        if children.peek().is_none() && element.is_closed() {
            return self.xml.push_str("/>");
        }
        self.xml.push('>');
        children.for_each(|child| self.node(child, text));
        if element.is_closed() {
            for part in ["</", &name, ">"] {
                self.xml.push_str(part);
            }
        }
    }

    fn attribute_text(&mut self, prefix: &str, name: &str, value: &str) {
        for part in [" ", prefix, name, "=\""] {
            self.xml.push_str(part);
        }
        push_value(&mut self.xml, value);
        self.xml.push('"');
    }

    /// Prefix, name and value of an attribute.
    fn attribute(
        &mut self,
        attribute: &XmlAttribute<'_>,
        is_public: bool,
        is_claim: bool,
    ) -> (String, String, String) {
        let (name, value) = (attribute.local_name(), attribute.value());
        let namespace = attribute.namespace();
        let is_known = if namespace == Namespace::NONE {
            is_public && known::XML_ATTRIBUTES.split(' ').any(|known| known == name)
        } else {
            self.is_public(namespace)
        };
        let is = |names: &str| known::is_one_of(name, &[names]);
        let has = |values: &str| known::is_one_of(value, &[values]);
        let is_number = value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit());
        let is_fact = is_known
            && ((is(known::TIMES) && UnixTime::parse_xs(value).is_some())
                || (is("Version") && has("1.0 1.1 2.0"))
                || (is("ForceAuthn IsPassive AllowCreate isDefault nil") && has("0 1"))
                || (is(known::NUMBERS) && is_number)
                || (is("Comparison") && has("exact minimum maximum better"))
                || (is("use") && has("signing encryption"))
                || (is("space") && has("preserve default"))
                || (is("lang") && matches!(value.len(), 2 | 5))
                || (is("URI") && value == "#xpointer(/)")
                || (is("type") && is_type(value)));
        let written = if is_fact {
            String::from(value)
        } else if is_claim && namespace == Namespace::NONE && matches!(name, "Name" | "FriendlyName") {
            self.attribute_name(value)
        } else if is_known && name == "PrefixList" {
            let mut prefixes = String::new();
            for prefix in value.split(' ') {
                prefixes.push_str(if prefixes.is_empty() { "" } else { " " });
                prefixes.push_str(&self.prefix(prefix));
            }
            prefixes
        } else {
            let kind = match () {
                () if is(known::IDS) => Kind::Id,
                () if is("NameQualifier SPNameQualifier ProviderName SPProvidedID") => Kind::Name,
                () => Kind::Value,
            };
            self.value(value, kind, if kind == Kind::Id { &["xpointer id"] } else { &[] })
        };
        (self.prefix(attribute.prefix()), self.local_name(name, is_known), written)
    }

    /// A prefix, replaced unless it is one that everybody uses.
    fn prefix(&mut self, prefix: &str) -> String {
        if known::is_usual_prefix(prefix) || prefix == "#default" {
            return String::from(prefix);
        }
        self.value(prefix, Kind::Attribute, &[])
    }

    /// A name of an element or attribute, kept where it is one of a public namespace.
    fn local_name(&mut self, name: &str, is_public: bool) -> String {
        if is_public { String::from(name) } else { self.value(name, Kind::Attribute, &[]) }
    }

    fn is_public(&self, namespace: Namespace) -> bool {
        namespace != Namespace::NONE && known::is_public_namespace(self.document.namespace_name(namespace))
    }

    fn text(&mut self, text: &str, what: Text) -> String {
        let trimmed = text.trim_ascii();
        let is_fact = match what {
            _ if is_blank(text) => true,
            Text::Number => trimmed.len() <= 5 && trimmed.bytes().all(|byte| byte.is_ascii_digit()),
            Text::Instant => UnixTime::parse_xs(trimmed).is_some(),
            Text::Method => known::is_one_of(trimmed, &[known::METHODS]),
            _ => false,
        };
        if is_fact {
            return String::from(text);
        }
        match what {
            Text::Value(kind) => self.value(text, kind, &[]),
            Text::Blob(kind) => self.blob(text, kind),
            Text::Certificate => self.certificate_text(text),
            Text::Name => self.name_text(text),
            Text::AttributeName => self.attribute_name(text),
            Text::Number | Text::Instant | Text::Method => self.value(text, Kind::Value, &[]),
        }
    }

    /// Base64 of which only the length is kept. It says that it is none, and decodes where the original does.
    fn blob(&mut self, text: &str, kind: Kind) -> String {
        let mut filler = "REDACTED".chars().cycle();
        let is_filled = |character: char| !character.is_ascii_whitespace() && character != '=';
        let last = text.rfind(is_filled);
        let filled = replaced_each(text, &mut |at, character| {
            if !is_filled(character) {
                return character;
            }
            // The last character holds bits that have to be nought where padding follows.
            filler.next().filter(|_| Some(at) != last).unwrap_or('A')
        });
        self.replaced(kind, text, &filled);
        filled
    }

    fn certificate_text(&mut self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        for line in text.split_ascii_whitespace() {
            plain.push_str(line);
        }
        let plain = Secret::new(plain);
        // Exposed to be rewritten.
        let redacted = from_base64(plain.expose().as_bytes()).and_then(|mut der| {
            self.certificate(&mut der)?;
            Some(base64(&der))
        });
        let Some(redacted) = redacted.filter(|redacted| redacted.len() == plain.expose().len()) else {
            return self.blob(text, Kind::Certificate);
        };
        let mut characters = redacted.chars();
        let redacted = replaced_each(text, &mut |_, character| {
            if character.is_ascii_whitespace() { character } else { characters.next().unwrap_or('A') }
        });
        self.replaced(Kind::Certificate, text, &redacted);
        redacted
    }

    /// As long and with as many lines as the text.
    fn blank(&mut self, text: &str) -> String {
        let blank = replaced_each(text, &mut |_, character| {
            if character.is_ascii_whitespace() { character } else { '*' }
        });
        self.replaced(Kind::Comment, text, &blank);
        blank
    }
}

/// The text with another character for each, told by it and its place.
fn replaced_each(text: &str, other: &mut dyn FnMut(usize, char) -> char) -> String {
    let mut replaced = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        replaced.push(other(at, character));
    }
    replaced
}

/// Whether a value is the name of a type of XML Schema.
fn is_type(value: &str) -> bool {
    let is_known = |(prefix, local): (&str, &str)| {
        known::is_usual_prefix(prefix) && known::is_one_of(local, &[known::XML_TYPES])
    };
    value.split_once(':').is_some_and(is_known)
}

/// What the text below an element is, given what that of its parent is.
fn text_of(element: Element<'_>, around: Text) -> Text {
    let (namespace, name) = (element.namespace(), element.local_name());
    if namespace == Namespace::ASSERTION {
        return match name {
            "NameID" | "BaseID" | "EncryptedID" => Text::Value(Kind::Name),
            "Attribute" => claim(element.attribute(Namespace::NONE, "Name").unwrap_or_default()),
            "AttributeValue" => around,
            _ => Text::Value(Kind::Value),
        };
    }
    let is = |names: &str| known::is_one_of(name, &[names]);
    match (name, around) {
        ("X509Certificate", _) => Text::Certificate,
        ("SignatureValue", _) => Text::Blob(Kind::Signature),
        ("DigestValue", _) => Text::Blob(Kind::Digest),
        _ if is("X509SubjectName X509IssuerName") => Text::Name,
        _ if is("KeyName MgmtData X509SerialNumber CarriedKeyName") => Text::Value(Kind::Key),
        _ if is("HMACOutputLength KeySize") => Text::Number,
        _ if is(known::KEY_VALUES) => Text::Blob(Kind::Cipher),
        ("SessionIndex", _) => Text::Value(Kind::Id),
        (_, Text::Value(_)) => around,
        _ => Text::Value(Kind::Value),
    }
}

/// What the values of an attribute are, told by the end of its name.
fn claim(name: &str) -> Text {
    let name = name.trim_ascii();
    let last = name.rsplit(['/', ':']).next().unwrap_or(name).to_ascii_lowercase();
    match last.as_str() {
        "sessionduration" => Text::Number,
        "authenticationinstant" => Text::Instant,
        "authnmethodsreferences" | "authenticationmethod" | "amr" => Text::Method,
        "transitivetagkeys" => Text::AttributeName,
        "rolesessionname" | "sourceidentity" => Text::Value(Kind::Name),
        name if holds(name, "group") || holds(name, "memberof") => Text::Value(Kind::Group),
        name if holds(name, "name") || name == "upn" => Text::Value(Kind::Name),
        _ => Text::Value(Kind::Value),
    }
}

/// What stands above the copy.
const NOTICE: &str = "<!-- Redacted by Rolecall: pseudonyms of the same length; no signature, digest or key is that of the original. -->\n";

#[cfg(test)]
mod tests;
