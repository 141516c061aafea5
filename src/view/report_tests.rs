use proptest::prelude::*;

use super::super::Message;
use super::super::inspection::{Certificate, Role};
use super::*;

fn finding(code: &'static str, severity: &'static str, text: Message) -> Finding {
    Finding { code, severity, hint: text.hint(), text, ..Finding::default() }
}

fn said(key: &str, args: &[String]) -> String {
    [&[key.strip_prefix("report_").unwrap_or(key).to_owned()], args].concat().join(" ")
}

fn message(key: &str, arg: &str) -> Message {
    Message { key: String::from(key), args: vec![String::from(arg)] }
}

/// Bars that part columns to a renderer: those that no backslash escapes.
fn bars(line: &str) -> usize {
    let mut is_escaped = false;
    let is_bar = |character: char| {
        let is_bar = character == '|' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        is_bar
    };
    line.chars().map(is_bar).filter(|is_bar| *is_bar).count()
}

#[test]
fn a_report_has_a_summary_findings_signatures_and_claims() {
    let many: Vec<String> = (0..1220).map(|number| number.to_string()).collect();
    let claim = |name: &str, values: &[&str]| Claim {
        name: String::from(name),
        friendly: None,
        format: None,
        values: values.iter().map(|value| String::from(*value)).collect(),
        aws: false,
    };
    let role = || Role { role: String::new(), provider: String::new() };
    let report = Inspection {
        kind: Some("response"),
        verdict: Some("broken"),
        issuer: Some(String::from("https://idp.example")),
        audiences: vec![String::from("urn:amazon:webservices")],
        issue_instant: Some(String::from("2026-09-21T14:13:20Z")),
        mfa: Some(true),
        roles: vec![role(), role(), role()],
        findings: vec![finding("aws.old", "error", message("old", ""))],
        signatures: vec![Signature {
            covers: Some("assertion"),
            certificate: Some(Certificate {
                key: "RSA",
                key_bits: 2048,
                not_after: String::from("2029-01-01T00:00:00Z"),
                ..Certificate::default()
            }),
            ..Signature::default()
        }],
        claims: vec![
            claim("mail", &["a", ""]),
            claim("none", &[]),
            Claim { values: many, ..claim("groups", &[]) },
        ],
        ..Inspection::default()
    };
    let markdown = markdown(&report, &said);
    let expected = "# title\n\nredacted\n\n| summary | value |\n|---|---|\n| kind | kind\\_response |\n| verdict | verdict\\_broken |\n\
        | compare\\_issuer | ` https://idp.example ` |\n| compare\\_audience | ` urn:amazon:webservices ` |\n\
        | compare\\_issue\\_instant | ` 2026-09-21T14:13:20Z ` |\n| mfa | yes |\n| compare\\_encrypted | no |\n| roles | ` 3 ` |\n\n\
        ## findings\n\n- ` error ` old  ` aws.old `\n\n## signatures\n\n";
    assert!(markdown.starts_with(expected), "{markdown}");
    assert!(
        markdown.contains("\n| ` assertion ` |  |  |  |  | ` RSA 2048 ` | ` 2029-01-01T00:00:00Z ` |\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("\n| ` mail ` | ` a ` |\n|  | `  ` |\n| ` none ` |  |\n| ` groups ` | ` 0 ` |\n"),
        "{markdown}"
    );
    assert!(markdown.ends_with("\n|  | ` 19 ` |\n|  | more 1200 |\n\n"), "{markdown}");
}

#[test]
fn an_empty_report_says_none() {
    let markdown = markdown(&Inspection::default(), &said);
    assert!(
        markdown.ends_with("## findings\n\nnone\n\n## signatures\n\nnone\n\n## claims\n\nnone\n\n"),
        "{markdown}"
    );
    assert!(markdown.contains("| mfa | unsaid |"));
}

#[test]
fn nothing_of_a_value_or_of_words_is_markup() {
    let claim = |value: &str| {
        let claim = Claim {
            name: String::from("n"),
            friendly: None,
            format: None,
            values: vec![String::from(value)],
            aws: false,
        };
        let report = Inspection { claims: vec![claim], ..Inspection::default() };
        let markdown = markdown(&report, &said);
        let line = markdown.lines().rev().find(|line| line.starts_with("| ` n `")).unwrap().to_owned();
        line.strip_prefix("| ` n ` | ").unwrap().strip_suffix(" |").unwrap().to_owned()
    };
    assert_eq!(claim("a|b\r\n# c"), "` a\\|b  # c `");
    assert_eq!(claim("\\|"), "` \\\u{200b}\\| `");
    assert_eq!(claim("`a``b`"), "``` `a``b` ```");
    assert_eq!(claim("<img src=x> @team [x](y)"), "` <img src=x> @team [x](y) `");
    assert_eq!(claim("a\u{2028}b\u{202e}c"), "` a b c `");
    assert_eq!(claim(&"é".repeat(400)).chars().count(), 2 + 300 + 1 + 2);
    let text = message("k", "<b> @team `x` | [a](b) https://a.example www.a.example.\n# h & _i_");
    let report = Inspection { findings: vec![finding("c", "note", text)], ..Inspection::default() };
    let markdown = markdown(&report, &said);
    let line = markdown.lines().find(|line| line.starts_with("- ` note `")).unwrap();
    assert_eq!(
        line,
        "- ` note ` k &lt;b\\> @\u{200b}team \\`x\\` \\| \\[a\\]\\(b\\) https\\://a\\.example www\\.a\\.example. \\# h &amp; \\_i\\_ ` c `"
    );
}

proptest! {
    #[test]
    fn no_value_leaves_its_cell(value in "[\\PC|`\\\\\\n\\r<>&*_ ]{0,40}", name in "[|`\\\\ a-z]{0,12}") {
        let claim = Claim { name, friendly: None, format: None, values: vec![value.clone()], aws: false };
        let report = Inspection { issuer: Some(value), claims: vec![claim], ..Inspection::default() };
        let markdown = markdown(&report, &said);
        let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with("| `") || line.starts_with("| compare\\_issuer")).collect();
        prop_assert_eq!(rows.len(), 2);
        prop_assert!(rows.iter().all(|row| bars(row) == 3), "{markdown}");
    }
}

#[test]
fn every_word_of_the_report_is_in_the_messages() {
    let messages: serde_json::Value =
        serde_json::from_str(include_str!("../../extension/_locales/en/messages.json")).unwrap();
    let said = |key: &str, _: &[String]| {
        assert!(key.is_empty() || messages.get(key).is_some(), "{key}");
        String::new()
    };
    let values = vec![String::from("a"); 30];
    let one = || Some(String::from("a"));
    let claim =
        Claim { name: String::new(), friendly: None, format: None, values: values.clone(), aws: false };
    let signature = Signature {
        verdict: Some("genuine"),
        certificate: Some(Certificate::default()),
        ..Signature::default()
    };
    let report = Inspection {
        kind: Some("response"),
        verdict: Some("genuine"),
        provider: one(),
        issuer: one(),
        destination: one(),
        recipients: values.clone(),
        audiences: values,
        name_id: one(),
        issue_instant: one(),
        not_before: one(),
        not_on_or_after: one(),
        authn_instant: one(),
        session_not_on_or_after: one(),
        role_session_name: one(),
        session_duration: Some(1),
        authn_context: one(),
        mfa: Some(false),
        encrypted: true,
        findings: vec![finding("a", "note", Message::default())],
        signatures: vec![signature],
        claims: vec![claim],
        ..Inspection::default()
    };
    assert!(!markdown(&report, &said).is_empty() && !markdown(&Inspection::default(), &said).is_empty());
}
