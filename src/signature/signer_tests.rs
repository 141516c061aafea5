//! A signer for the tests of this room: puts digests and signatures into a template by the room's own canonical form,
//! which other tests hold against other tools. Its key is a constant.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature as P256Signature, SigningKey};
use sha2::{Digest, Sha256};

use super::reference::SignedInfo;
use super::{Answer, Certificate, Entity, Hash, Judgement, KeySource, Trust, key, plan};
use crate::native::answer;
use crate::saml::{Document, Namespace};
use crate::time::UnixTime;

pub(super) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub(super) const ISSUER: &str = "https://idp.example.com/saml";

/// One of the keys that the tests sign with.
#[derive(Clone, Copy)]
pub(super) struct Key(pub(super) u8);

impl Key {
    fn signing(self) -> SigningKey {
        SigningKey::from_slice(&[self.0; 32]).unwrap()
    }

    pub(super) fn point(self) -> Vec<u8> {
        self.signing().verifying_key().to_encoded_point(false).as_bytes().to_vec()
    }

    pub(super) fn spki(self) -> Vec<u8> {
        key::ec("urn:oid:1.2.840.10045.3.1.7", &self.point()).unwrap()
    }

    /// As trust holds it.
    pub(super) fn certificate(self) -> Certificate {
        Certificate {
            der: Vec::new(),
            subject: format!("CN={}", self.0),
            issuer: String::new(),
            serial: String::new(),
            not_before: UnixTime::from_seconds(0),
            not_after: UnixTime::from_seconds(0),
            spki: self.spki(),
            key_name: "EC P-256",
            key_bits: 256,
        }
    }

    pub(super) fn key_info(self) -> String {
        format!(
            "<ds:KeyInfo><ds:KeyValue><e:ECKeyValue xmlns:e=\"http://www.w3.org/2009/xmldsig11#\"><e:NamedCurve \
             URI=\"urn:oid:1.2.840.10045.3.1.7\"/><e:PublicKey>{}</e:PublicKey></e:ECKeyValue></ds:KeyValue></ds:KeyInfo>",
            STANDARD.encode(self.point())
        )
    }
}

/// Trust in a key for [`ISSUER`].
pub(super) fn trusted(key: Key) -> Trust {
    let keys = vec![key.certificate()];
    let entity =
        Entity { entity_id: String::from(ISSUER), keys, valid_until: None, source: KeySource::Metadata };
    Trust { entities: vec![entity], certificates: Vec::new() }
}

/// A `Reference` whose digest is still to be made; `mark` tells it from others.
pub(super) fn reference(uri: &str, transforms: &str, mark: u8) -> String {
    format!(
        "<ds:Reference URI=\"{uri}\"><ds:Transforms>{transforms}</ds:Transforms><ds:DigestMethod \
         Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>{}</ds:DigestValue></ds:Reference>",
        STANDARD.encode(marker(b'D', mark))
    )
}

/// A `Transform`.
pub(super) fn transform(uri: &str) -> String {
    format!("<ds:Transform Algorithm=\"{uri}\"/>")
}

/// Enveloped, then exclusive.
pub(super) fn usual() -> String {
    transform("http://www.w3.org/2000/09/xmldsig#enveloped-signature") + &transform(EXCLUSIVE)
}

/// A `SignedInfo` around references.
pub(super) fn signed_info(references: &str) -> String {
    format!(
        "<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"/><ds:SignatureMethod \
         Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\"/>{references}</ds:SignedInfo>"
    )
}

/// A `Signature` around what is given, its value still to be made.
pub(super) fn envelope(signed_info: &str, mark: u8, rest: &str) -> String {
    let value = STANDARD.encode(marker(b'V', mark));
    format!(
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{signed_info}<ds:SignatureValue>{value}\
         </ds:SignatureValue>{rest}</ds:Signature>"
    )
}

/// The usual signature of the element with this ID, with the key in it.
pub(super) fn signature(id: &str, mark: u8) -> String {
    let reference = reference(&format!("#{id}"), &usual(), mark);
    envelope(&signed_info(&reference), mark, &Key(1).key_info())
}

