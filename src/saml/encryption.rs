//! What can be told of an encrypted part without its key: algorithms, and for whom the key was encrypted (XML Encryption
//! 1.1; SAML core 2.2.4, 2.3.4, 2.7.3.2).

use super::SamlError;
use super::decode::base64;
use super::document::{Document, Element};
use super::namespace::Namespace;
use super::response::{owned, text_of};
use crate::limits::MAX_ENCRYPTED_PARTS;

/// An encrypted part of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encrypted {
    /// Which of [`Document::elements`] it is: the element that stands where the decrypted one belongs.
    pub element: usize,
    /// `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`.
    pub name: &'static str,
    /// `Algorithm` of the data's `<EncryptionMethod>`, a URI.
    pub algorithm: Option<String>,
    /// Each `<KeyName>` of the data.
    pub key_names: Vec<String>,
    /// Each encrypted key that belongs to the data, in document order of where it is found: inside of it, referred to by a
    /// `<RetrievalMethod>`, beside it, or referring to it.
    pub keys: Vec<EncryptedKey>,
    /// The encrypted bytes; `None` when they do not stand in the document or are not base64.
    pub ciphertext: Option<Vec<u8>>,
}

/// `<xenc:EncryptedKey>`: the key of the data, encrypted for one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EncryptedKey {
    /// `Algorithm` of its `<EncryptionMethod>`, a URI.
    pub algorithm: Option<String>,
    /// `Algorithm` of its `<DigestMethod>`, a URI: the hash of RSA-OAEP.
    pub digest: Option<String>,
    /// `Algorithm` of its `<MGF>`, a URI: the mask function of RSA-OAEP.
    pub mgf: Option<String>,
    /// `<OAEPparams>`, decoded; empty where absent.
    pub label: Vec<u8>,
    /// `Recipient`.
    pub recipient: Option<String>,
    /// Each `<KeyName>`: what the recipient's key is called.
    pub key_names: Vec<String>,
    /// Each `<X509Certificate>` of the recipient, DER.
    pub certificates: Vec<Vec<u8>>,
    /// The encrypted key; `None` when it does not stand in the document or is not base64.
    pub ciphertext: Option<Vec<u8>>,
}

/// Every encrypted part of a document, in document order.
///
/// # Errors
///
/// [`SamlError::TooManyEncrypted`] past [`MAX_ENCRYPTED_PARTS`].
pub fn read(document: &Document<'_>) -> Result<Vec<Encrypted>, SamlError> {
    let mut found = Vec::new();
    for (element, wrapper) in document.elements().enumerate() {
        let is_wrapper = wrapper.namespace() == Namespace::ASSERTION;
        let name = WRAPPERS.into_iter().find(|name| is_wrapper && *name == wrapper.local_name());
        let Some((name, data)) = name.zip(child(wrapper, Namespace::ENCRYPTION, "EncryptedData")) else {
            continue;
        };
        if found.len() >= MAX_ENCRYPTED_PARTS {
            return Err(SamlError::TooManyEncrypted { limit: MAX_ENCRYPTED_PARTS });
        }
        let key_info = child(data, Namespace::SIGNATURE, "KeyInfo");
        found.push(Encrypted {
            element,
            name,
            algorithm: method(data).and_then(|method| owned(method, "Algorithm")),
            key_names: key_info.map(key_names).unwrap_or_default(),
            keys: keys(document, wrapper, data).into_iter().map(EncryptedKey::read).collect(),
            ciphertext: ciphertext(data),
        });
    }
    Ok(found)
}

