import { UsageError } from '../errors.ts';
import type { Tags } from './found.ts';
import {
  type AccountAnswer,
  accountRows,
  type ControlPolicy,
  lacksFullAccess,
  managementAccount,
  organizationPolicyRows,
  type Tree,
  withoutParent,
} from './organization.ts';
import { type CoverageRow, GLOBAL, NotReadable, type Plan, type Scope } from './source.ts';

/** The parts of an organization, each read by itself: one may be missing and the others not. */
export interface OrganizationReader {
  accounts(): Promise<readonly AccountAnswer[]>;
  tree(): Promise<Tree>;
  policies(): Promise<readonly ControlPolicy[]>;
  tags(accounts: readonly AccountAnswer[]): Promise<ReadonlyMap<string, Tags>>;
}

/** What was read, or why not. */
type Attempt<T> = { readonly value: T; readonly reason: null } | { readonly value: null; readonly reason: NotReadable };

export async function attempt<T>(reading: () => Promise<T>): Promise<Attempt<T>> {
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

function checkScope(scope: Scope, accounts: readonly AccountAnswer[]): void {
  const unknown = scope.accounts.filter((id) => !accounts.some((account) => account.id === id));
  if (unknown.length === 0) return;
  throw new UsageError(`The organization has no accounts ${unknown.join(', ')}. Name accounts that it lists`);
}

/** Policies above an account that has no place in the tree are not known, which must not read as none. */
function lostAccounts(tree: Tree | null, accounts: readonly AccountAnswer[]): NotReadable | null {
  const lost = tree === null ? [] : withoutParent(tree, accounts);
  if (lost.length === 0) return null;
  return new NotReadable('not_provided', `no file in organization/children/ names ${lost.join(', ')}`);
}

/** Without FullAWSAccess nobody knows where it is attached, and so which levels allow nothing. */
function partOfPolicies(policies: readonly ControlPolicy[] | null): NotReadable | null {
  if (policies === null || !lacksFullAccess(policies)) return null;
  const message =
    'the policies of the organization lack p-FullAWSAccess, which every organization has: where it allows is unknown';
  return new NotReadable('not_provided', message);
}

/** The tree is optional: an account without a place has NULL there, and a note says why. */
function notesOf(known: readonly AccountAnswer[], accounts: readonly AccountAnswer[], gaps: (NotReadable | null)[]) {
  const strangers = known.map(({ id }) => id).filter((id) => !accounts.some((account) => account.id === id));
  const left = strangers.length === 0 ? [] : [`not in the list of accounts and left out: ${strangers.join(', ')}`];
  return [...gaps.flatMap((gap) => (gap?.status === 'not_provided' ? gap.message : [])), ...left];
}

export interface OrganizationPlan extends Omit<Plan, 'regions'> {
  /** Every account, as it was listed. */
  readonly listed: readonly AccountAnswer[];
}

/**
 * What a run sets out to read, save for the regions.
 * @param known accounts that are known without the organization's list: they stand in when it cannot be read.
 * @throws UsageError when the scope names accounts that are not there.
 */
export async function organizationPlan(
  reader: OrganizationReader,
  known: readonly AccountAnswer[],
  scope: Scope,
): Promise<OrganizationPlan> {
  const listed = await attempt(() => reader.accounts());
  const all = listed.value ?? known;
  checkScope(scope, all);
  const [tree, policies, tags] = await Promise.all([
    attempt(() => reader.tree()),
    attempt(() => reader.policies()),
    attempt(() => reader.tags(all)),
  ]);
  const lost = lostAccounts(tree.value, all);
  const reached = lost === null && tree.value !== null && policies.value !== null;
  const policyRows = reached ? organizationPolicyRows(all, tree.value, policies.value) : [];
  const owner = managementAccount(all) ?? 'organization';
  const damaged = tree.reason?.status === 'not_provided' ? null : tree.reason;
  return {
    listed: all,
    accounts: accountRows(all, tree.value, tags.value ?? new Map()),
    organizationPolicies: policyRows,
    members: listed.value?.map(({ id }) => id) ?? null,
    coverage: [
      organizationCoverage(owner, 'accounts', {
        reason: listed.reason ?? damaged ?? tags.reason,
        notes: notesOf(known, all, [tree.reason, lost]),
        rows: all.length,
      }),
      organizationCoverage(owner, 'organization_policies', {
        reason: policies.reason ?? tree.reason ?? lost ?? partOfPolicies(policies.value),
        notes: [],
        rows: policyRows.length,
      }),
    ],
  };
}
