import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.chrome = { i18n: { getUILanguage: () => 'en-GB', getMessage: (key) => key } };
const { placeOf, scaleOf, ticksOf, timesOf } = await import('../../extension/inspector/timeline.js');
const { daysLeft, epoch, fromNow, span } = await import('../../extension/inspector/instants.js');
const { matching } = await import('../../extension/inspector/claims.js');
const { byAccount } = await import('../../extension/inspector/summary.js');
const { pairs } = await import('../../extension/inspector/signature.js');
const { derOf, patternFor } = await import('../../extension/inspector/trust-desk.js');
const { captured, entryOf } = await import('../../extension/inspector/items.js');
const { base64 } = await import('../../extension/inspector/give.js');

const NOTHING = {
  issue_instant: null, not_before: null, not_on_or_after: null, session_not_on_or_after: null, authn_instant: null, usable_until: null,
};
const at = (clock) => epoch(`2026-11-24T${clock}Z`);

test('the_times_stand_in_their_order_and_the_spans_between_them', () => {
  const times = timesOf({
    ...NOTHING, issue_instant: '2026-11-24T12:00:00Z', not_before: '2026-11-24T11:55:00Z', not_on_or_after: '2026-11-24T13:00:00Z', usable_until: '2026-11-24T12:05:00Z',
  }, null);
  assert.deepEqual(times.instants.map(({ name }) => name), ['time_not_before', 'time_issued', 'time_usable', 'time_not_on_or_after']);
  assert.deepEqual(times.spans, [
    { name: 'span_valid', from: at('11:55:00'), to: at('13:00:00') },
    { name: 'span_usable', from: at('12:00:00'), to: at('12:05:00') },
  ]);
});

test('the_five_minutes_of_a_captured_sign_in_come_from_the_sign_in_and_a_span_that_runs_backwards_is_not_drawn', () => {
  const times = timesOf({ ...NOTHING, issue_instant: '2026-11-24T12:00:00Z', not_on_or_after: '2026-11-24T11:00:00Z' }, at('12:05:00'));
  assert.deepEqual(times.spans, [{ name: 'span_usable', from: at('12:00:00'), to: at('12:05:00') }]);
  assert.equal(scaleOf(timesOf(NOTHING, null), 0), null, 'no times, no line');
});

test('places_on_the_line_are_to_scale', () => {
  const times = { instants: [{ name: 'a', at: 0, of: null }, { name: 'b', at: 1000, of: null }], spans: [] };
  const scale = scaleOf(times, 500);
  assert.equal(scale.beyond, null);
  assert.ok(Math.abs(scale.now - 0.5) < 0.001);
  const [a, quarter, b] = [0, 250, 1000].map((instant) => placeOf(instant, scale));
  assert.ok(a > 0 && b < 1);
  assert.ok(Math.abs((quarter - a) / (b - a) - 0.25) < 1e-9);
});

test('now_widens_the_line_while_it_is_near_and_stands_at_its_edge_when_it_is_far', () => {
  const times = { instants: [{ name: 'a', at: 0, of: null }, { name: 'b', at: 1000, of: null }], spans: [] };
  assert.ok(scaleOf(times, 1900).to > 1900);
  assert.equal(scaleOf(times, 1900).beyond, null);
  const late = scaleOf(times, 1_000_000);
  assert.deepEqual([late.beyond, late.now, late.to < 1100], ['after', 1, true]);
  const early = scaleOf(times, -1_000_000);
  assert.deepEqual([early.beyond, early.now], ['before', 0]);
});

test('a_single_instant_has_a_line_too', () => {
  const scale = scaleOf({ instants: [{ name: 'a', at: 1000, of: null }], spans: [] }, 1000);
  assert.ok(scale.to - scale.from >= 60);
});

test('ticks_are_few_round_and_inside', () => {
  for (const length of [60, 300, 3600, 8 * 3600, 86_400, 30 * 86_400, 400 * 86_400]) {
    const ticks = ticksOf(1_000_000, 1_000_000 + length);
    assert.ok(ticks.length <= 7, `${length}: ${ticks.length}`);
    assert.ok(ticks.every((tick) => tick >= 1_000_000 && tick <= 1_000_000 + length));
  }
  assert.deepEqual(ticksOf(at('12:00:00'), at('12:05:00')).map((tick) => tick % 60), [0, 0, 0, 0, 0, 0]);
});

test('spans_of_time_read_as_people_say_them', () => {
  assert.equal(fromNow(100, 100), 'now');
  assert.equal(fromNow(160, 100), 'in 60 seconds');
  assert.equal(fromNow(100, 400), '5 minutes ago');
  assert.equal(fromNow(0, 3 * 86_400), '3 days ago');
  assert.equal(span(5400), '1 hr 30 mins');
  assert.equal(span(43_200), '12 hrs');
  assert.equal(daysLeft(100 * 86_400, 1), 99);
  assert.equal(daysLeft(0, 10), -1);
  assert.equal(epoch('nonsense'), null);
  assert.equal(epoch(null), null);
});

