// An identity provider that no one here wrote: samlp on express, set up as AWS's documentation asks. Listens on a free port
// of 127.0.0.1, plain HTTP, and prints one line of JSON: `{ port, issuer, certificate }`. Its key is made at start.

import { generateKeyPairSync } from 'node:crypto';
import express from 'express';
import forge from 'node-forge';
import samlp from 'samlp';

const ACS = 'https://signin.aws.amazon.com/saml';
const ISSUER = 'urn:samlp.rolecall.test';
const USER = {
  id: 'grace.hopper@example.com',
  role: 'arn:aws:iam::222233334444:role/research/Compiler,arn:aws:iam::222233334444:saml-provider/samlp',
};

const { key, certificate } = selfSigned();
const app = express();
app.use((_, response, next) => {
  // samlp leaves it to its host to keep the response out of the browser's cache.
  response.set('Cache-Control', 'no-store');
  next();
});
app.get('/', (_, response) => {
  response.send('<!doctype html><title>samlp</title><form action="/sign-in"><button id="sign-in">Sign in</button></form>');
});
app.get('/sign-in', samlp.auth({
  issuer: ISSUER,
  key,
  cert: certificate,
  audience: 'urn:amazon:webservices',
  recipient: ACS,
  destination: ACS,
  lifetimeInSeconds: 300,
  getPostURL: (_audience, _request, _req, done) => done(null, ACS),
  getUserFromRequest: () => USER,
  profileMapper: (user) => ({
    getClaims: () => ({
      'https://aws.amazon.com/SAML/Attributes/Role': user.role,
      'https://aws.amazon.com/SAML/Attributes/RoleSessionName': user.id,
    }),
    getNameIdentifier: () => ({ nameIdentifier: user.id }),
  }),
}));
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, issuer: ISSUER, certificate }));
});

/** An RSA key and its certificate, both PEM. */
function selfSigned() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicKey);
  made.serialNumber = '01';
  made.validity.notBefore = new Date(Date.now() - 86_400_000);
  made.validity.notAfter = new Date(Date.now() + 86_400_000);
  made.setSubject([{ name: 'commonName', value: 'samlp signing' }]);
  made.setIssuer(made.subject.attributes);
  made.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { key: privateKey, certificate: forge.pki.certificateToPem(made) };
}
