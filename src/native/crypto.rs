//! The host's cryptography by RustCrypto: a question in, the answer out. An algorithm or a key that it does not take is
//! [`Answer::Unsupported`], as it is in the browser.

use ed25519_dalek::pkcs8::DecodePublicKey;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::signature::{Answer, Curve, Hash, Job, Scheme};

/// Answers one question.
#[must_use]
pub fn answer(job: &Job) -> Answer {
    match job {
        Job::Digest { hash, data } => Answer::Digest(digest(*hash, data)),
        Job::Verify { scheme, key, data, signature } => match verify(*scheme, key, data, signature) {
            Some(true) => Answer::Valid,
            Some(false) => Answer::Invalid,
            None => Answer::Unsupported,
        },
    }
}

fn digest(hash: Hash, data: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Sha1 => Sha1::digest(data).to_vec(),
        Hash::Sha256 => Sha256::digest(data).to_vec(),
        Hash::Sha384 => Sha384::digest(data).to_vec(),
        Hash::Sha512 => Sha512::digest(data).to_vec(),
    }
}

/// `None` when the key is not taken.
fn verify(scheme: Scheme, key: &[u8], data: &[u8], signature: &[u8]) -> Option<bool> {
    match scheme {
        Scheme::RsaPkcs1(hash) => {
            let padding = match hash {
                Hash::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
                Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
            };
            Some(rsa_key(key)?.verify(padding, &digest(hash, data), signature).is_ok())
        }
        Scheme::RsaPss { hash, salt } => {
            let salt = usize::try_from(salt).ok()?;
            let padding = match hash {
                Hash::Sha1 => Pss::new_with_salt::<Sha1>(salt),
                Hash::Sha256 => Pss::new_with_salt::<Sha256>(salt),
                Hash::Sha384 => Pss::new_with_salt::<Sha384>(salt),
                Hash::Sha512 => Pss::new_with_salt::<Sha512>(salt),
            };
            Some(rsa_key(key)?.verify(padding, &digest(hash, data), signature).is_ok())
        }
        Scheme::Ecdsa { curve, hash } => {
            let digest = padded(digest(hash, data), curve);
            match curve {
                Curve::P256 => {
                    let key = p256::ecdsa::VerifyingKey::from_public_key_der(key).ok()?;
                    let read = p256::ecdsa::Signature::from_slice(signature);
                    Some(read.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
                }
                Curve::P384 => {
                    let key = p384::ecdsa::VerifyingKey::from_public_key_der(key).ok()?;
                    let read = p384::ecdsa::Signature::from_slice(signature);
                    Some(read.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
                }
                Curve::P521 => {
                    let key = p521::PublicKey::from_public_key_der(key).ok()?;
                    let key = p521::ecdsa::VerifyingKey::from_affine(*key.as_affine()).ok()?;
                    let read = p521::ecdsa::Signature::from_slice(signature);
                    Some(read.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
                }
            }
        }
        Scheme::Ed25519 => {
            let key = ed25519_dalek::VerifyingKey::from_public_key_der(key).ok()?;
            let read = ed25519_dalek::Signature::from_slice(signature);
            Some(read.is_ok_and(|signature| key.verify_strict(data, &signature).is_ok()))
        }
    }
}

/// RSA keys up to 16384 bits; OpenSSL takes no larger ones either.
fn rsa_key(spki: &[u8]) -> Option<RsaPublicKey> {
    use rsa::traits::PublicKeyParts;
    let info = rsa::pkcs8::SubjectPublicKeyInfoRef::try_from(spki).ok()?;
    let key = rsa::pkcs1::RsaPublicKey::try_from(info.subject_public_key.as_bytes()?).ok()?;
    let number = |bytes: &[u8]| rsa::BigUint::from_bytes_be(bytes);
    let (modulus, exponent) = (number(key.modulus.as_bytes()), number(key.public_exponent.as_bytes()));
    RsaPublicKey::new_with_max_size(modulus, exponent, MAX_RSA_BITS).ok().filter(|key| key.size() >= 64)
}

/// A digest as the number that ECDSA takes it for (FIPS 186-5, 6.4.2), at least as long as the curve's coordinates: the
/// crate refuses a digest of less than half of that.
fn padded(digest: Vec<u8>, curve: Curve) -> Vec<u8> {
    let mut padded = vec![0; curve.bytes().saturating_sub(digest.len())];
    padded.extend(digest);
    padded
}

const MAX_RSA_BITS: usize = 16_384;

#[cfg(test)]
#[path = "crypto_tests.rs"]
mod tests;
