// The Findings tab: the worst first, each with what was seen and where, what AWS says to it, why it is so, and what to do at the identity
// provider and in IAM. Another provider's steps can be chosen; the core knows them.
// @ts-check
import { element, foreign } from '../ui/dom.js';
import { drawLink, drawQuote, drawRemedy } from '../ui/finding.js';
import { hint, plural, say, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Evidence, Finding, Inspection, Product, Severity, Steps } from '../inspection.js' */

/** @type {ReadonlyArray<Product>} */
export const PRODUCTS = Object.freeze(['entra', 'okta', 'adfs', 'google', 'ping', 'keycloak', 'generic']);

/** @type {ReadonlyArray<Severity>} */
const SEVERITIES = Object.freeze(['error', 'warning', 'note']);

/**
 * @typedef {object} FindingsView
 * @property {HTMLElement} root
 * @property {(chosen: string) => void} filter shows the findings of one severity, or of `all`
 * @property {(index: number) => void} show brings a finding into sight
 * @property {(product: string) => Promise<void>} choose the provider whose steps are shown
 */

/**
 * @param {Document} document
 * @param {Inspection} inspection
 * @param {(code: string, product: Product) => Promise<Steps>} stepsOf
 * @returns {FindingsView}
 */
export function openFindings(document, { findings, product: detected }, stepsOf) {
  let product = detected ?? 'generic';
  let severity = 'all';
  /** The findings with the steps of the chosen provider. */
  let shown = findings;
  const tools = element(document, 'div', { class: 'findings-tools' });
  const list = element(document, 'ul', { class: 'findings-list', role: 'list', id: 'findings' });
  const root = element(document, 'div', { class: 'findings-tab' }, tools, list);

  function fill() {
    tools.replaceChildren(drawFilter(document, findings, severity), drawPicker(document, product, detected));
    list.replaceChildren(...shown.map((finding, index) => ({ finding, index }))
      .filter(({ finding }) => severity === 'all' || finding.severity === severity)
      .map(({ finding, index }) => drawFinding(document, finding, index, product)));
  }

  if (findings.length === 0) root.replaceChildren(drawNone(document));
  else fill();
  return {
    root,
    filter: (chosen) => {
      severity = chosen;
      fill();
      /** @type {HTMLElement | null} */ (tools.querySelector(`[data-severity="${chosen}"]`))?.focus();
    },
    show: (index) => {
      if (list.querySelector(`[data-index="${index}"]`) === null) {
        severity = 'all';
        fill();
      }
      const row = /** @type {HTMLElement | null} */ (list.querySelector(`[data-index="${index}"]`));
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'center' });
    },
    choose: async (chosen) => {
      product = PRODUCTS.find((one) => one === chosen) ?? product;
      shown = await Promise.all(findings.map(async (finding) => withSteps(finding, await stepsOf(finding.code, product))));
      fill();
      /** @type {HTMLElement | null} */ (tools.querySelector('select'))?.focus();
    },
  };
}

/**
 * A finding with another provider's steps.
 * @param {Finding} finding
 * @param {Steps} steps
 * @returns {Finding}
 */
export function withSteps(finding, { fix, fix_place: place }) {
  const { args } = finding.text;
  return { ...finding, fix: fix === null ? null : { key: fix, args }, fix_place: place === null ? null : { key: place, args: [] } };
}

/**
 * How many findings there are of each severity that there are any of, the worst first.
 * @param {Finding[]} findings
 * @returns {[Severity, number][]}
 */
export function counted(findings) {
  return SEVERITIES.map((severity) => /** @type {[Severity, number]} */ ([severity, findings.filter((one) => one.severity === severity).length]))
    .filter(([, count]) => count > 0);
}

/** @param {Document} document */
function drawNone(document) {
  return element(document, 'section', { class: 'part' },
    element(document, 'h3', { class: 'part-title' }, t('no_findings')),
    element(document, 'p', { class: 'dim' }, t('no_findings_text')));
}

/**
 * @param {Document} document
 * @param {Finding[]} findings
 * @param {string} chosen
 */
function drawFilter(document, findings, chosen) {
  const button = (/** @type {string} */ severity, /** @type {string} */ words, /** @type {Node | false} */ sign) => element(document, 'button', {
    class: 'button', type: 'button', 'data-action': 'filter-findings', 'data-severity': severity, 'data-focus': `findings-${severity}`, 'aria-pressed': String(severity === chosen),
  }, sign, words);
  return element(document, 'div', { class: 'findings-filter', role: 'group', 'aria-label': t('findings_filter') },
    button('all', plural('findings', findings.length), false),
    ...counted(findings).map(([severity, count]) => button(severity, plural(`count_${severity}`, count), icon(document, severity, `severity-${severity}`))));
}

