//! Who vouches: version, issuer, imported metadata; and the size that STS takes.

use super::Seen;
use super::finding::{Finding, excerpt};
use crate::limits::MAX_STS_ASSERTION_CHARS;
use crate::saml::Response;
use crate::signature::Issue;
use crate::time::UnixTime;

/// Imported metadata of an identity provider, as far as rules ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// `entityID`.
    pub entity_id: String,
    /// Until when it may be used.
    pub valid_until: Option<UnixTime>,
    /// When it was imported.
    pub imported: Option<UnixTime>,
}

/// Too many characters for STS, or nearly so.
pub(super) fn size(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    let Some(chars) = seen.chars else { return };
    let args = || vec![chars.to_string(), MAX_STS_ASSERTION_CHARS.to_string()];
    if chars > MAX_STS_ASSERTION_CHARS {
        found.push(Finding::new("aws.response_too_long", args()).seen_text("", "AttributeStatement"));
    } else if chars > NEARLY_TOO_LONG {
        found.push(Finding::new("aws.response_nearly_too_long", args()).seen_text("", "AttributeStatement"));
    }
}

/// Version and issuer as they are written.
pub(super) fn written(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    let response = seen.response;
    if let Some(version) = response.version.as_deref().filter(|version| *version != "2.0") {
        let finding = Finding::new("saml.wrong_version", vec![excerpt(version)]);
        found.push(finding.seen(version, "Response", "Version"));
    }
    let own = response.assertions.first().map(|assertion| assertion.issuer.as_deref().unwrap_or_default());
    match (own, response.issuer.as_deref()) {
        (Some(""), _) => found.push(Finding::new("saml.no_issuer", Vec::new()).seen_text("", "Assertion")),
        (Some(own), Some(outer)) if !outer.is_empty() && own != outer => {
            let finding = Finding::new("saml.issuers_differ", vec![excerpt(outer), excerpt(own)]);
            found.push(finding.seen_text(outer, "Issuer").seen_text(own, "Issuer"));
        }
        _ => {}
    }
}

/// What imported metadata says about the issuer.
pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    written(seen, found);
    let Some(issuer) = issuer(seen.response).filter(|_| !seen.metadata.is_empty()) else { return };
    let Some(metadata) = seen.metadata.iter().find(|metadata| metadata.entity_id == issuer) else {
        let finding = Finding::new("aws.issuer_not_in_metadata", vec![excerpt(issuer)]);
        found.push(finding.seen_text(issuer, "Issuer"));
        return;
    };
    let Some(now) = seen.now else { return };
    if let Some(valid_until) = metadata.valid_until.filter(|until| now >= *until) {
        found.push(Finding::of_issue(&Issue::MetadataExpired { valid_until }));
    }
    if let Some(until) = metadata.valid_until.filter(|until| now < *until && *until <= now.plus(7 * DAY)) {
        found.push(
            Finding::new("aws.metadata_expires_soon", vec![until.rfc3339()]).seen_text(issuer, "Issuer"),
        );
    }
    let age = metadata.imported.map(|imported| now.seconds().saturating_sub(imported.seconds()) / DAY);
    if let Some(days) = age.filter(|days| *days > OLD_DAYS) {
        found.push(Finding::new("aws.metadata_old", vec![days.to_string()]).seen_text(issuer, "Issuer"));
    }
}

fn issuer(response: &Response) -> Option<&str> {
    let own = response.assertions.iter().find_map(|assertion| assertion.issuer.as_deref());
    own.or(response.issuer.as_deref())
}

/// Characters from which a few more roles are too many: nine tenths of what STS takes.
const NEARLY_TOO_LONG: usize = MAX_STS_ASSERTION_CHARS / 10 * 9;

const DAY: i64 = 86_400;

/// Days after which metadata is old. Identity providers renew their keys every one to three years.
const OLD_DAYS: i64 = 365;
