// The certificates page: shows what is remembered of signing certificates and what the core says about it, compares it with metadata,
// and keeps and drops pins. The background writes what is remembered; this page asks it to.
// @ts-check
import { assessRotation } from '../core/desk.js';
import { readCertificate, readMetadata } from '../core/inspect.js';
import { answer, host } from '../inspector/crypto.js';
import { readFiles } from '../inspector/intake.js';
import { failure, failureOf, Refusal } from '../inspector/items.js';
import { download, patternFor } from '../inspector/trust-desk.js';
import { drawRefusal } from '../inspector/trust.js';
import * as platform from '../platform.js';
import * as certificates from '../ui/certificates.js';
import { byId } from '../ui/dom.js';
import { metadataHosts } from '../ui/hosts.js';
import { t, translate } from '../ui/i18n.js';
import { icon, mark } from '../ui/icons.js';
import * as pins from '../ui/pins.js';
import * as preferences from '../ui/preferences.js';
import { drawApplication, drawEmpty, drawReminders } from './draw.js';
import { metadataOf } from './metadata-text.js';

/** @import { Application, KnownApplication } from '../rotation.js' */
/** @import { Failed } from '../protocol.js' */
/** @import { Failure } from '../view.js' */
/** @import { Pin } from '../ui/pins.js' */
/** @import { Shown } from './draw.js' */

/** How long a message at the bottom stays. */
const SAID_FOR = 4000;

/** @type {{ applications: Application[], pins: Pin[], comparing: string | null, from: 'metadata' | 'iam', drawing: number }} */
const state = { applications: [], pins: [], comparing: null, from: 'metadata', drawing: 0 };

const now = () => Math.floor(Date.now() / 1000);

/* ---- painting ---- */

/** What is known of an application, the pins of its issuer among it. @param {Omit<Application, 'id'>} application @returns {KnownApplication} */
function knownOf({ issuer, providers, metadataAt, iamAt, certificates: kept }) {
  const pinned = state.pins.find((pin) => pin.issuer === issuer)?.certificates ?? [];
  const alone = pinned.filter((der) => !kept.some((one) => one.der === der));
  const unmet = { firstSeen: null, lastSeen: null, accepted: null, refused: null, inMetadata: false, inIam: false };
  return {
    issuer, providers, metadataAt, iamAt,
    certificates: [...kept.map((one) => ({ ...one, pinned: pinned.includes(one.der) })), ...alone.map((der) => ({ der, ...unmet, pinned: true }))],
  };
}

/**
 * @param {Omit<Application, 'id'> & { id: string | null }} application
 * @returns {Promise<Shown>}
 */
async function shownOf(application) {
  const known = knownOf(application);
  const [rotation, ...fingerprints] = await Promise.all([assessRotation(known, now()), ...known.certificates.map(({ der }) => fingerprintOf(der))]);
  const { id } = application;
  return {
    id, rotation, fingerprints,
    ders: known.certificates.map(({ der }) => der),
    comparing: id !== null && id === state.comparing,
    from: state.from,
    hosts: metadataHosts(),
    now: now(),
  };
}

/** SHA-256 in hexadecimal; null when it cannot be had. @param {string} der */
async function fingerprintOf(der) {
  const data = Uint8Array.from(atob(der), (character) => character.charCodeAt(0));
  const digest = await answer({ kind: 'digest', hash: 'SHA-256', data });
  return digest instanceof Uint8Array ? Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') : null;
}

