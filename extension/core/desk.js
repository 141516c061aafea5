// The part of the Rust core that pages work with at a click: trust policies, certificates over time, CloudTrail, opening what is encrypted, copies.
// @ts-check

import init, * as core from '../wasm/desk.js';
import { loaderOf } from './module.js';

/** @import { PolicyCheck, PolicyDraft, PolicyWish, WrittenPolicy } from '../inspector/trust-policy.js' */
/** @import { KnownApplication, Rotation } from '../rotation.js' */
/** @import { Trail, TrailSession } from '../calls.js' */
/** @import { ComparedRow, Host, Redacted } from '../inspection.js' */

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

/**
 * The message with its encrypted assertions opened by a private key. Throws a `Failure`.
 * @param {string} xml
 * @param {string} pem
 * @param {Host} host
 * @returns {Promise<string>}
 */
export async function decrypt(xml, pem, host) {
  await load();
  const plan = core.beginDecryption(xml, pem);
  const key = /** @type {Uint8Array<ArrayBuffer>} */ (plan.key());
  try {
    const opened = [];
    for (const job of plan.jobs()) opened.push(await host.decrypt(key, job));
    return plan.finish(opened);
  } finally {
    key.fill(0);
  }
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
 * A copy that is safe to share. Throws a `Failure`.
 * @param {string} xml
 * @returns {Promise<Redacted>}
 */
export async function redact(xml) {
  await load();
  return core.redact(xml);
}

/**
 * Two messages side by side. Throws a `Failure`.
 * @param {string} left
 * @param {string} right
 * @returns {Promise<ComparedRow[]>}
 */
export async function compare(left, right) {
  await load();
  return core.compare(left, right);
}
