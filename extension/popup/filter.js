// Which roles a typed text means: words in any order, all of them, in the role's name or its account.
// @ts-check

/** @import { Account, Role } from '../view.js' */

/**
 * One thing a role must match. A run of digits such as "1111 2222" or "1111-2222" is one word, since that is how account numbers are written.
 * @typedef {{ parts: string[], digits: string | null }} Word
 */

/**
 * The text without case and without the compatibility forms of Unicode, so that full-width letters match plain ones.
 * @param {string} text
 */
export function fold(text) {
  return text.normalize('NFKC').toLowerCase();
}

/**
 * The words of a typed text.
 * @param {string} typed
 * @returns {Word[]}
 */
export function words(typed) {
  /** @type {Word[]} */
  const found = [];
  let inDigits = false;
  for (const part of fold(typed).split(/\s+/).filter(Boolean)) {
    const digits = /^[\d-]*\d[\d-]*$/.test(part) ? part.replaceAll('-', '') : null;
    const last = found.at(-1);
    if (digits !== null && inDigits && last) {
      last.parts.push(part);
      last.digits += digits;
    } else {
      found.push({ parts: [part], digits });
    }
    inDigits = digits !== null;
  }
  return found;
}

/**
 * Whether a role of an account is meant.
 * @param {Word[]} wanted
 * @param {Pick<Role, 'name'>} role
 * @param {Pick<Account, 'id' | 'label'>} account
 */
export function matches(wanted, role, account) {
  const text = fold(`${role.name}\n${spoken(account) ?? ''}`);
  return wanted.every((word) => (word.digits !== null && account.id.includes(word.digits))
    || word.parts.every((part) => text.includes(part)));
}

/**
 * The account's label when it says more than the account number.
 * @param {Pick<Account, 'id' | 'label'>} account
 */
export function spoken(account) {
  return account.label.replace(/[\s-]/g, '') === account.id ? null : account.label;
}

/**
 * Twelve digits in groups of four; anything else as it is.
 * @param {string} id
 */
export function groupDigits(id) {
  return /^\d{12}$/.test(id) ? `${id.slice(0, 4)} ${id.slice(4, 8)} ${id.slice(8)}` : id;
}

/**
 * Where the words stand in `text`, as [start, end) pairs for marking. Nothing when folding changes the text's length, since
 * positions would not fit then.
 * @param {Word[]} wanted
 * @param {string} text
 * @returns {[number, number][]}
 */
export function found(wanted, text) {
  const folded = fold(text);
  if (folded.length !== text.length) return [];
  return wanted.flatMap((word) => word.parts).flatMap((part) => {
    const at = folded.indexOf(part);
    return at < 0 ? [] : [/** @type {[number, number]} */ ([at, at + part.length])];
  });
}
