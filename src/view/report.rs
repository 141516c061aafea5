//! What an inspection found to a report in Markdown, for a ticket: summary, findings, signatures and claims. Give it the
//! inspection of the redacted copy, for it hides nothing itself.
//!
//! Everything from the response stands in code spans, where GitHub makes no link, no mention and no emoji of it; words are
//! escaped. So nothing in a response can be more than text in the report.

use super::Message;

/// What the report is made from, each absent where the response says nothing.
#[derive(Clone, Debug, Default)]
pub struct Report<'a> {
    /// What kind of message it is, in words.
    pub kind: Message,
    /// What the signatures are worth, in words.
    pub verdict: Message,
    /// The identity provider's product, as a person calls it.
    pub provider: Option<&'a str>,
    /// The identity provider's entity id.
    pub issuer: Option<&'a str>,
    /// Where it was sent.
    pub destination: Option<&'a str>,
    /// Whom it is for, by the subject's confirmation.
    pub recipients: &'a [String],
    /// Whom it is for, by its conditions.
    pub audiences: &'a [String],
    /// Who signed in.
    pub name_id: Option<&'a str>,
    /// The session's name.
    pub role_session_name: Option<&'a str>,
    /// Message key of the label and RFC 3339 text of each time there is, in the order of the report.
    pub times: &'a [(&'static str, String)],
    /// The session's length in seconds.
    pub session_duration: Option<u32>,
    /// How the person signed in: URIs.
    pub authn_context: &'a [String],
    /// Whether with more than one factor; `None` where it does not say.
    pub mfa: Option<bool>,
    /// How many roles it grants.
    pub roles: usize,
    /// Whether an assertion is encrypted.
    pub encrypted: bool,
    /// What was found, worst first.
    pub findings: Vec<ReportedFinding<'a>>,
    /// The signatures.
    pub signatures: Vec<ReportedSignature<'a>>,
    /// The attributes.
    pub claims: Vec<ReportedClaim<'a>>,
}

/// One finding.
#[derive(Clone, Copy, Debug)]
pub struct ReportedFinding<'a> {
    /// The stable code.
    pub code: &'a str,
    /// `error`, `warning` or `note`.
    pub severity: &'a str,
    /// What it is.
    pub text: &'a Message,
}

/// One signature.
#[derive(Clone, Debug, Default)]
pub struct ReportedSignature<'a> {
    /// What it covers.
    pub covers: Option<&'a str>,
    /// What it is worth, in words.
    pub verdict: Message,
    /// The signature's algorithm, a URI or a name.
    pub algorithm: Option<&'a str>,
    /// The digest's algorithm, a URI or a name.
    pub digest: Option<&'a str>,
    /// The canonicalization, a URI or a name.
    pub canonicalization: Option<&'a str>,
    /// Kind and size of the key, such as `RSA 2048`.
    pub key: Option<&'a str>,
    /// When the certificate ends, RFC 3339.
    pub certificate_end: Option<&'a str>,
}

/// One attribute.
#[derive(Clone, Copy, Debug)]
pub struct ReportedClaim<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its values.
    pub values: &'a [String],
}

/// Writes the report. `words` gives the words for a message key and its arguments.
#[must_use]
pub fn markdown(report: &Report<'_>, words: &dyn Fn(&str, &[String]) -> String) -> String {
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
    fn summary(&mut self, report: &Report<'_>) {
        self.table(&["report_summary", "report_value"]);
        self.said_row("report_kind", &report.kind);
        self.said_row("report_verdict", &report.verdict);
        self.row("report_provider", &mut report.provider.into_iter());
        self.row("compare_issuer", &mut report.issuer.into_iter());
        self.row("compare_destination", &mut report.destination.into_iter());
        self.row("compare_recipient", &mut report.recipients.iter().map(String::as_str));
        self.row("compare_audience", &mut report.audiences.iter().map(String::as_str));
        self.row("compare_name_id", &mut report.name_id.into_iter());
        self.row("report_session_name", &mut report.role_session_name.into_iter());
        for (label, time) in report.times {
            self.row(label, &mut std::iter::once(time.as_str()));
        }
        let seconds = report.session_duration.map(|seconds| seconds.to_string());
        self.row("report_session_duration", &mut seconds.as_deref().into_iter());
        self.row("compare_authn_context", &mut report.authn_context.iter().map(String::as_str));
        let yes_or_no = |yes| if yes { "report_yes" } else { "report_no" };
        let mfa = report.mfa.map_or("report_unsaid", yes_or_no);
        self.said_row("report_mfa", &Message::of(mfa, Vec::new()));
        self.said_row("compare_encrypted", &Message::of(yes_or_no(report.encrypted), Vec::new()));
        let roles = report.roles.to_string();
        self.row("report_roles", &mut std::iter::once(roles.as_str()));
        self.markdown.push('\n');
    }

    fn findings(&mut self, findings: &[ReportedFinding<'_>]) {
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

    fn signatures(&mut self, signatures: &[ReportedSignature<'_>]) {
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
            self.words(&signature.verdict.key, &signature.verdict.args);
            for value in [
                signature.algorithm,
                signature.digest,
                signature.canonicalization,
                signature.key,
                signature.certificate_end,
            ] {
                self.markdown.push_str(" | ");
                self.cell(value);
            }
            self.markdown.push_str(" |\n");
        }
        self.none_if(signatures.is_empty());
    }

    fn claims(&mut self, claims: &[ReportedClaim<'_>]) {
        self.heading("## ", "report_claims");
        if !claims.is_empty() {
            self.table(&["report_claim", "report_value"]);
        }
        for claim in claims {
            let mut name = Some(claim.name);
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

    fn said_row(&mut self, label: &str, said: &Message) {
        self.label(label);
        self.words(&said.key, &said.args);
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
