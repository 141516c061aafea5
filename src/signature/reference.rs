//! What a `SignedInfo` says: read from its own canonical bytes, because those are what the signature is over. Refused
//! by name is what SAML does not allow there (SAML core 5.4).

use super::Hash;
use super::algorithm::{self, Algorithm, DEFAULT_CANONICALIZATION, ENVELOPED};
use super::canonical::{Method, Request, canonicalize};
use super::certificate::base64;
use super::issue::{Issue, excerpt, note};
use crate::limits::{MAX_INCLUSIVE_PREFIXES, MAX_REFERENCES, MAX_SIGNATURE_BYTES, MAX_TRANSFORMS};
use crate::saml::{Document, Element, Namespace, Node};

/// A `SignedInfo`.
pub(super) struct SignedInfo {
    /// Its canonical form.
    pub(super) text: String,
    /// URI of the `SignatureMethod`.
    pub(super) algorithm_uri: String,
    /// What that means, if it is supported.
    pub(super) algorithm: Option<Algorithm>,
    /// Hash and salt of `RSAPSSParams`.
    pub(super) parameters: Option<(Hash, u32)>,
    /// The first [`MAX_REFERENCES`] of them.
    pub(super) references: Vec<Reference>,
}

/// A `Reference`.
pub(super) struct Reference {
    pub(super) uri: Option<String>,
    pub(super) target: Option<Target>,
    /// URIs, as they stand there.
    pub(super) transforms: Vec<String>,
    /// Whether the signature itself is left out.
    pub(super) is_enveloped: bool,
    /// One behind the other; never empty.
    pub(super) steps: Vec<Step>,
    pub(super) digest_uri: String,
    pub(super) hash: Option<Hash>,
    pub(super) value: Vec<u8>,
    /// Whether all of it is supported, so that the digest can be computed.
    pub(super) is_usable: bool,
}

/// What a reference's URI names (XML Signature, 4.4.3.3).
pub(super) struct Target {
    /// `None` for the document.
    pub(super) id: Option<String>,
    /// Whether comments are part of it.
    pub(super) comments: bool,
}

/// One canonicalization with its `InclusiveNamespaces`.
pub(super) struct Step {
    pub(super) method: Method,
    pub(super) prefixes: Vec<String>,
}

impl SignedInfo {
    /// Canonicalizes a `SignedInfo` and reads the result. `canonicalization` gets the method's URI as soon as it is known.
    pub(super) fn read(
        document: &Document<'_>,
        element: Element<'_>,
        canonicalization: &mut Option<String>,
        issues: &mut Vec<Issue>,
    ) -> Option<Self> {
        let Some(first) = element.elements().next() else {
            note(issues, Issue::EmptySignedInfo);
            return None;
        };
        if !first.is(Namespace::SIGNATURE, "CanonicalizationMethod") {
            note(issues, Issue::Malformed { element: "CanonicalizationMethod" });
            return None;
        }
        let uri = uri_of(first);
        *canonicalization = Some(String::from(uri));
        let Some(method) = algorithm::canonicalization(uri) else {
            note(issues, Issue::UnsupportedCanonicalization { uri: excerpt(uri) });
            return None;
        };
        let prefixes = prefixes(document, first, issues)?;
        let mut text = String::new();
        let request = Request { document, top: Some(element), method, prefixes: &prefixes, without: None };
        if canonicalize(&request, &mut text).is_none() {
            note(issues, Issue::TooLarge);
            return None;
        }
        let read = Self::of_canonical(&text, issues);
        if read.is_none() {
            note(issues, Issue::Malformed { element: "SignedInfo" });
        }
        read.map(|read| Self { text, ..read })
    }

