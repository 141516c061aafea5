//! From a message that someone wants to look at to its [`Inspection`], in two steps, because the host's crypto stands between
//! them and may take its time: [`Check::begin`] reads the message and says what is to be computed, [`Check::conclude`] takes the answers.

use super::inspection::{Certificate, Inspection, RequireMfa, Signature};
use super::sign_in::characters;
use super::{Finding, Notice, request, response};
use crate::audit::{self, Metadata, Product, Seen, ServerClock};
use crate::capture::{Binding, Endpoint, Imported};
use crate::saml::encryption;
use crate::saml::{Assertion, Decoded, Document, Message, Response, SamlError};
use crate::secret::Secret;
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
    /// Characters of the base64 that was sent.
    chars: usize,
    /// The identity providers that are trusted.
    known: Vec<Known>,
    clocks: Vec<ServerClock>,
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
        let known = known(trust, &plan);
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
            // Counted, and nothing else.
            chars: characters(imported.encoded.expose()),
            known,
            clocks: Vec::new(),
        })
    }

    /// Adds times that servers gave, for what they say about this computer's clock.
    #[must_use]
    pub fn with_clocks(self, clocks: Vec<ServerClock>) -> Self {
        Self { clocks, ..self }
    }

    /// Says when the metadata or the keys of an identity provider were imported, for what their age means.
    #[must_use]
    pub fn with_imported(mut self, entity_id: &str, at: UnixTime) -> Self {
        for one in self.known.iter_mut().filter(|one| one.metadata.entity_id == entity_id) {
            one.metadata.imported = Some(at);
        }
        self
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
        shown.encryption = parts.iter().map(response::encryption_facts).collect();
        shown.encrypted = shown.encryption.iter().any(|part| part.name == "EncryptedAssertion");
        let mut found;
        let mut product = Product::Generic;
        match message {
            Message::Response(mut response) => {
                if let Some(text) = &opened {
                    // The person's own key opened it, to be shown.
                    response.assertions = assertions(text.expose())?;
                }
                let is_verified = matches!(judged.verdict, Verdict::Genuine | Verdict::Consistent);
                let response = if is_verified { as_covered(response, &judged.covered) } else { response };
                let claims = response::describe(&mut shown, &response, now);
                let known = self.known.into_iter();
                let known =
                    known.filter(|one| one.counts || Some(&one.metadata.entity_id) == shown.issuer.as_ref());
                let metadata: Vec<Metadata> = known.map(|one| one.metadata).collect();
                let endpoint = shown.url.as_deref().and_then(|url| Endpoint::parse(url).ok());
                let seen = Seen {
                    endpoint: endpoint.as_ref(),
                    in_address: shown.binding == Some(Binding::Redirect.name()),
                    chars: Some(self.chars),
                    now,
                    clocks: &self.clocks,
                    metadata: &metadata,
                    ..Seen::of(&response, &claims)
                };
                product = Product::of(&response);
                shown.product = Some(product.name());
                found = audit::audit(&seen);
                describe_signatures(&mut shown, judged, &prints, now, &mut found);
                audit::fill(&seen, &mut found);
                if let Some(authentication) = shown.authentication.as_mut().filter(|_| seen.is_for_aws()) {
                    let mut require = [audit::Finding::new("aws.mfa_unsaid", Vec::new())];
                    audit::fill(&seen, &mut require);
                    let [require] = require;
                    let Finding { fix, fix_place, fix_iam, command, .. } =
                        Finding::of(require, product, None);
                    authentication.require_mfa = Some(RequireMfa { fix, fix_place, fix_iam, command });
                }
            }
            Message::Request(request) => {
                found = request::describe(&mut shown, request);
                describe_signatures(&mut shown, judged, &prints, now, &mut found);
            }
        }
        if let Some(algorithm) = url_signature {
            found.push(audit::Finding::new("signature.in_url", vec![algorithm]));
        }
        audit::worst_first(&mut found);
        // Evidence is looked for in what a reader sees: the opened text, where there is one.
        let opened = opened.as_ref().and_then(|text| Document::parse(text.expose()).ok());
        let seen_in = opened.as_ref().unwrap_or(&document);
        let found = found.into_iter().map(|finding| Finding::of(finding, product, Some(seen_in)));
        shown.findings = found.collect();
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

/// An identity provider that is trusted.
#[derive(Debug)]
struct Known {
    metadata: Metadata,
    /// Whether an issuer of another name is worth a word: metadata was given for this message, or the message carries a key that is
    /// pinned for this one. Any other pin says nothing about who else there is.
    counts: bool,
}

fn known(trust: &Trust, plan: &Plan) -> Vec<Known> {
    let carried = plan.certificates();
    let is_carried = |key: &signature::Certificate| carried.iter().any(|one| one.der == key.der);
    let of = |entity: &signature::Entity| Known {
        counts: entity.source == KeySource::Metadata || entity.keys.iter().any(is_carried),
        metadata: Metadata {
            entity_id: entity.entity_id.clone(),
            valid_until: entity.valid_until,
            imported: None,
        },
    };
    trust.entities.iter().map(of).collect()
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

fn describe_signatures(
    shown: &mut Inspection,
    judged: Judgement,
    fingerprints: &Fingerprints<'_>,
    now: Option<UnixTime>,
    found: &mut Vec<audit::Finding>,
) {
    for issue in &judged.issues {
        add(found, issue);
    }
    for signature in judged.signatures {
        let certificate = signature.verified_with.as_ref().or(signature.certificates.first());
        let validity = certificate.zip(now).and_then(|(one, now)| signature::certificate_issue(one, now));
        let issues: Vec<&Issue> = signature.issues.iter().chain(validity.as_ref()).collect();
        issues.iter().for_each(|issue| add(found, issue));
        let issues = issues.iter().map(|issue| Notice::new(issue.code(), issue.args(), issue.severity()));
        let issues = issues.collect();
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

/// Adds a finding unless it stands there already: two signatures by one weak key are weak once.
fn add(found: &mut Vec<audit::Finding>, issue: &Issue) {
    let finding = audit::Finding::of_issue(issue);
    if !found.contains(&finding) {
        found.push(finding);
    }
}

/// Bytes in capitals, as fingerprints are written, without separators.
fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default().to_ascii_uppercase();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
