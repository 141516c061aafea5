use proptest::prelude::*;

use super::*;

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
    let text = message("old", "");
    let (audiences, values) =
        (vec![String::from("urn:amazon:webservices")], vec![String::from("a"), String::new()]);
    let many: Vec<String> = (0..1220).map(|number| number.to_string()).collect();
    let report = Report {
        kind: message("response", ""),
        verdict: message("broken", "x"),
        issuer: Some("https://idp.example"),
        audiences: &audiences,
        times: &[("compare_issue_instant", String::from("2026-09-21T14:13:20Z"))],
        mfa: Some(true),
        roles: 3,
        findings: vec![ReportedFinding { code: "aws.old", severity: "error", text: &text }],
        signatures: vec![ReportedSignature {
            covers: Some("assertion"),
            key: Some("RSA 2048"),
            ..ReportedSignature::default()
        }],
        claims: vec![
            ReportedClaim { name: "mail", values: &values },
            ReportedClaim { name: "none", values: &[] },
            ReportedClaim { name: "groups", values: &many },
        ],
        ..Report::default()
    };
    let markdown = markdown(&report, &said);
    let expected = "# title\n\nredacted\n\n| summary | value |\n|---|---|\n| kind | response  |\n| verdict | broken x |\n\
        | compare\\_issuer | ` https://idp.example ` |\n| compare\\_audience | ` urn:amazon:webservices ` |\n\
        | compare\\_issue\\_instant | ` 2026-09-21T14:13:20Z ` |\n| mfa | yes |\n| compare\\_encrypted | no |\n| roles | ` 3 ` |\n\n\
        ## findings\n\n- ` error ` old  ` aws.old `\n\n## signatures\n\n";
    assert!(markdown.starts_with(expected), "{markdown}");
    assert!(markdown.contains("\n| ` assertion ` |  |  |  |  | ` RSA 2048 ` |  |\n"), "{markdown}");
    assert!(
        markdown.contains("\n| ` mail ` | ` a ` |\n|  | `  ` |\n| ` none ` |  |\n| ` groups ` | ` 0 ` |\n"),
        "{markdown}"
    );
    assert!(markdown.ends_with("\n|  | ` 19 ` |\n|  | more 1200 |\n\n"), "{markdown}");
}

#[test]
fn an_empty_report_says_none() {
    let markdown = markdown(&Report::default(), &said);
    assert!(
        markdown.ends_with("## findings\n\nnone\n\n## signatures\n\nnone\n\n## claims\n\nnone\n\n"),
        "{markdown}"
    );
    assert!(markdown.contains("| mfa | unsaid |"));
}

#[test]
fn nothing_of_a_value_or_of_words_is_markup() {
    let claim = |value: &str| {
        let values = [String::from(value)];
        let report =
            Report { claims: vec![ReportedClaim { name: "n", values: &values }], ..Report::default() };
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
    let report = Report {
        findings: vec![ReportedFinding { code: "c", severity: "note", text: &text }],
        ..Report::default()
    };
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
        let values = [value];
        let report = Report {
            issuer: values.first().map(String::as_str),
            claims: vec![ReportedClaim { name: &name, values: &values }],
            ..Report::default()
        };
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
    let text = Message::default();
    let report = Report {
        provider: Some("a"),
        issuer: Some("a"),
        destination: Some("a"),
        recipients: &values,
        audiences: &values,
        name_id: Some("a"),
        role_session_name: Some("a"),
        session_duration: Some(1),
        authn_context: &values,
        mfa: Some(false),
        encrypted: true,
        findings: vec![ReportedFinding { code: "a", severity: "note", text: &text }],
        signatures: vec![ReportedSignature::default()],
        claims: vec![ReportedClaim { name: "a", values: &values }],
        ..Report::default()
    };
    assert!(!markdown(&report, &said).is_empty() && !markdown(&Report::default(), &said).is_empty());
}
