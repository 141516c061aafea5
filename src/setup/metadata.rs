//! The metadata of an identity provider to what is remembered of it, all of it public, and to what IAM would not like about it.

use crate::audit::{Finding, excerpt};
use crate::limits::{IAM_METADATA_CHARS, MAX_METADATA_ENDPOINTS};
use crate::octets::from_base64;
use crate::saml::{Document, Element, Namespace, Node, SamlError};
use crate::severity::Severity;
use crate::signature::{self, Certificate, Entity, Issue, MetadataError};
use crate::time::UnixTime;

/// What is remembered of an identity provider's metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// `entityID`: what its responses carry as `Issuer`.
    pub entity_id: String,
    /// Until when it may be used.
    pub valid_until: Option<UnixTime>,
    /// When it was imported.
    pub imported: Option<UnixTime>,
    /// Characters of the text.
    pub characters: usize,
    /// Whether a byte order mark stands before it.
    pub has_mark: bool,
    /// Identity providers in the text.
    pub providers: usize,
    /// `NameIDFormat` of it, as they stand there.
    pub name_id_formats: Vec<String>,
    /// Its `SingleSignOnService`s.
    pub endpoints: Vec<Endpoint>,
    /// Its signing certificates.
    pub certificates: Vec<KnownCertificate>,
}

/// Where sign-ins begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The last part of the binding's URI, such as `HTTP-Redirect`.
    pub binding: String,
    /// The address.
    pub url: String,
}

/// A signing certificate, as the page keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCertificate {
    /// DER in base64.
    pub der: String,
}

/// Why metadata is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It is no XML that can be read.
    Xml(SamlError),
    /// It is not the metadata of an identity provider with a key.
    Metadata(MetadataError),
}

impl Known {
    /// Reads the text; one entry for each identity provider in it that has a signing key.
    ///
    /// # Errors
    ///
    /// [`ReadError`] says why there is none.
    pub fn read(text: &str, now: UnixTime) -> Result<Vec<Self>, ReadError> {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document = Document::parse(plain).map_err(ReadError::Xml)?;
        let entities = signature::metadata::read(&document).map_err(ReadError::Metadata)?;
        let providers = entities.len();
        let known = entities.into_iter().map(|entity| Self {
            imported: Some(now),
            characters: text.chars().count(),
            has_mark: plain.len() != text.len(),
            providers,
            ..Self::of(&document, entity)
        });
        Ok(known.collect())
    }

    fn of(document: &Document<'_>, entity: Entity) -> Self {
        let mut known = Self {
            valid_until: entity.valid_until,
            certificates: entity.keys.iter().map(KnownCertificate::of).collect(),
            entity_id: entity.entity_id,
            ..Self::default()
        };
        let Some(metadata) = document.namespace(METADATA) else { return known };
        for element in document.elements().filter(|element| is_of(*element, metadata, &known.entity_id)) {
            if element.is(metadata, "NameIDFormat") && known.name_id_formats.len() < MAX_METADATA_ENDPOINTS {
                known.name_id_formats.push(excerpt(text_of(element).trim()));
            }
            if element.is(metadata, "SingleSignOnService") && known.endpoints.len() < MAX_METADATA_ENDPOINTS {
                let attribute = |name| element.attribute(Namespace::NONE, name).unwrap_or_default();
                let binding = attribute("Binding").rsplit(':').next().unwrap_or_default();
                let endpoint = Endpoint { binding: excerpt(binding), url: excerpt(attribute("Location")) };
                known.endpoints.push(endpoint);
            }
        }
        known
    }

    /// What IAM would not take, or what will hurt, at `now`.
    #[must_use]
    pub fn findings(&self, now: UnixTime) -> Vec<Finding> {
        let mut found = Vec::new();
        let (least, most) = IAM_METADATA_CHARS;
        if !(least..=most).contains(&self.characters) {
            let args = [self.characters, least, most].map(|count| count.to_string());
            found.push(error("setup.metadata_length", args.to_vec()));
        }
        if self.has_mark {
            found.push(error("setup.metadata_mark", Vec::new()));
        }
        if self.providers > 1 {
            found.push(warning("setup.metadata_several", vec![self.providers.to_string()]));
        }
        if self.endpoints.is_empty() {
            found.push(error("setup.metadata_no_endpoint", Vec::new()));
        }
        let supported = |format: &String| NAME_ID_FORMATS.contains(&format.as_str());
        if !self.name_id_formats.is_empty() && !self.name_id_formats.iter().any(supported) {
            found.push(warning("setup.metadata_name_id", vec![excerpt(&self.name_id_formats.join(", "))]));
        }
        if let Some(valid_until) = self.valid_until.filter(|until| now >= *until) {
            found.push(Finding::of_issue(&Issue::MetadataExpired { valid_until }));
        }
        self.keys(now, &mut found);
        found
    }

    /// Keys that are too short, certificates with an extension twice, and certificates that are over, all of them or the last soon.
    /// One that is over beside one that is not is what a rotation leaves behind. That IAM refuses certificates for being over is not
    /// documented.
    fn keys(&self, now: UnixTime, found: &mut Vec<Finding>) {
        let keys: Vec<Certificate> = self.keys_of().collect();
        for key in keys.iter().filter(|key| key.key_name == "RSA" && key.key_bits < IAM_KEY_BITS) {
            let args = vec![excerpt(&key.subject), key.key_bits.to_string()];
            found.push(error("setup.metadata_weak_key", args));
        }
        for key in keys.iter().filter(|key| key.has_repeated_extension()) {
            found.push(error("setup.metadata_extension", vec![excerpt(&key.subject)]));
        }
        let Some(last) = keys.iter().max_by_key(|key| key.not_after) else { return };
        found.extend(signature::certificate_issue(last, now).as_ref().map(Finding::of_issue));
    }

    /// The certificates that can be read.
    pub(super) fn keys_of(&self) -> impl Iterator<Item = Certificate> {
        let read = |one: &KnownCertificate| Certificate::from_der(&from_base64(one.der.as_bytes())?).ok();
        self.certificates.iter().filter_map(read)
    }
}

impl KnownCertificate {
    fn of(certificate: &Certificate) -> Self {
        Self { der: crate::octets::base64(&certificate.der) }
    }
}

/// Whether an element stands in this entity's description of an identity provider.
fn is_of(element: Element<'_>, metadata: Namespace, entity_id: &str) -> bool {
    let mut around = element.ancestors();
    around.any(|one| one.is(metadata, "IDPSSODescriptor"))
        && around.any(|one| {
            let own = one.attribute(Namespace::NONE, "entityID").unwrap_or_default();
            one.is(metadata, "EntityDescriptor") && own.trim_ascii() == entity_id
        })
}

/// The text in an element.
pub(super) fn text_of(element: Element<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        if let Node::Text(part) = node {
            text.push_str(part);
        }
    }
    text
}

fn error(code: &'static str, args: Vec<String>) -> Finding {
    Finding::new(code, args).of_severity(Severity::Error)
}

fn warning(code: &'static str, args: Vec<String>) -> Finding {
    Finding::new(code, args).of_severity(Severity::Warning)
}

const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";

/// Bits of an RSA key that IAM takes at the least (IAM User Guide, "Create a SAML identity provider in IAM").
const IAM_KEY_BITS: u32 = 1_024;

/// What AWS takes as `Format` of `NameID` (IAM User Guide, "Configure SAML assertions for the authentication response").
const NAME_ID_FORMATS: [&str; 8] = [
    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
];
