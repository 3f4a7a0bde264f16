import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import type { Scope, Source } from '../../collectors/source.ts';
import type { Contents, SnapshotRow } from '../../lake/catalog.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { readParquet } from '../../lake/parquet.ts';
import type { RunEvent } from '../../pipeline/events.ts';
import { type SnapshotEdges, snapshot } from '../../pipeline/snapshot.ts';
import { duckdb } from '../../queries/duckdb.ts';
import { allTables } from '../../tables/all.generated.ts';
import type { Row } from '../../tables/table.ts';
import { temporaryFolder } from '../lake/temporary_folder.ts';
import { type SmallAccount, writeOrganization } from './exports.ts';

export const everything = { accounts: [], regions: [] };
export const weeks = ['2026-01-05', '2026-01-12', '2026-01-19'] as const;

/** A lake below a folder, with the real catalog and engine. */
export function edgesOf(lake: Lake, source: Source): SnapshotEdges {
  const engine = duckdb(lake);
  onTestFinished(() => engine.close());
  return { source, lake, catalog: catalogFile(lake), engine };
}

export const newLake = (): Lake => folderLake(join(temporaryFolder(), 'lake'));

/** A lake of its own, with what another one holds. */
export function copyOf(lake: Lake): Lake {
  const folder = join(temporaryFolder(), 'lake');
  cpSync(lake.location(''), folder, { recursive: true });
  return folderLake(folder);
}

/** Publishes organizations by date into a lake below the folder; for the hooks that several tests share. */
export async function publishAll(
  folder: string,
  organizations: readonly (readonly [string, readonly SmallAccount[]])[],
): Promise<Lake> {
  const lake = folderLake(join(folder, 'lake'));
  const engine = duckdb(lake);
  for (const [date, accounts] of organizations) {
    const source = exportFolder(writeOrganization(join(folder, date), accounts));
    await take({ source, lake, catalog: catalogFile(lake), engine }, date);
  }
  await engine.close();
  return lake;
}

/** Exports of an organization in a folder of their own. */
export const sourceOf = (accounts: readonly SmallAccount[]): Source =>
  exportFolder(writeOrganization(join(temporaryFolder(), 'exports'), accounts));

/** Takes a snapshot of exports; with the events that the run reported. */
export async function take(
  edges: SnapshotEdges,
  date: string,
  scope: Scope = everything,
): Promise<{ row: SnapshotRow; events: readonly RunEvent[] }> {
  const events: RunEvent[] = [];
  const { signal } = new AbortController();
  const row = await snapshot(edges, { date, scope }, (event) => events.push(event), signal);
  return { row, events };
}

/** The same, stopped when it reports the first event of a kind. */
export async function takeUntil(edges: SnapshotEdges, date: string, kind: RunEvent['kind']): Promise<void> {
  const stop = new AbortController();
  const report = (event: RunEvent) => {
    if (event.kind === kind) stop.abort();
  };
  await snapshot(edges, { date, scope: everything }, report, stop.signal);
}

/** All rows of a table at a date, file by file. */
export async function rowsOf(lake: Lake, contents: Contents, name: string, date: string): Promise<readonly Row[]> {
  const table = allTables.find((candidate) => candidate.name === name)!;
  const files = contents.entries.filter((entry) => entry.table === name && entry.snapshot_date === date);
  const rows = await Promise.all(files.map(async ({ key }) => readParquet(table, (await lake.get(key))!)));
  return rows.flat();
}

/** Bytes by name below the run's folder, of all files that the catalog names but those of `snapshots`. */
export async function filesOf(lake: Lake, { entries }: Contents): Promise<ReadonlyMap<string, string>> {
  const files = entries.filter(({ table }) => table !== 'snapshots').map(({ key }) => key);
  const bytes = files.map(async (key): Promise<[string, string]> => {
    const name = key.split('/').slice(2).join('/');
    return [name, Buffer.from((await lake.get(key))!).toString('base64')];
  });
  return new Map(await Promise.all(bytes));
}

/** Keys of all that lies in the lake. */
export async function keysIn(lake: Lake): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of lake.list('')) keys.push(key);
  return keys;
}
