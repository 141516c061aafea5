// The setup assistant: one step open at a time; everything typed is kept at once; every sign-in that comes in is checked against the plan.
// @ts-check
import * as core from '../core/setup.js';
import { failureOf, failure } from '../inspector/items.js';
import * as platform from '../platform.js';
import { copyWhenReady } from '../popup/clipboard.js';
import { byId, element } from '../ui/dom.js';
import { t, translate } from '../ui/i18n.js';
import { mark } from '../ui/icons.js';
import * as kept from '../ui/setup-state.js';
import { drawFoot, drawGuide, drawProgress, drawStep, drawTroubles, showStanding } from './draw.js';
import { drawForm, drawRegions, drawTags, readForm, showProblems } from './form.js';
import { drawSeen, drawStart } from './live.js';
import { drawImport, drawKnown } from './metadata.js';
import { standingOf } from './standing.js';

/** @import { Failure, PopupView, Session, SignIn } from '../view.js' */
/** @import { SetupAnswer, SetupMetadata, SetupState, SetupTick } from './setup.js' */
/** @import { Live } from './live.js' */

/** Bytes of a file that are read; IAM takes as many characters of metadata. */
const MAX_METADATA_BYTES = 10_000_000;

/** How long a notice stays. */
const SAID_FOR = 2500;

/** @type {SetupState} */
let state = kept.fresh();
/** @type {SetupAnswer} */
let answer = { role: null, provider: null, problems: [], guides: [] };
/** @type {SetupMetadata | null} */
let metadata = null;
/** The text of the metadata, which is not kept. @type {string | null} */
let metadataText = null;
const reading = { typed: '', /** @type {Failure | null} */ failure: null, /** @type {SetupMetadata[]} */ several: [] };
/** @type {Live} */
const live = { start: '', badStart: false, signIns: [], chosen: null, ticks: null, unreadable: null, asked: 'idle', refused: null };
/** Fields that someone has been in. @type {Set<string>} */
const touched = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;
/** The last plan and the last check that the core was asked for: the answer to an earlier one is not drawn. */
const asked = { plan: 0, check: 0 };
/** What there are credentials for. @type {Session[]} */
let sessions = [];

/** @param {string} text */
function say(text) {
  byId(document, 'said').textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => byId(document, 'said').replaceChildren(), SAID_FOR);
}

/* ---- drawing ---- */

/** @param {string} step */
const frameOf = (step) => /** @type {HTMLElement} */ (document.querySelector(`.step[data-step="${step}"]`));

/** @returns {NodeListOf<HTMLElement>} */
const foldsOf = () => document.querySelectorAll('.step summary[data-focus]');

/** Draws every step but the form, which stays as it is while one types in it. */
function paint() {
  const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.focus;
  const folds = new Map([...foldsOf()].map((fold) => [fold.dataset.focus, fold.parentElement?.hasAttribute('open') === true]));
  const standings = kept.STEPS.map((step) => standingOf(step, { state, answer, metadata, ticks: live.ticks }));
  kept.STEPS.forEach((step, at) => {
    const standing = standings[at] ?? { state: 'open', said: null, at: null };
    showStanding(frameOf(step), standing, at + 1, state.open === step);
    if (step !== 'plan') frameOf(step).querySelector('.step-body')?.replaceChildren(...bodyOf(step));
  });
  for (const fold of foldsOf()) fold.parentElement?.toggleAttribute('open', folds.get(fold.dataset.focus) ?? fold.parentElement.hasAttribute('open'));
  const count = (/** @type {string} */ of) => standings.filter((standing) => standing.state === of).length;
  byId(document, 'progress').replaceChildren(...drawProgress(document, count('done'), kept.STEPS.length, count('off')));
  const form = document.querySelector('#plan');
  if (form) showProblems(form, answer.problems, touched);
  frameOf('plan').querySelector('[data-field=instance]')?.toggleAttribute('hidden', state.draft.product !== 'entra' || state.draft.partition !== 'aws');
  if (focus && document.activeElement === document.body) /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(focus)}"]`))?.focus();
}

