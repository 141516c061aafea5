//! Responses of npm `samlp`, which no one here wrote (`fixtures/README.md`), at a sandbox that trusts it.

use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rolecall_sandbox::{Options, Sandbox};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::client::{call, post};

const STS: &str = "https://sts.eu-west-1.amazonaws.com/";
const ROLE: &str = "arn:aws:iam::111122223333:role/Auditor";
const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/Foreign";
const RESPONSES: [&str; 4] = [
    include_str!("../fixtures/samlp-assertion-sha256.xml"),
    include_str!("../fixtures/samlp-assertion-sha1.xml"),
    include_str!("../fixtures/samlp-response-sha256.xml"),
    include_str!("../fixtures/samlp-both-sha256.xml"),
];

/// A sandbox that trusts samlp, half a minute after `xml` was issued.
fn start_at_issue_of(xml: &str) -> Sandbox {
    let trust = vec![("urn:foreign:samlp".to_owned(), include_str!("../fixtures/samlp-cert.pem").to_owned())];
    let sandbox = Sandbox::start(Options { trust, ..Options::default() }).unwrap();
    let issued = xml.split("IssueInstant=\"").nth(1).unwrap().split('"').next().unwrap();
    let issued = OffsetDateTime::parse(issued, &Rfc3339).unwrap();
    let age = OffsetDateTime::from(SystemTime::now()) - issued;
    sandbox.faults().skew_clock(30 - age.whole_seconds());
    sandbox
}

#[test]
fn responses_of_samlp_are_taken_however_they_are_signed() {
    for xml in RESPONSES {
        let sandbox = start_at_issue_of(xml);
        let answer = post(&sandbox, STS, &call(ROLE, PROVIDER, &STANDARD.encode(xml)));
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.text("Subject"), "jané@example.com");
    }
}

#[test]
fn responses_of_samlp_with_another_role_are_refused() {
    for xml in RESPONSES {
        let sandbox = start_at_issue_of(xml);
        let forged = xml.replace("role/Auditor", "role/Auditors");
        let answer = post(
            &sandbox,
            STS,
            &call("arn:aws:iam::111122223333:role/Auditors", PROVIDER, &STANDARD.encode(forged)),
        );
        assert!(answer.text("Message").starts_with("Response signature invalid"), "{}", answer.body);
    }
}
