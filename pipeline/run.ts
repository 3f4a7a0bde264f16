import { randomBytes } from 'node:crypto';
import type { SnapshotDate } from '../lake/catalog.ts';
import type { Key } from '../lake/lake.ts';
import { runFolder } from '../lake/unused_files.ts';
import type { Table } from '../tables/table.ts';

/** One attempt to make a snapshot. Its id is in file names and in the table `snapshots`, and nowhere else. */
export interface Run {
  readonly id: string;
  readonly date: SnapshotDate;
  readonly startedAt: Date;
}

/** Ids sort by time; the rest tells runs of one millisecond apart. */
export const runId = (startedAt: Date, rest: string): string =>
  `${startedAt.toISOString().replaceAll(/[-:.]/g, '')}-${rest}`;

/** A run that starts now. */
export function newRun(date: SnapshotDate): Run {
  const startedAt = new Date();
  return { id: runId(startedAt, randomBytes(4).toString('hex')), date, startedAt };
}

/** All that a run stores of tables lies below. */
export const tablesOf = ({ id }: Run): Key => `${runFolder(id)}/snapshot_date=`;

/** Folder of a table's files, as the query engines expect partitions; `date` is a later one when it is derived again. */
export const tableFolder = (run: Run, table: Table, date: SnapshotDate = run.date): Key =>
  `${tablesOf(run)}${date}/${table.name}`;
