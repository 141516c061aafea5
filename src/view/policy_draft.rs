//! What the trust policy page begins with, told by the sign-in: what has to be hashed, which regions there are, what the policy
//! that is to be written may ask for. And the written policy, as the page shows it.

use serde::Serialize;

use super::Failure;
use super::policy::PolicyFact;
use super::policy_places::Places;
use crate::aws::{self, ProviderArn, RoleArn};
use crate::capture::{Acs, Endpoint};
use crate::policy::{DEFAULT_QUOTA, Facts, Generated, Wish, WishError, name_qualifier_text};
use crate::saml::{Document, Response, SamlError};
use crate::sts;
use crate::time::UnixTime;

/// What a sign-in tells the page about a role of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicyDraft {
    /// The text whose SHA-1 is `SAML:namequalifier`; the host computes that. Null without an issuer.
    pub name_qualifier: Option<String>,
    /// The partition of the role: `aws`, `aws-us-gov` ...
    pub partition: &'static str,
    /// Its regions.
    pub regions: Vec<&'static str>,
    /// The region whose STS endpoint is asked.
    pub region: &'static str,
    /// The region of the sign-in endpoint that the response was made for.
    pub sign_in_region: Option<&'static str>,
    /// `ID` of `/saml/acs/ID`, where the response was made for such an endpoint.
    pub encrypted_id: Option<String>,
    /// The session tags: key and value.
    pub tags: Vec<(String, String)>,
    /// `TransitiveTagKeys`.
    pub transitive_tag_keys: Vec<String>,
    /// `NameID`.
    pub subject: Option<String>,
    /// `SourceIdentity`.
    pub source_identity: Option<String>,
    /// Whether the assertion is encrypted, so that none of it is known.
    pub encrypted: bool,
}

/// A policy that was written, for whoever keeps the role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WrittenPolicy {
    /// The policy as JSON.
    pub json: String,
    /// An AWS CLI command that gives it to the role.
    pub cli_update: String,
    /// One that makes the role with it.
    pub cli_create: String,
    /// A CloudFormation template; null where a value would be taken for a dynamic reference.
    pub cloud_formation: Option<String>,
    /// Terraform, with `jsonencode`.
    pub terraform: String,
    /// Terraform, with a policy document.
    pub terraform_document: String,
    /// Characters as IAM counts them.
    pub characters: usize,
    /// How many of them IAM takes by default.
    pub quota: usize,
    /// What is to be said about it.
    pub facts: Vec<PolicyFact>,
}

/// What a response says that a trust policy can ask for.
///
/// # Errors
///
/// When the text is no SAML response.
pub fn facts_of(xml: &str) -> Result<Facts, SamlError> {
    let response = Response::from_document(&Document::parse(xml)?, Vec::new())?;
    Ok(Facts::of(&response, &aws::read(&response)))
}

/// Why two texts are no role and provider. Each holds the text, cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairError {
    /// The first is no ARN of a role.
    Role(String),
    /// The second is no ARN of a SAML provider.
    Provider(String),
}

/// The pair of ARNs, as they were chosen or typed.
///
/// # Errors
///
/// When one of them is no ARN of its kind.
pub fn pair(role: &str, provider: &str) -> Result<(RoleArn, ProviderArn), PairError> {
    let (role, provider) = (role.trim(), provider.trim());
    let cut = |text: &str| text.chars().take(MAX_ARN_CHARS).collect();
    let role = RoleArn::parse(role).map_err(|_| PairError::Role(cut(role)))?;
    let provider = ProviderArn::parse(provider).map_err(|_| PairError::Provider(cut(provider)))?;
    Ok((role, provider))
}

impl PolicyDraft {
    /// For this role of this provider. `preferred` is the person's region for the role's partition.
    #[must_use]
    pub fn of(facts: &Facts, role: &RoleArn, provider: &ProviderArn, preferred: Option<&str>) -> Self {
        let partition = role.partition();
        let endpoint = facts.recipients.first().and_then(|url| Endpoint::parse(url).ok());
        let sign_in = endpoint.as_ref().and_then(|endpoint| endpoint.region.as_deref());
        let encrypted_id = endpoint.as_ref().and_then(|endpoint| match &endpoint.kind {
            Acs::Encrypted { provider_id } => Some(provider_id.clone()),
            Acs::Plain => None,
        });
        let wish = Wish::of(facts, role.clone(), provider.clone());
        Self {
            name_qualifier: facts.issuer.as_deref().map(|issuer| name_qualifier_text(issuer, provider)),
            partition: partition.id(),
            regions: partition.regions().to_vec(),
            region: sts::choose_region(sign_in, preferred, partition),
            sign_in_region: sign_in.and_then(|region| partition.region(region)),
            encrypted_id,
            tags: facts.principal_tags.clone(),
            transitive_tag_keys: wish.transitive_tag_keys,
            subject: facts.name_id.clone(),
            source_identity: facts.source_identity.clone(),
            encrypted: facts.encrypted,
        }
    }
}

/// The facts with what the host adds to them: the digest of [`PolicyDraft::name_qualifier`], the moment, the region.
#[must_use]
pub fn at_sign_in(facts: Facts, digest: Option<Vec<u8>>, now: UnixTime, region: &str) -> Facts {
    Facts { name_qualifier_digest: digest, now: Some(now), region: Some(region.to_owned()), ..facts }
}

impl WrittenPolicy {
    /// With the words for what is to be said about it.
    #[must_use]
    pub fn of(generated: Generated) -> Self {
        let mut places = Places::of(&generated.json);
        Self {
            facts: generated.facts.iter().map(|fact| PolicyFact::of(fact, &mut places)).collect(),
            json: generated.json,
            cli_update: generated.cli_update,
            cli_create: generated.cli_create,
            cloud_formation: generated.cloud_formation,
            terraform: generated.terraform,
            terraform_document: generated.terraform_document,
            characters: generated.characters,
            quota: DEFAULT_QUOTA,
        }
    }
}

impl From<&PairError> for Failure {
    fn from(error: &PairError) -> Self {
        match error {
            PairError::Role(text) => Self::new("policy.not_a_role", vec![text.clone()]),
            PairError::Provider(text) => Self::new("policy.not_a_provider", vec![text.clone()]),
        }
    }
}

impl From<&WishError> for Failure {
    fn from(error: &WishError) -> Self {
        Self::new(error.code(), error.args())
    }
}

/// Characters of a mistyped ARN that are shown.
const MAX_ARN_CHARS: usize = 200;
