import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Entry, Published, SnapshotRow } from '../../lake/catalog.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { writeParquet } from '../../lake/parquet.ts';
import { allTables } from '../../tables/all.generated.ts';
import type { Column, Row, Table } from '../../tables/table.ts';

/** Rows by table, each with its snapshot_date and only the columns that matter. */
export type Given = Readonly<Record<string, readonly (Row & { readonly snapshot_date: string })[]>>;

export interface Fixture {
  readonly given: Given;
  readonly cases: readonly {
    readonly name: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly expected: readonly Row[];
  }[];
}

const blank = {
  varchar: '',
  json: '{}',
  bigint: 0,
  double: 0,
  boolean: false,
  timestamp: new Date('2026-01-01T00:00:00Z'),
  'array(varchar)': [],
} as const;

const blankOf = ({ nullable, type }: Column): unknown => (nullable ? null : blank[type]);

function completed(table: Table, row: Row): Row {
  const unknown = Object.keys(row).filter((name) => !(name in table.columns) && name !== 'snapshot_date');
  if (unknown.length > 0) throw new Error(`Table ${table.name} has no column ${unknown.join(', ')}`);
  const filled = ([name, column]: [string, Column]): [string, unknown] => {
    const value = row[name] === undefined ? blankOf(column) : row[name];
    return [name, column.type === 'timestamp' && typeof value === 'string' ? new Date(value) : value];
  };
  return Object.fromEntries(Object.entries<Column>(table.columns).map(filled));
}

async function write(lake: Lake, table: Table, date: string, rows: readonly Row[]): Promise<Entry> {
  const key = `runs/fixture/snapshot_date=${date}/${table.name}/rows.parquet`;
  mkdirSync(dirname(lake.location(key)), { recursive: true });
  const written = await writeParquet(table, rows, lake.location(key));
  return { table: table.name, snapshot_date: date, key, ...written };
}

function snapshotRows(given: Given, dates: readonly string[]): readonly SnapshotRow[] {
  const table: Table = allTables.find(({ name }) => name === 'snapshots')!;
  const rows = given.snapshots ?? dates.map((date) => ({ snapshot_date: date, run_id: date }));
  return rows.map((row) => ({ ...completed(table, row), snapshot_date: row.snapshot_date }) as SnapshotRow);
}

/** Writes a fixture with the real Parquet writer into a lake below `root`: its tables, at every date that it speaks of. */
export async function fixtureLake(given: Given, root: string): Promise<{ lake: Lake; contents: Published }> {
  const unknown = Object.keys(given).filter((name) => !allTables.some((table) => table.name === name));
  if (unknown.length > 0) throw new Error(`There is no table ${unknown.join(', ')}`);
  const lake = folderLake(root);
  const dates = [...new Set(Object.values(given).flatMap((rows) => rows.map((row) => row.snapshot_date)))].sort();
  const snapshots = snapshotRows(given, dates);
  const entries: Entry[] = [];
  for (const table of allTables.filter(({ name, filling }) => given[name] !== undefined && filling !== 'published')) {
    for (const date of snapshots.map((row) => row.snapshot_date)) {
      const rows = (given[table.name] ?? []).filter((row) => row.snapshot_date === date);
      entries.push(
        await write(
          lake,
          table,
          date,
          rows.map((row) => completed(table, row)),
        ),
      );
    }
  }
  return { lake, contents: { kind: 'published', snapshots, entries } };
}
