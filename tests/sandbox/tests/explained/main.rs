//! What the core says of each mistake, once the sandbox's STS has judged it: AWS's own words, and the finding that names the cause.
//! The sandbox knows nothing of the core; here the two meet.

#![allow(clippy::disallowed_methods, reason = "tests look at the real clock")]

#[path = "../flow/client.rs"]
#[allow(dead_code, reason = "the flow uses the rest")]
mod client;
mod expected;

use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

use expected::{MISTAKES, RIGHT, Then};
use rolecall::audit::ServerClock;
use rolecall::capture::{self, Body, SamlPost};
use rolecall::secret::Secret;
use rolecall::sts::{self, HttpResponse, StsError};
use rolecall::time::UnixTime;
use rolecall::view::{self, Failure, SignIn};
use rolecall::{aws, saml};
use rolecall_sandbox::{Options, Persona, Sandbox};

/// The sign-in, and what came of a copy of its first role; none if there is no role that can be copied.
struct Walk {
    sign_in: SignIn,
    copied: Option<Result<(), (StsError, Failure)>>,
}

fn walk(sandbox: &Sandbox, persona: Persona) -> Walk {
    let now = UnixTime::from_seconds(
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap(),
    );
    let response = sandbox.saml_response(persona, persona.shape()).unwrap();
    let body = Body::Form(vec![("SAMLResponse".to_owned(), vec![response])]);
    let post = capture::read_post(&persona.acs(None), &body).unwrap();
    let sign_in = view::sign_in(&post, now);
    let copied = copy(sandbox, &post, now);
    Walk { sign_in, copied }
}

fn copy(sandbox: &Sandbox, post: &SamlPost, now: UnixTime) -> Option<Result<(), (StsError, Failure)>> {
    let response = saml::read(post.response.expose()).unwrap();
    let claims = aws::read(&response);
    let grant = claims.grants.first().filter(|grant| sts::check(grant).is_ok())?;
    let region = post.endpoint.as_ref().and_then(|endpoint| endpoint.region.as_deref());
    let region = sts::choose_region(region, None, grant.role.partition());
    let mut clock = None;
    let outcome = sts::request(grant, post.response.expose(), region, None).and_then(|request| {
        let headers: Vec<_> = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer =
            client::send(sandbox, request.method, &request.url, &headers, request.body.expose()).unwrap();
        let header = |name| Some(answer.header(name).to_owned());
        let server = UnixTime::parse_http(answer.header("date")).unwrap();
        clock = Some(ServerClock { host: "AWS STS".to_owned(), server, browser: now });
        let answer = HttpResponse {
            status: answer.status,
            content_type: header("content-type"),
            date: header("date"),
            retry_after: None,
            body: Secret::new(answer.body.clone().into_bytes()),
        };
        sts::read(&answer, grant, region, now)
    });
    let pair = Some((grant.role.as_str(), grant.provider.as_str()));
    Some(outcome.map(|_| ()).map_err(|error| {
        let failure = view::explained(&error, post, pair, now, clock.as_ref());
        (error, failure)
    }))
}

/// The finding that explains a failure first: what causes it, or it itself where nothing that is seen does.
fn first(failure: &Failure) -> &'static str {
    failure.causes.first().or(failure.finding.as_deref()).map_or("nothing", |finding| finding.code)
}

fn noticed(sign_in: &SignIn) -> Vec<&'static str> {
    sign_in.notices.iter().map(|notice| notice.code).collect()
}

fn start() -> Sandbox {
    Sandbox::start(Options::default()).unwrap()
}

