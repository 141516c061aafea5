//! What an inspection found to a report in Markdown, for a ticket: summary, findings, signatures and claims. Give it the
//! inspection of the redacted copy, for it hides nothing itself.
//!
//! Everything from the response stands in code spans, where GitHub makes no link, no mention and no emoji of it; words are
//! escaped. So nothing in a response can be more than text in the report.

use super::inspection::{Inspection, Signature};
use super::{Claim, Finding};

/// Writes the report. `words` gives the words for a message key and its arguments.
#[must_use]
pub fn markdown(report: &Inspection, words: &dyn Fn(&str, &[String]) -> String) -> String {
    let mut writer = Writer { markdown: String::new(), words };
    writer.heading("# ", "report_title");
    writer.words("report_redacted", &[]);
    writer.markdown.push_str("\n\n");
    writer.summary(report);
    writer.findings(&report.findings);
    writer.signatures(&report.signatures);
    writer.claims(&report.claims);
    writer.markdown
}

struct Writer<'w> {
    markdown: String,
    words: &'w dyn Fn(&str, &[String]) -> String,
}

impl Writer<'_> {
    fn summary(&mut self, report: &Inspection) {
        self.table(&["report_summary", "report_value"]);
        self.said_row("report_kind", &key_of("kind_", report.kind));
        self.said_row("report_verdict", &key_of("verdict_", report.verdict));
        self.row("report_provider", &mut report.provider.as_deref().into_iter());
        self.row("compare_issuer", &mut report.issuer.as_deref().into_iter());
        self.row("compare_destination", &mut report.destination.as_deref().into_iter());
        self.row("compare_recipient", &mut report.recipients.iter().map(String::as_str));
        self.row("compare_audience", &mut report.audiences.iter().map(String::as_str));
        self.row("compare_name_id", &mut report.name_id.as_deref().into_iter());
        self.row("report_session_name", &mut report.role_session_name.as_deref().into_iter());
        for (label, time) in [
            ("compare_issue_instant", &report.issue_instant),
            ("compare_not_before", &report.not_before),
            ("compare_not_on_or_after", &report.not_on_or_after),
            ("compare_authn_instant", &report.authn_instant),
            ("compare_session_end", &report.session_not_on_or_after),
        ] {
            self.row(label, &mut time.as_deref().into_iter());
        }
        let seconds = report.session_duration.map(|seconds| seconds.to_string());
        self.row("report_session_duration", &mut seconds.as_deref().into_iter());
        self.row("compare_authn_context", &mut report.authn_context.as_deref().into_iter());
        let yes_or_no = |yes| if yes { "report_yes" } else { "report_no" };
        self.said_row("report_mfa", report.mfa.map_or("report_unsaid", yes_or_no));
        self.said_row("compare_encrypted", yes_or_no(report.encrypted));
        let roles = report.roles.len().to_string();
        self.row("report_roles", &mut std::iter::once(roles.as_str()));
        self.markdown.push('\n');
    }

    fn findings(&mut self, findings: &[Finding]) {
        self.heading("## ", "report_findings");
        for finding in findings {
            self.markdown.push_str("- ");
            self.code(finding.severity);
            self.markdown.push(' ');
            self.words(&finding.text.key, &finding.text.args);
            self.markdown.push(' ');
            self.code(finding.code);
            self.markdown.push('\n');
        }
        self.none_if(findings.is_empty());
    }

    fn signatures(&mut self, signatures: &[Signature]) {
        self.heading("## ", "report_signatures");
        if !signatures.is_empty() {
            self.table(&[
                "report_covers",
                "report_verdict",
                "compare_signature_algorithm",
                "compare_digest_algorithm",
                "compare_canonicalization",
                "report_key",
                "report_certificate_end",
            ]);
        }
        for signature in signatures {
            self.markdown.push_str("| ");
            self.cell(signature.covers);
            self.markdown.push_str(" | ");
            self.words(&key_of("verdict_", signature.verdict), &[]);
            let certificate = signature.certificate.as_ref();
            let key = certificate.map(|certificate| certificate.key_label());
            for value in [
                signature.algorithm_name.as_deref().or(signature.algorithm.as_deref()),
                signature.digest.as_deref(),
                signature.canonicalization.as_deref(),
                key.as_deref(),
                certificate.map(|certificate| certificate.not_after.as_str()),
            ] {
                self.markdown.push_str(" | ");
                self.cell(value);
            }
            self.markdown.push_str(" |\n");
        }
        self.none_if(signatures.is_empty());
    }

    fn claims(&mut self, claims: &[Claim]) {
        self.heading("## ", "report_claims");
        if !claims.is_empty() {
            self.table(&["report_claim", "report_value"]);
        }
        for claim in claims {
            let mut name = Some(claim.name.as_str());
            let shown = claim.values.iter().take(MOST_VALUES).map(|value| Some(value.as_str()));
            // An attribute without a value has a line too.
            let lines = shown.chain((claim.values.is_empty()).then_some(None));
            for value in lines {
                self.markdown.push_str("| ");
                self.cell(name.take());
                self.markdown.push_str(" | ");
                self.cell(value);
                self.markdown.push_str(" |\n");
            }
            let more = claim.values.len().saturating_sub(MOST_VALUES);
            if more > 0 {
                self.markdown.push_str("|  | ");
                self.words("report_more", &[more.to_string()]);
                self.markdown.push_str(" |\n");
            }
        }
        self.none_if(claims.is_empty());
    }

    fn none_if(&mut self, is_empty: bool) {
        if is_empty {
            self.words("report_none", &[]);
            self.markdown.push('\n');
        }
        self.markdown.push('\n');
    }

    fn heading(&mut self, level: &str, key: &str) {
        self.markdown.push_str(level);
        self.words(key, &[]);
        self.markdown.push_str("\n\n");
    }

    /// The first two lines of a table.
    fn table(&mut self, columns: &[&str]) {
        for column in columns {
            self.markdown.push_str("| ");
            self.words(column, &[]);
            self.markdown.push(' ');
        }
        self.markdown.push_str("|\n");
        for _ in columns {
            self.markdown.push_str("|---");
        }
        self.markdown.push_str("|\n");
    }

    /// A row of the summary, where there is a value.
    fn row(&mut self, label: &str, values: &mut dyn Iterator<Item = &str>) {
        let mut is_empty = true;
        for value in values.take(MOST_VALUES) {
            if is_empty {
                self.label(label);
            } else {
                self.markdown.push_str(", ");
            }
            is_empty = false;
            self.code(value);
        }
        if !is_empty {
            self.markdown.push_str(" |\n");
        }
    }

    /// A row whose value has words.
    fn said_row(&mut self, label: &str, key: &str) {
        self.label(label);
        self.words(key, &[]);
        self.markdown.push_str(" |\n");
    }

    fn label(&mut self, label: &str) {
        self.markdown.push_str("| ");
        self.words(label, &[]);
        self.markdown.push_str(" | ");
    }

    fn cell(&mut self, value: Option<&str>) {
        if let Some(value) = value {
            self.code(value);
        }
    }

    /// A code span (GitHub Flavored Markdown 0.29, 6.3) that holds in a table's cell (4.10): its delimiter is longer than
    /// any run of backticks in it, a bar is escaped, and a line break or a control character is a space.
    fn code(&mut self, text: &str) {
        let (mut longest, mut run) = (0_usize, 0_usize);
        for character in text.chars() {
            run = if character == '`' { run.saturating_add(1) } else { 0 };
            longest = longest.max(run);
        }
        let delimiter = "`".repeat(longest.saturating_add(1));
        self.markdown.push_str(&delimiter);
        // A space at both ends is taken off again, and keeps a backtick of the text apart; so an empty text has one.
        self.markdown.push(' ');
        for (count, character) in text.chars().enumerate() {
            if count >= LONGEST_VALUE {
                self.markdown.push('…');
                break;
            }
            match character {
                // Two backslashes would be one for themselves and none for the bar: a space without width parts them.
                '|' if self.markdown.ends_with('\\') => self.markdown.push_str("\u{200b}\\|"),
                '|' => self.markdown.push_str("\\|"),
                character if character.is_control() || is_separator(character) => self.markdown.push(' '),
                character => self.markdown.push(character),
            }
        }
        self.markdown.push(' ');
        self.markdown.push_str(&delimiter);
    }

    /// Words, with what may stand in their arguments escaped: each ASCII punctuation character by a backslash (CommonMark
    /// 2.4) or, where HTML or a mention could begin, by a reference or a space without width.
    fn words(&mut self, key: &str, args: &[String]) {
        let text = (self.words)(key, args);
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '<' => self.markdown.push_str("&lt;"),
                '&' => self.markdown.push_str("&amp;"),
                '@' => self.markdown.push_str("@\u{200b}"),
                // Inside of a word it could make a link.
                '.' if !characters.peek().is_some_and(char::is_ascii_alphanumeric) => self.markdown.push('.'),
                ',' | '\'' | ';' | '%' | '/' | '?' => self.markdown.push(character),
                character if character.is_ascii_punctuation() => {
                    self.markdown.push('\\');
                    self.markdown.push(character);
                }
                character if character.is_control() || is_separator(character) => self.markdown.push(' '),
                character => self.markdown.push(character),
            }
        }
    }
}

/// The message key that a value completes; no key when there is none.
fn key_of(family: &str, value: Option<&str>) -> String {
    value.map(|value| [family, value].concat()).unwrap_or_default()
}

/// Line and paragraph separator, and characters that turn the direction of what follows.
fn is_separator(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Values of one attribute or field that are written.
const MOST_VALUES: usize = 20;

/// Characters of one value that are written: a pair of long ARNs fits.
const LONGEST_VALUE: usize = 300;

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
