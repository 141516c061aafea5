//! What there is to copy about a finding: a command of the AWS CLI, a trust policy, or a value, with what is known of the sign-in in
//! its placeholders.

use crate::aws::RoleGrant;
use crate::capture::Endpoint;
use crate::partition::Partition;
use crate::policy::acs_urls;

/// A kind of text to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// Uploads metadata to the SAML provider.
    UpdateProvider,
    /// Makes a SAML provider from metadata.
    CreateProvider,
    /// Shows the SAML provider with its metadata.
    GetProvider,
    /// Shows the role with its trust policy.
    GetRole,
    /// Lets the role's sessions last twelve hours.
    MaxDuration,
    /// A trust policy that takes this sign-in, with what it carries, and the global one.
    Trust,
    /// The same, for responses with session tags, whether this one has any or not.
    TrustTags,
    /// The same, for responses with a source identity, whether this one has it or not.
    TrustSource,
    /// The same, for responses whose session tag says that a second factor was used.
    TrustMfa,
    /// A value of the `Role` attribute.
    RoleValue,
    /// The audience of the partition.
    Audience,
    /// The sign-in URL of the partition.
    ReplyUrl,
    /// The sign-in of the AWS CLI for IAM Identity Center.
    SsoLogin,
}

/// A text to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// `shell`, `json` or `text`.
    pub language: &'static str,
    /// The text.
    pub text: String,
}

/// What is known of the sign-in for the placeholders.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'a> {
    /// The role in question, else the first.
    pub(super) grant: Option<&'a RoleGrant>,
    /// Where the response is for: the first `Recipient` that is AWS's.
    pub(super) recipient: Option<&'a str>,
    /// The partition of the role, else of the sign-in host.
    pub(super) partition: Option<Partition>,
    /// Whether it carries session tags.
    pub(super) tags: bool,
    /// Whether it carries a source identity.
    pub(super) source_identity: bool,
}

impl Recipe {
    /// The text for this sign-in.
    pub(super) fn fill(self, known: Known<'_>) -> Command {
        let partition = known.partition.unwrap_or(Partition::Aws);
        let provider = known.provider(partition);
        let role = known.grant.map_or("ROLE", |grant| grant.role.name());
        match self {
            Self::UpdateProvider => iam(
                partition,
                &[
                    "update-saml-provider --saml-provider-arn ",
                    &provider,
                    " --saml-metadata-document file://metadata.xml",
                ],
            ),
            Self::CreateProvider => iam(
                partition,
                &["create-saml-provider --name PROVIDER --saml-metadata-document file://metadata.xml"],
            ),
            Self::GetProvider => iam(partition, &["get-saml-provider --saml-provider-arn ", &provider]),
            Self::GetRole => iam(partition, &["get-role --role-name ", role]),
            Self::MaxDuration => {
                iam(partition, &["update-role --role-name ", role, " --max-session-duration 43200"])
            }
            Self::Trust | Self::TrustTags | Self::TrustSource | Self::TrustMfa => {
                self.trust(known, &provider, partition)
            }
            Self::RoleValue => {
                let role = known.grant.map(|grant| grant.role.to_string());
                let role = role.unwrap_or_else(|| arn(partition, "role/ROLE"));
                Command { language: "text", text: [&role, ",", &provider].concat() }
            }
            Self::Audience => text(audience(partition)),
            Self::ReplyUrl => Command { language: "text", text: sign_in_url(partition) },
            Self::SsoLogin => Command { language: "shell", text: "aws sso login".to_owned() },
        }
    }

    /// A policy that mends one thing allows all that this sign-in carries: it takes the place of the one that is there.
    fn trust(self, known: Known<'_>, provider: &str, partition: Partition) -> Command {
        let mut actions = Vec::new();
        if known.tags || matches!(self, Self::TrustTags | Self::TrustMfa) {
            actions.push("sts:TagSession");
        }
        if known.source_identity || self == Self::TrustSource {
            actions.push("sts:SetSourceIdentity");
        }
        let tag = (self == Self::TrustMfa).then_some(MFA_TAG);
        trust(provider, &actions, tag, &known.audiences(partition))
    }
}

