// The Rust core: the only importer of the wasm glue. Loads it at the first call and hands values over as they are.
// @ts-check

import init, * as core from './wasm/rolecall.js';

/** @import { Failure, SignIn } from './view.js' */
/** @import { Captured, Credentials, RegionPreference } from './state.js' */

/** @type {Promise<unknown> | null} */
let loading = null;

/** Makes the core ready. A load that failed (a disk error, an update in progress) is tried again at the next call. */
export async function load() {
  loading ??= init({ module_or_path: new URL('wasm/rolecall_bg.wasm', import.meta.url) });
  try {
    await loading;
  } catch (error) {
    loading = null;
    throw error;
  }
}

/**
 * What a captured POST, or a pasted text, says. Throws a `Failure` when it holds no SAML response for AWS.
 * @param {Captured} captured
 * @returns {Promise<SignIn>}
 */
export async function readSignIn(captured) {
  await load();
  return core.readSignIn(captured);
}

/**
 * Credentials of a role, from STS. Throws a `Failure`.
 * @param {Captured} captured
 * @param {string} role ARN
 * @param {string} provider ARN
 * @param {RegionPreference} regions
 * @returns {Promise<Credentials>}
 */
export async function assumeRole(captured, role, provider, regions) {
  await load();
  return core.assumeRole(captured, role, provider, regions);
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

/**
 * Whether an error that the core threw is one of its facts, not a defect.
 * @param {unknown} error
 * @returns {error is Failure}
 */
export function isFailure(error) {
  return error instanceof Error && error.name === 'RolecallError';
}
