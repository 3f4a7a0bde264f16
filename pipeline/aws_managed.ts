import { grouped } from '../analysis/grouped.ts';
import type { Key, Lake } from '../lake/lake.ts';
import { readParquet } from '../lake/parquet.ts';
import { storeRows } from '../lake/store_rows.ts';
import { runFolder } from '../lake/unused_files.ts';
import { policies } from '../tables/policies.ts';
import { statements } from '../tables/statements.ts';
import type { Row, RowOf, Table } from '../tables/table.ts';
import type { Run } from './run.ts';

/** Whether a row is of a policy that AWS maintains: it stands under the account `aws`, whoever saw it. */
export const isOfAws = (row: Row): boolean => row.account_id === 'aws';

/** Tables that hold such rows. */
export const sightedTables: readonly Table[] = [policies, statements];

type PolicyRow = RowOf<typeof policies>;
type StatementRow = RowOf<typeof statements>;

/** Rows of AWS-managed policies, versions and statements together so that they fit each other. */
export interface AwsManaged {
  readonly policies: readonly PolicyRow[];
  readonly statements: readonly StatementRow[];
}

/** AWS-managed policies by ARN, each as it was seen at its newest. */
export type Sightings = Map<string, AwsManaged>;

const versionNumber = ({ version_id }: PolicyRow): number => Number(version_id.replace(/^v/, '')) || 0;
const updated = ({ updated_at }: PolicyRow): number => updated_at?.getTime() ?? 0;
const newest = ({ policies }: AwsManaged, of: (row: PolicyRow) => number): number => Math.max(...policies.map(of));

/** Accounts may see a policy before and after AWS changed it: the later one counts, and between equals the first. */
function isNewer(a: AwsManaged, b: AwsManaged): boolean {
  const byTime = newest(a, updated) - newest(b, updated);
  return (byTime || newest(a, versionNumber) - newest(b, versionNumber)) > 0;
}

/** What the rows of an account tell of AWS's own policies. */
export const sightingsIn = ({ policies = [], statements = [] }: Partial<AwsManaged>): AwsManaged => ({
  policies: policies.filter(isOfAws),
  statements: statements.filter(isOfAws),
});

/** Adds what one account, or one batch of accounts, saw. */
export function addSightings(known: Sightings, seen: AwsManaged): void {
  const statementsOf = grouped(seen.statements, ({ policy_id }) => policy_id);
  for (const [policyId, policies] of grouped(seen.policies, ({ policy_id }) => policy_id)) {
    const sighting = { policies, statements: statementsOf.get(policyId) ?? [] };
    const before = known.get(policyId);
    if (before === undefined || isNewer(sighting, before)) known.set(policyId, sighting);
  }
}

/** The rows of all policies. */
export function rowsOf(known: Sightings): AwsManaged {
  const all = [...known.values()];
  return { policies: all.flatMap(({ policies }) => policies), statements: all.flatMap(({ statements }) => statements) };
}

/** Beside the tables, not among them: what the batches saw is merged before it is part of the snapshot. */
const sightingsFolder = (run: Run, batch: string): Key => `${runFolder(run.id)}/aws_managed/${batch}/`;

/** Stores what a batch saw. */
export async function storeSightings(lake: Lake, run: Run, batch: string, known: Sightings): Promise<void> {
  const folder = sightingsFolder(run, batch);
  const rows = rowsOf(known);
  await Promise.all([
    storeRows(lake, policies, rows.policies, `${folder}policies.parquet`),
    storeRows(lake, statements, rows.statements, `${folder}statements.parquet`),
  ]);
}

async function rowsAt<T extends Table>(lake: Lake, table: T, key: Key): Promise<readonly RowOf<T>[]> {
  const bytes = await lake.get(key);
  return bytes === undefined ? [] : ((await readParquet(table, bytes)) as readonly RowOf<T>[]);
}

/** What all batches saw, merged. */
export async function mergeSightings(lake: Lake, run: Run, batches: readonly string[]): Promise<AwsManaged> {
  const known: Sightings = new Map();
  for (const folder of batches.map((batch) => sightingsFolder(run, batch))) {
    addSightings(known, {
      policies: await rowsAt(lake, policies, `${folder}policies.parquet`),
      statements: await rowsAt(lake, statements, `${folder}statements.parquet`),
    });
  }
  return rowsOf(known);
}
