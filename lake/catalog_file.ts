import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Catalog, Contents, Entry, SnapshotRow, Staged } from './catalog.ts';
import { publishedOf, stagedOver } from './contents.ts';
import { entryShape, snapshotShape } from './contents_shape.ts';
import type { Lake } from './lake.ts';
import { noteSuperseded, removeUnused, type Superseded, supersededShape } from './unused_files.ts';

const KEY = 'catalog.json';
const VERSION = 1;

const versionShape = z.object({ version: z.int().nonnegative() });
const fileShape = z.object({
  snapshots: z.array(snapshotShape),
  entries: z.array(entryShape),
  superseded: supersededShape,
});

/** What catalog.json holds. */
interface CatalogState extends Contents {
  /** Runs some of whose files are no longer shown, and since when. */
  readonly superseded: Superseded;
}

const empty: CatalogState = { snapshots: [], entries: [], superseded: {} };

function parse(text: string, where: string): CatalogState {
  const json: unknown = JSON.parse(text);
  const { version } = versionShape.parse(json);
  if (version > VERSION) {
    throw new UsageError(
      `${where} was written by a newer rolecall (catalog version ${version}, this one reads ${VERSION}). Update rolecall`,
    );
  }
  return fileShape.parse(json);
}

async function read(lake: Lake): Promise<CatalogState> {
  const bytes = await lake.get(KEY);
  if (bytes === undefined) return empty;
  const where = lake.location(KEY);
  try {
    return parse(new TextDecoder().decode(bytes), where);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    throw new UsageError(`${where} is no catalog of rolecall: ${problem}\nRestore the file from a backup`, {
      cause: error,
    });
  }
}

/** The file is replaced as a whole, so a reader has the old list or the new one. */
const write = (lake: Lake, state: CatalogState): Promise<void> =>
  lake.write(KEY, `${JSON.stringify({ version: VERSION, ...state }, null, 1)}\n`);

async function publish(lake: Lake, staged: Staged, derived: readonly Entry[], row: SnapshotRow): Promise<void> {
  const before = await read(lake);
  const after = publishedOf(staged, derived, row);
  const now = new Date();
  const superseded = await removeUnused(lake, [...before.entries, ...after.entries], before.superseded, now);
  await write(lake, { ...after, superseded: noteSuperseded(superseded, before.entries, after.entries, now) });
}

/** A catalog in one file of the lake, `catalog.json`, which names every Parquet file that readers see. */
export function catalogFile(lake: Lake): Catalog {
  return {
    async published() {
      const { snapshots, entries } = await read(lake);
      return { kind: 'published', snapshots, entries };
    },
    async mend() {
      await read(lake); // never half written; one that cannot be read is better known before the work than after
    },
    stage: async (row, entries) => stagedOver(await read(lake), row, entries),
    show: async () => undefined, // the engine beside it is handed the contents
    publish: (staged, derived, row) => publish(lake, staged, derived, row),
  };
}
