// The certificates page's drawing: pure functions of the document and what the core said. A part that does something carries
// `data-action`; certificates.js listens for those. `data-focus` names a part across repaints.
// @ts-check
import { dateOf } from '../inspector/instants.js';
import { drawImport } from '../inspector/trust.js';
import { pairs } from '../inspector/signature.js';
import { element, foreign, svg } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { CertificateRow, Rotation } from '../rotation.js' */

/**
 * What a part is drawn from.
 * @typedef {object} Shown
 * @property {string | null} id of the application; null when only pins are known of the issuer
 * @property {Rotation} rotation
 * @property {string[]} ders in the order of `KnownApplication.certificates`
 * @property {(string | null)[]} fingerprints SHA-256, hexadecimal, in the same order
 * @property {boolean} comparing whether the box for metadata is open
 * @property {'metadata' | 'iam'} from what the box takes
 * @property {string[]} hosts that metadata can be fetched from
 * @property {number} now epoch seconds
 */

/**
 * One application.
 * @param {Document} document
 * @param {Shown} shown
 * @param {number} place on the page
 */
export function drawApplication(document, shown, place) {
  const { rotation, id } = shown;
  const title = `application-${place}`;
  return element(document, 'section', { class: 'part', 'aria-labelledby': title, 'data-issuer': rotation.issuer, 'data-phase': rotation.phase },
    element(document, 'div', { class: 'part-head' },
      element(document, 'div', { class: 'part-words' },
        element(document, 'h2', { class: 'part-title', id: title }, foreign(document, rotation.provider)),
        element(document, 'p', { class: 'issuer' }, foreign(document, rotation.issuer)),
        element(document, 'p', { class: 'phase', 'data-severity': rotation.severity }, t(key(rotation.phase))))),
    rotation.advice.length > 0 && element(document, 'ul', { class: 'said-list', role: 'list' }, ...rotation.advice.map((one) => drawAdvice(document, one))),
    element(document, 'h3', { class: 'sub' }, t('certificates_of')),
    element(document, 'ul', { class: 'rows', role: 'list' }, ...rotation.certificates.map((row) => drawRow(document, shown, row))),
    drawSteps(document, rotation, title),
    shown.comparing && drawCompare(document, shown),
    id !== null && element(document, 'div', { class: 'part-foot' },
      element(document, 'button', { class: 'button', type: 'button', 'data-action': 'compare', 'data-application': id, 'data-focus': `compare\n${id}`, 'aria-expanded': String(shown.comparing) },
        t(shown.comparing ? 'compare_close' : 'compare_open')),
      element(document, 'button', { class: 'button button-quiet', type: 'button', 'data-action': 'forget', 'data-application': id, 'data-focus': `forget\n${id}` }, t('certificates_forget'))));
}

/** @param {string} code */
function key(code) {
  return code.replaceAll('.', '_');
}

/**
 * @param {Document} document
 * @param {Rotation['advice'][number]} advice
 */
function drawAdvice(document, { code, args, severity }) {
  return element(document, 'li', { class: 'notice', 'data-severity': severity, 'data-code': code },
    icon(document, severity, `severity-${severity}`),
    element(document, 'div', { class: 'notice-body' },
      element(document, 'p', { class: 'notice-text', dir: 'auto' },
        element(document, 'strong', { class: `severity-${severity}` }, t(`severity_${severity}`)), ' ', t(key(code), ...args)),
      element(document, 'p', { class: 'notice-hint', dir: 'auto' }, t(`${key(code)}_hint`, ...args))));
}

/**
 * One certificate: what it is, how long it lasts, where it was met.
 * @param {Document} document
 * @param {Shown} shown
 * @param {CertificateRow} row
 */
