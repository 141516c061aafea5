// The part of the Rust core that the background works with: sign-ins, and a role's credentials.
// @ts-check

import { send } from '../send.js';
import init, * as core from '../wasm/signin.js';
import { loaderOf } from './module.js';

/** @import { Account, Role } from '../view.js' */
/** @import { BriefAccount, BriefSignIn, Captured, CoreSignIn, Credentials, RegionPreference } from '../state.js' */

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
 * @param {Captured} captured
 * @param {string} role ARN
 * @param {string} provider ARN
 * @param {RegionPreference} regions
 * @returns {Promise<Credentials>}
 */
export async function assumeRole(captured, role, provider, regions) {
  await load();
  const request = core.assumeRoleRequest(captured, role, provider, regions);
  for (let attempt = 0; ; attempt += 1) {
    const answer = await send(request);
    try {
      const read = core.readAssumeRole(answer, role, provider, request.region, attempt, Date.now(), Math.random());
      if (typeof read !== 'number') return read;
      await new Promise((resolve) => { setTimeout(resolve, read); });
    } finally {
      answer.body?.fill(0); // it may hold credentials
    }
  }
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
