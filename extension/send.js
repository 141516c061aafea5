// A request that the core made, or for metadata that the user named, goes out, what came of it comes back: the only file that
// fetches. What the answer means, and whether the request is worth another try, is the core's to say.
// @ts-check

/** @import { HttpAnswer, HttpRequest } from './state.js' */

/**
 * Sends `request` without cookies, cache or redirects.
 * @param {Omit<HttpRequest, 'region'>} request
 * @returns {Promise<HttpAnswer>}
 */
export async function send({ url, method, headers, body, timeoutMs, answerBytes }) {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method, headers, body, signal, mode: 'cors', credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer',
    });
    return {
      failure: null,
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await beginning(response, answerBytes),
    };
  } catch {
    if (signal.aborted) return { failure: 'timeout' };
    return { failure: navigator.onLine === false ? 'offline' : 'network' };
  }
}

/**
 * The first bytes of an answer's body, at most `limit`. What was read of it elsewhere is overwritten: it may hold credentials.
 * @param {Response} response
 * @param {number} limit
 */
async function beginning(response, limit) {
  const bytes = new Uint8Array(limit);
  if (response.body === null) return bytes.subarray(0, 0);
  const reader = response.body.getReader();
  let length = 0;
  while (length < limit) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, length);
    bytes.set(value.subarray(0, limit - length), length);
    length = Math.min(length + value.length, limit);
    value.fill(0);
  }
  void reader.cancel().catch(() => {}); // no one waits for the rest
  return bytes;
}
