import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import type { Source } from '../../collectors/source.ts';
import { NothingReadError, UsageError } from '../../errors.ts';
import type { Published, SnapshotRow } from '../../lake/catalog.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import type { Lake } from '../../lake/lake.ts';
import { allTables } from '../../tables/all.generated.ts';
import { folderOfHook, temporaryFolder } from '../lake/temporary_folder.ts';
import { type SmallAccount, writeOrganization } from './exports.ts';
import {
  copyOf,
  edgesOf,
  filesOf,
  keysIn,
  newLake,
  publishAll,
  rowsOf,
  sourceOf,
  take,
  takeUntil,
  weeks,
} from './snapshots.ts';

const organization: readonly SmallAccount[] = [
  { id: '111111111111', roles: ['shared'], functions: { a: 'shared', b: 'shared' }, adminAsOf: '2024-01-01T00:00:00Z' },
  { id: '222222222222', roles: ['one', 'two'], functions: { a: 'one' }, adminAsOf: '2025-01-01T00:00:00Z' },
  { id: '333333333333', roles: [] },
];

/** The source, except that opening one account breaks. */
const breaking = (source: Source, accountId: string): Source => ({
  plan: (scope, signal) => source.plan(scope, signal),
  open(account, signal) {
    if (account.account_id === accountId) throw new TypeError('Cannot read "SECRET=hunter2" of undefined');
    return source.open(account, signal);
  },
});

let lake: Lake;
let published: Published;
let row: SnapshotRow;

beforeAll(async () => {
  const { folder, remove } = folderOfHook();
  lake = await publishAll(folder, [[weeks[0], organization]]);
  published = await catalogFile(lake).published();
  row = published.snapshots[0]!;
  return remove;
});

describe('A7: a snapshot of an export folder', () => {
  it('is published with a row of counts', async () => {
    expect(published.snapshots).toHaveLength(1);
    expect(row).toMatchObject({
      snapshot_date: weeks[0],
      accounts_planned: 3,
      accounts_complete: 3,
      previous_run_id: null,
    });
    expect(JSON.parse(row.row_counts)).toMatchObject({
      accounts: 3,
      roles: 3,
      functions: 3,
      policies: 1,
      statements: 1,
    });
  });

  it('C7: has a file of every table, in one folder of the run, and sorted rows', async () => {
    const tables = new Set(published.entries.map(({ table }) => table));
    expect([...tables].sort()).toEqual(allTables.map(({ name }) => name).sort());
    for (const { key, table } of published.entries) {
      expect(key.startsWith(`runs/${row.run_id}/snapshot_date=${weeks[0]}/${table}/`)).toBe(true);
    }
    const roles = await rowsOf(lake, published, 'roles', weeks[0]);
    expect(roles.map(({ name }) => name)).toEqual(['shared', 'one', 'two']);
  });

  it('is the same byte for byte when the input is the same, and tells how it goes', async () => {
    const edges = edgesOf(newLake(), sourceOf(organization));
    const { row: again, events } = await take(edges, weeks[0]);
    expect(await filesOf(edges.lake, await edges.catalog.published())).toEqual(await filesOf(lake, published));
    expect(events[0]).toEqual({ kind: 'planned', accounts: 3, regions: ['eu-west-1'] });
    const accounts = events.filter((event) => event.kind === 'account_done');
    expect(accounts.map(({ account_id, done, total }) => `${account_id} ${done}/${total}`)).toEqual([
      '111111111111 1/3',
      '222222222222 2/3',
      '333333333333 3/3',
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['staged', 'derived']));
    expect(events.at(-1)).toEqual({ kind: 'published', row: again });
  });

  it('A1: holds a policy of AWS once, as the account saw it that saw it newest', async () => {
    const policies = await rowsOf(lake, published, 'policies', weeks[0]);
    expect(policies).toMatchObject([{ account_id: 'aws', updated_at: new Date('2025-01-01T00:00:00Z') }]);
  });

  it('has files that hold many accounts', async () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ id: String(100_000_000_000 + i), roles: ['only'] }));
    const edges = edgesOf(newLake(), sourceOf(many));
    const { row } = await take(edges, weeks[0]);
    const published = await edges.catalog.published();
    expect(row.accounts_complete).toBe(120);
    expect(published.entries.filter(({ table }) => table === 'roles').map(({ rows }) => rows)).toEqual([50, 50, 20]);
    const roles = await rowsOf(edges.lake, published, 'roles', weeks[0]);
    expect(roles.map(({ account_id }) => account_id)).toEqual(many.map(({ id }) => id));
  });
});

