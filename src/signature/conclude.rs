//! The host's answers to the judgement.

use super::issue::{Issue, excerpt, note};
use super::key::Kind;
use super::plan::{Draft, Part, Plan};
use super::{Answer, Covered, Job, Judgement, KeySource, Signature, Verdict};
use crate::secret::Secret;

impl Plan {
    /// The judgement, from the answers in the order of [`Plan::jobs`]. A missing answer counts as
    /// [`Answer::Unsupported`].
    #[must_use]
    pub fn conclude(mut self, answers: &[Answer]) -> Judgement {
        let mut covered = Vec::new();
        let mut drafts = std::mem::take(&mut self.drafts);
        for (at, draft) in drafts.iter_mut().enumerate() {
            self.judge(at, draft, answers, &mut covered);
        }
        let mut issues = std::mem::take(&mut self.issues);
        let verdict = self.overall(&drafts, &mut issues);
        let signatures = drafts.into_iter().map(|draft| draft.signature).collect();
        Judgement { verdict, signatures, covered, issues }
    }

    /// Judges one signature.
    fn judge(&mut self, at: usize, draft: &mut Draft, answers: &[Answer], covered: &mut Vec<Covered>) {
        let answer = |job: usize| answers.get(job).unwrap_or(&Answer::Unsupported);
        let signature = &mut draft.signature;
        let valid = draft.keys.iter().find(|key| *answer(key.job) == Answer::Valid);
        if let Some(key) = valid {
            signature.verified_by = Some(key.source);
            draft.is_for_all = key.is_for_all;
            signature.verified_with.clone_from(&key.certificate);
            note_key(signature, key.source, draft.keys.iter().any(|key| key.source.is_trusted()));
            if key.key.0 == Kind::Rsa && key.key.1 < STRONG_RSA_BITS {
                note(&mut signature.issues, Issue::WeakKey { bits: key.key.1 });
            }
        } else if !draft.keys.is_empty() {
            let is_refused = draft.keys.iter().any(|key| *answer(key.job) == Answer::Unsupported);
            note(&mut signature.issues, if is_refused { Issue::HostCannot } else { Issue::ValueDiffers });
        }
        if draft.has_weak_hash {
            note(&mut signature.issues, Issue::WeakHash);
        }
        let mut matching: usize = 0;
        for reference in &draft.references {
            let matches = |job: &usize| match answer(*job) {
                Answer::Digest(digest) => !digest.is_empty() && *digest == reference.expected,
                _ => false,
            };
            let Some((job, subject)) = reference.candidates.iter().find(|(job, _)| matches(job)) else {
                let is_digest = |(job, _): &(usize, _)| matches!(answer(*job), Answer::Digest(_));
                if !reference.candidates.is_empty() {
                    let is_computed = reference.candidates.iter().all(is_digest);
                    let issue = if is_computed { Issue::DigestDiffers } else { Issue::HostCannot };
                    note(&mut signature.issues, issue);
                }
                continue;
            };
            matching = matching.saturating_add(1);
            if matching == 1 {
                signature.covers = Some(subject.covers);
                signature.covers_id.clone_from(&subject.id);
                signature.covers_element = Some(subject.ordinal);
            }
            if valid.is_some() {
                covered.extend(self.bytes_of(*job).map(|bytes| Covered {
                    signature: at,
                    element: subject.ordinal,
                    bytes,
                }));
            }
        }
        let is_whole = matching > 0 && matching == draft.references.len() && draft.part != Part::Other;
        signature.verdict = match (forced(&signature.issues), valid) {
            // Nothing verified that could have been wrapped.
            (Some(Verdict::Wrapped), _)
                if is_unknown(&signature.issues) && (valid.is_none() || matching == 0) =>
            {
                Verdict::Unknown
            }
            (Some(verdict), _) => verdict,
            (None, Some(key)) if is_whole && key.source.is_trusted() => Verdict::Genuine,
            (None, Some(_)) if is_whole => Verdict::Consistent,
            _ => Verdict::Unknown,
        };
    }

