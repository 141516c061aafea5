// Rows of one height, of which only those in sight are in the page: a megabyte scrolls like a screenful.
// @ts-check
import { element } from '../ui/dom.js';

/** Rows drawn above and below those in sight, so that a quick scroll shows no gap. */
const SPARE = 12;

/**
 * @typedef {object} Scroller
 * @property {HTMLElement} view the element that scrolls
 * @property {(count: number, drawRow: (index: number) => HTMLElement, width: string) => void} fill with other rows; `width` is that of the longest
 * @property {(index: number) => HTMLElement | null} row the row in the page, null when it is out of sight
 * @property {() => [first: number, last: number]} drawn the rows in the page
 * @property {(index: number) => void} show scrolls until a row is in sight, about a third from the top
 * @property {() => void} refresh draws the rows in sight anew
 */

/**
 * @param {HTMLElement} view which must scroll
 * @param {number} height of a row in pixels
 * @param {() => void} onDrawn called when other rows have come into the page
 * @returns {Scroller}
 */
export function scroller(view, height, onDrawn) {
  const { ownerDocument: document } = view;
  const sizer = element(document, 'div', { class: 'rows' });
  const rows = /** @type {Map<number, HTMLElement>} */ (new Map());
  let count = 0;
  let first = 0;
  let last = -1;
  /** @type {(index: number) => HTMLElement} */
  let drawRow = () => element(document, 'div');

  view.replaceChildren(sizer);
  view.addEventListener('scroll', () => update(false), { passive: true });
  new ResizeObserver(() => update(false)).observe(view);

  /** @param {boolean} anew whether rows that stay are drawn anew too */
  function update(anew) {
    const from = Math.max(0, Math.floor(view.scrollTop / height) - SPARE);
    const to = Math.min(count - 1, Math.ceil((view.scrollTop + view.clientHeight) / height) + SPARE);
    if (!anew && from === first && to === last) return;
    const focus = focusedIn(view);
    for (const [index, row] of rows) {
      if (anew || index < from || index > to) {
        row.remove();
        rows.delete(index);
      }
    }
    for (let index = from; index <= to; index += 1) {
      if (rows.has(index)) continue;
      const row = drawRow(index);
      row.style.transform = `translateY(${index * height}px)`;
      rows.set(index, row);
      // In the order of the text, for whoever reads or tabs through the page.
      sizer.insertBefore(row, rows.get(index + 1) ?? null);
    }
    first = from;
    last = to;
    if (focus !== null && document.activeElement === document.body) giveBack(view, focus);
    onDrawn();
  }

  return {
    view,
    fill: (newCount, newDrawRow, width) => {
      count = newCount;
      drawRow = newDrawRow;
      sizer.style.height = `${count * height}px`;
      sizer.style.minWidth = width;
      update(true);
    },
    row: (index) => rows.get(index) ?? null,
    drawn: () => [first, last],
    show: (index) => {
      const top = index * height;
      if (top < view.scrollTop || top + 2 * height > view.scrollTop + view.clientHeight) view.scrollTop = top - view.clientHeight / 3;
      update(false);
    },
    refresh: () => update(true),
  };
}

/** The lasting name of what has the focus in there, '' for what has none. @param {HTMLElement} view */
function focusedIn(view) {
  const { activeElement } = view.ownerDocument;
  return activeElement !== view && view.contains(activeElement) ? /** @type {HTMLElement} */ (activeElement).dataset.focus ?? '' : null;
}

/** What scrolled away leaves the focus to the rows as a whole. @param {HTMLElement} view @param {string} focus */
function giveBack(view, focus) {
  const again = /** @type {HTMLElement | null} */ (focus === '' ? null : view.querySelector(`[data-focus="${CSS.escape(focus)}"]`));
  (again ?? view).focus({ preventScroll: true });
}
