import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeAccount } from '../../analysis/account.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import type { Lake } from '../../lake/lake.ts';
import { inKeyOrder } from '../../lake/row_order.ts';
import { type Newest, newest, replay } from '../../pipeline/replay.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Engine } from '../../queries/engine.ts';
import { allTables } from '../../tables/all.generated.ts';
import type { Row } from '../../tables/table.ts';
import { folderOfHook } from '../lake/temporary_folder.ts';
import { publishAll } from './snapshots.ts';

const organization = [
  { id: '111111111111', roles: ['shared'], functions: { a: 'shared' }, adminAsOf: '2024-01-01T00:00:00Z' },
  { id: '222222222222', roles: ['one', 'two'], functions: { b: 'one' }, adminAsOf: '2025-01-01T00:00:00Z' },
];
const { folder, remove } = folderOfHook();
let engine: Engine;
let snapshot: Newest;

beforeAll(async () => {
  const lake: Lake = await publishAll(folder, [['2026-01-05', organization]]);
  engine = duckdb(lake);
  snapshot = await newest({ engine, catalog: catalogFile(lake) });
});
afterAll(async () => {
  await engine.close();
  remove();
});

describe('B3: an account read back from a snapshot', () => {
  it.each(organization.map(({ id }) => id))('%s means what it meant when it was read', async (id) => {
    const { collected, surroundings } = await replay(snapshot, id);
    const analyzed: Readonly<Record<string, readonly Row[]>> = { ...analyzeAccount(collected, surroundings) };
    const names = ['capabilities', 'workload_paths', 'roles', 'users', 'policy_attachments'];

    for (const table of allTables.filter(({ name }) => names.includes(name)))
      expect(inKeyOrder(table, analyzed[table.name]!)).toEqual(await snapshot.read(table, { account_id: [id] }));
  });

  it('knows what could not be read of the organization, and who manages it', async () => {
    const { surroundings } = await replay(snapshot, '222222222222');

    expect(surroundings).toEqual({
      controlPolicies: [],
      covered: false,
      isManagement: false,
      members: ['111111111111', '222222222222'],
      organization: { id: 'o-example', path: null },
    });
  });
});
