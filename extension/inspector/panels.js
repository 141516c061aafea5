// The tabs: each opens in the panel for the item that is shown, and says what of it listens to the page's keys, clicks and clock.
// @ts-check
import * as desk from '../core/desk.js';
import * as core from '../core/inspect.js';
import { ClipboardError, copyWhenReady } from '../popup/clipboard.js';
import { drawFailure } from '../popup/draw.js';
import { element } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { openClaims } from './claims.js';
import { drawCompare, drawCompared } from './compare.js';
import { host } from './crypto.js';
import { openExplain } from './explain.js';
import { openFindings } from './findings.js';
import { base64, save } from './give.js';
import { dateAndTime } from './instants.js';
import { entryOf, failure, failureOf, Refusal } from './items.js';
import { nameOf } from './list.js';
import { openPolicy } from './policy.js';
import { drawShare } from './share.js';
import { drawDecrypt, drawSignatures } from './signature.js';
import { drawSummary } from './summary.js';
import { tickTimeline, timesOf } from './timeline.js';
import { openTrail } from './trail.js';
import { askToPin, openDesk } from './trust-desk.js';
import { openXml } from './xml.js';

/** @import { Inspection, Trust } from '../inspection.js' */
/** @import { Pin } from '../ui/pins.js' */
/** @import { Item } from './items.js' */
/** @import { Desk } from './trust-desk.js' */

export const TABS = Object.freeze(['summary', 'findings', 'claims', 'xml', 'signature', 'policy', 'trail', 'share', 'compare']);

/** @typedef {Item & { inspection: Inspection, xml: string }} ReadItem */

/**
 * What a tab sees of the page.
 * @typedef {object} Page
 * @property {Document} document
 * @property {Item[]} items
 * @property {Pin[]} pins
 * @property {Trust} trust
 * @property {(text: string) => void} say
 * @property {(read: (text: string) => void) => void} openFile
 * @property {(item: Item) => Promise<void>} read
 * @property {(tab: string, focus: string | null) => void} goTo
 * @property {(index: number) => void} showElement goes to an element of the document in the XML tab
 * @property {() => void} repaint reads the item anew and draws the tab
 */

/**
 * @typedef {object} Panel
 * @property {Node[]} nodes
 * @property {() => void} [focusSearch]
 * @property {(now: number) => void} [tick] each second
 * @property {Readonly<Record<string, (button: HTMLElement) => void>>} [actions] by `data-action`
 * @property {(form: HTMLFormElement) => void} [submit]
 * @property {(changed: HTMLInputElement | HTMLSelectElement) => void} [change]
 * @property {(index: number) => void} [showElement]
 * @property {Desk} [desk]
 * @property {(text: string) => void} [take] a trust policy from elsewhere
 * @property {() => void} [signInsChanged] what is known of captured sign-ins, their credentials among it, while the item stays
 */

/**
 * @param {string} tab
 * @param {ReadItem} item
 * @param {Page} page
 * @returns {Promise<Panel>}
 */
export async function openPanel(tab, item, page) {
  try {
    switch (tab) {
      case 'findings': return findings(item, page);
      case 'claims': return claims(item, page);
      case 'xml': return await xml(item, page);
      case 'signature': return signature(item, page);
      case 'policy': return await openPolicy(item, page, (text, said) => give(page, text, said));
      case 'trail': return await openTrail(item, page, (text, said) => give(page, text, said));
      case 'share': return await share(item, page);
      case 'compare': return compare(item, page);
      default: return summary(item, page);
    }
  } catch (error) {
    return { nodes: [drawFailure(page.document, failureOf(error), null)] };
  }
}

/**
 * Puts a text on the clipboard and says so. One that is still to come is promised to it in the turn of the click.
 * @param {Page} page
 * @param {string | Promise<string>} text
 * @param {string} said
 */
export function give({ say }, text, said) {
  copyWhenReady(Promise.resolve(text)).then(() => say(said), (error) => say(t(error instanceof ClipboardError ? 'popup_clipboard_refused' : 'share_no_report')));
}

/** @param {ReadItem} item @param {Page} page @returns {Panel} */
function summary(item, page) {
  const { document, goTo } = page;
  const times = timesOf(item.inspection, item.signIn?.usableUntil ?? null);
  return {
    nodes: [drawSummary(document, item, Date.now() / 1000)],
    tick: (now) => tickTimeline(document, times, now),
    actions: {
      'to-signature': () => goTo('signature', null),
      'to-decrypt': () => goTo('signature', 'private-key'),
      'to-finding': (button) => goTo('findings', `finding-${button.dataset.index}`),
      'copy-text': (button) => give(page, button.dataset.text ?? '', t('command_copied')),
    },
  };
}

