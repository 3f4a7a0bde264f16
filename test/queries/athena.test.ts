import { AthenaClient } from '@aws-sdk/client-athena';
import { afterEach, describe, expect, test } from 'vitest';
import { ContractError, UsageError } from '../../errors.ts';
import type { Published } from '../../lake/catalog.ts';
import { folderLake } from '../../lake/folder.ts';
import { athena } from '../../queries/athena.ts';
import type { ResultColumns } from '../../queries/engine.ts';
import type { Sql } from '../../queries/sql.ts';
import { type AthenaApi, type Printed, type RunStatement, startAthenaApi } from '../e2e/athena_api.ts';

const published: Published = { kind: 'published', snapshots: [], entries: [] };
const select = 'select a from t' as Sql;

let api: AthenaApi;
const scanned: number[] = [];

/** The engine over an Athena in which every statement ends as `run` says. */
async function engineOver(run: RunStatement, workgroup = 'rolecall') {
  api = await startAthenaApi(run);
  const client = new AthenaClient({
    endpoint: api.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const onScanned = (bytes: number) => scanned.push(bytes);
  const lake = folderLake('nowhere');
  return athena({ client, lake, workgroup, database: 'rolecall', staging: 'rolecall_staging', onScanned });
}

const answering =
  (types: readonly string[], ...rows: Printed['rows']): RunStatement =>
  async () => ({ columns: types.map((type, at) => ({ name: `c${at}`, type })), rows, bytesScanned: 42 });

afterEach(async () => {
  scanned.length = 0;
  await api.stop();
});

describe('C7 Athena answers', () => {
  test.each([
    ['text, empty and not there', ['varchar', 'varchar'], ['', undefined], { c0: '', c1: null }],
    ['whole numbers', ['bigint', 'integer'], ['9007199254740991', '-1'], { c0: 9007199254740991, c1: -1 }],
    ['numbers', ['double', 'decimal'], ['1.0E10', '0.25'], { c0: 1e10, c1: 0.25 }],
    [
      'numbers without end',
      ['double', 'double'],
      ['Infinity', 'NaN'],
      { c0: Number.POSITIVE_INFINITY, c1: Number.NaN },
    ],
    ['yes and no', ['boolean', 'boolean'], ['true', 'false'], { c0: true, c1: false }],
    ['a time in UTC', ['timestamp'], ['2026-01-05 00:00:00.123'], { c0: new Date('2026-01-05T00:00:00.123Z') }],
    ['what no question declares, as text', ['date', 'map'], ['2026-01-05', '{a=1}'], { c0: '2026-01-05', c1: '{a=1}' }],
    ['a list that is not declared, as text', ['array'], ['[a, b]'], { c0: '[a, b]' }],
  ])('%s', async (_, types, row, expected) => {
    const engine = await engineOver(answering(types, row));
    expect((await engine.query(select, published)).rows).toEqual([expected]);
  });

  test('a whole number that cannot be held exactly is refused', async () => {
    const engine = await engineOver(answering(['bigint'], ['9007199254740993']));
    await expect(engine.query(select, published)).rejects.toThrow(ContractError);
  });

  test('two columns of one name are refused: a row could hold only one of them', async () => {
    const columns = [
      { name: 'a', type: 'varchar' },
      { name: 'a', type: 'varchar' },
    ];
    const engine = await engineOver(async () => ({ columns, rows: [['1', '2']], bytesScanned: 0 }));
    await expect(engine.query(select, published)).rejects.toThrow(/Two columns of the answer are named a/);
  });

  test('all pages: the names of the columns are told once, in the first', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => [String(index)]);
    const engine = await engineOver(answering(['bigint'], ...rows));
    const answer = await engine.query(select, published);
    expect(answer.rows.map((row) => row.c0)).toEqual(rows.map((_, index) => index));
    expect(api.calls.filter((call) => call === 'GetQueryResults')).toHaveLength(3);
  });

  test('nothing: the columns are there all the same', async () => {
    const engine = await engineOver(answering(['bigint']));
    expect(await engine.query(select, published)).toEqual({ columns: [{ name: 'c0', type: 'bigint' }], rows: [] });
  });

  test('declared lists exactly, where printing is ambiguous', async () => {
    const columns: ResultColumns = [{ name: 'a', type: 'array(varchar)' }];
    const engine = await engineOver(async (sql) => ({
      columns: [
        { name: 'a', type: 'array' },
        { name: 'a as JSON', type: 'varchar' },
      ],
      rows: [['[x, y]', sql.includes('json_format(cast(a as json))') ? '["x, y"]' : undefined]],
      bytesScanned: 0,
    }));
    expect(await engine.query(select, published, { columns })).toEqual({ columns, rows: [{ a: ['x, y'] }] });
  });

  test.each([
    ['what is published', published, 'rolecall'],
    [
      'a staged run',
      { ...published, kind: 'staged' as const, runId: 'r', snapshotDate: '2026-01-05' },
      'rolecall_staging',
    ],
  ])('over the database of %s', async (_, from, database) => {
    const engine = await engineOver(
      async (_sql, where) => (await answering(['varchar'], [where])(_sql, where, signal()))!,
    );
    expect((await engine.query(select, from)).rows).toEqual([{ c0: database }]);
  });
});

const signal = (): AbortSignal => new AbortController().signal;

describe('C7 a query in Athena', () => {
  test('tells how many bytes it read', async () => {
    const engine = await engineOver(answering(['varchar']));
    await engine.query(select, published);
    expect(scanned).toEqual([42]);
  });

  test('that fails says why, in the words of Athena', async () => {
    const engine = await engineOver(async () => {
      throw new Error("COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved");
    });
    const act = engine.query(select, published);
    await expect(act).rejects.toThrow(UsageError);
    await expect(act).rejects.toThrow(/cannot be answered\. COLUMN_NOT_FOUND: line 1:8/);
  });

  test('is started again when too many run', async () => {
    const engine = await engineOver(answering(['varchar'], ['done']));
    api.throttle(2);
    expect((await engine.query(select, published)).rows).toEqual([{ c0: 'done' }]);
    expect(api.calls.filter((call) => call === 'StartQueryExecution')).toHaveLength(3);
  });

  test('that is called off is stopped there too', async () => {
    let stopped = false;
    const engine = await engineOver(
      (_sql, _database, off) =>
        new Promise((resolve) => {
          off.addEventListener('abort', () => {
            stopped = true;
            resolve({ columns: [], rows: [], bytesScanned: 0 });
          });
        }),
    );
    const controller = new AbortController();
    const act = engine.query(select, published, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('called off')), 50);
    await expect(act).rejects.toThrow('called off');
    expect(stopped).toBe(true);
  });

  test('that was called off before is not started', async () => {
    const engine = await engineOver(answering(['varchar']));
    const asking = { signal: AbortSignal.abort(new Error('before')) };
    await expect(engine.query(select, published, asking)).rejects.toThrow('before');
    expect(api.calls).toEqual([]);
  });

  test('in a workgroup that is not there names it', async () => {
    const engine = await engineOver(answering(['varchar']), 'nobody');
    await expect(engine.query(select, published)).rejects.toThrow(
      /athena:StartQueryExecution on workgroup nobody failed .*WorkGroup nobody is not found/,
    );
  });
});
