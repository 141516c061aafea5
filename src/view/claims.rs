//! The attributes of an assertion as a screen lists them: AWS's own first, each with the name people know it by.

use serde::Serialize;

use crate::aws;
use crate::saml::Attribute;

/// One attribute with all its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// `Name`, exactly as written.
    pub name: String,
    /// What the field calls it; `FriendlyName` of the response where no list knows the name.
    pub friendly: Option<String>,
    /// `NameFormat`, a URI.
    pub format: Option<String>,
    /// The values, in document order.
    pub values: Vec<String>,
    /// Whether AWS reads it.
    pub aws: bool,
}

/// Every attribute, those for AWS first, else in document order.
#[must_use]
pub(super) fn claims(attributes: &[&Attribute]) -> Vec<Claim> {
    let mut claims = Vec::with_capacity(attributes.len());
    for wanted in [true, false] {
        for attribute in attributes {
            let aws =
                attribute.name.starts_with(aws::PREFIX) || attribute.name.starts_with(aws::CHINA_PREFIX);
            if aws == wanted {
                claims.push(claim(attribute, aws));
            }
        }
    }
    claims
}

fn claim(attribute: &Attribute, aws: bool) -> Claim {
    let friendly = friendly(&attribute.name).map(str::to_owned);
    Claim {
        name: attribute.name.clone(),
        friendly: friendly.or_else(|| attribute.friendly_name.clone()),
        format: attribute.name_format.clone(),
        values: attribute.values.iter().map(|value| value.text.clone()).collect(),
        aws,
    }
}

/// The name that its own documentation gives to a well-known attribute: AWS, Microsoft Entra ID and AD FS (claim types), and the
/// attributes of X.500, eduPerson and SCHAC by their OIDs.
#[must_use]
pub(super) fn friendly(name: &str) -> Option<&'static str> {
    for (prefix, names) in FAMILIES {
        if let Some(rest) = name.strip_prefix(prefix) {
            return names.iter().find(|(end, _)| *end == rest).map(|(_, friendly)| *friendly);
        }
    }
    None
}

type Names = &'static [(&'static str, &'static str)];

/// The first prefix that fits decides, so a longer one stands before its beginning.
const FAMILIES: [(&str, Names); 9] = [
    (aws::PREFIX, AWS),
    (aws::CHINA_PREFIX, AWS),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/", XMLSOAP),
    (
        "http://schemas.xmlsoap.org/claims/",
        &[
            ("CommonName", "Common name"),
            ("EmailAddress", "Email address"),
            ("Group", "Group"),
            ("UPN", "User principal name"),
        ],
    ),
    ("http://schemas.microsoft.com/ws/2008/06/identity/claims/", MICROSOFT_2008),
    ("http://schemas.microsoft.com/identity/claims/", MICROSOFT_IDENTITY),
    ("http://schemas.microsoft.com/claims/", MICROSOFT_CLAIMS),
    ("http://schemas.microsoft.com/2012/01/devicecontext/claims/", DEVICE),
    ("urn:oid:", OIDS),
];

const AWS: Names = &[
    ("Role", "Role"),
    ("RoleSessionName", "Role session name"),
    ("SessionDuration", "Session duration"),
    ("TransitiveTagKeys", "Transitive tag keys"),
    ("SourceIdentity", "Source identity"),
];

const XMLSOAP: Names = &[
    ("emailaddress", "Email address"),
    ("givenname", "Given name"),
    ("name", "Name"),
    ("nameidentifier", "Name identifier"),
    ("privatepersonalidentifier", "Private personal identifier"),
    ("surname", "Surname"),
    ("upn", "User principal name"),
];

const MICROSOFT_2008: Names = &[
    ("authenticationinstant", "Authentication instant"),
    ("authenticationmethod", "Authentication method"),
    ("groups", "Groups"),
    ("groupsid", "Group SID"),
    ("primarygroupsid", "Primary group SID"),
    ("primarysid", "Primary SID"),
    ("role", "Role"),
    ("wids", "Directory roles"),
    ("windowsaccountname", "Windows account name"),
];

const MICROSOFT_IDENTITY: Names = &[
    ("displayname", "Display name"),
    ("identityprovider", "Identity provider"),
    ("objectidentifier", "Object ID"),
    ("scope", "Scope"),
    ("tenantid", "Tenant ID"),
];

const MICROSOFT_CLAIMS: Names =
    &[("authnmethodsreferences", "Authentication methods"), ("groups.link", "Groups (link)")];

const DEVICE: Names = &[
    ("displayname", "Device name"),
    ("identifier", "Device ID"),
    ("iscompliant", "Device is compliant"),
    ("isknown", "Device is known"),
    ("ismanaged", "Device is managed"),
    ("ostype", "Device operating system"),
    ("osversion", "Device operating system version"),
    ("registrationid", "Device registration ID"),
    ("trusttype", "Device trust type"),
];