function drawRow(document, shown, row) {
  const { rotation, ders, fingerprints, now } = shown;
  const der = ders[row.index] ?? '';
  const print = fingerprints[row.index];
  const tone = row.state === 'rotation.signs' || row.state === 'rotation.signs_too' ? 'good' : row.state === 'rotation.announced' ? 'warning' : null;
  return element(document, 'li', { class: 'row', 'data-state': row.state, 'data-der': der },
    element(document, 'div', { class: 'row-line' },
      foreign(document, row.subject, { class: 'row-subject' }),
      element(document, 'span', { class: 'tag', 'data-tone': tone }, t(key(row.state)))),
    drawLine(document, rotation.certificates, row, now),
    element(document, 'dl', { class: 'facts' },
      ...fact(document, 'certificate_valid', t('cert_from_to', dateOf(row.not_before), dateOf(row.not_after)), ' ',
        element(document, 'span', { class: 'ends', 'data-level': row.reminder }, daysOf(row.days_left))),
      ...fact(document, 'certificate_signed', row.first_seen === null || row.last_seen === null ? t('certificate_never') : fromTo(row.first_seen, row.last_seen)),
      ...fact(document, 'certificate_sts', t(row.refused !== null && row.refused > (row.accepted ?? 0) ? 'certificate_refused' : row.accepted !== null ? 'certificate_accepted' : 'certificate_unasked',
        dateOf(Math.max(row.refused ?? 0, row.accepted ?? 0)))),
      ...fact(document, 'sha256_short', print ? element(document, 'code', { class: 'code' }, pairs(print)) : '')),
    element(document, 'div', { class: 'marks' },
      drawMark(document, 'metadata', row.in_metadata),
      drawMark(document, 'aws', row.in_aws),
      drawMark(document, 'pin', row.pinned)),
    element(document, 'div', { class: 'row-actions' },
      element(document, 'button', {
        class: 'button', type: 'button', 'data-action': row.pinned ? 'unpin' : 'pin', 'data-issuer': rotation.issuer, 'data-der': der, 'data-focus': `pin\n${der}`,
        'aria-label': row.pinned ? t('unpin_this', row.subject, rotation.issuer) : t('pin_label', row.subject, rotation.issuer),
      }, t(row.pinned ? 'unpin_short' : 'pin_short'))));
}

/** @param {number} from @param {number} to */
function fromTo(from, to) {
  return dateOf(from) === dateOf(to) ? dateOf(from) : t('cert_from_to', dateOf(from), dateOf(to));
}

