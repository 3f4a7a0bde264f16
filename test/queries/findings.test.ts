import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry, Staged } from '../../lake/catalog.ts';
import type { Lake } from '../../lake/lake.ts';
import { readParquet } from '../../lake/parquet.ts';
import { inKeyOrder } from '../../lake/row_order.ts';
import { derivationsOfFindings } from '../../queries/derivations.ts';
import { duckdb } from '../../queries/duckdb.ts';
import { parseRule, type Rule } from '../../queries/question.ts';
import type { Suppression } from '../../queries/suppression.ts';
import { findings } from '../../tables/findings.ts';
import type { Row } from '../../tables/table.ts';
import { fixtureLake, type Given } from './fixture_lake.ts';

const ruleOf = (name: string, covers: string, arn: string, from: string) =>
  parseRule(
    `-- title: It's ${name}
-- answers: C5. A rule of this test.
-- severity: high
-- covers: ${covers}
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns: {account_id: varchar, region: varchar, resource_arn: varchar, discriminator: varchar, team: varchar, reason: varchar, permission_severity: double}
select account_id, region, ${arn} as resource_arn, cast(null as varchar) as discriminator, 'payments' as team,
  'Says so' as reason, 1e0 as permission_severity
from ${from} where snapshot_date = :snapshot`,
    `queries/findings/${name}.sql`,
  );

/** Judges each role, by what its functions are too. */
const admin = ruleOf('admin', '[roles, functions]', 'arn', 'roles');

interface Week {
  readonly coverage: readonly Row[];
  readonly roles?: readonly Row[];
  readonly functions?: readonly Row[];
  readonly accounts?: readonly Row[];
  readonly rules?: readonly Rule[];
  readonly suppressions?: readonly Suppression[];
}
type Weeks = Readonly<Record<string, Week>>;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rolecall-findings-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function givenBy(weeks: Weeks): Given {
  const dated = (table: 'coverage' | 'roles' | 'functions' | 'accounts') =>
    Object.entries(weeks).flatMap(([snapshot_date, week]) =>
      (week[table] ?? []).map((row) => ({ snapshot_date, ...row })),
    );
  const snapshots = Object.keys(weeks).map((snapshot_date) => ({ snapshot_date, run_id: snapshot_date }));
  return {
    coverage: dated('coverage'),
    roles: dated('roles'),
    functions: dated('functions'),
    accounts: dated('accounts'),
    snapshots,
  };
}

/** Derives the findings of each week in turn, each seeing the ones before, and gives the last week's. */
async function lastWeek(weeks: Weeks): Promise<readonly Row[]> {
  const { lake, contents } = await fixtureLake(givenBy(weeks), root);
  const engine = duckdb(lake);
  let entries = contents.entries.filter(({ table }) => table !== 'findings');
  for (const [date, { rules = [admin], suppressions = [] }] of Object.entries(weeks)) {
    const staged: Staged = { ...contents, entries, kind: 'staged', runId: 'run', snapshotDate: date };
    for (const { table, name, render } of derivationsOfFindings(rules, suppressions)) {
      const to = { table, date, folder: `runs/run/snapshot_date=${date}/findings/${name}` };
      entries = [...entries, ...(await engine.unload([{ name, sql: render(staged, date) }], staged, to))];
    }
  }
  await engine.close();
  return inKeyOrder(findings, await rowsOf(lake, entries, Object.keys(weeks).at(-1)!));
}

/** The findings of a date, whichever rule's file they are in. */
async function rowsOf(lake: Lake, entries: readonly Entry[], date: string): Promise<readonly Row[]> {
  const files = entries.filter((entry) => entry.table === 'findings' && entry.snapshot_date === date);
  return (await Promise.all(files.map(async ({ key }) => readParquet(findings, (await lake.get(key))!)))).flat();
}

/** The life of a finding in a line: first and last seen, and what became of it. */
function life({ lifecycle, carried, first_seen, last_seen, resolved_at, reopened_count }: Row): string {
  const ends = [resolved_at && `on ${resolved_at}`, carried && 'carried', reopened_count && `again ${reopened_count}`];
  return [lifecycle, `${first_seen}..${last_seen}`, ...ends.filter(Boolean)].join(' ');
}

const read = { account_id: '1', region: 'global', resource: 'roles', status: 'ok' };
const functionsIn = (region: string, status = 'ok') => ({ ...read, region, resource: 'functions', status });
const role = { account_id: '1', region: 'global', arn: 'role/a' };
const covered = [read, functionsIn('us-east-1'), functionsIn('eu-west-1')];

