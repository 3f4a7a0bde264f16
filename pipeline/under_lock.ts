import type { Catalog } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { runFolder } from '../lake/unused_files.ts';
import type { Report } from './events.ts';
import type { Run } from './run.ts';

interface Edges {
  readonly lake: Lake;
  readonly catalog: Catalog;
}

/** Takes a run's files away, unless readers see them already. */
async function removeRun({ lake, catalog }: Edges, run: Run): Promise<void> {
  const folder = `${runFolder(run.id)}/`;
  await catalog.mend(); // half published is as good as published: readers see some of the files, or will
  const { entries } = await catalog.published();
  if (entries.some(({ key }) => key.startsWith(folder))) return;
  const keys: string[] = [];
  for await (const { key } of lake.list(folder)) keys.push(key);
  await lake.remove(keys);
}

/**
 * Lets a run into the lake, or in again.
 * @throws UsageError when another run is at work.
 */
export async function enter(lake: Lake, run: Run, report: Report): Promise<AsyncDisposable> {
  const lock = await lake.lock(run.id);
  if (lock.takenOverFrom !== null) {
    const message = `The lock of ${lock.takenOverFrom} was taken over, for that run is gone`;
    report({ kind: 'warning', message });
  }
  return lock;
}

/**
 * Does the work of a run while no other run can write to the lake; a run that fails leaves no files.
 * @throws UsageError when another run is at work.
 */
export async function underLock<T>(edges: Edges, run: Run, report: Report, work: () => Promise<T>): Promise<T> {
  await using _ = await enter(edges.lake, run, report);
  await edges.catalog.mend();
  try {
    return await work();
  } catch (error) {
    await removeRun(edges, run).catch(() => undefined); // the error counts; a later publish removes what is left
    throw error;
  }
}
