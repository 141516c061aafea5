// The popup's keys. Everything can be reached without a mouse: typing filters, arrows move, Enter copies.
// @ts-check

/**
 * What the keys act on.
 * @typedef {object} Board
 * @property {HTMLInputElement} filter
 * @property {() => string | null} current the role Enter copies from the filter
 * @property {() => string[]} keys the roles on screen, in order
 * @property {(key: string | undefined) => void} focusRole
 * @property {(key: string | null) => void} copy
 * @property {(key: string | null) => void} openMenu
 * @property {() => void} clearFilter
 * @property {() => void} openKeys
 * @property {() => boolean} closeNotices whether they were open
 */

/**
 * @param {KeyboardEvent} event
 * @param {Board} board
 */
export function onKey(event, board) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.isComposing || target.closest('dialog, textarea, .menu')) return;
  const inFilter = target === board.filter;
  const row = /** @type {HTMLElement | null} */ (target.closest('.role'));
  if (act(event, board, inFilter, row, target)) event.preventDefault();
}

/**
 * Whether the key did something, so that the browser should not.
 * @param {KeyboardEvent} event
 * @param {Board} board
 * @param {boolean} inFilter
 * @param {HTMLElement | null} row
 * @param {HTMLElement} target
 */
function act(event, board, inFilter, row, target) {
  const { key } = event;
  const control = event.ctrlKey || event.metaKey;
  const here = row?.dataset.key ?? board.current();
  if (control && key.toLowerCase() === 'c' && !event.shiftKey && !event.altKey) return copyHere(board, inFilter, row, here);
  if (control || event.altKey) return false;
  switch (key) {
    case 'ArrowDown': return (inFilter || row !== null) && move(board, here, 1, inFilter);
    case 'ArrowUp': return row !== null && move(board, here, -1, inFilter);
    case 'ArrowRight':
    case 'ArrowLeft': return row !== null && toNeighbour(row, target);
    case 'Home': return (row !== null || (inFilter && board.filter.value === '')) && jump(board, 0);
    case 'End': return (row !== null || (inFilter && board.filter.value === '')) && jump(board, -1);
    case 'Escape': return escape(board);
    case 'Enter':
      if (event.shiftKey && (inFilter || row !== null)) board.openMenu(here);
      else if (inFilter) board.copy(here);
      else return false;
      return true;
    case '?':
      if (board.filter.value !== '') break;
      board.openKeys();
      return true;
  }
  // Typing anywhere filters: the letter goes to where the focus is after this turn.
  if (!inFilter && (key === 'Backspace' || (key.length === 1 && key !== ' '))) board.filter.focus();
  return false;
}

/**
 * Copies, unless the user has marked text of their own to copy.
 * @param {Board} board
 * @param {boolean} inFilter
 * @param {HTMLElement | null} row
 * @param {string | null} here
 */
function copyHere(board, inFilter, row, here) {
  const marked = inFilter
    ? board.filter.selectionStart !== board.filter.selectionEnd
    : document.getSelection()?.isCollapsed === false;
  if (marked || (!inFilter && row === null)) return false;
  board.copy(here);
  return true;
}

/**
 * @param {Board} board
 * @param {string | null} here
 * @param {1 | -1} step
 * @param {boolean} inFilter
 */
function move(board, here, step, inFilter) {
  const keys = board.keys();
  const at = here === null ? -1 : keys.indexOf(here);
  if (at + step < 0) board.filter.focus();
  else if (at + step < keys.length) board.focusRole(keys[at + step]);
  else if (inFilter) board.focusRole(keys[at]);
  return true;
}

/**
 * @param {Board} board
 * @param {0 | -1} index
 */
function jump(board, index) {
  board.focusRole(board.keys().at(index));
  return true;
}

/**
 * From the copy button to its menu button and back.
 * @param {HTMLElement} row
 * @param {HTMLElement} target
 */
function toNeighbour(row, target) {
  const other = /** @type {HTMLElement | null} */ (row.querySelector(target.matches('.copy') ? '.options' : '.copy'));
  other?.focus();
  return other !== null;
}

/** @param {Board} board */
function escape(board) {
  if (board.closeNotices()) return true;
  if (board.filter.value === '') return false;
  board.clearFilter();
  return true;
}
