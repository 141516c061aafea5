//! Signed calls: what IAM and CloudTrail refuse, in which words. That they let a good signature in is seen where the product makes one
//! (tests/browser).

use rolecall_sandbox::{Issued, Options, Persona, Sandbox};

use crate::client::{Answer, assume_first, send};

const IAM: &str = "https://iam.amazonaws.com/";
const CLOUDTRAIL: &str = "https://cloudtrail.eu-west-1.amazonaws.com/";

fn start() -> (Sandbox, Issued) {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    assume_first(&sandbox, Persona::FourRoles, "https://sts.eu-west-1.amazonaws.com/").unwrap();
    let issued = sandbox.issued().pop().unwrap();
    (sandbox, issued)
}

/// A call with a signature that is none.
fn call(sandbox: &Sandbox, url: &str, key: &str, token: &str, time: &str) -> Answer {
    let (service, region) = if url == IAM { ("iam", "us-east-1") } else { ("cloudtrail", "eu-west-1") };
    let day = &time[..8];
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={key}/{day}/{region}/{service}/aws4_request, \
         SignedHeaders=host;x-amz-date;x-amz-security-token, Signature={}",
        "0".repeat(64)
    );
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", authorization.as_str()),
        ("x-amz-date", time),
        ("x-amz-security-token", token),
    ];
    send(sandbox, "POST", url, &headers, "Action=GetRole&Version=2010-05-08&RoleName=Admin").unwrap()
}

/// Now, as a signature writes it.
fn now(sandbox: &Sandbox) -> String {
    let date = send(sandbox, "POST", IAM, &[], "").unwrap().header("date").to_owned();
    let words: Vec<&str> = date.split(' ').collect();
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|month| *month == words[2]).unwrap() + 1;
    format!("{}{month:02}{}T{}Z", words[3], words[1], words[4].replace(':', ""))
}

#[test]
fn iam_refuses_in_xml_who_does_not_prove_to_hold_the_credentials() {
    let (sandbox, issued) = start();
    let unsigned = send(&sandbox, "POST", IAM, &[], "Action=GetRole").unwrap();
    assert_eq!((unsigned.status, unsigned.text("Code").as_str()), (403, "MissingAuthenticationToken"));
    let time = now(&sandbox);
    for (key, token, time, code) in [
        ("ASIAUNKNOWN", issued.session_token.as_str(), time.as_str(), "InvalidClientTokenId"),
        (&issued.access_key_id, "another", &time, "InvalidClientTokenId"),
        (&issued.access_key_id, &issued.session_token, &time, "SignatureDoesNotMatch"),
    ] {
        let answer = call(&sandbox, IAM, key, token, time);
        assert_eq!((answer.status, answer.text("Code").as_str()), (403, code), "{}", answer.body);
    }
    let old = call(&sandbox, IAM, &issued.access_key_id, &issued.session_token, "20200101T000000Z");
    assert!(old.text("Message").starts_with("Signature expired: 20200101T000000Z is now earlier than "));
}

#[test]
fn cloudtrail_refuses_in_json() {
    let (sandbox, issued) = start();
    let unsigned = send(&sandbox, "POST", CLOUDTRAIL, &[], "{}").unwrap();
    assert!(
        unsigned.body.contains("\"__type\":\"MissingAuthenticationTokenException\""),
        "{}",
        unsigned.body
    );
    let time = now(&sandbox);
    for (key, code) in [
        ("ASIAUNKNOWN", "UnrecognizedClientException"),
        (issued.access_key_id.as_str(), "InvalidSignatureException"),
    ] {
        let answer = call(&sandbox, CLOUDTRAIL, key, &issued.session_token, &time);
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains(&format!("\"__type\":\"{code}\"")), "{}", answer.body);
    }
}
