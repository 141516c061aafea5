//! What was typed to a [`Plan`] of which every part is known to be something that AWS takes; else a [`Problem`] for each field.

use crate::audit::{Product, audience};
use crate::aws::{AccountId, ProviderArn, RoleArn};
use crate::partition::Partition;
use crate::policy::{self, Audience, Require, Wish};

/// What was typed, as it was typed. Empty is not typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// `entra`, `okta`, `adfs`, `google`, `ping`, `keycloak` or `other`.
    pub product: String,
    /// The partition's id, such as `aws`.
    pub partition: String,
    /// Twelve digits, with or without spaces and hyphens.
    pub account: String,
    /// The name of the SAML provider in IAM.
    pub provider: String,
    /// The role's name, with its path where it has one: `team/Developer`.
    pub role: String,
    /// Regions whose sign-in endpoint is to work too.
    pub regions: Vec<String>,
    /// Seconds of a session.
    pub duration: String,
    /// Which of several AWS applications of one Entra tenant this is, from 1.
    pub instance: String,
    /// Session tags: key, and the attribute that they are made from.
    pub tags: Vec<(String, String)>,
    /// Whether the tag that says that a second factor was used is wanted.
    pub mfa: bool,
    /// Whether a source identity is wanted.
    pub source_identity: bool,
}

/// What someone wants, all of which AWS takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The identity provider.
    pub product: Product,
    /// The role; its partition and account are those of the plan.
    pub role: RoleArn,
    /// The SAML provider, in the same account.
    pub provider: ProviderArn,
    /// Regions whose sign-in endpoint is to work beside the partition's own, in the partition's order.
    pub regions: Vec<&'static str>,
    /// Seconds of a session, 900 to 43,200; none to leave it to AWS.
    pub duration: Option<u32>,
    /// Which of several AWS applications of one Entra tenant this is, from 1.
    pub instance: Option<u32>,
    /// Session tags.
    pub tags: Vec<Tag>,
    /// Whether the tag [`MFA_TAG`] is sent and required.
    pub mfa: bool,
    /// Whether a source identity is sent.
    pub source_identity: bool,
}

/// A session tag that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its key, at most 128 characters.
    pub key: String,
    /// The identity provider's attribute that its value is made from; empty when that was not said.
    pub source: String,
}

/// A field that cannot be as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name, as in [`Draft`].
    pub field: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// What was typed, for its placeholder.
    pub args: Vec<String>,
}