/** @param {string} step @returns {Node[]} */
function bodyOf(step) {
  const guide = answer.guides.find((one) => one.step === step);
  if (!guide) return [element(document, 'p', { class: 'words' }, t('setup_plan_first'))];
  const tick = live.ticks?.find((one) => one.step === step);
  const next = kept.STEPS[kept.STEPS.indexOf(step) + 1] ?? null;
  const troubles = tick && step !== 'sign_in' ? withoutKnown(tick) : [];
  /** @type {Node[]} */
  const nodes = troubles.length > 0 ? [drawTroubles(document, troubles)] : [];
  nodes.push(...drawGuide(document, guide));
  if (step === 'metadata') nodes.push(metadata === null ? drawImport(document, reading) : drawKnown(document, metadata, Date.now() / 1000));
  if (step === 'sign_in') nodes.push(drawStart(document, live), drawSeen(document, live, state.draft.role));
  const hand = kept.BY_HAND.includes(step) && tick?.state !== 'done' && tick?.state !== 'off';
  nodes.push(drawFoot(document, step, { hand, ticked: state.done.includes(step), next }));
  return nodes;
}

/** What the metadata shows by itself is said beside it, and not twice. @param {SetupTick} tick */
function withoutKnown({ troubles }) {
  const said = new Set(metadata?.findings.map(({ code }) => code));
  return troubles.filter(({ code, sent }) => sent !== null || !said.has(code));
}

/** Opens a step and closes the one that was open; with '' only that. @param {string} step */
function open(step) {
  state.open = step;
  void kept.save(state);
  paint();
  if (step === '') return;
  /** @type {HTMLElement | null} */ (frameOf(step).querySelector('.step-button'))?.focus({ preventScroll: true });
  frameOf(step).scrollIntoView({ block: 'start' });
}

/* ---- the plan ---- */

/** Asks the core anew about what was typed, and about the sign-in that is chosen. */
async function plan() {
  asked.plan += 1;
  asked.check += 1; // a check under way is of the plan before
  const own = asked.plan;
  const given = await core.plan(state.draft, metadataText);
  const known = state.known === null ? null : await core.lookAtMetadata(state.known, state.draft.product);
  if (own !== asked.plan) return;
  answer = given;
  if (known !== null) metadata = known;
  await check();
}

/** Takes over what was typed. What an earlier sign-in showed was about another plan. */
function typed() {
  const form = /** @type {HTMLFormElement} */ (byId(document, 'plan'));
  const before = state.draft;
  const draft = readForm(form);
  if (draft.partition !== before.partition) {
    draft.regions = [];
    byId(document, 'regions').replaceChildren(...drawRegions(document, draft));
  }
  state = { ...state, draft, seen: null, done: draft.product === before.product ? state.done : [] };
  live.refused = null;
  void kept.save(state);
  void plan();
}

/** @param {(tags: SetupState['draft']['tags']) => SetupState['draft']['tags']} change @param {string} focus */
function changeTags(change, focus) {
  state = { ...state, draft: { ...state.draft, tags: change(state.draft.tags) } };
  byId(document, 'tags').replaceChildren(...drawTags(document, state.draft.tags));
  /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${focus}"]`))?.focus();
  typed();
}

/* ---- metadata ---- */

/** @param {string} text */
async function readMetadata(text) {
  Object.assign(reading, { typed: text, failure: null, several: [] });
  try {
    if (text.trim() === '') throw new EmptyError();
    const found = await core.readMetadata(text, state.draft.product);
    metadataText = text;
    if (found.length === 1 && found[0]) return await take(found[0]);
    reading.several = found;
  } catch (error) {
    reading.failure = error instanceof EmptyError ? failure('host.metadata_empty') : failureOf(error);
  }
  paint();
  return undefined;
}

class EmptyError extends Error {}

/** @param {SetupMetadata} found */
async function take(found) {
  Object.assign(reading, { typed: '', failure: null, several: [] });
  metadata = found;
  state = { ...state, known: kept.readKnown({ ...found }), seen: null };
  await kept.save(state);
  say(t('setup_metadata_read', found.entityId));
  await plan();
  /** @type {HTMLElement | null} */ (document.querySelector('[data-focus="drop-metadata"]'))?.focus();
}

async function dropMetadata() {
  metadata = null;
  metadataText = null;
  state = { ...state, known: null, seen: null };
  await kept.save(state);
  await plan();
  byId(document, 'metadata').focus();
}

/** A byte order mark is no part of a text to `File.text`, and IAM minds it. @param {File} file */
async function readFile(file) {
  if (file.size > MAX_METADATA_BYTES) {
    reading.failure = failure('host.file_too_large');
    paint();
    return;
  }
  await readMetadata(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer()));
}

/* ---- the sign-in ---- */

