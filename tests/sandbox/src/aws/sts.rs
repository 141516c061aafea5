//! STS of every partition: the query protocol, `AssumeRoleWithSAML` and `GetCallerIdentity`, and the faults.
//!
//! `GetCallerIdentity` looks at the key id, the session token and the time, not at the SigV4 signature: what a test
//! wants to know is that the program that signed found the credentials.

use std::net::SocketAddr;
use std::ops::RangeInclusive;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt;
use hyper::Method;
use ring::digest;
use time::{Duration, OffsetDateTime};
use tokio::time::sleep;

use super::assertion::Assertion;
use super::refusal::Refusal;
use super::rules::{self, Asked, Case};
use super::{Issued, wire};
use crate::faults::Fault;
use crate::hosts::Partition;
use crate::page::page;
use crate::recorder::StsCall;
use crate::sandbox::World;
use crate::web::{Ask, Fields, Reply};
use crate::{clock, random, upstream};

/// The parameters of a call, for the record: never the assertion.
pub(crate) fn call(ask: &Ask) -> StsCall {
    let parameters = parameters(ask);
    let field = |name| parameters.field(name).map(str::to_owned);
    StsCall {
        action: field("Action").unwrap_or_default(),
        role_arn: field("RoleArn"),
        principal_arn: field("PrincipalArn"),
        duration_seconds: field("DurationSeconds"),
        assertion_chars: parameters.field("SAMLAssertion").map(|assertion| assertion.chars().count()),
    }
}

/// Answers a call, or lets it go wrong as asked.
pub(crate) async fn answer(ask: &Ask, partition: &Partition, world: &World) -> Reply {
    let fault = world.faults.take();
    sleep(world.faults.latency()).await;
    let reply = match fault {
        None => act(ask, partition, world).await,
        Some(Fault::Hang(time)) => {
            sleep(time).await;
            act(ask, partition, world).await
        }
        Some(Fault::Status { status, body }) => Reply::new(status, "text/plain", body),
        Some(Fault::Error { status, code, message }) => wire::error(status, &code, &message),
        Some(Fault::CaptivePortal) => Reply::html(200, page("Welcome", PORTAL)),
        Some(Fault::Empty) => Reply::new(200, "text/xml", ""),
        Some(Fault::WrongContentType) => Reply::new(200, "application/json", "{\"status\":\"ok\"}"),
        Some(Fault::Reset | Fault::Offline) => Reply::Reset,
    };
    let now = clock::now(world.faults.skew());
    reply.with_header("date", &clock::http_date(now))
}

async fn act(ask: &Ask, partition: &Partition, world: &World) -> Reply {
    let parameters = parameters(ask);
    let now = clock::now(world.faults.skew());
    if ask.path != "/" {
        return wire::error(404, "UnknownOperationException", "The sandbox's STS answers at / alone");
    }
    match parameters.field("Action") {
        Some("AssumeRoleWithSAML") if ask.method != Method::POST => {
            wire::error(400, "InvalidRequest", "The assertion has to be posted, not put into the URL")
        }
        Some("AssumeRoleWithSAML") => match assume(ask, &parameters, partition, now, world) {
            Err(refusal) => wire::refusal(&refusal),
            Ok(grant) => match world.sts_upstream {
                Some(to) => forward(ask, to, &grant, world).await,
                None => issue(grant, partition, now, world),
            },
        },
        Some("GetCallerIdentity") => match world.sts_upstream {
            Some(to) => upstream::forward(ask, to).await,
            None => caller_identity(ask, &parameters, now, world),
        },
        action => {
            let action = action.unwrap_or_default();
            let version = parameters.field("Version").unwrap_or_default();
            let message = format!("Could not find operation {action} for version {version}");
            wire::error(400, "InvalidAction", &message)
        }
    }
}

/// What is to be issued.
struct Grant {
    role_arn: String,
    principal_arn: String,
    seconds: i64,
    assertion: Assertion,
}

