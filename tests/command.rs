//! The companion command as scripts use it: what it prints, and how it exits.
#![expect(clippy::unwrap_used, reason = "a test that cannot run the command has failed")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SIGNED: &str = "tests/fixtures/signatures/good/jdk-keycloak.xml";
const NOW: &str = "2026-03-01T09:01:00Z";

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn inspected(arguments: &[&str], input: &str) -> (Value, Option<i32>) {
    let mut all = vec!["inspect", "--json", "--now", NOW];
    all.extend_from_slice(arguments);
    let output = run(&all, input);
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code())
}

fn codes(shown: &Value) -> Vec<&str> {
    shown["findings"].as_array().unwrap().iter().filter_map(|finding| finding["code"].as_str()).collect()
}

/// The certificate that the message carries, as a file.
fn certificate(name: &str) -> std::path::PathBuf {
    let (shown, _) = inspected(&[SIGNED], "");
    let file = std::env::temp_dir().join(format!("rolecall-{}-{name}.pem", std::process::id()));
    let pem = shown.pointer("/signatures/0/certificate/pem").and_then(Value::as_str).unwrap();
    std::fs::write(&file, pem).unwrap();
    file
}

#[test]
fn every_documented_field_is_there() {
    let (shown, code) = inspected(&[SIGNED], "");
    assert_eq!(code, Some(0));
    let document = std::fs::read_to_string("docs/inspect.md").unwrap();
    for field in shown.as_object().unwrap().keys().chain(shown["signatures"][0].as_object().unwrap().keys()) {
        assert!(document.contains(&format!("`{field}`")), "docs/inspect.md does not say what {field} is");
    }
    assert_eq!(shown["kind"], "response");
    assert_eq!(shown["verdict"], "consistent");
    assert_eq!(shown["issuer"], "https://sso.example.com/realms/aws");
    assert_eq!(shown["audiences"], serde_json::json!(["urn:amazon:webservices"]));
    assert_eq!(shown["recipients"], serde_json::json!(["https://signin.aws.amazon.com/saml"]));
    assert_eq!(shown["not_on_or_after"], "2026-03-01T09:05:00Z");
    assert_eq!(shown["roles"].as_array().unwrap().len(), 2);
    assert_eq!(shown["session_duration"], Value::Null);
    assert_eq!(shown["error"], Value::Null);
    assert_eq!(shown["signatures"][0]["verified_by"], "embedded");
    assert!(codes(&shown).contains(&"signature.response_not_covered"));
    assert!(shown["findings"][0]["message"].as_str().is_some_and(|message| !message.is_empty()));
}

#[test]
fn a_certificate_or_metadata_of_the_issuer_makes_it_genuine() {
    let file = certificate("pin");
    let (shown, code) = inspected(&["--certificate", file.to_str().unwrap(), SIGNED], "");
    assert_eq!((shown["verdict"].as_str(), code), (Some("genuine"), Some(0)));
    assert_eq!(shown["signatures"][0]["verified_by"], "pin");

    let pem = std::fs::read_to_string(&file).unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for (entity, verdict) in [
        ("https://sso.example.com/realms/aws", "genuine"),
        ("https://sso.example.com/realms/other", "consistent"),
    ] {
        let metadata = format!(
            "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' entityID='{entity}'><IDPSSODescriptor \
             protocolSupportEnumeration='urn:oasis:names:tc:SAML:2.0:protocol'><KeyDescriptor use='signing'><KeyInfo \
             xmlns='http://www.w3.org/2000/09/xmldsig#'><X509Data><X509Certificate>{body}</X509Certificate></X509Data></KeyInfo>\
             </KeyDescriptor></IDPSSODescriptor></EntityDescriptor>"
        );
        let path = file.with_extension("xml");
        std::fs::write(&path, metadata).unwrap();
        let (shown, _) = inspected(&["--metadata", path.to_str().unwrap(), SIGNED], "");
        assert_eq!(shown["verdict"], verdict, "{entity}");
        std::fs::remove_file(path).unwrap();
    }
    std::fs::remove_file(file).unwrap();
}

