// The setup assistant's drawing: the steps, and what is to be done at each. Pure functions of the document and what the core said.
// @ts-check
import { element, foreign } from '../ui/dom.js';
import { hint, say, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Message } from '../view.js' */
/** @import { SetupFinding, SetupGuide, SetupTrouble } from './setup.js' */

/**
 * How a step stands. `by` says who says so: the sign-in, an earlier one, or the person.
 * @typedef {{ state: 'done' | 'off' | 'open', by: string | null }} Standing
 */

/**
 * The frame of a step: a heading that opens it, and room for what is in it. Only one is open at a time.
 * @param {Document} document
 * @param {string} step
 * @param {number} number from 1
 */
export function drawStep(document, step, number) {
  return element(document, 'li', { class: 'step', 'data-step': step, 'data-state': 'open' },
    element(document, 'h2', { class: 'step-head' },
      element(document, 'button', { class: 'step-button', type: 'button', 'data-action': 'open', 'data-step': step, 'data-focus': `open-${step}`, 'aria-expanded': 'false', 'aria-controls': `body-${step}` },
        element(document, 'span', { class: 'step-sign', 'aria-hidden': 'true' }, String(number)),
        element(document, 'span', { class: 'step-title' }, t(`setup_step_${step}`)),
        element(document, 'span', { class: 'step-said' }),
        icon(document, 'chevron', 'step-chevron'))),
    element(document, 'div', { class: 'step-body', id: `body-${step}`, hidden: true }));
}

/**
 * Shows how a step stands, and whether it is open.
 * @param {Element} frame of `drawStep`
 * @param {Standing} standing
 * @param {number} number
 * @param {boolean} open
 */
export function showStanding(frame, { state, by }, number, open) {
  const document = frame.ownerDocument;
  frame.setAttribute('data-state', state);
  const sign = frame.querySelector('.step-sign');
  sign?.replaceChildren(state === 'done' ? icon(document, 'check') : state === 'off' ? icon(document, 'error') : String(number));
  const said = state === 'open' ? '' : by ?? '';
  const words = frame.querySelector('.step-said');
  if (words) words.textContent = said;
  frame.querySelector('.step-button')?.setAttribute('aria-expanded', String(open));
  frame.querySelector('.step-body')?.toggleAttribute('hidden', !open);
}

/**
 * How far one is.
 * @param {Document} document
 * @param {number} done
 * @param {number} of
 * @param {number} off
 */
export function drawProgress(document, done, of, off) {
  return [
    element(document, 'progress', { class: 'progress-bar', max: of, value: done, 'aria-label': t('setup_progress') }),
    element(document, 'p', { class: 'progress-words' }, t('setup_progress_done', done, of), off > 0 && ' ', off > 0 && element(document, 'strong', { class: 'severity-error' }, t('setup_progress_off', off))),
  ];
}

/**
 * What is to be done at a step.
 * @param {Document} document
 * @param {SetupGuide} guide
 * @returns {Node[]}
 */
export function drawGuide(document, guide) {
  return [
    ...(guide.place === null ? [] : [drawPlace(document, guide.place)]),
    ...guide.words.map((said) => element(document, 'p', { class: 'words' }, say(said, said.key))),
    ...(guide.fields.length > 0 ? [drawFields(document, guide)] : []),
    ...(guide.claims.length > 0 ? [drawClaims(document, guide)] : []),
    ...guide.texts.map((text, at) => drawText(document, t(text.label), text.text, text.language, `${guide.step}-text-${at}`)),
  ];
}

/** The menu path to where it is set. @param {Document} document @param {string} place */
function drawPlace(document, place) {
  const parts = t(place).split(' > ').flatMap((part, at) => [at > 0 && icon(document, 'chevron', 'place-then'), element(document, 'span', {}, part)]);
  return element(document, 'p', { class: 'place', 'data-place': place }, ...parts);
}

/** @param {Document} document @param {SetupGuide} guide */
function drawFields(document, { step, fields }) {
  return element(document, 'dl', { class: 'values' }, ...fields.map(({ label, value }, at) => element(document, 'div', { class: 'value' },
    element(document, 'dt', {}, t(label)),
    element(document, 'dd', {}, element(document, 'code', { class: 'code', dir: 'ltr' }, value), drawCopy(document, value, t(label), `${step}-field-${at}`)))));
}

/**
 * The attributes: their names in whole, or in the two parts that the product asks for, and where their values come from.
 * @param {Document} document
 * @param {SetupGuide} guide
 */
function drawClaims(document, { step, claims }) {
  return element(document, 'ul', { class: 'claims', role: 'list' }, ...claims.map((claim, at) => {
    const [namespace, name] = claim.parts ?? ['', ''];
    const isSubject = claim.name === 'NameID';
    const named = claim.parts === null || isSubject
      ? [['setup_claim_name', claim.name, `${step}-claim-${at}-name`]]
      : [['setup_claim_short', name, `${step}-claim-${at}-name`], ['setup_claim_namespace', namespace, `${step}-claim-${at}-space`]];
    const source = claim.source === '' ? [] : [['setup_claim_source', claim.source, `${step}-claim-${at}-source`]];
    return element(document, 'li', { class: 'claim', 'data-claim': claim.name },
      element(document, 'h3', { class: 'claim-title' }, isSubject ? 'NameID' : claim.name.slice(claim.name.lastIndexOf('/') + 1)),
      element(document, 'dl', { class: 'values' }, ...[...named, ...source].map(([label = '', value = '', focus = '']) => element(document, 'div', { class: 'value' },
        element(document, 'dt', {}, t(label)),
        element(document, 'dd', {}, element(document, 'code', { class: 'code', dir: 'ltr' }, value), !isSubject || label === 'setup_claim_source' ? drawCopy(document, value, t(label), focus) : null)))),
      claim.how !== null && element(document, 'p', { class: 'claim-how' }, t(claim.how)),
      element(document, 'p', { class: 'claim-form' }, t(claim.form)));
  }));
}

