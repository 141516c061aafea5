//! The attributes of a response to [`AwsClaims`]: what AWS would read from them, and what it would not.

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::{AwsAttribute, NameMatch, recognise};
use super::oddity::{ClaimOddity, excerpt};
use super::role::{GrantError, RoleGrant};
use super::values::{self, MAX_TAGS};
use crate::saml::{Attribute, Response};

/// What a response says to AWS, from all its plain assertions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsClaims {
    /// The pairs of role and provider, in document order, each once.
    pub grants: Vec<RoleGrant>,
    /// `RoleSessionName`, white space taken off; the first of several. Kept even where AWS would refuse it.
    pub session_name: Option<String>,
    /// `SessionDuration` in seconds, if it is one that AWS takes: the length of a console session.
    pub session_duration: Option<u32>,
    /// Key and value of each `PrincipalTag`, in document order; of several values the first.
    pub principal_tags: Vec<(String, String)>,
    /// `TransitiveTagKeys`: the tags that later sessions of a role chain keep.
    pub transitive_tag_keys: Vec<String>,
    /// `SourceIdentity`, white space taken off. Kept even where AWS would refuse it.
    pub source_identity: Option<String>,
    /// What was odd, each kind once or counted.
    pub oddities: Vec<ClaimOddity>,
}

impl AwsClaims {
    /// The grants of the role that AWS's own role page posts back as `roleIndex`, by equality of the whole ARN.
    /// More than one when several providers vouch for the role; none when the response does not grant it.
    pub fn chosen(&self, role_index: &str) -> impl Iterator<Item = &RoleGrant> {
        let chosen = super::RoleArn::parse(role_index).ok();
        self.grants.iter().filter(move |grant| chosen.as_ref() == Some(&grant.role))
    }
}

/// Reads the AWS attributes of every plain assertion.
#[must_use]
pub fn read(response: &Response) -> AwsClaims {
    let mut reading = Reading::default();
    for attribute in response.assertions.iter().flat_map(|assertion| &assertion.attributes) {
        reading.attribute(attribute);
    }
    reading.finish(!response.encrypted.is_empty() && response.assertions.is_empty())
}

/// What has been read so far. The sets keep a thousand roles or tags from being compared with each other.
#[derive(Default)]
struct Reading<'a> {
    claims: AwsClaims,
    /// The texts of role and provider: an ARN prints back as it was read, so equal texts are equal grants.
    seen_grants: FxHashSet<(&'a str, &'a str)>,
    /// Each tag's place in the claims, by its key in lower case.
    seen_tags: FxHashMap<String, usize>,
    seen_transitive: FxHashSet<String>,
    has_role: bool,
    malformed: Count,
    across_partitions: Count,
    across_accounts: Count,
    duplicates: usize,
    durations: Option<String>,
    china: bool,
}

/// How many, and the first of them.
#[derive(Default)]
struct Count {
    count: usize,
    first: String,
}

impl Count {
    fn add(&mut self, first: impl FnOnce() -> String) {
        if self.count == 0 {
            self.first = first();
        }
        self.count += 1;
    }
}

impl<'a> Reading<'a> {
    fn attribute(&mut self, attribute: &'a Attribute) {
        match recognise(&attribute.name) {
            NameMatch::Exact(known) => self.known(known, attribute),
            NameMatch::China(known) => {
                self.china = true;
                self.known(known, attribute);
            }
            NameMatch::NearMiss { expected } => {
                self.note(ClaimOddity::NearMiss { written: excerpt(&attribute.name), expected });
            }
            NameMatch::Unknown => {
                self.note(ClaimOddity::UnknownAttribute { written: excerpt(&attribute.name) });
            }
            NameMatch::Other => {
                let is_grant =
                    |text: &str| text.contains(":saml-provider/") && RoleGrant::parse(text).is_ok();
                if attribute.values.iter().any(|value| is_grant(&value.text)) {
                    self.note(ClaimOddity::MisnamedRole { written: excerpt(&attribute.name) });
                }
            }
        }
    }

    fn known(&mut self, known: AwsAttribute<'_>, attribute: &'a Attribute) {
        let short_name = known.short_name();
        match known {
            AwsAttribute::Role => {
                self.has_role = true;
                self.seen_grants.reserve(attribute.values.len());
                self.claims.grants.reserve(attribute.values.len());
                attribute.values.iter().for_each(|value| self.role(&value.text));
            }
            AwsAttribute::RoleSessionName => {
                for text in self.present(short_name, attribute) {
                    let mut kept = self.claims.session_name.take();
                    self.keep_one(short_name, &mut kept, text);
                    self.claims.session_name = kept;
                }
            }
            AwsAttribute::SessionDuration => {
                for text in self.present(short_name, attribute) {
                    let mut kept = self.durations.take();
                    self.keep_one(short_name, &mut kept, text);
                    self.durations = kept;
                }
            }
            AwsAttribute::SourceIdentity => {
                for text in self.present(short_name, attribute) {
                    let mut kept = self.claims.source_identity.take();
                    self.keep_one(short_name, &mut kept, text);
                    self.claims.source_identity = kept;
                }
            }
            AwsAttribute::PrincipalTag(key) => self.tag(key, attribute),
            AwsAttribute::TransitiveTagKeys => {
                for text in self.present(short_name, attribute) {
                    if self.seen_transitive.insert(text.to_owned()) {
                        self.claims.transitive_tag_keys.push(text.to_owned());
                    }
                }
            }
        }
    }

