//! A response that AWS takes, and what may be known beside it; cases change one thing of it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rolecall::audit::{self, Finding, Metadata, Seen, ServerClock};
use rolecall::capture::Endpoint;
use rolecall::time::UnixTime;
use rolecall::{aws, saml};

/// A response without a fault: signed in with two factors, one role, the global sign-in URL.
pub(crate) const SAMPLE: &str = r#"<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="2026-09-21T14:13:20Z" Destination="https://signin.aws.amazon.com/saml"><a:Issuer>https://idp.example.com/metadata</a:Issuer><p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status><a:Assertion ID="_a" Version="2.0" IssueInstant="2026-09-21T14:13:20Z"><a:Issuer>https://idp.example.com/metadata</a:Issuer><a:Subject><a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ada</a:NameID><a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData NotOnOrAfter="2026-09-21T14:18:20Z" Recipient="https://signin.aws.amazon.com/saml"/></a:SubjectConfirmation></a:Subject><a:Conditions NotBefore="2026-09-21T14:08:20Z" NotOnOrAfter="2026-09-21T15:13:20Z"><a:AudienceRestriction><a:Audience>urn:amazon:webservices</a:Audience></a:AudienceRestriction></a:Conditions><a:AuthnStatement AuthnInstant="2026-09-21T14:01:20Z" SessionIndex="_s"><a:AuthnContext><a:AuthnContextClassRef>https://refeds.org/profile/mfa</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement><a:AttributeStatement><a:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><a:AttributeValue>arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp</a:AttributeValue></a:Attribute><a:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><a:AttributeValue>ada@example.com</a:AttributeValue></a:Attribute><a:Attribute Name="https://aws.amazon.com/SAML/Attributes/SessionDuration"><a:AttributeValue>28800</a:AttributeValue></a:Attribute></a:AttributeStatement></a:Assertion></p:Response>"#;

/// A change of the text: what stands there, and what takes its place.
pub(crate) type Change = (&'static str, &'static str);

/// What is known beside the response.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    pub(crate) url: Option<&'static str>,
    pub(crate) in_address: bool,
    pub(crate) chars: Option<usize>,
    /// Seconds since the response was issued.
    pub(crate) age: i64,
    pub(crate) clocks: Vec<ServerClock>,
    pub(crate) metadata: Vec<Metadata>,
    /// Turns the base64 into what was sent.
    pub(crate) sent: fn(String) -> String,
}

impl Default for Beside {
    fn default() -> Self {
        Self {
            url: Some("https://signin.aws.amazon.com/saml"),
            in_address: false,
            chars: Some(4000),
            age: 60,
            clocks: Vec::new(),
            metadata: Vec::new(),
            sent: |base64| base64,
        }
    }
}

/// When the sample was issued.
pub(crate) const ISSUED: UnixTime = UnixTime::from_seconds(1_790_000_000);

/// The sample with changes, each of which has to change something.
pub(crate) fn changed(changes: &[Change]) -> String {
    changes.iter().fold(SAMPLE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the sample does not hold {from}");
        text.replacen(from, to, 1)
    })
}

/// What is found about the sample with changes.
pub(crate) fn audited(changes: &[Change], beside: &Beside) -> Vec<Finding> {
    audited_text(&changed(changes), beside)
}

/// What is found about this XML.
pub(crate) fn audited_text(xml: &str, beside: &Beside) -> Vec<Finding> {
    let response = saml::read(&(beside.sent)(BASE64_STANDARD.encode(xml))).unwrap();
    let claims = aws::read(&response);
    let endpoint = beside.url.map(|url| Endpoint::parse(url).unwrap());
    let seen = Seen {
        endpoint: endpoint.as_ref(),
        in_address: beside.in_address,
        chars: beside.chars,
        now: Some(ISSUED.plus(beside.age)),
        clocks: &beside.clocks,
        metadata: &beside.metadata,
        ..Seen::of(&response, &claims)
    };
    let found = audit::audit(&seen);
    for finding in &found {
        assert!(finding.rule().is_some(), "{} is no rule", finding.code);
        assert!(finding.rule().unwrap().severity >= finding.severity, "{}", finding.code);
    }
    for finding in audit::pre_flight(&seen) {
        assert!(
            codes(&found).contains(&finding.code),
            "{} is said by one and not by the other",
            finding.code
        );
    }
    found
}

/// A rule with a case that raises it and the nearest one that does not.
pub(crate) struct Row {
    pub(crate) code: &'static str,
    pub(crate) raised_by: &'static [Change],
    pub(crate) beside: fn(&mut Beside),
    pub(crate) silent_for: &'static [Change],
    pub(crate) silent_beside: fn(&mut Beside),
}

impl Row {
    /// Checks both cases.
    pub(crate) fn check(&self) {
        let Self { code, raised_by, beside, silent_for, silent_beside } = self;
        let found = audited(raised_by, &with(*beside));
        let raised = found.iter().find(|finding| finding.code == *code);
        assert!(raised.is_some(), "{code} is not raised, but {:?}", codes(&found));
        let found = audited(silent_for, &with(*silent_beside));
        assert!(!codes(&found).contains(code), "{code} is raised by what is no case of it");
    }
}

pub(crate) fn codes(found: &[Finding]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code).collect()
}

fn with(change: fn(&mut Beside)) -> Beside {
    let mut beside = Beside::default();
    change(&mut beside);
    beside
}

/// Nothing else is known.
pub(crate) fn same(_: &mut Beside) {}
