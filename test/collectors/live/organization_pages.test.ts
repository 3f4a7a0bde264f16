import { afterEach, describe, expect, it } from 'vitest';
import { liveOrganization, organizationActions } from '../../../collectors/live/organization.ts';
import { liveSource } from '../../../collectors/live/source.ts';
import type { OrganizationReader } from '../../../collectors/organization_plan.ts';
import { accountId, never, region } from '../folder.ts';
import { pagedServer, sessionAt } from './paged_server.ts';

const account = { Id: accountId, Arn: `arn:aws:organizations::${accountId}:account/o-1/${accountId}`, State: 'ACTIVE' };
const listed = { id: accountId, arn: null, name: null, state: 'ACTIVE' };
const unit = { Id: 'ou-1', Name: 'shop' };
const policy = { Id: 'p-1', Name: 'guard', Type: 'SERVICE_CONTROL_POLICY' };
const tag = { Key: 'team', Value: 'shop' };

/** One page of each listing, as AWS answers, with its item. */
const pages = {
  ListAccounts: { Accounts: [account] },
  ListRoots: { Roots: [{ Id: 'r-1', Name: 'Root' }] },
  ListOrganizationalUnitsForParent: { OrganizationalUnits: [unit] },
  ListAccountsForParent: { Accounts: [account] },
  ListPolicies: { Policies: [policy] },
  ListTargetsForPolicy: { Targets: [{ TargetId: 'r-1' }] },
  ListTagsForResource: { Tags: [tag] },
} as const;
type Operation = keyof typeof pages;

/** The same page without its item. */
const empty = (operation: Operation): object =>
  Object.fromEntries(Object.keys(pages[operation]).map((member) => [member, []]));

/** What is read by way of an operation, and what must come of the item on its last page. */
const cases: readonly [Operation, (reader: OrganizationReader) => Promise<unknown>, unknown][] = [
  ['ListAccounts', (reader) => reader.accounts(), [expect.objectContaining({ id: accountId })]],
  ['ListRoots', async (reader) => (await reader.tree()).units.get('r-1')?.name, 'Root'],
  ['ListOrganizationalUnitsForParent', async (reader) => (await reader.tree()).parents.get('ou-1'), 'r-1'],
  ['ListAccountsForParent', async (reader) => (await reader.tree()).parents.get(accountId), 'r-1'],
  ['ListPolicies', (reader) => reader.policies(), expect.arrayContaining([expect.objectContaining({ id: 'p-1' })])],
  ['ListTargetsForPolicy', async (reader) => (await reader.policies())[0]?.targets, ['r-1']],
  ['ListTagsForResource', async (reader) => (await reader.tags([listed])).get(accountId), { team: 'shop' }],
];

/** The units below `ou-1`, and the policies of the second type, are none: the tree and the list come to an end. */
function page(operation: Operation, asked: Record<string, string>): object {
  if (asked.ParentId === unit.Id || asked.Filter === 'RESOURCE_CONTROL_POLICY') return empty(operation);
  return pages[operation];
}

let stop = async (): Promise<void> => undefined;
afterEach(() => stop());

/** An organization whose listing of one operation comes in pages with these tokens; only the last page holds the item. */
async function organizationWith(paged: Operation, tokens: readonly (string | undefined)[]) {
  let nth = 0;
  const server = await pagedServer((operation, _, __, body) => {
    if (operation === 'DescribePolicy') return { Policy: { Content: '{}', PolicySummary: policy } };
    const asked = JSON.parse(body);
    const whole = page(operation as Operation, asked);
    if (operation !== paged || whole !== pages[paged]) return whole;
    const NextToken = tokens[Math.min(nth++, tokens.length - 1)];
    return NextToken === undefined ? whole : { ...empty(paged), NextToken };
  });
  stop = server.stop;
  const session = sessionAt(server.endpoint);
  return { reader: liveOrganization(session), asked: () => nth };
}

describe('A1 every listing of the organization that AWS gives in pages', () => {
  it('is held to these tests', () => {
    const lists = organizationActions.filter((action) => action.includes(':List'));

    expect(cases.map(([operation]) => `organizations:${operation}`).sort()).toEqual(lists.toSorted());
  });

  it.each(cases)('%s: three pages, the first two empty but for their tokens, are three requests', async (...one) => {
    const [operation, read, expected] = one;
    const { reader, asked } = await organizationWith(operation, ['first', 'second', undefined]);

    expect(await read(reader)).toEqual(expected);
    expect(asked()).toBe(3);
  });

  it.each(cases)('%s: a token that comes back is an error, neither an end nor a circle', async (operation, read) => {
    const { reader } = await organizationWith(operation, ['first', 'second', 'first', 'second']);

    await expect(read(reader)).rejects.toMatchObject({ code: 'TokenLoop' });
  });
});

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${accountId}</Account><Arn>arn:aws:iam::${accountId}:user/u</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** The caller's own account, whose list of regions comes in pages with these tokens. */
async function planWith(tokens: readonly (string | undefined)[]) {
  let nth = 0;
  const server = await pagedServer((asked) => {
    if (asked.includes('GetCallerIdentity')) return identity;
    const NextToken = tokens[Math.min(nth++, tokens.length - 1)];
    return NextToken === undefined
      ? { Regions: [{ RegionName: region, RegionOptStatus: 'ENABLED' }] }
      : { Regions: [], NextToken };
  });
  stop = server.stop;
  process.env.AWS_ENDPOINT_URL = server.endpoint;
  const caller = async () => ({ accessKeyId: 'AKID', secretAccessKey: 'not-a-secret' });
  const source = liveSource({ caller, homeRegion: region, roleName: null, externalId: undefined });
  return { plan: source.plan({ accounts: [], regions: [] }, never), asked: () => nth };
}

describe('A1 account:ListRegions', () => {
  it('three pages, the first two empty but for their tokens, are three requests', async () => {
    const { plan, asked } = await planWith(['first', 'second', undefined]);

    expect((await plan).regions).toEqual([region]);
    expect(asked()).toBe(3);
  });

  it('a token that comes back is an error, neither an end nor a circle', async () => {
    const { plan } = await planWith(['first', 'second', 'first', 'second']);

    await expect(plan).rejects.toMatchObject({ code: 'TokenLoop' });
  });
});
