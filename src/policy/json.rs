//! JSON text to values that know where they stand (RFC 8259). Refused, with the place, is whatever is not JSON, is nested
//! deeper than [`MAX_POLICY_DEPTH`], or names a member of an object twice.
//!
//! Our own because the reader at hand forgets where a value stood, and an invalid policy is worth little without the place.

use rustc_hash::FxHashSet;

use super::fact::{Fact, Position};
use crate::limits::MAX_POLICY_DEPTH;

/// A value, and where its first character stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) at: Position,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    /// A number as it is written.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Map(Vec<Member>),
}

/// A member of an object, and where its name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) at: Position,
    pub(crate) value: Value,
}

impl Value {
    /// The member of this name, if this is an object that has it.
    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        match &self.kind {
            Kind::Map(members) => {
                members.iter().find(|member| member.name == name).map(|member| &member.value)
            }
            _ => None,
        }
    }
}

/// Reads one value, with white space around it and nothing else.
pub(crate) fn parse(text: &str) -> Result<Value, Fact> {
    let mut reader = Reader { rest: text.trim_start_matches('\u{feff}'), at: Position::START, depth: 0 };
    let value = reader.value()?;
    reader.skip_white_space();
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(Fact::error("policy.json_trailing", &[], reader.at)),
    }
}