/**
 * Reads the views anew; a sign-in that was not there before is the one that counts. Those of private windows are shown in a private
 * window alone.
 */
async function look() {
  const views = await platform.session.get(inPrivate ? ['view', 'view:private'] : ['view']);
  const all = /** @type {PopupView[]} */ (Object.values(views));
  const signIns = all.flatMap((view) => view.signIns).toSorted((a, b) => b.at - a.at);
  const isNew = (/** @type {SignIn} */ signIn) => !live.signIns.some((known) => known.id === signIn.id && known.at === signIn.at);
  const newest = signIns[0];
  if (newest && isNew(newest) || !signIns.some(({ id }) => id === live.chosen)) {
    live.chosen = newest?.id ?? null;
    live.refused = null;
  }
  live.signIns = signIns;
  sessions = all.flatMap((view) => view.sessions);
  await check();
}

/** Checks the chosen sign-in against the plan. */
async function check() {
  asked.check += 1;
  const own = asked.check;
  const { chosen } = live;
  let ticks = null;
  let unreadable = null;
  const given = sessions.some((one) => one.signIn === chosen && one.arn === answer.role && one.provider === answer.provider);
  if (live.asked !== 'asking') live.asked = given ? 'given' : 'idle';
  if (chosen !== null && answer.guides.length > 0) {
    try {
      const key = `signin:${chosen}`;
      const stored = (await platform.session.get(key))[key];
      if (stored) ticks = await core.check(state.draft, state.known, stored.captured, given);
    } catch (error) {
      unreadable = failureOf(error);
    }
  }
  if (own !== asked.check || chosen !== live.chosen) return;
  Object.assign(live, { ticks, unreadable });
  remember(ticks);
  paint();
}

/** Which steps a sign-in showed outlives it; what it held does not, and nothing of one in a private window does. @param {SetupTick[] | null} ticks */
function remember(ticks) {
  const steps = (ticks ?? []).filter((tick) => tick.state === 'done').map((tick) => tick.step);
  const shown = live.signIns.find(({ id }) => id === live.chosen);
  if (steps.length === 0 || shown === undefined || shown.private) return;
  const { at } = shown;
  const isOff = (/** @type {string} */ step) => ticks?.some((tick) => tick.step === step && tick.state === 'off');
  const before = state.seen?.steps.filter((step) => !isOff(step)) ?? [];
  state.seen = { at, steps: [...new Set([...before, ...steps])] };
  void kept.save(state);
}

/** Asks AWS for the role's credentials, as the popup does: then provider and trust policy are known to be right. */
async function ask() {
  const { role, provider } = answer;
  const { chosen } = live;
  if (chosen === null || role === null || provider === null || live.asked === 'asking') return;
  Object.assign(live, { asked: 'asking', refused: null });
  paint();
  /** @type {Failure | null} */
  let refused;
  try {
    const given = await platform.sendMessage({ kind: 'export', signIn: chosen, role, provider, format: 'env', fresh: false });
    refused = given.ok ? null : given.failure;
  } catch {
    refused = failure('host.unexpected');
  }
  live.asked = 'idle';
  // A refusal is of the role and sign-in that were asked for.
  if (chosen === live.chosen && role === answer.role && provider === answer.provider) live.refused = refused;
  await look();
}

function startSignIn() {
  const input = /** @type {HTMLInputElement} */ (byId(document, 'start'));
  const url = URL.canParse(input.value.trim()) ? new URL(input.value.trim()) : null;
  live.start = input.value;
  live.badStart = url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '';
  if (url === null || live.badStart) {
    paint();
    byId(document, 'start').focus();
    return;
  }
  state.start = url.href;
  void kept.save(state);
  paint();
  window.open(url.href, '_blank', 'noopener');
}

/* ---- what is pressed ---- */

