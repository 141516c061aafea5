// The options page's part about signing certificates: whether they are remembered, what is remembered, and notifications.
// @ts-check
import * as platform from '../platform.js';
import * as certificates from '../ui/certificates.js';
import { byId, element } from '../ui/dom.js';
import { plural, t } from '../ui/i18n.js';
import * as preferences from '../ui/preferences.js';

/**
 * @param {Document} document
 * @param {{ remember: boolean, kept: number, notify: boolean }} shown `kept` certificates
 */
export function drawCertificates(document, { remember, kept, notify }) {
  const choice = (/** @type {string} */ id, /** @type {boolean} */ checked, /** @type {string} */ text) => element(document, 'label', { class: 'toggle', for: id },
    element(document, 'input', { type: 'checkbox', id, checked }), element(document, 'span', {}, t(text)));
  return [
    choice('remember-certificates', remember, 'options_certificates_remember'),
    choice('notify-certificates', notify, 'options_certificates_notify'),
    element(document, 'div', { class: 'certificates-line' },
      element(document, 'span', { class: 'part-count' }, plural('options_certificates_kept', kept)),
      element(document, 'button', { class: 'button', type: 'button', id: 'show-certificates' }, t('menu_certificates')),
      kept > 0 && element(document, 'button', { class: 'button', type: 'button', id: 'forget-certificates' }, t('options_certificates_forget'))),
  ];
}

/**
 * Draws the part and listens to it.
 * @param {Document} document
 * @param {(key: string) => void} say
 */
export async function openCertificates(document, say) {
  const place = byId(document, 'certificates');
  const paint = async () => {
    const [{ certificates: remember }, applications, notify] = await Promise.all([preferences.load(), certificates.load(), platform.mayNotify()]);
    const focus = document.activeElement?.id;
    place.replaceChildren(...drawCertificates(document, { remember, notify, kept: applications.reduce((sum, one) => sum + one.certificates.length, 0) }));
    if (focus && document.activeElement === document.body) (document.getElementById(focus) ?? document.getElementById('show-certificates'))?.focus();
  };
  place.addEventListener('change', (event) => {
    const { id, checked } = /** @type {HTMLInputElement} */ (event.target);
    event.stopPropagation();
    const done = () => say('options_saved');
    const failed = () => say('options_not_saved');
    if (id === 'remember-certificates') void preferences.save({ certificates: checked }).then(done, failed);
    // The browser asks, in the turn of the click.
    else void (checked ? platform.requestNotifications() : platform.dropNotifications()).then(paint).then(checked ? remind : done, failed);
  });
  place.addEventListener('click', (event) => {
    const id = /** @type {Element} */ (event.target).closest('button')?.id;
    if (id === 'show-certificates') void platform.showPage('certificates/certificates.html');
    if (id === 'forget-certificates') {
      void platform.sendMessage({ kind: 'forgetCertificates', application: null })
        .then(({ ok }) => say(ok ? 'certificates_forgotten' : 'options_not_saved'), () => say('options_not_saved'));
    }
  });
  platform.onStorageChanged((changes, area) => {
    if (area === 'local' && (changes[certificates.KEY] || changes[preferences.KEY])) void paint();
  });
  await paint();

  /** What is due already is shown at once. */
  async function remind() {
    if (await platform.mayNotify()) await platform.sendMessage({ kind: 'remind' });
  }
}
