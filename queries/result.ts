import {
  type DuckDBResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  JSDuckDBValueConverter,
} from '@duckdb/node-api';
import type { Result, ResultColumns, ResultRow, ResultType, Value } from './engine.ts';
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

/** The columns of an answer, as it comes. */
export interface Streamed {
  readonly columns: ResultColumns;
  /** @throws ContractError when a value cannot be given exactly: an integer that is not safe, NULL within a list */
  readonly rows: AsyncIterable<ResultRow>;
}

/** An answer of which only what is asked for next is in memory. */
export function streamOf(streamed: DuckDBResult): Streamed {
  const types = streamed.columnTypes();
  const names = streamed.deduplicatedColumnNames();
  const columns = types.map((given, at): ColumnOf => ({ name: names[at]!, type: resultType(given), given }));
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows: rowsOf(streamed, columns) };
}

async function* rowsOf(streamed: DuckDBResult, columns: readonly ColumnOf[]): AsyncIterable<ResultRow> {
  for await (const chunk of streamed) {
    for (let at = 0; at < chunk.rowCount; at += 1) {
      const values = chunk.getRowValues(at);
      yield Object.fromEntries(columns.map((column, index) => [column.name, valueIn(values[index]!, column)]));
    }
  }
}

/** The whole answer. @throws UsageError when it is larger than the limit */
export async function resultOf({ columns, rows: streamed }: Streamed, limit: Limit): Promise<Result> {
  const count = meter(limit);
  const rows: ResultRow[] = [];
  for await (const row of streamed) {
    count(row);
    rows.push(row);
  }
  return { columns, rows };
}
