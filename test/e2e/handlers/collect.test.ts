import { beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../errors.ts';
import { collect } from '../../../infra/handlers/collect.ts';
import { always, type Deadline } from '../../../pipeline/deadline.ts';
import type { SnapshotEdges } from '../../../pipeline/snapshot.ts';
import { edgesOf, keysIn, newLake, rowsOf, sourceOf, weeks } from '../../pipeline/snapshots.ts';
import { accounts, counted, silent } from './organization.ts';
import { collected, execution, finished, hurried, itemsIn, logLines, planned, unhurried } from './state_machine.ts';

const date = weeks[0];
const twelve = accounts(12);
const ids = twelve.map(({ id }) => id);

beforeEach(() => {
  logLines();
});

async function started(edges: SnapshotEdges) {
  const state = await planned(edges, execution({ date }));
  return { state, items: await itemsIn(edges.lake, state) };
}

/** Accounts by batch, as the manifests name them. */
async function written({ lake }: SnapshotEdges): Promise<readonly (readonly string[])[]> {
  const keys = (await keysIn(lake)).filter((key) => key.includes('/manifest/'));
  const manifests = await Promise.all(
    keys.map(async (key) => JSON.parse(Buffer.from((await lake.get(key))!).toString())),
  );
  return manifests.map((manifest) => manifest.accounts.map(({ account_id }: { account_id: string }) => account_id));
}

describe('A3: what the Distributed Map hands over', () => {
  it('is a batch of items on AWS', async () => {
    const edges = edgesOf(newLake(), sourceOf(twelve));
    const { items } = await started(edges);
    expect(await collect(edges, { Items: items.slice(0, 10) }, unhurried)).toEqual({ Items: [] });
    expect(await collect(edges, { Items: items.slice(10) }, unhurried)).toEqual({ Items: [] });
    expect(await written(edges)).toEqual([ids.slice(0, 10), ids.slice(10)]);
  });

  it('is one item alone where nobody makes batches', async () => {
    const edges = edgesOf(newLake(), sourceOf(twelve));
    const { items } = await started(edges);
    expect(await collect(edges, items[3], unhurried)).toEqual({ Items: [] });
    expect(await written(edges)).toEqual([[ids[3]]]);
  });

  it.each([[{}], [{ Items: [] }], [{ Items: [{ account: {} }] }], ['an account']])(
    'is refused when it is %j',
    async (event) => {
      const edges = edgesOf(newLake(), sourceOf(twelve));
      await expect(collect(edges, event, unhurried)).rejects.toThrow(UsageError);
    },
  );

  it('reads an account once, also when the state is tried again', async () => {
    const { source, asked } = counted(sourceOf(twelve));
    const edges = edgesOf(newLake(), source);
    const { state } = await started(edges);
    await collected(edges, state);
    await collected(edges, state);
    expect(asked.sort()).toEqual([...ids, 'plan'].sort());
  });
});

describe('A3: near the end of its time', () => {
  it('a handler gives back the items that it did not begin, and goes round until none is left', async () => {
    const edges = edgesOf(newLake(), sourceOf(twelve));
    const { state, items } = await started(edges);
    const { Items: left } = await collect(edges, { Items: items }, hurried);
    expect(left).toEqual(items.slice(1));
    const rounds = await collected(edges, state, { size: 12, deadline: hurried });
    expect(rounds).toEqual([11]);
    expect(await written(edges)).toEqual(ids.map((id) => [id]));
  });

  it('what was cut into other batches is published as if it were not', async () => {
    const published = async (deadline: Deadline) => {
      const edges = edgesOf(newLake(), sourceOf(twelve));
      const { state } = await started(edges);
      await collected(edges, state, { deadline });
      await finished(edges, state);
      const contents = await edges.catalog.published();
      return (table: string) => rowsOf(edges.lake, contents, table, date);
    };
    const [cut, whole] = [await published(hurried), await published(unhurried)];
    for (const table of ['roles', 'functions', 'findings', 'coverage'])
      expect(await cut(table), table).toEqual(await whole(table));
  });

  it('A4: what is not read in time is coverage that says so, and what was read is stored', async () => {
    const late = ids[1]!;
    const edges = edgesOf(newLake(), silent(sourceOf(twelve), late));
    const { state } = await started(edges);
    const over = AbortSignal.timeout(2_000);
    await collected(edges, state, { deadline: { mayBegin: always, over }, first: 2 });
    await finished(edges, state);
    const coverage = await rowsOf(edges.lake, await edges.catalog.published(), 'coverage', date);
    const statuses = (id: string) =>
      new Set(
        coverage.flatMap((row) =>
          row.account_id === id && row.resource === 'roles' ? [`${row.status} ${row.error_code}`] : [],
        ),
      );
    expect(statuses(late)).toEqual(new Set(['error deadline']));
    expect(statuses(ids[0]!)).toEqual(new Set(['ok null']));
    expect(statuses(ids[2]!)).toEqual(new Set(['error collector_crashed']));
  });
});
