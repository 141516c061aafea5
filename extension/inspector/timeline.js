// The times of a message on one line drawn to scale: what it is valid for, how long AWS takes it, how long the session may last, and
// now, which moves. The same instants stand below as a table, for whoever does not see the drawing.
// @ts-check
import { element, svg } from '../ui/dom.js';
import { t, timeOfDay } from '../ui/i18n.js';
import { dateAndTime, dateOf, DAY, epoch, fromNow, timeOfSecond } from './instants.js';

/** @import { Inspection } from '../inspection.js' */

/** @typedef {{ name: string, at: number, of: string | null }} Instant `name` is a message key, `of` the attribute of SAML it stands in */
/** @typedef {{ name: string, from: number, to: number }} Span */
/** @typedef {{ instants: Instant[], spans: Span[] }} Times */
/** @typedef {{ from: number, to: number, now: number, beyond: 'before' | 'after' | null, ticks: number[] }} Scale `now` from 0 to 1; `beyond` when it lies outside */

/**
 * The instants of a message, in their order, and the spans between them.
 * @param {Inspection} inspection
 * @param {number | null} usableUntil epoch seconds, where the sign-in knows it
 * @returns {Times}
 */
export function timesOf(inspection, usableUntil) {
  const issued = epoch(inspection.issue_instant);
  const begin = epoch(inspection.not_before);
  const end = epoch(inspection.not_on_or_after);
  const usable = epoch(inspection.usable_until) ?? usableUntil;
  const session = epoch(inspection.session_not_on_or_after);
  const authenticated = epoch(inspection.authn_instant);
  const instants = /** @type {[string, number | null, string | null][]} */ ([
    ['time_authenticated', authenticated, 'AuthnInstant'],
    ['time_not_before', begin, 'NotBefore'],
    ['time_issued', issued, 'IssueInstant'],
    ['time_usable', usable, null],
    ['time_not_on_or_after', end, 'NotOnOrAfter'],
    ['time_session', session, 'SessionNotOnOrAfter'],
  ]).flatMap(([name, at, of]) => (at === null ? [] : [{ name, at, of }])).sort((a, b) => a.at - b.at);
  const spans = /** @type {[string, number | null, number | null][]} */ ([
    ['span_valid', begin ?? issued, end],
    ['span_usable', issued, usable],
    ['span_session', authenticated ?? issued, session],
  ]).flatMap(([name, from, to]) => (from === null || to === null || to < from ? [] : [{ name, from, to }]));
  return { instants, spans };
}

/**
 * From the first instant to the last. `now` widens it by at most its own length; farther away it stands at the edge. Null without instants.
 * @param {Times} times
 * @param {number} now epoch seconds
 * @returns {Scale | null}
 */
export function scaleOf({ instants }, now) {
  const [first, last] = [instants[0]?.at, instants.at(-1)?.at];
  if (first === undefined || last === undefined) return null;
  const length = Math.max(last - first, SHORTEST);
  const beyond = now < first - length ? 'before' : now > last + length ? 'after' : null;
  const [from, to] = beyond === null ? [Math.min(first, now), Math.max(last, now)] : [first, last];
  const room = Math.max(to - from, SHORTEST) * MARGIN;
  const scale = { from: from - room, to: from + Math.max(to - from, SHORTEST) + room };
  return { ...scale, now: placeOf(now, scale), beyond, ticks: ticksOf(scale.from, scale.to) };
}

/**
 * Where an instant stands, from 0 to 1.
 * @param {number} at
 * @param {{ from: number, to: number }} scale
 */
export function placeOf(at, { from, to }) {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/**
 * Round instants, at most six, in the reader's own time zone.
 * @param {number} from
 * @param {number} to
 */
export function ticksOf(from, to) {
  const step = STEPS.find((one) => (to - from) / one <= MOST_TICKS) ?? Math.ceil((to - from) / MOST_TICKS / DAY) * DAY;
  const zone = new Date(from * 1000).getTimezoneOffset() * 60;
  const ticks = [];
  for (let at = Math.ceil((from - zone) / step) * step + zone; at <= to; at += step) ticks.push(at);
  return ticks;
}

/**
 * The drawing, the table, and the words for both. Null when the message has no times.
 * @param {Document} document
 * @param {Times} times
 * @param {number} now
 */
export function drawTimeline(document, times, now) {
  const scale = scaleOf(times, now);
  if (scale === null) return null;
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'timeline-title' },
    element(document, 'h3', { class: 'part-title', id: 'timeline-title' }, t('timeline_title')),
    element(document, 'div', { class: 'timeline', id: 'timeline', dir: 'ltr' }, drawScale(document, times, scale)),
    drawTable(document, times, now));
}

/**
 * Moves what depends on the clock.
 * @param {Document} document
 * @param {Times} times
 * @param {number} now
 */
