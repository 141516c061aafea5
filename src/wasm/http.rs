//! A request for JavaScript to send, and what came of it: plain objects. `extension/send.js` is their other end.

use js_sys::Object;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::secret::Secret;
use crate::sts::{HttpRequest, HttpResponse, StsError, retry};
use crate::time::UnixTime;

#[wasm_bindgen]
extern "C" {
    /// A request to be sent as it is.
    #[wasm_bindgen(typescript_type = "HttpRequest")]
    pub type Request;

    #[wasm_bindgen(method, setter)]
    fn set_url(this: &Request, url: &str);

    #[wasm_bindgen(method, setter)]
    fn set_method(this: &Request, method: &str);

    #[wasm_bindgen(method, setter)]
    fn set_headers(this: &Request, headers: &Fields);

    #[wasm_bindgen(method, setter)]
    fn set_body(this: &Request, body: &str);

    #[wasm_bindgen(method, setter)]
    fn set_region(this: &Request, region: &str);

    #[wasm_bindgen(method, setter, js_name = timeoutMs)]
    fn set_timeout_ms(this: &Request, milliseconds: u32);

    #[wasm_bindgen(method, setter, js_name = answerBytes)]
    fn set_answer_bytes(this: &Request, bytes: usize);

    /// What came of a request: an answer, or the name of what went wrong on the way.
    #[wasm_bindgen(typescript_type = "HttpAnswer")]
    pub type Answer;

    #[wasm_bindgen(method, getter)]
    fn failure(this: &Answer) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> u16;

    #[wasm_bindgen(method, getter)]
    fn headers(this: &Answer) -> Fields;

    #[wasm_bindgen(method, getter)]
    fn body(this: &Answer) -> Vec<u8>;

    /// Header names in lower case, with their values.
    type Fields;

    #[wasm_bindgen(method, indexing_getter)]
    fn value(this: &Fields, name: &str) -> Option<String>;

    #[wasm_bindgen(method, indexing_setter)]
    fn set_value(this: &Fields, name: &str, value: &str);
}

impl Request {
    /// The request to the endpoint of `region`, of whose answer at most so many bytes are read.
    pub(super) fn of(request: &HttpRequest, region: &str, max_answer_bytes: usize) -> Self {
        let headers: Fields = Object::new().unchecked_into();
        for (name, value) in &request.headers {
            headers.set_value(name, value);
        }
        if let Some(token) = &request.security_token {
            // The token goes to AWS, which it is from.
            headers.set_value("x-amz-security-token", token.expose());
        }
        let sent: Self = Object::new().unchecked_into();
        sent.set_url(&request.url);
        sent.set_method(request.method);
        sent.set_headers(&headers);
        // The body of one to STS holds the assertion: it goes there and nowhere else.
        sent.set_body(request.body.expose());
        sent.set_region(region);
        sent.set_timeout_ms(retry::TIMEOUT_MS);
        // One byte more than the limit, so that the core sees that there was more.
        sent.set_answer_bytes(max_answer_bytes + 1);
        sent
    }
}

impl Answer {
    /// The time that the answer carried.
    pub(super) fn date(&self) -> Option<UnixTime> {
        if self.failure().is_some() {
            return None;
        }
        UnixTime::parse_http(&self.headers().value("date")?)
    }

    /// The answer as the core reads it.
    pub(super) fn read(&self) -> Result<HttpResponse, StsError> {
        match self.failure().as_deref() {
            None => {}
            Some("timeout") => return Err(StsError::Timeout),
            Some("offline") => return Err(StsError::Offline),
            Some(_) => return Err(StsError::Network),
        }
        let headers = self.headers();
        Ok(HttpResponse {
            status: self.status(),
            content_type: headers.value("content-type"),
            date: headers.value("date"),
            retry_after: headers.value("retry-after"),
            body: Secret::new(self.body()),
        })
    }
}
