import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, secondsLeft, shareLeft } from '../../extension/ui/time.js';

test('the_clock_reads_minutes_and_hours_as_people_write_them', () => {
  assert.equal(clock(0), '0:00');
  assert.equal(clock(9), '0:09');
  assert.equal(clock(252), '4:12');
  assert.equal(clock(3581), '59:41');
  assert.equal(clock(3600), '1:00:00');
  assert.equal(clock(43181), '11:59:41');
});

test('the_last_part_of_a_second_still_counts_and_the_past_is_zero', () => {
  assert.equal(secondsLeft(100, 99.2), 1);
  assert.equal(secondsLeft(100, 100), 0);
  assert.equal(secondsLeft(100, 400), 0);
});

test('the_share_left_stays_between_one_and_nothing', () => {
  assert.equal(shareLeft(0, 300, 75), 0.75);
  assert.equal(shareLeft(0, 300, -50), 1);
  assert.equal(shareLeft(0, 300, 900), 0);
  assert.equal(shareLeft(300, 300, 300), 0);
  assert.equal(shareLeft(300, 0, 10), 0);
});