/** @param {number} days */
function daysOf(days) {
  return days < 0 ? plural('cert_expired_days', -days) : plural('cert_days_left', days);
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {...(Node | string)} content
 */
function fact(document, name, ...content) {
  return [element(document, 'dt', {}, t(name)), element(document, 'dd', {}, ...content)];
}

/**
 * Whether a side has the certificate; null when nobody looked.
 * @param {Document} document
 * @param {string} name
 * @param {boolean | null} has
 */
function drawMark(document, name, has) {
  const answer = has === null ? 'unknown' : has ? 'yes' : 'no';
  return element(document, 'span', { class: 'tag', 'data-tone': has === null || (name === 'pin' && !has) ? null : has ? 'good' : 'warning', 'data-mark': name, 'data-has': answer },
    has === true && icon(document, 'check'), has === false && name !== 'pin' && icon(document, 'close'), t(`mark_${name}_${answer}`));
}

/**
 * The certificate's life on the scale of all of them: when it is valid, when it signed, and now. The facts below say the same.
 * @param {Document} document
 * @param {CertificateRow[]} all
 * @param {CertificateRow} row
 * @param {number} now
 */
function drawLine(document, all, row, now) {
  const from = Math.min(now, ...all.map((one) => one.not_before));
  const to = Math.max(now, ...all.map((one) => one.not_after));
  const at = (/** @type {number} */ time) => Math.round(1000 * Math.min(1, Math.max(0, (time - from) / Math.max(1, to - from))));
  const span = (/** @type {string} */ look, /** @type {number} */ begin, /** @type {number} */ end, /** @type {number} */ y, /** @type {number} */ height) =>
    svg(document, 'rect', { class: look, x: at(begin), y, width: Math.max(4, at(end) - at(begin)), height });
  return svg(document, 'svg', { class: 'line', viewBox: '0 0 1000 18', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    span('line-valid', row.not_before, row.not_after, 7, 4),
    ...(row.first_seen !== null && row.last_seen !== null ? [span('line-seen', row.first_seen, row.last_seen, 5, 8)] : []),
    svg(document, 'path', { class: 'line-now', d: `M${at(now)} 1V17` }));
}

/**
 * The steps, the commands with the one that uploads.
 * @param {Document} document
 * @param {Rotation} rotation
 * @param {string} title
 */
function drawSteps(document, rotation, title) {
  const quiet = rotation.steps.every((step) => step.state !== 'now');
  const list = element(document, 'ol', { class: 'steps' }, ...rotation.steps.map((step) => element(document, 'li', { class: 'step', 'data-state': step.state, 'data-code': step.code },
    element(document, 'p', { class: 'step-text' }, step.state !== 'later' && element(document, 'span', { class: 'unseen' }, `${t(`step_${step.state}`)} `), t(key(step.code))),
    step.code.startsWith('rotation.metadata_') && rotation.key_descriptor !== null && drawDescriptor(document, rotation.key_descriptor, title),
    step.code === 'rotation.upload' && drawCommands(document, rotation, title))));
  if (quiet) return element(document, 'details', {}, element(document, 'summary', { 'data-focus': `steps\n${title}` }, t('steps_title')), list);
  return element(document, 'section', { 'aria-labelledby': `${title}-steps` }, element(document, 'h3', { class: 'sub', id: `${title}-steps` }, t('steps_title')), list);
}

/**
 * @param {Document} document
 * @param {string} text
 * @param {string} title
 */
function drawDescriptor(document, text, title) {
  return element(document, 'details', {},
    element(document, 'summary', { 'data-focus': `descriptor\n${title}` }, t('key_descriptor')),
    element(document, 'p', { class: 'dim' }, t('key_descriptor_text')),
    drawCommand(document, text, `descriptor-copy\n${title}`, t('setup_copy_label', t('key_descriptor'))));
}

/**
 * @param {Document} document
 * @param {Rotation} rotation
 * @param {string} title
 */
function drawCommands(document, { commands, terraform }, title) {
  if (commands.length === 0) return element(document, 'p', { class: 'dim' }, t('commands_none'));
  const [first, ...others] = commands.map(({ provider, account, get, update }) => element(document, 'div', { 'data-provider': provider },
    element(document, 'p', { class: 'command-title' }, t('commands_account', account)),
    drawCommand(document, get, `get\n${title}\n${provider}`, t('copy_get', account)),
    drawCommand(document, update, `update\n${title}\n${provider}`, t('copy_update', account))));
  return element(document, 'div', { class: 'commands' },
    first,
    others.length > 0 && element(document, 'details', {}, element(document, 'summary', { 'data-focus': `others\n${title}` }, plural('commands_others', others.length)), ...others),
    terraform !== '' && element(document, 'details', {},
      element(document, 'summary', { 'data-focus': `terraform\n${title}` }, t('commands_terraform')),
      drawCommand(document, terraform, `terraform-copy\n${title}`, t('copy_terraform'))));
}

/**
 * @param {Document} document
 * @param {string} text
 * @param {string} focus
 * @param {string} label
 */
function drawCommand(document, text, focus, label) {
  return element(document, 'div', { class: 'command' },
    element(document, 'pre', { dir: 'ltr' }, text),
    element(document, 'button', { class: 'button', type: 'button', 'data-action': 'copy', 'data-focus': focus, 'aria-label': label }, icon(document, 'copy'), t('copy')));
}

/**
 * The box that takes metadata, and from which side it is.
 * @param {Document} document
 * @param {Shown} shown
 */
function drawCompare(document, { id, from, hosts }) {
  const choice = (/** @type {'metadata' | 'iam'} */ value) => element(document, 'label', { class: 'from' },
    element(document, 'input', { type: 'radio', name: 'from', value, checked: from === value, 'data-focus': `from-${value}` }), t(`compare_from_${value}`));
  return element(document, 'div', { class: 'compare', id: 'compare', 'data-application': id },
    element(document, 'fieldset', {}, element(document, 'legend', {}, t('compare_from')), choice('metadata'), choice('iam')),
    drawImport(document, hosts),
    element(document, 'div', { id: 'metadata-failure', role: 'alert' }));
}

/**
 * The line about notifications.
 * @param {Document} document
 * @param {boolean} allowed
 */
export function drawReminders(document, allowed) {
  return element(document, 'div', { class: 'bar-line' },
    icon(document, 'clock'),
    element(document, 'p', {}, t(allowed ? 'reminders_on' : 'reminders_text')),
    element(document, 'button', { class: 'button', type: 'button', 'data-action': allowed ? 'mute' : 'notify', 'data-focus': 'notify' }, t(allowed ? 'reminders_stop' : 'reminders_allow')));
}

/**
 * @param {Document} document
 * @param {boolean} remembering
 */
export function drawEmpty(document, remembering) {
  return element(document, 'section', { class: 'empty', id: 'empty' },
    element(document, 'h2', { class: 'empty-title' }, t('certificates_empty')),
    element(document, 'p', {}, t(remembering ? 'certificates_empty_text' : 'certificates_off')));
}
