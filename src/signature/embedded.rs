//! The certificate that a response says it is signed with, unverified: what a rotation is noticed by.

use super::Certificate;
use super::keys::certificate_elements;
use super::reference::text_of;
use crate::limits::MAX_REMEMBERED_CERTIFICATE_BYTES;
use crate::saml::{Document, Element, Namespace};

/// The first certificate of the signature of the first signed assertion, else of the response's own. A provider puts the signer's
/// certificate first where it sends a chain (XML Signature 4.5.4 leaves the order open). None where it is longer than
/// [`MAX_REMEMBERED_CERTIFICATE_BYTES`]. Nothing is verified: who needs to know whether the signature holds asks [`super::plan`].
#[must_use]
pub fn embedded_certificate(document: &Document<'_>) -> Option<Certificate> {
    let root = document.root()?;
    let assertions = root.elements().filter(|child| child.local_name() == "Assertion");
    let signed =
        assertions.chain([root]).find_map(|element| element.child(Namespace::SIGNATURE, "Signature"));
    first_certificate(signed?)
}

fn first_certificate(signature: Element<'_>) -> Option<Certificate> {
    let key_info = signature.child(Namespace::SIGNATURE, "KeyInfo")?;
    let element = certificate_elements(key_info).into_iter().next()?;
    let certificate = Certificate::from_base64(&text_of(element)).ok()?;
    (certificate.der.len() <= MAX_REMEMBERED_CERTIFICATE_BYTES).then_some(certificate)
}
