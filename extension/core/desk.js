// The part of the Rust core that the pages beside the inspector work with: trust policies, setting up, certificates, CloudTrail.
// @ts-check

import init, * as core from '../wasm/desk.js';
import { loaderOf } from './module.js';

/** @import { KnownApplication, Rotation } from '../rotation.js' */

const load = loaderOf(init, 'desk_bg.wasm');

/**
 * What an application's certificates are, which side is stale, and what to do.
 * @param {KnownApplication} known
 * @param {number} now epoch seconds
 * @returns {Promise<Rotation>}
 */
export async function assessRotation(known, now) {
  await load();
  return core.assessRotation(known, now);
}
