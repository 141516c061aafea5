// Connects the browser to the core: saves each POST that carries a SAML response, keeps the state that the popup
// draws, and answers the popup's requests. The only writer of `storage.session`. Every listener stands in the first
// synchronous turn, because the browser starts this file again for each event it has for it.
// @ts-check

import * as calls from './core/calls.js';
import { failureOf, isFailure } from './core/module.js';
import * as certificateWatch from './certificate-watch.js';
import * as core from './core/sign-in.js';
import * as platform from './platform.js';
import { session } from './platform.js';
import { isRequest } from './protocol.js';

/** @import { Failure } from './view.js' */
/** @import { Captured, Context, Credentials, HeldCredentials, Inspecting, KeptSignIn, KeptView, RegionPreference, Stored } from './state.js' */
/** @import { ClearRequest, ExportRequest, ForgetRequest, ImportRequest, InspectRequest, ReadEventsRequest, ReadRoleRequest, Request } from './protocol.js' */

/** The last of the changes of state, which run one at a time. @type {Promise<unknown>} */
let lastChange = Promise.resolve();

platform.onPost(capture, platform.signInPatterns());
platform.onPostAnswered((details, date) => void clockOf(details, date), platform.signInPatterns());
platform.onMessage((message) => (isRequest(message) ? answer(message) : null));
platform.onNotificationClicked(certificateWatch.NOTIFICATION, () => void platform.showPage(CERTIFICATES));
platform.onWindowClosed(() => void inOrder(forgetPrivateIfClosed));
platform.onStart(() => void platform.keepSessionToOwnPages());
void platform.keepSessionToOwnPages();
void inOrder(catchUp);

/* ---- one change of state at a time ---- */

/**
 * Runs `work` after all work given before it. A failure stays with its own caller.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inOrder(work) {
  const done = lastChange.then(work);
  lastChange = done.catch(() => {});
  return done;
}

/* ---- capture ---- */

/**
 * Saves the POST before anything else happens, so that a worker stopped at any later point loses nothing.
 * @param {platform.PostDetails} details
 */
function capture(details) {
  const key = `pending:${details.requestId}`;
  const stored = {
    captured: capturedOf(details),
    tab: details.tabId,
    private: details.incognito ?? null,
    container: containerOf(details.cookieStoreId),
  };
  const saved = session.set({ [key]: stored }).catch(() => session.set({ [key]: withoutBody(stored) }));
  void inOrder(async () => {
    await saved;
    await readPending(key);
  });
}

/**
 * @param {platform.PostDetails} details
 * @returns {Captured}
 */
function capturedOf(details) {
  const captured = { url: details.url, at: now(), form: null, raw: null, pasted: null, tooLarge: null };
  const { formData, raw } = details.requestBody ?? {};
  const bytes = formData ? formLength(formData) : rawLength(raw);
  if (bytes > MAX_BODY_BYTES) return { ...captured, tooLarge: bytes };
  if (formData) return { ...captured, form: /** @type {Record<string, string[]>} */ (formData) };
  return { ...captured, raw: (raw ?? []).map((part) => base64(part.bytes)) };
}

/** @param {Record<string, unknown[]>} form */
function formLength(form) {
  return Object.values(form).flat().reduce((/** @type {number} */ sum, value) => sum + String(value).length, 0);
}

/** @param {Array<{ bytes?: ArrayBuffer }> | undefined} raw */
function rawLength(raw) {
  return (raw ?? []).reduce((sum, part) => sum + (part.bytes?.byteLength ?? 0), 0);
}

/**
 * `storage.session` holds JSON, so bytes go in as base64.
 * @param {ArrayBuffer | undefined} bytes
 */
function base64(bytes) {
  let text = '';
  const all = new Uint8Array(bytes ?? new ArrayBuffer(0));
  for (let at = 0; at < all.length; at += 0x8000) text += String.fromCharCode(...all.subarray(at, at + 0x8000));
  return btoa(text);
}

/**
 * What is kept of a POST for which the storage has no room: that it was there, and how large it was.
 * @param {Stored} stored
 * @returns {Stored}
 */
function withoutBody(stored) {
  const { form, raw } = stored.captured;
  const tooLarge = JSON.stringify(form ?? raw).length;
  return { ...stored, captured: { ...stored.captured, form: null, raw: null, tooLarge } };
}

