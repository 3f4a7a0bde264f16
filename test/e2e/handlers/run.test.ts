import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotRow } from '../../../lake/catalog.ts';
import type { Lake } from '../../../lake/lake.ts';
import { inKeyOrder } from '../../../lake/row_order.ts';
import type { SnapshotEdges } from '../../../pipeline/snapshot.ts';
import { allTables } from '../../../tables/all.generated.ts';
import { folderOfHook } from '../../lake/temporary_folder.ts';
import type { SmallAccount } from '../../pipeline/exports.ts';
import { edgesOf, filesOf, keysIn, newLake, publishAll, rowsOf, sourceOf, weeks } from '../../pipeline/snapshots.ts';
import { accounts } from './organization.ts';
import { executed, execution, logLines } from './state_machine.ts';

const [first, second, third] = accounts(3);
/** An organization in which roles appear and go, and in the end an account. */
const organizations: readonly (readonly SmallAccount[])[] = [
  [first!, second!, third!],
  [first!, { ...second!, roles: ['worker', 'other'] }, third!],
  [{ ...first!, roles: ['worker', 'another'] }, second!],
];

/** The three weeks, taken by `rolecall snapshot`. */
let laptop: Lake;

beforeAll(async () => {
  const { folder, remove } = folderOfHook();
  laptop = await publishAll(
    folder,
    weeks.map((date, week) => [date, organizations[week]!]),
  );
  return remove;
});

let lines: ReturnType<typeof logLines>;
beforeEach(() => {
  lines = logLines();
});

/** The weeks, or the first of them, each an execution of the state machine. */
async function deployed(size: number, count: number): Promise<SnapshotEdges> {
  const lake = newLake();
  for (const [week, date] of weeks.slice(0, count).entries()) {
    await executed(edgesOf(lake, sourceOf(organizations[week]!)), execution({ date }, `week ${week}`), size);
  }
  return edgesOf(lake, sourceOf([]));
}

const publishedIn = (lake: Lake) => edgesOf(lake, sourceOf([])).catalog.published();
const figures = (rows: readonly SnapshotRow[]) =>
  rows.map(({ snapshot_date, accounts_complete, row_counts }) => ({ snapshot_date, accounts_complete, row_counts }));

describe('A3: three weeks through the handlers', () => {
  it('are what three snapshots of the command line are, byte for byte', async () => {
    const { lake, catalog } = await deployed(10, 3);
    const [published, expected] = [await catalog.published(), await publishedIn(laptop)];
    expect(await filesOf(lake, published)).toEqual(await filesOf(laptop, expected));
    expect(figures(published.snapshots)).toEqual(figures(expected.snapshots));
    expect(await keysIn(lake)).not.toContain('lock.json');
  });

  it('say the same when each account is an item of its own', async () => {
    const { lake, catalog } = await deployed(0, 1);
    const [published, expected] = [await catalog.published(), await publishedIn(laptop)];
    expect(figures(published.snapshots)).toEqual(figures(expected.snapshots.slice(0, 1)));
    for (const table of allTables.filter(({ name }) => name !== 'snapshots')) {
      const rows = async (of: Lake, contents: typeof published) =>
        inKeyOrder(table, await rowsOf(of, contents, table.name, weeks[0]));
      expect(await rows(lake, published), table.name).toEqual(await rows(laptop, expected));
    }
  });

  it('tell their log and their message how much of the organization was read', async () => {
    const edges = edgesOf(newLake(), sourceOf(organizations[0]!));
    const { subject, message } = await executed(edges, execution({ date: weeks[0] }));
    expect(subject).toBe('rolecall: snapshot of 2026-01-05');
    expect(message).toContain('3 of 3 accounts were read completely (100 %).');
    expect(lines().find(({ event }) => event === 'published')).toMatchObject({
      accounts_planned: 3,
      accounts_complete: 3,
      coverage_percent: 100,
    });
    expect(lines().map(({ event }) => event)).toEqual(expect.arrayContaining(['planned', 'account_done', 'derived']));
  });
});
