// The last step: the sign-in of one user, watched. Which sign-in counts, what it shows, and what AWS says to it.
// @ts-check
import { drawFailure } from '../popup/draw.js';
import { element, foreign } from '../ui/dom.js';
import { t, timeOfDay } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { drawTroubles } from './draw.js';

/** @import { Failure, SignIn } from '../view.js' */
/** @import { SetupTick } from './setup.js' */

/**
 * @typedef {object} Live
 * @property {string} start address at which a sign-in starts
 * @property {boolean} badStart whether that is none
 * @property {SignIn[]} signIns newest first
 * @property {string | null} chosen id
 * @property {SetupTick[] | null} ticks of the chosen one
 * @property {Failure | null} unreadable why it could not be checked
 * @property {'idle' | 'asking' | 'given'} asked what became of the question to AWS
 * @property {Failure | null} refused why AWS gave no credentials
 */

/**
 * Where to begin: an address that the person gives, because only they know it.
 * @param {Document} document
 * @param {Live} live
 */
export function drawStart(document, { start, badStart }) {
  return element(document, 'form', { class: 'start', id: 'start-form', novalidate: true },
    element(document, 'label', { class: 'row-label', for: 'start' }, t('setup_start_label')),
    element(document, 'div', { class: 'start-line' },
      element(document, 'input', { class: 'field', id: 'start', type: 'url', value: start, placeholder: 'https://', autocomplete: 'off', spellcheck: 'false', dir: 'ltr', 'data-focus': 'start', 'aria-describedby': 'start-problem start-help', 'aria-invalid': String(badStart) }),
      element(document, 'button', { class: 'button button-primary', type: 'submit', 'data-focus': 'start-open' }, t('setup_start_open'))),
    element(document, 'p', { class: 'row-problem', id: 'start-problem', role: 'alert' }, badStart ? t('setup_start_bad') : ''),
    element(document, 'p', { class: 'row-help', id: 'start-help' }, t('setup_start_help')));
}

/**
 * The sign-ins to choose from, and what the chosen one shows.
 * @param {Document} document
 * @param {Live} live
 * @param {string} role name of the plan's
 */
export function drawSeen(document, live, role) {
  if (live.signIns.length === 0) {
    return element(document, 'p', { class: 'waiting' }, icon(document, 'clock'), t('setup_waiting'));
  }
  return element(document, 'section', { class: 'seen', 'aria-labelledby': 'seen-title' },
    element(document, 'h3', { class: 'claim-title', id: 'seen-title' }, t('setup_which')),
    element(document, 'div', { class: 'sign-ins', role: 'radiogroup', 'aria-labelledby': 'seen-title' }, ...live.signIns.map((signIn, at) => element(document, 'label', { class: 'sign-in' },
      element(document, 'input', { type: 'radio', name: 'sign-in', value: signIn.id, checked: signIn.id === live.chosen, 'data-focus': `sign-in-${signIn.id}` }),
      element(document, 'span', { class: 'sign-in-words' },
        foreign(document, signIn.identity ?? t('identity_unknown'), { class: 'strong' }),
        element(document, 'span', { class: 'dim' }, foreign(document, signIn.provider ?? t('provider_unknown')), ' · ', element(document, 'span', { class: 'time' }, timeOfDay(signIn.at)))),
      at === 0 && element(document, 'span', { class: 'tag' }, t('setup_newest'))))),
    ...drawVerdict(document, live, role));
}

/**
 * @param {Document} document
 * @param {Live} live
 * @param {string} role
 * @returns {(Node | false)[]}
 */
function drawVerdict(document, live, role) {
  if (live.unreadable !== null) return [drawFailure(document, live.unreadable, null)];
  if (live.ticks === null) return [];
  const off = live.ticks.filter(({ state }) => state === 'off');
  const own = live.ticks.find(({ step }) => step === 'sign_in');
  const others = off.filter(({ step }) => step !== 'sign_in');
  const works = off.length === 0 && own?.state === 'done';
  const tone = off.length > 0 ? 'error' : works ? 'good' : 'warning';
  const words = off.length > 0 ? 'setup_verdict_off' : works ? 'setup_verdict_works' : 'setup_verdict_partly';
  return [
    element(document, 'div', { class: 'verdict', 'data-tone': tone, role: 'status' },
      icon(document, tone === 'good' ? 'check' : tone),
      element(document, 'div', {},
        element(document, 'p', { class: 'strong' }, t(words)),
        others.length > 0 && element(document, 'ul', { class: 'verdict-steps', role: 'list' }, ...others.map(({ step }) => element(document, 'li', {},
          element(document, 'button', { class: 'link', type: 'button', 'data-action': 'open', 'data-step': step, 'data-focus': `to-${step}` }, t(`setup_step_${step}`))))))),
    own !== undefined && own.troubles.length > 0 && drawTroubles(document, own.troubles),
    drawAsk(document, live, role),
  ];
}

/**
 * What only AWS knows: whether provider and role are there, and whether the trust policy lets this sign-in in.
 * @param {Document} document
 * @param {Live} live
 * @param {string} role
 */
function drawAsk(document, { asked, refused, ticks }, role) {
  const offered = ticks?.find(({ step }) => step === 'assignment')?.state === 'done';
  if (!offered) return element(document, 'p', { class: 'row-help' }, t('setup_ask_not_yet', role));
  return element(document, 'div', { class: 'ask' },
    asked === 'given'
      ? element(document, 'p', { class: 'ask-given' }, icon(document, 'check', 'known-check'), t('setup_ask_given', role))
      : element(document, 'p', { class: 'row-help' }, t('setup_ask_help', role)),
    asked !== 'given' && element(document, 'button', { class: 'button', type: 'button', 'data-action': 'ask', 'data-focus': 'ask', 'aria-busy': asked === 'asking' }, t('setup_ask', role)),
    element(document, 'div', { role: 'alert' }, refused && drawFailure(document, refused, null)));
}
