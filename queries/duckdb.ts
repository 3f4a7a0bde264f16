import type { DuckDBConnection } from '@duckdb/node-api';
import { RolecallError, UsageError } from '../errors.ts';
import type { Contents } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { storeOrdered } from '../lake/store_rows.ts';
import type { Row, Table } from '../tables/table.ts';
import { type Database, openDatabase } from './database.ts';
import type { Engine, Named, ResultColumns, ResultRow } from './engine.ts';
import { answerLimit } from './limit.ts';
import { unpackRow, unpackTexts, withPackedTexts } from './packed_texts.ts';
import { resultOf, type Streamed, streamOf } from './result.ts';
import type { Sql } from './sql.ts';
import { duckdbTypes, identifier, typedColumns } from './typed_columns.ts';

/** The engine's own message says what is wrong and at which place of the SQL. */
const asUsageError = (error: unknown): UsageError =>
  new UsageError(`The query cannot be answered. ${(error as Error).message}`, { cause: error });

/** What the answer is written to failed, not the query. */
const isOfTheDisk = (error: unknown): boolean => (error as NodeJS.ErrnoException).syscall !== undefined;

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

/** Runs SQL and hands over the answer as it comes. */
async function run<T>(
  { connection, prepare }: Database,
  sql: string,
  use: (streamed: Streamed) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const stop = interruptOn(signal, connection);
  try {
    await prepare(sql);
    return await use(streamOf(await connection.stream(sql)));
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof RolecallError || isOfTheDisk(error) ? error : asUsageError(error);
  } finally {
    stop();
  }
}

/** As the table declares: its columns in order and type. */
const typed = (sql: Sql, table: Table): string =>
  `select ${typedColumns(Object.entries(table.columns), duckdbTypes)} from (${sql}) as answer`;

/** What all the queries answer, in the order of files: by key and then all else, NULL first. */
function inOrder(queries: readonly Named[], table: Table): string {
  const all = queries.map(({ sql }) => `select * from (${typed(sql, table)}) as part`).join('\nunion all\n');
  const names = [...new Set([...table.key, ...Object.keys(table.columns)])];
  return `select * from (${all}) as answer order by ${names.map((name) => `${identifier(name)} nulls first`).join(', ')}`;
}

/** As an answer has them; `json` is text to SQL. */
const resultColumns = ({ columns }: Table): ResultColumns =>
  Object.entries(columns).map(([name, { type }]) => ({ name, type: type === 'json' ? 'varchar' : type }));

async function* unpacked(rows: AsyncIterable<ResultRow>, columns: ResultColumns): AsyncIterable<Row> {
  for await (const row of rows) yield unpackRow(row, columns);
}

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
  const close = (): void => {
    open?.database.close();
    open = undefined;
  };
  const databaseOf = async (contents: Contents): Promise<Database> => {
    const name = nameOf(contents);
    if (open?.name === name) return open.database;
    close();
    open = { name, database: await openDatabase(contents, lake) };
    return open.database;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const answer = <T>(sql: string, from: Contents, use: (streamed: Streamed) => Promise<T>, signal?: AbortSignal) =>
    inTurn(async () => run(await databaseOf(from), sql, use, signal));
  return {
    async query(sql, from, { columns = [], signal } = {}) {
      const whole = (streamed: Streamed) => resultOf(streamed, answerLimit);
      return unpackTexts(await answer(withPackedTexts(sql, columns), from, whole, signal), columns);
    },
    async unload(queries, from, to) {
      const columns = resultColumns(to.table);
      const key = `${to.folder}/rows.parquet`;
      // One file for all: views open every file they may read.
      const written = await answer(withPackedTexts(inOrder(queries, to.table), columns), from, ({ rows }) =>
        storeOrdered(lake, to.table, unpacked(rows, columns), key),
      );
      return [{ table: to.table.name, snapshot_date: to.date, key, ...written }];
    },
    close: () => inTurn(async () => close()),
  };
}
