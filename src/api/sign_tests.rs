//! Tests of [`sign`](super::sign): AWS's own test suite for Signature Version 4, and the calls as botocore makes and signs them
//! (`tests/fixtures/sigv4`), stage by stage.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;
use crate::api::{get_role, list_account_aliases, lookup_events};
use crate::aws::{ProviderArn, RoleArn};
use crate::partition::Partition;

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn credentials(key: &str, secret: &str, token: &str, role: &str, region: &'static str) -> Credentials {
    Credentials {
        access_key_id: key.into(),
        secret_access_key: Secret::new(secret.into()),
        session_token: Secret::new(token.into()),
        expiration: UnixTime::from_seconds(i64::MAX),
        assumed_role_arn: None,
        role: RoleArn::parse(role).unwrap(),
        provider: ProviderArn::parse("arn:aws:iam::111122223333:saml-provider/Idp").unwrap(),
        region,
    }
}

/// The value of a header, the token's too.
fn header<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    if name == "x-amz-security-token" {
        return request.security_token.as_ref().map(|token| token.expose().as_str());
    }
    request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

/// The canonical request, put together again from what would be sent (SigV4, "Create a canonical request").
fn canonical(request: &HttpRequest) -> String {
    let host = request.url.strip_prefix("https://").unwrap().strip_suffix('/').unwrap();
    let authorization = header(request, "authorization").unwrap();
    let signed = authorization.split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap();
    let mut text = format!("{}\n/\n\n", request.method);
    for name in signed.split(';') {
        let value = if name == "host" { host } else { header(request, name).unwrap() };
        text.push_str(&format!("{name}:{value}\n"));
    }
    format!("{text}\n{signed}\n{}", hex(&Sha256::digest(request.body.expose())))
}

/// A request of AWS's test suite, `aws-signing-test-suite/v4`: service `service`, us-east-1, 2015-08-30T12:36:00Z.
fn suite(method: &'static str, headers: &[(&'static str, &str)], body: &str, token: &str) -> HttpRequest {
    let request = HttpRequest {
        method,
        url: "https://example.amazonaws.com/".into(),
        headers: headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
        security_token: None,
        body: Secret::new(body.into()),
    };
    let credentials = credentials(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        token,
        "arn:aws:iam::111122223333:role/Dev",
        "us-east-1",
    );
    let scope = Scope { service: "service", region: "us-east-1" };
    sign(request, scope, &credentials, UnixTime::parse_xs("2015-08-30T12:36:00Z").unwrap()).unwrap()
}

fn authorization(signed: &str, signature: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signed}, \
         Signature={signature}"
    )
}

#[test]
fn get_vanilla_with_session_token_is_signed_as_in_the_test_suite() {
    let token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    let request = suite("GET", &[], "", token);
    assert_eq!(
        canonical(&request),
        format!(
            "GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\nx-amz-security-token:{token}\n\n\
             host;x-amz-date;x-amz-security-token\n{EMPTY}"
        )
    );
    assert_eq!(
        header(&request, "authorization").unwrap(),
        authorization(
            "host;x-amz-date;x-amz-security-token",
            "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"
        )
    );
    assert_eq!(header(&request, "x-amz-date"), Some("20150830T123600Z"));
    assert_eq!(header(&request, "x-amz-security-token"), Some(token));
}

#[test]
fn post_sts_header_before_is_signed_as_in_the_test_suite() {
    let token = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";
    assert_eq!(
        header(&suite("POST", &[], "", token), "authorization").unwrap(),
        authorization(
            "host;x-amz-date;x-amz-security-token",
            "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"
        )
    );
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../tests/fixtures/sigv4/botocore.json")).unwrap()
}

fn partition_of(region: &str) -> Partition {
    Partition::ALL.into_iter().find(|partition| partition.region(region).is_some()).unwrap()
}

/// The call of the fixture as the core makes it.
fn made(fixture: &Value, call: &Value) -> HttpRequest {
    let text = |name: &str| fixture[name].as_str().unwrap();
    let region = call["region"].as_str().unwrap();
    let partition = partition_of(region);
    let body = call["body"].as_str().unwrap();
    let name = if body.contains("Dev%2BOps") { "Dev+Ops=1,2.3@4-5_6" } else { "Developer" };
    let role = format!("arn:{}:iam::111122223333:role/{name}", partition.id());
    let keys = credentials(
        text("access_key_id"),
        text("secret_access_key"),
        text("session_token"),
        &role,
        partition.default_region(),
    );
    let now = UnixTime::from_seconds(fixture["time"].as_i64().unwrap());
    let call = call["name"].as_str().unwrap();
    if call.starts_with("get_role") {
        return get_role(&keys, now).unwrap();
    }
    if call == "list_account_aliases" {
        return list_account_aliases(&keys, now).unwrap();
    }
    lookup_events(&keys, region, now).unwrap()
}

#[test]
fn every_call_is_made_and_signed_as_botocore_does_it_stage_by_stage() {
    let fixture = fixture();
    let calls = fixture["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 10);
    for call in calls {
        let request = made(&fixture, call);
        assert_eq!(request.url, call["url"], "{}", call["name"]);
        assert_eq!(request.body.expose().as_str(), call["body"], "{}", call["name"]);
        for (name, value) in call["headers"].as_object().unwrap() {
            if name != "authorization" {
                assert_eq!(header(&request, name), value.as_str(), "{} {name}", call["name"]);
            }
        }
        let canonical = canonical(&request);
        assert_eq!(canonical, call["canonical_request"], "{}", call["name"]);
        let string_to_sign = call["string_to_sign"].as_str().unwrap();
        assert_eq!(string_to_sign.rsplit('\n').next().unwrap(), hex(&Sha256::digest(&canonical)));
        let authorization = header(&request, "authorization").unwrap();
        assert_eq!(authorization.rsplit("Signature=").next().unwrap(), call["signature"], "{}", call["name"]);
        assert_eq!(authorization, call["headers"]["authorization"], "{}", call["name"]);
    }
}

#[test]
fn neither_secret_prints_and_the_token_stands_in_no_header_that_does() {
    let fixture = fixture();
    let request = made(&fixture, &fixture["calls"][0]);
    let printed = format!("{request:?}");
    assert!(printed.contains("Signature="), "{printed}");
    for secret in ["secret_access_key", "session_token"] {
        assert!(!printed.contains(fixture[secret].as_str().unwrap()));
    }
}

#[test]
fn a_time_before_1970_is_not_signed() {
    let keys = credentials("ASIAEXAMPLE", "s", "t", "arn:aws:iam::111122223333:role/Dev", "us-east-1");
    assert_eq!(get_role(&keys, UnixTime::from_seconds(-1)), Err(ApiError::NotSigned));
}
