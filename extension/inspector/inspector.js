// The inspector: the list, the item that is shown, its tabs. Connects them to storage, the core and the user; each tab draws itself.
// @ts-check
import * as platform from '../platform.js';
import { drawDialog, drawFailure } from '../popup/draw.js';
import { byId, element, foreign } from '../ui/dom.js';
import { t, translate } from '../ui/i18n.js';
import { icon, mark } from '../ui/icons.js';
import * as pins from '../ui/pins.js';
import { openDialog } from './dialog.js';
import { openExplain } from './explain.js';
import { isMetadata, isPolicy, listenForText, readFiles } from './intake.js';
import { captured, entryOf, failure, failureOf, itemsOf, read, Refusal } from './items.js';
import { drawKeys, onKey } from './keys.js';
import { drawList, drawMarks, nameOf } from './list.js';
import { give, openPanel, TABS } from './panels.js';
import { openDesk } from './trust-desk.js';
import { drawVerdictTag } from './verdict.js';

/** @import { InspectingResponse } from '../protocol.js' */
/** @import { Item } from './items.js' */
/** @import { Page, Panel, ReadItem } from './panels.js' */

/** How long a message at the bottom stays. */
const SAID_FOR = 4000;
/** How often "3 minutes ago" is said anew, in seconds. */
const LIST_EVERY = 30;

/** @type {{ items: Item[], selected: string | null, tab: string, showPrivate: boolean, pins: pins.Pin[], panel: Panel | null, drawing: number, seconds: number }} */
const state = {
  items: [],
  selected: null,
  tab: 'summary',
  showPrivate: false,
  pins: [],
  panel: null,
  drawing: 0,
  seconds: 0,
};

const now = () => Date.now() / 1000;
const selected = () => state.items.find((one) => one.key === state.selected) ?? null;
const ownItems = () => state.items.filter((one) => one.signIn === null);
const box = () => /** @type {HTMLTextAreaElement} */ (byId(document, 'paste'));

/* ---- painting ---- */

function paintList() {
  const focus = focusedPart();
  byId(document, 'list').replaceChildren(...drawList(document, state.items.map(entryOf), state.selected, now()));
  byId(document, 'list').hidden = state.items.length === 0;
  byId(document, 'list-empty').hidden = state.items.length > 0;
  giveFocus(focus);
}

function paintHead() {
  const item = selected();
  const head = byId(document, 'head');
  byId(document, 'tabs').hidden = !item?.inspection;
  if (item === null) return head.replaceChildren();
  const entry = entryOf(item);
  const verdict = item.inspection?.verdict;
  head.replaceChildren(element(document, 'header', { class: 'head' },
    element(document, 'div', { class: 'head-words' },
      foreign(document, nameOf(entry), { class: 'head-name', role: 'heading', 'aria-level': 2 }),
      element(document, 'div', { class: 'head-marks' },
        verdict && drawVerdictTag(document, verdict),
        item.decrypted !== null && element(document, 'span', { class: 'tag', 'data-mark': 'decrypted' }, icon(document, 'lock'), t('decrypted_mark')),
        drawMarks(document, entry))),
    entry.own && element(document, 'button', { class: 'button button-quiet', type: 'button', 'data-action': 'remove', 'data-focus': 'remove' }, t('remove_item'))));
}

function paintTabs() {
  byId(document, 'tabs').replaceChildren(...TABS.map((tab) => element(document, 'button', {
    class: 'tab', type: 'button', role: 'tab', id: `tab-${tab}`, 'data-tab': tab, 'data-focus': `tab-${tab}`, 'aria-controls': 'panel', 'aria-selected': String(tab === state.tab), tabindex: tab === state.tab ? 0 : -1,
  }, t(`tab_${tab}`))));
}

