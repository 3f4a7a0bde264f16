import { describe, expect, test } from 'vitest';
import { allTables } from '../../tables/all.generated.ts';
import { analyzed, attachment, coverage, document, policy, role, user } from './given_account.ts';

const ADMIN = document({ Effect: 'Allow', Action: '*', Resource: '*' });
const ON_CONDITION = document({
  Effect: 'Allow',
  Action: '*:*',
  Resource: '*',
  Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
});
const READ = document({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' });
const BROKEN = document({ Effect: 'Allow' });

describe('B1: who is admin', () => {
  const app = role('app');
  const adminOf = (policies: Record<string, object>, kinds: Record<string, string> = {}) => {
    const found = analyzed({
      roles: [app],
      policies: Object.entries(policies).map(([id, given]) => policy(id, given)),
      policyAttachments: [...Object.keys(policies), ...Object.keys(kinds)].map((id) =>
        attachment(app.arn, id, kinds[id]),
      ),
    }).roles[0]!;
    return { is_admin: found.is_admin, admin_conditional: found.admin_conditional, admin_via: found.admin_via };
  };
  const no = { is_admin: false, admin_conditional: false, admin_via: [] };
  const unknown = { is_admin: null, admin_conditional: null, admin_via: [] };

  test('nothing attached: no', () => expect(adminOf({})).toEqual(no));
  test('a policy that reads: no', () => expect(adminOf({ read: READ })).toEqual(no));
  test('an attached policy or inline policy: yes, and which', () =>
    expect(adminOf({ b: ADMIN, a: ADMIN, read: READ }, { b: 'inline' })).toEqual({
      is_admin: true,
      admin_conditional: false,
      admin_via: ['a', 'b'],
    }));
  test('only with a Condition: yes, on condition', () =>
    expect(adminOf({ a: ON_CONDITION })).toEqual({ is_admin: true, admin_conditional: true, admin_via: ['a'] }));
  test('with and without a Condition: yes', () =>
    expect(adminOf({ a: ON_CONDITION, b: ADMIN })).toMatchObject({ admin_conditional: false, admin_via: ['a', 'b'] }));
  test('as its boundary only: no, a boundary grants nothing', () =>
    expect(adminOf({ a: ADMIN }, { a: 'boundary' })).toEqual(no));
  test('a policy that was not read: nobody can tell', () => expect(adminOf({}, { gone: 'managed' })).toEqual(unknown));
  test('a statement that nobody can understand: nobody can tell', () =>
    expect(adminOf({ a: BROKEN })).toEqual(unknown));
  test('a policy that was not read beside one that makes it admin: yes', () =>
    expect(adminOf({ a: ADMIN }, { gone: 'managed' })).toMatchObject({ is_admin: true, admin_conditional: false }));
  test('a policy that was not read beside one with a Condition: yes, on which condition nobody can tell', () =>
    expect(adminOf({ a: ON_CONDITION }, { gone: 'managed' })).toMatchObject({
      is_admin: true,
      admin_conditional: null,
    }));
  test('a Deny does not take it away: is_admin is about what is granted', () =>
    expect(adminOf({ a: ADMIN, b: document({ Effect: 'Deny', Action: '*', Resource: '*' }) })).toMatchObject({
      is_admin: true,
    }));

  test('only the version in force counts', () => {
    const versions = [policy('p', ADMIN, 'v1', false), policy('p', READ, 'v2', true)];
    const found = analyzed({ roles: [app], policies: versions, policyAttachments: [attachment(app.arn, 'p')] });
    expect(found.roles[0]?.is_admin).toBe(false);
    expect(found.policies).toHaveLength(2);
    expect(found.statements.map(({ actions }) => actions)).toEqual([['s3:Get*']]);
  });

  test('a user through a group', () => {
    const ann = user('ann');
    const found = analyzed({
      users: [ann],
      policies: [policy('p', ADMIN)],
      policyAttachments: [attachment(ann.arn, 'p', 'group')],
    });
    expect(found.users[0]).toMatchObject({ is_admin: true, admin_via: ['p'] });
  });
});

describe('A1: every table that is filled per account has its rows', () => {
  test('the keys are the declared tables', () => {
    const declared = allTables.filter(({ filling }) => filling === 'collected').map(({ name }) => name);
    expect(Object.keys(analyzed({})).sort()).toEqual([...declared].sort());
  });

  test('trust policy and policies come out decoded, with their digest and what is wrong with them', () => {
    const found = analyzed({
      roles: [role('r', encodeURIComponent('{ "Statement": [] }'))],
      policies: [policy('p', '{ "Statement": ')],
    });
    expect(found.roles[0]?.trust_policy).toBe('{"Statement":[]}');
    expect(found.policies[0]).toMatchObject({ document: '{ "Statement": ' });
    expect(found.policies[0]?.problem).toMatch(/the text ends too early at line 1, column 16/);
    expect(found.policies[0]?.document_sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('A4: what policies say that nobody can understand was not read', () => {
  const given = (...policies: ReturnType<typeof policy>[]) =>
    analyzed({ policies, coverage: [coverage('policies'), coverage('roles')] }).coverage;

  test('a policy in force: policies were not read, and the place is said', () => {
    const [policies, roles] = given(policy('broken', BROKEN), policy('read', READ));
    expect(policies).toMatchObject({
      status: 'error',
      error_code: 'MalformedPolicyDocument',
      message: expect.stringMatching(/^policy broken cannot be understood: statement 0 \(line 1, column \d+\)/),
    });
    expect(roles?.status).toBe('ok');
  });

  test('an earlier version says nothing', () =>
    expect(given(policy('read', BROKEN, 'v1', false), policy('read', READ, 'v2'))[0]?.status).toBe('ok'));
});

describe('A4: a user in a group that nobody described', () => {
  test('may be admin: nobody can tell; and nothing is denied for want of a policy', () => {
    const { users, capabilities } = analyzed({ users: [{ ...user('dev'), groups: ['ops'] }] });
    expect(users[0]).toMatchObject({ is_admin: null, admin_conditional: null });
    expect(new Set(capabilities.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  });
});
