// The browser's crypto, as the core asks for it: digests, signatures, and the opening of encrypted assertions. It decides nothing:
// what the browser refuses is answered with null, and the core says what that means.
// @ts-check

/** @import { Answer, DecryptJob, Host, Job } from '../inspection.js' */

/** @typedef {Extract<Job, { kind: 'verify' }>} VerifyJob */

/** Imported keys: one key checks most of what a message holds. @type {{ name: string, hash: string | null, curve: string | null, bytes: Uint8Array, key: CryptoKey }[]} */
const keys = [];

/** More keys than any message holds; a page that stays open for days must not keep them all. */
const MAX_KEYS = 32;

/** @type {Host} */
export const host = Object.freeze({ answer, decrypt });

/**
 * The answer to a job. What is digested is read before this returns.
 * @param {Job} job
 * @returns {Promise<Answer>}
 */
export function answer(job) {
  return (job.kind === 'digest' ? digest(job) : verify(job)).catch(() => null);
}

/** @param {Extract<Job, { kind: 'digest' }>} job */
function digest({ hash, data }) {
  return crypto.subtle.digest(hash, data).then((buffer) => new Uint8Array(buffer));
}

/** @param {VerifyJob} job */
function verify(job) {
  const key = known(job);
  return key ? verifyWith(key, job) : imported(job).then((key) => verifyWith(key, job));
}

/**
 * @param {CryptoKey} key
 * @param {VerifyJob} job
 */
function verifyWith(key, job) {
  return crypto.subtle.verify(verification(job), key, job.signature, job.data);
}

/** @param {VerifyJob} job */
function known({ name, hash, curve, key }) {
  return keys.find((one) => one.name === name && one.hash === hash && one.curve === curve && isSame(one.bytes, key))?.key;
}

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
function isSame(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** @param {VerifyJob} job */
async function imported({ name, hash, curve, key: bytes }) {
  const algorithm = name === 'ECDSA' ? { name, namedCurve: curve ?? '' } : name === 'Ed25519' ? { name } : { name, hash: hash ?? '' };
  const key = await crypto.subtle.importKey('spki', bytes, algorithm, false, ['verify']);
  if (keys.length >= MAX_KEYS) keys.length = 0;
  keys.push({ name, hash, curve, bytes, key });
  return key;
}

/** @param {VerifyJob} job */
function verification({ name, hash, saltLength }) {
  switch (name) {
    case 'ECDSA': return { name, hash: hash ?? '' };
    case 'RSA-PSS': return { name, saltLength: saltLength ?? 0 };
    default: return { name };
  }
}

/**
 * The decrypted bytes, in CBC mode with their padding, which the core takes off; null when the key does not fit, false when the
 * browser has not got the algorithm.
 * @param {Uint8Array<ArrayBuffer>} pkcs8 private key
 * @param {DecryptJob} job
 * @returns {Promise<Uint8Array | null | false>}
 */
export async function decrypt(pkcs8, job) {
  let outcome = /** @type {null | false} */ (null);
  for (const key of job.keys) {
    try {
      const content = await unwrap(pkcs8, key);
      if (content.byteLength === job.keyBytes) {
        return new Uint8Array(await (job.mode === 'GCM' ? openGcm(content, job) : openCbc(content, job)));
      }
    } catch (error) {
      // Chromium has no AES with 192 bits.
      if (error instanceof DOMException && (error.name === 'NotSupportedError' || job.keyBytes === 24)) outcome = false;
    }
  }
  return outcome;
}

/**
 * @param {Uint8Array<ArrayBuffer>} pkcs8
 * @param {DecryptJob['keys'][number]} key
 */
async function unwrap(pkcs8, { hash, label, ciphertext }) {
  const own = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash }, false, ['decrypt']);
  return crypto.subtle.decrypt(label.length > 0 ? { name: 'RSA-OAEP', label } : { name: 'RSA-OAEP' }, own, ciphertext);
}

/**
 * @param {ArrayBuffer} content key
 * @param {DecryptJob} job
 */
async function openGcm(content, { iv, ciphertext }) {
  const key = await crypto.subtle.importKey('raw', content, 'AES-GCM', false, ['decrypt']);
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv, tagLength: 128 }, key, ciphertext);
}

/**
 * The browser insists on PKCS#7 padding, which it takes off. So a block of nothing but that padding is put behind the data: an empty
 * text, encrypted with the last block as its initialization vector, is just that block.
 * @param {ArrayBuffer} content key
 * @param {DecryptJob} job
 */
async function openCbc(content, { iv, ciphertext }) {
  const key = await crypto.subtle.importKey('raw', content, 'AES-CBC', false, ['encrypt', 'decrypt']);
  const last = ciphertext.slice(-AES_BLOCK);
  const padding = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, key, new Uint8Array(0)));
  const padded = new Uint8Array(ciphertext.length + AES_BLOCK);
  padded.set(ciphertext);
  padded.set(padding, ciphertext.length);
  return crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, padded);
}

/** Bytes. */
const AES_BLOCK = 16;
