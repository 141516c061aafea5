// The popup: paints the stored view, listens to the user, asks the background. It decides nothing about SAML or AWS.
// @ts-check
import * as platform from '../platform.js';
import { byId, element } from '../ui/dom.js';
import { plural, say, t, translate } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { closeMenu, drawMenu, openMenu } from '../ui/menu.js';
import * as preferences from '../ui/preferences.js';
import { clock, secondsLeft, shareLeft } from '../ui/time.js';
import { ClipboardError, copyWhenReady } from './clipboard.js';
import * as draw from './draw.js';
import { found, matches, words } from './filter.js';
import { onKey } from './keys.js';

/** @import { Clock } from '../state.js' */
/** @import { Account, Failure, PopupView, Role, SignIn } from '../view.js' */
/** @import { DoneResponse, ExportResponse, Failed, Format, ImportResponse } from '../protocol.js' */
/** @import { Group } from '../ui/menu.js' */
/** @import { Explainer, Scene, Status } from './draw.js' */

const SETUP = 'setup/setup.html';
const CERTIFICATES = 'certificates/certificates.html';

/** Before this, a wait needs no sign. */
const BUSY_AFTER = 300;
/** A window that was not resized for this long has its size. */
const RESTED_AFTER = 150;
/** From this many roles on, the browser may skip drawing those out of sight. */
const LONG_LIST = 60;
/** How long the copied role wears its check mark. */
const DONE_FOR = 2000;

/** @type {{ inPrivate: boolean, granted: boolean, view: PopupView, format: Format, selected: string | null, current: string | null,
 *   noticesOpen: boolean, status: Status | null, failures: Map<string, Failure & { fresh: boolean }>, pending: Set<string>, busy: Set<string>,
 *   copied: string | null, clipboardIsOurs: boolean, warned: string | null, explain: Explainer | null, clock: Clock | null }} */
const state = {
  inPrivate: false,
  granted: true,
  view: { signIns: [], sessions: [] },
  format: 'env',
  selected: null,
  current: null,
  noticesOpen: false,
  status: null,
  failures: new Map(),
  pending: new Set(),
  busy: new Set(),
  copied: null,
  clipboardIsOurs: false,
  warned: null,
  explain: null,
  clock: null,
};

/** How many copies came to an end, well or not. */
let outcomes = 0;

/** Waits for the window to come to rest. @type {ReturnType<typeof setTimeout> | undefined} */
let resting;

/** The rows on screen, by key, in order. @type {Map<string, { row: HTMLElement, role: Role, account: Account }>} */
const rows = new Map();

const now = () => Date.now() / 1000;
const viewKey = () => (state.inPrivate ? 'view:private' : 'view');
const filter = () => /** @type {HTMLInputElement} */ (byId(document, 'filter'));
const signIn = () => state.view.signIns.find((one) => one.id === state.selected) ?? state.view.signIns[0] ?? null;
const shownKeys = () => [...rows].filter(([, { row }]) => !row.hidden).map(([key]) => key);

/* ---- painting ---- */

/** Draws everything and puts focus, scroll and typed text back where they were. */
function paint() {
  const focus = focusedPart();
  const pasted = /** @type {HTMLTextAreaElement | null} */ (byId(document, 'roles').querySelector('#paste'))?.value;
  const chosen = signIn();
  byId(document, 'app').dataset.state = chosen === null ? 'empty' : chosen.roleCount === 0 ? 'no-roles' : 'roles';
  byId(document, 'head').hidden = chosen === null;
  byId(document, 'tools').hidden = chosen === null || chosen.roleCount === 0;
  if (chosen === null) paintEmpty(pasted);
  else paintSignIn(chosen);
  paintStatus();
  keepHeight();
  giveFocus(focus);
}

/**
 * A browser gives a popup 600 pixels of the screen; zoomed in, or on a small screen, that is less than 600 of the page. Then the
 * popup keeps to the room there is, so that the list scrolls and not the window. Asked after the window has come to rest.
 */
function keepToRoom() {
  if (document.documentElement.scrollHeight > innerHeight + 1) byId(document, 'app').style.setProperty('--room', `${innerHeight}px`);
}

