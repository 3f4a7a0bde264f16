import { describe, expect, test } from 'vitest';
import type { CollectedAccount, CollectedRole } from '../../../analysis/collected.ts';
import type { Surroundings } from '../../../analysis/surroundings.ts';
import { ACCOUNT, analyzed, attachment, control, document, group, policy, role, user } from '../given_account.ts';

const PUT = 'iam:PutRolePolicy';
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: unknown, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' });

/** An account of roles that each have the same policies. */
const rolesWith = (roles: readonly CollectedRole[], ...statements: readonly object[]): Partial<CollectedAccount> => ({
  roles,
  policies: [policy('p', document(...statements))],
  policyAttachments: roles.map(({ arn }) => attachment(arn, 'p')),
});

const rowsOf = (given: Partial<CollectedAccount>, around: Partial<Surroundings> = {}) =>
  analyzed(given, around).capabilities;
const rowOf = (name: string, given: Partial<CollectedAccount>, around: Partial<Surroundings> = {}) =>
  rowsOf(given, around).find(({ capability }) => capability === name);

const app = role('app');
const linked = { ...role('linked'), is_service_linked: true };
const writer = rolesWith([app], allow(PUT));

const FULL = allow('*');

describe('B4: rows of capabilities', () => {
  test('what is granted, by which statement, how far, and what it gains', () => {
    expect(rowOf(PUT, writer)).toEqual({
      account_id: ACCOUNT,
      region: 'global',
      principal_arn: app.arn,
      capability: PUT,
      verdict: 'allowed',
      scope: 'all',
      resource_side: 'not_needed',
      granted_by: '[{"layer":"identity","policy_id":"p","position":0,"sid":null}]',
      blocked_by: null,
      kind: 'escalation',
      explanation: 'gives itself any permission',
    });
  });

  test('nothing about what is not granted', () => expect(rowsOf(rolesWith([app], allow('logs:*')))).toEqual([]));

  test('a user has what its groups have', () => {
    const ann = { ...user('ann'), groups: ['team'] };
    const given = {
      users: [ann],
      groups: [group('team')],
      policies: [policy('p', document(allow('s3:GetObject')))],
      policyAttachments: [attachment(ann.arn, 'p', 'group')],
    };
    expect(rowOf('read_objects', given)).toMatchObject({ principal_arn: ann.arn, verdict: 'allowed' });
  });

  test('a key whose policy was not read: never allowed', () => {
    expect(rowOf('decrypt', rolesWith([app], allow('kms:Decrypt')))).toMatchObject({
      verdict: 'conditional',
      resource_side: 'unread',
    });
  });

  test('a role to assume that lets nobody in', () => {
    const given = rolesWith([app, role('other')], allow('sts:AssumeRole', { Resource: role('other').arn }));
    expect(rowOf('sts:AssumeRole', given)).toMatchObject({ verdict: 'denied', resource_side: 'denies' });
  });

  test('what was granted and is denied, with the statement that denies', () => {
    expect(rowOf(PUT, rolesWith([app], allow(PUT), deny('iam:Put*')))).toMatchObject({
      verdict: 'denied',
      blocked_by: '[{"layer":"identity","policy_id":"p","position":1,"sid":null}]',
    });
  });
});

