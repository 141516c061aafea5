// The Trust policy tab: what a role's trust policy says to this sign-in, and one that is written for it. The policy that is pasted lives
// in this page's memory, for as long as the item does.
// @ts-check
import * as desk from '../core/desk.js';
import * as platform from '../platform.js';
import { drawFailure } from '../popup/draw.js';
import { element } from '../ui/dom.js';
import { allow, iamHost } from '../ui/hosts.js';
import { say, t } from '../ui/i18n.js';
import * as preferences from '../ui/preferences.js';
import { host } from './crypto.js';
import { save } from './give.js';
import { failure, failureOf, Refusal } from './items.js';
import { hasCredentials, inLines, watchSessions } from './policy-aws.js';
import { drawCheck } from './policy-check.js';
import { drawBox, drawFrame, drawNotRead, drawRead, drawWritten, FORMATS } from './policy-draw.js';
import { changed, drawForm, formOf, showChosen, wishOf } from './policy-form.js';

/** @import { Failure } from '../view.js' */
/** @import { Page, Panel, ReadItem } from './panels.js' */
/** @import { ReadRoleResponse } from '../protocol.js' */
/** @import { FormatId, Mode, Pair, RoleRead } from './policy-draw.js' */
/** @import { Form } from './policy-form.js' */
/** @import { PolicyDraft, WrittenPolicy } from './trust-policy.js' */

/**
 * What is kept of an item.
 * @typedef {object} Kept
 * @property {Pair} pair
 * @property {boolean} typed whether its ARNs are typed
 * @property {Mode} mode
 * @property {string} text
 * @property {RoleRead | null} role what AWS said of it
 * @property {Failure | null} notRead why AWS did not
 * @property {Form | null} form
 * @property {boolean} begun whether something was written with it
 * @property {FormatId} format
 */

/** @type {WeakMap<object, Kept>} */
const kept = new WeakMap();

/**
 * @param {ReadItem} item
 * @param {Page} page
 * @param {(text: string, said: string) => void} give
 * @returns {Promise<Panel>}
 */