const OIDS: Names = &[
    ("0.9.2342.19200300.100.1.1", "uid"),
    ("0.9.2342.19200300.100.1.3", "mail"),
    ("0.9.2342.19200300.100.1.41", "mobile"),
    ("1.2.840.113549.1.9.1.1", "email"),
    ("1.3.6.1.4.1.1466.115.121.1.26", "ldapDisplayName"),
    ("1.3.6.1.4.1.25178.1.2.9", "schacHomeOrganization"),
    ("1.3.6.1.4.1.25178.1.2.10", "schacHomeOrganizationType"),
    ("1.3.6.1.4.1.25178.1.2.14", "schacPersonalUniqueCode"),
    ("1.3.6.1.4.1.5923.1.1.1.1", "eduPersonAffiliation"),
    ("1.3.6.1.4.1.5923.1.1.1.2", "eduPersonNickname"),
    ("1.3.6.1.4.1.5923.1.1.1.3", "eduPersonOrgDN"),
    ("1.3.6.1.4.1.5923.1.1.1.4", "eduPersonOrgUnitDN"),
    ("1.3.6.1.4.1.5923.1.1.1.5", "eduPersonPrimaryAffiliation"),
    ("1.3.6.1.4.1.5923.1.1.1.6", "eduPersonPrincipalName"),
    ("1.3.6.1.4.1.5923.1.1.1.7", "eduPersonEntitlement"),
    ("1.3.6.1.4.1.5923.1.1.1.8", "eduPersonPrimaryOrgUnitDN"),
    ("1.3.6.1.4.1.5923.1.1.1.9", "eduPersonScopedAffiliation"),
    ("1.3.6.1.4.1.5923.1.1.1.10", "eduPersonTargetedID"),
    ("1.3.6.1.4.1.5923.1.1.1.11", "eduPersonAssurance"),
    ("1.3.6.1.4.1.5923.1.1.1.12", "eduPersonPrincipalNamePrior"),
    ("1.3.6.1.4.1.5923.1.1.1.13", "eduPersonUniqueId"),
    ("1.3.6.1.4.1.5923.1.1.1.16", "eduPersonOrcid"),
    ("1.3.6.1.4.1.5923.1.2.1.2", "eduOrgHomePageURI"),
    ("1.3.6.1.4.1.5923.1.2.1.3", "eduOrgIdentityAuthNPolicyURI"),
    ("1.3.6.1.4.1.5923.1.2.1.4", "eduOrgLegalName"),
    ("1.3.6.1.4.1.5923.1.2.1.5", "eduOrgSuperiorURI"),
    ("1.3.6.1.4.1.5923.1.2.1.6", "eduOrgWhitePagesURI"),
    ("1.3.6.1.4.1.5923.1.5.1.1", "isMemberOf"),
    ("2.16.840.1.113730.3.1.3", "employeeNumber"),
    ("2.16.840.1.113730.3.1.4", "employeeType"),
    ("2.16.840.1.113730.3.1.39", "preferredLanguage"),
    ("2.16.840.1.113730.3.1.241", "displayName"),
    ("2.5.4.3", "cn (commonName)"),
    ("2.5.4.4", "sn (surname)"),
    ("2.5.4.6", "c (countryName)"),
    ("2.5.4.7", "l (localityName)"),
    ("2.5.4.10", "o (organizationName)"),
    ("2.5.4.11", "ou (organizationalUnitName)"),
    ("2.5.4.12", "title"),
    ("2.5.4.20", "telephoneNumber"),
    ("2.5.4.42", "givenName"),
    ("2.5.4.45", "x500UniqueIdentifier"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saml::AttributeValue;

    #[test]
    fn well_known_names_are_called_as_their_documentation_does() {
        for (name, expected) in [
            ("https://aws.amazon.com/SAML/Attributes/RoleSessionName", "Role session name"),
            ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "Email address"),
            ("http://schemas.microsoft.com/identity/claims/tenantid", "Tenant ID"),
            ("http://schemas.microsoft.com/claims/authnmethodsreferences", "Authentication methods"),
            ("urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "eduPersonPrincipalName"),
            ("urn:oid:0.9.2342.19200300.100.1.3", "mail"),
        ] {
            assert_eq!(friendly(name), Some(expected), "{name}");
        }
        assert_eq!(friendly("https://example.com/claims/shoe-size"), None);
        assert_eq!(friendly("urn:oid:1.3.6.1.4.1.5923.1.1.1.66"), None);
    }

    #[test]
    fn attributes_of_aws_come_first_and_the_rest_keeps_its_order() {
        let attribute = |name: &str, friendly: Option<&str>| Attribute {
            name: name.to_owned(),
            friendly_name: friendly.map(str::to_owned),
            values: vec![AttributeValue { text: "x".to_owned(), nil: false }],
            ..Attribute::default()
        };
        let attributes = [
            attribute("b", Some("Bee")),
            attribute("https://aws.amazon.com/SAML/Attributes/Role", None),
            attribute("a", None),
            attribute("https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team", None),
        ];
        let listed = claims(&attributes.iter().collect::<Vec<_>>());
        let names: Vec<_> = listed.iter().map(|claim| claim.name.as_str()).collect();
        assert!(names.first().is_some_and(|name| name.ends_with("/Role")));
        assert_eq!(names.get(2..), Some(["b", "a"].as_slice()));
        assert_eq!(listed.get(2).and_then(|claim| claim.friendly.as_deref()), Some("Bee"));
    }
}
