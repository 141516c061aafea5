//! A certificate to one of the same length that names nobody (RFC 5280, 4.1): validity, algorithms, key size and the
//! usages stay; subject and issuer get pseudonyms; serial number, key, signature and other extensions are overwritten.
//!
//! The key goes too: a tenant's signing certificate stands in its public metadata, where the key would find it.

use super::known::{CERTIFICATE_WORDS, NAME_TYPES};
use super::{Kind, Redactor};

/// Tag, content and what follows of one DER value (X.690, 8.1).
struct Value<'b> {
    tag: u8,
    content: &'b mut [u8],
    rest: &'b mut [u8],
}

impl Redactor<'_> {
    /// Rewrites a certificate where it stands. `None` when it does not look like one; then some of it may be changed.
    pub(super) fn certificate(&mut self, der: &mut [u8]) -> Option<()> {
        let certificate = take(der)?;
        let body = take(certificate.content)?;
        let mut fields = body.content;
        if fields.first() == Some(&VERSION) {
            fields = take(fields)?.rest;
        }
        let serial = take(fields)?;
        serial.content.fill(1);
        let algorithm = take(serial.rest)?;
        let issuer = take(algorithm.rest)?;
        self.name(issuer.content)?;
        let validity = take(issuer.rest)?;
        let subject = take(validity.rest)?;
        self.name(subject.content)?;
        let key = take(subject.rest)?;
        overwrite_key(take(key.content)?.rest)?;
        let mut optional = key.rest;
        while !optional.is_empty() {
            let field = take(optional)?;
            if field.tag == EXTENSIONS {
                extensions(take(field.content)?.content)?;
            } else {
                overwrite_leaves(field.content, 0);
            }
            optional = field.rest;
        }
        let signature = take(take(body.rest)?.rest)?;
        signature.content.get_mut(1..)?.fill(FILLER);
        Some(())
    }

    /// Rewrites the values of a distinguished name.
    fn name(&mut self, mut sets: &mut [u8]) -> Option<()> {
        while !sets.is_empty() {
            let set = take(sets)?;
            let mut pairs = set.content;
            while !pairs.is_empty() {
                let pair = take(pairs)?;
                let value = take(take(pair.content)?.rest)?;
                let text = std::str::from_utf8(value.content).ok().filter(|_| TEXTS.contains(&value.tag));
                let redacted = text
                    .map(|text| self.value(text, Kind::Key, &[CERTIFICATE_WORDS]))
                    .map(String::into_bytes);
                match redacted {
                    Some(redacted) if redacted.len() == value.content.len() => {
                        value.content.copy_from_slice(&redacted);
                    }
                    _ => overwrite_text(value.tag, value.content),
                }
                pairs = pair.rest;
            }
            sets = set.rest;
        }
        Some(())
    }

    /// A distinguished name as text (RFC 4514).
    pub(super) fn name_text(&mut self, text: &str) -> String {
        self.value(text, Kind::Key, &[NAME_TYPES, CERTIFICATE_WORDS])
    }
}

/// Reads one value. Lengths of up to three bytes are taken: no message is longer.
fn take(bytes: &mut [u8]) -> Option<Value<'_>> {
    let (tag, first) = (*bytes.first()?, *bytes.get(1)?);
    let (head, length) = match first {
        0..=0x7f => (2, usize::from(first)),
        0x81..=0x83 => {
            let count = usize::from(first & 3);
            let length = bytes.get(2..)?.iter().take(count);
            (count.saturating_add(2), length.fold(0, |length, byte| (length << 8) | usize::from(*byte)))
        }
        _ => return None,
    };
    let (_, behind) = bytes.split_at_mut_checked(head)?;
    let (content, rest) = behind.split_at_mut_checked(length)?;
    Some(Value { tag, content, rest })
}

/// Overwrites the bits of a public key: of an RSA key the modulus, so that its size can still be read.
fn overwrite_key(bits: &mut [u8]) -> Option<()> {
    let bits = take(bits)?.content.get_mut(1..)?;
    if bits.first() == Some(&SEQUENCE)
        && let Some(key) = take(bits)
        && let Some(modulus) = take(key.content)
    {
        // The first bytes tell the size, the last is odd as that of every modulus.
        let from = usize::from(modulus.content.first() == Some(&0));
        modulus.content.get_mut(from..)?.fill(FILLER);
        *modulus.content.get_mut(from)? = 0xd2;
        *modulus.content.last_mut()? = b'Q';
        return Some(());
    }
    // The first byte of a point tells its form.
    let from = usize::from(matches!(bits.first(), Some(2..=4)));
    bits.get_mut(from..)?.fill(FILLER);
    Some(())
}

/// Overwrites what the extensions say, except basic constraints and key usages.
fn extensions(mut list: &mut [u8]) -> Option<()> {
    while !list.is_empty() {
        let extension = take(list)?;
        let id = take(extension.content)?;
        if !PUBLIC_EXTENSIONS.contains(&&*id.content) {
            overwrite_leaves(id.rest, 0);
        }
        list = extension.rest;
    }
    Some(())
}

/// Overwrites each value that holds no other, as far as that can be told.
fn overwrite_leaves(mut values: &mut [u8], depth: usize) {
    while !values.is_empty() {
        // What is no DER is overwritten whole.
        if depth > DEEPEST || !is_value(values) {
            return values.fill(FILLER);
        }
        let Some(value) = take(values) else { return };
        match value.tag {
            BOOLEAN | NULL => {}
            OBJECT_ID | INTEGER => value.content.fill(1),
            tag if tag & CONSTRUCTED != 0 => overwrite_leaves(value.content, depth.saturating_add(1)),
            OCTET_STRING if is_value(value.content) => {
                overwrite_leaves(value.content, depth.saturating_add(1));
            }
            tag => overwrite_text(tag, value.content),
        }
        values = value.rest;
    }
}

/// Whether a DER value begins here and ends in time.
fn is_value(bytes: &mut [u8]) -> bool {
    take(bytes).is_some()
}

fn overwrite_text(tag: u8, content: &mut [u8]) {
    content.fill(FILLER);
    if tag == BMP_STRING {
        // Two bytes a character, the high one first.
        content.iter_mut().step_by(2).for_each(|byte| *byte = 0);
    }
}

const FILLER: u8 = b'R';
const BOOLEAN: u8 = 1;
const INTEGER: u8 = 2;
const OCTET_STRING: u8 = 4;
const NULL: u8 = 5;
const OBJECT_ID: u8 = 6;
const BMP_STRING: u8 = 0x1e;
const SEQUENCE: u8 = 0x30;
const CONSTRUCTED: u8 = 0x20;
/// `[0]` of a `TBSCertificate`.
const VERSION: u8 = 0xa0;
/// `[3]` of a `TBSCertificate`.
const EXTENSIONS: u8 = 0xa3;

/// `UTF8String`, `PrintableString`, `TeletexString`, `IA5String`.
const TEXTS: [u8; 4] = [0x0c, 0x13, 0x14, 0x16];

/// Key usage, basic constraints and extended key usage (RFC 5280, 4.2.1).
const PUBLIC_EXTENSIONS: [&[u8]; 3] = [&[0x55, 0x1d, 0x0f], &[0x55, 0x1d, 0x13], &[0x55, 0x1d, 0x25]];

/// Values in values of an extension.
const DEEPEST: usize = 8;
