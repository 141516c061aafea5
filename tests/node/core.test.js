// The core says once an account what is the same for all its roles; pages get every role in full.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inFull } from '../../extension/core/sign-in.js';

test('a role that is only a name takes the prefix and the provider of its account', () => {
  const account = 'arn:aws:iam::111122223333:';
  const refused = { key: 'sts_identity_center_role', args: ['x'] };
  const signIn = inFull(/** @type {any} */ ({
    id: '1',
    accounts: [['111122223333', '1111 2222 3333', 'aws', `${account}role/`, `${account}saml-provider/Idp`, [
      'team/Dev',
      { name: 'Ops', provider: null, chosen: true, refused },
      { name: '/odd', provider: `${account}saml-provider/Other`, chosen: false, refused: null },
    ]]],
  }));
  assert.deepEqual(signIn, {
    id: '1',
    accounts: [{
      id: '111122223333', label: '1111 2222 3333', partition: 'aws', roles: [
        { name: 'team/Dev', arn: `${account}role/team/Dev`, provider: `${account}saml-provider/Idp`, chosen: false, refused: null },
        { name: 'Ops', arn: `${account}role/Ops`, provider: `${account}saml-provider/Idp`, chosen: true, refused },
        { name: '/odd', arn: `${account}role//odd`, provider: `${account}saml-provider/Other`, chosen: false, refused: null },
      ],
    }],
  });
});
