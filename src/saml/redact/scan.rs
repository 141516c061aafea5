//! A value to the same value with pseudonyms: mail addresses, ARNs, URLs, GUIDs, SIDs, addresses and host names are
//! found and keep what their products gave them; every other word is replaced.

use super::known::{
    self, ARN_WORDS, HOST_WORDS, NAMES, PATH_WORDS, is_address, is_guid, is_host, is_one_of, is_public_oid,
    leading_guid,
};
use super::{Kind, Redactor};
use crate::octets::{holds, split_at_part};

/// Words that stay where they stand.
type Keep<'k> = &'k [&'k str];

/// A piece of a value, and what it is.
enum Piece {
    Plain,
    Arn,
    Url,
    Urn,
    Guid,
    Sid,
    Address,
    Account,
    Email,
    Host,
}

impl Redactor<'_> {
    /// A value of which nothing is known, with pseudonyms. What is not found to be something else is of that kind.
    pub(super) fn value(&mut self, text: &str, kind: Kind, keep: Keep<'_>) -> String {
        let mut out = String::with_capacity(text.len());
        if known::is_public_value(text) {
            out.push_str(text);
            return out;
        }
        let (mut rest, mut plain) = (text, text);
        while let Some(first) = rest.chars().next() {
            if is_delimiter(first) {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
            let (piece, behind) = rest.split_at_checked(piece_end(rest)).unwrap_or((rest, ""));
            let found = match Piece::of(piece) {
                // `jane.test` is a person.
                Piece::Host if matches!(kind, Kind::Name) => Piece::Plain,
                found => found,
            };
            if !matches!(found, Piece::Plain) {
                let before = plain.len().saturating_sub(rest.len());
                self.plain(&mut out, plain.get(..before).unwrap_or_default(), kind, keep);
                self.piece(&mut out, found, piece, kind, keep);
                plain = behind;
            }
            rest = behind;
        }
        self.plain(&mut out, plain, kind, keep);
        out
    }

    fn piece(&mut self, out: &mut String, found: Piece, piece: &str, kind: Kind, keep: Keep<'_>) {
        match found {
            Piece::Plain => self.plain(out, piece, kind, keep),
            Piece::Arn => self.arn(out, piece),
            Piece::Url => self.url(out, piece, kind, keep),
            Piece::Urn if is_public_oid(piece) => out.push_str(piece),
            Piece::Urn => self.path(out, piece, kind, keep),
            Piece::Guid => self.whole(out, Kind::Guid, piece, 0),
            Piece::Address => self.whole(out, Kind::Address, piece, u8::from(piece.contains('.'))),
            Piece::Sid => self.sid(out, piece),
            Piece::Account => self.item(out, Kind::Account, piece, &[]),
            Piece::Email => self.email(out, piece),
            Piece::Host => self.host(out, piece),
        }
    }

    /// Text without anything to be found in it. The delimiters around it are not part of what is replaced.
    fn plain(&mut self, out: &mut String, text: &str, kind: Kind, keep: Keep<'_>) {
        let start = text.trim_start_matches(is_delimiter);
        out.push_str(text.get(..text.len().saturating_sub(start.len())).unwrap_or_default());
        let inner = start.trim_end_matches(is_delimiter);
        if !inner.is_empty() {
            self.item(out, kind, inner, keep);
        }
        out.push_str(start.get(inner.len()..).unwrap_or_default());
    }

    /// Appends the pseudonym of one thing, and takes it down.
    pub(super) fn item(&mut self, out: &mut String, kind: Kind, original: &str, keep: Keep<'_>) {
        let from = out.len();
        self.words(out, original, keep);
        self.replaced(kind, original, out.get(from..).unwrap_or_default());
    }

    /// Appends the pseudonym of an identifier that is one word, whatever stands in it.
    fn whole(&mut self, out: &mut String, kind: Kind, original: &str, filler: u8) {
        let from = out.len();
        self.pseudonyms.push_whole(out, original, filler);
        self.replaced(kind, original, out.get(from..).unwrap_or_default());
    }

    /// Appends a text with each word replaced that is not kept.
    fn words(&mut self, out: &mut String, text: &str, keep: Keep<'_>) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if !is_of_word(first) {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
            if let Some((guid, behind)) = leading_guid(rest) {
                self.pseudonyms.push_whole(out, guid, 0);
                rest = behind;
                continue;
            }
            let end = rest.find(|character| !is_of_word(character)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if is_one_of(word, keep) || is_error_code(word) {
                out.push_str(word);
            } else {
                self.pseudonyms.push(out, word);
            }
            rest = behind;
        }
    }

    /// `arn:aws:iam::111122223333:role/team/Dev`: account, and path and name, each with a pseudonym.
    fn arn(&mut self, out: &mut String, arn: &str) {
        let mut rest = arn;
        for place in 0..5 {
            let Some((field, behind)) = rest.split_once(':') else { break };
            let is_account = place == 4 && field.len() == 12;
            if is_one_of(field, &[ARN_WORDS]) || known::is_region(field) {
                out.push_str(field);
            } else if !field.is_empty() {
                self.item(out, if is_account { Kind::Account } else { Kind::Role }, field, &[ARN_WORDS]);
            }
            out.push(':');
            rest = behind;
        }
        let Some((resource, name)) = rest.split_once('/') else {
            return self.item(out, Kind::Role, rest, &[ARN_WORDS]);
        };
        self.item(out, Kind::Role, resource, &[ARN_WORDS]);
        out.push('/');
        let is_provider = resource.ends_with("provider");
        let mut name = name;
        if let Some((region, behind)) =
            name.strip_prefix(RESERVED_PATH).and_then(|behind| behind.split_once('/'))
            && known::is_region(region)
        {
            for part in [RESERVED_PATH, region, "/"] {
                out.push_str(part);
            }
            name = behind;
        }
        self.item(out, if is_provider { Kind::Provider } else { Kind::Role }, name, &["AWSReservedSSO"]);
    }

    /// `https://corp.example/app?id=1`: the host by [`Redactor::host`], of the rest only words of SAML stay.
    fn url(&mut self, out: &mut String, url: &str, kind: Kind, keep: Keep<'_>) {
        let (scheme, rest) = split_at_part(url, "://").unwrap_or(("", url));
        self.words(out, scheme, &["http https ldap ldaps api spn"]);
        out.push_str("://");
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (user, host) =
            authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        if let Some(user) = user {
            self.item(out, Kind::Name, user, &[]);
            out.push('@');
        }
        let port = |port: &&str| port.bytes().all(|byte| byte.is_ascii_digit());
        let (host, port) = match host.rsplit_once(':').filter(|(_, behind)| port(behind)) {
            Some((host, port)) => (host, Some(port)),
            None => (host, None),
        };
        self.host(out, host);
        if let Some(port) = port {
            out.push(':');
            out.push_str(port);
        }
        let is_aws = known::split_host(host).2;
        // Entra numbers the AWS applications of a tenant: `https://signin.aws.amazon.com/saml#2`.
        let number = tail.rsplit_once('#').filter(|(_, number)| {
            is_aws && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        self.path(out, number.map_or(tail, |(path, _)| path), kind, keep);
        if let Some((_, number)) = number {
            out.push('#');
            out.push_str(number);
        }
    }

    /// What stands behind a host, or a URN: each part between slashes on its own.
    fn path(&mut self, out: &mut String, path: &str, kind: Kind, keep: Keep<'_>) {
        let mut keep = keep.to_vec();
        keep.push(PATH_WORDS);
        for (place, part) in path.split('/').enumerate() {
            if place > 0 {
                out.push('/');
            }
            if is_guid(part) {
                self.whole(out, Kind::Guid, part, 0);
                continue;
            }
            let from = out.len();
            let mut pieces = part.split('%');
            self.words(out, pieces.next().unwrap_or_default(), &keep);
            for piece in pieces {
                out.push('%');
                let escape = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                let rest = if escape.is_some() { piece.get(2..).unwrap_or_default() } else { piece };
                match escape {
                    Some(byte) if byte.is_ascii_punctuation() || byte == b' ' => {
                        out.push_str(piece.get(..2).unwrap_or_default());
                    }
                    // A letter in disguise becomes `_`.
                    Some(_) => out.push_str("5F"),
                    None => {}
                }
                self.words(out, rest, &keep);
            }
            let kind = if matches!(kind, Kind::Attribute) { kind } else { Kind::Url };
            self.replaced(kind, part, out.get(from..).unwrap_or_default());
        }
    }

    /// A host name: a product's domain stays, as `okta.com` does, and so do top-level domains and regions of AWS.
    fn host(&mut self, out: &mut String, host: &str) {
        if is_address(host) {
            return self.whole(out, Kind::Address, host, u8::from(host.contains('.')));
        }
        let from = out.len();
        let (own, public, is_aws) = known::split_host(host);
        for label in own.split_inclusive('.') {
            if is_aws && known::is_aws_label(label.trim_end_matches('.')) {
                out.push_str(label);
            } else {
                self.words(out, label, &[HOST_WORDS]);
            }
        }
        out.push_str(public);
        self.replaced(Kind::Host, host, out.get(from..).unwrap_or_default());
    }

    /// `jane.doe@corp.example`, and the guests of Entra: `jane_corp.example#EXT#@tenant.onmicrosoft.com`.
    fn email(&mut self, out: &mut String, email: &str) {
        let from = out.len();
        let (local, host) = email.rsplit_once('@').unwrap_or((email, ""));
        let (name, guest) =
            match local.len().checked_sub(GUEST.len()).and_then(|at| local.split_at_checked(at)) {
                Some((name, guest)) if guest.eq_ignore_ascii_case(GUEST) => (name, guest),
                _ => (local, ""),
            };
        self.words(out, name, &[]);
        out.push_str(guest);
        out.push('@');
        let (own, public, _) = known::split_host(host);
        self.words(out, own, &[]);
        out.push_str(public);
        self.replaced(Kind::Email, email, out.get(from..).unwrap_or_default());
    }

    /// `S-1-5-21-…-513`: the authorities stay and so does the number of a group that every domain has.
    fn sid(&mut self, out: &mut String, sid: &str) {
        let from = out.len();
        let count = sid.split('-').count();
        for (place, part) in sid.split('-').enumerate() {
            if place > 0 {
                out.push('-');
            }
            let is_last = place.saturating_add(1) == count;
            if part.len() <= 2 || (is_last && part.len() == 3 && part.starts_with('5')) {
                out.push_str(part);
            } else {
                self.words(out, part, &[]);
            }
        }
        self.replaced(Kind::Sid, sid, out.get(from..).unwrap_or_default());
    }

    /// The name of an attribute: words that products and standards use stay.
    pub(super) fn attribute_name(&mut self, name: &str) -> String {
        if is_public_oid(name) {
            return String::from(name);
        }
        self.value(name, Kind::Attribute, &[NAMES])
    }
}

impl Piece {
    fn of(piece: &str) -> Self {
        let starts =
            |start: &str| piece.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
        if starts("arn:") {
            Self::Arn
        } else if holds(piece, "://") {
            Self::Url
        } else if starts("urn:") {
            Self::Urn
        } else if is_guid(piece) {
            Self::Guid
        } else if starts("S-1-") && piece.bytes().skip(1).all(|byte| byte.is_ascii_digit() || byte == b'-') {
            Self::Sid
        } else if is_address(piece) {
            Self::Address
        } else if piece.len() == 12 && piece.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::Account
        } else if let Some((local, host)) = piece.rsplit_once('@') {
            if !local.is_empty() && is_host(host) { Self::Email } else { Self::Plain }
        } else if is_host(piece) && !known::split_host(piece).1.is_empty() {
            Self::Host
        } else {
            Self::Plain
        }
    }
}

/// Where the piece ends that a text begins with. An ARN may hold what parts other texts, as commas.
fn piece_end(text: &str) -> usize {
    let is_arn = matches!(Piece::of(text.get(..4).unwrap_or_default()), Piece::Arn);
    let mut end = text.len();
    for (at, character) in text.char_indices() {
        let behind = || text.get(at.saturating_add(1)..).unwrap_or_default();
        let ends = if is_arn {
            character.is_ascii_whitespace()
                || matches!(character, ';' | '|' | '"' | '<' | '>')
                || (character == ',' && behind().trim_ascii_start().starts_with("arn:"))
        } else {
            is_delimiter(character)
        };
        if ends {
            end = at;
            break;
        }
    }
    // A full stop behind a sentence is not part of its last word.
    let piece = text.get(..end).unwrap_or_default();
    if is_arn { end } else { piece.trim_end_matches(['.', ':', '!', '?']).len().max(1) }
}

fn is_delimiter(character: char) -> bool {
    character.is_ascii_whitespace()
        || matches!(character, ',' | ';' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '"' | '\'')
}

fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || !character.is_ascii()
}

/// Entra's own codes: `AADSTS50105`.
fn is_error_code(word: &str) -> bool {
    word.strip_prefix("AADSTS").is_some_and(|number| {
        (4..=8).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What Entra writes behind the name of a guest.
const GUEST: &str = "#EXT#";

/// The path of the roles of IAM Identity Center.
const RESERVED_PATH: &str = "aws-reserved/sso.amazonaws.com/";
