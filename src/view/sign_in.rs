//! A captured POST to what the popup draws of it: one sign-in with its accounts, roles and notices.

use rolecall_reading::view::account::accounts;
use rolecall_reading::view::id::id;

use super::{Finding, Message, Notice, SignIn};
use crate::audit::{self, Product, Seen, ServerClock};
use crate::aws::{self, AwsClaims, REDEEM_SECONDS, RoleGrant, Severity};
use crate::capture::{CaptureError, SamlPost};
use crate::saml::{self, Response};
use crate::sts;
use crate::time::UnixTime;

/// The sign-in that `post` carried. What cannot be read becomes a notice; what can is shown.
#[must_use]
pub fn sign_in(post: &SamlPost, at: UnixTime) -> SignIn {
    // The text is read and hashed here; only what the popup shows of it goes further.
    let text = post.response.expose();
    let mut shown = empty(id(text), at);
    if let Some(endpoint) = &post.endpoint {
        shown.host = Some(endpoint.host.clone());
        shown.partition = Some(endpoint.partition.id());
        shown.region.clone_from(&endpoint.region);
    }
    match saml::read(text) {
        Ok(response) => describe(&mut shown, &response, post),
        Err(error) => shown.notices.push(Notice::new(error.code(), error.args(), Severity::Error)),
    }
    finish(shown)
}

/// A POST to AWS that was a sign-in, and whose body is too large or too odd to read.
#[must_use]
pub fn unreadable_sign_in(error: &CaptureError, at: UnixTime) -> SignIn {
    let mut shown = empty(id(&at.rfc3339()), at);
    shown.notices.push(Notice::new(error.code(), error.args(), Severity::Error));
    finish(shown)
}

/// What a server's time says about this computer's clock, when they differ.
#[must_use]
pub fn clock_notice(clock: &ServerClock) -> Option<Notice> {
    audit::skew(std::slice::from_ref(clock)).map(|finding| Finding::notice(finding, Product::Generic))
}

fn empty(id: String, at: UnixTime) -> SignIn {
    SignIn {
        id,
        at: at.seconds(),
        identity: None,
        provider: None,
        issuer: None,
        host: None,
        partition: None,
        region: None,
        usable_until: None,
        issued_at: None,
        role_count: 0,
        accounts: Vec::new(),
        notices: Vec::new(),
        severity: None,
    }
}

fn describe(shown: &mut SignIn, response: &Response, post: &SamlPost) {
    let mut claims = aws::read(response);
    let assertion = response.assertions.first();
    let issuer = assertion.and_then(|assertion| assertion.issuer.as_deref()).or(response.issuer.as_deref());
    shown.issuer = issuer.map(str::to_owned);
    shown.provider = issuer.map(saml::provider_label);
    shown.identity = identity(response, &claims);
    let issued =
        assertion.and_then(|assertion| assertion.issue_instant.as_ref()).and_then(|instant| instant.time);
    let usable_until = aws::usable_until(response);
    shown.usable_until = usable_until.map(UnixTime::seconds);
    shown.issued_at = issued.or(usable_until.map(|end| end.plus(-REDEEM_SECONDS))).map(UnixTime::seconds);
    shown.role_count = claims.grants.len();
    shown.partition = shown.partition.or(claims.grants.first().map(|grant| grant.role.partition().id()));
    let found = audit::pre_flight(&seen(response, &claims, post));
    let product = Product::of(response);
    shown.notices.extend(found.into_iter().map(|finding| Finding::notice(finding, product)));
    shown.accounts = accounts(std::mem::take(&mut claims.grants), post.chosen_role.as_deref(), refusal);
}

/// What is known of a captured sign-in, but the time.
pub(super) fn seen<'a>(response: &'a Response, claims: &'a AwsClaims, post: &'a SamlPost) -> Seen<'a> {
    Seen {
        endpoint: post.endpoint.as_ref(),
        // Counted, and nothing else.
        chars: Some(characters(post.response.expose())),
        ..Seen::of(response, claims)
    }
}

/// Characters of a base64 text, without its line breaks.
pub(super) fn characters(base64: &str) -> usize {
    base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).count()
}

/// Why the credentials of a role cannot be had.
fn refusal(grant: &RoleGrant) -> Option<Message> {
    sts::check(grant).err().map(|error| Message::of(error.code(), error.args()))
}

/// Sorts notices; those of one severity stay in the order found.
fn worst_first(notices: &mut [Notice]) {
    notices.sort_by_key(|notice| match notice.severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    });
}

fn finish(mut shown: SignIn) -> SignIn {
    worst_first(&mut shown.notices);
    shown.severity = shown.notices.first().map(|notice| notice.severity);
    shown
}

/// Who signed in: the `NameID`, unless it is a transient one, which says nothing to a person.
fn identity(response: &Response, claims: &AwsClaims) -> Option<String> {
    let name_id = response.assertions.iter().find_map(|assertion| assertion.name_id.as_ref());
    let lasting = name_id.filter(|name_id| {
        !name_id.format.as_deref().is_some_and(|format| format.ends_with(":transient"))
            && !name_id.value.is_empty()
    });
    lasting
        .map(|name_id| name_id.value.clone())
        .or_else(|| claims.session_name.clone())
        .or_else(|| name_id.map(|name_id| name_id.value.clone()))
}