impl Known<'_> {
    fn provider(&self, partition: Partition) -> String {
        // A pair across accounts or partitions is the fault itself, not something to copy.
        let grant = self.grant.filter(|grant| grant.is_of_one_account() && grant.is_of_one_partition());
        grant.map_or_else(|| arn(partition, "saml-provider/PROVIDER"), |grant| grant.provider.to_string())
    }

    /// The global sign-in URL, and the one of this sign-in.
    fn audiences(&self, partition: Partition) -> Vec<String> {
        let mut all = vec![sign_in_url(partition)];
        let own = self.recipient.filter(|url| {
            let is_plain = url.chars().all(|c| c.is_ascii_alphanumeric() || "-./:".contains(c));
            is_plain
                && *url != sign_in_url(partition)
                && Endpoint::parse(url).is_ok_and(|one| one.partition == partition)
        });
        all.extend(own.map(str::to_owned));
        all
    }
}

/// The audience that AWS looks for: the `entityID` of its own metadata (IAM User Guide, "Create a SAML 2.0 federation role"; GovCloud
/// User Guide, "IAM"). That of China is not documented; it is the relying party that identity providers have which read the metadata
/// there (aws-adfs, saml2aws `--aws-urn`, Keycloak). That of the European Sovereign Cloud is a guess.
#[must_use]
pub fn audience(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws | Partition::AwsEusc => "urn:amazon:webservices",
        Partition::AwsUsGov => "urn:amazon:webservices:govcloud",
        Partition::AwsCn => "urn:amazon:webservices:cn-north-1",
    }
}

/// The sign-in URL of a partition, without a region where that is the partition's own form.
fn sign_in_url(partition: Partition) -> String {
    acs_urls(partition, &[partition.default_region()], None).pop().unwrap_or_default()
}

/// An ARN to fill in.
fn arn(partition: Partition, resource: &str) -> String {
    ["arn:", partition.id(), ":iam::ACCOUNT:", resource].concat()
}

/// A command line that asks IAM. Names of roles and ARNs of providers hold no character that a shell reads (IAM API, `roleNameType`).
fn iam(partition: Partition, parts: &[&str]) -> Command {
    let mut text = ["aws iam ", &parts.concat()].concat();
    if let Some(region) = partition.cli_region() {
        text.push_str(" --region ");
        text.push_str(region);
    }
    Command { language: "shell", text }
}

fn text(text: &str) -> Command {
    Command { language: "text", text: text.to_owned() }
}

/// A trust policy. Nothing in it needs an escape: ARNs of providers and the URLs that are taken have no quote and no backslash.
fn trust(provider: &str, actions: &[&str], tag: Option<(&str, &str)>, audiences: &[String]) -> Command {
    let mut text = String::from(
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Principal\": {\"Federated\": \"",
    );
    text.push_str(provider);
    text.push_str("\"},\n      \"Action\": [\"sts:AssumeRoleWithSAML\"");
    for action in actions {
        text.push_str(", \"");
        text.push_str(action);
        text.push('"');
    }
    text.push_str("],\n      \"Condition\": {\"StringEquals\": {\"SAML:aud\": [");
    for (place, audience) in audiences.iter().enumerate() {
        text.push_str(if place > 0 { ", \"" } else { "\"" });
        text.push_str(audience);
        text.push('"');
    }
    text.push(']');
    if let Some((key, value)) = tag {
        text.push_str(", \"aws:RequestTag/");
        text.push_str(key);
        text.push_str("\": \"");
        text.push_str(value);
        text.push('"');
    }
    text.push_str("}}\n    }\n  ]\n}");
    Command { language: "json", text }
}

/// The session tag that says that a second factor was used.
const MFA_TAG: (&str, &str) = ("MFA", "true");
