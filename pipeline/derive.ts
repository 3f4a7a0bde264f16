import { grouped } from '../analysis/grouped.ts';
import { UsageError } from '../errors.ts';
import type { Catalog, Entry, SnapshotDate, Staged } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { derivations } from '../queries/derivations.ts';
import type { Engine } from '../queries/engine.ts';
import { allTables } from '../tables/all.generated.ts';
import { trends } from '../tables/trends.ts';
import type { Report } from './events.ts';
import { publishRun } from './publish.ts';
import { newRun, type Run, tableFolder } from './run.ts';
import { storeTable } from './store_table.ts';
import { checkSuppressions, suppressionsIn } from './suppressions.ts';
import { underLock } from './under_lock.ts';

interface Edges {
  readonly lake: Lake;
  readonly catalog: Catalog;
  readonly engine: Engine;
}

const derivedTables = allTables.filter(({ filling }) => filling === 'derived');
const derivedNames: ReadonlySet<string> = new Set(derivedTables.map(({ name }) => name));

/** Takes away what was derived for the staged date and those after it: it may rest on what is derived anew. */
export function withoutDerived(staged: Staged): Staged {
  const entries = staged.entries.filter(
    ({ table, snapshot_date }) => snapshot_date < staged.snapshotDate || !derivedNames.has(table),
  );
  return { ...staged, entries };
}

/** The staged run with what was derived so far. */
export const withEntries = (staged: Staged, entries: readonly Entry[]): Staged => ({
  ...staged,
  entries: [...staged.entries, ...entries],
});

/** What fills one table of one date. */
export interface Step {
  readonly date: SnapshotDate;
  readonly table: string;
}

/** The steps that derive a staged run, in order: its date and every later one, and of each the tables. */
export function stepsOf({ snapshots, snapshotDate }: Staged): readonly Step[] {
  const dates = snapshots.map(({ snapshot_date }) => snapshot_date).filter((date) => date >= snapshotDate);
  const tables = new Set(derivations([]).map(({ table }) => table.name));
  return dates.sort().flatMap((date) => [...tables].map((table) => ({ date, table })));
}

/**
 * Runs the SQL of one step; what fills one table does not see its own rows, so their order does not matter.
 * @returns the files of the table, an empty one when nothing fills it: every table of a snapshot has one.
 */
export async function deriveStep(
  { lake, catalog, engine }: Edges,
  run: Run,
  staged: Staged,
  step: Step,
): Promise<readonly Entry[]> {
  const { date } = step;
  const fillings = derivations(await suppressionsIn(lake)).filter(
    ({ table, applies }) => table.name === step.table && (applies?.(staged, date) ?? true),
  );
  const table = derivedTables.find(({ name }) => name === step.table)!;
  const queries = fillings.map(({ name, render }) => ({ name, sql: render(staged, date) }));
  await catalog.show(staged);
  const folder = tableFolder(run, table, date);
  const entries = queries.length === 0 ? [] : await engine.unload(queries, staged, { table, date, folder });
  return entries.length === 0 ? [await storeTable(lake, run, { table, name: 'empty', rows: [], date })] : entries;
}

/** Counts what the other tables of its date hold, which do not read one another. */
const lastOfItsDate = trends.name;

/** Steps that can be taken at once, in the order of the groups. */
function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups = grouped(steps, ({ date, table }) => `${date} ${table === lastOfItsDate}`);
  return [...groups.values()];
}

/**
 * Takes all steps, each seeing what it builds on; those of a group see the same, so the engine opens it once.
 * @returns the staged run with the derived files.
 */
export async function deriveRun(
  edges: Edges,
  run: Run,
  staged: Staged,
  report: Report,
  signal: AbortSignal,
): Promise<Staged> {
  let derived = staged;
  for (const steps of groupsOf(stepsOf(staged))) {
    signal.throwIfAborted();
    const before = derived;
    const entries = await Promise.all(steps.map((step) => deriveStep(edges, run, before, step)));
    derived = withEntries(derived, entries.flat());
    for (const { date, table } of steps) report({ kind: 'derived', name: `${table} of ${date}` });
  }
  return derived;
}

async function stagedSince(catalog: Catalog, since: SnapshotDate): Promise<Staged> {
  const { snapshots, entries } = await catalog.published();
  const row = snapshots.find(({ snapshot_date }) => snapshot_date === since);
  if (row === undefined) {
    const dates = snapshots.map(({ snapshot_date }) => snapshot_date).join(', ') || 'none';
    throw new UsageError(`There is no snapshot of ${since}. Dates that are there: ${dates}`);
  }
  const own = entries.filter(({ snapshot_date }) => snapshot_date === since);
  return withoutDerived(await catalog.stage(row, own));
}

/**
 * Derives a published date and all later ones again, from what was collected then, and publishes that.
 * @throws UsageError when there is no snapshot of that date.
 */
export async function deriveSince(
  edges: Edges,
  since: SnapshotDate,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const run = newRun(since);
  await underLock(edges, run, report, async () => {
    await checkSuppressions(edges.lake, run.date, report);
    const derived = await deriveRun(edges, run, await stagedSince(edges.catalog, since), report, signal);
    const row = await publishRun(edges, run, derived, new Date());
    report({ kind: 'published', row });
  });
}
