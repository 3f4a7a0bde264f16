import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Staged } from '../../lake/catalog.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { readParquet } from '../../lake/parquet.ts';
import { copySnapshots } from '../../pipeline/copy_snapshots.ts';
import { derivations } from '../../queries/derivations.ts';
import type { Engine, ResultColumns, ResultRow } from '../../queries/engine.ts';
import { namedQueries } from '../../queries/named_query.ts';
import { loadQuestions, type Question } from '../../queries/question.ts';
import { render } from '../../queries/render.ts';
import type { Sql } from '../../queries/sql.ts';
import { allTables } from '../../tables/all.generated.ts';
import { type AwsLake, startAwsLake } from './aws_lake.ts';
import type { Emulator } from './emulators.ts';
import { rolecall } from './live_command.ts';
import { startMinistack } from './ministack.ts';
import { partitionsRead } from './partitions_read.ts';
import { type BothEngines, bothEngines } from './same_answers.ts';
import { expectSame, expectSameUnordered } from './same_rows.ts';

const work = mkdtempSync(join(tmpdir(), 'rolecall-athena-'));
const demo = folderLake(inject('demoLake'));

let emulator: Emulator;
let aws: AwsLake;
let both: BothEngines;

beforeAll(async () => {
  emulator = await startMinistack();
  aws = await startAwsLake(emulator.endpoint, inject('trino'));
  const from = { lake: demo, catalog: catalogFile(demo) };
  await copySnapshots(from, aws, () => undefined, new AbortController().signal);
  both = await bothEngines({ ...aws, engine: aws.engine() }, work);
});

afterAll(async () => {
  await both?.duckdb.close();
  await aws?.athena.stop();
  await emulator?.stop();
  rmSync(work, { recursive: true, force: true });
});

const datesOf = (): readonly string[] => both.published.snapshots.map((row) => row.snapshot_date).sort();

describe.concurrent('C7 Athena and DuckDB, over the same objects of S3', () => {
  const hostile: ResultColumns = [
    { name: 'n', type: 'bigint' },
    { name: 'list', type: 'array(varchar)' },
    { name: 'text', type: 'varchar' },
    { name: 'number', type: 'double' },
    { name: 'moment', type: 'timestamp' },
    { name: 'truth', type: 'boolean' },
  ];
  const values = `
    (1, array['a, b', '', 'null', '[x]'], '', 0.1e0, timestamp '2026-01-05 00:00:00.123', true),
    (2, array[], 'line\nnext', 1e10, timestamp '1969-12-31 23:59:59.999', false),
    (9007199254740991, null, null, -1.5e-7, null, null)`;

  test('answer the same values: lists with commas, empty text and none, large and small numbers', async () => {
    const listed = 'select n, cast(list as array(varchar)) as list, text, number, moment, truth';
    const sql = `${listed} from (values ${values}) as t (n, list, text, number, moment, truth) order by n` as Sql;
    const own = sql.replace('array(varchar)', 'varchar[]') as Sql;
    const asking = { columns: hostile };
    expectSame(await both.duckdb.query(own, both.published), await both.athena.query(sql, both.published, asking));
  });

  test('answer the same over many pages', async () => {
    const sql = 'select n from unnest(sequence(1, 2500)) as t (n) order by n' as Sql;
    expectSame(await both.duckdb.query(sql, both.published), await both.athena.query(sql, both.published));
  });

  test('show the newest snapshot alone in <table>_latest', async () => {
    const sql = 'select snapshot_date, count(*) as n from roles_latest group by snapshot_date' as Sql;
    expectSame(await both.duckdb.query(sql, both.published), await both.athena.query(sql, both.published));
  });

  // That both answer every saved query alike is shown over the deployed lake; Athena keeps the same text for other dates.
  test.each(namedQueries().map(({ name, sql }) => [name, sql] as const))('Athena takes what it keeps: %s', (_, sql) =>
    expect(both.athena.query(`explain (type validate) ${sql}` as Sql, both.published)).resolves.toBeDefined(),
  );
});

describe('C4 C5 C6 Athena derives', () => {
  const letBe = {
    rule_id: 'dormant_role',
    resource_arn: 'arn:aws:iam::?2*:role/*',
    reason: 'Known',
    owner: 'platform',
    expires: '9999-12-31',
  };
  let staged: Staged;

  beforeAll(async () => {
    staged = { ...both.published, kind: 'staged', runId: 'judged', snapshotDate: datesOf().at(-1)! };
    await aws.catalog.show(staged);
  });

  const tables = allTables.filter(({ filling }) => filling === 'derived');

  test.each(tables.map((table) => [table.name, table] as const))('the %s that DuckDB derives', async (_, table) => {
    const date = staged.snapshotDate;
    const to = { table, date, folder: `runs/judged/snapshot_date=${date}/${table.name}` };
    const queries = derivations([letBe])
      .filter((one) => one.table === table && (one.applies?.(staged, date) ?? true))
      .map(({ name, render: renderFor }) => ({ name, sql: renderFor(staged, date) }));
    const written = async (engine: Engine, lake: Lake) => {
      const entries = await engine.unload(queries, staged, to);
      const files = await Promise.all(
        entries.map(async ({ key, rows }) => {
          const read = await readParquet(table, (await lake.get(key))!);
          expect(read).toHaveLength(rows);
          return read as readonly ResultRow[];
        }),
      );
      return { columns: [], rows: files.flat() };
    };
    expectSameUnordered(await written(both.duckdb, both.copy), await written(both.athena, aws.lake));
  });
});

