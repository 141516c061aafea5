// Putting text that does not exist yet on the clipboard.
// @ts-check

/**
 * Copies the text that `pending` will give. Call it in the turn of a click or key: the clipboard is asked at once and handed
 * a promise, because Firefox refuses a write that starts after the answer has come back. A rejected `pending` rejects here
 * with its own error; a clipboard that will not take the text rejects with `ClipboardError`.
 * @param {Promise<string>} pending
 * @returns {Promise<void>}
 */
export async function copyWhenReady(pending) {
  const blob = pending.then((text) => new Blob([text], { type: 'text/plain' }));
  blob.catch(() => {}); // reported through `pending` below
  let refusal = null;
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  } catch (error) {
    refusal = error;
  }
  const text = await pending;
  if (refusal === null) return;
  // A browser that takes no promise may still take the plain text.
  await navigator.clipboard.writeText(text).catch(() => {
    throw new ClipboardError();
  });
}

/** The browser did not let the popup write to the clipboard. */
export class ClipboardError extends Error {}
