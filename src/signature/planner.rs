//! Each signature of a document is read, what it refers to is found and canonicalized, and the keys to try are gathered: into a
//! [`Plan`].

use super::issue::{Issue, excerpt, note};
use super::keys::{Candidate, candidates, embedded};
use super::plan::{Digest, Draft, Part, Plan, Subject, Try};
use super::reference::{Reference, SignedInfo, bytes_of, second, text_of};
use super::survey::{Placed, SameId, Survey};
use super::{Job, Scheme, Trust, algorithm, key};
use crate::limits::MAX_CANONICAL_BYTES;
use crate::saml::{Document, Element, Namespace, Node};

/// What the reading needs, and what it has come to.
pub(super) struct Planner<'d, 'a> {
    document: &'d Document<'d>,
    trust: &'d Trust,
    survey: Survey<'d>,
    plan: Plan,
    ask: &'a mut dyn FnMut(&Job),
    /// Canonical bytes made so far.
    spent: usize,
}

/// A signature that has been read.
struct Read<'d> {
    placed: Placed<'d>,
    draft: Draft,
    signed_info: Option<SignedInfo>,
    value: Vec<u8>,
    key_info: Option<Element<'d>>,
}

impl<'d, 'a> Planner<'d, 'a> {
    pub(super) fn new(
        document: &'d Document<'d>,
        trust: &'d Trust,
        survey: Survey<'d>,
        plan: Plan,
        ask: &'a mut dyn FnMut(&Job),
    ) -> Self {
        Self { document, trust, survey, plan, ask, spent: 0 }
    }

    pub(super) fn plan(mut self) -> Plan {
        let mut reads: Vec<Read<'d>> = Vec::new();
        for placed in std::mem::take(&mut self.survey.signatures) {
            reads.push(self.read(placed));
        }
        let mut wanted: Vec<SameId<'d>> = Vec::new();
        for info in reads.iter().filter_map(|read| read.signed_info.as_ref()) {
            for target in info.references.iter().filter_map(|reference| reference.target.as_ref()) {
                let Some(id) = &target.id else { continue };
                if !wanted.iter().any(|same| same.id == *id) {
                    wanted.push(SameId { id: id.clone(), found: Vec::new(), count: 0 });
                }
            }
        }
        self.survey.find_ids(&mut wanted);
        for read in reads {
            self.resolve(read, &wanted);
        }
        self.coverage();
        let Self { survey, mut plan, .. } = self;
        plan.issues.extend(survey.issues);
        plan
    }

