// The Compare tab: two messages side by side, what differs first.
// @ts-check
import { element, foreign } from '../ui/dom.js';
import { plural, say, t } from '../ui/i18n.js';

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
 * The rows in their sections, both in the core's order: what differs first.
 * @param {Document} document
 * @param {ComparedRow[]} rows
 * @param {boolean} onlyDifferences
 * @param {[string, string]} names of the two
 */
export function drawCompared(document, rows, onlyDifferences, names) {
  const different = rows.filter((row) => !row.same);
  const telling = different.filter((row) => !row.volatile).length;
  const shown = onlyDifferences ? different : rows;
  const drawn = [...new Set(shown.map((row) => row.section))].map((section) => element(document, 'tbody', {},
    element(document, 'tr', {}, element(document, 'th', { scope: 'rowgroup', colspan: 3, class: 'table-group' }, t(section))),
    ...shown.filter((row) => row.section === section).map((row) => drawRow(document, row))));
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
  return element(document, 'tr', { 'data-same': String(row.same), 'data-volatile': String(row.volatile) },
    element(document, 'th', { scope: 'row' }, row.label ? say(row.label, row.name) : foreign(document, row.name, { class: 'code' }),
      !row.same && element(document, 'span', { class: 'tag', 'data-tone': row.volatile ? 'plain' : 'warning' }, t(row.volatile ? 'compare_volatile' : 'compare_differs'))),
    drawValues(document, row.left, row.common),
    drawValues(document, row.right, row.common));
}

/**
 * The values of one side; those that the other lacks stand first and stand out.
 * @param {Document} document
 * @param {string[]} values
 * @param {number} common how many at the end the other side has too
 */
function drawValues(document, values, common) {
  return element(document, 'td', {},
    values.length === 0 && element(document, 'span', { class: 'dim' }, t('compare_absent')),
    element(document, 'ul', { role: 'list' }, ...values.slice(0, MOST).map((value, index) => element(document, 'li', { 'data-only': String(index < values.length - common) },
      value === '' ? element(document, 'span', { class: 'dim' }, t('empty_value')) : foreign(document, value, { class: 'code' })))),
    values.length > MOST && element(document, 'span', { class: 'dim' }, plural('more_values', values.length - MOST)));
}

/** Values drawn in a cell. */
const MOST = 100;
