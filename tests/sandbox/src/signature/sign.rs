//! The identity provider's key and certificate, and the signatures made with them.

use std::error::Error;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra_c14n::C14nMode;
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, PublicKeyData, SigningKey};
use ring::digest;
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey;
use time::Duration;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use super::{DSIG, ENVELOPED, EXCLUSIVE, PublicKey, RSA_SHA256, SHA256, canonical};
use crate::clock;

/// How a provider writes its `Signature` element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// The prefix of the signature's namespace; empty makes it the default namespace.
    pub(crate) prefix: &'static str,
    /// The `PrefixList` of `InclusiveNamespaces`; empty leaves the element out.
    pub(crate) inclusive: &'static str,
}

/// An RSA-2048 key made at start, and its self-signed certificate.
pub(crate) struct Signer {
    key: KeyPair,
    certificate_pem: String,
    certificate_base64: String,
}

impl Signer {
    /// A certificate that lasts three years, as Entra ID makes them.
    pub(crate) fn new() -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::lasting(3 * 365)
    }

    /// A certificate that ends in so many days; the hour more keeps a test's clock inside of the last.
    pub(crate) fn lasting(days: i64) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let rsa = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048)?;
        let pkcs8 = rsa.to_pkcs8_der()?;
        let der = PrivatePkcs8KeyDer::from(pkcs8.as_bytes());
        let key = KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_RSA_SHA256)?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Rolecall sandbox signing");
        params.not_before = clock::now(0) - Duration::DAY;
        params.not_after = clock::now(0) + Duration::days(days) + Duration::HOUR;
        let certificate = params.self_signed(&key)?;
        Ok(Self {
            certificate_pem: certificate.pem(),
            certificate_base64: STANDARD.encode(certificate.der()),
            key,
        })
    }

    pub(crate) fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    pub(crate) fn public_key(&self) -> PublicKey {
        PublicKey(self.key.der_bytes().to_vec())
    }

    /// `head` and `tail` are one XML document, cut where the signature goes: as a child of the element with this
    /// `ID`. Returns the document with the signature. The error names what about the document is wrong.
    pub(crate) fn sign(
        &self,
        head: &str,
        tail: &str,
        id: &str,
        style: Style,
    ) -> Result<String, &'static str> {
        let plain = format!("{head}{tail}");
        let document = uppsala::parse(&plain).map_err(|_| "the document to sign is not XML")?;
        let element = document
            .descendants(document.root())
            .into_iter()
            .find(|node| document.get_attribute(*node, "ID") == Some(id))
            .ok_or("no element has the ID to sign")?;
        let prefixes: Vec<&str> = style.inclusive.split_ascii_whitespace().collect();
        let bytes =
            canonical(&document, element, None, C14nMode::Exclusive, &prefixes).ok_or("no canonical form")?;
        let digest = STANDARD.encode(digest::digest(&digest::SHA256, &bytes));

        let unsigned = format!("{head}{}{tail}", self.signature_element(id, &digest, "", style));
        let document = uppsala::parse(&unsigned).map_err(|_| "the signature is not XML")?;
        let signed_info = *document
            .get_elements_by_tag_name_ns(DSIG, "SignedInfo")
            .iter()
            .find(|node| references(&document, **node, id))
            .ok_or("no SignedInfo")?;
        let bytes =
            canonical(&document, signed_info, None, C14nMode::Exclusive, &[]).ok_or("no canonical form")?;
        let value = STANDARD.encode(self.key.sign(&bytes).map_err(|_| "the key does not sign")?);
        Ok(format!("{head}{}{tail}", self.signature_element(id, &digest, &value, style)))
    }

    fn signature_element(&self, id: &str, digest: &str, value: &str, style: Style) -> String {
        let (p, xmlns) = match style.prefix {
            "" => (String::new(), "xmlns".to_owned()),
            prefix => (format!("{prefix}:"), format!("xmlns:{prefix}")),
        };
        let canonicalization = match style.inclusive {
            "" => format!("<{p}Transform Algorithm=\"{EXCLUSIVE}\"/>"),
            list => format!(
                "<{p}Transform Algorithm=\"{EXCLUSIVE}\"><ec:InclusiveNamespaces xmlns:ec=\"{EXCLUSIVE}\" \
                 PrefixList=\"{list}\"/></{p}Transform>"
            ),
        };
        format!(
            "<{p}Signature {xmlns}=\"{DSIG}\"><{p}SignedInfo>\
             <{p}CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"/><{p}SignatureMethod Algorithm=\"{RSA_SHA256}\"/>\
             <{p}Reference URI=\"#{id}\"><{p}Transforms><{p}Transform Algorithm=\"{ENVELOPED}\"/>{canonicalization}\
             </{p}Transforms><{p}DigestMethod Algorithm=\"{SHA256}\"/><{p}DigestValue>{digest}</{p}DigestValue>\
             </{p}Reference></{p}SignedInfo><{p}SignatureValue>{value}</{p}SignatureValue>\
             <{p}KeyInfo><{p}X509Data><{p}X509Certificate>{certificate}</{p}X509Certificate></{p}X509Data>\
             </{p}KeyInfo></{p}Signature>",
            certificate = self.certificate_base64,
        )
    }
}

/// `signed_info` has a reference to this ID.
fn references(document: &uppsala::Document<'_>, signed_info: uppsala::NodeId, id: &str) -> bool {
    document
        .first_child_element_by_name_ns(signed_info, DSIG, "Reference")
        .and_then(|reference| document.get_attribute(reference, "URI"))
        .and_then(|uri| uri.strip_prefix('#'))
        == Some(id)
}
