//! Room 1: what the browser saw to a [`SamlPost`], what was pasted or opened to each [`Imported`] message. Of what the
//! browser saw, other hosts and paths are refused, and bodies without a SAML response.

mod endpoint;
mod form;
pub mod har;
#[cfg(not(target_arch = "wasm32"))]
mod har_json;
mod import;
mod imported;
mod inflate;
mod multipart;
mod page;
mod query;
mod words;

pub use endpoint::{Acs, Endpoint};
pub use form::Body;
pub use import::{is_json, read_any, read_pasted};
pub use imported::{Binding, Imported, Parameter, SignedQuery};
pub(crate) use inflate::{Inflated, UTF8_BOM, inflate, is_markup, is_utf16};

use crate::secret::Secret;

/// One POST of a SAML response to an AWS sign-in endpoint (SAML bindings 3.5.4), or what someone pasted of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SamlPost {
    /// Where it was sent; `None` when pasted.
    pub endpoint: Option<Endpoint>,
    /// `SAMLResponse`, base64 exactly as sent, line breaks and all. From pasted text: standard padded base64.
    pub response: Secret<String>,
    /// `RelayState`, if there is one and it is not empty: where the sign-in goes afterwards.
    pub relay_state: Option<String>,
    /// `roleIndex`, the role ARN picked on AWS's own role page, exactly as sent.
    pub chosen_role: Option<String>,
}

/// Reads a POST that the browser saw: `url` as the browser gives it, the body parsed or raw.
///
/// # Errors
///
/// When the URL is not a SAML endpoint of AWS, or the body holds no SAML response or is past a limit.
pub fn read_post(url: &str, body: &Body) -> Result<SamlPost, CaptureError> {
    let endpoint = Endpoint::parse(url)?;
    let fields = form::fields(body)?;
    form::post(Some(endpoint), fields)
}

/// Why a POST or a pasted text was not taken. Facts only, never a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureError {
    /// The URL is not `https` on one of AWS's sign-in hosts.
    NotAws,
    /// The host is AWS's, the path is not that of a SAML endpoint: `/saml` or `/saml/acs/ID`.
    NotSamlPath,
    /// The body is empty, or the browser did not give it.
    NoBody,
    /// The body is a form without a `SAMLResponse`.
    NoSamlResponse,
    /// The form holds a `SAMLRequest`: the message that starts a sign-in, not the one that ends it.
    SamlRequest,
    /// The form holds several `SAMLResponse` fields that differ.
    SeveralSamlResponses,
    /// More bytes than [`crate::limits::MAX_BODY_BYTES`].
    TooLarge {
        /// Bytes there were.
        bytes: usize,
        /// Bytes that are taken.
        limit: usize,
    },
    /// More form fields than [`crate::limits::MAX_FORM_FIELDS`].
    TooManyFields {
        /// Fields that are taken.
        limit: usize,
    },
    /// A HAR file without a SAML message.
    NoSamlMessage {
        /// Requests there were.
        requests: usize,
    },
    /// More messages in one file than [`crate::limits::MAX_MESSAGES`].
    TooManyMessages {
        /// Messages that are taken.
        limit: usize,
    },
    /// The pasted text is empty.
    NothingPasted,
    /// The pasted text is neither XML, nor base64 of it, nor anything that holds such a message.
    NotRecognized,
}

impl CaptureError {
    /// The stable code, such as `capture.not_aws`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAws => "capture.not_aws",
            Self::NotSamlPath => "capture.not_saml_path",
            Self::NoBody => "capture.no_body",
            Self::NoSamlResponse => "capture.no_saml_response",
            Self::SamlRequest => "capture.saml_request",
            Self::SeveralSamlResponses => "capture.several_saml_responses",
            Self::TooLarge { .. } => "capture.too_large",
            Self::TooManyFields { .. } => "capture.too_many_fields",
            Self::NoSamlMessage { .. } => "capture.no_saml_message",
            Self::TooManyMessages { .. } => "capture.too_many_messages",
            Self::NothingPasted => "capture.nothing_pasted",
            Self::NotRecognized => "capture.not_recognized",
        }
    }

    /// The values of the message's placeholders, in order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::TooLarge { bytes, limit } => vec![bytes.to_string(), limit.to_string()],
            Self::TooManyFields { limit } | Self::TooManyMessages { limit } => vec![limit.to_string()],
            Self::NoSamlMessage { requests } => vec![requests.to_string()],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partition::Partition;

    fn form(fields: &[(&str, &str)]) -> Body {
        Body::Form(
            fields.iter().map(|(name, value)| (String::from(*name), vec![String::from(*value)])).collect(),
        )
    }

    #[test]
    fn a_post_of_awss_role_page_carries_the_chosen_role_as_sent() {
        let role = "arn:aws:iam::111122223333:role/team/Dev";
        let body = form(&[
            ("name", ""),
            ("portal", ""),
            ("SAMLResponse", "PHg+"),
            ("RelayState", ""),
            ("roleIndex", role),
        ]);
        let post = read_post("https://eu-west-1.signin.aws.amazon.com/saml", &body).unwrap();
        assert_eq!(post.chosen_role.as_deref(), Some(role));
        assert_eq!(post.relay_state, None);
        assert_eq!(post.response.expose(), "PHg+");
        let endpoint = post.endpoint.unwrap();
        assert_eq!((endpoint.partition, endpoint.region.as_deref()), (Partition::Aws, Some("eu-west-1")));
    }

    #[test]
    fn the_same_form_gives_the_same_post_parsed_or_raw() {
        let url = "https://signin.aws.amazon.com/saml";
        let parsed =
            read_post(url, &form(&[("SAMLResponse", "PHg+\r\nPHg/"), ("RelayState", "a b&c=%")])).unwrap();
        let raw = b"SAMLResponse=PHg%2B%0D%0APHg%2F&RelayState=a+b%26c%3D%25";
        assert_eq!(read_post(url, &Body::Raw(vec![raw.to_vec()])).unwrap(), parsed);
    }

    #[test]
    fn debug_output_of_a_post_holds_no_response() {
        let post =
            read_post("https://signin.aws.amazon.com/saml", &form(&[("SAMLResponse", "PHg+")])).unwrap();
        assert!(!format!("{post:?}").contains("PHg"));
        assert!(!format!("{:?}", form(&[("SAMLResponse", "PHg+")])).contains("PHg"));
    }

    #[test]
    fn a_good_body_for_another_host_is_refused() {
        let body = form(&[("SAMLResponse", "PHg+")]);
        assert_eq!(read_post("https://example.com/saml", &body), Err(CaptureError::NotAws));
        assert_eq!(
            read_post("https://signin.aws.amazon.com/platform/saml", &body),
            Err(CaptureError::NotSamlPath)
        );
    }

    #[test]
    fn sizes_and_limits_are_arguments_of_the_message() {
        let error = CaptureError::TooLarge { bytes: 3, limit: 2 };
        assert_eq!(
            (error.code(), error.args()),
            ("capture.too_large", vec![String::from("3"), String::from("2")])
        );
    }
}
