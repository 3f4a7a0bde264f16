import { afterEach, describe, expect, it } from 'vitest';
import { liveSource } from '../../../collectors/live/source.ts';
import type { Scope } from '../../../collectors/source.ts';
import { never, region } from '../folder.ts';
import type { Asked } from './asked.ts';
import { type Answer, type LoopbackAws, loopbackAws, notAuthorized } from './loopback_aws.ts';

const [hub, member] = ['100000000001', '100000000002'];
const account = (Id: string) => ({
  Id,
  Arn: `arn:aws:organizations::${hub}:account/o-a/${Id}`,
  Name: `account ${Id}`,
  State: 'ACTIVE',
});

/** An organization of two accounts below one unit, whose list of accounts comes in two pages. */
const answers: Readonly<Record<string, (asked: Asked) => Answer>> = {
  'sts:GetCallerIdentity': () =>
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${hub}</Account><Arn>arn:aws:iam::${hub}:user/u</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  'account:ListRegions': () => ({ Regions: [{ RegionName: region, RegionOptStatus: 'ENABLED' }] }),
  'organizations:ListAccounts': ({ input }) =>
    input.NextToken === undefined ? { Accounts: [account(hub)], NextToken: 'more' } : { Accounts: [account(member)] },
  'organizations:ListRoots': () => ({ Roots: [{ Id: 'r-1', Name: 'Root' }] }),
  'organizations:ListOrganizationalUnitsForParent': ({ input }) => ({
    OrganizationalUnits: input.ParentId === 'r-1' ? [{ Id: 'ou-1', Name: 'all' }] : [],
  }),
  'organizations:ListAccountsForParent': ({ input }) => ({
    Accounts: input.ParentId === 'ou-1' ? [account(hub), account(member)] : [],
  }),
  'organizations:ListTagsForResource': () => ({ Tags: [] }),
  'organizations:ListPolicies': ({ input }) => ({
    Policies: input.Filter === 'SERVICE_CONTROL_POLICY' ? [{ Id: 'p-1' }] : [],
  }),
  'organizations:DescribePolicy': () => ({
    Policy: { Content: '{}', PolicySummary: { Id: 'p-1', Name: 'guard', Type: 'SERVICE_CONTROL_POLICY' } },
  }),
  'organizations:ListTargetsForPolicy': () => ({ Targets: [{ TargetId: 'r-1' }] }),
};

let aws: LoopbackAws | undefined;
afterEach(() => aws?.stop());

/** Plans a run that may not do one thing. */
async function planWithout(denied: string | null, accounts: Scope['accounts'] = []) {
  aws = await loopbackAws((asked) => (asked.action === denied ? notAuthorized(asked) : answers[asked.action]!(asked)));
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  const caller = async () => ({ accessKeyId: 'AKID', secretAccessKey: 'not-a-secret' });
  const source = liveSource({ caller, homeRegion: region, roleName: 'rolecall-collector', externalId: undefined });
  return source.plan({ accounts, regions: [] }, never);
}

describe('A4 coverage of the organization', () => {
  it('tells how many requests each part of it took', async () => {
    const { coverage } = await planWithout(null);

    expect(coverage.map(({ resource, status, rows, api_calls }) => ({ resource, status, rows, api_calls }))).toEqual([
      // Two pages of accounts, the root, units and accounts below root and unit, tags of two accounts.
      { resource: 'accounts', status: 'ok', rows: 2, api_calls: 2 + 1 + 2 + 2 + 2 },
      // Lists of two types, one policy and its targets. It reaches the member alone.
      { resource: 'organization_policies', status: 'ok', rows: 1, api_calls: 2 + 1 + 1 },
    ]);
    const requests = [...aws!.came].filter(([action]) => action.startsWith('organizations:'));
    expect(requests.reduce((sum, [, count]) => sum + count, 0)).toBe(9 + 4);
  });
});

describe('A1 A4 who may not list the accounts', () => {
  it('reads no organization at all, rather than one of a single account', async () => {
    const planned = planWithout('organizations:ListAccounts');

    await expect(planned).rejects.toThrow(
      /^The accounts of the organization could not be listed: organizations:ListAccounts in global is denied: .+ name accounts with --accounts, or .+ --single-account$/,
    );
    await expect(planned).rejects.toMatchObject({ exitCode: 3 });
  });

  it('may read accounts by name, and coverage says that the list is missing', async () => {
    const plan = await planWithout('organizations:ListAccounts', [member]);

    expect(plan.accounts.map(({ account_id }) => account_id)).toEqual([member]);
    expect(plan.members).toBeNull();
    expect(plan.coverage[0]).toMatchObject({ resource: 'accounts', status: 'denied', rows: 0 });
    expect(plan.coverage[0]?.message).toContain('organizations:ListAccounts in global is denied');
  });

  it.each(['organizations:ListRoots', 'organizations:ListPolicies', 'organizations:ListTagsForResource'])(
    'but without %s the accounts are read, and coverage says what is missing',
    async (action) => {
      const plan = await planWithout(action);

      expect(plan.members).toEqual([hub, member]);
      const denied = plan.coverage.filter(({ status }) => status === 'denied');
      expect(denied.every(({ message }) => message?.includes(`${action} in global is denied`))).toBe(true);
      expect(denied).not.toEqual([]);
    },
  );
});
