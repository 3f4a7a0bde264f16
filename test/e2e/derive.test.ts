import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { deriveSince } from '../../pipeline/derive.ts';
import { folderOfHook } from '../lake/temporary_folder.ts';
import type { SmallAccount } from '../pipeline/exports.ts';
import {
  copyOf,
  edgesOf,
  filesOf,
  keysIn,
  newLake,
  publishAll,
  rowsOf,
  sourceOf,
  take,
  weeks,
} from '../pipeline/snapshots.ts';

const account = (roles: readonly string[]): readonly SmallAccount[] => [{ id: '111111111111', roles }];
const states = [account(['a']), account(['a', 'b']), account(['a', 'b', 'c'])];
const { signal } = new AbortController();
const silent = () => undefined;

/** The three weeks, published in their order. */
let inOrder: Lake;

beforeAll(async () => {
  const { folder, remove } = folderOfHook();
  inOrder = await publishAll(
    folder,
    weeks.map((date, week) => [date, states[week]!]),
  );
  return remove;
});

const edgesTo = (lake: Lake) => edgesOf(lake, sourceOf([]));

async function driftOf(lake: Lake, date: string): Promise<readonly string[]> {
  const rows = await rowsOf(lake, await edgesTo(lake).catalog.published(), 'drift', date);
  return rows.map(({ from_snapshot, kind }) => `${from_snapshot} ${kind}`);
}

describe('Derived tables', () => {
  it('C4: see the snapshot before', async () => {
    expect(await driftOf(inOrder, weeks[0])).toEqual([]);
    expect(await driftOf(inOrder, weeks[1])).toEqual([`${weeks[0]} role_added`]);
  });

  it('of later dates are made again when an earlier date is published, to the same bytes as in order', async () => {
    const lake = newLake();
    for (const week of [2, 0]) await take(edgesOf(lake, sourceOf(states[week]!)), weeks[week]!);
    expect(await driftOf(lake, weeks[2])).toEqual([`${weeks[0]} role_added`, `${weeks[0]} role_added`]);
    await take(edgesOf(lake, sourceOf(states[1]!)), weeks[1]);
    expect(await driftOf(lake, weeks[2])).toEqual([`${weeks[1]} role_added`]);
    const published = await edgesTo(lake).catalog.published();
    expect(published.snapshots.map(({ row_counts }) => JSON.parse(row_counts).drift)).toEqual([0, 1, 1]);
    expect(await filesOf(lake, published)).toEqual(await filesOf(inOrder, await edgesTo(inOrder).catalog.published()));
  });

  it('can be made again since a date, from what was collected then', async () => {
    const edges = edgesTo(copyOf(inOrder));
    const before = await edges.catalog.published();
    await deriveSince(edges, weeks[1], silent, signal);
    const after = await edges.catalog.published();
    expect(await filesOf(edges.lake, after)).toEqual(await filesOf(edges.lake, before));
    const ofRun = after.snapshots[1]!.derived_run_id;
    expect(after.snapshots).toEqual(
      before.snapshots.map((row, week) => (week === 0 ? row : { ...row, derived_run_id: ofRun })),
    );
    expect(before.snapshots.map((row) => row.derived_run_id)).not.toContain(ofRun);
    const changed = after.entries.filter(({ key }) => !before.entries.some((entry) => entry.key === key));
    expect([...new Set(changed.map(({ snapshot_date }) => snapshot_date))]).toEqual([weeks[1], weeks[2]]);
    expect(changed.map(({ table }) => table)).not.toContain('roles');
  });

  it('cannot be made again since a date that has no snapshot', async () => {
    const edges = edgesTo(copyOf(inOrder));
    const before = await keysIn(edges.lake);
    const deriving = deriveSince(edges, '2026-01-06', silent, signal);
    await expect(deriving).rejects.toThrow(UsageError);
    await expect(deriving).rejects.toThrow(`Dates that are there: ${weeks.join(', ')}`);
    expect(await keysIn(edges.lake)).toEqual(before);
  });
});