/** Draws everything; a drawing that ends after a later one began is dropped. What is typed stays, and so does the focus. */
async function paint() {
  state.drawing += 1;
  const mine = state.drawing;
  const issuers = new Set(state.applications.map((one) => one.issuer));
  const pinnedOnly = state.pins.filter((pin) => !issuers.has(pin.issuer))
    .map(({ issuer }) => ({ id: null, issuer, provider: null, providers: [], metadataAt: null, iamAt: null, certificates: [] }));
  const [allowed, remembering, shown] = await Promise.all([
    platform.mayNotify(), preferences.load(), Promise.all([...state.applications, ...pinnedOnly].map(shownOf)),
  ]);
  if (mine !== state.drawing) return;
  const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.focus;
  const isSame = document.getElementById('compare')?.dataset.application === state.comparing;
  const typed = ['metadata', 'metadata-url'].map((id) => (isSame ? /** @type {HTMLInputElement | null} */ (document.getElementById(id))?.value : ''));
  const open = new Set([...document.querySelectorAll('details[open] > summary')].map((one) => /** @type {HTMLElement} */ (one).dataset.focus));
  const refused = isSame ? [...(document.getElementById('metadata-failure')?.childNodes ?? [])] : [];
  byId(document, 'reminders').replaceChildren(...(shown.length > 0 ? [drawReminders(document, allowed)] : []));
  byId(document, 'applications').replaceChildren(...(shown.length > 0
    ? shown.map((one, place) => drawApplication(document, one, place))
    : [drawEmpty(document, remembering.certificates)]));
  ['metadata', 'metadata-url'].forEach((id, place) => {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
    if (box) box.value = typed[place] ?? '';
  });
  document.getElementById('metadata-failure')?.replaceChildren(...refused);
  for (const summary of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('details > summary'))) {
    if (open.has(summary.dataset.focus)) summary.parentElement?.setAttribute('open', '');
  }
  if (focus && document.activeElement === document.body) {
    const again = /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(focus)}"]`));
    (again ?? byId(document, 'main')).focus({ preventScroll: true });
  }
  byId(document, 'page').dataset.state = 'ready';
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/** @param {string} text */
function say(text) {
  byId(document, 'said').textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => byId(document, 'said').replaceChildren(), SAID_FOR);
}

/** @param {Failure} why */
function refuse(why) {
  document.getElementById('metadata-failure')?.replaceChildren(drawRefusal(document, why));
}

/* ---- comparing ---- */

/**
 * Reads metadata for the application whose box is open when it is called: by the time it has come another may be. Gives whether it did.
 * @param {string | Promise<string>} given
 */
async function compare(given) {
  const application = state.applications.find((one) => one.id === state.comparing);
  const { from: side } = state;
  if (!application) return false;
  try {
    const { xml, isOfIam } = metadataOf(await given);
    if (xml === '') throw new Refusal(failure('host.metadata_empty'));
    const named = await certificatesIn(xml, application.issuer);
    if (named === null) throw new Refusal(failure('host.metadata_of_another'));
    const from = isOfIam ? 'iam' : side;
    await ask({ kind: 'rememberMetadata', application: application.id, from, certificates: named.slice(0, certificates.MAX_CERTIFICATES) });
    say(t(`compared_${from}`));
    if (state.comparing === application.id) {
      state.comparing = null;
      byId(document, 'main').focus({ preventScroll: true });
    }
    await reload();
    return true;
  } catch (error) {
    if (state.comparing === application.id) refuse(failureOf(error));
    return false;
  }
}

/** Asks the background for something. Throws what it could not do. @param {import('../protocol.js').CertificateRequest} request */
async function ask(request) {
  /** @type {{ ok: true } | Failed} */
  const answer = await platform.sendMessage(request);
  if (!answer.ok) throw new Refusal(answer.failure);
}

/**
 * The certificates that metadata names for an issuer, or those of a PEM text, which names no issuer; null for metadata of another.
 * @param {string} text
 * @param {string} issuer
 * @returns {Promise<string[] | null>}
 */
async function certificatesIn(text, issuer) {
  const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (pems !== null) return Promise.all(pems.slice(0, certificates.MAX_CERTIFICATES).map(async (pem) => (await readCertificate(pem, host)).der));
  const entities = await readMetadata(text, host);
  return entities.find((one) => one.entityId === issuer)?.certificates.map((one) => one.der) ?? null;
}

