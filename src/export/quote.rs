//! One quoting function for each reader: it appends the value to the text so that the reader sees it byte for
//! byte, or says why it cannot.
//!
//! Control characters other than a newline are refused everywhere: most people paste this text, and a terminal acts
//! on them whatever the quotes say.

use super::error::Unheld;
use crate::octets::holds;

/// POSIX shells (POSIX.1-2024, Shell Command Language 2.2.2): as it is when every character is harmless anywhere in
/// a word, else in single quotes, with a single quote as `'\''`. A newline stays.
pub(crate) fn posix(text: &mut String, value: &str) -> Result<(), Unheld> {
    refuse_controls_but_newline(value)?;
    // `=` at the start of an assigned value, or after a `:` in it, is a command's path to zsh; `~` a home directory.
    let is_path = value.starts_with('=') || holds(value, ":=");
    let harmless = |c: char| c.is_ascii_alphanumeric() || "_/+.,:@-=".contains(c);
    if !value.is_empty() && !is_path && value.chars().all(harmless) {
        text.push_str(value);
        return Ok(());
    }
    text.push('\'');
    for c in value.chars() {
        match c {
            '\'' => text.push_str("'\\''"),
            c => text.push(c),
        }
    }
    text.push('\'');
    Ok(())
}

/// fish (fish documentation, "Quotes"): single quotes, in which only `\'` and `\\` are escapes. A newline stays.
pub(super) fn fish(text: &mut String, value: &str) -> Result<(), Unheld> {
    refuse_controls_but_newline(value)?;
    text.push('\'');
    for c in value.chars() {
        if matches!(c, '\'' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('\'');
    Ok(())
}

/// PowerShell (language specification 2.3.5.2, verbatim string literal): single quotes, each single quote character
/// doubled, of which PowerShell knows five. `$` and the backtick stay literal. A newline stays. An empty value is
/// refused, because assigning one removes the variable.
pub(super) fn powershell(text: &mut String, value: &str) -> Result<(), Unheld> {
    refuse_controls_but_newline(value)?;
    if value.is_empty() {
        return Err(Unheld::Empty);
    }
    text.push('\'');
    for c in value.chars() {
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            text.push(c);
        }
        text.push(c);
    }
    text.push('\'');
    Ok(())
}

/// cmd.exe, between the quotes of `set "NAME=value"`, where `^`, `&`, `|`, `<` and `>` are literal and a trailing
/// backslash escapes nothing.
///
/// Refused: `%`, for which a prompt and a batch file have no common escape; `"`, after which the rest of the line is
/// read unquoted; a newline, which ends the command; an empty value, which removes the variable. `!` is literal as
/// long as delayed expansion is off, which it is unless someone turns it on.
pub(super) fn cmd(text: &mut String, value: &str) -> Result<(), Unheld> {
    refuse_controls(value)?;
    refuse_characters(value, &['%', '"'])?;
    if value.is_empty() {
        return Err(Unheld::Empty);
    }
    text.push_str(value);
    Ok(())
}

/// `NAME=value` files, which every reader takes literally only while nothing in them looks like syntax to one of
/// them: Docker quotes nothing at all; systemd and dotenv libraries know quotes, backslashes, `$` and comments.
pub(super) fn dotenv(text: &mut String, value: &str) -> Result<(), Unheld> {
    refuse_controls(value)?;
    refuse_space_at_edge(value)?;
    refuse_characters(value, &['\'', '"', '`', '\\', '$', '#'])?;
    text.push_str(value);
    Ok(())
}

/// The AWS credentials file, read by botocore's `RawConfigParser` and by the parsers of the other SDKs: values have
/// no quotes and no escapes, and some of the SDKs take ` #` and ` ;` for a comment.
pub(super) fn ini(text: &mut String, value: &str) -> Result<(), Unheld> {
    refuse_controls(value)?;
    refuse_space_at_edge(value)?;
    let comments =
        |marker: char| value.split(marker).rev().skip(1).any(|before| before.ends_with(char::is_whitespace));
    if let Some(marker) =
        ['#', ';'].into_iter().find(|marker| value.starts_with(*marker) || comments(*marker))
    {
        return Err(Unheld::Character(marker));
    }
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return Err(Unheld::Character(quote));
    }
    text.push_str(value);
    Ok(())
}

fn refuse_controls_but_newline(value: &str) -> Result<(), Unheld> {
    refuse(value.chars().any(|c| c.is_control() && c != '\n'), Unheld::ControlCharacter)
}

fn refuse_controls(value: &str) -> Result<(), Unheld> {
    refuse(value.chars().any(char::is_control), Unheld::ControlCharacter)
}

fn refuse_space_at_edge(value: &str) -> Result<(), Unheld> {
    refuse(value.trim() != value, Unheld::SpaceAtEdge)
}

fn refuse_characters(value: &str, refused: &[char]) -> Result<(), Unheld> {
    value.chars().find(|c| refused.contains(c)).map_or(Ok(()), |c| Err(Unheld::Character(c)))
}

