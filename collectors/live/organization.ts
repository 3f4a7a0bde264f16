import {
  DescribePolicyCommand,
  OrganizationsClient,
  type PolicyType,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListPolicies,
  paginateListRoots,
  paginateListTagsForResource,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { pick } from '../answer.ts';
import type { Tags } from '../found.ts';
import type { Session } from '../listing.ts';
import {
  type AccountAnswer,
  accountsAnswer,
  type ControlPolicy,
  childrenAnswer,
  limiting,
  policyAnswer,
  rootsAnswer,
  type Tree,
  tagsAnswer,
  targetsAnswer,
  type Unit,
  unitsAnswer,
} from '../organization.ts';
import type { OrganizationReader } from '../organization_plan.ts';
import { type CallCounts, type CoverageRow, callKey, GLOBAL } from '../source.ts';

/** IAM actions that reading the organization needs, by what they tell about. */
const actionsByResource: Readonly<Record<string, readonly string[]>> = {
  accounts: [
    'organizations:ListAccounts',
    'organizations:ListAccountsForParent',
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListRoots',
    'organizations:ListTagsForResource',
  ],
  organization_policies: [
    'organizations:DescribePolicy',
    'organizations:ListPolicies',
    'organizations:ListTargetsForPolicy',
  ],
};

/** All of them, sorted: what is needed in the management account or a delegated administrator. */
export const organizationActions: readonly string[] = Object.values(actionsByResource).flat().sort();

/** Coverage of the organization, with the requests that it took. */
export const withRequests = (coverage: readonly CoverageRow[], calls: CallCounts): readonly CoverageRow[] =>
  coverage.map((row) => {
    const counts = (actionsByResource[row.resource] ?? []).map((action) => calls.get(callKey(GLOBAL, action)) ?? 0);
    return { ...row, api_calls: counts.reduce((sum, count) => sum + count, 0) };
  });

/** All items of a listing's pages. */
async function all<Page, T>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => readonly T[]): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...itemsOf(page));
  return items;
}

const accountsOf = (client: OrganizationsClient): Promise<AccountAnswer[]> =>
  all(
    paginateListAccounts({ client }, {}),
    (page) => pick(accountsAnswer, page, 'organizations:ListAccounts').Accounts,
  );

async function treeOf(client: OrganizationsClient): Promise<Tree> {
  const units = new Map<string, Unit>();
  const parents = new Map<string, string>();
  const visit = async (unit: Unit): Promise<void> => {
    units.set(unit.id, unit);
    const asked = { ParentId: unit.id };
    const [accounts, below] = await Promise.all([
      all(paginateListAccountsForParent({ client }, asked), (page) =>
        pick(childrenAnswer, page, 'organizations:ListAccountsForParent'),
      ),
      all(
        paginateListOrganizationalUnitsForParent({ client }, asked),
        (page) => pick(unitsAnswer, page, 'organizations:ListOrganizationalUnitsForParent').OrganizationalUnits,
      ),
    ]);
    for (const child of [...accounts, ...below.map(({ id }) => id)]) parents.set(child, unit.id);
    await Promise.all(below.map(visit));
  };
  const roots = await all(
    paginateListRoots({ client }, {}),
    (page) => pick(rootsAnswer, page, 'organizations:ListRoots').Roots,
  );
  await Promise.all(roots.map(visit));
  return { units, parents };
}

async function policyOf(client: OrganizationsClient, PolicyId: string): Promise<ControlPolicy> {
  const [described, targets] = await Promise.all([
    client.send(new DescribePolicyCommand({ PolicyId })),
    all(
      paginateListTargetsForPolicy({ client }, { PolicyId }),
      (page) => pick(targetsAnswer, page, 'organizations:ListTargetsForPolicy').Targets,
    ),
  ]);
  const { Policy } = pick(policyAnswer, described, 'organizations:DescribePolicy');
  const { Id, Name, Type } = Policy.PolicySummary;
  return {
    id: Id,
    name: Name,
    type: Type,
    document: Policy.Content ?? '',
    targets: targets.map((one) => one.TargetId),
  };
}

async function policiesOf(client: OrganizationsClient): Promise<ControlPolicy[]> {
  const listed = [...limiting].map((type) =>
    all(paginateListPolicies({ client }, { Filter: type as PolicyType }), (page) => page.Policies ?? []),
  );
  const ids = (await Promise.all(listed)).flat().flatMap(({ Id }) => Id ?? []);
  return Promise.all(ids.toSorted().map((id) => policyOf(client, id)));
}

/** Tags have no list over accounts; the requests are bounded as all of the service are. */
async function tagsOf(client: OrganizationsClient, accounts: readonly AccountAnswer[]): Promise<Map<string, Tags>> {
  const read = async ({ id }: AccountAnswer): Promise<[string, Tags]> => {
    const pages = paginateListTagsForResource({ client }, { ResourceId: id });
    const tags = await all(pages, (page) => [pick(tagsAnswer, page, 'organizations:ListTagsForResource').Tags]);
    return [id, Object.assign({}, ...tags) as Tags];
  };
  return new Map(await Promise.all(accounts.map(read)));
}

/** Reads the organization from AWS Organizations. */
export function liveOrganization(session: Session): OrganizationReader {
  const client = session.client(OrganizationsClient, GLOBAL);
  return {
    accounts: () => accountsOf(client),
    tree: () => treeOf(client),
    policies: () => policiesOf(client),
    tags: (accounts) => tagsOf(client, accounts),
  };
}
