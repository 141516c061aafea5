// What is kept of signing certificates: what counts as one application, what gives way when there is no room, and when a reminder is due.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { metadataOf } from '../../extension/certificates/metadata-text.js';
import { isRequest } from '../../extension/protocol.js';
import { answered, compared, marked, MAX_APPLICATIONS, MAX_CERTIFICATES, read, reminder, seen, unnotified } from '../../extension/ui/certificates.js';

const DAY = 86_400;
const ENTRA = 'https://sts.windows.net/1/';
const arn = (/** @type {string} */ name) => `arn:aws:iam::111122223333:saml-provider/${name}`;

/**
 * @param {string} der
 * @param {number} at
 * @param {{ issuer?: string, providers?: string[], ends?: number }} [more]
 */
function sighting(der, at, { issuer = ENTRA, providers = [arn('One')], ends = 1000 * DAY } = {}) {
  const reminders = /** @type {[number, number, number, number]} */ ([ends - 60 * DAY, ends - 30 * DAY, ends - 7 * DAY, ends + 1]);
  return { issuer, provider: 'Microsoft Entra ID', providers, signer: { der, notAfter: ends, reminders }, at };
}

test('a certificate is remembered with the first and the last response it signed', () => {
  let kept = seen([], sighting('a', 10));
  kept = seen(kept, sighting('a', 30));
  kept = seen(kept, sighting('a', 20));
  assert.equal(kept.length, 1);
  const [{ certificates: [only], ...application }] = kept;
  assert.deepEqual([only.firstSeen, only.lastSeen, only.accepted], [10, 30, null]);
  assert.deepEqual(application, { id: `${ENTRA}\n${arn('One')}`, issuer: ENTRA, provider: 'Microsoft Entra ID', providers: [arn('One')], metadataAt: null, iamAt: null });
});

test('two applications of one issuer are two until a response names a provider of each', () => {
  let kept = seen([], sighting('a', 10));
  kept = seen(kept, sighting('b', 20, { providers: [arn('Two')] }));
  assert.deepEqual(kept.map((one) => one.certificates.map(({ der }) => der)), [['b'], ['a']]);
  kept = seen(kept, sighting('a', 30, { issuer: 'https://other.example', providers: [arn('One')] }));
  assert.equal(kept.length, 3, 'another issuer is another application');
  kept = seen(kept, sighting('c', 40, { providers: [arn('Two'), arn('One')] }));
  assert.equal(kept.length, 2);
  assert.deepEqual(kept[0].certificates.map(({ der }) => der).sort(), ['a', 'b', 'c']);
  assert.equal(kept[0].id, `${ENTRA}\n${arn('One')}`, 'the oldest id stays');
});

test('a certificate that both applications had keeps what was known of it on either side', () => {
  let kept = answered(seen([], sighting('a', 10)), sighting('a', 12), true);
  kept = seen(kept, sighting('a', 5, { providers: [arn('Two')] }));
  kept = seen(kept, sighting('a', 20, { providers: [arn('One'), arn('Two')] }));
  assert.equal(kept.length, 1);
  const [{ firstSeen, lastSeen, accepted }] = kept[0].certificates;
  assert.deepEqual([firstSeen, lastSeen, accepted], [5, 20, 12]);
});

test('what STS answered stands with the certificate', () => {
  let kept = seen([], sighting('a', 10));
  kept = answered(kept, sighting('a', 11), true);
  kept = answered(kept, sighting('a', 12), false);
  assert.deepEqual([kept[0].certificates[0].accepted, kept[0].certificates[0].refused, kept[0].certificates[0].lastSeen], [11, 12, 10]);
});

test('metadata takes the place of what was read before, and leaves the other side alone', () => {
  let kept = seen([], sighting('a', 10));
  const id = kept[0].id;
  kept = compared(kept, id, 'metadata', ['a', 'b'], 20);
  kept = compared(kept, id, 'iam', ['a'], 21);
  const sides = () => kept[0].certificates.map(({ der, inMetadata, inIam }) => [der, inMetadata, inIam]);
  assert.deepEqual(sides(), [['a', true, true], ['b', true, false]]);
  assert.deepEqual([kept[0].metadataAt, kept[0].iamAt], [20, 21]);
  kept = compared(kept, id, 'metadata', ['b'], 30);
  assert.deepEqual(sides(), [['a', false, true], ['b', true, false]]);
  assert.deepEqual(compared(kept, 'another', 'iam', ['x'], 40), kept);
});

