// What a finding has beside its sentence: why it is so, what to do at the identity provider and in IAM, and what there is to copy. A
// button with `data-action="copy-text"` copies its `data-text`; the page listens.
// @ts-check
import { element, foreign } from './dom.js';
import { hint, plural, say, t } from './i18n.js';
import { icon } from './icons.js';

/** @import { Failure, Finding } from '../view.js' */

/**
 * Why, and the steps.
 * @param {Document} document
 * @param {Pick<Finding, 'cause' | 'fix' | 'fix_place' | 'fix_iam' | 'command' | 'page'>} finding
 * @param {string} name unique in the page
 * @param {string} [at] the words for the identity provider
 */
export function drawRemedy(document, finding, name, at = t('at_provider')) {
  const { cause, fix, fix_place: place, fix_iam: iam, command, page } = finding;
  const rows = /** @type {[string, HTMLElement[]][]} */ ([
    [t('finding_why'), [...said(document, cause, 'remedy-text')]],
    [at, fix ? [...said(document, place, 'remedy-place'), ...said(document, fix, 'remedy-text')] : []],
    [t('in_iam'), [...said(document, iam, 'remedy-text')]],
  ]).filter(([, words]) => words.length > 0);
  return [
    ...(rows.length > 0 ? [element(document, 'dl', { class: 'remedy' }, ...rows.map(([title, words]) => element(document, 'div', {},
      element(document, 'dt', {}, title), element(document, 'dd', {}, ...words))))] : []),
    ...(command ? [element(document, 'div', { class: 'command', 'data-language': command.language },
      element(document, 'pre', { dir: 'ltr' }, element(document, 'code', {}, command.text)),
      element(document, 'button', {
        class: 'button', type: 'button', 'data-action': 'copy-text', 'data-text': command.text, 'data-focus': `${name}-copy`, 'aria-label': t(`copy_${command.language}`),
      }, icon(document, 'copy'), t('copy')))] : []),
    ...(page ? [element(document, 'p', { class: 'remedy-page' }, drawLink(document, page))] : []),
  ];
}

/**
 * A link to a page of AWS or Microsoft, named by whose it is.
 * @param {Document} document
 * @param {string} address
 * @param {string} [words]
 */
export function drawLink(document, address, words = t(/\.microsoft\.com\//.test(address) ? 'page_microsoft' : 'page_aws')) {
  return element(document, 'a', { href: address, target: '_blank', rel: 'noreferrer' }, words);
}

/**
 * @param {Document} document
 * @param {import('../view.js').Message | null | undefined} message
 * @param {string} look
 */
function said(document, message, look) {
  const words = message ? hint(message) : '';
  return words === '' ? [] : [element(document, 'p', { class: look, dir: 'auto' }, words)];
}

/**
 * Why AWS refused: the likely cause first, then what else can be the reason.
 * @param {Document} document
 * @param {Failure} failure
 * @param {string} name unique in the page
 * @returns {HTMLElement[]}
 */
export function drawExplanation(document, { finding, causes }, name) {
  if (finding === null) return [];
  const own = finding.cause || finding.fix || finding.fix_iam ? [finding] : [];
  const [likely, ...others] = [...causes, ...own];
  if (!likely) return [];
  return [element(document, 'section', { class: 'explanation', 'data-causes': causes.length, 'aria-label': t('explanation_label') },
    element(document, 'h3', { class: 'small-title' }, t(causes.length > 0 ? 'likely_cause' : 'possible_cause')),
    drawCause(document, likely, likely === finding, `${name}-0`),
    others.length > 0 && element(document, 'details', { class: 'others' },
      element(document, 'summary', {}, plural('other_causes', others.length)),
      ...others.map((other, index) => drawCause(document, other, other === finding, `${name}-${index + 1}`))))];
}

/**
 * @param {Document} document
 * @param {Finding} finding
 * @param {boolean} isOwn whether it is the refusal itself, whose sentence stands above already
 * @param {string} name
 */
function drawCause(document, finding, isOwn, name) {
  const title = isOwn ? hint(finding.cause) : say(finding.text, finding.code);
  return element(document, 'div', { class: 'cause', 'data-code': finding.code },
    title !== '' && element(document, 'p', { class: 'cause-title', dir: 'auto' }, title),
    ...drawRemedy(document, isOwn ? { ...finding, cause: null } : finding, name));
}

/**
 * What AWS says, or would.
 * @param {Document} document
 * @param {string} words
 * @param {string} caption
 */
export function drawQuote(document, words, caption) {
  return element(document, 'figure', { class: 'quote' },
    element(document, 'figcaption', {}, caption),
    element(document, 'blockquote', {}, foreign(document, words)));
}
