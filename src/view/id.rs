//! What tells the sign-ins of one browser session apart.

use crate::secret::Secret;

/// The same for the same response, however its base64 is broken into lines. Not a defence: it only tells sign-ins of
/// one browser session apart. Every byte counts, by the multiplication and rotation of FxHash, in lanes.
#[must_use]
pub fn id(text: &str) -> String {
    if text.bytes().fold(false, |found, byte| found | (byte <= b' ')) {
        let plain = text.split_ascii_whitespace().collect::<String>();
        if plain.len() < text.len() {
            return id(Secret::new(plain).expose());
        }
    }
    let (blocks, rest) = text.as_bytes().as_chunks::<64>();
    let mut lanes = [0_u32; 16];
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<4>().0) {
            *lane = (lane.rotate_left(5) ^ u32::from_le_bytes(*word)).wrapping_mul(0x2722_0a95);
        }
    }
    let words = lanes.into_iter().map(u64::from);
    let rest = (1..).zip(rest).map(|(place, byte): (u64, _)| (place << 8) | u64::from(*byte));
    let hash = words
        .chain(rest)
        .fold(0_u64, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95));
    format!("{:016x}", hash ^ (hash >> 32))
}
