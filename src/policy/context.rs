//! One sign-in to the values of its condition keys: what AWS would compare a policy's values with.

use rustc_hash::FxHashMap;

use super::keys::{self, CLAIMS, Presence};
use crate::aws::{AwsClaims, ProviderArn, RoleArn};
use crate::octets::base64;
use crate::saml::{Assertion, Response};
use crate::time::UnixTime;

/// What a sign-in says that a trust policy can ask for. Absent is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// `Issuer` of the assertion, else of the response.
    pub issuer: Option<String>,
    /// `Recipient` of each subject confirmation; AWS wants one.
    pub recipients: Vec<String>,
    /// The text of `NameID`.
    pub name_id: Option<String>,
    /// `Format` of `NameID`, a URI.
    pub name_id_format: Option<String>,
    /// Name and values of every attribute, in document order.
    pub attributes: Vec<(String, Vec<String>)>,
    /// `RoleSessionName`.
    pub session_name: Option<String>,
    /// Key and value of each `PrincipalTag`.
    pub principal_tags: Vec<(String, String)>,
    /// `TransitiveTagKeys`.
    pub transitive_tag_keys: Vec<String>,
    /// `SourceIdentity`.
    pub source_identity: Option<String>,
    /// Whether the assertion is encrypted, so that nothing of the above is known.
    pub encrypted: bool,
    /// SHA-1 of [`name_qualifier_text`], 20 bytes, by the host's cryptography; without it `SAML:namequalifier` is not known.
    pub name_qualifier_digest: Option<Vec<u8>>,
    /// The moment of the request; without it the time keys are not known.
    pub now: Option<UnixTime>,
    /// The region whose STS endpoint is asked; without it `aws:RequestedRegion` is not known.
    pub region: Option<String>,
}

impl Facts {
    /// What a response says. The digest, the moment and the region are for the caller to add.
    ///
    /// Of several assertions the first counts for who it is about: AWS takes a response with one.
    #[must_use]
    pub fn of(response: &Response, claims: &AwsClaims) -> Self {
        let first = response.assertions.first();
        let name_id = first.and_then(|assertion| assertion.name_id.as_ref());
        let issuer = first.and_then(|assertion| assertion.issuer.clone()).or_else(|| response.issuer.clone());
        let confirmations = first.map(|assertion| assertion.confirmations.as_slice()).unwrap_or_default();
        let attributes = response.assertions.iter().flat_map(|assertion: &Assertion| &assertion.attributes);
        Self {
            issuer,
            recipients: confirmations.iter().filter_map(|one| one.recipient.clone()).collect(),
            name_id: name_id.map(|name| name.value.clone()),
            name_id_format: name_id.and_then(|name| name.format.clone()),
            attributes: attributes
                .map(|one| (one.name.clone(), one.values.iter().map(|value| value.text.clone()).collect()))
                .collect(),
            session_name: claims.session_name.clone(),
            principal_tags: claims.principal_tags.clone(),
            transitive_tag_keys: claims.transitive_tag_keys.clone(),
            source_identity: claims.source_identity.clone(),
            encrypted: response.assertions.is_empty() && !response.encrypted.is_empty(),
            name_qualifier_digest: None,
            now: None,
            region: None,
        }
    }
}

/// The text whose SHA-1 in base64 is `SAML:namequalifier`: issuer, account and `/` with the provider's name, without anything
/// between (STS API Reference, `AssumeRoleWithSAML`, `NameQualifier`).
#[must_use]
pub fn name_qualifier_text(issuer: &str, provider: &ProviderArn) -> String {
    [issuer, provider.account().as_str(), "/", provider.name()].concat()
}

