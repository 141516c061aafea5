// What the Findings tab and the popup decide before they draw.

import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.chrome = { i18n: { getUILanguage: () => 'en-GB', getMessage: (key) => key } };
const { counted, placeOf, PRODUCTS, withSteps } = await import('../../extension/inspector/findings.js');
const { worstFirst } = await import('../../extension/popup/draw.js');

const finding = (severity, code = 'aws.x') => ({ code, severity, text: { key: 'aws_x', args: ['a', 'b'] }, fix: null, fix_place: null });

test('severities_are_counted_the_worst_first_and_those_without_a_finding_left_out', () => {
  assert.deepEqual(counted([finding('note'), finding('error'), finding('note')]), [['error', 1], ['note', 2]]);
  assert.deepEqual(counted([]), []);
});

test('the_steps_of_another_provider_have_the_arguments_of_the_finding', () => {
  const changed = withSteps(finding('error'), { fix: 'aws_x_fix_okta', fix_place: 'place_urls_okta' });
  assert.deepEqual([changed.fix, changed.fix_place], [{ key: 'aws_x_fix_okta', args: ['a', 'b'] }, { key: 'place_urls_okta', args: [] }]);
  assert.deepEqual([withSteps(changed, { fix: null, fix_place: null }).fix], [null]);
  assert.equal(new Set(PRODUCTS).size, 7);
});

test('a_place_is_named_as_the_xml_names_it', () => {
  assert.equal(placeOf({ element: 'Conditions', attribute: 'NotOnOrAfter', name: null }), 'Conditions @NotOnOrAfter');
  assert.equal(placeOf({ element: 'AttributeValue', attribute: null, name: 'https://x/Role' }), 'AttributeValue · https://x/Role');
  assert.equal(placeOf({ element: 'NameID', attribute: null, name: null }), 'NameID');
});

test('a_notice_about_the_clock_stands_behind_what_is_worse_and_among_its_like', () => {
  const notices = [finding('error', 'a'), finding('warning', 'b'), finding('note', 'c'), finding('warning', 'clock')];
  assert.deepEqual(worstFirst(notices).map(({ code }) => code), ['a', 'b', 'clock', 'c']);
});
