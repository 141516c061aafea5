// XML to read: pretty-printed and coloured or as it was sent, to search, to fold, to copy and to save, with what signatures cover marked
// in the margin. Its words for screen readers stand where the mark changes.
// @ts-check
import { drawDialog } from '../popup/draw.js';
import { element } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { openDialog } from './dialog.js';
import { scroller } from './scroller.js';
import { foldable, marksOf, pieces, revealed, search, searchPieces, shownLines, textOf, textOfAll } from './xml-lines.js';

/** @import { PrettyLine, Signature } from '../inspection.js' */
/** @import { Mark } from './xml-lines.js' */

/**
 * @typedef {object} Shown
 * @property {string} xml as it was sent
 * @property {PrettyLine[]} lines
 * @property {Signature[] | null} signatures null where the margin has nothing to say
 */

/**
 * @typedef {object} XmlView
 * @property {HTMLElement} root
 * @property {() => void} focusSearch
 * @property {() => string} text what is shown: pretty-printed, or as it was sent
 * @property {(index: number) => number | null} showElement brings an element of the document into sight and marks it; gives its line
 */

/**
 * The view's own element; put it into the page, then it fills itself.
 * @param {Document} document
 * @param {Shown} shown
 * @param {string} name unique in the page
 * @param {...HTMLElement} more buttons
 * @returns {XmlView}
 */
export function openXml(document, { xml, lines, signatures }, name, ...more) {
  const texts = lines.map(textOf);
  const marks = signatures === null ? null : marksOf(lines, signatures);
  const parts = drawFrame(document, name, marks, more);
  const { input, count, body } = parts;
  /** @type {ReadonlySet<number>} */
  let folded = new Set();
  let original = false;
  /** Numbers of the lines in sight; in the original every piece. @type {number[]} */
  let rows = [];
  /** @type {{ text: string, offset: number }[]} */
  let broken = [];
  /** @type {{ line: number, start: number, end: number }[]} */
  let hits = [];
  let hit = -1;
  /** The line that someone was sent to. @type {number | null} */
  let pointed = null;

  const rolling = scroller(body, ROW_HEIGHT, highlight);

  function fill() {
    if (original && broken.length === 0) broken = pieces(xml, ORIGINAL_WIDTH);
    rows = original ? broken.map((_, index) => index) : shownLines(lines, folded);
    const widest = original ? ORIGINAL_WIDTH : rows.reduce((most, line) => Math.max(most, (lines[line]?.[0] ?? 0) * 2 + Math.min(texts[line]?.length ?? 0, LONGEST)), 0);
    parts.root.dataset.original = String(original);
    rolling.fill(rows.length, (index) => {
      const line = rows[index] ?? 0;
      if (original) return drawPiece(document, line, broken[line]?.text ?? '');
      return drawLine(document, line, lines, folded.has(line), marks, rows[index - 1], line === pointed);
    }, `calc(${widest}ch + 140px)`);
  }

  /** Marks what was found, in the rows that are in the page, without touching them. */
  function highlight() {
    if (!('highlights' in CSS)) return;
    const [all, current] = [new Highlight(), new Highlight()];
    const [from, to] = rolling.drawn();
    const [first, last] = [rows[from] ?? 0, rows[to] ?? -1];
    for (let at = firstHitFrom(hits, first - 1); at < hits.length && (hits[at]?.line ?? Infinity) <= last; at += 1) {
      const found = hits[at];
      if (found) rangesOf(found).forEach((range) => (at === hit ? current : all).add(range));
    }
    CSS.highlights.set('found', all);
    CSS.highlights.set('found-current', current);
  }

  /** @param {{ line: number, start: number, end: number }} found */
  function rangesOf({ line, start, end }) {
    const ranges = [];
    for (let [at, from, to] = [line, start, end]; to > 0 && at < line + 4; at += 1) {
      const code = rowOf(at)?.querySelector('.line-code');
      const length = original ? broken[at]?.text.length ?? 0 : Infinity;
      if (code) ranges.push(...rangesIn(code, from, Math.min(to, length)));
      [from, to] = [0, original ? to - length : 0];
    }
    return ranges;
  }

  /** @param {number} line */
  const rowOf = (line) => rolling.row(original ? line : rowAt(rows, line));

  /** @param {number} step */
  function go(step) {
    if (hits.length === 0) return;
    hit = (hit + step + hits.length) % hits.length;
    const found = hits[hit];
    if (!found) return;
    if (!original && !rows.includes(found.line)) {
      folded = revealed(lines, folded, found.line);
      fill();
    }
    rolling.show(original ? found.line : rowAt(rows, found.line));
    highlight();
    say();
  }

  function find() {
    const wanted = input.value;
    hits = original ? searchPieces(broken, xml, wanted) : search(texts, wanted);
    // From where the reader is, not from the top.
    hit = hits.length === 0 ? -1 : Math.max(0, firstHitFrom(hits, rows[Math.floor(body.scrollTop / ROW_HEIGHT)] ?? 0)) - 1;
    if (hits.length > 0) go(1);
    else highlight();
    say();
  }

  function say() {
    count.textContent = input.value === '' ? '' : hits.length === 0 ? t('found_none') : t('found_at', hit + 1, hits.length);
  }

  /** @param {ReadonlySet<number>} wanted */
  function fold(wanted) {
    folded = wanted;
    fill();
  }

  parts.root.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-xml]'));
    switch (button?.dataset.xml) {
      case 'next': return go(1);
      case 'previous': return go(-1);
      case 'original':
        original = !original;
        button.setAttribute('aria-pressed', String(original));
        parts.folding.forEach((one) => one.toggleAttribute('disabled', original));
        body.scrollTop = 0;
        fill();
        return find();
      case 'fold-all': return fold(new Set(foldable(lines)));
      case 'unfold-all': return fold(new Set());
      case 'fold': {
        const line = Number(button.dataset.line);
        return fold(folded.has(line) ? new Set([...folded].filter((one) => one !== line)) : new Set([...folded, line]));
      }
      case 'whole': return showWhole(document, texts[Number(button.dataset.line)] ?? '');
    }
  });
  input.addEventListener('input', find);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else {
      input.value = '';
      find();
    }
  });
  fill();
  return {
    root: parts.root,
    focusSearch: () => input.select(),
    text: () => (original ? xml : textOfAll(lines)),
    showElement: (index) => {
      const line = lines.findIndex(([, , element]) => element === index);
      if (line < 0) return null;
      pointed = line;
      folded = revealed(lines, folded, line);
      fill();
      rolling.show(rowAt(rows, line));
      body.focus({ preventScroll: true });
      return line;
    },
  };
}

