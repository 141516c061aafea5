// The verdict on a message or a signature, in words and with a sign. Only `genuine` wears the green one.
// @ts-check
import { element } from '../ui/dom.js';
import { t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Inspection, Verdict } from '../inspection.js' */
/** @import { IconName } from '../ui/icons.js' */

/** @type {Readonly<Record<Verdict, { sign: IconName, tone: 'good' | 'plain' | 'warning' | 'error' }>>} */
const LOOKS = Object.freeze({
  genuine: { sign: 'check', tone: 'good' },
  consistent: { sign: 'note', tone: 'plain' },
  wrapped: { sign: 'error', tone: 'error' },
  broken: { sign: 'error', tone: 'error' },
  unsigned: { sign: 'warning', tone: 'warning' },
  unknown: { sign: 'note', tone: 'plain' },
});

/**
 * @param {Document} document
 * @param {Verdict} verdict
 */
export function drawVerdictTag(document, verdict) {
  const { sign, tone } = LOOKS[verdict];
  return element(document, 'span', { class: 'tag verdict-tag', 'data-tone': tone, 'data-verdict': verdict }, icon(document, sign), t(`verdict_${verdict}`));
}

/**
 * What the verdict means for the whole message.
 * @param {Document} document
 * @param {Inspection} inspection
 * @param {boolean} decrypted whether its assertions were opened in this tab
 */
export function drawVerdict(document, inspection, decrypted) {
  const { verdict } = inspection;
  if (verdict === null) return null;
  const { sign, tone } = LOOKS[verdict];
  const isRequest = inspection.kind === 'authn_request' || inspection.kind === 'logout_request' || inspection.kind === 'logout_response';
  const text = verdict === 'unsigned' && isRequest ? t('verdict_unsigned_request_text')
    : verdict === 'unknown' && inspection.encrypted && !decrypted ? t('verdict_unknown_encrypted_text')
      : t(`verdict_${verdict}_text`);
  return element(document, 'section', { class: 'verdict', 'data-tone': tone, 'data-verdict': verdict, 'aria-labelledby': 'verdict-title' },
    icon(document, sign, 'verdict-sign'),
    element(document, 'div', { class: 'verdict-words' },
      element(document, 'h3', { class: 'verdict-title', id: 'verdict-title' }, t(`verdict_${verdict}`)),
      element(document, 'p', {}, text)),
    element(document, 'button', { class: 'button', type: 'button', 'data-action': 'to-signature', 'data-focus': 'to-signature' }, t('to_signature')));
}
