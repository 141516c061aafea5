// What the user prefers, read from `storage.local` and repaired where it is not what it should be.
// @ts-check
import { local } from '../platform.js';
import { isFormat } from '../protocol.js';

/** @import { Format } from '../protocol.js' */

/** `certificates`: whether signing certificates are remembered. @typedef {{ format: Format, region: Record<string, string>, certificates: boolean }} Known */

export const KEY = 'preferences';

/**
 * The preferences in a stored value. Someone who never chose gets the shell of their system.
 * @param {unknown} stored
 * @param {string} system `navigator.platform`
 * @returns {Known}
 */
export function read(stored, system) {
  const { format, region, certificates } = /** @type {{ format?: unknown, region?: unknown, certificates?: unknown }} */ (
    typeof stored === 'object' && stored !== null ? stored : {}
  );
  return {
    format: isFormat(format) ? format : /^win/i.test(system) ? 'powershell' : 'env',
    region: typeof region === 'object' && region !== null && !Array.isArray(region)
      ? Object.fromEntries(Object.entries(region).filter(([, name]) => typeof name === 'string'))
      : {},
    certificates: certificates !== false,
  };
}

/** @returns {Promise<Known>} */
export async function load() {
  return read((await local.get(KEY))[KEY], navigator.platform);
}

/**
 * Changes what `change` names and keeps the rest.
 * @param {Partial<Known>} change
 * @returns {Promise<void>}
 */
export async function save(change) {
  await local.set({ [KEY]: { ...(await load()), ...change } });
}
