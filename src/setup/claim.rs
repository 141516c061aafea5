//! A plan to the attributes that have to be sent: the name of each, where its value comes from in that product, and its form.

use serde::Serialize;

use super::plan::{MFA_TAG, Plan};
use crate::audit::Product;
use crate::aws::PREFIX;

/// An attribute that the identity provider has to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Its whole name, a URI; `NameID` for the subject, which is no attribute.
    pub name: String,
    /// The name in two parts where the product asks for two: namespace, and name in it.
    pub parts: Option<(String, String)>,
    /// What it is made from, in the product's own words; empty where only the administrator knows.
    pub source: String,
    /// Message key of how that is set there.
    pub how: Option<&'static str>,
    /// Message key of what AWS takes as a value.
    pub form: &'static str,
}

/// The attributes of a plan, the subject first.
pub(super) fn claims(plan: &Plan) -> Vec<Claim> {
    let product = plan.product;
    let mut all = vec![
        Claim { parts: None, ..claim(product, "", Kind::Subject, String::new()) },
        claim(product, "Role", Kind::Role, plan.role_value()),
        claim(product, "RoleSessionName", Kind::Name("setup_form_session_name"), String::new()),
    ];
    if let Some(seconds) = plan.duration {
        all.push(claim(product, "SessionDuration", Kind::Duration, seconds.to_string()));
    }
    for tag in &plan.tags {
        all.push(claim(product, &["PrincipalTag:", &tag.key].concat(), Kind::Tag, tag.source.clone()));
    }
    if plan.mfa {
        let (key, value) = MFA_TAG;
        all.push(claim(product, &["PrincipalTag:", key].concat(), Kind::Mfa, value.to_owned()));
    }
    if plan.source_identity {
        all.push(claim(product, "SourceIdentity", Kind::Name("setup_form_source_identity"), String::new()));
    }
    all
}

/// What a value is made from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Subject,
    Role,
    /// A person's name, of this form.
    Name(&'static str),
    Duration,
    Tag,
    Mfa,
}

fn claim(product: Product, short: &str, kind: Kind, given: String) -> Claim {
    let name = if kind == Kind::Subject { "NameID".to_owned() } else { [PREFIX, short].concat() };
    let namespace = PREFIX.trim_end_matches('/').to_owned();
    Claim {
        name,
        parts: (product == Product::Entra).then(|| (namespace, short.to_owned())),
        source: source(product, kind).map_or(given, str::to_owned),
        how: how(product, kind),
        form: match kind {
            Kind::Subject => "setup_form_subject",
            Kind::Role => "setup_form_role",
            Kind::Name(form) => form,
            Kind::Duration => "setup_form_duration",
            Kind::Tag => "setup_form_tag",
            Kind::Mfa => "setup_form_mfa",
        },
    }
}

/// The product's name for a person's attribute; none where the plan's own value stands there.
fn source(product: Product, kind: Kind) -> Option<&'static str> {
    let of_person = match product {
        Product::Entra => "user.userprincipalname",
        Product::Okta => "user.login",
        Product::AdFs => "E-Mail-Addresses",
        Product::Google => "Basic Information > Primary email",
        Product::Ping => "Username",
        Product::Keycloak => "username",
        Product::Generic => "",
    };
    match (kind, product) {
        (Kind::Subject, Product::AdFs) => Some("Windows account name"),
        (Kind::Subject | Kind::Name(_), _) => Some(of_person),
        (Kind::Role, Product::Entra) => Some("user.assignedroles"),
        (Kind::Role, Product::Google) => Some("Amazon > Role"),
        (Kind::Duration, Product::Google) => Some("Amazon > SessionDuration"),
        (Kind::Mfa, Product::Google) => Some("Amazon > MFA"),
        _ => None,
    }
}

/// How it is set; none where that goes without saying.
fn how(product: Product, kind: Kind) -> Option<&'static str> {
    let is_constant = matches!(kind, Kind::Duration | Kind::Mfa);
    match (product, kind) {
        (Product::Entra, Kind::Subject) => Some("setup_how_entra_subject"),
        (Product::Entra, _) if is_constant => Some("setup_how_entra_constant"),
        (Product::Okta, Kind::Subject) => Some("setup_how_okta_subject"),
        (Product::Okta, Kind::Role | Kind::Name("setup_form_session_name") | Kind::Duration) => {
            Some("setup_how_okta_itself")
        }
        (Product::Okta, _) => Some("setup_how_okta_statement"),
        (Product::AdFs, _) => Some("setup_how_adfs"),
        (Product::Google, Kind::Subject) => Some("setup_how_google_subject"),
        (Product::Google, Kind::Role | Kind::Duration | Kind::Mfa) => Some("setup_how_google_custom"),
        (Product::Ping, Kind::Subject) => Some("setup_how_ping_subject"),
        (Product::Ping, Kind::Role) => Some("setup_how_ping_role"),
        (Product::Ping, _) if is_constant => Some("setup_how_ping_constant"),
        (Product::Keycloak, Kind::Subject) => Some("setup_how_keycloak_subject"),
        (Product::Keycloak, Kind::Role) => Some("setup_how_keycloak_role"),
        (Product::Keycloak, Kind::Name(_)) => Some("setup_how_keycloak_property"),
        (Product::Keycloak, Kind::Tag) => Some("setup_how_keycloak_attribute"),
        (Product::Keycloak, _) => Some("setup_how_keycloak_constant"),
        (Product::Generic, Kind::Subject) => Some("setup_how_other_subject"),
        (Product::Generic, Kind::Name(_)) => Some("setup_how_other_name"),
        _ => None,
    }
}
