// The wasm that ships reads base64 sixteen digits at a time, which no native test can try.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import init, { readSignIn } from '../../extension/wasm/signin.js';

await init({ module_or_path: await readFile(new URL('../../extension/wasm/signin_bg.wasm', import.meta.url)) });

/** What the popup shows of a POST with this base64. */
function read(base64) {
  return readSignIn({
    url: 'https://signin.aws.amazon.com/saml', at: 0, form: { SAMLResponse: [base64] }, raw: null, pasted: null, tooLarge: null,
  });
}

/** A response whose NameID is `name`. */
function response(name) {
  return `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion">` +
    `<Assertion><Subject><NameID>${name}</NameID></Subject></Assertion></p:Response>`;
}

const encoded = (text) => Buffer.from(text).toString('base64');

test('text of every length and with every digit is read as it was written', () => {
  const digits = new Set();
  let name = '';
  for (let code = 0x21; code < 0x400; code += 1) {
    if ('<&'.includes(String.fromCharCode(code)) || (code > 0x7e && code < 0xa1)) continue;
    name += String.fromCharCode(code);
    const base64 = encoded(response(name));
    for (const digit of base64) digits.add(digit);
    assert.equal(read(base64).identity, name);
    assert.equal(read(base64.replace(/=+$/, '')).identity, name, 'without padding');
  }
  assert.equal(digits.size, 65, 'all digits and the padding were met');
});

test('what is no digit is found wherever it stands', () => {
  const base64 = encoded(response('jane@example.com'));
  for (let at = 0; at < base64.length - 2; at += 1) {
    for (const wrong of ['*', ',', '.', ':', '@', '[', '`', '{', '\u007f']) {
      const codes = read(base64.slice(0, at) + wrong + base64.slice(at + 1)).notices.map(({ code }) => code);
      assert.deepEqual(codes, ['saml.not_base64'], `${wrong} at ${at}`);
    }
  }
});