impl EncryptedKey {
    fn read(key: Element<'_>) -> Self {
        let method = method(key);
        let of_method = |namespace, name| method.and_then(|method| child(method, namespace, name));
        let algorithm =
            |element: Option<Element<'_>>| element.and_then(|element| owned(element, "Algorithm"));
        let key_info = child(key, Namespace::SIGNATURE, "KeyInfo");
        let label = of_method(Namespace::ENCRYPTION, "OAEPparams").and_then(content);
        Self {
            algorithm: algorithm(method),
            digest: algorithm(of_method(Namespace::SIGNATURE, "DigestMethod")),
            // In the namespace of XML Encryption 1.1, which not every writer gives it.
            mgf: algorithm(
                method.and_then(|method| method.elements().find(|element| element.local_name() == "MGF")),
            ),
            label: label.unwrap_or_default(),
            recipient: owned(key, "Recipient"),
            key_names: key_info.map(key_names).unwrap_or_default(),
            certificates: key_info.map(certificates).unwrap_or_default(),
            ciphertext: ciphertext(key),
        }
    }
}

/// The `<EncryptedKey>` elements that belong to `data`, each once.
fn keys<'d>(document: &'d Document<'_>, wrapper: Element<'d>, data: Element<'d>) -> Vec<Element<'d>> {
    let mut keys = Vec::new();
    let mut wanted = Vec::new();
    for parent in [child(data, Namespace::SIGNATURE, "KeyInfo"), Some(wrapper)].into_iter().flatten() {
        for element in parent.elements() {
            if is_key(element) {
                keys.push(element);
            } else if element.is(Namespace::SIGNATURE, "RetrievalMethod") {
                wanted.extend(referred(element));
            }
        }
    }
    let id = data.attribute(Namespace::NONE, "Id");
    if wanted.is_empty() && (id.is_none() || !keys.is_empty()) {
        return keys;
    }
    for key in document.elements().filter(|element| is_key(*element)) {
        let is_wanted = key.attribute(Namespace::NONE, "Id").is_some_and(|id| wanted.contains(&id));
        if (is_wanted || id.is_some_and(|id| refers_to(key, id)))
            && !keys.iter().any(|known| known.is_same(key))
        {
            keys.push(key);
        }
    }
    keys
}

/// Whether a `<DataReference>` of the key names the data.
fn refers_to(key: Element<'_>, id: &str) -> bool {
    let Some(references) = child(key, Namespace::ENCRYPTION, "ReferenceList") else { return false };
    references.elements().any(|reference| referred(reference) == Some(id))
}

/// What an element refers to in the same document. Nothing is ever fetched.
fn referred<'d>(element: Element<'d>) -> Option<&'d str> {
    element.attribute(Namespace::NONE, "URI")?.strip_prefix('#')
}

fn is_key(element: Element<'_>) -> bool {
    element.is(Namespace::ENCRYPTION, "EncryptedKey")
}

fn method(element: Element<'_>) -> Option<Element<'_>> {
    child(element, Namespace::ENCRYPTION, "EncryptionMethod")
}

/// `<CipherValue>`, decoded.
fn ciphertext(element: Element<'_>) -> Option<Vec<u8>> {
    let data = child(element, Namespace::ENCRYPTION, "CipherData")?;
    content(child(data, Namespace::ENCRYPTION, "CipherValue")?)
}

fn key_names(key_info: Element<'_>) -> Vec<String> {
    let names = key_info.elements().filter(|element| element.is(Namespace::SIGNATURE, "KeyName"));
    names.filter_map(|name| text_of(name, &mut Vec::new())).collect()
}

fn certificates(key_info: Element<'_>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for data in key_info.elements() {
        for element in data.elements() {
            if element.is(Namespace::SIGNATURE, "X509Certificate") {
                found.extend(content(element));
            }
        }
    }
    found
}

/// The bytes that an element holds in base64.
fn content(element: Element<'_>) -> Option<Vec<u8>> {
    base64(&text_of(element, &mut Vec::new())?)
}

fn child<'d>(parent: Element<'d>, namespace: Namespace, name: &str) -> Option<Element<'d>> {
    parent.elements().find(|element| element.is(namespace, name))
}

/// Elements that hold one encrypted thing, and stand where that thing would.
const WRAPPERS: [&str; 3] = ["EncryptedAssertion", "EncryptedID", "EncryptedAttribute"];
