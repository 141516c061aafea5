//! Base64 to bytes to text, compressed or not. Taken are white space, the URL-safe alphabet, missing padding and a missing
//! end, each noted; refused is what is not base64 or not UTF-8, with what it looks like instead.

use super::{Oddity, SamlError};
use crate::capture::{Binding, Imported, Inflated, UTF8_BOM, inflate, is_markup, is_utf16};
use crate::limits::MAX_BODY_BYTES;
use crate::octets::from_base64;
use crate::secret::{Secret, Wipe};

/// The text of a SAML message, and what was odd about its encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// XML, one hopes. Without a byte order mark.
    pub text: Secret<String>,
    /// What was odd, in the order met.
    pub oddities: Vec<Oddity>,
}

impl Decoded {
    /// Decodes `SAMLResponse` as it was sent.
    ///
    /// # Errors
    ///
    /// `Empty`, `TooLarge`, `NotBase64`, `NotUtf8`, `NotXml`, `Utf16` or `Compressed`.
    pub fn from_base64(text: &str) -> Result<Self, SamlError> {
        let (bytes, oddities) = Self::bytes(text)?;
        Self::of_bytes(bytes, oddities)
    }

    /// Decodes a message that was found anywhere: base64, and compressed where its binding says so or it is not XML.
    ///
    /// # Errors
    ///
    /// As of [`Decoded::from_base64`] but for `Compressed`, and `NotDeflate` or `InflatesTooLarge`.
    pub fn from_imported(imported: &Imported) -> Result<Self, SamlError> {
        // Exposed to be decoded; the text is a secret again.
        let (mut bytes, mut oddities) = Self::bytes(imported.encoded.expose())?;
        let is_redirect = imported.binding == Binding::Redirect;
        let inflated = if is_redirect || !is_markup(&bytes) { inflate(&bytes) } else { Inflated::Not };
        match inflated {
            Inflated::Markup { bytes: markup, is_wrapped } => {
                bytes.wipe();
                bytes = markup;
                let odd = [
                    (is_wrapped, Oddity::DeflateWrapped),
                    (imported.binding == Binding::Post, Oddity::CompressedPost),
                ];
                oddities.extend(odd.into_iter().filter_map(|(met, oddity)| met.then_some(oddity)));
            }
            Inflated::TooLarge => return Err(SamlError::InflatesTooLarge { limit: MAX_BODY_BYTES }),
            Inflated::Not if is_redirect && is_markup(&bytes) => oddities.push(Oddity::NotCompressed),
            Inflated::Not if is_redirect && !bytes.is_empty() => return Err(SamlError::NotDeflate),
            Inflated::Not => {}
        }
        Self::of_bytes(bytes, oddities)
    }

    /// Base64 undone.
    fn bytes(text: &str) -> Result<(Vec<u8>, Vec<Oddity>), SamlError> {
        if text.len() > MAX_BODY_BYTES {
            return Err(SamlError::TooLarge { bytes: text.len(), limit: MAX_BODY_BYTES });
        }
        let mut oddities = Vec::new();
        let bytes = match from_base64(text.as_bytes()) {
            Some(bytes) => {
                if !text.len().is_multiple_of(4) {
                    oddities.push(Oddity::Base64Unpadded);
                }
                bytes
            }
            None => lenient(text, &mut oddities)?,
        };
        Ok((bytes, oddities))
    }

    fn of_bytes(bytes: Vec<u8>, mut oddities: Vec<Oddity>) -> Result<Self, SamlError> {
        let text = Secret::new(utf8(bytes, &mut oddities)?);
        if text.expose().trim_ascii().is_empty() {
            return Err(SamlError::Empty);
        }
        Ok(Self { text, oddities })
    }
}

/// Bytes in base64 that stand in the text of an element or of a PEM file: line breaks do not count.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    from_base64(text.as_bytes()).or_else(|| lenient(text, &mut Vec::new()).ok())
}

