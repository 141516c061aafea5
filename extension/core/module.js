// How a wasm of the core is loaded, and how its facts are told from defects.
// @ts-check

/** @import { Failure } from '../view.js' */

/**
 * Makes a wasm ready at the first call. A load that failed (a disk error, an update in progress) is tried again at the next.
 * @param {(options: { module_or_path: URL }) => Promise<unknown>} init of its glue
 * @param {string} file in extension/wasm
 * @returns {() => Promise<void>}
 */
export function loaderOf(init, file) {
  /** @type {Promise<unknown> | null} */
  let loading = null;
  return async function load() {
    loading ??= init({ module_or_path: new URL(`../wasm/${file}`, import.meta.url) });
    try {
      await loading;
    } catch (error) {
      loading = null;
      throw error;
    }
  };
}

/**
 * Whether an error that the core threw is one of its facts, not a defect.
 * @param {unknown} error
 * @returns {error is Failure}
 */
export function isFailure(error) {
  return error instanceof Error && error.name === 'RolecallError';
}

/**
 * @param {Failure} error the core's, with the stack and name that no one needs
 * @returns {Failure}
 */
export function failureOf({ code, text, hint, aws, finding, causes }) {
  return { code, text, hint, aws, finding, causes };
}
