import { describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import { copySnapshots } from '../../pipeline/copy_snapshots.ts';
import type { RunEvent } from '../../pipeline/events.ts';
import { first, type Kept, publish, second, third } from '../lake/catalog_contract.ts';
import { entry } from '../lake/snapshot_row.ts';
import { temporaryFolder } from '../lake/temporary_folder.ts';

function newPlace(): Kept {
  const lake = folderLake(temporaryFolder());
  return { lake, catalog: catalogFile(lake) };
}

const tables = ['roles', 'findings'];

async function placeWith(...runs: readonly (readonly [string, string])[]): Promise<Kept> {
  const place = newPlace();
  for (const [run, date] of runs)
    await publish(
      place,
      run,
      date,
      tables.map((table) => entry(run, date, table)),
    );
  return place;
}

async function copy(from: Kept, to: Kept) {
  const events: RunEvent[] = [];
  const copied = await copySnapshots(from, to, (event) => events.push(event), new AbortController().signal);
  const warnings = events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));
  return { files: copied.files, dates: copied.published.map(({ snapshot_date }) => snapshot_date), warnings };
}

/** A lake that nothing may be written to. */
const closed = ({ lake, catalog }: Kept): Kept => {
  const refuse = () => Promise.reject(new Error('written'));
  return { lake: { ...lake, put: refuse, write: refuse }, catalog };
};

describe('A7: publishing in one lake what another has published', () => {
  it('shows there what is shown here', async () => {
    const [from, to] = [await placeWith(['a', first], ['b', second]), newPlace()];
    expect(await copy(from, to)).toEqual({ files: 4, dates: [first, second], warnings: [] });
    expect(await to.catalog.published()).toEqual(await from.catalog.published());
    for (const { key } of (await from.catalog.published()).entries) expect(await to.lake.get(key)).toBeDefined();
  });

  it('sends nothing a second time', async () => {
    const [from, to] = [await placeWith(['a', first]), newPlace()];
    await copy(from, to);
    expect(await copy(from, closed(to))).toEqual({ files: 0, dates: [], warnings: [] });
  });

  it('goes on where it was interrupted, with the files that are not there yet', async () => {
    const [from, to] = [await placeWith(['a', first]), newPlace()];
    await to.lake.write(entry('a', first, 'roles').key, 'rows');
    await to.lake.write(entry('a', first, 'findings').key, 'half');
    await to.lake.write(entry('a', first, 'findings').key, 'ha');
    expect(await copy(from, to)).toEqual({ files: 1, dates: [first], warnings: [] });
  });

  it('sends what is new, and keeps what is there alone', async () => {
    const [from, to] = [await placeWith(['a', first]), await placeWith(['x', third])];
    const { dates, warnings } = await copy(from, to);
    expect(dates).toEqual([first]);
    expect(warnings).toEqual([expect.stringContaining(`without knowing of ${third}`)]);
    const { snapshots } = await to.catalog.published();
    expect(snapshots.map(({ run_id }) => run_id)).toEqual(['a', 'x']);
  });

  it('leaves a date alone that was published there later', async () => {
    const [from, to] = [await placeWith(['a', first]), await placeWith(['x', first])];
    const { snapshots, entries } = await to.catalog.published();
    const later = { ...snapshots[0]!, finished_at: new Date('2026-01-06T00:00:00Z') };
    await to.catalog.publish(await to.catalog.stage(later, entries), [], later);
    const { files, dates, warnings } = await copy(from, to);
    expect([files, dates]).toEqual([0, []]);
    expect(warnings).toEqual([`${first} stays as it is there: run x published it later than run a`]);
  });

  it('names a file that is gone, and publishes nothing', async () => {
    const [from, to] = [await placeWith(['a', first]), newPlace()];
    await from.lake.remove([entry('a', first, 'roles').key]);
    await expect(copy(from, to)).rejects.toThrow(UsageError);
    await expect(copy(from, to)).rejects.toThrow(`${from.lake.location(entry('a', first, 'roles').key)} is missing`);
    expect((await to.catalog.published()).snapshots).toEqual([]);
  });

  it('waits for nobody: a lake that is in use is refused', async () => {
    const [from, to] = [await placeWith(['a', first]), newPlace()];
    await using _ = await to.lake.lock('run-1');
    await expect(copy(from, to)).rejects.toThrow('is in use by run run-1');
  });
});
