// What the Trust policy tab knows of AWS before it asks: the roles that there are credentials for.
// @ts-check
import * as platform from '../platform.js';

/** @import { PopupView, Session } from '../view.js' */
/** @import { Pair } from './policy-draw.js' */

/** The roles that there are credentials for. @type {Session[]} */
let sessions = [];
let watching = false;

/** Keeps `sessions` true: at the click there is no time to ask. */
export async function watchSessions() {
  const read = async () => {
    const views = await platform.session.get(['view', 'view:private']);
    sessions = [views['view'], views['view:private']].flatMap((/** @type {PopupView | undefined} */ view) => view?.sessions ?? []);
  };
  await read();
  if (watching) return;
  watching = true;
  platform.onStorageChanged((changes, area) => {
    if (area === 'session' && (changes['view'] || changes['view:private'])) void read();
  });
}

/**
 * @param {string} signIn id of the sign-in whose credentials they are
 * @param {Pair} pair
 */
export function hasCredentials(signIn, { role, provider }) {
  return sessions.some((one) => one.signIn === signIn && one.arn === role && one.provider === provider && one.expiration > Date.now() / 1000);
}

/** A policy that AWS gave on one line, in several. @param {string} text */
export function inLines(text) {
  if (text.includes('\n')) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
