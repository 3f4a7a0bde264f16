import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exportFolder } from '../../collectors/export_folder.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Key, Lake } from '../../lake/lake.ts';
import { snapshot } from '../../pipeline/snapshot.ts';
import { duckdb } from '../../queries/duckdb.ts';

/** Where the process is to die: before, in the middle of, or after it stores a file. */
export interface Crash {
  readonly moment: 'before' | 'during' | 'after';
  /** A regular expression that only this file's key matches. */
  readonly file: string;
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

/** A lake in which the process dies when it stores the given file. */
function crashing(lake: Lake, crash: Crash | null): Lake {
  const storing = async (key: Key, store: () => Promise<void>): Promise<void> => {
    const moment = crash !== null && new RegExp(crash.file).test(key) ? crash.moment : undefined;
    if (moment === 'before') die();
    if (moment === 'during') halfWritten(lake.location(key));
    await store();
    if (moment === 'after') die();
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
