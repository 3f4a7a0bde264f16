import type { Entry, Published, SnapshotDate, Staged } from '../lake/catalog.ts';
import type { Key } from '../lake/lake.ts';
import type { Table } from '../tables/table.ts';
import type { Sql } from './sql.ts';

export type ResultType = 'varchar' | 'bigint' | 'double' | 'boolean' | 'timestamp' | 'array(varchar)';
/** bigint comes as a number (safe integers only), timestamp as a Date. */
export type Value = string | number | boolean | Date | readonly string[] | null;
export type ResultRow = Readonly<Record<string, Value>>;

export interface Result {
  readonly columns: readonly { readonly name: string; readonly type: ResultType }[];
  readonly rows: readonly ResultRow[];
}

/** Runs SQL over the tables: DuckDB in this process, or Athena. */
export interface Engine {
  query(sql: Sql, from: Published | Staged, signal?: AbortSignal): Promise<Result>;
  /** Writes the answer as Parquet under `to`, typed as `table` declares, and returns the files as entries. */
  unload(sql: Sql, from: Staged, to: { table: Table; date: SnapshotDate; folder: Key }): Promise<readonly Entry[]>;
  close(): Promise<void>;
}
