// Time left, as a clock face shows it. Times are epoch seconds; the clock is an argument.
// @ts-check

/**
 * Seconds left until `until`, rounded up so that the last second still reads 0:01; 0 when it has passed.
 * @param {number} until
 * @param {number} now
 */
export function secondsLeft(until, now) {
  return Math.max(0, Math.ceil(until - now));
}

/**
 * `4:12`, `59:41`, `11:59:41`.
 * @param {number} seconds whole, not negative
 */
export function clock(seconds) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/**
 * How much of the span from `start` to `end` is left at `now`, from 1 to 0. An empty or reversed span has nothing left.
 * @param {number} start
 * @param {number} end
 * @param {number} now
 */
export function shareLeft(start, end, now) {
  if (!(end > start)) return 0;
  return Math.min(1, Math.max(0, (end - now) / (end - start)));
}