/// Decodes what the strict decoder refused: one copy without white space and in one alphabet.
fn lenient(text: &str, oddities: &mut Vec<Oddity>) -> Result<Vec<u8>, SamlError> {
    let mut clean = Vec::with_capacity(text.len());
    let (mut spaces, mut url_safe, mut padding) = (false, false, 0_usize);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => spaces = true,
            b'=' => padding = padding.saturating_add(1),
            // Padding ends base64; what follows is something else.
            _ if padding > 0 => return Err(SamlError::NotBase64 { offset }),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => clean.push(byte),
            b'-' => {
                url_safe = true;
                clean.push(b'+');
            }
            b'_' => {
                url_safe = true;
                clean.push(b'/');
            }
            _ => return Err(SamlError::NotBase64 { offset }),
        }
    }
    let odd = [(spaces, Oddity::Base64Spaces), (url_safe, Oddity::Base64UrlSafe)];
    oddities.extend(odd.into_iter().filter_map(|(met, oddity)| met.then_some(oddity)));
    match clean.len() % 4 {
        1 => {
            clean.pop();
            oddities.push(Oddity::Base64Cut);
        }
        2 | 3 if padding == 0 => oddities.push(Oddity::Base64Unpadded),
        _ => {}
    }
    from_base64(&clean).ok_or(SamlError::NotBase64 { offset: text.len() })
}