/**
 * The index of the first find on a line or behind it.
 * @param {{ line: number }[]} hits
 * @param {number} line
 */
function firstHitFrom(hits, line) {
  const at = hits.findIndex((found) => found.line >= line);
  return at < 0 ? hits.length : at;
}

/**
 * The row that shows a line, by halving: the numbers only grow.
 * @param {number[]} rows
 * @param {number} line
 */
function rowAt(rows, line) {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return rows[low] === line ? low : -1;
}

/**
 * A stretch of a line's text as ranges over its tokens.
 * @param {Element} code
 * @param {number} start
 * @param {number} end
 */
function rangesIn(code, start, end) {
  const ranges = [];
  let offset = 0;
  for (const { firstChild: text } of code.querySelectorAll('[data-kind]')) {
    const length = text?.textContent?.length ?? 0;
    const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, length)];
    if (text && from < to) {
      const range = new Range();
      range.setStart(text, from);
      range.setEnd(text, to);
      ranges.push(range);
    }
    offset += length;
  }
  return ranges;
}

/* ---- drawing ---- */

/**
 * @param {Document} document
 * @param {string} name
 * @param {Mark[] | null} marks
 * @param {HTMLElement[]} more buttons
 */
function drawFrame(document, name, marks, more) {
  const button = (/** @type {string} */ action, /** @type {string} */ key) => element(document, 'button', {
    class: 'button', type: 'button', 'data-xml': action, 'data-focus': `${name}-${action}`, 'aria-pressed': action === 'original' ? 'false' : null,
  }, t(key));
  const arrow = (/** @type {string} */ action, /** @type {string} */ key) => element(document, 'button', {
    class: 'icon-button', type: 'button', 'data-xml': action, 'data-focus': `${name}-${action}`, 'aria-label': t(key), title: t(key),
  }, icon(document, 'chevron', action));
  const input = element(document, 'input', {
    class: 'field search-input', type: 'text', inputmode: 'search', spellcheck: 'false', autocomplete: 'off', placeholder: t('search_xml'), 'aria-label': t('search_xml'), 'data-focus': `${name}-search`,
  });
  const count = element(document, 'span', { class: 'search-count', role: 'status' });
  const folding = [button('fold-all', 'fold_all'), button('unfold-all', 'unfold_all')];
  const body = element(document, 'div', { class: 'xml', tabindex: 0, role: 'region', 'aria-label': t('xml_label'), dir: 'ltr', 'data-focus': `${name}-lines` });
  const root = element(document, 'div', { class: 'xml-view', 'data-marked': marks === null ? 'false' : marks.every((mark) => mark === 'none') ? 'nothing' : 'true' },
    element(document, 'div', { class: 'xml-tools', role: 'search' },
      element(document, 'span', { class: 'search' }, icon(document, 'search'), input, count),
      arrow('previous', 'search_previous'), arrow('next', 'search_next'),
      ...folding, button('original', 'xml_original'), ...more),
    marks && drawLegend(document, marks),
    body);
  return { root, input, count, folding, body };
}

