//! A plan to the SAML provider in IAM: commands of the AWS CLI, Terraform, and, where the metadata is at hand, CloudFormation, whose
//! template holds the metadata itself.

use super::guide::Text;
use super::plan::Plan;
use crate::octets::holds;

/// What makes the provider. `metadata` is the text of the identity provider's metadata, where it was just read.
pub(super) fn texts(plan: &Plan, metadata: Option<&str>) -> Vec<Text> {
    let name = plan.provider.name();
    let create = [
        "aws iam create-saml-provider \\\n  --name ",
        name,
        " \\\n  --saml-metadata-document file://metadata.xml",
        &region(plan),
        "\n",
    ];
    let look =
        ["aws iam get-saml-provider \\\n  --saml-provider-arn ", plan.provider.as_str(), &region(plan), "\n"];
    let mut texts = vec![
        Text { label: "setup_text_cli", language: "shell", text: create.concat() },
        Text { label: "setup_text_terraform", language: "hcl", text: terraform(name) },
    ];
    // CloudFormation resolves `{{resolve:` wherever it stands.
    if let Some(metadata) = metadata.filter(|text| !holds(text, "{{resolve:")) {
        texts.push(Text {
            label: "setup_text_cloudformation",
            language: "yaml",
            text: cloud_formation(name, metadata),
        });
    }
    texts.push(Text { label: "setup_text_look", language: "shell", text: look.concat() });
    texts
}

/// The option that leads the CLI to the plan's partition.
pub(super) fn region(plan: &Plan) -> String {
    let region = plan.partition().cli_region();
    region.map(|region| [" \\\n  --region ", region].concat()).unwrap_or_default()
}

/// The file stands beside the module; names of providers hold nothing that HCL reads.
fn terraform(name: &str) -> String {
    let mut label = String::from(if name.starts_with(|c: char| c.is_ascii_alphabetic()) { "" } else { "_" });
    label.extend(name.chars().map(|c| if c == '.' { '_' } else { c }));
    [
        "resource \"aws_iam_saml_provider\" \"",
        &label,
        "\" {\n  name                   = \"",
        name,
        "\"\n  saml_metadata_document = file(\"${path.module}/metadata.xml\")\n}\n",
    ]
    .concat()
}

/// The metadata as one quoted scalar: JSON's quoting is YAML's (YAML 1.2, 1.3), and nothing of it is lost to folding.
fn cloud_formation(name: &str, metadata: &str) -> String {
    let quoted = serde_json::to_string(metadata.trim_start_matches('\u{feff}')).unwrap_or_default();
    [
        "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  Provider:\n    Type: \"AWS::IAM::SAMLProvider\"\n    Properties:\n      Name: \"",
        name,
        "\"\n      SamlMetadataDocument: ",
        &quoted,
        "\n",
    ]
    .concat()
}