/** Reads what an earlier worker saved and did not get to, oldest first, and drops what has expired. */
async function catchUp() {
  const all = await session.get(null);
  const pending = Object.keys(all).filter((key) => key.startsWith('pending:'));
  pending.sort((a, b) => all[a].captured.at - all[b].captured.at);
  for (const key of pending) await readPending(key);
  await forgetPrivateIfClosed();
  await dropExpired();
  await remind();
}

/** @param {string} key of a saved POST */
async function readPending(key) {
  const { [key]: stored } = await session.get(key);
  if (stored === undefined) return;
  // A core that does not load leaves the POST for the next start.
  await core.load();
  try {
    await keep({ ...stored, private: stored.private ?? (await isPrivateTab(stored.tab)) });
  } catch (error) {
    // A POST without a SAML response for AWS is none of Rolecall's business.
    if (!isFailure(error)) throw error;
  } finally {
    await session.remove(key);
  }
}

/**
 * Whether the POST came from a private window. A tab that is already gone is taken for a private one wherever private
 * windows can be seen at all: that forgets it sooner.
 * @param {number} id
 */
async function isPrivateTab(id) {
  const tab = await platform.tab(id);
  return tab?.incognito ?? platform.seesPrivateWindows();
}

/** @param {string | undefined} cookieStore */
function containerOf(cookieStore) {
  return cookieStore?.match(/^firefox-container-(\d+)$/)?.[1] ?? null;
}

/* ---- sign-ins ---- */

/**
 * Reads a sign-in and makes it the newest of its windows. The same response posted again, as AWS's role page does,
 * takes the place of the first. Gives its id.
 * @param {Stored} stored
 */
async function keep(stored) {
  const signIn = await core.readSignIn(stored.captured);
  const id = `${stored.private ? 'private' : 'normal'}-${stored.container ?? ''}-${signIn.id}`;
  const bytes = JSON.stringify(stored.captured).length;
  /** @type {KeptSignIn} */
  const shown = { ...signIn, id, bytes, private: stored.private === true, container: stored.container };
  const others = (await viewOf(stored)).signIns.filter((other) => other.id !== id);
  const kept = newest([shown, ...others]);
  await session.remove(others.filter((other) => !kept.includes(other)).map((other) => `signin:${other.id}`));
  await session.set({ [`signin:${id}`]: stored });
  await redraw(stored, kept);
  void inOrder(() => certificateWatch.learn(stored, shown).then(remind)); // once the badge is drawn
  return id;
}

/**
 * The newest sign-ins that fit, the first always among them.
 * @param {KeptSignIn[]} signIns newest first
 */
function newest(signIns) {
  let bytes = 0;
  return signIns.slice(0, MAX_SIGN_INS).filter((signIn, index) => {
    bytes += signIn.bytes;
    return index === 0 || bytes <= MAX_SIGN_IN_BYTES;
  });
}

/** @param {Context} context */
function viewKey(context) {
  return context.private ? 'view:private' : 'view';
}

/**
 * @param {Context} context
 * @returns {Promise<KeptView>}
 */
async function viewOf(context) {
  const key = viewKey(context);
  return (await session.get(key))[key] ?? { signIns: [], sessions: [] };
}

/**
 * Writes what the popup draws, and the badge. A private window's sign-ins leave no mark on normal windows' toolbar.
 * @param {Context} context
 * @param {KeptSignIn[]} signIns newest first
 */
async function redraw(context, signIns) {
  const all = await session.get(null);
  const held = /** @type {HeldCredentials[]} */ (
    Object.keys(all).filter((key) => key.startsWith('credentials:')).map((key) => all[key]));
  const sessions = signIns.flatMap((signIn) =>
    held.filter((one) => one.owner === ownerOf(signIn) && one.expiration > now())
      .map(({ role, provider, expiration, credentials }) => ({ signIn: signIn.id, arn: role, provider, expiration, key: keyOf(credentials) })));
  await session.set({ [viewKey(context)]: { signIns, sessions } });
  if (!context.private) await showBadge(signIns[0]);
}

/**
 * What is no secret about credentials.
 * @param {Credentials} credentials
 */
