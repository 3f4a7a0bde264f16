import { z } from 'zod';

/** A moment in JSON. */
export const instant = z.iso.datetime().transform((text) => new Date(text));
const count = z.int().nonnegative();

/** A row of `snapshots` in JSON. */
export const snapshotShape = z.object({
  snapshot_date: z.iso.date(),
  run_id: z.string(),
  previous_run_id: z.string().nullable(),
  started_at: instant,
  finished_at: instant,
  accounts_planned: count,
  accounts_complete: count,
  rolecall_version: z.string(),
  row_counts: z.string(),
  derived_run_id: z.string().nullable().default(null),
});

/** A file of a table in JSON. */
export const entryShape = z.object({
  table: z.string(),
  snapshot_date: z.iso.date(),
  key: z.string(),
  rows: count,
  bytes: count,
});
