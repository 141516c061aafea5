// The Summary tab: the verdict, who, by whom, for whom, when, how and until when, the findings, and the roles by account.
// @ts-check
import { groupDigits } from '../popup/filter.js';
import { drawNotice, splitPath } from '../popup/draw.js';
import { element, foreign } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { drawRemedy } from '../ui/finding.js';
import { icon } from '../ui/icons.js';
import { dateAndTime, epoch, fromNow, span } from './instants.js';
import { drawTimeline, timesOf } from './timeline.js';
import { drawVerdict } from './verdict.js';

/** @import { Child } from '../ui/dom.js' */
/** @import { Authentication, Inspection } from '../inspection.js' */
/** @import { Item } from './items.js' */

/** @typedef {[label: string, values: Child[]]} Fact the values are drawn one below the other; a fact without any is left out */

/**
 * @param {Document} document
 * @param {Item & { inspection: Inspection }} item
 * @param {number} now epoch seconds
 */
export function drawSummary(document, item, now) {
  const { inspection } = item;
  const isResponse = inspection.kind === 'response' || inspection.kind === 'assertion';
  return element(document, 'div', { class: 'summary' },
    drawVerdict(document, inspection, item.decrypted !== null),
    inspection.encrypted && drawEncrypted(document, item.decrypted !== null),
    drawFindings(document, inspection),
    inspection.authentication && drawSignedIn(document, inspection, inspection.authentication, now),
    drawFacts(document, isResponse ? factsOfResponse(document, inspection) : factsOfRequest(document, inspection)),
    isResponse && drawTimeline(document, timesOf(inspection, item.signIn?.usableUntil ?? null), now),
    isResponse && inspection.roles.length > 0 && drawRoles(document, inspection),
    isResponse && drawTags(document, inspection));
}

/**
 * @param {Document} document
 * @param {boolean} opened
 */
function drawEncrypted(document, opened) {
  return element(document, 'section', { class: 'banner', 'data-decrypted': String(opened) },
    icon(document, 'lock'),
    element(document, 'p', {}, t(opened ? 'decrypted_here' : 'encrypted_text')),
    !opened && element(document, 'button', { class: 'button', type: 'button', 'data-action': 'to-decrypt', 'data-focus': 'to-decrypt' }, t('decrypt_here')));
}

/**
 * The worst few; all of them, with causes and fixes, have a tab of their own.
 * @param {Document} document
 * @param {Inspection} inspection
 */
function drawFindings(document, { findings }) {
  const rest = findings.length - WORST;
  return element(document, 'section', { class: 'part findings', 'aria-labelledby': 'findings-title' },
    element(document, 'div', { class: 'part-head' },
      element(document, 'h3', { class: 'part-title', id: 'findings-title' }, findings.length > 0 ? plural('findings', findings.length) : t('no_findings')),
      findings.length > 0 && element(document, 'button', { class: 'button', type: 'button', 'data-action': 'to-finding', 'data-index': 0, 'data-focus': 'to-findings' }, t('to_findings'))),
    findings.length === 0
      ? element(document, 'p', { class: 'dim' }, t('no_findings_text'))
      : element(document, 'ul', { class: 'notices', role: 'list' }, ...findings.slice(0, WORST).map((finding) => drawNotice(document, finding))),
    rest > 0 && element(document, 'p', { class: 'more-findings' }, element(document, 'button', {
      class: 'link', type: 'button', 'data-action': 'to-finding', 'data-index': WORST, 'data-focus': 'more-findings',
    }, plural('more_findings', rest))));
}

/**
 * How the person signed in at the identity provider, and how AWS can ask for a second factor.
 * @param {Document} document
 * @param {Inspection} inspection
 * @param {Authentication} authentication
 * @param {number} now epoch seconds
 */