/** @param {ReadItem} item @param {Page} page @returns {Panel} */
function findings(item, page) {
  const { document } = page;
  const view = openFindings(document, item.inspection, core.stepsOf);
  return {
    nodes: [view.root, openExplain(document, item.inspection)],
    actions: {
      'filter-findings': (button) => view.filter(button.dataset.severity ?? 'all'),
      'to-xml': (button) => page.showElement(Number(button.dataset.element)),
      'to-finding': (button) => view.show(Number(button.dataset.index)),
      'copy-text': (button) => give(page, button.dataset.text ?? '', t('command_copied')),
    },
    change: (changed) => {
      if (changed.dataset.action === 'steps') void view.choose(changed.value);
    },
  };
}

/** @param {ReadItem} item @param {Page} page @returns {Panel} */
function claims(item, page) {
  const view = openClaims(page.document, item.inspection.claims, (text, said) => give(page, text, said));
  return { nodes: [view.root], focusSearch: view.focusSearch };
}

/** @param {ReadItem} item @param {Page} page @returns {Promise<Panel>} */
async function xml(item, page) {
  const { document } = page;
  const { signatures } = item.inspection;
  // Signatures on the message were made over what is encrypted, those on an assertion over what was in it.
  const texts = item.decrypted === null ? [{ text: item.xml, of: signatures }] : [
    { text: item.decrypted, of: signatures.filter((one) => one.covers !== 'response') },
    { text: item.xml, of: signatures.filter((one) => one.covers === 'response') },
  ];
  let shown = 0;
  const button = (/** @type {string} */ action, /** @type {string} */ key, /** @type {string | null} */ pressed = null) => element(document, 'button', {
    class: 'button', type: 'button', 'data-action': action, 'data-focus': action, 'aria-pressed': pressed,
  }, t(key));
  const open = async () => {
    const { text, of } = texts[shown] ?? { text: item.xml, of: signatures };
    const { lines } = await core.prettyXml(text);
    return openXml(document, { xml: text, lines, signatures: of }, 'xml', button('xml-copy', 'xml_copy'), button('xml-save', 'xml_save'),
      ...(texts.length > 1 ? [button('xml-encrypted', 'xml_encrypted', String(shown === 1))] : []));
  };
  let view = await open();
  const frame = element(document, 'div', { class: 'xml-frame' }, view.root);
  return {
    nodes: [frame],
    focusSearch: () => view.focusSearch(),
    showElement: (index) => {
      const line = view.showElement(index);
      if (line !== null) page.say(t('xml_at', line + 1));
    },
    actions: {
      'xml-copy': () => give(page, view.text(), t('xml_copied')),
      'xml-save': () => save(document, 'saml.xml', view.text(), 'application/xml'),
      'xml-encrypted': () => {
        shown = 1 - shown;
        void open().then((other) => {
          view = other;
          frame.replaceChildren(view.root);
          /** @type {HTMLElement | null} */ (frame.querySelector('[data-action="xml-encrypted"]'))?.focus();
        });
      },
    },
  };
}

/** @param {ReadItem} item @param {Page} page @returns {Panel} */
function signature(item, page) {
  const { document, pins, say } = page;
  const { inspection, decrypted } = item;
  const desk = openDesk(document, { issuer: inspection.issuer, say, openFile: page.openFile });
  desk.show(pins);
  const certificateOf = (/** @type {HTMLElement} */ button) => inspection.signatures[Number(button.dataset.index)]?.certificate ?? null;
  const fill = (/** @type {string} */ text) => {
    const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('private-key'));
    if (box) box.value = text;
    box?.focus();
  };
  return {
    nodes: [
      drawSignatures(document, inspection, decrypted !== null, Date.now() / 1000),
      ...(inspection.encrypted ? [drawDecrypt(document, inspection.encryption, decrypted !== null)] : []),
      desk.root,
    ],
    desk,
    submit: (form) => void decrypt(item, page, form),
    actions: {
      'to-signature': () => document.querySelector('.signature, .trust')?.scrollIntoView({ block: 'start' }),
      'save-certificate': (button) => {
        const certificate = certificateOf(button);
        if (certificate) save(document, 'certificate.pem', certificate.pem, 'application/x-pem-file');
      },
      pin: (button) => {
        const certificate = certificateOf(button);
        const { issuer } = inspection;
        if (certificate && issuer !== null) askToPin(document, issuer, certificate, () => say(t('pinned', issuer)));
      },
      'copy-text': (button) => give(page, button.dataset.text ?? '', t('fingerprint_copied')),
      'open-key': () => page.openFile(fill),
    },
  };
}