/// All checks of `AssumeRoleWithSAML`, in the order in which STS is seen to make them.
fn assume(
    ask: &Ask,
    parameters: &Fields,
    partition: &Partition,
    now: OffsetDateTime,
    world: &World,
) -> Result<Grant, Refusal> {
    if parameters.field("Version") != Some("2011-06-15") {
        return Err(Refusal::new(
            400,
            "InvalidAction",
            "Could not find operation AssumeRoleWithSAML for version ",
        ));
    }
    let role_arn = bounded(parameters, "RoleArn", "roleArn", 20..=2048)?;
    let principal_arn = bounded(parameters, "PrincipalArn", "principalArn", 20..=2048)?;
    let saml = bounded(parameters, "SAMLAssertion", "sAMLAssertion", 4..=100_000)?;
    let seconds = duration(parameters)?;

    let asked = Asked { role: role_arn, provider: principal_arn, seconds };
    let region = ask.host.split('.').nth(1).filter(|part| *part != "amazonaws");
    rules::judge_place(asked, region, partition)?;
    let assertion = Assertion::read(saml, world)?;
    let case = Case { assertion: &assertion, partition, now };
    rules::judge(&case)?;
    rules::judge_role(&case, asked)?;
    let left = assertion.session_end.map_or(i64::MAX, |end| (end - now).whole_seconds());
    let seconds = seconds.unwrap_or(3600).min(assertion.session_duration().unwrap_or(i64::MAX)).min(left);
    Ok(Grant { role_arn: role_arn.to_owned(), principal_arn: principal_arn.to_owned(), seconds, assertion })
}

/// A required parameter within its length.
fn bounded<'f>(
    parameters: &'f Fields,
    name: &str,
    member: &str,
    length: RangeInclusive<usize>,
) -> Result<&'f str, Refusal> {
    let constraint = |value: &str, rule: String| {
        let fails = "failed to satisfy constraint: Member must";
        Refusal::invalid(&format!("1 validation error detected: Value {value} at '{member}' {fails} {rule}"))
    };
    let Some(value) = parameters.field(name) else {
        return Err(constraint("null", "not be null".to_owned()));
    };
    // AWS repeats the value; the sandbox repeats no assertion.
    let shown = if name == "SAMLAssertion" { "'...'".to_owned() } else { format!("'{value}'") };
    match value.chars().count() {
        count if count > *length.end() => {
            Err(constraint(&shown, format!("have length less than or equal to {}", length.end())))
        }
        count if count < *length.start() => {
            Err(constraint(&shown, format!("have length greater than or equal to {}", length.start())))
        }
        _ => Ok(value),
    }
}

fn duration(parameters: &Fields) -> Result<Option<i64>, Refusal> {
    let Some(text) = parameters.field("DurationSeconds") else {
        return Ok(None);
    };
    let Ok(seconds) = text.parse::<i64>() else {
        return Err(Refusal::new(400, "MalformedInput", "Unexpected input at 'durationSeconds'"));
    };
    match seconds {
        ..900 => Err(Refusal::duration(text, "greater than or equal to 900")),
        900..=43_200 => Ok(Some(seconds)),
        _ => Err(Refusal::duration(text, "less than or equal to 43200")),
    }
}