describe('C5 life of a finding', () => {
  test('seen for the first time: open, with score, factors and a stable id', async () => {
    const functions = ['confidential', 'internal', null, null, null].map((data_sensitivity, index) => ({
      account_id: '1',
      region: 'us-east-1',
      function_arn: `function/${index}`,
      role_arn: index === 4 ? null : 'role/a',
      is_public: index === 0,
      data_sensitivity,
    }));
    const rows = await lastWeek({
      '2025-12-29': { coverage: [], functions },
      '2026-01-05': { coverage: covered, roles: [role], functions },
    });
    expect(rows).toEqual([
      {
        account_id: '1',
        region: 'global',
        // printf 'admin\nrole/a\n' | sha256sum
        finding_id: '982f8791e3d998e28f08c9bb2f4aa6e28afeb88aeacfa7ab7543e15420f03615',
        rule_id: 'admin',
        severity: 'high',
        // 1 × (40 + 25 × 0.4 for four functions + 20 × 1 as one is public + 15 × 0.7 as one is confidential)
        score: 80.5,
        factors: '{"blast_radius":0.40,"data_sensitivity":0.70,"internet_exposure":1.00,"permission_severity":1.00}',
        resource_arn: 'role/a',
        team: 'payments',
        title: "It's admin",
        reason: 'Says so',
        lifecycle: 'open',
        carried: false,
        first_seen: '2026-01-05',
        last_seen: '2026-01-05',
        resolved_at: null,
        reopened_count: 0,
      },
    ]);
  });

  const open = { coverage: covered, roles: [role] };
  const gone = { coverage: covered };
  const unread = { coverage: [read, functionsIn('us-east-1'), functionsIn('eu-west-1', 'denied')] };
  const listed = { account_id: 'organization', region: 'global', resource: 'accounts', status: 'ok' };
  const left = { coverage: [listed], accounts: [{ account_id: '2' }] };
  const unlisted = { ...left, coverage: [{ ...listed, status: 'error' }] };
  const failed = { coverage: [listed], accounts: [{ account_id: '1' }] };
  const switchedOff = { coverage: [read, functionsIn('us-east-1'), functionsIn('eu-west-1', 'region_disabled')] };

  test.each<[string, readonly Week[], readonly string[]]>([
    ['seen again', [open, open], ['open 2026-01-01..2026-02-01']],
    ['gone', [open, gone], ['resolved 2026-01-01..2026-01-01 on 2026-02-01']],
    ['gone for two months', [open, gone, gone], ['resolved 2026-01-01..2026-01-01 on 2026-02-01']],
    ['back again', [open, gone, open], ['open 2026-01-01..2026-03-01 again 1']],
    ['back again and seen once more', [open, gone, open, open], ['open 2026-01-01..2026-04-01 again 1']],
    ['not looked at in one region', [open, unread], ['open 2026-01-01..2026-01-01 carried']],
    ['not looked at in the whole account', [open, { coverage: [] }], ['open 2026-01-01..2026-01-01 carried']],
    ['in an account that left the organization', [open, left], ['resolved 2026-01-01..2026-01-01 on 2026-02-01']],
    ['in an account that nobody listed', [open, unlisted], ['open 2026-01-01..2026-01-01 carried']],
    ['in an account that is listed but was not read', [open, failed], ['open 2026-01-01..2026-01-01 carried']],
    ['not looked at, then gone', [open, unread, gone], ['resolved 2026-01-01..2026-01-01 on 2026-03-01']],
    ['resolved, then not looked at', [open, gone, unread], ['resolved 2026-01-01..2026-01-01 on 2026-02-01']],
    ['gone while a region is off', [open, switchedOff], ['resolved 2026-01-01..2026-01-01 on 2026-02-01']],
    ['seen, but what the rule needs was not read to the end', [{ ...unread, roles: [role] }], []],
    [
      'said twice by its rule',
      [{ ...open, roles: [role, { ...role, name: 'again' }] }],
      ['open 2026-01-01..2026-01-01'],
    ],
  ])('%s', async (_, months, expected) => {
    const weeks = months.map((month, index) => [`2026-0${index + 1}-01`, month] as const);
    expect((await lastWeek(Object.fromEntries(weeks))).map(life)).toEqual(expected);
  });

  const suppressed = (expires: string) => ({
    suppressions: [{ rule_id: 'admin', resource_arn: 'role/*', reason: 'Known', owner: 'platform', expires }],
  });
  const letBe = suppressed('2026-12-31');

  test.each<[string, readonly Week[], readonly string[]]>([
    ['from the start', [{ ...open, ...letBe }], ['suppressed 2026-01-01..2026-01-01']],
    ['after it was open', [open, { ...open, ...letBe }], ['suppressed 2026-01-01..2026-02-01']],
    ['no longer', [{ ...open, ...letBe }, open], ['open 2026-01-01..2026-02-01']],
    [
      'until it expires',
      [
        { ...open, ...suppressed('2026-01-31') },
        { ...open, ...suppressed('2026-01-31') },
      ],
      ['open 2026-01-01..2026-02-01'],
    ],
    [
      'and gone',
      [
        { ...open, ...letBe },
        { ...gone, ...letBe },
      ],
      ['resolved 2026-01-01..2026-01-01 on 2026-02-01'],
    ],
    ['and back again', [open, gone, { ...open, ...letBe }], ['suppressed 2026-01-01..2026-03-01 again 1']],
    ['while nobody can look', [open, { ...unread, ...letBe }], ['suppressed 2026-01-01..2026-01-01 carried']],
    ['no longer, while nobody can look', [{ ...open, ...letBe }, unread], ['open 2026-01-01..2026-01-01 carried']],
  ])('suppressed %s', async (_, months, expected) => {
    const weeks = months.map((month, index) => [`2026-0${index + 1}-01`, month] as const);
    expect((await lastWeek(Object.fromEntries(weeks))).map(life)).toEqual(expected);
  });

  test('resolved 13 months ago it stays, longer ago it is forgotten', async () => {
    const until = (date: string) => lastWeek({ '2025-01-31': open, '2025-02-28': gone, [date]: gone });
    expect(await until('2026-03-28')).toHaveLength(1);
    expect(await until('2026-03-29')).toHaveLength(0);
  });

  test('among many, each rule, account and region is judged by what was read for it', async () => {
    const named = ruleOf('named', '[roles]', 'arn', 'roles');
    const open = ruleOf('open', '[functions]', 'function_arn', 'functions');
    const retired = ruleOf('retired', '[roles]', "'old/' || arn", 'roles');
    const functionOf = (account_id: string, region: string, function_arn: string) => ({
      account_id,
      region,
      function_arn,
    });
    const everywhere = ['1', '2', '3'].flatMap((account_id) => covered.map((row) => ({ ...row, account_id })));
    const denied = (row: Row, account: string, region: string) =>
      row.account_id === account && row.region === region ? { ...row, status: 'denied' } : row;
    const rows = await lastWeek({
      '2026-01-05': {
        rules: [admin, named, open, retired],
        coverage: everywhere,
        roles: [role, { ...role, arn: 'role/b' }, { ...role, account_id: '2', arn: 'role/c' }],
        functions: [
          functionOf('1', 'us-east-1', 'function/gone'),
          functionOf('1', 'us-east-1', 'function/here'),
          functionOf('1', 'eu-west-1', 'function/unread'),
          functionOf('2', 'us-east-1', 'function/other'),
        ],
      },
      '2026-01-12': {
        rules: [admin, named, open],
        coverage: everywhere
          .map((row) => denied(row, '1', 'eu-west-1'))
          .map((row) => denied(row, '2', 'global'))
          .map((row) => denied(row, '3', 'us-east-1')),
        roles: [role],
        functions: [functionOf('1', 'us-east-1', 'function/here'), functionOf('2', 'us-east-1', 'function/other')],
      },
    });
    expect(rows.map((row) => `${row.account_id} ${row.rule_id} ${row.resource_arn}: ${life(row)}`)).toEqual([
      '1 admin role/a: open 2026-01-05..2026-01-05 carried',
      '1 admin role/b: open 2026-01-05..2026-01-05 carried',
      '1 named role/a: open 2026-01-05..2026-01-12',
      '1 named role/b: resolved 2026-01-05..2026-01-05 on 2026-01-12',
      '1 open function/gone: resolved 2026-01-05..2026-01-05 on 2026-01-12',
      '1 open function/here: open 2026-01-05..2026-01-12',
      '1 open function/unread: open 2026-01-05..2026-01-05 carried',
      '1 retired old/role/a: resolved 2026-01-05..2026-01-05 on 2026-01-12',
      '1 retired old/role/b: resolved 2026-01-05..2026-01-05 on 2026-01-12',
      '2 admin role/c: open 2026-01-05..2026-01-05 carried',
      '2 named role/c: open 2026-01-05..2026-01-05 carried',
      '2 open function/other: open 2026-01-05..2026-01-12',
      '2 retired old/role/c: resolved 2026-01-05..2026-01-05 on 2026-01-12',
    ]);
  });
});
