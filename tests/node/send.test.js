// What is sent and what is brought back, against a server on this machine.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import { send } from '../../extension/send.js';

/** What a browser says of itself; Node.js 20 has no such object. */
const browser = { onLine: true };
Object.defineProperty(globalThis, 'navigator', { value: browser, configurable: true });

/** What the next request is answered with. @type {import('node:http').RequestListener} */
let answer;
const server = createServer((request, response) => answer(request, response));
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
after(() => { server.closeAllConnections(); server.close(); });

/** @param {object} changes */
function request(changes = {}) {
  const { port } = server.address();
  const url = `http://127.0.0.1:${port}/`;
  return { url, method: 'POST', headers: { accept: 'text/xml' }, body: 'a=b', region: 'us-east-1', timeoutMs: 5000, answerBytes: 100, ...changes };
}

test('a request goes out as it is, and status, headers and body come back', async () => {
  let got;
  answer = async (incoming, response) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    got = { method: incoming.method, accept: incoming.headers.accept, body: Buffer.concat(chunks).toString() };
    response.writeHead(403, { 'Content-Type': 'text/xml', 'Retry-After': '3' }).end('<Error/>');
  };
  const { failure, status, headers, body } = await send(request());
  assert.deepEqual(got, { method: 'POST', accept: 'text/xml', body: 'a=b' });
  assert.deepEqual([failure, status, headers['content-type'], headers['retry-after']], [null, 403, 'text/xml', '3']);
  assert.equal(new TextDecoder().decode(body), '<Error/>');
});

test('an answer is read up to the limit and no further', async () => {
  answer = (_, response) => {
    // Never ends: whoever waits for the end of it waits in vain.
    response.writeHead(200);
    response.write('x'.repeat(70));
    response.write('y'.repeat(70));
  };
  const { body } = await send(request());
  assert.equal(new TextDecoder().decode(body), 'x'.repeat(70) + 'y'.repeat(30));
});

test('an answer without a body is empty', async () => {
  answer = (_, response) => response.writeHead(204).end();
  const { status, body } = await send(request());
  assert.deepEqual([status, body.length], [204, 0]);
});

test('no answer, or half of one, in time is a timeout', async () => {
  answer = () => {};
  assert.deepEqual(await send(request({ timeoutMs: 50 })), { failure: 'timeout' });
  answer = (_, response) => response.writeHead(200).write('half');
  assert.deepEqual(await send(request({ timeoutMs: 200 })), { failure: 'timeout' });
});

test('a redirect is not followed', async () => {
  let requests = 0;
  answer = (_, response) => {
    requests += 1;
    response.writeHead(307, { Location: '/elsewhere' }).end();
  };
  assert.deepEqual(await send(request()), { failure: 'network' });
  assert.equal(requests, 1);
});

test('a connection that breaks is a failure of the network, or of a browser that is offline', async () => {
  answer = (incoming) => incoming.socket.destroy();
  assert.deepEqual(await send(request()), { failure: 'network' });
  browser.onLine = false;
  assert.deepEqual(await send(request()), { failure: 'offline' });
});
