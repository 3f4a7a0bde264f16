import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Lake } from './lake.ts';
import type { Publication } from './publication.ts';
import { type Superseded, supersededShape } from './unused_files.ts';

const KEY = 'publishing.json';

const name = { table: z.string(), snapshot_date: z.iso.date() };
const names = z.array(z.object(name));
const partitions = z.array(z.object({ ...name, folder: z.string(), parameters: z.record(z.string(), z.string()) }));

const shape = z.object({
  /** Written down before its first step and struck out after its last: the next publisher finishes what is left. */
  unfinished: z
    .object({ hidden: names, set: partitions, gone: names, shown: partitions, newest: partitions })
    .nullable(),
  /** Runs some of whose files are no longer shown. */
  superseded: supersededShape,
});

/** What publishers tell one another, beside what Glue shows. */
export interface Publishing {
  readonly unfinished: Publication | null;
  readonly superseded: Superseded;
}

/** @throws UsageError when the file is not as a publisher leaves it. */
export async function readPublishing(lake: Lake): Promise<Publishing> {
  const bytes = await lake.get(KEY);
  if (bytes === undefined) return { unfinished: null, superseded: {} };
  try {
    return shape.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new UsageError(`${lake.location(KEY)} is not as rolecall writes it. Restore an earlier version of it`, {
      cause,
    });
  }
}

export const writePublishing = (lake: Lake, state: Publishing): Promise<void> =>
  lake.write(KEY, `${JSON.stringify(state)}\n`);