#[test]
fn aws_refuses_every_mistake_in_its_own_words_and_the_core_names_the_cause() {
    let sandbox = start();
    let mut wrong = Vec::new();
    for (persona, then) in MISTAKES {
        let Walk { sign_in, copied } = walk(&sandbox, persona);
        let notices = noticed(&sign_in);
        let is_right = match (then, &copied) {
            (Then::Refused { status, code, says, because }, Some(Err((error, failure)))) => {
                let said =
                    error.refusal().map(|said| (said.status, said.code.as_str(), said.message.as_str()));
                said.is_some_and(|said| said.0 == status && said.1 == code && said.2.starts_with(says))
                    && failure.aws.as_deref() == said.map(|said| said.2)
                    && first(failure) == because
            }
            (Then::Held { code, because }, Some(Err((error, failure)))) => {
                error.refusal().is_none()
                    && failure.code == code
                    && first(failure) == because
                    && notices.contains(&because)
            }
            (Then::Barred { because }, None) => {
                let roles = sign_in.accounts.iter().flat_map(|account| &account.roles);
                let refusals: Vec<_> = roles.filter_map(|role| role.refused.as_ref()).collect();
                let is_said = refusals.iter().any(|refusal| refusal.key == because.replace('.', "_"));
                notices.contains(&because) || is_said
            }
            (Then::NoRole { because }, None) => sign_in.role_count == 0 && notices.contains(&because),
            (Then::Granted { because }, Some(Ok(()))) => notices.contains(&because),
            _ => false,
        };
        if !is_right {
            let copied = copied.map(|copied| {
                copied.map_err(|(error, failure)| {
                    let causes: Vec<_> = failure.causes.iter().map(|cause| cause.code).collect();
                    (error.refusal().cloned(), failure.code, causes)
                })
            });
            wrong.push(format!("{}: {then:?}, but {copied:?} and {notices:?}", persona.slug()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_persona_without_a_mistake_gets_credentials_and_no_finding_that_warns() {
    let sandbox = start();
    for persona in RIGHT {
        let Walk { sign_in, copied } = walk(&sandbox, persona);
        assert!(matches!(copied, Some(Ok(()))), "{}", persona.slug());
        let warnings: Vec<_> = sign_in.notices.iter().filter(|notice| notice.severity != "note").collect();
        assert!(warnings.is_empty(), "{}: {warnings:?}", persona.slug());
    }
}

#[test]
fn every_persona_is_right_or_a_mistake_of_the_table() {
    let told: HashSet<_> = MISTAKES.iter().map(|(persona, _)| *persona).chain(RIGHT).collect();
    let untold: Vec<_> = Persona::ALL.into_iter().filter(|persona| !told.contains(persona)).collect();
    // What is encrypted is read by AWS alone: there is no role to copy, and no mistake.
    assert_eq!(untold, [Persona::Encrypted]);
}

#[test]
fn the_page_of_personas_lists_everyone() {
    let page = include_str!("../../../../docs/personas.md");
    for persona in Persona::ALL {
        let row = format!("| `{}` | {} |", persona.slug(), persona.line());
        assert!(page.contains(&row), "docs/personas.md lacks {row}");
    }
}

/// Every rule for which AWS has words is reached by someone who signs in, or stands in the list of those that nobody can reach so.
#[test]
fn every_rule_with_words_of_aws_is_reached_or_has_a_reason_not_to_be() {
    let sandbox = start();
    let mut reached: HashSet<String> = HashSet::new();
    for persona in Persona::ALL {
        let Walk { sign_in, copied } = walk(&sandbox, persona);
        reached.extend(noticed(&sign_in).into_iter().map(str::to_owned));
        let roles = sign_in.accounts.iter().flat_map(|account| &account.roles);
        reached.extend(
            roles.filter_map(|role| role.refused.as_ref()).map(|refused| refused.key.replacen('_', ".", 1)),
        );
        if let Some(Err((_, failure))) = copied {
            reached.insert(failure.code.to_owned());
            reached.extend(failure.causes.iter().map(|cause| cause.code.to_owned()));
        }
    }
    let is_excused = |code: &str| {
        UNREACHED.iter().flat_map(|(codes, _)| *codes).any(|known| match known.strip_suffix('*') {
            Some(family) => code.starts_with(family),
            None => code == *known,
        })
    };
    for rule in rolecall::audit::registry::rules().filter(|rule| rule.aws_message.is_some()) {
        let is_reached = reached.contains(rule.code);
        assert!(is_reached || is_excused(rule.code), "{} has no persona and no reason", rule.code);
        assert!(!(is_reached && is_excused(rule.code)), "{} is reached after all", rule.code);
    }
}

#[test]
fn a_computer_whose_clock_is_wrong_is_told_so() {
    let sandbox = start();
    sandbox.faults().skew_clock(600);
    let Walk { copied, .. } = walk(&sandbox, Persona::OneRole);
    let Some(Err((error, failure))) = copied else { panic!("STS takes it") };
    assert_eq!(error.refusal().unwrap().message, "Token must be redeemed within 5 minutes of issuance");
    assert_eq!((failure.code, first(&failure)), ("sts.clock_skew", "aws.clock_skew"));
}

/// Rules that no sign-in reaches whose role is then copied, and why.
const UNREACHED: &[(&[&str], &str)] = &[
    (
        &["signature.*"],
        "the popup checks no signature; the inspector does, and `tests/signatures` walks it through each",
    ),
    (
        &["aws.issuer_not_in_metadata", "aws.metadata_old", "aws.metadata_expires_soon"],
        "metadata is known to the inspector, where someone imported it",
    ),
    (
        &["aws.metadata_unparsable", "aws.private_key_limit", "aws.encryption_without_key", "setup.*"],
        "IAM says it when the provider is set up: a person pastes it, or the setup assistant has said it before",
    ),
    (&["aws.invalid_saml_page"], "the sentence of AWS's page, which a person pastes"),
    (
        &["saml.group_overage", "aws.identity_center_role", "aws.role_spaces"],
        "the inspector says it; the popup says what it comes to",
    ),
    (&["aws.redeem_soon"], "nobody is refused yet"),
    (&["aws.clock_skew", "sts.clock_skew"], "a matter of this computer's clock: the test beside this one"),
    (
        &[
            "saml.truncated",
            "saml.base64_unpadded",
            "saml.base64_cut",
            "saml.compressed_post",
            "saml.bare_assertion",
        ],
        "what comes of a paste; no provider posts it",
    ),
    (
        &["sts.assertion_not_base64", "sts.base64_invalid"],
        "base64 that AWS does not take is put right or held back",
    ),
    (
        &["saml.no_issuer", "saml.several_assertions", "aws.no_confirmation", "aws.no_confirmation_end"],
        "no provider can be set to send it",
    ),
    (&["aws.invalid_session_duration", "aws.spaces_around"], "nobody documents what AWS makes of it"),
    (&["sts.idp_rejected_claim"], "a response of a refused sign-in has no role to ask for"),
    (
        &["sts.expired_token", "sts.throttled"],
        "AWS's own state; `tests/browser/tests/faults` has it answer so",
    ),
    (
        &[
            "sts.duration_out_of_range",
            "sts.duration_above_role_maximum",
            "sts.duration_above_chaining_limit",
        ],
        "the popup asks for no duration, and chains no roles",
    ),
    (&["sts.malformed_policy_document"], "no session policy is sent"),
];
