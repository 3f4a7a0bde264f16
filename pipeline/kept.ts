import { z } from 'zod';
import type { OrganizationPolicyRow, Plan, Scope } from '../collectors/source.ts';
import { ContractError, UsageError } from '../errors.ts';
import type { Entry, Staged } from '../lake/catalog.ts';
import { entryShape, instant, snapshotShape } from '../lake/contents_shape.ts';
import type { Key, Lake } from '../lake/lake.ts';
import { runFolder } from '../lake/unused_files.ts';
import { type Step, stepsOf, withEntries } from './derive.ts';
import type { Run } from './run.ts';

/** What the steps of a run, each a process of its own, leave each other below the run's folder. */
export interface KeptPlan {
  readonly run: Run;
  readonly scope: Scope;
  readonly plan: Plan;
}

type Parse<T> = (json: unknown) => T;

const keep = (lake: Lake, runId: string, name: string, what: object): Promise<void> =>
  lake.write(`${runFolder(runId)}/${name}`, JSON.stringify(what));

async function kept<T>(lake: Lake, runId: string, name: string, parse: Parse<T>): Promise<T | undefined> {
  const key = `${runFolder(runId)}/${name}`;
  const bytes = await lake.get(key);
  try {
    return bytes === undefined ? undefined : parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new ContractError(`${lake.location(key)} is not what a run keeps. Start a run of another id`, { cause });
  }
}

/** @throws UsageError when the step that makes it did not come so far. */
async function needed<T>(lake: Lake, runId: string, name: string, parse: Parse<T>): Promise<T> {
  const found = await kept(lake, runId, name, parse);
  if (found !== undefined) return found;
  throw new UsageError(`${lake.location(`${runFolder(runId)}/${name}`)} is missing. Start run ${runId} again`);
}

/** A control policy reaches many accounts, and its document is kept once. */
type KeptPolicyRow = Omit<OrganizationPolicyRow, 'document'>;

const runShape = z.object({ id: z.string(), date: z.iso.date(), startedAt: instant });
const planShape = z.object({
  run: runShape,
  scope: z.object({ accounts: z.array(z.string()), regions: z.array(z.string()) }),
  plan: z.custom<Omit<Plan, 'organizationPolicies'>>((plan) => typeof plan === 'object'),
  policyRows: z.array(z.custom<KeptPolicyRow>((row) => typeof row === 'object')),
  documents: z.record(z.string(), z.string()),
});

function revivedPlan(json: unknown): KeptPlan {
  const { run, scope, plan, policyRows, documents } = planShape.parse(json);
  const organizationPolicies = policyRows.map((row) => ({ ...row, document: documents[row.document_sha256]! }));
  return { run, scope, plan: { ...plan, organizationPolicies } };
}

/** Lines of JSON, one for each account: what the Distributed Map goes through. */
export const accountsKey = (runId: string): Key => `${runFolder(runId)}/accounts.jsonl`;

/** The plan comes last: where it lies, the list of accounts lies too. */
export async function keepPlan(lake: Lake, { run, scope, plan }: KeptPlan): Promise<void> {
  const lines = plan.accounts.map(({ account_id }) => `${JSON.stringify({ account_id })}\n`);
  await lake.write(accountsKey(run.id), lines.join(''));
  const { organizationPolicies, ...rest } = plan;
  const policyRows = organizationPolicies.map(({ document: _, ...row }) => row);
  const documents = Object.fromEntries(organizationPolicies.map((row) => [row.document_sha256, row.document]));
  await keep(lake, run.id, 'plan.json', { run, scope, plan: rest, policyRows, documents });
}

/** Undefined when the run has no plan yet. */
export const planIfKept = (lake: Lake, runId: string): Promise<KeptPlan | undefined> =>
  kept(lake, runId, 'plan.json', revivedPlan);

/** @throws UsageError when the run was never planned. */
export const keptPlan = (lake: Lake, runId: string): Promise<KeptPlan> => needed(lake, runId, 'plan.json', revivedPlan);

const stagedShape = z.object({
  kind: z.literal('staged'),
  runId: z.string(),
  snapshotDate: z.iso.date(),
  snapshots: z.array(snapshotShape),
  entries: z.array(entryShape),
});

export const keepStaged = (lake: Lake, staged: Staged): Promise<void> =>
  keep(lake, staged.runId, 'staged.json', staged);

const derivedName = ({ date, table }: Step): string => `derived/${date}.${table}.json`;

/** A file for each step, so that a step which is repeated says the same once more. */
export const keepDerived = (lake: Lake, runId: string, step: Step, entries: readonly Entry[]): Promise<void> =>
  keep(lake, runId, derivedName(step), entries);

const keptDerived = (lake: Lake, runId: string, step: Step): Promise<readonly Entry[]> =>
  needed(lake, runId, derivedName(step), (json) => z.array(entryShape).parse(json));

/**
 * The staged run with what its steps derived, up to one of them or all.
 * @throws UsageError when one of these was never taken.
 */
export async function derivedBefore(lake: Lake, runId: string, end?: Step): Promise<Staged> {
  const staged = await needed(lake, runId, 'staged.json', (json) => stagedShape.parse(json));
  const steps = stepsOf(staged);
  const position = steps.findIndex(({ date, table }) => date === end?.date && table === end.table);
  const taken = end === undefined ? steps : steps.slice(0, position);
  const derived = await Promise.all(taken.map((step) => keptDerived(lake, runId, step)));
  return withEntries(staged, derived.flat());
}
