// The Signature tab's upper part: each signature with what it covers, how it was made, by which key, and what that means.
// @ts-check
import { drawNotice } from '../popup/draw.js';
import { element, foreign } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { dateOf, daysLeft, epoch } from './instants.js';
import { drawVerdict, drawVerdictTag } from './verdict.js';

/** @import { Certificate, Encryption, Inspection, Signature } from '../inspection.js' */
/** @import { Child } from '../ui/dom.js' */

/**
 * @param {Document} document
 * @param {Inspection} inspection
 * @param {boolean} decrypted
 * @param {number} now epoch seconds
 */
export function drawSignatures(document, inspection, decrypted, now) {
  const { signatures } = inspection;
  // Of a message that is not what was signed, nobody shall learn whom to trust.
  const issuer = inspection.verdict === 'consistent' ? inspection.issuer : null;
  return element(document, 'div', { class: 'signatures' },
    drawVerdict(document, inspection, decrypted),
    ...signatures.map((signature, index) => drawSignature(document, signature, index, issuer, now)));
}

/**
 * @param {Document} document
 * @param {Signature} signature
 * @param {number} index
 * @param {string | null} issuer for whom its key can be pinned
 * @param {number} now
 */
function drawSignature(document, signature, index, issuer, now) {
  const { covers, covers_id: coversId, certificate, verdict } = signature;
  const id = `signature-${index}`;
  return element(document, 'section', { class: 'part signature', 'aria-labelledby': id, 'data-verdict': verdict },
    element(document, 'div', { class: 'part-head' },
      element(document, 'h3', { class: 'part-title', id }, t(covers === null ? 'signature_of_nothing' : `signature_of_${covers}`)),
      drawVerdictTag(document, verdict)),
    element(document, 'p', { class: 'part-text' }, t(`signature_${verdict}_text`)),
    signature.issues.length > 0 && element(document, 'ul', { class: 'notices', role: 'list' }, ...signature.issues.map((issue) => drawNotice(document, issue))),
    element(document, 'dl', { class: 'facts' },
      fact(document, 'sig_covers', [covers && t(`covers_${covers}`), code(document, coversId)]),
      fact(document, 'sig_algorithm', [signature.algorithm_name && foreign(document, signature.algorithm_name, { class: 'strong' }), code(document, signature.algorithm)]),
      fact(document, 'sig_digest', [code(document, signature.digest)]),
      fact(document, 'sig_canonicalization', [code(document, signature.canonicalization)]),
      fact(document, 'sig_transforms', signature.transforms.map((one) => code(document, one))),
      fact(document, 'sig_reference', [signature.reference === '' ? t('reference_whole') : code(document, signature.reference)]),
      fact(document, 'sig_verified_by', [t(`verified_by_${signature.verified_by ?? 'nothing'}`)])),
    certificate && element(document, 'div', { class: 'certificate' },
      element(document, 'h4', { class: 'small-title' }, t('certificate')),
      drawCertificate(document, certificate, now),
      element(document, 'div', { class: 'actions' },
        button(document, 'save-certificate', index, t('save_certificate')),
        issuer !== null && verdict === 'consistent' && button(document, 'pin', index, t('pin_for', shortened(issuer)), 'button-primary'))));
}

/**
 * @param {Document} document
 * @param {Certificate} certificate
 * @param {number} now
 */
export function drawCertificate(document, certificate, now) {
  const print = (/** @type {string | null} */ value) => value && [
    element(document, 'span', { class: 'fingerprint' }, element(document, 'code', { class: 'code' }, pairs(value)), copyButton(document, pairs(value))),
  ];
  return element(document, 'dl', { class: 'facts' },
    fact(document, 'cert_subject', [foreign(document, certificate.subject)]),
    fact(document, 'cert_issuer', [certificate.issuer === certificate.subject ? t('cert_self_signed') : foreign(document, certificate.issuer)]),
    fact(document, 'cert_serial', [code(document, certificate.serial)]),
    fact(document, 'cert_validity', drawValidity(document, certificate, now)),
    fact(document, 'cert_key', [t('cert_key_bits', certificate.key, certificate.key_bits)]),
    fact(document, 'cert_sha1', print(certificate.sha1) || []),
    fact(document, 'cert_sha256', print(certificate.sha256) || []));
}

/**
 * From when until when, and how much of it is left.
 * @param {Document} document
 * @param {Certificate} certificate
 * @param {number} now
 * @returns {Child[]}
 */
