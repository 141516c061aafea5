//! Where a response goes and for whom it is: recipient, destination, audience, and the sign-in host that the browser posted to.

use super::Seen;
use super::finding::{Finding, excerpt};
use crate::capture::{Acs, Endpoint};
use crate::partition::Partition;

pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    if !seen.response.assertions.is_empty() {
        recipient(seen, found);
        audience(seen, found);
    }
    if seen.in_address {
        found.push(Finding::new("aws.not_posted", Vec::new()).seen_text("", "Response"));
    }
    found.extend(destination(seen));
    found.extend(encrypted(seen));
    found.extend(not_encrypted(seen));
}

fn recipient(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    let Some(url) = seen.recipients().next() else {
        if seen.response.assertions.iter().any(|assertion| !assertion.confirmations.is_empty()) {
            let finding = Finding::new("aws.no_recipient", Vec::new());
            found.push(finding.seen("", DATA, "Recipient"));
        }
        return;
    };
    let finding =
        |code: &'static str, args: Vec<String>| Finding::new(code, args).seen(url, DATA, "Recipient");
    let Ok(endpoint) = Endpoint::parse(url) else {
        found.push(finding("aws.recipient_not_aws", vec![excerpt(url)]));
        return;
    };
    let own = seen.claims.grants.first().map(|grant| grant.role.partition());
    if let Some(own) = own.filter(|own| *own != endpoint.partition) {
        let args = vec![endpoint.partition.id().to_owned(), own.id().to_owned()];
        found.push(finding("aws.recipient_other_partition", args));
        return;
    }
    if let Some(posted) = seen.endpoint.filter(|posted| !is_same(posted, &endpoint)) {
        let args = vec![excerpt(url), address(posted)];
        found.push(finding("aws.recipient_other_endpoint", args));
    }
    if let Some(region) = &endpoint.region {
        found.push(finding("aws.regional_recipient", vec![region.clone(), excerpt(url)]));
    }
}

/// The address is not written back letter by letter: host, region and path are what counts.
fn is_same(one: &Endpoint, other: &Endpoint) -> bool {
    one.host == other.host && one.kind == other.kind
}

fn address(endpoint: &Endpoint) -> String {
    match &endpoint.kind {
        Acs::Plain => ["https://", &endpoint.host, "/saml"].concat(),
        Acs::Encrypted { provider_id } => ["https://", &endpoint.host, "/saml/acs/", provider_id].concat(),
    }
}

fn audience(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    let wanted = super::audience(seen.partition().unwrap_or(Partition::Aws)).to_owned();
    let Some(first) = seen.audiences().next() else {
        found.push(Finding::new("aws.no_audience", vec![wanted]).seen_text("", "Conditions"));
        return;
    };
    let finding = |code: &'static str, text: &str, args: Vec<String>| {
        Finding::new(code, args).seen_text(text, "Audience")
    };
    let Some(ours) = seen.audiences().find(|audience| is_aws_audience(audience)) else {
        let with_suffix =
            |audience: &&str| audience.split_once('#').is_some_and(|(before, _)| is_aws_audience(before));
        found.push(match seen.audiences().find(with_suffix) {
            Some(text) => finding("aws.audience_suffix", text, vec![excerpt(text)]),
            None => finding("aws.wrong_audience", first, vec![excerpt(first), wanted]),
        });
        return;
    };
    let own = seen.claims.grants.first().map(|grant| grant.role.partition());
    let fits = |audience: &str| own.is_none_or(|own| partition_of(audience).is_none_or(|its| its == own));
    if let Some(own) = own.filter(|_| !seen.audiences().any(|one| is_aws_audience(one) && fits(one))) {
        let args = vec![excerpt(ours), own.id().to_owned()];
        found.push(finding("aws.audience_other_partition", ours, args));
    }
}

/// Whether AWS, in one partition or another, is meant by an audience: its URN, or its sign-in URL, which Entra ID's gallery app has.
pub(super) fn is_aws_audience(audience: &str) -> bool {
    let is_urn = audience.strip_prefix(URN).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
    is_urn || !audience.contains('#') && Endpoint::parse(audience).is_ok()
}

/// The partition that an audience of AWS belongs to. The bare URN is taken for any: whether another partition refuses it is not
/// documented.
fn partition_of(audience: &str) -> Option<Partition> {
    match audience.strip_prefix(URN) {
        Some("") => None,
        Some(rest) if rest.starts_with(":govcloud") => Some(Partition::AwsUsGov),
        Some(rest) if rest.starts_with(":cn") => Some(Partition::AwsCn),
        Some(_) => None,
        None => Endpoint::parse(audience).ok().map(|endpoint| endpoint.partition),
    }
}

fn destination(seen: &Seen<'_>) -> Option<Finding> {
    let destination = seen.response.destination.as_deref()?;
    let recipient = seen.recipients().next()?;
    let plain = |url: &str| url.trim_end_matches('/').to_ascii_lowercase();
    let args = vec![excerpt(destination), excerpt(recipient)];
    let finding = Finding::new("aws.destination_differs", args).seen(destination, "Response", "Destination");
    (plain(destination) != plain(recipient)).then(|| finding.seen(recipient, DATA, "Recipient"))
}

/// An encrypted assertion needs the address that names the provider, and an algorithm that AWS documents.
fn encrypted(seen: &Seen<'_>) -> Option<Finding> {
    let encrypted = seen.response.encrypted.first()?;
    if let Some(algorithm) = encrypted.data_algorithm.as_deref().filter(|uri| !is_aes(uri)) {
        let finding = Finding::new("aws.encryption_algorithm", vec![excerpt(algorithm)]);
        return Some(finding.seen(algorithm, "EncryptionMethod", "Algorithm"));
    }
    let sent_to = seen.endpoint.cloned();
    let sent_to = sent_to.or_else(|| Endpoint::parse(seen.response.destination.as_deref()?).ok())?;
    let finding = Finding::new("aws.encrypted_plain_endpoint", vec![address(&sent_to)]);
    (sent_to.kind == Acs::Plain).then(|| finding.seen_text("", "EncryptedAssertion"))
}

/// The address that names the provider takes encrypted assertions, and plain ones only where its mode is `Allowed`.
fn not_encrypted(seen: &Seen<'_>) -> Option<Finding> {
    let endpoint = seen.endpoint.filter(|endpoint| endpoint.kind != Acs::Plain)?;
    let is_plain = seen.response.encrypted.is_empty() && !seen.response.assertions.is_empty();
    let finding = Finding::new("aws.not_encrypted", vec![address(endpoint)]);
    is_plain.then(|| finding.seen("", "Assertion", "ID"))
}

/// AES in CBC (XML Encryption 1.0) or GCM (1.1).
fn is_aes(uri: &str) -> bool {
    let name = uri.rsplit('#').next().unwrap_or_default();
    name.starts_with("aes") && (name.ends_with("-cbc") || name.ends_with("-gcm"))
}

const DATA: &str = "SubjectConfirmationData";

const URN: &str = "urn:amazon:webservices";
