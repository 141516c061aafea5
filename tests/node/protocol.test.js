import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMATS, isFormat, isRequest } from '../../extension/protocol.js';

const role = 'arn:aws:iam::111122223333:role/Admin';
const provider = 'arn:aws:iam::111122223333:saml-provider/Entra';
const VALID = [
  { kind: 'export', signIn: 'a', role, provider, format: 'env', fresh: false },
  { kind: 'import', text: '', private: true },
  { kind: 'clear', role: null, private: false },
  { kind: 'clear', role, private: false },
  { kind: 'forget', signIn: 'a' },
  { kind: 'wake' },
  { kind: 'inspect', signIn: 'a', text: null, private: false },
  { kind: 'inspect', signIn: null, text: 'PHNhbWw+', private: true },
  { kind: 'inspecting' },
  { kind: 'readRole', signIn: 'a', role, provider },
  { kind: 'readEvents', signIn: 'a', role, provider, region: 'eu-west-1' },
];

test('every_message_of_the_contract_is_a_request', () => {
  for (const message of VALID) assert.ok(isRequest(message), JSON.stringify(message));
});

test('a_missing_or_an_extra_field_is_refused', () => {
  for (const message of VALID) {
    assert.ok(!isRequest({ ...message, more: 1 }));
    for (const field of Object.keys(message)) {
      const { [field]: _, ...rest } = message;
      assert.ok(!isRequest(rest), `${message.kind} without ${field}`);
    }
  }
});

test('a_field_of_another_type_is_refused', () => {
  for (const message of VALID) {
    for (const field of Object.keys(message)) {
      for (const value of [7, {}, [], undefined]) assert.ok(!isRequest({ ...message, [field]: value }), `${message.kind}.${field}`);
    }
  }
});

test('an_unknown_format_a_huge_name_and_a_huge_text_are_refused', () => {
  assert.ok(!isRequest({ ...VALID[0], format: 'yaml' }));
  assert.ok(!isRequest({ ...VALID[0], role: 'a'.repeat(2049) }));
  assert.ok(!isRequest({ ...VALID[1], text: 'a'.repeat(16 * 1024 * 1024 + 1) }));
});

test('what_is_not_an_object_and_names_of_object_prototype_are_refused', () => {
  for (const value of [null, undefined, 'export', 3, [], [VALID[0]], { kind: 'toString' }, { kind: '__proto__' }, { kind: 'constructor' }]) {
    assert.ok(!isRequest(value));
  }
});

test('the_formats_are_the_eight_of_the_contract', () => {
  assert.deepEqual(FORMATS.map(({ id }) => id).toSorted(), ['env', 'env-no-export', 'fish', 'json', 'powershell', 'process', 'profile', 'windows-cmd']);
  assert.ok(isFormat('env') && !isFormat('ENV') && !isFormat(null));
});
