// The Rust core: the only importer of the wasm glue. Loads it at the first call and hands values over as they are.
// @ts-check

import { send } from './send.js';
import init, * as core from './wasm/rolecall.js';

/** @import { Account, Failure, Role } from './view.js' */
/** @import { BriefAccount, BriefSignIn, Captured, CoreSignIn, Credentials, RegionPreference } from './state.js' */
/** @import { Certificate, ComparedRow, Door, Entity, Host, Imported, Inspection, PrettyXml, Redacted, Trust } from './inspection.js' */

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
 * @returns {Promise<CoreSignIn>}
 */
export async function readSignIn(captured) {
  await load();
  return inFull(core.readSignIn(captured));
}

/**
 * A sign-in with the ARNs of its roles in full, which the core says once an account: a thousand of them are most of what a view weighs.
 * @param {BriefSignIn} signIn
 * @returns {CoreSignIn}
 */
export function inFull(signIn) {
  return { ...signIn, accounts: signIn.accounts.map(accountInFull) };
}

/**
 * @param {BriefAccount} account
 * @returns {Account}
 */
function accountInFull([id, label, partition, rolePrefix, provider, roles]) {
  /** @type {Role[]} */
  const inFull = [];
  for (const role of roles) {
    if (typeof role === 'string') inFull.push({ name: role, arn: rolePrefix + role, provider, chosen: false, refused: null });
    else inFull.push({ ...role, arn: rolePrefix + role.name, provider: role.provider ?? provider });
  }
  return { id, label, partition, roles: inFull };
}

/**
 * Credentials of a role, from STS; the core says whether a call that failed is worth another, and when. Throws a `Failure`.
 * @param {Captured} captured
 * @param {string} role ARN
 * @param {string} provider ARN
 * @param {RegionPreference} regions
 * @returns {Promise<Credentials>}
 */
export async function assumeRole(captured, role, provider, regions) {
  await load();
  const request = core.assumeRoleRequest(captured, role, provider, regions);
  for (let attempt = 0; ; attempt += 1) {
    const answer = await send(request);
    try {
      const read = core.readAssumeRole(answer, role, provider, request.region, attempt, Date.now(), Math.random());
      if (typeof read !== 'number') return read;
      await new Promise((resolve) => { setTimeout(resolve, read); });
    } finally {
      answer.body?.fill(0); // it may hold credentials
    }
  }
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

/* ---- for the inspector ---- */

const door = /** @type {Door} */ (/** @type {unknown} */ (core));

/**
 * The SAML messages in a text: base64, XML, a form body, a redirect's address, a HAR file. Never empty; throws a `Failure`.
 * @param {string} text
 * @returns {Promise<Imported[]>}
 */
export async function readImports(text) {
  await load();
  return door.readImports(text);
}

/**
 * The SAML message of a captured POST. Throws a `Failure`.
 * @param {Captured} captured
 * @returns {Promise<Imported>}
 */
export async function importedOf(captured) {
  await load();
  return door.importedOf(captured);
}

/**
 * What a message says, and whether it is genuine. Throws a `Failure`.
 * @param {Imported} imported
 * @param {Trust} trust
 * @param {number | null} now epoch seconds; with null nothing is said to have expired
 * @param {string | null} decrypted the message with its encrypted assertions opened
 * @param {Host} host
 * @returns {Promise<Inspection>}
 */
export async function inspect(imported, trust, now, decrypted, host) {
  await load();
  return door.inspect(imported, trust, now, decrypted, host);
}

/**
 * The message's XML as it was sent. Throws a `Failure`.
 * @param {Imported} imported
 * @returns {Promise<string>}
 */
export async function xmlOf(imported) {
  await load();
  return door.xmlOf(imported);
}

/**
 * XML as lines to draw. Throws a `Failure`.
 * @param {string} xml
 * @returns {Promise<PrettyXml>}
 */
export async function prettyXml(xml) {
  await load();
  return door.prettyXml(xml);
}

/**
 * A copy that is safe to share. Throws a `Failure`.
 * @param {string} xml
 * @returns {Promise<Redacted>}
 */
export async function redact(xml) {
  await load();
  return door.redact(xml);
}

/**
 * What a redacted message says, in Markdown.
 * @param {string} redacted
 * @param {Inspection} inspection of the redacted message
 * @returns {Promise<string>}
 */
export async function report(redacted, inspection) {
  await load();
  return door.report(redacted, inspection);
}

/**
 * Two messages side by side. Throws a `Failure`.
 * @param {string} left
 * @param {string} right
 * @returns {Promise<ComparedRow[]>}
 */
export async function compare(left, right) {
  await load();
  return door.compare(left, right);
}

/**
 * The identity providers in SAML metadata. Throws a `Failure`.
 * @param {string} text
 * @returns {Promise<Entity[]>}
 */
export async function readMetadata(text) {
  await load();
  return door.readMetadata(text);
}

/**
 * A certificate in PEM, or in base64. Throws a `Failure`.
 * @param {string} text
 * @returns {Promise<Certificate & { der: string }>}
 */
export async function readCertificate(text) {
  await load();
  return door.readCertificate(text);
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
  return door.decrypt(xml, pem, host);
}

/**
 * Whether an error that the core threw is one of its facts, not a defect.
 * @param {unknown} error
 * @returns {error is Failure}
 */
export function isFailure(error) {
  return error instanceof Error && error.name === 'RolecallError';
}
