//! The `Role` attribute: values with one ARN, in the other order, with white space, and roles that AWS gives to no one through SAML.

use super::finding::{Finding, excerpt};
use super::{Seen, is_of_aws};
use crate::aws::{ClaimOddity, ProviderArn, RoleArn, RoleGrant};
use crate::octets;
use crate::severity::Severity;

/// Says that the values lack an ARN, where that is all that is wrong with those that are malformed.
pub(super) fn narrower(seen: &Seen<'_>, oddity: &ClaimOddity) -> Option<Finding> {
    let ClaimOddity::MalformedRoles { count, first, usable } = oddity else { return None };
    let is_single = |value: &str| {
        let value = value.trim();
        // The path of a role may hold colons: two ARNs with the wrong sign between them read as one.
        let is_one =
            value.strip_prefix("arn:").is_some_and(|rest| octets::find(rest.as_bytes(), b"arn:").is_none());
        is_one && (RoleArn::parse(value).is_ok() || ProviderArn::parse(value).is_ok())
    };
    let mut malformed =
        values(seen).filter(|value| !value.trim().is_empty() && RoleGrant::parse(value).is_err());
    if !malformed.all(is_single) {
        return None;
    }
    let severity = if *usable == 0 { Severity::Error } else { Severity::Warning };
    let args = vec![count.to_string(), first.clone()];
    let finding = Finding::new("aws.role_without_provider", args).of_severity(severity);
    Some(finding.seen_value(first, &seen.name_of("Role")))
}

pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    let name = seen.name_of("Role");
    let mut count_of = |code: &'static str, first: Option<&str>, count: usize, quotes: bool| {
        let Some(first) = first else { return };
        let mut args = vec![count.to_string()];
        args.extend(quotes.then(|| excerpt(first)));
        found.push(Finding::new(code, args).seen_value(first, &name));
    };
    let mut reserved = seen.claims.grants.iter().filter(|grant| grant.role.is_identity_center());
    let first = reserved.next().map(|grant| grant.role.as_str());
    count_of("aws.identity_center_role", first, reserved.count().saturating_add(1), false);
    let mut swapped = values(seen).filter(|value| is_swapped(value));
    let first = swapped.next();
    count_of("aws.swapped_role", first, swapped.count().saturating_add(1), false);
    let mut spaced = values(seen).filter(|value| has_spaces(value));
    let first = spaced.next();
    count_of("aws.role_spaces", first, spaced.count().saturating_add(1), true);
}

/// The values of `Role`, as they were sent.
fn values<'a>(seen: &Seen<'a>) -> impl Iterator<Item = &'a str> {
    let is_role = |name: &str| is_of_aws(name) && name.ends_with("/Role");
    let attributes = seen.attributes().filter(move |attribute| is_role(&attribute.name));
    attributes.flat_map(|attribute| &attribute.values).map(|value| value.text.as_str())
}

/// Whether the provider stands before the role.
fn is_swapped(value: &str) -> bool {
    let place = |part: &[u8]| octets::find(value.as_bytes(), part);
    place(b":saml-provider/").zip(place(b":role/")).is_some_and(|(provider, role)| provider < role)
}

/// Whether white space stands around the pair or around its comma. A value of nothing else is no value.
fn has_spaces(value: &str) -> bool {
    let trimmed = value.trim();
    let around_comma = |(left, right): (&str, &str)| {
        left.trim_end() != left || right.trim_start() != right && right.trim_start().starts_with("arn:")
    };
    !trimmed.is_empty() && (trimmed != value || value.split_once(',').is_some_and(around_comma))
}
