// The hosts of signed calls, each an optional permission that is asked for at the click that needs it.
// @ts-check
import * as platform from '../platform.js';
import { CLOUDTRAIL_HOSTS, IAM_HOSTS } from '../regions.js';

/**
 * IAM's host, which is one for each partition.
 * @param {string} partition
 */
export function iamHost(partition) {
  return /** @type {Record<string, string>} */ (IAM_HOSTS)[partition] ?? null;
}

/** @param {string} region */
export function cloudTrailHost(region) {
  return /** @type {Record<string, string>} */ (CLOUDTRAIL_HOSTS)[region] ?? null;
}

/**
 * Whether the user lets Rolecall reach a host. Call it in the turn of a click: the browser asks if it has not yet.
 * @param {string | null} host
 * @returns {Promise<boolean>}
 */
export async function allow(host) {
  return host !== null && platform.requestOptionalHost(`https://${host}/*`);
}

/** The optional hosts that publish metadata: all that are no call's. */
export function metadataHosts() {
  const calls = new Set([...Object.values(IAM_HOSTS), ...Object.values(CLOUDTRAIL_HOSTS)].map((host) => `https://${host}/*`));
  return platform.optionalHosts().filter((pattern) => !calls.has(pattern));
}
