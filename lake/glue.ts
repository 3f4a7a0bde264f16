import type { GlueClient } from '@aws-sdk/client-glue';
import pLimit from 'p-limit';
import { UsageError } from '../errors.ts';
import { allTables } from '../tables/all.generated.ts';
import { snapshots } from '../tables/snapshots.ts';
import type { Catalog, Contents } from './catalog.ts';
import { publishedOf, stagedOver } from './contents.ts';
import { type GlueDatabase, tableNamed } from './glue_database.ts';
import { pointLatest } from './glue_latest.ts';
import { deletePartitions, partitionsIn, setPartitions } from './glue_partitions.ts';
import type { Lake } from './lake.ts';
import { contentsOf, keysOf, type Partition, partitionsOf } from './partition.ts';
import { difference, type Publication, publication } from './publication.ts';
import { readPublishing, writePublishing } from './publishing.ts';
import { blankUnnamed } from './unnamed_files.ts';
import { noteSuperseded, removeUnused } from './unused_files.ts';

export interface Glue {
  readonly client: GlueClient;
  readonly lake: Lake;
  /** What readers see. */
  readonly database: string;
  /** The same and the run on its way. */
  readonly staging: string;
}

const names = allTables.map(({ name }) => name);
const otherNames = names.filter((name) => name !== snapshots.name);

/** Folders that are looked through at a time. */
const WIDTH = 8;
/** A publisher needs some seconds; whoever reads meanwhile looks so many times. */
const LOOKS = 5;

const blank = (lake: Lake, partitions: readonly Partition[]): Promise<unknown> =>
  pLimit(WIDTH).map(partitions, (partition) =>
    blankUnnamed(lake, tableNamed(partition.table), partition.folder, keysOf(partition)),
  );

/** Looks at `snapshots` before and after all else: when a publisher changed it, what was seen between may be a mix. */
async function publishedPartitions(glue: GlueDatabase): Promise<readonly Partition[]> {
  for (let look = 0; look < LOOKS; look++) {
    const before = await partitionsIn(glue, [snapshots.name]);
    const others = await partitionsIn(glue, otherNames);
    const { set, gone } = difference(before, await partitionsIn(glue, [snapshots.name]));
    if (set.length === 0 && gone.length === 0) return [...before, ...others];
  }
  throw new UsageError(`Snapshots are being published to Glue database ${glue.database}. Ask again in a minute`);
}

async function carryOut(glue: GlueDatabase, { hidden, set, gone, shown, newest }: Publication): Promise<void> {
  await deletePartitions(glue, hidden);
  await setPartitions(glue, set);
  await deletePartitions(glue, gone);
  await setPartitions(glue, shown);
  await pointLatest(glue, newest);
}

async function mend(glue: GlueDatabase): Promise<void> {
  const { unfinished, superseded } = await readPublishing(glue.lake);
  if (unfinished === null) return;
  await carryOut(glue, unfinished);
  await writePublishing(glue.lake, { unfinished: null, superseded });
}

async function publish(glue: GlueDatabase, contents: Contents): Promise<void> {
  await mend(glue);
  const current = await publishedPartitions(glue);
  const before = contentsOf(current).entries;
  const change = publication(current, partitionsOf(contents));
  await blank(glue.lake, change.set);
  const now = new Date();
  const known = (await readPublishing(glue.lake)).superseded;
  const waiting = await removeUnused(glue.lake, [...before, ...contents.entries], known, now);
  const superseded = noteSuperseded(waiting, before, contents.entries, now);
  await writePublishing(glue.lake, { unfinished: change, superseded });
  await carryOut(glue, change);
  await writePublishing(glue.lake, { unfinished: null, superseded });
}

/** Lets the staging database show exactly these contents. */
async function show(glue: GlueDatabase, contents: Contents): Promise<void> {
  const { set, gone } = difference(await partitionsIn(glue, names), partitionsOf(contents));
  await blank(glue.lake, set);
  await deletePartitions(glue, gone);
  await setPartitions(glue, set);
}

/**
 * A catalog in AWS Glue. What readers see are the partitions of one database, each with the list of its files; another
 * database shows the same and a staged run.
 */
export function glueCatalog({ client, lake, database, staging }: Glue): Catalog {
  const shown: GlueDatabase = { client, lake, database };
  const published = async (): Promise<Contents> => contentsOf(await publishedPartitions(shown));
  return {
    published: async () => ({ kind: 'published', ...(await published()) }),
    mend: () => mend(shown),
    async stage(row, entries) {
      await mend(shown); // what is half published would be missing from the staged run
      return stagedOver(await published(), row, entries);
    },
    show: (staged) => show({ client, lake, database: staging }, staged),
    publish: (staged, derived, row) => publish(shown, publishedOf(staged, derived, row)),
  };
}