/** Draws the tab of the item; a drawing that ends after a later one began is dropped. */
async function paintPanel() {
  state.drawing += 1;
  const mine = state.drawing;
  const item = selected();
  const focus = focusedPart();
  const panel = byId(document, 'panel');
  const next = item === null ? emptyPanel()
    : item.failure ? { nodes: [drawFailure(document, item.failure, null)] }
      : item.inspection && item.xml !== null ? await openPanel(state.tab, /** @type {ReadItem} */ (item), page) : null;
  if (mine !== state.drawing || next === null) return;
  state.panel = next;
  const isTab = item?.inspection !== null && item !== null && !item.failure;
  panel.toggleAttribute('data-tab-panel', isTab);
  for (const [name, value] of [['role', 'tabpanel'], ['aria-labelledby', `tab-${state.tab}`], ['tabindex', '0']]) {
    if (name && value && isTab) panel.setAttribute(name, value);
    else if (name) panel.removeAttribute(name);
  }
  panel.dataset.shown = isTab ? state.tab : item === null ? 'empty' : 'failure';
  panel.replaceChildren(...next.nodes);
  giveFocus(focus);
}

/** Nothing to show: what can be done. @returns {Panel} */
function emptyPanel() {
  const desk = openDesk(document, { issuer: null, say, openFile });
  desk.show(state.pins);
  return {
    nodes: [
      element(document, 'section', { class: 'empty' },
        mark(document, 'empty-mark'),
        element(document, 'h2', { class: 'empty-title' }, t('inspector_empty_title')),
        element(document, 'p', { class: 'dim' }, t('inspector_empty_text'))),
      openExplain(document, null),
      desk.root,
    ],
    actions: { 'copy-text': (button) => give(page, button.dataset.text ?? '', t('command_copied')) },
    desk,
  };
}

/** Reads the selected item if it was not, or anew, and draws it. */
async function show() {
  paintList();
  const item = selected();
  if (item && (item.inspection === null || item.failure)) await readItem(item);
  if (item !== selected()) return;
  paintList();
  paintHead();
  paintTabs();
  await paintPanel();
}

/** @param {Item} item */
async function readItem(item) {
  const { clock } = await platform.session.get('clock');
  await read(item, pins.trustOf(state.pins), clock ?? null, async () => {
    const key = `signin:${item.key}`;
    return (await platform.session.get(key))[key]?.captured ?? null;
  });
}

/* ---- focus ---- */

/** The part that has the focus, by its lasting name. */
function focusedPart() {
  return /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.focus ?? null;
}

/** Gives the focus back where a repaint lost it. What is gone gives it to the content. @param {string | null} part */
function giveFocus(part) {
  if (part === null || document.activeElement !== document.body) return;
  const again = /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(part)}"]`));
  (again ?? byId(document, 'main')).focus({ preventScroll: true });
}

/* ---- what the user does ---- */

/** @param {string} key @param {boolean} [focus] */
async function select(key, focus = false) {
  if (key !== state.selected) {
    state.selected = key;
    byId(document, 'main').scrollTop = 0;
    await show();
  }
  const entry = /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(`entry\n${key}`)}"]`));
  entry?.scrollIntoView({ block: 'nearest' });
  if (focus) entry?.focus();
}

/** @param {string} tab @param {string | null} focus */
async function goTo(tab, focus) {
  state.tab = tab;
  paintTabs();
  await paintPanel();
  if (state.tab !== tab) return; // another one was chosen meanwhile, and has the focus
  const part = /** @type {HTMLElement | null} */ (focus === null ? byId(document, `tab-${tab}`) : document.querySelector(`[data-focus="${CSS.escape(focus)}"]`));
  part?.focus();
  if (focus !== null) part?.scrollIntoView({ block: 'center' });
}

/**
 * Reads a text and shows the first message in it. The others are read when there is time, so that the list can name them.
 * @param {string} text
 * @param {string | null} source
 * @param {boolean} [isPrivate]
 */
