// The popup's strip about a signing certificate that ends soon. It looks after itself: draws what is due, follows what is stored, and
// asks the background to dismiss it. Popups of private windows show nothing of it. The popup loads it after its first paint.
// @ts-check
import * as platform from '../platform.js';
import * as certificates from '../ui/certificates.js';
import { byId, element } from '../ui/dom.js';
import { t } from '../ui/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Reminder } from '../rotation.js' */

/**
 * @param {Document} document
 * @param {Reminder} reminder
 * @param {number} now epoch seconds
 */
export function drawReminder(document, reminder, now) {
  return element(document, 'div', { class: 'reminder', 'data-level': reminder.level },
    icon(document, 'warning', 'severity-warning'),
    element(document, 'p', { class: 'reminder-text', id: 'reminder-text', dir: 'auto' },
      element(document, 'strong', { class: 'severity-warning' }, t('severity_warning')), ' ', certificates.sentence(reminder, now)),
    element(document, 'button', { class: 'notices-inspect', type: 'button', id: 'reminder-show', 'data-action': 'certificates', 'data-focus': 'reminder-show', 'aria-describedby': 'reminder-text' }, t('reminder_show')),
    element(document, 'button', { class: 'icon-button', type: 'button', id: 'reminder-dismiss', 'data-focus': 'reminder-dismiss', 'aria-label': t('reminder_dismiss'), title: t('reminder_dismiss') }, icon(document, 'close')));
}

/**
 * Keeps `#reminder` to what is due.
 * @param {Document} document
 * @param {(part: string | null) => void} giveFocus to the part of that name, if the focus was lost
 */
export async function showReminder(document, giveFocus) {
  const place = byId(document, 'reminder');
  /** @type {Reminder | null} */
  let due = null;
  const paint = async () => {
    const now = Math.floor(Date.now() / 1000);
    due = certificates.reminder(await certificates.load(), now);
    const focus = place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.focus : undefined;
    place.replaceChildren(...(due ? [drawReminder(document, due, now)] : []));
    if (focus) giveFocus(focus);
  };
  place.addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('#reminder-dismiss');
    if (button && due) void platform.sendMessage({ kind: 'dismissReminder', application: due.id });
  });
  platform.onStorageChanged((changes, area) => {
    if (area === 'local' && changes[certificates.KEY]) void paint();
  });
  await paint();
}
