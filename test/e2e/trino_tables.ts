import type { Contents } from '../../lake/catalog.ts';
import type { Key, Lake } from '../../lake/lake.ts';
import type { ColumnType, Table } from '../../tables/table.ts';
import type { Trino } from './trino_client.ts';

const trinoTypes: Readonly<Record<ColumnType, string>> = {
  varchar: 'varchar',
  json: 'varchar',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
  'array(varchar)': 'array(varchar)',
};

/** Makes the tables in a new schema, each date a partition at the folder where the lake has that date's files. */
export async function exposeTables(
  trino: Trino,
  schema: string,
  tables: readonly Table[],
  contents: Contents,
  lake: Lake,
): Promise<void> {
  await trino.query(`create schema ${schema}`);
  for (const table of tables) {
    await trino.query(createTable(table), schema);
    for (const [date, folder] of partitions(table, contents)) {
      await trino.query(registerPartition(schema, table, date, `local://${lake.location(folder)}`));
    }
  }
}

function createTable(table: Table): string {
  const columns = Object.entries(table.columns).map(([name, { type }]) => `"${name}" ${trinoTypes[type]}`);
  const all = [...columns, 'snapshot_date varchar'].join(', ');
  return `create table ${table.name} (${all}) with (format = 'PARQUET', partitioned_by = array['snapshot_date'])`;
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
