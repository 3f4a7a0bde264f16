import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../errors.ts';
import { readParquet, writeParquet } from '../../lake/parquet.ts';
import { allTables } from '../../tables/all.generated.ts';
import { functions } from '../../tables/functions.ts';
import { roles } from '../../tables/roles.ts';
import type { Row, Table } from '../../tables/table.ts';
import { trends } from '../../tables/trends.ts';
import { functionRow, roleRow } from './sample_rows.ts';
import { temporaryFolder } from './temporary_folder.ts';

const newFile = (): string => join(temporaryFolder(), 'rows.parquet');

async function writeAndRead(table: Table, rows: readonly Row[]): Promise<readonly Row[]> {
  const file = newFile();
  await writeParquet(table, rows, file);
  return readParquet(table, readFileSync(file));
}

async function askDuckdb(sql: string): Promise<readonly Row[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  connection.closeSync();
  return rows as readonly Row[];
}

describe('C7: a table as a Parquet file', () => {
  it('gives every value back as it was', async () => {
    const rows = [roleRow(), roleRow({ created_at: null, admin_via: [], trusts_lambda: null, owner_team: '' })];
    expect(await writeAndRead(roles, rows)).toEqual(rows);
  });

  it('keeps a list that is NULL apart from one that is empty', async () => {
    const rows = [functionRow(), functionRow({ environment_names: [] }), functionRow({ environment_names: ['A'] })];
    expect(await writeAndRead(functions, rows)).toEqual(rows);
  });

  it.each(allTables.map((table) => [table.name, table] as const))('writes an empty file of %s', async (_, table) => {
    expect(await writeAndRead(table, [])).toEqual([]);
  });

  it('has the declared types for DuckDB', async () => {
    const file = newFile();
    await writeParquet(functions, [functionRow({ last_modified: new Date('2026-01-05T10:00:00.123Z') })], file);
    const columns = await askDuckdb(`select column_name, column_type from (describe select * from '${file}')`);
    expect(Object.fromEntries(columns.map((row) => [row.column_name, row.column_type]))).toMatchObject({
      function_arn: 'VARCHAR',
      tags: 'VARCHAR',
      memory_mb: 'BIGINT',
      last_modified: 'TIMESTAMP',
      layers: 'VARCHAR[]',
      is_public: 'BOOLEAN',
    });
    expect(await askDuckdb(`select memory_mb, last_modified, layers, team from '${file}'`)).toEqual([
      { memory_mb: '9007199254740991', last_modified: '2026-01-05 10:00:00.123', layers: [], team: null },
    ]);
  });

  it('keeps 128 bytes of least and greatest values, so that readers can skip by ARN', async () => {
    const file = newFile();
    const arns = ['aaa', 'zzz'].map((name) => `arn:aws:iam::111122223333:role/path/${name}`);
    await writeParquet(
      roles,
      arns.map((arn) => roleRow({ arn })),
      file,
    );
    const [group] = parquetMetadata(new Uint8Array(readFileSync(file)).buffer).row_groups;
    const arn = group!.columns.find((column) => column.meta_data?.path_in_schema[0] === 'arn');
    expect(arn?.meta_data?.statistics).toMatchObject({ min_value: arns[0], max_value: arns[1] });
  });

  it('holds at most 20,000 rows in a group', async () => {
    const file = newFile();
    const rows = Array.from({ length: 40_001 }, () => ({ scope_kind: 'ou', scope: 's', metric: 'm', value: 1 }));
    expect(await writeParquet(trends, rows, file)).toMatchObject({ rows: 40_001 });
    const { row_groups } = parquetMetadata(new Uint8Array(readFileSync(file)).buffer);
    expect(row_groups.map((group) => Number(group.num_rows))).toEqual([20_000, 20_000, 1]);
  });

  it('is the same byte for byte when the rows are the same', async () => {
    const files = [newFile(), newFile()];
    for (const file of files) await writeParquet(roles, [roleRow(), roleRow({ name: 'other' })], file);
    expect(readFileSync(files[0]!).equals(readFileSync(files[1]!))).toBe(true);
  });
});

describe('A value of the wrong type is an error, never a coercion', () => {
  const wrong: readonly (readonly [string, Table, Row, string, string])[] = [
    ['text for a timestamp', roles, roleRow({ created_at: '2026-01-05T10:00:00Z' }), 'created_at', 'got text'],
    ['a date that is none', roles, roleRow({ created_at: new Date('soon') }), 'created_at', 'timestamp or NULL'],
    ['an integer above 2^53', functions, functionRow({ memory_mb: 2 ** 53 }), 'memory_mb', 'expected bigint'],
    ['a fraction for an integer', functions, functionRow({ memory_mb: 0.5 }), 'memory_mb', 'got a fraction'],
    ['NaN', trends, { scope_kind: '', scope: '', metric: '', value: Number.NaN }, 'value', 'expected double'],
    ['NULL where none may be', roles, roleRow({ arn: null }), 'arn', 'got NULL'],
    ['a number for text', roles, roleRow({ name: 7 }), 'name', 'got a whole number'],
    ['text for a boolean', roles, roleRow({ is_admin: 'no' }), 'is_admin', 'expected boolean or NULL'],
    ['a list of something else', roles, roleRow({ admin_via: ['a', null] }), 'admin_via', 'array(varchar)'],
    ['text that UTF-8 cannot hold', roles, roleRow({ name: 'a\ud800b' }), 'name', 'half a surrogate pair'],
    ['a value that is undefined', roles, roleRow({ name: undefined }), 'name', 'the column is missing'],
    ['a column that nobody declared', roles, { ...roleRow(), owner: 'x' }, 'owner', 'declares no such column'],
  ];

  it.each(wrong)('%s', async (_, table, row, column, problem) => {
    const good = table === roles ? [roleRow()] : [];
    const writing = writeParquet(table, [...good, row], newFile());
    await expect(writing).rejects.toThrow(ContractError);
    await expect(writing).rejects.toThrow(`Table ${table.name}, column ${column}, row ${good.length + 1}: `);
    await expect(writing).rejects.toThrow(problem);
  });

  it('names the missing column of a row that lacks it', async () => {
    const { path: _, ...row } = roleRow();
    await expect(writeParquet(roles, [row], newFile())).rejects.toThrow('Table roles, column path, row 1');
  });

  it('never says the value', async () => {
    const secret = 'do-not-tell';
    const row = roleRow({ created_at: secret });
    await expect(writeParquet(roles, [row], newFile())).rejects.not.toThrow(secret);
    await expect(writeParquet(roles, [roleRow({ admin_via: [secret, 1] })], newFile())).rejects.not.toThrow(secret);
  });

  it('leaves no file behind', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'rows.parquet');
    await expect(writeParquet(roles, [roleRow({ name: 7 })], file)).rejects.toThrow(ContractError);
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
