// The part of the Rust core that the inspector works with: what a message says, and whether it is genuine.
// @ts-check

import init, * as core from '../wasm/inspect.js';
import { loaderOf } from './module.js';

/** @import { Captured, Clock } from '../state.js' */
/** @import { Answer, Certificate, Entity, Explained, Host, Imported, Inspection, Job, PrettyXml, Product, Steps, Trust } from '../inspection.js' */

const load = loaderOf(init, 'inspect_bg.wasm');

/**
 * The SAML messages in a text: base64, XML, a form body, a redirect's address, a HAR file. Never empty; throws a `Failure`.
 * @param {string} text
 * @returns {Promise<Imported[]>}
 */
export async function readImports(text) {
  await load();
  return core.readImports(text);
}

/**
 * The SAML message of a captured POST. Throws a `Failure`.
 * @param {Captured} captured
 * @returns {Promise<Imported>}
 */
export async function importedOf(captured) {
  await load();
  return core.importedOf(captured);
}

/**
 * What a message says, and whether it is genuine. Throws a `Failure`.
 * @param {Imported} imported
 * @param {Trust} trust
 * @param {{ now: number | null, clock: Clock | null }} time epoch seconds, without which nothing is said to have expired, and the last time of a server
 * @param {string | null} decrypted the message with its encrypted assertions opened
 * @param {Host} host
 * @returns {Promise<Inspection>}
 */
export async function inspect(imported, trust, { now, clock }, decrypted, host) {
  await load();
  const { check, answers } = begin(imported, trust, decrypted, host);
  return check.conclude(await answers, now ?? undefined, clock ?? undefined);
}

/**
 * What a pasted error of AWS or of Entra ID means; null when none stands in the text that is known.
 * @param {string} text
 * @param {Inspection | null} shown the message that it may be about
 * @returns {Promise<Explained | null>}
 */
export async function explainText(text, shown) {
  await load();
  const [pair] = shown?.roles ?? [];
  return core.explainText(text, shown?.product ?? 'generic', shown?.findings ?? [], pair?.role ?? '', pair?.provider ?? '');
}

/**
 * What to do about a finding at another identity provider.
 * @param {string} code
 * @param {Product} product
 * @returns {Promise<Steps>}
 */
export async function stepsOf(code, product) {
  await load();
  return core.stepsOf(code, product);
}

/**
 * @param {Imported} imported
 * @param {Trust} trust
 * @param {string | null} decrypted
 * @param {Host} host
 */
function begin(imported, trust, decrypted, host) {
  /** @type {Promise<Answer>[]} */
  const answers = [];
  const check = core.beginCheck(imported, trust, decrypted ?? undefined, (/** @type {Job} */ job) => { answers.push(host.answer(job)); });
  for (const job of check.fingerprints()) answers.push(host.answer(job));
  return { check, answers: Promise.all(answers) };
}

/**
 * The message's XML as it was sent. Throws a `Failure`.
 * @param {Imported} imported
 * @returns {Promise<string>}
 */
export async function xmlOf(imported) {
  await load();
  return core.xmlOf(imported);
}

/**
 * XML as lines to draw. Throws a `Failure`.
 * @param {string} xml
 * @returns {Promise<PrettyXml>}
 */
export async function prettyXml(xml) {
  await load();
  return core.prettyXml(xml);
}

/**
 * What a message says, in Markdown. It hides nothing: give it the redacted copy. Throws a `Failure`.
 * @param {Imported} imported
 * @param {(key: string, args: string[]) => string} words
 * @param {Host} host
 * @returns {Promise<string>}
 */
export async function report(imported, words, host) {
  await load();
  const { check, answers } = begin(imported, { pins: [] }, null, host);
  return check.report(await answers, words);
}

/**
 * The identity providers in SAML metadata. Throws a `Failure`.
 * @param {string} text
 * @param {Host} host
 * @returns {Promise<Entity[]>}
 */
export async function readMetadata(text, host) {
  await load();
  const entities = core.readMetadata(text);
  for (const entity of entities) {
    entity.certificates = await Promise.all(entity.certificates.map((certificate) => withFingerprints(certificate, host)));
  }
  return entities;
}

/**
 * A certificate in PEM, or in base64. Throws a `Failure`.
 * @param {string} text
 * @param {Host} host
 * @returns {Promise<Certificate & { der: string }>}
 */
export async function readCertificate(text, host) {
  await load();
  return withFingerprints(core.readCertificate(text), host);
}

/**
 * @param {Certificate & { der: string }} certificate
 * @param {Host} host
 */
async function withFingerprints(certificate, host) {
  const data = Uint8Array.from(atob(certificate.der), (character) => character.charCodeAt(0));
  const [sha1, sha256] = await Promise.all([host.answer({ kind: 'digest', hash: 'SHA-1', data }), host.answer({ kind: 'digest', hash: 'SHA-256', data })]);
  return { ...certificate, sha1: hex(sha1), sha256: hex(sha256) };
}

/** @param {unknown} digest */
function hex(digest) {
  if (!(digest instanceof Uint8Array)) return null;
  return Array.from(digest, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}
