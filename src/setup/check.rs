//! A captured sign-in to what it says about each step of a plan: done, off (with what was sent and what was expected), or that it
//! cannot be seen from it.

use super::Step;
use super::metadata::{Known, text_of};
use super::plan::{MAX_TAGS, MFA_TAG, Plan};
use crate::audit::{self, Finding, Seen, Topic, excerpt};
use crate::aws::{self, AwsClaims, RoleGrant};
use crate::capture::{Endpoint, SamlPost};
use crate::limits::MAX_EMBEDDED_CERTIFICATES;
use crate::saml::{Decoded, Document, Namespace, Response, SamlError};
use crate::severity::Severity;
use crate::signature::Certificate;
use crate::time::UnixTime;

/// A sign-in, as far as steps ask.
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    /// What the identity provider sent.
    pub response: &'a Response,
    /// What that is to AWS.
    pub claims: &'a AwsClaims,
    /// Where the browser posted it.
    pub endpoint: Option<&'a Endpoint>,
    /// The certificates in its signatures.
    pub certificates: &'a [Certificate],
    /// Characters of its base64.
    pub chars: Option<usize>,
    /// When it was captured. Times are judged by this and not by when someone looks.
    pub at: UnixTime,
    /// Whether STS gave credentials of the plan's role for it: then provider and trust policy are as they should be.
    pub accepted: bool,
}

/// What is known of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is as it should be.
    Done,
    /// Something is not.
    Off,
    /// The sign-in does not say.
    Unseen,
}

impl State {
    /// `done`, `off` or `unseen`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Off => "off",
            Self::Unseen => "unseen",
        }
    }
}

/// A step and what a sign-in says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The step.
    pub step: Step,
    /// How it is.
    pub state: State,
    /// What is off, the worst first. Warnings alone leave a step done.
    pub troubles: Vec<Trouble>,
}

/// Something that is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What it is; of the registry of rules, or of this room's own.
    pub finding: Finding,
    /// What was sent; none where the plan does not say what it should be.
    pub compared: Option<Compared>,
}

/// A value and the one that the plan has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What was sent, cut; empty when nothing was.
    pub sent: String,
    /// What the plan has.
    pub expected: String,
}

/// The ticks for a captured POST.
///
/// # Errors
///
/// When its XML cannot be read.
pub fn check_post(
    plan: &Plan,
    known: Option<&Known>,
    post: &SamlPost,
    at: UnixTime,
    accepted: bool,
) -> Result<Vec<Tick>, SamlError> {
    // Read here; what is said about it goes further, and the text is wiped.
    let encoded = post.response.expose();
    let chars = encoded.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
    let Decoded { text, oddities } = Decoded::from_base64(encoded)?;
    // The tree ends with this call, as in `saml::read`.
    let document = Document::parse(text.expose())?;
    let response = Response::from_document(&document, oddities)?;
    let claims = aws::read(&response);
    let certificates = certificates(&document);
    let arrived = Arrived {
        response: &response,
        claims: &claims,
        endpoint: post.endpoint.as_ref(),
        certificates: &certificates,
        chars: Some(chars),
        at,
        accepted,
    };
    Ok(check(plan, known, &arrived))
}

/// The certificates that stand in signatures.
fn certificates(document: &Document<'_>) -> Vec<Certificate> {
    let elements = document.elements().filter(|element| {
        element.is(Namespace::SIGNATURE, "X509Certificate")
            && element.ancestors().any(|one| one.is(Namespace::SIGNATURE, "Signature"))
    });
    let read = elements
        .take(MAX_EMBEDDED_CERTIFICATES)
        .filter_map(|element| Certificate::from_base64(&text_of(element)).ok());
    read.collect()
}

/// The ticks, one for each step.
#[must_use]
pub fn check(plan: &Plan, known: Option<&Known>, arrived: &Arrived<'_>) -> Vec<Tick> {
    let mut found = audit::audit(&seen(plan, arrived));
    found.retain(|finding| finding.severity > Severity::Note && !is_beside_the_point(finding));
    let mut desk = Desk { found, troubles: Vec::new() };
    let readable = !arrived.response.assertions.is_empty();
    if readable {
        urls(plan, arrived, &mut desk);
        roles(plan, arrived, &mut desk);
        session(plan, arrived, &mut desk);
    }
    if let Some(known) = known {
        vouched(known, arrived, &mut desk);
    }
    desk.rest();
    let mut ticks: Vec<Tick> = Step::ALL.into_iter().map(|step| desk.tick(step)).collect();
    let signed_in = arrived.response.status.as_ref().is_none_or(|status| status.is_success());
    for tick in &mut ticks {
        let shown = match tick.step {
            Step::Application | Step::Claims => readable,
            Step::Assignment => readable && arrived.claims.grants.iter().any(|grant| is_pair(plan, grant)),
            Step::Metadata => known.is_some() && (readable || arrived.response.issuer.is_some()),
            Step::Provider | Step::Role => arrived.accepted,
            Step::SignIn => readable && signed_in,
        };
        if tick.state == State::Done && !shown {
            tick.state = State::Unseen;
        }
    }
    conclude(&mut ticks);
    ticks
}

