import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standingOf } from '../../extension/setup/standing.js';
import { fresh, read, readKnown, STEPS } from '../../extension/ui/setup-state.js';

const known = {
  entityId: 'https://idp.example.com', validUntil: null, imported: 1, characters: 2000, hasMark: false, providers: 1,
  nameIdFormats: ['persistent'], endpoints: [['HTTP-Redirect', 'https://idp.example.com/sso']], certificates: ['AAAA'],
};
const full = {
  draft: {
    product: 'entra', partition: 'aws', account: '111122223333', provider: 'Idp', role: 'Dev', regions: ['eu-west-1'], duration: '3600', instance: '2',
    tags: [['Team', 'department']], mfa: true, sourceIdentity: true,
  },
  known,
  done: ['claims', 'provider'],
  seen: { at: 7, steps: ['application'] },
  start: 'https://idp.example.com/start',
  open: 'role',
};

test('what_is_kept_comes_back_as_it_was', () => {
  assert.deepEqual(read(JSON.parse(JSON.stringify(full))), full);
});

test('what_is_not_of_the_shape_is_left_out_or_repaired', () => {
  for (const stored of [undefined, null, 7, 'x', [], { draft: 7, known: [], done: 'claims', seen: 'x', start: 3, open: 'nowhere' }]) {
    assert.deepEqual(read(stored), fresh(), JSON.stringify(stored));
  }
  const odd = read({ draft: { tags: [['a'], 'b', [1, 2]], regions: [1, 'eu-west-1'], mfa: 'yes' }, done: ['plan', 'claims', 'sign_in', 'metadata'], seen: { at: 1, steps: ['x', 'role'] } });
  assert.deepEqual(odd.draft.tags, [['a', ''], ['', '']]);
  assert.deepEqual(odd.draft.regions, ['eu-west-1']);
  assert.equal(odd.draft.mfa, false);
  assert.deepEqual(odd.done, ['claims'], 'what a file or a sign-in shows is not ticked by hand');
  assert.deepEqual(odd.seen, { at: 1, steps: ['role'] });
});

test('nothing_is_kept_but_the_named_fields', () => {
  const kept = read({ ...full, saml: 'PHNhbWw+', draft: { ...full.draft, password: 'x' }, seen: { ...full.seen, sent: 'x' }, known: { ...known, shown: ['x'], findings: ['x'], xml: '<x/>' } });
  assert.deepEqual(kept, full);
  assert.equal(readKnown({ entityId: '' }), null);
});

const answer = { role: 'r', provider: 'p', problems: [], guides: [{ step: 'claims' }] };
const metadata = { ...known, shown: [], findings: [] };

test('a_step_stands_as_the_sign_in_says_then_an_earlier_one_then_the_person', () => {
  globalThis.chrome = { i18n: { getMessage: (key, args) => [key, ...args].join(' '), getUILanguage: () => 'en' } };
  const at = (/** @type {string} */ step, more = {}) => standingOf(step, { state: read(full), answer, metadata: null, ticks: null, ...more }).state;
  assert.equal(at('plan'), 'done');
  assert.equal(at('plan', { answer: { ...answer, guides: [] } }), 'open');
  assert.equal(at('application'), 'done', 'an earlier sign-in showed it');
  assert.equal(at('claims'), 'done', 'ticked by hand');
  assert.equal(at('role'), 'open');
  assert.equal(at('role', { ticks: [{ step: 'role', state: 'done', troubles: [] }] }), 'done');
  assert.equal(at('claims', { ticks: [{ step: 'claims', state: 'off', troubles: [] }] }), 'off', 'a sign-in knows better than the person');
  assert.equal(at('metadata'), 'open');
  assert.equal(at('metadata', { metadata }), 'done');
  assert.equal(at('metadata', { metadata: { ...metadata, findings: [{ severity: 'error' }] } }), 'off');
  assert.equal(at('metadata', { metadata: { ...metadata, findings: [{ severity: 'warning' }] } }), 'done');
  for (const step of STEPS.slice(1)) assert.equal(at(step, { answer: { ...answer, guides: [] } }), 'open', 'without a plan nothing is done');
});
