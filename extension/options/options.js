// The options page: shows the preferences and stores each change at once.
// @ts-check
import * as platform from '../platform.js';
import { isFormat } from '../protocol.js';
import { REGIONS } from '../regions.js';
import { byId } from '../ui/dom.js';
import { t, translate } from '../ui/i18n.js';
import { icon, mark } from '../ui/icons.js';
import * as preferences from '../ui/preferences.js';
import { openCertificates } from './certificates.js';
import { drawFormats, drawPrivacy, drawRegions } from './draw.js';

/** How long "Saved" stays. */
const SAID_FOR = 2500;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/** @param {string} key */
function say(key) {
  const status = byId(document, 'status');
  status.replaceChildren(icon(document, key === 'options_not_saved' ? 'error' : 'check'), t(key));
  clearTimeout(silence);
  silence = setTimeout(() => status.replaceChildren(), SAID_FOR);
}

/** @param {import('../view.js').Preferences} known */
function paint({ format, region }) {
  byId(document, 'format-choices').replaceChildren(...drawFormats(document, isFormat(format) ? format : 'env'));
  byId(document, 'regions').replaceChildren(...drawRegions(document, REGIONS, region ?? {}));
}

/** Stores what a control was changed to. @param {HTMLInputElement | HTMLSelectElement} control */
async function store(control) {
  if (isFormat(control.value) && control.name === 'format') return preferences.save({ format: control.value });
  const { partition } = control.dataset;
  if (partition === undefined) return;
  const { region } = await preferences.load();
  const others = Object.entries(region).filter(([name]) => name !== partition);
  await preferences.save({ region: Object.fromEntries(control.value === '' ? others : [...others, [partition, control.value]]) });
}

translate(document);
byId(document, 'mark').replaceChildren(mark(document));
byId(document, 'setup').addEventListener('click', () => void platform.showPage('setup/setup.html'));
byId(document, 'version').textContent = t('options_version', platform.version());
byId(document, 'privacy').replaceChildren(...drawPrivacy(document));
paint(await preferences.load());
await openCertificates(document, say);
byId(document, 'page').dataset.state = 'ready';

document.addEventListener('change', (event) => {
  store(/** @type {HTMLInputElement | HTMLSelectElement} */ (event.target)).then(() => say('options_saved'), () => say('options_not_saved'));
});
// The popup remembers a format too; this page follows, and leaves the focus where it is.
platform.onStorageChanged((changes, area) => {
  const stored = area === 'local' ? changes[preferences.KEY]?.newValue : undefined;
  if (!stored) return;
  const { format, region } = preferences.read(stored, navigator.platform);
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[name="format"]'))) radio.checked = radio.value === format;
  for (const list of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll('select[data-partition]'))) {
    list.value = region[list.dataset.partition ?? ''] ?? '';
  }
});
