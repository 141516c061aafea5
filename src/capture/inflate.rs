//! Compressed bytes to what they hold: raw DEFLATE as the redirect binding has it (SAML bindings 3.4.4.1), and the zlib
//! and gzip wrappings of it that some tools write. What would grow past the limit is refused while it grows.

use crate::limits::MAX_BODY_BYTES;
use crate::secret::Wipe;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Inflated {
    /// Markup, as far as the bytes went: those of a URL that was cut end early.
    Markup {
        /// What was compressed.
        bytes: Vec<u8>,
        /// Whether a zlib or gzip header stood in front.
        is_wrapped: bool,
    },
    /// More than [`MAX_BODY_BYTES`].
    TooLarge,
    /// Not compressed, or not compressed markup.
    Not,
}

/// Inflates `bytes` when markup comes out.
pub(crate) fn inflate(bytes: &[u8]) -> Inflated {
    let (body, is_wrapped) = match bytes {
        // A gzip header without extra fields (RFC 1952, 2.3).
        [0x1f, 0x8b, 8, 0, _, _, _, _, _, _, body @ ..] => (body, true),
        // A zlib header (RFC 1950, 2.2). The check sums at the end are not looked at: who changed the text can change them.
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, body @ ..] => (body, true),
        body => (body, false),
    };
    let mut stream =
        Stream { rest: body, bits: 0, count: 0, made: Vec::with_capacity(body.len().saturating_mul(4)) };
    let is_too_large = matches!(stream.blocks(), Err(Stop::TooLarge));
    let mut bytes = stream.made;
    if is_markup(&bytes) && !is_too_large {
        return Inflated::Markup { bytes, is_wrapped };
    }
    let is_markup = is_markup(&bytes);
    bytes.wipe();
    if is_markup { Inflated::TooLarge } else { Inflated::Not }
}

/// Why inflating stops before its end.
enum Stop {
    /// The bytes end, or are not DEFLATE.
    Broken,
    /// What comes out is longer than is taken.
    TooLarge,
}

/// Raw DEFLATE (RFC 1951). Small rather than fast: a message has some kilobytes.
struct Stream<'a> {
    rest: &'a [u8],
    /// Bits that were taken from `rest` and not used yet, the next one lowest.
    bits: u32,
    count: u32,
    made: Vec<u8>,
}

