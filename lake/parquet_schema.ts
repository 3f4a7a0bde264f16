import type { SchemaElement } from 'hyparquet-writer';
import type { Column, ColumnType, Table } from '../tables/table.ts';

type Primitive = Exclude<ColumnType, 'array(varchar)'>;

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

const primitives: Record<Primitive, Pick<SchemaElement, 'type' | 'converted_type'>> = {
  varchar: text,
  json: text,
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

/** A list has three levels (group, repeated `list`, `element`), as the Parquet format asks of LIST. */
function elements(name: string, { type, nullable }: Column): SchemaElement[] {
  const repetition_type = nullable ? 'OPTIONAL' : 'REQUIRED';
  if (type !== 'array(varchar)') return [{ name, repetition_type, ...primitives[type] }];
  return [
    { name, repetition_type, converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...text },
  ];
}

/** Parquet schema of a table, columns in declared order; a column that may be NULL is OPTIONAL. */
export function parquetSchema(table: Table): SchemaElement[] {
  const columns = Object.entries(table.columns);
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.flatMap(([name, column]) => elements(name, column)),
  ];
}
