//! A plan to what is to be done at each step: where, in words, with every value as it is to be typed.

use serde::Serialize;

use super::claim::{Claim, claims};
use super::plan::Plan;
use super::{Step, adfs, field, provider};
use crate::audit::{Product, Topic};
use crate::partition::Partition;
use crate::policy;

/// What is to be done at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guide {
    /// The step's id.
    pub step: &'static str,
    /// Message key of the menu path in the product's console; null where the step is not there, or anywhere else is as good.
    pub place: Option<&'static str>,
    /// What to do, sentence by sentence.
    pub words: Vec<Said>,
    /// Values to type.
    pub fields: Vec<Field>,
    /// Attributes to send.
    pub claims: Vec<Claim>,
    /// Texts to copy as a whole.
    pub texts: Vec<Text>,
}

/// A message key and the values of its placeholders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The key.
    pub key: &'static str,
    /// The values.
    pub args: Vec<String>,
}

/// A value to type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Message key of what the field is called.
    pub label: &'static str,
    /// The value.
    pub value: String,
}

/// A command, a document or a rule to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Message key of what it is.
    pub label: &'static str,
    /// `shell`, `json`, `yaml`, `hcl` or `text`.
    pub language: &'static str,
    /// The text.
    pub text: String,
}

/// What is to be done at every step. `metadata` is the text of the identity provider's metadata, where it was just read.
#[must_use]
pub fn guides(plan: &Plan, metadata: Option<&str>) -> Vec<Guide> {
    Step::ALL.into_iter().map(|step| guide(plan, step, metadata)).collect()
}

fn guide(plan: &Plan, step: Step, metadata: Option<&str>) -> Guide {
    let product = plan.product;
    let at = |topic: Topic| topic.place(product);
    let mut guide = Guide {
        step: step.id(),
        place: None,
        words: Vec::new(),
        fields: Vec::new(),
        claims: Vec::new(),
        texts: Vec::new(),
    };
    match step {
        Step::Application => {
            guide.place = at(Topic::Urls);
            guide.words.push(said(field::application(product)));
            application(plan, &mut guide);
        }
        Step::Claims => {
            guide.place = at(Topic::Claims);
            guide.words.push(said(field::claims(product)));
            guide.claims = claims(plan);
            attributes(plan, &mut guide);
        }
        Step::Metadata => {
            // Where these two keep certificates is not where they hand out metadata.
            let is_there = !matches!(product, Product::AdFs | Product::Keycloak);
            guide.place = at(Topic::Certificate).filter(|_| is_there);
            guide.words = vec![said(field::metadata(product)), said("setup_metadata_kept")];
        }
        Step::Provider => {
            guide
                .words
                .push(Said { key: "setup_provider_words", args: vec![plan.provider.name().to_owned()] });
            guide.fields.push(value("setup_field_provider_arn", plan.provider.as_str()));
            guide.texts = provider::texts(plan, metadata);
            if metadata.is_none() {
                guide.words.push(said("setup_provider_no_template"));
            }
        }
        Step::Role => role(plan, &mut guide),
        Step::Assignment => {
            guide.place = at(Topic::Assignment);
            guide.words.push(said(field::assignment(product)));
            assignment(plan, &mut guide);
        }
        Step::SignIn => guide.words.push(said(field::start(product))),
    }
    guide
}

/// Identifier and reply URLs.
fn application(plan: &Plan, guide: &mut Guide) {
    let product = plan.product;
    let urls = plan.urls();
    // The catalogue's own application knows its audience and asks for the provider instead.
    if product == Product::Okta {
        guide.fields.push(value("setup_field_okta_provider", plan.provider.as_str()));
        guide
            .fields
            .extend(plan.duration.map(|seconds| value("setup_field_okta_duration", &seconds.to_string())));
    }
    if product == Product::AdFs {
        guide.fields.push(value("setup_field_adfs_metadata", &plan.service_metadata()));
    }
    guide.fields.push(value(field::identifier(product), &plan.identifier()));
    let one = matches!(product, Product::Okta | Product::Google);
    let count = if one { 1 } else { urls.len() };
    guide.fields.extend(urls.iter().take(count).map(|url| value(field::reply_url(product), url)));
    if product == Product::Keycloak {
        guide.fields.push(value("setup_field_keycloak_name", "amazon-aws"));
        guide.fields.extend(urls.iter().map(|url| value("setup_field_keycloak_redirect", url)));
    }
    if product == Product::Generic {
        guide.fields.push(value("setup_field_other_metadata", &plan.service_metadata()));
    }
    if product == Product::Entra && plan.partition() == Partition::Aws {
        guide.words.push(said(if plan.instance.is_some() {
            "setup_entra_suffix"
        } else {
            "setup_entra_one"
        }));
    }
    if urls.len() > 1 {
        guide.words.push(said(if one { "setup_one_url" } else { "setup_several_urls" }));
        if one {
            guide.fields.extend(urls.iter().skip(1).map(|url| value("setup_field_other_url", url)));
        }
    }
    if matches!(plan.partition(), Partition::AwsCn | Partition::AwsEusc) {
        guide.words.push(Said { key: "setup_identifier_unsure", args: vec![plan.service_metadata()] });
    }
}