export function tickTimeline(document, times, now) {
  const scale = scaleOf(times, now);
  const drawn = document.getElementById('timeline');
  if (scale === null || drawn === null) return;
  drawn.replaceChildren(drawScale(document, times, scale));
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-from-now]'))) {
    const text = fromNow(Number(cell.dataset.fromNow), now);
    if (cell.textContent !== text) cell.textContent = text;
  }
}

/**
 * @param {Document} document
 * @param {Times} times
 * @param {Scale} scale
 */
function drawScale(document, { instants, spans }, scale) {
  const percent = (/** @type {number} */ at) => `${(placeOf(at, scale) * 100).toFixed(3)}%`;
  const bottom = TOP + spans.length * ROW + 8;
  const days = scale.to - scale.from > DAY;
  const seconds = scale.to - scale.from < 300;
  const tick = (/** @type {number} */ at) => [
    svg(document, 'line', { class: 'tick', x1: percent(at), x2: percent(at), y1: TOP, y2: bottom }),
    words(document, days ? `${dateOf(at)} ${timeOfDay(at)}` : seconds ? timeOfSecond(at) : timeOfDay(at),
      { class: 'tick-text', x: percent(at), y: bottom + 16, 'text-anchor': anchor(placeOf(at, scale)) }),
  ];
  const ticks = days || seconds ? scale.ticks.filter((_, index) => index % 2 === 0) : scale.ticks;
  const bar = (/** @type {Span} */ one, /** @type {number} */ row) => svg(document, 'rect', {
    class: 'span', 'data-span': one.name, x: percent(one.from), y: TOP + row * ROW + 19, width: `${((placeOf(one.to, scale) - placeOf(one.from, scale)) * 100).toFixed(3)}%`, height: 10, rx: 3,
  });
  // A bar's words stand where they have room: from its beginning, or up to its end when it begins late.
  const name = (/** @type {Span} */ one, /** @type {number} */ row) => {
    const late = placeOf(one.from, scale) > 0.5;
    return words(document, t(one.name), { class: 'span-text', x: percent(late ? one.to : one.from), y: TOP + row * ROW + 13, 'text-anchor': late ? 'end' : 'start' });
  };
  const mark = (/** @type {Instant} */ one) => svg(document, 'line', { class: 'instant', x1: percent(one.at), x2: percent(one.at), y1: bottom - 5, y2: bottom + 1 });
  const at = `${(scale.now * 100).toFixed(3)}%`;
  const nowText = t(scale.beyond === null ? 'now' : scale.beyond === 'after' ? 'now_later' : 'now_earlier');
  return svg(document, 'svg', { class: 'scale', width: '100%', height: bottom + 22, role: 'img', 'aria-label': t('timeline_label'), 'aria-describedby': 'times' },
    ...ticks.flatMap(tick),
    ...spans.map(bar),
    svg(document, 'line', { class: 'axis', x1: '0%', x2: '100%', y1: bottom, y2: bottom }),
    ...instants.map(mark),
    svg(document, 'line', { class: 'now', x1: at, x2: at, y1: 16, y2: bottom, 'data-beyond': scale.beyond }),
    ...spans.map(name),
    words(document, nowText, { class: 'now-text', x: at, y: 12, 'text-anchor': anchor(scale.now) }));
}

/** @param {Document} document @param {string} text @param {import('../ui/dom.js').Attributes} attributes */
function words(document, text, attributes) {
  const made = svg(document, 'text', attributes);
  made.textContent = text;
  return made;
}

/** Words at an edge stay inside. @param {number} place */
function anchor(place) {
  return place < 0.08 ? 'start' : place > 0.92 ? 'end' : 'middle';
}

/**
 * @param {Document} document
 * @param {Times} times
 * @param {number} now
 */
function drawTable(document, { instants }, now) {
  return element(document, 'table', { class: 'times', id: 'times' },
    element(document, 'caption', { class: 'unseen' }, t('timeline_title')),
    element(document, 'thead', { class: 'unseen' }, element(document, 'tr', {},
      ...['time_what', 'time_when', 'time_from_now'].map((key) => element(document, 'th', { scope: 'col' }, t(key))))),
    element(document, 'tbody', {}, ...instants.map((one) => element(document, 'tr', {},
      element(document, 'th', { scope: 'row' }, t(one.name), one.of && element(document, 'code', { class: 'dim' }, one.of)),
      element(document, 'td', { class: 'time', title: new Date(one.at * 1000).toISOString() }, dateAndTime(one.at)),
      element(document, 'td', { class: 'time dim', 'data-from-now': one.at }, fromNow(one.at, now))))));
}

/** Seconds; shorter spans are drawn as this long. */
const SHORTEST = 60;
/** Of the whole, at each end. */
const MARGIN = 0.02;
const MOST_TICKS = 6;
/** Seconds between ticks. */
const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY, 14 * DAY];
/** Pixels. */
const TOP = 20;
const ROW = 34;
