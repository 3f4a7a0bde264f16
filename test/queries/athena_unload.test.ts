import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { writeParquet } from '../../lake/parquet.ts';
import { unloadInto } from '../../queries/athena_unload.ts';
import type { Sql } from '../../queries/sql.ts';
import { table, timestamp, varchar } from '../../tables/table.ts';
import { temporaryFolder } from '../lake/temporary_folder.ts';

const days = table({
  name: 'days',
  grain: 'day',
  filling: 'derived',
  columns: { name: varchar('Name'), start: timestamp('When it begins') },
  key: ['name'],
});
const to = { table: days, date: '2026-01-05', folder: 'runs/r/snapshot_date=2026-01-05/days' };
const query = (name: string, sql = `select '${name}'`) => ({ name, sql: sql as Sql });
const newLake = (): Lake => folderLake(temporaryFolder());

/** Writes as many rows as the statement has texts, where it says; as UNLOAD, no file for none. */
async function unload(statement: string): Promise<void> {
  const names = [...(/from \((.*)\) as answer\)/s.exec(statement)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    ([, name]) => name,
  );
  const file = join(/ to '([^']*)\/' /.exec(statement)![1]!, '20260105_0000');
  mkdirSync(dirname(file), { recursive: true });
  const rows = names.map((name) => ({ name, start: new Date(0) }));
  if (rows.length > 0) await writeParquet(days, rows, file);
}

describe('C5 UNLOAD', () => {
  test('writes columns as the table declares them, as Parquet, below a folder of the query', async () => {
    const lake = newLake();
    const statements: string[] = [];
    await unloadInto(lake, [query('one')], to, async (sql) => void statements.push(sql));
    expect(statements).toEqual([
      `unload (select cast("name" as varchar) as "name", cast("start" as timestamp(3)) as "start" from (select 'one') as answer) to '${lake.location(`${to.folder}/one/1`)}/' with (format = 'PARQUET', compression = 'SNAPPY')`,
    ]);
  });

  test('is answered with the files it left and their rows; an answer without rows leaves none', async () => {
    const lake = newLake();
    const queries = [query('two', "select 'a' union select 'b'"), query('none', 'select 1'), query('one')];
    const entries = await unloadInto(lake, queries, to, unload);
    expect(entries.map(({ bytes, ...entry }) => entry)).toEqual([
      { table: 'days', snapshot_date: to.date, key: `${to.folder}/two/1/20260105_0000`, rows: 2 },
      { table: 'days', snapshot_date: to.date, key: `${to.folder}/one/1/20260105_0000`, rows: 1 },
    ]);
    expect(entries.every(({ bytes }) => bytes > 100)).toBe(true);
  });

  test('goes where nothing lies: what an attempt that broke off has left is passed by', async () => {
    const lake = newLake();
    await unloadInto(lake, [query('one')], to, unload);
    const [again] = await unloadInto(lake, [query('one')], to, unload);
    expect(again!.key).toBe(`${to.folder}/one/2/20260105_0000`);
  });

  test('leaves room for the questions of others: five queries at a time', async () => {
    let [running, most] = [0, 0];
    const queries = Array.from({ length: 12 }, (_, index) => query(`q${index}`));
    await unloadInto(newLake(), queries, to, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    });
    expect(most).toBe(5);
  });
});
