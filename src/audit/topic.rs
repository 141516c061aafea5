//! Where in the console of an identity provider a setting stands: a menu path for each kind of setting and product.

use super::product::Product;

/// A kind of setting at the identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Which attributes are sent, and what stands in them.
    Claims,
    /// Reply URL (ACS URL) and audience.
    Urls,
    /// The signing certificate.
    Certificate,
    /// Who may use the application, with which role.
    Assignment,
    /// What NameID is made from.
    NameId,
    /// How long an assertion holds.
    Lifetime,
    /// Whether assertions are encrypted, and for whom.
    Encryption,
    /// What is asked of a sign-in: factors, devices, intervals.
    Mfa,
}

impl Topic {
    /// The key of the menu path to that setting, where it is known.
    #[must_use]
    pub fn place(self, product: Product) -> Option<&'static str> {
        PLACES.iter().find(|(topic, of, _)| *topic == self && *of == product).map(|(_, _, key)| *key)
    }
}

/// Menu paths as the makers' documentation has them: entra-docs, help.okta.com, Windows Server documentation, support.google.com,
/// docs.pingidentity.com, Keycloak server administration guide.
const PLACES: &[(Topic, Product, &str)] = &[
    (Topic::Claims, Product::Entra, "place_claims_entra"),
    (Topic::Claims, Product::Okta, "place_claims_okta"),
    (Topic::Claims, Product::AdFs, "place_claims_adfs"),
    (Topic::Claims, Product::Google, "place_claims_google"),
    (Topic::Claims, Product::Ping, "place_claims_ping"),
    (Topic::Claims, Product::Keycloak, "place_claims_keycloak"),
    (Topic::Urls, Product::Entra, "place_urls_entra"),
    (Topic::Urls, Product::Okta, "place_urls_okta"),
    (Topic::Urls, Product::AdFs, "place_urls_adfs"),
    (Topic::Urls, Product::Google, "place_urls_google"),
    (Topic::Urls, Product::Ping, "place_urls_ping"),
    (Topic::Urls, Product::Keycloak, "place_urls_keycloak"),
    (Topic::Certificate, Product::Entra, "place_certificate_entra"),
    (Topic::Certificate, Product::Okta, "place_certificate_okta"),
    (Topic::Certificate, Product::AdFs, "place_certificate_adfs"),
    (Topic::Certificate, Product::Google, "place_certificate_google"),
    (Topic::Certificate, Product::Ping, "place_certificate_ping"),
    (Topic::Certificate, Product::Keycloak, "place_certificate_keycloak"),
    (Topic::Assignment, Product::Entra, "place_assignment_entra"),
    (Topic::Assignment, Product::Okta, "place_assignment_okta"),
    (Topic::Assignment, Product::AdFs, "place_assignment_adfs"),
    (Topic::Assignment, Product::Google, "place_assignment_google"),
    (Topic::Assignment, Product::Ping, "place_assignment_ping"),
    (Topic::Assignment, Product::Keycloak, "place_assignment_keycloak"),
    (Topic::NameId, Product::Entra, "place_name_id_entra"),
    (Topic::NameId, Product::Okta, "place_name_id_okta"),
    (Topic::NameId, Product::AdFs, "place_name_id_adfs"),
    (Topic::NameId, Product::Google, "place_name_id_google"),
    (Topic::NameId, Product::Ping, "place_name_id_ping"),
    (Topic::NameId, Product::Keycloak, "place_name_id_keycloak"),
    (Topic::Lifetime, Product::Keycloak, "place_lifetime_keycloak"),
    (Topic::Lifetime, Product::Ping, "place_lifetime_ping"),
    (Topic::Encryption, Product::Entra, "place_encryption_entra"),
    (Topic::Encryption, Product::AdFs, "place_encryption_adfs"),
    (Topic::Encryption, Product::Keycloak, "place_encryption_keycloak"),
    (Topic::Mfa, Product::Entra, "place_mfa_entra"),
    (Topic::Mfa, Product::Okta, "place_mfa_okta"),
    (Topic::Mfa, Product::AdFs, "place_mfa_adfs"),
    (Topic::Mfa, Product::Google, "place_mfa_google"),
    (Topic::Mfa, Product::Ping, "place_mfa_ping"),
    (Topic::Mfa, Product::Keycloak, "place_mfa_keycloak"),
];
