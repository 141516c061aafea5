// The first step: what someone wants. Drawn once; what depends on what was typed is filled in beside the fields.
// @ts-check
import { REGIONS } from '../regions.js';
import { element } from '../ui/dom.js';
import { plural, say, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { SetupDraft, SetupProblem } from './setup.js' */

export const PRODUCTS = Object.freeze(['entra', 'okta', 'adfs', 'google', 'ping', 'keycloak', 'other']);

/** Seconds of a session that are offered; '' leaves it to AWS. */
const DURATIONS = Object.freeze(['', '3600', '7200', '14400', '28800', '43200']);

/**
 * @param {Document} document
 * @param {SetupDraft} draft
 */
export function drawForm(document, draft) {
  const row = (/** @type {string} */ name, /** @type {Node} */ control, /** @type {string | null} */ help) => element(document, 'div', { class: 'row', 'data-field': name },
    element(document, 'label', { class: 'row-label', for: `draft-${name}` }, t(`setup_draft_${name}`)),
    control,
    help !== null && element(document, 'p', { class: 'row-help', id: `help-${name}` }, t(help)),
    element(document, 'p', { class: 'row-problem', id: `problem-${name}` }));
  const input = (/** @type {'account' | 'provider' | 'role' | 'instance'} */ name, /** @type {string} */ placeholder) => element(document, 'input', {
    class: 'field', id: `draft-${name}`, name, value: draft[name], placeholder, autocomplete: 'off', spellcheck: 'false', dir: 'ltr', 'data-focus': `draft-${name}`, 'aria-describedby': `help-${name} problem-${name}`,
  });
  const durations = DURATIONS.includes(draft.duration) ? DURATIONS : [...DURATIONS, draft.duration];
  return element(document, 'form', { class: 'plan', id: 'plan', novalidate: true },
    row('product', select(document, 'product', ['', ...PRODUCTS].map((id) => [id, t(id === '' ? 'setup_choose' : `setup_product_${id}`)]), draft.product), null),
    row('partition', select(document, 'partition', Object.keys(REGIONS).map((id) => [id, t(`partition_${id.replaceAll('-', '_')}`)]), draft.partition), null),
    row('account', input('account', '111122223333'), 'setup_help_account'),
    row('provider', input('provider', 'MyIdentityProvider'), 'setup_help_provider'),
    row('role', input('role', 'Developer'), 'setup_help_role'),
    row('instance', input('instance', '1'), 'setup_help_instance'),
    row('duration', select(document, 'duration', durations.map((seconds) => [seconds, seconds === '' ? t('setup_duration_none') : plural('setup_hours', Number(seconds) / 3600)]), draft.duration), 'setup_help_duration'),
    element(document, 'details', { class: 'more', open: draft.regions.length > 0 },
      element(document, 'summary', { 'data-focus': 'fold-regions' }, icon(document, 'chevron', 'text-chevron'), t('setup_draft_regions')),
      element(document, 'fieldset', {},
        element(document, 'legend', { class: 'row-help' }, t('setup_help_regions')),
        element(document, 'div', { class: 'regions', id: 'regions' }, ...drawRegions(document, draft)))),
    element(document, 'details', { class: 'more', open: draft.tags.length > 0 || draft.mfa || draft.sourceIdentity },
      element(document, 'summary', { 'data-focus': 'fold-session' }, icon(document, 'chevron', 'text-chevron'), t('setup_draft_session')),
      element(document, 'fieldset', { class: 'session' },
        element(document, 'legend', { class: 'row-help' }, t('setup_help_session')),
        check(document, 'mfa', draft.mfa),
        check(document, 'sourceIdentity', draft.sourceIdentity),
        element(document, 'h3', { class: 'row-label' }, t('setup_draft_tags')),
        element(document, 'p', { class: 'row-help' }, t('setup_help_tags')),
        element(document, 'ul', { class: 'tags', id: 'tags', role: 'list' }, ...drawTags(document, draft.tags)),
        element(document, 'p', { class: 'row-problem', id: 'problem-tags' }),
        element(document, 'button', { class: 'button', type: 'button', 'data-action': 'add-tag', 'data-focus': 'add-tag' }, t('setup_add_tag')))));
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {string[][]} options id and words
 * @param {string} chosen
 */
function select(document, name, options, chosen) {
  return element(document, 'span', { class: 'select' },
    element(document, 'select', { class: 'field', id: `draft-${name}`, name, 'data-focus': `draft-${name}`, 'aria-describedby': `problem-${name}` },
      ...options.map(([id = '', words = '']) => element(document, 'option', { value: id, selected: id === chosen }, words))),
    icon(document, 'chevron'));
}

/** @param {Document} document @param {'mfa' | 'sourceIdentity'} name @param {boolean} checked */
function check(document, name, checked) {
  return element(document, 'label', { class: 'check' },
    element(document, 'input', { type: 'checkbox', name, checked, 'data-focus': `draft-${name}` }),
    element(document, 'span', {}, t(name === 'mfa' ? 'setup_draft_mfa' : 'setup_draft_source_identity')));
}

/**
 * A box for each region of the partition but its own.
 * @param {Document} document
 * @param {SetupDraft} draft
 */
export function drawRegions(document, draft) {
  const all = REGIONS[/** @type {keyof typeof REGIONS} */ (draft.partition)] ?? [];
  return all.map((region) => element(document, 'label', { class: 'check' },
    element(document, 'input', { type: 'checkbox', name: 'region', value: region, checked: draft.regions.includes(region), 'data-focus': `region-${region}` }),
    element(document, 'span', { dir: 'ltr' }, region)));
}

/** @param {Document} document @param {SetupDraft['tags']} tags */
export function drawTags(document, tags) {
  return tags.map(([key, source], at) => element(document, 'li', { class: 'tag-row' },
    ...(/** @type {const} */ ([['key', key, 'setup_tag_key', 'setup_tag_key_short'], ['source', source, 'setup_tag_source', 'setup_tag_source_short']])).map(([part, value, label, short]) => element(document, 'input', {
      class: 'field', name: `tag-${part}`, value, 'data-tag': at, 'aria-label': t(label, at + 1), placeholder: t(short), autocomplete: 'off', spellcheck: 'false', dir: 'ltr', 'data-focus': `tag-${part}-${at}`,
    })),
    element(document, 'button', { class: 'icon-button', type: 'button', 'data-action': 'remove-tag', 'data-tag': at, 'data-focus': `remove-tag-${at}`, 'aria-label': t('setup_remove_tag', at + 1), title: t('setup_remove_tag', at + 1) }, icon(document, 'close'))));
}

/**
 * What was typed.
 * @param {HTMLFormElement} form
 * @returns {SetupDraft}
 */
export function readForm(form) {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '');
  const keys = data.getAll('tag-key').map(String);
  const sources = data.getAll('tag-source').map(String);
  return {
    product: text('product'),
    partition: text('partition'),
    account: text('account'),
    provider: text('provider'),
    role: text('role'),
    regions: data.getAll('region').map(String),
    duration: text('duration'),
    instance: text('instance'),
    tags: keys.map((key, at) => [key, sources[at] ?? '']),
    mfa: data.has('mfa'),
    sourceIdentity: data.has('sourceIdentity'),
  };
}

/**
 * Says beside each field what is wrong with it, once someone has been there.
 * @param {Element} form
 * @param {SetupProblem[]} problems
 * @param {ReadonlySet<string>} touched names of fields
 */
export function showProblems(form, problems, touched) {
  for (const place of form.querySelectorAll('.row-problem')) {
    const name = place.id.slice('problem-'.length);
    const problem = touched.has(name) ? problems.find(({ field }) => field === name) : undefined;
    const words = problem ? say(problem.text, problem.code) : '';
    if (place.textContent !== words) place.textContent = words;
    form.querySelector(`#draft-${name}`)?.setAttribute('aria-invalid', String(problem !== undefined));
  }
}
