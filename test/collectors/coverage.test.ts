import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  account,
  accountId,
  accountRow,
  byResource,
  collected,
  denied,
  details,
  functionArn,
  global,
  lambda,
  perFunction,
  region,
  regional,
  role,
  roleArn,
  version,
} from './folder.ts';

describe('A4: coverage has a row for everything that was asked', () => {
  it('all ok, when all files are there and there is nothing to ask function by function', async () => {
    const { coverage } = await collected(account());
    expect([...byResource(coverage).keys()].sort()).toEqual(
      [...global, ...regional.map((resource) => `${region} ${resource}`)].sort(),
    );
    for (const row of coverage) {
      expect(row).toMatchObject({
        status: 'ok',
        rows: row.resource === 'service_last_accessed' ? 1 : 0,
        message: null,
        error_code: null,
        api_calls: 0,
        duration_ms: null,
      });
    }
  });

  it('counts what was read', async () => {
    const root = account({
      'authorization-details.json': details({ RoleDetailList: [role('a'), role('b')] }),
      [`${region}/functions.json`]: { Functions: [lambda('one'), lambda('two'), version('1')] },
    });
    const coverage = byResource((await collected(root)).coverage);
    expect(coverage.get('global roles')?.rows).toBe(2);
    expect(coverage.get(`${region} functions`)?.rows).toBe(2);
    expect(coverage.get(`${region} function_versions`)?.rows).toBe(1);
  });

  it.each<[string, unknown, object]>([
    [
      'missing',
      undefined,
      { status: 'not_provided', message: `${accountId}/${region}/functions.json was not provided` },
    ],
    ['cut off', '{"Functions": [', { status: 'error', error_code: 'InvalidJson' }],
    ['denied', denied('ListFunctions'), { status: 'denied', error_code: 'AccessDeniedException' }],
  ])('functions %s: so are all listings that go function by function', async (_name, content, expected) => {
    const root = account({
      [`${region}/functions.json`]: content,
      [`${region}/policies/one.json`]: { Policy: '{}' },
    });
    const { coverage, functions, functionPolicies } = await collected(root);
    for (const resource of ['functions', ...perFunction]) {
      const row = byResource(coverage).get(`${region} ${resource}`);
      expect(row, resource).toMatchObject({ ...expected, message: expect.stringContaining('functions.json'), rows: 0 });
    }
    expect(byResource(coverage).get(`${region} microvms`)?.status).toBe('ok');
    expect([functions, functionPolicies]).toEqual([[], []]);
  });

  it('an account without the folder of a region has not provided it', async () => {
    const coverage = byResource((await collected(account(), [region, 'us-east-1'])).coverage);
    for (const resource of regional) {
      expect(coverage.get(`us-east-1 ${resource}`), resource).toMatchObject({
        status: 'not_provided',
        message: expect.stringContaining(`${accountId}/us-east-1/`),
      });
    }
  });

  it.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'])('an account that is %s was not read', async (state) => {
    const { coverage, roles } = await collected(account(), [region], accountRow(state));
    expect(new Set(coverage.map(({ status }) => status))).toEqual(new Set(['account_inactive']));
    expect(coverage).toHaveLength(global.length + regional.length);
    expect(coverage[0]).toMatchObject({ error_code: state, message: expect.stringContaining(state) });
    expect(roles).toEqual([]);
  });

  describe('authorization details that were asked with a filter', () => {
    const attached = { AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] };
    const given = async (more: object) => {
      const coverage = (await collected(account({ 'authorization-details.json': details(more) }))).coverage;
      return byResource(coverage.filter(({ status }) => status !== 'ok'));
    };
    const dev = { UserName: 'dev', UserId: 'AIDA', Arn: `arn:aws:iam::${accountId}:user/dev`, GroupList: ['ops'] };
    const ops = { GroupName: 'ops', GroupId: 'AGPA', Arn: `arn:aws:iam::${accountId}:group/ops` };

    it('a policy that a role has and nobody described: policies were not read, which must not read as no admin', async () => {
      const gaps = await given({ RoleDetailList: [role('a', attached)] });
      expect([...gaps.keys()]).toEqual(['global policies']);
      expect(gaps.get('global policies')).toMatchObject({
        status: 'not_provided',
        message: expect.stringContaining('arn:aws:iam::aws:policy/AdministratorAccess'),
        rows: 0,
      });
    });

    it('so is one that is a boundary', async () => {
      const PermissionsBoundary = { PermissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/b` };
      expect([...(await given({ RoleDetailList: [role('a', { PermissionsBoundary })] })).keys()]).toEqual([
        'global policies',
      ]);
    });

    it('a group that a user is in and nobody described: groups were not read', async () => {
      const gaps = await given({ UserDetailList: [dev] });
      expect([...gaps.keys()]).toEqual(['global groups']);
      expect(gaps.get('global groups')?.message).toContain('ops');
      expect([...(await given({ UserDetailList: [dev], GroupDetailList: [ops] })).keys()]).toEqual([]);
    });
  });

  it('an account without a folder was not provided', async () => {
    const root = account();
    rmSync(join(root, accountId), { recursive: true });
    const { coverage } = await collected(root);
    expect(new Set(coverage.map(({ status }) => status))).toEqual(new Set(['not_provided']));
    expect(coverage[0]?.message).toBe(`${accountId}/ was not provided`);
  });

  it('without any region nobody looked for functions', async () => {
    const coverage = byResource((await collected(account(), [])).coverage);
    expect(coverage.get('global roles')?.status).toBe('ok');
    expect(coverage.get('global functions')).toMatchObject({ status: 'not_provided' });
  });

  it('a file of another account is an error, not another account’s rows', async () => {
    const stranger = roleArn('x', '999900001111');
    const root = account({
      'authorization-details.json': details({ RoleDetailList: [role('x', { Arn: stranger })] }),
      [`${region}/functions.json`]: { Functions: [lambda('one', { FunctionArn: functionArn('one', 'eu-west-2') })] },
    });
    const { coverage, roles, functions } = await collected(root);
    expect(byResource(coverage).get('global roles')).toMatchObject({ status: 'error', error_code: 'OtherAccount' });
    expect(byResource(coverage).get(`${region} functions`)).toMatchObject({ error_code: 'OtherAccount' });
    expect([roles, functions]).toEqual([[], []]);
  });

  it('names every problem of a file with its path', async () => {
    const broken = [{ FunctionArn: 7 }, lambda('two', { LastModified: 'yesterday', Timeout: 'long' })];
    const root = account({ [`${region}/functions.json`]: { Functions: broken } });
    const { message } = byResource((await collected(root)).coverage).get(`${region} functions`)!;
    expect(message).toContain('Functions[0].FunctionArn: expected string, not number');
    expect(message).toContain('Functions[1].LastModified: expected a time');
    expect(message).toContain('Functions[1].Timeout');
  });

  it('names what an answer holds twice and differently; what is twice the same is once', async () => {
    const RoleDetailList = [role('a'), role('b'), role('b'), role('a', { RoleId: 'AROAother' })];
    const { coverage, roles } = await collected(account({ 'authorization-details.json': details({ RoleDetailList }) }));
    expect(byResource(coverage).get('global roles')).toMatchObject({
      status: 'ok',
      rows: 2,
      message: `listed twice and differently, the last one counts: ${roleArn('a')}`,
    });
    expect(roles.map(({ role_id }) => role_id)).toEqual(['AROAother', 'AROAb']);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'the answer: expected object, not array'],
    ['a missing member', { Functions: [{}] }, 'Functions[0].FunctionArn: expected string, and it is missing'],
    ['a number out of range', { Functions: [lambda('one', { Timeout: 1e30 })] }, 'Timeout: the number is out of range'],
  ])('says in plain words what is wrong: %s', async (_name, content, expected) => {
    const { coverage } = await collected(account({ [`${region}/functions.json`]: content }));
    expect(byResource(coverage).get(`${region} functions`)?.message).toContain(expected);
  });

  it('says keys that somebody else chose without their control characters', async () => {
    const images = [{ imageArn: 'a', tags: { 'red\u001b[31m': 7 } }];
    const { coverage } = await collected(account({ [`${region}/microvms.json`]: { images } }));
    expect(byResource(coverage).get(`${region} microvms`)?.message).toContain(
      'images[0].tags.red [31m: expected string, not number',
    );
  });
});
