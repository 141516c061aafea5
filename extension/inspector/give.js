// Giving text to the user as a file, or in base64.
// @ts-check

/**
 * Saves text as a file. By a Blob: a `data:` address would leave the whole content in the browser's history.
 * @param {Document} document
 * @param {string} name of the file
 * @param {string} text
 * @param {string} type MIME type
 */
export function save(document, name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR);
}

/**
 * Text as base64 of its UTF-8 bytes.
 * @param {string} text
 */
export function base64(text) {
  let binary = '';
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** Milliseconds; the browser has begun to save by then. */
const KEPT_FOR = 60_000;
