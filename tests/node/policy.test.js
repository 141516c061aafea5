// The door for trust policies, with the wasm that ships, and the form that is filled from a sign-in.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import init, { checkPolicy, draftPolicy, writePolicy } from '../../extension/wasm/desk.js';

globalThis.chrome = /** @type {any} */ ({ i18n: { getUILanguage: () => 'en-GB', getMessage: (/** @type {string} */ key) => key } });
const { changed, formOf, wishOf } = await import('../../extension/inspector/policy-form.js');
const { isMetadata, isPolicy } = await import('../../extension/inspector/intake.js');

await init({ module_or_path: await readFile(new URL('../../extension/wasm/desk_bg.wasm', import.meta.url)) });

const ROLE = 'arn:aws:iam::111122223333:role/team/Dev';
const PROVIDER = 'arn:aws:iam::111122223333:saml-provider/Entra';
const NOW = Date.parse('2026-11-24T12:00:00Z') / 1000;

/** @param {string} acs @param {string} [attributes] */
const response = (acs, attributes = '') => `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion">
  <Assertion><Issuer>https://sts.windows.net/tenant/</Issuer><Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">jane@example.com</NameID>
  <SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData Recipient="${acs}"/></SubjectConfirmation></Subject>
  <AttributeStatement>${attributes}</AttributeStatement></Assertion></p:Response>`;
const attribute = (/** @type {string} */ name, /** @type {string} */ value) => `<Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}"><AttributeValue>${value}</AttributeValue></Attribute>`;
const RESPONSE = response('https://eu-west-1.signin.aws.amazon.com/saml', attribute('PrincipalTag:Department', 'R&amp;D') + attribute('PrincipalTag:MFA', 'yes') + attribute('SourceIdentity', 'jane'));

/** @param {object} condition @param {object} [more] */
const policy = (condition, more = {}) => JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'People', Effect: 'Allow', Principal: { Federated: PROVIDER }, Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity'], Condition: condition, ...more }],
}, null, 2);

/** @param {string} text */
function check(text, xml = RESPONSE, digest = /** @type {Uint8Array | undefined} */ (undefined)) {
  const { region } = draftPolicy(xml, ROLE, PROVIDER, undefined);
  return checkPolicy(xml, text, ROLE, PROVIDER, digest, NOW, region);
}

test('what a sign-in allows is said in one sentence, with the values on both sides', () => {
  const said = check(policy({ StringEquals: { 'SAML:aud': ['https://signin.aws.amazon.com/saml', 'https://eu-west-1.signin.aws.amazon.com/saml'] } }));
  assert.deepEqual([said.outcome, said.verdict.key, said.because], ['allowed', 'policy_verdict_allowed', []]);
  const [statement] = said.statements;
  assert.deepEqual([statement?.number, statement?.sid, statement?.effect, statement?.outcome, statement?.principal], [1, 'People', 'Allow', 'applies', 'matches']);
  assert.deepEqual(statement?.conditions[0]?.sign_in_values, ['https://eu-west-1.signin.aws.amazon.com/saml']);
  assert.equal(statement?.conditions[0]?.need, null);
  assert.deepEqual(said.actions.map(({ action, needed }) => [action, needed]), [['sts:AssumeRoleWithSAML', true], ['sts:TagSession', true], ['sts:SetSourceIdentity', true]]);
});

test('a refusal names the statement, the condition, and what would meet it', () => {
  const said = check(policy({ StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }));
  assert.deepEqual([said.outcome, said.verdict], ['refused', { key: 'policy_verdict_condition', args: ['1', 'StringEquals', 'SAML:aud'] }]);
  assert.deepEqual(said.because, [
    { key: 'policy_because_has', args: ['SAML:aud', 'https://eu-west-1.signin.aws.amazon.com/saml'] },
    { key: 'policy_need_equal', args: ['SAML:aud', 'https://signin.aws.amazon.com/saml'] },
    { key: 'policy_because_also', args: ['sts:TagSession, sts:SetSourceIdentity'] },
  ]);
  const denied = check(policy({ StringNotLike: { 'aws:RequestTag/Department': 'R*' } }, { Effect: 'Deny' }));
  assert.equal(denied.verdict.key, 'policy_verdict_refused', 'a deny that does not apply is no allow');
});

test('a key that is absent carries the reason in a message of its own', () => {
  const said = check(policy({ StringEqualsIfExists: { 'SAML:cn': 'x' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } }));
  const [ifExists, mfa] = said.statements[0]?.conditions ?? [];
  assert.deepEqual([ifExists?.reason.text.key, ifExists?.reason.why?.key, ifExists?.sign_in_values], ['policy_absent_if_exists', 'policy_absent_not_sent', null]);
  assert.deepEqual([mfa?.reason.text.key, mfa?.reason.why, mfa?.need], ['policy_absent_mfa', null, null], 'no value helps');
});

test('what only AWS knows is marked, and the digest comes from the host', () => {
  const condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const said = check(policy(condition));
  assert.deepEqual([said.outcome, said.verdict.key, said.statements[0]?.conditions[0]?.reason.aws_only], ['unknown', 'policy_verdict_unknown_condition', true]);
  assert.deepEqual(said.because.map(({ key }) => key), ['policy_unknown_network', 'policy_need_address']);

  const draft = draftPolicy(RESPONSE, ROLE, PROVIDER, undefined);
  assert.equal(draft.name_qualifier, 'https://sts.windows.net/tenant/111122223333/Entra');
  const digest = createHash('sha1').update(draft.name_qualifier ?? '').digest();
  const qualified = policy({ StringEquals: { 'SAML:namequalifier': digest.toString('base64') } });
  assert.equal(check(qualified, RESPONSE, new Uint8Array(digest)).outcome, 'allowed');
  assert.equal(check(qualified).outcome, 'unknown');
});

