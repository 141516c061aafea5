import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, found, groupDigits, matches, spoken, words } from '../../extension/popup/filter.js';

const account = { id: '111122223333', label: 'Production' };
const unnamed = { id: '444455556666', label: '4444 5555 6666' };
const shows = (typed, name, of = account) => matches(words(typed), { name }, of);

test('nothing_typed_shows_every_role', () => {
  assert.ok(shows('', 'Admin'));
  assert.ok(shows('   ', 'Admin'));
});

test('case_and_order_of_words_do_not_matter_and_every_word_must_fit', () => {
  assert.ok(shows('prod ADMIN', 'Admin'));
  assert.ok(shows('admin prod', 'Admin'));
  assert.ok(!shows('admin sandbox', 'Admin'));
});

test('a_path_is_part_of_the_name', () => {
  assert.ok(shows('data/dev', 'team/data/Developer'));
  assert.ok(shows('team dev', 'team/data/Developer'));
});

test('an_account_number_fits_with_and_without_spaces_and_dashes', () => {
  for (const typed of ['111122223333', '1111 2222 3333', '1111-2222-3333', '1111 2222', '2233 admin', 'admin 1111 2222']) {
    assert.ok(shows(typed, 'Admin'), typed);
  }
});

test('an_account_number_with_its_groups_in_another_order_does_not_fit', () => {
  assert.ok(!shows('3333 2222 1111', 'Admin'));
  assert.ok(!shows('5555 4444', 'Admin', unnamed));
});

test('digits_in_a_role_name_fit_as_they_are_written', () => {
  assert.ok(shows('2024-11', 'sandbox-2024-11'));
  assert.ok(shows('net 2024', 'Net-Ops_2024'));
});

test('letters_of_every_script_and_full_width_forms_fit', () => {
  assert.ok(shows('基盤', 'Admin', { id: '1', label: 'データ基盤' }));
  assert.ok(shows('ПЛАТФ', 'Admin', { id: '1', label: 'Платформа' }));
  assert.ok(shows('Ａｄｍｉｎ', 'Admin'));
});

test('a_label_that_only_repeats_the_account_number_is_not_spoken', () => {
  assert.equal(spoken(account), 'Production');
  assert.equal(spoken(unnamed), null);
});

test('twelve_digits_are_grouped_and_anything_else_is_left_alone', () => {
  assert.equal(groupDigits('111122223333'), '1111 2222 3333');
  assert.equal(groupDigits('12345'), '12345');
});

test('marks_stand_where_the_words_stand', () => {
  assert.deepEqual(found(words('dev'), 'Developer'), [[0, 3]]);
  assert.deepEqual(found(words('zzz'), 'Developer'), []);
});

test('a_text_whose_folding_changes_its_length_is_not_marked', () => {
  assert.notEqual(fold('ﬁn').length, 'ﬁn'.length);
  assert.deepEqual(found(words('n'), 'ﬁn'), []);
});
