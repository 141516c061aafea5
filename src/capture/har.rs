//! A HAR file (HTTP Archive 1.2), the recording of a browser's network panel, to the SAML messages in it. The host reads
//! the JSON, `serde_json` or the browser, and hands over the requests one by one.

use super::form::{self, Field, Plus};
use super::multipart;
use super::query;
use super::{Binding, CaptureError, Imported, Parameter};
use crate::limits::MAX_MESSAGES;
use crate::secret::Secret;
use crate::time::UnixTime;

/// One recorded request: `log.entries[]`.
#[derive(Debug)]
pub struct Entry {
    /// `request.url`.
    pub url: Secret<String>,
    /// `startedDateTime`, ISO 8601.
    pub started: Option<String>,
    /// `request.postData.params[]`: name and value.
    pub params: Vec<(String, Secret<String>)>,
    /// `request.postData.text`: the body.
    pub text: Option<Secret<String>>,
}

/// Every message of the requests in their order, with where and when it was sent. One sent twice is there twice.
///
/// # Errors
///
/// [`CaptureError::NoSamlMessage`] when there is none, [`CaptureError::TooManyMessages`] past [`MAX_MESSAGES`].
pub fn collect(entries: &mut dyn Iterator<Item = Entry>) -> Result<Vec<Imported>, CaptureError> {
    let mut found = Vec::new();
    let mut requests = 0_usize;
    for entry in entries {
        // Exposed to be searched; what is found is a secret again.
        let url = entry.url.expose();
        requests = requests.saturating_add(1);
        let at = entry.started.as_deref().and_then(UnixTime::parse_xs);
        // A request of a page that happens to have too many fields is no reason to give up on the file.
        for mut imported in query::of_url(url).unwrap_or_default() {
            imported.at = at;
            found.push(imported);
        }
        for mut imported in of_body(&entry) {
            imported.binding = Binding::Post;
            imported.url = Some(String::from(query::address(url)));
            imported.at = at;
            found.push(imported);
        }
        if found.len() > MAX_MESSAGES {
            return Err(CaptureError::TooManyMessages { limit: MAX_MESSAGES });
        }
    }
    if found.is_empty() { Err(CaptureError::NoSamlMessage { requests }) } else { Ok(found) }
}

/// The messages of a body. Its text is taken before its parameters: Chromium writes these with their escapes, Firefox without.
fn of_body(entry: &Entry) -> Vec<Imported> {
    // Exposed to be searched, as the URL is.
    let text = entry.text.as_ref().map_or("", |text| text.expose());
    if let Some(boundary) = multipart::boundary(text.as_bytes()) {
        return of_fields(multipart::fields(text.as_bytes(), boundary).unwrap_or_default());
    }
    if query::names_a_message(text) {
        return query::messages(text, Plus::Space).unwrap_or_default();
    }
    let fields = entry.params.iter().map(|(name, value)| {
        let value = value.expose(); // into the message
        let is_message = Parameter::from_name(name).is_some();
        let value =
            if is_message { form::decode(value.as_bytes(), Plus::Literal) } else { value.as_str().into() };
        (name.as_str().into(), value)
    });
    of_fields(fields.collect())
}

