//! What a redacted copy keeps: words that products and standards made, never ones that a company chose. All else goes.

use crate::partition::Partition;

/// Whether a word is on a list, in either case.
pub(super) fn is_one_of(word: &str, lists: &[&str]) -> bool {
    lists.iter().any(|list| list.split(' ').any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether a text begins with one of a list.
fn begins_with(text: &str, list: &str) -> bool {
    list.split(' ').any(|start| text.starts_with(start))
}

/// Whether a value is made of nothing but public words: a URI of SAML, XML Security or a product's authentication
/// method, a boolean, or nothing at all.
pub(super) fn is_public_value(text: &str) -> bool {
    let text = text.trim_ascii();
    let is_uri = text.len() <= LONGEST_URI
        && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'@')
        && begins_with(text, PUBLIC_URIS);
    let is_audience = text.strip_prefix("urn:amazon:webservices").is_some_and(|rest| {
        rest.is_empty() || rest == ":govcloud" || rest.strip_prefix(':').is_some_and(is_region)
    });
    text.is_empty() || is_uri || is_audience || is_one_of(text, &["true false"])
}

/// Whether a namespace is one of a standard or a product.
pub(super) fn is_public_namespace(name: &str) -> bool {
    !name.contains('@') && (begins_with(name, PUBLIC_URIS) || begins_with(name, NAMESPACES))
}

/// Whether a prefix is one that people use for every namespace of that kind.
pub(super) fn is_usual_prefix(prefix: &str) -> bool {
    let stem = prefix.trim_end_matches(|character: char| character.is_ascii_digit());
    stem.len() <= 3 || is_one_of(stem, &[PREFIXES])
}

/// Whether an object identifier names an attribute of a standard or of Microsoft; other arcs name companies.
pub(super) fn is_public_oid(name: &str) -> bool {
    let oid = name.strip_prefix("urn:oid:").unwrap_or(name);
    oid.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && OIDS.split(' ').any(|arc| oid.strip_prefix(arc).is_some_and(|rest| rest.starts_with('.')))
}

/// A host's labels of its own, and the part that a product or a registry gave it. An AWS host is told by the third.
pub(super) fn split_host(host: &str) -> (&str, &str, bool) {
    let mut from = 0;
    loop {
        let domain = host.get(from..).unwrap_or_default();
        let is_aws = is_one_of(domain, &[AWS_DOMAINS]);
        if is_aws || is_one_of(domain, &[DOMAINS]) {
            return (host.get(..from).unwrap_or_default(), domain, is_aws);
        }
        match domain.bytes().position(|byte| byte == b'.') {
            Some(at) => from = from.saturating_add(at).saturating_add(1),
            None if is_one_of(domain, &[TOP_LEVEL]) => {
                return (host.get(..from).unwrap_or_default(), domain, false);
            }
            None => return (host, "", false),
        }
    }
}

/// Whether a host's label is a region of AWS or one of AWS's own.
pub(super) fn is_aws_label(label: &str) -> bool {
    is_region(label) || is_one_of(label, &["signin signin-fips console sts www us portal"])
}

/// Whether a text is a region of AWS.
pub(super) fn is_region(text: &str) -> bool {
    Partition::ALL.iter().any(|partition| partition.region(text).is_some())
}

/// Whether a text is a GUID, in either case.
pub(super) fn is_guid(text: &str) -> bool {
    text.len() == GUID_LENGTH
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The GUID that a text begins with.
pub(super) fn leading_guid(text: &str) -> Option<(&str, &str)> {
    let (guid, behind) = text.split_at_checked(GUID_LENGTH)?;
    let is_end = behind.bytes().next().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (is_end && is_guid(guid)).then_some((guid, behind))
}

/// Whether a text is an address of IPv4 or IPv6.
pub(super) fn is_address(text: &str) -> bool {
    let parts = || text.split('.');
    let is_octet = |part: &str| part.len() <= 3 && part.parse::<u8>().is_ok();
    if parts().count() == 4 && parts().all(is_octet) {
        return true;
    }
    let colons = text.bytes().filter(|byte| *byte == b':').count();
    colons >= 2
        && text.len() <= 45
        && text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
}

/// Whether a text is a host name with a domain: `corp.example`.
pub(super) fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

const GUID_LENGTH: usize = 36;

/// The longest URI of [`PUBLIC_URIS`] has 90 characters.
const LONGEST_URI: usize = 120;

/// Beginnings of URIs that only their makers assign.
const PUBLIC_URIS: &str = "urn:oasis:names:tc: urn:federation:authentication: http://www.w3.org/ http://docs.oasis-open.org/ \
    http://schemas.microsoft.com/claims/ \
    http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/ \
    http://schemas.microsoft.com/ws/2012/12/authmethod/ https://refeds.org/";

const NAMESPACES: &str = "http://schemas.xmlsoap.org/ http://schemas.microsoft.com/ urn:mace:shibboleth:";

const PREFIXES: &str = "saml samlp samlmd saml2p dsig xenc soap soapenv wsse mdui mdattr mdrpi";

/// X.500, COSINE, eduPerson, PKCS #9, Netscape and Microsoft.
const OIDS: &str = "2.5.4 0.9.2342.19200300.100.1 1.3.6.1.4.1.5923.1 1.2.840.113549.1.9 2.16.840.1.113730.3.1 \
    1.2.840.113556.1";

const AWS_DOMAINS: &str = "aws.amazon.com amazonaws.com amazonaws.cn amazonaws.com.cn amazonaws-us-gov.com amazonaws-eusc.eu \
    amazonaws.eu awsapps.com";

const DOMAINS: &str = "windows.net microsoftonline.com microsoftonline.us chinacloudapi.cn onmicrosoft.com microsoft.com \
    okta.com oktapreview.com okta-emea.com okta-gov.com google.com pingone.com pingone.eu pingone.asia \
    pingidentity.com onelogin.com jumpcloud.com auth0.com duosecurity.com xmlsoap.org w3.org \
    oasis-open.org amazoncognito.com";

const TOP_LEVEL: &str = "com org net edu gov io example test invalid local localhost internal";

/// Host labels that say what a server does.
pub(super) const HOST_WORDS: &str = "www sts adfs sso idp login auth accounts signin schemas accesscontrol";

/// Words of URLs and URNs of SAML products and of AWS.
pub(super) const PATH_WORDS: &str = "urn oid amazon webservices govcloud federation spn api mailto saml saml2 samlp sso slo acs idp sp \
    adfs services trust ls app apps realms protocol metadata federationmetadata static xml login logout \
    console auth oauth2 o idpid tenantid home attributes attribute ws identity claims 2001 2002 2005 \
    2006 2007 2008 2012 2014 01 02 05 06 09 12 v1 v2";

/// Words of attribute names: those of AWS, Entra, AD FS, LDAP and eduPerson, and what people call them by.
pub(super) const NAMES: &str = "Role Roles RoleSessionName SessionName SessionDuration PrincipalTag TransitiveTagKeys \
    TransitiveTagKey SourceIdentity AccessControl name nameidentifier emailaddress email mail upn \
    userprincipalname givenname surname sn cn commonname displayname firstname lastname first_name \
    last_name user username uid userid samaccountname windowsaccountname group groups groupsid \
    primarygroupsid primarysid denyonlysid memberof ismemberof wids tenantid objectidentifier objectguid \
    identityprovider authenticationmethod authenticationinstant authnmethodsreferences \
    authnmethodsproviders amr privatepersonalidentifier x500distinguishedname department title company \
    organization o ou employeenumber employeeid employeetype manager phone telephonenumber mobile \
    homephone otherphone mobilephone street streetaddress postalcode locality country stateorprovince \
    dateofbirth gender language preferredlanguage sid onpremisessamaccountname edupersonprincipalname \
    edupersonaffiliation edupersonscopedaffiliation edupersonentitlement edupersontargetedid \
    edupersonuniqueid edupersonassurance edupersonorgdn eduorghomepageuri schachomeorganization sub type \
    id";

/// Types of a distinguished name (RFC 4514) and the spelling of OpenSSL and Microsoft.
pub(super) const NAME_TYPES: &str = "CN O OU C L ST S DC E emailAddress UID STREET SERIALNUMBER";

/// Certificate subjects that a product gives every customer.
pub(super) const CERTIFICATE_WORDS: &str = "Microsoft Azure Federated SSO Certificate Okta ADFS";

/// Authentication methods as `amr` names them (RFC 8176, and Entra).
pub(super) const METHODS: &str =
    "mfa pwd otp hwk swk fido rsa wia sms tel kba pin face fpt iris user ngcmfa x509 password";

/// Words of ARNs in front of what their resource is called.
pub(super) const ARN_WORDS: &str = "arn aws aws-cn aws-us-gov aws-eusc aws-iso aws-iso-b iam sts sso role roles saml-provider \
    oidc-provider user group policy assumed-role federated-user root cn us gov eusc saml provider \
    assumed";

/// XML attributes of SAML, XML Signature and XML Encryption without a namespace. Others are not theirs.
pub(super) const XML_ATTRIBUTES: &str = "ID Id Version MajorVersion MinorVersion IssueInstant NotBefore NotOnOrAfter AuthnInstant \
    SessionNotOnOrAfter SessionIndex AssertionID ResponseID InResponseTo URI Destination Recipient \
    Consent Value Format NameQualifier SPNameQualifier SPProvidedID Method Address DNSName Name \
    NameFormat FriendlyName OriginalName Algorithm Type Encoding MimeType Target PrefixList ForceAuthn \
    IsPassive AllowCreate Comparison ProviderName ProtocolBinding Binding AssertionConsumerServiceURL \
    AssertionConsumerServiceIndex AttributeConsumingServiceIndex ProviderID Loc ProxyCount Reason \
    Namespace Decision Resource entityID validUntil cacheDuration use index isDefault Location \
    ResponseLocation protocolSupportEnumeration WantAuthnRequestsSigned WantAssertionsSigned \
    AuthnRequestsSigned";

/// XML attributes that are a time.
pub(super) const TIMES: &str =
    "IssueInstant NotBefore NotOnOrAfter AuthnInstant SessionNotOnOrAfter validUntil";

/// XML attributes that are a number.
pub(super) const NUMBERS: &str =
    "AssertionConsumerServiceIndex AttributeConsumingServiceIndex ProxyCount index";

/// XML attributes that are an identifier of the message, or refer to one.
pub(super) const IDS: &str = "ID Id AssertionID ResponseID InResponseTo SessionIndex URI";

/// Elements that hold a key, a part of one, or what was encrypted, in base64.
pub(super) const KEY_VALUES: &str = "X509SKI X509CRL X509Digest Modulus Exponent P Q G Y J Seed PublicKey \
    DEREncodedKeyValue PGPKeyID PGPKeyPacket SPKISexp CipherValue OAEPparams";

/// Types of XML Schema that values of attributes have.
pub(super) const XML_TYPES: &str =
    "string anyType boolean integer dateTime base64Binary anyURI NameIDType NCName int";
