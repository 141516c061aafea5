// Instants, as people read them. The core writes them as RFC 3339; here they are epoch seconds, and the clock is an argument.
// @ts-check
import { language } from '../platform.js';
import { t } from '../ui/i18n.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Epoch seconds; null for what is no instant.
 * @param {string | null | undefined} text RFC 3339
 */
export function epoch(text) {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at / 1000;
}

/** @param {number} at epoch seconds */
export function timeOfSecond(at) {
  return new Intl.DateTimeFormat(language(), { hour: 'numeric', minute: '2-digit', second: '2-digit' }).format(at * 1000);
}

/** @param {number} at epoch seconds */
export function dateAndTime(at) {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'medium' }).format(at * 1000);
}

/** @param {number} at epoch seconds */
export function dateOf(at) {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(at * 1000);
}

/**
 * How far from now, such as "in 4 minutes" or "3 days ago".
 * @param {number} at epoch seconds
 * @param {number} now
 */
export function fromNow(at, now) {
  const away = Math.trunc(at - now);
  const size = Math.abs(away);
  if (size === 0) return t('now');
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'always' });
  if (size < 2 * MINUTE) return format.format(away, 'second');
  if (size < 2 * HOUR) return format.format(Math.trunc(away / MINUTE), 'minute');
  if (size < 2 * DAY) return format.format(Math.trunc(away / HOUR), 'hour');
  return format.format(Math.trunc(away / DAY), 'day');
}

/**
 * A span of seconds in its two largest units, such as "1 h 30 min".
 * @param {number} seconds not negative
 */
export function span(seconds) {
  const parts = /** @type {const} */ ([['day', DAY], ['hour', HOUR], ['minute', MINUTE], ['second', 1]]);
  const first = parts.findIndex(([, size]) => seconds >= size);
  if (first < 0) return unit(0, 'second');
  return parts.slice(first, first + 2)
    .map(([name, size], index) => [name, Math.floor((index === 0 ? seconds : seconds % (parts[first]?.[1] ?? 1)) / size)])
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => unit(Number(count), String(name))).join(' ');
}

/**
 * @param {number} count
 * @param {string} name
 */
function unit(count, name) {
  return new Intl.NumberFormat(language(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(count);
}

/**
 * Whole days until an instant; below 0 once it has passed.
 * @param {number} at epoch seconds
 * @param {number} now
 */
export function daysLeft(at, now) {
  return Math.floor((at - now) / DAY);
}
