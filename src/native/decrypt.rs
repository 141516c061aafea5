//! Carries out a plan to decrypt: RSA-OAEP, then AES. Every combination of hash and mask function is taken here.

use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockCipher, BlockDecryptMut, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::aes::cipher::consts::U12;
use aes_gcm::{AesGcm, Nonce};
use rsa::pkcs8::DecodePrivateKey;
use rsa::{Oaep, RsaPrivateKey};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use crate::saml::DecryptError;
use crate::saml::decrypt::{DecryptJob, DecryptPlan, Digest, KeyTransport, Mode};
use crate::secret::{Secret, Wipe};

/// Decrypts every part of a plan: which element each is, and its XML.
///
/// # Errors
///
/// As of [`DecryptJob::finish`], and [`DecryptError::Failed`] when the key does not fit or the bytes were changed.
pub fn decrypt(plan: &DecryptPlan) -> Result<Vec<(usize, Secret<String>)>, DecryptError> {
    // Exposed to the crate that decrypts with it; its key wipes itself.
    let key =
        RsaPrivateKey::from_pkcs8_der(plan.pkcs8.expose()).map_err(|_| DecryptError::KeyNotRecognized)?;
    plan.jobs.iter().map(|job| Ok((job.element, job.finish(open(job, &key)?)?))).collect()
}

/// The bytes of one part, padding included.
fn open(job: &DecryptJob, key: &RsaPrivateKey) -> Result<Vec<u8>, DecryptError> {
    let mut error = DecryptError::Failed;
    for transport in &job.keys {
        match unwrap(transport, key).and_then(|data_key| aes_open(job, &data_key)) {
            Ok(plaintext) => return Ok(plaintext),
            Err(why) => error = why,
        }
    }
    Err(error)
}

/// The key of the data.
fn unwrap(transport: &KeyTransport, key: &RsaPrivateKey) -> Result<Secret<Vec<u8>>, DecryptError> {
    let mut padding = match transport.digest {
        Digest::Sha1 => oaep::<Sha1>(transport.mgf),
        Digest::Sha256 => oaep::<Sha256>(transport.mgf),
        Digest::Sha384 => oaep::<Sha384>(transport.mgf),
        Digest::Sha512 => oaep::<Sha512>(transport.mgf),
    };
    if !transport.label.is_empty() {
        // The crate takes a label as text only.
        let label = String::from_utf8(transport.label.clone()).map_err(|_| DecryptError::HostCannot)?;
        padding.label = Some(label);
    }
    key.decrypt(padding, &transport.ciphertext).map(Secret::new).map_err(|_| DecryptError::Failed)
}

fn oaep<D>(mgf: Digest) -> Oaep
where
    D: sha2::Digest + sha2::digest::DynDigest + Send + Sync + 'static,
{
    match mgf {
        Digest::Sha1 => Oaep::new_with_mgf_hash::<D, Sha1>(),
        Digest::Sha256 => Oaep::new_with_mgf_hash::<D, Sha256>(),
        Digest::Sha384 => Oaep::new_with_mgf_hash::<D, Sha384>(),
        Digest::Sha512 => Oaep::new_with_mgf_hash::<D, Sha512>(),
    }
}

fn aes_open(job: &DecryptJob, key: &Secret<Vec<u8>>) -> Result<Vec<u8>, DecryptError> {
    // Exposed to the cipher; its key schedule is wiped by the crate.
    let key = key.expose();
    if key.len() != job.cipher.key_bytes {
        return Err(DecryptError::Failed);
    }
    match (job.cipher.mode, job.cipher.key_bytes) {
        (Mode::Cbc, 16) => cbc_open::<Aes128>(job, key),
        (Mode::Cbc, 24) => cbc_open::<Aes192>(job, key),
        (Mode::Cbc, _) => cbc_open::<Aes256>(job, key),
        (Mode::Gcm, 16) => gcm_open::<AesGcm<Aes128, U12>>(job, key),
        (Mode::Gcm, 24) => gcm_open::<AesGcm<Aes192, U12>>(job, key),
        (Mode::Gcm, _) => gcm_open::<AesGcm<Aes256, U12>>(job, key),
    }
}

fn cbc_open<C>(job: &DecryptJob, key: &[u8]) -> Result<Vec<u8>, DecryptError>
where
    C: BlockDecryptMut + BlockCipher + KeyInit,
{
    let cipher =
        cbc::Decryptor::<C>::new_from_slices(key, &job.iv).map_err(|_| DecryptError::BadCiphertext)?;
    let mut blocks = job.ciphertext.clone();
    let is_open = cipher.decrypt_padded_mut::<NoPadding>(&mut blocks).is_ok();
    if !is_open {
        blocks.wipe();
        return Err(DecryptError::BadCiphertext);
    }
    Ok(blocks)
}

fn gcm_open<C>(job: &DecryptJob, key: &[u8]) -> Result<Vec<u8>, DecryptError>
where
    C: Aead<NonceSize = U12> + KeyInit,
{
    let cipher = C::new_from_slice(key).map_err(|_| DecryptError::Failed)?;
    let iv: [u8; 12] = job.iv.as_slice().try_into().map_err(|_| DecryptError::BadCiphertext)?;
    let payload = Payload { msg: &job.ciphertext, aad: &[] };
    cipher.decrypt(&Nonce::from(iv), payload).map_err(|_| DecryptError::Failed)
}
