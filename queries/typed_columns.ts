import type { Column, ColumnType } from '../tables/table.ts';

type Types = Readonly<Record<ColumnType, string>>;

export const duckdbTypes: Types = {
  varchar: 'varchar',
  json: 'varchar',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  'array(varchar)': 'varchar[]',
};

/** Athena tells the time to the millisecond. */
export const athenaTypes: Types = { ...duckdbTypes, timestamp: 'timestamp(3)', 'array(varchar)': 'array(varchar)' };

/** A column's name as SQL takes it, keyword or not. */
export const identifier = (name: string): string => `"${name}"`;

export type NamedColumn = readonly [string, Column];

/** The columns, each cast to its declared type (DuckDB's `sum(bigint)`, for one, is no bigint). */
export function typedColumns(columns: readonly NamedColumn[], types: Types): string {
  const cast = ([name, { type }]: NamedColumn) => `cast(${identifier(name)} as ${types[type]}) as ${identifier(name)}`;
  return columns.map(cast).join(', ');
}
