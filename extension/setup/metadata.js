// The step at which the identity provider's metadata is read: its box, and what is known of it.
// @ts-check
import { drawFailure } from '../popup/draw.js';
import { dateOf, daysLeft, epoch } from '../inspector/instants.js';
import { element, foreign } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { drawTroubles } from './draw.js';

/** @import { Failure } from '../view.js' */
/** @import { SetupMetadata } from './setup.js' */

/**
 * The box that takes metadata, and several identity providers to choose from.
 * @param {Document} document
 * @param {{ typed: string, failure: Failure | null, several: SetupMetadata[] }} at
 */
export function drawImport(document, { typed, failure, several }) {
  return element(document, 'form', { class: 'import', id: 'metadata-form' },
    element(document, 'label', { class: 'row-label', for: 'metadata' }, t('setup_metadata_box')),
    element(document, 'textarea', { class: 'field', id: 'metadata', rows: 4, spellcheck: 'false', autocomplete: 'off', placeholder: '<EntityDescriptor …>', dir: 'ltr', 'data-focus': 'metadata', 'aria-describedby': 'metadata-failure' }, typed),
    element(document, 'div', { class: 'actions' },
      element(document, 'button', { class: 'button button-primary', type: 'submit', 'data-focus': 'read-metadata' }, t('metadata_read')),
      element(document, 'button', { class: 'button', type: 'button', 'data-action': 'open-file', 'data-focus': 'open-file' }, t('open_file'))),
    element(document, 'div', { id: 'metadata-failure', role: 'alert' }, failure && drawFailure(document, failure, null)),
    several.length > 1 && element(document, 'fieldset', { class: 'several' },
      element(document, 'legend', { class: 'row-label' }, t('setup_metadata_choose')),
      ...several.map(({ entityId }, at) => element(document, 'button', { class: 'button', type: 'button', 'data-action': 'take', 'data-at': at, 'data-focus': `take-${at}` }, foreign(document, entityId, { class: 'code' })))));
}

/**
 * What is known of the metadata.
 * @param {Document} document
 * @param {SetupMetadata} known
 * @param {number} now epoch seconds
 */
export function drawKnown(document, known, now) {
  const line = (/** @type {string} */ label, /** @type {(Node | string)[]} */ ...words) => element(document, 'div', { class: 'value' },
    element(document, 'dt', {}, t(label)), element(document, 'dd', {}, ...words));
  const list = (/** @type {Node[]} */ items) => element(document, 'ul', { role: 'list' }, ...items.map((item) => element(document, 'li', {}, item)));
  return element(document, 'section', { class: 'known', 'data-issuer': known.entityId },
    element(document, 'div', { class: 'known-head' },
      icon(document, 'check', 'known-check'),
      element(document, 'h3', { class: 'claim-title' }, t('setup_metadata_known')),
      element(document, 'button', { class: 'button', type: 'button', 'data-action': 'drop-metadata', 'data-focus': 'drop-metadata' }, t('setup_metadata_replace'))),
    known.findings.length > 0 && drawTroubles(document, known.findings),
    element(document, 'dl', { class: 'values' },
      line('setup_metadata_entity', foreign(document, known.entityId, { class: 'code' })),
      line('setup_metadata_keys', list(known.shown.map((one) => drawCertificate(document, one, now)))),
      known.endpoints.length > 0 && line('setup_metadata_endpoints', list(known.endpoints.map(([binding, url]) => element(document, 'span', {}, `${binding} `, foreign(document, url, { class: 'code' }))))),
      known.nameIdFormats.length > 0 && line('setup_metadata_formats', list(known.nameIdFormats.map((format) => foreign(document, format.slice(format.lastIndexOf(':') + 1), { title: format, class: 'code' })))),
      known.validUntil !== null && line('setup_metadata_until', dateOf(known.validUntil))));
}

/**
 * Whose key, and how many days it has left.
 * @param {Document} document
 * @param {SetupMetadata['shown'][number]} certificate
 * @param {number} now
 */
function drawCertificate(document, certificate, now) {
  const end = epoch(certificate.not_after);
  const left = end === null ? null : daysLeft(end, now);
  return element(document, 'span', {},
    foreign(document, certificate.subject), ` · ${certificate.key} ${certificate.key_bits} · `,
    end !== null && left !== null && (left < 0 ? t('setup_key_over', dateOf(end)) : `${t('setup_key_until', dateOf(end))} (${plural('setup_days_left', left)})`));
}