function keyOf({ accessKeyId, assumedRoleArn, region }) {
  return { accessKeyId, assumedRoleArn, region };
}

/** @param {KeptSignIn | undefined} signIn */
async function showBadge(signIn) {
  const reminder = await certificateWatch.due();
  const error = signIn?.severity === 'error';
  const text = signIn === undefined ? '' : signIn.roleCount === 0 && error ? '!' : String(signIn.roleCount);
  await platform.setBadge(text || (reminder ? '!' : ''), error ? BADGE_ERROR : reminder ? BADGE_REMINDER : BADGE);
  await platform.setTitle(reminder ?? platform.message('extension_name', []));
}

/** A certificate that ends soon colours the badge and leaves the count on it. */
async function remind() {
  await showBadge((await viewOf({ private: false })).signIns[0]);
  await certificateWatch.notify();
}

/**
 * Whose credentials are whose: the same person in the same kind of window, whichever of their sign-ins they came from.
 * @param {KeptSignIn} signIn
 */
function ownerOf(signIn) {
  return JSON.stringify([signIn.private, signIn.container, signIn.issuer, signIn.identity ?? signIn.id]);
}

/** Forgets everything of private windows once the last of them is closed. */
async function forgetPrivateIfClosed() {
  const all = await session.get(null);
  const ofPrivate = Object.keys(all).filter((key) =>
    key === 'view:private' || all[key]?.private === true && /^(signin:|credentials:|pending:|inspecting$)/.test(key));
  if (ofPrivate.length > 0 && !(await platform.hasPrivateWindow())) await session.remove(ofPrivate);
}

/** Credentials are kept until they expire; nothing runs at that moment, so it is done at the next start. */
async function dropExpired() {
  const all = await session.get(null);
  const expired = Object.keys(all).filter((key) => key.startsWith('credentials:') && all[key].expiration <= now());
  if (expired.length > 0) await session.remove(expired);
}

/**
 * The time that the sign-in page gave.
 * @param {platform.PostAnswer} details
 * @param {string | undefined} date
 */
async function clockOf({ url, timeStamp, tabId, incognito }, date) {
  await keepClock(new URL(url).host, date, incognito ?? (await isPrivateTab(tabId)), timeStamp / 1000);
}

/**
 * Keeps the time that a server gave beside this computer's, and what it says about this computer's clock. It belongs to no window: a
 * server that a private window reached is not named, since its name says where the person signed in.
 * @param {string} server its host
 * @param {string | undefined} date
 * @param {boolean} isPrivate
 * @param {number} [at] when the answer came
 */
async function keepClock(server, date, isPrivate, at = now()) {
  if (date === undefined) return;
  const host = isPrivate ? AWS : server;
  const clock = await core.readClock(host, date, at).catch(() => null); // a core that does not load has told so already
  if (clock !== null) await session.set({ clock });
}

/* ---- requests of the popup ---- */

/**
 * @param {Request} request
 * @returns {Promise<unknown>}
 */
async function answer(request) {
  try {
    switch (request.kind) {
      case 'export': return await exportRole(request);
      case 'import': return await importText(request);
      case 'clear': return await inOrder(() => clear(request));
      case 'forget': return await inOrder(() => forget(request));
      case 'wake': return await inOrder(wake);
      case 'inspect': return await inOrder(() => openInspector(request));
      case 'inspecting': return await inOrder(handOver);
      case 'rememberMetadata': return await inOrder(() => certificateWatch.rememberMetadata(request));
      case 'dismissReminder': return await inOrder(() => reminded(certificateWatch.dismiss(request)));
      case 'forgetCertificates': return await inOrder(() => reminded(certificateWatch.forget(request)));
      case 'remind': return await inOrder(() => reminded(Promise.resolve({ ok: true })));
      case 'readRole': return await readRole(request);
      case 'readEvents': return await readEvents(request);
    }
  } catch (error) {
    if (isFailure(error)) return { ok: false, failure: failureOf(error) };
    if (error instanceof calls.NotAllowed) return { ok: false, failure: failure('host.call_not_allowed') };
    return { ok: false, failure: failure(error instanceof SignInGone ? 'host.sign_in_gone' : 'host.unexpected') };
  }
}