/** The text at the address in the box. Called in the turn of the click, which the browser's question insists on. @returns {Promise<string>} */
async function fetched() {
  const url = /** @type {HTMLInputElement} */ (byId(document, 'metadata-url')).value.trim();
  const pattern = patternFor(url, metadataHosts());
  if (pattern === null) throw new Refusal(failure(url === '' ? 'host.metadata_empty' : 'host.metadata_other_host'));
  if (!(await platform.requestOptionalHost(pattern))) throw new Refusal(failure('host.metadata_not_allowed'));
  const text = await download(url).catch(() => null);
  await platform.dropOptionalHost(pattern).catch(() => {});
  if (text === null) throw new Refusal(failure('host.metadata_not_fetched'));
  return text;
}

/** Lets the user choose a file. */
function openFile() {
  const input = /** @type {HTMLInputElement} */ (byId(document, 'file'));
  input.onchange = () => {
    const [file] = input.files ?? [];
    input.value = '';
    if (file) void compare(new Promise((resolve, reject) => { readFiles([file], resolve).catch(reject); }));
  };
  input.click();
}

/* ---- what the user does ---- */

/** @type {Record<string, (button: HTMLElement) => void>} */
const ACTIONS = {
  settings: () => void platform.openOptions(),
  compare: ({ dataset }) => {
    state.comparing = state.comparing === dataset.application ? null : dataset.application ?? null;
    void paint().then(() => document.getElementById('metadata')?.focus());
  },
  forget: ({ dataset }) => void ask({ kind: 'forgetCertificates', application: dataset.application ?? null }).then(() => say(t('certificates_forgotten')), notSaved),
  pin: ({ dataset }) => void changePins((known) => pins.added(known, dataset.issuer ?? '', [dataset.der ?? ''], now()), t('pinned', dataset.issuer ?? '')),
  unpin: ({ dataset }) => void changePins((known) => pins.removed(known, dataset.issuer ?? '', dataset.der ?? null), t('unpinned', dataset.issuer ?? '')),
  copy: (button) => void navigator.clipboard.writeText(button.parentElement?.querySelector('pre')?.textContent ?? '').then(() => say(t('copied_text')), () => say(t('popup_clipboard_refused'))),
  notify: () => void platform.requestNotifications().then(async (allowed) => {
    if (allowed) await ask({ kind: 'remind' });
    await paint();
  }).catch(notSaved),
  mute: () => void platform.dropNotifications().then(paint).catch(notSaved),
};

function notSaved() {
  say(t('options_not_saved'));
}

/**
 * @param {(known: Pin[]) => Pin[]} change
 * @param {string} said
 */
async function changePins(change, said) {
  try {
    await pins.save(change(await pins.load()));
    say(said);
  } catch {
    notSaved();
  }
}

/** Reads what is kept, and draws it. */
async function reload() {
  [state.applications, state.pins] = await Promise.all([certificates.load(), pins.load()]);
  await paint();
}

translate(document);
byId(document, 'mark').replaceChildren(mark(document));
byId(document, 'settings').replaceChildren(icon(document, 'settings'));
document.addEventListener('click', (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('button[data-action], button[data-trust]'));
  if (button?.dataset.trust === 'open') openFile();
  else if (button?.dataset.trust === 'fetch') void compare(fetched());
  else if (button) ACTIONS[button.dataset.action ?? '']?.(button);
});
document.addEventListener('change', ({ target }) => {
  const input = /** @type {HTMLInputElement} */ (target);
  if (input.name === 'from') state.from = input.value === 'iam' ? 'iam' : 'metadata';
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  void compare(/** @type {HTMLTextAreaElement} */ (byId(document, 'metadata')).value).then((done) => {
    if (!done) document.getElementById('metadata')?.focus();
  });
});
platform.onStorageChanged((changes, area) => {
  if (area === 'local' && (changes[certificates.KEY] || changes[pins.KEY])) void reload();
});
await reload();
