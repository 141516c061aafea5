//! Base64 digits to bytes, sixteen at a time: a tenth of the time in which a sign-in of a thousand roles was read went into
//! undoing base64 eight digits at a time.

use crate::secret::Wipe;

/// The bytes of digits of the standard alphabet, with all, some or none of the padding they need, and whatever their unused last
/// bits are: identity providers vary, and nothing here depends on the encoding being canonical. `None` where something else
/// stands among the digits, were it white space.
#[must_use]
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let length = text.len() - text.iter().rev().take_while(|byte| **byte == b'=').count();
    let (digits, padding) = text.split_at_checked(length)?;
    let missing = match digits.len() % 4 {
        0 => 0,
        1 => return None,
        more => 4 - more,
    };
    if padding.len() > missing {
        return None;
    }
    let mut bytes = vec![0; digits.len().div_ceil(4) * 3];
    if fill(digits, &mut bytes).is_none() {
        bytes.wipe();
        return None;
    }
    bytes.truncate(bytes.len() - missing);
    Some(bytes)
}

/// Writes three bytes for every four digits, begun or whole.
fn fill(digits: &[u8], bytes: &mut [u8]) -> Option<()> {
    let (blocks, rest) = digits.as_chunks::<16>();
    let (places, rest_places) = bytes.split_at_mut_checked(blocks.len() * 12)?;
    for (block, place) in blocks.iter().zip(places.as_chunks_mut::<12>().0) {
        let (head, tail) = sixteen(block)?;
        // In two pieces, because twelve bytes at once are stored one by one.
        let (first, rest) = place.split_first_chunk_mut()?;
        *first = head;
        *rest.first_chunk_mut()? = tail;
    }
    for (four, place) in rest.chunks(4).zip(rest_places.as_chunks_mut::<3>().0) {
        // What is not there counts as zeros.
        let mut whole = [b'A'; 4];
        whole.iter_mut().zip(four).for_each(|(place, digit)| *place = *digit);
        *place = quad(whole)?;
    }
    Some(())
}

/// Four digits.
fn quad(digits: [u8; 4]) -> Option<[u8; 3]> {
    let bits = digits.into_iter().try_fold(0_u32, |bits, digit| {
        let shift = match digit {
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => NUMBER,
            b'+' => PLUS,
            b'/' => SLASH,
            _ => return None,
        };
        Some((bits << 6) | u32::from(digit.wrapping_add_signed(shift)))
    })?;
    let [_, bytes @ ..] = bits.to_be_bytes();
    Some(bytes)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn sixteen(digits: &[u8; 16]) -> Option<([u8; 8], [u8; 4])> {
    let mut bytes = [0; 12];
    for (four, place) in digits.as_chunks::<4>().0.iter().zip(bytes.as_chunks_mut::<3>().0) {
        *place = quad(*four)?;
    }
    Some((*bytes.first_chunk()?, *bytes.last_chunk()?))
}

/// [`quad`] for four of them at once.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn sixteen(digits: &[u8; 16]) -> Option<([u8; 8], [u8; 4])> {
    use core::arch::wasm32 as simd;

    let [low, high] = digits.as_chunks::<8>().0 else { return None };
    let digits = simd::u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high));
    // The upper half of a digit says which range it can be in, and with that its shift; `/` shares its half with `+`.
    let halves = simd::u8x16_shr(digits, 4);
    let is_slash = simd::u8x16_eq(digits, simd::u8x16_splat(b'/'));
    let shifts = simd::i8x16(0, 0, PLUS, NUMBER, UPPER, UPPER, LOWER, LOWER, 0, 0, 0, 0, 0, 0, 0, 0);
    let of_slash = simd::v128_and(is_slash, simd::i8x16_splat(SLASH - PLUS));
    let shifts = simd::i8x16_add(simd::i8x16_swizzle(shifts, halves), of_slash);
    // A bit for each range of lower halves: both halves of a digit have one of them in common. 1 is `+` and `/`, 2 is 0 to 9,
    // 4 is 1 to 15 (`A` to `O`, `a` to `o`), 8 is 0 to 10 (`P` to `Z`, `p` to `z`).
    let of_upper = simd::u8x16(0, 0, 1, 2, 4, 8, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0);
    let of_lower = simd::u8x16(10, 14, 14, 14, 14, 14, 14, 14, 14, 14, 12, 5, 4, 4, 4, 5);
    let lower = simd::v128_and(digits, simd::u8x16_splat(0x0f));
    let is_digit =
        simd::v128_and(simd::u8x16_swizzle(of_upper, halves), simd::u8x16_swizzle(of_lower, lower));
    if !simd::u8x16_all_true(is_digit) {
        return None;
    }
    let values = simd::u8x16_add(digits, shifts);
    let firsts = simd::u16x8_shl(simd::v128_and(values, simd::u16x8_splat(0xff)), 6);
    let pairs = simd::v128_or(firsts, simd::u16x8_shr(values, 8));
    let fours = simd::i32x4_dot_i16x8(pairs, simd::i32x4_splat(0x0001_1000));
    let bytes = simd::u8x16_shuffle::<2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 3, 3, 3, 3>(fours, fours);
    let (head, tail) = (simd::u64x2_extract_lane::<0>(bytes), simd::u32x4_extract_lane::<2>(bytes));
    Some((head.to_le_bytes(), tail.to_le_bytes()))
}

// From a digit to the number it stands for.
const UPPER: i8 = -65;
const LOWER: i8 = -71;
const NUMBER: i8 = 4;
const PLUS: i8 = 19;
const SLASH: i8 = 16;

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::alphabet::STANDARD;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    use proptest::prelude::*;

    use super::*;

    const JUDGE: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(JUDGE.encode(&bytes).as_bytes()), Some(bytes));
        }

        #[test]
        fn what_the_base64_crate_takes_is_taken_and_nothing_else(
            text in "[A-Za-z0-9+/]{0,70}([ -~\u{e9}][A-Za-z0-9+/]{0,20})?={0,4}"
        ) {
            prop_assert_eq!(decode(text.as_bytes()), JUDGE.decode(&text).ok());
        }
    }
}
