import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, read, removed, trustOf } from '../../extension/ui/pins.js';

const entra = { issuer: 'https://sts.windows.net/1/', certificates: ['AAAA', 'BBBB'], at: 10 };
const okta = { issuer: 'http://www.okta.com/1', certificates: ['CCCC'], at: 20 };

test('what_is_not_a_pin_is_left_out_of_what_was_stored', () => {
  assert.deepEqual(read([entra, { ...okta, more: 1 }]), [entra, okta]);
  for (const stored of [undefined, null, 7, 'x', {}, [null], [[]], [{ ...entra, issuer: '' }], [{ ...entra, certificates: [] }],
    [{ ...entra, certificates: [7] }], [{ ...entra, certificates: 'AAAA' }], [{ issuer: 'a', certificates: ['AAAA'] }]]) {
    assert.deepEqual(read(stored), [], JSON.stringify(stored));
  }
});

test('a_certificate_is_added_once_to_those_of_its_issuer_and_to_no_other', () => {
  assert.deepEqual(added([], 'b', ['AAAA'], 5), [{ issuer: 'b', certificates: ['AAAA'], at: 5 }]);
  assert.deepEqual(added([okta, entra], entra.issuer, ['BBBB', 'DDDD'], 30),
    [okta, { issuer: entra.issuer, certificates: ['AAAA', 'BBBB', 'DDDD'], at: 30 }]);
});

test('the_last_certificate_takes_its_issuer_along', () => {
  assert.deepEqual(removed([entra, okta], entra.issuer, 'AAAA'), [{ ...entra, certificates: ['BBBB'] }, okta]);
  assert.deepEqual(removed([entra, okta], okta.issuer, 'CCCC'), [entra]);
  assert.deepEqual(removed([entra, okta], entra.issuer, null), [okta]);
  assert.deepEqual(removed([entra, okta], 'nobody', null), [entra, okta]);
});

test('the_core_is_told_issuers_certificates_and_when_they_were_imported', () => {
  assert.deepEqual(trustOf([entra]), { pins: [{ issuer: entra.issuer, certificates: entra.certificates, at: entra.at }] });
});
