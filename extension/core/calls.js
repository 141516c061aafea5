// The part of the Rust core that asks AWS with a role's own credentials: signed requests, sent here, and what came of them.
// It is instantiated at the first of them.
// @ts-check

import * as platform from '../platform.js';
import { send } from '../send.js';
import init, * as core from '../wasm/calls.js';
import { failureOf, isFailure, loaderOf } from './module.js';

/** @import { Events, RoleFacts } from '../calls.js' */
/** @import { Failure } from '../view.js' */
/** @import { Credentials, HttpAnswer, HttpRequest } from '../state.js' */

const load = loaderOf(init, 'calls_bg.wasm');

/** The user has not allowed the host of a call; only a page can ask, in the turn of a click. */
export class NotAllowed extends Error {}

/**
 * The role that the credentials are of, and the account's alias, which few roles may read. Throws a `Failure`.
 * @param {Credentials} credentials
 * @returns {Promise<RoleFacts & { alias: string | null, aliasRefused: Failure | null }>}
 */
export async function readRole(credentials) {
  await load();
  const role = await call((now) => core.roleRequest(credentials, now), core.readRole);
  try {
    return { ...role, alias: await call((now) => core.aliasRequest(credentials, now), core.readAlias), aliasRefused: null };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { ...role, alias: null, aliasRefused: failureOf(error) };
  }
}

/**
 * The last events of the credentials' access key in a region. Throws a `Failure`.
 * @param {Credentials} credentials
 * @param {string} region
 * @returns {Promise<Events>}
 */
export async function readEvents(credentials, region) {
  await load();
  return call((now) => core.eventsRequest(credentials, region, now), core.readEvents);
}

/**
 * Signs and sends a request until the core has an answer or gives it up; each try is signed anew.
 * @template T
 * @param {(now: number) => HttpRequest} request
 * @param {(answer: HttpAnswer, attempt: number, now: number, random: number) => T | number} read
 * @returns {Promise<T>}
 */
async function call(request, read) {
  for (let attempt = 0; ; attempt += 1) {
    const signed = request(Date.now());
    if (!(await platform.hasHost(`${new URL(signed.url).origin}/*`))) throw new NotAllowed();
    const came = read(await send(signed), attempt, Date.now(), Math.random());
    if (typeof came !== 'number') return came;
    await new Promise((resolve) => { setTimeout(resolve, came); });
  }
}
