import assert from 'node:assert/strict';
import { test } from 'node:test';

/** What `sendMessage` of the faked browser does, call by call. */
let script = [];
let sent = [];
globalThis.chrome = {
  runtime: {
    id: 'me',
    getURL: (path) => `chrome-extension://me/${path}`,
    sendMessage: async (message) => {
      sent.push(message);
      const step = script.shift();
      if (step instanceof Error) throw step;
      return step;
    },
    onMessage: { addListener: (listener) => { onMessageListener = listener; } },
  },
};
let onMessageListener;
const platform = await import('../../extension/platform.js');
const request = { kind: 'forget', signIn: 'a' };
const send = (...steps) => {
  script = steps;
  sent = [];
  return platform.sendMessage(request);
};

test('a_channel_that_a_killed_worker_closed_is_asked_once_more', async () => {
  for (const words of [
    'The message port closed before a response was received.',
    'A listener indicated an asynchronous response by returning true, but the message channel closed before a response was received',
    'Could not establish connection. Receiving end does not exist.',
    "Actor 'Conduits' destroyed before query 'RuntimeMessage' was resolved",
    'Promised response from onMessage listener went out of scope',
  ]) {
    assert.deepEqual(await send(new Error(words), { ok: true }), { ok: true });
    assert.equal(sent.length, 2);
  }
});

test('a_silent_answer_counts_as_a_closed_channel', async () => {
  assert.deepEqual(await send(undefined, { ok: true }), { ok: true });
});

test('a_second_silence_and_any_other_error_are_errors', async () => {
  await assert.rejects(send(undefined, undefined));
  await assert.rejects(send(new Error('Could not establish connection.'), { ok: true }));
  assert.equal(sent.length, 1);
});

test('an_answer_is_taken_at_the_first_asking', async () => {
  assert.deepEqual(await send({ ok: false }), { ok: false });
  assert.equal(sent.length, 1);
});

test('a_message_is_answered_only_to_pages_of_this_extension', () => {
  let asked = 0;
  platform.onMessage(() => {
    asked += 1;
    return Promise.resolve({ ok: true });
  });
  const from = (sender) => onMessageListener({}, sender, () => {});
  assert.equal(from({ id: 'me', url: 'chrome-extension://me/popup/popup.html', origin: 'chrome-extension://me' }), true);
  assert.equal(from({ id: 'me', url: 'chrome-extension://me/popup/popup.html' }), true);
  assert.equal(asked, 2);
  assert.equal(from({ id: 'other', url: 'chrome-extension://me/popup/popup.html' }), false);
  assert.equal(from({ id: 'me' }), false);
  assert.equal(from({ id: 'me', url: 'https://signin.aws.amazon.com/saml' }), false);
  assert.equal(from({ id: 'me', url: 'chrome-extension://me.evil/popup.html' }), false);
  assert.equal(from({ id: 'me', url: 'chrome-extension://me/x', origin: 'https://evil.example' }), false);
  assert.equal(asked, 2);
});