impl Stream<'_> {
    fn blocks(&mut self) -> Result<(), Stop> {
        loop {
            let is_last = self.take(1)? == 1;
            match self.take(2)? {
                0 => self.stored()?,
                1 => {
                    let mut lengths = [8; 288];
                    for (symbol, length) in lengths.iter_mut().enumerate() {
                        *length = match symbol {
                            0..144 | 280.. => 8,
                            144..256 => 9,
                            _ => 7,
                        };
                    }
                    self.compressed(&Code::new(&lengths), &Code::new(&[5; 30]))?;
                }
                2 => {
                    let (literals, distances) = self.codes()?;
                    self.compressed(&literals, &distances)?;
                }
                _ => return Err(Stop::Broken),
            }
            if is_last {
                return Ok(());
            }
        }
    }

    /// The next `count` bits as a number, at most 13.
    fn take(&mut self, count: u32) -> Result<usize, Stop> {
        while self.count < count {
            let (byte, rest) = self.rest.split_first().ok_or(Stop::Broken)?;
            self.bits |= u32::from(*byte) << self.count;
            self.count = self.count.saturating_add(8);
            self.rest = rest;
        }
        let taken = self.bits & !(u32::MAX << count);
        self.bits >>= count;
        self.count = self.count.saturating_sub(count);
        usize::try_from(taken).map_err(|_| Stop::Broken)
    }

    fn push(&mut self, byte: u8) -> Result<(), Stop> {
        if self.made.len() >= MAX_BODY_BYTES {
            return Err(Stop::TooLarge);
        }
        self.made.push(byte);
        Ok(())
    }

    /// A block without compression (RFC 1951, 3.2.4).
    fn stored(&mut self) -> Result<(), Stop> {
        (self.bits, self.count) = (0, 0);
        let length = self.take(8)? | self.take(8)? << 8;
        let inverted = self.take(8)? | self.take(8)? << 8;
        if length ^ inverted != 0xffff {
            return Err(Stop::Broken);
        }
        for _ in 0..length {
            let (byte, rest) = self.rest.split_first().ok_or(Stop::Broken)?;
            self.rest = rest;
            self.push(*byte)?;
        }
        Ok(())
    }

    /// Literals, and copies of what was made before, up to the end of the block (RFC 1951, 3.2.5).
    fn compressed(&mut self, literals: &Code, distances: &Code) -> Result<(), Stop> {
        loop {
            let symbol = self.symbol(literals)?;
            if let Ok(byte) = u8::try_from(symbol) {
                self.push(byte)?;
                continue;
            }
            if symbol == 256 {
                return Ok(());
            }
            let length = match symbol.saturating_sub(257) {
                28 => 258,
                symbol @ 0..28 => self.extended(symbol, 2)?.saturating_add(3),
                _ => return Err(Stop::Broken),
            };
            let distance = self.symbol(distances)?;
            if distance >= 30 {
                return Err(Stop::Broken);
            }
            let distance = self.extended(distance, 1)?.saturating_add(1);
            for _ in 0..length {
                let from = self.made.len().checked_sub(distance).ok_or(Stop::Broken)?;
                let byte = self.made.get(from).copied().ok_or(Stop::Broken)?;
                self.push(byte)?;
            }
        }
    }

    /// The number that a symbol of lengths or distances begins, less the smallest: groups of `1 << log` symbols, each
    /// group with one more extra bit, as the tables of RFC 1951, 3.2.5, go.
    fn extended(&mut self, symbol: usize, log: u32) -> Result<usize, Stop> {
        let group = symbol >> log;
        if group < 2 {
            return Ok(symbol);
        }
        let extra = u32::try_from(group.saturating_sub(1)).map_err(|_| Stop::Broken)?;
        let first = symbol & !(usize::MAX << log) | 1 << log;
        Ok((first << extra).saturating_add(self.take(extra)?))
    }

    /// The codes that stand before a block of their own (RFC 1951, 3.2.7).
    fn codes(&mut self) -> Result<(Code, Code), Stop> {
        let literals = self.take(5)?.saturating_add(257);
        let total = self.take(5)?.saturating_add(1).saturating_add(literals);
        let count = self.take(4)?.saturating_add(4);
        let mut of_lengths = [0; 19];
        for at in LENGTH_ORDER.into_iter().take(count) {
            let length = self.take(3)?;
            if let Some(slot) = of_lengths.get_mut(at) {
                *slot = length;
            }
        }
        let code = Code::new(&of_lengths);
        let mut lengths: Vec<usize> = Vec::with_capacity(total);
        while lengths.len() < total {
            let (length, times) = match self.symbol(&code)? {
                16 => (*lengths.last().ok_or(Stop::Broken)?, self.take(2)?.saturating_add(3)),
                17 => (0, self.take(3)?.saturating_add(3)),
                18 => (0, self.take(7)?.saturating_add(11)),
                length => (length, 1),
            };
            lengths.extend(std::iter::repeat_n(length, times));
        }
        let (literals, distances) = lengths.split_at_checked(literals).ok_or(Stop::Broken)?;
        Ok((Code::new(literals), Code::new(distances)))
    }

    /// The next symbol, a bit at a time: codes of one length are consecutive numbers (RFC 1951, 3.2.2).
    fn symbol(&mut self, code: &Code) -> Result<usize, Stop> {
        let (mut value, mut first, mut index) = (0_usize, 0_usize, 0_usize);
        for count in code.counts {
            value = value << 1 | self.take(1)?;
            first <<= 1;
            let offset = value.wrapping_sub(first);
            if offset < count {
                return code.symbols.get(index.saturating_add(offset)).copied().ok_or(Stop::Broken);
            }
            index = index.saturating_add(count);
            first = first.saturating_add(count);
        }
        Err(Stop::Broken)
    }
}

/// A Huffman code, told by the length of each symbol's code.
struct Code {
    /// How many codes have one bit, two bits ... fifteen.
    counts: [usize; 15],
    /// The symbols by their codes.
    symbols: Vec<usize>,
}