export function drawValidity(document, certificate, now) {
  const [from, to] = [epoch(certificate.not_before), epoch(certificate.not_after)];
  if (from === null || to === null) return [`${certificate.not_before} – ${certificate.not_after}`];
  const left = daysLeft(to, now);
  const state = now < from ? 'early' : left < 0 ? 'over' : left < SOON ? 'soon' : 'valid';
  const text = state === 'early' ? t('cert_not_yet') : state === 'over' ? plural('cert_expired_days', -left) : plural('cert_days_left', left);
  return [t('cert_from_to', dateOf(from), dateOf(to)), element(document, 'span', { class: 'validity', 'data-state': state },
    state !== 'valid' && icon(document, state === 'soon' ? 'warning' : 'error'), text)];
}

/**
 * What can be said about encrypted assertions without the key, and the box for the key.
 * @param {Document} document
 * @param {Encryption[]} encryption
 * @param {boolean} opened
 */
export function drawDecrypt(document, encryption, opened) {
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'decrypt-title', id: 'decrypt' },
    element(document, 'h3', { class: 'part-title', id: 'decrypt-title' }, plural('encrypted_assertions', Math.max(1, encryption.length))),
    ...encryption.map((one) => element(document, 'dl', { class: 'facts' },
      fact(document, 'enc_data', [code(document, one.data_algorithm)]),
      fact(document, 'enc_key', [code(document, one.key_algorithm), code(document, one.key_digest ?? null)]),
      fact(document, 'enc_recipient', [one.recipient && foreign(document, one.recipient)]))),
    opened
      ? element(document, 'p', { class: 'banner', 'data-decrypted': 'true' }, icon(document, 'lock'), t('decrypted_here'))
      : element(document, 'form', { id: 'decrypt-form', class: 'box' },
        element(document, 'label', { for: 'private-key', class: 'small-title' }, t('private_key')),
        element(document, 'textarea', {
          id: 'private-key', class: 'field', rows: 4, spellcheck: 'false', autocomplete: 'off', placeholder: '-----BEGIN PRIVATE KEY-----', 'aria-describedby': 'private-key-help', 'data-focus': 'private-key',
        }),
        element(document, 'p', { class: 'dim', id: 'private-key-help' }, t('private_key_help')),
        element(document, 'div', { id: 'decrypt-failure', role: 'alert' }),
        element(document, 'div', { class: 'actions' },
          element(document, 'button', { class: 'button button-primary', type: 'submit', 'data-focus': 'decrypt' }, t('decrypt_here')),
          element(document, 'button', { class: 'button', type: 'button', 'data-action': 'open-key', 'data-focus': 'open-key' }, t('open_file')))));
}

/**
 * A term with its values below each other; nothing without values.
 * @param {Document} document
 * @param {string} label message key
 * @param {Child[]} values
 */
function fact(document, label, values) {
  const given = values.filter((value) => value !== null && value !== undefined && value !== false && value !== '');
  return given.length > 0 && element(document, 'div', {}, element(document, 'dt', {}, t(label)), ...given.map((value) => element(document, 'dd', {}, value)));
}

/** @param {Document} document @param {string | null} text */
function code(document, text) {
  return text !== null && foreign(document, text, { class: 'code' });
}

/**
 * @param {Document} document
 * @param {string} action
 * @param {number} index of the signature
 * @param {string} text
 * @param {string} [look]
 */
function button(document, action, index, text, look = '') {
  return element(document, 'button', { class: `button ${look}`.trim(), type: 'button', 'data-action': action, 'data-index': index, 'data-focus': `${action}-${index}` }, text);
}

/** @param {Document} document @param {string} text */
function copyButton(document, text) {
  return element(document, 'button', {
    class: 'icon-button', type: 'button', 'data-action': 'copy-text', 'data-text': text, 'data-focus': `copy-text\n${text}`, 'aria-label': t('copy_fingerprint'), title: t('copy_fingerprint'),
  }, icon(document, 'copy'));
}

/** Hexadecimal as fingerprints are written: `AB:CD:EF`. @param {string} hex */
export function pairs(hex) {
  return (hex.replaceAll(':', '').toUpperCase().match(/../g) ?? []).join(':');
}

/** @param {string} text */
export function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Days; the core reports it from here on too. */
const SOON = 60;
