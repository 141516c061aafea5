// One dialog at a time, which gives the focus back to where it came from.
// @ts-check

/**
 * Opens a dialog that is not in the page yet.
 * @param {HTMLDialogElement} dialog
 */
export function openDialog(dialog) {
  const { ownerDocument: document } = dialog;
  document.querySelector('dialog')?.close();
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const name = before?.dataset.focus;
  dialog.addEventListener('close', () => {
    dialog.remove();
    const again = before?.isConnected ? before : name && /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(name)}"]`));
    if (again) again.focus();
    else document.getElementById('main')?.focus();
  });
  dialog.addEventListener('pointerdown', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('click', (event) => {
    if (/** @type {Element} */ (event.target).closest('[data-action="close-dialog"]')) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}
