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

/** A query that fills part of a table, by a name that no other part has. */
interface Named {
  readonly name: string;
  readonly sql: Sql;
}

interface Destination {
  readonly table: Table;
  readonly date: SnapshotDate;
  readonly folder: Key;
}

/** Runs SQL over the tables: DuckDB in this process, or Athena. */
export interface Engine {
  query(sql: Sql, from: Published | Staged, signal?: AbortSignal): Promise<Result>;
  /** Writes the answer as Parquet under `to`, typed as `table` declares, and returns the files as entries. */
  unload(queries: readonly Named[], from: Staged, to: Destination): Promise<readonly Entry[]>;
  close(): Promise<void>;
}
