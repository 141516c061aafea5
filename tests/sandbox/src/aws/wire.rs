//! XML as STS writes it.

use super::refusal::Refusal;
use crate::page::escape;
use crate::random;
use crate::web::Reply;

/// A result: `<ActionResponse><ActionResult>result</ActionResult>...`.
pub(crate) fn result(action: &str, result: &str) -> Reply {
    let request = random::uuid();
    let body = format!(
        "<{action}Response xmlns=\"{NAMESPACE}\">\n  <{action}Result>\n{result}  </{action}Result>\n  \
         <ResponseMetadata>\n    <RequestId>{request}</RequestId>\n  </ResponseMetadata>\n</{action}Response>\n"
    );
    reply(200, body, &request)
}

/// An error.
pub(crate) fn error(status: u16, code: &str, message: &str) -> Reply {
    let request = random::uuid();
    let blame = if status < 500 { "Sender" } else { "Receiver" };
    let body = format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\">\n  <Error>\n    <Type>{blame}</Type>\n    <Code>{}</Code>\n    \
         <Message>{}</Message>\n  </Error>\n  <RequestId>{request}</RequestId>\n</ErrorResponse>\n",
        escape(code),
        escape(message)
    );
    reply(status, body, &request)
}

/// A refusal as an error.
pub(crate) fn refusal(refusal: &Refusal) -> Reply {
    error(refusal.status, refusal.code, &refusal.message)
}

/// `<name>text</name>` on a line of its own.
pub(crate) fn element(name: &str, text: &str) -> String {
    format!("    <{name}>{}</{name}>\n", escape(text))
}

/// The text of the first element of this name, in an answer of moto.
pub(crate) fn text_of(xml: &str, name: &str) -> Option<String> {
    let document = uppsala::parse(xml).ok()?;
    let node = *document.get_elements_by_tag_name(name).first()?;
    Some(document.text_content_deep(node))
}

fn reply(status: u16, body: String, request: &str) -> Reply {
    Reply::new(status, "text/xml", body).with_header("x-amzn-requestid", request)
}

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
