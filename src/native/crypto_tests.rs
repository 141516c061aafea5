//! Tests of [`super`]; messages that other tools signed, in `src/signature`, hold every scheme against them.

use super::*;
use crate::signature::Certificate;

fn rsa_spki() -> Vec<u8> {
    let pem = std::fs::read_to_string("tests/fixtures/signature/idp.pem").unwrap();
    Certificate::from_pem(&pem).unwrap().spki
}

fn verify_with(scheme: Scheme, key: &[u8], signature: Vec<u8>) -> Answer {
    answer(&Job::Verify { scheme, key: key.to_vec(), data: b"abc".to_vec(), signature })
}

const SCHEMES: [Scheme; 6] = [
    Scheme::RsaPkcs1(Hash::Sha256),
    Scheme::RsaPss { hash: Hash::Sha256, salt: 32 },
    Scheme::Ecdsa { curve: Curve::P256, hash: Hash::Sha256 },
    Scheme::Ecdsa { curve: Curve::P384, hash: Hash::Sha1 },
    Scheme::Ecdsa { curve: Curve::P521, hash: Hash::Sha512 },
    Scheme::Ed25519,
];

/// FIPS 180-4, examples of one block.
#[test]
fn digests_are_those_of_the_standard() {
    for (hash, start) in [
        (Hash::Sha1, [0xa9, 0x99, 0x3e, 0x36]),
        (Hash::Sha256, [0xba, 0x78, 0x16, 0xbf]),
        (Hash::Sha384, [0xcb, 0x00, 0x75, 0x3f]),
        (Hash::Sha512, [0xdd, 0xaf, 0x35, 0xa1]),
    ] {
        let Answer::Digest(digest) = answer(&Job::Digest { hash, data: b"abc".to_vec() }) else { panic!() };
        assert_eq!(digest.get(..4), Some(start.as_slice()), "{hash:?}");
        assert_eq!(u32::try_from(digest.len()), Ok(hash.bytes()));
    }
}

#[test]
fn what_is_no_key_of_the_kind_is_unsupported() {
    for scheme in SCHEMES {
        assert_eq!(verify_with(scheme, b"no key", vec![1; 64]), Answer::Unsupported, "{scheme:?}");
        if !matches!(scheme, Scheme::RsaPkcs1(_) | Scheme::RsaPss { .. }) {
            assert_eq!(verify_with(scheme, &rsa_spki(), vec![1; 64]), Answer::Unsupported, "{scheme:?}");
        }
    }
}

#[test]
fn a_signature_of_another_length_or_of_zeros_is_invalid() {
    for scheme in SCHEMES.into_iter().take(2) {
        for signature in [Vec::new(), vec![0; 256], vec![1; 255], vec![0xff; 256], vec![1; 4096]] {
            assert_eq!(verify_with(scheme, &rsa_spki(), signature), Answer::Invalid, "{scheme:?}");
        }
    }
    let salt = Scheme::RsaPss { hash: Hash::Sha256, salt: u32::MAX };
    assert_eq!(verify_with(salt, &rsa_spki(), vec![1; 256]), Answer::Invalid);
}