const CLAIMS = [
  { name: 'http://x/claims/groups', friendly: 'Groups', format: null, values: ['Admins', 'Users', 'Büro'], aws: false },
  { name: 'https://aws.amazon.com/SAML/Attributes/Role', friendly: 'Role', format: null, values: ['arn:1', 'arn:2'], aws: true },
];

test('a_filter_keeps_a_claim_whole_when_its_name_fits_and_else_the_values_that_do', () => {
  assert.deepEqual(matching(CLAIMS, ' '), CLAIMS);
  assert.deepEqual(matching(CLAIMS, 'groups'), [CLAIMS[0]]);
  assert.deepEqual(matching(CLAIMS, 'ADMINS').map(({ values }) => values), [['Admins']]);
  assert.deepEqual(matching(CLAIMS, 'groups users').map(({ values }) => values), [['Users']]);
  assert.deepEqual(matching(CLAIMS, 'saml role'), [CLAIMS[1]]);
  assert.deepEqual(matching(CLAIMS, 'nothing'), []);
});

test('roles_stand_under_their_accounts_with_their_paths', () => {
  const role = (account, name) => ({ role: `arn:aws:iam::${account}:role/${name}`, provider: `arn:aws:iam::${account}:saml-provider/E` });
  const accounts = byAccount([role('2', 'a/b/C'), role('1', 'D'), role('2', 'E:f')]);
  assert.deepEqual([...accounts].map(([account, roles]) => [account, roles.map(({ name }) => name)]), [['2', ['a/b/C', 'E:f']], ['1', ['D']]]);
});

test('a_fingerprint_is_written_in_pairs_and_a_pem_is_its_base64', () => {
  assert.equal(pairs('a9993e'), 'A9:99:3E');
  assert.equal(pairs('A9:99:3E'), 'A9:99:3E');
  assert.equal(derOf('-----BEGIN CERTIFICATE-----\r\nMIIC\r\nAAA=\r\n-----END CERTIFICATE-----\n'), 'MIICAAA=');
});

test('metadata_is_fetched_only_from_hosts_that_the_manifest_names_and_only_by_https', () => {
  const patterns = ['https://login.microsoftonline.com/*', 'https://*.okta.com/*'];
  assert.equal(patternFor('https://login.microsoftonline.com/x/federationmetadata.xml?appid=1', patterns), patterns[0]);
  assert.equal(patternFor('https://acme.okta.com/app/1/sso/saml/metadata', patterns), patterns[1]);
  for (const url of ['', 'nonsense', 'http://acme.okta.com/', 'https://okta.com.evil.example/', 'https://evilokta.com/', 'https://acme.okta.com:8443/',
    'https://me@acme.okta.com/', 'https://login.microsoftonline.com.evil.example/', 'https://evil.example/?https://acme.okta.com/', 'file:///etc/passwd']) {
    assert.equal(patternFor(url, patterns), null, url);
  }
});

const signIn = (id, more = {}) => ({ id, at: 10, identity: 'jane', provider: 'Okta', host: 'signin.aws.amazon.com', roleCount: 3, severity: 'note', private: false, container: null, ...more });

test('captured_sign_ins_stand_newest_first_and_keep_what_was_read_of_them', () => {
  const before = captured([signIn('a'), signIn('b', { at: 20 })], []);
  assert.deepEqual(before.map(({ key }) => key), ['b', 'a']);
  before[1].xml = '<a/>';
  const after = captured([signIn('a', { severity: 'error' }), signIn('c', { at: 5, private: true })], before);
  assert.deepEqual(after.map(({ key, xml, private: isPrivate }) => [key, xml, isPrivate]), [['a', '<a/>', false], ['c', null, true]]);
  assert.equal(after[0].signIn.severity, 'error');
  assert.equal(captured([signIn('a', { at: 11 })], after)[0].xml, null, 'the same response posted again is read again');
});

test('the_list_names_what_an_item_is_and_its_worst_finding', () => {
  const [item] = captured([signIn('a')], []);
  assert.deepEqual([entryOf(item).identity, entryOf(item).roles, entryOf(item).severity, entryOf(item).own], ['jane', 3, 'note', false]);
  item.inspection = { findings: [{ severity: 'warning' }, { severity: 'error' }], kind: 'response', roles: [] };
  assert.equal(entryOf(item).severity, 'error', 'the inspector sees more than the popup');
  const opened = {
    ...item, signIn: null, source: 'a.har', imported: { url: 'https://idp.example/sso?x=1', at: 7, parameter: 'SAMLRequest' }, inspection: { findings: [], kind: 'authn_request', roles: [], name_id: null, role_session_name: null, provider: null, issuer: 'https://sp.example', destination: null },
  };
  assert.deepEqual(entryOf(opened), {
    key: 'a', identity: null, provider: 'https://sp.example', host: 'idp.example', source: 'a.har', kind: 'authn_request', at: 7, roles: null, severity: null, private: false, container: null, own: true,
  });
  assert.equal(entryOf({ ...opened, failure: { code: 'x' } }).severity, 'error');
});

test('base64_is_that_of_the_utf8_bytes_however_long', () => {
  const text = 'é'.repeat(50_000);
  assert.equal(Buffer.from(base64(text), 'base64').toString('utf8'), text);
});
