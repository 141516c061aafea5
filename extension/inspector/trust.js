// The trust desk's drawing: whose certificates are pinned, and the way to pin more, from metadata or a certificate.
// @ts-check
import { drawDialog, drawFailure } from '../popup/draw.js';
import { element, foreign } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { drawValidity, pairs } from './signature.js';

/** @import { Failure } from '../view.js' */
/** @import { Certificate, Entity } from '../inspection.js' */

/** @typedef {Certificate & { der: string }} PinnedCertificate */
/** @typedef {{ issuer: string, certificates: PinnedCertificate[] }} Pinned */

/**
 * @param {Document} document
 * @param {Pinned[]} pinned
 * @param {number} now epoch seconds
 */
export function drawPinned(document, pinned, now) {
  if (pinned.length === 0) return [element(document, 'p', { class: 'dim' }, t('trust_none'))];
  return pinned.map(({ issuer, certificates }) => element(document, 'section', { class: 'pin', 'data-issuer': issuer },
    element(document, 'h4', { class: 'pin-issuer' }, foreign(document, issuer, { class: 'code' })),
    element(document, 'ul', { role: 'list' }, ...certificates.map((certificate) => element(document, 'li', { class: 'pin-certificate' },
      drawBrief(document, certificate, now),
      element(document, 'button', {
        class: 'button', type: 'button', 'data-trust': 'remove', 'data-issuer': issuer, 'data-der': certificate.der, 'data-focus': `unpin\n${certificate.der}`,
        'aria-label': t('unpin_label', certificate.subject, issuer),
      }, t('unpin')))))));
}

/**
 * A certificate in short: for whom, until when, and what to compare it by.
 * @param {Document} document
 * @param {Certificate} certificate
 * @param {number} now
 */
function drawBrief(document, certificate, now) {
  return element(document, 'div', { class: 'brief' },
    foreign(document, certificate.subject, { class: 'strong' }),
    element(document, 'div', { class: 'dim' }, ...drawValidity(document, certificate, now)),
    certificate.sha256 && element(document, 'div', { class: 'dim brief-print' }, t('sha256_short'), ' ', element(document, 'code', { class: 'code' }, pairs(certificate.sha256))));
}

/**
 * The box that takes metadata.
 * @param {Document} document
 * @param {string[]} hosts that metadata can be fetched from, as match patterns
 */
export function drawImport(document, hosts) {
  return element(document, 'form', { class: 'box', id: 'metadata-form' },
    element(document, 'label', { for: 'metadata', class: 'small-title' }, t('metadata_title')),
    element(document, 'textarea', {
      id: 'metadata', class: 'field', rows: 3, spellcheck: 'false', autocomplete: 'off', placeholder: '<EntityDescriptor …>', 'aria-describedby': 'metadata-help', 'data-focus': 'metadata',
    }),
    element(document, 'p', { class: 'dim', id: 'metadata-help' }, t('metadata_help')),
    element(document, 'div', { class: 'actions' },
      element(document, 'button', { class: 'button', type: 'submit', 'data-focus': 'read-metadata' }, t('metadata_read')),
      element(document, 'button', { class: 'button', type: 'button', 'data-trust': 'open', 'data-focus': 'open-metadata' }, t('open_file'))),
    element(document, 'label', { for: 'metadata-url', class: 'small-title' }, t('metadata_url')),
    element(document, 'div', { class: 'url' },
      element(document, 'input', { id: 'metadata-url', class: 'field', type: 'url', spellcheck: 'false', autocomplete: 'off', placeholder: 'https://', 'aria-describedby': 'metadata-url-help', 'data-focus': 'metadata-url' }),
      element(document, 'button', { class: 'button', type: 'button', 'data-trust': 'fetch', 'data-focus': 'fetch-metadata' }, t('metadata_fetch'))),
    element(document, 'p', { class: 'dim', id: 'metadata-url-help' }, t('metadata_url_help', hosts.map(hostOf).join(', '))));
}

/** @param {string} pattern */
function hostOf(pattern) {
  return pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '');
}