    fn role(&mut self, text: &'a str) {
        let (grant, texts) = match RoleGrant::read(text) {
            Ok(read) => read,
            Err(GrantError::Empty) => return,
            Err(_) => return self.malformed.add(|| excerpt(text.trim())),
        };
        if !self.seen_grants.insert(texts) {
            self.duplicates += 1;
            return;
        }
        if !grant.is_of_one_partition() {
            self.across_partitions.add(|| grant.role.to_string());
        } else if !grant.is_of_one_account() {
            self.across_accounts.add(|| grant.role.to_string());
        }
        self.claims.grants.push(grant);
    }

    fn tag(&mut self, key: &str, attribute: &Attribute) {
        let values = &attribute.values;
        let value = values.first().map(|value| value.text.trim()).unwrap_or_default();
        if values.iter().any(|other| other.text.trim() != value) {
            self.note(ClaimOddity::TagWithSeveralValues { key: excerpt(key) });
        }
        if !values::is_tag_key(key) || !values::is_tag_value(value) {
            self.note(ClaimOddity::InvalidTag { key: excerpt(key) });
        }
        let tags = &self.claims.principal_tags;
        if let Some(place) = self.seen_tags.get(&values::lower_case(key)) {
            // A second assertion often repeats the first one's tags; the same value again says nothing new.
            if tags.get(*place).is_none_or(|(kept, with)| kept != key || with != value) {
                self.note(ClaimOddity::RepeatedTag { key: excerpt(key) });
            }
            return;
        }
        self.seen_tags.insert(values::lower_case(key), tags.len());
        self.claims.principal_tags.push((key.to_owned(), value.to_owned()));
    }

    /// The values that hold something, white space taken off and said.
    fn present(&mut self, short_name: &'static str, attribute: &'a Attribute) -> Vec<&'a str> {
        let texts = attribute.values.iter().map(|value| value.text.as_str());
        let present: Vec<&str> = texts.filter(|text| !text.trim().is_empty()).collect();
        if present.iter().any(|text| text.trim() != *text) {
            self.note(ClaimOddity::SpacesAround { attribute: short_name });
        }
        present.into_iter().map(str::trim).collect()
    }

    /// Keeps the first value; another that differs is an oddity.
    fn keep_one(&mut self, short_name: &'static str, kept: &mut Option<String>, text: &str) {
        match kept {
            None => *kept = Some(text.to_owned()),
            Some(first) if first == text => {}
            Some(_) => self.note(ClaimOddity::SeveralValues { attribute: short_name }),
        }
    }

    fn note(&mut self, oddity: ClaimOddity) {
        let oddities = &mut self.claims.oddities;
        if oddities.len() < MAX_ODDITIES && !oddities.contains(&oddity) {
            oddities.push(oddity);
        }
    }

    fn finish(mut self, all_encrypted: bool) -> AwsClaims {
        if all_encrypted {
            self.note(ClaimOddity::RolesEncrypted);
            return self.claims;
        }
        let usable = self.claims.grants.len();
        let mut found = Vec::new();
        if !self.has_role {
            found.push(ClaimOddity::NoRole);
        } else if usable == 0 && self.malformed.count == 0 {
            found.push(ClaimOddity::EmptyRole);
        }
        let Count { count, first } = self.malformed;
        if count > 0 {
            found.push(ClaimOddity::MalformedRoles { count, first, usable });
        }
        let Count { count, first } = self.across_partitions;
        if count > 0 {
            found.push(ClaimOddity::PartitionMismatch { count, first });
        }
        let Count { count, first } = self.across_accounts;
        if count > 0 {
            found.push(ClaimOddity::AccountMismatch { count, first });
        }
        if self.duplicates > 0 {
            found.push(ClaimOddity::DuplicateRoles { count: self.duplicates });
        }
        if self.china {
            found.push(ClaimOddity::ChinaPrefix);
        }
        match &self.claims.session_name {
            // Without a role there is no use for a session, and one error is enough.
            None if self.has_role => found.push(ClaimOddity::NoSessionName),
            Some(name) if !values::is_session_name(name) => {
                found.push(ClaimOddity::InvalidSessionName { written: excerpt(name) });
            }
            _ => {}
        }
        if let Some(text) = &self.durations {
            self.claims.session_duration = values::session_duration(text);
            if self.claims.session_duration.is_none() {
                found.push(ClaimOddity::InvalidSessionDuration { written: excerpt(text) });
            }
        }
        if let Some(identity) =
            self.claims.source_identity.as_ref().filter(|text| !values::is_source_identity(text))
        {
            found.push(ClaimOddity::InvalidSourceIdentity { written: excerpt(identity) });
        }
        if self.claims.principal_tags.len() > MAX_TAGS {
            found.push(ClaimOddity::TooManyTags { count: self.claims.principal_tags.len() });
        }
        let untagged = self
            .claims
            .transitive_tag_keys
            .iter()
            .find(|key| !self.seen_tags.contains_key(&values::lower_case(key)));
        if let Some(key) = untagged {
            found.push(ClaimOddity::TransitiveKeyWithoutTag { key: excerpt(key) });
        }
        found.append(&mut self.claims.oddities);
        self.claims.oddities = found;
        self.claims
    }
}

/// Oddities of single names and tag keys that are kept. A screen with more than this is not read by anyone.
const MAX_ODDITIES: usize = 50;

#[cfg(test)]
#[path = "attributes_tests.rs"]
mod tests;
