import {
  type DuckDBResultReader,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  JSDuckDBValueConverter,
} from '@duckdb/node-api';
import { ContractError } from '../errors.ts';
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

/** @throws ContractError when a value cannot be given exactly: an integer that is not safe, NULL within a list */
export function resultOf(reader: DuckDBResultReader): Result {
  const types = reader.columnTypes();
  const columns = reader.deduplicatedColumnNames().map((name, index) => ({ name, type: resultType(types[index]!) }));
  const rows = reader.getRows().map((row): ResultRow => {
    const values = row.map((value, index) => valueIn(value, types[index]!, columns[index]!.name));
    return Object.fromEntries(values.map((value, index) => [columns[index]!.name, value]));
  });
  return { columns, rows };
}