impl Plan {
    /// Reads what was typed.
    ///
    /// # Errors
    ///
    /// A problem for each field that cannot be so, in the order of the page.
    pub fn parse(draft: &Draft) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut refuse = |field, code, typed: &str| {
            problems.push(Problem { field, code, args: vec![crate::audit::excerpt(typed)] });
        };
        let product = product_of(&draft.product);
        if product.is_none() {
            refuse("product", "setup.no_product", &draft.product);
        }
        let partition = Partition::from_arn_field(&draft.partition);
        if partition.is_none() {
            refuse("partition", "setup.no_partition", &draft.partition);
        }
        let account: String = draft.account.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
        if AccountId::parse(&account).is_none() {
            refuse("account", "setup.bad_account", &draft.account);
        }
        let provider = draft.provider.trim();
        let role = draft.role.trim().trim_start_matches('/');
        // An account that is no account is said above, and not once more of the names.
        let known = AccountId::parse(&account).map_or("000000000000", AccountId::as_str);
        let arn = |resource: &str, name: &str| {
            ["arn:", partition.unwrap_or(Partition::Aws).id(), ":iam::", known, resource, name].concat()
        };
        let provider_arn = ProviderArn::parse(&arn(":saml-provider/", provider)).ok();
        if provider_arn.is_none() {
            refuse("provider", "setup.bad_provider", provider);
        }
        let role_arn = RoleArn::parse(&arn(":role/", role)).ok();
        if role_arn.is_none() {
            refuse("role", "setup.bad_role", role);
        }
        if is_reserved(role) {
            refuse("role", "setup.reserved_role", role);
        }
        let mut regions = Vec::new();
        for typed in &draft.regions {
            match partition.and_then(|partition| partition.region(typed)) {
                Some(region) if regions.contains(&region) => {}
                Some(region) => regions.push(region),
                None if partition.is_none() => {}
                None => refuse("regions", "setup.bad_region", typed),
            }
        }
        if let Some(partition) = partition {
            regions.sort_by_key(|region| partition.regions().iter().position(|known| known == region));
        }
        let duration = number(&draft.duration, 900, 43_200);
        if duration.is_none() {
            refuse("duration", "setup.bad_duration", &draft.duration);
        }
        let instance = number(&draft.instance, 1, 9_999);
        if instance.is_none() {
            refuse("instance", "setup.bad_instance", &draft.instance);
        }
        let mut tags: Vec<Tag> = Vec::new();
        for (key, source) in &draft.tags {
            let (key, source) = (key.trim(), source.trim());
            if key.is_empty() && source.is_empty() {
                continue;
            }
            let is_twice = |tag: &Tag| tag.key.to_lowercase() == key.to_lowercase();
            if !is_tag_key(key) {
                refuse("tags", "setup.bad_tag", key);
            } else if tags.iter().any(is_twice) || draft.mfa && key.eq_ignore_ascii_case(MFA_TAG.0) {
                refuse("tags", "setup.repeated_tag", key);
            } else {
                tags.push(Tag {
                    key: key.to_owned(),
                    source: source.chars().take(MAX_SOURCE_CHARS).collect(),
                });
            }
        }
        if tags.len() > MAX_TAGS.saturating_sub(usize::from(draft.mfa)) {
            refuse("tags", "setup.too_many_tags", &tags.len().to_string());
        }
        match (problems.is_empty(), product, role_arn, provider_arn) {
            (true, Some(product), Some(role), Some(provider)) => Ok(Self {
                product,
                role,
                provider,
                regions,
                duration: duration.flatten(),
                instance: instance.flatten().filter(|_| product == Product::Entra),
                tags,
                mfa: draft.mfa,
                source_identity: draft.source_identity,
            }),
            _ => Err(problems),
        }
    }

    /// The partition of everything in the plan.
    #[must_use]
    pub fn partition(&self) -> Partition {
        self.role.partition()
    }

    /// Where responses are posted to: the partition's own endpoint, then those of the regions.
    #[must_use]
    pub fn urls(&self) -> Vec<String> {
        policy::acs_urls(self.partition(), &self.all_regions(), None)
    }

    /// The first of them.
    #[must_use]
    pub fn url(&self) -> String {
        self.urls().into_iter().next().unwrap_or_default()
    }

    fn all_regions(&self) -> Vec<&'static str> {
        let own = self.partition().default_region();
        let mut regions = vec![own];
        regions.extend(self.regions.iter().filter(|region| **region != own));
        regions
    }

    /// The address of AWS's own metadata, from which some identity providers fill in the rest (IAM User Guide, "Configure your
    /// SAML 2.0 IdP with relying party trust and adding claims").
    #[must_use]
    pub fn service_metadata(&self) -> String {
        let url = self.url();
        [url.strip_suffix("/saml").unwrap_or(&url), "/static/saml-metadata.xml"].concat()
    }

    /// What the identity provider is told that AWS is called, as it is to be typed. The gallery application of Entra ID and that of
    /// Google have the sign-in URL for it; Entra takes `#` and a number behind it off again before it sends it (entra-docs,
    /// "amazon-web-service-tutorial").
    #[must_use]
    pub fn identifier(&self) -> String {
        let partition = self.partition();
        match (self.product, partition, self.instance) {
            (Product::Entra, Partition::Aws, Some(number)) => {
                [&self.url(), "#", &number.to_string()].concat()
            }
            (Product::Entra | Product::Google, Partition::Aws, _) => self.url(),
            _ => audience(partition).to_owned(),
        }
    }

    /// The audiences that AWS takes in this partition: its URN, and its sign-in URLs. The first is the one that this plan sends.
    #[must_use]
    pub fn audiences(&self) -> Vec<String> {
        let identifier = self.identifier();
        let own = identifier.split('#').next().unwrap_or_default().to_owned();
        let mut all = vec![own];
        for other in [audience(self.partition()).to_owned(), "urn:amazon:webservices".to_owned()]
            .into_iter()
            .chain(self.urls())
        {
            let is_other_partition =
                other == "urn:amazon:webservices" && self.partition() == Partition::AwsUsGov;
            if !is_other_partition && !all.contains(&other) {
                all.push(other);
            }
        }
        all
    }

    /// The value of the `Role` attribute.
    #[must_use]
    pub fn role_value(&self) -> String {
        [self.role.as_str(), ",", self.provider.as_str()].concat()
    }

    /// The least trust policy that the plan needs, as something to generate.
    #[must_use]
    pub fn wish(&self) -> Wish {
        let regions = self.all_regions();
        let audience = if regions.len() == self.partition().regions().len() {
            Audience::All
        } else {
            Audience::Regions(regions.into_iter().map(str::to_owned).collect())
        };
        let (key, value) = MFA_TAG;
        let require = Require::Tag { key: key.to_owned(), values: vec![value.to_owned()] };
        Wish {
            role: self.role.clone(),
            provider: self.provider.clone(),
            audience,
            encrypted_id: None,
            require: self.mfa.then_some(require).into_iter().collect(),
            tag_keys: self.tags.iter().map(|tag| tag.key.clone()).collect(),
            transitive_tag_keys: Vec::new(),
            source_identity: self.source_identity,
        }
    }
}

