// The form of the trust policy that is to be written: its state, what a sign-in fills it with, its drawing, and the wish it comes to.
// @ts-check
import { element, foreign } from '../ui/dom.js';
import { t } from '../ui/i18n.js';

/** @import { Child } from '../ui/dom.js' */
/** @import { PolicyDraft, PolicyWish } from './trust-policy.js' */

/**
 * What stands in the form. Texts are as they were typed.
 * @typedef {object} Form
 * @property {'all' | 'pattern' | 'regions'} audience
 * @property {string[]} regions
 * @property {string} encryptedId
 * @property {boolean} subject whether it is a condition, as with the next
 * @property {string} subjects one on each line
 * @property {boolean} mfa
 * @property {string} mfaKey
 * @property {string} mfaValues
 * @property {boolean} identity
 * @property {string} identities one on each line
 * @property {{ on: boolean, key: string, values: string }[]} tags
 * @property {string} tagKeys
 * @property {string} transitiveTagKeys
 * @property {boolean} sourceIdentity
 */

/**
 * What the sign-in needs, with its own values where a condition could be made of them.
 * @param {PolicyDraft} draft
 * @returns {Form}
 */
export function formOf(draft) {
  const mfa = draft.tags.find(([key]) => /mfa/i.test(key));
  return {
    audience: 'all',
    regions: [...new Set([draft.sign_in_region ?? draft.region])],
    encryptedId: draft.encrypted_id ?? '',
    subject: false,
    subjects: draft.subject ?? '',
    mfa: false,
    mfaKey: mfa?.[0] ?? 'MFA',
    mfaValues: mfa?.[1] ?? 'true',
    identity: false,
    identities: draft.source_identity ?? '',
    tags: draft.tags.filter((tag) => tag !== mfa).map(([key, value]) => ({ on: false, key, values: value })),
    tagKeys: draft.tags.map(([key]) => key).join(', '),
    transitiveTagKeys: draft.transitive_tag_keys.join(', '),
    sourceIdentity: draft.source_identity !== null,
  };
}

/**
 * @param {Form} form
 * @param {{ role: string, provider: string }} pair
 * @returns {PolicyWish}
 */
export function wishOf(form, { role, provider }) {
  const tags = form.tags.filter(({ on }) => on).map(({ key, values }) => ({ key: key.trim(), values: split(values) }));
  if (form.mfa) tags.push({ key: form.mfaKey.trim(), values: split(form.mfaValues) });
  return {
    role,
    provider,
    audience: form.audience,
    regions: form.regions,
    encryptedId: form.encryptedId.trim() || null,
    subjects: form.subject ? lines(form.subjects) : null,
    sourceIdentities: form.identity ? lines(form.identities) : null,
    tags,
    tagKeys: split(form.tagKeys),
    transitiveTagKeys: split(form.transitiveTagKeys),
    sourceIdentity: form.sourceIdentity,
  };
}

/** No value of a session tag holds a comma. @param {string} text */
function split(text) {
  return text.split(/[,\n]/).map((part) => part.trim()).filter(Boolean);
}

/** @param {string} text */
function lines(text) {
  return text.split('\n').map((line) => line.trim()).filter(Boolean);
}

/**
 * The form as it is after the field `field` was changed.
 * @param {Form} form
 * @param {HTMLInputElement | HTMLTextAreaElement} field with `data-form`, and `data-index` of a tag
 * @returns {Form}
 */
export function changed(form, field) {
  const name = field.dataset.form ?? '';
  const value = field.type === 'checkbox' ? /** @type {HTMLInputElement} */ (field).checked : field.value;
  if (name === 'region') {
    const regions = form.regions.filter((region) => region !== field.value);
    return { ...form, regions: value ? [...regions, field.value] : regions };
  }
  if (field.dataset.index === undefined) return { ...form, [name]: value };
  const index = Number(field.dataset.index);
  return { ...form, tags: form.tags.map((tag, at) => (at === index ? { ...tag, [name]: value } : tag)) };
}

/**
 * Shows the fields that belong to what is chosen, and hides the others.
 * @param {ParentNode} root
 * @param {Form} form
 */
export function showChosen(root, form) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-when]'))) {
    const { when, index } = part.dataset;
    const tag = index === undefined ? undefined : form.tags[Number(index)];
    part.hidden = !(when === 'regions' ? form.audience === 'regions' : tag ? tag.on : form[/** @type {'subject' | 'mfa' | 'identity'} */ (when)]);
  }
}

/**
 * @param {Document} document
 * @param {Form} form
 * @param {PolicyDraft} draft
 */
