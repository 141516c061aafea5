// The list on the left: a listbox with a group for what was captured and one for what was opened here.
// @ts-check
import { element, foreign } from '../ui/dom.js';
import { ago, plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { dateAndTime, dateOf, DAY } from './instants.js';

/** @import { Entry } from './items.js' */

/**
 * @param {Document} document
 * @param {Entry[]} entries
 * @param {string | null} selected
 * @param {number} now epoch seconds
 */
export function drawList(document, entries, selected, now) {
  const groups = /** @type {[string, Entry[]][]} */ ([
    ['inspector_captured', entries.filter((entry) => !entry.own)],
    ['inspector_opened', entries.filter((entry) => entry.own)],
  ]);
  return groups.filter(([, of]) => of.length > 0).map(([title, of]) => element(document, 'div', { class: 'group', role: 'group', 'aria-labelledby': `group-${title}` },
    element(document, 'div', { class: 'group-title small-title', id: `group-${title}`, role: 'presentation' }, t(title)),
    ...of.map((entry) => drawEntry(document, entry, entry.key === selected, entry.key === (selected ?? entries[0]?.key), now))));
}

/**
 * @param {Document} document
 * @param {Entry} entry
 * @param {boolean} selected
 * @param {boolean} reached whether Tab goes there
 * @param {number} now
 */
function drawEntry(document, entry, selected, reached, now) {
  const name = nameOf(entry);
  return element(document, 'div', {
    class: 'entry',
    role: 'option',
    'data-key': entry.key,
    'data-focus': `entry\n${entry.key}`,
    'data-severity': entry.severity,
    'aria-selected': String(selected),
    tabindex: reached ? 0 : -1,
  },
    element(document, 'div', { class: 'entry-line' },
      entry.severity !== null && icon(document, entry.severity, `severity-${entry.severity}`),
      entry.severity !== null && element(document, 'span', { class: 'unseen' }, t(`severity_${entry.severity}`)),
      foreign(document, name, { class: 'entry-name', title: name }),
      entry.at !== null && element(document, 'span', { class: 'entry-time time', title: dateAndTime(entry.at) }, now - entry.at < DAY ? ago(Math.max(0, now - entry.at)) : dateOf(entry.at))),
    element(document, 'div', { class: 'entry-line entry-sub' },
      entry.provider && foreign(document, entry.provider, { class: 'entry-provider', title: entry.provider }),
      entry.roles !== null && element(document, 'span', { class: 'entry-roles' }, entry.roles > 0 ? plural('roles', entry.roles) : t('no_roles_short'))),
    entry.host && element(document, 'div', { class: 'entry-line entry-sub' }, foreign(document, entry.host, { class: 'entry-host', title: entry.host })),
    drawMarks(document, entry));
}

/**
 * The marks of the window it belongs to, of what it is, and of where it came from.
 * @param {Document} document
 * @param {Entry} entry
 */
export function drawMarks(document, entry) {
  const marks = [
    entry.private && element(document, 'span', { class: 'tag', title: t('private_window_title'), 'data-mark': 'private' }, icon(document, 'private'), t('private_window')),
    entry.container && element(document, 'span', { class: 'tag', title: t('container_title'), 'data-mark': 'container' }, icon(document, 'container'), t('container', entry.container)),
    entry.kind !== null && entry.kind !== 'response' && element(document, 'span', { class: 'tag', 'data-mark': 'kind' }, t(`kind_${entry.kind}`)),
    entry.source && foreign(document, entry.source, { class: 'tag entry-source', title: entry.source, 'data-mark': 'source' }),
  ].filter((mark) => mark !== false && mark !== null && mark !== '');
  return marks.length > 0 && element(document, 'div', { class: 'entry-line entry-marks' }, ...marks);
}

/** What to call an item. @param {Entry} entry */
export function nameOf(entry) {
  if (entry.identity !== null) return entry.identity;
  if (entry.kind !== null && entry.kind !== 'response' && entry.kind !== 'assertion') return t(`kind_${entry.kind}`);
  return t('identity_unknown');
}
