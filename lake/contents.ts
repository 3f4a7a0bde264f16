import type { Contents, Entry, SnapshotRow, Staged } from './catalog.ts';
import { compareText } from './row_order.ts';

/** What names the table and date of a file: these are replaced as a whole. */
export const partitionOf = ({ table, snapshot_date }: Pick<Entry, 'table' | 'snapshot_date'>): string =>
  `${snapshot_date} ${table}`;

/** By date, table and key. */
export const inOrder = (entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted((a, b) => compareText(partitionOf(a), partitionOf(b)) || compareText(a.key, b.key));

/** Entries in place of those of the same date and table. */
function replacing(entries: readonly Entry[], by: readonly Entry[]): readonly Entry[] {
  const replaced = new Set(by.map(partitionOf));
  return inOrder([...entries.filter((entry) => !replaced.has(partitionOf(entry))), ...by]);
}

/** The row in place of that of its date, by date. */
const withRow = (rows: readonly SnapshotRow[], row: SnapshotRow): readonly SnapshotRow[] =>
  [...rows.filter(({ snapshot_date }) => snapshot_date !== row.snapshot_date), row].sort((a, b) =>
    compareText(a.snapshot_date, b.snapshot_date),
  );

/** What is published, with the row and entries of a run in place of its date. */
export function stagedOver(published: Contents, row: SnapshotRow, entries: readonly Entry[]): Staged {
  const otherDates = published.entries.filter(({ snapshot_date }) => snapshot_date !== row.snapshot_date);
  return {
    kind: 'staged',
    runId: row.run_id,
    snapshotDate: row.snapshot_date,
    snapshots: withRow(published.snapshots, row),
    entries: inOrder([...otherDates, ...entries]),
  };
}

/** What readers are to see when a staged run is published. */
export const publishedOf = (staged: Staged, derived: readonly Entry[], row: SnapshotRow): Contents => ({
  snapshots: withRow(staged.snapshots, row),
  entries: replacing(staged.entries, derived),
});
