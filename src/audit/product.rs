//! Which identity provider wrote a response, as far as its words and menus go: told by the issuer, else by the claims.

use super::registry::Word;
use crate::octets::holds;
use crate::saml::{IdentityProvider, Response};

/// An identity provider for which there are words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// Microsoft Entra ID.
    Entra,
    /// Okta.
    Okta,
    /// Active Directory Federation Services.
    AdFs,
    /// Google Workspace.
    Google,
    /// PingOne or PingFederate.
    Ping,
    /// Keycloak.
    Keycloak,
    /// Any other.
    Generic,
}

impl Product {
    /// Every one, in the order in which pages list them.
    pub const ALL: [Self; 7] =
        [Self::Entra, Self::Okta, Self::AdFs, Self::Google, Self::Ping, Self::Keycloak, Self::Generic];

    /// The product that wrote this response. A guess, by which nothing but words is chosen.
    #[must_use]
    pub fn of(response: &Response) -> Self {
        let issuers = response.assertions.iter().filter_map(|assertion| assertion.issuer.as_deref());
        let known = issuers.chain(response.issuer.as_deref()).find_map(IdentityProvider::of_issuer);
        match known {
            Some(IdentityProvider::Entra) => Self::Entra,
            Some(IdentityProvider::Okta) => Self::Okta,
            Some(IdentityProvider::AdFs) => Self::AdFs,
            Some(IdentityProvider::Google) => Self::Google,
            Some(IdentityProvider::Ping) => Self::Ping,
            Some(IdentityProvider::Keycloak) => Self::Keycloak,
            Some(IdentityProvider::OneLogin | IdentityProvider::JumpCloud) => Self::Generic,
            None => Self::of_claims(response),
        }
    }

    /// Behind a domain of one's own the issuer says nothing, but the claims do.
    fn of_claims(response: &Response) -> Self {
        let mut names = response.assertions.iter().flat_map(|assertion| &assertion.attributes);
        let of_product =
            |name: &str| CLAIMS.iter().find_map(|(part, product)| holds(name, part).then_some(*product));
        names.find_map(|attribute| of_product(&attribute.name)).unwrap_or(Self::Generic)
    }

    /// The name by which pages choose it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Entra => "entra",
            Self::Okta => "okta",
            Self::AdFs => "adfs",
            Self::Google => "google",
            Self::Ping => "ping",
            Self::Keycloak => "keycloak",
            Self::Generic => "generic",
        }
    }

    /// The product of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.name() == name)
    }

    /// Its own words.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::Entra => Word::Entra,
            Self::Okta => Word::Okta,
            Self::AdFs => Word::AdFs,
            Self::Google => Word::Google,
            Self::Ping => Word::Ping,
            Self::Keycloak => Word::Keycloak,
            Self::Generic => Word::Generic,
        }
    }
}

/// Parts of names of attributes that one product alone writes.
const CLAIMS: [(&str, Product); 3] = [
    ("schemas.microsoft.com/identity/claims/tenantid", Product::Entra),
    ("schemas.microsoft.com/identity/claims/objectidentifier", Product::Entra),
    ("schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname", Product::AdFs),
];
