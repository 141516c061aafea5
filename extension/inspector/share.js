// The Share tab: a copy in which names and ids are pseudonyms and the signature is broken, shown whole before anything leaves the page.
// @ts-check
import { element, foreign } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { openXml } from './xml.js';

/** @import { PrettyLine, Redacted } from '../inspection.js' */

/**
 * @param {Document} document
 * @param {Redacted} redacted
 * @param {PrettyLine[]} lines of its XML
 */
export function drawShare(document, redacted, lines) {
  const view = openXml(document, { xml: redacted.xml, lines, signatures: null }, 'share');
  const action = (/** @type {string} */ name, /** @type {string} */ key, look = '') => element(document, 'button', {
    class: `button ${look}`.trim(), type: 'button', 'data-action': name, 'data-focus': name,
  }, t(key));
  return {
    view,
    root: element(document, 'div', { class: 'share' },
      element(document, 'section', { class: 'banner' }, icon(document, 'note'), element(document, 'p', {}, t('share_text'))),
      element(document, 'div', { class: 'actions' },
        action('share-xml', 'share_copy_xml', 'button-primary'), action('share-base64', 'share_copy_base64'), action('share-save', 'share_save'), action('share-report', 'share_copy_report')),
      drawReplaced(document, redacted),
      element(document, 'section', { class: 'part', 'aria-labelledby': 'share-title' },
        element(document, 'h3', { class: 'part-title', id: 'share-title' }, t('share_copy_title')),
        view.root)),
  };
}

/**
 * What stands for what. The originals stay in this page.
 * @param {Document} document
 * @param {Redacted} redacted
 */
function drawReplaced(document, { replaced, replacements }) {
  if (replacements.length === 0) return element(document, 'p', { class: 'dim' }, t('share_nothing_replaced'));
  return element(document, 'details', { class: 'part replaced', open: replacements.length <= FEW },
    element(document, 'summary', { class: 'part-title' }, plural('replaced', replacements.length)),
    element(document, 'div', { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': t('replaced_label') }, element(document, 'table', { class: 'table' },
      element(document, 'thead', {}, element(document, 'tr', {},
        ...['replaced_original', 'replaced_pseudonym', 'replaced_count'].map((key) => element(document, 'th', { scope: 'col' }, t(key))))),
      ...replaced.map(([kind]) => {
        const of = replacements.filter(([its]) => its === kind);
        return element(document, 'tbody', {},
          element(document, 'tr', {}, element(document, 'th', { scope: 'rowgroup', colspan: 3, class: 'table-group' }, t(kind))),
          ...of.slice(0, MOST).map(([, original, pseudonym, count]) => element(document, 'tr', {},
            element(document, 'td', {}, foreign(document, original, { class: 'code' })),
            element(document, 'td', {}, foreign(document, pseudonym, { class: 'code' })),
            element(document, 'td', { class: 'time' }, String(count)))),
          of.length > MOST && element(document, 'tr', {}, element(document, 'td', { colspan: 3, class: 'dim' }, plural('more_replaced', of.length - MOST))));
      }))));
}

/** Replacements up to which the table is open at once. */
const FEW = 30;
/** Rows drawn of one kind. */
const MOST = 200;
