//! A policy as JSON, YAML and HCL: one tree, one writer for each language, and a quoting function for each that its reader undoes
//! character for character. Nothing that a terminal acts on is left bare.

/// What a policy is made of, in the order it is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl Tree {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// One text as it is, several as a list: how people write them.
    pub(super) fn texts(texts: &[String]) -> Self {
        match texts {
            [only] => Self::Text(only.clone()),
            texts => Self::List(texts.iter().cloned().map(Self::Text).collect()),
        }
    }
}

/// JSON: without white space, or with two spaces a level from `indent` on.
pub(super) fn json(out: &mut String, tree: &Tree, indent: Option<usize>) {
    let inner = indent.map(|indent| indent.saturating_add(1));
    let colon = if indent.is_some() { ": " } else { ":" };
    match tree {
        Tree::Text(text) => quoted(out, text, ""),
        Tree::List(list) => {
            out.push('[');
            for (place, item) in list.iter().enumerate() {
                out.push_str(if place > 0 { "," } else { "" });
                line(out, inner);
                json(out, item, inner);
            }
            line(out, indent);
            out.push(']');
        }
        Tree::Map(members) => {
            out.push('{');
            for (place, (name, value)) in members.iter().enumerate() {
                out.push_str(if place > 0 { "," } else { "" });
                line(out, inner);
                quoted(out, name, "");
                out.push_str(colon);
                json(out, value, inner);
            }
            line(out, indent);
            out.push('}');
        }
    }
}

/// YAML in block style, every text in double quotes: no text is then taken for a number, a date or a reference. Begins on the line
/// behind its key.
pub(super) fn yaml(out: &mut String, tree: &Tree, indent: usize) {
    match tree {
        Tree::Text(text) => {
            out.push(' ');
            quoted(out, text, "");
        }
        Tree::List(list) => {
            for item in list {
                line(out, Some(indent));
                out.push('-');
                match item {
                    // The first member stands beside the dash, and those below it in its column.
                    Tree::Map(members) => yaml_members(out, members, indent.saturating_add(1), true),
                    item => yaml(out, item, indent.saturating_add(1)),
                }
            }
        }
        Tree::Map(members) => yaml_members(out, members, indent, false),
    }
}

fn yaml_members(out: &mut String, members: &[(String, Tree)], indent: usize, mut beside: bool) {
    for (name, value) in members {
        if beside {
            out.push(' ');
            beside = false;
        } else {
            line(out, Some(indent));
        }
        let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_plain {
            out.push_str(name);
        } else {
            quoted(out, name, "");
        }
        out.push(':');
        yaml(out, value, indent.saturating_add(1));
    }
}

/// HCL's object and tuple constructors, for `jsonencode`. Names that are no identifier stand in quotes.
pub(super) fn hcl(out: &mut String, tree: &Tree, indent: usize) {
    let inner = Some(indent.saturating_add(1));
    match tree {
        Tree::Text(text) => hcl_text(out, text),
        Tree::List(list) => {
            out.push('[');
            for item in list {
                line(out, inner);
                hcl(out, item, indent.saturating_add(1));
                out.push(',');
            }
            line(out, Some(indent));
            out.push(']');
        }
        Tree::Map(members) => {
            out.push('{');
            hcl_members(out, members, indent.saturating_add(1));
            line(out, Some(indent));
            out.push('}');
        }
    }
}

/// Names and values, each on a line of its own, in the columns that `terraform fmt` puts them: the equals signs of neighbours that
/// take one line stand below each other.
pub(super) fn hcl_members(out: &mut String, members: &[(String, Tree)], indent: usize) {
    let is_line = |(_, value): &(String, Tree)| matches!(value, Tree::Text(_));
    for group in members.chunk_by(|one, next| is_line(one) && is_line(next)) {
        let names: Vec<String> = group.iter().map(|(name, _)| hcl_name(name)).collect();
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
        for (name, (_, value)) in names.iter().zip(group) {
            line(out, Some(indent));
            out.push_str(name);
            (name.chars().count()..width).for_each(|_| out.push(' '));
            out.push_str(" = ");
            hcl(out, value, indent);
        }
    }
}

fn hcl_name(name: &str) -> String {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return name.to_owned();
    }
    let mut quoted = String::new();
    hcl_text(&mut quoted, name);
    quoted
}

/// A text of HCL (HCL native syntax, "Quoted Template Expressions"): `${` and `%{` begin a template unless the sign is doubled.
pub(super) fn hcl_text(out: &mut String, text: &str) {
    quoted(out, text, "$%");
}

/// A word of a POSIX shell (POSIX.1-2024, Shell Command Language 2.2.2): in single quotes whatever it is.
pub(super) fn shell(out: &mut String, text: &str) {
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("'\\''"),
            c => out.push(c),
        }
    }
    out.push('\'');
}

/// A line feed and the indent of this level; nothing in what is written on one line.
pub(super) fn line(out: &mut String, indent: Option<usize>) {
    if let Some(indent) = indent {
        out.push('\n');
        (0..indent).for_each(|_| out.push_str("  "));
    }
}

/// The text in double quotes. `templates` are the signs that are doubled where a brace follows.
fn quoted(out: &mut String, text: &str, templates: &str) {
    out.push('"');
    let mut rest = text.chars().peekable();
    // In HCL `$${` is `${`: a run of signs before a brace is written as it is, and its last sign once more.
    while let Some(c) = rest.next() {
        if templates.contains(c) && rest.peek() == Some(&'{') {
            out.push(c);
        }
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) => escape(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What a terminal acts on, what a YAML reader refuses (YAML 1.2, 5.1), and what no one sees: controls, the two line separators of
/// Unicode, the byte order mark, marks that change the direction of writing, and code points that are no characters.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// Four hexadecimal digits, which all three languages read alike; what is escaped has no more.
fn escape(out: &mut String, c: char) {
    out.push_str("\\u");
    for place in [12_u32, 8, 4, 0] {
        out.extend(char::from_digit(u32::from(c) >> place & 15, 16));
    }
}
