import { UsageError } from '../errors.ts';
import {
  accountFolders,
  exportedAccounts,
  exportedPolicies,
  exportedTags,
  exportedTree,
} from './export_organization.ts';
import { namesIn } from './export_text.ts';
import { fewNames } from './few_names.ts';
import type { AccountAnswer } from './organization.ts';
import { attempt, organizationPlan } from './organization_plan.ts';
import type { CoverageRow, Plan, Region, Scope } from './source.ts';

interface Folders {
  /** Regions that have a folder in any account: what an organization uses in one account it may use in all. */
  readonly regions: readonly Region[];
  /** Folders that nobody knows what to make of, by path. */
  readonly odd: readonly string[];
}

const isRegion = (name: string): boolean => /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(name);

async function foldersOf(root: string, accounts: readonly AccountAnswer[]): Promise<Folders> {
  const named = accounts.map(async ({ id }) => {
    // A folder that cannot be read is said when the account is opened.
    const { value } = await attempt(async () => (await namesIn(root, id, 'folders')) ?? []);
    return (value ?? []).map((name) => ({ id, name }));
  });
  const folders = (await Promise.all(named)).flat();
  const odd = folders.filter(({ name }) => !isRegion(name) && name !== 'service-last-accessed');
  return {
    regions: [...new Set(folders.map(({ name }) => name).filter(isRegion))].sort(),
    odd: odd.map(({ id, name }) => `${id}/${name}/`),
  };
}

/** Coverage of the accounts with what was left out: a folder under another name must not read as a region without functions. */
function withOdd(rows: readonly CoverageRow[], odd: readonly string[]): readonly CoverageRow[] {
  if (odd.length === 0) return rows;
  const note = `not named like a region and left out: ${fewNames(odd)}`;
  return rows.map((row) =>
    row.resource === 'accounts' ? { ...row, message: [row.message, note].filter(Boolean).join('; ') } : row,
  );
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
  const { regions, odd } = await foldersOf(root, listed);
  checkRegions(scope.regions, regions);
  return {
    ...plan,
    regions: scope.regions.length > 0 ? scope.regions : regions,
    coverage: withOdd(plan.coverage, odd),
  };
}
