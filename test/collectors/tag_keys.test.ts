import { describe, expect, it } from 'vitest';
import { collectAccount } from '../../collectors/account.ts';
import { exportFolder } from '../../collectors/export_folder.ts';
import { readTagKeys, withTagKeys } from '../../collectors/tag_keys.ts';
import { environment } from '../../infra/handlers/edges.ts';
import { accountId, accountRow, details, functionArn, lambda, never, region, role, written } from './folder.ts';

const Tags = [
  { Key: 'team', Value: 'the usual one' },
  { Key: 'Cost-Owner', Value: 'checkout' },
  { Key: 'env', Value: 'prod' },
];
const user = { Path: '/', UserName: 'ann', UserId: 'AIDAANN', Arn: `arn:aws:iam::${accountId}:user/ann`, Tags };
const image = {
  imageArn: `arn:aws:lambda:${region}:${accountId}:microvm-image:shell`,
  tags: { 'cost-owner': 'images' },
};

/** One account, in which everything that can have tags has them. */
const folder = () =>
  written({
    'organization.json': { Accounts: [{ Id: accountId, Name: 'one', State: 'ACTIVE' }] },
    [`organization/tags/${accountId}.json`]: { Tags },
    [`${accountId}/authorization-details.json`]: details({
      RoleDetailList: [role('worker', { Tags })],
      UserDetailList: [user],
    }),
    [`${accountId}/${region}/functions.json`]: { Functions: [lambda('one'), lambda('two')] },
    [`${accountId}/${region}/tags.json`]: { ResourceTagMappingList: [{ ResourceARN: functionArn('one'), Tags }] },
    [`${accountId}/${region}/microvms.json`]: { images: [image], microvms: [] },
  });

describe('D8 an organization that names its teams by another tag key', () => {
  const source = () => withTagKeys(exportFolder(folder()), { team: ['cost-owner'] });

  it('has them in accounts, roles, users, functions and images; other meanings keep their usual keys', async () => {
    const plan = await source().plan({ accounts: [], regions: [] }, never);
    const { roles, users, functions } = await collectAccount(source(), accountRow(), [region], never);

    expect(plan.accounts.map(({ team }) => team)).toEqual(['checkout']);
    expect(roles.map(({ owner_team }) => owner_team)).toEqual(['checkout']);
    expect(users.map(({ owner_team }) => owner_team)).toEqual(['checkout']);
    expect(functions.map(({ function_name, team, environment }) => [function_name, team, environment])).toEqual([
      ['one', 'checkout', 'prod'],
      ['two', null, null],
      ['shell', 'images', null],
    ]);
  });

  it('keeps every other column and every row of coverage', async () => {
    const told = await collectAccount(source(), accountRow(), [region], never);
    const usual = await collectAccount(exportFolder(folder()), accountRow(), [region], never);

    const withoutTeams = (collected: typeof told) => ({
      ...collected,
      roles: collected.roles.map((row) => ({ ...row, owner_team: null })),
      users: collected.users.map((row) => ({ ...row, owner_team: null })),
      functions: collected.functions.map((row) => ({ ...row, team: null })),
    });
    expect(usual.roles.map(({ owner_team }) => owner_team)).toEqual(['the usual one']);
    expect(withoutTeams(told)).toEqual(withoutTeams(usual));
  });
});

describe('D8 a file of tag keys', () => {
  const read = (content: unknown) => readTagKeys(`${written({ 'keys.json': content })}/keys.json`);

  it('names keys for some columns, in any case', () => {
    expect(read({ team: ['Cost-Owner', ' owner '], environment: ['stage'] })).toEqual({
      team: ['cost-owner', 'owner'],
      environment: ['stage'],
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /is not JSON/],
    ['no list of keys', { team: 'owner' }, /expected array[\s\S]+at team/],
    ['an empty list', { team: [] }, /names no tag key[\s\S]+at team/],
    ['an empty key', { team: ['owner', ' '] }, /is no tag key[\s\S]+at team\[1\]/],
    ['a column that tags do not fill', { squad: ['squad'] }, /Unrecognized key: "squad"/],
  ])('with %s is refused, with the place', (_, content, problem) => {
    expect(() => read(content)).toThrow(problem);
    expect(() => read(content)).toThrow('keys.json does not name tag keys as {"team": ["cost-owner", "owner"]} does');
  });

  it('that is not there is said', () => {
    expect(() => readTagKeys('/nowhere.json')).toThrow('The file of tag keys /nowhere.json cannot be read');
  });
});

describe('D8 the tag keys of a deployment', () => {
  const given = {
    AWS_REGION: region,
    LAKE_BUCKET: 'lake',
    DATABASE: 'rolecall',
    STAGING_DATABASE: 'rolecall_staging',
    WORKGROUP: 'pipeline',
    COLLECTOR_ROLE_NAME: 'collector',
    EXTERNAL_ID: 'id',
    REGIONS: '',
  };

  it('reach the functions by their environment', () => {
    expect(environment({ ...given, TAG_KEYS: '{"team":["cost-owner"]}' }).TAG_KEYS).toEqual({ team: ['cost-owner'] });
  });

  it('are refused there too when they are none', () => {
    expect(() => environment({ ...given, TAG_KEYS: '{"team":[]}' })).toThrow(/names no tag key[\s\S]+TAG_KEYS/);
  });
});
