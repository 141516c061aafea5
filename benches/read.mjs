// How fast a captured POST becomes what the popup shows, against the way samltoawsstskeys goes about it (its version 3,
// written anew here): atob, unescape, decodeURIComponent, fast-xml-parser with its options, and its regular expressions on
// each role. Both run in this one process in turn, both are first shown to find the same roles, and the figures to read are
// the ratios: machines differ and are noisy. Run by `./build.sh bench`, on the wasm that ships.

import { readFile, stat } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { XMLParser } from '../tests/node/node_modules/fast-xml-parser/src/fxp.js';
import { inFull } from '../extension/core/sign-in.js';
import init, { readSignIn } from '../extension/wasm/signin.js';

const wasm = await readFile(new URL('../extension/wasm/signin_bg.wasm', import.meta.url));
const core = await init({ module_or_path: wasm });

const ROLE_COUNTS = [1, 10, 100, 1000];
const ROUNDS = 101;
const WARM_UP_MS = 500;
const ROUND_MS = 4;
const WANTED_SPEED = 5;
const WANTED_GROWTH = 1.3;
const WANTED_MEMORY = 40_000_000;
const WANTED_RAW = 450_000;
const WANTED_BROTLI = 160_000;
const WANTED_ZIP = 300 * 1024;

/** A response of the shape Entra ID sends, with `count` roles in accounts of five, in no order. */
function response(count, padding = 0) {
  const values = shuffled(Array.from({ length: count }, (_, i) => {
    const account = String(111122220000 + Math.floor(i / 5));
    return `<AttributeValue>arn:aws:iam::${account}:role/team/Role-${String(i).padStart(4, '0')},arn:aws:iam::${account}:saml-provider/EntraID</AttributeValue>`;
  })).join('');
  const attribute = (name, inner) => `<Attribute Name="${name}">${inner}</Attribute>`;
  const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
  const groups = Array.from({ length: Math.ceil(padding / 75) }, (_, i) =>
    `<AttributeValue>${String(i).padStart(8, '0')}-7d3f-4a55-9d2c-8f6b1c2d3e4f</AttributeValue>`).join('');
  return `<samlp:Response ID="_8e8dc5f69a98cc4c1ff3427e5ce34606fd672f91e6" Version="2.0" IssueInstant="2026-11-22T20:27:43.000Z" Destination="https://signin.aws.amazon.com/saml" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sts.windows.net/6c1b0b5e-8a56-4b0e-9a0e-3f0f4f0f4f0f/</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion ID="_a75adf55" IssueInstant="2026-11-22T20:27:43.000Z" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>https://sts.windows.net/6c1b0b5e-8a56-4b0e-9a0e-3f0f4f0f4f0f/</Issuer><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><Reference URI="#_a75adf55"><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>${'A'.repeat(43)}=</DigestValue></Reference></SignedInfo><SignatureValue>${'B'.repeat(342)}==</SignatureValue><KeyInfo><X509Data><X509Certificate>${'C'.repeat(1000)}</X509Certificate></X509Data></KeyInfo></Signature><Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">jos\u00e9@example.com</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="2026-11-22T21:27:43.000Z" Recipient="https://signin.aws.amazon.com/saml"/></SubjectConfirmation></Subject><Conditions NotBefore="2026-11-22T20:22:43.000Z" NotOnOrAfter="2026-11-22T21:27:43.000Z"><AudienceRestriction><Audience>urn:amazon:webservices</Audience></AudienceRestriction></Conditions><AttributeStatement>${attribute('https://aws.amazon.com/SAML/Attributes/RoleSessionName', '<AttributeValue>jose@example.com</AttributeValue>')}${attribute('https://aws.amazon.com/SAML/Attributes/Role', values)}${attribute(`${claims}/emailaddress`, '<AttributeValue>jose@example.com</AttributeValue>')}${groups && attribute('http://schemas.microsoft.com/ws/2008/06/identity/claims/groups', groups)}</AttributeStatement><AuthnStatement AuthnInstant="2026-11-22T20:20:00.000Z" SessionIndex="_a75adf55"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`;
}

/** The same order at every run. */
function shuffled(values) {
  let random = 1;
  for (let at = values.length - 1; at > 0; at -= 1) {
    random = (random * 48_271) % 2_147_483_647;
    const other = random % (at + 1);
    [values[at], values[other]] = [values[other], values[at]];
  }
  return values;
}

function captured(xml) {
  return {
    url: 'https://signin.aws.amazon.com/saml',
    at: 1795379263,
    form: { SAMLResponse: [Buffer.from(xml).toString('base64')], RelayState: [''] },
    raw: null,
    pasted: null,
    tooLarge: null,
  };
}

/** The popup's view, by way of Rolecall: sorted, with its oddities. */
function byRolecall(post) {
  return inFull(readSignIn(post));
}