test('the lists are bounded, and what AWS took stays when anyone can post', () => {
  let kept = answered(seen([], sighting('good', 1)), sighting('good', 2), true);
  for (let forged = 0; forged < 3 * MAX_CERTIFICATES; forged += 1) kept = seen(kept, sighting(`f${forged}`, 10 + forged));
  assert.equal(kept[0].certificates.length, MAX_CERTIFICATES);
  assert.ok(kept[0].certificates.some(({ der }) => der === 'good'));
  assert.ok(kept[0].certificates.some(({ der }) => der === `f${3 * MAX_CERTIFICATES - 1}`), 'the newest');
  for (let issuer = 0; issuer < 2 * MAX_APPLICATIONS; issuer += 1) kept = seen(kept, sighting('a', 100 + issuer, { issuer: `https://${issuer}.example` }));
  assert.equal(kept.length, MAX_APPLICATIONS);
});

test('a reminder is due from its second on, until it or one after it was dismissed', () => {
  const ends = 1000 * DAY;
  const at = (/** @type {number} */ days) => ends - days * DAY;
  const kept = seen([], sighting('a', at(61), { ends }));
  assert.equal(reminder(kept, at(60) - 1), null);
  const levels = [60, 31, 30, 8, 7, 0].map((days) => reminder(kept, at(days))?.level);
  assert.deepEqual(levels, [0, 0, 1, 1, 2, 2]);
  assert.equal(reminder(kept, ends + 1)?.level, 3);
  const due = reminder(kept, at(60));
  assert.ok(due);
  const dismissed = marked(kept, due, 'dismissed');
  assert.equal(reminder(dismissed, at(31)), null);
  assert.equal(reminder(dismissed, at(30))?.level, 1, 'the next level comes all the same');
});

test('only the certificate that signs reminds, and only while it is in use', () => {
  const ends = 1000 * DAY;
  let kept = seen([], sighting('old', ends - 20 * DAY, { ends }));
  kept = seen(kept, sighting('new', ends - 10 * DAY, { ends: 3000 * DAY }));
  assert.equal(reminder(kept, ends - 5 * DAY), null);
  const unused = seen([], sighting('a', 10, { ends }));
  assert.equal(reminder(unused, ends - 5 * DAY), null, 'nobody signed in with it for months');
});

test('of several reminders the most urgent is shown, and a notification is shown once a level', () => {
  const now = 900 * DAY;
  let kept = seen([], sighting('far', now, { ends: now + 50 * DAY }));
  kept = seen(kept, sighting('near', now, { issuer: 'https://near.example', ends: now + 5 * DAY }));
  const due = unnotified(kept, now);
  assert.equal(due?.der, 'near');
  assert.ok(due);
  const notified = marked(kept, due, 'notified');
  assert.equal(unnotified(notified, now), null);
  assert.equal(unnotified(notified, now + 6 * DAY)?.level, 3);
  assert.equal(reminder(notified, now)?.der, 'near', 'the popup shows it still');
});

test('what is stored and is no list of applications is left out', () => {
  assert.deepEqual(read(undefined), []);
  assert.deepEqual(read([null, 1, { id: 'x' }]), []);
  const [one] = read([{ id: 'x', issuer: 'i', providers: [1, 'p'], certificates: [{ der: 'd', reminders: [1], firstSeen: 'soon' }, {}] }]);
  assert.deepEqual(one.providers, ['p']);
  assert.deepEqual(one.certificates, [{
    der: 'd', reminders: null, notAfter: null, firstSeen: null, lastSeen: null, accepted: null, refused: null, inMetadata: false, inIam: false, dismissed: null, notified: null,
  }]);
  const kept = seen([], sighting('a', 10));
  assert.deepEqual(read(JSON.parse(JSON.stringify(kept))), kept);
});

test('metadata is taken out of what the AWS CLI prints', () => {
  assert.deepEqual(metadataOf('\ufeff <a/>\n'), { xml: '<a/>', isOfIam: false });
  assert.deepEqual(metadataOf('{"SAMLMetadataDocument": " <a/>", "Tags": []}'), { xml: '<a/>', isOfIam: true });
  assert.deepEqual(metadataOf('{"SAMLMetadataDocument"'), { xml: '{"SAMLMetadataDocument"', isOfIam: false });
  assert.deepEqual(metadataOf('{}'), { xml: '{}', isOfIam: false });
});

test('requests about certificates are recognised and nothing like them', () => {
  const remember = { kind: 'rememberMetadata', application: 'x', from: 'iam', certificates: ['TUlJ'] };
  assert.ok(isRequest(remember));
  assert.ok(isRequest({ kind: 'forgetCertificates', application: null }));
  assert.ok(isRequest({ kind: 'dismissReminder', application: 'x' }));
  assert.ok(isRequest({ kind: 'remind' }));
  for (const change of [{ from: 'else' }, { certificates: ['<a>'] }, { certificates: 'TUlJ' }, { certificates: Array(65).fill('TUlJ') }, { application: '' }, { more: 1 }]) {
    assert.equal(isRequest({ ...remember, ...change }), false, JSON.stringify(change));
  }
});
