//! The session that AWS makes: its name, its length, its tags and its source identity.

use super::Seen;
use super::finding::{Finding, excerpt, is_excerpt};
use crate::aws::{ClaimOddity, MIN_SESSION_SECONDS};
use crate::time::UnixTime;

/// A narrower finding for a value that the AWS room refuses: too long, too short, or that of a guest.
pub(super) fn narrower(seen: &Seen<'_>, oddity: &ClaimOddity) -> Option<Finding> {
    let of = |code: &'static str, args: Vec<String>, text: &str, short: &str| {
        Some(Finding::new(code, args).seen_value(text, &seen.name_of(short)))
    };
    match oddity {
        ClaimOddity::InvalidSessionName { written } => {
            let name = seen.claims.session_name.as_deref()?;
            if is_guest(name) {
                return of("aws.guest_session_name", vec![written.clone()], name, "RoleSessionName");
            }
            let length = wrong_length(name)?;
            of("aws.session_name_length", vec![length.to_string()], name, "RoleSessionName")
        }
        ClaimOddity::InvalidSourceIdentity { .. } => {
            let identity = seen.claims.source_identity.as_deref()?;
            let length = wrong_length(identity)?;
            of("aws.source_identity_length", vec![length.to_string()], identity, "SourceIdentity")
        }
        ClaimOddity::InvalidSessionDuration { written } => {
            let is_number = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
            let args = vec![written.clone()];
            is_number.then(|| of("aws.session_duration_range", args, written, "SessionDuration"))?
        }
        ClaimOddity::InvalidTag { key } => {
            let tags = &seen.claims.principal_tags;
            let (whole, value) = tags.iter().find(|(whole, _)| is_excerpt(whole, key))?;
            let (code, length) = match (whole.chars().count(), value.chars().count()) {
                (length, _) if length == 0 || length > MAX_KEY_CHARS => ("aws.tag_key_length", length),
                (_, length) if length > MAX_VALUE_CHARS => ("aws.tag_value_length", length),
                _ => return None,
            };
            let finding = Finding::new(code, vec![key.clone(), length.to_string()]);
            Some(finding.seen_name(&seen.name_of_tag(key)))
        }
        _ => None,
    }
}

pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    if seen.claims.session_duration == Some(MIN_SESSION_SECONDS) {
        let finding = Finding::new("aws.session_duration_short", Vec::new());
        found.push(finding.seen_value("900", &seen.name_of("SessionDuration")));
    }
    found.extend(end(seen));
    let tags = &seen.claims.principal_tags;
    let is_reserved = |key: &str| key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
    if let Some((key, _)) = tags.iter().find(|(key, _)| is_reserved(key)) {
        let finding = Finding::new("aws.reserved_tag", vec![excerpt(key)]);
        found.push(finding.seen_name(&seen.name_of_tag(&excerpt(key))));
    }
    if !tags.is_empty() {
        let finding = Finding::new("aws.tags_permission", vec![tags.len().to_string()]);
        found.push(finding.seen_name(&seen.name_of_tag("")));
    }
    if let Some(identity) = &seen.claims.source_identity {
        let finding = Finding::new("aws.source_identity_permission", Vec::new());
        found.push(finding.seen_value(identity, &seen.name_of("SourceIdentity")));
    }
}

/// The end that the identity provider sets to the session: over, or before what was asked for.
fn end(seen: &Seen<'_>) -> Option<Finding> {
    let assertion = seen.response.assertions.iter().find(|one| !one.authn_statements.is_empty())?;
    let ends = assertion.authn_statements.iter().filter_map(|one| one.session_not_on_or_after.as_ref()?.time);
    let end = ends.min()?;
    let text = end.rfc3339();
    let finding = |code: &'static str, args: Vec<String>| {
        Finding::new(code, args).seen(&text, "AuthnStatement", "SessionNotOnOrAfter")
    };
    if seen.now.is_some_and(|now| now >= end) {
        return Some(finding("aws.session_over", vec![text.clone()]));
    }
    let issued = assertion.issue_instant.as_ref()?.time?;
    let asked = i64::from(seen.claims.session_duration.unwrap_or(DEFAULT_SESSION_SECONDS));
    let is_early = UnixTime::seconds(end) < issued.plus(asked).seconds();
    is_early.then(|| finding("aws.session_ends_early", vec![text.clone(), asked.to_string()]))
}

/// The user principal name of a guest in Entra ID: `name_domain#EXT#@tenant`.
fn is_guest(name: &str) -> bool {
    name.as_bytes().windows(5).any(|part| part.eq_ignore_ascii_case(b"#EXT#"))
}

/// Its characters, if there are not 2 to 64 and that is all that is wrong with it.
fn wrong_length(name: &str) -> Option<usize> {
    let is_of_pattern = name.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c));
    (is_of_pattern && !(2..=64).contains(&name.len())).then_some(name.len())
}

/// `DurationSeconds` where nothing is asked for (STS API, `AssumeRoleWithSAML`); a console session then is as long.
const DEFAULT_SESSION_SECONDS: u32 = 3600;

/// Characters of a session tag's key (STS API, `tagKeyType`).
const MAX_KEY_CHARS: usize = 128;

/// Characters of a session tag's value (STS API, `tagValueType`).
const MAX_VALUE_CHARS: usize = 256;
