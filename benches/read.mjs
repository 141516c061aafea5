// How fast a captured POST becomes what the popup shows, against the way samltoawsstskeys goes about it: atob,
// decodeURIComponent, fast-xml-parser and regular expressions (written anew here). Both run in this one process, both are
// first shown to find the same roles in the same order, and the figures to read are the ratios: machines differ and are noisy.
// Run by `./build.sh bench`, on the wasm that ships.

import { readFile, stat } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { XMLParser } from '../tests/node/node_modules/fast-xml-parser/src/fxp.js';
import init, { readSignIn } from '../extension/wasm/rolecall.js';

const wasm = await readFile(new URL('../extension/wasm/rolecall_bg.wasm', import.meta.url));
await init({ module_or_path: wasm });

const ROLE_COUNTS = [1, 10, 100, 1000];
const ROUNDS = 41;
const WANTED_SPEED = 5;
const WANTED_GROWTH = 1.3;

/** A response of the shape Entra ID sends, with `count` roles in accounts of five. */
function response(count, padding = 0) {
  const values = Array.from({ length: count }, (_, i) => {
    const account = String(111122220000 + Math.floor(i / 5));
    return `<AttributeValue>arn:aws:iam::${account}:role/team/Role-${String(i).padStart(4, '0')},arn:aws:iam::${account}:saml-provider/EntraID</AttributeValue>`;
  }).join('');
  const attribute = (name, inner) => `<Attribute Name="${name}">${inner}</Attribute>`;
  const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
  const groups = Array.from({ length: Math.ceil(padding / 75) }, (_, i) =>
    `<AttributeValue>${String(i).padStart(8, '0')}-7d3f-4a55-9d2c-8f6b1c2d3e4f</AttributeValue>`).join('');
  return `<samlp:Response ID="_8e8dc5f69a98cc4c1ff3427e5ce34606fd672f91e6" Version="2.0" IssueInstant="2026-11-22T20:27:43.000Z" Destination="https://signin.aws.amazon.com/saml" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sts.windows.net/6c1b0b5e-8a56-4b0e-9a0e-3f0f4f0f4f0f/</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion ID="_a75adf55" IssueInstant="2026-11-22T20:27:43.000Z" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>https://sts.windows.net/6c1b0b5e-8a56-4b0e-9a0e-3f0f4f0f4f0f/</Issuer><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><Reference URI="#_a75adf55"><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>${'A'.repeat(43)}=</DigestValue></Reference></SignedInfo><SignatureValue>${'B'.repeat(342)}==</SignatureValue><KeyInfo><X509Data><X509Certificate>${'C'.repeat(1000)}</X509Certificate></X509Data></KeyInfo></Signature><Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">jos\u00e9@example.com</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="2026-11-22T21:27:43.000Z" Recipient="https://signin.aws.amazon.com/saml"/></SubjectConfirmation></Subject><Conditions NotBefore="2026-11-22T20:22:43.000Z" NotOnOrAfter="2026-11-22T21:27:43.000Z"><AudienceRestriction><Audience>urn:amazon:webservices</Audience></AudienceRestriction></Conditions><AttributeStatement>${attribute('https://aws.amazon.com/SAML/Attributes/RoleSessionName', '<AttributeValue>jose@example.com</AttributeValue>')}${attribute('https://aws.amazon.com/SAML/Attributes/Role', values)}${attribute(`${claims}/emailaddress`, '<AttributeValue>jose@example.com</AttributeValue>')}${groups && attribute('http://schemas.microsoft.com/ws/2008/06/identity/claims/groups', groups)}</AttributeStatement><AuthnStatement AuthnInstant="2026-11-22T20:20:00.000Z" SessionIndex="_a75adf55"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`;
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

/** The roles as the popup lists them, by way of Rolecall. */
function byRolecall(post) {
  const view = readSignIn(post);
  return view.accounts.flatMap((account) => account.roles.map((role) => [account.id, role.name, role.arn, role.provider]));
}

/** The same by way of atob, decodeURIComponent, fast-xml-parser and regular expressions. */
function byXmlParser(post) {
  const binary = atob(post.form.SAMLResponse[0]);
  const xml = decodeURIComponent(Array.from(binary, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''));
  return listed(xml);
}

/** The shorter way of decoding, which breaks on every name outside ASCII: faster, and wrong. */
function byXmlParserAsciiOnly(post) {
  return listed(decodeURIComponent(escape(atob(post.form.SAMLResponse[0]))));
}

function listed(xml) {
  const parser = new XMLParser({ ignoreAttributes: false, removeNSPrefix: true });
  const document = parser.parse(xml);
  const attributes = [document.Response.Assertion.AttributeStatement.Attribute].flat();
  const found = attributes.find((attribute) => attribute['@_Name'] === 'https://aws.amazon.com/SAML/Attributes/Role');
  const roles = [found.AttributeValue].flat().map((value) => {
    const role = /arn:aws[\w-]*:iam::(\d{12}):role\/([^,]+)/.exec(value);
    const provider = /arn:aws[\w-]*:iam::\d{12}:saml-provider\/[^,]+/.exec(value);
    return [role[1], role[2], role[0], provider[0]];
  });
  return roles.sort((a, b) => a[0].localeCompare(b[0]) || a[1].localeCompare(b[1]));
}

/** Medians of microseconds a call, of engines run in turn so that noise hits all alike. */
function medians(engines, input) {
  const times = engines.map(() => []);
  const calls = Math.max(1, Math.round(200_000 / input.form.SAMLResponse[0].length));
  for (let round = 0; round < ROUNDS; round += 1) {
    engines.forEach((engine, which) => {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call += 1) engine(input);
      times[which].push(Number(process.hrtime.bigint() - start) / calls / 1000);
    });
  }
  return times.map((all) => all.sort((a, b) => a - b)[all.length >> 1]);
}