fn refuse(is_refused: bool, why: Unheld) -> Result<(), Unheld> {
    if is_refused { Err(why) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Quote = fn(&mut String, &str) -> Result<(), Unheld>;

    fn quoted(quote: Quote, value: &str) -> Result<String, Unheld> {
        let mut text = String::new();
        quote(&mut text, value).map(|()| text)
    }

    #[test]
    fn control_characters_are_refused_by_every_reader_and_a_newline_by_those_that_read_lines() {
        let readers: [(Quote, bool); 6] =
            [(posix, true), (fish, true), (powershell, true), (cmd, false), (dotenv, false), (ini, false)];
        for (quote, holds_newline) in readers {
            for control in ["\0", "\r", "\t", "\u{1b}", "\u{7f}", "\u{85}", "\u{9b}"] {
                assert_eq!(
                    quoted(quote, &format!("a{control}b")),
                    Err(Unheld::ControlCharacter),
                    "{control:?}"
                );
            }
            assert_eq!(quoted(quote, "a\nb").is_ok(), holds_newline);
        }
    }

    #[test]
    fn posix_values_are_quoted_where_needed() {
        assert_eq!(quoted(posix, "abc/+==").unwrap(), "abc/+==");
        assert_eq!(quoted(posix, "").unwrap(), "''");
        assert_eq!(quoted(posix, "=ls").unwrap(), "'=ls'");
        assert_eq!(quoted(posix, "a:=").unwrap(), "'a:='");
        assert_eq!(quoted(posix, "2026-09-21T14:13:20Z").unwrap(), "2026-09-21T14:13:20Z");
        assert_eq!(quoted(posix, "~").unwrap(), "'~'");
        assert_eq!(quoted(posix, "$(id)").unwrap(), "'$(id)'");
        assert_eq!(quoted(posix, "it's").unwrap(), r"'it'\''s'");
    }

    #[test]
    fn fish_values_escape_quote_and_backslash_only() {
        assert_eq!(quoted(fish, r"a\'$b").unwrap(), r"'a\\\'$b'");
        assert_eq!(quoted(fish, "").unwrap(), "''");
    }

    #[test]
    fn powershell_values_double_all_five_single_quotes_and_nothing_else() {
        assert_eq!(quoted(powershell, "it's $x `n \"").unwrap(), "'it''s $x `n \"'");
        assert_eq!(
            quoted(powershell, "\u{2018}\u{2019}\u{201a}\u{201b}").unwrap(),
            "'\u{2018}\u{2018}\u{2019}\u{2019}\u{201a}\u{201a}\u{201b}\u{201b}'"
        );
        assert_eq!(quoted(powershell, ""), Err(Unheld::Empty));
    }

    #[test]
    fn cmd_keeps_carets_and_refuses_what_it_cannot_escape() {
        assert_eq!(quoted(cmd, r"a^&|<>!b\").unwrap(), r"a^&|<>!b\");
        assert_eq!(quoted(cmd, "100%"), Err(Unheld::Character('%')));
        assert_eq!(quoted(cmd, "a\"&calc"), Err(Unheld::Character('"')));
        assert_eq!(quoted(cmd, ""), Err(Unheld::Empty));
    }

    #[test]
    fn dotenv_values_are_literal_or_refused() {
        assert_eq!(quoted(dotenv, "a b/+=!%^&").unwrap(), "a b/+=!%^&");
        for refused in ['\'', '"', '`', '\\', '$', '#'] {
            assert_eq!(quoted(dotenv, &format!("a{refused}b")), Err(Unheld::Character(refused)));
        }
        assert_eq!(quoted(dotenv, " a"), Err(Unheld::SpaceAtEdge));
        assert_eq!(quoted(dotenv, "a\u{a0}"), Err(Unheld::SpaceAtEdge));
    }

    #[test]
    fn ini_values_are_literal_or_refused() {
        assert_eq!(quoted(ini, "a%b=c:d'e$f#g;h").unwrap(), "a%b=c:d'e$f#g;h");
        assert_eq!(quoted(ini, "a #b"), Err(Unheld::Character('#')));
        assert_eq!(quoted(ini, "a;b ;c"), Err(Unheld::Character(';')));
        assert_eq!(quoted(ini, "#a"), Err(Unheld::Character('#')));
        assert_eq!(quoted(ini, "\"a\""), Err(Unheld::Character('"')));
        assert_eq!(quoted(ini, "a "), Err(Unheld::SpaceAtEdge));
    }

    /// Reads a verbatim string literal as PowerShell's tokenizer does: a single quote of any kind ends it unless
    /// another follows, of which the second is the character meant.
    fn read_as_powershell(text: &str) -> Option<String> {
        let is_quote = |c: char| matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}');
        let mut characters = text.chars().peekable();
        characters.next_if(|c| is_quote(*c))?;
        let mut value = String::new();
        while let Some(c) = characters.next() {
            if !is_quote(c) {
                value.push(c);
            } else if let Some(second) = characters.next_if(|c| is_quote(*c)) {
                value.push(second);
            } else {
                return characters.next().is_none().then_some(value);
            }
        }
        None
    }

    proptest! {
        #[test]
        fn every_value_is_read_back_by_powershell_s_grammar(value in "['\u{2018}-\u{201b}\"$`%\\\\\n \\PC]{1,20}") {
            prop_assert_eq!(read_as_powershell(&quoted(powershell, &value).unwrap()), Some(value));
        }

        #[test]
        fn a_value_that_cmd_takes_leaves_no_quote_open_and_expands_nothing(value in "[\"%^!& a\\\\]{1,12}") {
            if let Ok(text) = quoted(cmd, &value) {
                prop_assert!(!text.contains(['"', '%', '\n']));
                prop_assert_eq!(text, value);
            }
        }
    }
}