/**
 * A text to copy as a whole, folded away when it is long.
 * @param {Document} document
 * @param {string} title
 * @param {string} text
 * @param {string} language
 * @param {string} focus
 */
export function drawText(document, title, text, language, focus) {
  return element(document, 'details', { class: 'text', 'data-language': language, open: text.length < LONG_TEXT },
    element(document, 'summary', { 'data-focus': `fold-${focus}` }, icon(document, 'chevron', 'text-chevron'), element(document, 'span', { class: 'text-title' }, title)),
    element(document, 'div', { class: 'text-box' },
      drawCopy(document, text, title, focus),
      element(document, 'pre', { class: 'text-pre', dir: 'ltr', tabindex: 0, role: 'region', 'aria-label': title }, text)));
}

/**
 * The button beside a value.
 * @param {Document} document
 * @param {string} value
 * @param {string} label what it is
 * @param {string} focus
 */
export function drawCopy(document, value, label, focus) {
  return element(document, 'button', { class: 'button copy', type: 'button', 'data-action': 'copy', 'data-focus': focus, 'data-value': value, 'data-label': label, 'aria-label': t('setup_copy_label', label) },
    icon(document, 'copy'), t('copy'));
}

/**
 * What is off at a step, as the sign-in or the metadata shows it.
 * @param {Document} document
 * @param {(SetupTrouble | SetupFinding)[]} troubles
 */
export function drawTroubles(document, troubles) {
  return element(document, 'ul', { class: 'troubles', role: 'list' }, ...troubles.map((trouble, at) => drawTrouble(document, trouble, at)));
}

/**
 * @param {Document} document
 * @param {SetupTrouble | SetupFinding} trouble
 * @param {number} at
 */
function drawTrouble(document, trouble, at) {
  const advice = hint(trouble.hint);
  const compared = 'sent' in trouble && trouble.sent !== null && [
    drawCompared(document, 'setup_sent', trouble.sent),
    drawCompared(document, 'setup_expected', trouble.expected ?? ''),
  ];
  const line = (/** @type {string} */ label, /** @type {Message | null} */ said) => said !== null && element(document, 'p', { class: 'trouble-line' },
    element(document, 'span', { class: 'trouble-label' }, t(label)), ' ', say(said, trouble.code));
  return element(document, 'li', { class: 'trouble', 'data-code': trouble.code, 'data-severity': trouble.severity },
    icon(document, trouble.severity, `severity-${trouble.severity}`),
    element(document, 'div', { class: 'trouble-body' },
      element(document, 'p', { class: 'trouble-text' }, say(trouble.text, trouble.code)),
      compared && element(document, 'dl', { class: 'compared' }, ...compared),
      line('setup_why', trouble.cause),
      trouble.fix === null && advice !== '' && element(document, 'p', { class: 'trouble-line' }, advice),
      line('setup_fix', trouble.fix),
      trouble.fix_place !== null && drawPlace(document, trouble.fix_place.key),
      line('setup_fix_iam', trouble.fix_iam),
      trouble.aws_message !== null && element(document, 'p', { class: 'trouble-line dim' }, t('setup_aws_says'), ' ', foreign(document, trouble.aws_message, { class: 'code' })),
      trouble.command !== null && element(document, 'div', { class: 'trouble-command' },
        element(document, 'pre', { class: 'text-pre', dir: 'ltr', tabindex: 0, role: 'region', 'aria-label': t('setup_command') }, trouble.command.text),
        drawCopy(document, trouble.command.text, t('setup_command'), `trouble-${trouble.code}-${at}`))));
}

/** @param {Document} document @param {string} label @param {string} value */
function drawCompared(document, label, value) {
  return element(document, 'div', {},
    element(document, 'dt', {}, t(label)),
    element(document, 'dd', {}, value === '' ? element(document, 'span', { class: 'dim' }, t('setup_nothing')) : foreign(document, value, { class: 'code' })));
}

/**
 * The tick for what no file shows, and the way on.
 * @param {Document} document
 * @param {string} step
 * @param {{ hand: boolean, ticked: boolean, next: string | null }} at
 */
export function drawFoot(document, step, { hand, ticked, next }) {
  return element(document, 'div', { class: 'foot' },
    hand && element(document, 'label', { class: 'tick' },
      element(document, 'input', { type: 'checkbox', 'data-action': 'tick', 'data-step': step, 'data-focus': `tick-${step}`, checked: ticked }),
      t('setup_done_by_hand')),
    next !== null && element(document, 'button', { class: 'button button-primary', type: 'button', 'data-action': 'next', 'data-step': step, 'data-focus': `next-${step}` }, t('setup_next', t(`setup_step_${next}`))));
}

/** Characters from which a text is folded away at first. */
const LONG_TEXT = 900;