/// The messages of fields that are decoded.
pub(super) fn of_fields(fields: Vec<Field<'_>>) -> Vec<Imported> {
    let mut found = Vec::new();
    let (mut relay_state, mut chosen_role) = (None, None);
    for (name, value) in fields {
        if value.is_empty() {
            continue;
        }
        match (Parameter::from_name(&name), name.as_ref()) {
            (Some(parameter), _) => {
                found.push(Imported { parameter: Some(parameter), ..Imported::bare(value.into_owned()) });
            }
            (None, "RelayState") => relay_state = relay_state.or(Some(value.into_owned())),
            (None, "roleIndex") => chosen_role = chosen_role.or(Some(value.into_owned())),
            (None, _) => {}
        }
    }
    for imported in &mut found {
        imported.relay_state.clone_from(&relay_state);
        imported.chosen_role.clone_from(&chosen_role);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn get(url: &str) -> Entry {
        Entry { url: Secret::new(String::from(url)), started: None, params: Vec::new(), text: None }
    }

    fn post(text: &str) -> Entry {
        Entry {
            started: Some(String::from("2026-09-21T16:13:20.512+02:00")),
            text: Some(Secret::new(String::from(text))),
            ..get("https://signin.aws.amazon.com/saml?x=y")
        }
    }

    fn encoded(found: &[Imported]) -> Vec<&str> {
        found.iter().map(|imported| imported.encoded.expose().as_str()).collect()
    }

    #[test]
    fn messages_are_listed_in_order_with_address_time_and_duplicates() {
        let redirect = get("https://idp.example/sso?SAMLRequest=fZF%2B&RelayState=r&SigAlg=a&Signature=s");
        let other = get("https://cdn.example/x.js?v=1");
        let body = "SAMLResponse=PHg%2B%0D%0APHg%3D&RelayState=a+b";
        let found = collect(&mut [redirect, other, post(body), post(body)].into_iter()).unwrap();
        assert_eq!(encoded(&found), ["fZF+", "PHg+\r\nPHg=", "PHg+\r\nPHg="]);
        assert_eq!((found[0].binding, found[0].at), (Binding::Redirect, None));
        assert!(found[0].query.is_some());
        assert_eq!(found[1].url.as_deref(), Some("https://signin.aws.amazon.com/saml"));
        assert_eq!(found[1].at, Some(UnixTime::from_seconds(1_790_000_000)));
        assert_eq!((found[1].binding, found[1].relay_state.as_deref()), (Binding::Post, Some("a b")));
        assert_eq!(found[1], found[2]);
    }

    #[test]
    fn parameters_are_read_escaped_as_chromium_writes_them_and_plain_as_firefox_does() {
        for value in ["PHg%2B%2Fw%3D%3D", "PHg+/w=="] {
            let params = [("RelayState", "100%"), ("SAMLResponse", value)];
            let params =
                params.map(|(name, value)| (String::from(name), Secret::new(String::from(value)))).into();
            let found = collect(&mut [Entry { params, ..get("https://x/") }].into_iter()).unwrap();
            assert_eq!(encoded(&found), ["PHg+/w=="]);
            assert_eq!(found[0].relay_state.as_deref(), Some("100%"));
        }
    }

    #[test]
    fn a_multipart_body_is_read() {
        let text = "--b\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\nPHg+\r\n--b--\r\n";
        assert_eq!(encoded(&collect(&mut [post(text)].into_iter()).unwrap()), ["PHg+"]);
    }

    #[test]
    fn a_file_without_a_message_says_how_many_requests_it_has() {
        assert_eq!(
            collect(&mut [post("a=b"), get("https://x/")].into_iter()),
            Err(CaptureError::NoSamlMessage { requests: 2 })
        );
    }

    #[test]
    fn a_request_of_a_thousand_fields_does_not_hide_the_others() {
        let found =
            collect(&mut [post(&"a=b&".repeat(1000)), post("SAMLResponse=PHg%2B")].into_iter()).unwrap();
        assert_eq!(encoded(&found), ["PHg+"]);
    }

    #[test]
    fn more_messages_than_a_list_can_show_are_refused() {
        let mut entries = std::iter::repeat_with(|| post("SAMLResponse=PHg%2B")).take(MAX_MESSAGES + 1);
        assert_eq!(collect(&mut entries), Err(CaptureError::TooManyMessages { limit: MAX_MESSAGES }));
    }

    proptest! {
        #[test]
        fn no_entry_panics(url in any::<String>(), text in any::<String>(), value in any::<String>()) {
            let params = vec![(String::from("SAMLRequest"), Secret::new(value))];
            let started = Some(text.clone());
            let entry = Entry { url: Secret::new(url), started, params, text: Some(Secret::new(text)) };
            let _ = collect(&mut [entry].into_iter());
        }
    }
}