describe('B3: what bounds a principal', () => {
  const bounded = (boundary: object[] | null) => {
    const given = rolesWith([{ ...app, boundary_arn: 'b' }], allow(PUT));
    const policies = [...given.policies!, ...(boundary === null ? [] : [policy('b', document(...boundary))])];
    return rowOf(PUT, { ...given, policies });
  };
  test('a boundary that lets it through', () => expect(bounded([allow('iam:*')])?.verdict).toBe('allowed'));
  test('a boundary that does not', () => {
    expect(bounded([allow('s3:*')])).toMatchObject({
      verdict: 'denied',
      granted_by: '[{"layer":"identity","policy_id":"p","position":0,"sid":null}]',
      blocked_by: '[{"layer":"boundary","policy_id":"b","position":null,"sid":null}]',
    });
  });
  test('a boundary that was not read: never allowed', () => expect(bounded(null)?.verdict).toBe('unknown'));

  const levels = [control(0, FULL), control(1, deny(PUT)), control(1, FULL), control(2, FULL)];
  test('an SCP at any level', () => {
    expect(rowOf(PUT, writer, { controlPolicies: levels })).toMatchObject({
      verdict: 'denied',
      blocked_by: '[{"layer":"scp","policy_id":"p-1","position":0,"sid":null}]',
    });
  });
  test('a level at which nothing allows it', () => {
    const found = rowOf(PUT, writer, { controlPolicies: [control(0, FULL), control(1, allow('s3:*'))] });
    expect(found).toMatchObject({ verdict: 'denied' });
  });
  test('SCPs do not bind the management account', () =>
    expect(rowOf(PUT, writer, { controlPolicies: levels, isManagement: true })?.verdict).toBe('allowed'));
  test('nor service-linked roles', () => {
    const given = rolesWith([linked], allow('s3:GetObject'));
    const around = { controlPolicies: [control(0, deny('*'))], covered: false };
    expect(rowOf('read_objects', given, around)?.verdict).toBe('allowed');
  });
  test('denies alone stand beside a FullAWSAccess that was not handed over', () => {
    expect(rowOf(PUT, writer, { controlPolicies: [control(0, deny('s3:*'))] })?.verdict).toBe('allowed');
  });
  test('where policies are known to be missing, a level that allows nothing is not all there is: not denied', () => {
    const controlPolicies = [control(0, deny('s3:*')), control(1, allow('iam:*'))];
    expect(rowOf(PUT, writer, { controlPolicies, covered: false })?.verdict).toBe('conditional');
    expect(rowOf(PUT, writer, { controlPolicies })?.verdict).toBe('denied');
  });
  test('an RCP keeps from the data, not from IAM', () => {
    const given = rolesWith([app], allow([PUT, 's3:GetObject']));
    const around = { controlPolicies: [control(0, deny('*'), 'RESOURCE_CONTROL_POLICY')] };
    expect(rowOf('read_objects', given, around)?.verdict).toBe('denied');
    expect(rowOf(PUT, given, around)?.verdict).toBe('allowed');
  });
  test('SCPs that nobody read: never allowed, and said', () => {
    expect(rowOf(PUT, writer, { covered: false })).toMatchObject({
      verdict: 'conditional',
      blocked_by: '[{"layer":"scp","policy_id":"not read","position":null,"sid":null}]',
      explanation: 'gives itself any permission; the control policies of the organization were not read',
    });
  });
  test('in the management account they do not matter', () =>
    expect(rowOf(PUT, writer, { covered: false, isManagement: true })?.verdict).toBe('allowed'));
});

describe('B4: what cannot be read', () => {
  test('an attached policy that was not read may grant anything', () => {
    const found = rowsOf({ roles: [app], policyAttachments: [attachment(app.arn, 'gone')] });
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  });
  test('a policy that cannot be parsed makes its principal unknown and no other', () => {
    const given = rolesWith([app], allow('s3:GetObject'));
    const found = rowsOf({
      roles: [role('odd'), ...given.roles!],
      policies: [...given.policies!, policy('broken', '{"Statement": [')],
      policyAttachments: [...given.policyAttachments!, attachment(role('odd').arn, 'broken')],
    });
    expect(found.find(({ principal_arn }) => principal_arn === role('odd').arn)?.verdict).toBe('unknown');
    expect(found.filter(({ principal_arn }) => principal_arn === app.arn).map(({ verdict }) => verdict)).toEqual([
      'allowed',
    ]);
  });
});

describe('B4: principals that share a policy are judged each by what it says to them', () => {
  const both = [app, role('other')];
  const verdicts = (...statements: object[]) =>
    Object.fromEntries(
      rowsOf(rolesWith(both, ...statements)).map(({ principal_arn, verdict }) => [
        principal_arn.split('/').at(-1),
        verdict,
      ]),
    );
  test('the same to both', () => expect(verdicts(allow('s3:GetObject'))).toEqual({ app: 'allowed', other: 'allowed' }));
  test('a condition on who asks', () =>
    expect(verdicts(allow('s3:GetObject', { Condition: { ArnEquals: { 'aws:PrincipalArn': app.arn } } }))).toEqual({
      app: 'allowed',
    }));
  test('a resource that is one of them', () =>
    expect(verdicts(allow(PUT, { Resource: app.arn }))).toEqual({ app: 'allowed', other: 'possible' }));
  test('a boundary of one of them', () => {
    const given = rolesWith([app, { ...role('other'), boundary_arn: 'b' }], allow('s3:GetObject'));
    const found = rowsOf({ ...given, policies: [...given.policies!, policy('b', document(allow('sqs:*')))] });
    expect(found.map(({ verdict }) => verdict)).toEqual(['allowed', 'denied']);
  });
  test('a variable', () => {
    const users = [user('ann'), user('bob')];
    const own = allow('iam:PutUserPolicy', { Resource: `arn:aws:iam::${ACCOUNT}:user/\${aws:username}` });
    const found = rowsOf({
      users,
      policies: [policy('p', document(own))],
      policyAttachments: users.map(({ arn }) => attachment(arn, 'p')),
    });
    expect(found.map(({ verdict, principal_arn }) => [principal_arn, verdict])).toEqual(
      users.map(({ arn }) => [arn, 'allowed']),
    );
  });
});
