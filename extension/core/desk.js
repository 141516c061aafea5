// The part of the Rust core that pages work with beside the inspection of a message: trust policies, certificates, CloudTrail.
// @ts-check

import init, * as core from '../wasm/desk.js';
import { loaderOf } from './module.js';

/** @import { PolicyCheck, PolicyDraft, PolicyWish, WrittenPolicy } from '../inspector/trust-policy.js' */
/** @import { Trail, TrailSession } from '../calls.js' */
/** @import { Host } from '../inspection.js' */
/** @import { KnownApplication, Rotation } from '../rotation.js' */

const load = loaderOf(init, 'desk_bg.wasm');

/**
 * What a response tells about a role of its own, or one that was typed. Throws a `Failure`.
 * @param {string} xml
 * @param {string} role ARN
 * @param {string} provider ARN
 * @param {string | null} preferred region
 * @returns {Promise<PolicyDraft>}
 */
export async function draftPolicy(xml, role, provider, preferred) {
  await load();
  return core.draftPolicy(xml, role, provider, preferred ?? undefined);
}

/**
 * What a trust policy says to the sign-in now. Throws a `Failure`, but never for what is wrong with the policy.
 * @param {string} xml
 * @param {string} policy its JSON, or an answer of IAM with it
 * @param {string} role ARN
 * @param {string} provider ARN
 * @param {PolicyDraft} draft
 * @param {Uint8Array | null} digest SHA-1 of the draft's `name_qualifier`
 * @returns {Promise<PolicyCheck>}
 */
export async function checkPolicy(xml, policy, role, provider, draft, digest) {
  await load();
  return core.checkPolicy(xml, policy, role, provider, digest ?? undefined, Math.floor(Date.now() / 1000), draft.region);
}

/**
 * The least trust policy that grants a wish. Throws a `Failure`.
 * @param {PolicyWish} wish
 * @returns {Promise<WrittenPolicy>}
 */
export async function writePolicy(wish) {
  await load();
  return core.writePolicy(wish);
}

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
