// How fast a signed response is judged, against xml-crypto 6, the library under most SAML libraries for Node.js. Both get the
// same base64, both use Node's WebCrypto for the signature with a key that was imported before (for xml-crypto by way
// of its plug-ins, its digests are Node's), both are first shown to accept the response and to refuse a changed one. WebCrypto
// answers from another thread, so they are measured twice: messages judged one by one, where most of a small one's time is the waking of
// threads, and several under way at once, as when a HAR file is opened. The figures to read are the ratios of one run.
// Run by `./build.sh bench`, on the wasm that ships.

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DOMParser } from '../tests/node/node_modules/@xmldom/xmldom/lib/index.js';
import forge from '../tests/node/node_modules/node-forge/lib/index.js';
import xmlCrypto from '../tests/node/node_modules/xml-crypto/lib/index.js';
import { answer } from '../extension/inspector/crypto.js';
import init, { beginCheck } from '../extension/wasm/inspect.js';

await init({ module_or_path: await readFile(new URL('../extension/wasm/inspect_bg.wasm', import.meta.url)) });

/** Roles of the response, and how many times as fast as xml-crypto its judging should be. */
const SIZES = [[4, 20], [105, 20], [1000, 50]];
const ROUNDS = 21;
const WARM_UP_MS = 500;
/** Long enough that each pays for the garbage it makes. */
const ROUND_MS = 50;
/** Messages under way at once. */
const AT_ONCE = 8;
const NAME = 'RSASSA-PKCS1-v1_5';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
const certificate = selfSigned();
const webKey = await crypto.subtle.importKey('spki', createPublicKey(certificate).export({ type: 'spki', format: 'der' }),
  { name: NAME, hash: 'SHA-256' }, false, ['verify']);

/** A certificate for the key, as identity providers ship one. */
function selfSigned() {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }));
  made.serialNumber = '01';
  made.validity.notBefore = new Date('2026-01-01T00:00:00Z');
  made.validity.notAfter = new Date('2029-01-01T00:00:00Z');
  const name = [{ name: 'commonName', value: 'Bench Federated SSO Certificate' }];
  made.setSubject(name);
  made.setIssuer(name);
  made.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}

/** A response of the shape Entra ID sends, its assertion signed by xml-crypto. */
function response(count) {
  const roles = Array.from({ length: count }, (_, i) => {
    const account = String(111122220000 + i);
    return `<AttributeValue>arn:aws:iam::${account}:role/${'platform/team/unit/'.repeat(8)}Developer-With-Long-Name-${String(i).padStart(4, '0')},arn:aws:iam::${account}:saml-provider/EntraID-Production-${String(i).padStart(4, '0')}</AttributeValue>`;
  }).join('');
  const claim = (name, inner) => `<Attribute Name="${name}">${inner}</Attribute>`;
  const one = (name, value) => claim(name, `<AttributeValue>${value}</AttributeValue>`);
  const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
  const microsoft = 'http://schemas.microsoft.com/identity/claims';
  const issuer = 'https://sts.windows.net/6c1b0b5e-8a56-4b0e-9a0e-3f0f4f0f4f0f/';
  const xml = `<samlp:Response ID="_8e8dc5f69a98cc4c1ff3427e5ce34606fd672f91e6" Version="2.0" IssueInstant="2026-11-22T20:27:43.000Z" Destination="https://signin.aws.amazon.com/saml" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion ID="_a75adf55-01d7-40cc-929f-dbd8372ebdfc" IssueInstant="2026-11-22T20:27:43.000Z" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>${issuer}</Issuer><Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">jos\u00e9@example.com</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="2026-11-22T21:27:43.000Z" Recipient="https://signin.aws.amazon.com/saml"/></SubjectConfirmation></Subject><Conditions NotBefore="2026-11-22T20:22:43.000Z" NotOnOrAfter="2026-11-22T21:27:43.000Z"><AudienceRestriction><Audience>urn:amazon:webservices</Audience></AudienceRestriction></Conditions><AttributeStatement>${one(`${microsoft}/tenantid`, '6c1b0b5e-8a56-4b0e-9a0e-3f0f4f0f4f0f')}${one(`${microsoft}/objectidentifier`, '0a1b2c3d-0000-4000-8000-9f8e7d6c5b4a')}${one(`${microsoft}/displayname`, 'Jos\u00e9 Example')}${one(`${claims}/givenname`, 'Jos\u00e9')}${one(`${claims}/surname`, 'Example')}${one(`${claims}/emailaddress`, 'jose@example.com')}${one(`${claims}/name`, 'jose@example.com')}${claim('http://schemas.microsoft.com/claims/authnmethodsreferences', '<AttributeValue>http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password</AttributeValue><AttributeValue>http://schemas.microsoft.com/claims/multipleauthn</AttributeValue>')}${one('https://aws.amazon.com/SAML/Attributes/RoleSessionName', 'jose@example.com')}${claim('https://aws.amazon.com/SAML/Attributes/Role', roles)}</AttributeStatement><AuthnStatement AuthnInstant="2026-11-22T20:20:00.000Z" SessionIndex="_a75adf55"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`;
  const signer = new xmlCrypto.SignedXml({
    privateKey: key, publicCert: certificate, signatureAlgorithm: RSA_SHA256, canonicalizationAlgorithm: EXCLUSIVE,

  });
  signer.addReference({
    xpath: '//*[local-name(.)="Assertion"]', transforms: [ENVELOPED, EXCLUSIVE],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signer.computeSignature(xml, { location: { reference: '//*[local-name(.)="Assertion"]/*[local-name(.)="Issuer"]', action: 'after' } });
  return signer.getSignedXml();
}

const base64 = (xml) => Buffer.from(xml).toString('base64');

/** The verdict, by way of Rolecall. */
async function byRolecall(encoded) {
  const answers = [];
  const check = beginCheck({ encoded, binding: 'post', parameter: 'SAMLResponse', url: null, relayState: null, at: null }, { pins: [] }, undefined,
    (job) => { answers.push(answer(job)); });
  return check.verdict(await Promise.all(answers)) === 'consistent';
}

/**
 * The verdict, by way of xml-crypto: as it comes, or with WebCrypto. Its plug-ins must answer at once, which WebCrypto cannot, so this one
 * says yes and leaves the answer to be waited for.
 */
async function byPeer(encoded, withWebCrypto) {
  const xml = Buffer.from(encoded, 'base64').toString();
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const verifier = new xmlCrypto.SignedXml({ publicCert: certificate });
  let answered = true;
  if (withWebCrypto) {
    verifier.SignatureAlgorithms[RSA_SHA256] = class {
      verifySignature = (text, _key, signature) => {
        answered = crypto.subtle.verify(NAME, webKey, Buffer.from(signature, 'base64'), Buffer.from(text));
        return true;
      };

      getAlgorithmName = () => RSA_SHA256;
    };
  }
  verifier.loadSignature(find(document));
  return verifier.checkSignature(xml) && await answered;
}

/** The assertion's signature, without an XPath engine: that is in the peer's favour. */
function find(document) {
  return document.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature')[0];
}

function atOnce(run, encoded) {
  return Promise.all(Array.from({ length: AT_ONCE }, () => run(encoded)));
}

async function accepts(run) {
  try {
    return await run();
  } catch {
    return false;
  }
}

/** Medians of milliseconds, and the median of the ratios to the first within a round. Runs in turn, so that noise hits all alike. */
async function race(...runners) {
  const calls = [];
  for (const run of runners) calls.push(Math.max(1, Math.round(ROUND_MS / await warmedUp(run))));
  const times = runners.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [which, run] of runners.entries()) {
      const start = performance.now();
      for (let call = 0; call < calls[which]; call += 1) await run();
      times[which].push((performance.now() - start) / calls[which]);
    }
  }
  return {
    times: times.map(median),
    ratios: times.map((all) => median(all.map((time, round) => time / times[0][round]))),
  };
}

