//! Readers of YAML and HCL, as much of the languages as is written here and not a sign more: what they do not know is a failure.

use serde_json::{Map, Value};

/// Block-style YAML in which every scalar stands in double quotes.
pub(super) fn yaml(text: &str) -> Value {
    let lines: Vec<(usize, &str)> = text
        .lines()
        .map(|line| {
            let content = line.trim_start_matches(' ');
            (line.len() - content.len(), content)
        })
        .collect();
    let mut at = 0;
    let value = yaml_block(&lines, &mut at, 0);
    assert_eq!(at, lines.len(), "all of it is read");
    value
}

fn yaml_block(lines: &[(usize, &str)], at: &mut usize, indent: usize) -> Value {
    if lines[*at].1.starts_with("- ") {
        let mut list = Vec::new();
        while *at < lines.len() && lines[*at].0 == indent && lines[*at].1.starts_with("- ") {
            let rest = &lines[*at].1[2..];
            if rest.starts_with('"') && yaml_key(rest).is_none() {
                list.push(double_quoted(rest));
                *at += 1;
                continue;
            }
            // The item's first member stands beside the dash: read it as if the dash were a space.
            let mut own: Vec<(usize, &str)> = vec![(indent + 2, rest)];
            *at += 1;
            while *at < lines.len() && lines[*at].0 > indent {
                own.push(lines[*at]);
                *at += 1;
            }
            let mut inner = 0;
            list.push(yaml_block(&own, &mut inner, indent + 2));
            assert_eq!(inner, own.len());
        }
        return Value::Array(list);
    }
    let mut map = Map::new();
    while *at < lines.len() && lines[*at].0 == indent {
        let (key, rest) = yaml_key(lines[*at].1).unwrap_or_else(|| panic!("no key: {}", lines[*at].1));
        *at += 1;
        let value = match rest.trim_start_matches(' ') {
            "" => yaml_block(lines, at, lines[*at].0),
            scalar => double_quoted(scalar),
        };
        assert!(map.insert(key, value).is_none(), "each key once");
    }
    Value::Object(map)
}

fn yaml_key(line: &str) -> Option<(String, &str)> {
    if line.starts_with('"') {
        let end = closing_quote(line);
        let rest = line[end + 1..].strip_prefix(':')?;
        let Value::String(key) = double_quoted(&line[..=end]) else { panic!("a key") };
        return Some((key, rest));
    }
    let (key, rest) = line.split_once(':')?;
    assert!(key.chars().all(|c| c.is_ascii_alphabetic()), "a plain key: {key}");
    Some((key.to_owned(), rest))
}

fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    panic!("an open string: {text}");
}

/// The escapes that are written are those of JSON.
fn double_quoted(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A body of HCL: each attribute as its value, each block as an object under its type and labels, several of one type as a list.
pub(super) fn hcl(text: &str) -> Value {
    let mut reader = Hcl { text, at: 0 };
    let body = reader.body();
    reader.space();
    assert_eq!(reader.at, text.len(), "all of it is read: {}", &text[reader.at..]);
    Value::Object(body)
}

struct Hcl<'t> {
    text: &'t str,
    at: usize,
}

impl Hcl<'_> {
    fn body(&mut self) -> Map<String, Value> {
        let mut body = Map::new();
        loop {
            self.space();
            if self.at == self.text.len() || self.peek() == '}' {
                return body;
            }
            let name = self.identifier();
            self.space();
            if self.take('=') {
                let value = self.expression();
                assert!(body.insert(name, value).is_none(), "each attribute once");
                continue;
            }
            let mut path = name;
            while self.peek() == '"' {
                path = format!("{path} {}", self.string());
                self.space();
            }
            assert!(self.take('{'), "a block");
            let inner = Value::Object(self.body());
            assert!(self.take('}'), "the block's end");
            let blocks = body.entry(path).or_insert_with(|| Value::Array(Vec::new()));
            blocks.as_array_mut().unwrap().push(inner);
        }
    }

    fn expression(&mut self) -> Value {
        self.space();
        match self.peek() {
            '"' => Value::String(self.string()),
            '[' => {
                self.at += 1;
                let mut list = Vec::new();
                loop {
                    self.space();
                    if self.take(']') {
                        return Value::Array(list);
                    }
                    list.push(self.expression());
                    self.space();
                    assert!(self.take(','), "a comma after each item");
                }
            }
            '{' => {
                self.at += 1;
                let mut map = Map::new();
                loop {
                    self.space();
                    if self.take('}') {
                        return Value::Object(map);
                    }
                    let name = if self.peek() == '"' { self.string() } else { self.identifier() };
                    self.space();
                    assert!(self.take('='), "an equals sign");
                    assert!(map.insert(name, self.expression()).is_none());
                }
            }
            _ => {
                let name = self.identifier();
                if name == "jsonencode" {
                    assert!(self.take('('));
                    let value = self.expression();
                    assert!(self.take(')'));
                    return value;
                }
                // A reference: data.TYPE.NAME.ATTRIBUTE.
                let mut path = name;
                while self.take('.') {
                    path = format!("{path}.{}", self.identifier());
                }
                Value::String(path)
            }
        }
    }

    fn string(&mut self) -> String {
        assert!(self.take('"'));
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let c = rest.chars().next().expect("a closed string");
            assert!(!c.is_control(), "no control character stands bare");
            if let Some(sign) =
                ['$', '%'].into_iter().find(|sign| rest.starts_with(&format!("{sign}{sign}{{")))
            {
                text.push(sign);
                text.push('{');
                self.at += 3;
                continue;
            }
            assert!(!rest.starts_with("${") && !rest.starts_with("%{"), "no template: {rest}");
            self.at += c.len_utf8();
            match c {
                '"' => return text,
                '\\' => {
                    let escape = self.text[self.at..].chars().next().unwrap();
                    self.at += 1;
                    text.push(match escape {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        '"' | '\\' => escape,
                        'u' => {
                            let digits = &self.text[self.at..self.at + 4];
                            self.at += 4;
                            char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap()
                        }
                        other => panic!("no escape of HCL: {other}"),
                    });
                }
                c => text.push(c),
            }
        }
    }

    fn identifier(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
        assert!(
            end > 0 && !rest.starts_with(|c: char| c.is_ascii_digit() || c == '-'),
            "an identifier: {rest}"
        );
        self.at += end;
        rest[..end].to_owned()
    }

    fn space(&mut self) {
        while self.text[self.at..].starts_with([' ', '\n']) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_here = self.text[self.at..].starts_with(wanted);
        self.at += if is_here { wanted.len_utf8() } else { 0 };
        is_here
    }

    fn peek(&self) -> char {
        self.text[self.at..].chars().next().unwrap_or('\0')
    }
}
