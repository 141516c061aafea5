// What the setup assistant remembers, as `storage.local` keeps it: what was typed, an identity provider's public metadata and which steps
// are done. No secret, and nothing of a sign-in but which steps it showed.
// @ts-check
import { local } from '../platform.js';

/** @import { SetupDraft, SetupKnown, SetupState } from '../setup/setup.js' */

export const KEY = 'setup';

/** The steps in their order; the first is the plan itself. */
export const STEPS = Object.freeze(['plan', 'application', 'claims', 'metadata', 'provider', 'role', 'assignment', 'sign_in']);

/** The steps that no file shows, so that a person may tick them. */
export const BY_HAND = Object.freeze(['application', 'claims', 'provider', 'role', 'assignment']);

/** @returns {SetupState} */
export function fresh() {
  return {
    draft: {
      product: '', partition: 'aws', account: '', provider: '', role: '', regions: [], duration: '', instance: '', tags: [], mfa: false, sourceIdentity: false,
    },
    known: null,
    done: [],
    seen: null,
    start: '',
    open: 'plan',
  };
}

/**
 * The state in a stored value, repaired where it is not what it should be.
 * @param {unknown} stored
 * @returns {SetupState}
 */
export function read(stored) {
  const state = fresh();
  const { draft, known, done, seen, start, open } = record(stored);
  return {
    draft: readDraft(record(draft), state.draft),
    known: readKnown(record(known)),
    done: texts(done).filter((step) => BY_HAND.includes(step)),
    seen: readSeen(record(seen)),
    start: text(start),
    open: STEPS.includes(text(open)) ? text(open) : state.open,
  };
}

/**
 * @param {Record<string, unknown>} stored
 * @param {SetupDraft} draft
 * @returns {SetupDraft}
 */
function readDraft(stored, draft) {
  const pairs = Array.isArray(stored.tags) ? stored.tags.filter(Array.isArray) : [];
  return {
    product: text(stored.product),
    partition: text(stored.partition) || draft.partition,
    account: text(stored.account),
    provider: text(stored.provider),
    role: text(stored.role),
    regions: texts(stored.regions),
    duration: text(stored.duration),
    instance: text(stored.instance),
    tags: pairs.map(([key, source]) => [text(key), text(source)]),
    mfa: stored.mfa === true,
    sourceIdentity: stored.sourceIdentity === true,
  };
}

/**
 * What is kept of metadata, field by field: whatever else stands beside it is not kept.
 * @param {Partial<Record<keyof SetupKnown, unknown>>} stored
 * @returns {SetupKnown | null}
 */
export function readKnown(stored) {
  if (text(stored.entityId) === '') return null;
  const pairs = Array.isArray(stored.endpoints) ? stored.endpoints.filter(Array.isArray) : [];
  return {
    entityId: text(stored.entityId),
    validUntil: number(stored.validUntil),
    imported: number(stored.imported),
    characters: number(stored.characters) ?? 0,
    hasMark: stored.hasMark === true,
    providers: number(stored.providers) ?? 1,
    nameIdFormats: texts(stored.nameIdFormats),
    endpoints: pairs.map(([binding, url]) => [text(binding), text(url)]),
    certificates: texts(stored.certificates),
  };
}

/** @param {Record<string, unknown>} stored @returns {SetupState['seen']} */
function readSeen(stored) {
  const at = number(stored.at);
  return at === null ? null : { at, steps: texts(stored.steps).filter((step) => STEPS.includes(step)) };
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function record(value) {
  return /** @type {Record<string, unknown>} */ (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
}

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : '');

/** @param {unknown} value */
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** @param {unknown} value */
const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** @returns {Promise<SetupState>} */
export async function load() {
  return read((await local.get(KEY))[KEY]);
}

/** @param {SetupState} state @returns {Promise<void>} */
export async function save(state) {
  await local.set({ [KEY]: read(state) });
}