async function take(text, source, isPrivate = ownWindowIsPrivate) {
  refuse(null);
  try {
    if (text.trim() === '') throw new Refusal(failure('capture.nothing_pasted'));
    if (isMetadata(text)) return await offerMetadata(text);
    if (isPolicy(text)) return await offerPolicy(text);
    const found = await itemsOf(text, { source, private: isPrivate });
    const first = found[0];
    if (!first) return;
    state.items = [...state.items.filter((one) => one.signIn !== null), ...found, ...ownItems()];
    box().value = '';
    state.tab = 'summary';
    await select(first.key);
    say(found.length === 1 ? t('taken') : t('taken_several', found.length));
    for (const one of found.slice(1)) {
      await readItem(one);
      paintList();
    }
  } catch (error) {
    refuse(error);
  }
}

/** @param {unknown} why null when nothing stands in the way any more */
function refuse(why) {
  byId(document, 'paste-failure').replaceChildren(...(why === null ? [] : [drawFailure(document, failureOf(why), null)]));
}

/** @param {string} text */
async function offerMetadata(text) {
  if (selected()?.inspection) {
    await goTo('signature', null);
  } else {
    state.selected = null;
    await show();
  }
  await state.panel?.desk?.offer(text);
  byId(document, 'trust').scrollIntoView({ block: 'start' });
  box().value = '';
}

/** @param {string} text */
async function offerPolicy(text) {
  if (!selected()?.inspection) throw new Refusal(failure('host.policy_without_sign_in'));
  await goTo('policy', null);
  if (!state.panel?.take) throw new Refusal(failure('host.policy_without_sign_in'));
  state.panel.take(text);
  box().value = '';
}

/** @param {string} key */
async function remove(key) {
  const at = state.items.findIndex((one) => one.key === key);
  if (state.items[at]?.signIn !== null) return;
  state.items.splice(at, 1);
  if (state.selected === key) state.selected = (state.items[at] ?? state.items[at - 1])?.key ?? null;
  await show();
  const next = state.selected;
  if (next !== null) await select(next, true);
  else box().focus();
}

/** Lets the user choose files. @param {(text: string, name: string) => void} then */
function openFile(then) {
  const input = /** @type {HTMLInputElement} */ (byId(document, 'file'));
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    void readFiles(files, then).catch(refuse);
  };
  input.click();
}

/** @param {string} text */
function say(text) {
  const said = byId(document, 'said');
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => said.replaceChildren(), SAID_FOR);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

function openKeys() {
  openDialog(drawDialog(document, 'keys-dialog', t('menu_keys'), drawKeys(document, /mac/i.test(navigator.platform))));
}

/** What `data-action` does everywhere on the page; a tab has more. @type {Record<string, (button: HTMLElement) => void>} */
const ACTIONS = {
  keys: openKeys,
  settings: () => void platform.openOptions(),
  setup: () => void platform.showPage('setup/setup.html'),
  certificates: () => void platform.showPage('certificates/certificates.html'),
  open: () => openFile((text, name) => void take(text, name)),
  remove: () => void remove(state.selected ?? ''),
};

/** What the tabs may ask of the page. @type {Page} */
const page = {
  document,
  get items() {
    return state.items;
  },
  get pins() {
    return state.pins;
  },
  get trust() {
    return pins.trustOf(state.pins);
  },
  say,
  openFile,
  read: readItem,
  goTo: (tab, focus) => void goTo(tab, focus),
  showElement: (index) => {
    state.tab = 'xml';
    paintTabs();
    const item = selected();
    void paintPanel().then(() => {
      if (item === selected()) state.panel?.showElement?.(index);
    });
  },
  repaint: () => {
    const item = selected();
    if (item) void readItem(item).then(show);
  },
};

/* ---- what happens elsewhere ---- */

/** Takes what the popup handed over, if anything, and shows it. */
async function takeHandover() {
  /** @type {InspectingResponse} */
  const answer = await platform.sendMessage({ kind: 'inspecting' });
  if (!answer.ok || answer.inspecting === null) return;
  const { signIn, text, private: isPrivate } = answer.inspecting;
  if (isPrivate === true && !state.showPrivate) {
    state.showPrivate = true;
    await loadSignIns();
  }
  if (text !== null) await take(text, null, isPrivate === true);
  else if (signIn !== null && state.items.some((one) => one.key === signIn)) await select(signIn);
}

