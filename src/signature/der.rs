//! DER (X.690) as far as certificates and keys need it: definite lengths, single-byte tags. What is longer than the
//! bytes at hand, or of another form, is refused by `None`.

/// A reader of DER values that stand one behind the other.
#[derive(Clone, Copy)]
pub(super) struct Der<'a>(&'a [u8]);

/// One value.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    /// Tag and length too.
    pub(super) whole: &'a [u8],
}

impl<'a> Der<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next value of any tag.
    pub(super) fn any(&mut self) -> Option<Value<'a>> {
        let (tag, length, header) = match *self.0 {
            [tag, length @ 0..=0x7f, ..] => (tag, usize::from(length), 2),
            [tag, 0x81, length, ..] => (tag, usize::from(length), 3),
            [tag, 0x82, high, low, ..] => (tag, usize::from(u16::from_be_bytes([high, low])), 4),
            [tag, 0x83, a, b, c, ..] => (tag, usize::try_from(u32::from_be_bytes([0, a, b, c])).ok()?, 5),
            _ => return None,
        };
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (whole, rest) = self.0.split_at_checked(length.checked_add(header)?)?;
        self.0 = rest;
        Some(Value { tag, content: whole.get(header..)?, whole })
    }

    /// The next value, if it has this tag; else nothing is taken.
    pub(super) fn maybe(&mut self, tag: u8) -> Option<Value<'a>> {
        if self.0.first() != Some(&tag) {
            return None;
        }
        self.any()
    }

    /// What is in the next value, which must have this tag.
    pub(super) fn content(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.maybe(tag).map(|value| value.content)
    }

    /// A reader of what is in the next value, which must have this tag.
    pub(super) fn inside(&mut self, tag: u8) -> Option<Self> {
        self.content(tag).map(Self)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}

/// Writes a value.
pub(super) fn write(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut bytes = vec![tag];
    match length.to_be_bytes() {
        [.., low @ 0..=0x7f] if length <= 0x7f => bytes.push(low),
        [.., low] if length <= 0xff => bytes.extend([0x81, low]),
        [.., high, low] if length <= 0xffff => bytes.extend([0x82, high, low]),
        [.., a, b, c] => bytes.extend([0x83, a, b, c]),
    }
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// Writes a positive INTEGER, given its bytes with the highest first.
pub(super) fn write_integer(magnitude: &[u8]) -> Vec<u8> {
    let significant = strip_zeros(magnitude);
    let sign: &[u8] = if significant.first().is_none_or(|first| *first >= 0x80) { &[0] } else { &[] };
    write(INTEGER, &[sign, significant])
}

/// Without the zeros it begins with.
pub(super) fn strip_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const NULL: u8 = 0x05;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// `[0]`, constructed.
pub(super) const CONTEXT_0: u8 = 0xa0;
/// `[3]`, constructed.
pub(super) const CONTEXT_3: u8 = 0xa3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_at_every_size_of_length() {
        for length in [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000] {
            let content = vec![7; length];
            let written = write(SEQUENCE, &[&content]);
            let mut der = Der::new(&written);
            assert_eq!(der.content(SEQUENCE), Some(content.as_slice()), "{length}");
            assert!(der.is_at_end());
        }
    }

    #[test]
    fn lengths_past_the_end_and_other_forms_are_refused() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 1],
            &[0x30, 0x80, 0, 0],
            &[0x30, 0x81],
            &[0x30, 0x82, 0xff, 0xff, 0],
            &[0x30, 0x84, 0, 0, 0, 0],
            &[0x1f, 0x81, 0],
            &[0x30, 0x83, 0xff, 0xff, 0xff],
        ] {
            assert!(Der::new(bytes).any().is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn integers_are_positive_and_as_short_as_can_be() {
        assert_eq!(write_integer(&[0, 0, 1]), [2, 1, 1]);
        assert_eq!(write_integer(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(write_integer(&[]), [2, 1, 0]);
    }
}