/** The popup grows with what it shows and does not shrink while the user filters. */
function keepHeight() {
  const app = byId(document, 'app');
  if (rows.size > LONG_LIST) return; // fills the window anyway, and measuring it costs a layout
  app.style.removeProperty('--kept');
  app.style.setProperty('--kept', `${app.offsetHeight}px`);
}

/** @param {string | undefined} pasted what the paste box held */
function paintEmpty(pasted) {
  rows.clear();
  byId(document, 'notices').replaceChildren();
  byId(document, 'roles').replaceChildren(
    draw.drawEmpty(document, draw.signInHosts(platform.hosts()), state.granted, state.inPrivate));
  if (pasted) /** @type {HTMLTextAreaElement} */ (byId(document, 'paste')).value = pasted;
}

/** @param {SignIn} chosen */
function paintSignIn(chosen) {
  byId(document, 'head-identity').replaceChildren(draw.drawIdentity(document, chosen, state.view.signIns.length));
  byId(document, 'head-grant').replaceChildren(...(state.granted ? [] : [draw.drawGrant(document)]));
  paintCountdown(chosen);
  paintFormat();
  const input = filter();
  input.placeholder = plural('filter_placeholder', chosen.roleCount);
  const roles = byId(document, 'roles');
  const { scrollTop } = roles;
  rows.clear();
  roles.toggleAttribute('data-long', chosen.roleCount > LONG_LIST);
  if (chosen.roleCount === 0) {
    roles.replaceChildren(draw.drawNoRoles(document, chosen));
  } else {
    roles.replaceChildren(...draw.drawAccounts(document, scene(chosen)));
    listRows(chosen);
    applyFilter(false);
  }
  roles.scrollTop = scrollTop;
  paintNotices(chosen);
}

/** @param {SignIn} chosen */
function paintCountdown(chosen) {
  const drawn = draw.drawCountdown(document, chosen, now());
  byId(document, 'head-countdown').replaceChildren(...(drawn ? [drawn] : []));
  byId(document, 'app').dataset.expired = String(draw.isExpired(chosen, now()));
}

function paintFormat() {
  const name = draw.formatName(state.format);
  const button = byId(document, 'format');
  button.setAttribute('aria-label', t('format_label', name));
  button.replaceChildren(icon(document, 'copy'), element(document, 'span', { class: 'format-name' }, name), icon(document, 'chevron'));
}

/** @param {SignIn} chosen */
function paintNotices(chosen) {
  const shown = chosen.roleCount === 0 ? [] : draw.worstFirst([...chosen.notices, ...(state.clock?.notice ? [state.clock.notice] : [])]);
  byId(document, 'notices').replaceChildren(...draw.drawNotices(document, shown, state.noticesOpen));
}

function paintStatus() {
  const { status } = state;
  const hints = byId(document, 'hints');
  const withRoles = (signIn()?.roleCount ?? 0) > 0;
  hints.hidden = status !== null || !withRoles;
  byId(document, 'status-bar').hidden = status === null && !withRoles;
  if (!hints.hasChildNodes()) hints.replaceChildren(...draw.drawHints(document));
  const bar = byId(document, 'status');
  bar.dataset.kind = status?.kind ?? '';
  bar.replaceChildren(...(status === null ? [] : draw.drawStatus(document, status, now())));
}

/**
 * @param {SignIn} chosen
 * @returns {Scene}
 */
function scene(chosen) {
  return {
    now: now(), signIn: chosen, sessions: state.view.sessions, format: state.format, failures: state.failures, busy: state.busy, copied: state.copied, explain: state.explain,
  };
}

/** @param {SignIn} chosen */
function listRows(chosen) {
  const drawn = /** @type {HTMLElement[]} */ ([...byId(document, 'roles').querySelectorAll('.role')]);
  chosen.accounts.flatMap((account) => account.roles.map((role) => ({ role, account }))).forEach((one, index) => {
    const row = drawn[index];
    if (row) rows.set(draw.roleKey(chosen, one.role), { row, ...one });
  });
}

/** Draws one row anew, in place. @param {string} key */
function paintRow(key) {
  const chosen = signIn();
  const shown = rows.get(key);
  if (!chosen || !shown) return;
  const focus = focusedPart();
  const row = draw.drawRole(document, scene(chosen), shown.account, shown.role);
  row.hidden = shown.row.hidden;
  shown.row.replaceWith(row);
  rows.set(key, { ...shown, row });
  markCurrent(state.current);
  giveFocus(focus);
}

