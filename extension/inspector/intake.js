// Everything by which text comes into the page: the paste box, a paste anywhere, opened files, and what is dropped.
// @ts-check
import { failure, Refusal } from './items.js';

/**
 * @typedef {object} Intake
 * @property {(text: string, source: string | null) => void} take a text, and the name of its file
 * @property {(why: unknown) => void} refuse
 * @property {HTMLElement} veil shown while something is dragged over the page
 */

/**
 * Listens for pastes and drops on the whole page.
 * @param {Document} document
 * @param {Intake} intake
 */
export function listenForText(document, { take, refuse, veil }) {
  document.addEventListener('paste', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isBox = target.id === 'paste';
    if (target.closest('dialog') || (target.closest('input, textarea') && !isBox)) return;
    // Into an empty box, and beside any box, a paste is read at once: a large one would take long to be shown.
    if (isBox && /** @type {HTMLTextAreaElement} */ (target).value !== '') return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.trim() === '') return;
    event.preventDefault();
    take(text, null);
  });

  let depth = 0;
  const show = (/** @type {boolean} */ shown) => {
    depth = shown ? depth : 0;
    veil.hidden = !shown;
  };
  document.addEventListener('dragenter', (event) => {
    if (!carries(event)) return;
    depth += 1;
    show(true);
  });
  document.addEventListener('dragleave', () => {
    depth -= 1;
    if (depth <= 0) show(false);
  });
  document.addEventListener('dragover', (event) => {
    if (carries(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    show(false);
    const { dataTransfer } = event;
    if (!carries(event) || dataTransfer === null) return;
    event.preventDefault();
    if (dataTransfer.files.length > 0) void readFiles([...dataTransfer.files], take).catch(refuse);
    else take(dataTransfer.getData('text/plain'), null);
  });
}

/**
 * Whether a drag brings something to read. Text dragged from one box of the page to another is the browser's business.
 * @param {DragEvent} event
 */
function carries({ dataTransfer, target }) {
  const types = dataTransfer?.types ?? [];
  return types.includes('Files') || (types.includes('text/plain') && !(/** @type {Element} */ (target)).closest?.('input, textarea'));
}

/**
 * Reads files one after the other.
 * @param {File[]} files
 * @param {(text: string, source: string) => void} take
 */
export async function readFiles(files, take) {
  for (const file of files) {
    if (file.size > MOST_BYTES) throw new Refusal(failure('host.file_too_large'));
    let text;
    try {
      text = await file.text();
    } catch {
      throw new Refusal(failure('host.file_unreadable'));
    }
    take(text, file.name);
  }
}

/** Whether a text is metadata, which belongs to the trust desk. @param {string} text */
export function isMetadata(text) {
  return /^\s*(?:<[?!][^>]*>\s*)*<(?:[\w.-]+:)?Entit(?:y|ies)Descriptor[\s>]/.test(beginning(text));
}

/** Whether a text is a role's trust policy, or what IAM says of a role. @param {string} text */
export function isPolicy(text) {
  const start = beginning(text);
  return /^\s*[{[]/.test(start) ? /"(?:AssumeRolePolicyDocument|Statement)"\s*:/.test(start) : /^\s*<GetRoleRes/.test(start);
}

/** @param {string} text */
function beginning(text) {
  return text.slice(0, 4096).replace(/^\ufeff/, '');
}

/** A HAR file of a long session has tens of megabytes; beyond this the browser itself has trouble with one string. */
const MOST_BYTES = 256 * 1024 * 1024;
