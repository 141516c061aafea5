// What a trust policy says to the sign-in: the verdict, what is odd about the policy, the actions, and statement by statement the
// conditions with the values that are compared.
// @ts-check
import { drawNotice } from '../popup/draw.js';
import { element, foreign } from '../ui/dom.js';
import { hint, plural, say, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Child } from '../ui/dom.js' */
/** @import { IconName } from '../ui/icons.js' */
/** @import { Message } from '../view.js' */
/** @import { Place, PolicyAction, PolicyCheck, PolicyCondition, PolicyFact, PolicyStatement, Said } from './trust-policy.js' */

/** @typedef {'allowed' | 'error' | 'warning' | 'plain'} Tone only a genuine signature wears the green one */

/** @type {Readonly<Record<string, { sign: IconName, tone: Tone }>>} */
const LOOKS = Object.freeze({
  allowed: { sign: 'check', tone: 'allowed' },
  refused: { sign: 'error', tone: 'error' },
  unknown: { sign: 'note', tone: 'plain' },
  invalid: { sign: 'error', tone: 'error' },
  met: { sign: 'check', tone: 'allowed' },
  not_met: { sign: 'close', tone: 'error' },
  applies: { sign: 'check', tone: 'allowed' },
  does_not_apply: { sign: 'close', tone: 'plain' },
  matches: { sign: 'check', tone: 'allowed' },
  differs: { sign: 'close', tone: 'error' },
});

/**
 * @param {Document} document
 * @param {PolicyCheck} check
 * @returns {Node[]}
 */
export function drawCheck(document, check) {
  return [
    drawVerdict(document, check),
    ...(check.facts.length > 0 ? [drawFacts(document, check.facts, check.text)] : []),
    ...(check.actions.length > 0 ? [drawActions(document, check.actions)] : []),
    ...check.statements.map((statement) => drawStatement(document, statement)),
  ];
}

/** @param {Message} said */
const words = (said) => say(said, said.key);

/**
 * @param {Document} document
 * @param {PolicyCheck} check
 */
function drawVerdict(document, { outcome, verdict, because }) {
  const { sign, tone } = LOOKS[outcome] ?? LOOKS.unknown ?? { sign: 'note', tone: 'plain' };
  return element(document, 'section', { class: 'verdict', 'data-tone': tone, 'data-outcome': outcome, 'aria-labelledby': 'policy-verdict' },
    icon(document, sign, 'verdict-sign'),
    element(document, 'div', { class: 'verdict-words' },
      element(document, 'h3', { class: 'verdict-title', id: 'policy-verdict', dir: 'auto' }, words(verdict)),
      ...because.map((said) => element(document, 'p', { dir: 'auto' }, words(said))),
      outcome !== 'invalid' && element(document, 'p', { class: 'dim' }, t('policy_verdict_scope'))));
}

/**
 * What is to be said about a policy, each with its line.
 * @param {Document} document
 * @param {PolicyFact[]} facts
 * @param {string | null} text they are in, where the box has it
 */
export function drawFacts(document, facts, text) {
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'policy-facts' },
    element(document, 'h3', { class: 'part-title', id: 'policy-facts' }, plural('policy_facts', facts.length)),
    element(document, 'ul', { class: 'notices', role: 'list' }, ...facts.map((fact) => {
      const notice = drawNotice(document, fact);
      if (text !== null) notice.querySelector('.notice-body')?.append(element(document, 'div', { class: 'policy-spot' },
        drawPlace(document, fact.place, true),
        element(document, 'code', { class: 'code policy-line', dir: 'ltr' }, ...drawSpot(document, text, fact.place))));
      return notice;
    })));
}

/**
 * The line with what stands at the place marked, and as much around it as says where.
 * @param {Document} document
 * @param {string} text
 * @param {Place} place
 * @returns {Child[]}
 */
function drawSpot(document, text, { start, end }) {
  const begin = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start);
  const stop = newline < 0 ? text.length : newline;
  const from = Math.max(begin, start - AROUND);
  const to = Math.min(end, start + AROUND, stop);
  const last = Math.min(stop, to + AROUND);
  const before = text.slice(from, start);
  return [
    from > begin && '…',
    from > begin ? before : before.trimStart(),
    // Where the text ends too early there is nothing to mark but the end.
    element(document, 'mark', {}, text.slice(start, to) || '\u2002'),
    text.slice(to, last),
    last < stop && '…',
  ];
}

/**
 * The button that shows a place in the box.
 * @param {Document} document
 * @param {Place} place
 * @param {boolean} [inFull] with its column
 */
function drawPlace(document, { line, column, start, end }, inFull = false) {
  return element(document, 'button', {
    class: 'link', type: 'button', 'data-policy': 'place', 'data-start': start, 'data-end': end, 'data-line': line, 'data-column': column, title: t('policy_place_title'),
  }, inFull ? t('policy_place', line, column) : t('policy_line', line));
}

/**
 * @param {Document} document
 * @param {PolicyAction[]} actions
 */
function drawActions(document, actions) {
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'policy-actions' },
    element(document, 'h3', { class: 'part-title', id: 'policy-actions' }, t('policy_actions')),
    element(document, 'dl', { class: 'facts' }, ...actions.map(({ action, needed, outcome, reasons }) => element(document, 'div', { 'data-action-name': action, 'data-outcome': outcome },
      element(document, 'dt', {}, element(document, 'code', { class: 'code' }, action)),
      element(document, 'dd', {}, drawTag(document, outcome, t(`policy_outcome_${outcome}`))),
      needed === null && element(document, 'dd', { class: 'dim' }, t('policy_need_not_known')),
      ...reasons.flatMap((reason) => drawReason(document, reason, 'dd'))))));
}