export async function openPolicy(item, page, give) {
  const { document } = page;
  const { inspection } = item;
  if (inspection.kind !== 'response' && inspection.kind !== 'assertion') {
    return { nodes: [element(document, 'p', { class: 'blank' }, t('policy_no_response'))] };
  }
  const before = kept.get(item);
  // An assertion that was opened since has roles now.
  const mine = before && (before.pair.role !== '' || inspection.roles.length === 0) ? before : fresh(item);
  kept.set(item, mine);
  const root = element(document, 'div', {});
  const part = (/** @type {string} */ id) => /** @type {HTMLElement | null} */ (root.querySelector(`#${id}`));
  const box = () => /** @type {HTMLTextAreaElement | null} */ (part('policy-text'));
  const xml = item.decrypted ?? item.xml;
  /** @type {{ draft: PolicyDraft, digest: Uint8Array | null } | null} */
  let known = null;
  /** @type {WrittenPolicy | null} */
  let written = null;
  /** The last question asked: an answer to an earlier one is not shown. */
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;

  const announce = (/** @type {string} */ text) => part('policy-said')?.replaceChildren(text);

  function drawAll() {
    root.replaceChildren(drawFrame(document, inspection.roles, mine.pair, mine.typed, mine.mode));
    drawBody();
  }

  function drawBody() {
    const body = part('policy-body');
    if (mine.mode === 'check') {
      body?.replaceChildren(drawBox(document, mine.text, item.signIn !== null), element(document, 'div', { id: 'policy-result' }));
      drawAws();
    } else {
      body?.replaceChildren(element(document, 'section', { class: 'part', 'aria-label': t('policy_mode_write'), id: 'policy-wish' }), element(document, 'div', { id: 'policy-output' }));
      drawWish();
    }
  }

  function drawAws() {
    part('policy-aws')?.replaceChildren(...(mine.role ? [drawRead(document, mine.role)] : mine.notRead ? [drawNotRead(document, mine.notRead)] : []));
  }

  /** The form anew, with the focus where it was. */
  function drawWish() {
    if (known === null) return part('policy-wish')?.replaceChildren();
    mine.form ??= formOf(known.draft);
    const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.focus;
    part('policy-wish')?.replaceChildren(element(document, 'p', { class: 'part-text' }, t('policy_write_text')), drawForm(document, mine.form, known.draft));
    if (focus) /** @type {HTMLElement | null} */ (root.querySelector(`[data-focus="${CSS.escape(focus)}"]`))?.focus();
  }

  /** Reads the pair, then shows what the tab is at. */
  async function refresh() {
    asked += 1;
    const own = asked;
    known = null;
    try {
      if (mine.typed && (mine.pair.role === '' || mine.pair.provider === '')) {
        part('policy-pair-failure')?.replaceChildren(element(document, 'p', { class: 'dim' }, t('policy_arns_needed')));
        return drawNothing();
      }
      const { region } = await preferences.load();
      const draft = await desk.draftPolicy(xml, mine.pair.role, mine.pair.provider, region[mine.pair.role.split(':')[1] ?? ''] ?? null);
      const digest = draft.name_qualifier === null ? null : await host.answer({ kind: 'digest', hash: 'SHA-1', data: new TextEncoder().encode(draft.name_qualifier) });
      if (own !== asked) return;
      known = { draft, digest: digest instanceof Uint8Array ? digest : null };
      // The regions of another partition are none of this one.
      if (mine.form?.regions.some((one) => !draft.regions.includes(one))) mine.form = { ...mine.form, regions: [draft.region] };
      part('policy-pair-failure')?.replaceChildren();
    } catch (error) {
      if (own !== asked) return;
      part('policy-pair-failure')?.replaceChildren(drawFailure(document, failureOf(error), null));
      return drawNothing();
    }
    if (mine.mode === 'write') drawWish();
    await update();
  }

  function drawNothing() {
    part('policy-result')?.replaceChildren();
    part('policy-wish')?.replaceChildren();
    part('policy-output')?.replaceChildren();
  }

  const update = () => (mine.mode === 'check' ? check() : write());

  async function check() {
    part('policy-text')?.toggleAttribute('aria-invalid', false);
    const clear = /** @type {HTMLElement | null} */ (root.querySelector('[data-policy="clear"]'));
    if (clear) clear.hidden = mine.text === '';
    if (known === null) return;
    asked += 1;
    const own = asked;
    if (mine.text.trim() === '') {
      announce('');
      return part('policy-result')?.replaceChildren();
    }
    const { role, provider } = mine.pair;
    try {
      const answer = await desk.checkPolicy(xml, mine.text, role, provider, known.draft, known.digest);
      if (own !== asked) return;
      // Places are in the policy that was taken out of what was pasted.
      if (answer.text !== '' && answer.text !== mine.text) fill(answer.text);
      if (answer.outcome === 'invalid') part('policy-text')?.setAttribute('aria-invalid', 'true');
      part('policy-result')?.replaceChildren(...drawCheck(document, answer));
      announce(say(answer.verdict, answer.outcome));
    } catch (error) {
      if (own === asked) part('policy-result')?.replaceChildren(drawFailure(document, failureOf(error), null));
    }
  }

  async function write() {
    if (known === null || mine.form === null) return;
    asked += 1;
    const own = asked;
    const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.focus;
    try {
      const answer = await desk.writePolicy(wishOf(mine.form, mine.pair));
      if (own !== asked) return;
      if (!mine.begun && answer.characters > answer.quota) {
        // A list of all regions is what AWS advises; one that IAM does not take is no beginning.
        mine.begun = true;
        mine.form = { ...mine.form, audience: 'pattern' };
        drawWish();
        return void write();
      }
      mine.begun = true;
      written = answer;
      part('policy-output')?.replaceChildren(...drawWritten(document, answer, mine.format));
    } catch (error) {
      if (own !== asked) return;
      written = null;
      part('policy-output')?.replaceChildren(drawFailure(document, failureOf(error), null));
    }
    if (focus && document.activeElement === document.body) /** @type {HTMLElement | null} */ (root.querySelector(`[data-focus="${CSS.escape(focus)}"]`))?.focus();
  }

  /** Puts a text into the box. @param {string} text */
  function fill(text) {
    mine.text = text;
    const area = box();
    if (area === null) return;
    area.value = text;
    mine.text = area.value; // with the line ends of the box
  }

  /** Takes a policy from elsewhere, and shows where it is wrong. @param {string} text */
  async function take(text) {
    if (mine.mode !== 'check') {
      mine.mode = 'check';
      drawAll();
    }
    mine.role = null;
    mine.notRead = null;
    fill(text);
    drawAws();
    box()?.focus();
    await check();
    showAnswer();
  }

  /** Selects the first error in the box, or brings the verdict into view. */
  function showAnswer() {
    if (!selectFirstError()) root.querySelector('#policy-result .verdict')?.scrollIntoView({ block: 'nearest' });
  }

  function selectFirstError() {
    const first = /** @type {HTMLElement | null} */ (root.querySelector('.notice[data-severity="error"] [data-policy="place"]'));
    if (first) showPlace(first);
    return first !== null;
  }

  /** Selects a place in the box and brings it into view, which a selection alone does not. @param {HTMLElement} button */
  function showPlace({ dataset }) {
    const area = box();
    if (area === null) return;
    const start = Number(dataset.start);
    area.focus();
    area.setSelectionRange(start, Math.max(Number(dataset.end), start));
    const { lineHeight, fontSize } = getComputedStyle(area);
    area.scrollTop = (Number(dataset.line) - 1) * parseFloat(lineHeight) - area.clientHeight / 3;
    area.scrollLeft = Math.max(0, Number(dataset.column) * parseFloat(fontSize) * WIDTH - area.clientWidth * 0.7);
    area.scrollIntoView({ block: 'nearest' });
  }

  /** Called in the turn of the click, which the browser's question insists on. @param {HTMLElement} button */
  async function readRole(button) {
    if (button.getAttribute('aria-busy') === 'true') return;
    const { role, provider } = mine.pair;
    // Where there are no credentials the background says so, and nothing needs to be allowed.
    const allowed = hasCredentials(item.key, mine.pair) ? allow(iamHost(role.split(':')[1] ?? '')) : true;
    button.setAttribute('aria-busy', 'true');
    try {
      if (!(await allowed)) throw new Refusal(failure('host.call_not_allowed'));
      /** @type {ReadRoleResponse} */
      const answer = await platform.sendMessage({ kind: 'readRole', signIn: item.key, role, provider });
      if (role !== mine.pair.role || provider !== mine.pair.provider) return;
      mine.role = answer.ok ? answer.role : null;
      mine.notRead = answer.ok ? null : answer.failure;
      if (mine.role) fill(inLines(mine.role.trustPolicy));
    } catch (error) {
      if (role !== mine.pair.role || provider !== mine.pair.provider) return;
      mine.role = null;
      mine.notRead = failureOf(error);
    } finally {
      button.removeAttribute('aria-busy');
    }
    drawAws();
    await check();
    announce(part('policy-aws')?.textContent ?? '');
  }

  /** @type {Record<string, (button: HTMLElement) => void>} */
  const actions = {
    place: showPlace,
    read: (button) => void readRole(button),
    open: () => page.openFile((text) => void take(text)),
    clear: () => {
      mine.role = null;
      mine.notRead = null;
      fill('');
      drawAws();
      box()?.focus();
      void check();
    },
    'add-tag': () => {
      if (mine.form === null) return;
      mine.form = { ...mine.form, tags: [...mine.form.tags, { on: true, key: '', values: '' }] };
      drawWish();
      /** @type {HTMLElement | null} */ (root.querySelector(`[data-focus="policy-key-${mine.form.tags.length - 1}"]`))?.focus();
      void write();
    },
    copy: () => give(written?.[mine.format] ?? '', t('policy_copied')),
    save: () => {
      const format = FORMATS.find(({ id }) => id === mine.format);
      if (format && written) save(document, format.name, written[format.id] ?? '', format.type);
    },
    try: () => void take(written?.json ?? ''),
  };

  root.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('button[data-policy]'));
    if (button) actions[button.dataset.policy ?? '']?.(button);
  });
  root.addEventListener('input', (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.id === 'policy-text') {
      mine.text = field.value;
      mine.role = null;
      later(check);
    } else if (field.dataset.pair !== undefined) {
      mine.pair = { ...mine.pair, [field.dataset.pair]: field.value.trim() };
      mine.role = null;
      mine.notRead = null;
      drawAws();
      later(refresh);
    } else if (field.dataset.form !== undefined && mine.form !== null) {
      mine.form = changed(mine.form, field);
      showChosen(root, mine.form);
      later(write);
    }
  });
  root.addEventListener('paste', (event) => {
    if (/** @type {Element} */ (event.target).id === 'policy-text') setTimeout(() => void check().then(showAnswer));
  });
  root.addEventListener('change', (event) => {
    const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
    if (field.id === 'policy-role') choose(field.value);
    else if (field.dataset.mode !== undefined) {
      mine.mode = /** @type {Mode} */ (field.dataset.mode);
      drawBody();
      void update();
    } else if (field.dataset.format !== undefined) {
      mine.format = /** @type {FormatId} */ (field.dataset.format);
      if (written) part('policy-output')?.replaceChildren(...drawWritten(document, written, mine.format));
      /** @type {HTMLElement | null} */ (root.querySelector(`[data-focus="policy-as-${mine.format}"]`))?.focus();
    }
  });

  /** @param {string} value of the choice */
  function choose(value) {
    const pair = inspection.roles[Number(value)];
    mine.typed = value === 'typed' || pair === undefined;
    if (pair) mine.pair = { role: pair.role, provider: pair.provider };
    mine.role = null;
    mine.notRead = null;
    drawAll();
    part('policy-role')?.focus();
    void refresh();
  }

  /** @param {() => Promise<unknown> | unknown} then */
  function later(then) {
    clearTimeout(soon);
    soon = setTimeout(() => void then(), PAUSE);
  }

  await watchSessions();
  drawAll();
  await refresh();
  return { nodes: [root], take: (text) => void take(text), focusSearch: undefined };
}

/** @param {ReadItem} item @returns {Kept} */
function fresh({ inspection, signIn }) {
  const chosen = signIn?.accounts.flatMap(({ roles }) => roles).find((role) => role.chosen);
  const first = inspection.roles.find(({ role, provider }) => role === chosen?.arn && provider === chosen.provider) ?? inspection.roles[0];
  return {
    pair: first ? { role: first.role, provider: first.provider } : { role: '', provider: '' },
    typed: first === undefined,
    mode: 'check',
    text: '',
    role: null,
    notRead: null,
    form: null,
    begun: false,
    format: 'json',
  };
}

/** Milliseconds without a key after which what was typed is read. */
const PAUSE = 200;
/** Of a character of the box, in sizes of its font. */
const WIDTH = 0.6;
