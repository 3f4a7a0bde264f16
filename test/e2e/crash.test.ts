import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import { folderLake } from '../../lake/folder.ts';
import { packageRoot } from '../../package_root.ts';
import { writeOrganization } from '../pipeline/exports.ts';
import { edgesOf, filesOf, take, weeks } from '../pipeline/snapshots.ts';
import type { Crash, CrashingRun } from './crashing_run.ts';

/** Where the process dies. Every file has its turn in each_file.test.ts. */
const points: readonly (readonly [Crash['moment'], string, string])[] = [
  ['during', 'a table', '/roles/00000.parquet$'],
  ['before', 'the manifest', '/manifest/'],
  ['before', 'the planned tables', '/accounts/plan.parquet$'],
  ['before', 'the last derived table', '/trends/'],
  ['before', 'catalog.json', '^catalog.json$'],
  ['during', 'catalog.json', '^catalog.json$'],
  ['after', 'catalog.json', '^catalog.json$'],
];
const nameOf = ([moment, what]: (typeof points)[number]): string => `${moment} ${what}`;

/** Spread over the run as evenly as any ten moments, the same ones each time. */
const moments = Array.from({ length: 10 }, (_, i) => ((37 + i * 61) % 100) / 100);

const root = mkdtempSync(join(tmpdir(), 'rolecall-crash-'));
const script = join(packageRoot, '.cache', `crashing_run-${process.pid}.mjs`);
const exported = [1, 2].map((week) => join(root, `exports-${week}`));
const lakeOf = (name: string): string => join(root, name.replace(/\W/g, '-'));

function start(run: CrashingRun): ChildProcess {
  return fork(script, [JSON.stringify(run)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** How the process ended: the signal that killed it, or its exit code. */
const ended = (child: ChildProcess): Promise<string> =>
  new Promise((done) => child.once('exit', (code, signal) => done(signal ?? `exit ${code}`)));

async function endedBy(expected: string, child: ChildProcess): Promise<void> {
  expect(await ended(child)).toBe(expected);
}

/** A lake with the first week published, in which the second week is on its way. */
function secondWeek(name: string, crash: Crash | null): CrashingRun {
  cpSync(join(root, 'base'), lakeOf(name), { recursive: true });
  return { lake: lakeOf(name), exports: exported[1]!, date: weeks[1], crash };
}

async function crashAt(name: string, crash: Crash): Promise<void> {
  await endedBy('SIGKILL', start(secondWeek(name, crash)));
}

/** Kills the process from outside, so many milliseconds after it began. */
async function killAfter(name: string, milliseconds: number): Promise<void> {
  const child = start(secondWeek(name, null));
  child.once('message', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
  await ended(child);
}

/** A run to the end, and how many milliseconds it took. */
async function undisturbed(): Promise<number> {
  const child = start(secondWeek('undisturbed', null));
  let started = 0;
  child.once('message', () => {
    started = performance.now();
  });
  await endedBy('exit 0', child);
  return performance.now() - started;
}

let before: ReadonlyMap<string, string>;
let after: ReadonlyMap<string, string>;

const stateOf = async (name: string) => {
  const edges = edgesOf(folderLake(lakeOf(name)), exportFolder(exported[1]!));
  const published = await edges.catalog.published();
  return {
    edges,
    dates: published.snapshots.map((row) => row.snapshot_date),
    files: await filesOf(edges.lake, published),
  };
};

async function crashEverywhere(milliseconds: number): Promise<void> {
  const two = pLimit(2);
  await Promise.all([
    ...points.map((point) => two(crashAt, nameOf(point), { moment: point[0], file: point[2] })),
    ...moments.map((moment) => two(killAfter, `moment ${moment}`, moment * milliseconds)),
  ]);
}

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'crashing_run.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
  });
  const account = { id: '111111111111', adminAsOf: '2024-01-01T00:00:00Z' };
  writeOrganization(exported[0]!, [{ ...account, roles: ['a'] }]);
  writeOrganization(exported[1]!, [{ ...account, roles: ['a', 'b'], functions: { f: 'a' } }]);
  await endedBy('exit 0', start({ lake: join(root, 'base'), exports: exported[0]!, date: weeks[0], crash: null }));
  await crashEverywhere(await undisturbed());
}, 60_000);

afterAll(() => {
  rmSync(root, { recursive: true });
  rmSync(script, { force: true });
});

describe('A run that is killed', () => {
  it('has something to lose and something to gain', async () => {
    before = (await stateOf('base')).files;
    after = (await stateOf('undisturbed')).files;
    expect(before.size).toBeGreaterThan(20);
    expect(after.size).toBeGreaterThan(before.size);
  });

  const unpublished = points.map(nameOf).filter((name) => name !== 'after catalog.json');
  it.each(unpublished)('%s leaves the old state, and the next run succeeds', async (name) => {
    const { dates, files, edges } = await stateOf(name);
    expect(dates).toEqual([weeks[0]]);
    expect(files).toEqual(before);
    const { events } = await take(edges, weeks[1]);
    const warnings = events.filter((event) => event.kind === 'warning');
    expect(warnings).toMatchObject([{ message: expect.stringContaining('was taken over') }]);
    expect((await stateOf(name)).files).toEqual(after);
  });

  it('after catalog.json has published', async () => {
    const { dates, files, edges } = await stateOf('after catalog.json');
    expect(dates).toEqual([weeks[0], weeks[1]]);
    expect(files).toEqual(after);
    await take(edges, weeks[1]);
    expect((await stateOf('after catalog.json')).files).toEqual(after);
  });

  it.each(moments)(
    'at moment %f of its time leaves the old state or the new, and the next run succeeds',
    async (moment) => {
      const { files, edges } = await stateOf(`moment ${moment}`);
      expect([before, after]).toContainEqual(files);
      await take(edges, weeks[1]);
      expect((await stateOf(`moment ${moment}`)).files).toEqual(after);
    },
  );
});
