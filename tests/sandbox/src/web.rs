//! HTTP inside the TLS: reads a request to its end, records it, and hands it to the site that its host is.

use std::fmt;
use std::sync::Arc;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use hyper::{Method, Request, Response, StatusCode};

use crate::hosts::Site;
use crate::recorder::Recorded;
use crate::sandbox::World;
use crate::{aws, clock, idp, lab, upstream};

/// A request, read to its end.
pub(crate) struct Ask {
    pub(crate) host: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Ask {
    /// The fields of the body: `x-www-form-urlencoded`, or `text/plain` as browsers write it.
    pub(crate) fn form(&self) -> Fields {
        if self.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")) {
            return Fields::plain(&String::from_utf8_lossy(&self.body));
        }
        Fields(form_urlencoded::parse(&self.body).into_owned().collect())
    }

    /// The fields of the query.
    pub(crate) fn query(&self) -> Fields {
        Fields(form_urlencoded::parse(self.query.as_bytes()).into_owned().collect())
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Names and values of a form, in order.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// `text/plain`, where a value may go over several lines: only a known name starts a field.
    fn plain(text: &str) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            match (line.split_once('='), fields.last_mut()) {
                (Some((name, value)), _) if SIGN_IN_FIELDS.contains(&name) => {
                    fields.push((name.to_owned(), value.to_owned()));
                }
                (_, Some((_, value))) => {
                    value.push_str("\r\n");
                    value.push_str(line);
                }
                (_, None) => {}
            }
        }
        Self(fields)
    }

    /// The first value of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// What a site answers.
pub(crate) enum Reply {
    Answer(Response<Full<Bytes>>),
    /// The connection is reset.
    Reset,
}

impl Reply {
    pub(crate) fn new(status: u16, kind: &'static str, body: impl Into<Bytes>) -> Self {
        let mut response = Response::new(Full::new(body.into()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self::Answer(response)
    }

    pub(crate) fn html(status: u16, page: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", page)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, "text/plain", "The sandbox has no such page.\n")
    }

    pub(crate) fn see(location: &str) -> Self {
        Self::new(302, "text/plain", "").with_header(LOCATION.as_str(), location)
    }

    /// Adds a header; leaves one out that HTTP cannot carry.
    pub(crate) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        if let (Self::Answer(response), Ok(value)) = (&mut self, HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
        self
    }
}

/// The service's error: the connection is to be reset.
#[derive(Debug)]
pub(crate) struct Reset;

impl fmt::Display for Reset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("reset on request")
    }
}

impl std::error::Error for Reset {}

/// Answers one request to `host`.
pub(crate) async fn answer(
    request: Request<Incoming>,
    host: String,
    site: Site,
    world: Arc<World>,
) -> Result<Response<Full<Bytes>>, Reset> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        return Err(Reset);
    };
    let ask = Ask {
        host,
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.to_bytes(),
    };
    record(&ask, site, &world);
    tokio::time::sleep(world.latency).await;
    let reply = match site {
        Site::Idp => idp::answer(&ask, &world),
        Site::Lab => lab::answer(&ask),
        Site::SignIn(partition) => aws::sign_in::answer(&ask, partition, &world),
        Site::Console(partition) => aws::console::answer(&ask, partition),
        Site::Sts(partition) => aws::sts::answer(&ask, partition, &world).await,
        Site::Iam(partition) => aws::iam::answer(&ask, partition, &world),
        Site::CloudTrail => aws::cloudtrail::answer(&ask, &world),
        Site::Proxied(to) => upstream::forward(&ask, to).await,
    };
    match reply {
        Reply::Answer(response) => Ok(response),
        Reply::Reset => Err(Reset),
    }
}

fn record(ask: &Ask, site: Site, world: &World) {
    let header = |name| ask.header(name).map(str::to_owned);
    world.recorder.request(Recorded {
        at: clock::now(0).into(),
        host: ask.host.clone(),
        method: ask.method.to_string(),
        path: ask.path.clone(),
        has_query: !ask.query.is_empty(),
        origin: header("origin"),
        referer: header("referer"),
        has_cookie: ask.headers.contains_key("cookie"),
        sts: matches!(site, Site::Sts(_)).then(|| aws::sts::call(ask)),
    });
}

/// The fields of the forms that lead to AWS.
const SIGN_IN_FIELDS: [&str; 5] = ["SAMLResponse", "RelayState", "roleIndex", "name", "portal"];

/// Far more than AWS takes; larger bodies are no sign-in.
const MAX_BODY: usize = 16 * 1024 * 1024;
