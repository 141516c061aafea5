// The options page's drawing: pure functions of the document and the preferences.
// @ts-check
import { FORMATS } from '../protocol.js';
import { element } from '../ui/dom.js';
import { t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Format } from '../protocol.js' */

/**
 * One radio button a format, with the line people recognise it by.
 * @param {Document} document
 * @param {Format} chosen
 */
export function drawFormats(document, chosen) {
  return FORMATS.map(({ id, label, sample }) => element(document, 'label', { class: 'choice', 'data-format': id },
    element(document, 'input', { class: 'choice-input', type: 'radio', name: 'format', value: id, checked: id === chosen }),
    element(document, 'span', { class: 'choice-dot', 'aria-hidden': 'true' }),
    element(document, 'span', { class: 'choice-words' },
      element(document, 'span', { class: 'choice-name' }, t(label)),
      element(document, 'code', { class: 'choice-sample', dir: 'ltr' }, sample))));
}

/**
 * One list a partition. A partition with a single region leaves nothing to choose and is left out.
 * @param {Document} document
 * @param {Readonly<Record<string, readonly string[]>>} regions by partition
 * @param {Readonly<Record<string, string>>} chosen by partition
 */
export function drawRegions(document, regions, chosen) {
  return Object.entries(regions).filter(([, names]) => names.length > 1).map(([partition, names]) => {
    const id = `region-${partition}`;
    return element(document, 'div', { class: 'region' },
      element(document, 'label', { for: id, class: 'region-name' }, t(`partition_${partition.replaceAll('-', '_')}`)),
      element(document, 'span', { class: 'select' },
        element(document, 'select', { id, class: 'field', 'data-partition': partition },
          element(document, 'option', { value: '' }, t('options_automatic')),
          ...names.map((name) => element(document, 'option', { value: name, selected: chosen[partition] === name }, name))),
        icon(document, 'chevron')));
  });
}

/**
 * What the extension sees, sends and keeps.
 * @param {Document} document
 */
export function drawPrivacy(document) {
  const lists = /** @type {[string, string[]][]} */ ([
    ['options_sees', ['options_sees_1', 'options_sees_2']],
    ['options_sends', ['options_sends_1', 'options_sends_2', 'options_sends_3']],
    ['options_keeps', ['options_keeps_1', 'options_keeps_2', 'options_keeps_4', 'options_keeps_3']],
  ]);
  return lists.map(([title, items]) => element(document, 'div', { class: 'privacy-list' },
    element(document, 'h3', { class: 'part-label' }, t(title)),
    element(document, 'ul', {}, ...items.map((item) => element(document, 'li', {}, t(item))))));
}
