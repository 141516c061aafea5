//! What other rooms found, as findings: oddities of the text and of the AWS attributes, the status, and the facts about signatures.
//! Codes and severities are theirs; the place in the XML is added.

use super::Seen;
use super::finding::Finding;
use super::{roles, session};
use crate::aws::ClaimOddity;
use crate::saml::{Oddity, Response};
use crate::severity::Severity;
use crate::signature::Issue;
use crate::sts::StsError;

/// The status, the sign-in host, the oddities of the text and those of the attributes, in that order.
pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    found.extend(status(seen.response));
    found.extend(host(seen));
    found.extend(seen.response.oddities.iter().map(Finding::of_oddity));
    for oddity in &seen.claims.oddities {
        found.push(claim(seen, oddity));
    }
}

impl Finding {
    /// What was unusual about the text of a message.
    #[must_use]
    pub fn of_oddity(oddity: &Oddity) -> Self {
        let severity = if matches!(oddity, Oddity::Truncated) { Severity::Error } else { Severity::Note };
        let finding = Self::new(oddity.code(), oddity.args()).of_severity(severity);
        match oddity {
            Oddity::SeveralAssertions | Oddity::NestedAssertion | Oddity::BareAssertion => {
                finding.seen("", "Assertion", "ID")
            }
            Oddity::EncryptedId => finding.seen_text("", "EncryptedID"),
            Oddity::EncryptedAttribute => finding.seen_text("", "EncryptedAttribute"),
            Oddity::RepeatedElement { element } => finding.seen_text("", element),
            _ => finding,
        }
    }

    /// A fact about a signature.
    #[must_use]
    pub fn of_issue(issue: &Issue) -> Self {
        let finding = Self::new(issue.code(), issue.args()).of_severity(issue.severity());
        match issue {
            Issue::RelativeNamespace { .. }
            | Issue::Truncated
            | Issue::Unsigned { .. }
            | Issue::IssuerDiffers { .. } => finding,
            Issue::Malformed { element } | Issue::Repeated { element } => finding.seen_text("", element),
            Issue::EmptyValue { element } | Issue::BadBase64 { element } => finding.seen_text("", element),
            Issue::ReferenceUnresolved { uri }
            | Issue::MissingId { uri }
            | Issue::ReferenceNotParent { uri }
            | Issue::UnsupportedReference { uri } => finding.seen(uri, "Reference", "URI"),
            Issue::UnsupportedTransform { uri } => finding.seen(uri, "Transform", "Algorithm"),
            Issue::UnsupportedCanonicalization { uri } => {
                finding.seen(uri, "CanonicalizationMethod", "Algorithm")
            }
            Issue::Hmac { uri } | Issue::UnsupportedAlgorithm { uri } => {
                finding.seen(uri, "SignatureMethod", "Algorithm")
            }
            Issue::WeakKey { .. }
            | Issue::BadCertificate
            | Issue::OtherCertificate
            | Issue::CertificateExpired { .. }
            | Issue::CertificateNotYetValid { .. }
            | Issue::CertificateExpiresSoon { .. } => finding.seen_text("", "X509Certificate"),
            _ => finding.seen_text("", "Signature"),
        }
    }

    /// Why there are no credentials. The words of AWS stand in it as they came.
    #[must_use]
    pub fn of_sts(error: &StsError) -> Self {
        let aws_answer = error.aws_message().map(str::to_owned);
        Self { aws_answer, ..Self::new(error.code(), error.args()) }
    }
}

/// The identity provider's own refusal, or that it does not say how it went.
pub(super) fn status(response: &Response) -> Option<Finding> {
    let Some(status) = &response.status else {
        let is_response = response.id.is_some() || response.version.is_some();
        return is_response.then(|| Finding::new("saml.no_status", Vec::new()));
    };
    if status.is_success() {
        return None;
    }
    let code = status.codes.last().map(String::as_str).unwrap_or_default();
    let name = code.rsplit(':').next().unwrap_or_default();
    let args = vec![name.to_owned(), status.message.clone().unwrap_or_default()];
    Some(Finding::new("saml.status", args).seen(code, "StatusCode", "Value"))
}

/// Roles of one partition posted to the sign-in host of another: AWS does not know their provider there.
fn host(seen: &Seen<'_>) -> Option<Finding> {
    let endpoint = seen.endpoint?;
    let mut grants = seen.claims.grants.iter();
    let other = grants.find(|grant| grant.role.partition() != endpoint.partition)?;
    let args = vec![other.role.partition().id().to_owned(), endpoint.partition.id().to_owned()];
    let finding = Finding::new("aws.other_partition_host", args);
    Some(finding.seen_value(other.role.as_str(), &seen.name_of("Role")))
}

/// An oddity of the attributes: a narrower finding where one says more.
fn claim(seen: &Seen<'_>, oddity: &ClaimOddity) -> Finding {
    let finding = roles::narrower(seen, oddity).or_else(|| session::narrower(seen, oddity));
    if let Some(finding) = finding {
        return finding;
    }
    let finding = Finding::new(oddity.code(), oddity.args()).of_severity(oddity.severity());
    let value = |finding: Finding, text: &str, short: &str| finding.seen_value(text, &seen.name_of(short));
    match oddity {
        ClaimOddity::NoRole | ClaimOddity::NoSessionName => finding.seen_text("", "AttributeStatement"),
        ClaimOddity::RolesEncrypted => finding.seen_text("", "EncryptedAssertion"),
        ClaimOddity::EmptyRole | ClaimOddity::ChinaPrefix => finding.seen_name(&seen.name_of("Role")),
        ClaimOddity::MalformedRoles { first, .. }
        | ClaimOddity::PartitionMismatch { first, .. }
        | ClaimOddity::AccountMismatch { first, .. } => value(finding, first, "Role"),
        ClaimOddity::DuplicateRoles { .. } => finding.seen_name(&seen.name_of("Role")),
        ClaimOddity::NearMiss { written, .. }
        | ClaimOddity::MisnamedRole { written }
        | ClaimOddity::UnknownAttribute { written } => finding.seen_name(written),
        ClaimOddity::SeveralValues { attribute } | ClaimOddity::SpacesAround { attribute } => {
            finding.seen_name(&seen.name_of(attribute))
        }
        ClaimOddity::InvalidSessionName { written } => value(finding, written, "RoleSessionName"),
        ClaimOddity::InvalidSessionDuration { written } => value(finding, written, "SessionDuration"),
        ClaimOddity::InvalidSourceIdentity { written } => value(finding, written, "SourceIdentity"),
        ClaimOddity::InvalidTag { key }
        | ClaimOddity::TagWithSeveralValues { key }
        | ClaimOddity::RepeatedTag { key } => finding.seen_name(&seen.name_of_tag(key)),
        ClaimOddity::TooManyTags { .. } => finding.seen_name(&seen.name_of_tag("")),
        ClaimOddity::TransitiveKeyWithoutTag { key } => value(finding, key, "TransitiveTagKeys"),
    }
}
