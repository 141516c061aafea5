//! What there is to copy about a finding: a command of the AWS CLI, a trust policy, or a value, with what is known of the sign-in in
//! its placeholders.

use crate::aws::RoleGrant;
use crate::capture::Endpoint;
use crate::partition::Partition;

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
    /// A trust policy that takes this sign-in and the global one.
    Trust,
    /// The same, for responses with session tags.
    TrustTags,
    /// The same, for responses with a source identity.
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
}

impl Recipe {
    /// The text for this sign-in.
    pub(super) fn fill(self, known: Known<'_>) -> Command {
        let partition = known.partition.unwrap_or(Partition::Aws);
        let provider = known.provider(partition);
        let role = known.grant.map_or("ROLE", |grant| grant.role.name());
        match self {
            Self::UpdateProvider => shell(&[
                "aws iam update-saml-provider --saml-provider-arn ",
                &provider,
                " --saml-metadata-document file://metadata.xml",
            ]),
            Self::CreateProvider => shell(&[
                "aws iam create-saml-provider --name PROVIDER --saml-metadata-document file://metadata.xml",
            ]),
            Self::GetProvider => shell(&["aws iam get-saml-provider --saml-provider-arn ", &provider]),
            Self::GetRole => shell(&["aws iam get-role --role-name ", role]),
            Self::MaxDuration => {
                shell(&["aws iam update-role --role-name ", role, " --max-session-duration 43200"])
            }
            Self::Trust => trust(&provider, &[], None, &known.audiences(partition)),
            Self::TrustTags => trust(&provider, &["sts:TagSession"], None, &known.audiences(partition)),
            Self::TrustSource => {
                trust(&provider, &["sts:SetSourceIdentity"], None, &known.audiences(partition))
            }
            Self::TrustMfa => {
                trust(&provider, &["sts:TagSession"], Some(MFA_TAG), &known.audiences(partition))
            }
            Self::RoleValue => {
                let role = known.grant.map(|grant| grant.role.to_string());
                let role = role.unwrap_or_else(|| arn(partition, "role/ROLE"));
                Command { language: "text", text: [&role, ",", &provider].concat() }
            }
            Self::Audience => text(audience(partition)),
            Self::ReplyUrl => Command { language: "text", text: sign_in_url(partition) },
            Self::SsoLogin => shell(&["aws sso login"]),
        }
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

/// The audience that AWS looks for (IAM User Guide, "Create a SAML 2.0 federation role"; that of China is not documented).
#[must_use]
pub(super) fn audience(partition: Partition) -> &'static str {
    match partition {
        Partition::AwsUsGov => "urn:amazon:webservices:govcloud",
        Partition::Aws | Partition::AwsCn | Partition::AwsEusc => "urn:amazon:webservices",
    }
}

/// `https://HOST/saml` of a partition, without a region where that is the partition's own form.
fn sign_in_url(partition: Partition) -> String {
    let host = partition.sign_in_hosts().first().copied().unwrap_or_default();
    // The European Sovereign Cloud has regional hosts only.
    let region = if partition == Partition::AwsEusc { "eusc-de-east-1." } else { "" };
    ["https://", region, host, "/saml"].concat()
}

/// An ARN to fill in.
fn arn(partition: Partition, resource: &str) -> String {
    ["arn:", partition.id(), ":iam::ACCOUNT:", resource].concat()
}

/// A command line. Names of roles and ARNs of providers hold no character that a shell reads (IAM API, `roleNameType`).
fn shell(parts: &[&str]) -> Command {
    Command { language: "shell", text: parts.concat() }
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