#[test]
fn a_changed_role_is_broken_and_exits_with_one() {
    let changed = std::fs::read_to_string(SIGNED).unwrap().replace("role/Team0", "role/Team9");
    let (shown, code) = inspected(&["-"], &changed);
    assert_eq!((shown["verdict"].as_str(), code), (Some("broken"), Some(1)));
    assert!(codes(&shown).contains(&"signature.digest_differs"));
}

#[test]
fn the_clock_is_an_option() {
    for (now, code) in [
        ("2026-03-01T09:04:59Z", None),
        ("2026-03-01T09:05:00Z", Some("saml.expired")),
        ("2026-03-01T08:54:59Z", Some("saml.not_yet_valid")),
    ] {
        let output = run(&["inspect", "--json", "--now", now, SIGNED], "");
        let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
        let of_time = codes(&shown).into_iter().find(|code| code.starts_with("saml."));
        assert_eq!(of_time, code, "{now}");
        assert_eq!(output.status.code(), Some(i32::from(code.is_some())), "{now}");
    }
}

#[test]
fn what_is_no_message_exits_with_two_and_says_why() {
    for input in ["", "Hello", "<html><body>Sign in</body></html>", "{\"log\": {\"entries\": []}}"] {
        let (shown, code) = inspected(&["-"], input);
        assert_eq!(code, Some(2), "{input}");
        assert!(shown["error"]["message"].as_str().is_some_and(|message| !message.is_empty()), "{input}");
        assert_eq!((&shown["kind"], &shown["verdict"]), (&Value::Null, &Value::Null));
    }
    let missing = run(&["inspect", "no-such-file"], "");
    assert_eq!(missing.status.code(), Some(2));
    let call = run(&["inspect"], "");
    assert_eq!(call.status.code(), Some(2));
    assert!(call.stdout.is_empty() && String::from_utf8(call.stderr).unwrap().contains("usage:"));
}

#[test]
fn people_get_text_without_colour_when_it_is_no_terminal() {
    let output = run(&["inspect", "--now", NOW, SIGNED], "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("consistent: ") && text.contains("role/Team0"), "{text}");
    assert!(!text.contains('\u{1b}'));
    let unworded = |line: &str| line.starts_with("                ");
    assert!(
        !text.lines().any(|line| unworded(line) && !line.trim().is_empty()),
        "a field has no name: {text}"
    );
}

#[test]
fn a_request_in_a_url_is_shown_as_what_it_is() {
    for (more, verdict, finding) in [
        ("", "unsigned", "signature.unsigned"),
        (
            "&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&Signature=AAAA",
            "unknown",
            "signature.in_url",
        ),
    ] {
        let (shown, code) = inspected(&["-"], &format!("{REQUEST}{more}"));
        assert_eq!((shown["kind"].as_str(), code), (Some("authn_request"), Some(0)), "{shown}");
        assert_eq!(shown["issuer"], "urn:amazon:webservices");
        assert_eq!(shown["verdict"], verdict);
        assert!(codes(&shown).contains(&finding));
        let answer = serde_json::json!(["detail_acs_url", "https://signin.aws.amazon.com/saml"]);
        assert_eq!(shown["details"], serde_json::json!([answer]));
        assert_eq!(
            (&shown["binding"], &shown["url"]),
            (&"redirect".into(), &"https://idp.example.com/sso".into())
        );
    }
}

const REQUEST: &str = "https://idp.example.com/sso?SAMLRequest=fVDBasMwDP2V3HRq4nYwqEgCYbsUuku77bDL8IJoDbGcWXJb%2BvVzGgbdZSAQek9676FarB9G7JIeeUffiUSLix9Y8EY0kCJjsOIE2XoS1B733csWV6XBMQYNfRig2Dw38LmE4p2iuMANZDqjIok2LGpZM2RWjwvzsDDLV7NGY3J9QNGJUNR88xRYkqe4p3hyPb3ttg0cVUfBqhJ3YMelPUtpvb0GLvvgqykhtPXU8GYV76L%2Fn9z%2BukI7rc2ieKYvmd2lru5k23n6%2B6b2Bw%3D%3D";
