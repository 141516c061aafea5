//! Tampered twins of a message: one small change each, made on the text. Whether the signature survives it is not assumed
//! here: the judges say.

/// A changed message.
pub(crate) struct Twin {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
}

/// All twins of a message; a change that the message has no place for is left out.
pub(crate) fn twins(text: &str) -> Vec<Twin> {
    let made = KINDS.iter().filter_map(|(kind, change)| Some(Twin { kind, text: change(text)? }));
    made.filter(|twin| twin.text != text).collect()
}

type Change = fn(&str) -> Option<String>;

/// Kinds that put something into a text which readers may take for its end: the signature can survive, genuine it is not.
pub(crate) const SPLITTING: [&str; 2] = ["comment in the name", "comment in a role"];

/// Kinds that change no letter of what a parser reads, and nothing that canonicalization keeps.
pub(crate) const HARMLESS: [&str; 11] = [
    "attributes in another order",
    "line ends",
    "other quotes",
    "empty elements written out",
    "spaces in tags",
    "XML declaration",
    "byte order mark",
    "reference in the name",
    "reference in the ID",
    "CDATA in the name",
    "white space after the root",
];

const KINDS: [(&str, Change); 42] = [
    ("letter of a role", |text| replace_letter(text, text.find(":role/")? + 6)),
    ("letter of the name", |text| replace_letter(text, name_at(text)?)),
    ("letter of the issuer", |text| {
        let end = text[..text.rfind("Issuer>")?].rfind("</")?;
        // Some issuers end with a slash.
        replace_letter(text, end - 1).or_else(|| replace_letter(text, end - 2))
    }),
    ("letter of an attribute", |text| {
        replace_letter(text, text.find("Version=\"2.0\"").or(text.find("Version='2.0'"))? - 3)
    }),
    ("attributes in another order", |text| {
        let (start, end) = signed_tag(text)?;
        let attributes = attributes(&text[start..end]);
        let (last, first) = (*attributes.last()?, *attributes.first()?);
        (attributes.len() > 1).then(|| {
            let (at, to) = (start + last.0, start + first.0);
            format!(
                "{}{} {}{}",
                &text[..to],
                &text[at..start + last.1],
                text[to..at].trim_end(),
                &text[start + last.1..]
            )
        })
    }),
    ("attribute added", |text| insert(text, root_name_end(text)?, " Extra=\"1\"")),
    ("space between elements", |text| insert(text, issuer_end(text)?, " ")),
    ("new line between elements", |text| insert(text, text.rfind("</")?, "\n")),
    ("space in the name", |text| insert(text, name_at(text)? + 1, " ")),
    ("prefix", |text| {
        let end = text.rfind(":Issuer>")?;
        let prefix = &text[text[..end].rfind(['/', '<'])? + 1..end];
        let renamed =
            text.replace(&format!("<{prefix}:"), "<renamed:").replace(&format!("</{prefix}:"), "</renamed:");
        Some(renamed.replace(&format!("xmlns:{prefix}="), "xmlns:renamed="))
    }),
    ("comment in the name", |text| insert(text, name_at(text)? + 1, "<!-- x -->")),
    ("comment in a role", |text| insert(text, text.find(":role/")? + 6, "<!---->")),
    ("comment between elements", |text| insert(text, issuer_end(text)?, "<!-- x -->")),
    ("instruction in the name", |text| insert(text, name_at(text)? + 1, "<?x?>")),
    ("instruction between elements", |text| insert(text, issuer_end(text)?, "<?x y?>")),
    ("CDATA in the name", |text| {
        let at = name_at(text)?;
        Some(format!("{}<![CDATA[{}]]>{}", &text[..at], &text[at..=at], &text[at + 1..]))
    }),
    ("reference in the name", |text| {
        let at = name_at(text)?;
        Some(format!("{}&#x{:x};{}", &text[..at], text.as_bytes()[at], &text[at + 1..]))
    }),
    ("digest", |text| {
        replace_letter(
            text,
            text.rfind("DigestValue>").and_then(|end| text[..end].rfind("DigestValue>"))? + 14,
        )
    }),
    ("signature value", |text| replace_letter(text, value_at(text)? + 40)),
    ("line end in the signature value", |text| insert(text, value_at(text)? + 40, "\n")),
    ("space in SignedInfo", |text| {
        insert(text, text.rfind("SignedInfo>").and_then(|end| text[..end].rfind("SignedInfo>"))? + 11, " ")
    }),
    ("ID", |text| {
        let id = referred(text)?;
        Some(text.replacen(&format!("ID=\"{id}\""), &format!("ID=\"{id}x\""), 1))
    }),
    ("reference", |text| {
        let id = referred(text)?;
        Some(text.replacen(&format!("URI=\"#{id}\""), &format!("URI=\"#{id}x\""), 1))
    }),
    ("signature method", |text| {
        let changes = [
            ("#rsa-sha256", "#rsa-sha512"),
            ("#rsa-sha512", "#rsa-sha256"),
            ("#rsa-sha1", "#rsa-sha256"),
            ("#ecdsa-sha256", "#ecdsa-sha384"),
            ("#rsa-sha384", "#rsa-sha256"),
            ("#ecdsa-sha384", "#ecdsa-sha256"),
            ("#ecdsa-sha512", "#ecdsa-sha256"),
            ("#sha256-rsa-MGF1", "#sha512-rsa-MGF1"),
            ("#ecdsa-sha1", "#ecdsa-sha256"),
            ("#sha384-rsa-MGF1", "#sha256-rsa-MGF1"),
            ("#sha512-rsa-MGF1", "#sha256-rsa-MGF1"),
        ];
        let (at, from, to) = changes
            .iter()
            .filter_map(|(from, to)| Some((text.rfind(&format!("{from}\""))?, *from, *to)))
            .max()?;
        // RSA-SHA1 lives in another namespace than the rest.
        let to = if from == "#rsa-sha1" { "#rsa-sha1x" } else { to };
        Some(format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
    }),
    ("digest method", |text| {
        let at = text.rfind("DigestMethod Algorithm=\"")? + 24;
        let end = at + text[at..].find('"')?;
        let other = if &text[at..end] == SHA256 { SHA512 } else { SHA256 };
        Some(format!("{}{other}{}", &text[..at], &text[end..]))
    }),
    ("canonicalization", |text| {
        let at = text.rfind("CanonicalizationMethod Algorithm=\"")? + 34;
        let end = at + text[at..].find('"')?;
        let other = if &text[at..end] == EXCLUSIVE { INCLUSIVE } else { EXCLUSIVE };
        Some(format!("{}{other}{}", &text[..at], &text[end..]))
    }),
    ("line ends", |text| match (text.contains('\r'), text.contains('\n')) {
        (false, true) => Some(text.replace('\n', "\r\n")),
        (true, _) => Some(text.replace("\r\n", "\n").replace('\r', "\n")),
        (false, false) => None,
    }),
    ("other quotes", |text| {
        Some(in_tags(
            text,
            |tag| if tag.contains('\'') { tag.replace('\'', "\"") } else { tag.replace('"', "'") },
        ))
    }),
    ("empty elements written out", |text| {
        Some(in_tags(text, |tag| {
            let Some(open) = tag.strip_suffix("/>") else { return String::from(tag) };
            let name: String = open[1..].chars().take_while(|letter| !letter.is_whitespace()).collect();
            format!("{open}></{name}>")
        }))
    }),
    ("spaces in tags", |text| {
        Some(in_tags(text, |tag| {
            let end = if tag.ends_with("/>") { tag.len() - 2 } else { tag.len() - 1 };
            format!("{}\n {}", &tag[..end], &tag[end..])
        }))
    }),
    ("XML declaration", |text| {
        if let Some(rest) = text.strip_prefix("<?xml ") {
            return Some(String::from(rest.split_once("?>")?.1.trim_start()));
        }
        (!text.starts_with('\u{feff}')).then(|| format!("<?xml version='1.0' encoding='utf-8'?>\n{text}"))
    }),
    ("byte order mark", |text| Some(format!("\u{feff}{text}"))),
    ("namespace declared on the root", |text| insert(text, root_name_end(text)?, " xmlns:zz=\"urn:zz\"")),
    ("relative namespace on the root", |text| insert(text, root_name_end(text)?, " xmlns:zz=\"relative\"")),
    ("reference in the ID", |text| {
        let id = referred(text)?;
        let (first, rest) = id.split_at(1);
        Some(text.replacen(&format!("ID=\"{id}\""), &format!("ID=\"&#{};{rest}\"", first.as_bytes()[0]), 1))
    }),
    ("xml:lang on the root", |text| {
        let at = root_name_end(text)?;
        (!text.contains("xml:lang")).then(|| insert(text, at, " xml:lang=\"fr\""))?
    }),
    ("certificate of another key", |text| {
        let at = text.find("X509Certificate>")? + 16;
        let end = at + text[at..].find("</")?;
        let pem = include_str!("../fixtures/signatures/keys/attacker.pem");
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        Some(format!("{}{body}{}", &text[..at], &text[end..]))
    }),
    ("letters decomposed", |text| {
        Some(text.replace('é', "e\u{301}").replace('Å', "A\u{30a}").replace('ö', "o\u{308}"))
    }),
    ("references as what they mean", |text| {
        Some(text.replace("&#13;", "\r").replace("&#10;", "\n").replace("&#9;", "\t"))
    }),
    ("value of a role removed", |text| {
        let at = text.find("arn:aws:iam::")?;
        let (start, end) = (text[..at].rfind('<')?, at + text[at..].find("</")?);
        Some(format!("{}{}", &text[..start], &text[end + text[end..].find('>')? + 1..]))
    }),
    ("status", |text| Some(text.replace("status:Success", "status:Responder"))),
    ("white space after the root", |text| Some(format!("{text}\n "))),
];

/// Where the text of the first NameID begins, if with a letter or a digit.
fn name_at(text: &str) -> Option<usize> {
    let at = text.find("NameID ").or_else(|| text.find("NameID>"))?;
    let at = at + text[at..].find('>')? + 1;
    let is_long = text.as_bytes().get(at..at + 2)?.iter().all(u8::is_ascii_alphanumeric);
    is_long.then_some(at)
}

/// Behind the end tag of the last Issuer.
fn issuer_end(text: &str) -> Option<usize> {
    Some(text.rfind("Issuer>")? + 7)
}

/// Where the last SignatureValue begins.
fn value_at(text: &str) -> Option<usize> {
    let end = text.rfind("SignatureValue>")?;
    Some(text[..end].rfind("SignatureValue>")? + 15)
}

/// Behind the name of the root element.
fn root_name_end(text: &str) -> Option<usize> {
    let is_name = |at: &usize| text[*at + 1..].starts_with(|letter: char| letter.is_ascii_alphabetic());
    let start = text.match_indices('<').map(|(at, _)| at).find(is_name)?;
    Some(start + text[start..].find([' ', '>', '\n', '\r'])?)
}

/// The ID that the last reference names.
fn referred(text: &str) -> Option<&str> {
    let at = text.rfind("URI=\"#")? + 6;
    text[at..].split('"').next()
}

/// The start tag of what the last reference names.
fn signed_tag(text: &str) -> Option<(usize, usize)> {
    let id = referred(text).map_or_else(|| root_name_end(text), |id| text.find(&format!("ID=\"{id}\"")))?;
    let start = text[..id].rfind('<')?;
    Some((start, start + text[start..].find('>')?))
}

/// Where the attributes of a start tag stand in it, from the name to behind the value.
fn attributes(tag: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = tag.find(char::is_whitespace).unwrap_or(tag.len());
    while let Some(start) = tag[at..].find(|letter: char| !letter.is_whitespace()).map(|more| at + more) {
        let Some(quote) = tag[start..].find(['"', '\'']).map(|more| start + more) else { break };
        let Some(end) = tag[quote + 1..].find(&tag[quote..=quote]).map(|more| quote + 1 + more) else {
            break;
        };
        found.push((start, end + 1));
        at = end + 1;
    }
    found
}

/// Changes every start tag, and nothing else.
fn in_tags(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        changed.push_str(&rest[..start]);
        rest = &rest[start..];
        let (end, is_tag) = match rest {
            _ if rest.starts_with("<!--") => (rest.find("-->").map(|at| at + 3), false),
            _ if rest.starts_with("<![CDATA[") => (rest.find("]]>").map(|at| at + 3), false),
            _ if rest.starts_with("<?") => (rest.find("?>").map(|at| at + 2), false),
            _ => (tag_end(rest), !rest.starts_with("</")),
        };
        let (tag, behind) = rest.split_at(end.unwrap_or(rest.len()));
        changed.push_str(&if is_tag { change(tag) } else { String::from(tag) });
        rest = behind;
    }
    changed + rest
}

/// Behind the `>` that ends a tag, quotes respected.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn insert(text: &str, at: usize, what: &str) -> Option<String> {
    Some(format!("{}{what}{}", text.get(..at)?, text.get(at..)?))
}

/// The text with another letter or digit at a place that holds one.
fn replace_letter(text: &str, at: usize) -> Option<String> {
    let letter = *text.as_bytes().get(at)?;
    let other = match letter {
        b'x' | b'X' | b'7' => letter - 1,
        b'0'..=b'9' => b'7',
        b'A'..=b'Z' => b'X',
        b'a'..=b'z' => b'x',
        _ => return None,
    };
    Some(format!("{}{}{}", &text[..at], char::from(other), &text[at + 1..]))
}

const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const SHA512: &str = "http://www.w3.org/2001/04/xmlenc#sha512";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
