//! A [`Wish`] to the least trust policy that grants it, as JSON and in the languages that people keep roles in. Refused is a wish
//! that no policy can grant.

use serde::Serialize;

use super::check::parse;
use super::context::Facts;
use super::deliver::{Statement, cloud_formation, command, terraform, terraform_document};
use super::fact::{Fact, cut};
use super::write::{Tree, json};
use crate::aws::{ProviderArn, RoleArn};
use crate::octets::holds;
use crate::partition::Partition;

/// Who is to be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The role.
    pub role: RoleArn,
    /// The provider that vouches for people; of the role's account.
    pub provider: ProviderArn,
    /// The sign-in endpoints that are accepted.
    pub audience: Audience,
    /// The provider's id in `/saml/acs/ID`, where encrypted assertions are sent; those URLs are accepted too.
    pub encrypted_id: Option<String>,
    /// What has to be so besides. All of them.
    pub require: Vec<Require>,
    /// Keys of the session tags that sign-ins may send; with one at least they may send tags, and only these.
    pub tag_keys: Vec<String>,
    /// Keys of those tags that may be transitive; empty for no bound on that.
    pub transitive_tag_keys: Vec<String>,
    /// Whether sign-ins send a source identity.
    pub source_identity: bool,
}

/// The sign-in endpoints that are accepted as `SAML:aud`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Those of all regions, one by one: AWS advises several for failover. In `aws` that alone fills IAM's default quota, and with an
    /// [`Wish::encrypted_id`] or more conditions it is past it.
    All,
    /// Those of these regions.
    Regions(Vec<String>),
    /// The one without a region, and a wildcard for all with one. AWS itself checks that the recipient is one of its endpoints.
    Pattern,
}

/// A condition beside provider and audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Require {
    /// A session tag with one of these values. `*` and `?`, which no tag's value holds, are wildcards. MFA goes this way: AWS has no
    /// key for it at a SAML sign-in, so the identity provider sends a tag that says so.
    Tag {
        /// The tag's key.
        key: String,
        /// The values of which one has to be there.
        values: Vec<String>,
    },
    /// One of these subjects, the text of `NameID`, exactly.
    Subject(Vec<String>),
    /// One of these source identities; `*` and `?` are wildcards.
    SourceIdentity(Vec<String>),
}

/// Why no policy grants a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WishError {
    /// Role and provider are not of one account and partition.
    OtherAccount,
    /// A region that the partition does not have.
    Region(String),
    /// Not one region.
    NoRegion,
    /// An id that is not letters A-Z and digits.
    EncryptedId(String),
    /// A key that no session tag has: empty, longer than 128 characters, or with other characters than IAM takes.
    TagKey(String),
    /// A key or condition that is asked for twice.
    Repeated(String),
    /// A condition without values.
    NoValues(String),
}

impl WishError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OtherAccount => "policy.wish_other_account",
            Self::Region(_) => "policy.wish_region",
            Self::NoRegion => "policy.wish_no_region",
            Self::EncryptedId(_) => "policy.wish_encrypted_id",
            Self::TagKey(_) => "policy.wish_tag_key",
            Self::Repeated(_) => "policy.wish_repeated",
            Self::NoValues(_) => "policy.wish_no_values",
        }
    }

    /// The values of its placeholders.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::OtherAccount | Self::NoRegion => Vec::new(),
            Self::Region(text)
            | Self::EncryptedId(text)
            | Self::TagKey(text)
            | Self::Repeated(text)
            | Self::NoValues(text) => vec![cut(text)],
        }
    }
}

/// A policy, written for whoever keeps the role. Each text ends with a line feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Generated {
    /// The policy as JSON.
    pub json: String,
    /// An AWS CLI command for a POSIX shell that gives it to the role that exists.
    pub cli_update: String,
    /// The same that makes the role with it.
    pub cli_create: String,
    /// A CloudFormation template of the role, YAML; null where a value would be taken for a dynamic reference.
    pub cloud_formation: Option<String>,
    /// Terraform, with `jsonencode`.
    pub terraform: String,
    /// Terraform, with an `aws_iam_policy_document`.
    pub terraform_document: String,
    /// Characters as IAM counts them: without white space.
    pub characters: usize,
    /// What is to be said about it, as about any policy: above all that it is longer than IAM takes.
    pub facts: Vec<Fact>,
}