/// The sign-in works when every step that it can be seen in does.
fn conclude(ticks: &mut [Tick]) {
    let works = ticks.iter().all(|tick| match tick.step {
        Step::Application | Step::Claims | Step::Assignment => tick.state == State::Done,
        Step::Metadata | Step::Provider | Step::Role => tick.state != State::Off,
        Step::SignIn => true,
    });
    if let Some(last) = ticks.iter_mut().find(|tick| tick.step == Step::SignIn && tick.state == State::Done) {
        last.state = if works { State::Done } else { State::Unseen };
    }
}

fn seen<'a>(plan: &Plan, arrived: &Arrived<'a>) -> Seen<'a> {
    Seen {
        endpoint: arrived.endpoint,
        chars: arrived.chars,
        now: Some(arrived.at),
        grant: arrived.claims.grants.iter().find(|grant| is_pair(plan, grant)),
        ..Seen::of(arrived.response, arrived.claims)
    }
}

fn is_pair(plan: &Plan, grant: &RoleGrant) -> bool {
    grant.role == plan.role && grant.provider == plan.provider
}

/// The findings that belong to no step yet, and those that do.
struct Desk {
    found: Vec<Finding>,
    troubles: Vec<(Step, Trouble)>,
}

impl Desk {
    /// Notes what was sent and what the plan has, under the rule that says more about it where one was raised.
    fn differs(&mut self, step: Step, code: &'static str, rules: &[&str], sent: &str, expected: &str) {
        let compared = Compared { sent: excerpt(sent), expected: expected.to_owned() };
        let raised = self.found.iter().position(|finding| rules.contains(&finding.code));
        let finding = match raised {
            Some(at) => self.found.remove(at),
            None => Finding::new(code, vec![compared.sent.clone(), compared.expected.clone()]),
        };
        let finding = finding.of_severity(Severity::Error);
        self.troubles.push((step, Trouble { finding, compared: Some(compared) }));
    }

    /// Gives what is left to the steps that it belongs to.
    fn rest(&mut self) {
        for finding in std::mem::take(&mut self.found) {
            self.troubles.push((step_of(&finding), Trouble { finding, compared: None }));
        }
    }

    fn tick(&self, step: Step) -> Tick {
        let own = self.troubles.iter().filter(|(of, _)| *of == step);
        let mut troubles: Vec<Trouble> = own.map(|(_, trouble)| trouble.clone()).collect();
        troubles.sort_by_key(|trouble| std::cmp::Reverse(trouble.finding.severity));
        let is_off = troubles.first().is_some_and(|worst| worst.finding.severity == Severity::Error);
        Tick { step, state: if is_off { State::Off } else { State::Done }, troubles }
    }
}

/// Audience and recipient.
fn urls(plan: &Plan, arrived: &Arrived<'_>, desk: &mut Desk) {
    let accepted = plan.audiences();
    let conditions = arrived.response.assertions.iter().filter_map(|one| one.conditions.as_ref());
    let sent: Vec<&str> =
        conditions.flat_map(|one| &one.audience_restrictions).flatten().map(String::as_str).collect();
    if !sent.iter().any(|audience| accepted.iter().any(|known| known == audience)) {
        let expected = accepted.first().map(String::as_str).unwrap_or_default();
        desk.differs(Step::Application, "setup.audience_differs", AUDIENCE_RULES, &sent.join(" "), expected);
    }
    let urls = plan.urls();
    let confirmations = arrived.response.assertions.iter().flat_map(|one| &one.confirmations);
    let sent: Vec<&str> = confirmations.filter_map(|one| one.recipient.as_deref()).collect();
    if !sent.iter().any(|url| urls.iter().any(|known| known == url)) {
        desk.differs(
            Step::Application,
            "setup.recipient_differs",
            RECIPIENT_RULES,
            &sent.join(" "),
            &urls.join(" "),
        );
    }
}

/// The plan's pair among those that were sent.
fn roles(plan: &Plan, arrived: &Arrived<'_>, desk: &mut Desk) {
    let grants = &arrived.claims.grants;
    if grants.iter().any(|grant| is_pair(plan, grant)) {
        return;
    }
    // No attribute is a matter of the claims, and its rule says so; a value that is no pair likewise.
    let rules = ["aws.no_role", "aws.empty_role", "aws.malformed_roles", "aws.role_without_provider"];
    if grants.is_empty() && desk.found.iter().any(|finding| rules.contains(&finding.code)) {
        return;
    }
    let near = grants.iter().find(|grant| grant.role == plan.role);
    let near = near.or(grants.iter().find(|grant| grant.provider == plan.provider)).or(grants.first());
    let sent = near.map(|grant| [grant.role.as_str(), ",", grant.provider.as_str()].concat());
    let rules = ["aws.account_mismatch", "aws.partition_mismatch", "aws.identity_center_role"];
    desk.differs(
        Step::Assignment,
        "setup.role_differs",
        &rules,
        &sent.unwrap_or_default(),
        &plan.role_value(),
    );
}