    /// Reads what the signature says of itself.
    fn read(&mut self, placed: Placed<'d>) -> Read<'d> {
        let mut draft = Draft::new(placed);
        let issues = &mut draft.signature.issues;
        let [mut signed_info, mut value, mut key_info] = [None; 3];
        for (at, child) in placed.element.elements().enumerate() {
            let is = |name| child.is(Namespace::SIGNATURE, name);
            match at {
                0 if is("SignedInfo") => signed_info = Some(child),
                1 if is("SignatureValue") => value = Some(child),
                2 if is("KeyInfo") => key_info = Some(child),
                0 => note(issues, Issue::Malformed { element: "SignedInfo" }),
                1 => note(issues, Issue::Malformed { element: "SignatureValue" }),
                _ => note(issues, second(child)),
            }
        }
        self.below(placed.element, signed_info, issues);
        let value = match value {
            Some(value) => bytes_of(value, "SignatureValue", issues),
            None => {
                note(issues, Issue::Malformed { element: "SignatureValue" });
                Vec::new()
            }
        };
        let certificates = embedded(key_info, issues);
        let mut canonicalization = None;
        let signed_info = match signed_info {
            Some(element) => SignedInfo::read(self.document, element, &mut canonicalization, issues),
            None => {
                note(issues, Issue::Malformed { element: "SignedInfo" });
                None
            }
        };
        let signature = &mut draft.signature;
        signature.canonicalization = canonicalization;
        signature.certificates = certificates;
        if let Some(info) = &signed_info {
            signature.algorithm = Some(info.algorithm_uri.clone());
            if let Some(first) = info.references.first() {
                signature.digest = Some(first.digest_uri.clone());
                signature.transforms.clone_from(&first.transforms);
                signature.reference.clone_from(&first.uri);
            }
        }
        Read { placed, draft, signed_info, value, key_info }
    }

    /// Notes what stands deeper in the signature and does not belong there: it is left out of the digest with it.
    fn below(&self, signature: Element<'_>, signed_info: Option<Element<'_>>, issues: &mut Vec<Issue>) {
        for node in signature.descendants() {
            let Node::Element(element) = node else { continue };
            let is_first = signed_info.is_some_and(|first| first.position() == element.position());
            if element.is(Namespace::SIGNATURE, "SignedInfo") && !is_first {
                note(issues, Issue::Repeated { element: "SignedInfo" });
            }
            let is_saml = matches!(element.namespace(), Namespace::ASSERTION | Namespace::PROTOCOL);
            if is_saml {
                note(issues, Issue::ContentOutside { element: excerpt(element.local_name()) });
            }
        }
    }

    /// Finds what the signature refers to, and plans its questions: those to the keys first, which take longest.
    fn resolve(&mut self, read: Read<'d>, wanted: &[SameId<'d>]) {
        let Read { placed, mut draft, signed_info, value, key_info } = read;
        let Some(info) = &signed_info else {
            draft.issuer = placed.element.parent().and_then(issuer).or_else(|| issuer(self.survey.root));
            return self.plan.drafts.push(draft);
        };
        let found: Vec<Vec<Placed<'d>>> = info
            .references
            .iter()
            .map(|reference| self.find(placed.element, reference, wanted, &mut draft))
            .collect();
        let target = found.iter().find_map(|found| found.first()).copied();
        if let Some(target) = target {
            self.place(placed.element, target, &mut draft);
        }
        let subject = target.map(|target| target.element).or(placed.element.parent());
        draft.issuer = subject.and_then(issuer).or_else(|| issuer(self.survey.root));
        let certificates = &draft.signature.certificates;
        let keys = candidates(self.document, self.trust, draft.issuer.as_deref(), key_info, certificates);
        self.keys(info, &value, keys, &mut draft);
        for (reference, found) in info.references.iter().zip(&found) {
            if !found.is_empty() {
                self.digest(placed.element, reference, found, &mut draft);
            }
        }
        self.plan.drafts.push(draft);
    }

    /// The elements that one reference may name, the one it should name first.
    fn find(
        &self,
        signature: Element<'d>,
        reference: &Reference,
        wanted: &[SameId<'d>],
        draft: &mut Draft,
    ) -> Vec<Placed<'d>> {
        let issues = &mut draft.signature.issues;
        let parent = signature.parent();
        let mut found: Vec<Placed<'d>> = Vec::new();
        let Some(target) = &reference.target else { return found };
        let Some(id) = &target.id else {
            note(issues, Issue::WholeDocument);
            found.push(Placed { element: self.survey.root, ordinal: 0 });
            return found;
        };
        let Some(same) = wanted.iter().find(|same| same.id == *id) else { return found };
        let is_parent =
            |placed: &Placed<'_>| parent.is_some_and(|parent| parent.position() == placed.element.position());
        found.extend(same.found.iter().map(|(placed, _)| *placed));
        if let Some(at) = found.iter().position(is_parent) {
            found.swap(0, at);
        }
        if same.count > 1 {
            note(issues, Issue::DuplicateId { id: excerpt(id) });
        }
        if same.count > 0 && !same.found.iter().all(|(_, is_saml)| *is_saml) {
            note(issues, Issue::OtherIdAttribute { id: excerpt(id) });
        }
        if same.count == 0 {
            let uri = excerpt(reference.uri.as_deref().unwrap_or_default());
            let has_id = parent.is_some_and(|parent| parent.attribute(Namespace::NONE, "ID").is_some());
            note(issues, if has_id { Issue::ReferenceUnresolved { uri } } else { Issue::MissingId { uri } });
        }
        found
    }

