import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allTables } from '../../tables/all.generated.ts';
import type { Emulator } from './emulators.ts';
import { environmentOf, rolecall } from './live_command.ts';
import { writeExport } from './live_export.ts';
import {
  allowWhatTheEmulatorAsks,
  createOrganization,
  homeRegion,
  type LiveOrganization,
} from './live_organization.ts';
import { startMinistack } from './ministack.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolecall-same-'));
const date = '2026-01-05';
let emulator: Emulator;
let organization: LiveOrganization;

/** Coverage tells of requests, and a snapshot of its run. */
const compared = allTables.map(({ name }) => name).filter((name) => name !== 'coverage' && name !== 'snapshots');

const rowsOf = async (lake: string, table: string): Promise<readonly string[]> => {
  const { out } = await rolecall({}, 'sql', `select * from ${table}`, '--lake', join(folder, lake), '--format', 'json');
  return (JSON.parse(out) as object[]).map((row) => JSON.stringify(row)).sort();
};

beforeAll(async () => {
  emulator = await startMinistack();
  organization = await createOrganization(emulator.endpoint);
  const { shop, bank } = organization.accounts;
  for (const id of [shop, bank]) await allowWhatTheEmulatorAsks(emulator.endpoint, id);
  await writeExport(join(folder, 'export'), organization);
  const scope = ['--date', date, '--accounts', `${shop},${bank}`, '--regions', homeRegion];
  const live = await rolecall(environmentOf(organization), 'snapshot', '--lake', join(folder, 'live'), ...scope);
  const exported = ['snapshot', '--from', join(folder, 'export'), '--lake', join(folder, 'exported'), ...scope];
  expect(live.exitCode, live.err).toBe(0);
  expect((await rolecall({}, ...exported)).exitCode).toBe(0);
});

afterAll(async () => {
  await emulator?.stop();
  rmSync(folder, { recursive: true });
});

describe('A7 an organization read live, and from the exports of it', () => {
  test.each(compared)('has the same rows in %s', async (table) => {
    expect(await rowsOf('live', table)).toEqual(await rowsOf('exported', table));
  });

  test('has rows in the tables that matter', async () => {
    for (const table of ['functions', 'function_triggers', 'roles', 'policies', 'statements', 'capabilities']) {
      expect(await rowsOf('live', table), table).not.toEqual([]);
    }
  });
});
