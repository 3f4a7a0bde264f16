import { describe, expect, test } from 'vitest';
import type { Surroundings } from '../../analysis/surroundings.ts';
import {
  ACCOUNT,
  analyzed,
  attachment,
  control,
  document,
  OTHER_ACCOUNT,
  policy,
  role,
  user,
} from './given_account.ts';

const ANY = 'arn:*:iam::*:role/*';
const PROD = `arn:aws:iam::${OTHER_ACCOUNT}:role/prod`;
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...more,
});
const deny = (Resource: unknown, more: object = {}) => ({ ...allow('sts:AssumeRole', Resource, more), Effect: 'Deny' });
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const RCP = 'RESOURCE_CONTROL_POLICY';

interface Given {
  readonly kind?: 'role' | 'user';
  readonly policies?: readonly object[];
  readonly boundary?: object;
  /** Whether a role of the account names the principal in its trust policy. */
  readonly isNamed?: boolean;
}

/** What a principal may assume: `pattern … but spared …`, `?` where it hangs on something, `named` by trust alone. */
function grants(
  { kind = 'role', policies = [], boundary, isNamed = false }: Given,
  around: Partial<Surroundings> = {},
): readonly string[] {
  const boundary_arn = boundary === undefined ? null : 'b';
  const asking = { ...(kind === 'role' ? role('asking') : user('asking')), boundary_arn };
  const naming = role(
    'naming',
    document({ Effect: 'Allow', Principal: { AWS: asking.arn }, Action: 'sts:AssumeRole' }),
  );
  const found = analyzed(
    {
      roles: [...(isNamed ? [naming] : []), ...(kind === 'role' ? [asking as ReturnType<typeof role>] : [])],
      users: kind === 'user' ? [asking as ReturnType<typeof user>] : [],
      policies: [policy('p', document(...policies)), policy('b', boundary ?? document())],
      policyAttachments: [
        attachment(asking.arn, 'p'),
        ...(boundary === undefined ? [] : [attachment(asking.arn, 'b', 'boundary')]),
      ],
    },
    around,
  ).assume_role_grants;
  return found.map(
    ({ when_named, role_patterns, spared_patterns, is_conditional }) =>
      `${when_named ? 'named ' : ''}${role_patterns.join(' and ')}${spared_patterns.length > 0 ? ` but ${spared_patterns.join(', ')}` : ''}${is_conditional ? ' ?' : ''}`,
  );
}

describe('B6: the roles that a principal may assume, all policies taken together', () => {
  test('none where nothing allows it', () => expect(grants({ policies: [allow('s3:*')] })).toEqual([]));
  test('those that a statement names', () =>
    expect(grants({ policies: [allow('sts:AssumeRole', [PROD, 'arn:aws:iam::*:role/a?'])] })).toEqual([
      PROD,
      'arn:aws:iam::*:role/a?',
    ]));
  test('any, by NotAction too', () =>
    expect(grants({ policies: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] })).toEqual([ANY]));
  test('all but one', () =>
    expect(grants({ policies: [{ Effect: 'Allow', Action: 'sts:*', NotResource: PROD }] })).toEqual([
      `${ANY} but ${PROD}`,
    ]));
  test('on a condition', () => expect(grants({ policies: [allow('sts:*', '*', mfa)] })).toEqual([`${ANY} ?`]));
  test('a Deny takes away what it names', () =>
    expect(grants({ policies: [allow('*'), deny(PROD)] })).toEqual([`${ANY} but ${PROD}`]));
  test('a Deny of NotResource takes away all but what it names', () =>
    expect(grants({ policies: [allow('*'), { ...deny(''), Resource: undefined, NotResource: PROD }] })).toEqual([
      PROD,
    ]));
  test('a Deny on a condition leaves it open', () =>
    expect(grants({ policies: [allow('sts:AssumeRole', PROD), deny('*', mfa)] })).toEqual([`${PROD} ?`]));
  test('a boundary narrows it', () =>
    expect(grants({ policies: [allow('*')], boundary: document(allow('sts:AssumeRole', PROD)) })).toEqual([PROD]));
  test('a pattern of each must match where neither is within the other', () =>
    expect(
      grants({
        policies: [allow('sts:AssumeRole', 'arn:aws:iam::*:role/a*')],
        boundary: document(allow('*', 'arn:aws:iam::*:role/*z')),
      }),
    ).toEqual(['arn:aws:iam::*:role/a* and arn:aws:iam::*:role/*z']));
  test('an SCP that denies it: none', () =>
    expect(grants({ policies: [allow('*')] }, { controlPolicies: [control(0, deny('*'))] })).toEqual([]));
  test('SCPs that nobody read leave it open, save in the management account', () => {
    expect(grants({ policies: [allow('*')] }, { covered: false })).toEqual([`${ANY} ?`]);
    expect(grants({ policies: [allow('*')] }, { covered: false, isManagement: true })).toEqual([ANY]);
  });
  test('an RCP of the account says nothing: those of the role’s account do', () =>
    expect(grants({ policies: [allow('*')] }, { controlPolicies: [control(0, deny('*'), RCP)] })).toEqual([ANY]));
});

