import { z } from 'zod';
import type { Entry } from './catalog.ts';
import { instant } from './contents_shape.ts';
import type { Key, Lake } from './lake.ts';

export const supersededShape = z.record(z.string(), instant);
/** Runs some of whose files are no longer shown, by run id, and since when. */
export type Superseded = Readonly<z.infer<typeof supersededShape>>;

/** A reader may still be busy with files that it was shown before; a run that died is kept as long, to look into. */
const KEPT_MS = 24 * 60 * 60 * 1000;

const RUNS = 'runs/';

/** The folder of a run: every file it writes lies below. */
export const runFolder = (runId: string): Key => `${RUNS}${runId}`;

const runOf = (key: Key): string => key.slice(RUNS.length).split('/', 1)[0]!;

/** The runs that lose a file between two states of the catalog, added to those known before. */
export function noteSuperseded(
  known: Superseded,
  before: readonly Entry[],
  after: readonly Entry[],
  now: Date,
): Superseded {
  const shown = new Set(after.map(({ key }) => key));
  const losing = before.filter(({ key }) => !shown.has(key)).map(({ key }) => [runOf(key), now] as const);
  return { ...known, ...Object.fromEntries(losing) };
}

/**
 * Removes what nobody has been shown for 24 hours: files of superseded runs, and of runs that died.
 * @param named files that the catalog names, now or in a moment: these stay.
 * @returns the superseded runs that still wait for their time.
 */
export async function removeUnused(
  lake: Lake,
  named: readonly Entry[],
  superseded: Superseded,
  now: Date,
): Promise<Superseded> {
  const shown = new Set(named.map(({ key }) => key));
  const isOld = (since: Date): boolean => now.getTime() - since.getTime() > KEPT_MS;
  const unused: Key[] = [];
  for await (const { key, modified } of lake.list(RUNS)) {
    const since = superseded[runOf(key)] ?? modified;
    if (!shown.has(key) && isOld(since) && isOld(modified)) unused.push(key);
  }
  await lake.remove(unused);
  return Object.fromEntries(Object.entries(superseded).filter(([, since]) => !isOld(since)));
}
