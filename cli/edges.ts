import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Catalog } from '../lake/catalog.ts';
import { catalogFile } from '../lake/catalog_file.ts';
import { folderLake } from '../lake/folder.ts';
import type { Lake } from '../lake/lake.ts';
import { isS3Url } from '../lake/s3_place.ts';
import { duckdb } from '../queries/duckdb.ts';
import type { Engine } from '../queries/engine.ts';
import type { EngineFlags } from './options.ts';

export interface Edges {
  readonly lake: Lake;
  readonly catalog: Catalog;
  readonly engine: Engine;
}

/** What a command needs that only asks. */
export interface AskingEdges {
  readonly catalog: Pick<Catalog, 'published'>;
  readonly engine: Engine;
  /** Aborts when the person stops the command, where a query would go on elsewhere. */
  readonly signal?: AbortSignal;
}

type Use<T> = (edges: Edges) => Promise<T>;

/** A file in the lake of the demo: what is made up never mixes with what was read. */
const demoMark = 'demo';

/** Whether something was published in the folder. */
export const hasSnapshots = (folder: string): boolean => existsSync(join(folder, 'catalog.json'));
const isDemo = (folder: string): boolean => existsSync(join(folder, demoMark));

/** Opens the lake in a folder, hands it to `use`, and closes the engine whatever happens. */
async function withFolder<T>(folder: string, use: Use<T>): Promise<T> {
  const lake = folderLake(folder);
  const engine = duckdb(lake);
  try {
    return await use({ lake, catalog: catalogFile(lake), engine });
  } finally {
    await engine.close();
  }
}

/**
 * What is published in the demo's folder would mix with what is made up.
 * @throws UsageError when the folder holds the demo
 */
export function refuseDemo(folder: string): void {
  if (!isDemo(folder)) return;
  throw new UsageError(
    `${folder} holds the made-up organization of \`rolecall demo\`. Name another folder with --lake, or delete ${folder}.`,
  );
}

type Place = Pick<Edges, 'lake' | 'catalog'>;

/**
 * For snapshots that go from one lake to another; the mark of the demo goes with them.
 * @throws UsageError when one holds the demo and the other does not
 */
export async function refuseMixing(from: Place, to: Place): Promise<void> {
  const [mark, markThere] = [await from.lake.get(demoMark), await to.lake.get(demoMark)];
  const isEmpty = (await to.catalog.published()).snapshots.length === 0;
  if (!isEmpty && (mark === undefined) !== (markThere === undefined)) {
    throw new UsageError(
      `One of ${from.lake.location('')} and ${to.lake.location('')} holds the made-up organization of \`rolecall demo\`, and they would mix. Name another one.`,
    );
  }
  if (mark !== undefined) await to.lake.write(demoMark, mark);
}

/** For commands that publish what was read. */
export async function withLake<T>(folder: string, use: Use<T>): Promise<T> {
  refuseDemo(folder);
  return withFolder(folder, use);
}

/**
 * For the demo, which marks the folder as its own.
 * @throws UsageError when the folder holds snapshots that the demo did not make
 */
export async function withDemoLake<T>(folder: string, use: Use<T>): Promise<T> {
  if (hasSnapshots(folder) && !isDemo(folder)) {
    throw new UsageError(
      `${folder} holds snapshots, and the demo would mix its own among them. Name another folder with --lake, or delete ${folder}.`,
    );
  }
  return withFolder(folder, async (edges) => {
    await edges.lake.write(demoMark, 'made up by `rolecall demo`\n');
    return use(edges);
  });
}

/** For commands that only read: a folder without snapshots is an error, not an empty answer. */
export async function withSnapshots<T>(folder: string, use: Use<T>): Promise<T> {
  if (!hasSnapshots(folder)) {
    throw new UsageError(
      `There are no snapshots in ${folder}. Make one with \`rolecall snapshot\` or \`rolecall demo\`, or name another folder with --lake.`,
    );
  }
  return withFolder(folder, use);
}

/**
 * For commands that ask what is published, here or in a deployed lake.
 * @throws UsageError when lake and engine do not go together
 */
export async function withPublished<T>(flags: EngineFlags, use: (edges: AskingEdges) => Promise<T>): Promise<T> {
  const { lake, engine } = flags;
  if (isS3Url(lake) !== (engine === 'athena')) {
    throw new UsageError(
      `--engine ${engine} does not read ${lake}. Ask a folder with --engine duckdb, and s3://… with --engine athena.`,
    );
  }
  if (engine === 'duckdb') return withSnapshots(lake, use);
  // The SDK is read only when AWS is called.
  const { withAthena } = await import('./athena_edges.ts');
  return withAthena(flags, use);
}