/** @param {ExportRequest} request */
async function exportRole(request) {
  const key = `signin:${request.signIn}`;
  const { [key]: stored, ...rest } = await session.get([key, 'view', 'view:private']);
  const signIn = [rest['view'], rest['view:private']].flatMap((view) => view?.signIns ?? [])
    .find((/** @type {KeptSignIn} */ one) => one.id === request.signIn);
  if (stored === undefined || signIn === undefined) return { ok: false, failure: failure('host.sign_in_gone') };
  const regions = await preferredRegions();
  const { held, reused } = await credentialsOf(stored, signIn, request, regions);
  const text = await core.writeCredentials(held.credentials, request.format, regions);
  return { ok: true, text, expiration: held.expiration, reused };
}

/**
 * Calls to STS under way, by key of the credentials: a second click waits for the first one's answer.
 * @type {Map<string, Promise<HeldCredentials>>}
 */
const underWay = new Map();

/**
 * The role's credentials: those held while they live, else from STS.
 * @param {Stored} stored
 * @param {KeptSignIn} signIn
 * @param {ExportRequest} request
 * @param {RegionPreference} regions
 * @returns {Promise<{ held: HeldCredentials, reused: boolean }>}
 */
async function credentialsOf(stored, signIn, request, regions) {
  const owner = ownerOf(signIn);
  const key = credentialsKey(signIn, request);
  if (!request.fresh) {
    const { [key]: held } = await session.get(key);
    if (held !== undefined && held.expiration > now()) return { held, reused: true };
  }
  const asked = underWay.get(key) ?? askSts();
  underWay.set(key, asked);
  try {
    return { held: await asked, reused: false };
  } finally {
    underWay.delete(key);
  }

  async function askSts() {
    const { role, provider } = request;
    const noteDate = (/** @type {string} */ host, /** @type {string | undefined} */ date) => void keepClock(host, date, signIn.private);
    const credentials = await core.assumeRole({ captured: stored.captured, role, provider }, regions, noteDate).catch((error) => {
      if (error?.code === SIGNATURE_REFUSED) void learnAnswer(false);
      throw error;
    });
    const held = { owner, private: signIn.private, role, provider, expiration: credentials.expiration, credentials };
    const kept = await inOrder(async () => {
      const { signIns } = await viewOf(signIn);
      if (!signIns.some((one) => ownerOf(one) === owner)) return false;
      await session.set({ [key]: held });
      await redraw(signIn, signIns);
      return true;
    });
    // Forgotten while AWS was asked: its credentials are not for keeping, and not for the clipboard.
    if (!kept) throw new SignInGone();
    void learnAnswer(true);
    return held;
  }

  /** @param {boolean} isAccepted */
  function learnAnswer(isAccepted) {
    return inOrder(() => certificateWatch.learnAnswer(stored, signIn, isAccepted));
  }
}

/** The sign-in was forgotten, or its private window closed. */
class SignInGone extends Error {}

/* ---- signed calls ---- */

/**
 * The role as IAM has it, and the account's alias, each with the role's own credentials.
 * @param {ReadRoleRequest} request
 */
async function readRole(request) {
  const credentials = await heldBy(request);
  if (credentials === null) return { ok: false, failure: failure('host.no_credentials') };
  return { ok: true, role: await calls.readRole(credentials) };
}

/**
 * The last events of the credentials' access key in a region.
 * @param {ReadEventsRequest} request
 */
async function readEvents(request) {
  const credentials = await heldBy(request);
  if (credentials === null) return { ok: false, failure: failure('host.no_credentials') };
  return { ok: true, ...(await calls.readEvents(credentials, request.region)) };
}

/**
 * The role's credentials, while they live. No call asks STS for new ones: that is what an export is for.
 * @param {ReadRoleRequest | ReadEventsRequest} request
 * @returns {Promise<Credentials | null>}
 */
async function heldBy(request) {
  const views = await session.get(['view', 'view:private']);
  const signIn = [views['view'], views['view:private']].flatMap((view) => view?.signIns ?? [])
    .find((/** @type {KeptSignIn} */ one) => one.id === request.signIn);
  if (signIn === undefined) throw new SignInGone();
  const key = credentialsKey(signIn, request);
  const { [key]: held } = await session.get(key);
  return held !== undefined && held.expiration > now() ? held.credentials : null;
}

