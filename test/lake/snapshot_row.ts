import type { Entry, SnapshotRow } from '../../lake/catalog.ts';

/** A row of `snapshots`. */
export const snapshotRow = (snapshot_date: string, run_id: string): SnapshotRow => ({
  snapshot_date,
  run_id,
  previous_run_id: null,
  started_at: new Date('2026-01-05T10:00:00.000Z'),
  finished_at: new Date('2026-01-05T10:01:00.000Z'),
  accounts_planned: 1,
  accounts_complete: 1,
  rolecall_version: '0.0.0',
  row_counts: '{}',
  derived_run_id: run_id,
});

/** A file of a run. */
export const entry = (run: string, snapshot_date: string, table: string): Entry => ({
  table,
  snapshot_date,
  key: `runs/${run}/snapshot_date=${snapshot_date}/${table}/rows.parquet`,
  rows: 1,
  bytes: 4,
});
