import { UsageError } from '../errors.ts';
import {
  accountFolders,
  exportedAccounts,
  exportedPolicies,
  exportedTags,
  exportedTree,
} from './export_organization.ts';
import { namesIn } from './export_text.ts';
import {
  type AccountAnswer,
  accountRows,
  managementAccount,
  organizationPolicyRows,
  type Tree,
  withoutParent,
} from './organization.ts';
import { type CoverageRow, GLOBAL, NotReadable, type Plan, type Region, type Scope } from './source.ts';

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

interface Outcome {
  readonly reason: NotReadable | null;
  /** What is missing though the resource counts as read. */
  readonly notes: readonly string[];
  readonly rows: number;
}

const organizationCoverage = (
  accountId: string,
  resource: 'accounts' | 'organization_policies',
  { reason, notes, rows }: Outcome,
): CoverageRow => ({
  account_id: accountId,
  region: GLOBAL,
  resource,
  status: reason?.status ?? 'ok',
  error_code: reason?.code ?? null,
  message: [...(reason === null ? [] : [reason.message]), ...notes].join('; ') || null,
  rows: reason === null ? rows : 0,
  api_calls: 0,
  duration_ms: null,
});

/** Regions that have a folder in any account: what an organization uses in one account it may use in all. */
async function regionFolders(root: string, accounts: readonly AccountAnswer[]): Promise<readonly Region[]> {
  const named = accounts.map(async ({ id }) => {
    // A folder that cannot be read is said when the account is opened.
    const names = await attempt(async () => (await namesIn(root, id, 'folders')) ?? []);
    return (names.value ?? []).filter((name) => /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(name));
  });
  return [...new Set((await Promise.all(named)).flat())].sort();
}

function inScope(scope: Scope, accounts: readonly AccountAnswer[]): readonly AccountAnswer[] {
  if (scope.accounts.length === 0) return accounts;
  const unknown = scope.accounts.filter((id) => !accounts.some((account) => account.id === id));
  if (unknown.length === 0) return accounts.filter(({ id }) => scope.accounts.includes(id));
  throw new UsageError(
    `The exports do not name the accounts ${unknown.join(', ')}. Name accounts that organization.json lists`,
  );
}

/** Policies above an account that has no place in the tree are not known, which must not read as none. */
function lostAccounts(tree: Tree | null, accounts: readonly AccountAnswer[]): NotReadable | null {
  const lost = tree === null ? [] : withoutParent(tree, accounts);
  if (lost.length === 0) return null;
  return new NotReadable('not_provided', `no file in organization/children/ names ${lost.join(', ')}`);
}

/** The tree is optional: an account without a place has NULL there, and a note says why. */
function notesOf(folders: readonly AccountAnswer[], accounts: readonly AccountAnswer[], gaps: (NotReadable | null)[]) {
  const strangers = folders.map(({ id }) => id).filter((id) => !accounts.some((account) => account.id === id));
  const left = strangers.length === 0 ? [] : [`not in organization.json and left out: ${strangers.join(', ')}`];
  return [...gaps.flatMap((gap) => (gap?.status === 'not_provided' ? gap.message : [])), ...left];
}

/** What an export tells about its organization; without organization.json the accounts are those that have a folder. */
export async function exportedPlan(root: string, scope: Scope): Promise<Plan> {
  const [listed, tree, policies, tags, folders] = await Promise.all([
    attempt(() => exportedAccounts(root)),
    attempt(() => exportedTree(root)),
    attempt(() => exportedPolicies(root)),
    attempt(() => exportedTags(root)),
    accountFolders(root),
  ]);
  const all = listed.value ?? folders;
  const accounts = inScope(scope, all);
  const lost = lostAccounts(tree.value, all);
  const reached = lost === null && tree.value !== null && policies.value !== null;
  const policyRows = reached ? organizationPolicyRows(accounts, tree.value, policies.value) : [];
  const owner = managementAccount(all) ?? 'organization';
  const damaged = tree.reason?.status === 'not_provided' ? null : tree.reason;
  return {
    accounts: accountRows(accounts, tree.value, tags.value ?? new Map()),
    regions: scope.regions.length > 0 ? scope.regions : await regionFolders(root, all),
    organizationPolicies: policyRows,
    coverage: [
      organizationCoverage(owner, 'accounts', {
        reason: listed.reason ?? damaged ?? tags.reason,
        notes: notesOf(folders, all, [tree.reason, lost]),
        rows: all.length,
      }),
      organizationCoverage(owner, 'organization_policies', {
        reason: policies.reason ?? tree.reason ?? lost,
        notes: [],
        rows: policyRows.length,
      }),
    ],
  };
}
