import {
  type DuckDBResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  JSDuckDBValueConverter,
} from '@duckdb/node-api';
import { ContractError, UsageError } from '../errors.ts';
import type { Result, ResultRow, ResultType, Value } from './engine.ts';

const { VARCHAR, BOOLEAN, FLOAT, DOUBLE, DECIMAL, LIST, TIMESTAMP, TIMESTAMP_TZ, TIMESTAMP_MS, TIMESTAMP_S } =
  DuckDBTypeId;
const { TINYINT, SMALLINT, INTEGER, BIGINT, HUGEINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT, UHUGEINT } = DuckDBTypeId;

const typeIds: readonly (readonly [ResultType, readonly DuckDBTypeId[]])[] = [
  ['varchar', [VARCHAR]],
  ['bigint', [TINYINT, SMALLINT, INTEGER, BIGINT, HUGEINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT, UHUGEINT]],
  ['double', [FLOAT, DOUBLE, DECIMAL]],
  ['boolean', [BOOLEAN]],
  ['timestamp', [TIMESTAMP, TIMESTAMP_TZ, TIMESTAMP_MS, TIMESTAMP_S]],
  ['array(varchar)', [LIST]],
];

/** What is none of the declared types (a date, a map) is shown as text. */
const resultType = ({ typeId }: DuckDBType): ResultType =>
  typeIds.find(([, ids]) => ids.includes(typeId))?.[0] ?? 'varchar';

function safeInteger(value: DuckDBValue, column: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new ContractError(`Column ${column}: ${value} is too large a number to be given exactly. Cast it to varchar.`);
}

type JSValue = ReturnType<typeof JSDuckDBValueConverter>;

function texts(values: readonly JSValue[], column: string): readonly string[] {
  if (!values.includes(null)) return values.map(String);
  throw new ContractError(`Column ${column}: a list holds NULL. Leave it out with filter(…, x -> x is not null).`);
}

function valueIn(value: DuckDBValue, type: DuckDBType, column: string): Value {
  if (value === null) return null;
  const js = (): JSValue => JSDuckDBValueConverter(value, type, JSDuckDBValueConverter);
  switch (resultType(type)) {
    case 'bigint':
      return safeInteger(value, column);
    case 'double':
      return js() as number;
    case 'boolean':
      return value as boolean;
    case 'timestamp':
      return js() as Date;
    case 'array(varchar)':
      return texts(js() as JSValue[], column);
    case 'varchar':
      return String(value);
  }
}

/** How much of an answer is taken into memory. */
export interface Limit {
  readonly rows: number;
  /** Of text, in all cells together. */
  readonly characters: number;
}

/** Adds up what is read, so that an answer beyond the limit is refused before it fills the memory. */
function meter({ rows, characters }: Limit): (row: ResultRow) => void {
  let [rowsLeft, charactersLeft] = [rows, characters];
  return (row) => {
    rowsLeft -= 1;
    charactersLeft -= Object.values(row).reduce<number>((sum, value) => sum + charactersIn(value), 0);
    if (rowsLeft < 0) throw tooLarge(`more than ${rows.toLocaleString('en')} rows`);
    if (charactersLeft < 0) throw tooLarge(`more than ${characters.toLocaleString('en')} characters of text`);
  };
}

function charactersIn(value: Value): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value) ? value.reduce((sum: number, each: string) => sum + each.length, 0) : 0;
}

const tooLarge = (what: string): UsageError =>
  new UsageError(`The answer has ${what}. Aggregate (count, group by), select fewer columns, or add a limit.`);

/**
 * @throws ContractError when a value cannot be given exactly: an integer that is not safe, NULL within a list;
 * UsageError when the answer is larger than the limit
 */
export async function resultOf(streamed: DuckDBResult, limit: Limit): Promise<Result> {
  const types = streamed.columnTypes();
  const columns = streamed.deduplicatedColumnNames().map((name, index) => ({ name, type: resultType(types[index]!) }));
  const count = meter(limit);
  const rows: ResultRow[] = [];
  for await (const chunk of streamed) {
    for (let at = 0; at < chunk.rowCount; at += 1) {
      const values = chunk.getRowValues(at).map((value, index) => valueIn(value, types[index]!, columns[index]!.name));
      const row = Object.fromEntries(values.map((value, index) => [columns[index]!.name, value]));
      count(row);
      rows.push(row);
    }
  }
  return { columns, rows };
}
