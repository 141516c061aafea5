// What the inspector can show: the sign-ins of this browser session, and what was pasted, opened or dropped here. The latter live in
// this page's memory alone. Reading one asks the core; nothing here draws.
// @ts-check
import * as core from '../core/inspect.js';
import { isFailure } from '../core/module.js';
import { host } from './crypto.js';

/** @import { Failure, Severity, SignIn } from '../view.js' */
/** @import { Clock } from '../state.js' */
/** @import { Imported, Inspection, Trust } from '../inspection.js' */

/**
 * @typedef {object} Item
 * @property {string} key
 * @property {SignIn | null} signIn of a captured one
 * @property {string | null} source the file it was opened from, null when it was pasted
 * @property {boolean} private
 * @property {Imported | null} imported
 * @property {string | null} xml
 * @property {string | null} decrypted the XML with its encrypted assertions opened
 * @property {Inspection | null} inspection
 * @property {Failure | null} failure why it could not be read
 */

/**
 * What the list says of an item.
 * @typedef {object} Entry
 * @property {string} key
 * @property {string | null} identity
 * @property {string | null} provider
 * @property {string | null} host
 * @property {string | null} source
 * @property {string | null} kind of a message that is no response
 * @property {number | null} at epoch seconds
 * @property {number | null} roles null where nobody asks
 * @property {Severity | null} severity
 * @property {boolean} private
 * @property {string | null} container
 * @property {boolean} own whether it can be taken off the list
 */

/**
 * @param {string} key
 * @param {Partial<Item>} given
 * @returns {Item}
 */
function item(key, given) {
  return { key, signIn: null, source: null, private: false, imported: null, xml: null, decrypted: null, inspection: null, failure: null, ...given };
}

/**
 * The items of the captured sign-ins, newest first. Those that were there already keep what was read of them.
 * @param {SignIn[]} signIns
 * @param {Item[]} known
 */
export function captured(signIns, known) {
  return signIns.toSorted((a, b) => b.at - a.at).map((signIn) => {
    const same = known.find((one) => one.key === signIn.id && one.signIn?.at === signIn.at);
    return same ? Object.assign(same, { signIn }) : item(signIn.id, { signIn, private: signIn.private });
  });
}

let numbered = 0;

/**
 * The items of the messages in a text. Throws a `Failure` when there is none.
 * @param {string} text
 * @param {{ source: string | null, private: boolean }} from
 */
export async function itemsOf(text, { source, private: isPrivate }) {
  const found = await core.readImports(text);
  return found.map((imported) => {
    numbered += 1;
    return item(`imported-${numbered}`, { imported, source, private: isPrivate });
  });
}

/**
 * Reads an item: its message, its XML, and what there is to say about it. What cannot be read has its failure instead.
 * @param {Item} of
 * @param {Trust} trust
 * @param {Clock | null} clock the last time that a server gave
 * @param {() => Promise<import('../state.js').Captured | null>} capturedOf the POST of a captured one, null when it is gone
 */
export async function read(of, trust, clock, capturedOf) {
  try {
    if (of.imported === null) {
      const post = await capturedOf();
      if (post === null) throw new Refusal(failure('host.sign_in_gone'));
      of.imported = await core.importedOf(post);
    }
    of.xml ??= await core.xmlOf(of.imported);
    of.inspection = await core.inspect(of.imported, trust, { now: Math.floor(Date.now() / 1000), clock }, of.decrypted, host);
    of.failure = null;
  } catch (error) {
    of.failure = failureOf(error);
  }
}

/**
 * What went wrong, in the shape of the core's failures.
 * @param {unknown} error
 * @returns {Failure}
 */
export function failureOf(error) {
  if (isFailure(error)) return error;
  if (error instanceof Refusal) return error.failure;
  return failure('host.unexpected');
}

/** Something that could not be done, and why. */
export class Refusal extends Error {
  /** @param {Failure} why */
  constructor(why) {
    super(why.code);
    this.failure = why;
  }
}

/**
 * @param {string} code
 * @returns {Failure}
 */
export function failure(code) {
  const key = code.replaceAll('.', '_');
  return { code, text: { key, args: [] }, hint: { key: `${key}_hint`, args: [] }, aws: null, finding: null, causes: [] };
}

/**
 * @param {Item} of
 * @returns {Entry}
 */
export function entryOf(of) {
  const { signIn, inspection, imported } = of;
  const common = { key: of.key, source: of.source, private: of.private, container: signIn?.container ?? null, own: signIn === null };
  if (signIn !== null) {
    return {
      ...common,
      identity: signIn.identity,
      provider: signIn.provider,
      host: signIn.host,
      kind: null,
      at: signIn.at,
      roles: signIn.roleCount,
      severity: worst(signIn.severity, inspection),
    };
  }
  const kind = inspection?.kind ?? null;
  const isResponse = kind === 'response' || kind === 'assertion';
  return {
    ...common,
    identity: inspection?.name_id ?? inspection?.role_session_name ?? null,
    provider: inspection?.provider ?? inspection?.issuer ?? null,
    host: hostOf(imported?.url ?? inspection?.destination ?? null),
    kind: kind ?? (imported?.parameter === 'SAMLRequest' ? 'request' : null),
    at: imported?.at ?? null,
    roles: isResponse && !rolesAreHidden(of) ? inspection?.roles.length ?? null : null,
    severity: of.failure ? 'error' : worst(null, inspection),
  };
}

/** Whether an assertion that nobody opened may hold roles. @param {Item} of */
function rolesAreHidden({ inspection, decrypted }) {
  return inspection !== null && inspection.encrypted && decrypted === null && inspection.roles.length === 0;
}

/**
 * @param {Severity | null} known
 * @param {Inspection | null} inspection
 * @returns {Severity | null}
 */
function worst(known, inspection) {
  if (inspection === null) return known;
  return (/** @type {const} */ (['error', 'warning', 'note'])).find((severity) => inspection.findings.some((one) => one.severity === severity)) ?? null;
}

/** @param {string | null} url */
function hostOf(url) {
  return url !== null && URL.canParse(url) ? new URL(url).host || null : null;
}
