// The small icons, drawn on a 16-unit grid in the colour of the text around them. Decorative: the words stand beside them.
// @ts-check
import { svg } from './dom.js';

/** Path data, stroked. */
const PATHS = Object.freeze({
  copy: 'M5.5 5.5h7v8h-7z M10.5 5.5v-3h-7v8h2',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  chevron: 'M4.5 6.5L8 10l3.5-3.5',
  back: 'M9.5 4.5L6 8l3.5 3.5',
  search: 'M7 2.75a4.25 4.25 0 1 0 0 8.5a4.25 4.25 0 1 0 0-8.5z M10.2 10.2L13.5 13.5',
  more: 'M3 7.3a.7.7 0 1 0 0 1.4a.7.7 0 1 0 0-1.4z M8 7.3a.7.7 0 1 0 0 1.4a.7.7 0 1 0 0-1.4z M13 7.3a.7.7 0 1 0 0 1.4a.7.7 0 1 0 0-1.4z',
  close: 'M4 4l8 8 M12 4l-8 8',
  clock: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z M8 4.8V8l2.2 1.6',
  error: 'M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2z M8 4.8v3.7 M8 11.2h.01',
  warning: 'M8 2.2L14.4 13.4H1.6z M8 6.4v3.2 M8 11.4h.01',
  note: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z M8 7.4v3.6 M8 5h.01',
  private: 'M1.8 7.2h12.4 M4.2 7l1-4.2h5.6l1 4.2 M4.8 9.2a2 2 0 1 0 0 4a2 2 0 1 0 0-4z M11.2 9.2a2 2 0 1 0 0 4a2 2 0 1 0 0-4z M6.8 11.2c.8-.6 1.6-.6 2.4 0',
  container: 'M2.5 4.8L8 2l5.5 2.8v6.4L8 14l-5.5-2.8z M2.5 4.8L8 7.6l5.5-2.8 M8 7.6V14',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7 M13.2 2v3.2H10',
  link: 'M2 5.5h12 M2 8h9 M2 10.5h6',
  clear: 'M3 4.5h10 M6 4.5V3h4v1.5 M4.2 4.5l.6 8.5h6.4l.6-8.5',
  paste: 'M5.5 3.5h-2v10h9v-10h-2 M5.8 2.2h4.4v2.6H5.8z',
  keyboard: 'M1.8 4h12.4v8H1.8z M4.5 6.7h.01 M7 6.7h.01 M9.5 6.7h.01 M11.8 6.7h.01 M5 9.5h6',
  settings: 'M2.5 5h4 M10.5 5h3 M8.5 3a2 2 0 1 0 0 4a2 2 0 1 0 0-4z M2.5 11h2 M8.5 11h5 M6.5 9a2 2 0 1 0 0 4a2 2 0 1 0 0-4z',
  lock: 'M3.5 7.2h9v6.3h-9z M5.4 7V5a2.6 2.6 0 0 1 5.2 0v2',
});

/** @typedef {keyof typeof PATHS} IconName */

/**
 * @param {Document} document
 * @param {IconName} name
 * @param {string} [extra] classes besides `icon`
 */
export function icon(document, name, extra = '') {
  return svg(document, 'svg', { class: `icon ${extra}`.trim(), viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    svg(document, 'path', { d: PATHS[name] }));
}

/**
 * The mark: the list of those who were called, and the one who answers holds the key.
 * @param {Document} document
 * @param {string} [extra]
 */
export function mark(document, extra = '') {
  return svg(document, 'svg', { class: `mark ${extra}`.trim(), viewBox: '0 0 128 128', 'aria-hidden': 'true', focusable: 'false' },
    svg(document, 'rect', { class: 'mark-plate', width: 128, height: 128, rx: 30 }),
    svg(document, 'path', { class: 'mark-rows', d: 'M32 30h64M32 98h64' }),
    svg(document, 'path', { class: 'mark-key', d: 'M42 50a14 14 0 1 0 0 28a14 14 0 1 0 0-28zM56 64h42M78 64v13M93 64v13' }));
}
