import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const home = new URL('../../extension/', import.meta.url).pathname;
const messages = JSON.parse(readFileSync(join(home, '_locales/en/messages.json'), 'utf8'));
const files = readdirSync(home, { recursive: true }).filter((name) => /\.(js|html)$/.test(name) && !/wasm|vendor/.test(name));
/** A file without its comments, whose examples are not code. */
const text = (name) => readFileSync(join(home, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

/** Every key that the pages name literally. A count's key stands in `plural`, its messages end in `_one` and `_other`. */
function* namedKeys() {
  for (const name of files) {
    for (const [, key] of text(name).matchAll(/\bt\(\s*'([^'@]+)'/g)) yield [name, key];
    for (const [, a, b] of text(name).matchAll(/\bt\([^'()]*\? '([^']+)' : '([^']+)'/g)) yield* [[name, a], [name, b]];
    for (const [, key] of text(name).matchAll(/\bplural\(\s*'([^']+)'/g)) yield* [[name, `${key}_one`], [name, `${key}_other`]];
    for (const [, key] of text(name).matchAll(/data-i18n(?:-[a-z-]+)?="([^"]+)"/g)) yield [name, key];
    for (const [, key] of text(name).matchAll(/label: '([a-z_]+)'/g)) yield [name, key];
  }
}

test('every_key_a_page_names_has_words', () => {
  const named = [...namedKeys()];
  assert.ok(named.length > 80);
  for (const [name, key] of named) assert.ok(Object.hasOwn(messages, key), `${name}: ${key}`);
});

test('every_message_tells_translators_what_it_is_for_and_names_its_placeholders', () => {
  for (const [key, { message, description, placeholders = {} }] of Object.entries(messages)) {
    assert.ok(message.length > 0 && description?.length > 0, key);
    const used = [...message.matchAll(/\$([a-z_0-9]+)\$/gi)].map(([, name]) => name.toLowerCase()).toSorted();
    assert.deepEqual([...new Set(used)], Object.keys(placeholders).toSorted(), key);
  }
});

test('pages_never_build_markup_from_text_and_carry_no_inline_code', () => {
  const forbidden = /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setHTML|createContextualFragment)\b/;
  for (const name of files) {
    assert.doesNotMatch(text(name), forbidden, name);
    if (name.endsWith('.html')) assert.doesNotMatch(text(name), /<style|style=|\son[a-z]+=|<script(?![^>]*src=)/, name);
  }
});

test('only_platform_names_the_browser', () => {
  for (const name of files) {
    if (name === 'platform.js') continue;
    assert.doesNotMatch(text(name), /\b(chrome|browser)\s*[.?]/, name);
  }
});
