// The browser, as Rolecall uses it: the only file that names `chrome` or `browser`. Thin wrappers, no decisions.
// Importing it touches nothing, so the drawing code can be loaded without a browser.
// @ts-check

/** @import { Request } from './protocol.js' */

/** @type {typeof chrome} */
const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;

/* ---- storage ---- */

/** In memory, gone with the browser: sign-ins, credentials, views. */
export const session = area('session');

/** On disk: preferences, and public certificates: those that the user pinned, and those that were seen to sign. */
export const local = area('local');

/** @param {'session' | 'local'} name */
function area(name) {
  return Object.freeze({
    /**
     * The values of `keys`; with null, everything.
     * @param {string | string[] | null} keys
     * @returns {Promise<Record<string, any>>}
     */
    get: (keys) => api.storage[name].get(keys),
    /** @param {Record<string, unknown>} values @returns {Promise<void>} */
    set: (values) => api.storage[name].set(values),
    /** @param {string | string[]} keys @returns {Promise<void>} */
    remove: (keys) => api.storage[name].remove(keys),
  });
}

/**
 * Calls `listener` after each change of an area, with the keys that changed.
 * @param {(changes: Record<string, { oldValue?: any, newValue?: any }>, area: string) => void} listener
 */
export function onStorageChanged(listener) {
  api.storage.onChanged.addListener(listener);
}

/** Shuts content scripts out of `storage.session`. Rolecall has none; this keeps it so. Absent in some Firefox versions. */
export async function keepSessionToOwnPages() {
  await api.storage.session.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}

/* ---- messages ---- */

/**
 * Sends `request` to the background and gives its answer. A worker that was stopped closes the channel before it answers;
 * then the request is sent once more, which starts the worker again. A second silence is an error.
 * @param {Request} request
 * @returns {Promise<any>}
 */
export async function sendMessage(request) {
  try {
    const answer = await api.runtime.sendMessage(request);
    if (answer !== undefined && answer !== null) return answer;
  } catch (error) {
    if (!isClosedChannel(error)) throw error;
  }
  const answer = await api.runtime.sendMessage(request);
  if (answer === undefined || answer === null) throw new Error('no answer from the background');
  return answer;
}

/**
 * Whether the error is a browser's way of saying that the other side went away: Chromium's port and channel, then Firefox's
 * receiving end, conduit, collected promise and message manager.
 * @param {unknown} error
 */
function isClosedChannel(error) {
  const text = error instanceof Error ? error.message : String(error);
  return /port closed|channel closed|channel is closed|receiving end|conduit|out of scope|disconnected/i.test(text);
}

/**
 * Answers messages from Rolecall's own pages. `answer` gives a promise of the answer, or null for a message it does not know.
 * A message from anywhere else, or without an address, is not even looked at.
 * @param {(message: unknown) => Promise<unknown> | null} answer
 */
export function onMessage(answer) {
  api.runtime.onMessage.addListener((message, sender, respond) => {
    if (!isOwnPage(sender)) return false;
    const answered = answer(message);
    if (answered === null) return false;
    answered.then(respond);
    return true;
  });
}

/**
 * Whether a message came from a page of this extension.
 * @param {chrome.runtime.MessageSender} sender
 */
function isOwnPage(sender) {
  const home = api.runtime.getURL('');
  return sender.id === api.runtime.id
    && typeof sender.url === 'string' && sender.url.startsWith(home)
    && (sender.origin === undefined || `${sender.origin}/` === home);
}

/* ---- the sign-in ---- */

/**
 * Calls `listener` with every main-frame POST to `urls`, its body included. Never blocks the request.
 * @param {(details: PostDetails) => void} listener
 * @param {string[]} urls match patterns
 */
export function onPost(listener, urls) {
  api.webRequest.onBeforeRequest.addListener(
    /** @type {any} */ ((/** @type {any} */ details) => {
      if (details.method === 'POST') listener(details);
    }),
    { urls, types: ['main_frame'] },
    ['requestBody'],
  );
}

