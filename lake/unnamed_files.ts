import type { Table } from '../tables/table.ts';
import type { Key, Lake } from './lake.ts';
import { storeRows } from './store_rows.ts';

/** Engines skip what begins so (Athena User Guide, "Troubleshoot issues in Athena": hidden files). */
const isHidden = (key: Key): boolean => /^[._]/.test(key.slice(key.lastIndexOf('/') + 1));

/**
 * A partition of Glue shows every file of its folder, also those of a batch or a query that broke off. Nobody may delete
 * them, so an empty file takes their place.
 */
export async function blankUnnamed(lake: Lake, table: Table, folder: Key, named: ReadonlySet<Key>): Promise<void> {
  for await (const { key } of lake.list(`${folder}/`)) {
    if (!named.has(key) && !isHidden(key)) await storeRows(lake, table, [], key);
  }
}
