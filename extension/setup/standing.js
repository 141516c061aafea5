// How a step stands, from everything that may say so: the sign-in that is looked at, an earlier one, the metadata, the person.
// @ts-check
import { dateAndTime } from '../inspector/instants.js';
import { t } from '../ui/i18n.js';

/** @import { SetupAnswer, SetupMetadata, SetupState, SetupTick } from './setup.js' */
/** @import { Standing } from './draw.js' */

/**
 * @param {string} step
 * @param {{ state: SetupState, answer: SetupAnswer, metadata: SetupMetadata | null, ticks: SetupTick[] | null }} known
 * @returns {Standing}
 */
export function standingOf(step, { state, answer, metadata, ticks }) {
  if (step === 'plan') return answer.guides.length > 0 ? done(null) : OPEN;
  if (answer.guides.length === 0) return OPEN;
  const tick = ticks?.find((one) => one.step === step);
  if (tick?.state === 'off') return { state: 'off', by: t('setup_state_off') };
  if (step === 'metadata' && metadata?.findings.some(({ severity }) => severity === 'error')) return { state: 'off', by: t('setup_state_off') };
  if (tick?.state === 'done') return done(t('setup_state_seen'));
  if (state.seen?.steps.includes(step)) return done(t('setup_state_seen_at', dateAndTime(state.seen.at)));
  if (step === 'metadata') return metadata === null ? OPEN : done(null);
  return state.done.includes(step) ? done(t('setup_state_hand')) : OPEN;
}

/** @type {Standing} */
const OPEN = { state: 'open', by: null };

/** @param {string | null} by @returns {Standing} */
function done(by) {
  return { state: 'done', by: by ?? t('setup_state_done') };
}
