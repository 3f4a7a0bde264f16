import type { Catalog, Entry, SnapshotDate, SnapshotRow, Staged } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { compareText } from '../lake/row_order.ts';
import { snapshots } from '../tables/snapshots.ts';
import type { Run } from './run.ts';
import { storeTable } from './store_table.ts';

/** Rows by table of a date, as JSON; `snapshots` itself is not counted. */
function rowCounts(entries: readonly Entry[], date: SnapshotDate): string {
  const counts = new Map<string, number>();
  for (const { table, snapshot_date, rows } of entries) {
    if (snapshot_date === date && table !== snapshots.name) counts.set(table, (counts.get(table) ?? 0) + rows);
  }
  return JSON.stringify(Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b))));
}

/** Stores a row of `snapshots`; the date is the partition and not in the file. */
function storeRow(lake: Lake, run: Run, { snapshot_date, ...row }: SnapshotRow): Promise<Entry> {
  return storeTable(lake, run, { table: snapshots, name: 'snapshot', rows: [row], date: snapshot_date });
}

/**
 * Makes a derived run what readers see. Later dates, derived again with it, get their counts anew.
 * @returns the row of the run's own date.
 */
export async function publishRun(
  { lake, catalog }: { lake: Lake; catalog: Catalog },
  run: Run,
  staged: Staged,
  finishedAt: Date,
): Promise<SnapshotRow> {
  const rows = staged.snapshots.map((row) => {
    if (row.snapshot_date < run.date) return row;
    const counted = { ...row, row_counts: rowCounts(staged.entries, row.snapshot_date), derived_run_id: run.id };
    return row.run_id === run.id ? { ...counted, finished_at: finishedAt } : counted;
  });
  const changed = rows.filter(({ snapshot_date }) => snapshot_date >= run.date);
  const files = await Promise.all(changed.map((row) => storeRow(lake, run, row)));
  const own = changed.find(({ snapshot_date }) => snapshot_date === run.date)!;
  await catalog.publish({ ...staged, snapshots: rows }, files, own);
  return own;
}