/* ---- focus and the current role ---- */

/** The part that has the focus, by its lasting name. */
function focusedPart() {
  return /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.focus ?? null;
}

/** Focuses a part by its name if the focus was lost; what is gone gives it to the filter. @param {string | null} part */
function giveFocus(part) {
  if (part === null && document.activeElement !== document.body) return;
  if (part !== null && focusedPart() === part) return;
  const wanted = /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(part ?? 'filter')}"]`));
  if (wanted && wanted.getClientRects().length > 0) wanted.focus({ preventScroll: true });
  else filter().focus({ preventScroll: true });
}

/** Makes a role the current one: the one Enter copies and Tab reaches. @param {string | null} key */
function markCurrent(key) {
  state.current = key;
  for (const [one, { row }] of rows) {
    const is = one === key;
    if (row.hasAttribute('data-current') !== is) row.toggleAttribute('data-current', is);
    for (const button of row.querySelectorAll('.copy, .options')) button.setAttribute('tabindex', is ? '0' : '-1');
  }
}

/** Focuses the button of a role and brings it into sight. @param {string | undefined} key */
function focusRole(key) {
  const row = key === undefined ? undefined : rows.get(key)?.row;
  if (!row || key === undefined) return;
  markCurrent(key);
  /** @type {HTMLElement} */ (row.querySelector('.copy, .options')).focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

/* ---- the filter ---- */

/** Shows the roles that the typed text means. @param {boolean} typed whether the text just changed */
function applyFilter(typed) {
  const input = filter();
  const wanted = words(input.value);
  let count = 0;
  for (const { row, role, account } of rows.values()) {
    row.hidden = !matches(wanted, role, account);
    if (!row.hidden) count += 1;
  }
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.account'))) {
    section.hidden = section.querySelector('.role:not([hidden])') === null;
  }
  byId(document, 'filter-clear').hidden = input.value === '';
  document.getElementById('no-match')?.remove();
  if (count === 0) byId(document, 'roles').append(draw.drawNoMatch(document, input.value.trim()));
  highlight(wanted);
  const keys = shownKeys();
  const chosen = keys.find((key) => rows.get(key)?.role.chosen);
  const kept = !typed && state.current !== null && keys.includes(state.current) ? state.current : null;
  markCurrent(kept ?? (wanted.length === 0 ? chosen : undefined) ?? keys[0] ?? null);
  if (!typed) return;
  byId(document, 'roles').scrollTop = 0;
  byId(document, 'said').textContent = plural('roles', count);
}

/** Marks the words in the names, where the browser can without touching the page. @param {ReturnType<typeof words>} wanted */
function highlight(wanted) {
  if (!('highlights' in CSS)) return;
  /** @type {Range[]} */
  const ranges = [];
  if (wanted.length > 0) {
    for (const { row } of rows.values()) {
      if (row.hidden) continue;
      for (const part of row.querySelectorAll('.role-path, .role-leaf')) {
        const text = part.firstChild;
        if (!text) continue;
        for (const [start, end] of found(wanted, text.textContent ?? '')) {
          const range = new Range();
          range.setStart(text, start);
          range.setEnd(text, end);
          ranges.push(range);
        }
      }
    }
  }
  CSS.highlights.set('found', new Highlight(...ranges));
}

function clearFilter() {
  filter().value = '';
  applyFilter(true);
  filter().focus();
}

/* ---- copying ---- */

/**
 * Copies a role's credentials. Called in the turn of a click or key, which the clipboard insists on.
 * @param {string | null} key
 * @param {{ format?: Format, fresh?: boolean }} [how]
 */
