//! The smallest browser: connects through the proxy, trusts the sandbox's authority, sends one request.

use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use rolecall_sandbox::{Persona, Sandbox, Shape};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto, version};

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The text of the first XML element of this name.
    pub(crate) fn text(&self, name: &str) -> String {
        let document = uppsala::parse(&self.body).unwrap();
        let node = document.get_elements_by_tag_name(name)[0];
        document.text_content_deep(node)
    }
}

pub(crate) type Outcome = Result<Answer, Box<dyn std::error::Error + Send + Sync>>;

pub(crate) fn get(sandbox: &Sandbox, url: &str) -> Answer {
    send(sandbox, "GET", url, &[], "").unwrap()
}

pub(crate) fn post(sandbox: &Sandbox, url: &str, fields: &[(&str, &str)]) -> Answer {
    try_post(sandbox, url, fields).unwrap()
}

pub(crate) fn try_post(sandbox: &Sandbox, url: &str, fields: &[(&str, &str)]) -> Outcome {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    send(sandbox, "POST", url, &[("content-type", "application/x-www-form-urlencoded")], &body)
}

/// A fresh response of this persona, in its own shape.
pub(crate) fn response_of(sandbox: &Sandbox, persona: Persona) -> String {
    sandbox.saml_response(persona, persona.shape()).unwrap()
}

/// `AssumeRoleWithSAML` of the first role of a persona.
pub(crate) fn assume_first(sandbox: &Sandbox, persona: Persona, sts: &str) -> Outcome {
    let role = persona.roles()[0].clone();
    let assertion = response_of(sandbox, persona);
    try_post(sandbox, sts, &call(&role.role_arn, &role.provider_arn, &assertion))
}

/// The parameters of `AssumeRoleWithSAML`.
pub(crate) fn call<'a>(role: &'a str, provider: &'a str, assertion: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("Action", "AssumeRoleWithSAML"),
        ("Version", "2011-06-15"),
        ("RoleArn", role),
        ("PrincipalArn", provider),
        ("SAMLAssertion", assertion),
    ]
}

/// Decodes a response, lets `change` edit the XML, and encodes it again.
pub(crate) fn tampered(response: &str, change: impl Fn(&str) -> String) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let xml = String::from_utf8(STANDARD.decode(response).unwrap()).unwrap();
    let changed = change(&xml);
    assert_ne!(xml, changed, "the change changes nothing");
    STANDARD.encode(changed)
}

pub(crate) fn response_in(sandbox: &Sandbox, shape: Shape) -> String {
    sandbox.saml_response(Persona::OneRole, shape).unwrap()
}

pub(crate) fn send(
    sandbox: &Sandbox,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(exchange(sandbox, method, url, headers, body))
}

/// What the proxy itself answers to the head of a request.
pub(crate) fn ask_proxy(proxy: SocketAddr, head: &str) -> String {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(proxy).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

async fn exchange(
    sandbox: &Sandbox,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Outcome {
    let rest = url.strip_prefix("https://").ok_or("not https")?;
    let (host, path) = rest.split_once('/').ok_or("no path")?;
    let mut stream = TcpStream::connect(sandbox.proxy_addr()).await?;
    stream.write_all(format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n").as_bytes()).await?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    if !head.starts_with(b"HTTP/1.1 200 ") {
        return Err("the proxy refuses".into());
    }

    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(sandbox.ca_pem().as_bytes())?)?;
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_protocol_versions(&[&version::TLS13])?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned())?;
    let tls = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;

    let (mut sender, connection) = http1::handshake::<_, Full<Bytes>>(TokioIo::new(tls)).await?;
    tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(format!("/{path}")).header("host", host);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = sender.send_request(request.body(Full::from(body.to_owned()))?).await?;
    let (head, body) = answer.into_parts();
    let body = String::from_utf8(body.collect().await?.to_bytes().to_vec())?;
    Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
}