/// What stands beside the table of attributes.
fn attributes(plan: &Plan, guide: &mut Guide) {
    if plan.product == Product::AdFs {
        guide.fields.push(value("setup_field_group", &adfs::group(plan)));
        guide.texts.push(Text { label: "setup_text_rules", language: "text", text: adfs::rules(plan) });
    }
    if plan.mfa && plan.product != Product::AdFs {
        guide.words.push(said("setup_mfa_constant"));
    }
    if plan.product == Product::Entra {
        guide.words.push(said("setup_entra_guests"));
    }
}

/// The role, its trust policy, and what the plan's duration asks of it.
fn role(plan: &Plan, guide: &mut Guide) {
    guide.words.push(Said { key: "setup_role_words", args: vec![plan.role.name().to_owned()] });
    guide.fields.push(value("setup_field_role_arn", plan.role.as_str()));
    // A plan has one account and partition, known regions, and tags that were looked at: there is a policy for it.
    let Ok(policy) = policy::generate(&plan.wish()) else { return };
    if policy.characters > IAM_TRUST_CHARS {
        guide.words.push(Said { key: "setup_policy_long", args: vec![policy.characters.to_string()] });
    }
    let text = |label, language, text: String| Text { label, language, text };
    guide.texts.push(text("setup_text_policy", "json", policy.json));
    guide.texts.push(text("setup_text_cli", "shell", policy.cli_create));
    guide.texts.push(text("setup_text_terraform", "hcl", policy.terraform));
    guide.texts.extend(policy.cloud_formation.map(|yaml| text("setup_text_cloudformation", "yaml", yaml)));
    if let Some(seconds) = plan.duration.filter(|seconds| *seconds > IAM_SESSION_SECONDS) {
        let command = [
            "aws iam update-role \\\n  --role-name '",
            plan.role.name(),
            "' \\\n  --max-session-duration ",
            &seconds.to_string(),
            &provider::region(plan),
            "\n",
        ];
        guide.texts.push(text("setup_text_long_session", "shell", command.concat()));
    }
    let permissions = [
        "aws iam attach-role-policy \\\n  --role-name '",
        plan.role.name(),
        "' \\\n  --policy-arn arn:",
        plan.partition().id(),
        ":iam::aws:policy/ReadOnlyAccess",
        &provider::region(plan),
        "\n",
    ];
    guide.words.push(said("setup_role_permissions"));
    guide.texts.push(text("setup_text_permissions", "shell", permissions.concat()));
}

/// The value that gives a person the role, under the name that the product has for it.
fn assignment(plan: &Plan, guide: &mut Guide) {
    let account = plan.role.account();
    match plan.product {
        Product::Entra => {
            guide.fields.push(value("setup_field_app_role", &plan.role_value()));
            if plan.role_value().len() > ENTRA_PAIR_CHARS {
                guide.words.push(said("setup_entra_long_pair"));
            }
            if plan.partition() == Partition::AwsCn {
                guide.words.push(said("setup_entra_no_provisioning"));
            }
        }
        Product::Okta => {
            let arn = ["arn:", plan.partition().id(), ":iam::${accountid}:"].concat();
            let pattern = [
                &arn,
                "saml-provider/",
                plan.provider.name(),
                ",",
                &arn,
                "role/",
                plan.role.path().trim_start_matches('/'),
                "${role}",
            ];
            let group = ["aws_", account.as_str(), "_", plan.role.name()].concat();
            guide.fields.push(value("setup_field_okta_role", plan.role.name()));
            guide.fields.push(value("setup_field_group", &group));
            guide.fields.push(value("setup_field_okta_filter", OKTA_FILTER));
            guide.fields.push(value("setup_field_okta_pattern", &pattern.concat()));
        }
        Product::AdFs => guide.fields.push(value("setup_field_group", &adfs::group(plan))),
        Product::Google => guide.fields.push(value("setup_field_google_role", &plan.role_value())),
        Product::Keycloak => guide.fields.push(value("setup_field_client_role", &plan.role_value())),
        Product::Ping | Product::Generic => {
            guide.fields.push(value("setup_field_role_value", &plan.role_value()))
        }
    }
}

fn said(key: &'static str) -> Said {
    Said { key, args: Vec::new() }
}

fn value(label: &'static str, value: &str) -> Field {
    Field { label, value: value.to_owned() }
}

/// The filter that Okta's application proposes: it takes account and role out of a group's name (help.okta.com, "Connect Okta to
/// multiple AWS instances via user groups").
const OKTA_FILTER: &str = r"aws_(?{{accountid}}\d+)_(?{{role}}[a-zA-Z0-9+=,.@\-_]+)";

/// Characters of the two ARNs that Entra's import of roles takes: fewer than 240 (entra-docs, "amazon-web-service-tutorial").
const ENTRA_PAIR_CHARS: usize = 239;

/// Characters of a trust policy without white space, unless the quota was raised (IAM quotas, "Role trust policy length").
const IAM_TRUST_CHARS: usize = 2_048;

/// Seconds that a role's sessions last at the most unless it says otherwise (IAM API, `MaxSessionDuration`).
const IAM_SESSION_SECONDS: u32 = 3_600;