impl Wish {
    /// What one sign-in needs: all endpoints of the partition, and the tags and source identity that it sends.
    #[must_use]
    pub fn of(facts: &Facts, role: RoleArn, provider: ProviderArn) -> Self {
        Self {
            role,
            provider,
            audience: Audience::All,
            encrypted_id: None,
            require: Vec::new(),
            tag_keys: facts.principal_tags.iter().map(|(key, _)| key.clone()).collect(),
            transitive_tag_keys: facts.transitive_tag_keys.clone(),
            source_identity: facts.source_identity.is_some(),
        }
    }
}

/// The least policy that grants the wish.
///
/// # Errors
///
/// When no policy can; [`WishError`] says why.
pub fn generate(wish: &Wish) -> Result<Generated, WishError> {
    refuse_impossible(wish)?;
    let statements = statements(wish)?;
    let policy = Tree::Map(vec![
        ("Version".to_owned(), Tree::text("2012-10-17")),
        ("Statement".to_owned(), Tree::List(statements.iter().map(Statement::tree).collect())),
    ]);
    let (mut compact, mut pretty) = (String::new(), String::new());
    json(&mut compact, &policy, None);
    json(&mut pretty, &policy, Some(0));
    pretty.push('\n');
    let facts = parse(&pretty).map_or_else(|facts| facts, |(_, facts)| facts);
    Ok(Generated {
        cli_update: command(wish, "update-assume-role-policy", "--policy-document", &compact),
        cli_create: command(wish, "create-role", "--assume-role-policy-document", &compact),
        cloud_formation: (!holds(&compact, "{{resolve:")).then(|| cloud_formation(wish, &policy)),
        terraform: terraform(wish, &policy),
        terraform_document: terraform_document(wish, &statements),
        characters: compact.chars().count(),
        json: pretty,
        facts,
    })
}

/// The URLs of these regions' sign-in endpoints, all of the partition's for none. The partition's default region has the host
/// without a region in it (AWS General Reference, "AWS Sign-In endpoints and quotas"), but for the European Sovereign Cloud,
/// whose hosts all name theirs.
#[must_use]
pub fn acs_urls(partition: Partition, regions: &[&str], encrypted_id: Option<&str>) -> Vec<String> {
    let host = partition.sign_in_hosts().first().copied().unwrap_or_default();
    let bare = partition.default_region();
    let regions = if regions.is_empty() { partition.regions() } else { regions };
    let mut urls = Vec::new();
    let first = regions.iter().filter(|region| **region == bare);
    for region in first.chain(regions.iter().filter(|region| **region != bare)) {
        let is_bare = *region == bare && partition != Partition::AwsEusc;
        let before = if is_bare { String::new() } else { [region, "."].concat() };
        urls.push(["https://", &before, host, "/saml"].concat());
    }
    with_encrypted(urls, encrypted_id)
}

fn with_encrypted(mut urls: Vec<String>, encrypted_id: Option<&str>) -> Vec<String> {
    if let Some(id) = encrypted_id {
        let encrypted: Vec<String> = urls.iter().map(|url| [url, "/acs/", id].concat()).collect();
        urls.extend(encrypted);
    }
    urls
}

fn refuse_impossible(wish: &Wish) -> Result<(), WishError> {
    let (role, provider) = (&wish.role, &wish.provider);
    if role.partition() != provider.partition() || role.account() != provider.account() {
        return Err(WishError::OtherAccount);
    }
    if let Some(id) = &wish.encrypted_id {
        let is_id =
            !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !is_id || id.len() > MAX_ENCRYPTED_ID_CHARS {
            return Err(WishError::EncryptedId(id.clone()));
        }
    }
    if let Audience::Regions(regions) = &wish.audience {
        if regions.is_empty() {
            return Err(WishError::NoRegion);
        }
        if let Some(other) = regions.iter().find(|region| role.partition().region(region).is_none()) {
            return Err(WishError::Region(other.clone()));
        }
    }
    Ok(())
}