fn issue(grant: Grant, partition: &Partition, now: OffsetDateTime, world: &World) -> Reply {
    let Grant { role_arn, principal_arn, seconds, assertion } = grant;
    let account = role_arn.split(':').nth(4).unwrap_or_default();
    let name = role_arn.rsplit('/').next().unwrap_or_default();
    let session = assertion.session_name();
    let end = now + Duration::seconds(seconds);
    let issued = Issued {
        access_key_id: format!("ASIA{}", random::base32(16)),
        secret_access_key: random::base64(30),
        // One byte short of a multiple of three, for one `=` at the end.
        session_token: format!("IQoJb3JpZ2luX2Vj+/{}", random::base64(629)),
        assumed_role_arn: format!("arn:{}:sts::{account}:assumed-role/{name}/{session}", partition.id),
        role_arn: role_arn.clone(),
        expiration: end.into(),
    };
    let provider = principal_arn.rsplit('/').next().unwrap_or_default();
    let qualifier = format!("{}{account}/{provider}", assertion.issuer);
    let qualifier = STANDARD.encode(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, qualifier.as_bytes()));
    let format = assertion.name_id_format.as_str();
    let kind = format.strip_prefix("urn:oasis:names:tc:SAML:2.0:nameid-format:").unwrap_or(format);

    let mut result = wire::element("Audience", &assertion.recipient);
    result.push_str("    <AssumedRoleUser>\n");
    result.push_str(&wire::element("AssumedRoleId", &format!("AROA{}:{session}", random::base32(17))));
    result.push_str(&wire::element("Arn", &issued.assumed_role_arn));
    result.push_str("    </AssumedRoleUser>\n    <Credentials>\n");
    result.push_str(&wire::element("AccessKeyId", &issued.access_key_id));
    result.push_str(&wire::element("SecretAccessKey", &issued.secret_access_key));
    result.push_str(&wire::element("SessionToken", &issued.session_token));
    result.push_str(&wire::element("Expiration", &clock::iso(end)));
    result.push_str("    </Credentials>\n");
    result.push_str(&wire::element("Subject", assertion.name_id.as_deref().unwrap_or_default()));
    result.push_str(&wire::element("NameQualifier", &qualifier));
    result.push_str(&wire::element("SubjectType", kind));
    result.push_str(&wire::element("Issuer", &assertion.issuer));
    world.remember_issued(issued);
    wire::result("AssumeRoleWithSAML", &result)
}

/// Lets moto issue the credentials, and remembers them.
async fn forward(ask: &Ask, to: SocketAddr, grant: &Grant, world: &World) -> Reply {
    let Reply::Answer(response) = upstream::forward(ask, to).await else {
        return Reply::Reset;
    };
    let (head, body) = response.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let xml = String::from_utf8_lossy(&body);
    let text = |name| wire::text_of(&xml, name).unwrap_or_default();
    if head.status.is_success() {
        world.remember_issued(Issued {
            access_key_id: text("AccessKeyId"),
            secret_access_key: text("SecretAccessKey"),
            session_token: text("SessionToken"),
            role_arn: grant.role_arn.clone(),
            assumed_role_arn: text("Arn"),
            expiration: clock::parse(&text("Expiration")).unwrap_or(OffsetDateTime::UNIX_EPOCH).into(),
        });
    }
    Reply::Answer(hyper::Response::from_parts(head, body.into()))
}

fn caller_identity(ask: &Ask, parameters: &Fields, now: OffsetDateTime, world: &World) -> Reply {
    let signature =
        ask.header("authorization").or_else(|| parameters.field("X-Amz-Credential")).unwrap_or_default();
    let token = ask.header("x-amz-security-token").or_else(|| parameters.field("X-Amz-Security-Token"));
    let known = world.issued().into_iter().find(|issued| signature.contains(&issued.access_key_id));
    let Some(issued) = known.filter(|issued| token == Some(&issued.session_token)) else {
        return wire::error(
            403,
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
        );
    };
    if OffsetDateTime::from(issued.expiration) <= now {
        return wire::error(403, "ExpiredToken", "The security token included in the request is expired");
    }
    let arn = &issued.assumed_role_arn;
    let session = arn.rsplit('/').next().unwrap_or_default();
    let mut result = wire::element("Arn", arn);
    result.push_str(&wire::element("UserId", &format!("AROA{}:{session}", random::base32(17))));
    result.push_str(&wire::element("Account", arn.split(':').nth(4).unwrap_or_default()));
    wire::result("GetCallerIdentity", &result)
}

/// Of the body for POST, else of the query.
fn parameters(ask: &Ask) -> Fields {
    if ask.method == Method::POST { ask.form() } else { ask.query() }
}

const PORTAL: &str = "<h1>Welcome to the train's Wi-Fi</h1>\n<p>Accept the terms to go on.</p>\n\
    <button>Accept</button>";
