//! An inspection as text for people: a summary, the roles, the signatures, the claims and the findings. Control characters of the
//! message are shown as escapes, so that no response can drive a terminal.

use rolecall::time::UnixTime;
use rolecall::view::{Finding, Inspection, Message};

use crate::words::Words;

/// The page of text. `others` has a line for each message where there are several, `colour` is whether the terminal takes it.
pub(crate) fn write(
    inspection: &Inspection,
    others: &[String],
    now: UnixTime,
    words: &Words,
    colour: bool,
) -> String {
    let mut page = Page { text: String::new(), words, colour };
    if let Some(error) = &inspection.error {
        page.line(Style::Error, &page.say(&error.text));
        let hint = page.say(&error.hint);
        page.indented(&hint);
        return page.text;
    }
    page.summary(inspection, now);
    page.roles(inspection);
    page.signatures(inspection);
    page.claims(inspection);
    page.findings(&inspection.findings);
    if !others.is_empty() {
        page.heading("messages_title");
        for (number, label) in (1_usize..).zip(others) {
            page.indented(&format!("{number}. {label}"));
        }
    }
    page.text
}

#[derive(Clone, Copy)]
enum Style {
    Heading,
    Good,
    Warning,
    Error,
}

struct Page<'a> {
    text: String,
    words: &'a Words,
    colour: bool,
}

