//! From a message that someone wants to look at to its [`Inspection`], in two steps, because the host's crypto stands between
//! them and may take its time: [`Check::begin`] reads the message and says what is to be computed, [`Check::conclude`] takes the answers.

use rustc_hash::FxHashMap;

use super::Notice;
use super::claims::claims;
use super::inspection::{Certificate, Encryption, Inspection, Role, Signature, Status};
use super::mfa::mfa;
use super::request::{self, printed};
use super::sign_in::{oddity_notice, status_notice, worst_first};
use crate::aws;
use crate::capture::{Endpoint, Imported};
use crate::partition::Partition;
use crate::saml::encryption::{self, Encrypted};
use crate::saml::{self, Assertion, Decoded, Document, Message, Response, SamlError, Timestamp};
use crate::secret::Secret;
use crate::severity::Severity;
use crate::signature::{self, Answer, Covered, Hash, Issue, Job, Judgement, KeySource, Plan, Trust, Verdict};
use crate::time::UnixTime;

/// A message that waits for the host's crypto.
#[derive(Debug)]
pub struct Check {
    decoded: Decoded,
    plan: Plan,
    /// The whole text with its encrypted assertions replaced by what they hold, and the plan for it.
    decrypted: Option<(Secret<String>, Plan)>,
    /// SHA-1 and SHA-256 of each certificate in the document, for its fingerprints.
    fingerprints: Vec<Job>,
    url: Option<String>,
    binding: &'static str,
    relay_state: Option<String>,
    /// `SigAlg` of a signature that stands in the URL beside the message (SAML bindings 3.4.4.1).
    url_signature: Option<String>,
}

impl Check {
    /// Reads the XML. `decrypted` is the whole text with its encrypted assertions replaced (see `saml::decrypt`), where the
    /// person had the key. `ask` gets what the host's crypto has to answer for the verdict, each question as soon as it is known.
    ///
    /// # Errors
    ///
    /// When it is no XML that can be read.
    pub fn begin(
        imported: &Imported,
        trust: &Trust,
        decrypted: Option<Secret<String>>,
        ask: &mut dyn FnMut(&Job),
    ) -> Result<Self, SamlError> {
        let decoded = Decoded::from_imported(imported)?;
        let plan = plan(&decoded.text, trust, ask)?;
        let decrypted = match decrypted {
            Some(text) => Some(plan_of(text, trust, ask)?),
            None => None,
        };
        let mut fingerprints = Vec::new();
        let inner = decrypted.iter().flat_map(|(_, plan)| plan.certificates());
        for certificate in plan.certificates().into_iter().chain(inner) {
            for hash in [Hash::Sha1, Hash::Sha256] {
                fingerprints.push(Job::Digest { hash, data: certificate.der.clone() });
            }
        }
        Ok(Self {
            decoded,
            plan,
            decrypted,
            fingerprints,
            url: imported.url.clone(),
            binding: imported.binding.name(),
            relay_state: imported.relay_state.clone(),
            url_signature: imported.query.as_ref().map(|query| query.algorithm.clone()),
        })
    }

    /// What the host's crypto has to answer besides, for the fingerprints of certificates. [`Check::conclude`] wants these answers
    /// behind those of what was asked at first; [`Check::verdict`] needs none of them.
    #[must_use]
    pub fn fingerprints(&self) -> &[Job] {
        &self.fingerprints
    }

    /// The verdict alone.
    #[must_use]
    pub fn verdict(self, answers: &[Answer]) -> Verdict {
        judge(self.plan, self.decrypted.map(|(_, plan)| plan), answers).0.verdict
    }

    /// Everything there is to say. `now` is the time to judge by; without it nothing is said to have expired.
    ///
    /// # Errors
    ///
    /// When it is no SAML message.
    pub fn conclude(self, answers: &[Answer], now: Option<UnixTime>) -> Result<Inspection, SamlError> {
        let (opened, inner) = self.decrypted.unzip();
        let (mut judged, fingerprints) = judge(self.plan, inner, answers);
        let url_signature = self.url_signature.filter(|_| judged.verdict == Verdict::Unsigned);
        if url_signature.is_some() {
            // Signed, though not in the XML.
            judged.verdict = Verdict::Unknown;
            judged.issues.clear();
        }
        let prints = Fingerprints(self.fingerprints.iter().zip(fingerprints).collect());
        let mut shown = Inspection {
            url: self.url,
            binding: Some(self.binding),
            relay_state: self.relay_state,
            verdict: Some(judged.verdict.name()),
            ..Inspection::default()
        };
        // Read to be shown, which is what the inspector is for.
        let document = Document::parse(self.decoded.text.expose())?;
        let message = Message::from_document(&document, self.decoded.oddities)?;
        let parts = encryption::read(&document)?;
        shown.kind = Some(message.kind());
        shown.encryption = parts.iter().map(encryption_facts).collect();
        shown.encrypted = shown.encryption.iter().any(|part| part.name == "EncryptedAssertion");
        match message {
            Message::Response(mut response) => {
                if let Some(text) = opened {
                    // The person's own key opened it, to be shown.
                    response.assertions = assertions(text.expose())?;
                }
                describe_response(&mut shown, response, &judged, now);
            }
            Message::Request(request) => request::describe(&mut shown, request),
        }
        if let Some(algorithm) = url_signature {
            shown.findings.push(Notice::new("signature.in_url", vec![algorithm], Severity::Note));
        }
        describe_signatures(&mut shown, judged, &prints, now);
        worst_first(&mut shown.findings);
        Ok(shown)
    }
}

