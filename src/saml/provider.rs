//! Which product an identity provider is, told by its entity id. A guess for display: nothing is decided by it.

use crate::octets::{holds, split_at_part};

/// An identity provider product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityProvider {
    /// Microsoft Entra ID.
    Entra,
    /// Active Directory Federation Services.
    AdFs,
    /// Okta.
    Okta,
    /// Google Workspace.
    Google,
    /// PingOne or PingFederate.
    Ping,
    /// Keycloak.
    Keycloak,
    /// OneLogin.
    OneLogin,
    /// JumpCloud.
    JumpCloud,
}

impl IdentityProvider {
    /// The product whose entity ids look like `issuer`.
    #[must_use]
    pub fn of_issuer(issuer: &str) -> Option<Self> {
        let issuer = issuer.trim().to_ascii_lowercase();
        let host = host(&issuer);
        let under = |domain: &str| {
            host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
        };
        let any = |domains: &[&str]| domains.iter().any(|domain| under(domain));
        if any(&[
            "sts.windows.net",
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "sts.chinacloudapi.cn",
        ]) {
            Some(Self::Entra)
        } else if any(&["okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com"]) {
            Some(Self::Okta)
        } else if under("accounts.google.com") {
            Some(Self::Google)
        } else if any(&["pingone.com", "pingone.eu", "pingone.asia", "pingidentity.com"]) {
            Some(Self::Ping)
        } else if any(&["onelogin.com"]) {
            Some(Self::OneLogin)
        } else if any(&["jumpcloud.com"]) {
            Some(Self::JumpCloud)
        } else if issuer.ends_with("/adfs/services/trust") {
            Some(Self::AdFs)
        } else if holds(&issuer, "/realms/") {
            Some(Self::Keycloak)
        } else {
            None
        }
    }

    /// The product's own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Entra => "Microsoft Entra ID",
            Self::AdFs => "AD FS",
            Self::Okta => "Okta",
            Self::Google => "Google",
            Self::Ping => "Ping Identity",
            Self::Keycloak => "Keycloak",
            Self::OneLogin => "OneLogin",
            Self::JumpCloud => "JumpCloud",
        }
    }
}

/// What to call the provider with this entity id: the product, else the host of the URL, else the entity id itself.
#[must_use]
pub fn provider_label(issuer: &str) -> String {
    let name = IdentityProvider::of_issuer(issuer).map(IdentityProvider::name);
    name.unwrap_or_else(|| host(issuer.trim())).to_owned()
}

/// The host of a URL without user and port; of anything else the text itself.
fn host(issuer: &str) -> &str {
    let Some((_, rest)) = split_at_part(issuer, "://") else { return issuer };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.split_once(':').map_or(host, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_ids_of_well_known_products_are_recognised() {
        for (issuer, expected) in [
            ("https://sts.windows.net/6c1b0b5e-0000-0000-0000-000000000000/", "Microsoft Entra ID"),
            ("http://www.okta.com/exk1a2b3c4", "Okta"),
            ("https://accounts.google.com/o/saml2?idpid=C01abc", "Google"),
            ("http://adfs.example.com/adfs/services/trust", "AD FS"),
            ("https://id.example.com:8443/realms/work", "Keycloak"),
            ("https://auth.pingone.eu/0000", "Ping Identity"),
        ] {
            assert_eq!(provider_label(issuer), expected);
        }
    }

    #[test]
    fn a_host_that_only_ends_like_a_product_is_not_that_product() {
        assert_eq!(provider_label("https://notokta.com/saml"), "notokta.com");
        assert_eq!(provider_label("https://okta.com.example.org/saml"), "okta.com.example.org");
    }

    #[test]
    fn an_unknown_provider_is_called_by_its_host_or_its_entity_id() {
        assert_eq!(provider_label("https://user@idp.example.com:444/metadata"), "idp.example.com");
        assert_eq!(provider_label("urn:example:idp"), "urn:example:idp");
    }
}