    /// Reads the canonical bytes; `text` of the result is empty.
    fn of_canonical(text: &str, issues: &mut Vec<Issue>) -> Option<Self> {
        let document = Document::parse(text).ok().filter(Document::is_complete)?;
        let root = document.root()?;
        let mut children = root.elements().skip(1);
        let method = children.next().filter(|child| child.is(Namespace::SIGNATURE, "SignatureMethod"));
        let Some(method) = method else {
            note(issues, Issue::Malformed { element: "SignatureMethod" });
            return None;
        };
        let uri = uri_of(method);
        let mut read = Self {
            text: String::new(),
            algorithm_uri: String::from(uri),
            algorithm: algorithm::signature(uri),
            parameters: None,
            references: Vec::new(),
        };
        if read.algorithm == Some(Algorithm::RsaPssWithParameters) {
            read.parameters = pss_parameters(&document, method);
            if read.parameters.is_none() {
                read.algorithm = None;
            }
        }
        match read.algorithm {
            Some(Algorithm::Hmac) => {
                read.algorithm = None;
                note(issues, Issue::Hmac { uri: excerpt(uri) });
            }
            Some(_) => {}
            None => note(issues, Issue::UnsupportedAlgorithm { uri: excerpt(uri) }),
        }
        let mut count: usize = 0;
        for child in children {
            if !child.is(Namespace::SIGNATURE, "Reference") {
                note(issues, Issue::Unexpected { element: excerpt(child.local_name()) });
                continue;
            }
            count = count.saturating_add(1);
            if count <= MAX_REFERENCES {
                read.references.push(Reference::read(&document, child, issues));
            }
        }
        match count {
            0 => note(issues, Issue::NoReference),
            1 => {}
            count => note(issues, Issue::SeveralReferences { count }),
        }
        Some(read)
    }
}

impl Reference {
    fn read(document: &Document<'_>, element: Element<'_>, issues: &mut Vec<Issue>) -> Self {
        let mut own = Vec::new();
        let uri = element.attribute(Namespace::NONE, "URI");
        let mut reference = Self {
            uri: uri.map(String::from),
            target: uri.and_then(Target::of),
            transforms: Vec::new(),
            is_enveloped: false,
            steps: Vec::new(),
            digest_uri: String::new(),
            hash: None,
            value: Vec::new(),
            is_usable: false,
        };
        if reference.target.is_none() {
            own.push(Issue::UnsupportedReference { uri: excerpt(uri.unwrap_or_default()) });
        }
        // How far the children have come: transforms, method and value, each once and in this order.
        let mut stage = 0;
        for child in element.elements() {
            let is = |name| child.is(Namespace::SIGNATURE, name);
            if stage == 0 && is("Transforms") {
                stage = 1;
                reference.transforms(document, child, &mut own);
            } else if stage < 2 && is("DigestMethod") {
                stage = 2;
                let uri = uri_of(child);
                reference.digest_uri.push_str(uri);
                reference.hash = algorithm::digest(uri);
                if reference.hash.is_none() {
                    note(&mut own, Issue::UnsupportedAlgorithm { uri: excerpt(uri) });
                }
            } else if stage == 2 && is("DigestValue") {
                stage = 3;
                reference.value = bytes_of(child, "DigestValue", &mut own);
            } else {
                note(&mut own, second(child));
            }
        }
        if stage != 3 {
            let element = if stage < 2 { "DigestMethod" } else { "DigestValue" };
            note(&mut own, Issue::Malformed { element });
        }
        if reference.steps.is_empty() {
            reference.steps.push(Step { method: DEFAULT_CANONICALIZATION, prefixes: Vec::new() });
        }
        let stops = |issue: &Issue| matches!(issue, Issue::UnsupportedTransform { .. } | Issue::TooLarge);
        reference.is_usable = reference.target.is_some()
            && reference.hash.is_some()
            && !reference.value.is_empty()
            && !own.iter().any(stops);
        for issue in own {
            note(issues, issue);
        }
        reference
    }

