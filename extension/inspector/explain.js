// The box that explains an error of AWS or of Microsoft Entra ID which the user pastes. What it means is the core's to say.
// @ts-check
import * as core from '../core/inspect.js';
import { drawFailure } from '../popup/draw.js';
import { element } from '../ui/dom.js';
import { t } from '../ui/i18n.js';
import { drawExplained } from './findings.js';
import { failureOf } from './items.js';

/** @import { Inspection } from '../inspection.js' */

/**
 * @param {Document} document
 * @param {Inspection | null} shown the message that the error may be about
 * @returns {HTMLElement}
 */
export function openExplain(document, shown) {
  const box = element(document, 'textarea', {
    id: 'error-text', class: 'field', rows: 3, spellcheck: 'false', autocomplete: 'off', placeholder: t('explain_placeholder'), 'aria-describedby': 'explain-help', 'data-focus': 'error-text',
  });
  const answer = element(document, 'div', { id: 'explained', role: 'status' });
  const form = element(document, 'form', { id: 'explain-form' },
    element(document, 'label', { class: 'unseen', for: 'error-text' }, t('explain_label')),
    box,
    element(document, 'div', { class: 'actions' },
      element(document, 'button', { class: 'button button-primary', type: 'submit', 'data-focus': 'explain' }, t('explain'))));

  async function explain() {
    if (box.value.trim() === '') {
      box.focus();
      return;
    }
    try {
      const explained = await core.explainText(box.value, shown);
      answer.replaceChildren(explained === null ? element(document, 'p', { class: 'explained', 'data-code': '' }, t('explain_unknown')) : drawExplained(document, explained, shown?.findings ?? []));
    } catch (error) {
      answer.replaceChildren(drawFailure(document, failureOf(error), null));
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void explain();
  });
  return element(document, 'section', { class: 'part', id: 'explain', 'aria-labelledby': 'explain-title' },
    element(document, 'h3', { class: 'part-title', id: 'explain-title' }, t('explain_title')),
    element(document, 'p', { class: 'part-text', id: 'explain-help' }, t('explain_help')),
    form, answer);
}
