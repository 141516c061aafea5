//! An identity provider's metadata to its signing keys: SAML metadata of one or of many entities, and the WS-Federation
//! roles that Entra ID and AD FS put beside the SAML ones, with the same keys.

use super::issue::excerpt;
use super::keys::certificate_elements;
use super::reference::text_of;
use super::{Certificate, Entity, Issue, KeySource};
use crate::saml::{Document, Element, Namespace};
use crate::time::UnixTime;

/// Why no key could be read from metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetadataError {
    /// The root is no `EntityDescriptor` and no `EntitiesDescriptor`.
    NotMetadata,
    /// No identity provider in it has a signing certificate.
    NoKeys,
    /// No identity provider in it has a certificate that can be read.
    BadCertificate {
        /// The first entity with one that cannot, cut.
        entity: String,
    },
}

impl MetadataError {
    /// The stable code, such as `signature.not_metadata`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotMetadata => "signature.not_metadata",
            Self::NoKeys => "signature.no_metadata_keys",
            Self::BadCertificate { .. } => "signature.bad_metadata_certificate",
        }
    }

    /// The values of the message's placeholders, in order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::BadCertificate { entity } => vec![entity.clone()],
            Self::NotMetadata | Self::NoKeys => Vec::new(),
        }
    }
}

/// The identity providers of a metadata document that have a signing key, each with its keys. A certificate that cannot
/// be read is left out, unless no other is left.
///
/// # Errors
///
/// [`MetadataError`] says which.
pub fn read(document: &Document<'_>) -> Result<Vec<Entity>, MetadataError> {
    let metadata = document.namespace(METADATA).ok_or(MetadataError::NotMetadata)?;
    let root = document.root().ok_or(MetadataError::NotMetadata)?;
    let mut reader = Reader { metadata, entities: Vec::new(), bad: None };
    if root.is(metadata, "EntityDescriptor") {
        reader.entity(root, None);
    } else if root.is(metadata, "EntitiesDescriptor") {
        reader.entities(root, None);
    } else {
        return Err(MetadataError::NotMetadata);
    }
    match (reader.entities.is_empty(), reader.bad) {
        (false, _) => Ok(reader.entities),
        (true, Some(entity)) => Err(MetadataError::BadCertificate { entity }),
        (true, None) => Err(MetadataError::NoKeys),
    }
}

/// Whether metadata may no longer be used at `now` (SAML metadata 2.3.2).
#[must_use]
pub fn metadata_issue(entity: &Entity, now: UnixTime) -> Option<Issue> {
    let valid_until = entity.valid_until.filter(|valid_until| now >= *valid_until)?;
    Some(Issue::MetadataExpired { valid_until })
}

struct Reader {
    metadata: Namespace,
    entities: Vec<Entity>,
    /// The first entity with a certificate that cannot be read.
    bad: Option<String>,
}

impl Reader {
    /// Depth is bounded by the reader of the XML.
    fn entities(&mut self, group: Element<'_>, outer: Option<UnixTime>) {
        let until = earlier(outer, group);
        for child in group.elements() {
            if child.is(self.metadata, "EntityDescriptor") {
                self.entity(child, until);
            } else if child.is(self.metadata, "EntitiesDescriptor") {
                self.entities(child, until);
            }
        }
    }

    fn entity(&mut self, element: Element<'_>, outer: Option<UnixTime>) {
        let Some(entity_id) = element.attribute(Namespace::NONE, "entityID") else { return };
        let mut valid_until = earlier(outer, element);
        let mut keys: Vec<Certificate> = Vec::new();
        for role in element.elements() {
            let before = keys.len();
            if self.is_identity_provider(role) {
                self.role(role, entity_id, &mut keys);
            }
            if keys.len() > before {
                valid_until = earlier(valid_until, role);
            }
        }
        if !keys.is_empty() {
            let entity_id = String::from(entity_id.trim_ascii());
            self.entities.push(Entity { entity_id, keys, valid_until, source: KeySource::Metadata });
        }
    }

    /// `IDPSSODescriptor`, or a `RoleDescriptor` of the type that WS-Federation calls a security token service.
    fn is_identity_provider(&self, role: Element<'_>) -> bool {
        let kind = role.attribute(Namespace::SCHEMA_INSTANCE, "type").unwrap_or_default();
        let kind = kind.rsplit(':').next().unwrap_or_default();
        role.is(self.metadata, "IDPSSODescriptor")
            || role.is(self.metadata, "RoleDescriptor") && kind == "SecurityTokenServiceType"
    }

    /// Adds the keys of a role that are for signing, or for anything.
    fn role(&mut self, role: Element<'_>, entity_id: &str, keys: &mut Vec<Certificate>) {
        for descriptor in role.elements() {
            let used = descriptor.attribute(Namespace::NONE, "use").unwrap_or("signing");
            if !descriptor.is(self.metadata, "KeyDescriptor") || used != "signing" {
                continue;
            }
            let Some(key_info) = descriptor.child(Namespace::SIGNATURE, "KeyInfo") else { continue };
            for element in certificate_elements(key_info) {
                match Certificate::from_base64(&text_of(element)) {
                    Ok(certificate) if keys.iter().any(|known| known.spki == certificate.spki) => {}
                    Ok(certificate) => keys.push(certificate),
                    Err(_) => {
                        self.bad.get_or_insert_with(|| excerpt(entity_id));
                    }
                }
            }
        }
    }
}

/// The earlier of a time and the element's `validUntil`.
fn earlier(outer: Option<UnixTime>, element: Element<'_>) -> Option<UnixTime> {
    let own = element.attribute(Namespace::NONE, "validUntil").and_then(UnixTime::parse_xs);
    match (outer, own) {
        (Some(outer), Some(own)) => Some(outer.min(own)),
        (outer, own) => own.or(outer),
    }
}

const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";

#[cfg(test)]
#[path = "metadata_tests.rs"]
mod tests;
