// The background's part in the rotation of certificates: learns from each captured response which certificate signed it and from each
// answer of STS whether AWS has that one, and says which reminder is due. Nothing is learned from private windows or pasted text.
// Each function reads and writes what is kept; the background calls them one at a time.
// @ts-check
import * as core from './core/sign-in.js';
import { isFailure } from './core/module.js';
import * as platform from './platform.js';
import * as certificates from './ui/certificates.js';
import * as preferences from './ui/preferences.js';

/** @import { Stored } from './state.js' */
/** @import { SignIn } from './view.js' */
/** @import { DismissRequest, ForgetCertificatesRequest, RememberMetadataRequest } from './protocol.js' */

/** @typedef {Pick<SignIn, 'issuer' | 'provider' | 'accounts'>} Shown */

/**
 * A response was captured.
 * @param {Stored} stored
 * @param {Shown} signIn
 */
export async function learn(stored, signIn) {
  const sighting = await sightingOf(stored, signIn, stored.captured.at);
  if (sighting !== null) await certificates.save(certificates.seen(await certificates.load(), sighting));
}

/**
 * STS answered. Only a refusal of the signature says something about the certificate.
 * @param {Stored} stored
 * @param {Shown} signIn
 * @param {boolean} isAccepted
 */
export async function learnAnswer(stored, signIn, isAccepted) {
  const sighting = await sightingOf(stored, signIn, now());
  if (sighting !== null) await certificates.save(certificates.answered(await certificates.load(), sighting, isAccepted));
}

/**
 * What the response says of itself; null where nothing is to be remembered.
 * @param {Stored} stored
 * @param {Shown} signIn
 * @param {number} at
 * @returns {Promise<certificates.Sighting | null>}
 */
async function sightingOf(stored, { issuer, provider, accounts }, at) {
  const providers = [...new Set(accounts.flatMap((account) => account.roles.map((role) => role.provider)))];
  if (stored.private !== false || stored.captured.pasted !== null || issuer === null || providers.length === 0) return null;
  if (!(await preferences.load()).certificates) return null;
  try {
    const signer = await core.readSigner(stored.captured);
    return signer && { issuer, provider, providers, signer, at };
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}

/** The reminder that is due, as a sentence. @returns {Promise<string | null>} */
export async function due() {
  const reminder = certificates.reminder(await certificates.load(), now());
  return reminder && certificates.sentence(reminder, now());
}

/** Shows the reminder that is due as a notification, once a level, where the user allowed notifications. */
export async function notify() {
  const applications = await certificates.load();
  const reminder = certificates.unnotified(applications, now());
  if (reminder === null || !(await platform.notify(NOTIFICATION, platform.message('reminder_notification', []), certificates.sentence(reminder, now())))) return;
  await certificates.save(certificates.marked(applications, reminder, 'notified'));
}

/** @param {RememberMetadataRequest} request */
export async function rememberMetadata({ application, from, certificates: ders }) {
  await certificates.save(certificates.compared(await certificates.load(), application, from, ders.slice(0, certificates.MAX_CERTIFICATES), now()));
  return { ok: true };
}

/** Dismisses the reminder that is due. @param {DismissRequest} request */
export async function dismiss({ application }) {
  const applications = await certificates.load();
  const reminder = certificates.reminder(applications, now());
  if (reminder?.id === application) await certificates.save(certificates.marked(applications, reminder, 'dismissed'));
  return { ok: true };
}

/** @param {ForgetCertificatesRequest} request */
export async function forget({ application }) {
  const kept = application === null ? [] : (await certificates.load()).filter((one) => one.id !== application);
  await certificates.save(kept);
  return { ok: true };
}

/** Seconds since 1970. */
function now() {
  return Math.floor(Date.now() / 1000);
}

/** One notification takes the place of another. */
export const NOTIFICATION = 'certificate';
