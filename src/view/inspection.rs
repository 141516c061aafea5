//! Everything that one SAML message says, as one plain object: what `rolecall inspect --json` prints and what the inspector
//! draws. docs/inspect.md documents it; its shape is stable. Absent is null, times are RFC 3339 in UTC.

use serde::{Serialize, Serializer};

use super::claims::Claim;
use super::{Command, Failure, Finding, Message, Notice};
use crate::signature;

/// One SAML message, read and judged.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Inspection {
    /// `response`, `assertion` (one without a response around it), `authn_request`, `logout_request` or `logout_response`.
    pub kind: Option<&'static str>,
    /// `ID` of the message.
    pub id: Option<String>,
    /// `Version` of the message.
    pub version: Option<String>,
    /// The entity id of the identity provider (of a request: of who asks): the assertion's `Issuer`, else the message's.
    pub issuer: Option<String>,
    /// What to call the identity provider, such as `Microsoft Entra ID`.
    pub provider: Option<String>,
    /// Whose steps the findings give: `entra`, `okta`, `adfs`, `google`, `ping`, `keycloak` or `generic`; null of anything but a response.
    pub product: Option<&'static str>,
    /// `Destination` of the message.
    pub destination: Option<String>,
    /// `Recipient` of each subject confirmation.
    pub recipients: Vec<String>,
    /// The audiences of every audience restriction.
    pub audiences: Vec<String>,
    /// `NameID` of the subject.
    pub name_id: Option<String>,
    /// `Format` of the name, a URI.
    pub name_id_format: Option<String>,
    /// `NotBefore` of the conditions.
    pub not_before: Option<String>,
    /// `NotOnOrAfter` of the conditions, else the latest of the subject confirmations'; of a `LogoutRequest` its own.
    pub not_on_or_after: Option<String>,
    /// `SessionNotOnOrAfter` of the authentication statement.
    pub session_not_on_or_after: Option<String>,
    /// `IssueInstant` of the assertion, else of the message.
    pub issue_instant: Option<String>,
    /// Until when AWS takes the response: five minutes after its issue, or earlier where it says so.
    pub usable_until: Option<String>,
    /// `AuthnInstant`: when the person signed in.
    pub authn_instant: Option<String>,
    /// The first `AuthnContextClassRef`, a URI; of a request the one that is asked for.
    pub authn_context: Option<String>,
    /// Whether the response says that several factors were used; null when it does not say.
    pub mfa: Option<bool>,
    /// `InResponseTo` of the message.
    pub in_response_to: Option<String>,
    /// `<Status>`.
    pub status: Option<Status>,
    /// The partition of the roles, else of the sign-in host: `aws`, `aws-us-gov` ...
    pub partition: Option<&'static str>,
    /// The pairs of role and provider, each once.
    pub roles: Vec<Role>,
    /// `RoleSessionName`.
    pub role_session_name: Option<String>,
    /// `SessionDuration` in seconds, if it is one that AWS takes.
    pub session_duration: Option<u32>,
    /// The `PrincipalTag`s: key to value.
    #[serde(serialize_with = "as_map")]
    pub principal_tags: Vec<(String, String)>,
    /// `TransitiveTagKeys`.
    pub transitive_tag_keys: Vec<String>,
    /// `SourceIdentity`.
    pub source_identity: Option<String>,
    /// Every attribute, name to values; those of one name together.
    #[serde(serialize_with = "as_map")]
    pub attributes: Vec<(String, Vec<String>)>,
    /// The same as a screen lists them.
    pub claims: Vec<Claim>,
    /// What else a request or a logout says: the key of its name and its value, several of some.
    pub details: Vec<(&'static str, String)>,
    /// Whether an assertion is encrypted.
    pub encrypted: bool,
    /// Of each encrypted part what can be read without the key.
    pub encryption: Vec<Encryption>,
    /// Every signature in the document.
    pub signatures: Vec<Signature>,
    /// The verdict on what is shown: `genuine`, `consistent`, `wrapped`, `broken`, `unsigned` or `unknown`.
    pub verdict: Option<&'static str>,
    /// How the person signed in, as far as the message says; null of anything but a response.
    pub authentication: Option<Authentication>,
    /// What is odd or wrong, worst first.
    pub findings: Vec<Finding>,
    /// Where the message was sent, if that is known.
    pub url: Option<String>,
    /// `post`, `redirect`, or `unknown` when the text does not say.
    pub binding: Option<&'static str>,
    /// `RelayState`.
    pub relay_state: Option<String>,
    /// Why nothing could be read; everything else is then null or empty.
    pub error: Option<Refusal>,
}

/// `<Status>` of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// From the outermost to the innermost, URIs.
    pub codes: Vec<String>,
    /// The identity provider's own message.
    pub message: Option<String>,
}

