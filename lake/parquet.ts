import { renameSync, rmSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Row, Table } from '../tables/table.ts';
import { parquetSchema } from './parquet_schema.ts';
import { checkRow } from './row_check.ts';

/** Rows held before they are written: bounds memory, and is what readers skip by. */
const ROWS_PER_GROUP = 20_000;

/** Bytes of a value kept as a column's minimum and maximum: at the writer's default of 16 every ARN looks alike. */
const STATISTICS_BYTES = 128;

export interface Written {
  readonly rows: number;
  readonly bytes: number;
}

/** A Parquet file in the making; the file appears under its name when it is finished. */
export interface ParquetFile {
  /** @throws ContractError when a row is not as the table declares it. */
  append(row: Row): void;
  finish(): Written;
  /** Leaves nothing behind; does nothing after `finish`. */
  discard(): void;
}

/** Opens a file of the table's declared schema. The same rows give the same bytes. */
export function openParquet(table: Table, file: string): ParquetFile {
  const names = Object.keys(table.columns);
  const temporary = `${file}.tmp`;
  const writer = fileWriter(temporary);
  const parquet = new ParquetWriter({
    writer,
    schema: parquetSchema(table),
    statisticsTruncateLength: STATISTICS_BYTES,
    createdBy: 'rolecall',
  });
  let group: Row[] = [];
  let rows = 0;
  const writeGroup = (): void => {
    const columnData = names.map((name) => ({
      name,
      data: group.map(cellOf(table, name)),
      statistics: isComparedBy(table, name),
    }));
    parquet.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
    group = [];
  };
  return {
    append(row) {
      checkRow(table, row, rows + 1);
      rows += 1;
      if (group.push(row) === ROWS_PER_GROUP) writeGroup();
    },
    finish() {
      writeGroup();
      parquet.finish();
      renameSync(temporary, file);
      return { rows, bytes: writer.offset };
    },
    discard: () => rmSync(temporary, { force: true }),
  };
}

/** Nobody looks for the rows between two lists or JSON texts, and finding the least and the greatest takes time. */
const isComparedBy = (table: Table, name: string): boolean =>
  !['json', 'array(varchar)'].includes(table.columns[name]!.type);

/** The writer takes 64-bit integers as BigInt only. */
const cellOf = (table: Table, name: string) =>
  table.columns[name]!.type === 'bigint'
    ? (row: Row) => (row[name] === null ? null : BigInt(row[name] as number))
    : (row: Row) => row[name];

/**
 * Writes all rows to a file, in the order they come.
 * @throws ContractError naming table, column and row when a value is not of its declared type.
 */
export async function writeParquet(
  table: Table,
  rows: Iterable<Row> | AsyncIterable<Row>,
  file: string,
): Promise<Written> {
  const parquet = openParquet(table, file);
  try {
    for await (const row of rows) parquet.append(row);
    return parquet.finish();
  } finally {
    parquet.discard();
  }
}

/** As TypeScript holds it; the reader gives a NULL list as undefined. */
const fromReader = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : (value ?? null));

/** The rows of a file that this code wrote. @throws ContractError when they are not as the table declares. */
export async function readParquet(table: Table, bytes: Uint8Array): Promise<readonly Row[]> {
  const file = new Uint8Array(bytes).buffer;
  const read: Row[] = await parquetReadObjects({ file, columns: Object.keys(table.columns) });
  return read.map((raw, index) => {
    const row = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, fromReader(value)]));
    checkRow(table, row, index + 1);
    return row;
  });
}
