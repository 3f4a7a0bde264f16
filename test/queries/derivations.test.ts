import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Staged } from '../../lake/catalog.ts';
import { readParquet } from '../../lake/parquet.ts';
import { derivations } from '../../queries/derivations.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Row } from '../../tables/table.ts';
import { fixtureLake, type Given } from './fixture_lake.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rolecall-derivations-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What a derivation of the given tables answers for a date. */
async function derived(name: string, given: Given, date: string): Promise<readonly Row[]> {
  const { lake, contents } = await fixtureLake(given, root);
  const engine = duckdb(lake);
  const staged: Staged = { ...contents, kind: 'staged', runId: 'run', snapshotDate: date };
  const { table, render } = derivations().find((derivation) => derivation.table.name === name)!;
  const [entry] = await engine.unload(render(staged, date), staged, { table, date, folder: `runs/run/${name}` });
  await engine.close();
  return readParquet(table, (await lake.get(entry!.key))!);
}

describe('C1 C2 shared roles', () => {
  const date = { snapshot_date: '2026-01-05', account_id: '1' };
  const functionOf = (name: string, region: string, role_arn: string) => ({
    ...date,
    region,
    role_arn,
    function_arn: name,
    function_name: name,
  });
  const attached = (principal_arn: string) => ({ ...date, principal_arn, policy_id: 'policy/p', kind: 'managed' });

  test('a role of several functions, and roles with the same permissions whether used or not', async () => {
    const rows = await derived(
      'shared_roles',
      {
        roles: [
          { ...date, arn: 'role/a', is_admin: true },
          { ...date, account_id: '2', arn: 'role/b', is_admin: true },
          { ...date, arn: 'role/one', is_admin: false },
          { ...date, snapshot_date: '2026-01-12', arn: 'role/a', is_admin: false },
        ],
        policies: [{ ...date, policy_id: 'policy/p', is_default: true, document_sha256: 'x' }],
        policy_attachments: [attached('role/a'), attached('role/b')],
        functions: [
          functionOf('pay-in', 'us-east-1', 'role/a'),
          functionOf('mail-out', 'eu-west-1', 'role/a'),
          functionOf('alone', 'eu-west-1', 'role/one'),
        ],
      },
      '2026-01-05',
    );
    const clones = rows.filter((row) => row.cluster_kind === 'cloned_role');
    expect(new Set(clones.map((row) => row.cluster_id)).size).toBe(1);
    expect(rows.map(({ cluster_id, ...row }) => Object.values(row))).toEqual([
      ['1', 'cloned_role', 'role/a', 2, 2, 2, true],
      ['1', 'same_role', 'role/a', 2, 2, 2, true],
      ['2', 'cloned_role', 'role/b', 0, 0, 0, true],
    ]);
  });
});

describe('C4 drift', () => {
  const covered = { account_id: '1', region: 'global', resource: 'roles', status: 'ok' };
  const on = (snapshot_date: string, role_id: string) => ({
    coverage: { snapshot_date, ...covered },
    roles: { snapshot_date, account_id: '1', region: 'global', arn: 'role/a', role_id },
  });
  const weeks = [on('2026-01-05', 'AROA1'), on('2026-01-12', 'AROA2'), on('2026-01-19', 'AROA3')];
  const given = { coverage: weeks.map((week) => week.coverage), roles: weeks.map((week) => week.roles) };

  test('is what changed since the snapshot before, whatever came later', async () => {
    expect(await derived('drift', given, '2026-01-12')).toEqual([
      {
        account_id: '1',
        region: 'global',
        from_snapshot: '2026-01-05',
        kind: 'role_recreated',
        subject: 'role/a',
        before: 'AROA1',
        after: 'AROA2',
        direction: null,
      },
    ]);
  });

  test('is empty for the first snapshot, which has none before', async () => {
    expect(await derived('drift', given, '2026-01-05')).toEqual([]);
  });
});
