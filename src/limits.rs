//! Every bound on input, each with the source of its number. Past a bound the input is refused by code, never cut.

/// Bytes of a captured POST body, of a pasted text, and of the base64 in it.
///
/// STS takes at most 100,000 base64 characters ([`MAX_STS_ASSERTION_CHARS`]). Twenty times that still leaves
/// room to show what AWS would refuse, and ten captures of the size people really send fit the 10 MiB quota of
/// `storage.session`.
pub const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;

/// Bytes of a HAR file. Pages and scripts that came with a sign-in are in it: some tens of megabytes when a console was open
/// before. The engine's JSON reader takes this much in under a second; each message keeps to [`MAX_BODY_BYTES`].
pub const MAX_HAR_BYTES: usize = 64 * 1024 * 1024;

/// SAML messages of one HAR file. A sign-in has two to six; this is a day of them.
pub const MAX_MESSAGES: usize = 1000;

/// Base64 characters of `SAMLAssertion` that STS takes (`AssumeRoleWithSAML`, STS API 2011-06-15).
pub const MAX_STS_ASSERTION_CHARS: usize = 100_000;

/// Fields of one form body. AWS's role page sends five; identity providers two or three.
pub const MAX_FORM_FIELDS: usize = 64;

/// Nesting of XML elements. A signed response with an X.509 key is ten deep.
pub const MAX_XML_DEPTH: usize = 64;

/// Elements, comments and processing instructions of one document. 100,000 characters of base64 hold about 1,500
/// attribute values; this is sixty times that.
pub const MAX_XML_ELEMENTS: usize = 100_000;

/// XML attributes of one element, namespace declarations included. SAML uses at most ten.
pub const MAX_XML_ATTRIBUTES: usize = 64;

/// Distinct namespace names of one document, and declarations in scope at once. A response with XML Schema types on
/// its values and an encrypted part has nine. With this bound each name is resolved in a bounded number of steps.
pub const MAX_XML_NAMESPACES: usize = 128;

/// Signatures of one document that are judged. A response has one, or one on each assertion and one of its own.
pub const MAX_SIGNATURES: usize = 8;

/// References of one signature that are followed; SAML allows one (SAML core 5.4.2).
pub const MAX_REFERENCES: usize = 4;

/// Elements that may carry the ID of one reference and are digested, to tell a moved one from a changed one.
pub const MAX_SAME_IDS: usize = 4;

/// Certificates that a signature carries and that are read. A chain to a root has three.
pub const MAX_EMBEDDED_CERTIFICATES: usize = 4;

/// Trusted keys that one signature is tried with. Metadata in a rollover has two or three, Entra ID's up to six.
pub const MAX_TRUSTED_KEYS: usize = 8;

/// Keys that one signature is tried with in all: those, and the ones it carries.
pub const MAX_KEYS: usize = MAX_TRUSTED_KEYS + MAX_EMBEDDED_CERTIFICATES;

/// Prefixes in an `InclusiveNamespaces` list. Real lists have one or two.
pub const MAX_INCLUSIVE_PREFIXES: usize = 32;

/// Transforms of one reference. Enveloped, then a canonicalization, is all there is in practice.
pub const MAX_TRANSFORMS: usize = 8;

/// Canonical bytes made of one document in all. Response and assertion signed is twice the document; a document that
/// grows far beyond that was made to.
pub const MAX_CANONICAL_BYTES: usize = 8 * MAX_BODY_BYTES;

/// Bytes of a signature value, and of a digest. RSA of 16384 bits has 2048.
pub const MAX_SIGNATURE_BYTES: usize = 4096;

/// Bytes of a certificate. Those of identity providers have one to two thousand.
pub const MAX_CERTIFICATE_BYTES: usize = 64 * 1024;

/// Encrypted parts of one message. A response has one assertion, or an encrypted name and some encrypted attributes; each is
/// matched with every encrypted key of the document.
pub const MAX_ENCRYPTED_PARTS: usize = 256;

/// Bytes of an STS answer. A real one is about 3 KiB; a captive portal's page can be anything.
pub const MAX_STS_ANSWER_BYTES: usize = 256 * 1024;

/// Bytes of the answer to a signed call. Fifty events of CloudTrail, each with the whole record in it, are 100 to 200 KiB; one record
/// can have 256 KiB.
pub const MAX_API_ANSWER_BYTES: usize = 2 * 1024 * 1024;

/// Events that one `LookupEvents` call is asked for: as many as it gives (CloudTrail API 2013-11-01).
pub const MAX_EVENTS: usize = 50;

/// Resources of one event that are shown. Most events name none to three.
pub const MAX_EVENT_RESOURCES: usize = 20;

/// Bytes of a pasted trust policy. IAM takes 2,048 characters, white space left out, and 4,096 with a raised quota
/// (IAM User Guide, "IAM and AWS STS quotas"); percent-encoded in `GetRole`'s answer, with the role around it, that is 16 KiB.
pub const MAX_POLICY_BYTES: usize = 256 * 1024;

/// Nesting of a policy's JSON. A condition's value in the answer of `aws iam get-role` stands eight deep.
pub const MAX_POLICY_DEPTH: usize = 32;

/// Facts of one policy that are said. A policy with more is not a policy with flaws but another document.
pub const MAX_POLICY_FACTS: usize = 100;

/// Characters that are compared while one policy is evaluated, wildcards tried included; past it an outcome is not known. A
/// policy at IAM's quota against an assertion at the limit of STS takes a hundredth of it; this much takes a tenth of a second.
pub const MAX_POLICY_STEPS: u64 = 20_000_000;

/// Bytes of a pasted error message that are searched. A page of Entra ID with its ids has one to two thousand.
pub const MAX_ERROR_TEXT_BYTES: usize = 64 * 1024;

/// Characters of an identity provider's metadata that IAM takes (IAM API, `CreateSAMLProvider`, `SAMLMetadataDocument`).
pub const IAM_METADATA_CHARS: (usize, usize) = (1_000, 10_000_000);

/// Endpoints, and formats of `NameID`, of one identity provider that are remembered. Real metadata has two to four of each.
pub const MAX_METADATA_ENDPOINTS: usize = 8;

/// Bytes of a certificate that is remembered. Real ones have one to two thousand; `storage.local` holds 10 MB, and what anyone can post must
/// not fill it.
pub const MAX_REMEMBERED_CERTIFICATE_BYTES: usize = 12 * 1024;

/// Certificates of one application of an identity provider that are compared with each other. Metadata in a rollover has two, the keys
/// of an Entra ID tenant are up to six; with what was replaced over the years it is still below.
pub const MAX_KNOWN_CERTIFICATES: usize = 32;
