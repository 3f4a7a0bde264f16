import {
  type DuckDBResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  JSDuckDBValueConverter,
} from '@duckdb/node-api';
import type { Result, ResultRow, ResultType, Value } from './engine.ts';
import { safeInteger, texts } from './exact.ts';
import { type Limit, meter } from './limit.ts';

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

type JSValue = ReturnType<typeof JSDuckDBValueConverter>;

interface ColumnOf {
  readonly name: string;
  readonly type: ResultType;
  /** As the engine knows it. */
  readonly given: DuckDBType;
}

function valueIn(value: DuckDBValue, { name, type, given }: ColumnOf): Value {
  if (value === null) return null;
  const js = (): JSValue => JSDuckDBValueConverter(value, given, JSDuckDBValueConverter);
  switch (type) {
    case 'bigint':
      return safeInteger(value, name);
    case 'double':
      return js() as number;
    case 'boolean':
      return value as boolean;
    case 'timestamp':
      return js() as Date;
    case 'array(varchar)':
      return texts(js() as JSValue[], name);
    case 'varchar':
      return String(value);
  }
}

/**
 * @throws ContractError when a value cannot be given exactly: an integer that is not safe, NULL within a list;
 * UsageError when the answer is larger than the limit
 */
export async function resultOf(streamed: DuckDBResult, limit: Limit): Promise<Result> {
  const types = streamed.columnTypes();
  const names = streamed.deduplicatedColumnNames();
  const columns = types.map((given, at): ColumnOf => ({ name: names[at]!, type: resultType(given), given }));
  const count = meter(limit);
  const rows: ResultRow[] = [];
  for await (const chunk of streamed) {
    for (let at = 0; at < chunk.rowCount; at += 1) {
      const values = chunk.getRowValues(at);
      const row = Object.fromEntries(columns.map((column, index) => [column.name, valueIn(values[index]!, column)]));
      count(row);
      rows.push(row);
    }
  }
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows };
}
