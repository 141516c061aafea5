//! Public keys: what kind one is, and `SubjectPublicKeyInfo` made of the numbers of a `KeyValue`.

use super::Curve;
use super::der::{BIT_STRING, Der, NULL, OBJECT_IDENTIFIER, SEQUENCE, strip_zeros, write, write_integer};

/// What a public key is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rsa,
    Ec(Curve),
    Ed25519,
    /// A curve that the host's cryptography does not have.
    OtherEc,
    Dsa,
    Other,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::Ec(Curve::P256) => "EC P-256",
            Self::Ec(Curve::P384) => "EC P-384",
            Self::Ec(Curve::P521) => "EC P-521",
            Self::Ed25519 => "Ed25519",
            Self::OtherEc => "EC",
            Self::Dsa => "DSA",
            Self::Other => "unknown",
        }
    }
}

/// Kind and size in bits of a `SubjectPublicKeyInfo`; the size is 0 where it is not known.
pub(super) fn read(spki: &[u8]) -> (Kind, u32) {
    try_read(spki).unwrap_or((Kind::Other, 0))
}

fn try_read(spki: &[u8]) -> Option<(Kind, u32)> {
    let mut info = Der::new(spki).inside(SEQUENCE)?;
    let mut algorithm = info.inside(SEQUENCE)?;
    Some(match algorithm.content(OBJECT_IDENTIFIER)? {
        RSA_ENCRYPTION | RSA_PSS => (Kind::Rsa, modulus_bits(info)?),
        EC_PUBLIC_KEY => match algorithm.content(OBJECT_IDENTIFIER)? {
            P256 => (Kind::Ec(Curve::P256), 256),
            P384 => (Kind::Ec(Curve::P384), 384),
            P521 => (Kind::Ec(Curve::P521), 521),
            _ => (Kind::OtherEc, 0),
        },
        ED25519 => (Kind::Ed25519, 256),
        DSA => (Kind::Dsa, 0),
        _ => (Kind::Other, 0),
    })
}

/// Bits of the modulus, from what stands behind the algorithm of an RSA key.
fn modulus_bits(mut info: Der<'_>) -> Option<u32> {
    let key = info.content(BIT_STRING)?.split_first()?.1;
    let modulus = Der::new(key).inside(SEQUENCE)?.content(super::der::INTEGER)?;
    let significant = strip_zeros(modulus);
    let unused = significant.first()?.leading_zeros();
    u32::try_from(significant.len()).ok()?.checked_mul(8)?.checked_sub(unused)
}

/// The same key as one for any RSA scheme: a key that is bound to PSS is not taken by the hosts as it stands.
pub(super) fn unbound(spki: &[u8]) -> Vec<u8> {
    let rebuilt = || {
        let mut info = Der::new(spki).inside(SEQUENCE)?;
        if info.inside(SEQUENCE)?.content(OBJECT_IDENTIFIER)? != RSA_PSS {
            return None;
        }
        Some(write(SEQUENCE, &[&rsa_algorithm(), info.maybe(BIT_STRING)?.whole]))
    };
    rebuilt().unwrap_or_else(|| spki.to_vec())
}

/// An RSA key of its modulus and exponent, the highest byte first (RFC 3279, 2.3.1).
pub(super) fn rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let key = write(SEQUENCE, &[&write_integer(modulus), &write_integer(exponent)]);
    write(SEQUENCE, &[&rsa_algorithm(), &write(BIT_STRING, &[&[0], &key])])
}

fn rsa_algorithm() -> Vec<u8> {
    write(SEQUENCE, &[&write(OBJECT_IDENTIFIER, &[RSA_ENCRYPTION]), &write(NULL, &[])])
}

/// An EC key of its curve's URN, such as `urn:oid:1.2.840.10045.3.1.7`, and its uncompressed point (RFC 5480).
pub(super) fn ec(curve: &str, point: &[u8]) -> Option<Vec<u8>> {
    let curve = match curve {
        "urn:oid:1.2.840.10045.3.1.7" => P256,
        "urn:oid:1.3.132.0.34" => P384,
        "urn:oid:1.3.132.0.35" => P521,
        _ => return None,
    };
    let identifiers = [EC_PUBLIC_KEY, curve].map(|identifier| write(OBJECT_IDENTIFIER, &[identifier]));
    let [algorithm, curve] = &identifiers;
    Some(write(SEQUENCE, &[&write(SEQUENCE, &[algorithm, curve]), &write(BIT_STRING, &[&[0], point])]))
}

/// 1.2.840.113549.1.1.1
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.2.840.113549.1.1.10
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
/// 1.2.840.10045.2.1
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// 1.2.840.10045.3.1.7
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// 1.3.132.0.34
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
/// 1.3.132.0.35
const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];
/// 1.3.101.112
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
/// 1.2.840.10040.4.1
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_made_of_numbers_are_read_back() {
        let mut modulus = vec![0; 257];
        modulus[1] = 0xc0;
        assert_eq!(read(&rsa(&modulus, &[1, 0, 1])), (Kind::Rsa, 2048));
        modulus[1] = 0x40;
        assert_eq!(read(&rsa(&modulus, &[1, 0, 1])), (Kind::Rsa, 2047));
        for (urn, curve, bits) in [
            ("urn:oid:1.2.840.10045.3.1.7", Curve::P256, 256),
            ("urn:oid:1.3.132.0.34", Curve::P384, 384),
            ("urn:oid:1.3.132.0.35", Curve::P521, 521),
        ] {
            assert_eq!(read(&ec(urn, &[4, 1, 2]).unwrap()), (Kind::Ec(curve), bits));
        }
        assert_eq!(ec("urn:oid:1.3.132.0.10", &[4]), None);
        assert_eq!(read(b"no key"), (Kind::Other, 0));
    }

    #[test]
    fn a_key_bound_to_pss_is_unbound_and_others_stay() {
        let plain = rsa(&[0xc0, 1], &[3]);
        let parameters = write(SEQUENCE, &[&write(OBJECT_IDENTIFIER, &[RSA_PSS])]);
        let mut info = Der::new(&plain).inside(SEQUENCE).unwrap();
        info.any();
        let bound = write(SEQUENCE, &[&parameters, info.any().unwrap().whole]);
        assert_eq!(unbound(&bound), plain);
        assert_eq!(unbound(&plain), plain);
        assert_eq!(unbound(b"no key"), b"no key");
    }
}