/// What is known of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known<'c> {
    /// It is there with these values; none is an empty list.
    Values(&'c [String]),
    /// It is not there; the code says why.
    Absent(&'static str),
    /// Only AWS knows; the code says why.
    Unknown(&'static str),
}

/// A key that is made of the sign-in: its values, or why they are not known.
type Made = Result<Vec<String>, &'static str>;

/// The keys of one request.
#[derive(Debug)]
pub(super) struct Context {
    keys: FxHashMap<String, Made>,
    encrypted: bool,
}

impl Context {
    pub(super) fn new(facts: &Facts, role: &RoleArn, provider: &ProviderArn) -> Self {
        let mut context = Self { keys: FxHashMap::default(), encrypted: facts.encrypted };
        context.one("saml:doc", Some([provider.account().as_str(), "/", provider.name()].concat()));
        context.one("aws:securetransport", Some("true".to_owned()));
        context.one("aws:resourceaccount", Some(role.account().as_str().to_owned()));
        let now = |text: fn(UnixTime) -> String| match facts.now {
            Some(now) => Ok(vec![text(now)]),
            None => Err("policy.unknown_clock"),
        };
        context.set("aws:currenttime", now(UnixTime::rfc3339));
        context.set("aws:epochtime", now(|now| now.seconds().to_string()));
        context.set(
            "aws:requestedregion",
            match &facts.region {
                Some(region) => Ok(vec![region.clone()]),
                None => Err("policy.unknown_region"),
            },
        );
        if !facts.encrypted {
            context.subject(facts);
            context.session(facts);
            context.claims(&facts.attributes);
        }
        context
    }

    /// What is known of a key, whatever the case of its name.
    pub(super) fn get(&self, key: &str) -> Known<'_> {
        let key = key.to_ascii_lowercase();
        match self.keys.get(&key) {
            Some(Ok(values)) => return Known::Values(values),
            Some(Err(why)) => return Known::Unknown(why),
            None => {}
        }
        match keys::presence(&key) {
            Some(Presence::Absent(why)) => Known::Absent(why),
            Some(Presence::Unknown(why)) => Known::Unknown(why),
            None if !keys::is_documented(&key) && key.starts_with("aws:") => {
                Known::Unknown("policy.unknown_key")
            }
            None if self.encrypted && is_of_assertion(&key) => Known::Unknown("policy.unknown_encrypted"),
            None if is_of_assertion(&key) => Known::Absent("policy.absent_not_sent"),
            None => Known::Absent("policy.absent_other_call"),
        }
    }

    fn subject(&mut self, facts: &Facts) {
        let mut recipients = facts.recipients.clone();
        recipients.dedup();
        match recipients.as_slice() {
            [] => {}
            [_] => self.set("saml:aud", Ok(recipients)),
            _ => self.set("saml:aud", Err("policy.unknown_several")),
        }
        self.one("saml:iss", facts.issuer.clone());
        self.one("saml:sub", facts.name_id.clone());
        if facts.name_id.is_some() {
            self.set(
                "saml:sub_type",
                match &facts.name_id_format {
                    // STS API Reference, `SubjectType`: the prefix of SAML 2.0 is left out, any other is kept.
                    Some(format) => Ok(vec![format.strip_prefix(FORMAT_PREFIX).unwrap_or(format).to_owned()]),
                    None => Err("policy.unknown_format"),
                },
            );
        }
        if facts.issuer.is_some() {
            self.set(
                "saml:namequalifier",
                match &facts.name_qualifier_digest {
                    Some(digest) => Ok(vec![base64(digest)]),
                    None => Err("policy.unknown_digest"),
                },
            );
        }
    }

    fn session(&mut self, facts: &Facts) {
        self.one("sts:rolesessionname", facts.session_name.clone());
        self.one("sts:sourceidentity", facts.source_identity.clone());
        for (key, value) in &facts.principal_tags {
            self.one(&format!("aws:requesttag/{}", key.to_ascii_lowercase()), Some(value.clone()));
        }
        if !facts.principal_tags.is_empty() {
            let tag_keys = facts.principal_tags.iter().map(|(key, _)| key.clone()).collect();
            self.set("aws:tagkeys", Ok(tag_keys));
        }
        if !facts.transitive_tag_keys.is_empty() {
            self.set("sts:transitivetagkeys", Ok(facts.transitive_tag_keys.clone()));
        }
    }

    /// "Include only one claim per AWS context key. If you include more than one, only one claim will be mapped": which one,
    /// AWS does not say.
    fn claims(&mut self, attributes: &[(String, Vec<String>)]) {
        for claim in &CLAIMS {
            let mut known: Option<Made> = None;
            for (name, values) in attributes {
                let found = if claim.names.contains(&name.as_str()) {
                    match values.as_slice() {
                        [_, _, ..] if !claim.list => Err("policy.unknown_several"),
                        values => Ok(values.to_vec()),
                    }
                } else if claim.lookalikes.iter().any(|other| other.eq_ignore_ascii_case(name)) {
                    Err("policy.unknown_claim_name")
                } else {
                    continue;
                };
                known = Some(match known.take() {
                    None => found,
                    // A claim of a documented name counts before one that only looks like it.
                    Some(before) if before == found => before,
                    Some(Err("policy.unknown_claim_name")) => found,
                    Some(before) if found == Err("policy.unknown_claim_name") => before,
                    Some(_) => Err("policy.unknown_several"),
                });
            }
            if let Some(known) = known {
                self.set(&["saml:", claim.key].concat(), known);
            }
        }
    }

    fn one(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.set(key, Ok(vec![value]));
        }
    }

    fn set(&mut self, key: &str, made: Made) {
        self.keys.insert(key.to_owned(), made);
    }
}

/// Whether the key, in lower case, is made of the assertion.
fn is_of_assertion(key: &str) -> bool {
    key.starts_with("saml:")
        || key.starts_with("aws:requesttag/")
        || matches!(
            key,
            "aws:tagkeys" | "sts:transitivetagkeys" | "sts:sourceidentity" | "sts:rolesessionname"
        )
}

const FORMAT_PREFIX: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
