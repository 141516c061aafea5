// The browser's cryptography opens what encryptors that are not ours made. Node has the same SubtleCrypto.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { decrypt } from '../../extension/inspector/crypto.js';

const FOLDER = new URL('../fixtures/encryption/', import.meta.url);
// Java ends lines of base64 with a carriage return, which XML writes as a reference.
const read = (/** @type {string} */ name) => readFileSync(new URL(name, FOLDER), 'utf8').replaceAll('&#xD;', '');
const bytes = (/** @type {string} */ base64) => new Uint8Array(Buffer.from(base64, 'base64'));
const privateKey = (/** @type {string} */ name) => bytes(read(name).replace(/-----.*-----/g, ''));

/** The job that the core makes of a fixture; reading documents is tested there. */
function jobOf(/** @type {string} */ name) {
  const xml = read(name);
  const [, bits, mode] = /aes(128|192|256)-(cbc|gcm)"/.exec(xml) ?? [];
  const values = [...xml.matchAll(/<(?:\w+:)?CipherValue>([^<]*)</g)].map(([, value]) => bytes(value ?? ''));
  const keys = values.slice(0, -1);
  const [data] = values.slice(-1);
  assert.ok(data && (mode === 'cbc' || mode === 'gcm'));
  const ivBytes = mode === 'cbc' ? 16 : 12;
  const hash = /xmlenc#sha256/.test(xml) ? 'SHA-256' : /#sha384/.test(xml) ? 'SHA-384' : 'SHA-1';
  const label = bytes(/<(?:\w+:)?OAEPparams>([^<]*)</.exec(xml)?.[1] ?? '');
  return {
    keys: keys.map(ciphertext => ({ hash, label, ciphertext })),
    mode: mode.toUpperCase(), keyBytes: Number(bits) / 8, iv: data.slice(0, ivBytes), ciphertext: data.slice(ivBytes),
  };
}

for (const name of [
  'xmlsec1-aes128-cbc.xml', 'xmlsec1-aes192-cbc.xml', 'xmlsec1-aes256-cbc.xml',
  'xmlsec1-aes128-gcm.xml', 'xmlsec1-aes192-gcm.xml', 'xmlsec1-aes256-gcm.xml',
  'node-mgf1p-sha1-aes256-cbc.xml', 'node-oaep-sha256-label-aes256-gcm.xml',
  'santuario-oaep-sha256-aes128-gcm.xml', 'santuario-oaep-sha384-aes192-cbc.xml',
  'santuario-oaep-defaults-aes192-gcm.xml', 'santuario-mgf1p-two-recipients-aes256-cbc.xml',
]) {
  test(`${name} opens, its padding left on`, async () => {
    const job = jobOf(name);
    const opened = await decrypt(privateKey('key.pem'), job);
    const padding = job.mode === 'CBC' ? opened[opened.length - 1] ?? 0 : 0;
    if (job.mode === 'CBC') assert.equal(opened.length, job.ciphertext.length);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(opened.subarray(0, opened.length - padding));
    assert.match(text, /^<saml:Assertion .*josé@example\.com.*<\/saml:Assertion>$/s);
  });
}

test('the wrong key, changed bytes and a key that is none open nothing', async () => {
  const job = jobOf('xmlsec1-aes128-gcm.xml');
  assert.equal(await decrypt(privateKey('key-other.pem'), job), null);
  assert.equal(await decrypt(new Uint8Array([48, 0]), job), null);
  assert.equal(await decrypt(privateKey('key.pem'), { ...job, keyBytes: 32 }), null);
  job.ciphertext[3] = (job.ciphertext[3] ?? 0) ^ 1;
  assert.equal(await decrypt(privateKey('key.pem'), job), null);
});
