import pLimit from 'p-limit';
import { UsageError } from '../errors.ts';
import type { Catalog, Contents, Entry, SnapshotRow } from '../lake/catalog.ts';
import { stagedOver } from '../lake/contents.ts';
import type { Key, Lake } from '../lake/lake.ts';
import type { Report } from './events.ts';
import { newRun } from './run.ts';
import { underLock } from './under_lock.ts';

interface Place {
  readonly lake: Lake;
  readonly catalog: Catalog;
}

/** Files that were uploaded, and bytes of them. */
export interface Copied {
  readonly files: number;
  readonly bytes: number;
  readonly published: readonly SnapshotRow[];
}

/** Uploads that are under way at a time. */
const WIDTH = 16;

const entriesAt = ({ entries }: Contents, date: string): readonly Entry[] =>
  entries.filter(({ snapshot_date }) => snapshot_date === date);

const stateAt = (contents: Contents, row: SnapshotRow): string =>
  JSON.stringify([row, entriesAt(contents, row.snapshot_date)]);

/** Of a date that is there already, what was published last stays: the other place may have read it again since. */
function isWanted(from: Contents, there: Contents, row: SnapshotRow, report: Report): boolean {
  const other = there.snapshots.find(({ snapshot_date }) => snapshot_date === row.snapshot_date);
  if (other === undefined) return true;
  if (stateAt(there, other) === stateAt(from, row)) return false;
  if (other.finished_at <= row.finished_at) return true;
  const message = `${row.snapshot_date} stays as it is there: run ${other.run_id} published it later than run ${row.run_id}`;
  report({ kind: 'warning', message });
  return false;
}

/** What was derived rests on the snapshots before it, and these were others when it was derived. */
function sayWhatWasNotKnown({ snapshots }: Contents, there: Contents, report: Report): void {
  const known = new Set(snapshots.map(({ snapshot_date }) => snapshot_date));
  const unknown = there.snapshots.map(({ snapshot_date }) => snapshot_date).filter((date) => !known.has(date));
  if (unknown.length === 0) return;
  const message = `Findings, drift and trends were derived without knowing of ${unknown.join(', ')}, which is there too`;
  report({ kind: 'warning', message });
}

async function sizesIn(lake: Lake, entries: readonly Entry[]): Promise<ReadonlyMap<Key, number>> {
  const runs = new Set(entries.map(({ key }) => `${key.split('/', 2).join('/')}/`));
  const sizes = new Map<Key, number>();
  for (const run of runs) for await (const { key, bytes } of lake.list(run)) sizes.set(key, bytes);
  return sizes;
}

async function upload(from: Lake, to: Lake, entries: readonly Entry[], signal: AbortSignal): Promise<readonly Entry[]> {
  const sizes = await sizesIn(to, entries);
  const missing = entries.filter(({ key, bytes }) => sizes.get(key) !== bytes);
  await pLimit(WIDTH).map(missing, async ({ key }) => {
    signal.throwIfAborted();
    const bytes = await from.get(key);
    if (bytes === undefined)
      throw new UsageError(`${from.location(key)} is missing. Restore it, or take the snapshot again`);
    await to.write(key, bytes);
  });
  return missing;
}

async function copy(from: Place, to: Place, report: Report, signal: AbortSignal): Promise<Copied> {
  const [here, there] = [await from.catalog.published(), await to.catalog.published()];
  const [first, ...others] = here.snapshots.filter((row) => isWanted(here, there, row, report));
  if (first === undefined) return { files: 0, bytes: 0, published: [] };
  const entries = [first, ...others].flatMap(({ snapshot_date }) => entriesAt(here, snapshot_date));
  const uploaded = await upload(from.lake, to.lake, entries, signal);
  signal.throwIfAborted();
  const one = await to.catalog.stage(first, entriesAt(here, first.snapshot_date));
  const all = others.reduce((staged, row) => stagedOver(staged, row, entriesAt(here, row.snapshot_date)), one);
  await to.catalog.publish(all, [], first);
  sayWhatWasNotKnown(here, there, report);
  return {
    files: uploaded.length,
    bytes: uploaded.reduce((sum, { bytes }) => sum + bytes, 0),
    published: [first, ...others],
  };
}

/**
 * Publishes in one lake what another has published, in the same files; what is there already is not sent again.
 * @throws UsageError when another run is at work there, or there is nothing to publish.
 */
export async function copySnapshots(from: Place, to: Place, report: Report, signal: AbortSignal): Promise<Copied> {
  const run = newRun(new Date().toISOString().slice(0, 10));
  const copied = await underLock(to, run, report, () => copy(from, to, report, signal));
  for (const row of copied.published) report({ kind: 'published', row });
  return copied;
}
