//! Checks the enveloped signature of one element, as a service provider must: the signature is the element's own
//! child, its one reference names that element, and that ID stands once in the document.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra_c14n::C14nMode;
use ring::{digest, signature};
use uppsala::{Document, NodeId};

use super::{DSIG, ENVELOPED, EXCLUSIVE, PublicKey, RSA_SHA1, RSA_SHA256, SHA1, SHA256, canonical};

/// What is to be said of an element's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The element has no signature of its own.
    Unsigned,
    Valid,
    Invalid,
}

/// Checks the signature that is a child of `element` against any of `keys`.
pub(crate) fn verify(document: &Document<'_>, element: NodeId, keys: &[PublicKey]) -> Verdict {
    match document.child_elements_by_name_ns(element, DSIG, "Signature").as_slice() {
        [] => Verdict::Unsigned,
        [one] if check(document, element, *one, keys).is_some() => Verdict::Valid,
        _ => Verdict::Invalid,
    }
}

/// `Some` if everything about the signature is right.
fn check(document: &Document<'_>, element: NodeId, signature: NodeId, keys: &[PublicKey]) -> Option<()> {
    let child = |parent, name| only_child(document, parent, name);
    let algorithm = |node| document.get_attribute(node, "Algorithm");

    let id = document.get_attribute(element, "ID")?;
    let with_this_id = |node: &&NodeId| document.get_attribute(**node, "ID") == Some(id);
    if document.descendants(document.root()).iter().filter(with_this_id).count() != 1 {
        return None;
    }

    let signed_info = child(signature, "SignedInfo")?;
    let reference = child(signed_info, "Reference")?;
    if document.get_attribute(reference, "URI")?.strip_prefix('#')? != id {
        return None;
    }
    let (mode, prefixes) = transforms(document, child(reference, "Transforms")?)?;
    let bytes = canonical(document, element, Some(signature), mode, &prefixes)?;
    let digest = match algorithm(child(reference, "DigestMethod")?)? {
        SHA256 => digest::digest(&digest::SHA256, &bytes),
        SHA1 => digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &bytes),
        _ => return None,
    };
    if digest.as_ref() != base64_of(document, child(reference, "DigestValue")?)? {
        return None;
    }

    let method = child(signed_info, "CanonicalizationMethod")?;
    let bytes = canonical(
        document,
        signed_info,
        None,
        C14nMode::from_uri(algorithm(method)?)?,
        &inclusive_prefixes(document, method),
    )?;
    let value = base64_of(document, child(signature, "SignatureValue")?)?;
    let rsa: &signature::RsaParameters = match algorithm(child(signed_info, "SignatureMethod")?)? {
        RSA_SHA256 => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        RSA_SHA1 => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        _ => return None,
    };
    keys.iter().find_map(|key| signature::UnparsedPublicKey::new(rsa, &key.0).verify(&bytes, &value).ok())
}

/// The canonicalization that the transforms end in; `None` for any transform but that and "enveloped".
fn transforms<'d>(document: &'d Document<'_>, transforms: NodeId) -> Option<(C14nMode, Vec<&'d str>)> {
    let mut canonicalization = (C14nMode::Inclusive, Vec::new());
    for transform in document.child_elements_by_name_ns(transforms, DSIG, "Transform") {
        match document.get_attribute(transform, "Algorithm")? {
            ENVELOPED => {}
            uri => canonicalization = (C14nMode::from_uri(uri)?, inclusive_prefixes(document, transform)),
        }
    }
    Some(canonicalization)
}

fn inclusive_prefixes<'d>(document: &'d Document<'_>, transform: NodeId) -> Vec<&'d str> {
    document
        .first_child_element_by_name_ns(transform, EXCLUSIVE, "InclusiveNamespaces")
        .and_then(|node| document.get_attribute(node, "PrefixList"))
        .map(|list| list.split_ascii_whitespace().collect())
        .unwrap_or_default()
}

fn only_child(document: &Document<'_>, parent: NodeId, name: &str) -> Option<NodeId> {
    match document.child_elements_by_name_ns(parent, DSIG, name).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

fn base64_of(document: &Document<'_>, node: NodeId) -> Option<Vec<u8>> {
    let compact: String = document.text_content_deep(node).split_ascii_whitespace().collect();
    STANDARD.decode(compact).ok()
}
