// The CloudTrail tab: what CloudTrail records of a sign-in to one of its roles, what finds it, and the session's last events, which are
// asked for at a click.
// @ts-check
import { trailOf } from '../core/desk.js';
import * as platform from '../platform.js';
import { drawFailure } from '../popup/draw.js';
import { element, foreign } from '../ui/dom.js';
import { allow, cloudTrailHost } from '../ui/hosts.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { host } from './crypto.js';
import { dateAndTime } from './instants.js';
import { failure, failureOf } from './items.js';

/** @import { CloudTrailEvent, Trail, TrailSession, TrailText } from '../calls.js' */
/** @import { ReadEventsResponse } from '../protocol.js' */
/** @import { KeptView } from '../state.js' */
/** @import { Page, Panel, ReadItem } from './panels.js' */

/**
 * @param {ReadItem} item
 * @param {Page} page
 * @param {(text: string, said: string) => void} give puts a text on the clipboard
 * @returns {Promise<Panel>}
 */
export async function openTrail(item, page, give) {
  const { document } = page;
  const pairs = item.inspection.roles;
  let sessions = await sessionsOf(item);
  const live = pairs.findIndex((pair) => sessions.has(keyOf(pair)));
  let pair = pairs[Math.max(0, live)];
  if (pair === undefined) return { nodes: [element(document, 'p', { class: 'blank' }, t('trail_no_role'))] };

  /** @type {string | null} */
  let region = null;
  /** @type {Trail | null} */
  let trail = null;
  /** Counts the drawings: one that ends late draws over none that began after it. */
  let drawing = 0;
  const facts = element(document, 'div', {});
  const asking = element(document, 'div', {});
  const answer = element(document, 'div', { class: 'trail-answer' });
  const texts = element(document, 'div', {});
  const regions = element(document, 'select', { class: 'field', id: 'trail-region', 'data-focus': 'trail-region', 'data-trail': 'region' });

  async function draw() {
    drawing += 1;
    const mine = drawing;
    const drawn = await trailOf(item.decrypted ?? item.xml, /** @type {{ role: string, provider: string }} */ (pair), item.inspection.url, sessionOf(), region, host);
    if (mine !== drawing) return;
    trail = drawn;
    facts.replaceChildren(drawFacts(document, trail));
    regions.replaceChildren(...trail.regions.map((one) => element(document, 'option', { value: one, selected: one === trail?.region }, one)));
    asking.replaceChildren(drawAsking(document, item, sessionOf(), trail));
    texts.replaceChildren(...drawTexts(document, trail.texts));
  }

  const sessionOf = () => (pair ? sessions.get(keyOf(pair)) ?? null : null);

  /** Credentials may have come, or gone. */
  async function follow() {
    const before = sessionOf()?.accessKeyId;
    sessions = await sessionsOf(item);
    if (sessionOf()?.accessKeyId === before) return;
    answer.replaceChildren();
    await draw();
  }

  /** Called in the turn of the click, which the browser's question insists on. @param {HTMLElement} button */
  async function showEvents(button) {
    if (button.getAttribute('aria-busy') === 'true') return;
    const asked = { pair, region: trail?.region ?? '' };
    const isCurrent = () => asked.pair === pair && asked.region === (region ?? trail?.region);
    const allowed = allow(cloudTrailHost(asked.region));
    button.setAttribute('aria-busy', 'true');
    try {
      if (!(await allowed)) return refuse(failure('host.call_not_allowed'));
      /** @type {ReadEventsResponse} */
      const read = await platform.sendMessage({ kind: 'readEvents', signIn: item.key, role: asked.pair?.role ?? '', provider: asked.pair?.provider ?? '', region: asked.region });
      if (!isCurrent()) return;
      if (!read.ok) return refuse(read.failure);
      answer.replaceChildren(...drawEvents(document, read.events, read.more));
      page.say(read.events.length === 0 ? t('trail_events_none') : plural('events', read.events.length));
    } catch (error) {
      if (isCurrent()) refuse(failureOf(error));
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  /** @param {import('../view.js').Failure} why */
  function refuse(why) {
    const drawn = drawFailure(document, why, null);
    drawn.setAttribute('role', 'alert');
    answer.replaceChildren(drawn);
  }

  await draw();
  return {
    nodes: [element(document, 'div', { class: 'trail' },
      element(document, 'section', { class: 'part', 'aria-labelledby': 'trail-title' },
        element(document, 'h3', { class: 'part-title', id: 'trail-title' }, t('trail_title')),
        element(document, 'p', { class: 'part-text' }, t('trail_intro')),
        element(document, 'div', { class: 'trail-choices' },
          choice(document, 'trail-role', 'trail_role', element(document, 'select', { class: 'field', id: 'trail-role', 'data-focus': 'trail-role', 'data-trail': 'role' },
            ...pairs.map((one, at) => element(document, 'option', { value: at, selected: one === pair }, roleName(one.role))))),
          choice(document, 'trail-region', 'trail_region', regions)),
        facts),
      element(document, 'section', { class: 'part', 'aria-labelledby': 'trail-events-title' },
        element(document, 'h3', { class: 'part-title', id: 'trail-events-title' }, t('trail_events_title')), asking, answer),
      texts)],
    change: (changed) => {
      if (changed.dataset.trail === 'role') {
        pair = pairs[Number(changed.value)] ?? pair;
        region = null;
      } else if (changed.dataset.trail === 'region') region = changed.value;
      else return;
      answer.replaceChildren();
      void draw().catch((error) => refuse(failureOf(error)));
    },
    signInsChanged: () => void follow().catch((error) => refuse(failureOf(error))),
    actions: {
      'trail-events': (button) => void showEvents(button),
      'trail-copy': (button) => give(trail?.texts[Number(button.dataset.index)]?.text ?? '', t('trail_copied')),
    },
  };
}

/**
 * What is no secret about the credentials that are held for a captured sign-in, by role and provider.
 * @param {ReadItem} item
 * @returns {Promise<Map<string, TrailSession>>}
 */
async function sessionsOf(item) {
  if (item.signIn === null) return new Map();
  const views = await platform.session.get(['view', 'view:private']);
  const all = [views['view'], views['view:private']].flatMap((/** @type {KeptView | undefined} */ view) => view?.sessions ?? []);
  const of = all.filter((session) => session.signIn === item.key && session.expiration > Date.now() / 1000);
  return new Map(of.map((session) => [keyOf({ role: session.arn, provider: session.provider }), session.key]));
}

/** @param {{ role: string, provider: string }} pair */
function keyOf({ role, provider }) {
  return `${role}\n${provider}`;
}

/** The account and the role's name, as a choice lists them. @param {string} arn */
function roleName(arn) {
  const [, , , , account, ...resource] = arn.split(':');
  return `${account} · ${resource.join(':').replace(/^role\//, '')}`;
}

/**
 * @param {Document} document
 * @param {string} id
 * @param {string} key
 * @param {HTMLElement} field
 */
function choice(document, id, key, field) {
  return element(document, 'div', { class: 'trail-choice' }, element(document, 'label', { class: 'small-title', for: id }, t(key)), field);
}

/**
 * @param {Document} document
 * @param {Trail} trail
 */
function drawFacts(document, trail) {
  const code = (/** @type {string | null} */ text) => text !== null && foreign(document, text, { class: 'code' });
  const row = (/** @type {string} */ key, /** @type {Node | string | false} */ value) => value !== false && element(document, 'div', {},
    element(document, 'dt', {}, t(key)), element(document, 'dd', {}, value));
  return element(document, 'dl', { class: 'facts' },
    row('trail_session_arn', code(trail.session_arn)),
    row('trail_access_key', code(trail.access_key_id) || element(document, 'span', { class: 'dim' }, t('trail_access_key_none'))),
    row('trail_principal', code(trail.principal_id)),
    row('trail_signed_in_region', code(trail.sign_in_region)),
    row('trail_since', code(trail.since)));
}

/**
 * @param {Document} document
 * @param {ReadItem} item
 * @param {TrailSession | null} session
 * @param {Trail} trail
 */
function drawAsking(document, item, session, trail) {
  if (session === null) return element(document, 'p', { class: 'part-text' }, t(item.signIn === null ? 'trail_events_pasted' : 'trail_events_without'));
  return element(document, 'div', {},
    element(document, 'p', { class: 'part-text', id: 'trail-before' }, t('trail_events_before', cloudTrailHost(trail.region) ?? trail.region)),
    element(document, 'div', { class: 'actions' }, element(document, 'button', {
      class: 'button button-primary', type: 'button', 'data-action': 'trail-events', 'data-focus': 'trail-events', 'aria-describedby': 'trail-before',
    }, t('trail_events_show'))));
}

/**
 * @param {Document} document
 * @param {CloudTrailEvent[]} events newest first
 * @param {boolean} more
 * @returns {Node[]}
 */
export function drawEvents(document, events, more) {
  if (events.length === 0) return [element(document, 'p', { class: 'part-text' }, t('trail_events_none'))];
  const cell = (/** @type {string} */ text, look = '') => element(document, 'td', { class: look || null }, foreign(document, text));
  return [
    element(document, 'div', { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': t('trail_events_label') }, element(document, 'table', { class: 'table' },
      element(document, 'thead', {}, element(document, 'tr', {},
        ...['trail_time', 'trail_service', 'trail_action', 'trail_resource', 'trail_error'].map((key) => element(document, 'th', { scope: 'col' }, t(key))))),
      element(document, 'tbody', {}, ...events.map((event) => element(document, 'tr', { 'data-event': event.id, 'data-error': event.error },
        element(document, 'td', { class: 'time' }, event.time === null ? '' : dateAndTime(event.time)),
        cell(event.service), cell(event.name),
        element(document, 'td', {}, ...event.resources.map(({ type, name }) => element(document, 'div', { title: type || null }, foreign(document, name, { class: 'code' })))),
        element(document, 'td', { class: 'trail-error' }, event.error && icon(document, 'error', 'severity-error'), event.error && foreign(document, event.error))))))),
    ...(more ? [element(document, 'p', { class: 'part-text' }, t('trail_events_more'))] : []),
  ];
}

/**
 * @param {Document} document
 * @param {TrailText[]} texts
 */
function drawTexts(document, texts) {
  const numbered = texts.map((text, index) => ({ ...text, index }));
  return ['command', 'link', 'event', 'query'].map((kind) => element(document, 'section', { class: 'part', 'aria-labelledby': `trail-${kind}` },
    element(document, 'h3', { class: 'part-title', id: `trail-${kind}` }, t(`trail_kind_${kind}`)),
    element(document, 'p', { class: 'part-text' }, t(`trail_kind_${kind}_text`)),
    ...numbered.filter((text) => text.kind === kind).map((text) => (kind === 'link' ? drawLink(document, text) : drawText(document, text)))));
}

/**
 * @param {Document} document
 * @param {TrailText & { index: number }} text
 */
function drawText(document, { id, text, index }) {
  return element(document, 'div', { class: 'trail-text', 'data-text': id },
    element(document, 'div', { class: 'part-head' },
      element(document, 'h4', { class: 'part-title', id: `trail-${id}` }, t(`trail_${id}`)),
      element(document, 'button', { class: 'button', type: 'button', 'data-action': 'trail-copy', 'data-index': index, 'data-focus': `trail-copy-${id}`, 'aria-describedby': `trail-${id}` }, icon(document, 'copy'), t('trail_copy'))),
    element(document, 'pre', { class: 'trail-code', tabindex: 0, role: 'region', 'aria-labelledby': `trail-${id}`, dir: 'ltr' }, text));
}

/**
 * @param {Document} document
 * @param {TrailText} text
 */
function drawLink(document, { id, text }) {
  return element(document, 'p', { class: 'trail-link', 'data-text': id },
    element(document, 'a', { href: text, target: '_blank', rel: 'noreferrer', 'data-focus': `trail-${id}`, title: t('trail_open') }, t(`trail_${id}`)));
}
