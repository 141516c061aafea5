//! The query of a URL, or a form as it stood in a text, to the messages in it (SAML bindings 3.4.4 and 3.5.4). Escapes
//! are kept where a signature covers them.

use super::form::{Plus, check_fields, decode, halves};
use super::{Binding, CaptureError, Imported, Parameter, SignedQuery};
use crate::secret::Secret;

/// Every message of `name=value` pairs, in order. `plus` says what a bare `+` outside of base64 means.
pub(super) fn messages(text: &str, plus: Plus) -> Result<Vec<Imported>, CaptureError> {
    let mut found = Vec::new();
    let (mut relay_state, mut chosen_role) = (None, None);
    for (count, pair) in text.split('&').enumerate() {
        check_fields(count.saturating_add(1))?;
        let (name, value) = halves(pair.as_bytes());
        let name = decode(name, plus);
        let name = name.trim();
        if let Some(parameter) = Parameter::from_name(name) {
            // A `+` is one of the characters of base64, a space is not.
            let encoded = decode(value, Plus::Literal).into_owned();
            if !encoded.is_empty() {
                found.push(Imported { parameter: Some(parameter), ..Imported::bare(encoded) });
            }
        } else if relay_state.is_none() && name == "RelayState" {
            relay_state = text_of(value, plus);
        } else if chosen_role.is_none() && name == "roleIndex" {
            chosen_role = text_of(value, plus);
        }
    }
    let query = found.first().and_then(|first| signature(text, first.parameter?));
    for imported in &mut found {
        imported.relay_state.clone_from(&relay_state);
        imported.chosen_role.clone_from(&chosen_role);
        imported.query.clone_from(&query);
    }
    Ok(found)
}

/// The messages in the query of a URL. Empty when it has none.
pub(super) fn of_url(url: &str) -> Result<Vec<Imported>, CaptureError> {
    let Some((address, query)) = url.split_once('?') else { return Ok(Vec::new()) };
    let query = query.split('#').next().unwrap_or_default();
    if !names_a_message(query) {
        return Ok(Vec::new());
    }
    let mut found = messages(query, Plus::Space)?;
    for imported in &mut found {
        imported.binding = Binding::Redirect;
        imported.url = address.starts_with("http").then(|| String::from(address));
    }
    Ok(found)
}

/// The address of a URL, without query and fragment.
pub(super) fn address(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// Whether a parameter that holds a message, or goes with one, stands among the pairs.
pub(super) fn is_form(text: &str) -> bool {
    text.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default().trim();
        pair.contains('=') && (Parameter::from_name(name).is_some() || name == "RelayState")
    })
}

/// Whether a parameter that holds a message stands among the pairs.
pub(super) fn names_a_message(text: &str) -> bool {
    text.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        Parameter::from_name(name.trim()).is_some()
    })
}

/// What the signature of a redirect covers: the three parameters in the order of the binding, not of the URL.
fn signature(text: &str, parameter: Parameter) -> Option<SignedQuery> {
    let pair = |name: &str| text.split('&').find(|pair| pair.split('=').next() == Some(name));
    let value =
        |name: &str| pair(name).map(|pair| decode(halves(pair.as_bytes()).1, Plus::Literal).into_owned());
    let algorithm = pair("SigAlg")?;
    let mut octets = String::from(pair(parameter.name())?);
    for signed in pair("RelayState").into_iter().chain([algorithm]) {
        octets.push('&');
        octets.push_str(signed);
    }
    Some(SignedQuery {
        octets: Secret::new(octets),
        algorithm: value("SigAlg")?,
        signature: value("Signature")?,
    })
}

fn text_of(value: &[u8], plus: Plus) -> Option<String> {
    (!value.is_empty()).then(|| decode(value, plus).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_signed_octets_are_those_of_the_url_in_the_order_of_the_binding() {
        let url = "https://idp.example/sso?a=b&SigAlg=http%3A%2F%2Fx%23rsa&Signature=c2ln%2Bg%3D%3D&RelayState=a+b%2fc\
                   &SAMLRequest=fZF%2b+w%3D%3D#top";
        let [imported] = of_url(url).unwrap().try_into().unwrap();
        assert_eq!(imported.url.as_deref(), Some("https://idp.example/sso"));
        assert_eq!((imported.binding, imported.parameter), (Binding::Redirect, Some(Parameter::SamlRequest)));
        assert_eq!(imported.encoded.expose(), "fZF++w==");
        assert_eq!(imported.relay_state.as_deref(), Some("a b/c"));
        let query = imported.query.unwrap();
        assert_eq!(
            query.octets.expose(),
            "SAMLRequest=fZF%2b+w%3D%3D&RelayState=a+b%2fc&SigAlg=http%3A%2F%2Fx%23rsa"
        );
        assert_eq!((query.algorithm.as_str(), query.signature.as_str()), ("http://x#rsa", "c2ln+g=="));
    }

    #[test]
    fn an_unsigned_redirect_has_no_signed_octets() {
        for url in
            ["https://x/?SAMLResponse=fZF", "?SAMLResponse=fZF&SigAlg=x", "/x?SAMLResponse=fZF&Signature=x"]
        {
            assert_eq!(of_url(url).unwrap()[0].query, None, "{url}");
        }
    }

    #[test]
    fn a_url_without_a_message_has_none() {
        for url in [
            "https://x/",
            "https://x/?a=SAMLResponse",
            "https://x/?RelayState=x",
            "https://x/#?SAMLRequest",
            "",
        ] {
            assert_eq!(of_url(url), Ok(vec![]), "{url}");
        }
        assert_eq!(of_url("https://x/?SAMLResponse="), Ok(vec![]));
    }

    #[test]
    fn several_messages_are_all_kept_in_order() {
        let found =
            messages("SAMLResponse=a&SAMLRequest=b&SAMLResponse=c&roleIndex=r", Plus::Literal).unwrap();
        let encoded: Vec<_> = found.iter().map(|imported| imported.encoded.expose().as_str()).collect();
        assert_eq!(encoded, ["a", "b", "c"]);
        assert!(found.iter().all(|imported| imported.chosen_role.as_deref() == Some("r")));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[SAMLResponse=&?+%#\\PC]{0,64}") {
            let _ = messages(&text, Plus::Space);
            let _ = of_url(&text);
        }
    }
}