test('a policy that IAM would not take has a place that a text area can select', () => {
  const text = policy({}).replace('"Allow"', '"allow"').replace('People', 'Pe\u{1f600}ple');
  const said = check(text);
  assert.deepEqual([said.outcome, said.verdict.key], ['invalid', 'policy_verdict_invalid']);
  const effect = said.facts.find(({ code }) => code !== 'policy.invalid_sid');
  assert.ok(effect);
  assert.equal(text.slice(effect.place.start, effect.place.end), '"allow"');
  assert.equal(text.split('\n')[effect.place.line - 1]?.slice(effect.place.column - 1, -1), '"allow"');
  assert.equal(check('').facts[0]?.code, 'policy.nothing');
});

test('ARNs that are none are refused by name, and a request is no response', () => {
  const refusal = (/** @type {() => unknown} */ run) => { try { run(); } catch (error) { return /** @type {any} */ (error).code; } };
  assert.equal(refusal(() => draftPolicy(RESPONSE, 'Dev', PROVIDER, undefined)), 'policy.not_a_role');
  assert.equal(refusal(() => draftPolicy(RESPONSE, ROLE, ROLE, undefined)), 'policy.not_a_provider');
  assert.match(refusal(() => draftPolicy('<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>', ROLE, PROVIDER, undefined)) ?? '', /^saml\./);
  assert.equal(draftPolicy(RESPONSE, ` ${ROLE}\n`, PROVIDER, undefined).partition, 'aws');
});

test('the draft knows the partition and prefers the region of the sign-in to the person’s', () => {
  const draft = draftPolicy(RESPONSE, ROLE, PROVIDER, 'us-west-2');
  assert.deepEqual([draft.region, draft.sign_in_region, draft.encrypted_id, draft.subject, draft.source_identity], ['eu-west-1', 'eu-west-1', null, 'jane@example.com', 'jane']);
  const global = draftPolicy(response('https://signin.aws.amazon.com/saml/acs/SAMLSP24STGUUIDEXAMPLE'), ROLE, PROVIDER, 'us-west-2');
  assert.deepEqual([global.region, global.sign_in_region, global.encrypted_id], ['us-west-2', null, 'SAMLSP24STGUUIDEXAMPLE']);
});

test('the form begins with what the sign-in needs, and the policy it comes to allows that sign-in', () => {
  const draft = draftPolicy(RESPONSE, ROLE, PROVIDER, undefined);
  let form = formOf(draft);
  assert.deepEqual([form.tagKeys, form.mfaKey, form.mfaValues, form.sourceIdentity], ['Department, MFA', 'MFA', 'yes', true]);
  const pair = { role: ROLE, provider: PROVIDER };
  for (const [name, value] of /** @type {[string, string][]} */ ([['audience', 'regions'], ['audience', 'pattern'], ['audience', 'all']])) {
    form = changed(form, /** @type {any} */ ({ type: 'radio', value, dataset: { form: name } }));
    const written = writePolicy(wishOf({ ...form, subject: true, mfa: true, identity: true }, pair));
    const said = check(written.json);
    assert.deepEqual([said.outcome, JSON.stringify(said.because)], ['allowed', '[]'], value);
    assert.ok(written.characters > 300);
    for (const text of [written.cli_update, written.cli_create, written.cloud_formation, written.terraform, written.terraform_document]) assert.match(text ?? '', /Entra/);
    assert.equal(check(written.json, RESPONSE.replace('>yes<', '>no<')).outcome, 'refused', 'MFA is asked for');
  }
});

test('fields change what they name, and a tag the one at its place', () => {
  let form = formOf(draftPolicy(RESPONSE, ROLE, PROVIDER, undefined));
  const set = (/** @type {object} */ field) => { form = changed(form, /** @type {any} */ (field)); };
  set({ type: 'checkbox', checked: true, value: 'us-east-1', dataset: { form: 'region' } });
  set({ type: 'checkbox', checked: false, value: 'eu-west-1', dataset: { form: 'region' } });
  assert.deepEqual(form.regions, ['us-east-1']);
  set({ type: 'checkbox', checked: true, value: 'on', dataset: { form: 'on', index: '0' } });
  set({ type: 'text', value: 'a, b ,,c', dataset: { form: 'values', index: '0' } });
  const wish = wishOf(form, { role: ROLE, provider: PROVIDER });
  assert.deepEqual(wish.tags, [{ key: 'Department', values: ['a', 'b', 'c'] }]);
  assert.deepEqual([wish.subjects, wish.encryptedId], [null, null]);
});

test('a trust policy is told from a recording and from metadata', () => {
  assert.ok(isPolicy(policy({})));
  assert.ok(isPolicy('\ufeff {"Role": {"AssumeRolePolicyDocument": {}}}'));
  assert.ok(isPolicy('<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">'));
  for (const text of ['{"log":{"entries":[]}}', RESPONSE, 'Statement', '']) assert.ok(!isPolicy(text), text);
  assert.ok(isMetadata('<?xml version="1.0"?><EntityDescriptor xmlns="x">') && !isMetadata(policy({})));
});
