import { describe, expect, it } from 'vitest';
import type { Catalog, Entry } from '../../lake/catalog.ts';
import type { Lake } from '../../lake/lake.ts';
import { entry, snapshotRow } from './snapshot_row.ts';

/** A catalog and the lake whose files it shows. */
export interface Kept {
  readonly lake: Lake;
  readonly catalog: Catalog;
}

export const [first, second, third] = ['2026-01-05', '2026-01-12', '2026-01-19'] as const;

/** Stores the files of a run and publishes it. */
export async function publish({ lake, catalog }: Kept, run: string, date: string, entries: readonly Entry[]) {
  for (const { key } of entries) await lake.write(key, 'rows');
  const row = snapshotRow(date, run);
  await catalog.publish(await catalog.stage(row, entries), [], row);
}

const keysOf = (entries: readonly Entry[]) => entries.map(({ key }) => key);

/** What every catalog does, whatever it keeps its list in. */
export function catalogContract(name: string, make: () => Promise<Kept>): void {
  describe(`${name} says which files the tables show`, () => {
    it('is empty before the first snapshot', async () => {
      const { catalog } = await make();
      expect(await catalog.published()).toEqual({ kind: 'published', snapshots: [], entries: [] });
    });

    it('shows no reader a staged run', async () => {
      const { catalog } = await make();
      const staged = await catalog.stage(snapshotRow(first, 'a'), [entry('a', first, 'roles')]);
      await catalog.show(staged);
      expect(staged).toMatchObject({ kind: 'staged', runId: 'a', snapshotDate: first });
      expect(keysOf(staged.entries)).toEqual(keysOf([entry('a', first, 'roles')]));
      expect((await catalog.published()).entries).toEqual([]);
    });

    it('gives back what was published, dates in order and times as times', async () => {
      const kept = await make();
      await publish(kept, 'b', second, [entry('b', second, 'roles')]);
      await publish(kept, 'a', first, [entry('a', first, 'users'), entry('a', first, 'roles')]);
      expect(await kept.catalog.published()).toEqual({
        kind: 'published',
        snapshots: [snapshotRow(first, 'a'), snapshotRow(second, 'b')],
        entries: [entry('a', first, 'roles'), entry('a', first, 'users'), entry('b', second, 'roles')],
      });
    });

    it('puts a run in place of an earlier one of its date', async () => {
      const kept = await make();
      await publish(kept, 'a', first, [entry('a', first, 'roles'), entry('a', first, 'users')]);
      await publish(kept, 'b', first, [entry('b', first, 'roles')]);
      const { entries, snapshots } = await kept.catalog.published();
      expect(entries).toEqual([entry('b', first, 'roles')]);
      expect(snapshots).toEqual([snapshotRow(first, 'b')]);
    });

    it('replaces derived files of later dates table by table', async () => {
      const kept = await make();
      const { catalog } = kept;
      await publish(kept, 'b', second, [entry('b', second, 'roles'), entry('b', second, 'drift')]);
      const row = snapshotRow(first, 'a');
      const again = entry('a', second, 'drift');
      await catalog.publish(await catalog.stage(row, [entry('a', first, 'roles')]), [again], row);
      expect((await catalog.published()).entries).toEqual([
        entry('a', first, 'roles'),
        again,
        entry('b', second, 'roles'),
      ]);
    });

    it('has nothing to mend when nobody died', async () => {
      const kept = await make();
      await publish(kept, 'a', first, [entry('a', first, 'roles')]);
      const before = await kept.catalog.published();
      await kept.catalog.mend();
      expect(await kept.catalog.published()).toEqual(before);
    });
  });
}
