// Words: every one of them comes from `_locales` through here.
// @ts-check
import { language, message } from '../platform.js';

/** @import { Message } from '../view.js' */

/**
 * The message `key` with `args` in its placeholders. A key that `_locales` lacks is shown as it is: a bug that can be seen.
 * @param {string} key
 * @param {...(string | number)} args
 * @returns {string}
 */
export function t(key, ...args) {
  return message(key, args.map(String)) || key;
}

/**
 * The message for a count: `key_one`, `key_few` ... as the language has it, else `key_other`. The count is the first placeholder.
 * @param {string} key
 * @param {number} count
 * @returns {string}
 */
export function plural(key, count) {
  const number = new Intl.NumberFormat(language()).format(count);
  return message(`${key}_${new Intl.PluralRules(language()).select(count)}`, [number]) || t(`${key}_other`, number);
}

/**
 * What the core said. When the words for it are missing, the code itself is shown in a sentence.
 * @param {Message} said
 * @param {string} code
 * @returns {string}
 */
export function say(said, code) {
  return message(said.key, said.args) || t('unworded', code);
}

/**
 * What to do about it; '' where there is nothing to say.
 * @param {Message | null} said
 * @returns {string}
 */
export function hint(said) {
  return said === null ? '' : message(said.key, said.args);
}

/**
 * Fills a page's own HTML: `data-i18n="key"` gets the text, `data-i18n-NAME="key"` the attribute NAME.
 * @param {Document} document
 */
export function translate(document) {
  document.documentElement.lang = language();
  document.documentElement.dir = t('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
  for (const found of document.querySelectorAll('[data-i18n]')) {
    found.textContent = t(found.getAttribute('data-i18n') ?? '');
  }
  for (const name of ['title', 'placeholder', 'aria-label']) {
    for (const found of document.querySelectorAll(`[data-i18n-${name}]`)) {
      found.setAttribute(name, t(found.getAttribute(`data-i18n-${name}`) ?? ''));
    }
  }
}

/**
 * A time of day in the user's way, such as "14:32".
 * @param {number} at epoch seconds
 */
export function timeOfDay(at) {
  return new Intl.DateTimeFormat(language(), { hour: 'numeric', minute: '2-digit' }).format(at * 1000);
}

/**
 * How long ago, such as "3 minutes ago".
 * @param {number} seconds not negative
 */
export function ago(seconds) {
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'narrow' });
  if (seconds < 60) return t('just_now');
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute');
  return format.format(-Math.floor(seconds / 3600), 'hour');
}
