import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import type { Scope } from '../../collectors/source.ts';
import { UsageError } from '../../errors.ts';
import { type Files, never, written } from './folder.ts';

const management = '100000000001';
const shop = '100000000002';
const bank = '100000000003';
const all: Scope = { accounts: [], regions: [] };

const arn = (id: string) => `arn:aws:organizations::${management}:account/o-1/${id}`;
const listed = (id: string, more: object = {}) => ({
  Id: id,
  Arn: arn(id),
  Name: `name ${id}`,
  State: 'ACTIVE',
  ...more,
});
const children = (...ids: string[]) => ({ Children: ids.map((Id) => ({ Id, Type: 'ACCOUNT' })) });

const policy = (id: string, type = 'SERVICE_CONTROL_POLICY') => ({
  Policy: {
    PolicySummary: { Id: id, Name: `policy ${id}`, Type: type },
    Content: '{ "Statement": [] }',
  },
});
const targets = (...ids: string[]) => ({ Targets: ids.map((TargetId) => ({ TargetId })) });

/** Root → Workloads (ou-1) → Finance (ou-2); the shop in Workloads, the bank in Finance. */
const organization: Files = {
  'organization.json': { Accounts: [management, shop, bank].map((id) => listed(id)) },
  'organization/roots.json': { Roots: [{ Id: 'r-1', Name: 'Root' }] },
  'organization/ous/r-1.json': { OrganizationalUnits: [{ Id: 'ou-1', Name: 'Workloads' }] },
  'organization/ous/ou-1.json': { OrganizationalUnits: [{ Id: 'ou-2', Name: 'Finance' }] },
  'organization/ous/ou-2.json': { OrganizationalUnits: [] },
  'organization/children/r-1.json': children(management),
  'organization/children/ou-1.json': children(shop),
  'organization/children/ou-2.json': { Accounts: [listed(bank)] },
  'organization/policies/p-full.json': policy('p-full'),
  'organization/targets/p-full.json': targets('r-1', 'ou-2'),
  'organization/policies/p-own.json': policy('p-own', 'RESOURCE_CONTROL_POLICY'),
  'organization/targets/p-own.json': targets(bank),
  'organization/policies/p-tags.json': policy('p-tags', 'TAG_POLICY'),
  'organization/targets/p-tags.json': targets('r-1'),
};

const planned = (changed: Files = {}, scope = all) => {
  const files = Object.entries({ ...organization, ...changed }).filter(([, content]) => content !== undefined);
  return exportFolder(written(Object.fromEntries(files))).plan(scope, never);
};

/** Coverage of the organization in short. */
const covered = ({ coverage }: Awaited<ReturnType<typeof planned>>) =>
  Object.fromEntries(coverage.map((row) => [row.resource, row]));

describe('A1: accounts of an export', () => {
  it('stand where the tree has them', async () => {
    const { accounts, coverage } = await planned();
    expect(accounts.map((row) => [row.account_id, row.ou_id, row.ou_path, row.is_management])).toEqual([
      [management, 'r-1', 'Root', true],
      [shop, 'ou-1', 'Root/Workloads', false],
      [bank, 'ou-2', 'Root/Workloads/Finance', false],
    ]);
    expect(accounts.map((row) => [row.organization_id, row.organization_path])).toEqual([
      ['o-1', 'o-1/r-1/'],
      ['o-1', 'o-1/r-1/ou-1/'],
      ['o-1', 'o-1/r-1/ou-1/ou-2/'],
    ]);
    expect(coverage.map((row) => [row.account_id, row.resource, row.status, row.rows, row.message])).toEqual([
      [management, 'accounts', 'ok', 3, null],
      [management, 'organization_policies', 'ok', 4, null],
    ]);
  });

  it('have State, or Status as it was called before', async () => {
    const Accounts = [
      listed(management, { State: undefined, Status: 'SUSPENDED' }),
      listed(shop, { State: 'PENDING_CLOSURE', Status: 'ACTIVE' }),
      listed(bank, { State: undefined }),
    ];
    const { accounts } = await planned({ 'organization.json': { Accounts } });
    expect(accounts.map(({ state }) => state)).toEqual(['SUSPENDED', 'PENDING_CLOSURE', null]);
  });

  it('have their tags, and a team by tag', async () => {
    const Tags = [
      { Key: 'stage', Value: 'prod' },
      { Key: 'Owner', Value: ' shop-team ' },
    ];
    const { accounts } = await planned({ [`organization/tags/${shop}.json`]: { Tags } });
    expect(accounts[1]).toMatchObject({ team: 'shop-team', tags: '{"Owner":" shop-team ","stage":"prod"}' });
    expect(accounts[0]).toMatchObject({ team: null, tags: '{}' });
  });

  it('that are listed twice count once', async () => {
    const { accounts } = await planned({ 'organization.json': { Accounts: [shop, shop].map((id) => listed(id)) } });
    expect(accounts.map(({ account_id }) => account_id)).toEqual([shop]);
  });

  it('are all planned whatever the scope, and one that nobody knows is a mistake of whoever asked', async () => {
    const { accounts } = await planned({}, { accounts: [bank], regions: [] });
    expect(accounts.map(({ account_id }) => account_id)).toEqual([management, shop, bank]);
    await expect(planned({}, { accounts: ['999999999999'], regions: [] })).rejects.toThrow(/999999999999/);
    await expect(planned({}, { accounts: ['999999999999'], regions: [] })).rejects.toBeInstanceOf(UsageError);
  });
});

