import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import type { Scope } from '../../collectors/source.ts';
import type { Lake } from '../../lake/lake.ts';
import type { Row } from '../../tables/table.ts';
import { folderOfHook, temporaryFolder } from '../lake/temporary_folder.ts';
import { type SmallAccount, writeList, writeOrganization } from '../pipeline/exports.ts';
import { copyOf, edgesOf, everything, publishAll, rowsOf, take, weeks } from '../pipeline/snapshots.ts';

const [first, second] = ['111111111111', '222222222222'];
/** Roles that trust Lambda: `idle` is dormant, `used` runs a function. */
const organization: readonly SmallAccount[] = [
  { id: first!, roles: ['idle', 'used'], functions: { a: 'used' } },
  { id: second!, roles: ['idle', 'used'], functions: { a: 'used' } },
];

/** The week before, in which everything was read. */
let lake: Lake;

beforeAll(async () => {
  const { folder, remove } = folderOfHook();
  lake = await publishAll(folder, [[weeks[0], organization]]);
  return remove;
});

/** Exports that are changed before a scope of them is read as the second week. */
async function nextWeek(scope: Scope, change: (folder: string) => void = () => undefined) {
  const folder = writeOrganization(join(temporaryFolder(), 'exports'), organization);
  change(folder);
  const edges = edgesOf(copyOf(lake), exportFolder(folder));
  const { row } = await take(edges, weeks[1], scope);
  const published = await edges.catalog.published();
  return { row, rows: (table: string, date: string = weeks[1]) => rowsOf(edges.lake, published, table, date) };
}

const lifeOf = ({ account_id, rule_id, resource_arn, lifecycle, carried }: Row): string =>
  [account_id, rule_id, String(resource_arn).split('/').at(-1), lifecycle, carried].join(' ');

const amountOf = (rows: readonly Row[], kind: string, metric: string): unknown =>
  rows.find((row) => row.scope_kind === kind && row.metric === metric)?.value;

describe('A4: accounts that a run was not asked about', () => {
  it('C5, C6: stay planned, with coverage that says so; findings stand as they stood, trends count what was there', async () => {
    const { row, rows } = await nextWeek({ ...everything, accounts: [second!] });
    expect(row).toMatchObject({ accounts_planned: 2, accounts_complete: 1 });
    expect((await rows('accounts')).map(({ account_id }) => account_id)).toEqual([first, second]);
    const coverage = (await rows('coverage')).filter(
      ({ account_id, resource }) =>
        account_id === first && !/^(accounts|organization_policies)$/.test(String(resource)),
    );
    expect(new Set(coverage.map(({ status, message }) => `${status}: ${message}`))).toEqual(
      new Set(['not_provided: not asked for in this run']),
    );
    expect(coverage.map(({ region, resource }) => `${region} ${resource}`)).toEqual(
      expect.arrayContaining(['global roles', 'global policies', 'eu-west-1 functions', 'eu-west-1 function_urls']),
    );
    const before = await rows('findings', weeks[0]);
    const after = await rows('findings');
    expect(after.map(({ finding_id }) => finding_id)).toEqual(before.map(({ finding_id }) => finding_id));
    expect(after.filter(({ account_id }) => account_id === first).every(({ carried }) => carried)).toBe(true);
    expect(amountOf(await rows('trends'), 'organization', 'roles')).toBe(4);
    expect(await rows('drift')).toEqual([]);
  });
});

describe('A4: a region that the snapshot before asked about, and this run does not', () => {
  const without = organization.map(({ id, roles }) => ({ id, roles }));
  /** No account has a folder of the region any more; another region without functions is there. */
  const moved = (folder: string): void => {
    writeOrganization(folder, without);
    for (const { id } of organization) renameSync(join(folder, id, 'eu-west-1'), join(folder, id, 'us-east-1'));
  };

  it('B8, C5, C6: has coverage that says so for every account: none is complete, no role dormant, no finding resolved', async () => {
    const { row, rows } = await nextWeek(everything, moved);
    expect(row).toMatchObject({ accounts_planned: 2, accounts_complete: 0 });
    const gone = (await rows('coverage')).filter(({ region }) => region === 'eu-west-1');
    expect(gone.map(({ account_id, resource }) => `${account_id} ${resource}`)).toEqual(
      expect.arrayContaining([`${first} functions`, `${second} functions`, `${second} microvms`]),
    );
    expect(new Set(gone.map(({ status, rows, message }) => `${status} ${rows} ${message}`))).toEqual(
      new Set(['not_provided 0 asked for at an earlier snapshot, and not in this run']),
    );
    const lives = (await rows('findings')).map(lifeOf);
    expect(lives).toContain(`${first} execution_role_without_boundary used open true`);
    expect(lives.filter((life) => life.includes('dormant_role'))).toEqual([]);
    expect(lives.filter((life) => life.includes('resolved'))).toEqual([]);
    expect(amountOf(await rows('trends'), 'organization', 'functions')).toBe(2);
    expect(await rows('drift')).toEqual([]);
  });

  it('says the same when it is left out by the scope', async () => {
    const both = (folder: string): void => {
      writeOrganization(folder, without);
      for (const { id } of organization)
        cpSync(join(folder, id, 'eu-west-1'), join(folder, id, 'us-east-1'), { recursive: true });
    };
    const { rows } = await nextWeek({ ...everything, regions: ['us-east-1'] }, both);
    const lives = (await rows('findings')).map(lifeOf);
    expect(lives.filter((life) => life.includes('resolved'))).toEqual([]);
  });

  it('is nothing to say of an account that the organization no longer has', async () => {
    const { rows } = await nextWeek(everything, (folder) => {
      moved(folder);
      writeList(folder, without.slice(0, 1));
    });
    expect((await rows('coverage')).filter(({ account_id }) => account_id === second)).toEqual([]);
  });
});
