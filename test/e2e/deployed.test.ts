import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Published } from '../../lake/catalog.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import { deriveSince } from '../../pipeline/derive.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { ResultRow } from '../../queries/engine.ts';
import { rowsWhere } from '../../queries/rows_where.ts';
import { allTables } from '../../tables/all.generated.ts';
import { type Deployed, deploy, type Execution } from './deployed.ts';
import { addFunction, lose, regain, stoppedInMap, succeeded } from './deployed_changes.ts';
import { type DeployedLake, deployedLake, isWhole, writtenBy } from './deployed_lake.ts';
import type { Emulator } from './emulators.ts';
import { externalId } from './live_organization.ts';
import { hubAccount, startMinistack } from './ministack.ts';
import { bothEngines, expectSameAnswers } from './same_answers.ts';
import { expectSameUnordered } from './same_rows.ts';

const weeks = ['2026-01-05', '2026-01-12', '2026-01-19'] as const;
const [first, second, third] = weeks;
const stopped = 'stopped-and-started-again';
const work = mkdtempSync(join(tmpdir(), 'rolecall-deployed-'));

let emulator: Emulator;
let deployed: Deployed;
let lake: DeployedLake;
/** The execution that was stopped in its Map, and what readers saw then. */
let broken: { execution: Execution; published: Published };
/** What was published when the third week was. */
let published: Published;
let answered: Execution;

const accountNamed = (name: keyof Deployed['organization']['accounts']) => deployed.organization.accounts[name];

/** In the second week the bank refuses the collector and the shop has a new function. */
async function publishThreeWeeks(): Promise<void> {
  answered = await succeeded(deployed, { date: first });
  await lose(deployed, accountNamed('bank'), externalId);
  await addFunction(deployed, 'refund');
  await succeeded(deployed, { date: second });
  await regain(deployed, accountNamed('bank'), externalId);
  const execution = await stoppedInMap(deployed, lake, { date: third, run_id: stopped });
  broken = { execution, published: await lake.catalog.published() };
  await succeeded(deployed, { run_id: stopped });
  published = await lake.catalog.published();
}

beforeAll(async () => {
  emulator = await startMinistack();
  deployed = await deploy(emulator.endpoint, inject('trino'));
  lake = deployedLake(deployed);
  await publishThreeWeeks();
}, 1_800_000);

afterAll(async () => {
  await deployed?.stop();
  await emulator?.stop();
  rmSync(work, { recursive: true, force: true });
});

const of = (rows: readonly ResultRow[], column: string) => rows.map((row) => row[column]);

describe('A3: three weeks, executed by the deployed state machine', () => {
  it('are published, and each tells how much of the organization it read', () => {
    const read = published.snapshots.map((row) => [row.snapshot_date, row.accounts_planned, row.accounts_complete]);
    expect(read).toEqual([
      [first, 7, 4],
      [second, 7, 3],
      [third, 7, 4],
    ]);
    expect(JSON.parse(answered.output!)).toMatchObject({ subject: `rolecall: snapshot of ${first}` });
    expect(isWhole(published)).toBe(true);
  });

  it('A4: tell of each account that could not be read why', async () => {
    const coverage = await lake.rows('coverage', first, { resource: ['roles'] });
    const statuses = new Map(coverage.map(({ account_id, status }) => [account_id, status]));
    expect(statuses).toEqual(
      new Map([
        [hubAccount, 'ok'],
        [accountNamed('shop'), 'ok'],
        [accountNamed('bank'), 'ok'],
        [accountNamed('lab'), 'ok'],
        [accountNamed('web'), 'role_missing'],
        [accountNamed('ops'), 'role_missing'],
        [accountNamed('old'), 'account_inactive'],
      ]),
    );
  });

  it('C6: are what trends hold; who could not be read counts as last known', async () => {
    const functions = async (date: string) =>
      of(
        await lake.rows('trends', date, { metric: ['functions'], scope_kind: ['organization'] }),
        'value',
      )[0] as number;
    const start = await functions(first);
    expect([await functions(second), await functions(third)]).toEqual([start + 1, start + 1]);
  });

  it('that somebody stopped in its Map showed nothing to readers, and was published once when it was started again', async () => {
    expect(broken.execution.status).toBe('ABORTED');
    expect(broken.published.snapshots.map(({ snapshot_date }) => snapshot_date)).toEqual([first, second]);
    expect(await writtenBy(lake, stopped)).toEqual(
      [hubAccount, ...Object.values(deployed.organization.accounts)].sort(),
    );
    expect(published.snapshots[2]).toMatchObject({ run_id: stopped, previous_run_id: null });
  });
});

