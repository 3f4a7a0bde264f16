import { snapshots } from '../tables/snapshots.ts';
import type { Published } from './catalog.ts';
import type { GlueDatabase } from './glue_database.ts';
import { partitionsIn } from './glue_partitions.ts';
import { contentsOf } from './partition.ts';

/** Which snapshots there are. Who asks in Athena needs no more: the tables know their files themselves. */
export async function snapshotsIn(glue: GlueDatabase): Promise<Published> {
  return { kind: 'published', ...contentsOf(await partitionsIn(glue, [snapshots.name])) };
}
