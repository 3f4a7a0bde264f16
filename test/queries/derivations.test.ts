import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Staged } from '../../lake/catalog.ts';
import { readParquet } from '../../lake/parquet.ts';
import { renderFindings } from '../../queries/derivations.ts';
import { duckdb } from '../../queries/duckdb.ts';
import { parseRule } from '../../queries/question.ts';
import { findings } from '../../tables/findings.ts';
import type { Row } from '../../tables/table.ts';
import { fixtureLake, type Given } from './fixture_lake.ts';

const rule = parseRule(
  `-- title: Role is an admin
-- answers: C5. A rule for this test: roles that are admin, once per policy that makes them so.
-- severity: high
-- covers: [roles, functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns: {account_id: varchar, region: varchar, resource_arn: varchar, discriminator: varchar, team: varchar, reason: varchar, data_sensitivity: double, internet_exposure: double, blast_radius: double, permission_severity: double}
select account_id, region, arn as resource_arn, cast(null as varchar) as discriminator, owner_team as team,
  'It''s an admin' as reason, 0e0 as data_sensitivity, cast(null as double) as internet_exposure, 0.5e0 as blast_radius, 1e0 as permission_severity
from roles where snapshot_date = :snapshot and is_admin`,
  'queries/findings/admin.sql',
);

const read = { account_id: '1', region: 'global', resource: 'roles', status: 'ok' };
const functionsIn = (region: string, status = 'ok') => ({ ...read, region, resource: 'functions', status });
const admin = { account_id: '1', region: 'global', arn: 'role/a', owner_team: 'payments', is_admin: true };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rolecall-derivations-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Derives the findings of each week in turn, each seeing the ones before, and gives the last week's. */
async function lastWeek(
  weeks: Readonly<Record<string, { coverage: readonly Row[]; roles: readonly Row[] }>>,
): Promise<readonly Row[]> {
  const dated = (table: 'coverage' | 'roles') =>
    Object.entries(weeks).flatMap(([snapshot_date, week]) => week[table].map((row) => ({ snapshot_date, ...row })));
  const snapshots = Object.keys(weeks).map((snapshot_date) => ({ snapshot_date, run_id: snapshot_date }));
  const given: Given = { coverage: dated('coverage'), roles: dated('roles'), snapshots };
  const { lake, contents } = await fixtureLake(given, root);
  const engine = duckdb(lake);
  let entries = contents.entries.filter(({ table }) => table !== 'findings');
  let key = '';
  for (const date of Object.keys(weeks)) {
    const staged: Staged = { ...contents, entries, kind: 'staged', runId: 'run', snapshotDate: date };
    const to = { table: findings, date, folder: `runs/run/snapshot_date=${date}/findings/rules` };
    const added = await engine.unload(renderFindings([rule], staged, date), staged, to);
    entries = [...entries, ...added];
    key = added[0]!.key;
  }
  await engine.close();
  return readParquet(findings, (await lake.get(key))!);
}

const covered = [read, functionsIn('us-east-1'), functionsIn('eu-west-1')];

