//! What the fields are called in the consoles of the products, as message keys: the names stand in their documentation (entra-docs,
//! help.okta.com, Windows Server documentation, support.google.com, docs.pingidentity.com, Keycloak server administration guide).

use crate::audit::Product;

/// Where the name of AWS goes.
pub(super) fn identifier(product: Product) -> &'static str {
    match product {
        Product::Entra => "setup_field_identifier_entra",
        Product::Okta => "setup_field_identifier_okta",
        Product::AdFs => "setup_field_identifier_adfs",
        Product::Google => "setup_field_identifier_google",
        Product::Ping => "setup_field_identifier_ping",
        Product::Keycloak => "setup_field_identifier_keycloak",
        Product::Generic => "setup_field_identifier_other",
    }
}

/// Where the address goes to which responses are posted.
pub(super) fn reply_url(product: Product) -> &'static str {
    match product {
        Product::Entra => "setup_field_reply_entra",
        Product::Okta => "setup_field_reply_okta",
        Product::AdFs => "setup_field_reply_adfs",
        Product::Google => "setup_field_reply_google",
        Product::Ping => "setup_field_reply_ping",
        Product::Keycloak => "setup_field_reply_keycloak",
        Product::Generic => "setup_field_reply_other",
    }
}

/// How the application is made.
pub(super) fn application(product: Product) -> &'static str {
    match product {
        Product::Entra => "setup_application_entra",
        Product::Okta => "setup_application_okta",
        Product::AdFs => "setup_application_adfs",
        Product::Google => "setup_application_google",
        Product::Ping => "setup_application_ping",
        Product::Keycloak => "setup_application_keycloak",
        Product::Generic => "setup_application_other",
    }
}

/// How attributes are added.
pub(super) fn claims(product: Product) -> &'static str {
    match product {
        Product::Entra => "setup_claims_entra",
        Product::Okta => "setup_claims_okta",
        Product::AdFs => "setup_claims_adfs",
        Product::Google => "setup_claims_google",
        Product::Ping => "setup_claims_ping",
        Product::Keycloak => "setup_claims_keycloak",
        Product::Generic => "setup_claims_other",
    }
}

/// Where the metadata is found.
pub(super) fn metadata(product: Product) -> &'static str {
    match product {
        Product::Entra => "setup_metadata_entra",
        Product::Okta => "setup_metadata_okta",
        Product::AdFs => "setup_metadata_adfs",
        Product::Google => "setup_metadata_google",
        Product::Ping => "setup_metadata_ping",
        Product::Keycloak => "setup_metadata_keycloak",
        Product::Generic => "setup_metadata_other",
    }
}

/// How a person gets the role.
pub(super) fn assignment(product: Product) -> &'static str {
    match product {
        Product::Entra => "setup_assignment_entra",
        Product::Okta => "setup_assignment_okta",
        Product::AdFs => "setup_assignment_adfs",
        Product::Google => "setup_assignment_google",
        Product::Ping => "setup_assignment_ping",
        Product::Keycloak => "setup_assignment_keycloak",
        Product::Generic => "setup_assignment_other",
    }
}

/// Where a sign-in starts.
pub(super) fn start(product: Product) -> &'static str {
    match product {
        Product::Entra => "setup_start_entra",
        Product::Okta => "setup_start_okta",
        Product::AdFs => "setup_start_adfs",
        Product::Google => "setup_start_google",
        Product::Ping => "setup_start_ping",
        Product::Keycloak => "setup_start_keycloak",
        Product::Generic => "setup_start_other",
    }
}
