// The part of the Rust core that the background works with: sign-ins, and a role's credentials.
// @ts-check

import { send } from '../send.js';
import init, * as core from '../wasm/signin.js';
import { loaderOf } from './module.js';

/** @import { Account, Role } from '../view.js' */
/** @import { Signer } from '../rotation.js' */
/** @import { BriefAccount, BriefSignIn, Captured, Clock, CoreSignIn, Credentials, RegionPreference, Wanted } from '../state.js' */

export const load = loaderOf(init, 'signin_bg.wasm');

/**
 * What a captured POST, or a pasted text, says. Throws a `Failure` when it holds no SAML response for AWS.
 * @param {Captured} captured
 * @returns {Promise<CoreSignIn>}
 */
export async function readSignIn(captured) {
  await load();
  return inFull(core.readSignIn(captured));
}

/**
 * The certificate that a captured response says it is signed with; null where it carries none. Throws a `Failure`.
 * @param {Captured} captured
 * @returns {Promise<Signer | null>}
 */
export async function readSigner(captured) {
  await load();
  return core.readSigner(captured);
}

/**
 * A sign-in with the ARNs of its roles in full, which the core says once an account: a thousand of them are most of what a view weighs.
 * @param {BriefSignIn} signIn
 * @returns {CoreSignIn}
 */
export function inFull(signIn) {
  return { ...signIn, accounts: signIn.accounts.map(accountInFull) };
}

/**
 * @param {BriefAccount} account
 * @returns {Account}
 */
function accountInFull([id, label, partition, rolePrefix, provider, roles]) {
  /** @type {Role[]} */
  const inFull = [];
  for (const role of roles) {
    if (typeof role === 'string') inFull.push({ name: role, arn: rolePrefix + role, provider, chosen: false, refused: null });
    else inFull.push({ ...role, arn: rolePrefix + role.name, provider: role.provider ?? provider });
  }
  return { id, label, partition, roles: inFull };
}

/**
 * Credentials of a role, from STS; the core says whether a call that failed is worth another, and when. Throws a `Failure`.
 * @param {Wanted} wanted
 * @param {RegionPreference} regions
 * @param {(host: string, date: string | undefined) => void} heard gets the time that each answer carried
 * @returns {Promise<Credentials>}
 */
export async function assumeRole(wanted, regions, heard) {
  await load();
  const request = core.assumeRoleRequest(wanted, regions);
  for (let attempt = 0; ; attempt += 1) {
    const answer = await send(request);
    heard(new URL(request.url).host, answer.headers?.['date']);
    try {
      const read = core.readAssumeRole(answer, wanted, request.region, attempt, Date.now(), Math.random());
      if (typeof read !== 'number') return read;
      await new Promise((resolve) => { setTimeout(resolve, read); });
    } finally {
      answer.body?.fill(0); // it may hold credentials
    }
  }
}

/**
 * What the time that an answer carried says about this computer's clock; null when it carried none.
 * @param {string} host
 * @param {string | undefined} date its `Date` header
 * @param {number} at epoch seconds when the answer came
 * @returns {Promise<Clock | null>}
 */
export async function readClock(host, date, at) {
  await load();
  return core.readClock(host, date ?? '', at);
}

/**
 * Credentials as text for one destination. Throws a `Failure`.
 * @param {Credentials} credentials
 * @param {string} format
 * @param {RegionPreference} regions
 * @returns {Promise<string>}
 */
export async function writeCredentials(credentials, format, regions) {
  await load();
  return core.writeCredentials(credentials, format, regions);
}