describe('C5 life of a finding', () => {
  test('seen for the first time: open, with score, factors and a stable id', async () => {
    const rows = await lastWeek({ '2026-01-05': { coverage: covered, roles: [admin] } });
    expect(rows).toEqual([
      {
        account_id: '1',
        region: 'global',
        // printf 'admin\nrole/a\n' | sha256sum
        finding_id: '982f8791e3d998e28f08c9bb2f4aa6e28afeb88aeacfa7ab7543e15420f03615',
        rule_id: 'admin',
        severity: 'high',
        score: 52.5,
        factors: '{"blast_radius":0.50,"data_sensitivity":0.00,"internet_exposure":0.00,"permission_severity":1.00}',
        resource_arn: 'role/a',
        team: 'payments',
        title: 'Role is an admin',
        reason: "It's an admin",
        lifecycle: 'open',
        carried: false,
        first_seen: '2026-01-05',
        last_seen: '2026-01-05',
        resolved_at: null,
        reopened_count: 0,
      },
    ]);
  });

  const open = { coverage: covered, roles: [admin] };
  const gone = { coverage: covered, roles: [] };
  const unread = { coverage: [read, functionsIn('us-east-1'), functionsIn('eu-west-1', 'denied')], roles: [] };
  const switchedOff = {
    coverage: [read, functionsIn('us-east-1'), functionsIn('eu-west-1', 'region_disabled')],
    roles: [],
  };

  test.each([
    [
      'seen again',
      [open, open],
      [
        {
          lifecycle: 'open',
          carried: false,
          first_seen: '2026-01-01',
          last_seen: '2026-02-01',
          resolved_at: null,
          reopened_count: 0,
        },
      ],
    ],
    [
      'gone',
      [open, gone],
      [
        {
          lifecycle: 'resolved',
          carried: false,
          first_seen: '2026-01-01',
          last_seen: '2026-01-01',
          resolved_at: '2026-02-01',
          reopened_count: 0,
        },
      ],
    ],
    [
      'gone for two months',
      [open, gone, gone],
      [
        {
          lifecycle: 'resolved',
          carried: false,
          first_seen: '2026-01-01',
          last_seen: '2026-01-01',
          resolved_at: '2026-02-01',
          reopened_count: 0,
        },
      ],
    ],
    [
      'back again',
      [open, gone, open],
      [
        {
          lifecycle: 'open',
          carried: false,
          first_seen: '2026-01-01',
          last_seen: '2026-03-01',
          resolved_at: null,
          reopened_count: 1,
        },
      ],
    ],
    [
      'not looked at in one region',
      [open, unread],
      [
        {
          lifecycle: 'open',
          carried: true,
          first_seen: '2026-01-01',
          last_seen: '2026-01-01',
          resolved_at: null,
          reopened_count: 0,
        },
      ],
    ],
    [
      'not looked at in the whole account',
      [open, { coverage: [], roles: [] }],
      [
        {
          lifecycle: 'open',
          carried: true,
          first_seen: '2026-01-01',
          last_seen: '2026-01-01',
          resolved_at: null,
          reopened_count: 0,
        },
      ],
    ],
    [
      'not looked at, then gone',
      [open, unread, gone],
      [
        {
          lifecycle: 'resolved',
          carried: false,
          first_seen: '2026-01-01',
          last_seen: '2026-01-01',
          resolved_at: '2026-03-01',
          reopened_count: 0,
        },
      ],
    ],
    [
      'resolved and then not looked at',
      [open, gone, unread],
      [
        {
          lifecycle: 'resolved',
          carried: false,
          first_seen: '2026-01-01',
          last_seen: '2026-01-01',
          resolved_at: '2026-02-01',
          reopened_count: 0,
        },
      ],
    ],
    [
      'gone while a region is switched off',
      [open, switchedOff],
      [
        {
          lifecycle: 'resolved',
          carried: false,
          first_seen: '2026-01-01',
          last_seen: '2026-01-01',
          resolved_at: '2026-02-01',
          reopened_count: 0,
        },
      ],
    ],
    ['seen, but what the rule needs was not read to the end', [{ ...unread, roles: [admin] }], []],
  ] as const)('%s', async (_, months, expected) => {
    const weeks = months.map((month, index) => [`2026-0${index + 1}-01`, month] as const);
    const rows = await lastWeek(Object.fromEntries(weeks));
    const life = rows.map(({ lifecycle, carried, first_seen, last_seen, resolved_at, reopened_count }) => ({
      lifecycle,
      carried,
      first_seen,
      last_seen,
      resolved_at,
      reopened_count,
    }));
    expect(life).toEqual(expected);
  });

  test('resolved 13 months ago it stays, longer ago it is forgotten', async () => {
    const until = (date: string) => lastWeek({ '2025-01-31': open, '2025-02-28': gone, [date]: gone });
    expect(await until('2026-03-28')).toHaveLength(1);
    expect(await until('2026-03-29')).toHaveLength(0);
  });

  test('a rule that says the same twice makes one finding', async () => {
    const rows = await lastWeek({ '2026-01-05': { coverage: covered, roles: [admin, { ...admin, name: 'again' }] } });
    expect(rows).toHaveLength(1);
  });
});
