// The browser's side of the core's crypto, with Node's own Web Crypto in its place.

import assert from 'node:assert/strict';
import { createCipheriv, randomBytes, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { answer, decrypt } from '../../extension/inspector/crypto.js';

const { subtle } = webcrypto;
const data = new TextEncoder().encode('<SignedInfo/>');

async function signed(algorithm, signing) {
  const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return {
    key: new Uint8Array(await subtle.exportKey('spki', pair.publicKey)),
    signature: new Uint8Array(await subtle.sign(signing, pair.privateKey, data)),
  };
}

const rsa = (name, hash) => ({ name, hash, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) });
const verifyJob = (name, made, more = {}) => ({ kind: 'verify', name, hash: null, curve: null, saltLength: null, data, ...made, ...more });

test('each_signature_algorithm_verifies_what_was_signed_and_nothing_else', async () => {
  const jobs = [
    verifyJob('RSASSA-PKCS1-v1_5', await signed(rsa('RSASSA-PKCS1-v1_5', 'SHA-1'), 'RSASSA-PKCS1-v1_5'), { hash: 'SHA-1' }),
    verifyJob('RSASSA-PKCS1-v1_5', await signed(rsa('RSASSA-PKCS1-v1_5', 'SHA-512'), 'RSASSA-PKCS1-v1_5'), { hash: 'SHA-512' }),
    verifyJob('RSA-PSS', await signed(rsa('RSA-PSS', 'SHA-256'), { name: 'RSA-PSS', saltLength: 32 }), { hash: 'SHA-256', saltLength: 32 }),
    verifyJob('ECDSA', await signed({ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }), { hash: 'SHA-384', curve: 'P-384' }),
    verifyJob('Ed25519', await signed({ name: 'Ed25519' }, 'Ed25519')),
  ];
  assert.deepEqual(await answer(jobs), jobs.map(() => true));
  const altered = new TextEncoder().encode('<SignedInfo />');
  assert.deepEqual(await answer(jobs.map((job) => ({ ...job, data: altered }))), jobs.map(() => false));
});

test('a_digest_is_its_bytes', async () => {
  const [sha1] = await answer([{ kind: 'digest', hash: 'SHA-1', data: new TextEncoder().encode('abc') }]);
  assert.equal(Buffer.from(sha1).toString('hex'), 'a9993e364706816aba3e25717850c26c9cd0d89d');
});

test('what_the_browser_refuses_is_answered_with_null_and_does_not_take_the_others_along', async () => {
  const made = await signed({ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' });
  const good = verifyJob('ECDSA', made, { hash: 'SHA-256', curve: 'P-256' });
  const answers = await answer([
    { ...good, curve: 'P-224' },
    { ...good, key: new Uint8Array([1, 2, 3]) },
    { kind: 'digest', hash: 'MD5', data },
    good,
  ]);
  assert.deepEqual(answers, [null, null, null, true]);
});

/** Encrypted as XML Encryption has it: AES in CBC mode, padded with any bytes whose last one is the padding's length. */
async function sealed(text, hash = 'SHA-1') {
  const pair = await subtle.generateKey(rsa('RSA-OAEP', hash), true, ['encrypt', 'decrypt']);
  const content = randomBytes(16);
  const iv = randomBytes(16);
  const padding = randomBytes(16 - (text.length % 16));
  padding[padding.length - 1] = padding.length;
  const padded = Buffer.concat([Buffer.from(text), padding]);
  const cipher = createCipheriv('aes-128-cbc', content, iv).setAutoPadding(false);
  return {
    padded,
    job: {
      key: {
        hash,
        label: null,
        pkcs8: new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey)),
        ciphertext: new Uint8Array(await subtle.encrypt('RSA-OAEP', pair.publicKey, content)),
      },
      data: { mode: 'CBC', iv: new Uint8Array(iv), ciphertext: new Uint8Array(Buffer.concat([cipher.update(padded), cipher.final()])) },
    },
  };
}

test('a_text_in_cbc_mode_comes_out_whole_with_the_padding_of_xml_encryption', async () => {
  for (const text of ['', 'x', '<Assertion>exactly 32 bytes</Asse', '<Assertion>'.repeat(100)]) {
    const { padded, job } = await sealed(text);
    assert.deepEqual(Buffer.from(await decrypt(job)), padded, JSON.stringify(text));
  }
});

test('a_text_in_gcm_mode_is_opened_and_an_altered_one_is_not', async () => {
  const { job } = await sealed('');
  const iv = new Uint8Array(randomBytes(12));
  const pair = await subtle.generateKey(rsa('RSA-OAEP', 'SHA-256'), true, ['encrypt', 'decrypt']);
  const content = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const ciphertext = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv }, content, data));
  const key = {
    hash: 'SHA-256',
    label: null,
    pkcs8: new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey)),
    ciphertext: new Uint8Array(await subtle.encrypt('RSA-OAEP', pair.publicKey, await subtle.exportKey('raw', content))),
  };
  assert.deepEqual(Buffer.from(await decrypt({ key, data: { mode: 'GCM', iv, ciphertext } })), Buffer.from(data));
  ciphertext[0] ^= 1;
  assert.equal(await decrypt({ key, data: { mode: 'GCM', iv, ciphertext } }), null);
  assert.equal(await decrypt({ key: { ...key, pkcs8: job.key.pkcs8 }, data: { mode: 'GCM', iv, ciphertext } }), null);
});
