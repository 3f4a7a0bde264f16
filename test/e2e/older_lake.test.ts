import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import { folderLake } from '../../lake/folder.ts';
import { packageRoot } from '../../package_root.ts';
import { deriveSince } from '../../pipeline/derive.ts';
import type { Engine, ResultRow } from '../../queries/engine.ts';
import type { Sql } from '../../queries/sql.ts';
import { allTables } from '../../tables/all.generated.ts';
import { temporaryFolder } from '../lake/temporary_folder.ts';
import { writeOrganization } from '../pipeline/exports.ts';
import { edgesOf, rowsOf, take } from '../pipeline/snapshots.ts';

const older = '2025-12-29';
const today = '2026-01-05';

/** A copy of the lake, and the organization a week later: one role gone, one new. */
function copied() {
  const root = temporaryFolder();
  cpSync(join(packageRoot, 'test/fixtures/lakes/before_public'), join(root, 'lake'), { recursive: true });
  writeOrganization(join(root, 'exports'), [
    {
      id: '111111111111',
      roles: ['billing', 'new'],
      functions: { invoice: 'billing' },
      adminAsOf: '2024-01-01T00:00:00Z',
    },
    { id: '222222222222', roles: ['report'], functions: { weekly: 'report' } },
  ]);
  return edgesOf(folderLake(join(root, 'lake')), exportFolder(join(root, 'exports')));
}

async function ask(
  { catalog, engine }: { catalog: ReturnType<typeof copied>['catalog']; engine: Engine },
  sql: string,
) {
  return (await engine.query(sql as Sql, await catalog.published())).rows as readonly ResultRow[];
}

describe('A lake that an older rolecall wrote', () => {
  it('takes the next snapshot, which compares itself with the old one', async () => {
    const edges = copied();
    const { row } = await take(edges, today);
    const published = await edges.catalog.published();
    expect(published.snapshots.map(({ snapshot_date }) => snapshot_date)).toEqual([older, today]);
    expect(published.snapshots[1]).toEqual(row);
    const drift = await rowsOf(edges.lake, published, 'drift', today);
    const subjects = drift.map(({ from_snapshot, kind, subject }) => `${from_snapshot} ${kind} ${subject}`);
    expect(subjects).toContain(`${older} role_added arn:aws:iam::111111111111:role/new`);
  });

  it('shows NULL where it has no column, and no row of a table that it does not have', async () => {
    const edges = copied();
    await take(edges, today);
    const counts = `snapshot_date, count(*) as roles, count(is_admin) as judged from roles group by snapshot_date`;
    expect(await ask(edges, `select ${counts} order by snapshot_date`)).toEqual([
      { snapshot_date: older, roles: 3, judged: 0 },
      { snapshot_date: today, roles: 3, judged: 3 },
    ]);
    const clusters = `select count(*) as n from shared_roles where snapshot_date = '${older}'`;
    expect(await ask(edges, clusters)).toEqual([{ n: 0 }]);
  });

  it('is given all derived tables when it is derived again', async () => {
    const edges = copied();
    await deriveSince(edges, older, () => undefined, new AbortController().signal);
    const { entries } = await edges.catalog.published();
    const tables = new Set(entries.map(({ table }) => table));
    const derived = allTables.filter(({ filling }) => filling === 'derived').map(({ name }) => name);
    expect([...tables]).toEqual(expect.arrayContaining(derived));
  });
});
