// The lines of pretty-printed XML as numbers and ranges: what is folded, where a text is found, what a signature covers.
// @ts-check

/** @import { PrettyLine, Signature } from '../inspection.js' */

/** Kinds of tokens. */
export const TEXT = 4;
export const COMMENT = 5;

/**
 * The text of a line, without its indentation.
 * @param {PrettyLine} line
 */
export function textOf([, , , tokens]) {
  let text = '';
  for (let at = 1; at < tokens.length; at += 2) text += tokens[at];
  return text;
}

/**
 * The lines as text, two spaces a step.
 * @param {PrettyLine[]} lines
 */
export function textOfAll(lines) {
  return lines.map((line) => '  '.repeat(line[0]) + textOf(line)).join('\n');
}

/**
 * The numbers of the lines in sight: those not inside a folded one. The last line of a folded element is hidden too, except where
 * nothing but its end tag says that it ended.
 * @param {PrettyLine[]} lines
 * @param {ReadonlySet<number>} folded first lines
 * @returns {number[]}
 */
export function shownLines(lines, folded) {
  const shown = [];
  for (let at = 0; at < lines.length; at += 1) {
    shown.push(at);
    if (folded.has(at)) at = lines[at]?.[1] ?? at;
  }
  return shown;
}

/**
 * The folded lines without those that hide `line`.
 * @param {PrettyLine[]} lines
 * @param {ReadonlySet<number>} folded
 * @param {number} line
 */
export function revealed(lines, folded, line) {
  return new Set([...folded].filter((first) => !(first < line && line <= (lines[first]?.[1] ?? first))));
}

/**
 * Every line that can be folded, except the outermost: to see the shape of the whole.
 * @param {PrettyLine[]} lines
 */
export function foldable(lines) {
  return lines.flatMap((line, at) => (line[1] !== null && line[0] > 0 ? [at] : []));
}

/**
 * Where a text is found, whatever its case: the line and the place in it, in order.
 * @param {readonly string[]} texts
 * @param {string} wanted
 * @returns {{ line: number, start: number, end: number }[]}
 */
export function search(texts, wanted) {
  const needle = wanted.toLowerCase();
  if (needle === '') return [];
  return texts.flatMap((text, line) => {
    const found = [];
    const folded = text.toLowerCase();
    // A letter whose small form is longer would shift every place behind it.
    const hay = folded.length === text.length ? folded : text;
    for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
      found.push({ line, start: at, end: at + needle.length });
    }
    return found;
  });
}

/**
 * Where a text is found in another that is shown in pieces. A find that a break cuts in two goes on in the next piece, so its `end` may lie
 * beyond its line.
 * @param {{ text: string, offset: number }[]} pieces of `pieces`
 * @param {string} text the whole
 * @param {string} wanted
 */
export function searchPieces(pieces, text, wanted) {
  let line = 0;
  return search([text], wanted).map(({ start, end }) => {
    while ((pieces[line + 1]?.offset ?? Infinity) <= start) line += 1;
    const offset = pieces[line]?.offset ?? 0;
    return { line, start: start - offset, end: end - offset };
  });
}

/** What stands in the margin: not signed, signed with a key of unknown trust, signed with a trusted one. @typedef {'none' | 'consistent' | 'genuine'} Mark */

/**
 * The mark of each line. A signature covers its element without itself, and no comment: a reference to an element leaves comments out.
 * @param {PrettyLine[]} lines
 * @param {Signature[]} signatures
 * @returns {Mark[]}
 */
export function marksOf(lines, signatures) {
  /** @type {Mark[]} */
  const marks = lines.map(() => 'none');
  // The trusted ones last, so that they win where two cover the same line.
  for (const wanted of /** @type {const} */ (['consistent', 'genuine'])) {
    for (const signature of signatures.filter((one) => one.verdict === wanted && one.covers_element !== null)) {
      const [first, last] = rangeOf(lines, signature.covers_element ?? -1);
      const [from, to] = rangeOf(lines, signature.element);
      for (let at = first; at <= last; at += 1) {
        const line = lines[at];
        if (line && !(at >= from && at <= to) && !isComment(line)) marks[at] = wanted;
      }
    }
  }
  return marks;
}

/**
 * The first and the last line of an element; an empty range where no line begins with it.
 * @param {PrettyLine[]} lines
 * @param {number} wanted its place among the document's elements
 * @returns {[first: number, last: number]}
 */
export function rangeOf(lines, wanted) {
  const first = lines.findIndex(([, , element]) => element === wanted);
  return first < 0 ? [0, -1] : [first, lines[first]?.[1] ?? first];
}

/** @param {PrettyLine} line */
function isComment([, , , tokens]) {
  return tokens.length === 2 && tokens[0] === COMMENT;
}

/**
 * A text in lines of at most `width` characters, each with its offset, as a page that does not break long lines can show it.
 * @param {string} text
 * @param {number} width
 * @returns {{ text: string, offset: number }[]}
 */
export function pieces(text, width) {
  const found = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    for (let at = 0; at === 0 || at < line.length;) {
      let end = Math.min(at + width, line.length);
      // Not between the two halves of one character.
      if (end < line.length && /[\ud800-\udbff]/.test(line[end - 1] ?? '')) end += 1;
      found.push({ text: line.slice(at, end), offset: offset + at });
      at = Math.max(end, at + 1);
    }
    offset += line.length + 1;
  }
  return found;
}
