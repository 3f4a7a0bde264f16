import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Catalog } from '../lake/catalog.ts';
import { catalogFile } from '../lake/catalog_file.ts';
import { folderLake } from '../lake/folder.ts';
import type { Lake } from '../lake/lake.ts';
import { duckdb } from '../queries/duckdb.ts';
import type { Engine } from '../queries/engine.ts';

export interface Edges {
  readonly lake: Lake;
  readonly catalog: Catalog;
  readonly engine: Engine;
}

/** Opens the lake in a folder, hands it to `use`, and closes the engine whatever happens. */
export async function withLake<T>(folder: string, use: (edges: Edges) => Promise<T>): Promise<T> {
  const lake = folderLake(folder);
  const engine = duckdb(lake);
  try {
    return await use({ lake, catalog: catalogFile(lake), engine });
  } finally {
    await engine.close();
  }
}

/** The same for commands that only read: a folder without snapshots is an error, not an empty answer. */
export async function withSnapshots<T>(folder: string, use: (edges: Edges) => Promise<T>): Promise<T> {
  if (!existsSync(join(folder, 'catalog.json'))) {
    throw new UsageError(
      `There are no snapshots in ${folder}. Make one with \`rolecall snapshot\` or \`rolecall demo\`, or name another folder with --lake.`,
    );
  }
  return withLake(folder, use);
}