/**
 * @param {Document} document
 * @param {string} outcome
 * @param {string} text
 */
function drawTag(document, outcome, text) {
  const { sign, tone } = LOOKS[outcome] ?? { sign: /** @type {const} */ ('note'), tone: 'plain' };
  return element(document, 'span', { class: 'tag', 'data-tone': tone, 'data-outcome': outcome }, icon(document, sign), text);
}

/**
 * @param {Document} document
 * @param {Said} said
 * @param {'dd' | 'p'} name
 */
function drawReason(document, said, name) {
  const advice = hint(said.hint);
  return [
    element(document, name, { dir: 'auto', 'data-code': said.code },
      say(said.text, said.code),
      said.why && ` ${words(said.why)}`),
    ...(advice ? [element(document, name, { class: 'dim', dir: 'auto' }, advice)] : []),
  ];
}

/**
 * @param {Document} document
 * @param {PolicyStatement} statement
 */
function drawStatement(document, statement) {
  const { number, sid, effect, place, outcome, principal, principal_reason: reason, actions, conditions } = statement;
  const title = `policy-statement-${number}`;
  return element(document, 'section', { class: 'part policy-statement', 'aria-labelledby': title, 'data-statement': number, 'data-outcome': outcome },
    element(document, 'div', { class: 'part-head' },
      element(document, 'h3', { class: 'part-title', id: title }, t('policy_statement', number), sid !== null && foreign(document, sid, { class: 'dim' })),
      element(document, 'span', { class: 'tag', 'data-effect': effect }, effect),
      drawTag(document, outcome, t(`policy_outcome_${outcome}`)),
      drawPlace(document, place)),
    element(document, 'dl', { class: 'facts' },
      element(document, 'div', {},
        element(document, 'dt', {}, 'Principal'),
        element(document, 'dd', {}, drawTag(document, principal, t(`policy_outcome_${principal}`))),
        ...drawReason(document, reason, 'dd')),
      element(document, 'div', {},
        element(document, 'dt', {}, 'Action'),
        ...(actions.length > 0
          ? actions.map((action) => element(document, 'dd', {}, element(document, 'code', { class: 'code' }, action)))
          : [element(document, 'dd', { class: 'dim' }, t('policy_no_action'))]))),
    conditions.length === 0 ? element(document, 'p', { class: 'dim' }, t('policy_no_conditions')) : drawConditions(document, conditions, number));
}

/**
 * @param {Document} document
 * @param {PolicyCondition[]} conditions
 * @param {number} number of their statement
 */
function drawConditions(document, conditions, number) {
  return element(document, 'div', { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': t('policy_conditions_label', number) },
    element(document, 'table', { class: 'table policy-conditions' },
      element(document, 'thead', {}, element(document, 'tr', {},
        ...['policy_condition', 'policy_wants', 'policy_has', 'policy_result'].map((key) => element(document, 'th', { scope: 'col' }, t(key))))),
      element(document, 'tbody', {}, ...conditions.map((condition) => drawCondition(document, condition)))));
}

/**
 * @param {Document} document
 * @param {PolicyCondition} condition
 */
function drawCondition(document, { operator, key, place, policy_values: wanted, sign_in_values: given, outcome, reason, need }) {
  return element(document, 'tr', { 'data-key': key, 'data-outcome': outcome },
    element(document, 'th', { scope: 'row' },
      element(document, 'code', { class: 'code' }, key), element(document, 'div', { class: 'dim' }, element(document, 'code', { class: 'code' }, operator)), drawPlace(document, place)),
    element(document, 'td', {}, drawValues(document, wanted, given ?? [])),
    element(document, 'td', {}, given === null
      ? element(document, 'span', { class: 'dim' }, t(outcome === 'unknown' ? 'policy_value_unknown' : 'policy_value_absent'))
      : given.length === 0 ? element(document, 'span', { class: 'dim' }, t('no_values')) : drawValues(document, given, wanted)),
    element(document, 'td', {},
      drawTag(document, outcome, t(`policy_outcome_${outcome}`)),
      reason.aws_only && element(document, 'span', { class: 'tag tag-accent policy-aws' }, t('policy_aws_only')),
      // That values pass or not the label says.
      ...(reason.code === 'policy.value_passes' || (reason.code === 'policy.value_fails' && need) ? [] : drawReason(document, reason, 'p')),
      need && element(document, 'p', { class: 'policy-need', dir: 'auto' }, words(need))));
}

/**
 * Values, those that stand on the other side too first; of a long list the rest is folded.
 * @param {Document} document
 * @param {string[]} values
 * @param {string[]} others
 */
function drawValues(document, values, others) {
  const shared = new Set(others);
  const sorted = [...values.filter((value) => shared.has(value)), ...values.filter((value) => !shared.has(value))];
  const list = (/** @type {string[]} */ of) => element(document, 'ul', { role: 'list' }, ...of.map((value) => element(document, 'li', { class: shared.has(value) ? 'strong' : null },
    value === '' ? element(document, 'span', { class: 'dim' }, t('empty_value')) : foreign(document, value, { class: 'code' }))));
  if (sorted.length <= FEW) return list(sorted);
  return element(document, 'div', {},
    list(sorted.slice(0, FEW)),
    element(document, 'details', { class: 'policy-more' }, element(document, 'summary', {}, plural('policy_more_values', sorted.length - FEW)), list(sorted.slice(FEW))));
}

/** Values of a condition that are shown at once. */
const FEW = 4;
/** Characters shown on either side of a place. */
const AROUND = 60;
