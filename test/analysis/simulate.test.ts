import { describe, expect, test } from 'vitest';
import { type Simulation, simulate } from '../../analysis/simulate.ts';
import { UsageError } from '../../errors.ts';
import { ACCOUNT, document, OTHER_ACCOUNT } from './given_account.ts';

const text = (name: string, ...statements: readonly object[]) => ({
  name,
  text: JSON.stringify(document(...statements)),
});
const READ = text('read.json', { Sid: 'read', Effect: 'Allow', Action: 's3:Get*', Resource: '*' });
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

const asked = (given: Partial<Simulation>) =>
  simulate({
    policies: [READ],
    boundary: null,
    session: null,
    scps: [],
    resourcePolicy: null,
    principal: null,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/file',
    context: {},
    since: null,
    ...given,
  });

describe('B3: simulate policy files', () => {
  test('the decision with the statements that made it, by file', () => {
    expect(asked({})).toEqual({
      decision: 'allowed',
      statements: [
        { layer: 'identity', policy_id: 'read.json', position: 0, sid: 'read', effect: 'Allow', holds: true },
      ],
      lacks: [],
      problems: [],
    });
  });

  test('boundary and SCPs cap', () => {
    const queues = text('queues.json', { Effect: 'Allow', Action: 'sqs:*', Resource: '*' });
    expect(asked({ boundary: queues })).toMatchObject({ decision: 'denied', lacks: ['boundary'] });
    expect(asked({ scps: [text('all.json', ALL), queues] })).toMatchObject({ decision: 'denied', lacks: ['scp'] });
  });

  test('an SCP that only denies stands beside FullAWSAccess', () => {
    const deny = (Action: string) => text('deny.json', { Effect: 'Deny', Action, Resource: '*' });
    expect(asked({ scps: [deny('sqs:*')] }).decision).toBe('allowed');
    expect(asked({ scps: [deny('s3:*')] })).toMatchObject({
      decision: 'denied',
      statements: [{ policy_id: 'deny.json' }],
    });
  });

  test('who asks decides what hangs on it; nobody named leaves it open', () => {
    const only = text('only.json', {
      ...ALL,
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } },
    });
    const as = (principal: string | null) => asked({ policies: [only], principal }).decision;
    expect(as(`arn:aws:iam::${ACCOUNT}:role/app`)).toBe('allowed');
    // Its role may have a path, which the ARN of a session leaves out.
    expect(as(`arn:aws:sts::${ACCOUNT}:assumed-role/app/one`)).toBe('conditional');
    expect(as(`arn:aws:iam::${ACCOUNT}:user/app`)).toBe('denied');
    expect(as(null)).toBe('conditional');
  });

  test('a session is of the role that a resource policy names, whatever its path, for no two have the same name', () => {
    const named = (role: string) =>
      text('named.json', {
        ...{ Effect: 'Deny', Action: '*', Resource: '*' },
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/${role}` },
      });
    const as = (role: string) =>
      asked({
        policies: [text('all.json', ALL)],
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`,
        resourcePolicy: named(role),
      }).decision;
    expect([as('app'), as('service-role/app'), as('other')]).toEqual(['denied', 'denied', 'allowed']);
  });

  test('SCPs do not bind service-linked roles', () => {
    const principal = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/lex.amazonaws.com/AWSServiceRoleForLex`;
    const none = text('none.json', { ...ALL, Effect: 'Deny' });
    expect(asked({ principal, scps: [none] }).decision).toBe('allowed');
  });

  test('context given is known, all else is open', () => {
    const region = text('region.json', { ...ALL, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } });
    const known = (context: Record<string, string[]>) => asked({ policies: [region], context }).decision;
    expect(known({})).toBe('conditional');
    expect(known({ 'aws:requestedregion': ['eu-west-1'] })).toBe('allowed');
    expect(known({ 'aws:RequestedRegion': ['us-east-1'] })).toBe('denied');
  });

  test('a bucket may be anybody’s; where the resource must let in, the policies alone never allow', () => {
    const own = text('own.json', { ...ALL, Condition: { StringEquals: { 'aws:ResourceAccount': ACCOUNT } } });
    const principal = `arn:aws:iam::${ACCOUNT}:role/app`;
    expect(asked({ policies: [own], principal }).decision).toBe('conditional');
    const all = { policies: [text('all.json', ALL)], principal };
    expect(asked({ ...all, action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1` }).decision).toBe(
      'conditional',
    );
    expect(asked({ ...all, action: 'kms:Decrypt', resource: '*' }).decision).toBe('conditional');
    expect(asked({ ...all, action: 'kms:CreateKey', resource: '*' }).decision).toBe('allowed');
    expect(
      asked({ ...all, action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-1:${OTHER_ACCOUNT}:q` }).decision,
    ).toBe('conditional');
    expect(asked({ ...all, action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:q` }).decision).toBe(
      'allowed',
    );
  });

  test('a session policy caps; a resource policy lets in where it must', () => {
    const queues = text('queues.json', { Effect: 'Allow', Action: 'sqs:*', Resource: '*' });
    expect(asked({ session: queues })).toMatchObject({ decision: 'denied', lacks: ['session'] });
    const key = {
      policies: [text('all.json', ALL)],
      principal: `arn:aws:iam::${ACCOUNT}:role/app`,
      action: 'kms:Decrypt',
      resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`,
    };
    const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
    const letsIn = text('key.json', { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' });
    expect(asked({ ...key, resourcePolicy: letsIn }).decision).toBe('allowed');
    const others = text('key.json', { Effect: 'Allow', Principal: root, Action: 'kms:Encrypt', Resource: '*' });
    expect(asked({ ...key, resourcePolicy: others })).toMatchObject({ decision: 'denied', lacks: ['resource'] });
  });

  test('what is wrong with a file is told by name and place', () => {
    const found = asked({ policies: [READ, { name: 'broken.json', text: '{"Statement": [' }] });
    expect(found.decision).toBe('conditional');
    expect(found.problems).toEqual(['broken.json: no JSON: the text ends too early at line 1, column 16']);
  });

  test.each([
    ['an action without a service', { action: 'GetObject' }, /Action `GetObject`/],
    ['an action with a wildcard', { action: 's3:*' }, /Action `s3:\*`/],
    ['a resource that is no ARN', { resource: 'bucket' }, /Resource `bucket`/],
    ['a principal that is no identity', { principal: 'arn:aws:s3:::bucket' }, /Principal `arn:aws:s3:::bucket`/],
  ])('%s is refused', (_name, given, message) => {
    expect(() => asked(given)).toThrow(UsageError);
    expect(() => asked(given)).toThrow(message);
  });
});