function copy(key, { format = state.format, fresh = false } = {}) {
  const chosen = signIn();
  const shown = key === null ? undefined : rows.get(key);
  if (!chosen || !shown || key === null || shown.role.refused || state.pending.has(key)) return;
  const { role, account } = shown;
  if (format !== state.format) remember(format);
  state.pending.add(key);
  const slow = setTimeout(() => {
    state.busy.add(key);
    paintRow(key);
  }, BUSY_AFTER);
  const answered = platform.sendMessage({ kind: 'export', signIn: chosen.id, role: role.arn, provider: role.provider, format, fresh })
    .then((/** @type {ExportResponse} */ answer) => {
      if (!answer.ok) throw new Refusal(answer.failure);
      return answer;
    });
  const finish = () => {
    clearTimeout(slow);
    state.pending.delete(key);
    state.busy.delete(key);
    outcomes += 1;
  };
  copyWhenReady(answered.then((answer) => answer.text)).then(() => answered).then(({ expiration, reused }) => {
    finish();
    state.failures.delete(key);
    state.status = { kind: 'copied', key, role, account, format, expiration, reused };
    state.clipboardIsOurs = true;
    state.copied = key;
    setTimeout(() => {
      if (state.copied !== key) return;
      state.copied = null;
      paintRow(key);
    }, DONE_FOR);
    paintRow(key);
    paintStatus();
    showOutcomes();
  }, async (error) => {
    const failure = failureOf(error);
    if (failure.finding !== null) await learnToExplain().catch(() => {}); // then without
    finish();
    state.failures.set(key, { ...failure, fresh });
    state.status = { kind: 'failed', key, role, account };
    paintRow(key);
    paintStatus();
    rows.get(key)?.row.scrollIntoView({ block: 'nearest' });
    byId(document, 'alarm').textContent = say(failure.text, failure.code);
    showOutcomes();
  });
}

/** Loads what draws the cause of a failure. A popup that never sees one starts without it. */
async function learnToExplain() {
  if (state.explain !== null) return;
  const sheet = element(document, 'link', { rel: 'stylesheet', href: '../ui/finding.css' });
  const styled = new Promise((resolve) => {
    sheet.addEventListener('load', resolve);
    sheet.addEventListener('error', resolve); // plain words are better than none
  });
  document.head.append(sheet);
  const [{ drawExplanation }] = await Promise.all([import('../ui/finding.js'), styled]);
  state.explain = drawExplanation;
}

/** Tells whoever drives the popup that what it shows is the outcome of the newest copy, not of one before. */
function showOutcomes() {
  byId(document, 'app').dataset.outcomes = String(outcomes);
}

