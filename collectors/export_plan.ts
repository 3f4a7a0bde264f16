import { UsageError } from '../errors.ts';
import {
  accountFolders,
  exportedAccounts,
  exportedPolicies,
  exportedTags,
  exportedTree,
} from './export_organization.ts';
import { namesIn } from './export_text.ts';
import type { AccountAnswer } from './organization.ts';
import { attempt, organizationPlan } from './organization_plan.ts';
import type { Plan, Region, Scope } from './source.ts';

/** Regions that have a folder in any account: what an organization uses in one account it may use in all. */
async function regionFolders(root: string, accounts: readonly AccountAnswer[]): Promise<readonly Region[]> {
  const named = accounts.map(async ({ id }) => {
    // A folder that cannot be read is said when the account is opened.
    const names = await attempt(async () => (await namesIn(root, id, 'folders')) ?? []);
    return (names.value ?? []).filter((name) => /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(name));
  });
  return [...new Set((await Promise.all(named)).flat())].sort();
}

/** @throws UsageError for a region that no account has a folder of: it is likely misspelt. */
function checkRegions(asked: readonly Region[], there: readonly Region[]): void {
  const unknown = asked.filter((region) => !there.includes(region));
  if (unknown.length === 0) return;
  const names = there.join(', ') || 'none';
  throw new UsageError(`No account has a folder of the region ${unknown.join(', ')}. Regions that are there: ${names}`);
}

/** What an export tells about its organization; without organization.json the accounts are those that have a folder. */
export async function exportedPlan(root: string, scope: Scope): Promise<Plan> {
  const folders = await accountFolders(root);
  const reader = {
    accounts: () => exportedAccounts(root),
    tree: () => exportedTree(root),
    policies: () => exportedPolicies(root),
    tags: () => exportedTags(root),
  };
  const { listed, ...plan } = await organizationPlan(reader, folders, scope);
  const there = await regionFolders(root, listed);
  checkRegions(scope.regions, there);
  return { ...plan, regions: scope.regions.length > 0 ? scope.regions : there };
}
