// The Claims tab: every attribute with all its values, AWS's first. Lists of thousands are drawn piece by piece.
// @ts-check
import { fold } from '../popup/filter.js';
import { element, foreign } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Claim } from '../inspection.js' */

/**
 * @typedef {object} ClaimsView
 * @property {HTMLElement} root
 * @property {() => void} focusSearch
 */

/**
 * The claims that a typed text means, each with its values that do. A claim whose name fits keeps them all.
 * @template {Claim} Any
 * @param {Any[]} claims
 * @param {string} typed
 * @returns {Any[]}
 */
export function matching(claims, typed) {
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  const fits = (/** @type {string} */ text) => wanted.every((word) => text.includes(word));
  if (wanted.length === 0) return claims;
  return claims.flatMap((claim) => {
    const name = fold(`${claim.name}\n${claim.friendly ?? ''}`);
    if (fits(name)) return [claim];
    const values = claim.values.filter((value) => fits(`${name}\n${fold(value)}`));
    return values.length > 0 ? [{ ...claim, values }] : [];
  });
}

/**
 * @param {Document} document
 * @param {Claim[]} claims
 * @param {(text: string, said: string) => void} copy
 * @returns {ClaimsView}
 */
export function openClaims(document, claims, copy) {
  const numbered = claims.map((claim, index) => ({ ...claim, index }));
  const input = element(document, 'input', {
    class: 'field search-input', type: 'text', inputmode: 'search', spellcheck: 'false', autocomplete: 'off', placeholder: t('filter_claims'), 'aria-label': t('filter_claims'), 'data-focus': 'claims-filter',
  });
  const count = element(document, 'span', { class: 'search-count', role: 'status' });
  const list = element(document, 'div', { class: 'claims', id: 'claims' });
  const root = element(document, 'div', {},
    element(document, 'div', { class: 'xml-tools', role: 'search' }, element(document, 'span', { class: 'search' }, icon(document, 'search'), input, count)),
    list);

  function fill() {
    const shown = matching(numbered, input.value);
    count.textContent = input.value.trim() === '' ? '' : plural('claims', shown.length);
    list.replaceChildren(...(shown.length > 0 ? shown.map((claim) => drawClaim(document, claim)) : [element(document, 'p', { class: 'blank' }, t(claims.length > 0 ? 'no_claim_matches' : 'no_claims'))]));
  }

  input.addEventListener('input', fill);
  root.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-claim]'));
    const claim = numbered[Number(button?.dataset.claim)];
    if (!button || !claim) return;
    if (button.dataset.what === 'copy') copy(claim.values.join('\n'), plural('values_copied', claim.values.length));
    else showAll(document, button, matching([claim], input.value)[0] ?? claim);
  });
  fill();
  return { root, focusSearch: () => input.select() };
}

/**
 * @param {Document} document
 * @param {Claim & { index: number }} claim
 */
function drawClaim(document, claim) {
  const { name, friendly, values, aws, index } = claim;
  const first = values.slice(0, FIRST);
  return element(document, 'section', { class: 'claim', 'data-name': name, 'data-aws': String(aws), 'data-long': values.length > FIRST },
    element(document, 'div', { class: 'claim-head' },
      element(document, 'h3', { class: 'claim-title' },
        foreign(document, friendly ?? name, { class: 'claim-friendly' }),
        aws && element(document, 'span', { class: 'tag' }, t('claim_aws')),
        values.length > 1 && element(document, 'span', { class: 'dim claim-count' }, plural('values', values.length))),
      element(document, 'button', {
        class: 'icon-button', type: 'button', 'data-claim': index, 'data-what': 'copy', 'data-focus': `copy-claim-${index}`, 'aria-label': t('copy_claim', friendly ?? name), title: t('copy_claim_title'),
      }, icon(document, 'copy'))),
    friendly !== null && friendly !== name && foreign(document, name, { class: 'claim-name code dim' }),
    element(document, 'ul', { class: 'values', role: 'list' }, ...(values.length > 0 ? first.map((value) => drawValue(document, value)) : [element(document, 'li', { class: 'dim' }, t('no_values'))])),
    values.length > FIRST && element(document, 'button', {
      class: 'button', type: 'button', 'data-claim': index, 'data-what': 'all', 'data-focus': `all-values-${index}`,
    }, plural('show_all_values', values.length)));
}

/**
 * @param {Document} document
 * @param {string} value
 */
function drawValue(document, value) {
  return element(document, 'li', { class: 'value' }, value === '' ? element(document, 'span', { class: 'dim' }, t('empty_value')) : foreign(document, value));
}

/**
 * Adds the values that are not drawn yet, in blocks the browser skips while they are out of sight, a few blocks a frame.
 * @param {Document} document
 * @param {HTMLElement} button
 * @param {Claim} claim
 */
function showAll(document, button, { values }) {
  const section = button.closest('.claim');
  const after = section?.querySelector('.values');
  if (!section || !after) return;
  const block = (/** @type {number} */ from) => {
    const drawn = element(document, 'ul', { class: 'values values-block', role: 'list' }, ...values.slice(from, from + BLOCK).map((value) => drawValue(document, value)));
    section.append(drawn);
    if (from === FIRST) {
      drawn.tabIndex = -1;
      drawn.focus({ preventScroll: true });
    }
  };
  const next = (/** @type {number} */ from) => {
    if (!section.isConnected) return;
    const end = Math.min(from + BLOCK * BLOCKS_A_FRAME, values.length);
    for (let at = from; at < end; at += BLOCK) block(at);
    if (end < values.length) requestAnimationFrame(() => next(end));
  };
  next(FIRST);
  button.remove();
}

/** Values shown before "show all". */
const FIRST = 50;
const BLOCK = 100;
const BLOCKS_A_FRAME = 10;
