import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ContractError, UsageError } from '../../errors.ts';
import type { Contents, Published } from '../../lake/catalog.ts';
import type { Lake } from '../../lake/lake.ts';
import { writeParquet } from '../../lake/parquet.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Engine, Result, ResultColumns } from '../../queries/engine.ts';
import type { Sql } from '../../queries/sql.ts';
import { roles } from '../../tables/roles.ts';
import { type Table, table, varchar } from '../../tables/table.ts';
import { fixtureLake } from './fixture_lake.ts';

const given = {
  roles: [
    { snapshot_date: '2026-01-05', arn: 'role/a', tags: '{"team":"x"}' },
    { snapshot_date: '2026-01-12', arn: 'role/a' },
    { snapshot_date: '2026-01-12', arn: 'role/b', created_at: '2025-03-01T10:20:30.456Z', admin_via: ['p', 'q'] },
  ],
  coverage: [{ snapshot_date: '2026-01-12', resource: 'roles', rows: 2 }],
};

let root: string;
let lake: Lake;
let contents: Published;
let engine: Engine;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "rolecall-it's=engine-"));
  ({ lake, contents } = await fixtureLake(given, root));
  engine = duckdb(lake);
});

afterAll(async () => {
  await engine.close();
  rmSync(root, { recursive: true });
});

const query = (sql: string, from: Contents = contents): Promise<Result> =>
  engine.query(sql as Sql, { ...from, kind: 'published' });
const textColumn = { name: 'name', type: 'varchar' } as const;
const declared = (sql: string, columns: ResultColumns): Promise<Result> =>
  engine.query(sql as Sql, contents, { columns });
const rows = async (sql: string, from?: Contents) => (await query(sql, from)).rows;

describe('C7 tables as SQL sees them', () => {
  test('values come typed as the tables declare them', async () => {
    const { columns, rows } = await query(
      "select snapshot_date, arn, created_at, last_used_at, admin_via, is_service_linked, tags from roles where arn = 'role/b'",
    );
    expect(columns.map(({ type }) => type)).toEqual([
      'varchar',
      'varchar',
      'timestamp',
      'timestamp',
      'array(varchar)',
      'boolean',
      'varchar',
    ]);
    expect(rows).toEqual([
      {
        snapshot_date: '2026-01-12',
        arn: 'role/b',
        created_at: new Date('2025-03-01T10:20:30.456Z'),
        last_used_at: null,
        admin_via: ['p', 'q'],
        is_service_linked: false,
        tags: '{}',
      },
    ]);
  });

  test('<table>_latest shows the newest snapshot alone', async () => {
    expect(await rows('select arn from roles_latest order by arn')).toEqual([{ arn: 'role/a' }, { arn: 'role/b' }]);
  });

  test('snapshots are the rows of the catalog', async () => {
    expect(
      await rows('select snapshot_date, accounts_planned, started_at from snapshots order by snapshot_date'),
    ).toEqual([
      { snapshot_date: '2026-01-05', accounts_planned: 0, started_at: new Date('2026-01-01T00:00:00Z') },
      { snapshot_date: '2026-01-12', accounts_planned: 0, started_at: new Date('2026-01-01T00:00:00Z') },
    ]);
  });

  test('a query that names one date reads the files of that date only', async () => {
    const plan = await rows("explain analyze select arn from roles where snapshot_date = '2026-01-12' and arn <> ''");
    expect(JSON.stringify(plan)).toContain('Scanning Files: 1/2');
  });

  test('files that the contents do not list are not seen', async () => {
    const entries = contents.entries.filter(({ snapshot_date }) => snapshot_date === '2026-01-05');
    expect(await rows('select arn from roles', { ...contents, entries })).toEqual([{ arn: 'role/a' }]);
  });

  test('a table without files is empty, and has its columns and types', async () => {
    const empty = { snapshots: [], entries: [] };
    expect(await query('select admin_via, created_at, snapshot_date from roles', empty)).toEqual({
      columns: [
        { name: 'admin_via', type: 'array(varchar)' },
        { name: 'created_at', type: 'timestamp' },
        { name: 'snapshot_date', type: 'varchar' },
      ],
      rows: [],
    });
    expect(await rows('select run_id from snapshots_latest', empty)).toEqual([]);
  });

  test('a column that a file of an older rolecall lacks is NULL there', async () => {
    const older: Table = table({ ...roles, columns: { account_id: varchar(''), arn: varchar('') }, key: ['arn'] });
    const key = 'runs/fixture/snapshot_date=2026-01-05/roles/older.parquet';
    await writeParquet(older, [{ account_id: '1', arn: 'role/old' }], lake.location(key));
    const entries = contents.entries.map((entry) => (entry.snapshot_date === '2026-01-05' ? { ...entry, key } : entry));
    expect(
      await rows('select arn, created_at, admin_via, snapshot_date from roles order by snapshot_date, arn', {
        ...contents,
        entries,
      }),
    ).toMatchObject([
      { arn: 'role/old', created_at: null, admin_via: null, snapshot_date: '2026-01-05' },
      { arn: 'role/a', snapshot_date: '2026-01-12' },
      { arn: 'role/b', snapshot_date: '2026-01-12' },
    ]);
  });

  test('all tables are listed for who asks the engine', async () => {
    const listed = await rows(
      "select table_name from information_schema.tables where table_name like 'roles%' order by 1",
    );
    expect(listed).toEqual([{ table_name: 'roles' }, { table_name: 'roles_latest' }]);
  });
});

