import type { Entry, Published, SnapshotDate, Staged } from '../lake/catalog.ts';
import type { Key } from '../lake/lake.ts';
import type { Table } from '../tables/table.ts';
import type { Sql } from './sql.ts';

export type ResultType = 'varchar' | 'bigint' | 'double' | 'boolean' | 'timestamp' | 'array(varchar)';
/** bigint comes as a number (safe integers only), timestamp as a Date. */
export type Value = string | number | boolean | Date | readonly string[] | null;
export type ResultRow = Readonly<Record<string, Value>>;

export interface ResultColumn {
  readonly name: string;
  readonly type: ResultType;
}

export type ResultColumns = readonly ResultColumn[];

export interface Result {
  readonly columns: ResultColumns;
  readonly rows: readonly ResultRow[];
}

/** A query that fills part of a table, by a name that no other part has. */
export interface Named {
  readonly name: string;
  readonly sql: Sql;
}

export interface Destination {
  readonly table: Table;
  readonly date: SnapshotDate;
  readonly folder: Key;
}

interface Asking {
  /** What the SQL is declared to answer. Athena tells lists of undeclared columns as text: `[a, b]`. */
  readonly columns?: ResultColumns;
  readonly signal?: AbortSignal | undefined;
}

/** Runs SQL over the tables: DuckDB in this process, or Athena. */
export interface Engine {
  query(sql: Sql, from: Published | Staged, asking?: Asking): Promise<Result>;
  /** Writes the answer as Parquet under `to`, typed as `table` declares, and returns the files as entries. */
  unload(queries: readonly Named[], from: Staged, to: Destination): Promise<readonly Entry[]>;
  close(): Promise<void>;
}