describe('A4: an account that could not be read for a week', () => {
  it('C4: is coverage, and no drift, neither when it fails nor when it is back; what others changed is', async () => {
    for (const date of [second, third]) {
      expect(await lake.rows('drift', date, { account_id: [accountNamed('bank')] }), date).toEqual([]);
    }
    const bank = { account_id: [accountNamed('bank')], resource: ['roles', 'functions'] };
    expect(new Set(of(await lake.rows('coverage', second, bank), 'status'))).toEqual(new Set(['role_missing']));
    const drift = await lake.rows('drift', second, { kind: ['function_added'] });
    expect(of(drift, 'subject')).toEqual([expect.stringMatching(/:function:refund$/)]);
  });

  it('C5: keeps its findings as they were: none is resolved, none opened again', async () => {
    const bank = { account_id: [accountNamed('bank')] };
    const [before, missing, back] = await Promise.all(weeks.map((date) => lake.rows('findings', date, bank)));
    expect(before!.length).toBeGreaterThan(0);
    for (const rows of [missing!, back!]) expect(of(rows, 'finding_id')).toEqual(of(before!, 'finding_id'));
    const lives = (rows: readonly ResultRow[]) =>
      new Set(rows.map((row) => [row.lifecycle, row.carried, row.first_seen, row.reopened_count].join(' ')));
    expect(lives(missing!)).toEqual(new Set([`open true ${first} 0`]));
    expect(lives(back!)).toEqual(new Set([`open false ${first} 0`]));
  });
});

describe('A3: a second run of a date', () => {
  let again: Published;
  const seen: Published[] = [];

  beforeAll(async () => {
    let ended = false;
    const running = succeeded(deployed, { date: second }).finally(() => {
      ended = true;
    });
    while (!ended) seen.push(await lake.catalog.published());
    await running;
    again = await lake.catalog.published();
  }, 1_200_000);

  it('stands in place of the first, and later dates are derived again', () => {
    const [one, two, three] = again.snapshots;
    expect(one).toEqual(published.snapshots[0]);
    expect(two).toMatchObject({ accounts_complete: 4, previous_run_id: published.snapshots[1]!.run_id });
    expect(three).toMatchObject({ run_id: stopped, derived_run_id: two!.run_id });
    expect(again.snapshots).toHaveLength(3);
  });

  it('C7: is seen by readers as it was or as it is, never as a mix', () => {
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.filter((state) => !isWhole(state))).toEqual([]);
    const states = new Set(seen.map(({ snapshots }) => JSON.stringify(snapshots)));
    expect(states).toContain(JSON.stringify(published.snapshots));
  });
});

describe('C5, C7: what the deployed lake holds', () => {
  it('is answered by Athena and DuckDB alike: every question, finding and metric', async () => {
    const both = await bothEngines(lake, join(work, 'answers'));
    await expectSameAnswers(both);
    await both.duckdb.close();
  });

  it('was derived week after week, by Athena, as DuckDB derives it from scratch', async () => {
    const folder = join(work, 'from_scratch');
    const both = await bothEngines(lake, folder);
    const own = folderLake(folder);
    const catalog = catalogFile(own);
    const newest = both.published.snapshots.at(-1)!;
    const { snapshots, entries } = both.published;
    await catalog.publish({ kind: 'staged', runId: 'copied', snapshotDate: third, snapshots, entries }, [], newest);
    const engine = duckdb(own);
    await deriveSince({ lake: own, catalog, engine }, first, () => undefined, new AbortController().signal);
    const scratch = await catalog.published();
    for (const table of allTables.filter(({ filling }) => filling === 'derived')) {
      for (const date of weeks) {
        const sql = rowsWhere(table, date, {});
        expectSameUnordered(await engine.query(sql, scratch), await lake.engine.query(sql, both.published));
      }
    }
    await engine.close();
    await both.duckdb.close();
  });
});
