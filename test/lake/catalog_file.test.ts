import { utimesSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../errors.ts';
import type { Catalog, Entry } from '../../lake/catalog.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { entry, snapshotRow } from './snapshot_row.ts';
import { temporaryFolder } from './temporary_folder.ts';

const [first, second] = ['2026-01-05', '2026-01-12'];
const hour = 60 * 60 * 1000;

function newLake(): { lake: Lake; catalog: Catalog } {
  const lake = folderLake(temporaryFolder());
  return { lake, catalog: catalogFile(lake) };
}

/** Stores the files of a run and publishes it. */
async function publish(lake: Lake, catalog: Catalog, run: string, date: string, entries: readonly Entry[]) {
  for (const { key } of entries) await lake.write(key, 'rows');
  const row = snapshotRow(date, run);
  await catalog.publish(await catalog.stage(row, entries), [], row);
}

const keysOf = (entries: readonly Entry[]) => entries.map(({ key }) => key);

async function stored(lake: Lake): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of lake.list('runs/')) keys.push(key);
  return keys;
}

describe('A7: catalog.json says which files the tables show', () => {
  it('is empty before the first snapshot', async () => {
    const { catalog } = newLake();
    expect(await catalog.published()).toEqual({ kind: 'published', snapshots: [], entries: [] });
  });

  it('shows nobody a staged run', async () => {
    const { catalog } = newLake();
    const staged = await catalog.stage(snapshotRow(first, 'a'), [entry('a', first, 'roles')]);
    expect(staged).toMatchObject({ kind: 'staged', runId: 'a', snapshotDate: first });
    expect(keysOf(staged.entries)).toEqual(keysOf([entry('a', first, 'roles')]));
    expect((await catalog.published()).entries).toEqual([]);
  });

  it('gives back what was published, dates in order and times as times', async () => {
    const { lake, catalog } = newLake();
    await publish(lake, catalog, 'b', second, [entry('b', second, 'roles')]);
    await publish(lake, catalog, 'a', first, [entry('a', first, 'users'), entry('a', first, 'roles')]);
    expect(await catalog.published()).toEqual({
      kind: 'published',
      snapshots: [snapshotRow(first, 'a'), snapshotRow(second, 'b')],
      entries: [entry('a', first, 'roles'), entry('a', first, 'users'), entry('b', second, 'roles')],
    });
  });

  it('puts a run in place of an earlier one of its date', async () => {
    const { lake, catalog } = newLake();
    await publish(lake, catalog, 'a', first, [entry('a', first, 'roles'), entry('a', first, 'users')]);
    await publish(lake, catalog, 'b', first, [entry('b', first, 'roles')]);
    expect((await catalog.published()).entries).toEqual([entry('b', first, 'roles')]);
    expect((await catalog.published()).snapshots).toEqual([snapshotRow(first, 'b')]);
  });

  it('replaces derived files of later dates table by table', async () => {
    const { lake, catalog } = newLake();
    await publish(lake, catalog, 'b', second, [entry('b', second, 'roles'), entry('b', second, 'drift')]);
    const row = snapshotRow(first, 'a');
    const again = entry('a', second, 'drift');
    await catalog.publish(await catalog.stage(row, [entry('a', first, 'roles')]), [again], row);
    expect((await catalog.published()).entries).toEqual([
      entry('a', first, 'roles'),
      again,
      entry('b', second, 'roles'),
    ]);
  });

  it.each([
    ['cut off', '{"version": 1, "snapshots": [', 'it is not JSON'],
    ['of another shape', '{"version": 1, "snapshots": [], "entries": [{}], "superseded": {}}', 'entries[0].table'],
    ['without a version', '{}', 'version'],
  ])('refuses a catalog that is %s, naming the file', async (_, text, problem) => {
    const { lake, catalog } = newLake();
    await lake.write('catalog.json', text);
    await expect(catalog.published()).rejects.toThrow(UsageError);
    await expect(catalog.published()).rejects.toThrow(lake.location('catalog.json'));
    await expect(catalog.published()).rejects.toThrow(problem);
  });

  it('says when a newer rolecall wrote it', async () => {
    const { lake, catalog } = newLake();
    await lake.write('catalog.json', '{"version": 2, "tables": {}}');
    await expect(catalog.published()).rejects.toThrow('written by a newer rolecall (catalog version 2');
  });
});

describe('Files that nobody is shown any more', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The files are as old as the moment of writing says, and the clock stands at the given hour. */
  function at(hours: number): void {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(Date.UTC(2026, 0, 5) + hours * hour) });
  }

  async function publishAt(hours: number, lake: Lake, catalog: Catalog, run: string, date: string): Promise<void> {
    at(hours);
    await publish(lake, catalog, run, date, [entry(run, date, 'roles')]);
    age(lake, entry(run, date, 'roles').key, hours);
  }

  function age(lake: Lake, key: string, hours: number): void {
    const time = new Date(Date.UTC(2026, 0, 5) + hours * hour);
    utimesSync(lake.location(key), time, time);
  }

  it('stay for 24 hours after they were superseded, and go with a later publish', async () => {
    const { lake, catalog } = newLake();
    await publishAt(0, lake, catalog, 'old', first);
    await publishAt(100, lake, catalog, 'new', first);
    await publishAt(123, lake, catalog, 'next', second);
    expect(await stored(lake)).toContain(entry('old', first, 'roles').key);
    await publishAt(125, lake, catalog, 'last', '2026-01-19');
    expect(await stored(lake)).toEqual(
      [entry('last', '2026-01-19', 'roles'), entry('new', first, 'roles'), entry('next', second, 'roles')].map(
        ({ key }) => key,
      ),
    );
  });

  it('of a run that died go when they are 24 hours old', async () => {
    const { lake, catalog } = newLake();
    for (const [run, hours] of [
      ['dead', 0],
      ['recent', 20],
    ] as const) {
      await lake.write(`runs/${run}/manifest/0.json`, '{}');
      age(lake, `runs/${run}/manifest/0.json`, hours);
    }
    await publishAt(25, lake, catalog, 'a', first);
    expect(await stored(lake)).toEqual([
      'runs/a/snapshot_date=2026-01-05/roles/rows.parquet',
      'runs/recent/manifest/0.json',
    ]);
  });

  it('never include what the catalog still names, however old', async () => {
    const { lake, catalog } = newLake();
    await publishAt(0, lake, catalog, 'a', first);
    await publishAt(9000, lake, catalog, 'b', second);
    expect(await stored(lake)).toHaveLength(2);
  });
});