fn plan_of(
    text: Secret<String>,
    trust: &Trust,
    ask: &mut dyn FnMut(&Job),
) -> Result<(Secret<String>, Plan), SamlError> {
    let plan = plan(&text, trust, ask)?;
    Ok((text, plan))
}

fn plan(text: &Secret<String>, trust: &Trust, ask: &mut dyn FnMut(&Job)) -> Result<Plan, SamlError> {
    // Read to be judged; the plan wipes what it keeps of it.
    let document = Document::parse(text.expose())?;
    Ok(signature::plan_asking(&document, trust, ask))
}

fn assertions(text: &str) -> Result<Vec<Assertion>, SamlError> {
    let document = Document::parse(text)?;
    let opened = Response::from_document(&document, Vec::new())?;
    Ok(opened.assertions)
}

/// The judgement, and the answers that are left: those of the fingerprints.
fn judge(plan: Plan, decrypted: Option<Plan>, answers: &[Answer]) -> (Judgement, &[Answer]) {
    let (own, mut rest) = answers.split_at_checked(plan.jobs().len()).unwrap_or((answers, &[]));
    let mut judged = plan.conclude(own);
    if let Some(plan) = decrypted {
        let (inner, fingerprints) = rest.split_at_checked(plan.jobs().len()).unwrap_or((rest, &[]));
        judged = with_decrypted(judged, plan.conclude(inner));
        rest = fingerprints;
    }
    (judged, rest)
}

/// The judgement of a message whose encrypted assertions were opened: signatures on the message were made over the encrypted form,
/// those on the assertions over what was in it.
fn with_decrypted(outer: Judgement, inner: Judgement) -> Judgement {
    let is_verified = |verdict| matches!(verdict, Verdict::Genuine | Verdict::Consistent);
    let is_outer = |signature: &signature::Signature| signature.covers == Some("response");
    let outer_verified = outer.signatures.iter().any(|one| is_outer(one) && is_verified(one.verdict));
    let inner_failed = inner
        .signatures
        .iter()
        .any(|one| !is_outer(one) && matches!(one.verdict, Verdict::Broken | Verdict::Wrapped));
    let verdict = match outer.verdict {
        Verdict::Broken | Verdict::Wrapped => outer.verdict,
        verdict if outer_verified && !inner_failed => verdict,
        _ if outer_verified => Verdict::Broken,
        _ => inner.verdict,
    };
    // The inner document's own signatures on the message break by the opening; the outer document has them as they were made.
    let mut signatures: Vec<_> = outer.signatures.into_iter().filter(is_outer).collect();
    let kept = signatures.len();
    let mut covered: Vec<Covered> = if outer_verified { outer.covered } else { Vec::new() };
    for (place, signature) in inner.signatures.into_iter().enumerate() {
        if is_outer(&signature) {
            continue;
        }
        let number = signatures.len();
        let of_it = inner.covered.iter().filter(|one| one.signature == place);
        covered.extend(of_it.cloned().map(|mut one| {
            one.signature = number;
            one
        }));
        signatures.push(signature);
    }
    let issues = if kept > 0 { outer.issues } else { inner.issues };
    Judgement { verdict, signatures, covered, issues }
}

fn describe_response(shown: &mut Inspection, response: Response, judged: &Judgement, now: Option<UnixTime>) {
    let is_verified = matches!(judged.verdict, Verdict::Genuine | Verdict::Consistent);
    let response = if is_verified { as_covered(response, &judged.covered) } else { response };
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
    shown.usable_until = aws::usable_until(&response).map(UnixTime::rfc3339);
    shown.provider = shown.issuer.as_deref().map(saml::provider_label);
    describe_attributes(shown, &response);
    shown.findings.extend(status_notice(&response));
    shown.findings.extend(response.oddities.iter().map(oddity_notice));
    shown.findings.extend(now.and_then(|now| lifetime_notice(&response, now)));
}

/// The response as the bytes say that a signature covered: what is read from them is what was signed, to the letter.
fn as_covered(response: Response, covered: &[Covered]) -> Response {
    let mut assertions = Vec::new();
    let mut message = None;
    for part in covered {
        // Read to be shown, as the uncovered text was.
        let Ok(document) = Document::parse(part.text()) else { continue };
        let Ok(read) = Response::from_document(&document, Vec::new()) else { continue };
        let is_message = document.root().is_some_and(|root| root.local_name() == "Response");
        if is_message {
            message = Some(read);
        } else {
            assertions.extend(read.assertions);
        }
    }
    let Response { oddities, assertions: written, encrypted, .. } = &response;
    let mut shown = message.unwrap_or_else(|| response.clone());
    if shown.assertions.is_empty() || !assertions.is_empty() && assertions.len() == written.len() {
        shown.assertions = if assertions.is_empty() { written.clone() } else { assertions };
    }
    Response { oddities: oddities.clone(), encrypted: encrypted.clone(), ..shown }
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
    shown.mfa = mfa(assertion);
}

