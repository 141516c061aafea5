//! Room 8: what was seen of a sign-in to [`Finding`]s: what AWS will refuse, what will hurt, and what is worth knowing; each with what
//! was seen and where, AWS's own message, the cause, and what to change in whose console. Nothing is refused.
//!
//! ```text
//! Seen { response, claims, endpoint, clocks, metadata } -> audit -> findings
//! StsError + findings -> explain -> what caused it, the likely one first
//! pasted text -> entra_error, aws_error -> the rule that it is about
//! ```

mod authentication;
mod endpoint;
mod entra_error;
mod explain;
mod facts;
mod finding;
mod product;
mod recipe;
pub mod registry;
mod roles;
mod session;
mod subject;
mod times;
mod topic;
mod trust;

pub use authentication::{Authentication, DeviceClaim};
pub use entra_error::{EntraError, entra_error};
pub use explain::{Explanation, aws_error, causes, explain, likely};
pub use finding::{Evidence, Finding, Place, excerpt, is_excerpt};
pub use product::Product;
pub use recipe::{Command, Recipe, audience};
pub use times::skew;
pub use topic::Topic;
pub use trust::Metadata;

use std::cmp::Reverse;

use crate::aws::{AwsClaims, PREFIX, RoleGrant};
use crate::capture::Endpoint;
use crate::partition::Partition;
use crate::saml::Response;
use crate::severity::Severity;
use crate::time::UnixTime;
use recipe::Known;

/// What is known of a sign-in. Whatever is not known is left out, and nothing is said about it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What the identity provider sent.
    pub response: &'a Response,
    /// What that is to AWS.
    pub claims: &'a AwsClaims,
    /// Where the browser posted it.
    pub endpoint: Option<&'a Endpoint>,
    /// Whether it came in an address, by the redirect binding, instead.
    pub in_address: bool,
    /// Characters of its base64.
    pub chars: Option<usize>,
    /// The browser's time.
    pub now: Option<UnixTime>,
    /// Times that servers gave.
    pub clocks: &'a [ServerClock],
    /// The metadata of identity providers that was imported.
    pub metadata: &'a [Metadata],
    /// The role in question, where one was chosen.
    pub grant: Option<&'a RoleGrant>,
}

/// The time by a server's clock (`Date` of an answer) and by the browser's when that answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerClock {
    /// Whose clock.
    pub host: String,
    /// By the server's clock.
    pub server: UnixTime,
    /// By the browser's.
    pub browser: UnixTime,
}

impl<'a> Seen<'a> {
    /// A response of which nothing else is known.
    #[must_use]
    pub fn of(response: &'a Response, claims: &'a AwsClaims) -> Self {
        Self {
            response,
            claims,
            endpoint: None,
            in_address: false,
            chars: None,
            now: None,
            clocks: &[],
            metadata: &[],
            grant: None,
        }
    }

    /// The full name under which the response has an attribute of AWS; the name that AWS reads where it has none.
    fn name_of(&self, short: &str) -> String {
        let mut names = self.attributes().map(|attribute| attribute.name.as_str());
        let behind = |name: &str| name.rsplit('/').next().is_some_and(|last| last == short);
        names
            .find(|name| behind(name) && is_of_aws(name))
            .map_or_else(|| [PREFIX, short].concat(), str::to_owned)
    }

    /// The full name of the attribute that sends the tag with this key, cut as [`excerpt`] does; with no key of the first tag.
    fn name_of_tag(&self, key: &str) -> String {
        let mut names = self.attributes().map(|attribute| attribute.name.as_str());
        let is_it = |name: &str| {
            let tag = name.split_once("/PrincipalTag:").map(|(_, tag)| tag);
            tag.is_some_and(|tag| key.is_empty() || is_excerpt(tag, key))
        };
        let named = names.find(|name| is_of_aws(name) && is_it(name));
        named.map_or_else(|| [PREFIX, "PrincipalTag:", key].concat(), str::to_owned)
    }

