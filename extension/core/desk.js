// The part of the Rust core that pages work with beside the inspection of a message: what CloudTrail records.
// @ts-check

import init, * as core from '../wasm/desk.js';
import { loaderOf } from './module.js';

/** @import { Trail, TrailSession } from '../calls.js' */
/** @import { Host } from '../inspection.js' */

const load = loaderOf(init, 'desk_bg.wasm');

/**
 * What CloudTrail records of a sign-in to a role of a response, and how to find it. Throws a `Failure`.
 * @param {string} xml
 * @param {{ role: string, provider: string }} pair ARNs, together in the response
 * @param {string | null} url where the sign-in was posted to
 * @param {TrailSession | null} session
 * @param {string | null} region whose events are looked for
 * @param {Host} host
 * @returns {Promise<Trail>}
 */
export async function trailOf(xml, { role, provider }, url, session, region, host) {
  await load();
  const text = core.nameQualifierText(xml, provider);
  const digest = text === undefined ? null : await host.answer({ kind: 'digest', hash: 'SHA-1', data: new TextEncoder().encode(text) });
  return core.trailOf(xml, role, provider, url ?? undefined, digest instanceof Uint8Array ? digest : undefined, session ?? undefined, region ?? undefined);
}