/// Duration, tags and source identity.
fn session(plan: &Plan, arrived: &Arrived<'_>, desk: &mut Desk) {
    let claims = arrived.claims;
    if let Some(expected) = plan.duration.filter(|seconds| claims.session_duration != Some(*seconds)) {
        let sent = claims.session_duration.map(|seconds| seconds.to_string()).unwrap_or_default();
        let rules =
            ["aws.session_duration_range", "aws.invalid_session_duration", "aws.session_duration_short"];
        desk.differs(Step::Claims, "setup.duration_differs", &rules, &sent, &expected.to_string());
    }
    let sent = |key: &str| claims.principal_tags.iter().find(|(sent, _)| sent == key);
    for tag in plan.tags.iter().filter(|tag| sent(&tag.key).is_none()) {
        desk.differs(Step::Claims, "setup.tag_missing", &[], "", &tag.key);
    }
    let (key, value) = MFA_TAG;
    let second_factor = sent(key).map(|(_, value)| value.as_str());
    if plan.mfa && second_factor != Some(value) {
        desk.differs(Step::Claims, "setup.mfa_differs", &[], second_factor.unwrap_or_default(), value);
    }
    let is_planned = |sent: &str| plan.tags.iter().any(|tag| tag.key == sent) || plan.mfa && sent == key;
    // The first of them: a response may carry thousands.
    let unplanned = claims.principal_tags.iter().filter(|(key, _)| !is_planned(key));
    for (key, _) in unplanned.take(MAX_TAGS) {
        desk.differs(Step::Claims, "setup.tag_unplanned", &[], key, "");
    }
    match (&claims.source_identity, plan.source_identity) {
        (None, true) => {
            let rules = ["aws.invalid_source_identity", "aws.source_identity_length"];
            desk.differs(Step::Claims, "setup.source_identity_missing", &rules, "", "SourceIdentity");
        }
        (Some(sent), false) => desk.differs(Step::Claims, "setup.source_identity_unplanned", &[], sent, ""),
        _ => {}
    }
}

/// Issuer and signing key against the metadata that IAM was given.
fn vouched(known: &Known, arrived: &Arrived<'_>, desk: &mut Desk) {
    let own = arrived.response.assertions.iter().find_map(|assertion| assertion.issuer.as_deref());
    let issuer = own.or(arrived.response.issuer.as_deref());
    if let Some(sent) = issuer.filter(|sent| *sent != known.entity_id) {
        let rules = ["aws.issuer_not_in_metadata"];
        desk.differs(Step::Metadata, "setup.issuer_differs", &rules, sent, &known.entity_id);
    }
    let keys: Vec<Certificate> = known.keys_of().collect();
    let is_known = |sent: &Certificate| keys.iter().any(|key| key.spki == sent.spki);
    if let Some(first) = arrived.certificates.first().filter(|_| !arrived.certificates.iter().any(is_known)) {
        let name = |one: &Certificate| [&one.subject, " (", &one.serial, ")"].concat();
        let expected = keys.first().map(name).unwrap_or_default();
        desk.differs(Step::Metadata, "setup.certificate_differs", &[], &name(first), &expected);
    }
    for finding in known.findings(arrived.at) {
        desk.troubles.push((Step::Metadata, Trouble { finding, compared: None }));
    }
}

/// The step that a finding is about.
fn step_of(finding: &Finding) -> Step {
    if finding.code == "aws.empty_role" {
        return Step::Assignment;
    }
    match finding.rule().and_then(|rule| rule.topic) {
        Some(Topic::Urls) => Step::Application,
        Some(Topic::Claims | Topic::NameId) => Step::Claims,
        Some(Topic::Certificate) => Step::Metadata,
        Some(Topic::Assignment) => Step::Assignment,
        Some(Topic::Lifetime | Topic::Encryption | Topic::Mfa) => Step::SignIn,
        None if matches!(finding.code, "saml.no_issuer" | "saml.issuers_differ") => Step::Metadata,
        None if finding.code == "aws.no_confirmation_end" => Step::Application,
        None => Step::SignIn,
    }
}

/// What is true of a sign-in whatever the setting: how many minutes it has left.
fn is_beside_the_point(finding: &Finding) -> bool {
    matches!(finding.code, "aws.redeem_soon" | "aws.redeem_over" | "aws.metadata_old")
}

const AUDIENCE_RULES: &[&str] =
    &["aws.wrong_audience", "aws.no_audience", "aws.audience_suffix", "aws.audience_other_partition"];

const RECIPIENT_RULES: &[&str] =
    &["aws.recipient_not_aws", "aws.no_recipient", "aws.recipient_other_partition", "aws.no_confirmation"];
