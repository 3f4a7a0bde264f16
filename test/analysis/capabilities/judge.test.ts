import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../../analysis/capabilities/inventory.ts';
import { judgeOf } from '../../../analysis/capabilities/judge.ts';
import { ACCOUNT, FUNCTION_ARN, OTHER_ACCOUNT } from '../given_account.ts';
import type { GivenPolicies, Said } from '../given_policies.ts';
import { arn, INVENTORY, OWN_POLICY, ROLE, subject, USER } from './given_subject.ts';

const judged = (name: string, given: GivenPolicies, who = ROLE, inventory: Inventory = INVENTORY) =>
  judgeOf(inventory)(subject(given, who)).find(({ capability }) => capability.name === name);
const verdict = (name: string, identity: readonly Said[], who = ROLE, inventory = INVENTORY) =>
  judged(name, { identity }, who, inventory)?.verdict ?? 'nothing';
const on = (Action: string, Resource: string) => ({ Action, Resource });

describe('B4: whom a permission to change IAM is about', () => {
  const cases: readonly (readonly [string, string, Said, string, string])[] = [
    ['the own role', 'iam:PutRolePolicy', on('iam:PutRolePolicy', ROLE), ROLE, 'allowed'],
    [
      'another role, which it may or may not be able to use',
      'iam:PutRolePolicy',
      on('iam:PutRolePolicy', arn('role', 'worker')),
      ROLE,
      'possible',
    ],
    ['a role, for a user', 'iam:PutRolePolicy', { Action: 'iam:PutRolePolicy' }, USER, 'possible'],
    ['the own user', 'iam:PutUserPolicy', on('iam:PutUserPolicy', USER), USER, 'allowed'],
    [
      'the own user, by its name',
      'iam:PutUserPolicy',
      on('iam:PutUserPolicy', arn('user', '${aws:username}')),
      USER,
      'allowed',
    ],
    ['the own group', 'iam:PutGroupPolicy', on('iam:PutGroupPolicy', arn('group', 'team')), USER, 'allowed'],
    ['another group', 'iam:PutGroupPolicy', on('iam:PutGroupPolicy', arn('group', 'admins')), USER, 'possible'],
    ['any group to join', 'iam:AddUserToGroup', on('iam:AddUserToGroup', arn('group', 'admins')), USER, 'allowed'],
    ['the own policy', 'iam:CreatePolicyVersion', on('iam:CreatePolicyVersion', OWN_POLICY), ROLE, 'allowed'],
    [
      'another policy',
      'iam:CreatePolicyVersion',
      on('iam:CreatePolicyVersion', arn('policy', 'x-*')),
      ROLE,
      'possible',
    ],
    [
      'policies of AWS, which nobody can change',
      'iam:CreatePolicyVersion',
      on('iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/*'),
      ROLE,
      'denied',
    ],
    ['keys of another user', 'iam:CreateAccessKey', on('iam:CreateAccessKey', arn('user', 'bob')), USER, 'allowed'],
    ['own keys only', 'iam:CreateAccessKey', on('iam:CreateAccessKey', USER), USER, 'denied'],
    [
      'own keys only, by its name',
      'iam:CreateAccessKey',
      on('iam:CreateAccessKey', arn('user', '${aws:username}')),
      USER,
      'denied',
    ],
    [
      'own keys only, by its name, for a role',
      'iam:CreateAccessKey',
      on('iam:CreateAccessKey', arn('user', '${aws:username}')),
      ROLE,
      'nothing',
    ],
    [
      'the trust of its own role only',
      'iam:UpdateAssumeRolePolicy',
      on('iam:UpdateAssumeRolePolicy', ROLE),
      ROLE,
      'denied',
    ],
  ];
  test.each(cases)('%s', (_what, name, said, who, expected) => {
    const found = verdict(name, [said], who);
    expect(found === 'nothing' && expected === 'denied' ? 'denied' : found).toBe(expected);
  });
});

describe('B4: roles to pass', () => {
  const NAME = 'iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction';
  const lambda = { Action: ['lambda:CreateFunction', 'lambda:InvokeFunction'] };
  const pass = (resource: string, more: object = {}) => ({ ...on('iam:PassRole', resource), ...more });
  const to = (service: string) => ({ Condition: { StringEquals: { 'iam:PassedToService': service } } });

  const cases: readonly (readonly [string, Said, string])[] = [
    ['a role that trusts the service', pass(arn('role', 'work*')), 'allowed'],
    ['a role that does not: one may come', pass(arn('role', 'operator')), 'possible'],
    ['a role of another account', pass(`arn:aws:iam::${OTHER_ACCOUNT}:role/*`), 'nothing'],
    ['to this service only', pass('*', to('lambda.amazonaws.com')), 'allowed'],
    ['to another service only', pass('*', to('ec2.amazonaws.com')), 'nothing'],
  ];
  test.each(cases)('%s', (_what, said, expected) => expect(verdict(NAME, [said, lambda])).toBe(expected));
});

