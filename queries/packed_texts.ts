import { ContractError } from '../errors.ts';
import type { Result, ResultColumn, ResultColumns, ResultRow, Value } from './engine.ts';
import { texts } from './exact.ts';
import { identifier } from './typed_columns.ts';

/** Name of the column that holds all texts and lists of a row. */
const packed = 'texts as JSON';

const isText = ({ type }: ResultColumn): boolean => type === 'varchar' || type === 'array(varchar)';

/**
 * DuckDB's client takes a call of native code for each text, and so longer to read a large answer than DuckDB takes to
 * find it. One JSON array with all texts of a row takes a third of that.
 */
export function withPackedTexts(sql: string, columns: ResultColumns): string {
  if (!columns.some(isText)) return sql;
  const named = (some: ResultColumns) => some.map(({ name }) => identifier(name));
  const one = `json_array(${named(columns.filter(isText)).join(', ')}) as ${identifier(packed)}`;
  const others = named(columns.filter((column) => !isText(column)));
  return `select ${[one, ...others].join(', ')} from (${sql}\n) as answer`;
}

/** @throws ContractError when what is declared as text is something else, or a list holds NULL */
function textIn(value: unknown, { name, type }: ResultColumn): Value {
  if (value === null) return null;
  if (type === 'array(varchar)' && Array.isArray(value)) return texts(value, name);
  if (type === 'varchar' && typeof value === 'string') return value;
  throw new ContractError(`Column ${name} is declared as ${type} and answers ${JSON.stringify(value)}.`);
}

/** The answer with a column for each text in place of what `withPackedTexts` asked. */
export function unpackTexts({ columns, rows }: Result, declared: ResultColumns): Result {
  if (!declared.some(isText)) return { columns, rows };
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return {
    columns: declared.map((column) => (isText(column) ? column : { ...column, type: types.get(column.name)! })),
    rows: rows.map((row) => unpackRow(row, declared)),
  };
}

/** One row of such an answer, with its texts in their columns again. */
export function unpackRow(row: ResultRow, declared: ResultColumns): ResultRow {
  if (!declared.some(isText)) return row;
  const texts = (JSON.parse(row[packed] as string) as unknown[]).values();
  const all: Record<string, Value> = {};
  for (const column of declared)
    all[column.name] = isText(column) ? textIn(texts.next().value, column) : row[column.name]!;
  return all;
}