describe('A1: control policies of an export', () => {
  it('reach what is below their target, save the management account, and other kinds of policy reach nothing', async () => {
    const { organizationPolicies } = await planned();
    expect(organizationPolicies.map((row) => [row.account_id, row.policy_id, row.type, row.target, row.level])).toEqual(
      [
        [shop, 'p-full', 'SERVICE_CONTROL_POLICY', 'r-1', 0],
        [bank, 'p-full', 'SERVICE_CONTROL_POLICY', 'r-1', 0],
        [bank, 'p-full', 'SERVICE_CONTROL_POLICY', 'ou-2', 2],
        [bank, 'p-own', 'RESOURCE_CONTROL_POLICY', bank, 3],
      ],
    );
    expect(organizationPolicies[0]?.document).toBe('{"Statement":[]}');
  });

  it('tell the actions that nobody knows (B2)', async () => {
    const { Policy } = policy('p-own', 'SERVICE_CONTROL_POLICY');
    const Statement = { Effect: 'Deny', NotAction: ['s3:GetObject', 's3:GetObjectt'], Resource: '*' };
    const changed = { ...Policy, Content: JSON.stringify({ Version: '2012-10-17', Statement }) };
    const { organizationPolicies } = await planned({ 'organization/policies/p-own.json': { Policy: changed } });
    expect(organizationPolicies.map((row) => [row.policy_id, row.unknown_actions])).toContainEqual([
      'p-own',
      ['s3:GetObjectt'],
    ]);
  });
});

describe('A4: what the export does not say about the organization', () => {
  describe('policies that allow, without FullAWSAccess among them', () => {
    const allowing = (id: string) => ({
      [`organization/policies/${id}.json`]: {
        Policy: {
          ...policy(id).Policy,
          Content: '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}',
        },
      },
      [`organization/targets/${id}.json`]: targets('ou-2'),
    });

    it('are a part of them: what is missing is said', async () => {
      const found = covered(await planned(allowing('p-list')));
      expect(found.organization_policies).toMatchObject({
        status: 'not_provided',
        message: expect.stringContaining('p-FullAWSAccess'),
      });
    });

    it('with it they are all', async () => {
      const found = covered(await planned({ ...allowing('p-list'), ...allowing('p-FullAWSAccess') }));
      expect(found.organization_policies).toMatchObject({ status: 'ok', message: null });
    });
  });

  it.each<[string, Files, string, string, string | null, RegExp]>([
    ['no tree', { 'organization/roots.json': undefined }, 'ok', 'not_provided', null, /organization\/roots\.json/],
    ['no file of a unit', { 'organization/ous/ou-2.json': undefined }, 'ok', 'not_provided', null, /ous\/ou-2\.json/],
    ['a cut unit', { 'organization/ous/ou-1.json': '{"Org' }, 'error', 'error', 'InvalidJson', /ous\/ou-1\.json/],
    [
      'an account without place',
      { 'organization/children/ou-2.json': children() },
      'ok',
      'not_provided',
      null,
      /names 100000000003/,
    ],
    [
      'no targets',
      { 'organization/targets/p-full.json': undefined },
      'ok',
      'not_provided',
      null,
      /targets\/p-full\.json/,
    ],
    [
      'one page of children',
      { 'organization/children/ou-1.json': { ...children(shop), NextToken: 'x' } },
      'error',
      'error',
      'MorePages',
      /children\/ou-1\.json/,
    ],
    [
      'children of another shape',
      { 'organization/children/ou-1.json': { Kids: [] } },
      'error',
      'error',
      'UnexpectedShape',
      /expected Accounts or Children/,
    ],
  ])(
    '%s: no policy reaches anybody, and coverage says so',
    async (_name, changed, accounts, policies, code, message) => {
      const plan = await planned(changed);
      expect(plan.organizationPolicies).toEqual([]);
      expect(plan.accounts).toHaveLength(3);
      expect(covered(plan)).toMatchObject({
        accounts: { status: accounts },
        organization_policies: { status: policies, error_code: code, rows: 0, message: expect.stringMatching(message) },
      });
    },
  );

  it('no policies: the accounts keep their places', async () => {
    const files = Object.keys(organization).filter((path) => path.includes('/policies/'));
    const plan = await planned(Object.fromEntries(files.map((path) => [path, undefined])));
    expect(plan.accounts[2]?.ou_path).toBe('Root/Workloads/Finance');
    expect(covered(plan).organization_policies).toMatchObject({
      status: 'not_provided',
      message: 'organization/policies/ was not provided',
    });
  });

  it('units that contain each other end', async () => {
    const circle = { OrganizationalUnits: [{ Id: 'ou-1', Name: 'Workloads' }] };
    const plan = await planned({ 'organization/ous/ou-2.json': circle });
    expect(plan.accounts).toHaveLength(3);
  });

  it('a name that leaves the folder is not followed', async () => {
    const plan = await planned({
      'organization/ous/ou-2.json': { OrganizationalUnits: [{ Id: '../../etc', Name: 'x' }] },
    });
    expect(covered(plan).accounts).toMatchObject({ status: 'error', error_code: 'OutsideFolder' });
  });

  it.each<[string, unknown, string, string | null]>([
    ['missing', undefined, 'not_provided', null],
    ['cut off', '{"Accounts": [', 'error', 'InvalidJson'],
    ['one page of several', { Accounts: [listed(shop)], NextToken: 'x' }, 'error', 'MorePages'],
    [
      'denied',
      'An error occurred (AccessDeniedException) when calling the ListAccounts operation: no',
      'denied',
      'AccessDeniedException',
    ],
    ['of another shape', { Accounts: [{ Id: 'me' }] }, 'error', 'UnexpectedShape'],
  ])('organization.json %s: the accounts are the folders named by 12 digits', async (_name, content, status, code) => {
    const plan = await planned({
      'organization.json': content,
      [`${bank}/eu-west-1/functions.json`]: {},
      [`${shop}/us-gov-west-1/functions.json`]: {},
      'notes/eu-west-2/functions.json': {},
      '1234567890123/eu-west-3/functions.json': {},
      '444455556666': 'a file, no folder',
    });
    expect(plan.accounts.map((row) => [row.account_id, row.name, row.is_management])).toEqual([
      [shop, null, null],
      [bank, null, null],
    ]);
    expect(plan.regions).toEqual(['eu-west-1', 'us-gov-west-1']);
    expect(covered(plan).accounts).toMatchObject({ account_id: 'organization', status, error_code: code, rows: 0 });
  });

  it('folders of accounts that organization.json does not name are left out, and said', async () => {
    const plan = await planned({ '777788889999/eu-west-1/functions.json': {} });
    expect(plan.accounts).toHaveLength(3);
    expect(plan.regions).toEqual([]);
    expect(covered(plan).accounts).toMatchObject({ status: 'ok', message: expect.stringContaining('777788889999') });
  });

  it('a tag file cut off is an error of accounts, which are still read', async () => {
    const plan = await planned({ [`organization/tags/${shop}.json`]: '{"Tags"' });
    expect(plan.accounts).toHaveLength(3);
    expect(covered(plan).accounts).toMatchObject({
      status: 'error',
      message: expect.stringContaining(`organization/tags/${shop}.json`),
    });
  });
});

