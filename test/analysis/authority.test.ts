import { describe, expect, test } from 'vitest';
import { type Authority, authorityOf } from '../../analysis/authority.ts';
import { contextOf } from '../../analysis/conditions/context.ts';
import { requesterOf } from '../../analysis/requester.ts';
import { ACCOUNT, OTHER_ACCOUNT } from './given_account.ts';
import { type GivenPolicies, policiesOf } from './given_policies.ts';

const roles = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;

const authority = (
  given: GivenPolicies,
  asked = roles('*'),
  action = 'iam:PassRole',
  knowing: Record<string, string> = {},
) =>
  authorityOf(
    {
      requester: requesterOf(roles('app'))!,
      action,
      resource: asked,
      resourceAccount: ACCOUNT,
      resourceInManagementAccount: false,
      context: contextOf(knowing),
      since: null,
    },
    policiesOf(given),
  );
const shown = ({ verdict, grants }: Authority) => [
  verdict,
  ...grants.map(({ within, except }) => [within.join(' & '), ...except.map((one) => `not ${one}`)].join(', ')),
];

const PASS = { Action: 'iam:PassRole' };
const pass = (...Resource: string[]) => ({ ...PASS, Resource });
const deny = (more: object = {}) => ({ Effect: 'Deny', ...PASS, ...more });
const OPEN = { Condition: { StringEquals: { 'aws:RequestTag/x': 'y' } } };

describe('B3: on which resources a principal may do an action', () => {
  const cases: readonly (readonly [string, GivenPolicies, readonly string[]])[] = [
    ['nothing granted', {}, ['denied']],
    ['all of them', { identity: [PASS] }, ['allowed', roles('*')]],
    ['some of them', { identity: [pass(roles('app-*'), roles('web'))] }, ['allowed', roles('app-*'), roles('web')]],
    ['others only', { identity: [pass(`arn:aws:iam::${ACCOUNT}:user/*`, roles('*', OTHER_ACCOUNT))] }, ['denied']],
    [
      'a wildcard in the account',
      { identity: [pass('arn:aws:iam::*:role/app-*')] },
      ['allowed', 'arn:aws:iam::*:role/app-*'],
    ],
    [
      'what grant and boundary have in common',
      { identity: [pass(roles('app-*'))], boundary: [pass(roles('*-dev'))] },
      ['allowed', `${roles('app-*')} & ${roles('*-dev')}`],
    ],
    [
      'a boundary wider than the grant',
      { identity: [pass(roles('app-*'))], boundary: [PASS] },
      ['allowed', roles('app-*')],
    ],
    [
      'a boundary narrower than the grant',
      { identity: [PASS], boundary: [pass(roles('dev'))] },
      ['allowed', roles('dev')],
    ],
    ['a boundary beside the grant', { identity: [pass(roles('app-*'))], boundary: [pass(roles('web-*'))] }, ['denied']],
    [
      'an SCP at each level',
      { identity: [PASS], scps: [[{ Action: '*' }], [pass(roles('dev-*'))]] },
      ['allowed', roles('dev-*')],
    ],
    ['an SCP that does not allow', { identity: [PASS], scps: [[{ Action: 's3:*' }]] }, ['denied']],
    [
      'NotResource',
      { identity: [{ ...PASS, NotResource: roles('admin') }] },
      ['allowed', `${roles('*')}, not ${roles('admin')}`],
    ],
    ['NotResource of all of them', { identity: [{ ...PASS, NotResource: 'arn:aws:iam::*:role/*' }] }, ['denied']],
    ['NotResource of others', { identity: [{ ...PASS, NotResource: 'arn:aws:s3:::*' }] }, ['allowed', roles('*')]],
    ['a Deny of all', { identity: [PASS, deny()] }, ['denied']],
    [
      'a Deny of some',
      { identity: [PASS, deny({ Resource: roles('admin-*') })] },
      ['allowed', `${roles('*')}, not ${roles('admin-*')}`],
    ],
    [
      'a Deny of just what is granted',
      { identity: [pass(roles('admin')), deny({ Resource: roles('adm*') })] },
      ['denied'],
    ],
    ['a Deny of others', { identity: [PASS, deny({ Resource: roles('x', OTHER_ACCOUNT) })] }, ['allowed', roles('*')]],
    [
      'a Deny of all but some',
      { identity: [PASS, deny({ NotResource: [roles('dev-*'), 'arn:aws:s3:::*'] })] },
      ['allowed', roles('dev-*')],
    ],
    ['a Deny in an SCP', { identity: [PASS], scps: [[{ Action: '*' }, deny()]] }, ['denied']],
    ['a grant on a condition', { identity: [{ ...PASS, ...OPEN }] }, ['conditional', roles('*')]],
    [
      'one grant on a condition, one for sure',
      { identity: [{ ...PASS, ...OPEN }, pass(roles('web'))] },
      ['allowed', roles('*'), roles('web')],
    ],
    ['the same with and without a condition', { identity: [{ ...PASS, ...OPEN }, PASS] }, ['allowed', roles('*')]],
    ['a Deny of all on a condition', { identity: [PASS, deny(OPEN)] }, ['conditional', roles('*')]],
    [
      'a Deny of some on a condition leaves the others',
      { identity: [PASS, deny({ ...OPEN, Resource: roles('admin') })] },
      ['allowed', roles('*')],
    ],
    ['a statement that nobody understands', { identity: [PASS, { Effect: 'Perhaps' }] }, ['conditional', roles('*')]],
    [
      'a variable that nobody knows',
      { identity: [pass(roles('${aws:PrincipalTag/team}-*'))] },
      ['conditional', roles('${aws:PrincipalTag/team}-*')],
    ],
    [
      'a Deny with a variable that nobody knows',
      { identity: [PASS, deny({ Resource: '${aws:PrincipalTag/all}' })] },
      ['conditional', roles('*')],
    ],
  ];
  test.each(cases)('%s', (_name, given, expected) => expect(shown(authority(given))).toEqual(expected));

  test('on anything at all', () => {
    expect(shown(authority({ identity: [pass(roles('a'), 'arn:aws:iam::*:role/b')] }, '*'))).toEqual([
      'allowed',
      roles('a'),
      'arn:aws:iam::*:role/b',
    ]);
  });

  test('what is known of the request decides conditions: iam:PassedToService', () => {
    const toLambda = { ...PASS, Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } };
    const passed = (service: string) =>
      authority({ identity: [toLambda] }, roles('*'), 'iam:PassRole', { 'iam:PassedToService': service }).verdict;
    expect(passed('lambda.amazonaws.com')).toBe('allowed');
    expect(passed('ec2.amazonaws.com')).toBe('denied');
  });

  test('tells the statements that grant, those that block, and the layer that lacks', () => {
    const found = authority({
      identity: [
        { Sid: 'a', ...PASS },
        deny({ Sid: 'b', Resource: roles('x') }),
        deny({ Sid: 'c', Resource: 'arn:aws:s3:::*' }),
      ],
    });
    expect(found.grants[0]?.by.map(({ sid }) => sid)).toEqual(['a']);
    expect(found.blocked.map(({ sid }) => sid)).toEqual(['b']);
    expect(authority({ identity: [PASS], boundary: [{ Action: 's3:*' }] }).lacks).toBe('boundary');
    expect(authority({ boundary: [PASS] }).lacks).toBe('identity');
    expect(found.lacks).toBeNull();
  });
});
