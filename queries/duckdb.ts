import type { DuckDBConnection } from '@duckdb/node-api';
import { RolecallError, UsageError } from '../errors.ts';
import type { Contents } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { storeRows } from '../lake/store_rows.ts';
import type { Row, Table } from '../tables/table.ts';
import { type Database, openDatabase } from './database.ts';
import type { Engine, Result, ResultColumns } from './engine.ts';
import { answerLimit, type Limit } from './limit.ts';
import { unpackTexts, withPackedTexts } from './packed_texts.ts';
import { resultOf } from './result.ts';
import type { Sql } from './sql.ts';
import { duckdbTypes, typedColumns } from './typed_columns.ts';

/** The engine's own message says what is wrong and at which place of the SQL. */
const asUsageError = (error: unknown): UsageError =>
  new UsageError(`The query cannot be answered. ${(error as Error).message}`, { cause: error });

/** Interrupts until told to stop: DuckDB forgets an interrupt that comes just before a statement starts. */
function interruptOn(signal: AbortSignal | undefined, connection: DuckDBConnection): () => void {
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setInterval(() => connection.interrupt(), 10);
  };
  signal?.addEventListener('abort', start);
  return () => {
    signal?.removeEventListener('abort', start);
    clearInterval(timer);
  };
}

/** Derived tables are as large as the organization. */
const noLimit: Limit = { rows: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY };

async function run(
  { connection, prepare }: Database,
  sql: string,
  limit: Limit,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted();
  const stop = interruptOn(signal, connection);
  try {
    await prepare(sql);
    return await resultOf(await connection.stream(sql), limit);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof RolecallError ? error : asUsageError(error);
  } finally {
    stop();
  }
}

/** As the table declares: its columns in order and type. */
const typed = (sql: Sql, table: Table): string =>
  `select ${typedColumns(Object.entries(table.columns), duckdbTypes)} from (${sql}) as answer`;

/** As an answer has them; `json` is text to SQL. */
const resultColumns = ({ columns }: Table): ResultColumns =>
  Object.entries(columns).map(([name, { type }]) => ({ name, type: type === 'json' ? 'varchar' : type }));

/** What tells contents apart; a catalog read again is another object with the same files. */
const nameOf = ({ snapshots, entries }: Contents): string =>
  JSON.stringify([snapshots, entries.map((entry) => entry.key)]);

/**
 * SQL in this process, in memory, over the Parquet files that the contents list; it can read nothing else and write
 * nothing. Queries run one after another, each on all cores; the database stays open while the contents stay the same.
 */
export function duckdb(lake: Lake): Engine {
  let open: { readonly name: string; readonly database: Database } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const databaseOf = async (contents: Contents): Promise<Database> => {
    const name = nameOf(contents);
    if (open?.name === name) return open.database;
    open?.database.close();
    open = undefined;
    open = { name, database: await openDatabase(contents, lake) };
    return open.database;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const answer = (sql: string, from: Contents, limit: Limit, signal?: AbortSignal): Promise<Result> =>
    inTurn(async () => run(await databaseOf(from), sql, limit, signal));
  return {
    query: async (sql, from, { columns = [], signal } = {}) =>
      unpackTexts(await answer(withPackedTexts(sql, columns), from, answerLimit, signal), columns),
    async unload(queries, from, to) {
      const columns = resultColumns(to.table);
      const rows: Row[] = [];
      for (const { sql } of queries) {
        const asked = withPackedTexts(typed(sql, to.table), columns);
        for (const row of unpackTexts(await answer(asked, from, noLimit), columns).rows) rows.push(row);
      }
      const key = `${to.folder}/rows.parquet`;
      // One file for all: views open every file they may read.
      const written = await storeRows(lake, to.table, rows, key);
      return [{ table: to.table.name, snapshot_date: to.date, key, ...written }];
    },
    close: () =>
      inTurn(async () => {
        open?.database.close();
        open = undefined;
      }),
  };
}