    /// Takes the bytes out of the question that was put with them.
    fn bytes_of(&mut self, job: usize) -> Option<Secret<Vec<u8>>> {
        let Some(Job::Digest { data, .. }) = self.jobs.get_mut(job) else { return None };
        Some(Secret::new(std::mem::take(data)))
    }

    /// The verdict on the message: what is worst about it, else the least of what covers the parts that a reader uses.
    fn overall(&self, drafts: &[Draft], issues: &mut Vec<Issue>) -> Verdict {
        if drafts.is_empty() {
            return forced(issues).unwrap_or(Verdict::Unsigned);
        }
        let has = |verdict| {
            forced(issues) == Some(verdict) || drafts.iter().any(|draft| draft.signature.verdict == verdict)
        };
        if let Some(worst) = [Verdict::Broken, Verdict::Wrapped].into_iter().find(|verdict| has(*verdict)) {
            return worst;
        }
        if forced(issues).is_some() {
            return Verdict::Unknown;
        }
        let mut verdict = Verdict::Genuine;
        if self.claims.is_empty() {
            verdict = covering(drafts, Part::Root, None, issues);
        }
        for claim in &self.claims {
            let by_root = covering(drafts, Part::Root, claim.issuer.as_deref(), issues);
            let by_own = covering(drafts, Part::Assertion(claim.ordinal), None, issues);
            verdict = match (by_root, by_own) {
                (Verdict::Genuine, _) | (_, Verdict::Genuine) => verdict,
                (Verdict::Consistent, _) | (_, Verdict::Consistent) if verdict != Verdict::Unknown => {
                    Verdict::Consistent
                }
                _ => Verdict::Unknown,
            };
        }
        // Encrypted assertions are covered by the response's signature or not at all; beside others that was noted.
        verdict
    }
}

/// The best verdict of the signatures that cover the part. A key that is trusted for one issuer does not make another
/// issuer's assertion genuine.
fn covering(drafts: &[Draft], part: Part, issuer: Option<&str>, issues: &mut Vec<Issue>) -> Verdict {
    let mut best = Verdict::Unknown;
    for draft in drafts.iter().filter(|draft| draft.part == part) {
        let mut verdict = draft.signature.verdict;
        if let (Some(issuer), Verdict::Genuine, false) = (issuer, verdict, draft.is_for_all)
            && draft.issuer.as_deref() != Some(issuer)
        {
            note(issues, Issue::IssuerDiffers { issuer: excerpt(issuer) });
            verdict = Verdict::Consistent;
        }
        best = match (best, verdict) {
            (Verdict::Genuine, _) | (_, Verdict::Genuine) => Verdict::Genuine,
            (Verdict::Consistent, _) | (_, Verdict::Consistent) => Verdict::Consistent,
            _ => Verdict::Unknown,
        };
    }
    best
}

/// Notes how the key that verified stands to the others.
fn note_key(signature: &mut Signature, source: KeySource, has_trusted: bool) {
    if source == KeySource::Embedded && has_trusted {
        note(&mut signature.issues, Issue::KeyNotPinned);
    }
    let Some(verified) = &signature.verified_with else { return };
    let is_other = !signature.certificates.is_empty()
        && signature.certificates.iter().all(|certificate| certificate.spki != verified.spki);
    if source.is_trusted() && is_other {
        note(&mut signature.issues, Issue::OtherCertificate);
    }
}

/// The worst verdict that any of the issues forces.
fn forced(issues: &[Issue]) -> Option<Verdict> {
    let has = |verdict: &Verdict| issues.iter().any(|issue| issue.verdict() == Some(*verdict));
    [Verdict::Broken, Verdict::Wrapped, Verdict::Unknown].into_iter().find(has)
}

fn is_unknown(issues: &[Issue]) -> bool {
    issues.iter().any(|issue| issue.verdict() == Some(Verdict::Unknown))
}

/// Bits of an RSA modulus from which on it is not flagged (NIST SP 800-131A rev. 2).
const STRONG_RSA_BITS: u32 = 2048;
