// Carries out one job of the core's plan to decrypt, with the browser's own cryptography. The private key is imported as
// not extractable, and nothing here outlives the call.
// @ts-check

/**
 * An encrypted part: a key that RSA-OAEP gives, then data that AES gives with it.
 * @typedef {{
 *   keys: { hash: string, label: Uint8Array<ArrayBuffer>, ciphertext: Uint8Array<ArrayBuffer> }[],
 *   mode: 'cbc' | 'gcm', keyBytes: number,
 *   iv: Uint8Array<ArrayBuffer>, ciphertext: Uint8Array<ArrayBuffer>,
 * }} DecryptJob
 */

/**
 * The bytes of the part; behind CBC the padding still stands. Throws an `Error` whose message is the code of a failure.
 * @param {Uint8Array<ArrayBuffer>} pkcs8 private key
 * @param {DecryptJob} job
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function decrypt(pkcs8, job) {
  /** @type {unknown} */
  let failure;
  for (const key of job.keys) {
    try {
      const raw = await unwrap(pkcs8, key);
      if (raw.byteLength !== job.keyBytes) throw new Error('saml.decrypt_failed');
      return new Uint8Array(await (job.mode === 'gcm' ? openGcm(raw, job) : openCbc(raw, job)));
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(codeOf(failure));
}

/**
 * @param {Uint8Array<ArrayBuffer>} pkcs8
 * @param {DecryptJob['keys'][number]} key
 */
async function unwrap(pkcs8, { hash, label, ciphertext }) {
  const rsa = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash }, false, ['decrypt']);
  return crypto.subtle.decrypt({ name: 'RSA-OAEP', label }, rsa, ciphertext);
}

/**
 * @param {ArrayBuffer} raw
 * @param {DecryptJob} job
 */
async function openGcm(raw, { iv, ciphertext }) {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, ciphertext);
}

/**
 * SubtleCrypto takes PKCS#7 padding only, XML Encryption fills up with any bytes. So one block of true padding is put behind:
 * what encrypting nothing gives when the last block of the ciphertext is the vector.
 * @param {ArrayBuffer} raw
 * @param {DecryptJob} job
 */
async function openCbc(raw, { iv, ciphertext }) {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-CBC', false, ['encrypt', 'decrypt']);
  const last = ciphertext.slice(-BLOCK);
  const padding = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, key, new Uint8Array());
  const padded = new Uint8Array(ciphertext.length + BLOCK);
  padded.set(ciphertext);
  padded.set(new Uint8Array(padding), ciphertext.length);
  return crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, padded);
}

/** @param {unknown} error */
function codeOf(error) {
  if (error instanceof DOMException) {
    // Chromium has no AES with 192 bits and says so with an OperationError when the key is imported, others with these.
    if (error.name === 'NotSupportedError') return 'saml.host_cannot_decrypt';
    if (error.name === 'DataError') return 'saml.key_not_recognized';
  }
  return 'saml.decrypt_failed';
}

const BLOCK = 16;
