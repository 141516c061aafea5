// Signs with the npm packages xml-crypto and samlp. Standard input is a JSON array of jobs, each with a `program`; what is signed is
// written to the job's `result`.
//
// xml-crypto: { source, target, key, certificate, method, digest, c14n, transforms, prefixes, keyInfo, ds }
// samlp: { key, certificate, issuer, roles, name, assertion, response, method, digest, ds, typed, format }

import { readFileSync, writeFileSync } from 'node:fs';
import samlp from 'samlp';
import { SignedXml } from 'xml-crypto';

const jobs = JSON.parse(readFileSync(0, 'utf8'));
for (const job of jobs) {
  writeFileSync(job.result, job.program === 'samlp' ? await response(job) : signed(job));
}

function signed(job) {
  const certificate = readFileSync(job.certificate, 'utf8');
  const signer = new SignedXml({
    privateKey: readFileSync(job.key),
    publicCert: certificate,
    signatureAlgorithm: job.method,
    canonicalizationAlgorithm: job.c14n,
    getKeyInfoContent: job.keyInfo === 'none' ? () => null : undefined,
  });
  signer.addReference({
    xpath: `//*[@ID='${job.target}']`,
    digestAlgorithm: job.digest,
    transforms: job.transforms,
    inclusiveNamespacesPrefixList: job.prefixes ?? undefined,
  });
  const reference = `//*[@ID='${job.target}']/*[local-name(.)='Issuer']`;
  signer.computeSignature(readFileSync(job.source, 'utf8'), { prefix: job.ds, location: { reference, action: 'after' } });
  return signer.getSignedXml();
}

function response(job) {
  const names = 'https://aws.amazon.com/SAML/Attributes/';
  const options = {
    issuer: job.issuer,
    key: readFileSync(job.key),
    cert: readFileSync(job.certificate),
    audience: 'urn:amazon:webservices',
    recipient: 'https://signin.aws.amazon.com/saml',
    destination: 'https://signin.aws.amazon.com/saml',
    lifetimeInSeconds: 300,
    signAssertion: job.assertion,
    signResponse: job.response,
    signatureAlgorithm: job.method,
    digestAlgorithm: job.digest,
    signatureNamespacePrefix: job.ds,
    typedAttributes: job.typed,
    nameIdentifierFormat: job.format,
    profileMapper: () => ({
      getClaims: () => ({ [`${names}Role`]: job.roles, [`${names}RoleSessionName`]: job.name }),
      getNameIdentifier: () => ({ nameIdentifier: job.name }),
    }),
  };
  return new Promise((resolve, reject) => {
    options.getPostURL = (_audience, _request, _req, done) => done(null, options.recipient);
    options.getUserFromRequest = () => ({});
    options.responseHandler = (text) => resolve(text.toString());
    samlp.auth(options)({ method: 'GET', query: {}, body: {} }, {}, reject);
  });
}