struct Reader<'t> {
    rest: &'t str,
    at: Position,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value, Fact> {
        self.skip_white_space();
        let at = self.at;
        let kind = match self.peek() {
            Some('{') => self.nested(Self::map)?,
            Some('[') => self.nested(Self::list)?,
            Some('"') => Kind::Text(self.string()?),
            Some('-' | '0'..='9') => Kind::Number(self.number()?),
            Some('a'..='z') => self.word()?,
            _ => return Err(self.unexpected("value")),
        };
        Ok(Value { at, kind })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Kind, Fact>) -> Result<Kind, Fact> {
        if self.depth >= MAX_POLICY_DEPTH {
            return Err(Fact::error("policy.json_too_deep", &[&MAX_POLICY_DEPTH.to_string()], self.at));
        }
        self.depth += 1;
        self.next();
        let kind = read(self)?;
        self.depth -= 1;
        Ok(kind)
    }

    fn map(&mut self) -> Result<Kind, Fact> {
        let mut members: Vec<Member> = Vec::new();
        self.skip_white_space();
        if self.take('}') {
            return Ok(Kind::Map(members));
        }
        loop {
            self.skip_white_space();
            let at = self.at;
            if self.peek() != Some('"') {
                return Err(self.after_comma(!members.is_empty() && self.peek() == Some('}'), "name"));
            }
            let name = self.string()?;
            self.skip_white_space();
            if !self.take(':') {
                return Err(self.unexpected(":"));
            }
            members.push(Member { name, at, value: self.value()? });
            self.skip_white_space();
            if self.take('}') {
                break;
            }
            if !self.take(',') {
                return Err(self.unexpected(", }"));
            }
        }
        let mut seen = FxHashSet::default();
        match members.iter().find(|member| !seen.insert(member.name.as_str())) {
            Some(twice) => Err(Fact::error("policy.duplicate_key", &[&twice.name], twice.at)),
            None => Ok(Kind::Map(members)),
        }
    }

    fn list(&mut self) -> Result<Kind, Fact> {
        let mut values = Vec::new();
        self.skip_white_space();
        if self.take(']') {
            return Ok(Kind::List(values));
        }
        loop {
            self.skip_white_space();
            if !values.is_empty() && self.peek() == Some(']') {
                return Err(self.after_comma(true, "value"));
            }
            values.push(self.value()?);
            self.skip_white_space();
            if self.take(']') {
                return Ok(Kind::List(values));
            }
            if !self.take(',') {
                return Err(self.unexpected(", ]"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Fact> {
        let began = self.at;
        self.next();
        let mut text = String::new();
        loop {
            let at = self.at;
            match self.next() {
                None => return Err(Fact::error("policy.json_open_string", &[], began)),
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape(at)?),
                Some(control) if u32::from(control) < 0x20 => {
                    return Err(Fact::error("policy.json_control_character", &[], at));
                }
                Some(other) => text.push(other),
            }
        }
    }

    /// What stands for the escape whose backslash was at `at`. Half of a surrogate pair alone is the replacement character.
    fn escape(&mut self, at: Position) -> Result<char, Fact> {
        let refused = || Fact::error("policy.json_escape", &[], at);
        Ok(match self.next() {
            Some(plain @ ('"' | '\\' | '/')) => plain,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let unit = self.four_digits().ok_or_else(refused)?;
                if !(0xd800..0xdc00).contains(&unit) || !self.rest.starts_with("\\u") {
                    return Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                let (before, before_at) = (self.rest, self.at);
                self.next();
                self.next();
                let low = self.four_digits().ok_or_else(refused)?;
                if (0xdc00..0xe000).contains(&low) {
                    let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                } else {
                    (self.rest, self.at) = (before, before_at);
                    char::REPLACEMENT_CHARACTER
                }
            }
            _ => return Err(refused()),
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut number = 0;
        for _ in 0..4 {
            number = number << 4 | self.next()?.to_digit(16)?;
        }
        Some(number)
    }

    fn number(&mut self) -> Result<String, Fact> {
        let at = self.at;
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let number = self.rest.get(..end).unwrap_or_default().to_owned();
        number.chars().for_each(|_| {
            self.next();
        });
        if is_number(&number) { Ok(number) } else { Err(Fact::error("policy.json_number", &[&number], at)) }
    }

    fn word(&mut self) -> Result<Kind, Fact> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let kind = match self.rest.get(..end) {
            Some("null") => Kind::Null,
            Some("true") => Kind::Bool(true),
            Some("false") => Kind::Bool(false),
            _ => return Err(self.unexpected("value")),
        };
        (0..end).for_each(|_| {
            self.next();
        });
        Ok(kind)
    }

    fn after_comma(&self, ends: bool, expected: &str) -> Fact {
        if ends { Fact::error("policy.json_trailing_comma", &[], self.at) } else { self.unexpected(expected) }
    }

    /// Something else stands here than what has to: `value`, `name`, or one of these characters.
    fn unexpected(&self, expected: &str) -> Fact {
        match self.peek() {
            None => Fact::error("policy.json_ended", &[expected], self.at),
            Some('\'' | '‘' | '’' | '“' | '”') => Fact::error("policy.json_quotes", &[], self.at),
            Some('/' | '#') => Fact::error("policy.json_comment", &[], self.at),
            Some(found) => {
                Fact::error("policy.json_unexpected", &[found.encode_utf8(&mut [0; 4]), expected], self.at)
            }
        }
    }

    fn skip_white_space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\r' | '\n')) {
            self.next();
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_here = self.peek() == Some(wanted);
        if is_here {
            self.next();
        }
        is_here
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next()?;
        self.rest = characters.as_str();
        if next == '\n' {
            self.at.line += 1;
            self.at.column = 1;
        } else {
            self.at.column += 1;
        }
        Some(next)
    }
}

/// RFC 8259, 6.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let no_leading_zero = whole.len() == 1 || !whole.starts_with('0');
    digits(whole) && no_leading_zero && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(text: &str) -> (&'static str, usize, usize) {
        let fact = parse(text).unwrap_err();
        (fact.code, fact.line, fact.column)
    }

    #[test]
    fn what_is_not_json_is_refused_where_it_stops_being_json() {
        for (text, code, line, column) in [
            ("", "policy.json_ended", 1, 1),
            ("{", "policy.json_ended", 1, 2),
            ("{\n  \"a\": 1,\n}", "policy.json_trailing_comma", 3, 1),
            ("[1,]", "policy.json_trailing_comma", 1, 4),
            ("{\"a\": 1 \"b\": 2}", "policy.json_unexpected", 1, 9),
            ("{\"é\": x}", "policy.json_unexpected", 1, 7),
            ("{'a': 1}", "policy.json_quotes", 1, 2),
            ("{“a”: 1}", "policy.json_quotes", 1, 2),
            ("// x\n{}", "policy.json_comment", 1, 1),
            ("{} {}", "policy.json_trailing", 1, 4),
            ("{\"a\": \"b\n\"}", "policy.json_control_character", 1, 9),
            ("{\"a\": \"\\x\"}", "policy.json_escape", 1, 8),
            ("{\"a\": \"b", "policy.json_open_string", 1, 7),
            ("[01]", "policy.json_number", 1, 2),
            ("[1.]", "policy.json_number", 1, 2),
            ("[nul]", "policy.json_unexpected", 1, 2),
            ("{\"a\": 1,\n \"a\": 2}", "policy.duplicate_key", 2, 2),
        ] {
            assert_eq!(refused(text), (code, line, column), "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(parse(&format!("{}{}", "[".repeat(MAX_POLICY_DEPTH), "]".repeat(MAX_POLICY_DEPTH))).is_ok());
        assert_eq!(refused(&"[".repeat(100_000)).0, "policy.json_too_deep");
    }

    #[test]
    fn a_value_knows_its_line_and_column() {
        let value = parse("\u{feff}{\n  \"Ünïcode\": [true,\n null]}").unwrap();
        let Kind::Map(members) = &value.kind else { panic!("an object") };
        assert_eq!((members[0].at, members[0].value.at.column), (Position { line: 2, column: 3 }, 14));
        let Kind::List(values) = &members[0].value.kind else { panic!("a list") };
        assert_eq!(values[1], Value { at: Position { line: 3, column: 2 }, kind: Kind::Null });
    }

    fn plain(value: &Value) -> serde_json::Value {
        match &value.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(is) => (*is).into(),
            Kind::Number(number) => serde_json::from_str(number).unwrap(),
            Kind::Text(text) => text.clone().into(),
            Kind::List(values) => values.iter().map(plain).collect(),
            Kind::Map(members) => {
                members.iter().map(|member| (member.name.clone(), plain(&member.value))).collect()
            }
        }
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_back(
            texts in prop::collection::vec("\\PC{0,12}[\\u{0}-\\u{1f}\"\\\\\u{1f600}]{0,4}", 0..5), number in any::<i64>()
        ) {
            let value = serde_json::json!({"a": texts, "b": {"c": number, "d": [null, true, false, {}, []]}});
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                prop_assert_eq!(plain(&parse(&text).unwrap()), value.clone());
            }
        }

        #[test]
        fn what_serde_json_refuses_is_refused(text in "[\\[\\]{}:,\"\\\\a0-9eE+. \n-]{0,16}") {
            if parse(&text).is_ok() {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
            }
        }

        #[test]
        fn no_text_stops_the_reading(text in "(\\PC|[\\[\\]{}:,\"\\\\u0-9a-f\n]){0,60}") {
            let _ = parse(&text);
        }
    }
}
