// The trust desk: reads metadata or a certificate, lets one choose, and keeps and drops pins.
// @ts-check
import * as core from '../core/inspect.js';
import * as platform from '../platform.js';
import { send } from '../send.js';
import { metadataHosts } from '../ui/hosts.js';
import { t } from '../ui/i18n.js';
import * as pins from '../ui/pins.js';
import { host } from './crypto.js';
import { openDialog } from './dialog.js';
import { failure, failureOf } from './items.js';
import { drawConfirm, drawDesk, drawEntities, drawImport, drawPinned, drawRefusal } from './trust.js';

/** @import { Failure } from '../view.js' */
/** @import { Certificate, Entity } from '../inspection.js' */
/** @import { Pin } from '../ui/pins.js' */
/** @import { PinnedCertificate } from './trust.js' */

/**
 * @typedef {object} Desk
 * @property {HTMLElement} root
 * @property {(known: Pin[]) => void} show other pins
 * @property {(text: string) => Promise<boolean>} offer reads a text; false when it is neither metadata nor a certificate
 */

/**
 * @param {Document} document
 * @param {{ issuer: string | null, say: (text: string) => void, openFile: (read: (text: string) => void) => void }} page
 * @returns {Desk}
 */
export function openDesk(document, { issuer, say, openFile }) {
  const root = drawDesk(document);
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const hosts = metadataHosts();
  part('metadata-box').replaceChildren(drawImport(document, hosts));
  const box = /** @type {HTMLTextAreaElement} */ (root.querySelector('#metadata'));
  const address = /** @type {HTMLInputElement} */ (root.querySelector('#metadata-url'));
  /** @type {Entity[]} */
  let entities = [];
  let chosen = 0;
  let typed = '';

  /** @param {Failure | null} why */
  const refuse = (why) => part('metadata-failure').replaceChildren(...(why === null ? [] : [drawRefusal(document, why)]));

  function drawFound() {
    const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.focus;
    part('metadata-found').replaceChildren(...(entities.length > 0 ? [drawEntities(document, entities, chosen, typed, Date.now() / 1000)] : []));
    const again = focus && /** @type {HTMLInputElement | null} */ (part('metadata-found').querySelector(`[data-focus="${CSS.escape(focus)}"]`));
    if (!again) return;
    again.focus();
    if (again.type === 'text') again.setSelectionRange(again.value.length, again.value.length);
  }

  /** @param {Pin[]} known */
  async function show(known) {
    const pinned = await Promise.all(known.map(async (pin) => ({ issuer: pin.issuer, certificates: await Promise.all(pin.certificates.map(certificateOf)) })));
    part('pinned').replaceChildren(...drawPinned(document, pinned, Date.now() / 1000));
  }

  /**
   * @param {string} text
   * @returns {Promise<Failure | null>}
   */
  async function read(text) {
    refuse(null);
    entities = [];
    drawFound();
    if (text.trim() === '') return failure('host.metadata_empty');
    try {
      entities = await entitiesOf(text, issuer);
    } catch (error) {
      return error instanceof NoIssuer ? failure('host.certificate_without_issuer') : failureOf(error);
    }
    chosen = Math.max(0, entities.findIndex((entity) => entity.entityId === issuer));
    drawFound();
    return null;
  }

  async function accept() {
    const entity = entities[chosen];
    if (!entity) return;
    await pins.save(pins.added(await pins.load(), entity.entityId, entity.certificates.map((one) => one.der), Math.floor(Date.now() / 1000)));
    entities = [];
    box.value = '';
    drawFound();
    say(t('pinned', entity.entityId));
    box.focus();
  }

  /** @param {HTMLElement} button */
  async function remove({ dataset }) {
    await pins.save(pins.removed(await pins.load(), dataset.issuer ?? '', dataset.der ?? null));
    say(t('unpinned', dataset.issuer ?? ''));
    box.focus();
  }

  /** Called in the turn of the click, which the browser's question insists on. */
  async function fetchMetadata() {
    const url = address.value.trim();
    const pattern = patternFor(url, hosts);
    if (pattern === null) return failure(url === '' ? 'host.metadata_empty' : 'host.metadata_other_host');
    if (!(await platform.requestOptionalHost(pattern))) return failure('host.metadata_not_allowed');
    try {
      return await read(await download(url));
    } catch {
      return failure('host.metadata_not_fetched');
    } finally {
      await platform.dropOptionalHost(pattern).catch(() => {});
    }
  }

  root.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('button[data-trust]'));
    switch (button?.dataset.trust) {
      case 'open': return openFile((text) => void read(text).then(refuse));
      case 'fetch': return void fetchMetadata().then(refuse);
      case 'accept': return void accept();
      case 'remove': return void remove(button);
    }
  });
  root.addEventListener('input', ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    if (input.dataset.trust === 'choose') chosen = Number(input.value);
    else if (input.dataset.trust === 'filter') typed = input.value;
    else return;
    drawFound();
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    void read(box.value).then((why) => {
      refuse(why);
      if (why) box.focus();
    });
  });
  return {
    root,
    show: (known) => void show(known),
    offer: async (text) => (await read(text)) === null,
  };
}

