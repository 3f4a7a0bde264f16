import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, SnapshotDate } from '../lake/catalog.ts';
import type { Key, Lake } from '../lake/lake.ts';
import { type Written, writeParquet } from '../lake/parquet.ts';
import { inKeyOrder } from '../lake/row_order.ts';
import type { Row, Table } from '../tables/table.ts';
import { type Run, tableFolder } from './run.ts';

/** A folder of this machine for files in the making, gone afterwards. */
export async function withWorkFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Stores rows as a Parquet file, in the order of the table's key. */
export const storeRows = (lake: Lake, table: Table, rows: readonly Row[], key: Key): Promise<Written> =>
  withWorkFolder(async (folder) => {
    const file = join(folder, 'rows.parquet');
    const written = await writeParquet(table, inKeyOrder(table, rows), file);
    await lake.put(key, file);
    return written;
  });

/** Stores rows as a file `name` among those of the table and date. */
export async function storeTable(
  lake: Lake,
  run: Run,
  { table, name, rows, date = run.date }: { table: Table; name: string; rows: readonly Row[]; date?: SnapshotDate },
): Promise<Entry> {
  const key = `${tableFolder(run, table, date)}/${name}.parquet`;
  return { table: table.name, snapshot_date: date, key, ...(await storeRows(lake, table, rows, key)) };
}