/// The product of this name in [`Draft`].
#[must_use]
pub fn product_of(id: &str) -> Option<Product> {
    Product::ALL.into_iter().find(|product| product_id(*product) == id)
}

/// The name of a product in [`Draft`].
#[must_use]
pub fn product_id(product: Product) -> &'static str {
    match product {
        Product::Entra => "entra",
        Product::Okta => "okta",
        Product::AdFs => "adfs",
        Product::Google => "google",
        Product::Ping => "ping",
        Product::Keycloak => "keycloak",
        Product::Generic => "other",
    }
}

/// A whole number in these bounds, or that nothing was typed; none where it is neither.
fn number(typed: &str, least: u32, most: u32) -> Option<Option<u32>> {
    match typed.trim() {
        "" => Some(None),
        typed => typed.parse().ok().filter(|number| (least..=most).contains(number)).map(Some),
    }
}

/// STS refuses SAML sign-ins to the roles of IAM Identity Center.
fn is_reserved(role: &str) -> bool {
    role.starts_with("aws-reserved/")
        || role.rsplit('/').next().is_some_and(|name| name.starts_with("AWSReservedSSO_"))
}

/// STS API, `tagKeyType`; `aws:` is AWS's own (IAM User Guide, "Rules for tagging").
fn is_tag_key(key: &str) -> bool {
    let is_allowed = |c: char| c.is_alphanumeric() || "_.:/=+-@ ".contains(c);
    (1..=128).contains(&key.chars().count())
        && key.chars().all(is_allowed)
        && !key.to_lowercase().starts_with("aws:")
}

/// Key and value of the session tag that says that a second factor was used. AWS has no condition key for it at a SAML sign-in.
pub(super) const MFA_TAG: (&str, &str) = ("MFA", "true");

/// Session tags of one session (STS API, `AssumeRoleWithSAML`).
pub(super) const MAX_TAGS: usize = 50;

/// Characters of the name of an attribute or of an expression that are kept.
const MAX_SOURCE_CHARS: usize = 256;
