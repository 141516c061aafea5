//! WebDriver commands that only one driver knows: a method, a path below the session, a body.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::Value;
use url::{ParseError, Url};

use crate::Result;

/// `POST /session/{id}/{path}` with `body`; gives the reply's `value`.
pub(crate) async fn post(client: &Client, path: &'static str, body: Value) -> Result<Value> {
    Ok(client.issue_cmd(Post { path, body }).await?)
}

#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