/** Milliseconds of a call once the engine has compiled what it will. */
async function warmedUp(run) {
  const start = performance.now();
  let fastest = Infinity;
  for (let calls = 0; calls < 10 || performance.now() - start < WARM_UP_MS; calls += 1) {
    const before = performance.now();
    await run();
    fastest = Math.min(fastest, performance.now() - before);
    if (performance.now() - start > 6 * WARM_UP_MS) break;
  }
  return fastest;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

let met = true;
const growth = [];
for (const [count, wanted] of SIZES) {
  const xml = response(count);
  const encoded = base64(xml);
  const changed = base64(xml.replace('Developer-With', 'Administrator-With'));
  for (const run of [byRolecall, (text) => byPeer(text, true), (text) => byPeer(text, false)]) {
    if (!(await accepts(() => run(encoded)))) throw new Error(`a good response with ${count} roles is refused`);
    if (await accepts(() => run(changed))) throw new Error(`a changed response with ${count} roles is accepted`);
  }
  const one = await race(() => byRolecall(encoded), () => byPeer(encoded, true), () => byPeer(encoded, false));
  const several = await race(() => atOnce(byRolecall, encoded), () => atOnce((text) => byPeer(text, true), encoded));
  const ok = one.ratios[1] >= wanted;
  met &&= ok;
  const [ours, theirs, asItComes] = one.times;
  growth.push(ours / xml.length);
  console.log(`${(xml.length / 1000).toFixed(1).padStart(6)} KB, ${String(count).padStart(4)} roles: ` +
    `one by one ${ours.toFixed(3)} ms, xml-crypto ${theirs.toFixed(2)} ms (with its own crypto ${asItComes.toFixed(2)}): ${one.ratios[1].toFixed(1)} times as fast, ${wanted} wanted: ${ok ? 'met' : 'NOT MET'}; ` +
    `${AT_ONCE} at once ${(several.times[0] / AT_ONCE).toFixed(3)} and ${(several.times[1] / AT_ONCE).toFixed(2)} ms each: ${several.ratios[1].toFixed(1)} times as fast`);
}
console.log(`Time a byte at the largest against the smallest: ${(growth.at(-1) / growth[0]).toFixed(2)} times`);
process.exitCode = met ? 0 : 1;