describe('A4: what could not be read is coverage', () => {
  it('of an account whose file is cut in half, while the others are published', async () => {
    const folder = writeOrganization(join(temporaryFolder(), 'exports'), organization);
    writeFileSync(join(folder, '222222222222', 'authorization-details.json'), '{"RoleDetailList": [{"Arn":');
    const edges = edgesOf(newLake(), exportFolder(folder));
    const { row, events } = await take(edges, weeks[0]);
    expect(row).toMatchObject({ accounts_planned: 3, accounts_complete: 2 });
    const [told] = events.filter((event) => event.kind === 'account_done' && event.account_id === '222222222222');
    const failed = { account_id: '222222222222', resource: 'roles', status: 'error', rows: 0 };
    expect(told).toMatchObject({ coverage: expect.arrayContaining([expect.objectContaining(failed)]) });
    const coverage = await rowsOf(edges.lake, await edges.catalog.published(), 'coverage', weeks[0]);
    expect(coverage).toContainEqual(expect.objectContaining(failed));
  });

  it('A7: of the organization itself, which the run says with the file', async () => {
    const folder = writeOrganization(join(temporaryFolder(), 'exports'), organization);
    writeFileSync(join(folder, 'organization.json'), '{"Accounts": [{"Id":');
    const { row, events } = await take(edgesOf(newLake(), exportFolder(folder)), weeks[0]);
    expect(row.accounts_planned).toBe(3);
    const said = events.flatMap((event) => (event.kind === 'warning' ? event.message : []));
    expect(said).toEqual([expect.stringMatching(/^organization accounts error: organization\.json is cut off/)]);
  });

  it('of an account that breaks the collector, while the others are published', async () => {
    const edges = edgesOf(newLake(), breaking(sourceOf(organization), '222222222222'));
    const { row } = await take(edges, weeks[0]);
    expect(row).toMatchObject({ accounts_planned: 3, accounts_complete: 2 });
    const published = await edges.catalog.published();
    const coverage = await rowsOf(edges.lake, published, 'coverage', weeks[0]);
    const broken = coverage.filter(({ account_id }) => account_id === '222222222222');
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.every(({ status }) => status === 'error')).toBe(true);
    expect(JSON.stringify(broken)).not.toContain('hunter2');
    const roles = await rowsOf(edges.lake, published, 'roles', weeks[0]);
    expect(roles.map(({ account_id }) => account_id)).not.toContain('222222222222');
  });

  it('publishes nothing when nothing could be read of any account', async () => {
    const folder = writeOrganization(join(temporaryFolder(), 'exports'), organization);
    for (const { id } of organization) rmSync(join(folder, id), { recursive: true });
    const edges = edgesOf(newLake(), exportFolder(folder));
    await expect(take(edges, weeks[0])).rejects.toThrow(NothingReadError);
    expect(await keysIn(edges.lake)).toEqual([]);
  });

  it('publishes nothing when there is no account', async () => {
    const edges = edgesOf(newLake(), sourceOf([]));
    await expect(take(edges, weeks[0])).rejects.toThrow(NothingReadError);
    expect(await keysIn(edges.lake)).toEqual([]);
  });
});

describe('A4: text that is half a character', () => {
  it('costs no row, wherever it stands', async () => {
    const folder = writeOrganization(join(temporaryFolder(), 'exports'), organization);
    const file = join(folder, '222222222222', 'authorization-details.json');
    const halves = readFileSync(file, 'utf8')
      .replaceAll('"payments"', '"pay\\ud800"')
      .replaceAll('"Effect": "Allow"', '"Sid": "\\udfff", "Effect": "Allow"');
    writeFileSync(file, halves);
    const edges = edgesOf(newLake(), exportFolder(folder));
    const { row } = await take(edges, weeks[0]);
    expect(row.accounts_complete).toBe(3);
    const published = await edges.catalog.published();
    const roles = await rowsOf(edges.lake, published, 'roles', weeks[0]);
    expect(roles.find(({ account_id }) => account_id === '222222222222')).toMatchObject({
      owner_team: 'pay\ufffd',
      tags: '{"team":"pay\ufffd"}',
    });
    const statements = await rowsOf(edges.lake, published, 'statements', weeks[0]);
    expect(statements.map(({ sid }) => sid)).toContain('\ufffd');
  });
});

describe('A run that is not finished', () => {
  it('does not begin over a catalog that cannot be read', async () => {
    const edges = edgesOf(newLake(), sourceOf(organization));
    await edges.lake.write('catalog.json', 'not a catalog');
    await expect(take(edges, weeks[0])).rejects.toThrow('is no catalog of rolecall');
    expect(await keysIn(edges.lake)).toEqual(['catalog.json']);
  });

  it.each(['2026-02-30', '2026-1-5', 'today', '../2026-01-05', ''])('refuses the date %j', async (date) => {
    const edges = edgesOf(newLake(), sourceOf(organization));
    await expect(take(edges, date)).rejects.toThrow(UsageError);
    expect(await keysIn(edges.lake)).toEqual([]);
  });

  it('leaves nothing when it is stopped, and the next run succeeds', async () => {
    const edges = edgesOf(copyOf(lake), sourceOf(organization));
    const before = await keysIn(edges.lake);
    for (const kind of ['planned', 'account_done', 'staged', 'derived'] as const) {
      await expect(takeUntil(edges, weeks[1], kind)).rejects.toThrow('abort');
      expect(await keysIn(edges.lake), `stopped after ${kind}`).toEqual(before);
    }
    await take(edges, weeks[1]);
  });

  it('keeps a second run out while it is at work', async () => {
    const source = sourceOf(organization);
    const shared = newLake();
    const [first, second] = [edgesOf(shared, source), edgesOf(shared, source)];
    const both = await Promise.allSettled([take(first, weeks[0]), take(second, weeks[1])]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(UsageError) });
  });
});

describe('Publishing a date again', () => {
  it('puts the new run in its place and remembers the old one', async () => {
    const edges = edgesOf(copyOf(lake), sourceOf(organization.slice(0, 1)));
    const { row: again } = await take(edges, weeks[0]);
    expect(again).toMatchObject({ accounts_planned: 1, previous_run_id: row.run_id });
    const { entries, snapshots } = await edges.catalog.published();
    expect(snapshots).toEqual([again]);
    expect(entries.every(({ key }) => key.startsWith(`runs/${again.run_id}/`))).toBe(true);
  });
});