/** The sign-ins of the views this page may show, with what was opened here behind them. */
async function loadSignIns() {
  const { view, 'view:private': ofPrivate } = await platform.session.get(['view', 'view:private']);
  const signIns = [...(view?.signIns ?? []), ...(state.showPrivate ? ofPrivate?.signIns ?? [] : [])];
  state.items = [...captured(signIns, state.items), ...ownItems()];
  if (selected() === null) state.selected = state.items[0]?.key ?? null;
}

async function onSignInsChanged() {
  const before = selected();
  await loadSignIns();
  if (selected() !== before) return await show();
  paintList();
  state.panel?.signInsChanged?.();
}

async function onPinsChanged() {
  state.pins = await pins.load();
  for (const item of state.items) {
    if (item.inspection !== null) await readItem(item);
  }
  state.panel?.desk?.show(state.pins);
  const focus = focusedPart();
  // The trust desk redraws its own list; what the user is typing there stays.
  if (selected() === null) return paintList();
  await show();
  giveFocus(focus);
}

/** Private windows leave nothing behind. */
async function forgetPrivate() {
  if (ownWindowIsPrivate || !state.showPrivate || (await platform.hasPrivateWindow())) return;
  state.showPrivate = false;
  state.items = state.items.filter((one) => !one.private);
  await onSignInsChanged();
}

function tick() {
  state.seconds += 1;
  state.panel?.tick?.(now());
  if (state.seconds % LIST_EVERY === 0) paintList();
  setTimeout(tick, 1000 - (Date.now() % 1000) + 5);
}

function listen() {
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    const entry = /** @type {HTMLElement | null} */ (target.closest('.entry'));
    const tab = /** @type {HTMLElement | null} */ (target.closest('[role="tab"]'));
    const button = /** @type {HTMLElement | null} */ (target.closest('button[data-action]'));
    if (entry) void select(entry.dataset.key ?? '', true);
    else if (tab) void goTo(tab.dataset.tab ?? 'summary', null);
    else if (button) (ACTIONS[button.dataset.action ?? ''] ?? state.panel?.actions?.[button.dataset.action ?? ''])?.(button);
  });
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.id === 'paste-form') void take(box().value, null);
    else if (form.id === 'decrypt-form') state.panel?.submit?.(form);
  });
  document.addEventListener('change', (event) => state.panel?.change?.(/** @type {HTMLInputElement} */ (event.target)));
  document.addEventListener('keydown', (event) => onKey(event, {
    selectItem: (key) => void select(key, true),
    selectTab: (tab) => void goTo(tab, null),
    focusSearch: () => {
      state.panel?.focusSearch?.();
      return state.panel?.focusSearch !== undefined;
    },
    openKeys,
    removeItem: (key) => void remove(key),
  }));
  listenForText(document, { take: (text, source) => void take(text, source), refuse, veil: byId(document, 'drop') });
  platform.onWindowClosed(() => void forgetPrivate());
  platform.onStorageChanged((changes, area) => {
    if (area === 'session' && (changes['view'] || changes['view:private'])) void onSignInsChanged();
    if (area === 'session' && changes['inspecting']?.newValue) void takeHandover().catch(() => {});
    if (area === 'local' && changes[pins.KEY]) void onPinsChanged();
  });
}

translate(document);
byId(document, 'mark').replaceChildren(mark(document));
byId(document, 'keys').replaceChildren(icon(document, 'keyboard'));
byId(document, 'settings').replaceChildren(icon(document, 'settings'));

const [ownWindowIsPrivate, known] = await Promise.all([platform.isPrivateWindow().catch(() => false), pins.load()]);
state.showPrivate = ownWindowIsPrivate;
state.pins = known;
await loadSignIns();
listen();
byId(document, 'page').dataset.state = 'ready';
await takeHandover().catch(() => {});
if (state.panel === null) await show();
tick();