impl Code {
    fn new(lengths: &[usize]) -> Self {
        let mut symbols = Vec::with_capacity(lengths.len());
        let mut counts = [0; 15];
        for (length, count) in (1..).zip(&mut counts) {
            let before = symbols.len();
            symbols.extend(
                (0..).zip(lengths).filter(|(_, of_symbol)| **of_symbol == length).map(|(symbol, _)| symbol),
            );
            *count = symbols.len().saturating_sub(before);
        }
        Self { counts, symbols }
    }
}

/// The order in which the lengths of the code of lengths are written (RFC 1951, 3.2.7).
const LENGTH_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Whether bytes begin as XML or HTML does: `<` after white space or a byte order mark, in UTF-8 or UTF-16.
pub(crate) fn is_markup(bytes: &[u8]) -> bool {
    is_utf16(bytes) || bytes.strip_prefix(UTF8_BOM).unwrap_or(bytes).trim_ascii_start().starts_with(b"<")
}

/// A byte order mark of UTF-16, or a NUL beside the first `<`.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"];
    starts.iter().any(|start| bytes.starts_with(start))
}

/// The byte order mark of UTF-8.
pub(crate) const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
    use proptest::prelude::*;

    use super::*;

    fn markup(bytes: &[u8], is_wrapped: bool) -> Inflated {
        Inflated::Markup { bytes: bytes.to_vec(), is_wrapped }
    }

    /// `printf '<a/>' | gzip -n`.
    const GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xb3\x49\xd4\xb7\x03\0\xf1\x9c\x09\x5b\x04\0\0\0";

    #[test]
    fn raw_zlib_and_gzip_are_inflated() {
        // Python's zlib.compressobj(wbits=-15).
        assert_eq!(inflate(b"\xb3\x49\xd4\xb7\x03\0"), markup(b"<a/>", false));
        assert_eq!(inflate(&compress_to_vec_zlib(b"<a/>", 6)), markup(b"<a/>", true));
        assert_eq!(inflate(GZIP), markup(b"<a/>", true));
    }

    #[test]
    fn a_stream_that_was_cut_gives_what_stood_before_the_cut() {
        let whole = format!("<a>{}</a>", (0..500).map(|n| n.to_string()).collect::<String>());
        let compressed = compress_to_vec(whole.as_bytes(), 6);
        let Inflated::Markup { bytes, .. } = inflate(&compressed[..compressed.len() / 2]) else {
            panic!("markup")
        };
        assert!(whole.as_bytes().starts_with(&bytes) && bytes.len() > 100);
    }

    #[test]
    fn a_bomb_is_refused_while_it_grows() {
        let bomb = compress_to_vec(format!("<a>{}", " ".repeat(64 * 1024 * 1024)).as_bytes(), 6);
        assert!(bomb.len() < 100_000);
        assert_eq!(inflate(&bomb), Inflated::TooLarge);
    }

    #[test]
    fn what_is_no_compressed_markup_is_left_alone() {
        for bytes in
            [&b""[..], b"\x1d\xe9\x65", b"Hello, world", b"<a/>", b"\x78\x9c", &compress_to_vec(b"Hello", 6)]
        {
            assert_eq!(inflate(bytes), Inflated::Not, "{bytes:?}");
        }
    }

    #[test]
    fn markup_may_follow_white_space_or_a_byte_order_mark() {
        for bytes in [&b"<"[..], b"\r\n\t <", b"\xef\xbb\xbf <", b"\xff\xfe<\0", b"<\0a\0"] {
            assert!(is_markup(bytes), "{bytes:?}");
        }
        for bytes in [&b""[..], b"a<", b"\xef\xbb<", b"\0"] {
            assert!(!is_markup(bytes), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
            inflate(&bytes);
        }

        #[test]
        fn no_change_to_a_stream_panics_or_gives_what_another_reader_does_not(
            text in "<[a-z]{0,400}",
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        ) {
            let mut bytes = compress_to_vec(text.as_bytes(), 6);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Ok(expected) = miniz_oxide::inflate::decompress_to_vec(&bytes) {
                let read = inflate(&bytes);
                prop_assert!(!is_markup(&expected) || read == markup(&expected, false));
            }
        }

        #[test]
        fn any_markup_comes_through(text in "<\\PC{0,400}", level in 0_u8..10) {
            prop_assert_eq!(inflate(&compress_to_vec(text.as_bytes(), level)), markup(text.as_bytes(), false));
        }
    }
}