/**
 * What the metadata holds, to choose from. With several entities one is chosen by its radio button.
 * @param {Document} document
 * @param {Entity[]} entities
 * @param {number} chosen
 * @param {string} typed filters a long list
 * @param {number} now
 */
export function drawEntities(document, entities, chosen, typed, now) {
  const wanted = typed.trim().toLowerCase();
  const shown = entities.map((entity, index) => ({ entity, index })).filter(({ entity }) => entity.entityId.toLowerCase().includes(wanted));
  const entity = entities[chosen];
  return element(document, 'section', { class: 'entities', 'aria-labelledby': 'entities-title' },
    element(document, 'h4', { class: 'small-title', id: 'entities-title' }, plural('entities', entities.length)),
    entities.length > MANY && element(document, 'input', {
      class: 'field', type: 'text', value: typed, placeholder: t('filter_entities'), 'aria-label': t('filter_entities'), 'data-trust': 'filter', 'data-focus': 'filter-entities',
    }),
    entities.length > 1 && element(document, 'div', { class: 'entity-list', role: 'radiogroup', 'aria-labelledby': 'entities-title' },
      ...shown.slice(0, SHOWN).map(({ entity: one, index }) => element(document, 'label', { class: 'entity' },
        element(document, 'input', { type: 'radio', name: 'entity', value: index, checked: index === chosen, 'data-trust': 'choose', 'data-focus': `entity-${index}` }),
        foreign(document, one.entityId, { class: 'code' })))),
    shown.length > SHOWN && element(document, 'p', { class: 'dim' }, t('entities_more', shown.length - SHOWN)),
    entity && element(document, 'div', { class: 'entity-keys' },
      entities.length === 1 && foreign(document, entity.entityId, { class: 'code' }),
      ...entity.certificates.map((certificate) => drawBrief(document, certificate, now)),
      entity.certificates.length > 0
        ? element(document, 'div', { class: 'actions' }, element(document, 'button', { class: 'button button-primary', type: 'button', 'data-trust': 'accept', 'data-focus': 'accept-metadata' }, plural('trust_these', entity.certificates.length)))
        : element(document, 'p', { class: 'dim' }, t('entity_without_keys'))));
}

/**
 * What pinning means, before it is done.
 * @param {Document} document
 * @param {string} issuer
 * @param {Certificate} certificate
 * @param {number} now
 */
export function drawConfirm(document, issuer, certificate, now) {
  return drawDialog(document, 'pin-dialog', t('pin_title'),
    element(document, 'div', { class: 'dialog-body' },
      element(document, 'p', {}, t('pin_means'), ' ', foreign(document, issuer, { class: 'code' })),
      element(document, 'div', { class: 'box' }, drawBrief(document, certificate, now)),
      element(document, 'p', {}, t('pin_compare')),
      element(document, 'p', { class: 'dim' }, t('pin_kept')),
      element(document, 'div', { class: 'actions' },
        element(document, 'button', { class: 'button button-primary', type: 'button', id: 'pin-confirm' }, t('pin_confirm')),
        element(document, 'button', { class: 'button', type: 'button', 'data-action': 'close-dialog' }, t('cancel')))));
}

/**
 * @param {Document} document
 * @param {Failure} failure
 */
export function drawRefusal(document, failure) {
  return drawFailure(document, failure, null);
}

/**
 * @param {Document} document
 */
export function drawDesk(document) {
  return element(document, 'section', { class: 'part trust', id: 'trust', 'aria-labelledby': 'trust-title' },
    element(document, 'h3', { class: 'part-title', id: 'trust-title' }, icon(document, 'lock'), t('trust_title')),
    element(document, 'p', { class: 'part-text' }, t('trust_text')),
    element(document, 'div', { class: 'actions' }, element(document, 'button', { class: 'button', type: 'button', 'data-action': 'certificates', 'data-focus': 'certificates' }, t('trust_certificates'))),
    element(document, 'div', { id: 'pinned' }),
    element(document, 'div', { id: 'metadata-box' }),
    element(document, 'div', { id: 'metadata-failure', role: 'alert' }),
    element(document, 'div', { id: 'metadata-found' }));
}

/** Entities from which on a list wants a filter. */
const MANY = 8;
/** Entities drawn at once. */
const SHOWN = 100;
