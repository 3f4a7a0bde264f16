import { utimesSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../errors.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { catalogContract, first, type Kept, publish, second, third } from './catalog_contract.ts';
import { keysOf } from './lake_contract.ts';
import { entry } from './snapshot_row.ts';
import { temporaryFolder } from './temporary_folder.ts';

const hour = 60 * 60 * 1000;

function newLake(): Kept {
  const lake = folderLake(temporaryFolder());
  return { lake, catalog: catalogFile(lake) };
}

catalogContract('A7: catalog.json', async () => newLake());

describe('A7: catalog.json that cannot be read', () => {
  it.each([
    ['cut off', '{"version": 1, "snapshots": [', 'it is not JSON'],
    ['of another shape', '{"version": 1, "snapshots": [], "entries": [{}], "superseded": {}}', 'entries[0].table'],
    ['without a version', '{}', 'version'],
  ])('is refused when it is %s, naming the file', async (_, text, problem) => {
    const { lake, catalog } = newLake();
    await lake.write('catalog.json', text);
    await expect(catalog.published()).rejects.toThrow(UsageError);
    await expect(catalog.published()).rejects.toThrow(lake.location('catalog.json'));
    await expect(catalog.published()).rejects.toThrow(problem);
  });

  it('is refused when a newer rolecall wrote it, saying so', async () => {
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

  async function publishAt(hours: number, kept: Kept, run: string, date: string): Promise<void> {
    at(hours);
    await publish(kept, run, date, [entry(run, date, 'roles')]);
    age(kept.lake, entry(run, date, 'roles').key, hours);
  }

  function age(lake: Lake, key: string, hours: number): void {
    const time = new Date(Date.UTC(2026, 0, 5) + hours * hour);
    utimesSync(lake.location(key), time, time);
  }

  it('stay for 24 hours after they were superseded, and go with a later publish', async () => {
    const kept = newLake();
    await publishAt(0, kept, 'old', first);
    await publishAt(100, kept, 'new', first);
    await publishAt(123, kept, 'next', second);
    expect(await keysOf(kept.lake, 'runs/')).toContain(entry('old', first, 'roles').key);
    await publishAt(125, kept, 'last', third);
    expect(await keysOf(kept.lake, 'runs/')).toEqual(
      [entry('last', third, 'roles'), entry('new', first, 'roles'), entry('next', second, 'roles')].map(
        ({ key }) => key,
      ),
    );
  });

  it('of a run that died go when they are 24 hours old', async () => {
    const kept = newLake();
    for (const [run, hours] of [
      ['dead', 0],
      ['recent', 20],
    ] as const) {
      await kept.lake.write(`runs/${run}/manifest/0.json`, '{}');
      age(kept.lake, `runs/${run}/manifest/0.json`, hours);
    }
    await publishAt(25, kept, 'a', first);
    expect(await keysOf(kept.lake, 'runs/')).toEqual([
      'runs/a/snapshot_date=2026-01-05/roles/rows.parquet',
      'runs/recent/manifest/0.json',
    ]);
  });

  it('never include what the catalog still names, however old', async () => {
    const kept = newLake();
    await publishAt(0, kept, 'a', first);
    await publishAt(9000, kept, 'b', second);
    expect(await keysOf(kept.lake, 'runs/')).toHaveLength(2);
  });
});