/**
 * Calls `listener` with each answer to such a POST and its `Date` header.
 * @param {(details: PostAnswer, date: string | undefined) => void} listener
 * @param {string[]} urls match patterns
 */
export function onPostAnswered(listener, urls) {
  api.webRequest.onCompleted.addListener(
    /** @type {any} */ ((/** @type {any} */ details) => {
      const date = details.responseHeaders?.find((/** @type {{ name: string }} */ { name }) => name.toLowerCase() === 'date');
      if (details.method === 'POST') listener(details, date?.value);
    }),
    { urls, types: ['main_frame'] },
    ['responseHeaders'],
  );
}

/**
 * What the browser says of a POST. `incognito` and `cookieStoreId` are Firefox's own.
 * @typedef {chrome.webRequest.OnBeforeRequestDetails & { incognito?: boolean, cookieStoreId?: string }} PostDetails
 * @typedef {chrome.webRequest.OnCompletedDetails & { incognito?: boolean }} PostAnswer
 */

/** The SAML endpoints of AWS's sign-in hosts, as match patterns: the hosts of the manifest that are not STS's. */
export function signInPatterns() {
  return hosts().filter((host) => host.startsWith('https://*.')).map((host) => host.replace(/\*$/, 'saml*'));
}

/**
 * The tab, or null when it is gone.
 * @param {number} id
 * @returns {Promise<chrome.tabs.Tab | null>}
 */
export async function tab(id) {
  try {
    return await api.tabs.get(id);
  } catch {
    return null;
  }
}

/* ---- permissions ---- */

/** The host permissions of the manifest, as match patterns. */
export function hosts() {
  return /** @type {string[]} */ (api.runtime.getManifest().host_permissions ?? []);
}

/** Whether the browser lets Rolecall see every host of the manifest. @returns {Promise<boolean>} */
export function hasHosts() {
  return api.permissions.contains({ origins: hosts() });
}

/** Asks the user for the hosts of the manifest. Call it in the turn of a click. @returns {Promise<boolean>} */
export function requestHosts() {
  return api.permissions.request({ origins: hosts() });
}

/** The hosts that may be asked for when they are needed, as match patterns. */
export function optionalHosts() {
  return /** @type {string[]} */ (api.runtime.getManifest().optional_host_permissions ?? []);
}

/** Whether the user has allowed a host. @param {string} pattern @returns {Promise<boolean>} */
export function hasHost(pattern) {
  return api.permissions.contains({ origins: [pattern] });
}

/** Asks the user for one of those. Call it in the turn of a click. @param {string} pattern @returns {Promise<boolean>} */
export function requestOptionalHost(pattern) {
  return api.permissions.request({ origins: [pattern] });
}

/** Gives it back once it has served. @param {string} pattern @returns {Promise<unknown>} */
export function dropOptionalHost(pattern) {
  return api.permissions.remove({ origins: [pattern] });
}

/** @param {() => void} listener */
export function onPermissionsChanged(listener) {
  api.permissions.onAdded.addListener(listener);
  api.permissions.onRemoved.addListener(listener);
}

/* ---- windows and pages ---- */

/** Whether the page stands in a private window. @returns {Promise<boolean>} */
export async function isPrivateWindow() {
  return (await api.windows.getCurrent()).incognito;
}

/** Whether a private window is open. @returns {Promise<boolean>} */
export async function hasPrivateWindow() {
  return (await api.windows.getAll()).some((window) => window.incognito);
}

/** Whether the user lets Rolecall see private windows at all. @returns {Promise<boolean>} */
export function seesPrivateWindows() {
  return api.extension.isAllowedIncognitoAccess();
}

/** @param {() => void} listener */
export function onWindowClosed(listener) {
  api.windows.onRemoved.addListener(listener);
}

/** @returns {Promise<void>} */
export function openOptions() {
  return api.runtime.openOptionsPage();
}

