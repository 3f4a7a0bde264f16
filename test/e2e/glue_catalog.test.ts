import { GetTableCommand } from '@aws-sdk/client-glue';
import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../errors.ts';
import type { Entry, Published } from '../../lake/catalog.ts';
import { glueCatalog } from '../../lake/glue.ts';
import { readParquet } from '../../lake/parquet.ts';
import { addressOf } from '../../lake/s3_place.ts';
import { roles } from '../../tables/roles.ts';
import { catalogContract, first, publish, second, third } from '../lake/catalog_contract.ts';
import { textOf } from '../lake/lake_contract.ts';
import { entry, snapshotRow } from '../lake/snapshot_row.ts';
import type { Emulator } from './emulators.ts';
import { clientsWith, type GlueLake, keysOfUser, newGlueLake, watched } from './glue_lake.ts';
import { startMinistack } from './ministack.ts';

let emulator: Emulator;
const newLake = (): Promise<GlueLake> => newGlueLake(emulator.endpoint);

beforeAll(async () => {
  emulator = await startMinistack();
});

afterAll(() => emulator.stop());

catalogContract('C7: Glue', () => newLake());

const tables = ['roles', 'users', 'findings', 'snapshots'];
const filesOf = (run: string, date: string): readonly Entry[] => tables.map((table) => entry(run, date, table)).sort();

/** What is published of one date. */
const at = ({ snapshots, entries }: Published, date: string) => ({
  row: snapshots.find(({ snapshot_date }) => snapshot_date === date),
  keys: entries.filter(({ snapshot_date }) => snapshot_date === date).map(({ key }) => key),
});

const whole = (run: string, date: string) => ({
  row: snapshotRow(date, run),
  keys: filesOf(run, date)
    .map(({ key }) => key)
    .sort(),
});
const absent = { row: undefined, keys: [] };

/** Two dates, both of run a. */
async function twoDates(): Promise<GlueLake> {
  const kept = await newLake();
  for (const date of [first, second]) await publish(kept, 'a', date, filesOf('a', date));
  return kept;
}

/** Publishes an earlier date anew, and what is derived of the later one with it. */
async function publishAgain(kept: { catalog: GlueLake['catalog']; lake: GlueLake['lake'] }, run: string) {
  const row = snapshotRow(first, run);
  const staged = await kept.catalog.stage(row, filesOf(run, first));
  const later = { ...snapshotRow(second, 'a'), derived_run_id: run };
  const snapshots = staged.snapshots.map((known) => (known.snapshot_date === second ? later : known));
  const derived = ['findings', 'snapshots'].map((table) => entry(run, second, table));
  await kept.catalog.publish({ ...staged, snapshots }, derived, row);
  return later;
}

/** The later date, with what was derived of it by the run that published the earlier one. */
const derivedAgain = (run: string) => ({
  row: { ...snapshotRow(second, 'a'), derived_run_id: run },
  keys: [
    entry(run, second, 'findings'),
    entry('a', second, 'roles'),
    entry(run, second, 'snapshots'),
    entry('a', second, 'users'),
  ].map(({ key }) => key),
});

const templateOf = async ({ glue, database }: GlueLake, name: string) => {
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
  return [Table?.Parameters?.['projection.snapshot_date.values'], Table?.Parameters?.['storage.location.template']];
};