describe('B4: roles to assume', () => {
  const assume = (resource: string) => verdict('sts:AssumeRole', [on('sts:AssumeRole', resource)]);
  test('one that lets the account in', () => expect(assume(arn('role', 'operator'))).toBe('allowed'));
  test('one that lets only services in', () => expect(assume(arn('role', 'worker'))).toBe('denied'));
  test('of another account, whose trust nobody read', () =>
    expect(assume(`arn:aws:iam::${OTHER_ACCOUNT}:role/x`)).toBe('possible'));
  test('changed first: it must be the same role', () => {
    const NAME = 'iam:PutRolePolicy + sts:AssumeRole';
    const both = (role: string) => verdict(NAME, [on('iam:PutRolePolicy', role), on('sts:AssumeRole', '*')]);
    expect(both(arn('role', 'operator'))).toBe('allowed');
    expect(both(arn('role', 'worker'))).toBe('possible');
  });
});

describe('B4: what else decides', () => {
  test('a function of the account; none today, one may come', () => {
    const code = (resource: string) =>
      verdict('lambda:UpdateFunctionCode', [on('lambda:UpdateFunctionCode', resource)]);
    expect(code(FUNCTION_ARN)).toBe('allowed');
    expect(code(FUNCTION_ARN.replace('orders', 'other'))).toBe('possible');
    expect(code(FUNCTION_ARN.replace(ACCOUNT, OTHER_ACCOUNT))).toBe('nothing');
  });

  test('a key policy that nobody read: never more than conditional', () => {
    expect(verdict('decrypt', [{ Action: 'kms:Decrypt' }])).toBe('conditional');
  });

  test('what was not inventoried: possible at best', () => {
    expect(verdict('ssm:SendCommand', [{ Action: 'ssm:SendCommand' }])).toBe('possible');
  });

  test('a session revoked long ago, as DateLessThan of aws:TokenIssueTime', () => {
    const old = (operator: string) => [
      { Action: 'iam:PutRolePolicy', Condition: { [operator]: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } } },
    ];
    expect(verdict('iam:PutRolePolicy', old('DateLessThan'))).toBe('nothing');
    expect(verdict('iam:PutRolePolicy', old('DateLessThan'), USER)).toBe('nothing');
    expect(verdict('iam:PutRolePolicy', old('DateGreaterThan'))).toBe('allowed');
  });

  test('what is denied without TLS is asked for over TLS', () => {
    const stop = { Effect: 'Deny', Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(verdict('read_objects', [{ Action: 's3:*' }, stop])).toBe('allowed');
  });

  test('admin by NotAction, but not on some resources', () => {
    expect(verdict('admin', [{ NotAction: 's3:*' }])).toBe('allowed');
    expect(verdict('admin', [{ NotAction: 'iam:*' }])).toBe('nothing');
    expect(verdict('admin', [on('*', 'arn:aws:s3:::*')])).toBe('denied');
    expect(verdict('admin', [{ Action: 'iam:*' }])).toBe('nothing');
  });

  test('scope is that of the narrowest step', () => {
    const scope = (...said: Said[]) => judged('read_objects', { identity: said })?.scope;
    expect(scope({ Action: 's3:*' })).toBe('all');
    expect(scope(on('s3:*', 'arn:aws:s3:::*'))).toBe('broad');
    expect(scope(on('s3:*', 'arn:aws:s3:::bucket/*'))).toBe('named');
    expect(scope(on('s3:*', 'arn:aws:s3:::bucket/*'), { Action: 's3:GetObject' })).toBe('all');
  });

  test('the statements that grant and those that block', () => {
    const found = judged('read_secrets', {
      identity: [
        { Sid: 'read', Action: 'secretsmanager:*' },
        { Sid: 'not', Effect: 'Deny', ...on('*', 'arn:aws:secretsmanager:*:*:secret:prod-*') },
      ],
    });
    expect(found?.grantedBy.map(({ sid }) => sid)).toEqual(['read']);
    expect(found?.blockedBy.map(({ sid }) => sid)).toEqual(['not']);
  });
});
