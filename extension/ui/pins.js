// Whose certificates the user trusts, as `storage.local` keeps them: public certificates and nothing else.
// @ts-check
import { local } from '../platform.js';

/** @import { Trust } from '../inspection.js' */

/**
 * The certificates (DER, in base64) that may sign for an issuer, and when they were last changed, in epoch seconds.
 * @typedef {{ issuer: string, certificates: string[], at: number }} Pin
 */

export const KEY = 'pins';

/**
 * The pins in a stored value. What is not one is left out.
 * @param {unknown} stored
 * @returns {Pin[]}
 */
export function read(stored) {
  return Array.isArray(stored) ? stored.filter(isPin).map(({ issuer, certificates, at }) => ({ issuer, certificates, at })) : [];
}

/**
 * @param {unknown} value
 * @returns {value is Pin}
 */
function isPin(value) {
  const { issuer, certificates, at } = /** @type {Partial<Pin>} */ (typeof value === 'object' && value !== null ? value : {});
  return typeof issuer === 'string' && issuer !== '' && typeof at === 'number'
    && Array.isArray(certificates) && certificates.length > 0 && certificates.every((one) => typeof one === 'string');
}

/**
 * The pins with these certificates added to those of an issuer, in the order of the issuers' names.
 * @param {Pin[]} pins
 * @param {string} issuer
 * @param {string[]} certificates DER, in base64
 * @param {number} at epoch seconds
 * @returns {Pin[]}
 */
export function added(pins, issuer, certificates, at) {
  const known = pins.find((pin) => pin.issuer === issuer)?.certificates ?? [];
  const together = { issuer, certificates: [...new Set([...known, ...certificates])], at };
  return [...pins.filter((pin) => pin.issuer !== issuer), together].sort((a, b) => (a.issuer < b.issuer ? -1 : 1));
}

/**
 * The pins without a certificate of an issuer; without the issuer, when it was the last one or none is named.
 * @param {Pin[]} pins
 * @param {string} issuer
 * @param {string | null} certificate DER, in base64
 * @returns {Pin[]}
 */
export function removed(pins, issuer, certificate) {
  return pins.flatMap((pin) => {
    if (pin.issuer !== issuer) return [pin];
    const certificates = certificate === null ? [] : pin.certificates.filter((one) => one !== certificate);
    return certificates.length > 0 ? [{ ...pin, certificates }] : [];
  });
}

/**
 * @param {Pin[]} pins
 * @returns {Trust}
 */
export function trustOf(pins) {
  return { pins: pins.map(({ issuer, certificates, at }) => ({ issuer, certificates, at })) };
}

/** @returns {Promise<Pin[]>} */
export async function load() {
  return read((await local.get(KEY))[KEY]);
}

/**
 * @param {Pin[]} pins
 * @returns {Promise<void>}
 */
export async function save(pins) {
  await local.set({ [KEY]: pins });
}
