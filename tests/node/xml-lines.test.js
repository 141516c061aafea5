import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  foldable, marksOf, pieces, rangeOf, revealed, search, searchPieces, shownLines, textOf, textOfAll,
} from '../../extension/inspector/xml-lines.js';

/**
 * 0 <R>            element 0
 * 1   <A           element 1, a start tag in two lines
 * 2       ID="a">
 * 3     <!-- c -->
 * 4     <S>        element 2, the signature
 * 5       <V/>     element 3
 * 6     </S>
 * 7     <N>x</N>   element 4
 * 8   </A>
 * 9   <B/>         element 5
 * 10 </R>
 */
const LINES = [
  [0, 10, 0, [0, '<', 1, 'R', 0, '>']],
  [1, 8, 1, [0, '<', 1, 'A']],
  [3, null, 1, [2, 'ID', 0, '="', 3, 'a', 0, '">']],
  [2, null, 1, [5, '<!-- c -->']],
  [2, 6, 2, [0, '<', 1, 'S', 0, '>']],
  [3, null, 3, [0, '<', 1, 'V', 0, '/>']],
  [2, null, 2, [0, '</', 1, 'S', 0, '>']],
  [2, null, 4, [0, '<', 1, 'N', 0, '>', 4, 'x', 0, '</', 1, 'N', 0, '>']],
  [1, null, 1, [0, '</', 1, 'A', 0, '>']],
  [1, null, 5, [0, '<', 1, 'B', 0, '/>']],
  [0, null, 0, [0, '</', 1, 'R', 0, '>']],
];
const signed = (verdict, covers, element = 2) => ({ verdict, covers_element: covers, element });
const marks = (...signatures) => marksOf(LINES, signatures).map((mark) => mark[0]).join('');

test('the_text_of_a_line_is_its_tokens_and_the_text_of_all_is_indented', () => {
  assert.equal(textOf(LINES[7]), '<N>x</N>');
  assert.equal(textOfAll(LINES.slice(0, 2)), '<R>\n  <A');
});

test('folding_an_element_hides_all_but_its_first_line', () => {
  assert.deepEqual(shownLines(LINES, new Set()), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(shownLines(LINES, new Set([4])), [0, 1, 2, 3, 4, 7, 8, 9, 10]);
  assert.deepEqual(shownLines(LINES, new Set([1, 4])), [0, 1, 9, 10]);
  assert.deepEqual(shownLines(LINES, new Set([0])), [0]);
  assert.deepEqual(foldable(LINES), [1, 4], 'the outermost stays open');
});

test('a_hidden_line_is_revealed_by_unfolding_what_hides_it_and_nothing_else', () => {
  assert.deepEqual([...revealed(LINES, new Set([1, 4]), 7)], [4]);
  assert.deepEqual([...revealed(LINES, new Set([1, 4]), 5)], []);
  assert.deepEqual([...revealed(LINES, new Set([1, 4]), 1)], [1, 4], 'a first line is in sight while it is folded');
  assert.deepEqual([...revealed(LINES, new Set([1, 4]), 9)], [1, 4]);
});

test('a_search_finds_every_place_whatever_the_case', () => {
  assert.deepEqual(search(['abcABC', '', 'xaBc'], 'abc'), [
    { line: 0, start: 0, end: 3 }, { line: 0, start: 3, end: 6 }, { line: 2, start: 1, end: 4 },
  ]);
  assert.deepEqual(search(['aaaa'], 'aa'), [{ line: 0, start: 0, end: 2 }, { line: 0, start: 2, end: 4 }]);
  assert.deepEqual(search(['abc'], ''), []);
  assert.deepEqual(search(['(a.c)'], '.'), [{ line: 0, start: 2, end: 3 }], 'a search is no pattern');
});

test('a_line_whose_small_letters_are_longer_is_searched_as_it_is_written', () => {
  assert.equal('İ'.toLowerCase().length, 2);
  assert.deepEqual(search(['İab'], 'ab'), [{ line: 0, start: 1, end: 3 }]);
});

test('a_signature_covers_its_element_without_itself_and_without_comments', () => {
  assert.equal(marks(signed('genuine', 1)), 'ngg' + 'n' + 'nnn' + 'gg' + 'nn');
  assert.equal(marks(signed('consistent', 0)), 'ccc' + 'n' + 'nnn' + 'cccc');
});

test('only_a_signature_that_verifies_over_what_is_used_marks_anything', () => {
  for (const verdict of ['wrapped', 'broken', 'unknown', 'unsigned']) assert.equal(marks(signed(verdict, 1)), 'n'.repeat(11), verdict);
  assert.equal(marks(signed('genuine', null)), 'n'.repeat(11));
  assert.equal(marks(signed('genuine', 77)), 'n'.repeat(11), 'an element that no line begins with');
});

test('where_two_signatures_cover_a_line_the_trusted_one_shows', () => {
  const both = marks(signed('genuine', 1), signed('consistent', 0, 5));
  assert.equal(both, 'cgg' + 'n' + 'ccc' + 'gg' + 'n' + 'c');
  assert.equal(marks(signed('consistent', 0, 5), signed('genuine', 1)), both, 'in any order');
});

test('an_element_reaches_from_its_start_tag_to_its_end_tag', () => {
  assert.deepEqual(rangeOf(LINES, 1), [1, 8]);
  assert.deepEqual(rangeOf(LINES, 5), [9, 9]);
  assert.deepEqual(rangeOf(LINES, 99), [0, -1]);
});

test('the_original_in_pieces_is_the_original', () => {
  const text = `${'0123456789'.repeat(3)}\n\nshort\n${'x'.repeat(9)}\u{1f600}y`;
  const broken = pieces(text, 10);
  assert.deepEqual(broken.map((piece) => piece.text), ['0123456789', '0123456789', '0123456789', '', 'short', `${'x'.repeat(9)}\u{1f600}`, 'y']);
  for (const piece of broken) assert.equal(text.slice(piece.offset, piece.offset + piece.text.length), piece.text);
  assert.deepEqual(pieces('', 10), [{ text: '', offset: 0 }]);
});

test('what_a_break_cuts_in_two_is_found_and_goes_on_in_the_next_piece', () => {
  const text = 'aaaaaaaaXYZbbbbbbbXYZ';
  assert.deepEqual(searchPieces(pieces(text, 10), text, 'xyz'), [{ line: 0, start: 8, end: 11 }, { line: 1, start: 8, end: 11 }]);
});

test('a_megabyte_is_laid_out_and_searched_in_no_time_to_speak_of', () => {
  const many = Array.from({ length: 30_000 }, (_, at) => [1, null, at + 1, [0, '<', 1, 'AttributeValue', 0, '>', 4, `group-${at}`, 0, '</', 1, 'AttributeValue', 0, '>']]);
  const lines = [[0, 30_001, 0, [0, '<', 1, 'R', 0, '>']], ...many, [0, null, 0, [0, '</', 1, 'R', 0, '>']]];
  const before = performance.now();
  assert.equal(search(lines.map(textOf), 'group-2999').length, 11);
  assert.equal(marksOf(lines, [signed('genuine', 0, 7)]).filter((mark) => mark === 'genuine').length, 30_001);
  assert.ok(performance.now() - before < 1000);
});
