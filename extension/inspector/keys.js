// The inspector's keys: arrows in the list and in the tabs, `/` and Ctrl+F to search, `?` for help.
// @ts-check
import { element } from '../ui/dom.js';
import { t } from '../ui/i18n.js';

/**
 * What the keys act on.
 * @typedef {object} Board
 * @property {(key: string) => void} selectItem by its lasting name
 * @property {(tab: string) => void} selectTab
 * @property {() => boolean} focusSearch whether the tab has one
 * @property {() => void} openKeys
 * @property {(key: string) => void} removeItem
 */

/**
 * @param {KeyboardEvent} event
 * @param {Board} board
 */
export function onKey(event, board) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.isComposing || target.closest('dialog')) return;
  if (act(event, board, target)) event.preventDefault();
}

/**
 * Whether the key did something, so that the browser should not.
 * @param {KeyboardEvent} event
 * @param {Board} board
 * @param {HTMLElement} target
 */
function act(event, board, target) {
  const { key } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && key.toLowerCase() === 'f' && !event.shiftKey && !event.altKey) return board.focusSearch();
  if (control || event.altKey) return false;
  const entry = /** @type {HTMLElement | null} */ (target.closest('.entry'));
  if (entry) {
    const to = neighbour(entry, '.list', '.entry', key, 'ArrowUp', 'ArrowDown');
    if (to) {
      board.selectItem(to.dataset.key ?? '');
      return true;
    }
    if (key === 'Delete') {
      board.removeItem(entry.dataset.key ?? '');
      return true;
    }
  }
  const tab = /** @type {HTMLElement | null} */ (target.closest('[role="tab"]'));
  if (tab) {
    const rightToLeft = getComputedStyle(tab).direction === 'rtl';
    const [back, forth] = rightToLeft ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    const to = neighbour(tab, '[role="tablist"]', '[role="tab"]', key, back ?? '', forth ?? '');
    if (to) {
      board.selectTab(to.dataset.tab ?? '');
      return true;
    }
  }
  if (target.closest('input, textarea, select')) return false;
  if (key === '/') return board.focusSearch();
  if (key !== '?') return false;
  board.openKeys();
  return true;
}

/**
 * Where a key goes from an element among its like; null for a key that does not move.
 * @param {HTMLElement} from
 * @param {string} around
 * @param {string} like
 * @param {string} key
 * @param {string} back
 * @param {string} forth
 */
function neighbour(from, around, like, key, back, forth) {
  const all = /** @type {HTMLElement[]} */ ([...(from.closest(around)?.querySelectorAll(like) ?? [])]);
  const at = all.indexOf(from);
  switch (key) {
    case back: return all[at - 1] ?? from;
    case forth: return all[at + 1] ?? from;
    case 'Home': return all[0] ?? null;
    case 'End': return all.at(-1) ?? null;
    default: return null;
  }
}

/**
 * The table of keys.
 * @param {Document} document
 * @param {boolean} mac
 */
export function drawKeys(document, mac) {
  const rows = /** @type {[string[], string][]} */ ([
    [['↑', '↓'], t('inspector_keys_list')],
    [['←', '→'], t('inspector_keys_tabs')],
    [['/'], t('inspector_keys_search')],
    [[mac ? '⌘' : t('key_ctrl'), 'F'], t('inspector_keys_search')],
    [[t('key_enter')], t('inspector_keys_next')],
    [[t('key_shift'), t('key_enter')], t('inspector_keys_previous')],
    [[mac ? '⌘' : t('key_ctrl'), 'V'], t('inspector_keys_paste')],
    [[t('key_delete')], t('inspector_keys_remove')],
    [['?'], t('keys_help')],
  ]);
  return element(document, 'dl', { class: 'keys' }, ...rows.map(([keys, text]) => element(document, 'div', {},
    element(document, 'dt', {}, ...keys.map((key) => element(document, 'kbd', {}, key))),
    element(document, 'dd', {}, text))));
}
