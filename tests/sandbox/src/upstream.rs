//! Servers behind the sandbox: a provider no one here wrote, or moto. Plain HTTP on this machine.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::web::{Ask, Reply};

/// Sends the request on as it came, `Host` included, and returns the answer; 502 if there is none.
pub(crate) async fn forward(ask: &Ask, to: SocketAddr) -> Reply {
    match exchange(ask, to).await {
        Ok(reply) => reply,
        Err(error) => Reply::new(502, "text/plain", format!("The server at {to} did not answer: {error}\n")),
    }
}

async fn exchange(ask: &Ask, to: SocketAddr) -> Result<Reply, Box<dyn std::error::Error + Send + Sync>> {
    let stream = TcpStream::connect(to).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Ends with the exchange; its error is the sender's error too.
    tokio::spawn(connection);
    let target = match ask.query.as_str() {
        "" => ask.path.clone(),
        query => format!("{}?{query}", ask.path),
    };
    let mut request = Request::new(Full::new(ask.body.clone()));
    *request.method_mut() = ask.method.clone();
    *request.uri_mut() = target.parse()?;
    *request.headers_mut() = ask.headers.clone();
    request.headers_mut().remove(TRANSFER_ENCODING);
    request.headers_mut().insert(CONTENT_LENGTH, ask.body.len().into());
    request.headers_mut().insert(HOST, ask.host.parse()?);
    let (mut head, body) = sender.send_request(request).await?.into_parts();
    head.headers.remove(CONNECTION);
    head.headers.remove(TRANSFER_ENCODING);
    let body: Bytes = body.collect().await?.to_bytes();
    Ok(Reply::Answer(hyper::Response::from_parts(head, Full::new(body))))
}
