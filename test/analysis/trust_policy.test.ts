import { describe, expect, test } from 'vitest';
import { analyzed, document, role } from './given_account.ts';

const trusting = (given: unknown) => analyzed({ roles: [role('r', given)] }).roles[0]?.trusts_lambda;
const allow = (principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});
const LAMBDA = { Service: 'lambda.amazonaws.com' };

describe('B8: whether a role trusts Lambda', () => {
  const cases: readonly (readonly [string, readonly object[], boolean | null])[] = [
    ['the service', [allow(LAMBDA)], true],
    ['in a list of services', [allow({ Service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] })], true],
    ['in odd case', [allow({ service: 'Lambda.amazonaws.com' }, { Action: 'STS:assumerole' })], true],
    ['any action of sts', [allow(LAMBDA, { Action: 'sts:*' })], true],
    ['an action with a wildcard among others', [allow(LAMBDA, { Action: ['sts:TagSession', 'sts:Assume*'] })], true],
    ['every service', [allow({ Service: '*' })], true],
    ['everybody', [allow('*')], true],
    [
      'only from this account',
      [allow(LAMBDA, { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } })],
      true,
    ],
    [
      'everybody of an organization, in which Lambda is not',
      [allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
      false,
    ],
    [
      'everybody who brings an external id, as Lambda does not',
      [allow('*', { Condition: { StringEquals: { 'sts:ExternalId': 'x7' } } })],
      false,
    ],
    [
      'denied to all outside an organization, services aside',
      [
        allow(LAMBDA),
        {
          ...allow('*'),
          Effect: 'Deny',
          Condition: {
            StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
      ],
      true,
    ],
    [
      'denied to all outside an organization, services too',
      [
        allow(LAMBDA),
        { ...allow('*'), Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      ],
      false,
    ],
    ['a later statement', [allow({ AWS: '444455556666' }), allow(LAMBDA)], true],
    ['another service', [allow({ Service: 'ec2.amazonaws.com' })], false],
    ['Lambda@Edge only', [allow({ Service: 'edgelambda.amazonaws.com' })], false],
    ['an account', [allow({ AWS: 'arn:aws:iam::444455556666:root' })], false],
    ['another action', [allow(LAMBDA, { Action: 'sts:TagSession' })], false],
    ['all actions but this', [{ Effect: 'Allow', Principal: LAMBDA, NotAction: 'sts:AssumeRole' }], false],
    ['denied as well', [allow(LAMBDA), { ...allow(LAMBDA), Effect: 'Deny' }], false],
    [
      'denied to all but another service',
      [allow('*'), { Effect: 'Deny', NotPrincipal: { Service: 'ec2.amazonaws.com' }, Action: '*' }],
      false,
    ],
    [
      'denied on a condition that may not hold',
      [allow(LAMBDA), { ...allow(LAMBDA), Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      true,
    ],
    ['no statements', [], false],
    ['a statement that nobody understands', [allow(LAMBDA), { Effect: 'Allow' }], null],
  ];
  test.each(cases)('%s', (_name, statements, expected) => expect(trusting(document(...statements))).toBe(expected));

  test('a broken document, or none: nobody can tell', () => {
    expect(trusting('{')).toBeNull();
    expect(trusting(null)).toBeNull();
  });
});
