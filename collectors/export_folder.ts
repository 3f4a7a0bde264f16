import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { exportedAccount } from './export_account.ts';
import {
  accountFolders,
  exportedAccounts,
  exportedPolicies,
  exportedTags,
  exportedTree,
} from './export_organization.ts';
import { lookAt } from './export_text.ts';
import { type AccountAnswer, accountRows, managementAccount, organizationPolicyRows } from './organization.ts';
import {
  type AccountRow,
  type CoverageRow,
  type CoverageStatus,
  GLOBAL,
  NotReadable,
  type Plan,
  type Region,
  type Scope,
  type Source,
} from './source.ts';

/** What was read, or why not. */
type Attempt<T> = { readonly value: T; readonly reason: null } | { readonly value: null; readonly reason: NotReadable };

async function attempt<T>(reading: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await reading(), reason: null };
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    return { value: null, reason: error };
  }
}

const organizationCoverage = (
  accountId: string,
  resource: 'accounts' | 'organization_policies',
  reasons: readonly (NotReadable | null)[],
  rows: number,
): CoverageRow => {
  const reason = reasons.find((one) => one !== null);
  const status: CoverageStatus = reason?.status ?? 'ok';
  return {
    account_id: accountId,
    region: GLOBAL,
    resource,
    status,
    error_code: reason?.code ?? null,
    message: reason?.message ?? null,
    rows: status === 'ok' ? rows : 0,
    api_calls: 0,
    duration_ms: null,
  };
};

/** Regions that have a folder in any account: what an organization uses in one account it may use in all. */
async function regionFolders(root: string, accounts: readonly AccountAnswer[]): Promise<readonly Region[]> {
  const regions = new Set<Region>();
  for (const { id } of accounts) {
    if ((await lookAt(root, id)) !== 'folder') continue;
    const names = await readdir(join(root, id), { withFileTypes: true });
    for (const entry of names) {
      if (entry.isDirectory() && /^[a-z]{2,}(-[a-z]+)+-\d$/.test(entry.name)) regions.add(entry.name);
    }
  }
  return [...regions].sort();
}

function checkScope(scope: Scope, accounts: readonly AccountAnswer[]): void {
  const unknown = scope.accounts.filter((id) => !accounts.some((account) => account.id === id));
  if (unknown.length === 0) return;
  throw new UsageError(
    `The exports do not name the accounts ${unknown.join(', ')}. Name accounts that organization.json lists`,
  );
}

async function planOf(root: string, scope: Scope): Promise<Plan> {
  const listed = await attempt(() => exportedAccounts(root));
  const all = listed.value ?? (await accountFolders(root));
  checkScope(scope, all);
  const accounts = all.filter(({ id }) => scope.accounts.length === 0 || scope.accounts.includes(id));
  const tree = await attempt(() => exportedTree(root));
  const policies = await attempt(() => exportedPolicies(root));
  const tags = await attempt(() => exportedTags(root));
  const policyRows =
    tree.value === null || policies.value === null ? [] : organizationPolicyRows(accounts, tree.value, policies.value);
  const owner = managementAccount(all) ?? 'organization';
  return {
    accounts: accountRows(accounts, tree.value, tags.value ?? new Map()),
    regions: scope.regions.length > 0 ? scope.regions : await regionFolders(root, accounts),
    organizationPolicies: policyRows,
    coverage: [
      organizationCoverage(owner, 'accounts', [listed.reason, tree.reason, tags.reason], all.length),
      organizationCoverage(owner, 'organization_policies', [policies.reason, tree.reason], policyRows.length),
    ],
  };
}

/** An account that is closed or suspended cannot be read, whatever lies in its folder. */
const active: ReadonlySet<string | null> = new Set(['ACTIVE', null]);

async function open(root: string, { account_id, state }: AccountRow) {
  if (!active.has(state)) {
    throw new NotReadable('account_inactive', `the account is ${state}; it was not read`, state);
  }
  if ((await lookAt(root, account_id)) !== 'folder') {
    throw new NotReadable('not_provided', `${account_id}/ was not provided`);
  }
  return exportedAccount(root);
}

/**
 * An organization in a folder of files that the AWS CLI printed.
 * @throws UsageError when the folder is missing.
 */
export function exportFolder(root: string): Source {
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new UsageError(`There is no folder ${root}. Name the folder that holds the exports`);
  }
  return { plan: (scope) => planOf(root, scope), open: (account) => open(root, account) };
}
