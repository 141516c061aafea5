// One menu or list that opens at a button: placing it, its keys, and giving the focus back.
// @ts-check
import { element } from './dom.js';
import { icon } from './icons.js';

/** @import { IconName } from './icons.js' */

/**
 * @typedef {object} Item
 * @property {string} id handed to `onChoose`, in the turn of the click or key
 * @property {string} label
 * @property {string} [detail] dimmer, at the end of the line
 * @property {IconName} [icon]
 * @property {boolean} [checked] given for an item of a choice: whether it is the chosen one
 * @property {Node} [content] drawn in place of the label, for lists with richer lines
 *
 * @typedef {{ label: string, title?: boolean, items: Item[] }} Group
 */

/**
 * The menu's own element, not yet placed. `kind` is the ARIA role: a `menu` of actions or a `listbox` of things.
 * @param {Document} document
 * @param {string} label
 * @param {Group[]} groups empty groups are left out
 * @param {'menu' | 'listbox'} kind
 */
export function drawMenu(document, label, groups, kind) {
  return element(document, 'div', { class: 'menu', id: 'menu', role: kind, 'aria-label': label, tabindex: -1 },
    ...groups.filter((group) => group.items.length > 0).map((group) => element(
      document, 'div', { class: 'menu-group', role: 'group', 'aria-label': group.label },
      group.title && element(document, 'div', { class: 'menu-title', 'aria-hidden': 'true' }, group.label),
      ...group.items.map((item) => drawItem(document, item, kind)),
    )));
}

/**
 * @param {Document} document
 * @param {Item} item
 * @param {'menu' | 'listbox'} kind
 */
function drawItem(document, item, kind) {
  const choice = item.checked !== undefined;
  const state = choice ? String(item.checked) : null;
  return element(document, 'div', {
    class: 'menu-item',
    'data-item': item.id,
    role: kind === 'listbox' ? 'option' : choice ? 'menuitemradio' : 'menuitem',
    'aria-checked': kind === 'menu' ? state : null,
    'aria-selected': kind === 'listbox' ? state : null,
    tabindex: -1,
  },
    element(document, 'span', { class: 'menu-sign' },
      item.checked ? icon(document, 'check') : item.icon ? icon(document, item.icon) : null),
    item.content ?? element(document, 'span', { class: 'menu-label' }, item.label),
    item.detail && element(document, 'span', { class: 'menu-detail' }, item.detail));
}

/** @type {(() => void) | null} */
let closeOpen = null;

/** Closes the open menu, if any. The focus goes back to its button if the menu held it. */
export function closeMenu() {
  closeOpen?.();
}

/**
 * Opens `menu` at `anchor`, closing another that is open.
 * @param {HTMLElement} menu of `drawMenu`
 * @param {HTMLElement} anchor the button it belongs to
 * @param {{ onChoose: (id: string) => void, giveFocusBack: () => void }} handlers
 */
export function openMenu(menu, anchor, { onChoose, giveFocusBack }) {
  closeMenu();
  const { ownerDocument: document } = anchor;
  const view = /** @type {Window} */ (document.defaultView);
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('.menu-item')]);

  const close = () => {
    const hadFocus = menu.contains(document.activeElement);
    closeOpen = null;
    document.removeEventListener('pointerdown', onOutside, true);
    view.removeEventListener('resize', onResize);
    menu.remove();
    anchor.setAttribute('aria-expanded', 'false');
    if (hadFocus) giveFocusBack();
  };
  const choose = (/** @type {HTMLElement} */ item) => {
    close();
    onChoose(item.dataset.item ?? '');
  };
  const onResize = () => {
    if (anchor.isConnected) place(menu, anchor, view);
    else close();
  };
  const onOutside = (/** @type {Event} */ event) => {
    const target = /** @type {Node} */ (event.target);
    if (menu.contains(target)) return;
    close();
    // The press on its own button closes; without this the click that follows would open it again.
    if (anchor.contains(target)) swallowNextClick(anchor);
  };

  menu.addEventListener('click', (event) => {
    const item = /** @type {Element} */ (event.target).closest('.menu-item');
    if (item) choose(/** @type {HTMLElement} */ (item));
  });
  menu.addEventListener('pointermove', (event) => {
    const item = /** @type {Element} */ (event.target).closest('.menu-item');
    if (item && item !== document.activeElement) /** @type {HTMLElement} */ (item).focus({ preventScroll: true });
  });
  menu.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = nextItem(event, at, items);
    if (next !== null) {
      event.preventDefault();
      items[next]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (items[at]) choose(items[at]);
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    }
  });

  (document.querySelector('main') ?? document.body).append(menu);
  place(menu, anchor, view);
  anchor.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', onOutside, true);
  view.addEventListener('resize', onResize);
  closeOpen = close;
  (items.find((item) => item.matches('[aria-checked="true"], [aria-selected="true"]')) ?? items[0])?.focus();
}

/**
 * The index of the item a key goes to, or null for a key that does not move. A letter goes to the next item that starts with it.
 * @param {KeyboardEvent} event
 * @param {number} at
 * @param {HTMLElement[]} items
 */
function nextItem(event, at, items) {
  const last = items.length - 1;
  switch (event.key) {
    case 'ArrowDown': return at >= last ? 0 : at + 1;
    case 'ArrowUp': return at <= 0 ? last : at - 1;
    case 'Home': return 0;
    case 'End': return last;
  }
  if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return null;
  const letter = event.key.toLowerCase();
  const order = [...items.keys()].map((step) => (at + 1 + step) % items.length);
  return order.find((index) => (items[index]?.textContent ?? '').trim().toLowerCase().startsWith(letter)) ?? null;
}

/**
 * Below the anchor where there is room, else above, and always inside the window; long menus scroll.
 * @param {HTMLElement} menu
 * @param {HTMLElement} anchor
 * @param {Window} view
 */
function place(menu, anchor, view) {
  const edge = 8;
  const gap = 4;
  const at = anchor.getBoundingClientRect();
  const width = view.document.documentElement.clientWidth;
  const height = view.innerHeight;
  menu.style.maxHeight = `${height - 2 * edge}px`;
  const size = menu.getBoundingClientRect();
  const below = height - edge - (at.bottom + gap);
  const above = at.top - gap - edge;
  const top = size.height <= below ? at.bottom + gap
    : size.height <= above ? at.top - gap - size.height
      : Math.max(edge, height - edge - size.height);
  const rightToLeft = view.getComputedStyle(anchor).direction === 'rtl';
  const startsAtAnchor = anchor.dataset.menuAlign === 'start';
  const left = startsAtAnchor !== rightToLeft ? at.left : at.right - size.width;
  menu.style.top = `${Math.round(top)}px`;
  menu.style.left = `${Math.round(Math.min(Math.max(edge, left), width - edge - size.width))}px`;
}

/** @param {HTMLElement} anchor */
function swallowNextClick(anchor) {
  const swallow = (/** @type {Event} */ event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  anchor.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => anchor.removeEventListener('click', swallow, { capture: true }), 400);
}
