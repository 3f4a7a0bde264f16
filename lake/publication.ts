import type { SnapshotDate } from './catalog.ts';
import { partitionOf } from './contents.ts';
import { isSnapshot, type Partition, type PartitionName } from './partition.ts';

/** What turns some partitions into others. */
export interface Difference {
  readonly set: readonly Partition[];
  readonly gone: readonly PartitionName[];
}

const textOf = ({ folder, parameters }: Partition): string =>
  JSON.stringify([folder, Object.entries(parameters).sort()]);

/** What is to be done to `current` so that it is `desired`. */
export function difference(current: readonly Partition[], desired: readonly Partition[]): Difference {
  const known = new Map(current.map((partition) => [partitionOf(partition), textOf(partition)]));
  const wanted = new Set(desired.map(partitionOf));
  return {
    set: desired.filter((partition) => known.get(partitionOf(partition)) !== textOf(partition)),
    gone: current.filter((partition) => !wanted.has(partitionOf(partition))),
  };
}

/**
 * The same in the order in which readers are never shown a mix: they look at `snapshots` first, so its partitions of
 * every date that changes go away before all else and come back last.
 */
export interface Publication {
  readonly hidden: readonly PartitionName[];
  readonly set: readonly Partition[];
  readonly gone: readonly PartitionName[];
  readonly shown: readonly Partition[];
  /** Partitions of the newest date, which the `_latest` tables show. */
  readonly newest: readonly Partition[];
}

const newestOf = (partitions: readonly Partition[]): readonly Partition[] => {
  const dates = partitions.filter(isSnapshot).map(({ snapshot_date }) => snapshot_date);
  const newest = dates.sort().at(-1);
  return partitions.filter(({ snapshot_date }) => snapshot_date === newest);
};

export function publication(current: readonly Partition[], desired: readonly Partition[]): Publication {
  const { set, gone } = difference(current, desired);
  const changed = new Set<SnapshotDate>([...set, ...gone].map(({ snapshot_date }) => snapshot_date));
  const ofChanged = (partition: PartitionName): boolean =>
    isSnapshot(partition) && changed.has(partition.snapshot_date);
  const other = (partition: PartitionName): boolean => !isSnapshot(partition);
  return {
    hidden: current.filter(ofChanged).map(({ table, snapshot_date }) => ({ table, snapshot_date })),
    set: set.filter(other),
    gone: gone.filter(other).map(({ table, snapshot_date }) => ({ table, snapshot_date })),
    shown: desired.filter(ofChanged),
    newest: newestOf(desired),
  };
}
