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

/// Encrypted parts of one message. A response has one assertion, or an encrypted name and some encrypted attributes; each is
/// matched with every encrypted key of the document.
pub const MAX_ENCRYPTED_PARTS: usize = 256;

/// Bytes of an STS answer. A real one is about 3 KiB; a captive portal's page can be anything.
pub const MAX_STS_ANSWER_BYTES: usize = 256 * 1024;
