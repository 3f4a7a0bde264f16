import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Staged } from '../../lake/catalog.ts';
import { readParquet } from '../../lake/parquet.ts';
import { derivationOfTrends } from '../../queries/derivations.ts';
import { duckdb } from '../../queries/duckdb.ts';
import { parseMetric } from '../../queries/question.ts';
import { trends } from '../../tables/trends.ts';
import { fixtureLake, type Given } from './fixture_lake.ts';

const metricOf = (name: string, unit: string, denominator: string, covers = '[roles, functions]') =>
  parseMetric(
    `-- title: Metric of this test
-- answers: C6
-- unit: ${unit}
-- covers: ${covers}
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns: {account_id: varchar, team: varchar, numerator: double, denominator: double}
select account_id, owner_team as team, cast(sum(case when is_admin then 1 else 0 end) as double) as numerator,
  ${denominator} as denominator
from roles where snapshot_date = :snapshot group by account_id, owner_team`,
    `queries/trends/${name}.sql`,
  );

const admins = metricOf('admins', 'count', 'cast(null as double)');
const share = metricOf('share', 'percent', 'cast(count(*) as double)');
const average = metricOf('average', 'average', 'cast(count(*) as double)');

const monday = '2026-01-05';
const account = (snapshot_date: string, account_id: string, ou_path: string | null, state = 'ACTIVE') => ({
  snapshot_date,
  account_id,
  ou_path,
  state,
});
const read = (snapshot_date: string, account_id: string, status = 'ok') =>
  [['global', 'roles'] as const, ['us-east-1', 'functions'] as const].map(([region, resource]) => ({
    snapshot_date,
    account_id,
    region,
    resource,
    status,
  }));
const role = (snapshot_date: string, account_id: string, owner_team: string | null, is_admin: boolean) => ({
  snapshot_date,
  account_id,
  owner_team,
  is_admin,
  arn: `${account_id}/${owner_team}/${is_admin}`,
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rolecall-trends-'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Values = Readonly<Record<string, unknown>>;

/** Value by metric, kind of scope and scope. */
async function valuesOf(given: Given, date: string, metrics = [admins]): Promise<Values> {
  const { lake, contents } = await fixtureLake(given, root);
  const engine = duckdb(lake);
  const staged: Staged = { ...contents, kind: 'staged', runId: 'run', snapshotDate: date };
  const { table, name, render } = derivationOfTrends(metrics);
  const to = { table, date, folder: `runs/run/trends/${name}` };
  const [entry] = await engine.unload([{ name, sql: render(staged, date) }], staged, to);
  const rows = await readParquet(trends, (await lake.get(entry!.key))!);
  await engine.close();
  return Object.fromEntries(rows.map((row) => [`${row.metric} ${row.scope_kind} ${row.scope}`, row.value]));
}

describe('C6 trends', () => {
  test('of a count, a percentage and an average, for organization, units, accounts and teams', async () => {
    const given = {
      accounts: [account(monday, '1', 'Root/a'), account(monday, '2', 'Root/a'), account(monday, '3', null)],
      coverage: [...read(monday, '1'), ...read(monday, '2'), ...read(monday, '3')],
      roles: [
        role(monday, '1', 'x', true),
        role(monday, '1', 'y', false),
        role(monday, '2', 'x', false),
        role(monday, '2', null, true),
      ],
    };
    expect(await valuesOf(given, monday, [admins, share, average])).toEqual({
      'admins organization organization': 2,
      'admins ou Root/a': 2,
      'admins account 1': 1,
      'admins account 2': 1,
      'admins account 3': 0,
      'admins team x': 1,
      'admins team y': 0,
      'admins team unowned': 1,
      'share organization organization': 50,
      'share ou Root/a': 50,
      'share account 1': 50,
      'share account 2': 50,
      'share account 3': null,
      'share team x': 50,
      'share team y': 0,
      'share team unowned': 100,
      'average organization organization': 0.5,
      'average ou Root/a': 0.5,
      'average account 1': 0.5,
      'average account 2': 0.5,
      'average account 3': null,
      'average team x': 0.5,
      'average team y': 0,
      'average team unowned': 1,
    });
  });

  const next = '2026-01-12';
  const known = (scope: string, metric: string, snapshot_date: string, value: number | null) => ({
    snapshot_date,
    scope_kind: 'account',
    scope,
    metric,
    value,
  });
  const snapshots = ['2025-12-22', '2025-12-29', monday, next, '2026-01-19'].map((snapshot_date) => ({
    snapshot_date,
    run_id: snapshot_date,
  }));
  const history = [
    known('2', 'admins', '2025-12-22', 9),
    known('2', 'admins', '2025-12-29', 5),
    known('2', 'admins', monday, null),
    known('2', 'admins', '2026-01-19', 7),
    known('2', 'share', monday, 70),
    known('1', 'admins', monday, 40),
    { ...known('2', 'admins', monday, 100), scope_kind: 'team' },
  ];

  test.each([
    ['not read: nothing is known of it, and the whole counts it as it last was', 'ACTIVE', 'denied', [null, 6, 6, 1]],
    ['no longer active: nobody counts it', 'SUSPENDED', 'denied', [null, 1, 1, 1]],
    ['read, with a region that is off', 'ACTIVE', 'region_disabled', [1, 2, 2, 2]],
  ])('an account %s', async (_, state, status, [own, organization, unit, team]) => {
    const given = {
      snapshots,
      accounts: [account(next, '1', 'Root'), account(next, '2', 'Root', state), account(monday, '9', 'Root')],
      coverage: [
        ...read(next, '1'),
        ...read(next, '2'),
        ...read(monday, '1', 'error'),
        { ...read(next, '2', status)[1]!, region: 'eu-west-1' },
      ],
      roles: [role(next, '1', 'x', true), role(next, '2', 'x', true)],
      trends: history,
    };
    expect(await valuesOf(given, next)).toEqual({
      'admins organization organization': organization,
      'admins ou Root': unit,
      'admins account 1': 1,
      'admins account 2': own,
      'admins team x': team,
    });
  });

  test('an account that was not even asked is not read', async () => {
    const given = { accounts: [account(monday, '1', null)], roles: [role(monday, '1', null, true)] };
    expect(await valuesOf(given, monday)).toEqual({
      'admins organization organization': null,
      'admins account 1': null,
    });
  });

  test('a metric is judged by what itself needs', async () => {
    const listed = metricOf('listed', 'count', 'cast(null as double)', '[roles]');
    const given = {
      accounts: [account(monday, '1', null)],
      coverage: [read(monday, '1')[0]!, read(monday, '1', 'denied')[1]!],
      roles: [role(monday, '1', 'x', true)],
    };
    expect(await valuesOf(given, monday, [admins, listed])).toEqual({
      'admins organization organization': null,
      'admins account 1': null,
      'listed organization organization': 1,
      'listed account 1': 1,
      'listed team x': 1,
    });
  });

  test('percentages and averages leave out what was not read', async () => {
    const given = {
      accounts: [account(monday, '1', null), account(monday, '2', null)],
      coverage: [...read(monday, '1'), ...read(monday, '2', 'error')],
      roles: [role(monday, '1', null, true), role(monday, '1', 'x', false), role(monday, '2', null, true)],
    };
    expect(await valuesOf(given, monday, [share, average])).toMatchObject({
      'share organization organization': 50,
      'average organization organization': 0.5,
    });
  });
});
