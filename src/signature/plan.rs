//! A document's signatures to the questions for the host's cryptography. `planner.rs` reads each of them; what the answers mean is in
//! `conclude.rs`.

use std::fmt;

use super::canonical::relative_namespace;
use super::issue::{Issue, excerpt};
use super::planner::{Planner, issuer};
use super::survey::{Placed, Survey};
use super::{Certificate, Job, KeySource, Signature, Trust, Verdict, key};
use crate::saml::{Document, Element, Namespace};
use crate::secret::Wipe;

/// What is to be asked, and all that is needed to conclude from the answers. It owns what it needs of the document, and
/// wipes the questions when it is dropped.
pub struct Plan {
    pub(super) jobs: Vec<Job>,
    pub(super) drafts: Vec<Draft>,
    pub(super) issues: Vec<Issue>,
    pub(super) claims: Vec<Claim>,
}

/// A signature whose questions are not answered yet.
pub(super) struct Draft {
    pub(super) signature: Signature,
    pub(super) references: Vec<Digest>,
    pub(super) keys: Vec<Try>,
    /// What of the message it covers, if it is valid.
    pub(super) part: Part,
    pub(super) issuer: Option<String>,
    pub(super) has_weak_hash: bool,
    /// Whether the key that verified is trusted whatever the issuer; known once it is judged.
    pub(super) is_for_all: bool,
}

/// What one reference must come to.
pub(super) struct Digest {
    pub(super) expected: Vec<u8>,
    /// The elements it may mean, the one it should mean first: job, and what is signed then.
    pub(super) candidates: Vec<(usize, Subject)>,
}

/// An element that may be signed.
#[derive(Clone)]
pub(super) struct Subject {
    pub(super) ordinal: usize,
    pub(super) covers: &'static str,
    pub(super) id: Option<String>,
}

/// A key that is tried.
pub(super) struct Try {
    pub(super) job: usize,
    pub(super) source: KeySource,
    pub(super) certificate: Option<Certificate>,
    /// Whether it is trusted whatever the issuer.
    pub(super) is_for_all: bool,
    /// Kind and bits.
    pub(super) key: (key::Kind, u32),
}

/// Which part of the message a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Root,
    /// The assertion with this ordinal.
    Assertion(usize),
    /// None that a reader uses.
    Other,
}

/// An assertion that a reader uses.
pub(super) struct Claim {
    pub(super) ordinal: usize,
    pub(super) issuer: Option<String>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Plan").field("jobs", &self.jobs).finish_non_exhaustive()
    }
}

impl Drop for Plan {
    fn drop(&mut self) {
        for job in &mut self.jobs {
            let (Job::Digest { data, .. } | Job::Verify { data, .. }) = job;
            data.wipe();
        }
    }
}

impl Plan {
    /// The questions; they may be answered in any order.
    #[must_use]
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The certificates that a [`Judgement`](super::Judgement) may name: those the signatures carry, and those that are tried.
    #[must_use]
    pub fn certificates(&self) -> Vec<&Certificate> {
        let mut all: Vec<&Certificate> = Vec::new();
        for draft in &self.drafts {
            let tried = draft.keys.iter().filter_map(|key| key.certificate.as_ref());
            for certificate in draft.signature.certificates.iter().chain(tried) {
                if !all.iter().any(|known| known.der == certificate.der) {
                    all.push(certificate);
                }
            }
        }
        all
    }
}

/// Finds every signature of a document and what has to be computed to judge them.
#[must_use]
pub fn plan(document: &Document<'_>, trust: &Trust) -> Plan {
    plan_asking(document, trust, &mut |_| {})
}

/// [`plan`] for a host that answers on the side: `ask` gets each question as soon as it is known, in the order of
/// [`Plan::jobs`], so that a signature is checked while what it covers is still being canonicalized.
pub fn plan_asking(document: &Document<'_>, trust: &Trust, ask: &mut dyn FnMut(&Job)) -> Plan {
    let mut plan = Plan { jobs: Vec::new(), drafts: Vec::new(), issues: Vec::new(), claims: Vec::new() };
    let Some(survey) = Survey::of(document) else { return plan };
    if survey.signatures.is_empty() {
        plan.issues.push(match survey.assertions.is_empty() && survey.encrypted > 0 {
            true => Issue::Encrypted,
            false => Issue::Unsigned { is_request: !survey.is_response() && survey.assertions.is_empty() },
        });
        return plan;
    }
    let issuer_of = |assertion: &Placed<'_>| issuer(assertion.element);
    plan.claims = survey
        .assertions
        .iter()
        .map(|assertion| Claim { ordinal: assertion.ordinal, issuer: issuer_of(assertion) })
        .collect();
    if let Some(name) = relative_namespace(document) {
        let issue = Issue::RelativeNamespace { name: excerpt(name) };
        for placed in &survey.signatures {
            let mut draft = Draft::new(*placed);
            draft.signature.issues.push(issue.clone());
            plan.drafts.push(draft);
        }
        plan.issues = survey.issues;
        return plan;
    }
    Planner::new(document, trust, survey, plan, ask).plan()
}

impl Draft {
    pub(super) fn new(placed: Placed<'_>) -> Self {
        let signature = Signature {
            verdict: Verdict::Unknown,
            covers: None,
            covers_id: None,
            element: placed.ordinal,
            covers_element: None,
            algorithm: None,
            digest: None,
            canonicalization: None,
            transforms: Vec::new(),
            reference: None,
            certificates: Vec::new(),
            verified_with: None,
            verified_by: None,
            issues: Vec::new(),
        };
        Self {
            signature,
            references: Vec::new(),
            keys: Vec::new(),
            part: Part::Other,
            issuer: None,
            has_weak_hash: false,
            is_for_all: false,
        }
    }
}

impl Subject {
    pub(super) fn of(placed: Placed<'_>, root: Element<'_>) -> Self {
        let Placed { element, ordinal } = placed;
        let covers = match (element.namespace(), element.local_name()) {
            (Namespace::PROTOCOL, "Response") => "response",
            (Namespace::ASSERTION, "Assertion") => "assertion",
            (Namespace::PROTOCOL, "AuthnRequest") => "authn_request",
            (Namespace::PROTOCOL, "LogoutRequest") => "logout_request",
            (Namespace::PROTOCOL, "LogoutResponse") => "logout_response",
            (Namespace::PROTOCOL, _) => "message",
            _ if element.position() == root.position() => "document",
            _ => "element",
        };
        Self { ordinal, covers, id: element.attribute(Namespace::NONE, "ID").map(String::from) }
    }
}
