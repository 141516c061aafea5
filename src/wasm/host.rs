//! What only the browser can do for the core: the clock, randomness, waiting, and sending a request to STS.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, Request, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Response,
};

use crate::aws::RoleGrant;
use crate::limits::MAX_STS_ANSWER_BYTES;
use crate::secret::Secret;
use crate::sts::{self, Credentials, HttpRequest, HttpResponse, StsError, retry};
use crate::time::UnixTime;

#[wasm_bindgen]
extern "C" {
    /// `fetch` and `setTimeout` of the global scope, which is a worker's in Chromium and a window's in Firefox.
    #[wasm_bindgen(js_name = fetch)]
    fn fetch_global(request: &Request) -> js_sys::Promise;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &js_sys::Function, milliseconds: u32) -> JsValue;
}

/// The role's credentials, with the tries that `sts::retry` allows.
pub(super) async fn assume_role(
    grant: &RoleGrant,
    saml_response: &str,
    region: &'static str,
) -> Result<Credentials, StsError> {
    let request = sts::request(grant, saml_response, region, None)?;
    let mut attempt = 0;
    loop {
        let answered = send(&request).await.and_then(|response| sts::read(&response, grant, region, now()));
        let error = match answered {
            Ok(credentials) => return Ok(credentials),
            Err(error) => error,
        };
        match retry::after(attempt, &error, js_sys::Math::random()) {
            retry::Retry::Again { after_ms } => wait(after_ms).await,
            retry::Retry::GiveUp => return Err(error),
        }
        attempt += 1;
    }
}

/// Now, to the second.
#[expect(clippy::as_conversions, reason = "there is no From<f64> for i64; the value is a date")]
fn now() -> UnixTime {
    UnixTime::from_seconds((js_sys::Date::now() / 1000.0) as i64)
}

async fn wait(milliseconds: u32) {
    let elapsed = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, milliseconds);
    });
    // A timer only ever resolves.
    let _ = JsFuture::from(elapsed).await;
}

/// Sends `request` without cookies, cache or redirects, and gives the whole answer.
async fn send(request: &HttpRequest) -> Result<HttpResponse, StsError> {
    let response = fetch(request).await.map_err(|error| network_error(&error))?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let body = match response.array_buffer() {
        Ok(buffer) => JsFuture::from(buffer).await.map_err(|error| network_error(&error))?,
        Err(error) => return Err(network_error(&error)),
    };
    let mut body = js_sys::Uint8Array::new(&body).to_vec();
    // One byte more than the limit, so that the core sees that there was more.
    body.truncate(MAX_STS_ANSWER_BYTES + 1);
    Ok(HttpResponse {
        status: response.status(),
        content_type: header("content-type"),
        date: header("date"),
        retry_after: header("retry-after"),
        body: Secret::new(body),
    })
}

async fn fetch(request: &HttpRequest) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers_headers(&headers);
    // The body holds the assertion: it goes to STS and nowhere else.
    init.set_body(&JsValue::from_str(request.body.expose()));
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(retry::TIMEOUT_MS)));
    let request = Request::new_with_str_and_init(&request.url, &init)?;
    JsFuture::from(fetch_global(&request)).await?.dyn_into()
}

/// Which of the host's failures a rejected fetch is.
fn network_error(error: &JsValue) -> StsError {
    let is_timeout = error.dyn_ref::<js_sys::Error>().is_some_and(|error| error.name() == "TimeoutError")
        || property(error, "name").as_string().as_deref() == Some("TimeoutError");
    if is_timeout {
        return StsError::Timeout;
    }
    let online = property(&property(&js_sys::global(), "navigator"), "onLine");
    if online.as_bool() == Some(false) { StsError::Offline } else { StsError::Network }
}

fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