export function drawForm(document, form, draft) {
  const group = (/** @type {string} */ title, /** @type {Child[]} */ ...children) => element(document, 'fieldset', { class: 'policy-group' },
    element(document, 'legend', { class: 'small-title' }, t(title)), ...children);
  return element(document, 'div', { class: 'policy-form' },
    group('policy_form_endpoints',
      radio(document, form, 'all', t('policy_form_all', draft.regions.length), t('policy_form_all_text')),
      radio(document, form, 'regions', t('policy_form_regions'), t('policy_form_regions_text')),
      element(document, 'div', { class: 'policy-regions', role: 'group', 'aria-label': t('policy_form_regions'), hidden: form.audience !== 'regions', 'data-when': 'regions' },
        ...draft.regions.map((region) => element(document, 'label', { class: 'check' },
          element(document, 'input', { type: 'checkbox', value: region, checked: form.regions.includes(region), 'data-form': 'region', 'data-focus': `region-${region}` }), ' ', region))),
      radio(document, form, 'pattern', t('policy_form_pattern'), t('policy_form_pattern_text')),
      field(document, 'encryptedId', form.encryptedId, 'policy_form_encrypted', 'policy_form_encrypted_text')),
    group('policy_form_require',
      condition(document, 'subject', form.subject, 'policy_form_subject', 'SAML:sub', area(document, 'subjects', form.subjects, t('policy_form_subjects'))),
      condition(document, 'mfa', form.mfa, 'policy_form_mfa', 'aws:RequestTag', tagFields(document, 'mfaKey', form.mfaKey, 'mfaValues', form.mfaValues, null),
        element(document, 'p', { class: 'dim' }, t('policy_form_mfa_text'))),
      condition(document, 'identity', form.identity, 'policy_form_identity', 'sts:SourceIdentity', area(document, 'identities', form.identities, t('policy_form_identities'))),
      ...form.tags.map((tag, index) => element(document, 'div', { class: 'policy-condition' },
        element(document, 'label', { class: 'check' },
          element(document, 'input', { type: 'checkbox', checked: tag.on, 'data-form': 'on', 'data-index': index, 'data-focus': `tag-on-${index}` }), ' ',
          element(document, 'span', {}, t('policy_form_tag'), ' ', foreign(document, tag.key, { class: 'code' }))),
        element(document, 'div', { class: 'policy-fields', hidden: !tag.on, 'data-when': 'on', 'data-index': index }, tagFields(document, 'key', tag.key, 'values', tag.values, index)))),
      element(document, 'div', { class: 'actions' },
        element(document, 'button', { class: 'button', type: 'button', 'data-policy': 'add-tag', 'data-focus': 'policy-add-tag' }, t('policy_form_add_tag')))),
    group('policy_form_send',
      field(document, 'tagKeys', form.tagKeys, 'policy_form_tag_keys', 'policy_form_tag_keys_text'),
      field(document, 'transitiveTagKeys', form.transitiveTagKeys, 'policy_form_transitive', 'policy_form_transitive_text'),
      element(document, 'label', { class: 'check' },
        element(document, 'input', { type: 'checkbox', checked: form.sourceIdentity, 'data-form': 'sourceIdentity', 'data-focus': 'policy-source-identity' }), ' ', t('policy_form_source_identity'))));
}

/**
 * @param {Document} document
 * @param {Form} form
 * @param {Form['audience']} value
 * @param {string} label
 * @param {string} text
 */
function radio(document, form, value, label, text) {
  return element(document, 'div', {},
    element(document, 'label', { class: 'check' },
      element(document, 'input', { type: 'radio', name: 'audience', value, checked: form.audience === value, 'data-form': 'audience', 'data-focus': `audience-${value}`, 'aria-describedby': `audience-${value}-text` }), ' ', label),
    element(document, 'p', { class: 'dim check-text', id: `audience-${value}-text` }, text));
}

/**
 * A condition that can be switched on, with its fields while it is.
 * @param {Document} document
 * @param {string} name
 * @param {boolean} on
 * @param {string} label
 * @param {string} key of the condition
 * @param {...Child} fields
 */
function condition(document, name, on, label, key, ...fields) {
  return element(document, 'div', { class: 'policy-condition' },
    element(document, 'label', { class: 'check' },
      element(document, 'input', { type: 'checkbox', checked: on, 'data-form': name, 'data-focus': `policy-${name}` }), ' ',
      element(document, 'span', {}, t(label), ' ', element(document, 'code', { class: 'code dim' }, key))),
    element(document, 'div', { class: 'policy-fields', hidden: !on, 'data-when': name }, ...fields));
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {string} value
 * @param {string} label
 */
function area(document, name, value, label) {
  return element(document, 'label', {},
    element(document, 'span', { class: 'small-title' }, label),
    element(document, 'textarea', { class: 'field', rows: 2, spellcheck: 'false', autocomplete: 'off', 'data-form': name, 'data-focus': `policy-${name}` }, value));
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {string} value
 * @param {string} label
 * @param {string} help
 */
function field(document, name, value, label, help) {
  const id = `policy-${name}`;
  return element(document, 'div', { class: 'policy-field' },
    element(document, 'label', { for: id }, t(label)),
    element(document, 'input', { class: 'field', type: 'text', id, value, spellcheck: 'false', autocomplete: 'off', 'data-form': name, 'data-focus': id, 'aria-describedby': `${id}-help` }),
    element(document, 'p', { class: 'dim', id: `${id}-help` }, t(help)));
}

/**
 * Key and values of a session tag.
 * @param {Document} document
 * @param {string} keyName
 * @param {string} key
 * @param {string} valuesName
 * @param {string} values
 * @param {number | null} index
 */
function tagFields(document, keyName, key, valuesName, values, index) {
  const one = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ label) => element(document, 'label', {},
    element(document, 'span', { class: 'small-title' }, label),
    element(document, 'input', { class: 'field', type: 'text', value, spellcheck: 'false', autocomplete: 'off', 'data-form': name, 'data-index': index, 'data-focus': `policy-${name}-${index}` }));
  return element(document, 'div', { class: 'policy-tag' }, one(keyName, key, t('policy_form_key')), one(valuesName, values, t('policy_form_values')));
}