function drawSignedIn(document, { provider, issuer }, { mfa, at, tenant, methods, context, object_id: object, display_name: name, device, require_mfa: require }, now) {
  const instant = epoch(at);
  const where = provider ?? issuer ?? t('provider_unknown');
  const code = (/** @type {string | null} */ text) => text && foreign(document, text, { class: 'code' });
  const facts = /** @type {Fact[]} */ ([
    ['fact_methods', methods.map(code)],
    ['fact_class', [code(context)]],
    ['fact_person', [name && foreign(document, name), code(object)]],
    ['fact_device', Object.entries(device).map(([claim, value]) => foreign(document, `${claim}: ${value}`))],
  ]);
  return element(document, 'section', { class: 'part signed-in', 'aria-labelledby': 'signed-in-title', 'data-mfa': String(mfa) },
    element(document, 'h3', { class: 'part-title', id: 'signed-in-title' }, t('signed_in_title')),
    element(document, 'p', { class: 'signed-in-sentence', dir: 'auto' }, t(mfa === null ? 'signed_in_unsaid' : mfa ? 'signed_in_yes' : 'signed_in_no',
      instant === null ? t('signed_in_no_time') : fromNow(instant, now),
      tenant === null ? where : t('signed_in_tenant', where, tenant))),
    drawFactList(document, facts),
    require && element(document, 'details', { class: 'require-mfa' },
      element(document, 'summary', {}, t('require_mfa')),
      ...drawRemedy(document, { ...require, cause: null, page: null }, 'require-mfa')));
}

/**
 * @param {Document} document
 * @param {Fact[]} facts
 */
function drawFacts(document, facts) {
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'facts-title' },
    element(document, 'h3', { class: 'part-title', id: 'facts-title' }, t('facts_title')),
    drawFactList(document, facts));
}

/**
 * @param {Document} document
 * @param {Fact[]} facts
 */
function drawFactList(document, facts) {
  const given = facts.map(([label, values]) => /** @type {Fact} */ ([label, values.filter((value) => value !== null && value !== undefined && value !== false)]))
    .filter(([, values]) => values.length > 0);
  if (given.length === 0) return null;
  return element(document, 'dl', { class: 'facts' }, ...given.map(([label, values]) => element(document, 'div', {},
    element(document, 'dt', {}, t(label)),
    ...values.map((value) => element(document, 'dd', {}, value)))));
}

/**
 * @param {Document} document
 * @param {Inspection} of
 * @returns {Fact[]}
 */
function factsOfResponse(document, of) {
  const said = (/** @type {string | null} */ text, /** @type {string} */ look = '') => text && foreign(document, text, { class: look });
  const uri = (/** @type {string | null} */ text) => said(text, 'code');
  return [
    ['fact_status', statusOf(document, of)],
    ['fact_who', [said(of.name_id ?? (of.encrypted ? null : t('identity_unknown')), 'strong'), uri(of.name_id_format)]],
    ['fact_session_name', [said(of.role_session_name)]],
    ['fact_source_identity', [said(of.source_identity)]],
    ['fact_by', [said(of.provider, 'strong'), uri(of.issuer)]],
    ['fact_for', [...(of.recipients.length > 0 ? of.recipients : [of.destination]).map(uri), of.partition && t(`partition_${of.partition.replaceAll('-', '_')}`)]],
    ['fact_audience', of.audiences.map(uri)],
    ['fact_when', [instant(of.authn_instant) ?? instant(of.issue_instant)]],
    ['fact_until', [instant(of.not_on_or_after)]],
    ['fact_session_end', [instant(of.session_not_on_or_after)]],
    ['fact_session_duration', [of.session_duration !== null && span(of.session_duration)]],
    ['fact_in_response_to', [uri(of.in_response_to)]],
    ['fact_relay_state', [uri(of.relay_state)]],
    ['fact_id', [uri(of.id)]],
  ];
}

/**
 * @param {Document} document
 * @param {Inspection} of
 * @returns {Fact[]}
 */
