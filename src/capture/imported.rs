//! One SAML message on its way in, wherever it was found.

use super::{Acs, SamlPost};
use crate::secret::Secret;
use crate::time::UnixTime;

/// One SAML message found in pasted text, an opened file, or a captured POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What stood in the parameter, percent-decoding undone: base64. XML that was pasted is encoded.
    pub encoded: Secret<String>,
    /// How it was sent, which says whether it is compressed.
    pub binding: Binding,
    /// The parameter it stood in; `None` when bare.
    pub parameter: Option<Parameter>,
    /// Where it was sent, without query and fragment; `None` when that is not known.
    pub url: Option<String>,
    /// `RelayState`, if there is one and it is not empty.
    pub relay_state: Option<String>,
    /// `roleIndex`, the role ARN picked on AWS's own role page, exactly as sent.
    pub chosen_role: Option<String>,
    /// When it was sent, if the source says so.
    pub at: Option<UnixTime>,
    /// The signature of the redirect binding, which stands beside the message.
    pub query: Option<SignedQuery>,
}

/// How a message was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// In a form, as base64 of the XML (SAML bindings 3.5).
    Post,
    /// In a URL, as base64 of the compressed XML (SAML bindings 3.4).
    Redirect,
    /// Nothing says it.
    Unknown,
}

impl Binding {
    /// `post`, `redirect` or `unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Redirect => "redirect",
            Self::Unknown => "unknown",
        }
    }
}

/// The two parameters that hold a SAML message (SAML bindings 3.4.4, 3.5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// `SAMLResponse`.
    SamlResponse,
    /// `SAMLRequest`.
    SamlRequest,
}

impl Parameter {
    /// The parameter of exactly that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::SamlResponse, Self::SamlRequest].into_iter().find(|parameter| parameter.name() == name)
    }

    /// Its name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SamlResponse => "SAMLResponse",
            Self::SamlRequest => "SAMLRequest",
        }
    }
}

/// The signature of a message sent by redirect (SAML bindings 3.4.4.1): it covers octets of the URL, not the XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedQuery {
    /// What was signed, escapes as they stand in the URL: `SAMLRequest=…&RelayState=…&SigAlg=…`, in that order.
    pub octets: Secret<String>,
    /// `SigAlg`, a URI.
    pub algorithm: String,
    /// `Signature`, base64.
    pub signature: String,
}

impl Imported {
    /// A message of which nothing else is known.
    pub(super) fn bare(encoded: String) -> Self {
        Self {
            encoded: Secret::new(encoded),
            binding: Binding::Unknown,
            parameter: None,
            url: None,
            relay_state: None,
            chosen_role: None,
            at: None,
            query: None,
        }
    }

    /// The response of a captured POST.
    #[must_use]
    pub fn of_post(post: SamlPost) -> Self {
        let url = post.endpoint.map(|endpoint| {
            let path = match endpoint.kind {
                Acs::Plain => String::new(),
                Acs::Encrypted { provider_id } => format!("/acs/{provider_id}"),
            };
            format!("https://{}/saml{path}", endpoint.host)
        });
        Self {
            encoded: post.response,
            binding: if url.is_some() { Binding::Post } else { Binding::Unknown },
            parameter: Some(Parameter::SamlResponse),
            url,
            relay_state: post.relay_state,
            chosen_role: post.chosen_role,
            at: None,
            query: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{Body, read_post};

    #[test]
    fn a_captured_post_says_where_it_was_sent() {
        for url in [
            "https://signin.aws.amazon.com/saml",
            "https://us-east-2.signin.aws.amazon.com/saml/acs/SAMLSPX1",
        ] {
            let body = Body::Raw(vec![b"SAMLResponse=PHg%2B&RelayState=x&roleIndex=y".to_vec()]);
            let imported = Imported::of_post(read_post(&format!("{url}?a=b"), &body).unwrap());
            assert_eq!(imported.url.as_deref(), Some(url));
            assert_eq!(imported.encoded.expose(), "PHg+");
            assert_eq!(
                (imported.binding.name(), imported.parameter),
                ("post", Some(Parameter::SamlResponse))
            );
            assert_eq!(
                (imported.relay_state.as_deref(), imported.chosen_role.as_deref()),
                (Some("x"), Some("y"))
            );
        }
    }

    #[test]
    fn debug_output_holds_neither_the_message_nor_what_was_signed() {
        let mut imported = Imported::bare(String::from("PHg+"));
        imported.query = Some(SignedQuery {
            octets: Secret::new(String::from("SAMLResponse=PHg%2B")),
            algorithm: String::from("urn:x"),
            signature: String::from("c2ln"),
        });
        assert!(!format!("{imported:?}").contains("PHg"));
    }

    #[test]
    fn parameters_are_told_by_their_exact_name() {
        assert_eq!(Parameter::from_name("SAMLRequest"), Some(Parameter::SamlRequest));
        assert_eq!(Parameter::from_name("samlrequest"), None);
        assert_eq!(Parameter::from_name("SAMLResponse "), None);
    }
}