let met = true;
function verdict(ok) {
  met &&= ok;
  return ok ? 'met' : 'NOT MET';
}

console.log('Captured POST to popup view, medians of', ROUNDS, 'rounds, microseconds');
for (const count of ROLE_COUNTS) {
  const post = captured(response(count));
  const engines = [byRolecall, byXmlParser, byXmlParserAsciiOnly];
  const [ours, ...others] = engines.map((engine) => JSON.stringify(engine(post)));
  if (others.some((other) => other !== ours)) throw new Error(`the engines disagree on ${count} roles`);
  const [rolecall, parser, ascii] = medians(engines, post);
  const ratio = ascii / rolecall;
  console.log(`${String(count).padStart(5)} roles ${String(post.form.SAMLResponse[0].length).padStart(7)} chars: Rolecall ${rolecall.toFixed(0)}, ` +
    `atob + decodeURIComponent + fast-xml-parser ${ascii.toFixed(0)} (byte-wise decoding ${parser.toFixed(0)}): ${ratio.toFixed(1)} times as fast; ` +
    `${WANTED_SPEED} wanted: ${verdict(ratio >= WANTED_SPEED)}`);
}

const small = captured(response(10, 3_000));
const large = captured(response(10, 740_000));
const [smallTime] = medians([readSignIn], small);
const [largeTime] = medians([readSignIn], large);
const perByte = (time, post) => time / post.form.SAMLResponse[0].length;
const growth = perByte(largeTime, large) / perByte(smallTime, small);
console.log(`Time a byte at ${(large.form.SAMLResponse[0].length / 1e6).toFixed(2)} MB against ${(small.form.SAMLResponse[0].length / 1e3).toFixed(1)} KB: ` +
  `${growth.toFixed(2)} times; at most ${WANTED_GROWTH} wanted: ${verdict(growth <= WANTED_GROWTH)}`);

const zip = async (name) => (await stat(new URL(`../dist/${name}`, import.meta.url))).size;
const raw = wasm.length;
console.log(`wasm ${raw} bytes, ${brotliCompressSync(wasm).length} brotli; at most ${350 * 1024} wanted: ${verdict(raw <= 350 * 1024)}`);
for (const name of ['rolecall-chrome.zip', 'rolecall-firefox.zip']) {
  const bytes = await zip(name);
  console.log(`${name} ${bytes} bytes; at most ${300 * 1024} wanted: ${verdict(bytes <= 300 * 1024)}`);
}
process.exitCode = met ? 0 : 1;
