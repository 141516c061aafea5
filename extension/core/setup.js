// The part of the Rust core that the setup assistant works with.
// @ts-check

import init, * as core from '../wasm/setup.js';
import { loaderOf } from './module.js';

/** @import { Captured } from '../state.js' */
/** @import { SetupAnswer, SetupDraft, SetupKnown, SetupMetadata, SetupTick } from '../setup/setup.js' */

const load = loaderOf(init, 'setup_bg.wasm');

/**
 * What is wrong with what was typed, or what is to be done at each step.
 * @param {SetupDraft} draft
 * @param {string | null} metadata its text, where the page still has it
 * @returns {Promise<SetupAnswer>}
 */
export async function plan(draft, metadata) {
  await load();
  return core.planSetup(draft, metadata ?? undefined);
}

/**
 * The identity providers in metadata. Throws a `Failure`.
 * @param {string} text
 * @param {string} product
 * @returns {Promise<SetupMetadata[]>}
 */
export async function readMetadata(text, product) {
  await load();
  return core.readSetupMetadata(text, product, Date.now() / 1000);
}

/**
 * What was kept of metadata, as it is now.
 * @param {SetupKnown} known
 * @param {string} product
 * @returns {Promise<SetupMetadata>}
 */
export async function lookAtMetadata(known, product) {
  await load();
  return core.lookAtSetupMetadata(known, product, Date.now() / 1000);
}

/**
 * What a sign-in says about each step. Throws a `Failure`.
 * @param {SetupDraft} draft without problems
 * @param {SetupKnown | null} known
 * @param {Captured} captured
 * @param {boolean} accepted whether STS gave credentials of the role for it
 * @returns {Promise<SetupTick[]>}
 */
export async function check(draft, known, captured, accepted) {
  await load();
  return core.checkSetup(draft, known ?? undefined, captured, captured.at, accepted);
}