pub(super) fn assertion(id: &str, name: &str, signature: &str) -> String {
    format!(
        "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"{id}\"><saml:Issuer>{ISSUER}</saml:Issuer>\
         {signature}<saml:Subject><saml:NameID>{name}</saml:NameID></saml:Subject></saml:Assertion>"
    )
}

pub(super) fn response(id: &str, signature: &str, content: &str) -> String {
    format!(
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"{id}\"><saml:Issuer \
         xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">{ISSUER}</saml:Issuer>{signature}<samlp:Status/>{content}\
         </samlp:Response>"
    )
}

/// Fills in every digest and signature that is still to be made, the innermost signatures first, with `Key(1)`.
pub(super) fn sign(template: &str) -> String {
    let mut source = String::from(template);
    let count = count_signatures(&source);
    for at in (0..count).rev() {
        for _ in 0..4 {
            let Some((from, to)) = next_digest(&source, at) else { break };
            source = source.replace(&from, &to);
        }
        if let Some((from, to)) = value(&source, at) {
            source = source.replace(&from, &to);
        }
    }
    source
}

fn count_signatures(source: &str) -> usize {
    let document = Document::parse(source).unwrap();
    document.elements().filter(|element| element.is(Namespace::SIGNATURE, "Signature")).count()
}

fn with_signed_info<T>(
    source: &str,
    at: usize,
    f: impl FnOnce(&Document<'_>, super::survey::Placed<'_>, SignedInfo) -> Option<T>,
) -> Option<T> {
    let document = Document::parse(source).unwrap();
    let mut signatures =
        document.elements().enumerate().filter(|(_, element)| element.is(Namespace::SIGNATURE, "Signature"));
    let (ordinal, element) = signatures.nth(at)?;
    let info = element.elements().find(|child| child.is(Namespace::SIGNATURE, "SignedInfo"))?;
    let info = SignedInfo::read(&document, info, &mut None, &mut Vec::new())?;
    f(&document, super::survey::Placed { element, ordinal }, info)
}

fn next_digest(source: &str, at: usize) -> Option<(String, String)> {
    with_signed_info(source, at, |document, placed, info| {
        let reference = info.references.iter().find(|reference| reference.value.len() == 3)?;
        let id = reference.target.as_ref()?.id.as_deref();
        let has_id = |element: &crate::saml::Element<'_>| {
            id.is_some() && element.attribute(Namespace::NONE, "ID") == id
        };
        let top = document.elements().find(has_id);
        if id.is_some() && top.is_none() {
            return None;
        }
        let text = reference.canonical(document, top, placed.element).ok()?;
        Some((STANDARD.encode(&reference.value), STANDARD.encode(Sha256::digest(text))))
    })
}

fn value(source: &str, at: usize) -> Option<(String, String)> {
    with_signed_info(source, at, |_, placed, info| {
        let value =
            placed.element.elements().find(|child| child.is(Namespace::SIGNATURE, "SignatureValue"))?;
        let text = super::reference::text_of(value);
        if text.len() != 4 {
            return None;
        }
        let signature: P256Signature = Key(1).signing().sign(info.text.as_bytes());
        Some((text, STANDARD.encode(signature.to_bytes())))
    })
}

fn marker(kind: u8, mark: u8) -> [u8; 3] {
    [kind, b'0', mark]
}

/// Plans, answers and concludes.
pub(super) fn judge(source: &str, trust: &Trust) -> Judgement {
    let document = Document::parse(source).unwrap_or_else(|error| panic!("{source}: {error:?}"));
    let plan = plan(&document, trust);
    let answers: Vec<Answer> = plan.jobs().iter().map(answer).collect();
    plan.conclude(&answers)
}

/// Every code said about the message and its signatures.
pub(super) fn codes(judgement: &Judgement) -> Vec<&'static str> {
    let of_signatures = judgement.signatures.iter().flat_map(|signature| &signature.issues);
    let all = judgement.issues.iter().chain(of_signatures);
    all.map(|issue| issue.code().strip_prefix("signature.").unwrap()).collect()
}

#[test]
fn the_hash_of_the_marks_is_the_one_that_references_name() {
    assert_eq!(super::algorithm::digest("http://www.w3.org/2001/04/xmlenc#sha256"), Some(Hash::Sha256));
}