/** The roles, by way of samltoawsstskeys, and then in the popup's order. */
function byPeer(post) {
  const xml = decodeURIComponent(unescape(atob(post.form.SAMLResponse[0])));
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '__', removeNSPrefix: true, alwaysCreateTextNode: true });
  const attributes = parser.parse(xml).Response.Assertion.AttributeStatement.Attribute;
  const found = attributes.find((attribute) => attribute.__Name === 'https://aws.amazon.com/SAML/Attributes/Role');
  return [found.AttributeValue].flat().map((value) => {
    const text = value['#text'];
    const role = text.match(/arn:aws:iam:[^:]*:[0-9]+:role\/[^,]+/i)[0];
    const provider = text.match(/arn:aws:iam:[^:]*:[0-9]+:saml-provider\/[^,]+/i)[0];
    const account = role.match(/arn:aws:iam::(\d+):role/)[1];
    const name = role.match(/arn:aws:iam::\d+:role\/(.+)/)[1];
    return { account, name, role, provider };
  }).sort((a, b) => order(a.account, b.account) || order(a.name, b.name));
}

function order(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** What both must agree on: every role, in the popup's order. */
function agreed(post) {
  const line = (...fields) => fields.join(' ');
  const ours = byRolecall(post).accounts.flatMap((account) =>
    account.roles.map((role) => line(account.id, role.name, role.arn, role.provider)));
  const theirs = byPeer(post).map((role) => line(role.account, role.name, role.role, role.provider));
  return ours.length > 0 && ours.join('\n') === theirs.join('\n');
}

/**
 * Runs some calls in turn, so that noise hits all alike. Gives the median of microseconds for each call, and the median of
 * how many times as long the others took as the first, compared within a round.
 */
function race(...runners) {
  const calls = runners.map((run) => Math.max(1, Math.round(ROUND_MS / warmedUp(run))));
  const times = runners.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    runners.forEach((run, which) => {
      const start = performance.now();
      for (let call = 0; call < calls[which]; call += 1) run();
      times[which].push((performance.now() - start) / calls[which]);
    });
  }
  return {
    times: times.map((all) => median(all) * 1000),
    ratios: times.map((all) => median(all.map((time, round) => time / times[0][round]))),
  };
}

/** Milliseconds of a call once the engine has compiled what it will. */
function warmedUp(run) {
  const start = performance.now();
  let calls = 0;
  let fastest = Infinity;
  while (calls < 20 || performance.now() - start < WARM_UP_MS) {
    const before = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - before);
    calls += 1;
  }
  return Math.max(fastest, 0.001);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

let met = true;
function verdict(ok) {
  met &&= ok;
  return ok ? 'met' : 'NOT MET';
}

// First of all, as memory never shrinks.
const usual = captured(response(10, 78_000));
const size = (post) => post.form.SAMLResponse[0].length;
for (let signIn = 0; signIn < 10; signIn += 1) readSignIn(usual);
const memory = core.memory.buffer.byteLength;
console.log(`Memory of the wasm after 10 sign-ins of ${size(usual)} characters: ${memory} bytes; ` +
  `under ${WANTED_MEMORY} wanted: ${verdict(memory < WANTED_MEMORY)}`);

console.log('Captured POST to popup view, medians of', ROUNDS, 'rounds');
for (const count of ROLE_COUNTS) {
  const post = captured(response(count));
  if (!agreed(post)) throw new Error(`the two disagree on ${count} roles`);
  const { times: [ours, theirs], ratios: [, ratio] } = race(() => byRolecall(post), () => byPeer(post));
  console.log(`${String(count).padStart(5)} roles ${String(size(post)).padStart(7)} characters: Rolecall ${ours.toFixed(0)} µs, ` +
    `as samltoawsstskeys does ${theirs.toFixed(0)} µs: ${ratio.toFixed(1)} times as fast; ` +
    `${WANTED_SPEED} wanted: ${verdict(ratio >= WANTED_SPEED)}`);
}

const [small, large] = [captured(response(10, 2_600)), captured(response(10, 755_000))];
const { ratios: [, longer] } = race(() => readSignIn(small), () => readSignIn(large));
const growth = (longer * size(small)) / size(large);
console.log(`Time a byte at ${(size(large) / 1e6).toFixed(2)} MB against ${(size(small) / 1e3).toFixed(1)} KB: ` +
  `${growth.toFixed(2)} times; at most ${WANTED_GROWTH} wanted: ${verdict(growth <= WANTED_GROWTH)}`);

const zip = async (name) => (await stat(new URL(`../dist/${name}`, import.meta.url))).size;
for (const name of ['signin', 'calls', 'inspect', 'desk', 'setup']) {
  const file = await readFile(new URL(`../extension/wasm/${name}_bg.wasm`, import.meta.url));
  const [raw, brotli] = [file.length, brotliCompressSync(file).length];
  console.log(`${name}: wasm ${raw} bytes, ${brotli} brotli; at most ${WANTED_RAW} and ${WANTED_BROTLI} wanted: ${verdict(raw <= WANTED_RAW && brotli <= WANTED_BROTLI)}`);
}
for (const name of ['rolecall-chrome.zip', 'rolecall-firefox.zip']) {
  const bytes = await zip(name);
  console.log(`${name} ${bytes} bytes; at most ${WANTED_ZIP} wanted: ${verdict(bytes <= WANTED_ZIP)}`);
}
process.exitCode = met ? 0 : 1;