describe('C7: publishing to Glue', () => {
  it('shows readers of each date the old state, the new or none, at every step, and never a mix', async () => {
    const kept = await twoDates();
    const seen: Published[] = [];
    const looking = async () => void seen.push(await kept.catalog.published());
    await publishAgain(watched(emulator.endpoint, kept, looking), 'b');
    seen.push(await kept.catalog.published());
    expect(seen.length).toBeGreaterThan(10);
    for (const published of seen) {
      expect([whole('a', first), absent, whole('b', first)]).toContainEqual(at(published, first));
      expect([whole('a', second), absent, derivedAgain('b')]).toContainEqual(at(published, second));
    }
    expect(at(seen.at(-1)!, first)).toEqual(whole('b', first));
    expect(at(seen.at(-1)!, second)).toEqual(derivedAgain('b'));
  });

  it('is finished by whoever publishes next, wherever the publisher died', async () => {
    const kept = await twoDates();
    let steps = 0;
    for (let lived = 0, died: unknown = new Error(); died instanceof Error; lived++) {
      steps = 0;
      const dying = async () => {
        if (steps === lived) throw new Error('died');
        steps += 1;
      };
      const run = `run-${lived}`;
      died = await publishAgain(watched(emulator.endpoint, kept, dying), run).catch((error: Error) => error);
      const begun = !(died instanceof Error) || (await textOf(kept.lake, 'publishing.json')).includes(`runs/${run}/`);
      await publish(kept, `next-${lived}`, third, filesOf(`next-${lived}`, third));
      const after = await kept.catalog.published();
      expect(after.snapshots.map(({ snapshot_date }) => snapshot_date)).toEqual([first, second, third]);
      expect(at(after, third)).toEqual(whole(`next-${lived}`, third));
      if (begun) expect([at(after, first), at(after, second)]).toEqual([whole(run, first), derivedAgain(run)]);
      expect(JSON.parse(await textOf(kept.lake, 'publishing.json')).unfinished).toBeNull();
    }
    expect(steps).toBeGreaterThan(10);
  });

  it('points the tables of the newest snapshot at it, and leaves them there when an earlier one is published', async () => {
    const kept = await twoDates();
    const template = `${kept.lake.location('')}/runs/a/snapshot_date=\${snapshot_date}/roles/`;
    expect(await templateOf(kept, 'roles_latest')).toEqual([second, template]);
    await publishAgain(kept, 'b');
    expect(await templateOf(kept, 'roles_latest')).toEqual([second, template]);
    expect((await templateOf(kept, 'findings_latest'))[1]).toContain('/runs/b/');
  });

  it('goes on when a table has more partitions than one call takes', async () => {
    const kept = await newLake();
    const dates = Array.from({ length: 103 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
    const entries = dates.map((date) => entry('a', date, 'roles'));
    const snapshots = dates.map((date) => snapshotRow(date, 'a'));
    const staged = await kept.catalog.stage(snapshots[0]!, []);
    await kept.catalog.publish({ ...staged, snapshots, entries }, [], snapshots[0]!);
    expect((await kept.catalog.published()).entries).toEqual(entries);
  });
});

describe('C7: files that Glue shows nobody any more', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const isMarked = async ({ folder }: GlueLake, key: string): Promise<boolean> => {
    const { TagSet = [] } = await folder.client.send(new GetObjectTaggingCommand(addressOf(folder, key)));
    return TagSet.length > 0;
  };

  it('are marked for the lifecycle of the bucket 24 hours after they were superseded, and nothing else is', async () => {
    const kept = await newLake();
    await publish(kept, 'old', first, filesOf('old', first));
    await publish(kept, 'new', first, filesOf('new', first));
    const [old, current] = [entry('old', first, 'roles').key, entry('new', first, 'roles').key];
    await publish(kept, 'next', second, filesOf('next', second));
    expect(await isMarked(kept, old)).toBe(false);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 60 * 60 * 1000 });
    await publish(kept, 'last', third, filesOf('last', third));
    vi.useRealTimers();
    expect([await isMarked(kept, old), await isMarked(kept, current)]).toEqual([true, false]);
  });
});

describe('C7: staging in Glue', () => {
  const stagedKeys = async ({ glue, lake, staging }: GlueLake) => {
    const readers = glueCatalog({ client: glue, lake, database: staging, staging });
    return (await readers.published()).entries.map(({ key }) => key);
  };

  it('shows the published snapshots and the run, and nothing of an earlier run that was never published', async () => {
    const kept = await twoDates();
    const stage = async (run: string) =>
      kept.catalog.show(await kept.catalog.stage(snapshotRow(third, run), filesOf(run, third)));
    await stage('never');
    await stage('b');
    const keys = [...filesOf('a', first), ...filesOf('a', second), ...filesOf('b', third)].map(({ key }) => key);
    expect((await stagedKeys(kept)).toSorted()).toEqual(keys.toSorted());
  });

  it('empties files of the run that no batch names, for Athena reads whatever lies in the folder', async () => {
    const kept = await newLake();
    const folder = `runs/a/snapshot_date=${first}/roles`;
    for (const name of ['rows.parquet', 'broken-off.parquet', '_SUCCESS'])
      await kept.lake.write(`${folder}/${name}`, 'rows');
    await kept.catalog.show(await kept.catalog.stage(snapshotRow(first, 'a'), [entry('a', first, 'roles')]));
    expect(await readParquet(roles, (await kept.lake.get(`${folder}/broken-off.parquet`))!)).toEqual([]);
    expect(await textOf(kept.lake, `${folder}/rows.parquet`)).toBe('rows');
    expect(await textOf(kept.lake, `${folder}/_SUCCESS`)).toBe('rows');
  });
});

describe('C7: what is wrong with the databases is said', () => {
  it('no such database', async () => {
    const kept = await newLake();
    const catalog = glueCatalog({ client: kept.glue, lake: kept.lake, database: 'not_there', staging: kept.staging });
    await expect(publish({ ...kept, catalog }, 'a', first, filesOf('a', first))).rejects.toThrow(
      /on table \w+_latest of Glue database not_there failed \(EntityNotFoundException\).*Deploy rolecall first/,
    );
  });

  it('denied', async () => {
    const { lake, database, staging } = await newLake();
    const keys = await keysOfUser(emulator.endpoint, 'writer', ['s3:*', 'glue:GetPartitions']);
    const catalog = glueCatalog({ client: clientsWith(emulator.endpoint, keys).glue, lake, database, staging });
    await expect(publish({ lake, catalog }, 'a', first, filesOf('a', first))).rejects.toThrow(
      new RegExp(`^glue:BatchCreatePartition on table \\w+ of Glue database ${database} failed \\(AccessDenied`),
    );
  });

  it('a partition that shows files of another lake', async () => {
    const [one, other] = [await twoDates(), await newLake()];
    const mixed = glueCatalog({ client: one.glue, lake: other.lake, database: one.database, staging: one.staging });
    await expect(mixed.published()).rejects.toThrow(UsageError);
    await expect(mixed.published()).rejects.toThrow(`not below ${other.lake.location('')}/`);
  });
});
