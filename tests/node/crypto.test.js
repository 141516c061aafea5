// The browser's side of the core's crypto, with Node's own Web Crypto in its place.

import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { answer as answerOne } from '../../extension/inspector/crypto.js';

const { subtle } = webcrypto;
const answer = (jobs) => Promise.all(jobs.map(answerOne));
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