/// One statement for each action, each with the keys that AWS documents for it alone. Tags and source identity are set in the
/// course of `sts:AssumeRoleWithSAML` and of nothing else, so its conditions bound them too.
fn statements(wish: &Wish) -> Result<Vec<Statement<'_>>, WishError> {
    let provider = &wish.provider;
    let mut sign_in = vec![audience(wish)];
    let mut tag_keys: Vec<String> = Vec::new();
    let mut source_identities: Option<&Vec<String>> = None;
    let mut has_subject = false;
    for require in &wish.require {
        let (key, values) = match require {
            Require::Tag { key, values } => {
                add_tag_key(&mut tag_keys, key, true)?;
                (["aws:RequestTag/", key].concat(), values)
            }
            Require::Subject(_) if has_subject => return Err(WishError::Repeated("SAML:sub".to_owned())),
            Require::Subject(values) => {
                has_subject = true;
                ("SAML:sub".to_owned(), values)
            }
            Require::SourceIdentity(_) if source_identities.is_some() => {
                return Err(WishError::Repeated("sts:SourceIdentity".to_owned()));
            }
            Require::SourceIdentity(values) => {
                source_identities = Some(values);
                ("sts:SourceIdentity".to_owned(), values)
            }
        };
        if values.is_empty() {
            return Err(WishError::NoValues(key));
        }
        let is_pattern = !matches!(require, Require::Subject(_)) && values.iter().any(|value| is_wild(value));
        sign_in.push((if is_pattern { "StringLike" } else { "StringEquals" }, key, literal(values)));
    }
    for key in &wish.tag_keys {
        add_tag_key(&mut tag_keys, key, false)?;
    }
    for key in &wish.transitive_tag_keys {
        add_tag_key(&mut tag_keys, key, false)?;
    }
    let mut statements =
        vec![Statement { sid: "SignIn", provider, action: "sts:AssumeRoleWithSAML", conditions: sign_in }];
    if !tag_keys.is_empty() {
        let mut conditions =
            vec![("ForAllValues:StringEquals", "aws:TagKeys".to_owned(), literal(&tag_keys))];
        if !wish.transitive_tag_keys.is_empty() {
            let keys = literal(&wish.transitive_tag_keys);
            conditions.push(("ForAllValues:StringEquals", "sts:TransitiveTagKeys".to_owned(), keys));
        }
        statements.push(Statement { sid: "SessionTags", provider, action: "sts:TagSession", conditions });
    }
    if wish.source_identity || source_identities.is_some() {
        let is_bound = |(_, key, _): &&(&str, String, Vec<String>)| key == "sts:SourceIdentity";
        let first = statements.first().map(|sign_in| sign_in.conditions.as_slice()).unwrap_or_default();
        let conditions = first.iter().filter(is_bound).cloned().collect();
        let action = "sts:SetSourceIdentity";
        statements.push(Statement { sid: "SourceIdentity", provider, action, conditions });
    }
    Ok(statements)
}

fn audience(wish: &Wish) -> (&'static str, String, Vec<String>) {
    let partition = wish.provider.partition();
    let encrypted_id = wish.encrypted_id.as_deref();
    let key = "SAML:aud".to_owned();
    match &wish.audience {
        Audience::All => ("StringEquals", key, acs_urls(partition, &[], encrypted_id)),
        Audience::Regions(regions) => {
            let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
            ("StringEquals", key, acs_urls(partition, &regions, encrypted_id))
        }
        Audience::Pattern => {
            let host = partition.sign_in_hosts().first().copied().unwrap_or_default();
            let urls = ["", "*."].map(|before| ["https://", before, host, "/saml"].concat());
            ("StringLike", key, with_encrypted(urls.to_vec(), encrypted_id))
        }
    }
}

/// Adds a key unless it is there in either case; tag keys are the same in both (IAM User Guide, "Rules for tagging").
fn add_tag_key(keys: &mut Vec<String>, key: &str, once: bool) -> Result<(), WishError> {
    let is_allowed = |c: char| c.is_alphanumeric() || "_.:/=+-@ ".contains(c);
    if key.is_empty() || key.chars().count() > MAX_TAG_KEY_CHARS || !key.chars().all(is_allowed) {
        return Err(WishError::TagKey(key.to_owned()));
    }
    let lower = key.to_lowercase();
    let is_there = keys.iter().any(|known| known.to_lowercase() == lower);
    if is_there && once {
        return Err(WishError::Repeated(key.to_owned()));
    }
    if !is_there {
        keys.push(key.to_owned());
    }
    Ok(())
}

fn is_wild(value: &str) -> bool {
    value.contains(['*', '?'])
}

/// Values in which nothing is a policy variable: `${$}` is a dollar sign.
fn literal(values: &[String]) -> Vec<String> {
    values.iter().map(|value| value.replace("${", "${$}{")).collect()
}

/// IAM API, `SAMLProviderUUID`.
const MAX_ENCRYPTED_ID_CHARS: usize = 64;

/// STS API, `tagKeyType`.
const MAX_TAG_KEY_CHARS: usize = 128;
