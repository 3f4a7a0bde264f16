import type { CollectedAccount } from '../analysis/collected.ts';
import { organizationOf, type Surroundings } from '../analysis/surroundings.ts';
import { UsageError } from '../errors.ts';
import type { Catalog, Published, SnapshotDate } from '../lake/catalog.ts';
import type { Engine } from '../queries/engine.ts';
import { rowsWhere, type Where } from '../queries/rows_where.ts';
import { accounts } from '../tables/accounts.ts';
import { coverage } from '../tables/coverage.ts';
import { functionVersions } from '../tables/function_versions.ts';
import { functions } from '../tables/functions.ts';
import { groups } from '../tables/groups.ts';
import { organizationPolicies } from '../tables/organization_policies.ts';
import { policies } from '../tables/policies.ts';
import { policyAttachments } from '../tables/policy_attachments.ts';
import { roles } from '../tables/roles.ts';
import type { RowOf, Table } from '../tables/table.ts';
import { users } from '../tables/users.ts';

/** One account of the newest snapshot, as it was before anybody asked what its policies mean. */
export interface Replayed {
  readonly date: SnapshotDate;
  readonly collected: CollectedAccount;
  readonly surroundings: Surroundings;
}

/** Rows of the newest snapshot. */
export interface Newest {
  readonly date: SnapshotDate;
  read<T extends Table>(table: T, where: Where): Promise<readonly RowOf<T>[]>;
}

/** @throws UsageError when nothing was published yet */
export async function newest(edges: { engine: Engine; catalog: Catalog }): Promise<Newest> {
  const published: Published = await edges.catalog.published();
  const date = published.snapshots
    .map(({ snapshot_date }) => snapshot_date)
    .sort()
    .at(-1);
  if (date === undefined) throw new UsageError('There is no snapshot yet. Make one with `rolecall snapshot`.');
  return {
    date,
    async read(table, where) {
      const { rows } = await edges.engine.query(rowsWhere(table, date, where), published);
      return rows as unknown as readonly RowOf<typeof table>[];
    },
  };
}

/**
 * Reads an account back from a lake. What triggers and exposes its functions, and what is used, is left out: no policy
 * of a role or user changes it.
 */
export async function replay({ date, read }: Newest, accountId: string): Promise<Replayed> {
  const own = { account_id: [accountId] };
  const collected: CollectedAccount = {
    accountId,
    functions: await read(functions, own),
    functionVersions: await read(functionVersions, own),
    functionPolicies: [],
    functionUrls: [],
    eventSources: [],
    roles: await read(roles, own),
    users: await read(users, own),
    groups: await read(groups, own),
    policies: await read(policies, { account_id: [accountId, 'aws'] }),
    policyAttachments: await read(policyAttachments, own),
    usages: [],
    coverage: await read(coverage, own),
  };
  return { date, collected, surroundings: await surroundingsOf({ date, read }, accountId) };
}

async function surroundingsOf({ read }: Newest, accountId: string): Promise<Surroundings> {
  const organization = await read(coverage, { resource: ['accounts', 'organization_policies'] });
  const isCovered = (name: string) => organization.some(({ resource, status }) => resource === name && status === 'ok');
  const all = await read(accounts, {});
  const account = all.find(({ account_id }) => account_id === accountId);
  return {
    controlPolicies: await read(organizationPolicies, { account_id: [accountId] }),
    covered: isCovered('organization_policies'),
    isManagement: account?.is_management ?? false,
    members: isCovered('accounts') ? all.map(({ account_id }) => account_id) : null,
    organization: account === undefined ? null : organizationOf(account),
  };
}