    fn transforms(&mut self, document: &Document<'_>, transforms: Element<'_>, issues: &mut Vec<Issue>) {
        for (at, transform) in transforms.elements().enumerate() {
            if at >= MAX_TRANSFORMS {
                return note(issues, Issue::TooLarge);
            }
            if !transform.is(Namespace::SIGNATURE, "Transform") {
                note(issues, Issue::Unexpected { element: excerpt(transform.local_name()) });
                continue;
            }
            let uri = uri_of(transform);
            self.transforms.push(String::from(uri));
            // Behind a canonicalization there is only text, in which the signature cannot be found any more.
            if uri == ENVELOPED && self.steps.is_empty() {
                self.is_enveloped = true;
            } else if let Some(method) = algorithm::canonicalization(uri) {
                let Some(prefixes) = prefixes(document, transform, issues) else { return };
                self.steps.push(Step { method, prefixes });
            } else {
                note(issues, Issue::UnsupportedTransform { uri: excerpt(uri) });
            }
        }
    }

    /// The text that is digested, when `top` is what the reference names; `None` for the document. `signature` is the
    /// one that holds the reference.
    pub(super) fn canonical(
        &self,
        document: &Document<'_>,
        top: Option<Element<'_>>,
        signature: Element<'_>,
    ) -> Result<String, Issue> {
        let mut text = String::new();
        for (at, step) in self.steps.iter().enumerate() {
            // What is signed is nearly all of most messages.
            let expected = if at == 0 { document.length() } else { text.len() };
            let mut next = String::with_capacity(expected);
            let done = if at == 0 {
                let keeps_comments = self.target.as_ref().is_some_and(|target| target.comments);
                let comments = step.method.comments && keeps_comments;
                let method = Method { comments, ..step.method };
                let without = self.is_enveloped.then_some(signature);
                canonicalize(&Request { document, top, method, prefixes: &step.prefixes, without }, &mut next)
            } else {
                let document = Document::parse(&text).ok().filter(Document::is_complete);
                let document = document.as_ref().ok_or(Issue::NothingSigned)?;
                let (method, prefixes) = (step.method, step.prefixes.as_slice());
                canonicalize(&Request { document, top: None, method, prefixes, without: None }, &mut next)
            };
            done.ok_or(Issue::TooLarge)?;
            text = next;
        }
        if text.capacity() / 2 > text.len() {
            text.shrink_to_fit();
        }
        if text.is_empty() { Err(Issue::NothingSigned) } else { Ok(text) }
    }
}

impl Target {
    fn of(uri: &str) -> Option<Self> {
        if uri.is_empty() {
            return Some(Self { id: None, comments: false });
        }
        let fragment = uri.strip_prefix('#')?;
        if fragment == "xpointer(/)" {
            return Some(Self { id: None, comments: true });
        }
        if let Some(id) = fragment.strip_prefix("xpointer(id(") {
            let quoted = id.strip_suffix("))")?;
            let unquoted = |quote| quoted.strip_prefix(quote)?.strip_suffix(quote);
            let id = unquoted('\'').or_else(|| unquoted('"'))?;
            let is_plain = !id.is_empty() && !id.contains(['\'', '"']);
            return is_plain.then(|| Self { id: Some(String::from(id)), comments: true });
        }
        let is_plain = !fragment.is_empty() && !fragment.contains(['(', ')']);
        is_plain.then(|| Self { id: Some(String::from(fragment)), comments: false })
    }
}

/// The bytes of a base64 value; empty, and noted, when there are none.
pub(super) fn bytes_of(element: Element<'_>, name: &'static str, issues: &mut Vec<Issue>) -> Vec<u8> {
    if element.elements().next().is_some() {
        note(issues, Issue::Malformed { element: name });
        return Vec::new();
    }
    let text = text_of(element);
    match base64(&text) {
        _ if text.len() > MAX_SIGNATURE_BYTES.saturating_mul(2) => note(issues, Issue::TooLarge),
        None => note(issues, Issue::BadBase64 { element: name }),
        Some(bytes) if bytes.is_empty() => note(issues, Issue::EmptyValue { element: name }),
        Some(bytes) => return bytes,
    }
    Vec::new()
}

