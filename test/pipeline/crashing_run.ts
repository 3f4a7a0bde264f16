import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exportFolder } from '../../collectors/export_folder.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Key, Lake } from '../../lake/lake.ts';
import { snapshot } from '../../pipeline/snapshot.ts';
import { duckdb } from '../../queries/duckdb.ts';

/** Where the process is to die: before, in the middle of, or after the n-th file that it stores. */
export interface Crash {
  readonly moment: 'before' | 'during' | 'after';
  readonly nth: number;
}

/** What the process is told to do. */
export interface CrashingRun {
  readonly lake: string;
  readonly exports: string;
  readonly date: string;
  /** Null: it goes on to the end, or until somebody kills it. */
  readonly crash: Crash | null;
}

const die = () => process.kill(process.pid, 'SIGKILL');

/** A lake that reports each file it stores, and in which the process dies at the given one. */
function crashing(lake: Lake, crash: Crash | null): Lake {
  let stored = 0;
  const storing = async (key: Key, store: () => Promise<void>): Promise<void> => {
    stored += 1;
    const now = crash?.nth === stored ? crash.moment : undefined;
    if (now === 'before') die();
    if (now === 'during') halfWritten(lake.location(key));
    await store();
    if (now === 'after') die();
    process.send?.(key);
  };
  return {
    ...lake,
    put: (key, file) => storing(key, () => lake.put(key, file)),
    write: (key, bytes) => storing(key, () => lake.write(key, bytes)),
  };
}

/** As a process leaves it that dies before the rename: half of the bytes, under the name of files in the making. */
function halfWritten(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(join(dirname(path), `.${basename(path)}.tmp`), '{"version": 1, "snapsh');
  die();
}

async function main({ lake: folder, exports, date, crash }: CrashingRun): Promise<void> {
  const lake = crashing(folderLake(folder), crash);
  const engine = duckdb(lake);
  const edges = { source: exportFolder(exports), lake, catalog: catalogFile(lake), engine };
  process.send?.('started');
  await snapshot(edges, { date, scope: { accounts: [], regions: [] } }, () => undefined, new AbortController().signal);
  await engine.close();
}

const told = process.argv[2];
if (told !== undefined) await main(JSON.parse(told) as CrashingRun);