function factsOfRequest(document, of) {
  const uri = (/** @type {string | null} */ text) => text && foreign(document, text, { class: 'code' });
  return [
    ['fact_kind', [of.kind && t(`kind_${of.kind}_text`)]],
    ['fact_status', statusOf(document, of)],
    ['fact_asks', [of.provider && of.provider !== of.issuer && foreign(document, of.provider, { class: 'strong' }), uri(of.issuer)]],
    ['fact_for', [uri(of.destination ?? of.url)]],
    ['fact_who', [of.name_id && foreign(document, of.name_id, { class: 'strong' }), uri(of.name_id_format)]],
    ['fact_when', [instant(of.issue_instant)]],
    ['fact_until', [instant(of.not_on_or_after)]],
    ['fact_context', [uri(of.authn_context)]],
    ...(of.details ?? []).map(([label, value]) => /** @type {Fact} */ ([label, [uri(value)]])),
    ['fact_in_response_to', [uri(of.in_response_to)]],
    ['fact_relay_state', [uri(of.relay_state)]],
    ['fact_id', [uri(of.id)]],
  ];
}

/**
 * The status, when there is one to speak of: in SAML's own words, and the provider's message.
 * @param {Document} document
 * @param {Inspection} of
 * @returns {Child[]}
 */
function statusOf(document, { status }) {
  if (status === null) return [];
  const names = status.codes.map((code) => code.replace(/^urn:oasis:names:tc:SAML:2\.0:status:/, ''));
  return [names.length > 0 && foreign(document, names.join(' › '), { class: 'strong' }), status.message && foreign(document, status.message)];
}

/** @param {string | null} text RFC 3339 */
function instant(text) {
  const at = epoch(text);
  return at === null ? text : dateAndTime(at);
}

/**
 * The roles under their accounts, in the order of the accounts' first role.
 * @param {{ role: string, provider: string }[]} roles
 * @returns {Map<string, { name: string, role: string, provider: string }[]>}
 */
export function byAccount(roles) {
  const accounts = new Map();
  for (const { role, provider } of roles) {
    const parts = role.split(':');
    const account = parts[4] ?? '';
    const name = parts.slice(5).join(':').replace(/^role\//, '');
    if (!accounts.has(account)) accounts.set(account, []);
    accounts.get(account).push({ name, role, provider });
  }
  return accounts;
}

/**
 * @param {Document} document
 * @param {Inspection} inspection
 */
function drawRoles(document, { roles }) {
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'roles-title' },
    element(document, 'h3', { class: 'part-title', id: 'roles-title' }, plural('roles', roles.length)),
    element(document, 'div', { class: 'accounts' }, ...[...byAccount(roles)].map(([account, of]) => element(document, 'div', { class: 'account' },
      element(document, 'h4', { class: 'account-name' }, foreign(document, groupDigits(account), { class: 'account-id' })),
      element(document, 'ul', { role: 'list' }, ...of.map(({ name, role, provider }) => {
        const [path, leaf] = splitPath(name);
        return element(document, 'li', { class: 'role', title: `${role}\n${provider}` },
          element(document, 'bdi', {}, path && element(document, 'span', { class: 'dim' }, path), leaf), ' ',
          foreign(document, splitPath(provider)[1], { class: 'dim role-provider' }));
      }))))));
}

/**
 * Session tags.
 * @param {Document} document
 * @param {Inspection} inspection
 */
function drawTags(document, { principal_tags: tags, transitive_tag_keys: transitive }) {
  const entries = Object.entries(tags);
  if (entries.length === 0) return null;
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'tags-title' },
    element(document, 'h3', { class: 'part-title', id: 'tags-title' }, t('tags_title')),
    element(document, 'dl', { class: 'facts' }, ...entries.map(([key, value]) => element(document, 'div', {},
      element(document, 'dt', {}, foreign(document, key), transitive.includes(key) && element(document, 'span', { class: 'tag' }, t('tag_transitive'))),
      element(document, 'dd', {}, foreign(document, value))))));
}

/** Findings that the summary shows. */
const WORST = 3;