/**
 * Opens the encrypted assertions with the key in the box, which is emptied at once.
 * @param {ReadItem} item
 * @param {Page} page
 * @param {HTMLFormElement} form
 */
async function decrypt(item, page, form) {
  const box = /** @type {HTMLTextAreaElement | null} */ (form.querySelector('#private-key'));
  if (box === null) return;
  try {
    if (box.value.trim() === '') throw new Refusal(failure('host.no_private_key'));
    item.decrypted = await desk.decrypt(item.xml, box.value, host);
    box.value = '';
    page.say(t('decrypted_here'));
    page.repaint();
  } catch (error) {
    form.querySelector('#decrypt-failure')?.replaceChildren(drawFailure(page.document, failureOf(error), null));
    box.focus();
  }
}

/** @param {ReadItem} item @param {Page} page @returns {Promise<Panel>} */
async function share(item, page) {
  const { document } = page;
  const redacted = await desk.redact(item.decrypted ?? item.xml);
  const { lines } = await core.prettyXml(redacted.xml);
  const drawn = drawShare(document, redacted, lines);
  const report = async () => {
    const [again] = await core.readImports(redacted.xml);
    if (!again) throw new Error('no message');
    return core.report(again, (key, args) => t(key, ...args), host);
  };
  return {
    nodes: [drawn.root],
    focusSearch: drawn.view.focusSearch,
    actions: {
      'share-xml': () => give(page, redacted.xml, t('share_copied')),
      'share-base64': () => give(page, base64(redacted.xml), t('share_copied')),
      'share-save': () => save(document, 'saml-redacted.xml', redacted.xml, 'application/xml'),
      'share-report': () => give(page, report(), t('share_copied')),
    },
  };
}

/** @param {ReadItem} item @param {Page} page @returns {Panel} */
function compare(item, page) {
  const { document, items } = page;
  const choices = items.map((one) => ({ key: one.key, name: choiceName(one) }));
  let left = item.key;
  let right = choices.find(({ key }) => key !== left)?.key ?? null;
  let onlyDifferences = true;
  /** The last comparison asked for: an earlier one that ends later is not shown. */
  let asked = 0;
  const root = element(document, 'div', {}, drawCompare(document, choices, left, right, onlyDifferences));
  /** @type {import('../inspection.js').ComparedRow[]} */
  let rows = [];

  const show = () => {
    const names = /** @type {[string, string]} */ ([left, right].map((key) => choices.find((one) => one.key === key)?.name ?? ''));
    root.querySelector('#compared')?.replaceChildren(...drawCompared(document, rows, onlyDifferences, names));
  };
  const run = async () => {
    asked += 1;
    const mine = asked;
    try {
      const [a, b] = await Promise.all([left, right].map((key) => textOf(items, key, page)));
      const compared = await desk.compare(a ?? '', b ?? '');
      if (mine !== asked) return;
      rows = compared;
      show();
    } catch (error) {
      if (mine === asked) root.querySelector('#compared')?.replaceChildren(drawFailure(document, failureOf(error), null));
    }
  };
  if (right !== null) void run();
  return {
    nodes: [root],
    change: (changed) => {
      if (changed.dataset.action === 'only-differences') {
        onlyDifferences = /** @type {HTMLInputElement} */ (changed).checked;
        show();
      } else if (changed.dataset.side !== undefined) {
        if (changed.dataset.side === 'left') left = changed.value;
        else right = changed.value;
        void run();
      }
    },
  };
}

/**
 * The XML of an item, read if it was not yet.
 * @param {Item[]} items
 * @param {string | null} key
 * @param {Page} page
 */
async function textOf(items, key, page) {
  const item = items.find((one) => one.key === key);
  if (item && item.xml === null) await page.read(item);
  if (item?.failure) throw new Refusal(item.failure);
  return item?.decrypted ?? item?.xml ?? '';
}

/** Tells items apart in a choice. @param {Item} item */
function choiceName(item) {
  const entry = entryOf(item);
  const when = entry.at === null ? null : dateAndTime(entry.at);
  return [nameOf(entry), entry.provider, when ?? entry.source, entry.roles === null ? null : plural('roles', entry.roles)].filter(Boolean).join(' · ');
}