    fn attributes(&self) -> impl Iterator<Item = &'a crate::saml::Attribute> {
        self.response.assertions.iter().flat_map(|assertion| &assertion.attributes)
    }

    /// The recipients of all confirmations.
    fn recipients(&self) -> impl Iterator<Item = &'a str> {
        let confirmations = self.response.assertions.iter().flat_map(|assertion| &assertion.confirmations);
        confirmations.filter_map(|one| one.recipient.as_deref())
    }

    /// The audiences of all restrictions.
    fn audiences(&self) -> impl Iterator<Item = &'a str> {
        let conditions = self.response.assertions.iter().filter_map(|one| one.conditions.as_ref());
        conditions.flat_map(|one| &one.audience_restrictions).flatten().map(String::as_str)
    }

    /// Whether anything says that this response is meant for AWS. The rules of AWS are no rules for others.
    #[must_use]
    pub fn is_for_aws(&self) -> bool {
        let is_endpoint = |url: &str| Endpoint::parse(url).is_ok();
        self.endpoint.is_some()
            || !self.claims.grants.is_empty()
            || self.attributes().any(|attribute| is_of_aws(&attribute.name))
            || self.recipients().any(is_endpoint)
            || self.response.destination.as_deref().is_some_and(is_endpoint)
            || self.audiences().any(endpoint::is_aws_audience)
    }

    /// The partition of the role in question, else of the first one, else of the sign-in host.
    fn partition(&self) -> Option<Partition> {
        let grant = self.grant.or(self.claims.grants.first());
        let of_role = grant.map(|grant| grant.role.partition());
        of_role.or(self.endpoint.map(|one| one.partition))
    }

    fn known(&self) -> Known<'a> {
        let grant = self.grant.or(self.claims.grants.first());
        let recipient = self.recipients().find(|url| Endpoint::parse(url).is_ok());
        Known {
            grant,
            recipient,
            partition: self.partition(),
            tags: !self.claims.principal_tags.is_empty(),
            source_identity: self.claims.source_identity.is_some(),
        }
    }
}

/// Whether a name is under the prefix of AWS, or under the one that the documentation of the China regions has.
fn is_of_aws(name: &str) -> bool {
    name.starts_with(PREFIX) || name.starts_with(crate::aws::CHINA_PREFIX)
}

/// Everything there is to say about a sign-in but its signatures, in the order found; [`worst_first`] sorts it.
#[must_use]
pub fn audit(seen: &Seen<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    facts::add(seen, &mut found);
    trust::size(seen, &mut found);
    if seen.is_for_aws() {
        subject::add(seen, &mut found);
        endpoint::add(seen, &mut found);
        roles::add(seen, &mut found);
        session::add(seen, &mut found);
    }
    trust::add(seen, &mut found);
    times::add(seen, &mut found);
    authentication::add(seen, &mut found);
    fill(seen, &mut found);
    found
}

/// What can be said while the sign-in is young and nothing is in question but whether AWS will take it: no notes but those that the
/// rooms to the left made, and nothing of the clock, which a screen that stays open watches by itself.
#[must_use]
pub fn pre_flight(seen: &Seen<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    facts::add(seen, &mut found);
    let mut more = Vec::new();
    trust::size(seen, &mut more);
    trust::written(seen, &mut more);
    if seen.is_for_aws() {
        subject::add(seen, &mut more);
        endpoint::add(seen, &mut more);
        session::add(seen, &mut more);
        times::written(seen, &mut more);
    }
    found.extend(more.into_iter().filter(|finding| finding.severity > Severity::Note));
    found
}

/// Fills in what there is to copy.
pub fn fill(seen: &Seen<'_>, found: &mut [Finding]) {
    fill_from(seen.known(), found);
}

/// Fills in what there is to copy where only a role is known, or not even that.
pub fn fill_for(grant: Option<&RoleGrant>, found: &mut [Finding]) {
    let partition = grant.map(|grant| grant.role.partition());
    fill_from(Known { grant, partition, ..Known::default() }, found);
}

fn fill_from(known: Known<'_>, found: &mut [Finding]) {
    for finding in found.iter_mut().filter(|finding| finding.command.is_none()) {
        finding.command = finding.rule().and_then(|rule| rule.recipe).map(|recipe| recipe.fill(known));
    }
}

/// Sorts findings; those of one severity stay in the order found.
pub fn worst_first(found: &mut [Finding]) {
    found.sort_by_key(|finding| Reverse(finding.severity));
}