/** @type {Readonly<Record<string, (button: HTMLElement) => unknown>>} */
const ACTIONS = Object.freeze({
  open: ({ dataset }) => open(dataset.step === state.open ? '' : dataset.step ?? 'plan'),
  next: ({ dataset }) => {
    if (dataset.step === 'plan') for (const { field } of answer.problems) touched.add(field);
    const first = dataset.step === 'plan' ? answer.problems[0]?.field : undefined;
    if (first === undefined) return open(kept.STEPS[kept.STEPS.indexOf(dataset.step ?? '') + 1] ?? 'plan');
    paint();
    return /** @type {HTMLElement | null} */ (document.querySelector(`#draft-${first}, [data-focus="tag-key-0"]`))?.focus();
  },
  copy: ({ dataset }) => copyWhenReady(Promise.resolve(dataset.value ?? '')).then(() => say(t('setup_copied', dataset.label ?? '')), () => say(t('popup_clipboard_refused'))),
  'add-tag': () => changeTags((tags) => [...tags, ['', '']], `tag-key-${state.draft.tags.length}`),
  'remove-tag': ({ dataset }) => changeTags((tags) => tags.filter((_, at) => at !== Number(dataset.tag)), 'add-tag'),
  'open-file': () => byId(document, 'file').click(),
  take: ({ dataset }) => reading.several[Number(dataset.at)] && take(/** @type {SetupMetadata} */ (reading.several[Number(dataset.at)])),
  'drop-metadata': () => dropMetadata(),
  ask: () => ask(),
  restart: () => restart(),
});

/** Asks once more before everything that was typed is gone. */
async function restart() {
  if (byId(document, 'restart').dataset.sure !== 'true') {
    askToRestart(true);
    say(t('setup_restart_sure'));
    return;
  }
  askToRestart(false);
  state = kept.fresh();
  metadata = null;
  metadataText = null;
  touched.clear();
  Object.assign(reading, { typed: '', failure: null, several: [] });
  Object.assign(live, { start: '', badStart: false, refused: null });
  await kept.save(state);
  drawPlan();
  await plan();
  open('plan');
}

/** @param {boolean} sure whether the next click is the second one */
function askToRestart(sure) {
  const button = byId(document, 'restart');
  button.dataset.sure = String(sure);
  button.textContent = t(sure ? 'setup_restart_sure' : 'setup_restart');
}

/** Draws the form with what is kept in it. */
function drawPlan() {
  frameOf('plan').querySelector('.step-body')?.replaceChildren(
    element(document, 'p', { class: 'words' }, t('setup_plan_words')), drawForm(document, state.draft), drawFoot(document, 'plan', { hand: false, ticked: false, next: 'application' }));
}

document.addEventListener('click', ({ target }) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('button[data-action]'));
  if (button?.id !== 'restart') askToRestart(false);
  ACTIONS[button?.dataset.action ?? '']?.(/** @type {HTMLElement} */ (button));
});
document.addEventListener('input', ({ target }) => {
  const input = /** @type {HTMLInputElement} */ (target);
  if (input.closest('#plan')) typed();
  else if (input.id === 'metadata') reading.typed = input.value;
  else if (input.id === 'start') live.start = input.value;
});
document.addEventListener('change', ({ target }) => {
  const input = /** @type {HTMLInputElement} */ (target);
  if (input.dataset.action === 'tick') {
    const step = input.dataset.step ?? '';
    state.done = input.checked ? [...state.done, step] : state.done.filter((one) => one !== step);
    void kept.save(state);
    paint();
  } else if (input.name === 'sign-in') {
    Object.assign(live, { chosen: input.value, refused: null });
    void look();
  } else if (input.id === 'file' && input.files?.[0]) {
    void readFile(input.files[0]).finally(() => { input.value = ''; });
  }
});
document.addEventListener('focusout', ({ target }) => {
  const { name } = /** @type {HTMLInputElement} */ (target);
  if (!/** @type {Element} */ (target).closest('#plan') || !name) return;
  touched.add(name.startsWith('tag-') ? 'tags' : name);
  showProblems(byId(document, 'plan'), answer.problems, touched);
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const { id } = /** @type {HTMLFormElement} */ (event.target);
  if (id === 'metadata-form') void readMetadata(/** @type {HTMLTextAreaElement} */ (byId(document, 'metadata')).value);
  else if (id === 'start-form') startSignIn();
});

translate(document);
byId(document, 'mark').replaceChildren(mark(document));
const [inPrivate, loaded] = await Promise.all([platform.isPrivateWindow().catch(() => false), kept.load()]);
state = loaded;
live.start = state.start;
byId(document, 'steps').replaceChildren(...kept.STEPS.map((step, at) => drawStep(document, step, at + 1)));
drawPlan();
for (const [name, value] of Object.entries(state.draft)) if (value !== '' && typeof value === 'string') touched.add(name);
await plan();
platform.onStorageChanged((changes, area) => {
  if (area === 'session' && ('view' in changes || 'view:private' in changes)) void look();
});
await look();
byId(document, 'page').dataset.state = 'ready';