/// How the person signed in at the identity provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Authentication {
    /// Whether several factors were used; null when the response does not say.
    pub mfa: Option<bool>,
    /// The methods that are listed, URIs or short names.
    pub methods: Vec<String>,
    /// `AuthnContextClassRef`, a URI.
    pub context: Option<String>,
    /// When the person signed in.
    pub at: Option<String>,
    /// Seconds since then.
    pub seconds_ago: Option<i64>,
    /// The tenant of Microsoft Entra ID.
    pub tenant: Option<String>,
    /// The person's object in it.
    pub object_id: Option<String>,
    /// The person's name in it.
    pub display_name: Option<String>,
    /// How AWS can be told of the second factor and require it; null of a response that is not for AWS.
    pub require_mfa: Option<RequireMfa>,
    /// What is said about the device: `isCompliant`, `isManaged`, `isKnown`, `trustType`.
    #[serde(serialize_with = "as_map")]
    pub device: Vec<(&'static str, String)>,
}

/// How AWS is told of the second factor, and requires it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RequireMfa {
    /// What the administrator of this identity provider does.
    pub fix: Option<Message>,
    /// The menu path in that provider's console.
    pub fix_place: Option<Message>,
    /// What the AWS administrator does.
    pub fix_iam: Option<Message>,
    /// A trust policy that requires it.
    pub command: Option<Command>,
}

/// A role that the response offers, with the SAML provider that vouches for it: two ARNs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    /// The role's ARN.
    pub role: String,
    /// The provider's ARN.
    pub provider: String,
}

/// An encrypted part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Encryption {
    /// `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`.
    pub name: &'static str,
    /// How the data is encrypted, a URI.
    pub data_algorithm: Option<String>,
    /// How the key is, a URI.
    pub key_algorithm: Option<String>,
    /// The digest of that algorithm, a URI.
    pub key_digest: Option<String>,
    /// For whom: a key's name, or the subject of a certificate.
    pub recipient: Option<String>,
}

/// One signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// What it covers: `response`, `assertion` ..., null when nothing that a reader uses.
    pub covers: Option<&'static str>,
    /// `ID` of what it covers.
    pub covers_id: Option<String>,
    /// The verdict on this signature.
    pub verdict: Option<&'static str>,
    /// `Algorithm` of `SignatureMethod`, a URI.
    pub algorithm: Option<String>,
    /// The same for people, such as `RSA PKCS#1 v1.5, SHA-256`.
    pub algorithm_name: Option<String>,
    /// `Algorithm` of `DigestMethod`, a URI.
    pub digest: Option<String>,
    /// `Algorithm` of `CanonicalizationMethod`, a URI.
    pub canonicalization: Option<String>,
    /// The reference's transforms, URIs.
    pub transforms: Vec<String>,
    /// `URI` of the reference.
    pub reference: Option<String>,
    /// `pin`, `metadata`, `embedded`, or null when no key verified it.
    pub verified_by: Option<&'static str>,
    /// The certificate that verified it, else the first that it carries.
    pub certificate: Option<Certificate>,
    /// Which element of the document the signature is, counted from 0 in document order.
    pub element: usize,
    /// Which element it covers.
    pub covers_element: Option<usize>,
    /// What is odd or wrong about it.
    pub issues: Vec<Notice>,
}

/// An X.509 certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Whom it is for, as RFC 4514 writes names.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The serial number in hexadecimal.
    pub serial: String,
    /// When it begins to be valid.
    pub not_before: String,
    /// When it ends.
    pub not_after: String,
    /// The kind of its key: `RSA`, `EC P-256` ...
    pub key: &'static str,
    /// The size of its key.
    pub key_bits: u32,
    /// SHA-1 of the whole certificate in hexadecimal; null when the host did not compute it.
    pub sha1: Option<String>,
    /// SHA-256 of the whole certificate in hexadecimal.
    pub sha256: Option<String>,
    /// The certificate as text.
    pub pem: String,
}

impl Certificate {
    /// What there is to say about a certificate, without its fingerprints.
    #[must_use]
    pub fn of(certificate: &signature::Certificate) -> Self {
        Self {
            subject: certificate.subject.clone(),
            issuer: certificate.issuer.clone(),
            serial: certificate.serial.clone(),
            not_before: certificate.not_before.rfc3339(),
            not_after: certificate.not_after.rfc3339(),
            key: certificate.key_name,
            key_bits: certificate.key_bits,
            sha1: None,
            sha256: None,
            pem: certificate.pem(),
        }
    }

    /// Kind and size of its key, such as `RSA 2048`.
    #[must_use]
    pub fn key_label(&self) -> String {
        format!("{} {}", self.key, self.key_bits)
    }
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The stable code.
    pub code: &'static str,
    /// What it means.
    pub text: Message,
    /// What to do.
    pub hint: Message,
}

impl Inspection {
    /// The object of something that could not be read.
    #[must_use]
    pub fn refused(failure: Failure) -> Self {
        let Failure { code, text, hint, .. } = failure;
        Self { error: Some(Refusal { code, text, hint }), ..Self::default() }
    }

    /// Whether a finding of severity error stands in it.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == "error")
    }
}

/// Pairs as a JSON object, in their order.
fn as_map<K: Serialize, V: Serialize, S: Serializer>(
    pairs: &[(K, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}
