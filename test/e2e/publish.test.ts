import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import { allTables } from '../../tables/all.generated.ts';
import { filesOf, keysOf } from '../lake/lake_contract.ts';
import type { Emulator } from './emulators.ts';
import { exposeGlue } from './glue_in_trino.ts';
import { type GlueLake, newGlueLake } from './glue_lake.ts';
import { type Ended, rolecall } from './live_command.ts';
import { homeRegion } from './live_organization.ts';
import { startMinistack } from './ministack.ts';
import { trinoClient } from './trino_client.ts';

const demo = folderLake(inject('demoLake'));
const empty = mkdtempSync(join(tmpdir(), 'rolecall-publish-'));

let emulator: Emulator;
let target: GlueLake;
let published: Ended;

const run = (...args: readonly string[]): Promise<Ended> =>
  rolecall(
    {
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: homeRegion,
    },
    ...['publish', '--lake', demo.location(''), '--database', target.database, ...args],
  );

beforeAll(async () => {
  emulator = await startMinistack();
  target = await newGlueLake(emulator.endpoint);
  published = await run('--to', target.lake.location(''));
});

afterAll(async () => {
  await emulator.stop();
  rmSync(empty, { recursive: true });
});

const contentsHere = () => catalogFile(demo).published();

describe('A7: rolecall publish --to s3://…', () => {
  it('publishes every snapshot of a folder, in the same files', async () => {
    const { entries } = await contentsHere();
    expect(published.exitCode).toBe(0);
    expect(published.out).toBe('');
    expect(published.err).toContain(`6 snapshots published at ${target.lake.location('')}, ${entries.length} files`);
    expect(await target.catalog.published()).toEqual(await contentsHere());
    expect(await keysOf(target.lake, 'runs/')).toEqual(entries.map(({ key }) => key).toSorted());
    for (const { key } of entries.slice(0, 50))
      expect(await target.lake.get(key)).toEqual(new Uint8Array((await demo.get(key))!));
  });

  it('gives the lock back', async () => {
    expect(await target.lake.get('lock.json')).toBeUndefined();
  });

  it('shows the rows to SQL, and of the newest snapshot alone in the tables named so', async () => {
    const trino = trinoClient(inject('trino'));
    const glue = await exposeGlue(trino, emulator.endpoint);
    const { snapshots } = await contentsHere();
    const { snapshot_date, row_counts } = snapshots.at(-1)!;
    const counts = Object.entries(JSON.parse(row_counts) as Record<string, number>);
    expect(counts.length).toBe(allTables.length - 1);
    const counted = counts.map(([table]) => `select '${table}' as name, count(*) as n from ${glue}.${target.database}`);
    const all = counts.map(([table], i) => `${counted[i]}.${table} where snapshot_date = '${snapshot_date}'`);
    const latest = counts.map(([table], i) => `${counted[i]}.${table}_latest where snapshot_date >= ''`);
    for (const sql of [all, latest]) {
      const { rows } = await trino.query(sql.join(' union all '));
      expect(Object.fromEntries(rows.map(({ name, n }) => [name, n]))).toEqual(Object.fromEntries(counts));
    }
  });

  it('sends nothing a second time', async () => {
    const before = await filesOf(target.lake, 'runs/');
    const { exitCode, err } = await run('--to', target.lake.location(''));
    expect(exitCode).toBe(0);
    expect(err).toContain(`0 snapshots published at ${target.lake.location('')}, 0 files (0.0 MB) uploaded.`);
    expect(await filesOf(target.lake, 'runs/')).toEqual(before);
  });

  it.each([
    ['no place in S3', ['--to', 'bucket'], 'bucket is no place in S3. Give it as s3://bucket'],
    ['no such bucket', ['--to', 's3://not-there'], 'Name a bucket that is there, or deploy it first'],
    ['no such folder', ['--to', 's3://lake-1', '--lake', empty], `There are no snapshots in ${empty}`],
  ])('%s: says what to do', async (_, args, problem) => {
    const { exitCode, out, err } = await run(...args);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(problem);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('does not mix what the demo made up with what was read', async () => {
    const other = await newGlueLake(emulator.endpoint);
    await other.catalog.publish(
      await other.catalog.stage((await contentsHere()).snapshots[0]!, []),
      [],
      (await contentsHere()).snapshots[0]!,
    );
    const { exitCode, err } = await run('--to', other.lake.location(''), '--database', other.database);
    expect(exitCode).toBe(2);
    expect(err).toContain('made-up organization');
  });
});
