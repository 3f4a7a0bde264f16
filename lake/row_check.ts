import { ContractError } from '../errors.ts';
import type { Column, ColumnType, Row, Table } from '../tables/table.ts';

/** A lone surrogate cannot be written as UTF-8; writers would silently put U+FFFD in its place. */
const isText = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed();

const accepts: Record<ColumnType, (value: unknown) => boolean> = {
  varchar: isText,
  json: isText,
  bigint: Number.isSafeInteger,
  double: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  'array(varchar)': (value) => Array.isArray(value) && value.every(isText),
};

/** What a value is, without saying what it holds: it may be a secret. */
function kindOf(value: unknown): string {
  if (value === null) return 'NULL';
  if (value === undefined) return 'nothing (the column is missing)';
  if (Array.isArray(value)) return 'a list, or a list with something other than well-formed text in it';
  if (value instanceof Date) return 'a date';
  if (typeof value === 'string') return value.isWellFormed() ? 'text' : 'text with half a surrogate pair';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a fraction, NaN or infinite';
  return `of JavaScript type ${typeof value}`;
}

function wrongValue(table: Table, name: string, column: Column, row: number, value: unknown): ContractError {
  const expected = `${column.type}${column.nullable ? ' or NULL' : ''}`;
  return new ContractError(
    `Table ${table.name}, column ${name}, row ${row}: expected ${expected}, got ${kindOf(value)}`,
  );
}

function unknownColumn(table: Table, row: Row, number: number): ContractError {
  const name = Object.keys(row).find((key) => !Object.hasOwn(table.columns, key));
  return new ContractError(`Table ${table.name}, column ${name}, row ${number}: the table declares no such column`);
}

/**
 * Refuses a row that is not exactly as its table declares it; nothing is ever coerced.
 * @param number place of the row, from 1, for the message; the message never holds a value.
 * @throws ContractError naming table, column and row.
 */
export function checkRow(table: Table, row: Row, number: number): void {
  let columns = 0;
  for (const name in table.columns) {
    const column = table.columns[name]!;
    const value = row[name];
    if (value === null ? !column.nullable : !accepts[column.type](value)) {
      throw wrongValue(table, name, column, number, value);
    }
    columns += 1;
  }
  if (Object.keys(row).length !== columns) throw unknownColumn(table, row, number);
}
