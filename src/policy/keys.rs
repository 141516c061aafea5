//! The condition keys: which a SAML sign-in sets and from what, which it never sets, and which only AWS can know.
//!
//! Sources: IAM User Guide, "IAM and AWS STS condition context keys", "AWS global condition context keys", "Configure SAML
//! assertions for the authentication response", "Use VPC condition keys to control federated access"; Service Authorization
//! Reference, "Actions, resources, and condition keys for AWS STS" (`AssumeRoleWithSAML`, `TagSession`, `SetSourceIdentity`).

/// A key that is made of an attribute of the assertion.
pub(super) struct Claim {
    /// The key without `saml:`, in lower case.
    pub(super) key: &'static str,
    /// Whether it holds a list (`ArrayOfString`).
    pub(super) list: bool,
    /// The attribute names that AWS documents for it.
    pub(super) names: &'static [&'static str],
    /// Names that look as if they were meant for it and that AWS documents nowhere: the right object identifiers where the
    /// guide has a mistyped one, the URN form of the X.500 names.
    pub(super) lookalikes: &'static [&'static str],
}

const fn claim(
    key: &'static str,
    list: bool,
    names: &'static [&'static str],
    lookalikes: &'static [&'static str],
) -> Claim {
    Claim { key, list, names, lookalikes }
}