describe('C7 answers', () => {
  test('integers of any width are numbers, what is no declared type is text', async () => {
    const { columns, rows } = await query(
      "select sum(rows) as total, 1.5 as decimal, date '2026-01-05' as day, map {'a': 1} as map, [1, 2] as list from coverage",
    );
    expect(columns.map(({ type }) => type)).toEqual(['bigint', 'double', 'varchar', 'varchar', 'array(varchar)']);
    expect(rows).toEqual([{ total: 2, decimal: 1.5, day: '2026-01-05', map: "{'a': 1}", list: ['1', '2'] }]);
  });

  test('an integer that a number cannot hold exactly is an error, never rounded', async () => {
    expect(await rows('select 9007199254740991 as n')).toEqual([{ n: 9007199254740991 }]);
    await expect(query('select 9007199254740993 as n')).rejects.toThrow(ContractError);
  });

  test('NULL within a list is an error, never a word', async () => {
    await expect(query("select array['a', null] as teams")).rejects.toThrow(/Column teams: a list holds NULL/);
    const columns = [{ name: 'teams', type: 'array(varchar)' }] as const;
    await expect(declared("select array['a', null] as teams", columns)).rejects.toThrow(
      /Column teams: a list holds NULL/,
    );
  });

  test('an answer is the same when its columns are declared, row by row', async () => {
    const sql = `select 'role "' || range || '\\' || chr(10) || '☂' as name, range as n, null as owner, range / 2e0 as half,
      array[chr(1), 'b'] as teams, timestamp '2026-01-05 10:20:30.456' as at, range > 1 as many
      from range(5000) order by range % 7, n -- what ends in a comment`;
    const plain = await query(sql.replace('null', 'cast(null as varchar)'));
    expect(plain.rows).toHaveLength(5000);
    expect(await declared(sql, plain.columns)).toEqual(plain);
  });

  test('an answer that is not as declared shows its own types, or is an error where texts are declared', async () => {
    const columns = [{ name: 'n', type: 'bigint' }, textColumn] as const;
    expect((await declared("select 1.5 as n, 'a' as name", columns)).columns).toEqual([
      { name: 'n', type: 'double' },
      textColumn,
    ]);
    await expect(declared('select 1 as n, 2 as name', columns)).rejects.toThrow(
      'Column name is declared as varchar and answers 2.',
    );
    await expect(declared('select 1 as n', columns)).rejects.toThrow(/"name" not found/);
  });

  test('an error carries the engine’s message and the place', async () => {
    await expect(query('select arn,\n  colour from roles')).rejects.toThrow(UsageError);
    await expect(query('select arn,\n  colour from roles')).rejects.toThrow(/"colour" not found[\s\S]*LINE 2/);
    await expect(query('select 1 from rolls')).rejects.toThrow(/rolls does not exist[\s\S]*roles/);
  });

  test.each([
    { sql: 'select range as n from range(20000000)', says: /more than 1,000,000 rows.*Aggregate.*limit/ },
    {
      sql: "select repeat('x', 90000) as text from range(3000)",
      says: /more than 256,000,000 characters of text.*Aggregate.*limit/,
    },
    {
      sql: "select [repeat('x', 90000)] as texts from range(3000)",
      says: /more than 256,000,000 characters of text/,
    },
    { sql: "select repeat('x', 1000000000) as text", says: /repeat\(\) makes at most 100,000 characters/ },
    { sql: "select lpad('x', 1000000000, 'y') as text", says: /lpad\(\) makes at most 100,000 characters/ },
    { sql: "select rpad('x', 1000000000, 'y') as text", says: /rpad\(\) makes at most 100,000 characters/ },
  ])('an answer that no memory holds is refused, and the next one is given: $sql', async ({ sql, says }) => {
    await expect(query(sql)).rejects.toMatchObject({ name: 'UsageError', message: expect.stringMatching(says) });
    expect(await rows("select repeat('ab', 2) as a, lpad('x', 3, '-') as b, rpad('x', 3, '-') as c")).toEqual([
      { a: 'abab', b: '--x', c: 'x--' },
    ]);
  });

  test('a file that is no Parquet is an error that names it', async () => {
    const key = 'runs/fixture/snapshot_date=2026-01-05/roles/cut.parquet';
    writeFileSync(lake.location(key), 'cut');
    const entries = [{ ...contents.entries[0]!, table: 'roles', key }];
    await expect(query('select arn from roles', { ...contents, entries })).rejects.toThrow(/roles\/cut\.parquet/);
  });

  test('a query that is called off stops, and the next one is answered', async () => {
    const controller = new AbortController();
    const endless = engine.query('select count(*) from range(100000000000) a(x) where x % 7 = 1' as Sql, contents, {
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error('called off')), 50);
    await expect(endless).rejects.toThrow('called off');
    expect(await rows('select 1 as n')).toEqual([{ n: 1 }]);
    await expect(
      engine.query('select 1' as Sql, contents, { signal: AbortSignal.abort(new Error('before')) }),
    ).rejects.toThrow('before');
  });

  test('queries asked at once over different contents each see their own', async () => {
    const only = (date: string) => ({
      ...contents,
      entries: contents.entries.filter((entry) => entry.snapshot_date === date),
    });
    const counts = ['2026-01-05', '2026-01-12', '2026-01-05'].map((date) =>
      rows('select count(*) as n from roles', only(date)),
    );
    expect(await Promise.all(counts)).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 1 }]]);
  });
});