fn describe_attributes(shown: &mut Inspection, response: &Response) {
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
    shown.role_session_name = read.session_name;
    shown.session_duration = read.session_duration;
    shown.principal_tags = read.principal_tags;
    shown.transitive_tag_keys = read.transitive_tag_keys;
    shown.source_identity = read.source_identity;
    let notices =
        read.oddities.iter().map(|oddity| Notice::new(oddity.code(), oddity.args(), oddity.severity()));
    shown.findings.extend(notices);
}

fn encryption_facts(part: &Encrypted) -> Encryption {
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

/// What the clock says about a response: over, not begun, or past the minutes in which AWS takes it.
fn lifetime_notice(response: &Response, now: UnixTime) -> Option<Notice> {
    let conditions = response.assertions.iter().filter_map(|assertion| assertion.conditions.as_ref());
    let time = |timestamp: &Option<Timestamp>| timestamp.as_ref().and_then(|timestamp| timestamp.time);
    let begin = conditions.clone().filter_map(|one| time(&one.not_before)).max();
    let confirmed = response.assertions.iter().filter_map(|assertion| {
        assertion.confirmations.iter().filter_map(|one| time(&one.not_on_or_after)).max()
    });
    let end = conditions.filter_map(|one| time(&one.not_on_or_after)).chain(confirmed).min();
    let args = |time: UnixTime| vec![time.rfc3339()];
    if let Some(begin) = begin.filter(|begin| now < *begin) {
        return Some(Notice::new("saml.not_yet_valid", args(begin), Severity::Error));
    }
    if let Some(end) = end.filter(|end| now >= *end) {
        return Some(Notice::new("saml.expired", args(end), Severity::Error));
    }
    let until = aws::usable_until(response).filter(|until| now >= *until)?;
    Some(Notice::new("aws.redeem_over", args(until), Severity::Warning))
}

fn describe_signatures(
    shown: &mut Inspection,
    judged: Judgement,
    fingerprints: &Fingerprints<'_>,
    now: Option<UnixTime>,
) {
    for issue in &judged.issues {
        add(&mut shown.findings, issue_notice(issue));
    }
    for signature in judged.signatures {
        let certificate = signature.verified_with.as_ref().or(signature.certificates.first());
        let mut issues: Vec<Notice> = signature.issues.iter().map(issue_notice).collect();
        let validity = certificate.zip(now).and_then(|(one, now)| signature::certificate_issue(one, now));
        issues.extend(validity.iter().map(issue_notice));
        for issue in &issues {
            add(&mut shown.findings, issue.clone());
        }
        shown.signatures.push(Signature {
            certificate: certificate.map(|one| Certificate {
                sha1: fingerprints.of(Hash::Sha1, &one.der),
                sha256: fingerprints.of(Hash::Sha256, &one.der),
                ..Certificate::of(one)
            }),
            covers: signature.covers,
            covers_id: signature.covers_id,
            verdict: Some(signature.verdict.name()),
            algorithm_name: signature.algorithm.as_deref().and_then(signature::algorithm_name),
            algorithm: signature.algorithm,
            digest: signature.digest,
            canonicalization: signature.canonicalization,
            transforms: signature.transforms,
            reference: signature.reference,
            verified_by: signature.verified_by.map(KeySource::name),
            element: signature.element,
            covers_element: signature.covers_element,
            issues,
        });
    }
}

/// Digests of certificates, each beside what it is of.
struct Fingerprints<'a>(Vec<(&'a Job, &'a Answer)>);

impl Fingerprints<'_> {
    /// The digest of these bytes in hexadecimal, when the host computed it.
    fn of(&self, wanted: Hash, bytes: &[u8]) -> Option<String> {
        self.0.iter().find_map(|(job, answer)| match (job, answer) {
            (Job::Digest { hash, data }, Answer::Digest(digest)) if *hash == wanted && data == bytes => {
                Some(hex(digest))
            }
            _ => None,
        })
    }
}

fn issue_notice(issue: &Issue) -> Notice {
    Notice::new(issue.code(), issue.args(), issue.severity())
}

/// Adds a finding unless it stands there already: two signatures by one weak key are weak once.
fn add(findings: &mut Vec<Notice>, finding: Notice) {
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}

/// Adds a text unless it stands there already.
fn keep(texts: &mut Vec<String>, text: &str) {
    if !texts.iter().any(|kept| kept == text) {
        texts.push(text.to_owned());
    }
}

/// Bytes in capitals, as fingerprints are written, without separators.
fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default().to_ascii_uppercase();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