/**
 * Brings a page of this extension to the front: the tab that shows it, else a new one. Chromium opens it in a normal window where
 * the current one is private, since one background serves both.
 * @param {string} path
 */
export async function showPage(path) {
  const url = api.runtime.getURL(path);
  const open = await tabShowing(url).catch(() => null);
  if (open === null) {
    await api.tabs.create({ url });
    return;
  }
  await api.tabs.update(open.id, { active: true });
  await api.windows.update(open.windowId, { focused: true });
}

/**
 * The tab that shows a page of this extension. Chromium lists the extension's pages; Firefox hands out their windows.
 * @param {string} url
 * @returns {Promise<{ id: number, windowId: number } | null>}
 */
async function tabShowing(url) {
  if (api.runtime.getContexts) {
    const [found] = await api.runtime.getContexts({ contextTypes: ['TAB'], documentUrls: [url] });
    return found ? { id: found.tabId, windowId: found.windowId } : null;
  }
  const found = api.extension.getViews({ type: 'tab' }).find((view) => view.location.href.startsWith(url));
  const tab = await /** @type {any} */ (found)?.browser.tabs.getCurrent();
  return tab ? { id: tab.id, windowId: tab.windowId } : null;
}

/** The version of the manifest. @returns {string} */
export function version() {
  return api.runtime.getManifest().version;
}

/** Calls `listener` when the extension was installed or updated, and when the browser started. @param {() => void} listener */
export function onStart(listener) {
  api.runtime.onInstalled.addListener(listener);
  api.runtime.onStartup.addListener(listener);
}

/* ---- notifications ---- */

/** Whether the user lets Rolecall show notifications. @returns {Promise<boolean>} */
export function mayNotify() {
  return api.permissions.contains({ permissions: ['notifications'] });
}

/** Asks the user for it. Call it in the turn of a click. @returns {Promise<boolean>} */
export function requestNotifications() {
  return api.permissions.request({ permissions: ['notifications'] });
}

/** Gives it back. @returns {Promise<boolean>} */
export function dropNotifications() {
  return api.permissions.remove({ permissions: ['notifications'] });
}

/**
 * Shows a notification where the user allowed it; says whether.
 * @param {string} id
 * @param {string} title
 * @param {string} text
 */
export async function notify(id, title, text) {
  if (!(await mayNotify()) || !api.notifications) return false;
  try {
    await api.notifications.create(id, { type: 'basic', iconUrl: api.runtime.getURL('icons/rolecall-128.png'), title, message: text });
    return true;
  } catch {
    return false; // the system shows none; what asked for it has been done all the same
  }
}

/**
 * Calls `listener` when that notification is clicked. The interface is there once the user allowed it, in this run or before.
 * @param {string} id
 * @param {() => void} listener
 */
export function onNotificationClicked(id, listener) {
  let isListening = false;
  const listen = () => {
    if (isListening || !api.notifications) return;
    isListening = true;
    api.notifications.onClicked.addListener((clicked) => {
      if (clicked === id) listener();
    });
  };
  listen();
  api.permissions.onAdded.addListener(listen);
}

/* ---- badge and words ---- */

/** The tooltip of the toolbar button. @param {string} text @returns {Promise<void>} */
export function setTitle(text) {
  return api.action.setTitle({ title: text });
}

/**
 * The text on the toolbar button ('' for none) and the colours of its plate.
 * @param {string} text
 * @param {{ background: string, text: string }} colours
 */
export async function setBadge(text, colours) {
  await api.action.setBadgeBackgroundColor({ color: colours.background });
  await api.action.setBadgeTextColor?.({ color: colours.text });
  await api.action.setBadgeText({ text });
}

/**
 * The message of `_locales`, '' when there is none.
 * @param {string} key
 * @param {string[]} args
 * @returns {string}
 */
export function message(key, args) {
  return api.i18n.getMessage(key, args);
}

/** The language the browser speaks, such as "en-GB". @returns {string} */
export function language() {
  return api.i18n.getUILanguage();
}
