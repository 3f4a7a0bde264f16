import {
  type AthenaClient,
  type ColumnInfo,
  paginateGetQueryResults,
  type ResultSet,
  type Row,
} from '@aws-sdk/client-athena';
import { UsageError } from '../errors.ts';
import { asked } from '../lake/aws_refusal.ts';
import type { Result, ResultColumns, ResultRow, ResultType, Value } from './engine.ts';
import { safeInteger } from './exact.ts';
import { answerLimit, meter } from './limit.ts';

const types: Readonly<Record<string, ResultType>> = {
  tinyint: 'bigint',
  smallint: 'bigint',
  integer: 'bigint',
  bigint: 'bigint',
  real: 'double',
  float: 'double',
  double: 'double',
  decimal: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
};

/** What is none of the declared types (a date, a map) stays the text that Athena prints. */
const columnOf = ({ Name, Type }: ColumnInfo) => ({ name: Name!, type: types[Type!] ?? ('varchar' as const) });

function columnsOf(infos: readonly ColumnInfo[]): ResultColumns {
  const columns = infos.map(columnOf);
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return columns;
  throw new UsageError(`Two columns of the answer are named ${twice}. Give each a name of its own with "as".`);
}

/** Athena prints every value, and leaves NULL out; a time, in UTC, as `2026-01-05 00:00:00.000`. */
function valueIn(printed: string | undefined, type: ResultType, column: string): Value {
  if (printed === undefined) return null;
  switch (type) {
    case 'bigint':
      return safeInteger(printed, column);
    case 'double':
      return Number(printed);
    case 'boolean':
      return printed === 'true';
    case 'timestamp':
      return new Date(`${printed.replace(' ', 'T')}Z`);
    default:
      return printed;
  }
}

const rowIn = ({ Data = [] }: Row, columns: ResultColumns): ResultRow =>
  Object.fromEntries(columns.map(({ name, type }, at) => [name, valueIn(Data[at]?.VarCharValue, type, name)]));

/** Pages of at most 1,000 rows. */
async function* pagesOf(client: AthenaClient, id: string): AsyncGenerator<ResultSet> {
  const pages = paginateGetQueryResults({ client }, { QueryExecutionId: id })[Symbol.asyncIterator]();
  while (true) {
    const page = await asked('athena:GetQueryResults', `query ${id}`, () => pages.next());
    if (page.done) return;
    yield page.value.ResultSet!;
  }
}

/**
 * The answer of a finished query, page by page (Amazon Athena API reference, GetQueryResults).
 * @throws ContractError for an integer that is not safe; UsageError when the answer is larger than can be taken in.
 */
export async function rowsOf(client: AthenaClient, id: string): Promise<Result> {
  const count = meter(answerLimit);
  const rows: ResultRow[] = [];
  let columns: ResultColumns | undefined;
  for await (const { Rows = [], ResultSetMetadata } of pagesOf(client, id)) {
    // The first row of the first page holds the names of the columns.
    const printed = columns === undefined ? Rows.slice(1) : Rows;
    columns ??= columnsOf(ResultSetMetadata?.ColumnInfo ?? []);
    for (const each of printed) {
      const row = rowIn(each, columns);
      count(row);
      rows.push(row);
    }
  }
  return { columns: columns ?? [], rows };
}