/** Tables of which a question reads every snapshot, though it names one: since when something is so. */
const histories: Readonly<Record<string, string>> = { inactive_accounts: 'coverage' };

/** Dates that the question names by default; one that names none is about them all. */
function namedBy({ parameters }: Question): readonly string[] {
  const places: Readonly<Record<string, number>> = { previous: -2, latest: -1 };
  const snapshots = parameters.filter(({ type }) => type === 'snapshot').map((parameter) => parameter.default!);
  return snapshots.length === 0 ? datesOf() : snapshots.map((name) => datesOf().at(places[name]!)!).sort();
}

describe('C7 a question costs what it names', () => {
  test.concurrent.each(loadQuestions().map((question) => [question.name, question] as const))(
    '%s reads only the partitions of its dates',
    async (name, question) => {
      const reads = await partitionsRead(both.athena, render(question, {}, datesOf()), both.published);
      expect(reads.length).toBeGreaterThan(0);
      for (const { table, dates } of reads) {
        expect(dates, table).toEqual(histories[name] === table ? datesOf() : namedBy(question));
      }
    },
  );
});

describe('C7 a query in Athena', () => {
  test('tells the bytes it read, which grow with the snapshots that it names', async () => {
    const scanned: number[] = [];
    const engine = aws.engine({ onScanned: (bytes) => scanned.push(bytes) });
    for (const dates of [datesOf().slice(-1), datesOf()]) {
      const named = dates.map((date) => `'${date}'`).join(', ');
      await engine.query(
        `select count(distinct arn) as n from roles where snapshot_date in (${named})` as Sql,
        both.published,
      );
    }
    const [one, all] = scanned as [number, number];
    expect(one).toBeGreaterThan(0);
    expect(all / one).toBeGreaterThan(datesOf().length / 2);
  });

  test('that cannot be answered says where and why', async () => {
    const act = both.athena.query('select nope from roles' as Sql, both.published);
    await expect(act).rejects.toThrow(/cannot be answered\. COLUMN_NOT_FOUND: line 1:8: Column 'nope'/);
  });

  test('that is called off stops in the engine', async () => {
    const endless = 'select count(*) as n from statements a cross join statements b cross join statements c' as Sql;
    const signal = AbortSignal.timeout(500);
    await expect(both.athena.query(endless, both.published, { signal })).rejects.toThrow(/timeout/);
    await expect.poll(() => statesOf(endless), { timeout: 10_000 }).toEqual(['FAILED USER_CANCELED']);
  });
});

/** How the runs of a query ended, as Trino tells. */
async function statesOf(sql: Sql): Promise<readonly string[]> {
  const response = await fetch(`${inject('trino')}/v1/query`, { headers: { 'X-Trino-User': 'e2e' } });
  const queries = (await response.json()) as { query: string; state: string; errorCode?: { name: string } }[];
  return queries.filter(({ query }) => query === sql).map(({ state, errorCode }) => `${state} ${errorCode?.name}`);
}

describe('C7 the commands that ask, with --engine athena', () => {
  const athenaFlags = () => ['--engine', 'athena', '--lake', aws.lake.location(''), '--database', aws.database];
  const environment = () => ({
    HOME: work,
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ENDPOINT_URL_ATHENA: aws.athena.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  });
  const here = (...args: readonly string[]) => rolecall({}, ...args, '--lake', inject('demoLake'));
  const there = (...args: readonly string[]) => rolecall(environment(), ...args, ...athenaFlags());

  test.each([
    ['query', ['query', 'shared_role_clusters', '--param', 'at_least=3']],
    [
      'sql',
      [
        'sql',
        'select role_id, last_modified from roles_latest join functions_latest on role_arn = arn order by function_arn',
      ],
    ],
    ['findings', ['findings', '--format', 'csv']],
    ['diff', ['diff', ...['2026-11-09', '2026-11-16']]],
  ])('%s prints what it prints of a folder, and on the side what Athena read', async (_, args) => {
    const [own, theirs] = await Promise.all([here(...args), there(...args)]);
    expect(theirs.err.startsWith(own.err)).toBe(true);
    expect(theirs.err.slice(own.err.length)).toMatch(/^Athena read \d+\.\d MB\.\n$/);
    expect(theirs.out).toBe(own.out);
    expect(theirs.exitCode).toBe(0);
  });

  test('report writes the same report', async () => {
    const out = join(work, 'report', 'report.html');
    mkdirSync(join(work, 'report'));
    expect((await there('report', '--out', out)).out).toBe(`${out}\n`);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(inject('demoLake'), 'report.html'), 'utf8'));
  });

  test('a region that is not set is named', async () => {
    const { AWS_REGION: _, ...without } = environment();
    const { err, exitCode } = await rolecall(without, 'query', 'snapshots', ...athenaFlags());
    expect(err).toMatch(/No region of AWS is set\. Set AWS_REGION/);
    expect(exitCode).toBe(2);
  });

  test('a workgroup that is not there is named', async () => {
    const elsewhere = await rolecall(environment(), 'query', 'snapshots', ...athenaFlags(), '--workgroup', 'nobody');
    expect(elsewhere.err).toMatch(/workgroup nobody failed/);
    expect(elsewhere.exitCode).toBe(2);
  });
});
