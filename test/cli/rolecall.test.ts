import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOfHook, temporaryFolder } from '../lake/temporary_folder.ts';
import { writeOrganization } from '../pipeline/exports.ts';
import { rolecall, rolecallTo } from './command_line.ts';

const shop = {
  id: '111122223333',
  roles: ['shop-shared', 'shop-idle'],
  functions: { 'cart-api': 'shop-shared', 'mail-send': 'shop-shared', 'stock-sync': 'shop-shared' },
  adminAsOf: '2025-01-01T00:00:00+00:00',
};
const bank = { id: '444455556666', roles: ['ledger'], functions: { 'ledger-post': 'ledger' } };

function exportsIn(folder: string): string {
  return writeOrganization(join(folder, 'exports'), [shop, bank]);
}

const { folder: home, remove } = folderOfHook();
const lake = join(home, 'lake');
beforeAll(async () => {
  const { err, exitCode } = await rolecall(
    'snapshot',
    '--from',
    exportsIn(home),
    '--date',
    '2026-01-05',
    '--lake',
    lake,
  );
  expect(exitCode, err).toBe(0);
}, 60_000);
afterAll(remove);

describe('A7 rolecall snapshot --from', () => {
  it('publishes what the folder holds, and a question about it is answered as JSON', async () => {
    const { out, exitCode } = await rolecall(
      ...['query', 'shared_role_clusters', '--param', 'snapshot=2026-01-05', '--lake', lake, '--format', 'json'],
    );

    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        role_arn: 'arn:aws:iam::111122223333:role/shop-shared',
        account_id: '111122223333',
        function_count: 3,
        region_count: 1,
        unrelated_groups: 3,
        teams: [],
        is_admin: true,
        functions: ['cart-api', 'mail-send', 'stock-sync'].map(
          (name) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
        ),
      },
    ]);
  });

  it('publishes the other accounts when a file of one is cut in half, and names that file', async () => {
    const folder = temporaryFolder();
    const exports = exportsIn(folder);
    const lake = join(folder, 'lake');
    const cut = join(exports, bank.id, 'authorization-details.json');
    truncateSync(cut, Math.floor(readFileSync(cut).length / 2));

    const { exitCode, err } = await rolecall('snapshot', '--from', exports, '--date', '2026-01-05', '--lake', lake);
    const gaps = await rolecall('query', 'coverage_gaps', '--lake', lake, '--format', 'json');
    const answers = [['query', 'admin_roles'], ['findings']].map((asked) => rolecall(...asked, '--lake', lake));

    expect(exitCode, err).toBe(0);
    expect(err).toContain(`${bank.id}/authorization-details.json`);
    expect(JSON.parse(gaps.out)).toContainEqual(
      expect.objectContaining({ account_id: bank.id, resource: 'roles', status: 'error' }),
    );
    for (const { err } of await Promise.all(answers))
      expect(err).toMatch(/^2026-01-05: 1 of \d accounts not read in full, .* rolecall query coverage_gaps/m);
    expect(gaps.err).toBe('');
  });

  it.each([
    { what: 'a missing folder', args: ['--from', 'no-such-folder'], code: 2, says: 'no-such-folder' },
    { what: 'a date that is none', args: ['--from', '.', '--date', '2026-02-30'], code: 2, says: 'yyyy-MM-dd' },
    { what: 'an unknown option', args: ['--form', '.'], code: 2, says: '--form' },
  ])('ends with 2 for $what', async ({ args, code, says }) => {
    const { exitCode, err } = await rolecall('snapshot', ...args, '--lake', join(temporaryFolder(), 'lake'));

    expect(exitCode).toBe(code);
    expect(err).toContain(says);
  });

  it('ends with 3 and publishes nothing when nothing can be read', async () => {
    const folder = temporaryFolder();
    const exports = exportsIn(folder);
    for (const { id } of [shop, bank]) {
      truncateSync(join(exports, id, 'authorization-details.json'), 20);
      truncateSync(join(exports, id, 'eu-west-1', 'functions.json'), 20);
    }
    const lake = join(folder, 'lake');

    const { exitCode } = await rolecall('snapshot', '--from', exports, '--date', '2026-01-05', '--lake', lake);

    expect(exitCode).toBe(3);
    expect(existsSync(join(lake, 'catalog.json'))).toBe(false);
  });
});

describe('C7 commands that read a lake', () => {
  it('print only data on standard output, in the format that was asked for', async () => {
    const csv = await rolecall('sql', 'select count(*) as n from functions_latest', '--lake', lake, '--format', 'csv');
    const json = await rolecall('sql', 'select count(*) as n from roles_latest', '--lake', lake, '--format', 'json');

    expect(csv.out.trim().split(/\r?\n/)).toEqual(['n', '4']);
    expect(JSON.parse(json.out)).toEqual([{ n: 3 }]);
  });

  it('end with 1 when a finding is as severe as --fail-on says, and with 0 otherwise', async () => {
    const failing = await rolecall('findings', '--lake', lake, '--fail-on', 'critical');
    const fine = await rolecall('findings', '--lake', lake);

    expect({ failing: failing.exitCode, fine: fine.exitCode }).toEqual({ failing: 1, fine: 0 });
  });

  it.each([
    { what: 'an unknown question', args: ['query', 'shared_rolls'], says: 'shared_role_clusters' },
    { what: 'an unknown parameter', args: ['query', 'drift', '--param', 'since=2026-01-05'], says: 'from' },
    { what: 'a date without a snapshot', args: ['diff', '2026-01-05', '2026-02-02'], says: '2026-01-05' },
    { what: 'SQL that writes', args: ['sql', 'drop table roles'], says: 'SELECT' },
    { what: 'a report that is a folder', args: ['report', '--out', home], says: join(home, 'report.html') },
    { what: 'a report below a file', args: ['report', '--out', 'package.json/r.html'], says: 'with --out' },
    { what: 'SQL with a mistake', args: ['sql', 'select nme from roles_latest'], says: 'nme' },
  ])('end with 2 for $what and say what would do', async ({ args, says }) => {
    const { exitCode, err, out } = await rolecall(...args, '--lake', lake);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(says);
  });

  it.runIf(existsSync('/dev/full'))('end with 2 when standard output is full', async () => {
    const { exitCode, err } = await rolecallTo('/dev/full', 'findings', '--lake', lake);

    expect(err).toMatch(/^rolecall: ENOSPC: no space left on device, write\. Check .*\n$/);
    expect(exitCode).toBe(2);
  });

  it('say so when there is no snapshot yet', async () => {
    const { exitCode, err } = await rolecall('query', 'drift', '--lake', join(temporaryFolder(), 'empty'));

    expect(exitCode).toBe(2);
    expect(err).toContain('rolecall snapshot');
  });

  it('describe every column of a table, and take --lake though it needs none', async () => {
    const { out } = await rolecall('tables', 'roles', '--lake', lake, '--format', 'json');

    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ column: 'is_admin', type: 'boolean' }));
  });
});