/**
 * @param {Document} document
 * @param {Product} chosen
 * @param {Product | null} detected
 */
function drawPicker(document, chosen, detected) {
  const name = (/** @type {Product} */ product) => (product === detected && product !== 'generic' ? t('steps_detected', t(`product_${product}`)) : t(`product_${product}`));
  return element(document, 'label', { class: 'findings-picker' },
    element(document, 'span', { class: 'dim' }, t('steps_for')),
    element(document, 'select', { class: 'field', 'data-action': 'steps', 'data-focus': 'steps' },
      ...PRODUCTS.map((product) => element(document, 'option', { value: product, selected: product === chosen }, name(product)))));
}

/**
 * @param {Document} document
 * @param {Finding} finding
 * @param {number} index
 * @param {Product} product
 */
export function drawFinding(document, finding, index, product) {
  const { code, severity, text, evidence, aws_message: aws } = finding;
  const advice = hint(finding.hint);
  return element(document, 'li', { class: 'finding notice', 'data-severity': severity, 'data-code': code, 'data-index': index, 'data-focus': `finding-${index}`, tabindex: -1 },
    icon(document, severity, `severity-${severity}`),
    element(document, 'div', { class: 'notice-body' },
      element(document, 'h3', { class: 'finding-title', dir: 'auto' },
        element(document, 'span', { class: `severity-${severity}` }, t(`severity_${severity}`)), ' ', say(text, code)),
      advice && element(document, 'p', { class: 'notice-hint', dir: 'auto' }, advice),
      evidence.length > 0 && drawEvidence(document, evidence, index),
      // A note is about nothing that AWS refuses by itself.
      aws !== null && severity !== 'note' && drawQuote(document, aws, t('aws_would_say')),
      ...drawRemedy(document, finding, `finding-${index}`, product === 'generic' ? t('at_provider') : t('at_product', t(`product_${product}`))),
      element(document, 'p', { class: 'finding-code code dim' }, code)));
}

/**
 * @param {Document} document
 * @param {Evidence[]} evidence
 * @param {number} finding
 */
function drawEvidence(document, evidence, finding) {
  return element(document, 'ul', { class: 'evidence', role: 'list', 'aria-label': t('evidence_label') }, ...evidence.map((one, index) => {
    const place = placeOf(one);
    return element(document, 'li', {},
      // Where something is missing, the place is all there is.
      one.value !== '' && element(document, 'span', { class: 'evidence-value' }, foreign(document, one.value, { class: 'code' })),
      foreign(document, place, { class: 'dim evidence-place' }),
      one.index !== null && element(document, 'button', {
        class: 'button', type: 'button', 'data-action': 'to-xml', 'data-element': one.index, 'data-focus': `evidence-${finding}-${index}`, 'aria-label': t('to_xml_label', place),
      }, t('to_xml')));
  }));
}

/**
 * Where a value stands, in the names of the XML.
 * @param {Evidence} evidence
 */
export function placeOf({ element: name, attribute, name: of }) {
  if (attribute !== null) return `${name} @${attribute}`;
  return of === null ? name : `${name} · ${of}`;
}

/**
 * What a pasted error means, with those of the shown findings that cause it.
 * @param {Document} document
 * @param {import('../inspection.js').Explained} explained
 * @param {Finding[]} found
 */
export function drawExplained(document, { finding, link, causes }, found) {
  const { text, code } = finding;
  const advice = hint(finding.hint);
  const likely = causes.flatMap((place) => (found[place] ? [{ finding: found[place], place }] : []));
  return element(document, 'div', { class: 'explained', 'data-code': code },
    element(document, 'h4', {}, say(text, code)),
    advice && element(document, 'p', { class: 'dim' }, advice),
    likely.length > 0 && element(document, 'div', { class: 'explained-causes' },
      element(document, 'h5', { class: 'small-title' }, t('likely_in_message')),
      element(document, 'ol', {}, ...likely.map((one) => element(document, 'li', { 'data-code': one.finding.code }, element(document, 'button', {
        class: 'link', type: 'button', 'data-action': 'to-finding', 'data-index': one.place, 'data-focus': `cause-${one.place}`,
      }, say(one.finding.text, one.finding.code)))))),
    ...drawRemedy(document, { ...finding, page: null }, 'explained', t(code.startsWith('entra.') ? 'at_product' : 'at_provider', t('product_entra'))),
    element(document, 'ul', { class: 'remedy-page', role: 'list' },
      link !== null && element(document, 'li', {}, drawLink(document, link, t('page_entra_error'))),
      finding.page !== null && element(document, 'li', {}, drawLink(document, finding.page))));
}
