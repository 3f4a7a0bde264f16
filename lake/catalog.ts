import type { snapshots } from '../tables/snapshots.ts';
import type { RowOf } from '../tables/table.ts';
import type { Key } from './lake.ts';

/** yyyy-MM-dd: the partition key of every table. */
export type SnapshotDate = string;
export type SnapshotRow = RowOf<typeof snapshots> & { readonly snapshot_date: SnapshotDate };

/** One Parquet file of one table and date. */
export interface Entry {
  readonly table: string;
  readonly snapshot_date: SnapshotDate;
  readonly key: Key;
  readonly rows: number;
  readonly bytes: number;
}

/** What a query can see: the published snapshots, or these plus one staged run. */
export interface Contents {
  readonly snapshots: readonly SnapshotRow[];
  readonly entries: readonly Entry[];
}

export interface Published extends Contents {
  readonly kind: 'published';
}

export interface Staged extends Contents {
  readonly kind: 'staged';
  readonly runId: string;
  readonly snapshotDate: SnapshotDate;
}

/** Which files the tables show. Readers see one state or the next, never a mix. */
export interface Catalog {
  published(): Promise<Published>;
  /** Finishes what a publisher that died had begun. For a run that holds the lock, before anything else. */
  mend(): Promise<void>;
  /** The published snapshots with the entries of this run in place of its date; nobody else sees it. */
  stage(row: SnapshotRow, entries: readonly Entry[]): Promise<Staged>;
  /** Lets what is asked of the staged run see exactly these contents. */
  show(staged: Staged): Promise<void>;
  /** Makes the staged run what readers see. `derived` may hold entries of later dates, which replace theirs table by table. */
  publish(staged: Staged, derived: readonly Entry[], row: SnapshotRow): Promise<void>;
}
