//! The subject: exactly one bearer confirmation with an end and a recipient, and a `NameID` (IAM User Guide, "Configure SAML
//! assertions for the authentication response").

use super::Seen;
use super::finding::Finding;
use crate::saml::Assertion;

pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    let mut own: Vec<Finding> = Vec::new();
    for assertion in &seen.response.assertions {
        let mut here = Vec::new();
        confirmation(assertion, &mut here);
        here.extend(name_id(assertion, seen));
        // Assertions that break one rule, of which there may be thousands, break it once.
        here.retain(|finding| own.iter().all(|known| known.code != finding.code));
        own.append(&mut here);
    }
    found.append(&mut own);
}

fn confirmation(assertion: &Assertion, found: &mut Vec<Finding>) {
    let [first, ..] = assertion.confirmations.as_slice() else {
        found.push(Finding::new("aws.no_confirmation", Vec::new()).seen_text("", "Subject"));
        return;
    };
    let count = assertion.confirmations.len();
    if count > 1 {
        let finding = Finding::new("aws.several_confirmations", vec![count.to_string()]);
        found.push(finding.seen_text("", "SubjectConfirmation"));
    }
    let is_bearer = |method: &str| method == BEARER;
    if !first.method.as_deref().is_some_and(is_bearer) {
        let method = first.method.as_deref().unwrap_or_default();
        let finding = Finding::new("aws.not_bearer", vec![super::excerpt(method)]);
        found.push(finding.seen(method, "SubjectConfirmation", "Method"));
    }
    if first.not_on_or_after.is_none() {
        let finding = Finding::new("aws.no_confirmation_end", Vec::new());
        found.push(finding.seen("", "SubjectConfirmationData", "NotOnOrAfter"));
    }
}

fn name_id(assertion: &Assertion, seen: &Seen<'_>) -> Option<Finding> {
    let Some(name_id) = &assertion.name_id else {
        // One that is encrypted is there.
        let is_encrypted = seen.response.oddities.contains(&crate::saml::Oddity::EncryptedId);
        let finding = Finding::new("aws.no_name_id", Vec::new()).seen_text("", "Subject");
        return (!is_encrypted).then_some(finding);
    };
    if name_id.value.trim().is_empty() {
        return Some(Finding::new("aws.empty_name_id", Vec::new()).seen_text("", "NameID"));
    }
    let format = name_id.format.as_deref()?;
    if format.ends_with(":transient") {
        let finding = Finding::new("aws.transient_name_id", Vec::new());
        return Some(finding.seen(format, "NameID", "Format"));
    }
    let finding = Finding::new("aws.name_id_format", vec![super::excerpt(format)]);
    (!FORMATS.contains(&format)).then(|| finding.seen(format, "NameID", "Format"))
}

const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// The formats that AWS documents.
const FORMATS: [&str; 8] = [
    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
];
