// How a step stands, from everything that may say so: the sign-in that is looked at, an earlier one, the metadata, the person.
// @ts-check
/** @import { SetupAnswer, SetupMetadata, SetupState, SetupTick } from './setup.js' */
/** @import { Standing } from './draw.js' */

/**
 * @param {string} step
 * @param {{ state: SetupState, answer: SetupAnswer, metadata: SetupMetadata | null, ticks: SetupTick[] | null }} known
 * @returns {Standing}
 */
export function standingOf(step, { state, answer, metadata, ticks }) {
  if (step === 'plan') return answer.guides.length > 0 ? done('setup_state_done') : OPEN;
  if (answer.guides.length === 0) return OPEN;
  const tick = ticks?.find((one) => one.step === step);
  if (tick?.state === 'off') return OFF;
  if (step === 'metadata' && metadata?.findings.some(({ severity }) => severity === 'error')) return OFF;
  if (tick?.state === 'done') return done('setup_state_seen');
  if (state.seen?.steps.includes(step)) return done('setup_state_seen_at', state.seen.at);
  if (step === 'metadata') return metadata === null ? OPEN : done('setup_state_done');
  return state.done.includes(step) ? done('setup_state_hand') : OPEN;
}

/** @type {Standing} */
const OPEN = { state: 'open', said: null, at: null };

/** @type {Standing} */
const OFF = { state: 'off', said: 'setup_state_off', at: null };

/** @param {string} said @param {number | null} [at] @returns {Standing} */
function done(said, at = null) {
  return { state: 'done', said, at };
}