describe('A1: regions of an export', () => {
  it('are those of any account, as folders; files of usage and links are none', async () => {
    const root = written({
      ...organization,
      [`${shop}/eu-central-1/functions.json`]: {},
      [`${shop}/service-last-accessed/role.json`]: {},
      [`${bank}/ap-southeast-2/functions.json`]: {},
    });
    symlinkSync(join(root, shop), join(root, '123456789012'));
    const source = exportFolder(root);
    expect((await source.plan(all, never)).regions).toEqual(['ap-southeast-2', 'eu-central-1']);
    expect((await source.plan({ accounts: [bank], regions: [] }, never)).regions).toHaveLength(2);
    expect((await source.plan({ accounts: [], regions: ['eu-central-1'] }, never)).regions).toEqual(['eu-central-1']);
  });

  it('A4: in a folder under another name are left out, and said', async () => {
    const odd = { [`${shop}/Frankfurt/functions.json`]: {}, [`${shop}/service-last-accessed/role.json`]: {} };
    const plan = await planned({ ...odd, [`${shop}/eu-west-1/functions.json`]: {} });
    expect(plan.regions).toEqual(['eu-west-1']);
    expect(covered(plan).accounts).toMatchObject({
      status: 'ok',
      message: `not named like a region and left out: ${shop}/Frankfurt/`,
    });
  });

  it('that no account has are a mistake of whoever asked, who is told which there are', async () => {
    const source = exportFolder(written({ ...organization, [`${shop}/eu-central-1/functions.json`]: {} }));
    const asking = source.plan({ accounts: [], regions: ['eu-central-1', 'mars-1'] }, never);
    await expect(asking).rejects.toThrow(UsageError);
    await expect(asking).rejects.toThrow('mars-1. Regions that are there: eu-central-1');
  });
});

describe('A7: the export folder itself', () => {
  it('must be there, and be a folder', () => {
    const root = written({ file: '' });
    expect(() => exportFolder(join(root, 'missing'))).toThrow(UsageError);
    expect(() => exportFolder(join(root, 'file'))).toThrow(/There is no readable folder/);
  });
});
