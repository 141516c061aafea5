//! What a response says, as its [`Inspection`] shows it.

use rustc_hash::FxHashMap;

use super::claims::claims;
use super::inspection::{Authentication, Encryption, Inspection, Role, Status};
use super::request::printed;
use crate::audit;
use crate::aws::{self, AwsClaims};
use crate::capture::Endpoint;
use crate::partition::Partition;
use crate::saml::encryption::Encrypted;
use crate::saml::{self, Assertion, Response};
use crate::signature;
use crate::time::UnixTime;

/// What the response says, and what it is to AWS.
pub(super) fn describe(shown: &mut Inspection, response: &Response, now: Option<UnixTime>) -> AwsClaims {
    shown.id = response.id.clone();
    shown.version = response.version.clone();
    shown.destination = response.destination.clone();
    shown.in_response_to = response.in_response_to.clone();
    shown.issuer = response.issuer.clone();
    shown.issue_instant = printed(response.issue_instant.as_ref());
    shown.status = response
        .status
        .as_ref()
        .map(|status| Status { codes: status.codes.clone(), message: status.message.clone() });
    if let Some(assertion) = response.assertions.first() {
        describe_assertion(shown, assertion);
    }
    for assertion in response.assertions.iter() {
        let recipients = assertion.confirmations.iter().filter_map(|one| one.recipient.as_deref());
        recipients.for_each(|recipient| keep(&mut shown.recipients, recipient));
        let conditions = assertion.conditions.iter().flat_map(|conditions| &conditions.audience_restrictions);
        conditions.flatten().for_each(|audience| keep(&mut shown.audiences, audience));
    }
    shown.usable_until = aws::usable_until(response).map(UnixTime::rfc3339);
    shown.provider = shown.issuer.as_deref().map(saml::provider_label);
    describe_authentication(shown, response, now);
    describe_attributes(shown, response)
}

fn describe_authentication(shown: &mut Inspection, response: &Response, now: Option<UnixTime>) {
    let read = audit::Authentication::of(response, now);
    shown.mfa = read.mfa;
    shown.authentication = Some(Authentication {
        mfa: read.mfa,
        methods: read.methods,
        context: read.context,
        at: read.instant.map(UnixTime::rfc3339),
        seconds_ago: read.seconds_ago,
        tenant: read.tenant,
        object_id: read.object_id,
        display_name: read.display_name,
        require_mfa: None,
        device: read.devices.into_iter().map(|claim| (claim.name, claim.value)).collect(),
    });
}

fn describe_assertion(shown: &mut Inspection, assertion: &Assertion) {
    if assertion.issuer.is_some() {
        shown.issuer.clone_from(&assertion.issuer);
    }
    if let Some(instant) = printed(assertion.issue_instant.as_ref()) {
        shown.issue_instant = Some(instant);
    }
    if shown.kind == Some("assertion") {
        shown.id.clone_from(&assertion.id);
    }
    if let Some(name_id) = &assertion.name_id {
        shown.name_id = Some(name_id.value.clone());
        shown.name_id_format.clone_from(&name_id.format);
    }
    let confirmed = assertion.confirmations.iter().filter_map(|one| one.not_on_or_after.as_ref());
    let confirmed = confirmed.max_by_key(|timestamp| timestamp.time);
    let conditions = assertion.conditions.as_ref();
    shown.not_before = printed(conditions.and_then(|one| one.not_before.as_ref()));
    shown.not_on_or_after =
        printed(conditions.and_then(|one| one.not_on_or_after.as_ref())).or_else(|| printed(confirmed));
    if let Some(statement) = assertion.authn_statements.first() {
        shown.authn_instant = printed(statement.instant.as_ref());
        shown.session_not_on_or_after = printed(statement.session_not_on_or_after.as_ref());
        shown.authn_context = statement.context_classes.first().cloned();
    }
    if shown.in_response_to.is_none() {
        shown.in_response_to = assertion.confirmations.iter().find_map(|one| one.in_response_to.clone());
    }
}

fn describe_attributes(shown: &mut Inspection, response: &Response) -> AwsClaims {
    let attributes: Vec<_> = response.assertions.iter().flat_map(|assertion| &assertion.attributes).collect();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for attribute in &attributes {
        let values = attribute.values.iter().map(|value| value.text.clone());
        let next = shown.attributes.len();
        let place = *places.entry(attribute.name.clone()).or_insert(next);
        match shown.attributes.get_mut(place) {
            Some((_, all)) => all.extend(values),
            None => shown.attributes.push((attribute.name.clone(), values.collect())),
        }
    }
    shown.claims = claims(&attributes);
    let read = aws::read(response);
    let sent_to = shown.url.as_deref().or(shown.destination.as_deref());
    shown.partition = read
        .grants
        .first()
        .map(|grant| grant.role.partition())
        .or_else(|| sent_to.and_then(|url| Endpoint::parse(url).ok()).map(|endpoint| endpoint.partition))
        .map(Partition::id);
    shown.roles = read
        .grants
        .iter()
        .map(|grant| Role { role: grant.role.to_string(), provider: grant.provider.to_string() })
        .collect();
    shown.role_session_name.clone_from(&read.session_name);
    shown.session_duration = read.session_duration;
    shown.principal_tags.clone_from(&read.principal_tags);
    shown.transitive_tag_keys.clone_from(&read.transitive_tag_keys);
    shown.source_identity.clone_from(&read.source_identity);
    read
}

/// Of an encrypted part what can be read without the key.
pub(super) fn encryption_facts(part: &Encrypted) -> Encryption {
    let key = part.keys.first();
    let of_key = key.and_then(|key| key.recipient.as_ref().or(key.key_names.first()));
    let certificate = key.and_then(|key| key.certificates.first());
    let certificate = certificate.and_then(|der| signature::Certificate::from_der(der).ok());
    Encryption {
        name: part.name,
        data_algorithm: part.algorithm.clone(),
        key_algorithm: key.and_then(|key| key.algorithm.clone()),
        key_digest: key.and_then(|key| key.digest.clone()),
        recipient: certificate.map(|one| one.subject).or(of_key.or(part.key_names.first()).cloned()),
    }
}

/// Adds a text unless it stands there already.
fn keep(texts: &mut Vec<String>, text: &str) {
    if !texts.iter().any(|kept| kept == text) {
        texts.push(text.to_owned());
    }
}
