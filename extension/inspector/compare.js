// The Compare tab: two messages side by side, what differs first.
// @ts-check
import { element, foreign } from '../ui/dom.js';
import { message } from '../platform.js';
import { plural, t } from '../ui/i18n.js';

/** @import { ComparedRow } from '../inspection.js' */

/** @typedef {{ key: string, name: string }} Choice */

/**
 * @param {Document} document
 * @param {Choice[]} choices
 * @param {string} left key of the one on the left
 * @param {string | null} right
 * @param {boolean} onlyDifferences
 */
export function drawCompare(document, choices, left, right, onlyDifferences) {
  const select = (/** @type {string} */ side, /** @type {string | null} */ chosen) => element(document, 'label', { class: 'side-choice' },
    element(document, 'span', { class: 'small-title' }, t(`compare_${side}`)),
    element(document, 'select', { class: 'field', 'data-side': side, 'data-focus': `compare-${side}` },
      ...choices.map(({ key, name }) => element(document, 'option', { value: key, selected: key === chosen }, name))));
  if (right === null) return element(document, 'p', { class: 'blank' }, t('compare_one'));
  return element(document, 'div', { class: 'compare' },
    element(document, 'div', { class: 'sides' }, select('left', left), select('right', right)),
    element(document, 'label', { class: 'toggle' },
      element(document, 'input', { type: 'checkbox', checked: onlyDifferences, 'data-action': 'only-differences', 'data-focus': 'only-differences' }), ' ', t('only_differences')),
    element(document, 'div', { id: 'compared' }));
}

/**
 * The rows in groups, those that differ first.
 * @param {Document} document
 * @param {ComparedRow[]} rows
 * @param {boolean} onlyDifferences
 * @param {[string, string]} names of the two
 */
export function drawCompared(document, rows, onlyDifferences, names) {
  const different = rows.filter((row) => !row.same);
  const telling = different.filter((row) => !row.volatile).length;
  const order = (/** @type {ComparedRow} */ row) => (row.same ? 2 : row.volatile ? 1 : 0);
  const groups = [...new Set(rows.toSorted((a, b) => order(a) - order(b)).map((row) => row.group))];
  const drawn = groups.flatMap((group) => {
    const of = rows.filter((row) => row.group === group && !(onlyDifferences && row.same)).toSorted((a, b) => order(a) - order(b));
    return of.length === 0 ? [] : [element(document, 'tbody', {},
      element(document, 'tr', {}, element(document, 'th', { scope: 'rowgroup', colspan: 3, class: 'table-group' }, t(`compare_group_${group}`))),
      ...of.map((row) => drawRow(document, row)))];
  });
  return [
    element(document, 'p', { class: 'compare-count', role: 'status' }, telling > 0 ? plural('differences', telling) : t(different.length > 0 ? 'differences_volatile' : 'differences_none')),
    drawn.length > 0 && element(document, 'div', { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': t('compare_label') },
      element(document, 'table', { class: 'table compared' },
        element(document, 'thead', {}, element(document, 'tr', {}, element(document, 'th', { scope: 'col' }, t('compare_what')),
          ...names.map((name) => element(document, 'th', { scope: 'col' }, foreign(document, name))))),
        ...drawn)),
  ].filter((node) => node !== false);
}

/**
 * @param {Document} document
 * @param {ComparedRow} row
 */
function drawRow(document, row) {
  // The name of an attribute is its own, whatever words a key of that name would have.
  const name = row.group === 'attributes' ? '' : message(row.name, []);
  return element(document, 'tr', { 'data-same': String(row.same), 'data-volatile': String(row.volatile) },
    element(document, 'th', { scope: 'row' }, name || foreign(document, row.name, { class: 'code' }),
      !row.same && element(document, 'span', { class: 'tag', 'data-tone': row.volatile ? 'plain' : 'warning' }, t(row.volatile ? 'compare_volatile' : 'compare_differs'))),
    drawValues(document, row.left, row.right),
    drawValues(document, row.right, row.left));
}

/**
 * The values of one side; those that the other lacks stand first and stand out.
 * @param {Document} document
 * @param {string[]} values
 * @param {string[]} others
 */
function drawValues(document, values, others) {
  const known = new Set(others);
  const sorted = values.toSorted((a, b) => Number(known.has(a)) - Number(known.has(b)));
  return element(document, 'td', {},
    values.length === 0 ? element(document, 'span', { class: 'dim' }, t('compare_absent')) : null,
    element(document, 'ul', { role: 'list' }, ...sorted.slice(0, MOST).map((value) => element(document, 'li', { 'data-only': String(!known.has(value)) },
      value === '' ? element(document, 'span', { class: 'dim' }, t('empty_value')) : foreign(document, value, { class: 'code' })))),
    sorted.length > MOST && element(document, 'span', { class: 'dim' }, plural('more_values', sorted.length - MOST)));
}

/** Values drawn in a cell. */
const MOST = 100;