/**
 * @param {KeptSignIn} signIn
 * @param {{ role: string, provider: string }} of
 */
function credentialsKey(signIn, { role, provider }) {
  return `credentials:${JSON.stringify([ownerOf(signIn), role, provider])}`;
}

/** @param {ImportRequest} request */
async function importText(request) {
  const captured = { url: null, at: now(), form: null, raw: null, pasted: request.text, tooLarge: null };
  const id = await inOrder(() => keep({ captured, tab: null, private: request.private, container: null }));
  return { ok: true, id };
}

/** @param {ClearRequest} request */
async function clear(request) {
  await dropCredentials((held) =>
    held.private === request.private && (request.role === null || held.role === request.role));
  await redraw(request, (await viewOf(request)).signIns);
  return { ok: true };
}

/** @param {ForgetRequest} request */
async function forget(request) {
  const key = `signin:${request.signIn}`;
  const { [key]: stored } = await session.get(key);
  if (stored === undefined) return { ok: true };
  const { signIns } = await viewOf(stored);
  const kept = signIns.filter((one) => one.id !== request.signIn);
  const owners = new Set(signIns.filter((one) => !kept.includes(one)).map(ownerOf));
  await dropCredentials((held) => owners.has(held.owner));
  await session.remove(key);
  await redraw(stored, kept);
  return { ok: true };
}

/**
 * Draws the reminder anew after what may have changed it.
 * @template T
 * @param {Promise<T>} changed
 */
async function reminded(changed) {
  const answer = await changed;
  await remind();
  return answer;
}

/** Reads what was left unread. A background that was stopped in the middle has no other reason to start again. */
async function wake() {
  await catchUp();
  return { ok: true };
}

/**
 * Opens the inspector. What it is to show is handed over in memory: an address would stand in the browser's history.
 * @param {InspectRequest} request
 */
async function openInspector({ signIn, text, private: inPrivate }) {
  try {
    await session.set({ inspecting: { signIn, text, private: inPrivate } });
  } catch {
    return { ok: false, failure: failure('host.too_large_to_hand_over') };
  }
  await platform.showPage(INSPECTOR);
  return { ok: true };
}

/** What the inspector is to show. It is taken out, so that a pasted text does not outlive the page. */
async function handOver() {
  const { inspecting } = await session.get('inspecting');
  await session.remove('inspecting');
  return { ok: true, inspecting: /** @type {Inspecting | undefined} */ (inspecting) ?? null };
}

/** @param {(held: HeldCredentials) => boolean} which */
async function dropCredentials(which) {
  const all = await session.get(null);
  await session.remove(Object.keys(all).filter((key) => key.startsWith('credentials:') && which(all[key])));
}

/** @returns {Promise<RegionPreference>} */
async function preferredRegions() {
  return (await platform.local.get('preferences'))['preferences']?.region ?? {};
}

/**
 * A failure that the browser's side finds, in the shape of the core's.
 * @param {string} code
 * @returns {Failure}
 */
function failure(code) {
  const key = code.replaceAll('.', '_');
  return { code, text: { key, args: [] }, hint: { key: `${key}_hint`, args: [] }, aws: null, finding: null, causes: [] };
}

/** Seconds since 1970. */
function now() {
  return Math.floor(Date.now() / 1000);
}

/** The core's own limit (src/limits.rs): beyond it the body is not even saved. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

const MAX_SIGN_INS = 10;

/**
 * Of the 10 MiB that `storage.session` has, for the sign-ins of one kind of window: twice this, a POST that is not read yet
 * (2 MiB, a third more as base64) and the views fit together, so that no write is refused.
 */
const MAX_SIGN_IN_BYTES = 3 * 1024 * 1024;

const INSPECTOR = 'inspector/inspector.html';
const CERTIFICATES = 'certificates/certificates.html';

/** What a server is called that is not named. */
const AWS = 'AWS';

/** The code of the core for AWS's “Response signature invalid”. */
const SIGNATURE_REFUSED = 'sts.signature_invalid';

const BADGE = { background: '#3730a3', text: '#ffffff' };
const BADGE_REMINDER = { background: '#855500', text: '#ffffff' };
const BADGE_ERROR = { background: '#b42318', text: '#ffffff' };
