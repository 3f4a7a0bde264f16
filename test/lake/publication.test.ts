import { describe, expect, it } from 'vitest';
import type { Contents } from '../../lake/catalog.ts';
import { type PartitionName, partitionsOf } from '../../lake/partition.ts';
import { difference, publication } from '../../lake/publication.ts';
import { first, second } from './catalog_contract.ts';
import { entry, snapshotRow } from './snapshot_row.ts';

const of = (run: string, date: string): Contents => ({
  snapshots: [snapshotRow(date, run)],
  entries: ['roles', 'snapshots', 'users'].map((table) => entry(run, date, table)),
});
const both = (a: Contents, b: Contents) =>
  partitionsOf({ snapshots: [...a.snapshots, ...b.snapshots], entries: [...a.entries, ...b.entries] });
const names = (partitions: readonly PartitionName[]) =>
  partitions.map(({ table, snapshot_date }) => `${snapshot_date} ${table}`);

describe('C7: what turns some partitions into others', () => {
  it('is nothing when they are the same', () => {
    const partitions = both(of('a', first), of('b', second));
    expect(difference(partitions, partitions.toReversed())).toEqual({ set: [], gone: [] });
  });

  it('sets what is new or shows other files, and takes away what is no more', () => {
    const [before, after] = [
      partitionsOf(of('a', first)),
      partitionsOf({ ...of('b', first), entries: [entry('b', first, 'roles')] }),
    ];
    const { set, gone } = difference(before, after);
    expect(names(set)).toEqual([`${first} roles`, `${first} snapshots`]);
    expect(names(gone)).toEqual([`${first} users`]);
  });
});

describe('C7: the order of publishing', () => {
  it('hides a date that changes, and shows it when all else is in place', () => {
    const change = publication(both(of('a', first), of('b', second)), both(of('c', first), of('b', second)));
    expect(names(change.hidden)).toEqual([`${first} snapshots`]);
    expect(names(change.set)).toEqual([`${first} roles`, `${first} users`]);
    expect(names(change.shown)).toEqual([`${first} snapshots`]);
  });

  it('hides nothing when a date is new', () => {
    const change = publication(partitionsOf(of('a', first)), both(of('a', first), of('b', second)));
    expect(change.hidden).toEqual([]);
    expect(names(change.shown)).toEqual([`${second} snapshots`]);
  });

  it('hides a date of which a single table changes, though its row stays the same', () => {
    const derived = {
      ...of('b', second),
      entries: [entry('b', second, 'roles'), entry('b', second, 'snapshots'), entry('c', second, 'users')],
    };
    const change = publication(both(of('a', first), of('b', second)), both(of('a', first), derived));
    expect(names(change.hidden)).toEqual([`${second} snapshots`]);
    expect(names(change.set)).toEqual([`${second} users`]);
    expect(names(change.shown)).toEqual([`${second} snapshots`]);
  });

  it('names the partitions of the newest date, whichever changes', () => {
    const change = publication(partitionsOf(of('b', second)), both(of('a', first), of('b', second)));
    expect(names(change.newest)).toEqual([`${second} roles`, `${second} users`, `${second} snapshots`]);
  });
});
