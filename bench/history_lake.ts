import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Contents, Entry } from '../lake/catalog.ts';
import { catalogFile } from '../lake/catalog_file.ts';
import { folderLake } from '../lake/folder.ts';
import type { Key, Lake } from '../lake/lake.ts';
import { writeBigOrganization } from './big_account.ts';
import { snapshotCommand } from './snapshot_command.ts';

/** A year of an organization. */
export interface History {
  readonly lake: Lake;
  readonly contents: Contents;
  remove(): void;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const dateOf = (week: number): string => new Date(Date.UTC(2026, 0, 5) + week * WEEK_MS).toISOString().slice(0, 10);

function snapshotted(folder: string, week: number): void {
  execFileSync(process.execPath, snapshotCommand(folder, dateOf(week)), { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Below it each table has a folder, with one for each date: as Hive lays tables out, so that Trino finds the dates itself. */
export const tables: Key = 'tables';

/** Another name for the same file, in the folder of its table and of some week. */
function entryOfWeek(lake: Lake, entry: Entry, date: string): Entry {
  const name = entry.key.split('/').slice(4).join('/');
  const key = `${tables}/${entry.table}/snapshot_date=${date}/${name}`;
  mkdirSync(dirname(lake.location(key)), { recursive: true });
  linkSync(lake.location(entry.key), lake.location(key));
  return { ...entry, snapshot_date: date, key };
}

/**
 * Two weeks by the command itself, so that the second has a past; its files stand for every week after it.
 * The lake is in a temporary folder.
 */
export async function makeHistory(weeks: number, accounts: number, rolesEach: number): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  writeBigOrganization(join(folder, 'export'), accounts, { roles: rolesEach, policies: 20 });
  for (const week of [0, 1]) snapshotted(folder, week);
  const lake = folderLake(join(folder, 'lake'));
  const made = await catalogFile(lake).published();
  const madeOn = (date: string): readonly Entry[] => made.entries.filter(({ snapshot_date }) => snapshot_date === date);
  const dates = Array.from({ length: weeks }, (_, week) => dateOf(week));
  const contents = {
    snapshots: dates.map((snapshot_date, week) => ({ ...made.snapshots[Math.min(week, 1)]!, snapshot_date })),
    entries: dates.flatMap((date, week) =>
      madeOn(dateOf(Math.min(week, 1))).map((entry) => entryOfWeek(lake, entry, date)),
    ),
  };
  return { lake, contents, remove: () => rmSync(folder, { recursive: true }) };
}