/** What the background answered when it could not do it. */
class Refusal extends Error {
  /** @param {Failure} failure */
  constructor(failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/**
 * @param {unknown} error
 * @returns {Failure}
 */
function failureOf(error) {
  if (error instanceof Refusal) return error.failure;
  const code = error instanceof ClipboardError ? 'popup.clipboard_refused' : 'popup.no_answer';
  const key = code.replace('.', '_');
  return { code, text: { key, args: [] }, hint: { key: `${key}_hint`, args: [] }, aws: null, finding: null, causes: [] };
}

/** @param {Format} format */
function remember(format) {
  state.format = format;
  void preferences.save({ format });
  paint();
}

/** @param {string} text said in the status bar */
function report(text) {
  state.status = { kind: 'said', text };
  paintStatus();
}

/** Copies text that is no secret. @param {string} text @param {string} said */
function copyPlain(text, said) {
  navigator.clipboard.writeText(text).then(() => report(said), () => report(t('popup_clipboard_refused')));
  state.clipboardIsOurs = false;
}

/** Forgets credentials, and empties the clipboard while it still holds what was copied here. @param {string | null} role ARN, or null for all */
function clear(role) {
  const status = state.status;
  const ours = state.clipboardIsOurs && status?.kind === 'copied' && (role === null || status.role.arn === role);
  const emptied = ours ? navigator.clipboard.writeText('').then(() => true, () => false) : Promise.resolve(false);
  state.clipboardIsOurs &&= !ours;
  ask({ kind: 'clear', role, private: state.inPrivate }, async () => report(t(await emptied ? 'cleared_both' : 'cleared')));
}

/** @param {SignIn} chosen */
function forget(chosen) {
  ask({ kind: 'forget', signIn: chosen.id }, async () => {
    state.selected = null;
    state.status = null;
    byId(document, 'said').textContent = t('forgotten');
    paint();
    filter().focus();
  });
}

/**
 * Asks for something that has no answer but that it is done.
 * @param {import('../protocol.js').Request} request
 * @param {() => Promise<void>} done
 */
function ask(request, done) {
  platform.sendMessage(request).then(done).catch(() => report(t('popup_no_answer')));
}

/* ---- pasting ---- */

/** @param {HTMLFormElement} form */
async function importPasted(form) {
  const box = /** @type {HTMLTextAreaElement} */ (form.querySelector('#paste'));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('#import'));
  if (box.value.trim() === '') {
    box.focus();
    return;
  }
  button.setAttribute('aria-busy', 'true');
  /** @type {ImportResponse} */
  const answer = await platform.sendMessage({ kind: 'import', text: box.value, private: state.inPrivate })
    .catch((/** @type {unknown} */ error) => ({ ok: false, failure: failureOf(error) }));
  button.removeAttribute('aria-busy');
  if (!answer.ok) {
    form.querySelector('#paste-failure')?.replaceChildren(draw.drawFailure(document, answer.failure, null));
    box.focus();
    return;
  }
  box.value = '';
  state.selected = answer.id;
  closeDialog();
  paint();
  filter().focus();
}

/**
 * Opens the inspector: for a pasted text, else for the shown sign-in. The popup has done its part then.
 * @param {HTMLFormElement | null} form the paste box, if it was asked there
 */
async function inspect(form) {
  const text = /** @type {HTMLTextAreaElement | null | undefined} */ (form?.querySelector('#paste'))?.value.trim() || null;
  const shown = form === null ? signIn()?.id ?? null : null;
  /** @type {DoneResponse | Failed} */
  const answer = await platform.sendMessage({ kind: 'inspect', signIn: shown, text, private: state.inPrivate })
    .catch((/** @type {unknown} */ error) => ({ ok: false, failure: failureOf(error) }));
  if (answer.ok) window.close();
  else if (form === null) report(say(answer.failure.text, answer.failure.code));
  else form.querySelector('#paste-failure')?.replaceChildren(draw.drawFailure(document, answer.failure, null));
}

/** Opens a page of the extension. The popup has done its part then. @param {string} path */
function openPage(path) {
  void platform.showPage(path).then(() => window.close());
}

/* ---- dialogs and menus ---- */

/** @param {HTMLDialogElement} dialog */
function openDialog(dialog) {
  closeDialog();
  const focus = focusedPart();
  dialog.addEventListener('close', () => {
    dialog.remove();
    giveFocus(focus);
  });
  dialog.addEventListener('pointerdown', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function closeDialog() {
  document.querySelector('dialog')?.close();
}

function openKeys() {
  const mac = /mac/i.test(navigator.platform);
  openDialog(draw.drawDialog(document, 'keys-dialog', t('menu_keys'), draw.drawKeys(document, mac)));
}

function openPaste() {
  openDialog(draw.drawDialog(document, 'paste-dialog', t('paste_dialog'), draw.drawPaste(document, true)));
  document.querySelector('dialog')?.querySelector('textarea')?.focus();
}

/** Where the roles stood when the menu opened. */
let openedAt = 0;

/** A menu does not follow its button, so it closes when the roles move away under it. */
function onScroll() {
  if (Math.abs(byId(document, 'roles').scrollTop - openedAt) > 4) closeMenu();
}

/**
 * @param {HTMLElement} anchor
 * @param {string} label
 * @param {Group[]} groups
 * @param {(id: string) => void} onChoose
 * @param {'menu' | 'listbox'} [kind]
 */
function open(anchor, label, groups, onChoose, kind = 'menu') {
  const part = anchor.dataset.focus ?? null;
  openedAt = byId(document, 'roles').scrollTop;
  openMenu(drawMenu(document, label, groups, kind), anchor, { onChoose, giveFocusBack: () => giveFocus(part) });
}

/** @param {string | null} key */
function openRoleMenu(key) {
  const chosen = signIn();
  const shown = key === null ? undefined : rows.get(key);
  if (!chosen || !shown || key === null) return;
  const { row, role } = shown;
  markCurrent(key);
  row.scrollIntoView({ block: 'nearest' });
  const live = draw.liveSession(state.view.sessions, chosen, role, now()) !== null;
  const anchor = /** @type {HTMLElement} */ (row.querySelector('.options'));
  open(anchor, t('role_menu', role.name), draw.roleMenu(role, state.format, live), (id) => {
    if (id === 'fresh') copy(key, { fresh: true });
    else if (id === 'arn') copyPlain(role.arn, t('arn_copied'));
    else if (id === 'clear') clear(role.arn);
    else copy(key, { format: /** @type {Format} */ (id.slice('format:'.length)) });
  });
}

/** What `data-action` does. @type {Record<string, (target: HTMLElement, key: string | null) => void>} */
const ACTIONS = {
  copy: (_, key) => copy(key),
  menu: (_, key) => openRoleMenu(key),
  retry: (_, key) => {
    focusRole(key ?? undefined);
    copy(key, { fresh: state.failures.get(key ?? '')?.fresh });
  },
  dismiss: (_, key) => {
    if (key === null) return;
    state.failures.delete(key);
    if (state.status?.kind === 'failed' && state.status.key === key) state.status = null;
    paintRow(key);
    paintStatus();
    focusRole(key);
  },
  'show-failure': () => {
    if (state.status?.kind !== 'failed') return;
    const { key } = state.status;
    if (rows.get(key)?.row.hidden) clearFilter();
    focusRole(key);
  },
  'clear-copied': () => {
    if (state.status?.kind !== 'copied') return;
    clear(state.status.role.arn);
    filter().focus();
  },
  'clear-filter': clearFilter,
  format: (anchor) => open(anchor, t('format_menu'), [{ label: t('format_menu'), title: true, items: draw.formatItems(state.format) }],
    (id) => remember(/** @type {Format} */ (id.slice('format:'.length)))),
  more: (anchor) => open(anchor, t('more'), draw.moreMenu(state.view.sessions.some((one) => one.expiration > now())), (id) => {
    const chosen = signIn();
    if (id === 'inspect') void inspect(null);
    else if (id === 'paste') openPaste();
    else if (id === 'clear-all') clear(null);
    else if (id === 'keys') openKeys();
    else if (id === 'settings') void platform.openOptions();
    else if (id === 'setup') openPage(SETUP);
    else if (id === 'certificates') openPage(CERTIFICATES);
    else if (chosen) forget(chosen);
  }),
  switch: (anchor) => {
    const chosen = signIn();
    if (!chosen) return;
    open(anchor, t('sign_ins_label'), draw.signInMenu(document, state.view.signIns, chosen, now()), (id) => {
      state.selected = id;
      state.current = null;
      state.status = null;
      state.noticesOpen = false;
      paint();
      byId(document, 'roles').scrollTop = 0;
    }, 'listbox');
  },
  notices: () => toggleNotices(!state.noticesOpen),
  'copy-text': ({ dataset }) => copyPlain(dataset.text ?? '', t('command_copied')),
  inspect: () => void inspect(null),
  'inspect-pasted': (button) => void inspect(button.closest('form')),
  keys: openKeys,
  setup: () => openPage(SETUP),
  certificates: () => openPage(CERTIFICATES),
  'close-dialog': closeDialog,
  grant: () => void platform.requestHosts().then(checkHosts),
};

/** @param {boolean} isOpen */
function toggleNotices(isOpen) {
  state.noticesOpen = isOpen;
  document.getElementById('notices-toggle')?.setAttribute('aria-expanded', String(isOpen));
  document.getElementById('notices-list')?.toggleAttribute('hidden', !isOpen);
}

/* ---- time ---- */

/** Moves every clock on the screen, and paints anew when something ran out. */
function tick() {
  const at = now();
  const chosen = signIn();
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-until]'))) {
    const text = clock(secondsLeft(Number(part.dataset.until), at));
    if (part.textContent !== text) part.textContent = text;
  }
  for (const bar of /** @type {NodeListOf<HTMLProgressElement>} */ (document.querySelectorAll('progress'))) {
    bar.value = shareLeft(Number(bar.dataset.from), Number(bar.dataset.to), at);
  }
  if (state.status?.kind === 'copied' && state.status.expiration <= at) {
    state.status = null;
    paintStatus();
  }
  for (const [key, { row, role }] of rows) {
    if (chosen && row.hasAttribute('data-live') && !draw.liveSession(state.view.sessions, chosen, role, at)) paintRow(key);
  }
  if (chosen) tickCountdown(chosen, at);
  setTimeout(tick, 1000 - (Date.now() % 1000) + 5);
}

/**
 * @param {SignIn} chosen
 * @param {number} at
 */
function tickCountdown(chosen, at) {
  if (chosen.usableUntil === null) return;
  const was = document.getElementById('countdown')?.dataset.state;
  const is = draw.isExpired(chosen, at) ? 'expired' : draw.countdownState(chosen.usableUntil, at);
  if (was === is) return;
  paintCountdown(chosen);
  const change = `${chosen.id}\n${is}`;
  if (state.warned === change) return;
  state.warned = change;
  byId(document, 'said').textContent = t(is === 'expired' ? 'said_expired' : 'said_soon');
}

/* ---- listening ---- */

/** @param {Event} event */
function onClick(event) {
  const target = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-action]'));
  const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('.role'));
  const key = row?.dataset.key ?? null;
  if (target) ACTIONS[target.dataset.action ?? '']?.(target, key);
  else if (key !== null && document.getSelection()?.isCollapsed) focusRole(key);
}