/**
 * What the margin says, as far as this document has it.
 * @param {Document} document
 * @param {Mark[]} marks
 */
function drawLegend(document, marks) {
  const present = /** @type {const} */ (['genuine', 'consistent', 'none']).filter((mark) => marks.includes(mark));
  if (present.length === 1 && present[0] === 'none') return element(document, 'p', { class: 'legend' }, icon(document, 'warning', 'severity-warning'), t('legend_nothing'));
  return element(document, 'ul', { class: 'legend', role: 'list', 'aria-label': t('legend_label') },
    ...present.map((mark) => element(document, 'li', {}, element(document, 'span', { class: 'margin', 'data-mark': mark, 'aria-hidden': 'true' }), t(`legend_${mark}`))));
}

/**
 * @param {Document} document
 * @param {number} at the line
 * @param {PrettyLine[]} lines
 * @param {boolean} isFolded
 * @param {Mark[] | null} marks
 * @param {number | undefined} before the line shown above it
 * @param {boolean} isPointed
 */
function drawLine(document, at, lines, isFolded, marks, before, isPointed) {
  const [depth, end, , tokens] = lines[at] ?? [0, null, null, []];
  const mark = marks?.[at];
  const changed = mark !== undefined && (before === undefined || marks?.[before] !== mark);
  const code = element(document, 'code', { class: 'line-code' });
  let room = LONGEST;
  for (let token = 0; token < tokens.length && room > 0; token += 2) {
    const text = String(tokens[token + 1]);
    code.append(element(document, 'span', { 'data-kind': tokens[token] }, text.slice(0, room)));
    room -= text.length;
  }
  code.style.paddingInlineStart = `${Math.min(depth, DEEPEST) * 2}ch`;
  return element(document, 'div', { class: 'line', 'data-line': at, 'data-mark': mark, 'data-pointed': isPointed },
    element(document, 'span', { class: 'margin', 'data-mark': mark, title: mark && t(`legend_${mark}`) },
      changed && element(document, 'span', { class: 'unseen' }, t(`legend_${mark}`))),
    element(document, 'span', { class: 'line-number', 'aria-hidden': 'true' }, String(at + 1)),
    end === null ? element(document, 'span', { class: 'fold' }) : element(document, 'button', {
      class: 'fold', type: 'button', 'data-xml': 'fold', 'data-line': at, 'data-focus': `fold-${at}`,
      'aria-expanded': String(!isFolded), 'aria-label': t('fold_line', at + 1),
    }, icon(document, 'chevron')),
    code,
    isFolded && end !== null && element(document, 'span', { class: 'folded' }, plural('folded_lines', end - at)),
    room <= 0 && element(document, 'button', { class: 'whole', type: 'button', 'data-xml': 'whole', 'data-line': at, 'data-focus': `whole-${at}` }, t('show_whole')));
}

/**
 * @param {Document} document
 * @param {number} at
 * @param {string} text
 */
function drawPiece(document, at, text) {
  return element(document, 'div', { class: 'line', 'data-line': at },
    element(document, 'code', { class: 'line-code' }, element(document, 'span', { 'data-kind': 4 }, text)));
}

/**
 * A line too long for one row, in a dialog of its own.
 * @param {Document} document
 * @param {string} text
 */
function showWhole(document, text) {
  openDialog(drawDialog(document, 'whole-dialog', t('show_whole'),
    element(document, 'div', { class: 'dialog-body' }, element(document, 'textarea', { class: 'field', rows: 20, readonly: true, 'aria-label': t('show_whole') }, text))));
}

/** Pixels; xml.css gives a row the same. */
const ROW_HEIGHT = 20;
/** Characters of a line that a row shows. */
const LONGEST = 2000;
/** Characters in a row of the original. */
const ORIGINAL_WIDTH = 160;
/** Steps of indentation beyond which it stays the same. */
const DEEPEST = 40;
