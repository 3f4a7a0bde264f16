import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row, Table } from '../tables/table.ts';
import type { Key, Lake } from './lake.ts';
import { type Written, writeParquet } from './parquet.ts';
import { inKeyOrder } from './row_order.ts';

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
  storeOrdered(lake, table, inKeyOrder(table, rows), key);

/** Stores rows as they come, in that order already, as a Parquet file. */
export const storeOrdered = (
  lake: Lake,
  table: Table,
  rows: Iterable<Row> | AsyncIterable<Row>,
  key: Key,
): Promise<Written> =>
  withWorkFolder(async (folder) => {
    const file = join(folder, 'rows.parquet');
    const written = await writeParquet(table, rows, file);
    await lake.put(key, file);
    return written;
  });
