import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../../extension/ui/preferences.js';

test('someone_who_never_chose_gets_the_shell_of_their_system', () => {
  assert.equal(read(undefined, 'Linux x86_64').format, 'env');
  assert.equal(read(undefined, 'MacIntel').format, 'env');
  assert.equal(read(undefined, 'Win32').format, 'powershell');
});

test('a_stored_choice_wins_and_a_broken_one_is_repaired', () => {
  assert.equal(read({ format: 'fish' }, 'Win32').format, 'fish');
  assert.equal(read({ format: 'yaml' }, 'Linux').format, 'env');
  assert.deepEqual(read({ region: { aws: 'eu-west-1', 'aws-cn': 7 } }, 'Linux').region, { aws: 'eu-west-1' });
  assert.deepEqual(read({ region: ['eu-west-1'] }, 'Linux').region, {});
  assert.deepEqual(read('nonsense', 'Linux').region, {});
  assert.equal(read({ certificates: false }, 'Linux').certificates, false);
  assert.equal(read({ certificates: 'no' }, 'Linux').certificates, true);
});
