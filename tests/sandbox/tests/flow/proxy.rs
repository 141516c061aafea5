//! Nothing leaves the machine; what is behind the sandbox is reached through it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use rolecall_sandbox::{Options, Persona, Sandbox};

use crate::client::{ask_proxy, assume_first, call, get, post, response_of, send};

/// A server that answers every request with `body` and returns the last request it read.
fn plain_server(body: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let host = read_host(&mut stream);
            let body = body.replace("HOST", &host);
            let head =
                format!("HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n", body.len());
            stream.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).unwrap();
        }
    });
    address
}

fn read_host(stream: &mut TcpStream) -> String {
    let mut buffer = vec![0; 64 * 1024];
    let count = stream.read(&mut buffer).unwrap();
    let head = String::from_utf8_lossy(&buffer[..count]).to_lowercase();
    head.split("host: ").nth(1).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn hosts_outside_are_refused_and_remembered() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    for head in [
        "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
        "CONNECT idp.rolecall.test:80 HTTP/1.1\r\n\r\n",
        "CONNECT signin.aws.amazon.com.example.com:443 HTTP/1.1\r\n\r\n",
        "GET http://example.com/?secret HTTP/1.1\r\nHost: example.com\r\n\r\n",
    ] {
        assert!(ask_proxy(sandbox.proxy_addr(), head).starts_with("HTTP/1.1 502 "), "{head}");
    }
    let refused = sandbox.requests().refused();
    assert_eq!(refused[0], "example.com:443");
    assert_eq!(refused[3], "http://example.com/");
}

#[test]
fn requests_are_recorded_without_the_assertion() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let response = response_of(&sandbox, Persona::OneRole);
    let role = Persona::OneRole.roles()[0].clone();
    post(
        &sandbox,
        "https://sts.eu-west-1.amazonaws.com/",
        &call(&role.role_arn, &role.provider_arn, &response),
    );
    let origin = [("origin", "null"), ("referer", "https://idp.rolecall.test/")];
    send(&sandbox, "POST", "https://signin.aws.amazon.com/saml?x", &origin, "").unwrap();

    let all = sandbox.requests().all();
    assert_eq!((all[1].path.as_str(), all[1].has_query), ("/saml", true));
    assert_eq!(all[1].origin.as_deref(), Some("null"));
    let calls = sandbox.requests().sts("AssumeRoleWithSAML");
    let asked = calls[0].sts.clone().unwrap();
    assert_eq!(calls[0].host, "sts.eu-west-1.amazonaws.com");
    assert_eq!(asked.role_arn, Some(role.role_arn));
    assert_eq!(asked.assertion_chars, Some(response.len()));
    assert!(!format!("{all:?}").contains(&response[..64]));
    sandbox.requests().clear();
    assert!(sandbox.requests().all().is_empty());
}

#[test]
fn a_host_behind_the_sandbox_is_reached_by_its_own_name() {
    let options = Options {
        extra_hosts: vec![("foreign.rolecall.test".into(), plain_server("<p>HOST</p>"))],
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).unwrap();
    assert_eq!(get(&sandbox, "https://foreign.rolecall.test/login").body, "<p>foreign.rolecall.test</p>");
}

#[test]
fn credentials_of_a_server_behind_sts_are_remembered() {
    let answer = "<AssumeRoleWithSAMLResponse><Arn>arn:aws:sts::111122223333:assumed-role/Developer/j</Arn>\
        <AccessKeyId>ASIAMOTO</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
        <Expiration>2030-01-01T00:00:00Z</Expiration></AssumeRoleWithSAMLResponse>";
    let options = Options { sts_upstream: Some(plain_server(answer)), ..Options::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let answer = assume_first(&sandbox, Persona::OneRole, "https://sts.eu-west-1.amazonaws.com/").unwrap();
    assert_eq!(answer.text("AccessKeyId"), "ASIAMOTO");
    assert_eq!(sandbox.issued()[0].secret_access_key, "secret");
    // What the sandbox refuses never gets there.
    let refused = assume_first(&sandbox, Persona::Expired, "https://sts.eu-west-1.amazonaws.com/").unwrap();
    assert_eq!(refused.status, 400);
}

#[test]
fn a_stopped_sandbox_listens_no_more() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let address = sandbox.proxy_addr();
    get(&sandbox, &sandbox.idp_url());
    sandbox.stop();
    thread::sleep(std::time::Duration::from_millis(200));
    assert!(TcpStream::connect(address).is_err());
}