    /// Plans the digest of a reference, for each element that it may mean.
    fn digest(
        &mut self,
        signature: Element<'d>,
        reference: &Reference,
        found: &[Placed<'d>],
        draft: &mut Draft,
    ) {
        let issues = &mut draft.signature.issues;
        draft.has_weak_hash |= reference.hash == Some(super::Hash::Sha1);
        let mut digest = Digest { expected: reference.value.clone(), candidates: Vec::new() };
        let is_by_id = reference.target.as_ref().is_some_and(|target| target.id.is_some());
        for placed in found.iter().filter(|_| reference.is_usable) {
            let top = is_by_id.then_some(placed.element);
            let text = match reference.canonical(self.document, top, signature) {
                Ok(text) if placed.element.is_closed() => text,
                Ok(_) => continue,
                Err(issue) => {
                    note(issues, issue);
                    continue;
                }
            };
            self.spent = self.spent.saturating_add(text.len());
            if self.spent > MAX_CANONICAL_BYTES {
                note(issues, Issue::TooLarge);
                break;
            }
            if let Some(hash) = reference.hash {
                let job = self.ask(Job::Digest { hash, data: text.into_bytes() });
                digest.candidates.push((job, Subject::of(*placed, self.survey.root)));
            }
        }
        draft.references.push(digest);
    }

    /// Plans a question and gives its place.
    fn ask(&mut self, job: Job) -> usize {
        (self.ask)(&job);
        self.plan.jobs.push(job);
        self.plan.jobs.len().saturating_sub(1)
    }

    /// Notes where the signed element and the signature stand, and takes down what is covered.
    fn place(&self, signature: Element<'_>, target: Placed<'_>, draft: &mut Draft) {
        let issues = &mut draft.signature.issues;
        let element = target.element;
        let is_parent = signature.parent().is_some_and(|parent| parent.position() == element.position());
        if !is_parent {
            let uri = excerpt(draft.signature.reference.as_deref().unwrap_or_default());
            note(issues, Issue::ReferenceNotParent { uri });
        }
        if !self.survey.is_in_place(element) {
            note(issues, Issue::Moved);
        } else if is_parent {
            draft.part = match element.position() == self.survey.root.position() {
                true => Part::Root,
                false => Part::Assertion(target.ordinal),
            };
            let mut before = element.elements().take_while(|child| child.position() < signature.position());
            let is_saml = matches!(element.namespace(), Namespace::ASSERTION | Namespace::PROTOCOL);
            if is_saml && !before.all(|child| child.is(Namespace::ASSERTION, "Issuer")) {
                note(issues, Issue::Misplaced);
            }
        }
        let Subject { ordinal, covers, id } = Subject::of(target, self.survey.root);
        draft.signature.covers = Some(covers);
        draft.signature.covers_id = id;
        draft.signature.covers_element = Some(ordinal);
    }

    /// Plans the signature's check with each key that can have made it.
    fn keys(&mut self, info: &SignedInfo, value: &[u8], keys: Vec<Candidate>, draft: &mut Draft) {
        let issues = &mut draft.signature.issues;
        let Some(algorithm) = info.algorithm.filter(|_| !value.is_empty()) else { return };
        if keys.is_empty() {
            return note(issues, Issue::NoKey);
        }
        let mut is_any_fit = false;
        for Candidate { source, is_for_all, spki, certificate } in keys {
            let key = key::read(&spki);
            let Some(scheme) = algorithm::scheme(algorithm, info.parameters, key.0) else { continue };
            is_any_fit = true;
            draft.has_weak_hash |= scheme.is_weak();
            if let Scheme::Ecdsa { curve, .. } = scheme
                && value.len() != curve.bytes().saturating_mul(2)
            {
                note(issues, Issue::EcdsaLength);
                continue;
            }
            let (data, signature) = (info.text.clone().into_bytes(), value.to_vec());
            let job = self.ask(Job::Verify { scheme, key: key::unbound(&spki), data, signature });
            draft.keys.push(Try { job, source, is_for_all, certificate, key });
        }
        if !is_any_fit {
            note(issues, Issue::KeyMismatch);
        }
    }

    /// Notes what of the message no signature covers, if some of it is covered.
    fn coverage(&mut self) {
        let covers = |part| self.plan.drafts.iter().any(|draft| draft.part == part);
        if covers(Part::Root) || !self.survey.is_response() {
            return;
        }
        let total = self.plan.claims.len();
        let covered = self.plan.claims.iter().filter(|claim| covers(Part::Assertion(claim.ordinal))).count();
        if covered == 0 {
            if self.survey.encrypted > 0 {
                note(&mut self.survey.issues, Issue::Encrypted);
            }
            return;
        }
        let count = total.saturating_sub(covered).saturating_add(self.survey.encrypted);
        if count > 0 {
            note(&mut self.survey.issues, Issue::UnsignedAssertion { count });
        }
        note(&mut self.survey.issues, Issue::ResponseNotCovered);
        self.survey.outside();
    }
}

/// The text of the `Issuer` of a message or an assertion, white space around it left out.
pub(super) fn issuer(element: Element<'_>) -> Option<String> {
    let text = text_of(element.child(Namespace::ASSERTION, "Issuer")?);
    Some(String::from(text.trim_ascii())).filter(|issuer| !issuer.is_empty())
}
