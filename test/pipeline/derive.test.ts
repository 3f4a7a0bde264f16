import { describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import { deriveSince } from '../../pipeline/derive.ts';
import type { SmallAccount } from './exports.ts';
import { edgesOf, filesOf, keysIn, newLake, rowsOf, sourceOf, take, weeks } from './snapshots.ts';

const account = (roles: readonly string[]): readonly SmallAccount[] => [{ id: '111111111111', roles }];
const states = [account(['a']), account(['a', 'b']), account(['a', 'b', 'c'])];
const { signal } = new AbortController();
const silent = () => undefined;

/** A lake with the given weeks, published in the given order. */
async function publishedInOrder(order: readonly number[]) {
  const lake = newLake();
  for (const week of order) await take(edgesOf(lake, sourceOf(states[week]!)), weeks[week]!);
  return edgesOf(lake, sourceOf([]));
}

const driftOf = async ({ lake, catalog }: ReturnType<typeof edgesOf>, date: string) =>
  (await rowsOf(lake, await catalog.published(), 'drift', date)).map(
    ({ from_snapshot, kind }) => `${from_snapshot} ${kind}`,
  );

describe('Derived tables', () => {
  it('C4: see the snapshot before', async () => {
    const edges = await publishedInOrder([0, 1]);
    expect(await driftOf(edges, weeks[0])).toEqual([]);
    expect(await driftOf(edges, weeks[1])).toEqual([`${weeks[0]} role_added`]);
  });

  it('of later dates are made again when an earlier date is published', async () => {
    const edges = await publishedInOrder([0, 2]);
    expect(await driftOf(edges, weeks[2])).toEqual([`${weeks[0]} role_added`, `${weeks[0]} role_added`]);
    await take(edgesOf(edges.lake, sourceOf(states[1]!)), weeks[1]);
    expect(await driftOf(edges, weeks[2])).toEqual([`${weeks[1]} role_added`]);
    const { snapshots } = await edges.catalog.published();
    expect(snapshots.map(({ row_counts }) => JSON.parse(row_counts).drift)).toEqual([0, 1, 1]);
  });

  it('are the same byte for byte, whatever the order in which the dates came', async () => {
    const inOrder = await publishedInOrder([0, 1, 2]);
    const mixed = await publishedInOrder([1, 0, 2, 1]);
    const [files, others] = await Promise.all(
      [inOrder, mixed].map(async ({ lake, catalog }) => filesOf(lake, await catalog.published())),
    );
    expect(others).toEqual(files);
  });

  it('can be made again since a date, from what was collected then', async () => {
    const edges = await publishedInOrder([0, 1, 2]);
    const before = await edges.catalog.published();
    const files = await filesOf(edges.lake, before);
    await deriveSince(edges, weeks[1], silent, signal);
    const after = await edges.catalog.published();
    expect(await filesOf(edges.lake, after)).toEqual(files);
    expect(after.snapshots).toEqual(before.snapshots);
    const changed = after.entries.filter(({ key }) => !before.entries.some((entry) => entry.key === key));
    expect([...new Set(changed.map(({ snapshot_date }) => snapshot_date))]).toEqual([weeks[1], weeks[2]]);
    expect(changed.map(({ table }) => table)).not.toContain('roles');
  });

  it('cannot be made again since a date that has no snapshot', async () => {
    const edges = await publishedInOrder([0]);
    const before = await keysIn(edges.lake);
    await expect(deriveSince(edges, weeks[1], silent, signal)).rejects.toThrow(UsageError);
    await expect(deriveSince(edges, weeks[1], silent, signal)).rejects.toThrow(`Dates that are there: ${weeks[0]}`);
    expect(await keysIn(edges.lake)).toEqual(before);
  });
});