impl Page<'_> {
    fn say(&self, message: &Message) -> String {
        self.words.say(&message.key, &message.args)
    }

    /// The words that the inspector's page has for it.
    fn word(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    fn styled(&self, style: Style, text: &str) -> String {
        let text = plain(text);
        let code = match style {
            Style::Heading => "1",
            Style::Good => "32",
            Style::Warning => "33",
            Style::Error => "31",
        };
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text }
    }

    fn line(&mut self, style: Style, text: &str) {
        let line = self.styled(style, text);
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn heading(&mut self, key: &str) {
        let heading = self.word(key);
        self.text.push('\n');
        self.line(Style::Heading, &heading);
    }

    fn indented(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.push_str("  ");
            self.text.push_str(&plain(text));
            self.text.push('\n');
        }
    }

    /// A name and its value, when there is one.
    fn field(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let name = self.word(key);
            self.indented(&format!("{name:<WIDTH$} {}", plain(value)));
        }
    }

    fn summary(&mut self, shown: &Inspection, now: UnixTime) {
        let kind = self.word(&format!("kind_{}", shown.kind.unwrap_or_default()));
        self.line(Style::Heading, &kind);
        if let Some(verdict) = shown.verdict {
            let style = match verdict {
                "genuine" => Style::Good,
                "broken" | "wrapped" | "unsigned" => Style::Error,
                _ => Style::Warning,
            };
            let said = self.words.say(&format!("verdict_{verdict}_text"), &[]);
            let name = self.word("report_verdict");
            let value = self.styled(style, &format!("{verdict}: {said}"));
            self.text.push_str(&format!("  {name:<WIDTH$} {value}\n"));
        }
        let issuer = match (&shown.provider, &shown.issuer) {
            (Some(provider), Some(issuer)) if provider != issuer => Some(format!("{issuer} ({provider})")),
            (_, issuer) => issuer.clone(),
        };
        self.field("compare_issuer", issuer.as_deref());
        self.field("compare_name_id", shown.name_id.as_deref());
        self.field("compare_name_id_format", shown.name_id_format.as_deref());
        self.field("compare_audience", Some(&shown.audiences.join(", ")));
        self.field("compare_recipient", Some(&shown.recipients.join(", ")));
        self.field("compare_destination", shown.destination.as_deref());
        self.field("compare_issue_instant", shown.issue_instant.as_deref());
        self.field("compare_not_before", shown.not_before.as_deref());
        self.field("compare_not_on_or_after", shown.not_on_or_after.as_deref());
        self.field("compare_session_end", shown.session_not_on_or_after.as_deref());
        self.field("compare_authn_instant", shown.authn_instant.as_deref());
        self.field("compare_authn_context", shown.authn_context.as_deref());
        let mfa = shown.mfa.map(|mfa| self.word(if mfa { "report_yes" } else { "report_no" }));
        self.field("report_mfa", mfa.as_deref());
        self.field("compare_in_response_to", shown.in_response_to.as_deref());
        if let Some(status) = &shown.status {
            let codes = status.codes.iter().filter_map(|code| code.rsplit(':').next());
            let codes: Vec<&str> = codes.collect();
            let message = status.message.as_deref().unwrap_or_default();
            self.field("compare_status", Some(format!("{} {message}", codes.join(" / ")).trim()));
        }
        self.field("report_session_name", shown.role_session_name.as_deref());
        self.field(
            "session_duration",
            shown.session_duration.map(|seconds| format!("{seconds} s")).as_deref(),
        );
        self.field("fact_source_identity", shown.source_identity.as_deref());
        for (key, value) in &shown.principal_tags {
            self.field("tags_title", Some(&format!("{key} = {value}")));
        }
        for (key, value) in &shown.details {
            self.field(key, Some(value));
        }
        for encryption in &shown.encryption {
            let algorithms = [&encryption.data_algorithm, &encryption.key_algorithm];
            let algorithms: Vec<&str> = algorithms.into_iter().filter_map(Option::as_deref).collect();
            self.field("compare_encrypted", Some(&algorithms.join(", ")));
        }
        self.field("judged_at", Some(&now.rfc3339()));
    }

    fn roles(&mut self, shown: &Inspection) {
        if !shown.roles.is_empty() {
            self.heading("report_roles");
            for role in &shown.roles {
                self.indented(&format!("{}, {}", role.role, role.provider));
            }
        }
    }

    fn signatures(&mut self, shown: &Inspection) {
        for signature in &shown.signatures {
            self.heading("report_verdict");
            let covers = signature.covers.unwrap_or("-");
            self.field("report_verdict", signature.verdict);
            self.field(
                "report_covers",
                Some(&format!("{covers} {}", signature.covers_id.as_deref().unwrap_or_default())),
            );
            self.field(
                "compare_signature_algorithm",
                signature.algorithm_name.as_deref().or(signature.algorithm.as_deref()),
            );
            self.field("compare_digest_algorithm", signature.digest.as_deref());
            self.field("compare_canonicalization", signature.canonicalization.as_deref());
            if let Some(certificate) = &signature.certificate {
                self.field("cert_subject", Some(&certificate.subject));
                self.field("cert_issuer", Some(&certificate.issuer));
                self.field(
                    "cert_validity",
                    Some(&format!("{} – {}", certificate.not_before, certificate.not_after)),
                );
                self.field("cert_key", Some(&format!("{} {}", certificate.key, certificate.key_bits)));
                self.field("cert_sha256", certificate.sha256.as_deref());
            }
        }
    }

    fn claims(&mut self, shown: &Inspection) {
        // The roles stand above already.
        let claims = shown.claims.iter().filter(|claim| !claim.name.ends_with("/SAML/Attributes/Role"));
        let mut headed = false;
        for claim in claims {
            if !headed {
                self.heading("report_claims");
                headed = true;
            }
            let friendly =
                claim.friendly.as_deref().map(|friendly| format!(" ({friendly})")).unwrap_or_default();
            self.indented(&format!("{}{friendly}", claim.name));
            for value in &claim.values {
                self.indented(&format!("  {value}"));
            }
        }
    }

    fn findings(&mut self, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        self.heading("report_findings");
        for finding in findings {
            let style = match finding.severity {
                "error" => Style::Error,
                "warning" => Style::Warning,
                _ => Style::Heading,
            };
            let severity = self.styled(style, finding.severity);
            let text = self.say(&finding.text);
            self.text.push_str(&format!("  {severity}: {} [{}]\n", plain(&text), finding.code));
            self.remedy(finding);
        }
    }

    /// What AWS says, why it happens, and what to do: the administrator's steps where there are some, else the person's.
    fn remedy(&mut self, finding: &Finding) {
        // A note is about nothing that AWS refuses by itself.
        if let Some(said) = finding.aws_message.as_ref().filter(|_| finding.severity != "note") {
            let caption = self.word("aws_says");
            self.indented(&format!("  {caption}: {said}"));
        }
        let fix = finding.fix.as_ref().unwrap_or(&finding.hint);
        let place = finding.fix_place.as_ref();
        for words in
            [finding.cause.as_ref(), place, Some(fix), finding.fix_iam.as_ref()].into_iter().flatten()
        {
            let said = self.say(words);
            if !said.is_empty() {
                self.indented(&format!("  {said}"));
            }
        }
        if let Some(command) = &finding.command {
            command.text.lines().for_each(|line| self.indented(&format!("    {line}")));
        }
    }
}

/// The text without anything that a terminal obeys or that changes the direction of what follows.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        let is_direction =
            matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || is_direction {
            plain.extend(character.escape_default());
        } else {
            plain.push(character);
        }
    }
    plain
}

/// Columns for the names of fields.
const WIDTH: usize = 28;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_drive_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\n"), "a\\u{1b}[31mb\\u{202e}c\\n");
        assert_eq!(plain("José – 角"), "José – 角");
    }

    #[test]
    fn only_a_terminal_gets_colours() {
        let shown = Inspection { kind: Some("response"), verdict: Some("genuine"), ..Inspection::default() };
        let words = Words::english();
        let now = UnixTime::from_seconds(0);
        assert!(!write(&shown, &[], now, &words, false).contains('\u{1b}'));
        assert!(write(&shown, &[], now, &words, true).contains("\u{1b}[32mgenuine"));
    }
}
