//! What CloudTrail records of a sign-in and of the session that comes of it: the events with this sign-in's values, and the
//! commands, queries and links that find them. A sign-in comes in, [`Trail`] goes out; nothing is refused, what is not known is
//! left out or stands as `…`. Nothing in it is a secret: an access key id names a key, CloudTrail writes it down too.
//!
//! Sources: IAM User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail"; CloudTrail User Guide, "userIdentity element",
//! "AWS Management Console sign-in events", "CloudTrail Lake queries", "Query AWS CloudTrail logs" (Athena); CLI reference,
//! `lookup-events`.

mod event;
mod find;
mod json;

use serde::Serialize;

use crate::aws::{AwsClaims, RoleGrant};
use crate::octets::base64;
use crate::saml::{Assertion, Response};
use crate::time::UnixTime;

/// A sign-in to a role, as far as its response and its credentials tell.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The role, and the provider that vouches.
    pub grant: &'a RoleGrant,
    /// What the response says.
    pub response: &'a Response,
    /// What it says to AWS.
    pub claims: &'a AwsClaims,
    /// SHA-1 of [`name_qualifier_text`](crate::policy::name_qualifier_text), by the host's cryptography.
    pub name_qualifier_digest: Option<&'a [u8]>,
    /// The region that the sign-in host names; none where it names none.
    pub sign_in_region: Option<&'a str>,
    /// The session, where credentials were exported.
    pub session: Option<Session<'a>>,
    /// The region whose events are looked for; none for the one where the session began.
    pub region: Option<&'a str>,
}

/// What is no secret about exported credentials.
#[derive(Clone, Copy, Debug)]
pub struct Session<'a> {
    /// `ASIA...`
    pub access_key_id: &'a str,
    /// `arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION`, as STS said it.
    pub assumed_role_arn: Option<&'a str>,
    /// The region of the STS endpoint that gave them out.
    pub region: &'a str,
}

/// What CloudTrail records, and how to find it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trail {
    /// `arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION`; null where the response has no session name.
    pub session_arn: Option<String>,
    /// The access key of the exported credentials; null where there are none.
    pub access_key_id: Option<String>,
    /// `userIdentity.principalId` of the sign-in's event: name qualifier and NameID.
    pub principal_id: Option<String>,
    /// The earliest time of an event, RFC 3339; null where the response has no time.
    pub since: Option<String>,
    /// The region that records the sign-in.
    pub sign_in_region: String,
    /// The region that the commands and links ask.
    pub region: String,
    /// The regions there are to choose from.
    pub regions: &'static [&'static str],
    /// The texts, in the order in which they are shown.
    pub texts: Vec<Text>,
}

/// One text to read, copy or open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// What it is, such as `by_key`; its words are `trail_ID`.
    pub id: &'static str,
    /// `event`, `command`, `query` or `link`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
}

/// What CloudTrail records of `subject`.
#[must_use]
pub fn trail(subject: &Subject<'_>) -> Trail {
    let known = Known::of(subject);
    let mut texts = event::texts(&known);
    texts.extend(find::texts(&known));
    Trail {
        session_arn: known.session_arn,
        access_key_id: known.access_key_id.map(str::to_owned),
        principal_id: known.principal_id,
        since: known.since.map(UnixTime::rfc3339),
        sign_in_region: known.sign_in_region.to_owned(),
        region: known.region.to_owned(),
        regions: known.grant.role.partition().regions(),
        texts,
    }
}

/// What is known, each thing read once.
struct Known<'a> {
    grant: &'a RoleGrant,
    claims: &'a AwsClaims,
    issuer: Option<&'a str>,
    recipient: Option<&'a str>,
    assertion_id: Option<&'a str>,
    name_id: Option<&'a str>,
    name_id_format: Option<&'a str>,
    session_name: Option<&'a str>,
    qualifier: Option<String>,
    principal_id: Option<String>,
    session_arn: Option<String>,
    access_key_id: Option<&'a str>,
    since: Option<UnixTime>,
    sign_in_region: &'static str,
    region: &'static str,
}

impl<'a> Known<'a> {
    fn of(subject: &Subject<'a>) -> Self {
        let Subject { grant, response, claims, session, .. } = subject;
        let assertion = response.assertions.first();
        let name_id = assertion.and_then(|one| one.name_id.as_ref());
        let qualifier = subject.name_qualifier_digest.map(base64);
        let principal_id =
            name_id.map(|name_id| [qualifier.as_deref().unwrap_or(UNKNOWN), ":", &name_id.value].concat());
        let partition = grant.role.partition();
        let known = |region: Option<&str>| region.and_then(|region| partition.region(region));
        let sign_in_region = known(session.map(|session| session.region))
            .or_else(|| known(subject.sign_in_region))
            .unwrap_or_else(|| partition.default_region());
        let session_name = claims.session_name.as_deref();
        let written = session.and_then(|session| session.assumed_role_arn);
        Self {
            grant,
            claims,
            issuer: assertion.and_then(|one| one.issuer.as_deref()).or(response.issuer.as_deref()),
            recipient: assertion.and_then(recipient_of),
            assertion_id: assertion.and_then(|one| one.id.as_deref()),
            name_id: name_id.map(|name_id| name_id.value.as_str()),
            name_id_format: name_id.and_then(|name_id| name_id.format.as_deref()),
            session_name,
            qualifier,
            principal_id,
            session_arn: written.map(str::to_owned).or_else(|| Some(session_arn(grant, session_name?))),
            access_key_id: session.map(|session| session.access_key_id),
            since: assertion.and_then(|one| one.issue_instant.as_ref()).and_then(|instant| instant.time),
            sign_in_region,
            region: known(subject.region).unwrap_or(sign_in_region),
        }
    }
}

fn recipient_of(assertion: &Assertion) -> Option<&str> {
    assertion.confirmations.iter().find_map(|one| one.recipient.as_deref())
}

/// The ARN of the session; the role's path is not in it (IAM User Guide, "IAM identifiers").
fn session_arn(grant: &RoleGrant, session_name: &str) -> String {
    let role = &grant.role;
    let (partition, account) = (role.partition().id(), role.account());
    ["arn:", partition, ":sts::", account.as_str(), ":assumed-role/", role.name(), "/", session_name].concat()
}

/// What stands where only AWS knows.
const UNKNOWN: &str = "…";

#[cfg(test)]
mod tests;