/** A certificate alone does not say whom it signs for. */
class NoIssuer extends Error {}

/**
 * @param {string} text
 * @param {string | null} issuer of the message that is shown, for a certificate that stands alone
 */
async function entitiesOf(text, issuer) {
  if (!/^\s*-----BEGIN CERTIFICATE-----/.test(text)) return core.readMetadata(text, host);
  const certificate = await core.readCertificate(text, host);
  if (issuer === null) throw new NoIssuer();
  return [{ entityId: issuer, validUntil: null, certificates: [certificate] }];
}

/**
 * What a pinned certificate says; one that cannot be read any more is shown all the same, so that it can be removed.
 * @param {string} der in base64
 * @returns {Promise<PinnedCertificate>}
 */
async function certificateOf(der) {
  try {
    return { ...(await core.readCertificate(der, host)), der };
  } catch {
    return { subject: t('certificate_unreadable'), issuer: '', serial: '', not_before: '', not_after: '', key: '', key_bits: 0, sha1: null, sha256: null, pem: '', der };
  }
}

/**
 * The pattern that allows an address; null when none does.
 * @param {string} url
 * @param {string[]} patterns such as `https://*.okta.com/*`
 */
export function patternFor(url, patterns) {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port, username } = new URL(url);
  if (protocol !== 'https:' || port !== '' || username !== '') return null;
  return patterns.find((pattern) => {
    const host = pattern.slice('https://'.length, -'/*'.length);
    return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) || hostname === host.slice(2) : hostname === host;
  }) ?? null;
}

/** @param {string} url */
export async function download(url) {
  const answer = await send({ url, method: 'GET', headers: {}, body: null, timeoutMs: TIMEOUT, answerBytes: MAX_METADATA_BYTES });
  if (answer.failure !== null || answer.status !== 200) throw new Error('refused');
  return new TextDecoder().decode(answer.body);
}

/**
 * Asks whether a certificate shall be pinned, and does it.
 * @param {Document} document
 * @param {string} issuer
 * @param {Certificate} certificate
 * @param {() => void} done
 */
export function askToPin(document, issuer, certificate, done) {
  const dialog = drawConfirm(document, issuer, certificate, Date.now() / 1000);
  dialog.querySelector('#pin-confirm')?.addEventListener('click', async () => {
    await pins.save(pins.added(await pins.load(), issuer, [derOf(certificate.pem)], Math.floor(Date.now() / 1000)));
    dialog.close();
    done();
  });
  openDialog(dialog);
}

/** The base64 between the lines of a PEM text. @param {string} pem */
export function derOf(pem) {
  return pem.replaceAll(/-----[^-]*-----|\s/g, '');
}

/** Milliseconds to wait for metadata. */
const TIMEOUT = 20_000;

/** Ten million characters is what IAM takes of an identity provider's metadata. */
const MAX_METADATA_BYTES = 10_000_000;
