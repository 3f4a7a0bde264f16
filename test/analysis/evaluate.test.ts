import { describe, expect, test } from 'vitest';
import { contextOf } from '../../analysis/conditions/context.ts';
import { evaluate } from '../../analysis/evaluate.ts';
import { type Policies, unreadPolicy } from '../../analysis/policies.ts';
import type { Request, Requester } from '../../analysis/request.ts';
import { type Given, ROLE, USER } from './cases/evaluation.ts';
import { globalKeys } from './cases/global_keys.ts';
import { identityExamples } from './cases/identity_examples.ts';
import { identitySide } from './cases/identity_side.ts';
import { organizationExamples } from './cases/organization_examples.ts';
import { organizationSide } from './cases/organization_side.ts';
import { resourceExamples } from './cases/resource_examples.ts';
import { resourceSide } from './cases/resource_side.ts';
import { ACCOUNT } from './given_account.ts';
import { policiesOf } from './given_policies.ts';

const ARNS = {
  role: ROLE,
  user: USER,
  root: `arn:aws:iam::${ACCOUNT}:root`,
  service: 's3.amazonaws.com',
  federated: 'accounts.google.com',
  anonymous: '',
  someone: '',
};

function requesterOf({
  as = 'role',
  session,
  serviceLinked = false,
  managementAccount = false,
  known = {},
}: Given): Requester {
  const isIdentity = ['role', 'user', 'root', 'someone'].includes(as);
  return {
    kind: as,
    arn: ARNS[as],
    accountId: isIdentity ? ACCOUNT : '',
    sessionArn: session ?? null,
    isServiceLinked: serviceLinked,
    inManagementAccount: managementAccount,
    known: contextOf(known),
  };
}

function requestOf(given: Given): Request {
  return {
    requester: requesterOf(given),
    action: given.does ?? 's3:GetObject',
    resource: given.on ?? 'arn:aws:s3:::bucket/file',
    resourceAccount: given.of ?? ACCOUNT,
    resourceInManagementAccount: given.resourceInManagementAccount ?? false,
    context: contextOf(given.knowing ?? {}),
    since: new Date('2026-01-05T00:00:00Z'),
  };
}

const decide = (given: Given) => evaluate(requestOf(given), policiesOf(given));

const sides = { ...globalKeys, ...identitySide, ...organizationSide, ...resourceSide };
const examples = { ...identityExamples, ...organizationExamples, ...resourceExamples };

describe('B3: the decision', () => {
  describe.each(Object.entries({ ...sides, ...examples }))('%s', (_page, cases) => {
    test.each(cases.map((one) => [one[0], one] as const))('%s', (_name, [, given, decision, lacks]) => {
      const found = decide(given);
      expect(found.decision).toBe(decision);
      if (lacks !== undefined) expect(found.lacks).toEqual(lacks);
    });
  });
});

describe('B3: explains which statement grants and which blocks', () => {
  const READ = { Sid: 'read', Action: 's3:GetObject' };

  test('a grant names all that allow, boundary and SCPs too', () => {
    const found = decide({
      identity: [{ Action: 'sqs:*' }, READ],
      boundary: [{ Action: '*' }],
      scps: [[{ Action: 's3:*' }]],
    });
    expect(found.statements).toEqual([
      { layer: 'identity', policy_id: 'identity', position: 1, sid: 'read', effect: 'Allow', holds: true },
      { layer: 'boundary', policy_id: 'boundary', position: 0, sid: null, effect: 'Allow', holds: true },
      { layer: 'scp', policy_id: 'level 0', position: 0, sid: null, effect: 'Allow', holds: true },
    ]);
  });

  test('an explicit deny names the Deny statements only', () => {
    const found = decide({ identity: [READ, { Sid: 'stop', Effect: 'Deny', Action: 's3:*' }] });
    expect(found.statements).toEqual([
      { layer: 'identity', policy_id: 'identity', position: 1, sid: 'stop', effect: 'Deny', holds: true },
    ]);
  });

  test('an implicit deny names no statement, but what lacks', () => {
    expect(decide({ identity: [READ], scps: [[{ Action: 'sqs:*' }]] })).toEqual({
      decision: 'denied',
      statements: [],
      lacks: ['scp'],
    });
  });

  test('conditional names all that speak, and which of them are open', () => {
    const open = { Effect: 'Deny', Action: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } };
    expect(decide({ identity: [READ, open] }).statements.map(({ position, holds }) => [position, holds])).toEqual([
      [0, true],
      [1, 'unknown'],
    ]);
  });
});

describe('A4: a policy that is in force but was not read', () => {
  const found = (policies: Partial<Policies>) => {
    const given = { identity: [{ Action: '*' }] };
    return evaluate(requestOf(given), { ...policiesOf(given), ...policies }).decision;
  };
  test('among the SCPs, as boundary or attached: never allowed', () => {
    expect(found({ scps: [[unreadPolicy('p-1')]] })).toBe('conditional');
    expect(found({ boundary: unreadPolicy('b') })).toBe('conditional');
    expect(found({ identity: [unreadPolicy('i')] })).toBe('conditional');
  });
});