/// All character data below an element; what a comment splits is put together again.
pub(super) fn text_of(element: Element<'_>) -> String {
    let mut gathered = String::new();
    for node in element.descendants() {
        if let Node::Text(text) = node {
            gathered.push_str(text);
        }
    }
    gathered
}

/// What to say of an element of XML Signature that stands where none is expected any more.
pub(super) fn second(element: Element<'_>) -> Issue {
    let known = ["SignedInfo", "SignatureValue", "KeyInfo", "Transforms", "DigestMethod", "DigestValue"];
    if element.is(Namespace::SIGNATURE, "Object") {
        return Issue::Object;
    }
    match known.into_iter().find(|name| element.is(Namespace::SIGNATURE, name)) {
        Some(element) => Issue::Repeated { element },
        None => Issue::Unexpected { element: excerpt(element.local_name()) },
    }
}

fn uri_of(method: Element<'_>) -> &str {
    method.attribute(Namespace::NONE, "Algorithm").unwrap_or_default()
}

/// `PrefixList` of the `InclusiveNamespaces` in a method.
fn prefixes(document: &Document<'_>, method: Element<'_>, issues: &mut Vec<Issue>) -> Option<Vec<String>> {
    let Some(namespace) = document.namespace(EXCLUSIVE) else { return Some(Vec::new()) };
    let element = method.child(namespace, "InclusiveNamespaces");
    let list = element.and_then(|element| element.attribute(Namespace::NONE, "PrefixList"));
    let mut prefixes = Vec::new();
    for prefix in list.unwrap_or_default().split_ascii_whitespace() {
        if prefixes.len() >= MAX_INCLUSIVE_PREFIXES {
            note(issues, Issue::TooLarge);
            return None;
        }
        prefixes.push(String::from(prefix));
    }
    Some(prefixes)
}

/// Hash and salt of `RSAPSSParams` (RFC 9231, 2.3.9); `None` when the mask is made with another hash, which no host does.
fn pss_parameters(document: &Document<'_>, method: Element<'_>) -> Option<(Hash, u32)> {
    // A document that does not know the namespace has nothing in it.
    let namespace = document.namespace(PSS).unwrap_or(Namespace::XMLNS);
    let hash_of = |parent: Element<'_>| {
        let method = parent.child(Namespace::SIGNATURE, "DigestMethod");
        method.map_or(Some(Hash::Sha256), |method| algorithm::digest(uri_of(method)))
    };
    let Some(parameters) = method.child(namespace, "RSAPSSParams") else { return Some((Hash::Sha256, 32)) };
    let hash = hash_of(parameters)?;
    let mask = parameters.child(namespace, "MaskGenerationFunction");
    // Without one, signers use the hash of the message.
    let mask_hash = mask.map_or(Some(hash), hash_of)?;
    let is_mgf1 = mask.is_none_or(|mask| uri_of(mask) == MGF1);
    let trailer = parameters.child(namespace, "TrailerField");
    let is_usual = trailer.is_none_or(|trailer| text_of(trailer).trim_ascii() == "1");
    let salt = match parameters.child(namespace, "SaltLength") {
        Some(salt) => text_of(salt).trim_ascii().parse().ok()?,
        None => hash.bytes(),
    };
    (mask_hash == hash && is_mgf1 && is_usual).then_some((hash, salt))
}

/// Namespace of `InclusiveNamespaces`.
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// Namespace of `RSAPSSParams`.
const PSS: &str = "http://www.w3.org/2007/05/xmldsig-more#";
const MGF1: &str = "http://www.w3.org/2007/05/xmldsig-more#MGF1";

#[cfg(test)]
#[path = "reference_tests.rs"]
mod tests;
