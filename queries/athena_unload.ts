import { parquetMetadata } from 'hyparquet';
import pLimit from 'p-limit';
import type { Entry } from '../lake/catalog.ts';
import type { Key, Lake, StoredFile } from '../lake/lake.ts';
import type { Table } from '../tables/table.ts';
import type { Destination, Named } from './engine.ts';
import { quoted } from './render.ts';
import { athenaTypes, typedColumns } from './typed_columns.ts';

/** Queries under way at a time: an account may run twenty (Service Quotas, "Active DML queries"), and people ask too. */
const width = 5;

/** Runs a statement to its end. */
type Run = (sql: string) => Promise<unknown>;

async function filesIn(lake: Lake, folder: Key): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of lake.list(`${folder}/`)) files.push(file);
  return files;
}

/** UNLOAD asks for an empty place, and what an attempt that broke off has left there may not be deleted. */
async function emptyFolder(lake: Lake, folder: Key): Promise<Key> {
  for (let attempt = 1; ; attempt += 1) {
    const place = `${folder}/${attempt}`;
    if ((await filesIn(lake, place)).length === 0) return place;
  }
}

function unloadStatement(sql: string, table: Table, location: string): string {
  const typed = `select ${typedColumns(Object.entries(table.columns), athenaTypes)} from (${sql}) as answer`;
  return `unload (${typed}) to ${quoted(`${location}/`)} with (format = 'PARQUET', compression = 'SNAPPY')`;
}

/** Athena does not say how many rows it wrote; the end of each file does. */
async function rowsIn(lake: Lake, key: Key): Promise<number> {
  const bytes = await lake.get(key);
  return Number(parquetMetadata(new Uint8Array(bytes!).buffer).num_rows);
}

async function unloadOne(lake: Lake, { name, sql }: Named, to: Destination, run: Run): Promise<readonly Entry[]> {
  const folder = await emptyFolder(lake, `${to.folder}/${name}`);
  await run(unloadStatement(sql, to.table, lake.location(folder)));
  const files = await filesIn(lake, folder);
  return Promise.all(
    files.map(async ({ key, bytes }) => {
      const rows = await rowsIn(lake, key);
      return { table: to.table.name, snapshot_date: to.date, key, rows, bytes };
    }),
  );
}

/** Writes each answer into a folder of its own below the table's; one without rows leaves no file. */
export async function unloadInto(
  lake: Lake,
  queries: readonly Named[],
  to: Destination,
  run: Run,
): Promise<readonly Entry[]> {
  const limit = pLimit(width);
  const entries = await Promise.all(queries.map((query) => limit(unloadOne, lake, query, to, run)));
  return entries.flat();
}
