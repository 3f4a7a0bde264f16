import type { Contents, SnapshotRow } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { allTables } from '../tables/all.generated.ts';
import { sqlColumns, type Table } from '../tables/table.ts';
import { quoted } from './render.ts';
import { duckdbTypes, identifier, type NamedColumn, typedColumns } from './typed_columns.ts';

/** Gives every column a type, also those that files of an older rolecall lack, and a table that has no file. */
function noRows(columns: readonly NamedColumn[]): string {
  const nulls = columns.map(([name, { type }]) => `cast(null as ${duckdbTypes[type]}) as ${identifier(name)}`);
  return `select ${nulls.join(', ')} where false`;
}

/** Exactly the listed files. The date comes from their path, so that a query reads only the dates it names. */
function rowsOfFiles(files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  const options = "union_by_name = true, hive_partitioning = true, hive_types = {'snapshot_date': varchar}";
  return [`select * from read_parquet([${files.map(quoted).join(', ')}], ${options})`];
}

function literal(value: string | number | Date | null): string {
  if (value === null || typeof value === 'number') return String(value);
  return value instanceof Date ? `timestamp ${quoted(value.toISOString().slice(0, -1))}` : quoted(value);
}

/** The snapshots that the catalog shows are rows of the catalog itself, not of a file. */
function rowsOfCatalog(rows: readonly SnapshotRow[]): readonly string[] {
  return rows.map((row) => {
    const values = Object.entries(row).map(([name, value]) => `${literal(value)} as ${identifier(name)}`);
    return `select ${values.join(', ')}`;
  });
}

/** A view's name and SQL. */
export interface View {
  readonly name: string;
  readonly sql: string;
}

function viewsOf(table: Table, contents: Contents, files: readonly string[]): readonly View[] {
  const columns = sqlColumns(table);
  const rows = table.filling === 'published' ? rowsOfCatalog(contents.snapshots) : rowsOfFiles(files);
  const all = [noRows(columns), ...rows].join(' union all by name ');
  const newest =
    contents.snapshots
      .map((row) => row.snapshot_date)
      .sort()
      .at(-1) ?? '';
  const latest = `select * from ${identifier(table.name)} where snapshot_date = ${quoted(newest)}`;
  return [
    { name: table.name, sql: `select ${typedColumns(columns, duckdbTypes)} from (${all})` },
    { name: `${table.name}_latest`, sql: latest },
  ];
}

/** What the tables of these contents are to SQL: `<table>`, and `<table>_latest` with the newest snapshot only. */
export function views(contents: Contents, lake: Lake): readonly View[] {
  const filesOf = ({ name }: Table) =>
    contents.entries.filter((entry) => entry.table === name).map((entry) => lake.location(entry.key));
  return allTables.flatMap((table) => viewsOf(table, contents, filesOf(table)));
}
