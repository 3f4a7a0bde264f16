import { grouped } from '../analysis/grouped.ts';
import { UsageError } from '../errors.ts';
import type { Catalog, Entry, SnapshotDate, Staged } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { type Derivation, derivations } from '../queries/derivations.ts';
import type { Engine } from '../queries/engine.ts';
import { allTables } from '../tables/all.generated.ts';
import type { Table } from '../tables/table.ts';
import type { Report } from './events.ts';
import { publishRun } from './publish.ts';
import { newRun, type Run, tableFolder } from './run.ts';
import { storeTable } from './store_table.ts';
import { underLock } from './under_lock.ts';

interface Edges {
  readonly lake: Lake;
  readonly engine: Engine;
}

const derivedTables = allTables.filter(({ filling }) => filling === 'derived');
const derivedNames: ReadonlySet<string> = new Set(derivedTables.map(({ name }) => name));

/** Takes away what was derived for a date and those after it: it may rest on what is derived anew. */
function withoutDerived(staged: Staged, since: SnapshotDate): Staged {
  const entries = staged.entries.filter(
    ({ table, snapshot_date }) => snapshot_date < since || !derivedNames.has(table),
  );
  return { ...staged, entries };
}

const withEntries = (staged: Staged, entries: readonly Entry[]): Staged => ({
  ...staged,
  entries: [...staged.entries, ...entries],
});

/** What fills one table does not see its own rows, so the order does not matter. */
async function deriveTable(
  engine: Engine,
  run: Run,
  staged: Staged,
  date: SnapshotDate,
  table: Table,
  fillings: readonly Derivation[],
  report: Report,
): Promise<Staged> {
  const queries = fillings
    .filter(({ applies }) => applies?.(staged, date) ?? true)
    .map(({ name, render }) => ({ name, sql: render(staged, date) }));
  if (queries.length === 0) return staged;
  const entries = await engine.unload(queries, staged, { table, date, folder: tableFolder(run, table, date) });
  report({ kind: 'derived', name: `${table.name} of ${date}` });
  return withEntries(staged, entries);
}

/** Derived tables that nothing fills have an empty file, as every table of a snapshot has one. */
async function fillEmpty(lake: Lake, run: Run, staged: Staged, date: SnapshotDate): Promise<Staged> {
  const filled = new Set(staged.entries.filter((entry) => entry.snapshot_date === date).map(({ table }) => table));
  const empty = derivedTables.filter(({ name }) => !filled.has(name));
  const entries = empty.map((table) => storeTable(lake, run, { table, name: 'empty', rows: [], date }));
  return withEntries(staged, await Promise.all(entries));
}

/**
 * Runs the derived SQL for the staged date and every later one, in order, each seeing what came before it.
 * @returns the staged run with the derived files in place of those of the same dates.
 */
export async function deriveRun(
  { lake, engine }: Edges,
  run: Run,
  staged: Staged,
  report: Report,
  signal: AbortSignal,
): Promise<Staged> {
  const later = staged.snapshots.map(({ snapshot_date }) => snapshot_date).filter((date) => date >= run.date);
  const tables = grouped(derivations(), ({ table }) => table);
  let derived = withoutDerived(staged, run.date);
  for (const date of later) {
    for (const [table, fillings] of tables) {
      signal.throwIfAborted();
      derived = await deriveTable(engine, run, derived, date, table, fillings, report);
    }
    derived = await fillEmpty(lake, run, derived, date);
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
  return catalog.stage(
    row,
    entries.filter(({ snapshot_date }) => snapshot_date === since),
  );
}

/**
 * Derives a published date and all later ones again, from what was collected then, and publishes that.
 * @throws UsageError when there is no snapshot of that date.
 */
export async function deriveSince(
  edges: Edges & { readonly catalog: Catalog },
  since: SnapshotDate,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const run = newRun(since);
  await underLock(edges, run, report, async () => {
    const derived = await deriveRun(edges, run, await stagedSince(edges.catalog, since), report, signal);
    const row = await publishRun(edges, run, derived, new Date());
    report({ kind: 'published', row });
  });
}
