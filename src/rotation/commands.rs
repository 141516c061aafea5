//! What there is to copy: the AWS CLI's commands for each SAML provider, Terraform, and a piece of metadata.

use serde::Serialize;

use crate::aws::ProviderArn;
use crate::octets;
use crate::signature::Certificate;

/// The commands for one SAML provider of IAM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderCommands {
    /// Its ARN.
    pub provider: String,
    /// The account's twelve digits: the commands need credentials of it.
    pub account: String,
    /// Writes the metadata that IAM holds to a file.
    pub get: String,
    /// Uploads metadata in its place.
    pub update: String,
}

/// The commands for each provider. What is no ARN of a provider was not written by this program, and is left out.
pub(super) fn commands(providers: &[String]) -> Vec<ProviderCommands> {
    let parsed = providers.iter().filter_map(|text| ProviderArn::parse(text).ok());
    parsed.map(|provider| of_provider(&provider)).collect()
}

fn of_provider(provider: &ProviderArn) -> ProviderCommands {
    let arn = provider.as_str();
    // ARNs of providers hold no character that a shell reads (IAM API, SAMLProviderNameType).
    let region = provider.partition().cli_region();
    let region = region.map(|region| [" --region ", region].concat()).unwrap_or_default();
    ProviderCommands {
        provider: arn.to_owned(),
        account: provider.account().as_str().to_owned(),
        get: [
            "aws iam get-saml-provider --saml-provider-arn ",
            arn,
            &region,
            " --query SAMLMetadataDocument --output text > iam-metadata.xml",
        ]
        .concat(),
        update: [
            "aws iam update-saml-provider --saml-provider-arn ",
            arn,
            &region,
            " --saml-metadata-document file://metadata.xml",
        ]
        .concat(),
    }
}

/// The providers as resources of Terraform, those of one name once: they stand in different accounts, which is a matter of who runs it.
pub(super) fn terraform(providers: &[String]) -> String {
    let mut names: Vec<String> = Vec::new();
    for provider in providers.iter().filter_map(|text| ProviderArn::parse(text).ok()) {
        if !names.iter().any(|name| name == provider.name()) {
            names.push(provider.name().to_owned());
        }
    }
    let mut text = String::new();
    for name in &names {
        if !text.is_empty() {
            text.push('\n');
        }
        let label: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
        text.push_str("resource \"aws_iam_saml_provider\" \"");
        // An identifier of HCL begins with a letter or an underscore.
        text.push_str(if label.starts_with(|c: char| c.is_ascii_digit()) { "_" } else { "" });
        text.push_str(&label);
        text.push_str("\" {\n  name                   = \"");
        text.push_str(name);
        text.push_str("\"\n  saml_metadata_document = file(\"metadata.xml\")\n}\n");
    }
    text
}

/// A certificate as a `KeyDescriptor` of SAML metadata (SAML metadata 2.4.1.1), with its own namespace declarations: it can stand beside
/// the one that is there, whatever prefixes the document uses.
#[must_use]
pub fn key_descriptor(certificate: &Certificate) -> String {
    [
        "<md:KeyDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" use=\"signing\">\n  <ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n    <ds:X509Data><ds:X509Certificate>",
        &octets::base64(&certificate.der),
        "</ds:X509Certificate></ds:X509Data>\n  </ds:KeyInfo>\n</md:KeyDescriptor>\n",
    ]
    .concat()
}
