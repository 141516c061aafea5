//! How real identity providers write the same facts: prefixes, issuers, signatures, attribute forms.

use crate::signature::Style;

/// A provider's way of writing a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Microsoft Entra ID: default namespace, assertion signed, Microsoft's claims.
    Entra,
    /// Okta: `saml2p:`, both signed, `xs:string`, provider ARN first.
    Okta,
    /// AD FS: default namespace, `Consent`, assertion signed with `ds:`.
    AdFs,
    /// Google Workspace: `saml2p:`, response signed, `xs:anyType`.
    Google,
    /// Keycloak: `samlp:`, both signed, friendly names, its own `Role` attribute beside AWS's.
    Keycloak,
    /// Providers built on generic XML libraries: `ns0:`, one `Attribute` a value, base64 in lines, good for two minutes.
    Ns0,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 6] = [Self::Entra, Self::Okta, Self::AdFs, Self::Google, Self::Keycloak, Self::Ns0];

    /// The entity ID of the one that is Keycloak.
    pub(super) const KEYCLOAK: &str = "https://keycloak.rolecall.test/realms/sandbox";

    /// The name in `?shape=`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Entra => "entra",
            Self::Okta => "okta",
            Self::AdFs => "adfs",
            Self::Google => "google",
            Self::Keycloak => "keycloak",
            Self::Ns0 => "ns0",
        }
    }

    /// The shape of this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.slug() == slug)
    }

    /// The entity ID that stands in `Issuer`.
    #[must_use]
    pub fn issuer(self) -> &'static str {
        match self {
            Self::Entra => "https://sts.windows.net/6babcaad-604b-40ac-a9d7-9fd97c0b779f/",
            Self::Okta => "http://www.okta.com/exk1a2b3c4D5e6F7g8h9",
            Self::AdFs => "http://adfs.rolecall.test/adfs/services/trust",
            Self::Google => "https://accounts.google.com/o/saml2?idpid=C03az79cb",
            Self::Keycloak => Self::KEYCLOAK,
            Self::Ns0 => "https://idp.rolecall.test/metadata",
        }
    }

    pub(super) fn look(self) -> Look {
        let base = Look {
            protocol: "samlp",
            assertion: "",
            style: Style { prefix: "", inclusive: "" },
            signs_response: false,
            signs_assertion: true,
            issuer_format: "",
            name_id_format: EMAIL,
            name_format: "",
            value_type: "",
            id_prefix: "_",
            declaration: "",
            consent: false,
            audience_is_acs: false,
            provider_first: false,
            attribute_a_value: false,
            attributes_first: true,
            confirmed_minutes: 5,
        };
        match self {
            Self::Entra => {
                Look { audience_is_acs: true, name_id_format: PERSISTENT, confirmed_minutes: 60, ..base }
            }
            Self::AdFs => Look { style: DS, consent: true, ..base },
            Self::Okta => Look {
                protocol: "saml2p",
                assertion: "saml2",
                style: Style { prefix: "ds", inclusive: "xs" },
                signs_response: true,
                issuer_format: "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
                name_id_format: UNSPECIFIED,
                name_format: NAME_URI,
                value_type: "xs:string",
                id_prefix: "id",
                declaration: DECLARATION,
                provider_first: true,
                attributes_first: false,
                ..base
            },
            Self::Google => Look {
                protocol: "saml2p",
                assertion: "saml2",
                style: DS,
                signs_response: true,
                signs_assertion: false,
                value_type: "xs:anyType",
                declaration: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
                ..base
            },
            Self::Keycloak => Look {
                assertion: "saml",
                style: Style { prefix: "dsig", inclusive: "" },
                signs_response: true,
                name_id_format: PERSISTENT,
                name_format: "urn:oasis:names:tc:SAML:2.0:attrname-format:basic",
                value_type: "xs:string",
                id_prefix: "ID_",
                attributes_first: false,
                ..base
            },
            Self::Ns0 => Look {
                protocol: "ns0",
                assertion: "ns1",
                style: Style { prefix: "ns2", inclusive: "" },
                name_id_format: UNSPECIFIED,
                name_format: NAME_URI,
                declaration: DECLARATION,
                attribute_a_value: true,
                attributes_first: false,
                confirmed_minutes: 2,
                ..base
            },
        }
    }
}

/// The details of a shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Prefix of the protocol namespace.
    pub(super) protocol: &'static str,
    /// Prefix of the assertion namespace; empty makes it the default namespace.
    pub(super) assertion: &'static str,
    pub(super) style: Style,
    pub(super) signs_response: bool,
    pub(super) signs_assertion: bool,
    /// `Format` of `Issuer`; empty leaves it out, here and below.
    pub(super) issuer_format: &'static str,
    pub(super) name_id_format: &'static str,
    pub(super) name_format: &'static str,
    pub(super) value_type: &'static str,
    pub(super) id_prefix: &'static str,
    pub(super) declaration: &'static str,
    pub(super) consent: bool,
    /// `<Audience>` is the ACS URL, not AWS's URN.
    pub(super) audience_is_acs: bool,
    /// `provider,role` in place of `role,provider`.
    pub(super) provider_first: bool,
    /// One `Attribute` element a value, all of the same name.
    pub(super) attribute_a_value: bool,
    /// `AttributeStatement` before `AuthnStatement`.
    pub(super) attributes_first: bool,
    /// Minutes from `IssueInstant` to the confirmation's `NotOnOrAfter`.
    pub(super) confirmed_minutes: i64,
}

const DS: Style = Style { prefix: "ds", inclusive: "" };
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const NAME_URI: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
