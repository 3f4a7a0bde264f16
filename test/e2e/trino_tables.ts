import type { Contents } from '../../lake/catalog.ts';
import type { Key, Lake } from '../../lake/lake.ts';
import { storeRows } from '../../lake/store_rows.ts';
import { athenaTypes } from '../../queries/typed_columns.ts';
import { snapshots } from '../../tables/snapshots.ts';
import { type Column, partition, type Table } from '../../tables/table.ts';
import type { Trino } from './trino_client.ts';

/** Files and what the catalog says of them. */
export interface Shown {
  readonly lake: Lake;
  readonly contents: Contents;
}

/** Makes the tables in a new schema, each date a partition at the folder where the lake has that date's files. */
export async function exposeTables(
  trino: Trino,
  schema: string,
  tables: readonly Table[],
  shown: Shown,
): Promise<void> {
  await trino.query(`create schema ${schema}`);
  for (const table of tables) {
    await trino.query(createTable(table, `local://${shown.lake.location('')}`), schema);
    for (const [date, folder] of partitions(table, shown.contents)) {
      await trino.query(registerPartition(schema, table, date, `local://${shown.lake.location(folder)}`));
    }
  }
}

/** The statement that makes a table whose partitions lie below a place. */
export function createTable(table: Table, location: string): string {
  const columns = Object.entries<Column>({ ...table.columns, snapshot_date: partition });
  const typed = columns.map(([name, { type }]) => `"${name}" ${athenaTypes[type]}`);
  const options = `external_location = '${location}', format = 'PARQUET', partitioned_by = array['snapshot_date']`;
  return `create table ${table.name} (${typed.join(', ')}) with (${options})`;
}

const registerPartition = (schema: string, table: Table, date: string, location: string): string =>
  `call system.register_partition('${schema}', '${table.name}', array['snapshot_date'], array['${date}'], '${location}')`;

/** One folder for each date: the files of a table and date lie together, those of derived tables in folders below. */
export function partitions(table: Table, contents: Contents): ReadonlyMap<string, Key> {
  const entries = contents.entries.filter((entry) => entry.table === table.name);
  return new Map(entries.map(({ snapshot_date, key }) => [snapshot_date, tableFolder(table, key)]));
}

function tableFolder(table: Table, key: Key): Key {
  const parts = key.split('/');
  return parts.slice(0, parts.indexOf(table.name) + 1).join('/');
}

/** With the `snapshots` table, which a local catalog holds itself, as files beside the others. */
export async function withSnapshotFiles({ lake, contents }: Shown): Promise<Shown> {
  const stored = contents.snapshots.map(async ({ snapshot_date, ...row }) => {
    const key = `published/snapshot_date=${snapshot_date}/snapshots/rows.parquet`;
    return { table: snapshots.name, snapshot_date, key, ...(await storeRows(lake, snapshots, [row], key)) };
  });
  return { lake, contents: { ...contents, entries: [...contents.entries, ...(await Promise.all(stored))] } };
}
