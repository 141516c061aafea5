// The Trust policy tab's frame: which role is meant, the box for its policy with what was read from AWS, and the written policy.
// @ts-check
import { language } from '../platform.js';
import { drawFailure } from '../popup/draw.js';
import { groupDigits } from '../popup/filter.js';
import { element, foreign } from '../ui/dom.js';
import { hint, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';
import { dateAndTime, span } from './instants.js';
import { drawFacts } from './policy-check.js';
import { byAccount } from './summary.js';

/** @import { RoleFacts } from '../calls.js' */
/** @import { Failure } from '../view.js' */
/** @import { WrittenPolicy } from './trust-policy.js' */

/** @typedef {{ role: string, provider: string }} Pair */
/** @typedef {RoleFacts & { alias: string | null, aliasRefused: Failure | null }} RoleRead */
/** @typedef {'check' | 'write'} Mode */

/** What a written policy comes as: `name` is of the file. */
export const FORMATS = Object.freeze(/** @type {const} */ ([
  { id: 'json', label: 'policy_as_json', name: 'trust-policy.json', type: 'application/json' },
  { id: 'cli_update', label: 'policy_as_cli_update', name: 'trust-policy.sh', type: 'text/x-shellscript' },
  { id: 'cli_create', label: 'policy_as_cli_create', name: 'trust-policy.sh', type: 'text/x-shellscript' },
  { id: 'cloud_formation', label: 'policy_as_cloud_formation', name: 'role.yaml', type: 'application/yaml' },
  { id: 'terraform', label: 'policy_as_terraform', name: 'role.tf', type: 'text/plain' },
  { id: 'terraform_document', label: 'policy_as_terraform_document', name: 'role.tf', type: 'text/plain' },
]));

/** @typedef {(typeof FORMATS)[number]['id']} FormatId */

/**
 * @param {Document} document
 * @param {Pair[]} offered
 * @param {Pair} chosen
 * @param {boolean} typed whether the ARNs are typed
 * @param {Mode} mode
 */
export function drawFrame(document, offered, chosen, typed, mode) {
  const arn = (/** @type {'role' | 'provider'} */ name, /** @type {string} */ label, /** @type {string} */ sample) => element(document, 'label', {},
    element(document, 'span', { class: 'small-title' }, t(label)),
    element(document, 'input', { class: 'field code', type: 'text', value: chosen[name], placeholder: sample, spellcheck: 'false', autocomplete: 'off', dir: 'ltr', 'data-pair': name, 'data-focus': `policy-${name}` }));
  return element(document, 'div', { class: 'policy', id: 'policy' },
    element(document, 'section', { class: 'part policy-pair', 'aria-label': t('policy_role') },
      offered.length > 0 && element(document, 'label', {},
        element(document, 'span', { class: 'small-title' }, t('policy_role')),
        drawChoice(document, offered, chosen, typed)),
      typed && element(document, 'div', { class: 'policy-arns' },
        arn('role', 'policy_role_arn', 'arn:aws:iam::111122223333:role/NAME'),
        arn('provider', 'policy_provider_arn', 'arn:aws:iam::111122223333:saml-provider/NAME')),
      !typed && element(document, 'p', { class: 'dim policy-provider' }, t('policy_provider'), ' ', foreign(document, chosen.provider, { class: 'code' })),
      element(document, 'div', { id: 'policy-pair-failure', role: 'alert' })),
    element(document, 'fieldset', { class: 'segments' },
      element(document, 'legend', { class: 'unseen' }, t('policy_mode')),
      ...(/** @type {const} */ (['check', 'write'])).map((one) => element(document, 'label', { class: 'segment' },
        element(document, 'input', { type: 'radio', name: 'policy-mode', value: one, checked: one === mode, 'data-mode': one, 'data-focus': `policy-mode-${one}` }),
        element(document, 'span', {}, t(`policy_mode_${one}`))))),
    element(document, 'div', { id: 'policy-body' }),
    element(document, 'p', { class: 'unseen', id: 'policy-said', role: 'status' }));
}

/**
 * @param {Document} document
 * @param {Pair[]} offered
 * @param {Pair} chosen
 * @param {boolean} typed
 */
function drawChoice(document, offered, chosen, typed) {
  const place = (/** @type {Pair} */ one) => offered.findIndex(({ role, provider }) => role === one.role && provider === one.provider);
  const at = typed ? -1 : place(chosen);
  return element(document, 'select', { class: 'field', id: 'policy-role', 'data-focus': 'policy-choice' },
    ...[...byAccount(offered)].map(([account, roles]) => element(document, 'optgroup', { label: groupDigits(account) },
      ...roles.map((one) => element(document, 'option', { value: place(one), selected: place(one) === at }, one.name)))),
    element(document, 'option', { value: 'typed', selected: typed }, t('policy_role_other')));
}

/**
 * The box for a policy.
 * @param {Document} document
 * @param {string} text
 * @param {boolean} captured whether the sign-in went through this browser, so that there may be credentials
 */
export function drawBox(document, text, captured) {
  const box = element(document, 'textarea', {
    class: 'field policy-text', id: 'policy-text', rows: 12, wrap: 'off', spellcheck: 'false', autocomplete: 'off', dir: 'ltr', placeholder: t('policy_placeholder'), 'aria-describedby': 'policy-help', 'data-focus': 'policy-text',
  });
  box.value = text;
  return element(document, 'section', { class: 'part', 'aria-labelledby': 'policy-label' },
    element(document, 'label', { class: 'part-title', id: 'policy-label', for: 'policy-text' }, t('policy_text')),
    element(document, 'p', { class: 'part-text', id: 'policy-help' }, t('policy_text_help')),
    box,
    element(document, 'div', { class: 'actions' },
      captured && element(document, 'button', { class: 'button', type: 'button', 'data-policy': 'read', 'data-focus': 'policy-read' }, t('policy_read')),
      element(document, 'button', { class: 'button', type: 'button', 'data-policy': 'open', 'data-focus': 'policy-open' }, t('open_file')),
      element(document, 'button', { class: 'button button-quiet', type: 'button', 'data-policy': 'clear', 'data-focus': 'policy-clear', hidden: text === '' }, t('policy_clear'))),
    element(document, 'div', { id: 'policy-aws' }));
}

/**
 * What AWS said of the role.
 * @param {Document} document
 * @param {RoleRead} role
 */
export function drawRead(document, { name, description, maxSessionDuration, lastUsed, alias, aliasRefused }) {
  const row = (/** @type {string} */ label, /** @type {import('../ui/dom.js').Child[]} */ ...values) => element(document, 'div', {},
    element(document, 'dt', {}, t(label)), ...values.filter(Boolean).map((value) => element(document, 'dd', {}, value)));
  const refused = aliasRefused && [aliasRefused.text, aliasRefused.hint].map(hint).filter(Boolean).join(' ');
  return element(document, 'section', { class: 'box', 'aria-label': t('policy_read_title') },
    element(document, 'h3', {}, t('policy_read_title')),
    element(document, 'dl', { class: 'facts' },
      row('policy_read_role', foreign(document, name, { class: 'strong' }), description ? foreign(document, description, { class: 'dim' }) : null),
      row('policy_read_session', span(maxSessionDuration), element(document, 'span', { class: 'dim' }, t('policy_read_session_text'))),
      row('policy_read_used', lastUsed === null ? t('policy_read_not_used') : dateAndTime(lastUsed)),
      row('policy_read_alias', alias !== null ? foreign(document, alias) : element(document, 'span', { class: 'dim' }, refused || t('policy_read_no_alias')))));
}

/**
 * Why AWS did not say it. That it refuses is an answer like any other; without credentials it was not asked.
 * @param {Document} document
 * @param {Failure} failure
 */
export function drawNotRead(document, failure) {
  if (failure.code !== 'host.no_credentials') return drawFailure(document, failure, null);
  return element(document, 'div', { class: 'banner', 'data-code': failure.code }, icon(document, 'note'), element(document, 'p', {}, t('policy_read_no_credentials')));
}

/**
 * The policy as it was written.
 * @param {Document} document
 * @param {WrittenPolicy} written
 * @param {FormatId} format
 */
export function drawWritten(document, written, format) {
  const text = written[format];
  const action = (/** @type {string} */ name, /** @type {string} */ key, look = '') => element(document, 'button', {
    class: `button ${look}`.trim(), type: 'button', 'data-policy': name, 'data-focus': `policy-${name}`,
  }, t(key));
  return [
    element(document, 'section', { class: 'part', 'aria-labelledby': 'policy-written' },
      element(document, 'h3', { class: 'part-title', id: 'policy-written' }, t('policy_written')),
      element(document, 'p', { class: 'part-text', id: 'policy-characters', 'data-over': String(written.characters > written.quota) },
        t('policy_characters', count(written.characters), count(written.quota))),
      element(document, 'fieldset', { class: 'segments' },
        element(document, 'legend', { class: 'unseen' }, t('policy_as')),
        ...FORMATS.map(({ id, label }) => element(document, 'label', { class: 'segment' },
          element(document, 'input', { type: 'radio', name: 'policy-format', value: id, checked: id === format, 'data-format': id, 'data-focus': `policy-as-${id}` }),
          element(document, 'span', {}, t(label))))),
      text === null
        ? element(document, 'p', { class: 'dim policy-none' }, t('policy_no_cloud_formation'))
        : element(document, 'pre', { class: 'policy-code', id: 'policy-code', tabindex: 0, role: 'group', dir: 'ltr', 'aria-label': t('policy_written') }, text),
      element(document, 'div', { class: 'actions' },
        text !== null && action('copy', 'policy_copy', 'button-primary'), text !== null && action('save', 'policy_save'), action('try', 'policy_try'))),
    written.facts.length > 0 && drawFacts(document, written.facts, null),
  ].filter((node) => node !== false);
}

/** @param {number} number */
function count(number) {
  return new Intl.NumberFormat(language()).format(number);
}