describe('B6: a trust policy of the account that names the principal', () => {
  const isNamed = true;
  test('stands for its policies', () => expect(grants({ isNamed })).toEqual([`named ${ANY}`]));
  test('what they deny stays denied', () =>
    expect(grants({ isNamed, policies: [deny(PROD)] })).toEqual([`named ${ANY} but ${PROD}`]));
  test('an SCP stays', () => expect(grants({ isNamed }, { controlPolicies: [control(0, deny('*'))] })).toEqual([]));
  test('the boundary of a role must allow it', () => {
    expect(grants({ isNamed, boundary: document(allow('s3:*')) })).toEqual([]);
    expect(grants({ isNamed, boundary: document(allow('sts:AssumeRole', PROD)) })).toEqual([`named ${PROD}`]);
  });
  test('the boundary of a user only denies', () => {
    expect(grants({ kind: 'user', isNamed, boundary: document(allow('s3:*')) })).toEqual([`named ${ANY}`]);
    expect(grants({ kind: 'user', isNamed, boundary: document(allow('*'), deny(PROD)) })).toEqual([
      `named ${ANY} but ${PROD}`,
    ]);
  });
});

describe('B6: resource control policies go by the account of the role', () => {
  const keptOut = (trusted: object, rcp: object, around: Partial<Surroundings> = {}) =>
    analyzed(
      { roles: [role('r', document({ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' }))] },
      {
        members: [ACCOUNT, OTHER_ACCOUNT],
        organization: { id: 'o-1', path: null },
        controlPolicies: [control(0, rcp, RCP)],
        ...around,
      },
    ).trust_edges.map(({ kept_out }) => kept_out);
  const unless = (key: string, value: string) =>
    deny('*', { Principal: '*', Condition: { StringNotEquals: { [key]: value } } });
  const admin = `arn:aws:iam::${OTHER_ACCOUNT}:role/SecurityAdmin`;

  test('keep everybody out', () =>
    expect(keptOut({ AWS: OTHER_ACCOUNT }, deny('*', { Principal: '*' }))).toEqual([true]));
  test('keep nobody from a role that they do not name', () =>
    expect(keptOut({ AWS: OTHER_ACCOUNT }, deny(PROD, { Principal: '*' }))).toEqual([false]));
  test('say nothing of another service', () =>
    expect(keptOut({ AWS: OTHER_ACCOUNT }, { ...deny('*'), Action: 's3:*', Principal: '*' })).toEqual([false]));
  test('let in whom they spare by name', () => {
    expect(keptOut({ AWS: admin }, unless('aws:PrincipalArn', admin))).toEqual([false]);
    expect(keptOut({ AWS: `${admin}2` }, unless('aws:PrincipalArn', admin))).toEqual([true]);
    expect(keptOut({ AWS: OTHER_ACCOUNT }, unless('aws:PrincipalArn', admin))).toEqual([null]);
  });
  test('let in accounts of the organization, and keep out those outside', () => {
    expect(keptOut({ AWS: OTHER_ACCOUNT }, unless('aws:PrincipalOrgID', 'o-1'))).toEqual([false]);
    expect(keptOut({ AWS: '999900009999' }, unless('aws:PrincipalAccount', OTHER_ACCOUNT))).toEqual([true]);
    expect(keptOut({ AWS: '999900009999' }, unless('aws:PrincipalOrgID', 'o-1'))).toEqual([null]);
  });
  test('SCPs do not: they bind who asks', () =>
    expect(keptOut({ AWS: OTHER_ACCOUNT }, {}, { controlPolicies: [control(0, deny('*'))] })).toEqual([false]));
});
