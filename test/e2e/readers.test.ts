import { beforeAll, describe, expect, it } from 'vitest';
import type { Contents } from '../../lake/catalog.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import type { Key, Lake } from '../../lake/lake.ts';
import type { Engine, ResultRow } from '../../queries/engine.ts';
import type { Sql } from '../../queries/sql.ts';
import { folderOfHook } from '../lake/temporary_folder.ts';
import type { SmallAccount } from '../pipeline/exports.ts';
import { copyOf, edgesOf, publishAll, sourceOf, take, weeks } from '../pipeline/snapshots.ts';

const before: readonly SmallAccount[] = [{ id: '111111111111', roles: ['a', 'b'], functions: { f: 'a' } }];
const after: readonly SmallAccount[] = [{ id: '111111111111', roles: ['a', 'c', 'd'], functions: { f: 'a', g: 'a' } }];

/** Answers that would not fit each other if some tables were of one run and some of another. */
const sql = `select s.run_id, s.row_counts,
  (select count(*) from roles where snapshot_date = s.snapshot_date) as roles,
  (select count(*) from functions where snapshot_date = s.snapshot_date) as functions,
  (select count(*) from drift where snapshot_date = s.snapshot_date) as drift
  from snapshots s order by s.snapshot_date` as Sql;

/** A reader with a catalog of its own, as another process has one. */
const look = async (lake: Lake, engine: Engine, contents?: Contents): Promise<readonly ResultRow[]> => {
  const published = contents ?? (await catalogFile(lake).published());
  return (await engine.query(sql, { kind: 'published', ...published })).rows;
};

/** The lake, except that somebody looks before each file that is stored. */
function watched(lake: Lake, looking: () => Promise<void>): Lake {
  const after = async (store: () => Promise<void>): Promise<void> => {
    await looking();
    await store();
  };
  return {
    ...lake,
    put: (key: Key, file) => after(() => lake.put(key, file)),
    write: (key, bytes) => after(() => lake.write(key, bytes)),
  };
}

let base: Lake;

beforeAll(async () => {
  const { folder, remove } = folderOfHook();
  base = await publishAll(folder, [
    [weeks[0], before],
    [weeks[1], before],
  ]);
  return remove;
});

async function publishWatched(date: string) {
  const lake = copyOf(base);
  const reader = edgesOf(lake, sourceOf([]));
  const old = await look(lake, reader.engine);
  const oldContents = await reader.catalog.published();
  const seen: (readonly ResultRow[])[] = [];
  const looking = async () => {
    seen.push(await look(lake, reader.engine));
  };
  await take(edgesOf(watched(lake, looking), sourceOf(after)), date);
  return { old, seen, now: await look(lake, reader.engine), again: await look(lake, reader.engine, oldContents) };
}

describe('Readers while a run is published', () => {
  it.each([
    ['again, with later dates after it', weeks[0]],
    ['for the first time', weeks[2]],
  ])('see the old state or the new, never a mix, and can finish what they began: a date %s', async (_, date) => {
    const { old, seen, now, again } = await publishWatched(date);
    expect(now).not.toEqual(old);
    expect(seen.length).toBeGreaterThan(25);
    expect(new Set(seen.map((rows) => JSON.stringify(rows)))).toEqual(new Set([JSON.stringify(old)]));
    expect(again).toEqual(old);
  });
});