describe('C7 the engine can reach nothing but the listed files, whatever the SQL', () => {
  test.each([
    ["select content from read_text('/etc/passwd')", /disabled by configuration/],
    ["select file from glob('/etc/*')", /disabled by configuration/],
    ["select a from '/etc/passwd'", /does not exist/],
    ["select a from read_parquet('https://127.0.0.1/a.parquet')", /disabled|not exist|httpfs/],
    ["copy (select 1) to '/tmp/rolecall-escape.csv'", /disabled by configuration/],
    ["attach '/tmp/rolecall-escape.db'", /disabled by configuration/],
    ['install httpfs', /disabled/],
    ['load httpfs', /disabled|not/],
    ['set enable_external_access = true', /locked|disabled|Cannot/],
    ["set allowed_directories = ['/']", /locked|disabled|Cannot/],
    ["select getenv('HOME')", /getenv/],
  ])('%s', async (sql, message) => {
    await expect(query(sql)).rejects.toThrow(UsageError);
    await expect(query(sql)).rejects.toThrow(message);
  });
});

describe('C4 C5 C6 derived tables are written', () => {
  const to = { table: roles, date: '2026-01-12', folder: 'runs/new/snapshot_date=2026-01-12/roles/derived' };
  const staged = () => ({ ...contents, kind: 'staged' as const, runId: 'new', snapshotDate: '2026-01-12' });
  const select = (arns: string, order: string) =>
    `select '1' as account_id, 'global' as region, arn, '' as name, '' as role_id, '' as path, null as created_at,
      null as last_used_at, null as trust_policy, null as boundary_arn, '{}' as tags, null as owner_team,
      false as is_service_linked, null as trusts_lambda, null as sso_permission_set, null as is_admin,
      null as admin_conditional, array[]::varchar[] as admin_via
    from (values ${arns}) as t(arn) order by arn ${order}` as Sql;

  test('as one file of the table’s types, sorted by its key, the same bytes whatever the order of the rows', async () => {
    const [entry, ...others] = await engine.unload(
      [{ name: 'all', sql: select("('b'), ('a'), ('c')", 'desc') }],
      staged(),
      to,
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ table: 'roles', snapshot_date: '2026-01-12', rows: 3 });
    const bytes = await lake.get(entry!.key);
    expect(bytes).toHaveLength(entry!.bytes);
    await engine.unload([{ name: 'all', sql: select("('c'), ('a'), ('b')", 'asc') }], staged(), to);
    expect(await lake.get(entry!.key)).toEqual(bytes);
    expect(await rows('select arn from roles', { ...contents, entries: [entry!] })).toEqual([
      { arn: 'a' },
      { arn: 'b' },
      { arn: 'c' },
    ]);
  });

  test('with a file even when there are no rows, and nothing left behind', async () => {
    const [entry] = await engine.unload(
      [{ name: 'all', sql: `${select("('a')", 'asc')} limit 0` as Sql }],
      staged(),
      to,
    );
    expect(entry).toMatchObject({ rows: 0 });
    expect(await readdir(lake.location(to.folder))).toEqual(['rows.parquet']);
  });

  test('a NULL where the table allows none is an error that names it', async () => {
    await expect(engine.unload([{ name: 'all', sql: select('(null)', 'asc') }], staged(), to)).rejects.toThrow(
      /roles.*arn/s,
    );
  });
});