async function checkHosts() {
  const granted = await platform.hasHosts().catch(() => true);
  if (granted === state.granted) return;
  state.granted = granted;
  paint();
}

/** Another view of this page's windows, or other preferences. @param {Record<string, { newValue?: any }>} changes @param {string} area */
function onChanged(changes, area) {
  const view = area === 'session' ? changes[viewKey()] : undefined;
  const preferred = area === 'local' ? changes[preferences.KEY] : undefined;
  if (view) state.view = viewOf(view.newValue);
  if (preferred) state.format = preferences.read(preferred.newValue, navigator.platform).format;
  const clock = area === 'session' ? changes['clock'] : undefined;
  if (clock) state.clock = clock.newValue ?? null;
  if (view || preferred || clock) paint();
}

/** A missing view is a normal one: nothing has been seen yet. @param {any} stored @returns {PopupView} */
function viewOf(stored) {
  return { signIns: stored?.signIns ?? [], sessions: stored?.sessions ?? [] };
}

function listen() {
  document.addEventListener('click', onClick);
  document.addEventListener('keydown', (event) => onKey(event, {
    filter: filter(),
    current: () => state.current,
    keys: shownKeys,
    focusRole,
    copy: (key) => copy(key),
    openMenu: openRoleMenu,
    clearFilter,
    openKeys,
    closeNotices: () => {
      const was = state.noticesOpen;
      toggleNotices(false);
      return was;
    },
  }));
  document.addEventListener('focusin', (event) => {
    const key = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('.role'))?.dataset.key;
    if (key !== undefined && key !== state.current) markCurrent(key);
  });
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    void importPasted(/** @type {HTMLFormElement} */ (event.target));
  });
  byId(document, 'roles').addEventListener('scroll', onScroll);
  filter().addEventListener('input', () => applyFilter(true));
  // Once the user has been elsewhere, the clipboard may hold something of theirs.
  window.addEventListener('blur', () => {
    state.clipboardIsOurs = false;
  });
  window.addEventListener('resize', () => {
    clearTimeout(resting);
    resting = setTimeout(keepToRoom, RESTED_AFTER);
  });
  platform.onStorageChanged(onChanged);
  platform.onPermissionsChanged(() => void checkHosts());
}

translate(document);
byId(document, 'more').replaceChildren(icon(document, 'more'));
byId(document, 'filter-icon').replaceChildren(icon(document, 'search'));
byId(document, 'filter-clear').replaceChildren(icon(document, 'close'));

const [stored, preferred, inPrivate, granted] = await Promise.all([
  platform.session.get(['view', 'view:private', 'clock']),
  preferences.load(),
  platform.isPrivateWindow().catch(() => false),
  platform.hasHosts().catch(() => true),
]);
Object.assign(state, { inPrivate, granted, format: preferred.format });
state.view = viewOf(stored[viewKey()]);
state.clock = stored['clock'] ?? null;
listen();
paint();
tick();
// After the first paint too: most popups have none to show.
if (!inPrivate) import('./reminder.js').then(({ showReminder }) => showReminder(document, giveFocus)).catch(() => {});
// After the first paint: a sign-in that the background saved and did not get to read shows up when it is read.
platform.sendMessage({ kind: 'wake' }).catch(() => {});
