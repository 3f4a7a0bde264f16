import type { CoverageRow, Region } from '../collectors/source.ts';
import type { SnapshotRow } from '../lake/catalog.ts';

/** What a run says while it goes on; the command line renders it, nothing depends on it. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly accounts: number; readonly regions: readonly Region[] }
  | {
      readonly kind: 'account_done';
      readonly account_id: string;
      readonly done: number;
      readonly total: number;
      /** Rows of coverage that are not ok. */
      readonly coverage: readonly CoverageRow[];
    }
  | { readonly kind: 'staged' }
  | { readonly kind: 'derived'; readonly name: string }
  | { readonly kind: 'published'; readonly row: SnapshotRow }
  | { readonly kind: 'warning'; readonly message: string };

export type Report = (event: RunEvent) => void;
