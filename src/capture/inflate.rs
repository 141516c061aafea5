//! Compressed bytes to what they hold: raw DEFLATE as the redirect binding has it (SAML bindings 3.4.4.1), and the zlib
//! and gzip wrappings of it that some tools write. What would grow past the limit is refused while it grows.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

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
    let ((bytes, is_too_large), is_wrapped) = match bytes {
        // A gzip header without extra fields (RFC 1952, 2.3).
        [0x1f, 0x8b, 8, 0, _, _, _, _, _, _, body @ ..] => (stream(body, 0), true),
        // A zlib header (RFC 1950, 2.2).
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => (stream(bytes, TINFL_FLAG_PARSE_ZLIB_HEADER), true),
        _ => (stream(bytes, 0), false),
    };
    match bytes {
        mut bytes if !is_markup(&bytes) => {
            bytes.wipe();
            Inflated::Not
        }
        mut bytes if is_too_large => {
            bytes.wipe();
            Inflated::TooLarge
        }
        bytes => Inflated::Markup { bytes, is_wrapped },
    }
}

/// Inflates as far as the stream goes, and says whether it went past the limit.
fn stream(compressed: &[u8], flags: u32) -> (Vec<u8>, bool) {
    let mut state = DecompressorOxide::new();
    let mut bytes = vec![0; compressed.len().saturating_mul(USUAL_RATIO).min(MAX_BODY_BYTES)];
    let (mut taken, mut made) = (0_usize, 0_usize);
    loop {
        let rest = compressed.get(taken..).unwrap_or_default();
        let flags = flags | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = decompress(&mut state, rest, &mut bytes, made, flags);
        taken = taken.saturating_add(read);
        made = made.saturating_add(written);
        let is_too_large = status == TINFLStatus::HasMoreOutput && bytes.len() >= MAX_BODY_BYTES;
        if status != TINFLStatus::HasMoreOutput || is_too_large {
            bytes.truncate(made);
            return (bytes, is_too_large);
        }
        let mut longer = Vec::with_capacity(bytes.len().saturating_mul(2).min(MAX_BODY_BYTES));
        longer.extend_from_slice(&bytes);
        longer.resize(longer.capacity().min(MAX_BODY_BYTES), 0);
        bytes.wipe();
        bytes = longer;
    }
}

/// XML of SAML compresses to a third or a fifth; with this much room a second try is rare.
const USUAL_RATIO: usize = 8;

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
        fn any_markup_comes_through(text in "<\\PC{0,400}", level in 0_u8..10) {
            prop_assert_eq!(inflate(&compress_to_vec(text.as_bytes(), level)), markup(text.as_bytes(), false));
        }
    }
}
