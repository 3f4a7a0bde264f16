import type { Entry, SnapshotDate } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { storeRows } from '../lake/store_rows.ts';
import type { Row, Table } from '../tables/table.ts';
import { type Run, tableFolder } from './run.ts';

/** Stores rows as a file `name` among those of the table and date. */
export async function storeTable(
  lake: Lake,
  run: Run,
  { table, name, rows, date = run.date }: { table: Table; name: string; rows: readonly Row[]; date?: SnapshotDate },
): Promise<Entry> {
  const key = `${tableFolder(run, table, date)}/${name}.parquet`;
  return { table: table.name, snapshot_date: date, key, ...(await storeRows(lake, table, rows, key)) };
}