/// Every key that is made of an attribute, with the tables of "Mapping SAML attributes to AWS trust policy context keys".
pub(super) const CLAIMS: [Claim; 26] = [
    claim("edupersonaffiliation", true, &["urn:oid:1.3.6.1.4.1.5923.1.1.1.1"], &["eduPersonAffiliation"]),
    claim("edupersonnickname", true, &["urn:oid:1.3.6.1.4.1.5923.1.1.1.2"], &["eduPersonNickname"]),
    claim("edupersonorgdn", false, &["urn:oid:1.3.6.1.4.1.5923.1.1.1.3"], &["eduPersonOrgDN"]),
    claim("edupersonorgunitdn", true, &["urn:oid:1.3.6.1.4.1.5923.1.1.1.4"], &["eduPersonOrgUnitDN"]),
    claim(
        "edupersonprimaryaffiliation",
        false,
        &["urn:oid:1.3.6.1.4.1.5923.1.1.1.5"],
        &["eduPersonPrimaryAffiliation"],
    ),
    claim(
        "edupersonprincipalname",
        false,
        &["urn:oid:1.3.6.1.4.1.5923.1.1.1.6"],
        &["eduPersonPrincipalName"],
    ),
    claim("edupersonentitlement", true, &["urn:oid:1.3.6.1.4.1.5923.1.1.1.7"], &["eduPersonEntitlement"]),
    claim(
        "edupersonprimaryorgunitdn",
        false,
        &["urn:oid:1.3.6.1.4.1.5923.1.1.1.8"],
        &["eduPersonPrimaryOrgUnitDN"],
    ),
    claim(
        "edupersonscopedaffiliation",
        true,
        &["urn:oid:1.3.6.1.4.1.5923.1.1.1.9"],
        &["eduPersonScopedAffiliation"],
    ),
    claim("edupersontargetedid", true, &["urn:oid:1.3.6.1.4.1.5923.1.1.1.10"], &["eduPersonTargetedID"]),
    claim("edupersonassurance", true, &["urn:oid:1.3.6.1.4.1.5923.1.1.1.11"], &["eduPersonAssurance"]),
    claim("eduorghomepageuri", true, &["urn:oid:1.3.6.1.4.1.5923.1.2.1.2"], &["eduOrgHomePageURI"]),
    claim(
        "eduorgidentityauthnpolicyuri",
        true,
        &["urn:oid:1.3.6.1.4.1.5923.1.2.1.3"],
        &["eduOrgIdentityAuthNPolicyURI"],
    ),
    claim("eduorglegalname", true, &["urn:oid:1.3.6.1.4.1.5923.1.2.1.4"], &["eduOrgLegalName"]),
    claim("eduorgsuperioruri", true, &["urn:oid:1.3.6.1.4.1.5923.1.2.1.5"], &["eduOrgSuperiorURI"]),
    claim("eduorgwhitepagesuri", true, &["urn:oid:1.3.6.1.4.1.5923.1.2.1.6"], &["eduOrgWhitePagesURI"]),
    claim("cn", true, &["urn:oid:2.5.4.3"], &["cn"]),
    claim("name", false, &["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"], &["name"]),
    claim("commonname", false, &["http://schemas.xmlsoap.org/claims/CommonName", "2.5.4.3"], &["commonName"]),
    claim(
        "givenname",
        false,
        &["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "2.4.5.42"],
        &["2.5.4.42", "urn:oid:2.5.4.42", "givenName"],
    ),
    claim(
        "surname",
        false,
        &["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "2.5.4.4"],
        &["urn:oid:2.5.4.4", "surname"],
    ),
    claim(
        "mail",
        false,
        &["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "0.9.2342.19200300100.1.3"],
        &["0.9.2342.19200300.100.1.3", "urn:oid:0.9.2342.19200300.100.1.3", "mail"],
    ),
    claim(
        "uid",
        false,
        &[
            "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid",
            "0.9.2342.19200300100.1.1",
        ],
        &["0.9.2342.19200300.100.1.1", "urn:oid:0.9.2342.19200300.100.1.1", "uid"],
    ),
    claim("x500uniqueidentifier", false, &["2.5.4.45"], &["urn:oid:2.5.4.45", "x500UniqueIdentifier"]),
    claim(
        "organizationstatus",
        false,
        &["0.9.2342.19200300.100.1.45"],
        &["urn:oid:0.9.2342.19200300.100.1.45", "organizationStatus"],
    ),
    // The guide lists the key and names no attribute for it: the group's SID goes to `uid` by its table.
    claim(
        "primarygroupsid",
        false,
        &[],
        &["http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", "primaryGroupSID"],
    ),
];

/// Keys of `saml:` that come from elsewhere in the assertion.
pub(super) const OTHER_SAML: [&str; 6] = ["aud", "iss", "sub", "sub_type", "doc", "namequalifier"];

/// A key of AWS that every sign-in sets, or none, or that cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Never there in `AssumeRoleWithSAML`; why.
    Absent(&'static str),
    /// Perhaps there, with a value that only AWS knows; why.
    Unknown(&'static str),
}

use Presence::{Absent, Unknown};

/// Keys that are not made of the assertion, in lower case; one that ends in `/` stands for all that begin with it.
pub(super) const GLOBAL: [(&str, Presence); 57] = [
    // The way the request takes to STS.
    ("aws:sourceip", Unknown("policy.unknown_network")),
    ("aws:sourcevpc", Unknown("policy.unknown_network")),
    ("aws:sourcevpcarn", Unknown("policy.unknown_network")),
    ("aws:sourcevpce", Unknown("policy.unknown_network")),
    ("aws:vpcsourceip", Unknown("policy.unknown_network")),
    ("aws:vpceaccount", Unknown("policy.unknown_network")),
    ("aws:vpceorgid", Unknown("policy.unknown_network")),
    ("aws:vpceorgpaths", Unknown("policy.unknown_network")),
    ("aws:useragent", Unknown("policy.unknown_client")),
    ("aws:referer", Unknown("policy.unknown_client")),
    ("aws:viaawsservice", Unknown("policy.unknown_client")),
    ("aws:calledvia", Unknown("policy.unknown_client")),
    ("aws:calledviafirst", Unknown("policy.unknown_client")),
    ("aws:calledvialast", Unknown("policy.unknown_client")),
    ("aws:ismcpserviceaction", Unknown("policy.unknown_client")),
    ("aws:calledviaawsmcp", Unknown("policy.unknown_client")),
    ("aws:viaawsmcpservice", Unknown("policy.unknown_client")),
    // Who AWS takes the caller for.
    ("aws:principalarn", Unknown("policy.unknown_caller")),
    ("aws:principalaccount", Unknown("policy.unknown_caller")),
    ("aws:principalorgid", Unknown("policy.unknown_caller")),
    ("aws:principalorgpaths", Unknown("policy.unknown_caller")),
    ("aws:principaltype", Unknown("policy.unknown_caller")),
    ("aws:principalisawsservice", Unknown("policy.unknown_caller")),
    ("aws:userid", Unknown("policy.unknown_caller")),
    ("aws:principaltag/", Unknown("policy.unknown_caller")),
    // The role and its account.
    ("aws:resourcetag/", Unknown("policy.unknown_role")),
    ("iam:resourcetag/", Unknown("policy.unknown_role")),
    ("aws:resourceorgid", Unknown("policy.unknown_role")),
    ("aws:resourceorgpaths", Unknown("policy.unknown_role")),
    // Only in requests that were signed with credentials, by a service, or for another call.
    ("aws:username", Absent("policy.absent_unsigned")),
    ("aws:tokenissuetime", Absent("policy.absent_unsigned")),
    ("aws:multifactorauthpresent", Absent("policy.absent_mfa")),
    ("aws:multifactorauthage", Absent("policy.absent_mfa")),
    ("aws:federatedprovider", Absent("policy.absent_unsigned")),
    ("aws:sourceidentity", Absent("policy.absent_source_identity")),
    ("aws:assumedroot", Absent("policy.absent_unsigned")),
    ("aws:chatbotsourcearn", Absent("policy.absent_unsigned")),
    ("aws:ec2instancesourcevpc", Absent("policy.absent_unsigned")),
    ("aws:ec2instancesourceprivateipv4", Absent("policy.absent_unsigned")),
    ("ec2:roledelivery", Absent("policy.absent_unsigned")),
    ("ec2:sourceinstancearn", Absent("policy.absent_unsigned")),
    ("lambda:sourcefunctionarn", Absent("policy.absent_unsigned")),
    ("ssm:sourceinstancearn", Absent("policy.absent_unsigned")),
    ("identitystore:userid", Absent("policy.absent_unsigned")),
    ("glue:roleassumedby", Absent("policy.absent_unsigned")),
    ("aws:sourcearn", Absent("policy.absent_service")),
    ("aws:sourceaccount", Absent("policy.absent_service")),
    ("aws:sourceorgid", Absent("policy.absent_service")),
    ("aws:sourceorgpaths", Absent("policy.absent_service")),
    ("aws:principalservicename", Absent("policy.absent_service")),
    ("aws:principalservicenameslist", Absent("policy.absent_service")),
    ("sts:externalid", Absent("policy.absent_other_call")),
    ("sts:durationseconds", Absent("policy.absent_other_call")),
    ("sts:awsservicename", Absent("policy.absent_other_call")),
    ("sts:roleauthorizedbyidp", Absent("policy.absent_other_call")),
    ("sts:requestcontext/", Absent("policy.absent_other_call")),
    ("sts:requestcontextproviders", Absent("policy.absent_other_call")),
];

/// Keys that hold a list, in lower case, beside the claims that do.
pub(super) const LISTS: [&str; 8] = [
    "aws:tagkeys",
    "sts:transitivetagkeys",
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:resourceorgpaths",
    "aws:vpceorgpaths",
    "aws:sourceorgpaths",
    "aws:principalservicenameslist",
];

/// Keys that are made of the assertion and of the request, beside the claims; one that ends in `/` stands for all that begin
/// with it.
const MADE: [&str; 9] = [
    "aws:requesttag/",
    "aws:tagkeys",
    "sts:transitivetagkeys",
    "sts:sourceidentity",
    "sts:rolesessionname",
    "aws:currenttime",
    "aws:epochtime",
    "aws:securetransport",
    "aws:requestedregion",
];

/// Whether the key, in lower case, holds a list of values.
pub(super) fn is_list(key: &str) -> bool {
    let claim = key.strip_prefix("saml:").and_then(|key| CLAIMS.iter().find(|claim| claim.key == key));
    claim.map_or_else(|| LISTS.contains(&key), |claim| claim.list)
}

/// What AWS documents of a key that is not made of the sign-in, in lower case.
pub(super) fn presence(key: &str) -> Option<Presence> {
    GLOBAL.iter().find(|(known, _)| is_named(key, known)).map(|(_, presence)| *presence)
}

/// Whether AWS documents a key, in lower case, of the prefixes `saml`, `sts` and `aws`; others are not judged.
pub(super) fn is_documented(key: &str) -> bool {
    if let Some(name) = key.strip_prefix("saml:") {
        return CLAIMS.iter().any(|claim| claim.key == name) || OTHER_SAML.contains(&name);
    }
    let is_ours = key.starts_with("aws:") || key.starts_with("sts:");
    !is_ours
        || presence(key).is_some()
        || key == "aws:resourceaccount"
        || MADE.iter().any(|known| is_named(key, known))
}

/// Whether the Service Authorization Reference lists the key, in lower case, for this action; global keys are not listed.
pub(super) fn is_documented_for(key: &str, action: &str) -> bool {
    match action {
        "sts:TagSession" => !key.starts_with("saml:") || key == "saml:aud",
        "sts:SetSourceIdentity" => {
            !key.starts_with("saml:") && !key.starts_with("aws:requesttag/") && key != "aws:tagkeys"
        }
        _ => true,
    }
}

fn is_named(key: &str, known: &str) -> bool {
    if known.ends_with('/') { key.starts_with(known) } else { key == known }
}