/// The bytes as text; a last character that was cut is dropped with what it lacks.
fn utf8(mut bytes: Vec<u8>, oddities: &mut Vec<Oddity>) -> Result<String, SamlError> {
    if is_utf16(&bytes) {
        return Err(SamlError::Utf16);
    }
    if bytes.starts_with(UTF8_BOM) {
        bytes.drain(..UTF8_BOM.len());
        oddities.push(Oddity::ByteOrderMark);
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let (problem, mut bytes) = (error.utf8_error(), error.into_bytes());
    if problem.error_len().is_some() || problem.valid_up_to() == 0 {
        let error = match inflate(&bytes) {
            _ if is_markup(&bytes) => SamlError::NotUtf8 { offset: problem.valid_up_to() },
            Inflated::Not => SamlError::NotXml,
            _ => SamlError::Compressed,
        };
        bytes.wipe();
        return Err(error);
    }
    bytes.truncate(problem.valid_up_to());
    String::from_utf8(bytes).map_err(|_| SamlError::NotUtf8 { offset: problem.valid_up_to() })
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD as BASE64;
    use proptest::prelude::*;

    use super::*;

    fn decode(text: &str) -> (String, Vec<Oddity>) {
        let decoded = Decoded::from_base64(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        (decoded.text.expose().clone(), decoded.oddities)
    }

    /// Python's zlib.compressobj(wbits=-15) of "<é/>".
    const DEFLATED: &[u8] = b"\xb3\x39\xbc\x52\xdf\x0e\x00";

    fn refused(bytes: &[u8]) -> SamlError {
        Decoded::from_base64(&BASE64.encode(bytes)).unwrap_err()
    }

    #[test]
    fn clean_base64_is_not_odd() {
        assert_eq!(decode("PHM+Pj8/Pw=="), (String::from("<s>>???"), vec![]));
        assert_eq!(decode("PMOpLz4="), (String::from("<é/>"), vec![]));
    }

    #[test]
    fn every_oddity_of_base64_is_read_and_noted() {
        let text = String::from("<s>>???");
        for (encoded, oddities) in [
            ("PHM+\r\nPj8/\r\nPw==\r\n", vec![Oddity::Base64Spaces]),
            (" PHM+ Pj8/\tPw == ", vec![Oddity::Base64Spaces]),
            ("PHM-Pj8_Pw==", vec![Oddity::Base64UrlSafe]),
            ("PHM+Pj8/Pw", vec![Oddity::Base64Unpadded]),
            ("PHM+Pj8/Pw=", vec![Oddity::Base64Unpadded]),
            ("PHM-\nPj8_Pw", vec![Oddity::Base64Spaces, Oddity::Base64UrlSafe, Oddity::Base64Unpadded]),
        ] {
            assert_eq!(decode(encoded), (text.clone(), oddities), "{encoded}");
        }
        assert_eq!(decode("PHM+Pj8/P"), (String::from("<s>>??"), vec![Oddity::Base64Cut]));
    }

    #[test]
    fn what_is_not_base64_is_refused_with_its_offset() {
        for (text, offset) in
            [("PHM*", 3), ("<xml/>", 0), ("PHM+%0A", 4), ("PHM=PHM=", 4), ("PHNé", 3), ("PH\0M", 2)]
        {
            assert_eq!(Decoded::from_base64(text), Err(SamlError::NotBase64 { offset }), "{text}");
        }
    }

    #[test]
    fn nothing_is_empty() {
        for text in ["", " \r\n", "====", "IA==", "A", "77u/"] {
            assert_eq!(Decoded::from_base64(text), Err(SamlError::Empty), "{text}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        assert_eq!(decode("77u/PHM+"), (String::from("<s>"), vec![Oddity::ByteOrderMark]));
    }

    #[test]
    fn utf16_and_compressed_bytes_are_named() {
        let utf16: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(refused(&utf16), SamlError::Utf16);
        assert_eq!(refused(b"\xff\xfe<\0"), SamlError::Utf16);
        assert_eq!(refused(b"\xfe\xff\0<"), SamlError::Utf16);
        assert_eq!(refused(b"\0<\0?"), SamlError::Utf16);
        // zlib.compressobj(wbits=-15) of "<a/>", and of a request with "é" in it.
        assert_eq!(refused(b"\xb3\x49\xd4\xb7\x03\x00"), SamlError::Compressed);
        assert_eq!(refused(DEFLATED), SamlError::Compressed);
        assert_eq!(refused(b"<a>\xe9</a>"), SamlError::NotUtf8 { offset: 3 });
    }

    #[test]
    fn what_is_no_xml_at_all_is_not_taken_for_a_fault_of_its_encoding() {
        // "Hell" in base64 begins as raw DEFLATE may.
        for text in ["Hello", "AAECAwQ=", "SGVsbG8", "loremipsumdolorsitamet", "6XTp"] {
            match Decoded::from_base64(text) {
                Ok(decoded) => assert_eq!(
                    crate::saml::Document::parse(decoded.text.expose()).unwrap_err(),
                    SamlError::NotXml
                ),
                Err(error) => assert_eq!(error, SamlError::NotXml, "{text}"),
            }
        }
    }

    fn import(bytes: &[u8], binding: Binding) -> Result<(String, Vec<Oddity>), SamlError> {
        let [mut imported] = crate::capture::read_any("<x/>").unwrap().try_into().unwrap();
        imported.encoded = Secret::new(BASE64.encode(bytes));
        imported.binding = binding;
        Decoded::from_imported(&imported).map(|decoded| (decoded.text.expose().clone(), decoded.oddities))
    }

    #[test]
    fn a_message_is_inflated_where_its_binding_says_so_or_it_is_no_xml() {
        let text = String::from("<é/>");
        let plain = text.as_bytes();
        let zlib = miniz_oxide::deflate::compress_to_vec_zlib(plain, 6);
        for (bytes, binding, oddities) in [
            (DEFLATED, Binding::Redirect, vec![]),
            (DEFLATED, Binding::Unknown, vec![]),
            (DEFLATED, Binding::Post, vec![Oddity::CompressedPost]),
            (plain, Binding::Redirect, vec![Oddity::NotCompressed]),
            (plain, Binding::Unknown, vec![]),
            (plain, Binding::Post, vec![]),
            (&zlib, Binding::Redirect, vec![Oddity::DeflateWrapped]),
        ] {
            assert_eq!(import(bytes, binding), Ok((text.clone(), oddities)), "{binding:?}");
        }
    }

    #[test]
    fn what_cannot_be_inflated_is_said() {
        assert_eq!(import(b"Hello", Binding::Redirect), Err(SamlError::NotDeflate));
        assert_eq!(import(b"", Binding::Redirect), Err(SamlError::Empty));
        assert_eq!(import(b"\xe9t\xe9", Binding::Post), Err(SamlError::NotXml));
        let bomb =
            miniz_oxide::deflate::compress_to_vec(format!("<{}", " ".repeat(MAX_BODY_BYTES)).as_bytes(), 6);
        assert_eq!(
            import(&bomb, Binding::Redirect),
            Err(SamlError::InflatesTooLarge { limit: MAX_BODY_BYTES })
        );
    }

    #[test]
    fn a_last_character_that_was_cut_is_dropped() {
        assert_eq!(decode("PHM+w6nD"), (String::from("<s>é"), vec![]));
        assert_eq!(refused(b"\xc3"), SamlError::NotXml);
    }

    #[test]
    fn fifty_megabytes_are_refused_before_anything_is_read() {
        let bytes = 50 * 1024 * 1024;
        let refused = SamlError::TooLarge { bytes, limit: MAX_BODY_BYTES };
        assert_eq!(Decoded::from_base64(&"A".repeat(bytes)), Err(refused));
    }

    proptest! {
        #[test]
        fn any_text_comes_through_base64(text in "\\PC{1,64}") {
            prop_assume!(!text.trim_ascii().is_empty() && !text.starts_with('\u{feff}'));
            prop_assert_eq!(decode(&BASE64.encode(&text)), (text, vec![]));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = Decoded::from_base64(&text);
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = Decoded::from_base64(&BASE64.encode(&bytes));
            let _ = import(&bytes, Binding::Redirect);
        }
    }
}
